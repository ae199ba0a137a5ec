/* The life of a request: views, changes, refusals, and what is told of each. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <unistd.h>

#include "app.h"
#include "client.h"

#define ANNA  "Cookie: sid=anna\r\n"
#define TOKEN "Authorization: Bearer token-anna\r\n"
#define FORM  "Content-Type: application/x-www-form-urlencoded\r\n"
#define JSON  "Content-Type: application/json\r\n"
#define OURS  "Origin: http://localhost\r\nSec-Fetch-Site: same-origin\r\n"

static struct reply get(struct app *app, const char *target, const char *headers)
{
	return client_request(app->port, "GET", target, headers, NULL);
}

static struct reply post(struct app *app, const char *target, const char *headers, const char *body)
{
	return client_request(app->port, "POST", target, headers, body);
}

static int64_t outcomes(struct app *app, int action, enum status outcome)
{
	char sql[160];
	(void)snprintf(sql, sizeof sql,
	               "SELECT count(*) FROM happened WHERE action = %d AND outcome = %d", action,
	               (int)outcome);
	return store_world_number(app->store, sql);
}

static void a_view_answers_as_page_and_as_json(void **state)
{
	struct app *app = *state;
	struct reply r = get(app, "/?q=a%26b", ANNA);
	assert_int_equal(r.code, 200);
	assert_string_equal(r.body, "<h1>hallo</h1><pre>a&amp;b</pre>");
	assert_string_equal(reply_header(&r, "Content-Type"), "text/html; charset=utf-8");
	assert_string_equal(reply_header(&r, "API-Version"), "");
	reply_free(&r);
	r = get(app, "/api/v1/notes", TOKEN);
	assert_int_equal(r.code, 200);
	assert_string_equal(r.body, "[0]");
	assert_string_equal(reply_header(&r, "Content-Type"), "application/json");
	assert_string_equal(reply_header(&r, "API-Version"), "1.2.3");
	reply_free(&r);
	assert_int_equal(app_events(app), 2);
}

static void every_answer_carries_the_headers_that_protect(void **state)
{
	struct app *app = *state;
	static const char *const targets[] = { "/",       "/nowhere", "/api/v1/notes",
		                               "/hidden", "/broken",  "/health",
		                               "/a%2Fb",  "/sign-in", "/assets/style.0123.css",
		                               "/notes/" };
	for (size_t i = 0; i < sizeof targets / sizeof targets[0]; i++) {
		struct reply r = get(app, targets[i], ANNA);
		assert_non_null(
		    strstr(reply_header(&r, "Content-Security-Policy"), "default-src 'none'"));
		assert_non_null(
		    strstr(reply_header(&r, "Content-Security-Policy"), "frame-ancestors 'none'"));
		assert_string_equal(reply_header(&r, "X-Content-Type-Options"), "nosniff");
		assert_string_equal(reply_header(&r, "X-Frame-Options"), "DENY");
		assert_string_equal(reply_header(&r, "Referrer-Policy"), "same-origin");
		assert_string_equal(reply_header(&r, "Cross-Origin-Opener-Policy"), "same-origin");
		assert_true(*reply_header(&r, "Permissions-Policy") != '\0');
		assert_int_equal(strlen(reply_header(&r, "X-Request-Id")), REQUEST_ID_CHARS);
		bool asset = strncmp(targets[i], "/assets", 7) == 0;
		assert_string_equal(reply_header(&r, "Cache-Control"),
		                    asset ? "public, max-age=31536000, immutable" : "no-store");
		reply_free(&r);
	}
}

static void a_stranger_is_sent_to_sign_in_and_a_program_gets_401(void **state)
{
	struct app *app = *state;
	struct reply r = get(app, "/", "");
	assert_int_equal(r.code, 303);
	assert_string_equal(reply_header(&r, "Location"), "/sign-in");
	reply_free(&r);
	r = get(app, "/api/v1/notes", "Authorization: Bearer nonsense\r\n");
	assert_int_equal(r.code, 401);
	assert_string_equal(reply_header(&r, "Content-Type"), "application/problem+json");
	assert_string_equal(reply_header(&r, "WWW-Authenticate"), "Bearer");
	reply_free(&r);
	r = get(app, "/careful", ANNA);
	assert_int_equal(r.code, 303);
	assert_string_equal(reply_header(&r, "Location"), "/step-up");
	reply_free(&r);
	r = get(app, "/api/v1/careful", TOKEN);
	assert_int_equal(r.code, 403);
	reply_free(&r);
}

static void a_form_sent_after_the_session_ended_is_parked(void **state)
{
	struct app *app = *state;
	struct reply r = post(app, "/notes", FORM OURS, "title=bewaar+mij");
	assert_int_equal(r.code, 303);
	assert_string_equal(reply_header(&r, "Location"), "/sign-in");
	assert_int_equal(app->parked, 1);
	assert_int_equal(app_notes(app), 0);
	reply_free(&r);
}

static void hidden_and_absent_look_alike(void **state)
{
	struct app *app = *state;
	struct reply hidden = get(app, "/api/v1/hidden", TOKEN);
	struct reply absent = get(app, "/api/v1/absent", TOKEN);
	assert_int_equal(hidden.code, 404);
	assert_int_equal(absent.code, 404);
	char *id = strstr(hidden.body, "\"requestId\":\"");
	memset(id + 13, 'x', REQUEST_ID_CHARS);
	id = strstr(absent.body, "\"requestId\":\"");
	memset(id + 13, 'x', REQUEST_ID_CHARS);
	assert_string_equal(hidden.body, absent.body);
	reply_free(&hidden);
	reply_free(&absent);
	assert_int_equal(outcomes(app, 7, ERR_NOT_FOUND), 1); /* the log knows better */
}

