/* Many whole signals in one request: each by itself, none twice. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "client.h"
#include "house_world.h"
#include "people/people.h"
#include "platform/crypto/token.h"

#define WORDS "Dit is ruim genoeg uitleg voor het overleg"
#define WHOLE                                                                                      \
	"{\"title\":\"Kas\",\"facts\":\"Veertien matrassen\",\"where\":\"Kasweg 1\","              \
	"\"municipality\":\"Duinwaard\",\"theme\":\"LABOUR\",\"line\":\"LOCATION\",\"task\":901,"  \
	"\"criterionA\":\"" WORDS "\",\"criterionB\":\"" WORDS "\",\"criterionC\":\"" WORDS        \
	"\",\"criterionD\":\"" WORDS "\",\"criterionE\":\"" WORDS "\",\"declared\":true%s}"
#define DRAFT "{\"title\":\"Nog niet af\",\"facts\":\"Iets met een kas\"}"

static enum status token_run(struct db_tx *tx, void *args, struct error *reterr)
{
	int64_t id = 0;
	return api_token_insert(tx, args, &id, reterr);
}

static const char *headers_of(struct house *h, const struct house_person *p, const char *key)
{
	struct token text = token_new();
	struct api_token_new t = { .digest = token_digest(h->plein.token_key, "api", text.text),
		                   .appointment_id = p->appointment_id,
		                   .now_ms = HOUSE_NOW,
		                   .expires_at = HOUSE_NOW + INT64_C(86400000) * 60,
		                   .label = "proef" };

	store_world_run(h->store, token_run, &t);
	return arena_printf(&h->arena,
	                    "Authorization: Bearer %s\r\nContent-Type: application/json\r\n%s%s%s",
	                    text.text, key != NULL ? "Idempotency-Key: " : "",
	                    key != NULL ? key : "", key != NULL ? "\r\n" : "");
}

static struct reply post(struct house *h, const char *headers, const char *json)
{
	return client_request(h->port, "POST", "/api/v1/signals/bulk", headers, json);
}

static struct reply assert_post(struct house *h, const char *headers, const char *json, int code,
                                const char *says)
{
	struct reply r = post(h, headers, json);

	if (r.code != code || !reply_says(&r, says))
		fail_msg("%d, not %d '%s':\n%s", r.code, code, says, r.all);
	return r;
}

static void a_whole_signal_is_submitted_and_half_a_one_becomes_a_draft(void **state)
{
	struct house *h = *state;
	struct house_person *anna = house_hire(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	struct house_person *boss = house_hire(h, "cor@riec.example", ROLE_INFO_COORDINATOR, 0);
	struct visitor *cor = visitor_new(h);
	const char *subjects =
	    ",\"subjects\":[{\"kind\":\"PERSON\",\"role\":\"MAIN\","
	    "\"familyName\":\"Jansen\",\"bsn\":\"999990019\"},"
	    "{\"kind\":\"VEHICLE\",\"role\":\"DIRECT_CIRCLE\",\"plate\":\"12zzz3\","
	    "\"tieTo\":1,\"tieKind\":\"DRIVES\"}]";
	char *json = arena_printf(&h->arena, "[" WHOLE "," DRAFT "]", subjects);
	char ref[32] = "";

	struct reply r = assert_post(h, headers_of(h, anna, "een"), json, 200, "\"stored\":2");
	assert_true(reply_says(&r, "\"state\":\"SUBMITTED\""));
	assert_true(reply_says(&r, "\"state\":\"DRAFT\""));
	const char *at = strstr(r.body, "\"reference\":\"");
	assert_int_equal(sscanf(at, "\"reference\":\"%31[^\"]", ref), 1);
	reply_free(&r);
	visitor_sign_in(cor, boss);
	visit(cor, arena_printf(&h->arena, "/signals/%s", ref));
	assert_page_says(cor, "Veertien matrassen");
	assert_page_says(cor, "12-ZZZ-3");
	assert_page_says(cor, "rijdt in");
	visit(cor, "/");
	assert_page_says(cor, "Intake doen");
	visit(cor, "/signals");
	assert_false(page_says(cor, "Nog niet af"));
	house_seal(h);
	visitor_free(cor);
}

static void each_row_tells_all_that_is_wrong_with_it_and_holds_no_other_up(void **state)
{
	struct house *h = *state;
	struct house_person *anna = house_hire(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	const char *json =
	    "[" DRAFT ",{\"title\":\"x\",\"nonsense\":1},"
	    "{\"declared\":true,\"title\":\"x\",\"facts\":\"Hij is lid van een vakbond, "
	    "999990019\"},"
	    "{\"municipality\":\"Nergenshuizen\",\"task\":101,\"subjects\":[{\"kind\":\"PERSON\","
	    "\"role\":\"MAIN\",\"bsn\":\"1\"}]},{\"a\":}, " DRAFT "]";

	struct reply r = assert_post(h, headers_of(h, anna, "een"), json, 200, "\"refused\":4");
	assert_true(reply_says(&r, "\"stored\":2"));
	assert_true(reply_says(&r, "\"pointer\":\"/nonsense\""));
	assert_true(reply_says(&r, "Hierin staat een BSN"));
	assert_true(reply_says(&r, "De vijf criteria: nog niet ingevuld"));
	assert_true(reply_says(&r, "Deze gemeente ligt niet in deze regio"));
	assert_true(reply_says(&r, "\"pointer\":\"/task\""));
	assert_true(reply_says(&r, "\"pointer\":\"/subjects/0/bsn\""));
	assert_int_equal(store_world_number(h->store, "SELECT count(*) FROM signal"), 2);
	reply_free(&r);
}

static void the_same_request_again_makes_nothing_twice(void **state)
{
	struct house *h = *state;
	struct house_person *anna = house_hire(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	const char *headers = headers_of(h, anna, "zelfde");
	const char *json = "[" DRAFT;

	for (int i = 0; i < 24; i++)
		json = arena_printf(&h->arena, "%s," DRAFT, json);
	json = arena_printf(&h->arena, "%s]", json);
	struct reply first = assert_post(h, headers, json, 200, "\"stored\":25");
	struct reply again = assert_post(h, headers, json, 200, "\"stored\":25");
	assert_string_equal(first.body, again.body);
	assert_int_equal(store_world_number(h->store, "SELECT count(*) FROM signal"), 25);
	reply_free(&first);
	reply_free(&again);
	again = assert_post(h, headers, "[" DRAFT ",{\"title\":\"anders\"}]", 422, "");
	reply_free(&again);
}

static void a_request_that_broke_off_gets_its_numbers_when_it_is_sent_again(void **state)
{
	enum { CALLS = 40, STEP = 3 };
	struct house *h = *state;
	struct house_person *anna = house_hire(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	int64_t stored = 0;

	for (int n = 1; n < CALLS; n += STEP) {
		const char *headers =
		    headers_of(h, anna, arena_printf(&h->arena, "breekt af bij %d", n));
		db_fail_after(h->plein.db, n);
		struct reply first = post(h, headers, "[" DRAFT "," DRAFT "]");
		reply_free(&first);
		db_fail_after(h->plein.db, 0);
		struct reply again =
		    assert_post(h, headers, "[" DRAFT "," DRAFT "]", 200, "\"stored\":2");
		reply_free(&again);
		stored += 2;
		assert_int_equal(store_world_number(h->store, "SELECT count(*) FROM signal"),
		                 stored);
		assert_int_equal(
		    store_world_number(h->store,
		                       "SELECT next FROM reference_counter WHERE kind = 'S'"),
		    stored);
	}
}

/* While one piece is stored the next is read: whichever of them fails, nothing is lost or twice. */
static void pieces_that_broke_off_are_whole_when_they_are_sent_again(void **state)
{
	enum { ROWS = 210, CALLS = 600, STEP = 75 };
	struct house *h = *state;
	struct house_person *anna = house_hire(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	const char *json = "[" DRAFT;
	int64_t stored = 0;
	int broken = 0;

	for (int i = 1; i < ROWS; i++)
		json = arena_printf(&h->arena, "%s," DRAFT, json);
	json = arena_printf(&h->arena, "%s]", json);
	for (int n = 8; n < CALLS; n += STEP) {
		const char *headers =
		    headers_of(h, anna, arena_printf(&h->arena, "stukken tot %d", n));
		db_fail_after(h->plein.db, n);
		struct reply first = post(h, headers, json);
		db_fail_after(h->plein.db, 0);
		broken += first.code == 503;
		reply_free(&first);
		struct reply again = assert_post(h, headers, json, 200, "\"stored\":210");
		reply_free(&again);
		stored += ROWS;
		assert_int_equal(
		    store_world_number(h->store, "SELECT count(DISTINCT reference) FROM signal"),
		    stored);
		assert_int_equal(
		    store_world_number(h->store,
		                       "SELECT next FROM reference_counter WHERE kind = 'S'"),
		    stored);
	}
	/* SQLite runs what went with the group again, alone. */
	assert_true(broken > 0 || db_engine_of(h->plein.db) == DB_SQLITE);
}

static enum status drop_appointment(struct db_tx *tx, void *args, struct error *reterr)
{
	static const struct db_stmt DROP = { "test_drop_appointment", "i",
		                             "DELETE FROM appointment WHERE id = $1" };
	return db_exec(tx, &DROP, DB_ARGS(DB_INT(*(const int64_t *)args)), NULL, reterr);
}

static enum status give_texts(struct db_tx *tx, void *args, struct error *reterr)
{
	static const struct db_stmt GIVE = { "test_give_texts", "i",
		                             "UPDATE signal_text SET written_by = $1" };
	return db_exec(tx, &GIVE, DB_ARGS(DB_INT(*(const int64_t *)args)), NULL, reterr);
}

static void who_wrote_anything_stays(void **state)
{
	struct house *h = *state;
	struct house_person *anna = house_hire(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	struct house_person *bea = house_hire(h, "bea@duinwaard.example", ROLE_SUBMITTER, 0);
	struct db_job job = { .run = drop_appointment, .args = &bea->appointment_id };
	struct error e;

	struct reply r =
	    assert_post(h, headers_of(h, anna, "een"), "[" DRAFT "]", 200, "\"stored\":1");
	reply_free(&r);
	store_world_run(h->store, give_texts, &bea->appointment_id);
	assert_int_equal(db_run(h->plein.db, &job, &e), ERR_CONFLICT);
}

static enum status drop_signals(struct db_tx *tx, void *args, struct error *reterr)
{
	static const struct db_stmt DROP = { "test_drop_signals", "", "DELETE FROM signal" };

	(void)args;
	return db_exec(tx, &DROP, NULL, NULL, reterr);
}

/* Its texts and its readers rely on it: on PostgreSQL none of them asks whether it is there. */
static void the_row_of_a_signal_stays(void **state)
{
	struct house *h = *state;
	struct house_person *anna = house_hire(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	struct db_job job = { .run = drop_signals };
	struct error e;

	struct reply r =
	    assert_post(h, headers_of(h, anna, "een"), "[" DRAFT "]", 200, "\"stored\":1");
	reply_free(&r);
	assert_int_equal(db_run(h->plein.db, &job, &e), ERR_CONFLICT);
	assert_int_equal(store_world_number(h->store, "SELECT count(*) FROM signal"), 1);
}

static void what_is_no_list_too_long_or_not_allowed_is_refused_whole(void **state)
{
	struct house *h = *state;
	struct house_person *anna = house_hire(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	struct house_person *cor = house_hire(h, "cor@riec.example", ROLE_INFO_COORDINATOR, 0);
	const char *headers = headers_of(h, anna, "een");
	char *many = arena_alloc(&h->arena, 4 * 1001 + 8);
	size_t len = 0;

	many[len++] = '[';
	for (int i = 0; i < 1001; i++)
		len += (size_t)snprintf(many + len, 5, "%s{}", i > 0 ? "," : "");
	many[len++] = ']';
	struct reply r = assert_post(h, headers, many, 413, "ten hoogste 1000 signalen");
	reply_free(&r);
	r = assert_post(h, headers, "{\"title\":\"x\"}", 400, "JSON-lijst");
	reply_free(&r);
	r = assert_post(h, headers, "[{\"title\":\"x\"}", 400, "JSON-lijst");
	reply_free(&r);
	r = assert_post(h, headers_of(h, anna, NULL), "[" DRAFT "]", 400, "Idempotency-Key");
	reply_free(&r);
	r = assert_post(h, headers_of(h, cor, "een"), "[" DRAFT "]", 404, "");
	reply_free(&r);
	assert_int_equal(store_world_number(h->store, "SELECT count(*) FROM signal"), 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, house_set_up, house_tear_down)

/* More rows than go together in one statement. */
static void a_request_full_of_signals_is_stored_whole(void **state)
{
	enum { MANY = 130 };
	struct house *h = *state;
	struct house_person *p = house_hire(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	const char *one = arena_printf(
	    &h->arena, WHOLE,
	    ",\"subjects\":[{\"kind\":\"PERSON\",\"role\":\"MAIN\",\"familyName\":\"Proef\","
	    "\"givenNames\":\"A\"},{\"kind\":\"VEHICLE\",\"role\":\"MAIN\",\"plate\":\"12-ZZZ-3\"}"
	    "]");
	const size_t room = MANY * (strlen(one) + 1) + 3;
	char *list = arena_alloc(&h->arena, room), *to = stpcpy(list, "[");

	for (int i = 0; i < MANY; i++)
		to = stpcpy(stpcpy(to, i > 0 ? "," : ""), one);
	(void)stpcpy(to, "]");
	struct reply r =
	    assert_post(h, headers_of(h, p, "vol"), list, 200, "\"stored\":130,\"refused\":0");
	reply_free(&r);
	assert_int_equal(store_world_number(h->store, "SELECT count(*) FROM signal"), MANY);
	assert_int_equal(store_world_number(h->store, "SELECT count(*) FROM signal_text"),
	                 MANY * 8);
	assert_int_equal(store_world_number(h->store, "SELECT count(*) FROM presence"), MANY * 2);
	assert_int_equal(store_world_number(h->store, "SELECT count(*) FROM signal_history"),
	                 MANY * 2);
	assert_int_equal(
	    store_world_number(h->store, "SELECT count(DISTINCT reference) FROM signal"), MANY);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_whole_signal_is_submitted_and_half_a_one_becomes_a_draft),
		TEST(each_row_tells_all_that_is_wrong_with_it_and_holds_no_other_up),
		TEST(the_same_request_again_makes_nothing_twice),
		TEST(a_request_that_broke_off_gets_its_numbers_when_it_is_sent_again),
		TEST(pieces_that_broke_off_are_whole_when_they_are_sent_again),
		TEST(a_request_full_of_signals_is_stored_whole),
		TEST(who_wrote_anything_stays),
		TEST(the_row_of_a_signal_stays),
		TEST(what_is_no_list_too_long_or_not_allowed_is_refused_whole),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
