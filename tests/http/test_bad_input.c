/* What no honest client sends: a clear 4xx, a line in the access log, and nothing else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "app.h"
#include "client.h"
#include "naughty.h"
#include "platform/core/limits.h"
#include "platform/crypto/crypto.h"
#include "platform/http/spool.h"

#define ANNA  "Cookie: sid=anna\r\n"
#define TOKEN "Authorization: Bearer token-anna\r\n"
#define FORM  "Content-Type: application/x-www-form-urlencoded\r\n"
#define JSON  "Content-Type: application/json\r\n"
#define HOST  "Host: localhost\r\n"

struct bad {
	const char *bytes;
	size_t len; /* 0: strlen */
	int code;   /* 0: closed without an answer is fine as well */
};
#define BAD(code, text)                                                                            \
	{                                                                                          \
		(text), 0, (code)                                                                  \
	}
#define BAD_NUL(code, text)                                                                        \
	{                                                                                          \
		(text), sizeof(text) - 1, (code)                                                   \
	}

/* Behind each of these a second request is smuggled: it must never be answered. */
#define SMUGGLED "GET /health HTTP/1.1\r\n" HOST "\r\n"

static const struct bad SHAPES[] = {
	/* two lengths */
	BAD(400, "POST /notes HTTP/1.1\r\n" HOST
	         "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"
	         "0\r\n\r\n" SMUGGLED),
	BAD(400, "POST /notes HTTP/1.1\r\n" HOST
	         "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n"
	         "0\r\n\r\n" SMUGGLED),
	BAD(400, "POST /notes HTTP/1.1\r\n" HOST
	         "Content-Length: 0\r\nContent-Length: 38\r\n\r\n" SMUGGLED),
	BAD(400, "POST /notes HTTP/1.1\r\n" HOST
	         "Content-Length: 38\r\nContent-Length: 0\r\n\r\n" SMUGGLED),
	BAD(400, "POST /notes HTTP/1.1\r\n" HOST
	         "Content-Length: 5\r\nContent-Length: 5\r\n\r\nabcde" SMUGGLED),
	BAD(400, "POST /notes HTTP/1.1\r\n" HOST "Content-Length: 5, 5\r\n\r\nabcde" SMUGGLED),
	/* lengths that aren't */
	BAD(400, "POST /notes HTTP/1.1\r\n" HOST "Content-Length: -1\r\n\r\n" SMUGGLED),
	BAD(400, "POST /notes HTTP/1.1\r\n" HOST "Content-Length: +5\r\n\r\nabcde" SMUGGLED),
	BAD(400, "POST /notes HTTP/1.1\r\n" HOST "Content-Length: 0x5\r\n\r\nabcde" SMUGGLED),
	BAD(400, "POST /notes HTTP/1.1\r\n" HOST "Content-Length: 5 5\r\n\r\nabcde" SMUGGLED),
	BAD(400, "POST /notes HTTP/1.1\r\n" HOST "Content-Length: \r\n\r\n" SMUGGLED),
	BAD(0, "POST /notes HTTP/1.1\r\n" HOST
	       "Content-Length: 99999999999999999999999\r\n\r\n" SMUGGLED),
	/* chunked: no way of framing but a length */
	BAD(411, "POST /notes HTTP/1.1\r\n" HOST
	         "Transfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n0\r\n\r\n" SMUGGLED),
	BAD(411, "POST /notes HTTP/1.1\r\n" HOST
	         "Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n" SMUGGLED),
	BAD(411, "POST /notes HTTP/1.1\r\n" HOST "Transfer-Encoding: xchunked\r\n\r\n" SMUGGLED),
	BAD(411, "POST /notes HTTP/1.1\r\n" HOST "Transfer-Encoding: identity\r\n\r\n" SMUGGLED),
	BAD(400, "POST /notes HTTP/1.1\r\n" HOST "Transfer-Encoding:\r\n chunked\r\n\r\n" SMUGGLED),
	BAD(400, "POST /notes HTTP/1.1\r\n" HOST "Transfer-Encoding : chunked\r\n\r\n" SMUGGLED),
	BAD(400, "POST /notes HTTP/1.1\r\n" HOST
	         "Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n\r\n" SMUGGLED),
	/* line ends */
	BAD(400, "GET /health HTTP/1.1\nHost: localhost\n\n" SMUGGLED),
	BAD(400, "GET /health HTTP/1.1\r\nHost: localhost\nX: y\r\n\r\n" SMUGGLED),
	BAD(400, "GET /health HTTP/1.1\r\nHost: localhost\r\nX: y\n\r\n" SMUGGLED),
	BAD(400, "GET /health HTTP/1.1\r\nHost: localhost\r\nX: y\r\n\n" SMUGGLED),
	BAD(400, "GET /health HTTP/1.1\nHost: localhost\r\n\r\n" SMUGGLED),
	BAD(400, "GET /health HTTP/1.1\r\nHost: localhost\r\nX: a\r\n b\r\n\r\n" SMUGGLED),
	BAD(400, "GET /health HTTP/1.1\r\nHost: localhost\r\nX: a\r\n\tb\r\n\r\n" SMUGGLED),
	BAD(400, "GET /health HTTP/1.1\r\nHost: localhost\r\nX: a\rb\r\n\r\n" SMUGGLED),
	BAD(0, "GET /health HTTP/1.1\r\n Host: localhost\r\n\r\n" SMUGGLED),
	/* names and values */
	BAD(400, "GET /health HTTP/1.1\r\n" HOST "Bad Name: x\r\n\r\n"),
	BAD(400, "GET /health HTTP/1.1\r\n" HOST "Bad\x01: x\r\n\r\n"),
	BAD(0, "GET /health HTTP/1.1\r\n" HOST ": x\r\n\r\n"),
	BAD(0, "GET /health HTTP/1.1\r\n" HOST "nothing\r\n\r\n"),
	BAD(400, "GET /health HTTP/1.1\r\n" HOST "X: \x01\r\n\r\n"),
	BAD(400, "GET /health HTTP/1.1\r\n" HOST "X: \xFF\r\n\r\n"),
	BAD(400, "GET /health HTTP/1.1\r\n" HOST "X: \xC0\x80\r\n\r\n"),
	BAD_NUL(400, "GET /health HTTP/1.1\r\n" HOST "X: a\0b\r\n\r\n"),
	BAD_NUL(400, "GET /health HTTP/1.1\r\n" HOST "X\0Y: a\r\n\r\n"),
	BAD(400, "GET /health HTTP/1.1\r\n" HOST "Cookie: a=b\r\nCookie: sid=anna\r\n\r\n"),
	BAD(400, "GET /health HTTP/1.1\r\n" HOST TOKEN TOKEN "\r\n"),
	/* hosts */
	BAD(400, "GET /health HTTP/1.1\r\n\r\n"),
	BAD(400, "GET /health HTTP/1.1\r\nHost:\r\n\r\n"),
	BAD(400, "GET /health HTTP/1.1\r\n" HOST HOST "\r\n"),
	BAD(421, "GET /health HTTP/1.1\r\nHost: evil.example\r\n\r\n"),
	BAD(421, "GET /health HTTP/1.1\r\nHost: localhost.evil.example\r\n\r\n"),
	/* versions and request lines */
	BAD(0, "GET /health HTTP/2.0\r\n" HOST "\r\n"),
	BAD(0, "GET /health HTTP/1.9\r\n" HOST "\r\n"),
	BAD(0, "GET /health\r\n\r\n"),
	BAD(0, "GET  /health  HTTP/1.1\r\n" HOST "\r\n"),
	BAD(0, "GET /hea lth HTTP/1.1\r\n" HOST "\r\n"),
	BAD(0, "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 hello tls\r\n\r\n"),
	BAD_NUL(0, "GET /hea\0lth HTTP/1.1\r\n" HOST "\r\n"),
	BAD(400, "G\"T /health HTTP/1.1\r\n" HOST "\r\n"),
	/* targets */
	BAD(400, "GET http://localhost/health HTTP/1.1\r\n" HOST "\r\n"),
	BAD(400, "GET //health HTTP/1.1\r\n" HOST "\r\n"),
	BAD(400, "GET /%00 HTTP/1.1\r\n" HOST "\r\n"),
	BAD(400, "GET /%C0%AFetc HTTP/1.1\r\n" HOST "\r\n"),
	BAD(400, "GET /%2e%2e/x HTTP/1.1\r\n" HOST "\r\n"),
	BAD(400, "GET /%zz HTTP/1.1\r\n" HOST "\r\n"),
	BAD(400, "GET /notes?a=%00 HTTP/1.1\r\n" HOST ANNA "\r\n"),
	BAD(400, "GET /notes?a=%FF HTTP/1.1\r\n" HOST ANNA "\r\n"),
	BAD(400, "OPTIONS * HTTP/1.1\r\n" HOST "\r\n"),
	BAD(400, "GET /health HTTP/1.1\r\n" HOST "Content-Length: 3\r\n\r\nabc" SMUGGLED),
};