/* A page that a live meeting keeps fresh fetches itself meanwhile. */
static void what_a_script_fetches_leaves_the_note_for_the_person(void **state)
{
	static const char *const MODES[] = { "cors", "no-cors", "same-origin" };
	struct app *app = *state;
	struct reply r = post(app, "/notes", ANNA FORM OURS, "title=een&body=twee&_csrf=csrf-anna");
	const char *note = strstr(r.all, "Set-Cookie: plein_note=");
	char cookie[500], headers[600];

	assert_non_null(note);
	(void)snprintf(cookie, sizeof cookie, "Cookie: sid=anna; %.*s\r\n",
	               (int)strcspn(note + 12, ";"), note + 12);
	reply_free(&r);
	for (size_t i = 0; i < sizeof MODES / sizeof MODES[0]; i++) {
		(void)snprintf(headers, sizeof headers, "%sSec-Fetch-Mode: %s\r\n", cookie,
		               MODES[i]);
		r = get(app, "/notes/1", headers);
		assert_int_equal(r.code, 200);
		assert_false(reply_says(&r, "role=status"));
		assert_null(strstr(r.all, "plein_note="));
		reply_free(&r);
	}
	(void)snprintf(headers, sizeof headers, "%sSec-Fetch-Mode: navigate\r\n", cookie);
	r = get(app, "/notes/1", headers);
	assert_true(reply_says(&r, "<p role=status>Uw notitie is bewaard.</p>"));
	assert_non_null(strstr(r.all, "plein_note=; Path=/"));
	reply_free(&r);
}

static void a_change_redirects_with_a_note_shown_once(void **state)
{
	struct app *app = *state;
	struct reply r = post(app, "/notes", ANNA FORM OURS, "title=een&body=twee&_csrf=csrf-anna");
	assert_int_equal(r.code, 303);
	assert_string_equal(reply_header(&r, "Location"), "/notes/1");
	const char *note = strstr(r.all, "Set-Cookie: plein_note=");
	assert_non_null(note);
	assert_null(strstr(note, "notitie")); /* not in clear */
	char headers[600];
	size_t len = strcspn(note + 12, ";");
	(void)snprintf(headers, sizeof headers, "Cookie: sid=anna; %.*s\r\n", (int)len, note + 12);
	assert_non_null(strstr(r.all, "last=note; Path=/; HttpOnly; SameSite=Lax; Max-Age=60"));
	reply_free(&r);

	r = get(app, "/notes/1", headers);
	assert_true(reply_says(&r, "<p role=status>Uw notitie is bewaard.</p>"));
	assert_non_null(strstr(r.all, "plein_note=; Path=/"));
	reply_free(&r);
	headers[strlen(headers) - 3] ^= 1; /* somebody else's sentence */
	r = get(app, "/notes/1", headers);
	assert_int_equal(r.code, 200);
	assert_false(reply_says(&r, "role=status"));
	reply_free(&r);
	assert_int_equal(outcomes(app, 3, OK), 1);
	assert_int_equal(
	    store_world_number(app->store, "SELECT object FROM happened WHERE action = 3"), 1);
}

