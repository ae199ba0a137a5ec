/* A signal by role: a clerk writes, is asked, answers; who isn't in it learns nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "client.h"
#include "house_world.h"

struct cast {
	struct house_person *clerk, *coordinator, *police;
	struct visitor *anna, *cor, *pol;
	char ref[32], base[64]; /* "S-2026-7K3QF", "/signals/S-2026-7K3QF" */
};

static struct cast cast_of(struct house *h)
{
	struct cast c = {
		.clerk = house_hire(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0),
		.coordinator = house_hire(h, "cor@riec.example", ROLE_INFO_COORDINATOR, 0),
		.police = house_hire(h, "pol@politie.example", ROLE_SUBMITTER, h->police_organ),
		.anna = visitor_new(h),
		.cor = visitor_new(h),
		.pol = visitor_new(h),
	};
	visitor_sign_in(c.anna, c.clerk);
	visitor_sign_in(c.cor, c.coordinator);
	visitor_sign_in(c.pol, c.police);
	return c;
}

static void leave(struct cast *c)
{
	visitor_free(c->anna);
	visitor_free(c->cor);
	visitor_free(c->pol);
}

static const char *at(struct cast *c, const char *rest)
{
	return arena_printf(&c->anna->house->arena, "%s%s", c->base, rest);
}

static void fill(struct cast *c, const char *step, const char *fields)
{
	const char *path = at(c, step);
	visit(c->anna, path);
	assert_int_equal(c->anna->code, 200);
	visitor_send(c->anna, path, fields);
	if (c->anna->code != 200)
		fail_msg("%s: %d\n%s", path, c->anna->code, c->anna->page);
}

static void begin(struct cast *c)
{
	visit(c->anna, "/signals");
	visitor_send(c->anna, "/signals", "x=1");
	assert_int_equal(c->anna->code, 200);
	assert_non_null(strstr(c->anna->path, "/edit/facts"));
	(void)sscanf(c->anna->path, "/signals/%31[^/]", c->ref);
	(void)snprintf(c->base, sizeof c->base, "/signals/%s", c->ref);
}

#define EXECUTIVE_TASK "901"
#define ENOUGH         "Dit+is+ruim+genoeg+uitleg+voor+het+overleg"

/* A draft with all that submitting asks. */
static void write_all(struct cast *c)
{
	begin(c);
	fill(c, "/edit/facts",
	     "title=Winkel+zonder+klanten&facts=Bij+drie+controles+was+de+winkel+leeg.+Kwartelkade"
	     "&judgement=Mogelijk+witwassen&seenFrom=1-10-2026&reliability=OWN");
	fill(c, "/edit/place",
	     arena_printf(&c->anna->house->arena, "where=Dorpsstraat+12&municipality=%lld",
	                  (long long)c->anna->house->municipality));
	fill(c, "/edit/theme", "theme=LAUNDERING&line=LOCATION&task=" EXECUTIVE_TASK);
	fill(c, "/edit/criteria",
	     "criterionA=" ENOUGH "&criterionB=" ENOUGH "&criterionC=" ENOUGH "&criterionD=" ENOUGH
	     "&criterionE=" ENOUGH);
	fill(c, "/edit/effect", "tried=Brieven+gestuurd&effect=Rust+in+de+straat");
}

static void submit(struct cast *c)
{
	visit(c->anna, at(c, "/submit"));
	assert_int_equal(c->anna->code, 200);
	visitor_send(c->anna, at(c, "/submit"), "declared=on");
}

