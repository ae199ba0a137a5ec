/* Every route of the house against input that no honest client sends: refused or taken, never broken. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "access/access.h"
#include "client.h"
#include "intervention_play.h"
#include "naughty.h"
#include "people/gate.h"
#include "platform/core/limits.h"
#include "platform/core/out.h"
#include "platform/crypto/token.h"
#include "server/rooms.h"

/* ---- people and records ------------------------------------------------------------------------- */

struct town {
	struct house *h;
	struct room *r;
	const char *bearer[ROLE_COUNT];
	struct house_person *staff[ROLE_COUNT];
	const char *signal, *intervention;
	int asked, taken, refused;
};

static struct town town_of(struct house *h)
{
	struct town t = { .h = h, .r = open_room(h) };
	char ref[32];

	for (int role = 1; role < ROLE_COUNT; role++) {
		t.staff[role] = house_hire(h, arena_printf(&h->arena, "p%d@proef.example", role),
		                           (enum role)role, 0);
		t.bearer[role] = house_bearer(h, t.staff[role]);
	}
	t.intervention = decided(t.r);
	struct reply r =
	    client_request(h->port, "POST", "/api/v1/signals", t.bearer[ROLE_SUBMITTER], "{}");
	assert_int_equal(sscanf(r.body, "{\"reference\":\"%31[^\"]\"", ref), 1);
	reply_free(&r);
	t.signal = arena_strdup(&h->arena, ref);
	return t;
}

/* A record that is there, so that what is sent meets more than a 404. */
static const char *record_for(const struct town *t, const char *path, const char *name)
{
	if (strcmp(name, "ref") != 0)
		return "1";
	if (strncmp(path, "/signals/", 9) == 0)
		return t->signal;
	if (strncmp(path, "/casefiles/", 11) == 0)
		return t->r->b->ref;
	if (strncmp(path, "/interventions/", 15) == 0)
		return t->intervention;
	return "A-2026-7K3QF";
}

/* "/api/v1" and the path with its {names} filled in, by records or all by one text. */
static const char *address(const struct town *t, const char *path, const char *all)
{
	struct arena *a = &t->h->arena;
	const char *to = "/api/v1";

	for (const char *at = path; *at != '\0';) {
		const size_t plain = strcspn(at, "{");
		to = arena_printf(a, "%s%.*s", to, (int)plain, at);
		at += plain;
		if (*at == '\0')
			break;
		const size_t len = strcspn(at, "}");
		const char *name = arena_strndup(a, at + 1, len - 1);
		to = arena_printf(a, "%s%s", to, all != NULL ? all : record_for(t, path, name));
		at += len + 1;
	}
	return to;
}

static const char *bearer_for(const struct town *t, const struct route *route)
{
	for (int role = ROLE_COUNT - 1; role > 0; role--)
		if (access_permits((enum role)role, (enum permission)route->permission))
			return t->bearer[role];
	return "Content-Type: application/json\r\n";
}

/* ---- one request -------------------------------------------------------------------------------- */

static void send_it(struct town *t, const struct route *route, const char *target, const char *body,
                    size_t len)
{
	struct out o;

	out_init(&o, 1 << 22);
	out_fmt(&o, "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s", route->method,
	        target, bearer_for(t, route));
	if (body != NULL)
		out_fmt(&o, "Content-Length: %zu\r\n", len);
	out_fmt(&o, "\r\n");
	if (body != NULL)
		out_raw(&o, body, len);
	struct reply r = client_ask(t->h->port, o.data, o.len);
	if (r.code < 200 || r.code > 499)
		fail_msg("%s %s with %.300s: %d\n%s", route->method, target,
		         body != NULL ? body : "", r.code, r.all);
	t->asked++;
	t->taken += r.code < 400;
	t->refused += r.code >= 400;
	reply_free(&r);
	out_free(&o);
}

/* ---- bodies ---------------------------------------------------------------------------------- */