/* Reads until the server closes, so that a second answer would be seen. */
static struct reply ask_to_the_end(uint16_t port, const struct bad *row)
{
	int fd = client_connect(port);
	client_send(fd, row->bytes, row->len > 0 ? row->len : strlen(row->bytes));
	struct reply r = client_read(fd);
	struct reply more = client_read(fd);
	if (more.all != NULL && strstr(more.all, "HTTP/1.1 200") != NULL)
		r.code = more.code;
	reply_free(&more);
	(void)close(fd);
	return r;
}

static void shapes_that_confuse_proxies_are_refused_once(void **state)
{
	struct app *app = *state;
	for (size_t i = 0; i < sizeof SHAPES / sizeof SHAPES[0]; i++) {
		bool smuggles = strstr(SHAPES[i].bytes, SMUGGLED) != NULL;
		struct reply r = smuggles ? ask_to_the_end(app->port, &SHAPES[i])
		                          : client_ask(app->port, SHAPES[i].bytes,
		                                       SHAPES[i].len > 0 ? SHAPES[i].len
		                                                         : strlen(SHAPES[i].bytes));
		bool refused = r.code >= 400 && r.code < 600;
		if (SHAPES[i].code != 0 ? r.code != SHAPES[i].code : !refused && r.code != 0)
			fail_msg("row %zu: %d instead of %d: %s", i, r.code, SHAPES[i].code,
			         SHAPES[i].bytes);
		if (r.all != NULL && strstr(r.all, "HTTP/1.1 200") != NULL)
			fail_msg("row %zu: what was smuggled in was answered: %s", i, r.all);
		reply_free(&r);
	}
	assert_int_equal(app_notes(app), 0);
	struct reply r = client_request(app->port, "GET", "/", ANNA, NULL);
	assert_int_equal(r.code, 200); /* alive and well */
	reply_free(&r);
}

