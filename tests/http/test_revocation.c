/*
 * What is taken away bites on the next request, whoever took it away: nothing here tells the
 * server what another connection changed in its tables.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "client.h"
#include "house_world.h"
#include "people/gate.h"
#include "people/session_memory.h"
#include "server/rooms.h"

/* ---- what another process does ------------------------------------------------------------------- */

/* One statement on the rows of one person: $1. */
static enum status strike_run(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct strike {
		const struct db_stmt *statement;
		int64_t person_id;
	} *s = args;
	int64_t changed = 0;
	enum status st = db_exec(tx, s->statement, DB_ARGS(DB_INT(s->person_id)), &changed, reterr);

	if (st == OK)
		assert_true(changed > 0);
	return st;
}

static void strike(struct house *h, const struct db_stmt *statement, int64_t person_id)
{
	struct {
		const struct db_stmt *statement;
		int64_t person_id;
	} s = { statement, person_id };

	store_world_run(h->store, strike_run, &s);
}

/* Twice: the second page is answered from memory. */
static struct visitor *known(struct house *h, const struct house_person *p)
{
	struct visitor *v = visitor_new(h);

	visitor_sign_in(v, p);
	visit(v, "/");
	visit(v, "/");
	assert_page_says(v, "Mijn werk");
	return v;
}

struct blow {
	struct db_stmt statement;
	const char *path;  /* asked for after it */
	const char *says;  /* and then on the page */
	const char *never; /* not any more; NULL: anything */
};

static void bites(struct house *h, const struct blow *b)
{
	char email[64];
	(void)snprintf(email, sizeof email, "%s@duinwaard.example", b->statement.name);
	const struct house_person *p =
	    house_hire(h, arena_strdup(&h->arena, email), ROLE_AUTHORISATION_MANAGER, 0);
	struct visitor *v = known(h, p);

	strike(h, &b->statement, p->person_id);
	visit(v, b->path);
	assert_page_says(v, b->says);
	if (b->never != NULL && page_says(v, b->never))
		fail_msg("%s: the page still says '%s'", b->statement.name, b->never);
	visitor_free(v);
}

static const struct blow BLOWS[] = {
	{ { "blow_session", "i", "UPDATE session SET ended_at = 1 WHERE person_id = $1" },
	  "/",
	  "Inloggen bij Plein",
	  "Mijn werk" },
	{ { "blow_gone", "i", "DELETE FROM session WHERE person_id = $1" },
	  "/",
	  "Inloggen bij Plein",
	  "Mijn werk" },
	{ { "blow_account", "i", "UPDATE person SET state = 6 WHERE id = $1" },
	  "/",
	  "Uw account is niet actief",
	  "Wat op u wacht" },
	{ { "blow_ended", "i", "UPDATE appointment SET state = 4 WHERE person_id = $1" },
	  "/",
	  "U heeft nu geen rol in Plein",
	  "Wat op u wacht" },
	{ { "blow_day", "i", "UPDATE appointment SET until_day = 1 WHERE person_id = $1" },
	  "/people",
	  "",
	  "blow_day@duinwaard.example</a>" },
	{ { "blow_role", "i", "UPDATE appointment SET role = 1 WHERE person_id = $1" },
	  "/people/proposals",
	  "Deze pagina is er niet",
	  NULL },
	{ { "blow_password", "i", "UPDATE credential SET must_change = 1 WHERE person_id = $1" },
	  "/",
	  "wachtwoord",
	  "Wat op u wacht" },
	{ { "blow_name", "i", "UPDATE person SET full_name = 'Nieuwe Naam' WHERE id = $1" },
	  "/",
	  "Nieuwe Naam",
	  NULL },
	{ { "blow_organ", "i",
	    "UPDATE organ SET on_behalf = 'college van Duinstad' WHERE id IN"
	    " (SELECT organ_id FROM appointment WHERE person_id = $1)" },
	  "/",
	  "college van Duinstad",
	  NULL },
};

static void whatever_is_taken_away_bites_on_the_next_page(void **state)
{
	for (size_t i = 0; i < sizeof BLOWS / sizeof BLOWS[0]; i++)
		bites(*state, &BLOWS[i]);
}