static void a_clerk_writes_is_asked_answers_and_hears_that_it_is_complete(void **state)
{
	struct cast c = cast_of(*state);

	write_all(&c);
	fill(&c, "/edit/subjects", "kind=VEHICLE&role=MAIN&plate=12zzz3&vehicle=Bestelbus");
	assert_page_says(c.anna, "12-ZZZ-3");
	submit(&c);
	assert_page_says(c.anna, "Ingediend");
	visit(c.cor, "/");
	assert_page_says(c.cor, "Intake doen");
	visit(c.cor, c.base);
	assert_page_says(c.cor, "Winkel zonder klanten");
	assert_page_says(c.cor, "Kijk eerst of dit al bekend is in de eigen regio.");
	visit(c.cor, at(&c, "/move/return"));
	visitor_send(c.cor, at(&c, "/move/return"), "question1=Welke+dagen+waren+dat%3F");
	assert_page_says(c.cor, "Teruggelegd met vragen");
	visit(c.anna, "/");
	assert_page_says(c.anna, "Vragen beantwoorden");
	visit(c.anna, at(&c, "/submit"));
	visitor_send(c.anna, at(&c, "/submit"), "declared=on");
	assert_int_equal(c.anna->code, 409);
	visit(c.anna, at(&c, "/questions"));
	assert_page_says(c.anna, "Welke dagen waren dat?");
	const char *form = strstr(c.anna->page, "/questions/");
	while (form != NULL && strstr(form, "/answer\"") == NULL)
		form = strstr(form + 1, "/questions/");
	assert_non_null(form);
	int id = 0;
	assert_int_equal(sscanf(form, "/questions/%d/answer", &id), 1);
	visitor_send(c.anna,
	             at(&c, arena_printf(&c.anna->house->arena, "/questions/%d/answer", id)),
	             "answer=Drie+zaterdagen");
	assert_page_says(c.anna, "Drie zaterdagen");
	submit(&c);
	assert_page_says(c.anna, "Ingediend");
	visit(c.cor, at(&c, "/known"));
	assert_page_says(c.cor, "Niets om te tonen.");
	visitor_send(c.cor, at(&c, "/known"), "x=1");
	visit(c.cor, at(&c, "/move/accept"));
	visitor_send(c.cor, at(&c, "/move/accept"), "x=1");
	assert_page_says(c.cor, "Intake akkoord");
	visit(c.anna, "/news");
	assert_page_says(c.anna, c.ref);
	assert_page_says(c.anna, "Signaal is ingediend");
	assert_page_says(c.anna, "Vraag over uw signaal");
	assert_page_says(c.anna, "de intake is akkoord");
	leave(&c);
}

static struct reply raw(struct visitor *v, const char *path)
{
	const char *headers = arena_printf(&v->house->arena, "Cookie: %s\r\n", v->cookies);
	return client_request(v->house->port, "GET", path, headers, NULL);
}

static void assert_same_answer(struct visitor *v, const char *hidden, const char *absent)
{
	struct reply a = raw(v, hidden), b = raw(v, absent);

	assert_int_equal(a.code, 404);
	assert_int_equal(b.code, 404);
	assert_int_equal(a.body_len, b.body_len);
	reply_free(&a);
	reply_free(&b);
}

static void who_is_not_in_it_can_tell_nothing(void **state)
{
	struct cast c = cast_of(*state);
	struct arena *a = &c.anna->house->arena;
	static const char *const RESTS[] = { "", "/questions", "/known", "/edit/facts", "/submit" };

	write_all(&c);
	for (size_t i = 0; i < sizeof RESTS / sizeof RESTS[0]; i++)
		assert_same_answer(c.pol, at(&c, RESTS[i]),
		                   arena_printf(a, "/signals/S-2026-00000%s", RESTS[i]));
	visit(c.pol, "/signals");
	assert_page_says(c.pol, "Nog geen signalen om te tonen.");
	assert_false(page_says(c.pol, c.ref));
	visit(c.cor, "/signals");
	assert_page_says(c.cor, "Nog geen signalen om te tonen.");
	submit(&c);
	visit(c.cor, "/signals");
	assert_page_says(c.cor, c.ref);
	visit(c.cor, "/search");
	visitor_send(c.cor, "/search", arena_printf(a, "q=%s", c.ref));
	assert_page_says(c.cor, arena_printf(a, "/signals/%s\"", c.ref));
	visit(c.pol, "/search");
	visitor_send(c.pol, "/search", arena_printf(a, "q=%s", c.ref));
	assert_page_says(c.pol, "Niets gevonden");
	assert_same_answer(c.pol, c.base, "/signals/S-2026-00000");
	leave(&c);
}

