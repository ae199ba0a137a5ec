/* Signing in, as a person does it: password, code, capacity; and what a guesser meets. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "client.h"
#include "audit/action.h"
#include "house_world.h"
#include "platform/core/calendar.h"
#include "work/work.h"

static void with_password_and_code_one_comes_home(void **state)
{
	struct house *h = *state;
	struct house_person *anna = house_hire(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	struct visitor *v = visitor_new(h);

	visitor_sign_in(v, anna);
	assert_string_equal(v->path, "/");
	assert_page_says(v, "college van B en W Duinwaard");
	assert_page_says(v, "Niets wacht op u");
	visitor_free(v);
}

static void a_stranger_is_sent_to_sign_in_and_comes_back_where_he_wanted_to_be(void **state)
{
	struct house *h = *state;
	struct house_person *anna = house_hire(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	struct visitor *v = visitor_new(h);

	visit(v, "/me/sessions");
	assert_page_says(v, "Inloggen bij Plein");
	visitor_send(v, "/sign-in",
	             "email=anna@duinwaard.example&password=" HOUSE_PASSWORD "&next=/me/sessions");
	assert_page_says(v, "name=\"next\" value=\"/me/sessions\"");
	visitor_send(v, "/sign-in/code",
	             arena_printf(&h->arena, "code=%s&next=/me/sessions", house_code(h, anna)));
	assert_string_equal(v->path, "/me/sessions");
	visitor_free(v);
}

static void next_never_leads_to_another_site(void **state)
{
	struct house *h = *state;
	struct house_person *anna = house_hire(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	struct visitor *v = visitor_new(h);

	visit(v, "/sign-in");
	visitor_send(v, "/sign-in", "email=anna@duinwaard.example&password=" HOUSE_PASSWORD);
	visitor_send(v, "/sign-in/code",
	             arena_printf(&h->arena, "code=%s&next=//evil.example/", house_code(h, anna)));
	assert_string_equal(v->path, "/");
	visitor_free(v);
}

static void a_wrong_password_and_an_unknown_person_read_alike(void **state)
{
	struct house *h = *state;
	struct visitor *known = visitor_new(h), *unknown = visitor_new(h);
	(void)house_hire(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);

	visit(known, "/sign-in");
	visitor_send(known, "/sign-in", "email=anna@duinwaard.example&password=onzin");
	visit(unknown, "/sign-in");
	visitor_send(unknown, "/sign-in", "email=bert@duinwaard.example&password=onzin");
	assert_int_equal(known->code, 400);
	assert_int_equal(unknown->code, 400);
	assert_page_says(known, "Deze combinatie kennen wij niet");
	assert_page_says(unknown, "Deze combinatie kennen wij niet");
	assert_page_says(known, "anna@duinwaard.example");
	assert_false(page_says(known, "onzin"));
	visitor_free(known);
	visitor_free(unknown);
}

static void after_five_wrong_guesses_even_the_right_password_has_to_wait(void **state)
{
	struct house *h = *state;
	struct visitor *v = visitor_new(h);
	(void)house_hire(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);

	for (int i = 0; i < 5; i++) {
		visit(v, "/sign-in");
		visitor_send(v, "/sign-in", "email=anna@duinwaard.example&password=fout");
	}
	visit(v, "/sign-in");
	visitor_send(v, "/sign-in", "email=anna@duinwaard.example&password=" HOUSE_PASSWORD);
	assert_page_says(v, "U probeerde het te vaak");
	h->clock.fixed_ms += 16000;
	visit(v, "/sign-in");
	visitor_send(v, "/sign-in", "email=anna@duinwaard.example&password=" HOUSE_PASSWORD);
	assert_page_says(v, "Vul uw code in");
	visitor_free(v);
}

static void a_code_works_once(void **state)
{
	struct house *h = *state;
	struct house_person *anna = house_hire(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	struct visitor *first = visitor_new(h), *second = visitor_new(h);

	visitor_sign_in(first, anna);
	h->clock.fixed_ms -= 30000; /* back to the same code */
	visit(second, "/sign-in");
	visitor_send(second, "/sign-in", "email=anna@duinwaard.example&password=" HOUSE_PASSWORD);
	visitor_send(second, "/sign-in/code",
	             arena_printf(&h->arena, "code=%s", house_code(h, anna)));
	assert_int_equal(second->code, 400);
	assert_page_says(second, "Deze code klopt niet");
	visitor_free(first);
	visitor_free(second);
}