struct bad_body {
	const char *type, *body;
	int code;
};

static const struct bad_body BODIES[] = {
	{ FORM, "title=%00", 400 },
	{ FORM, "title=%C0%80", 400 },
	{ FORM, "title=\xFF", 400 },
	{ FORM, "title=%", 400 },
	{ JSON, "{", 400 },
	{ JSON, "[]", 400 },
	{ JSON, "{\"title\":\"a\",\"title\":\"b\"}", 400 },
	{ JSON, "{\"title\":\"\\u0000\"}", 400 },
	{ JSON, "{\"title\":\"\xC0\x80\"}", 400 },
	{ JSON, "{\"title\":7}", 400 },
	{ JSON, "{\"title\":{\"x\":1}}", 400 },
	{ JSON, "{\"title\":[\"x\"]}", 400 },
	{ JSON, "{\"title\":\"x\",\"version\":\"een\"}", 400 },
	{ JSON, "{\"title\":\"x\",\"version\":9223372036854775808}", 400 },
	{ JSON, "{\"title\":\"x\",\"version\":1.5}", 400 },
	{ JSON, "{\"a\":[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]}", 413 },
	{ "Content-Type: text/plain\r\n", "title=x", 415 },
	{ "Content-Type: application/xml\r\n", "<x/>", 415 },
	{ "Content-Type: application/jsonx\r\n", "{}", 415 },
	{ "", "title=x", 415 },
	{ "Content-Type: multipart/form-data\r\n", "--x--", 400 },
	{ "Content-Type: multipart/form-data; boundary=\r\n", "--x--", 400 },
	{ "Content-Type: multipart/form-data; boundary=x\r\n", "--x\r\n", 400 },
	{ "Content-Type: multipart/form-data; boundary=x\r\n",
	  "--x\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\ncut off", 400 },
};