static void quoted(struct out *o, const char *text)
{
	out_fmt(o, "\"");
	for (const unsigned char *c = (const unsigned char *)text; *c != '\0'; c++)
		if (*c < 0x20 || *c == '"' || *c == '\\')
			out_fmt(o, "\\u%04x", *c);
		else
			out_raw(o, (const char *)c, 1);
	out_fmt(o, "\"");
}

struct writing {
	const char
	    *text; /* what goes into every field that takes a text or a word; NULL: naughty ones */
	size_t first;    /* of these, into the first field; the next into the next */
	const char *raw; /* instead: this for every field, as it is */
	bool with_version;
};

static void object(struct out *o, const struct form *form, const struct writing *w, int depth)
{
	out_fmt(o, "{");
	for (size_t i = 0; i < form->field_count; i++) {
		const struct field *f = &form->fields[i];
		if (i > 0)
			out_fmt(o, ",");
		quoted(o, f->path);
		out_fmt(o, ":");
		if (w->with_version && strcmp(f->path, "_version") == 0) {
			out_fmt(o, "1");
		} else if (w->raw != NULL) {
			out_fmt(o, "%s", w->raw);
		} else if (f->kind == FIELD_LIST && f->element != NULL && depth < 3) {
			out_fmt(o, "[");
			object(o, f->element, w, depth + 1);
			out_fmt(o, "]");
		} else {
			quoted(o,
			       w->text != NULL ? w->text : NAUGHTY[(w->first + i) % NAUGHTY_COUNT]);
		}
	}
	out_fmt(o, "}");
}

static void send_form(struct town *t, const struct route *route, const char *target,
                      const struct writing *w)
{
	struct out o;

	out_init(&o, 1 << 22);
	object(&o, route->form, w, 0);
	send_it(t, route, target, o.data, o.len);
	out_free(&o);
}

/* Of the wrong type, not JSON, not UTF-8, with a NUL, twice the same, too deep, too large. */
static void send_what_is_no_form(struct town *t, const struct route *route, const char *target)
{
	static const char *const WRONG[] = { "null",        "[]",
		                             "[[[]]]",      "{}",
		                             "true",        "-1",
		                             "1e400",       "9223372036854775808",
		                             "[null]",      "[{\"\":[{}]}]",
		                             "\"\\u0000\"", "\"\\ud800\"" };
	static const char *const BODIES[] = {
		"",
		"{",
		"[]",
		"null",
		"\"\"",
		"{\"_version\":1,\"_version\":2}",
		"{\"a\":}",
		"\xFF\xFE",
		"{\"title\":\"\xC3\x28\"}",
		"{\"\":1}",
		"{\"__proto__\":{}}",
	};
	static const char NUL[] = "{\"title\":\"a\0b\"}";
	struct arena *a = &t->h->arena;
	enum { DEEP = 5000 };

	for (size_t i = 0; i < sizeof WRONG / sizeof WRONG[0]; i++)
		send_form(t, route, target, &(struct writing){ .raw = WRONG[i] });
	for (size_t i = 0; i < sizeof BODIES / sizeof BODIES[0]; i++)
		send_it(t, route, target, BODIES[i], strlen(BODIES[i]));
	send_it(t, route, target, NUL, sizeof NUL - 1);
	const struct arena_mark mark = arena_mark(a);
	char *deep = arena_alloc(a, DEEP);
	memset(deep, '[', DEEP);
	send_it(t, route, target, deep, DEEP);
	arena_rewind(a, mark);
}

static void send_naughty(struct town *t, const struct route *route, const char *target)
{
	struct arena *a = &t->h->arena;
	enum { LONG = 100000, STEP = 4 };

	/* Each route begins elsewhere, so that all of them meet a field that is alone in its form too. */
	for (size_t i = (size_t)t->asked % STEP; i < NAUGHTY_COUNT; i += STEP)
		send_form(t, route, target,
		          &(struct writing){ .first = i, .with_version = i % 2 == 0 });
	const struct arena_mark mark = arena_mark(a);
	char *text = arena_alloc(a, LONG + 1);
	memset(text, 'e', LONG);
	text[LONG] = '\0';
	send_form(t, route, target, &(struct writing){ .text = text, .with_version = true });
	arena_rewind(a, mark);
}

