/* Many at once: full queues, slow senders, event streams, proxies, TLS, stopping, and failure. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "app.h"
#include "client.h"
#include "platform/core/clock.h"
#include "platform/core/limits.h"

#define ANNA  "Cookie: sid=anna\r\n"
#define TOKEN "Authorization: Bearer token-anna\r\n"
#define FORM  "Content-Type: application/x-www-form-urlencoded\r\n"
#define HOST  "Host: localhost\r\n"

static int send_only(struct app *app, const char *target)
{
	char text[300];
	int fd = client_connect(app->port);
	int len = snprintf(text, sizeof text, "GET %s HTTP/1.1\r\n" HOST ANNA "\r\n", target);
	client_send(fd, text, (size_t)len);
	return fd;
}

static int code_from(int fd)
{
	struct reply r = client_read(fd);
	int code = r.code;
	reply_free(&r);
	(void)close(fd);
	return code;
}

static void wait_for(_Atomic int *counter, int value)
{
	while (atomic_load(counter) < value)
		(void)usleep(1000);
	assert_int_equal(atomic_load(counter), value);
}

static int set_up_narrow(void **state)
{
	*state = app_new(&(struct app_wish){ .workers = 1, .queue_max = 2 });
	return 0;
}

static void a_full_queue_says_503_and_when_to_come_back(void **state)
{
	struct app *app = *state;
	int waiting[2];
	atomic_store(&app->hold, 1);
	int held = send_only(app, "/held");
	wait_for(&app->held, 1);
	for (int i = 0; i < 2; i++)
		waiting[i] = send_only(app, "/");
	while (http_figures(app->server).waiting < 2)
		(void)usleep(1000);
	struct reply r = client_request(app->port, "GET", "/", ANNA, NULL);
	assert_int_equal(r.code, 503);
	assert_string_equal(reply_header(&r, "Retry-After"), "2");
	reply_free(&r);
	assert_int_equal(http_figures(app->server).refused, 1);
	assert_int_equal(http_figures(app->server).running, 1);
	r = client_request(app->port, "GET", "/assets/style.0123.css", "", NULL);
	assert_int_equal(r.code, 200); /* needs no worker */
	reply_free(&r);
	atomic_store(&app->hold, 0);
	assert_int_equal(code_from(held), 200);
	assert_int_equal(code_from(waiting[0]), 200);
	assert_int_equal(code_from(waiting[1]), 200);
}

/* ---- stopping -----------------------------------------------------------------------------------
 */

static void *stop(void *arg)
{
	app_stop(arg);
	return NULL;
}

static int set_up_patient(void **state)
{
	*state = app_new(&(struct app_wish){ .stop_seconds = 3600 });
	return 0;
}

/* New connections are turned away: from then on it is stopping. */
static void wait_until_stopping(const struct app *app)
{
	for (int code = 200; code == 200; (void)usleep(1000)) {
		struct reply r =
		    client_request(app->port, "GET", "/assets/style.0123.css", "", NULL);
		code = r.code;
		reply_free(&r);
	}
}

/* And stops then: who waited for the whole limit would wait an hour. */
static void stopping_lets_what_runs_finish(void **state)
{
	struct app *app = *state;
	pthread_t stopper;
	atomic_store(&app->hold, 1);
	int held = send_only(app, "/held");
	wait_for(&app->held, 1);
	assert_int_equal(pthread_create(&stopper, NULL, stop, app), 0);
	wait_until_stopping(app);
	atomic_store(&app->hold, 0);
	struct reply r = client_read(held);
	assert_int_equal(r.code, 200);
	assert_string_equal(reply_header(&r, "Connection"), "close");
	reply_free(&r);
	(void)close(held);
	assert_int_equal(pthread_join(stopper, NULL), 0);
	assert_int_equal(app_events(app), 1);
}

static int set_up_soon_stopped(void **state)
{
	*state = app_new(&(struct app_wish){ .stop_seconds = 1 });
	return 0;
}

/* It once did: the process freed the database below a request that still ran. */
static void who_stops_is_told_of_a_request_that_still_runs(void **state)
{
	struct app *app = *state;

	atomic_store(&app->hold, 1);
	int held = send_only(app, "/held");
	wait_for(&app->held, 1);
	assert_false(http_stop(app->server));
	atomic_store(&app->hold, 0);
	assert_int_equal(code_from(held), 200);
	assert_true(http_stop(app->server));
	app->server = NULL;
}

