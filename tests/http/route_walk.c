#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "route_walk.h"

#include "access/access.h"
#include "client.h"
#include "server/rooms.h"

/* The route's path with something that exists in every place. */
const char *route_filled(struct arena *a, const char *pattern, route_value_fn *value,
                         const void *about)
{
	const char *path = "";

	for (const char *at = pattern; *at != '\0';) {
		const size_t plain = strcspn(at, "{");
		path = arena_printf(a, "%s%.*s", path, (int)plain, at);
		at += plain;
		if (*at == '\0')
			break;
		const char *put = value(about, at);
		path = arena_printf(a, "%s%s", path, put != NULL ? put : "1");
		at += strcspn(at, "}") + 1;
	}
	return path;
}

struct walked {
	const struct walk *walk;
	const char *pattern;
};

static const char *place_of_walk(const void *about, const char *name)
{
	const struct walked *w = about;
	return w->walk->place(w->walk, w->pattern, name);
}

static void mask(char *text, const char *what, char until)
{
	for (char *at = strstr(text, what); at != NULL; at = strstr(at, what)) {
		at += strlen(what);
		while (*at != '\0' && *at != until)
			*at++ = '.';
	}
}

static void keep(struct walk *w, struct sweep *s, const char *what, struct reply *r)
{
	mask(r->all, "X-Request-Id: ", '\r');
	mask(r->all, "Date: ", '\r');
	mask(r->all, "\"requestId\":\"", '"');
	mask(r->all, "name=\"_csrf\" value=\"", '"');
	mask(r->all, "name=\"_once\" value=\"", '"');
	mask(r->all, "Noem code <span class=\"plein-mono\">", '<');
	assert_true(s->count < ANSWERS_MAX);
	s->list[s->count++] = (struct answered){ .what = what,
		                                 .text = arena_strdup(w->answers, r->all),
		                                 .len = r->body_len };
	reply_free(r);
}

static void walk_route(struct walk *w, struct sweep *s, const struct route *route)
{
	struct house *h = w->house;
	const char *path =
	    route_filled(&h->arena, route->path, place_of_walk, &(struct walked){ w, route->path });

	if ((route->flags & ROUTE_API_ONLY) == 0) {
		struct reply page = client_request(h->port, "GET", path, w->cookies, NULL);
		keep(w, s, path, &page);
		const char *csv = arena_printf(&h->arena, "%s?format=csv", path);
		struct reply table = client_request(h->port, "GET", csv, w->cookies, NULL);
		keep(w, s, csv, &table);
	}
	if ((route->flags & ROUTE_PAGE_ONLY) != 0)
		return;
	const char *api = arena_printf(&h->arena, "/api/v1%s", path);
	struct reply json = client_request(h->port, "GET", api, w->bearer, NULL);
	keep(w, s, api, &json);
}

void walk_search(struct walk *w, struct sweep *s, const char *word)
{
	struct house *h = w->house;
	struct reply r = client_request(h->port, "POST", "/api/v1/search", w->bearer,
	                                arena_printf(&h->arena, "{\"q\":\"%s\"}", word));

	assert_int_equal(r.code, 200);
	keep(w, s, arena_printf(&h->arena, "search %s", word), &r);
}

static bool ends(const char *text, const char *with)
{
	const size_t len = strlen(text), end = strlen(with);
	return len >= end && strcmp(text + len - end, with) == 0;
}

/* Paper leaves a copy with a number of its own every time. PDF is drawn from what ODT is, and packed
 * so that its length says nothing. */
static bool is_paper(const char *path)
{
	return ends(path, "/odt") || ends(path, "/print") || ends(path, "/pdf");
}

struct sweep *walk_routes(struct walk *w, bool paper)
{
	struct sweep *s = arena_alloc(w->answers, sizeof *s);

	store_world_settle(
	    w->house->store); /* the feed is a route, and the own log says how long it was */
	for (size_t i = 0; ALL_ROUTES[i] != NULL; i++)
		for (const struct route *r = ALL_ROUTES[i]; r->method != NULL; r++)
			if (strcmp(r->method, "GET") == 0 && (r->flags & ROUTE_NO_EVENT) == 0 &&
			    is_paper(r->path) == paper && !(paper && ends(r->path, "/pdf")) &&
			    access_permits(w->role, r->permission))
				walk_route(w, s, r);
	return s;
}

/* What says more than its length. */
static const char *body_of(const char *answer)
{
	const char *body = strstr(answer, "\r\n\r\n");

	return body != NULL ? body : answer;
}

/* Fails with the place where two answers part. */
static void tell_apart(const char *what, const char *says, const char *x, const char *y)
{
	size_t at = 0;

	if (strcmp(body_of(x), body_of(y)) != 0) {
		x = body_of(x);
		y = body_of(y);
	}

	while (x[at] != '\0' && x[at] == y[at])
		at++;
	const size_t from = at > 80 ? at - 80 : 0;
	fail_msg("%s %s:\n%.300s\n----\n%.300s", what, says, x + from, y + from);
}

/* The own log tells what was looked at, so it grows by looking. */
void mark_restless(struct sweep *again, const struct sweep *before)
{
	assert_int_equal(again->count, before->count);
	for (size_t i = 0; i < again->count; i++) {
		struct answered *x = &again->list[i];
		x->restless = strcmp(x->text, before->list[i].text) != 0;
		if (x->restless && strstr(x->what, "log") == NULL)
			tell_apart(x->what, "answers differently while nothing changed",
			           before->list[i].text, x->text);
	}
}

int assert_same(const struct sweep *before, const struct sweep *after, const char *says)
{
	int steady = 0;

	assert_int_equal(before->count, after->count);
	for (size_t i = 0; i < before->count; i++) {
		const struct answered *x = &before->list[i], *y = &after->list[i];
		if (!x->restless && strcmp(x->text, y->text) != 0)
			tell_apart(x->what, says, x->text, y->text);
		steady += !x->restless;
	}
	return steady;
}

void assert_as_long(const struct sweep *before, const struct sweep *after, const char *says)
{
	assert_int_equal(before->count, after->count);
	assert_true(before->count > 2);
	for (size_t i = 0; i < before->count; i++)
		if (before->list[i].len != after->list[i].len)
			fail_msg("%s %s", before->list[i].what, says);
}