static void bodies_that_cannot_be_read_are_refused(void **state)
{
	struct app *app = *state;
	for (size_t i = 0; i < sizeof BODIES / sizeof BODIES[0]; i++) {
		char headers[300];
		(void)snprintf(headers, sizeof headers, TOKEN "%s", BODIES[i].type);
		struct reply r =
		    client_request(app->port, "POST", "/api/v1/notes", headers, BODIES[i].body);
		if (r.code != BODIES[i].code)
			fail_msg("row %zu: %d instead of %d: %s", i, r.code, BODIES[i].code,
			         BODIES[i].body);
		assert_string_equal(reply_header(&r, "Content-Type"), "application/problem+json");
		reply_free(&r);
	}
	assert_int_equal(app_notes(app), 0);
}

static void each_refusal_leaves_a_line_without_what_was_sent(void **state)
{
	struct app *app = *state;
	char line[4096];
	static const char *const requests[] = {
		"GET /notes?name=Geheim%FF HTTP/1.1\r\n" HOST "\r\n",
		"GET /Geheim%2F HTTP/1.1\r\n" HOST "\r\n",
		"GET /Geheim HTTP/1.1\r\n" HOST "X: y\n\r\n",
		"POST /notes HTTP/1.1\r\n" HOST TOKEN "Content-Length: 6\r\n\r\nGeheim",
	};
	for (size_t i = 0; i < sizeof requests / sizeof requests[0]; i++) {
		struct reply r = client_ask(app->port, requests[i], strlen(requests[i]));
		assert_true(r.code >= 400 && r.code < 500);
		(void)app_log_line(app, line, sizeof line);
		assert_non_null(strstr(line, "\"status\":4"));
		assert_non_null(strstr(line, reply_header(&r, "X-Request-Id")));
		assert_null(strstr(line, "Geheim"));
		assert_int_equal(line[strlen(line) - 1], '\n');
		reply_free(&r);
	}
}

/* ---- limits at n and n + 1 --------------------------------------------------------------------
 */

static char *filled(size_t len, char c)
{
	char *text = malloc(len + 1);
	assert_non_null(text);
	memset(text, c, len);
	text[len] = '\0';
	return text;
}

static int code_of(struct app *app, const char *target, const char *headers)
{
	struct reply r = client_request(app->port, "GET", target, headers, NULL);
	int code = r.code;
	reply_free(&r);
	return code;
}

static void a_target_has_a_limit(void **state)
{
	struct app *app = *state;
	char *target = filled(LIMIT_TARGET_BYTES + 1, 'a');
	memcpy(target, "/?q=", 4);
	assert_int_equal(code_of(app, target, ANNA), 414);
	target[LIMIT_TARGET_BYTES] = '\0';
	assert_int_equal(code_of(app, target, ANNA), 200);
	free(target);
}