/* ---- slow senders
 * -------------------------------------------------------------------------------- */

static int set_up_impatient(void **state)
{
	*state = app_new(&(struct app_wish){ .head_seconds = 1, .body_seconds = 1 });
	return 0;
}

static bool shut_out(int fd)
{
	char unused[64];
	const ssize_t n = recv(fd, unused, sizeof unused, MSG_DONTWAIT);

	assert_true(n <= 0); /* without a word */
	return n == 0 || errno == ECONNRESET;
}

/* For ever, so that only a server that looks at the whole time shuts them out. */
static void drip_until_shut_out(int head, int body)
{
	for (bool head_out = false, body_out = false; !head_out || !body_out;) {
		client_send(head, "X: y\r\n", strlen("X: y\r\n"));
		client_send(body, "x", 1);
		(void)usleep(100000);
		head_out = head_out || shut_out(head);
		body_out = body_out || shut_out(body);
	}
}

static void who_sends_slowly_is_shut_out(void **state)
{
	struct app *app = *state;
	char line[4096];
	int head = client_connect(app->port), body = client_connect(app->port);
	static const char begun[] =
	    "POST /api/v1/notes HTTP/1.1\r\n" HOST TOKEN FORM "Content-Length: 1000\r\n\r\ntitle=";
	client_send(head, "GET / HTTP/1.1\r\n", strlen("GET / HTTP/1.1\r\n"));
	client_send(body, begun, strlen(begun));
	drip_until_shut_out(head, body);
	(void)close(head);
	(void)close(body);
	assert_int_equal(app_notes(app), 0);
	assert_non_null(strstr(app_log_line(app, line, sizeof line), "refused"));
}

static void who_is_gone_before_the_answer_hurts_nobody(void **state)
{
	struct app *app = *state;
	atomic_store(&app->hold, 1);
	int held = send_only(app, "/held");
	wait_for(&app->held, 1);
	(void)close(held);
	atomic_store(&app->hold, 0);
	struct reply r = client_request(app->port, "GET", "/", ANNA, NULL);
	assert_int_equal(r.code, 200);
	reply_free(&r);
}

/* ---- event streams
 * -------------------------------------------------------------------------------- */

static void read_until(int fd, const char *wanted, char *all, size_t size)
{
	size_t len = strlen(all);
	while (strstr(all, wanted) == NULL) {
		ssize_t n = recv(fd, all + len, size - len - 1, 0);
		if (n <= 0)
			fail_msg("never came: %s in %s", wanted, all);
		len += (size_t)n;
		all[len] = '\0';
	}
}

static void a_stream_hears_its_topics_and_no_others(void **state)
{
	struct app *app = *state;
	char all[8192] = "";
	int fd = send_only(app, "/events?topic=meeting:a&topic=meeting:b");
	read_until(fd, "retry:", all, sizeof all);
	assert_non_null(strstr(all, "Content-Type: text/event-stream"));
	assert_non_null(strstr(all, "Content-Security-Policy: default-src 'none'"));
	http_publish(app->server, "meeting:c", 1);
	http_publish(app->server, "meeting:b", 7);
	read_until(fd, "\"version\":7}", all, sizeof all);
	assert_non_null(strstr(all, "data: {\"topic\":\"meeting:b\",\"version\":7}\n\n"));
	assert_null(strstr(all, "meeting:c"));
	for (int i = 0; i < 100; i++) /* no worker is held */
		http_publish(app->server, "meeting:a", i);
	read_until(fd, "\"version\":99}", all, sizeof all);
	(void)close(fd);
	assert_int_equal(app_events(app), 0);
}

static void a_stream_is_refused_where_nothing_may_be_heard(void **state)
{
	struct app *app = *state;
	assert_int_equal(code_from(send_only(app, "/events?topic=secret")), 404);
	assert_int_equal(code_from(send_only(app, "/events")), 400);
	assert_int_equal(code_from(send_only(app, "/events?topic=a%20b")), 400);
	struct reply r = client_request(app->port, "GET", "/events?topic=a", "", NULL);
	assert_int_equal(r.code, 401);
	reply_free(&r);
}

