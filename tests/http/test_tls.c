/* The server alone with TLS, and behind a proxy: what a browser gets, and whom the log names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "audit/event.h"
#include "client.h"
#include "house_world.h"
#include "server/rooms.h"

struct second {
	struct gate gate;
	struct http_server *http;
};

/* Another server on the same house. */
static struct second serve(struct house *h, struct gate *gate, struct http_config cfg)
{
	struct second ret = { .http = NULL };
	struct error e = { 0 };

	*gate = people_gate(&h->plein, PLACES);
	cfg.bind_address = "127.0.0.1";
	cfg.http_threads = 1;
	cfg.workers = 2;
	cfg.queue_max = 32;
	cfg.access_log_fd = -1;
	cfg.clock = &h->clock;
	cfg.key = h->plein.web_key;
	if (http_start(&cfg, h->plein.db, gate, ALL_ROUTES, &ret.http, &e) != OK)
		fail_msg("%s (%s)", e.message, e.cause);
	return ret;
}

static void make_certificate(struct house *h)
{
	const char *command = arena_printf(
	    &h->arena,
	    "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
	    " -subj /CN=localhost -keyout '%s/tls.key' -out '%s/tls.pem' >/dev/null 2>&1",
	    h->keys, h->keys);
	assert_int_equal(system(command), 0);
}

/* Everything that the server answers to GET path, over TLS, with its certificate checked. */
static void ask_over_tls(struct house *h, uint16_t port, const char *path, const char *cookies,
                         char *ret, size_t size)
{
	const char *command = arena_printf(
	    &h->arena,
	    "printf 'GET %s HTTP/1.1\\r\\nHost: localhost\\r\\nCookie: %s\\r\\n"
	    "Connection: close\\r\\n\\r\\n'"
	    " | openssl s_client -quiet -verify_return_error -verify_hostname localhost"
	    " -CAfile '%s/tls.pem' -connect 127.0.0.1:%d 2>/dev/null",
	    path, cookies, h->keys, port);
	FILE *answer = popen(command, "r");

	assert_non_null(answer);
	const size_t have = fread(ret, 1, size - 1, answer);
	ret[have] = '\0';
	(void)pclose(answer);
}

static void alone_with_tls_a_signed_in_page_comes_with_hsts_and_a_host_cookie(void **state)
{
	enum { PAGE_BYTES = 1 << 18 };
	static char page[PAGE_BYTES];
	struct house *h = *state;
	struct house_person *clerk = house_hire(h, "klerk@duinwaard.example", ROLE_SUBMITTER, 0);
	struct visitor *v = visitor_new(h);
	struct gate gate;

	h->plein.secure_cookies = true;
	make_certificate(h);
	struct second s =
	    serve(h, &gate,
	          (struct http_config){
		      .tls_certificate_file = arena_printf(&h->arena, "%s/tls.pem", h->keys),
		      .tls_key_file = arena_printf(&h->arena, "%s/tls.key", h->keys) });
	visitor_sign_in(v, clerk);
	assert_non_null(strstr(v->cookies, "__Host-plein="));
	ask_over_tls(h, http_port(s.http), "/", v->cookies, page, sizeof page);
	assert_ptr_equal(strstr(page, "HTTP/1.1 200"), page);
	assert_non_null(strstr(page, "\r\nStrict-Transport-Security: max-age=31536000"));
	assert_non_null(strstr(page, "Mijn werk"));
	assert_non_null(strstr(page, clerk->name));
	/* Without the cookie the same address leads to the door. */
	ask_over_tls(h, http_port(s.http), "/", "", page, sizeof page);
	assert_null(strstr(page, clerk->name));
	/* Who speaks without TLS gets no page. */
	struct reply plain = client_request(http_port(s.http), "GET", "/", "", NULL);
	assert_int_not_equal(plain.code, 200);
	reply_free(&plain);
	http_stop(s.http);
	visitor_free(v);
}

static uint64_t newest_origin(struct house *h)
{
	static const struct db_stmt NEWEST = {
		"test_newest_event", "", "SELECT body FROM audit_event ORDER BY id DESC LIMIT 1"
	};
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct error e = { 0 };
	struct audit_event event;
	struct db_read *r;
	size_t len;

	assert_int_equal(db_read_begin(h->plein.db, &r, &e), OK);
	assert_int_equal(db_query(r, &NEWEST, DB_NO_ARGS, &rows, &e), OK);
	assert_int_equal(db_one(&rows, &e), OK);
	const uint8_t *body = db_bytes(&rows, 0, &h->arena, &len);
	assert_true(audit_body_decode(body, len, &event));
	db_rows_close(&rows);
	db_read_end(r);
	return event.origin;
}

static uint64_t origin_through(struct house *h, const struct visitor *v, uint16_t port,
                               const char *forwarded)
{
	struct reply r = client_request(
	    port, "GET", "/", arena_printf(&h->arena, "Cookie: %s\r\n%s", v->cookies, forwarded),
	    NULL);
	assert_int_equal(r.code, 200);
	reply_free(&r);
	return newest_origin(h);
}

static void only_a_trusted_proxy_says_where_a_visitor_comes_from(void **state)
{
	static const char *const TRUSTED[] = { "127.0.0.1", NULL };
	static const char ONE[] = "X-Forwarded-For: 203.0.113.7\r\n",
			  OTHER[] = "X-Forwarded-For: 203.0.113.8\r\n",
			  FORGED[] = "X-Forwarded-For: 203.0.113.8, 203.0.113.7\r\n";
	struct house *h = *state;
	struct house_person *clerk = house_hire(h, "klerk@duinwaard.example", ROLE_SUBMITTER, 0);
	struct visitor *v = visitor_new(h);
	struct gate gate;
	struct second s = serve(h, &gate, (struct http_config){ .trusted_proxies = TRUSTED });
	const uint16_t proxied = http_port(s.http);

	visitor_sign_in(v, clerk);
	const uint64_t here = origin_through(h, v, h->port, "");
	assert_true(here != 0);
	/* An untrusted peer may say what it likes. */
	assert_true(origin_through(h, v, h->port, ONE) == here);
	const uint64_t one = origin_through(h, v, proxied, ONE);
	assert_true(one != here);
	assert_true(origin_through(h, v, proxied, OTHER) != one);
	/* What a client put in front of the proxy's own word doesn't count. */
	assert_true(origin_through(h, v, proxied, FORGED) == one);
	assert_true(origin_through(h, v, proxied, "") == here);
	http_stop(s.http);
	visitor_free(v);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, house_set_up, house_tear_down)
	const struct CMUnitTest tests[] = {
		TEST(alone_with_tls_a_signed_in_page_comes_with_hsts_and_a_host_cookie),
		TEST(only_a_trusted_proxy_says_where_a_visitor_comes_from),
	};
	return cmocka_run_group_tests_name("tls", tests, NULL, NULL);
}