static void the_api_creates_with_201_and_a_place(void **state)
{
	struct app *app = *state;
	struct reply r = post(app, "/api/v1/notes", TOKEN JSON, "{\"title\":\"een\"}");
	assert_int_equal(r.code, 201);
	assert_string_equal(reply_header(&r, "Location"), "/api/v1/notes/1");
	assert_string_equal(r.body, "{\"id\":1}");
	reply_free(&r);
	r = post(app, "/api/v1/notes/1", TOKEN JSON, "{\"title\":\"twee\",\"version\":1}");
	assert_int_equal(r.code, 204);
	assert_int_equal(r.body_len, 0);
	reply_free(&r);
}

static void a_form_with_problems_comes_back_as_typed(void **state)
{
	struct app *app = *state;
	struct reply r =
	    post(app, "/notes", ANNA FORM OURS, "title=+&body=%3Cb%3E&_csrf=csrf-anna");
	assert_int_equal(r.code, 400);
	assert_true(reply_says(&r, "&lt;b&gt;"));
	assert_true(reply_says(&r, "<li id=\"title\">Vul titel in."));
	reply_free(&r);
	r = post(app, "/api/v1/notes", TOKEN JSON, "{\"titel\":\"x\"}");
	assert_int_equal(r.code, 400);
	assert_true(reply_says(&r, "\"pointer\":\"title\""));
	assert_true(reply_says(&r, "\"pointer\":\"titel\""));
	reply_free(&r);
	assert_int_equal(app_notes(app), 0);
	assert_int_equal(outcomes(app, 3, ERR_INVALID), 2);
}

static void a_limit_that_a_change_meets_comes_back_as_typed(void **state)
{
	struct app *app = *state;
	struct reply r =
	    post(app, "/notes", ANNA FORM OURS, "title=een+te+veel&body=%3Cb%3E&_csrf=csrf-anna");

	assert_int_equal(r.code, 413);
	assert_true(reply_says(&r, "Er zijn al genoeg notities."));
	assert_true(reply_says(&r, "&lt;b&gt;"));
	reply_free(&r);
	assert_int_equal(app_notes(app), 0);
	assert_int_equal(outcomes(app, 3, ERR_LIMIT), 1);
}

static void who_comes_second_sees_both_versions(void **state)
{
	struct app *app = *state;
	struct reply r = post(app, "/api/v1/notes", TOKEN JSON, "{\"title\":\"een\"}");
	reply_free(&r);
	r = post(app, "/notes/1", ANNA FORM OURS, "title=twee&version=1&_csrf=csrf-anna");
	assert_int_equal(r.code, 303);
	reply_free(&r);
	r = post(app, "/notes/1", ANNA FORM OURS, "title=drie&version=1&_csrf=csrf-anna");
	assert_int_equal(r.code, 409);
	assert_true(reply_says(&r, "<p>stale</p>"));
	assert_true(reply_says(&r, "<h1>drie</h1>"));
	reply_free(&r);
	r = post(app, "/api/v1/notes/1", TOKEN JSON, "{\"title\":\"drie\",\"version\":1}");
	assert_int_equal(r.code, 409);
	reply_free(&r);
	r = post(app, "/notes/1", ANNA FORM OURS, "title=verboden&version=2&_csrf=csrf-anna");
	assert_int_equal(r.code, 409); /* a guard's no isn't a stale form */
	assert_false(reply_says(&r, "<p>stale</p>"));
	assert_true(reply_says(&r, "Deze titel mag niet."));
	reply_free(&r);
	assert_int_equal(outcomes(app, 5, ERR_CONFLICT), 3);
}

#define ONCE "000102030405060708090a0b0c0d0e0f"

static void the_same_form_twice_is_one_change_and_one_answer(void **state)
{
	struct app *app = *state;
	const char *form = "title=een&_csrf=csrf-anna&_once=" ONCE;
	struct reply first = post(app, "/notes", ANNA FORM OURS, form);
	struct reply second = post(app, "/notes", ANNA FORM OURS, form);
	assert_int_equal(second.code, 303);
	assert_string_equal(reply_header(&second, "Location"), "/notes/1");
	assert_non_null(strstr(second.all, "plein_note="));
	assert_int_equal(app_notes(app), 1);
	reply_free(&first);
	reply_free(&second);
	second = post(app, "/notes", ANNA FORM OURS, "title=twee&_csrf=csrf-anna&_once=" ONCE);
	assert_int_equal(second.code, 400);
	reply_free(&second);
	assert_int_equal(app_notes(app), 1);
}