static void streams_of_a_session_have_a_limit(void **state)
{
	struct app *app = *state;
	int fds[LIMIT_STREAMS_PER_SESSION];
	for (int i = 0; i < LIMIT_STREAMS_PER_SESSION; i++) {
		char all[4096] = "";
		fds[i] = send_only(app, "/events?topic=a");
		read_until(fds[i], "retry:", all, sizeof all);
	}
	assert_int_equal(http_figures(app->server).streams, LIMIT_STREAMS_PER_SESSION);
	assert_int_equal(code_from(send_only(app, "/events?topic=a")), 429);
	app_stop(app); /* open streams don't hold a server up */
	for (int i = 0; i < LIMIT_STREAMS_PER_SESSION; i++)
		(void)close(fds[i]);
}

static void a_topic_list_has_a_limit(void **state)
{
	struct app *app = *state;
	char target[1024] = "/events?";
	char all[8192] = "";
	for (int i = 0; i < LIMIT_TOPICS; i++)
		(void)snprintf(target + strlen(target), sizeof target - strlen(target),
		               "topic=t%d&", i);
	int fd = send_only(app, target);
	read_until(fd, "retry:", all, sizeof all);
	(void)close(fd);
	(void)snprintf(target + strlen(target), sizeof target - strlen(target), "topic=more");
	assert_int_equal(code_from(send_only(app, target)), 400);
}

/* ---- where a request comes from
 * -------------------------------------------------------------------- */

static void nobody_but_a_proxy_tells_an_address(void **state)
{
	struct app *app = *state;
	struct reply r =
	    client_request(app->port, "GET", "/who", ANNA "X-Forwarded-For: 203.0.113.9\r\n", NULL);
	assert_int_equal(r.code, 200);
	reply_free(&r);
	assert_string_equal(app->seen_client, "127.0.0.1");
}

static int set_up_behind_proxy(void **state)
{
	static const char *const proxies[] = { "127.0.0.1", "10.0.0.2", NULL };
	*state = app_new(&(struct app_wish){ .trusted_proxies = proxies,
	                                     .public_origin = "https://plein.example" });
	return 0;
}

static void a_trusted_proxy_tells_address_and_scheme(void **state)
{
	struct app *app = *state;
	struct reply r = client_request(
	    app->port, "GET", "/who",
	    ANNA
	    "X-Forwarded-For: 198.51.100.1, 203.0.113.9, 10.0.0.2\r\nX-Forwarded-Proto: https\r\n",
	    NULL);
	assert_int_equal(r.code, 200);
	assert_true(*reply_header(&r, "Strict-Transport-Security") != '\0');
	reply_free(&r);
	assert_string_equal(app->seen_client,
	                    "203.0.113.9"); /* what is left of it anybody can write */
	r = client_request(app->port, "POST", "/notes",
	                   ANNA FORM "Origin: https://plein.example\r\n",
	                   "title=a&_csrf=csrf-anna");
	assert_int_equal(r.code, 303);
	assert_non_null(strstr(r.all, "SameSite=Lax; Secure"));
	reply_free(&r);
	r = client_request(app->port, "POST", "/notes", ANNA FORM "Origin: http://localhost\r\n",
	                   "title=a&_csrf=csrf-anna");
	assert_int_equal(r.code, 403);
	reply_free(&r);
}

/* ---- many at once
 * ------------------------------------------------------------------------------------ */

enum { CLIENTS = 8, ROUNDS = 15 };

static void *visit(void *arg)
{
	struct app *app = arg;
	for (int i = 0; i < ROUNDS; i++) {
		struct reply r =
		    client_request(app->port, "POST", "/api/v1/notes", TOKEN FORM, "title=a");
		assert_int_equal(r.code, 201);
		reply_free(&r);
		r = client_request(app->port, "GET", "/api/v1/notes", TOKEN, NULL);
		assert_int_equal(r.code, 200);
		reply_free(&r);
		r = client_request(app->port, "POST", "/notes", ANNA FORM,
		                   "title=&_csrf=csrf-anna");
		assert_int_equal(r.code, 400);
		reply_free(&r);
	}
	return NULL;
}

static void many_at_once_all_get_their_own_answer(void **state)
{
	struct app *app = *state;
	pthread_t clients[CLIENTS];
	for (int i = 0; i < CLIENTS; i++)
		assert_int_equal(pthread_create(&clients[i], NULL, visit, app), 0);
	for (int i = 0; i < CLIENTS; i++)
		assert_int_equal(pthread_join(clients[i], NULL), 0);
	assert_int_equal(app_notes(app), CLIENTS * ROUNDS);
	assert_int_equal(app_events(app), CLIENTS * ROUNDS * 3);
}