/* ---- the walk -------------------------------------------------------------------------------- */

static bool by_machine(const struct route *r)
{
	return (r->flags & (ROUTE_PAGE_ONLY | ROUTE_RAW | ROUTE_UPLOAD)) == 0;
}

static void nothing_that_is_sent_to_a_form_breaks_its_route(void **state)
{
	struct town t = town_of(*state);
	int forms = 0;

	for (size_t i = 0; ALL_ROUTES[i] != NULL; i++)
		for (const struct route *r = ALL_ROUTES[i]; r->method != NULL; r++) {
			if (strcmp(r->method, "GET") == 0 || r->form == NULL || !by_machine(r))
				continue;
			const char *target = address(&t, r->path, NULL);
			send_naughty(&t, r, target);
			send_what_is_no_form(&t, r, target);
			forms++;
		}
	assert_true(forms > 100);
	assert_true(t.taken > 20);
	assert_true(t.refused > forms * 20);
	close_room(t.r);
}

static void nothing_in_an_address_breaks_its_route(void **state)
{
	static const char *const PARTS[] = { "%20",
		                             "%00",
		                             "%FF",
		                             "%C3%28",
		                             "..",
		                             "%2e%2e%2f",
		                             "-1",
		                             "0",
		                             "9223372036854775807",
		                             "9223372036854775808",
		                             "1e9",
		                             "%27%20OR%201=1",
		                             "S-2026-00000",
		                             "%3Cscript%3E",
		                             "A-2026-7K3QF",
		                             "1;2",
		                             "%25s%25n",
		                             "1%0d%0aX:y" };
	static const char *const QUERIES[] = {
		"page=%FF",
		"page=00",
		"page=zz&sort=%00",
		"sort=%27&state=%3Cscript%3E",
		"after=-1",
		"after=9223372036854775808",
		"year=99999999999",
		"year=-1",
		"month=2026-13",
		"from=2026-02-30&until=0000-00-00",
		"q=%00",
		"q=%E2%80%AE",
		"format=exe",
		"=&&=&?=",
		"person=1e99&appointment=-5",
		"q='%20OR%20'1'='1",
		"a[]=1&a[b]=2",
		"phase=99",
	};
	struct town t = town_of(*state);
	int pages = 0;

	for (size_t i = 0; ALL_ROUTES[i] != NULL; i++)
		for (const struct route *r = ALL_ROUTES[i]; r->method != NULL; r++) {
			if (strcmp(r->method, "GET") != 0 || !by_machine(r))
				continue;
			for (size_t p = 0;
			     strchr(r->path, '{') != NULL && p < sizeof PARTS / sizeof PARTS[0];
			     p++)
				send_it(&t, r, address(&t, r->path, PARTS[p]), NULL, 0);
			const char *target = address(&t, r->path, NULL);
			for (size_t q = 0; q < sizeof QUERIES / sizeof QUERIES[0]; q++)
				send_it(&t, r,
				        arena_printf(&t.h->arena, "%s?%s", target, QUERIES[q]),
				        NULL, 0);
			pages++;
		}
	assert_true(pages > 80);
	assert_true(t.taken > pages * 4);
	close_room(t.r);
}

/* ---- files ----------------------------------------------------------------------------------- */

#define PART(headers, content) "--B\r\nContent-Disposition: form-data; " headers "\r\n\r\n" content
#define MIXED                  "multipart/form-data; boundary=B"

struct upload {
	const char *type, *body;
	size_t len;
};
#define UPLOAD(type, body)                                                                         \
	{                                                                                          \
		(type), (body), sizeof(body) - 1                                                   \
	}
/* Cut off anywhere, without a boundary or with one that is nothing, of another
 * kind, with parts of one name, without a name, with a NUL in it, and files
 * that aren't what they say. */