static void a_role_that_was_given_a_moment_ago_can_be_chosen_on_the_next_page(void **state)
{
	struct house *h = *state;
	const struct house_person *anna =
	    house_hire(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	const struct house_person *mees = house_hire(h, "mees@duinwaard.example", ROLE_EXECUTOR, 0);
	struct visitor *v = known(h, anna);
	static const struct db_stmt GIVE = {
		"blow_give", "i", "UPDATE appointment SET person_id = $1 WHERE person_id <> $1"
	};

	(void)mees;
	assert_false(page_says(v, "<select name=\"appointment\""));
	strike(h, &GIVE, anna->person_id);
	visit(v, "/");
	assert_page_says(v, access_role(ROLE_EXECUTOR)->label);
	visitor_free(v);
}

static int ask(struct house *h, const char *bearer)
{
	struct reply r = client_request(h->port, "GET", "/api/v1/people", bearer, NULL);
	const int code = r.code;

	reply_free(&r);
	return code;
}

static void a_token_that_is_taken_back_or_runs_out_opens_nothing(void **state)
{
	struct house *h = *state;
	const struct house_person *mees =
	    house_hire(h, "mees@duinwaard.example", ROLE_AUTHORISATION_MANAGER, 0);
	const char *first = house_bearer(h, mees);
	static const struct db_stmt TAKE_BACK = {
		"blow_token", "i",
		"UPDATE api_token SET revoked_at = 1 WHERE appointment_id IN"
		" (SELECT id FROM appointment WHERE person_id = $1)"
	};
	static const struct db_stmt ALMOST_OVER = {
		"blow_expiry", "i",
		"UPDATE api_token SET expires_at = 1795510805000 WHERE revoked_at = 0 AND"
		" appointment_id IN (SELECT id FROM appointment WHERE person_id = $1)"
	};

	assert_int_equal(ask(h, first), 200);
	assert_int_equal(ask(h, first), 200);
	strike(h, &TAKE_BACK, mees->person_id);
	assert_int_equal(ask(h, first), 401);

	const char *second = house_bearer(h, mees);
	strike(h, &ALMOST_OVER, mees->person_id);
	assert_int_equal(ask(h, second), 200);
	h->clock.fixed_ms += 4000;
	assert_int_equal(ask(h, second), 200);
	h->clock.fixed_ms += 1000; /* still remembered, but over */
	assert_int_equal(ask(h, second), 401);
}

static void an_event_of_a_machine_names_its_token_and_two_tokens_do_not_share_a_key(void **state)
{
	struct house *h = *state;
	const struct house_person *anna =
	    house_hire(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	const struct house_person *mees = house_hire(h, "mees@duinwaard.example", ROLE_EXECUTOR, 0);
	static const char BODY[] = "{\"density\":\"compact\",\"colours\":\"dark\"}";
	const struct house_person *both[] = { anna, mees };

	for (size_t i = 0; i < 2; i++) {
		const char *head =
		    arena_printf(&h->arena, "%sIdempotency-Key: een\r\n", house_bearer(h, both[i]));
		struct reply r = client_request(h->port, "POST", "/api/v1/me/settings", head, BODY);
		assert_int_equal(r.code, 204);
		reply_free(&r);
	}
	/* The second was no echo of the first: both have what they chose. */
	assert_int_equal(
	    store_world_number(h->store, "SELECT count(*) FROM person WHERE colours = 2"), 2);
}

/* ---- the memory itself ---------------------------------------------------------------------------- */

/* Puts the mark back as it was: only who remembers doesn't see the new name then. */
static void a_viewer_is_remembered_for_ten_seconds_by_marks(void **state)
{
	struct house *h = *state;
	const struct house_person *anna =
	    house_hire(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	struct visitor *v = known(h, anna);
	static const struct db_stmt RENAME = {
		"blow_rename", "i", "UPDATE person SET full_name = 'Nieuwe Naam' WHERE id = $1"
	};
	static const struct db_stmt PUT_BACK = {
		"blow_put_back", "i", "UPDATE person SET mark = mark - 1 WHERE id = $1"
	};

	strike(h, &RENAME, anna->person_id);
	strike(h, &PUT_BACK, anna->person_id);
	visit(v, "/");
	assert_false(page_says(v, "Nieuwe Naam"));
	h->clock.fixed_ms += SESSION_RECALL_MS;
	visit(v, "/");
	assert_page_says(v, "Nieuwe Naam");
	visitor_free(v);
}

static void nobody_is_remembered_over_midnight_or_when_the_clock_goes_back(void **state)
{
	struct arena a;
	struct session back;
	const int64_t midnight_ms = HOUSE_NOW + INT64_C(14) * 3600000;
	struct session s = { .id = 7, .full_name = "Anna", .email = "a@x.nl", .on_behalf = "B" };

	(void)state;
	arena_init(&a, 1 << 24);
	struct session_memory *m = session_memory_open(&a);
	s.digest.bytes[0] = 9;
	assert_false(session_recall(m, &s.digest, HOUSE_NOW, &a, &back));
	session_remember(m, &s, midnight_ms - 1000);
	assert_true(session_recall(m, &s.digest, midnight_ms - 1, &a, &back));
	assert_string_equal(back.full_name, "Anna");
	assert_string_equal(back.email, "a@x.nl");
	assert_string_equal(back.on_behalf, "B");
	assert_false(session_recall(m, &s.digest, midnight_ms, &a, &back));
	assert_false(session_recall(m, &s.digest, midnight_ms - 1001, &a, &back));
	s.digest.bytes[31] = 1; /* another token at the same place */
	assert_false(session_recall(m, &s.digest, midnight_ms - 1000, &a, &back));
	session_memory_close(m);
	arena_reset(&a);
}

static void who_keeps_reading_is_not_signed_out_though_he_is_remembered(void **state)
{
	struct house *h = *state;
	const struct house_person *anna =
	    house_hire(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	struct visitor *v = known(h, anna);

	for (int i = 0; i < 30; i++) {
		h->clock.fixed_ms += INT64_C(5) * 60000;
		visit(v, "/");
		visit(v, "/");
		assert_page_says(v, "Mijn werk");
	}
	visitor_free(v);
}

/* ---- two processes ---------------------------------------------------------------------------------- */

/* A second server with a memory of its own. SQLite has one process for its database. */
struct second {
	struct plein plein;
	struct gate gate;
	struct arena arena;
	uint16_t port;
};

static void second_start(struct house *h, struct second *s)
{
	struct error e = { 0 };

	arena_init(&s->arena, 1 << 24);
	s->plein = h->plein;
	if (store_engine() == DB_POSTGRES)
		assert_int_equal(db_open(&h->store->cfg, &s->plein.db, &e), OK);
	s->plein.sessions = session_memory_open(&s->arena);
	s->gate = people_gate(&s->plein, PLACES);
	const struct http_config cfg = { .bind_address = "127.0.0.1",
		                         .http_threads = 1,
		                         .workers = 2,
		                         .queue_max = 32,
		                         .access_log_fd = -1,
		                         .clock = &h->clock,
		                         .key = h->plein.web_key };
	assert_int_equal(http_start(&cfg, s->plein.db, &s->gate, ALL_ROUTES, &s->plein.http, &e),
	                 OK);
	s->port = http_port(s->plein.http);
}

static void second_stop(const struct house *h, struct second *s)
{
	http_stop(s->plein.http);
	session_memory_close(s->plein.sessions);
	if (s->plein.db != h->plein.db)
		db_close(s->plein.db);
	arena_reset(&s->arena);
}

static void who_signs_out_at_one_server_is_out_at_the_other(void **state)
{
	struct house *h = *state;
	const struct house_person *anna =
	    house_hire(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	struct visitor *v = known(h, anna);
	const uint16_t first = h->port;
	struct second other = { 0 };
	char cookies[sizeof v->cookies];

	second_start(h, &other);
	memcpy(cookies, v->cookies, sizeof cookies);
	h->port = other.port;
	visit(v, "/");
	visit(v, "/");
	assert_page_says(v, "Mijn werk");
	visitor_send(v, "/sign-out", "x=1");
	assert_page_says(v, "U bent uitgelogd");
	h->port = first;
	memcpy(v->cookies, cookies, sizeof cookies);
	visit(v, "/");
	assert_page_says(v, "Inloggen bij Plein");
	second_stop(h, &other);
	visitor_free(v);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, house_set_up, house_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(whatever_is_taken_away_bites_on_the_next_page),
		CASE(a_role_that_was_given_a_moment_ago_can_be_chosen_on_the_next_page),
		CASE(a_token_that_is_taken_back_or_runs_out_opens_nothing),
		CASE(an_event_of_a_machine_names_its_token_and_two_tokens_do_not_share_a_key),
		CASE(a_viewer_is_remembered_for_ten_seconds_by_marks),
		cmocka_unit_test(nobody_is_remembered_over_midnight_or_when_the_clock_goes_back),
		CASE(who_keeps_reading_is_not_signed_out_though_he_is_remembered),
		CASE(who_signs_out_at_one_server_is_out_at_the_other),
	};
	return cmocka_run_group_tests_name("revocation", tests, NULL, NULL);
}