static void cookies_have_a_limit(void **state)
{
	struct app *app = *state;
	for (size_t extra = 0; extra < 2; extra++) {
		char *value = filled(LIMIT_COOKIE_BYTES + extra - strlen("sid=anna; x="), 'c');
		size_t size = strlen(value) + 64;
		char *headers = malloc(size);
		assert_non_null(headers);
		(void)snprintf(headers, size, "Cookie: sid=anna; x=%s\r\n", value);
		assert_int_equal(code_of(app, "/", headers), extra == 0 ? 200 : 431);
		free(headers);
		free(value);
	}
}

static void header_lines_have_a_limit(void **state)
{
	struct app *app = *state;
	char headers[LIMIT_HEADERS * 8 + 64];
	for (int extra = 0; extra < 2; extra++) {
		size_t len = (size_t)snprintf(headers, sizeof headers, ANNA);
		for (int i = 0; i < LIMIT_HEADERS - 2 + extra; i++) /* Host and Cookie are two */
			len += (size_t)snprintf(headers + len, sizeof headers - len, "X: y\r\n");
		assert_int_equal(code_of(app, "/", headers), extra == 0 ? 200 : 431);
	}
}

static void the_whole_head_has_a_limit(void **state)
{
	struct app *app = *state;
	size_t fixed = strlen(HOST ANNA "X: \r\n");
	for (size_t extra = 0; extra < 2; extra++) {
		char *value = filled(LIMIT_HEAD_BYTES - fixed + extra, 'h');
		char *headers = malloc(LIMIT_HEAD_BYTES + 64);
		assert_non_null(headers);
		(void)snprintf(headers, LIMIT_HEAD_BYTES + 64, ANNA "X: %s\r\n", value);
		assert_int_equal(code_of(app, "/", headers), extra == 0 ? 200 : 431);
		free(headers);
		free(value);
	}
}

static int post_bytes(struct app *app, const char *target, const char *type, const char *before,
                      size_t total, const char *after)
{
	char head[400];
	int head_len = snprintf(head, sizeof head,
	                        "POST %s HTTP/1.1\r\n" HOST TOKEN "Content-Type: %s\r\n"
	                        "Content-Length: %zu\r\n\r\n",
	                        target, type, total);
	char *body = filled(total, 'x');
	memcpy(body, before, strlen(before));
	memcpy(body + total - strlen(after), after, strlen(after));
	int fd = client_connect(app->port);
	client_send(fd, head, (size_t)head_len);
	client_send(fd, body, total);
	struct reply r = client_read(fd);
	int code = r.code;
	(void)close(fd);
	reply_free(&r);
	free(body);
	return code;
}

#define PART "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\n"

static void bodies_have_a_limit(void **state)
{
	struct app *app = *state;
	static const char multi[] = "multipart/form-data; boundary=b";
	assert_int_equal(post_bytes(app, "/search", multi, PART, LIMIT_BODY_BYTES, "\r\n--b--"),
	                 400);
	assert_int_equal(post_bytes(app, "/search", multi, PART, LIMIT_BODY_BYTES + 1, "\r\n--b--"),
	                 413);
	assert_int_equal(
	    post_bytes(app, "/api/v1/upload", multi, PART, LIMIT_UPLOAD_BYTES, "\r\n--b--"), 200);
	assert_int_equal(
	    post_bytes(app, "/api/v1/upload", multi, PART, LIMIT_BODY_BYTES + 1, "\r\n--b--"), 200);
}

/* A build that checks addresses keeps what was freed for a while: its size says nothing of ours. */
#if defined(__SANITIZE_ADDRESS__)
#define FREED_IS_KEPT true
#elif defined(__has_feature)
#define FREED_IS_KEPT __has_feature(address_sanitizer)
#else
#define FREED_IS_KEPT false
#endif

/* Of this process, in bytes. */
static int64_t memory_held(void)
{
	char line[128];
	long long kib = 0;
	FILE *f = fopen("/proc/self/status", "re");

	assert_non_null(f);
	while (kib == 0 && fgets(line, sizeof line, f) != NULL)
		(void)sscanf(line, "VmRSS: %lld kB", &kib);
	(void)fclose(f);
	return kib * 1024;
}