static void what_two_colleagues_type_is_never_lost(void **state)
{
	struct cast c = cast_of(*state);
	struct visitor *second = visitor_new(*state);

	write_all(&c);
	visitor_sign_in(second, c.clerk);
	visit(c.anna, at(&c, "/edit/effect"));
	visit(second, at(&c, "/edit/effect"));
	visitor_send(second, at(&c, "/edit/effect"), "tried=Eerste+versie&effect=x");
	visitor_send(c.anna, at(&c, "/edit/effect"), "tried=Tweede+versie&effect=x");
	assert_int_equal(c.anna->code, 409);
	assert_page_says(c.anna, "Een collega was eerder");
	assert_page_says(c.anna, "Eerste");
	assert_page_says(c.anna, "Tweede");
	visitor_free(second);
	leave(&c);
}

static void a_forbidden_topic_and_a_bsn_keep_a_signal_in_draft(void **state)
{
	struct cast c = cast_of(*state);

	write_all(&c);
	fill(&c, "/edit/facts",
	     "_go=stay&title=Winkel&facts=De+eigenaar+999990019+is+lid+van+een+vakbond");
	assert_page_says(c.anna, "Dit lijkt op een BSN");
	assert_page_says(c.anna, "Geen bijzonder gegeven");
	submit(&c);
	assert_int_equal(c.anna->code, 409);
	fill(&c, "/edit/facts", "_go=stay&title=Winkel&facts=De+eigenaar+is+weg");
	assert_false(page_says(c.anna, "Dit lijkt op een BSN"));
	submit(&c);
	assert_page_says(c.anna, "Ingediend");
	leave(&c);
}

static void withdrawn_leaves_every_list_at_once(void **state)
{
	struct cast c = cast_of(*state);

	write_all(&c);
	submit(&c);
	visit(c.anna, at(&c, "/move/withdraw"));
	assert_page_says(c.anna, "Dit kunt u niet terugdraaien");
	visitor_send(c.anna, at(&c, "/move/withdraw"), "x=1");
	assert_page_says(c.anna, "Ingetrokken");
	assert_page_says(c.anna, "Weg uiterlijk op");
	visit(c.anna, "/signals");
	assert_false(page_says(c.anna, c.ref));
	visit(c.cor, c.base);
	assert_int_equal(c.cor->code, 404);
	leave(&c);
}

static void known_already_shows_only_what_the_viewer_may_see(void **state)
{
	struct cast c = cast_of(*state);
	char first[32];

	begin(&c);
	(void)snprintf(first, sizeof first, "%s", c.ref);
	fill(&c, "/edit/subjects", "kind=VEHICLE&role=MAIN&plate=12-ZZZ-3");
	begin(&c);
	fill(&c, "/edit/subjects", "kind=VEHICLE&role=MAIN&plate=12zzz3");
	visit(c.anna, at(&c, "/known"));
	assert_page_says(c.anna, first);
	visit(c.pol, "/signals");
	visitor_send(c.pol, "/signals", "x=1");
	(void)sscanf(c.pol->path, "/signals/%31[^/]", c.ref);
	const char *theirs = arena_printf(&c.pol->house->arena, "/signals/%s", c.ref);
	const char *subjects = arena_printf(&c.pol->house->arena, "%s/edit/subjects", theirs);
	visit(c.pol, subjects);
	visitor_send(c.pol, subjects, "kind=VEHICLE&role=MAIN&plate=12-ZZZ-3");
	visit(c.pol, arena_printf(&c.pol->house->arena, "%s/known", theirs));
	assert_page_says(c.pol, "Niets om te tonen.");
	leave(&c);
}

