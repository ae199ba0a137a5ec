/* Every route of the house against input that no honest client sends: refused or taken, never broken. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "access/access.h"
#include "client.h"
#include "intervention_play.h"
#include "naughty.h"
#include "platform/core/limits.h"
#include "platform/core/out.h"
#include "server/rooms.h"

/* ---- people and records ------------------------------------------------------------------------- */

struct town {
	struct house *h;
	struct room *r;
	const char *bearer[ROLE_COUNT];
	const char *signal, *intervention;
	int asked, taken, refused;
};

static struct town town_of(struct house *h)
{
	struct town t = { .h = h, .r = open_room(h) };
	char ref[32];

	for (int role = 1; role < ROLE_COUNT; role++)
		t.bearer[role] = house_bearer(
		    h, house_hire(h, arena_printf(&h->arena, "p%d@proef.example", role),
		                  (enum role)role, 0));
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

/* ---- bodies ------------------------------------------------------------------------------------- */

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

/* ---- the walk ----------------------------------------------------------------------------------- */

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

int main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, house_set_up, house_tear_down)
	const struct CMUnitTest tests[] = {
		CASE(nothing_that_is_sent_to_a_form_breaks_its_route),
		CASE(nothing_in_an_address_breaks_its_route),
	};
	return cmocka_run_group_tests_name("every input", tests, NULL, NULL);
}