/* Who is refused half-way may find the line closed: that is an answer too. */
static void pour(int fd, const char *bytes, size_t len)
{
	while (len > 0) {
		const ssize_t n = send(fd, bytes, len, MSG_NOSIGNAL);
		if (n <= 0)
			return;
		bytes += n;
		len -= (size_t)n;
	}
}

static void twenty_of_the_largest_uploads_at_once_hold_no_memory_while_they_come_in(void **state)
{
	enum { UPLOADS = 20, SLACK_BYTES = 32 * 1024 * 1024 };
	struct app *app = *state;
	char *body = filled(LIMIT_UPLOAD_BYTES, 'x'), head[400];
	int fds[UPLOADS], stored = 0;

	(void)snprintf(head, sizeof head,
	               "POST /api/v1/upload HTTP/1.1\r\n" HOST TOKEN
	               "Content-Type: multipart/form-data; boundary=b\r\n"
	               "Content-Length: %d\r\n\r\n",
	               LIMIT_UPLOAD_BYTES);
	memcpy(body, PART, strlen(PART));
	memcpy(body + LIMIT_UPLOAD_BYTES - strlen("\r\n--b--"), "\r\n--b--", strlen("\r\n--b--"));
	const int64_t before = memory_held();
	for (int i = 0; i < UPLOADS; i++) { /* all but the last byte: none can end */
		fds[i] = client_connect(app->port);
		pour(fds[i], head, strlen(head));
		pour(fds[i], body, LIMIT_UPLOAD_BYTES - 1);
	}
	assert_true(FREED_IS_KEPT || memory_held() - before < SLACK_BYTES);
	/* nobody else waits for them */
	assert_int_equal(post_bytes(app, "/api/v1/upload", "multipart/form-data; boundary=b", PART,
	                            1000, "\r\n--b--"),
	                 200);
	for (int i = 0; i < UPLOADS; i++) {
		pour(fds[i], body + LIMIT_UPLOAD_BYTES - 1, 1);
		struct reply r = client_read(fds[i]);
		stored += r.code == 200;
		reply_free(&r);
		(void)close(fds[i]);
	}
	assert_int_equal(stored, UPLOADS);
	free(body);
}

/* What a worker holds of the largest upload: the figures are its own. */
static void a_file_that_is_read_in_pieces_never_comes_into_memory_whole(void **state)
{
	enum { HELD_BYTES = 1024 * 1024, FILE_BYTES = LIMIT_UPLOAD_BYTES - 1000 };
	static const char END[] = "\r\n--b--";
	struct app *app = *state;
	const size_t len = strlen(PART) + FILE_BYTES + strlen(END);
	char *body = filled(len, 'x'), head[400], hex[2 * DIGEST_BYTES + 1];
	size_t held = 0;

	(void)snprintf(head, sizeof head,
	               "POST /api/v1/upload-pieces HTTP/1.1\r\n" HOST TOKEN
	               "Content-Type: multipart/form-data; boundary=b\r\n"
	               "Content-Length: %zu\r\n\r\n",
	               len);
	memcpy(body, PART, strlen(PART));
	memcpy(body + len - strlen(END), END, strlen(END));
	const struct digest d = sha256_two(body + strlen(PART), FILE_BYTES, "", 0);
	hex_text(d.bytes, sizeof d.bytes, hex);
	const int fd = client_connect(app->port);
	pour(fd, head, strlen(head));
	pour(fd, body, len);
	struct reply r = client_read(fd);
	assert_int_equal(r.code, 200);
	assert_true(reply_says(&r, hex));
	assert_true(reply_says(&r, "\"inMemory\":false"));
	const char *arena = strstr(r.body, "\"arena\":");
	assert_non_null(arena);
	assert_int_equal(sscanf(arena, "\"arena\":%zu", &held), 1);
	assert_true(held > 0 && held + spool_held() + sizeof(struct source_window) < HELD_BYTES);
	reply_free(&r);
	(void)close(fd);
	free(body);
}