static void an_idempotency_key_is_its_owners_and_its_bodys(void **state)
{
	struct app *app = *state;
	struct reply r =
	    post(app, "/api/v1/notes", TOKEN JSON "Idempotency-Key: k1\r\n", "{\"title\":\"a\"}");
	assert_string_equal(r.body, "{\"id\":1}");
	reply_free(&r);
	r = post(app, "/api/v1/notes", TOKEN JSON "Idempotency-Key: k1\r\n",
	         "{ \"title\" : \"a\" }");
	assert_int_equal(r.code, 201);
	assert_string_equal(r.body, "{\"id\":1}");
	reply_free(&r);
	r = post(app, "/api/v1/notes", TOKEN JSON "Idempotency-Key: k1\r\n", "{\"title\":\"b\"}");
	assert_int_equal(r.code, 422);
	reply_free(&r);
	r = post(app, "/api/v1/notes",
	         "Authorization: Bearer token-bram\r\n" JSON "Idempotency-Key: k1\r\n",
	         "{\"title\":\"b\"}");
	assert_int_equal(r.code, 201);
	assert_string_equal(r.body, "{\"id\":2}");
	reply_free(&r);
	r = post(app, "/api/v1/notes", TOKEN JSON "Idempotency-Key: \r\n", "{\"title\":\"b\"}");
	assert_int_equal(r.code, 400);
	reply_free(&r);
}

static void a_search_is_a_post_that_only_reads(void **state)
{
	struct app *app = *state;
	struct reply r = post(app, "/search", ANNA FORM OURS, "title=Jansen&_csrf=csrf-anna");
	assert_int_equal(r.code, 200);
	assert_string_equal(r.body, "<h1>gevonden</h1><pre>Jansen</pre>");
	reply_free(&r);
	assert_int_equal(outcomes(app, 6, OK), 1);
}

static void half_an_answer_never_leaves(void **state)
{
	struct app *app = *state;
	struct reply r = get(app, "/broken", ANNA);
	assert_int_equal(r.code, 500);
	assert_false(reply_says(&r, "half a secret"));
	reply_free(&r);
	assert_int_equal(outcomes(app, 9, ERR_INTERNAL), 1);
}

static void
what_takes_more_memory_than_a_request_may_have_is_refused_and_the_next_is_served(void **state)
{
	struct app *app = *state;

	for (int i = 0; i < 3; i++) {
		struct reply r = get(app, "/greedy", ANNA);
		assert_int_equal(r.code, 413);
		assert_true(reply_says(&r, "Kies minder tegelijk"));
		assert_false(reply_says(&r, "half a secret"));
		reply_free(&r);
	}
	assert_int_equal(outcomes(app, 15, ERR_LIMIT), 3);
	struct reply after = get(app, "/who", ANNA);
	assert_int_equal(after.code, 200);
	reply_free(&after);
}

static void an_error_knows_which_page_of_ours_led_to_it_and_of_no_other_site(void **state)
{
	static const struct {
		const char *referer, *back;
	} CASES[] = {
		{ "http://localhost/log?period=week&a=1", "<a>/log?period=week&amp;a=1</a>" },
		{ "HTTP://LOCALHOST/", "<a>/</a>" },
		{ "http://localhost.example/log", NULL },
		{ "http://localhost:81/log", NULL },
		{ "https://localhost/log", NULL },
		{ "http://elsewhere.example/log", NULL },
		{ "http://localhost//elsewhere.example", NULL },
		{ "http://localhost/\\elsewhere.example", NULL },
		{ "http://localhost/a b", NULL },
		{ "http://localhost", NULL },
		{ "/log", NULL },
		{ "", NULL },
	};
	struct app *app = *state;

	for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
		char headers[256];
		(void)snprintf(headers, sizeof headers, ANNA "Referer: %s\r\n", CASES[i].referer);
		struct reply r = get(app, "/broken", headers);
		assert_int_equal(r.code, 500);
		if (CASES[i].back != NULL ? !reply_says(&r, CASES[i].back) : reply_says(&r, "<a>"))
			fail_msg("%s: %s", CASES[i].referer, r.body);
		reply_free(&r);
	}
}