static struct house_person *manager(struct house *h, const char *email)
{
	return house_hire(h, email, ROLE_RECORDS_MANAGER, 0);
}

static void what_is_withdrawn_is_gone_after_two_signatures_and_only_a_count_remains(void **state)
{
	struct house *h = *state;
	struct cast c = cast_of(h);
	struct house_person *first = manager(h, "mia@riec.example");
	struct house_person *second = manager(h, "noor@riec.example");
	struct visitor *mia = visitor_new(h), *noor = visitor_new(h), *anna = visitor_new(h);
	const char *list = "/retention/lists/1", *sign = "/retention/lists/1/sign";

	write_all(&c);
	fill(&c, "/edit/subjects", "kind=VEHICLE&role=MAIN&plate=12-ZZZ-3");
	submit(&c);
	visit(c.anna, at(&c, "/move/withdraw"));
	visitor_send(c.anna, at(&c, "/move/withdraw"), "x=1");
	visitor_sign_in(mia, first);
	visit(mia, "/retention");
	assert_page_says(mia, "Niets hoeft nu weg");
	h->clock.fixed_ms += INT64_C(25) * 86400000;
	visitor_sign_in(mia, first);
	visit(mia, "/retention");
	assert_page_says(mia, c.ref);
	assert_false(page_says(mia, "Winkel zonder klanten"));
	visitor_send(mia, "/retention/lists", "x=1");
	assert_string_equal(mia->path, list);
	assert_page_says(mia, "Een ander dan de maker moet tekenen");
	visitor_sign_in(noor, second);
	visit(noor, "/");
	assert_page_says(noor, "Vernietigingslijst tekenen");
	visit(noor, list);
	visitor_send(noor, sign, "x=1");
	assert_page_says(noor, "Getekend");
	assert_int_equal(store_world_number(h->store, "SELECT count(*) FROM signal_text"), 0);
	assert_int_equal(store_world_number(h->store, "SELECT count(*) FROM fact"), 0);
	assert_int_equal(store_world_number(h->store, "SELECT count(*) FROM identifier_token"), 0);
	assert_int_equal(store_world_number(h->store, "SELECT count(*) FROM sealed_key"), 0);
	assert_int_equal(store_world_number(h->store, "SELECT count(*) FROM signal_audience"), 0);
	assert_int_equal(store_world_number(h->store, "SELECT count(*) FROM search_document"), 0);
	assert_int_equal(store_world_number(h->store, "SELECT count(*) FROM search_reader"), 0);
	assert_int_equal(store_world_number(h->store, "SELECT count(*) FROM agenda_text"), 0);
	assert_int_equal(store_world_number(h->store, "SELECT count(*) FROM signal_statistic"), 3);
	visitor_sign_in(anna, c.clerk);
	visit(anna, c.base);
	assert_int_equal(anna->code, 404);
	visitor_free(mia);
	visitor_free(noor);
	visitor_free(anna);
	leave(&c);
}

/* ---- the API --------------------------------------------------------------------------------- */

static void post_json(struct house *h, const char *headers, const char *path, const char *json,
                      int code)
{
	struct reply r = client_request(h->port, "POST", path, headers, json);

	if (r.code != code)
		fail_msg("%s: %d\n%s", path, r.code, r.all);
	reply_free(&r);
}

static void who_made_a_list_cannot_sign_it(void **state)
{
	struct house *h = *state;
	struct cast c = cast_of(h);
	struct house_person *first = manager(h, "mia@riec.example");
	struct visitor *mia = visitor_new(h);

	write_all(&c);
	submit(&c);
	visit(c.anna, at(&c, "/move/withdraw"));
	visitor_send(c.anna, at(&c, "/move/withdraw"), "x=1");
	h->clock.fixed_ms += INT64_C(25) * 86400000;
	visitor_sign_in(mia, first);
	visit(mia, "/retention");
	visitor_send(mia, "/retention/lists", "x=1");
	/* past the page, which has no button for him */
	post_json(h, house_bearer(h, first), "/api/v1/retention/lists/1/sign", "{\"_version\":1}",
	          409);
	assert_true(store_world_number(h->store, "SELECT count(*) FROM signal_text") > 0);
	visitor_free(mia);
	leave(&c);
}