/* In pieces that end at, before and behind those on disk; nothing stays in the folder. */
static void a_body_comes_back_from_disk_as_it_came(void **state)
{
	static const size_t SIZES[] = { 0, 1, 65535, 65536, 65537, 200000 };
	char folder[] = "/tmp/plein-spool.XXXXXX";

	(void)state;
	assert_non_null(mkdtemp(folder));
	for (size_t i = 0; i < sizeof SIZES / sizeof SIZES[0]; i++) {
		char *in = malloc(SIZES[i] + 1), *out = malloc(SIZES[i] + 1);
		struct spool *s = spool_new(folder);
		assert_non_null(s);
		for (size_t at = 0; at < SIZES[i]; at++)
			in[at] = (char)(at * 31 + at / 251);
		for (size_t at = 0; at < SIZES[i]; at += 1000)
			assert_true(
			    spool_add(s, in + at, SIZES[i] - at < 1000 ? SIZES[i] - at : 1000));
		assert_int_equal(spool_len(s), SIZES[i]);
		const struct byte_source all = spool_source(s);
		assert_true(source_read(&all, 0, out, SIZES[i]));
		assert_memory_equal(in, out, SIZES[i]);
		for (size_t at = SIZES[i]; at > 0; at -= at < 9973 ? at : 9973) { /* backwards */
			const size_t len = SIZES[i] - at < 70000 ? SIZES[i] - at : 70000;
			assert_true(source_read(&all, at, out, len));
			assert_memory_equal(in + at, out, len);
		}
		assert_false(source_read(&all, SIZES[i], out, 1));
		spool_free(s);
		free(in);
		free(out);
	}
	assert_null(spool_new("/no/such/folder"));
	assert_int_equal(rmdir(folder), 0);
}

static void a_body_far_too_large_is_refused_unread(void **state)
{
	struct app *app = *state;
	static const char text[] =
	    "POST /api/v1/upload HTTP/1.1\r\n" HOST TOKEN "Content-Length: 26214401\r\n\r\n";
	_Static_assert(LIMIT_UPLOAD_BYTES == 26214400, "one more than the limit stands above");
	struct reply r = client_ask(app->port, text, strlen(text));
	assert_int_equal(r.code, 413);
	assert_string_equal(reply_header(&r, "Connection"), "close");
	reply_free(&r);
}

/* ---- what is fine, however odd ------------------------------------------------------------------
 */

static char *percent_encoded(const char *text)
{
	char *to = malloc(strlen(text) * 3 + 1), *at = to;
	assert_non_null(to);
	*at = '\0';
	for (; *text != '\0'; text++)
		at += snprintf(at, 4, "%%%02X", (unsigned char)*text);
	return to;
}

/* As input.h promises: line ends become \n, all else stays. */
static char *with_newlines(const char *text)
{
	char *to = malloc(strlen(text) + 1), *at = to;
	assert_non_null(to);
	for (; *text != '\0'; text++) {
		if (*text == '\r' && text[1] == '\n')
			continue;
		*at++ = (char)(*text == '\r' ? '\n' : *text);
	}
	*at = '\0';
	return to;
}