static const struct upload UPLOADS[] = {
	UPLOAD(MIXED, ""),
	UPLOAD(MIXED, "--"),
	UPLOAD(MIXED, "--B"),
	UPLOAD(MIXED, "--B--"),
	UPLOAD(MIXED, "--B--\r\n"),
	UPLOAD(MIXED, "--B\r\n\r\n--B--\r\n"),
	UPLOAD(MIXED, "nothing of the kind"),
	UPLOAD(MIXED, "--B\r\nContent-Disposition: form-da"),
	UPLOAD(MIXED, PART("name=\"file\"; filename=\"a.csv\"", "Titel;Feiten\r\nA;B")),
	UPLOAD(MIXED, PART("name=\"file\"; filename=\"a.csv\"", "") "--B--\r\n"),
	UPLOAD(MIXED, PART("name=\"file\"; filename=\"\"", "x\r\n") "--B--\r\n"),
	UPLOAD(MIXED, PART("name=\"file\"", "x\r\n") "--B--\r\n"),
	UPLOAD(MIXED, PART("name=file; filename=a", "x\r\n") "--B--\r\n"),
	UPLOAD(MIXED, PART("filename=\"a.csv\"", "x\r\n") "--B--\r\n"),
	UPLOAD(MIXED, PART("name=\"\"; filename=\"a.csv\"", "x\r\n") "--B--\r\n"),
	UPLOAD(MIXED, PART("name=\"fi\0le\"; filename=\"a.csv\"", "x\r\n") "--B--\r\n"),
	UPLOAD(MIXED, PART("name=\"file\"; filename=\"a\0.csv\"", "x\r\n") "--B--\r\n"),
	UPLOAD(MIXED, PART("name=\"file\"; filename=\"\xC3\x28\"", "x\r\n") "--B--\r\n"),
	UPLOAD(MIXED, PART("name=\"file\"; filename=\"../../etc/passwd\"", "x\r\n") "--B--\r\n"),
	UPLOAD(MIXED, PART("name=\"file\"; filename=\"a.csv\"", "A;B\r\n1;2\r\n")
	                  PART("name=\"file\"; filename=\"b.csv\"", "C;D\r\n3;4\r\n") "--B--\r\n"),
	UPLOAD(MIXED, PART("name=\"file\"; filename=\"a.xlsx\"", "PK\3\4\0\0\0\0\r\n") "--B--\r\n"),
	UPLOAD(MIXED, PART("name=\"file\"; filename=\"a.pdf\"", "%PDF-1.7\r\n") "--B--\r\n"),
	UPLOAD(MIXED, PART("name=\"file\"; filename=\"a.csv\"", "\xFF\xFE\0;\0\r\n") "--B--\r\n"),
	UPLOAD(MIXED, PART("name=\"_version\"", "\xFF\r\n") "--B--\r\n"),
	UPLOAD("multipart/form-data", PART("name=\"file\"", "x\r\n") "--B--\r\n"),
	UPLOAD("multipart/form-data; boundary=", PART("name=\"file\"", "x\r\n") "--B--\r\n"),
	UPLOAD("multipart/form-data; boundary=\"", PART("name=\"file\"", "x\r\n") "--B--\r\n"),
	UPLOAD("multipart/form-data; boundary=B\xC3", PART("name=\"file\"", "x") "--B--\r\n"),
	UPLOAD("multipart/mixed; boundary=B", PART("name=\"file\"", "x\r\n") "--B--\r\n"),
	UPLOAD("application/x-www-form-urlencoded", "file=x&_version=1"),
	UPLOAD("application/json", "{\"file\":\"x\"}"),
	UPLOAD("application/json", "{\"file\":{\"name\":\"a\",\"content\":\"!!!\"}}"),
	UPLOAD("application/json", "{\"signals\":[{}]}"),
	UPLOAD("application/json", "{\"signals\":[{\"title\":{}}]}"),
	UPLOAD("application/json", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["),
	UPLOAD("text/csv", "A;B\r\n1;2\r\n"),
	UPLOAD("application/octet-stream", "\0\1\2\3"),
	UPLOAD("", "x"),
};

/* With the right of a token, or of a session: whatever it is, behind these
 * lines. */
static int send_typed(struct town *t, const struct route *route, const char *target,
                      const char *lines, const struct upload *u)
{
	struct out o;

	out_init(&o, 1 << 24);
	out_fmt(&o, "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s", route->method,
	        target, lines);
	if (u->type[0] != '\0')
		out_fmt(&o, "Content-Type: %s\r\n", u->type);
	if (u->body != NULL)
		out_fmt(&o, "Content-Length: %zu\r\n", u->len);
	out_fmt(&o, "\r\n");
	out_raw(&o, u->body != NULL ? u->body : "", u->len);
	struct reply r = client_ask(t->h->port, o.data, o.len);
	const int code = r.code;
	if (code < 200 || code > 499)
		fail_msg("%s %s, %s, with %.300s: %d\n%s", route->method, target, u->type,
		         u->body != NULL ? u->body : "", code, r.all);
	t->asked++;
	t->taken += code < 400;
	t->refused += code >= 400;
	reply_free(&r);
	out_free(&o);
	return code;
}

/* Larger than any body may be. */
static void send_too_much(struct town *t, const struct route *route, const char *target,
                          const char *lines)
{
	char length[80];
	struct reply r;
	int fd = client_connect(t->h->port);

	(void)snprintf(length, sizeof length, "Content-Length: %lld\r\n",
	               (long long)LIMIT_UPLOAD_BYTES * 4);
	const char *head = arena_printf(&t->h->arena,
	                                "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
	                                "%sContent-Type: " MIXED "\r\n%s\r\n",
	                                route->method, target, lines, length);
	client_send(fd, head, strlen(head));
	r = client_read(fd);
	(void)close(fd);
	if (r.code != 413)
		fail_msg("%s: %d\n%s", target, r.code, r.all);
	reply_free(&r);
}

static const char *right_of(const struct town *t, const struct route *route)
{
	const char *bearer = bearer_for(t, route);

	return arena_strndup(&t->h->arena, bearer, strcspn(bearer, "\r") + 2);
}

static void nothing_that_is_sent_as_a_file_breaks_its_route(void **state)
{
	struct town t = town_of(*state);
	int routes = 0;

	for (size_t i = 0; ALL_ROUTES[i] != NULL; i++)
		for (const struct route *r = ALL_ROUTES[i]; r->method != NULL; r++) {
			if ((r->flags & (ROUTE_RAW | ROUTE_UPLOAD)) == 0)
				continue;
			const char *target = address(&t, r->path, NULL);
			for (size_t k = 0; k < sizeof UPLOADS / sizeof UPLOADS[0]; k++)
				(void)send_typed(&t, r, target, right_of(&t, r), &UPLOADS[k]);
			send_too_much(&t, r, target, right_of(&t, r));
			routes++;
		}
	assert_true(routes >= 4);
	assert_true(t.taken > 0);
	assert_true(t.refused > routes * 20);
	close_room(t.r);
}

/* ---- pages that only a browser has ----------------------------------------------------------- */

static const char *cookie_lines(struct town *t, struct visitor *v)
{
	return arena_printf(&t->h->arena, "Cookie: %s\r\nOrigin: http://localhost\r\n", v->cookies);
}

/* As the page would have written it. */
static const char *csrf_for(struct town *t, const struct visitor *v, const struct route *route)
{
	const char *name = arena_printf(&t->h->arena, "%s=", session_cookie_name(&t->h->plein));
	const char *at = strstr(v->cookies, name);

	assert_non_null(at);
	at += strlen(name);
	const char *text = arena_strndup(&t->h->arena, at, strcspn(at, "; "));
	const struct digest session = token_digest(t->h->plein.token_key, "session", text);
	return arena_strdup(&t->h->arena,
	                    csrf_token(t->h->plein.web_key, &session, route->path).text);
}

/* True: something got past the door, to the route itself. */
static bool send_as_page(struct town *t, struct visitor *v, const struct route *route)
{
	static const char *const FIELDS[] = {
		"",
		"&=&&",
		"&_version=x&_once=%00",
		"&_version=1&_once=zz&_add=%FF",
		"&a[]=1&a[b][c]=2&[=]",
		"&x%5B0%5D.y%5B99999999%5D=1&x%5B-1%5D=2",
		"&code=%27&password=%00&email=%F0%9F%98%80",
		"&q=%C3%28&text=%E2%80%AE&title=%3Cscript%3E",
	};
	const char *target = address(t, route->path, NULL) + strlen("/api/v1");
	const char *csrf = csrf_for(t, v, route);
	int through = 0;

	for (size_t i = 0; i < sizeof FIELDS / sizeof FIELDS[0]; i++) {
		const char *body = arena_printf(&t->h->arena, "_csrf=%s%s", csrf, FIELDS[i]);
		const struct upload u = { "application/x-www-form-urlencoded", body, strlen(body) };
		through += send_typed(t, route, target, cookie_lines(t, v), &u) != 403;
	}
	for (size_t k = 0; k < sizeof UPLOADS / sizeof UPLOADS[0]; k++)
		(void)send_typed(t, route, target, cookie_lines(t, v), &UPLOADS[k]);
	return through > 0;
}

static void ask_as_page(struct town *t, struct visitor *v, const struct route *route)
{
	static const char *const ENDS[] = { "", "?format=csv", "?page=%FF&sort=%00&after=-1",
		                            "?q=%C3%28&from=zz&year=99999999999", "?%00=%00" };
	const char *target = address(t, route->path, NULL) + strlen("/api/v1");
	const struct upload nothing = { "", NULL, 0 };

	for (size_t i = 0; i < sizeof ENDS / sizeof ENDS[0]; i++)
		(void)send_typed(t, route, arena_printf(&t->h->arena, "%s%s", target, ENDS[i]),
		                 cookie_lines(t, v), &nothing);
}

static void nothing_that_a_browser_sends_breaks_a_page(void **state)
{
	struct town t = town_of(*state);
	struct visitor *by_role[ROLE_COUNT] = { NULL };
	int pages = 0, forms = 0, past_the_door = 0;

	for (size_t i = 0; ALL_ROUTES[i] != NULL; i++)
		for (const struct route *r = ALL_ROUTES[i]; r->method != NULL; r++) {
			if ((r->flags & ROUTE_PAGE_ONLY) == 0 || strcmp(r->path, "/sign-out") == 0)
				continue;
			int role = ROLE_COUNT - 1;
			while (role > 1 &&
			       !access_permits((enum role)role, (enum permission)r->permission))
				role--;
			if (by_role[role] == NULL)
				by_role[role] = visitor_new(t.h);
			/* a page may have ended the session, or turned it to another role */
			visitor_sign_in(by_role[role], t.staff[role]);
			if (strcmp(r->method, "GET") == 0)
				ask_as_page(&t, by_role[role], r);
			else
				past_the_door += send_as_page(&t, by_role[role], r);
			pages += strcmp(r->method, "GET") == 0;
			forms += strcmp(r->method, "GET") != 0;
		}
	assert_true(pages >= 20);
	assert_true(forms >= 8);
	assert_true(past_the_door * 2 > forms);
	for (int role = 0; role < ROLE_COUNT; role++)
		if (by_role[role] != NULL)
			visitor_free(by_role[role]);
	close_room(t.r);
}

int main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, house_set_up, house_tear_down)
	const struct CMUnitTest tests[] = {
		CASE(nothing_that_is_sent_to_a_form_breaks_its_route),
		CASE(nothing_in_an_address_breaks_its_route),
		CASE(nothing_that_is_sent_as_a_file_breaks_its_route),
		CASE(nothing_that_a_browser_sends_breaks_a_page),
	};
	return cmocka_run_group_tests_name("every input", tests, NULL, NULL);
}