static void a_change_from_elsewhere_is_refused(void **state)
{
	struct app *app = *state;
	static const char *const headers[] = {
		ANNA FORM "Origin: http://evil.example\r\n",
		ANNA FORM "Origin: null\r\n",
		ANNA FORM "Origin: https://localhost\r\n",
		ANNA FORM "Origin: http://localhost.evil.example\r\n",
		ANNA FORM "Sec-Fetch-Site: cross-site\r\n",
		ANNA FORM "Sec-Fetch-Site: same-site\r\nOrigin: http://localhost\r\n",
	};
	for (size_t i = 0; i < sizeof headers / sizeof headers[0]; i++) {
		struct reply r = post(app, "/notes", headers[i], "title=een&_csrf=csrf-anna");
		assert_int_equal(r.code, 403);
		reply_free(&r);
	}
	struct reply r = post(app, "/notes", ANNA FORM OURS, "title=een");
	assert_int_equal(r.code, 403);
	reply_free(&r);
	r = post(app, "/notes", ANNA FORM OURS, "title=een&_csrf=csrf-bram");
	assert_int_equal(r.code, 403);
	reply_free(&r);
	r = post(app, "/api/v1/notes", ANNA JSON OURS, "{\"title\":\"een\"}");
	assert_int_equal(r.code, 403); /* the API by cookie needs the token too */
	reply_free(&r);
	assert_int_equal(app_notes(app), 0);
	r = post(app, "/api/v1/notes", ANNA JSON OURS "X-CSRF-Token: csrf-anna\r\n",
	         "{\"title\":\"een\"}");
	assert_int_equal(r.code, 201);
	reply_free(&r);
	r = post(app, "/notes", ANNA FORM, "title=een&_csrf=csrf-anna");
	assert_int_equal(r.code, 303); /* no browser: the token decides */
	reply_free(&r);
}

static void methods_are_answered_as_http_asks(void **state)
{
	struct app *app = *state;
	struct reply r = client_request(app->port, "HEAD", "/?q=lang", ANNA, NULL);
	assert_int_equal(r.code, 200);
	assert_int_equal(r.body_len, 0);
	assert_string_equal(reply_header(&r, "Content-Length"), "29");
	reply_free(&r);
	r = client_request(app->port, "OPTIONS", "/notes", ANNA, NULL);
	assert_int_equal(r.code, 204);
	assert_string_equal(reply_header(&r, "Allow"), "GET, HEAD, POST, OPTIONS");
	reply_free(&r);
	r = client_request(app->port, "DELETE", "/notes", ANNA, NULL);
	assert_int_equal(r.code, 405);
	assert_string_equal(reply_header(&r, "Allow"), "GET, HEAD, POST, OPTIONS");
	reply_free(&r);
	r = client_request(app->port, "BREW", "/notes", ANNA, NULL);
	assert_int_equal(r.code, 405);
	reply_free(&r);
	r = get(app, "/notes/?x=1", ANNA);
	assert_int_equal(r.code, 308);
	assert_string_equal(reply_header(&r, "Location"), "/notes?x=1");
	reply_free(&r);
	r = get(app, "/api/v1/notes/", TOKEN);
	assert_int_equal(r.code, 404);
	reply_free(&r);
	r = get(app, "/list?format=csv", ANNA);
	assert_string_equal(reply_header(&r, "Content-Type"), "text/csv; charset=utf-8");
	assert_string_equal(reply_header(&r, "Content-Disposition"),
	                    "attachment; filename=\"lijst.csv\"");
	reply_free(&r);
}

static void json_that_did_not_change_is_304(void **state)
{
	struct app *app = *state;
	struct reply r = get(app, "/api/v1/notes", TOKEN);
	char headers[200];
	assert_int_equal(strlen(reply_header(&r, "ETag")), 34);
	(void)snprintf(headers, sizeof headers, TOKEN "If-None-Match: W/\"x\", %s\r\n",
	               reply_header(&r, "ETag"));
	reply_free(&r);
	r = get(app, "/api/v1/notes", headers);
	assert_int_equal(r.code, 304);
	reply_free(&r);
	r = post(app, "/api/v1/notes", TOKEN JSON, "{\"title\":\"a\"}");
	reply_free(&r);
	r = get(app, "/api/v1/notes", headers);
	assert_int_equal(r.code, 200);
	reply_free(&r);
	assert_int_equal(outcomes(app, 2, OK), 3); /* looking again is looking */
}