static void a_system_of_a_municipality_submits_by_json_what_a_form_would_ask(void **state)
{
	struct house *h = *state;
	struct cast c = cast_of(h);
	const char *headers = house_bearer(h, c.clerk);
	const char *words = "Dit is ruim genoeg uitleg voor het overleg";

	struct reply r = client_request(h->port, "POST", "/api/v1/signals", headers, "{}");
	assert_int_equal(r.code, 201);
	assert_int_equal(sscanf(r.body, "{\"reference\":\"%31[^\"]\"", c.ref), 1);
	reply_free(&r);
	const char *base = arena_printf(&h->arena, "/api/v1/signals/%s", c.ref);
	post_json(h, headers, arena_printf(&h->arena, "%s/submit", base),
	          "{\"_version\":1,\"declared\":true}", 409);
	/* a machine writes the year */
	post_json(h, headers, arena_printf(&h->arena, "%s/edit/facts", base),
	          "{\"_version\":1,\"title\":\"Kas\",\"seenFrom\":\"1 maart\"}", 400);
	post_json(h, headers, arena_printf(&h->arena, "%s/edit/facts", base),
	          "{\"_version\":1,\"title\":\"Kas\",\"facts\":\"Veertien matrassen\"}", 200);
	post_json(h, headers, arena_printf(&h->arena, "%s/edit/place", base),
	          arena_printf(&h->arena,
	                       "{\"_version\":2,\"where\":\"Kasweg 1\",\"municipality\":%lld}",
	                       (long long)h->municipality),
	          200);
	post_json(h, headers, arena_printf(&h->arena, "%s/edit/theme", base),
	          "{\"_version\":3,\"theme\":\"LABOUR\",\"line\":\"LOCATION\",\"task\":901}", 200);
	post_json(h, headers, arena_printf(&h->arena, "%s/edit/criteria", base),
	          arena_printf(&h->arena,
	                       "{\"_version\":4,\"criterionA\":\"%s\",\"criterionB\":\"%s\","
	                       "\"criterionC\":\"%s\",\"criterionD\":\"%s\",\"criterionE\":\"%s\"}",
	                       words, words, words, words, words),
	          200);
	post_json(h, headers, arena_printf(&h->arena, "%s/submit", base),
	          "{\"_version\":5,\"declared\":true}", 204);
	visit(c.cor, "/signals");
	assert_page_says(c.cor, c.ref);
	leave(&c);
}

/* It sends the form as it stands, to the address of the API: the day is a person's all the same. */
static void what_saves_itself_reads_days_as_the_page_does(void **state)
{
	struct house *h = *state;
	struct cast c = cast_of(h);

	begin(&c);
	visit(c.anna, at(&c, "/edit/facts"));
	visitor_send_from(c.anna, at(&c, "/edit/facts"),
	                  arena_printf(&h->arena, "/api/v1%s", at(&c, "/edit/facts")),
	                  "title=Winkel&seenFrom=1+maart&seenUntil=gisteren");
	assert_int_equal(c.anna->code, 200);
	visit(c.anna, at(&c, "/edit/facts"));
	assert_page_says(c.anna, "1 maart 2026");
	leave(&c);
}