static void halfway_signed_in_opens_nothing(void **state)
{
	struct house *h = *state;
	struct visitor *v = visitor_new(h);
	(void)house_hire(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);

	visit(v, "/sign-in");
	visitor_send(v, "/sign-in", "email=anna@duinwaard.example&password=" HOUSE_PASSWORD);
	visit(v, "/");
	assert_string_equal(v->path, "/sign-in/code");
	visit(v, "/me/recovery-codes");
	assert_string_equal(v->path, "/sign-in/code");
	visitor_free(v);
}

static void signing_out_ends_the_session_for_good(void **state)
{
	struct house *h = *state;
	struct house_person *anna = house_hire(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	struct visitor *v = visitor_new(h);
	char stolen[sizeof v->cookies];

	visitor_sign_in(v, anna);
	memcpy(stolen, v->cookies, sizeof stolen);
	visitor_send(v, "/sign-out", "x=1");
	assert_page_says(v, "U bent uitgelogd");
	memcpy(v->cookies, stolen, sizeof stolen);
	visit(v, "/");
	assert_page_says(v, "Inloggen bij Plein");
	visitor_free(v);
}

static void an_hour_of_silence_signs_one_out(void **state)
{
	struct house *h = *state;
	struct house_person *anna = house_hire(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	struct visitor *v = visitor_new(h);

	visitor_sign_in(v, anna);
	h->clock.fixed_ms += INT64_C(59) * 60000;
	visit(v, "/");
	assert_page_says(v, "Mijn werk");
	h->clock.fixed_ms += INT64_C(61) * 60000;
	visit(v, "/");
	assert_page_says(v, "Inloggen bij Plein");
	visitor_free(v);
}

static void a_page_that_the_role_may_not_open_reads_like_one_that_is_not_there(void **state)
{
	struct house *h = *state;
	struct house_person *anna = house_hire(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	struct visitor *v = visitor_new(h);

	visitor_sign_in(v, anna);
	visit(v, "/people");
	assert_int_equal(v->code, 404);
	char *hidden = strdup(v->page);
	visit(v, "/nergens");
	assert_int_equal(v->code, 404);
	assert_int_equal(strlen(hidden), strlen(v->page));
	free(hidden);
	visitor_free(v);
}

static void every_page_of_a_person_leaves_a_line_in_the_log(void **state)
{
	struct house *h = *state;
	struct house_person *anna = house_hire(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	struct visitor *v = visitor_new(h);
	static const char COUNT[] = "SELECT count(*) FROM audit_event WHERE actor_id > 0";

	visitor_sign_in(v, anna);
	int64_t before = store_world_number(h->store, COUNT);
	visit(v, "/");
	visit(v, "/me/sessions");
	visit(v, "/people"); /* refused, and still told */
	assert_int_equal(store_world_number(h->store, COUNT), before + 3);
	visitor_free(v);
}

static void what_was_sent_after_the_session_ended_stands_there_again_after_signing_in(void **state)
{
	struct house *h = *state;
	struct house_person *ella =
	    house_hire(h, "ella@duinwaard.example", ROLE_AUTHORISATION_MANAGER, 0);
	struct house_person *kees = house_hire(h, "kees@duinwaard.example", ROLE_EXECUTOR, 0);
	struct visitor *v = visitor_new(h);
	const char *path =
	    arena_printf(&h->arena, "/people/%lld/move/suspend", (long long)kees->person_id);

	visitor_sign_in(v, ella);
	visit(v, path);
	h->clock.fixed_ms += INT64_C(61) * 60000;
	visitor_send(v, path, "note=Met+verlof+tot+juni");
	assert_page_says(v, "Uw tekst is bewaard");
	assert_int_equal(store_world_number(h->store, "SELECT count(*) FROM parked_form"), 1);
	visitor_send(v, "/sign-in",
	             arena_printf(&h->arena,
	                          "email=ella@duinwaard.example&password=%s&next=%s%%3Fparked%%3D1",
	                          HOUSE_PASSWORD, path));
	visitor_send(
	    v, "/sign-in/code",
	    arena_printf(&h->arena, "code=%s&next=%s%%3Fparked%%3D1", house_code(h, ella), path));
	assert_page_says(v, "Met verlof tot juni");
	assert_int_equal(store_world_number(h->store, "SELECT count(*) FROM people_history"), 0);
	visitor_free(v);
}

static void a_stranger_is_not_told_that_something_was_kept(void **state)
{
	struct house *h = *state;
	struct visitor *v = visitor_new(h);

	visit(v, "/people");
	assert_page_says(v, "Inloggen bij Plein");
	assert_false(page_says(v, "niet actief"));
	assert_false(page_says(v, "bewaard"));
	visitor_free(v);
}

static void no_session_token_is_ever_kept_with_a_once_token(void **state)
{
	struct house *h = *state;
	struct house_person *anna = house_hire(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	struct visitor *v = visitor_new(h);

	visitor_sign_in(v, anna);
	assert_int_equal(store_world_number(h->store, "SELECT count(*) FROM once_token"), 0);
	visitor_free(v);
}

static void a_wrong_password_leaves_a_line_in_the_log_about_whom_it_was(void **state)
{
	struct house *h = *state;
	struct house_person *anna = house_hire(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	struct visitor *v = visitor_new(h);

	visit(v, "/sign-in");
	visitor_send(v, "/sign-in", "email=anna@duinwaard.example&password=onzin");
	assert_int_equal(store_world_number(h->store,
	                                    "SELECT count(*) FROM audit_event WHERE actor_id = 0"
	                                    " AND object_type = 1 AND object_id > 0"),
	                 1);
	assert_true(anna->person_id > 0);
	visitor_free(v);
}

/* The token in the form of this page that goes to path. */
static const char *token_on(const struct visitor *v, const char *path)
{
	struct arena *a = &v->house->arena;
	const char *form = strstr(v->page, arena_printf(a, "action=\"%s\"", path));
	const char *token = form != NULL ? strstr(form, "name=\"_csrf\" value=\"") : NULL;

	assert_non_null(token);
	token += strlen("name=\"_csrf\" value=\"");
	return arena_strndup(a, token, strcspn(token, "\""));
}

static int send_with(const struct visitor *v, const char *token)
{
	struct arena *a = &v->house->arena;
	const char *head = arena_printf(a,
	                                "Cookie: %s\r\nOrigin: http://localhost\r\n"
	                                "Content-Type: application/x-www-form-urlencoded\r\n",
	                                v->cookies);
	const char *body = arena_printf(a, "density=compact&colours=dark&_csrf=%s", token);
	struct reply r = client_request(v->house->port, "POST", "/me/settings", head, body);
	const int code = r.code;

	reply_free(&r);
	return code;
}

static void a_form_changes_nothing_without_the_token_of_its_own_page_and_session(void **state)
{
	struct house *h = *state;
	struct visitor *anna = visitor_new(h), *bas = visitor_new(h);
	static const char DARK[] = "SELECT count(*) FROM person WHERE colours = 2";

	visitor_sign_in(anna, house_hire(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0));
	visitor_sign_in(bas, house_hire(h, "bas@duinwaard.example", ROLE_SUBMITTER, 0));
	visit(anna, "/me/settings");
	visit(bas, "/me/settings");
	assert_int_equal(send_with(anna, ""), 403);
	assert_int_equal(send_with(anna, "0123456789abcdef0123456789abcdef"), 403);
	assert_int_equal(send_with(anna, token_on(bas, "/me/settings")), 403);
	assert_int_equal(send_with(anna, token_on(anna, "/sign-out")), 403);
	assert_int_equal(store_world_number(h->store, DARK), 0);
	assert_int_equal(send_with(anna, token_on(anna, "/me/settings")), 303);
	assert_int_equal(store_world_number(h->store, DARK), 1);
	visitor_free(anna);
	visitor_free(bas);
}

/* ---- work in another role ---------------------------------------------------------------------- */

static enum status give_second_role(struct db_tx *tx, void *args, struct error *reterr)
{
	static const struct db_stmt GIVE = {
		"sign_in_give", "ii", "UPDATE appointment SET person_id = $1 WHERE id = $2"
	};
	const int64_t *ids = args; /* person, appointment */
	const struct work_task task = { .owner = audience_of(AUDIENCE_APPOINTMENT, ids[1]),
		                        .kind = WORK_INTERVENTION_DO,
		                        .object_kind = OBJECT_INTERVENTION,
		                        .object_id = 1,
		                        .reference = "I-2026-7K3QF",
		                        .due_day = local_day(HOUSE_NOW) };
	enum status st = db_exec(tx, &GIVE, DB_ARGS(DB_INT(ids[0]), DB_INT(ids[1])), NULL, reterr);

	return st == OK ? work_add(tx, &task, reterr) : st;
}

static void what_waits_in_another_role_is_said_and_one_click_away(void **state)
{
	struct house *h = *state;
	struct house_person *anna = house_hire(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	const struct house_person *mees = house_hire(h, "mees@duinwaard.example", ROLE_EXECUTOR, 0);
	struct visitor *v = visitor_new(h);
	int64_t ids[] = { anna->person_id, mees->appointment_id };

	visitor_sign_in(v, anna);
	assert_false(page_says(v, "In een andere rol"));
	store_world_run(h->store, give_second_role, ids);
	visit(v, "/");
	assert_page_says(v, "1 ding wacht op u");
	assert_page_says(v, "Niets wacht op u");
	visitor_send_from(v, "/me/on-behalf", "/me/on-behalf",
	                  arena_printf(&h->arena, "appointment=%lld", (long long)ids[1]));
	assert_page_says(v, "I-2026-7K3QF");
	assert_false(page_says(v, "In een andere rol"));
	visitor_free(v);
}

int main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, house_set_up, house_tear_down)
	const struct CMUnitTest tests[] = {
		CASE(with_password_and_code_one_comes_home),
		CASE(a_stranger_is_sent_to_sign_in_and_comes_back_where_he_wanted_to_be),
		CASE(next_never_leads_to_another_site),
		CASE(a_wrong_password_and_an_unknown_person_read_alike),
		CASE(after_five_wrong_guesses_even_the_right_password_has_to_wait),
		CASE(a_code_works_once),
		CASE(halfway_signed_in_opens_nothing),
		CASE(signing_out_ends_the_session_for_good),
		CASE(an_hour_of_silence_signs_one_out),
		CASE(a_page_that_the_role_may_not_open_reads_like_one_that_is_not_there),
		CASE(what_was_sent_after_the_session_ended_stands_there_again_after_signing_in),
		CASE(a_stranger_is_not_told_that_something_was_kept),
		CASE(no_session_token_is_ever_kept_with_a_once_token),
		CASE(a_wrong_password_leaves_a_line_in_the_log_about_whom_it_was),
		CASE(every_page_of_a_person_leaves_a_line_in_the_log),
		CASE(what_waits_in_another_role_is_said_and_one_click_away),
		CASE(a_form_changes_nothing_without_the_token_of_its_own_page_and_session),
	};
	return cmocka_run_group_tests_name("sign-in", tests, NULL, NULL);
}