static void assets_are_served_without_anybody_looking(void **state)
{
	struct app *app = *state;
	struct reply r = get(app, "/assets/style.0123.css", "");
	assert_int_equal(r.code, 200);
	assert_string_equal(r.body, "p{}");
	assert_string_equal(reply_header(&r, "Content-Type"), "text/css");
	reply_free(&r);
	r = get(app, "/assets/style.0123.css", "Accept-Encoding: gzip, br\r\n");
	assert_string_equal(r.body, "zipped");
	assert_string_equal(reply_header(&r, "Content-Encoding"), "gzip");
	reply_free(&r);
	r = get(app, "/assets/style.9999.css", "");
	assert_int_equal(r.code, 404);
	reply_free(&r);
	assert_int_equal(app_events(app), 0);
}

static void the_api_describes_itself(void **state)
{
	struct app *app = *state;
	struct error e;
	struct arena a;
	struct input in;
	struct reply r = get(app, "/api/v1/openapi.json", "");
	assert_int_equal(r.code, 200);
	arena_init(&a, 1 << 22);
	assert_true(reply_says(&r, "\"openapi\":\"3.0.3\""));
	assert_true(reply_says(&r, "\"/notes/{id}\":{\"get\":{\"operationId\":\"getNotesId\""));
	assert_true(reply_says(&r, "\"summary\":\"Bewaar een notitie\""));
	assert_true(reply_says(&r, "\"maxLength\":40"));
	assert_true(reply_says(&r, "\"required\":[\"title\"]"));
	assert_false(reply_says(&r, "/sign-in")); /* a page only */
	/* JSON without a key twice: our own reader takes it (a dot would be read as a path). */
	for (char *p = r.body; *p != '\0'; p++)
		*p = (char)(*p == '.' ? '_' : *p);
	if (input_json(&a, r.body, r.body_len, &in, &e) != OK)
		fail_msg("%s %s", e.message, e.cause);
	arena_reset(&a);
	reply_free(&r);
}

static void many_requests_share_a_connection(void **state)
{
	struct app *app = *state;
	int fd = client_connect(app->port);
	for (int i = 0; i < 20; i++) {
		static const char *const texts[] = {
			"GET / HTTP/1.1\r\nHost: localhost\r\n" ANNA "\r\n",
			"GET /assets/style.0123.css HTTP/1.1\r\nHost: localhost\r\n\r\n",
		};
		client_send(fd, texts[i % 2], strlen(texts[i % 2]));
		struct reply r = client_read(fd);
		assert_int_equal(r.code, 200);
		reply_free(&r);
	}
	(void)close(fd);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, app_set_up, app_tear_down)
	const struct CMUnitTest tests[] = {
		TEST(a_view_answers_as_page_and_as_json),
		TEST(every_answer_carries_the_headers_that_protect),
		TEST(a_stranger_is_sent_to_sign_in_and_a_program_gets_401),
		TEST(a_form_sent_after_the_session_ended_is_parked),
		TEST(hidden_and_absent_look_alike),
		TEST(a_change_redirects_with_a_note_shown_once),
		TEST(what_a_script_fetches_leaves_the_note_for_the_person),
		TEST(the_api_creates_with_201_and_a_place),
		TEST(a_form_with_problems_comes_back_as_typed),
		TEST(a_limit_that_a_change_meets_comes_back_as_typed),
		TEST(who_comes_second_sees_both_versions),
		TEST(the_same_form_twice_is_one_change_and_one_answer),
		TEST(an_idempotency_key_is_its_owners_and_its_bodys),
		TEST(a_search_is_a_post_that_only_reads),
		TEST(half_an_answer_never_leaves),
		TEST(an_error_knows_which_page_of_ours_led_to_it_and_of_no_other_site),
		TEST(
		    what_takes_more_memory_than_a_request_may_have_is_refused_and_the_next_is_served),
		TEST(a_change_from_elsewhere_is_refused),
		TEST(methods_are_answered_as_http_asks),
		TEST(json_that_did_not_change_is_304),
		TEST(assets_are_served_without_anybody_looking),
		TEST(the_api_describes_itself),
		TEST(many_requests_share_a_connection),
	};
	return cmocka_run_group_tests_name("life", tests, NULL, NULL);
}