/* What autosave asks for behind each save (web/islands/autosave.js). */
static void what_a_draft_still_lacks_can_be_had_without_the_rest_of_its_page(void **state)
{
	struct house *h = *state;
	struct cast c = cast_of(h);
	char headers[4096];

	begin(&c);
	(void)snprintf(headers, sizeof headers,
	               "Cookie: %s\r\nPlein-Parts: progress words pointer\r\n", c.anna->cookies);
	struct reply before = client_request(h->port, "GET", at(&c, "/edit/facts"), headers, NULL);
	assert_int_equal(before.code, 200);
	assert_non_null(strstr(before.body, "<b>Titel</b>"));
	assert_null(strstr(before.body, "Dit lijkt op een BSN"));
	reply_free(&before);
	fill(&c, "/edit/facts", "_go=stay&title=Winkel&facts=De+eigenaar+999990019+is+weg");
	struct reply after = client_request(h->port, "GET", at(&c, "/edit/facts"), headers, NULL);
	assert_int_equal(after.code, 200);
	assert_non_null(strstr(after.body, "id=\"progress\""));
	assert_non_null(strstr(after.body, "id=\"pointer\""));
	assert_null(strstr(after.body, "<b>Titel</b>"));
	assert_non_null(strstr(after.body, "<span>Titel</span>"));
	assert_non_null(strstr(after.body, "Dit lijkt op een BSN"));
	assert_null(strstr(after.body, "<textarea"));
	reply_free(&after);
	leave(&c);
}

/* ---- what lies on disk ----------------------------------------------------------------------- */

/* How many bytes of the data folder, or of a dump, hold this word, plain or as hexadecimal. */
static int found_on_disk(struct house *h, const char *word)
{
	const char *hex = "";
	int count = -1;

	for (const char *at = word; *at != '\0'; at++)
		hex = arena_printf(&h->arena, "%s%02x", hex, (unsigned)(unsigned char)*at);
	const char *what =
	    store_engine() == DB_SQLITE
		? arena_printf(&h->arena, "cat '%s'/plein.db* '%s'/search.db*", h->store->dir,
	                       h->store->dir)
		: arena_printf(&h->arena,
	                       "\"$(ls /usr/lib/postgresql/*/bin/pg_dump | tail -1)\""
	                       " \"%s\"",
	                       h->store->cfg.conninfo);
	FILE *p = popen(arena_printf(&h->arena, "{ %s; } 2>&1 | grep -a -c -i -e '%s' -e '%s'",
	                             what, word, hex),
	                "r");
	assert_non_null(p);
	assert_int_equal(fscanf(p, "%d", &count), 1);
	(void)pclose(p);
	return count;
}

static void the_database_holds_no_word_that_was_typed(void **state)
{
	struct house *h = *state;
	struct cast c = cast_of(h);

	write_all(&c);
	fill(&c, "/edit/subjects", "kind=PERSON&role=MAIN&familyName=Zonnebloemer&bsn=999990019");
	submit(&c);
	assert_true(found_on_disk(h, c.ref) > 0); /* the search itself works */
	assert_int_equal(found_on_disk(h, "Kwartelkade"), 0);
	assert_int_equal(found_on_disk(h, "Winkel zonder"), 0);
	assert_int_equal(found_on_disk(h, "Zonnebloemer"), 0);
	assert_int_equal(found_on_disk(h, "999990019"), 0);
	leave(&c);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, house_set_up, house_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_clerk_writes_is_asked_answers_and_hears_that_it_is_complete),
		TEST(who_is_not_in_it_can_tell_nothing),
		TEST(what_two_colleagues_type_is_never_lost),
		TEST(a_forbidden_topic_and_a_bsn_keep_a_signal_in_draft),
		TEST(withdrawn_leaves_every_list_at_once),
		TEST(known_already_shows_only_what_the_viewer_may_see),
		TEST(what_is_withdrawn_is_gone_after_two_signatures_and_only_a_count_remains),
		TEST(who_made_a_list_cannot_sign_it),
		TEST(a_system_of_a_municipality_submits_by_json_what_a_form_would_ask),
		TEST(what_saves_itself_reads_days_as_the_page_does),
		TEST(what_a_draft_still_lacks_can_be_had_without_the_rest_of_its_page),
		TEST(the_database_holds_no_word_that_was_typed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