/* ---- the n-th call of the database fails
 * ---------------------------------------------------------------- */

struct
try {
	const char *method, *target, *headers, *body;
	int code;
	int notes; /* it adds when it succeeds */
};

static const struct try TRIES[] = {
	{ "GET", "/", ANNA, NULL, 200, 0 },
	{ "GET", "/api/v1/notes", TOKEN, NULL, 200, 0 },
	{ "GET", "/hidden", ANNA, NULL, 404, 0 },
	{ "POST", "/notes", ANNA FORM, "title=a&_csrf=csrf-anna", 303, 1 },
	{ "POST", "/notes", ANNA FORM, "title=&_csrf=csrf-anna", 400, 0 },
	{ "POST", "/api/v1/notes", TOKEN FORM "Idempotency-Key: %d\r\n", "title=b", 201, 1 },
	{ "POST", "/notes/1", ANNA FORM, "title=c&version=99&_csrf=csrf-anna", 409, 0 },
	{ "POST", "/search", ANNA FORM, "title=c&_csrf=csrf-anna", 200, 0 },
};

/* True once the call that was to fail was never reached. */
static bool fails_cleanly(struct app *app, const struct try *t, int n)
{
	char headers[300];
	const char *key = strstr(t->headers, "%d");
	int plain = key != NULL ? (int)(key - t->headers) : (int)strlen(t->headers);
	(void)snprintf(headers, sizeof headers, key != NULL ? "%.*s%d\r\n" : "%.*s", plain,
	               t->headers,
	               n); /* a key of its own for each attempt: some succeed in a rerun */
	int64_t notes = app_notes(app);
	db_fail_after(app->store->db, n);
	struct reply r = client_request(app->port, t->method, t->target, headers, t->body);
	bool reached = db_calls(app->store->db) >= n;
	db_fail_after(app->store->db, 0);
	int64_t added = app_notes(app) - notes;
	bool fine = r.code == t->code && added == t->notes;
	bool clean = (r.code == 500 || r.code == 503) && added == 0;
	if (!fine && (!clean || !reached))
		fail_msg("%s %s, call %d fails: %d, %d notes", t->method, t->target, n, r.code,
		         (int)added);
	if (clean && reply_says(&r, "<h1>hallo"))
		fail_msg("%s %s, call %d fails: shown without its event", t->method, t->target, n);
	reply_free(&r);
	return !reached;
}

static void whichever_call_of_the_database_fails_the_answer_is_clean(void **state)
{
	struct app *app = *state;
	struct reply r = client_request(app->port, "POST", "/api/v1/notes", TOKEN FORM, "title=a");
	reply_free(&r);
	for (size_t i = 0; i < sizeof TRIES / sizeof TRIES[0]; i++) {
		int n = 1;
		while (!fails_cleanly(app, &TRIES[i], n) && n < 60)
			n++;
		assert_true(n > 1 && n < 60);
	}
	r = client_request(app->port, "GET", "/health", "", NULL);
	assert_int_equal(r.code, 200);
	reply_free(&r);
}

int main(void)
{
#define TEST(name)        cmocka_unit_test_setup_teardown(name, app_set_up, app_tear_down)
#define TEST_IN(name, up) cmocka_unit_test_setup_teardown(name, up, app_tear_down)
	const struct CMUnitTest tests[] = {
		TEST_IN(a_full_queue_says_503_and_when_to_come_back, set_up_narrow),
		cmocka_unit_test_setup_teardown(stopping_lets_what_runs_finish, set_up_patient,
		                                app_tear_down),
		TEST_IN(who_stops_is_told_of_a_request_that_still_runs, set_up_soon_stopped),
		TEST_IN(who_sends_slowly_is_shut_out, set_up_impatient),
		TEST(who_is_gone_before_the_answer_hurts_nobody),
		TEST(a_stream_hears_its_topics_and_no_others),
		TEST(a_stream_is_refused_where_nothing_may_be_heard),
		TEST(streams_of_a_session_have_a_limit),
		TEST(a_topic_list_has_a_limit),
		TEST(nobody_but_a_proxy_tells_an_address),
		TEST_IN(a_trusted_proxy_tells_address_and_scheme, set_up_behind_proxy),
		TEST(many_at_once_all_get_their_own_answer),
		TEST(whichever_call_of_the_database_fails_the_answer_is_clean),
	};
	return cmocka_run_group_tests_name("server", tests, NULL, NULL);
}