static void naughty_strings_come_back_exactly(void **state)
{
	struct app *app = *state;
	size_t sent = 0;
	for (size_t i = 0; i < sizeof NAUGHTY / sizeof NAUGHTY[0]; i++) {
		char *encoded = percent_encoded(NAUGHTY[i]), *expected = with_newlines(NAUGHTY[i]);
		size_t size = strlen(encoded) + 32;
		char *body = malloc(size);
		assert_non_null(body);
		(void)snprintf(body, size, "title=t&body=%s", encoded);
		struct reply r =
		    client_request(app->port, "POST", "/api/v1/notes", TOKEN FORM, body);
		if (r.code != 201)
			fail_msg("%d for %s", r.code, NAUGHTY[i]);
		reply_free(&r);
		char target[64];
		(void)snprintf(target, sizeof target, "/api/v1/notes/%zu", ++sent);
		r = client_request(app->port, "GET", target, TOKEN, NULL);
		struct out json;
		out_init(&json, 1 << 20);
		OUT_LIT(&json, "\"body\":");
		out_json(&json, expected);
		OUT_LIT(&json, "}");
		assert_non_null(strstr(r.body, json.data));
		reply_free(&r);
		r = client_request(app->port, "GET", target + strlen("/api/v1"), ANNA, NULL);
		out_clear(&json);
		OUT_LIT(&json, "<pre>");
		out_html(&json, expected);
		OUT_LIT(&json, "</pre>");
		assert_non_null(strstr(r.body, json.data));
		reply_free(&r);
		out_free(&json);
		free(body);
		free(encoded);
		free(expected);
	}
}

static void odd_but_lawful_requests_are_answered(void **state)
{
	struct app *app = *state;
	static const char *const fine[] = {
		"GET /health HTTP/1.1\r\nHost:localhost\r\n\r\n",
		"GET /health HTTP/1.1\r\nHOST: LOCALHOST:80\r\nx-empty:\r\n\r\n",
		"GET /health HTTP/1.1\r\nHost: [::1]:8080\r\nUser-Agent: caf\xC3\xA9\t1\r\n\r\n",
		"\r\nGET /health HTTP/1.1\r\n" HOST "\r\n",
		"GET /health HTTP/1.0\r\n" HOST "\r\n",
		"GET /%68ealth? HTTP/1.1\r\n" HOST "\r\n",
	};
	for (size_t i = 0; i < sizeof fine / sizeof fine[0]; i++) {
		struct reply r = client_ask(app->port, fine[i], strlen(fine[i]));
		if (r.code != 200)
			fail_msg("%d for %s", r.code, fine[i]);
		reply_free(&r);
	}
}

static void a_head_may_come_in_small_pieces(void **state)
{
	struct app *app = *state;
	static const char text[] =
	    "POST /api/v1/notes HTTP/1.1\r\n" HOST TOKEN FORM
	    "X-Padding: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n"
	    "Content-Length: 11\r\n\r\ntitle=stuks";
	int fd = client_connect(app->port);
	for (size_t i = 0; i < strlen(text); i += 3) {
		size_t left = strlen(text) - i;
		client_send(fd, text + i, left < 3 ? left : 3);
		(void)usleep(200);
	}
	struct reply r = client_read(fd);
	assert_int_equal(r.code, 201);
	reply_free(&r);
	(void)close(fd);
}

/* Half a head is left alone for a second only. */
static int set_up_impatient(void **state)
{
	*state = app_new(&(struct app_wish){ .head_seconds = 1 });
	return 0;
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, app_set_up, app_tear_down)
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(shapes_that_confuse_proxies_are_refused_once,
		                                set_up_impatient, app_tear_down),
		TEST(bodies_that_cannot_be_read_are_refused),
		TEST(each_refusal_leaves_a_line_without_what_was_sent),
		TEST(a_target_has_a_limit),
		TEST(cookies_have_a_limit),
		TEST(header_lines_have_a_limit),
		TEST(the_whole_head_has_a_limit),
		TEST(bodies_have_a_limit),
		TEST(twenty_of_the_largest_uploads_at_once_hold_no_memory_while_they_come_in),
		TEST(a_file_that_is_read_in_pieces_never_comes_into_memory_whole),
		TEST(a_body_comes_back_from_disk_as_it_came),
		TEST(a_body_far_too_large_is_refused_unread),
		TEST(naughty_strings_come_back_exactly),
		TEST(odd_but_lawful_requests_are_answered),
		TEST(a_head_may_come_in_small_pieces),
	};
	return cmocka_run_group_tests_name("bad_input", tests, NULL, NULL);
}
