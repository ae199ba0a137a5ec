/* Who is not named for phase 3 finds no trace of it by any route that reads: page, API, CSV, paper. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "access/access.h"
#include "analysis_table.h"
#include "audit/action.h"
#include "client.h"
#include "server/rooms.h"

enum { ANSWERS_MAX = 2000 };

/* How one address answered, with what names this very request masked. */
struct answered {
	const char *what, *text;
	size_t len;
	bool
	    restless; /* answers differently every time: paper with a number of its own, the own log */
};
struct sweep {
	struct answered list[ANSWERS_MAX];
	size_t count;
};
struct walk {
	struct table *t;
	struct arena *answers;
	const char *cookies, *bearer, *paragraph, *request;
	int64_t fact;
};

static const char *place_of(const struct walk *w, const char *pattern, const char *name)
{
	struct arena *a = &w->t->b->h->arena;

	if (strncmp(name, "{ref}", 5) == 0)
		return strncmp(pattern, "/casefiles/", 11) == 0  ? w->t->b->ref
		       : strncmp(pattern, "/requests/", 10) == 0 ? w->request
		                                                 : "S-2026-00000";
	if (strncmp(name, "{paragraph}", 11) == 0)
		return w->paragraph;
	return strncmp(name, "{fact}", 6) == 0 ? arena_printf(a, "%lld", (long long)w->fact) : "1";
}

/* The route's path with something that exists in every place. */
static const char *filled(const struct walk *w, const char *pattern)
{
	struct arena *a = &w->t->b->h->arena;
	const char *path = "";

	for (const char *at = pattern; *at != '\0';) {
		const size_t plain = strcspn(at, "{");
		path = arena_printf(a, "%s%.*s", path, (int)plain, at);
		at += plain;
		if (*at == '\0')
			break;
		path = arena_printf(a, "%s%s", path, place_of(w, pattern, at));
		at += strcspn(at, "}") + 1;
	}
	return path;
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
	struct house *h = w->t->b->h;
	const char *path = filled(w, route->path);

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

static void search_for(struct walk *w, struct sweep *s, const char *word)
{
	struct house *h = w->t->b->h;
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

/* Every route that reads and that a member of the working group may ask for. */
static struct sweep *walk_routes(struct walk *w, bool paper)
{
	struct sweep *s = arena_alloc(w->answers, sizeof *s);

	for (size_t i = 0; ALL_ROUTES[i] != NULL; i++)
		for (const struct route *r = ALL_ROUTES[i]; r->method != NULL; r++)
			if (strcmp(r->method, "GET") == 0 && (r->flags & ROUTE_NO_EVENT) == 0 &&
			    is_paper(r->path) == paper && !(paper && ends(r->path, "/pdf")) &&
			    access_permits(ROLE_WORKING_GROUP, r->permission))
				walk_route(w, s, r);
	return s;
}

static struct sweep *walk_all(struct walk *w)
{
	struct sweep *s = walk_routes(w, false);

	search_for(w, s, "vuurtoren");
	search_for(w, s, "zwaargewicht");
	search_for(w, s, w->t->b->ref);
	return s;
}

/* Fails with the place where two answers part. */
static void tell_apart(const char *what, const char *says, const char *x, const char *y)
{
	size_t at = 0;

	while (x[at] != '\0' && x[at] == y[at])
		at++;
	const size_t from = at > 80 ? at - 80 : 0;
	fail_msg("%s %s:\n%.300s\n----\n%.300s", what, says, x + from, y + from);
}

/* The own log tells what was looked at, so it grows by looking. */
static void mark_restless(struct sweep *again, const struct sweep *before)
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

static void assert_same(const struct sweep *before, const struct sweep *after)
{
	int steady = 0;

	assert_int_equal(before->count, after->count);
	for (size_t i = 0; i < before->count; i++) {
		const struct answered *x = &before->list[i], *y = &after->list[i];
		if (!x->restless && strcmp(x->text, y->text) != 0)
			tell_apart(x->what, "tells that there is something of phase 3", x->text,
			           y->text);
		steady += !x->restless;
	}
	assert_true(steady > 150);
}

/* But for its number, which is always as long. */
static void assert_as_long(const struct sweep *before, const struct sweep *after)
{
	assert_int_equal(before->count, after->count);
	assert_true(before->count > 2);
	for (size_t i = 0; i < before->count; i++)
		if (before->list[i].len != after->list[i].len)
			fail_msg("%s is longer by what is of phase 3", before->list[i].what);
}

static void feed(struct table *t)
{
	struct error e = { 0 };
	bool more = true;

	while (more)
		assert_int_equal(search_feed_step(&t->b->h->plein, SEARCH_FEEDS, &more, &e), OK);
}

static void note(struct table *t, struct visitor *v, const char *fields)
{
	const char *notes = arena_printf(&t->b->h->arena, "/casefiles/%s/notes", t->b->ref);

	send_from(v, notes, notes, fields);
}

/* A world with facts of phase 1 and 2, a paragraph, a note and a request. */
static struct walk ordinary_world(struct table *t)
{
	struct walk w = { .t = t };

	w.fact = put_fact(t, PHASE_1, "Bij de vuurtoren");
	write_words(t, t->v_wendy, "QUESTION", cites(t, "text=De%20vuurtoren", w.fact));
	const char *address = address_after(t, t->v_wendy, "De vuurtoren");
	w.paragraph = strstr(address, "/paragraphs/") + strlen("/paragraphs/");
	/* who will write of phase 3 saw all the rest before */
	write_words(t, t->v_tess, "GAPS", cites(t, "text=Wat%20weten%20wij%20niet", w.fact));
	note(t, t->v_tess, "text=Gewoon%20een%20notitie");
	w.request = asked(t->b, t->b->h->police_organ, SUPERVISION "&subjects%5B0%5D.number=1");
	w.cookies = arena_printf(&t->b->h->arena, "Cookie: %s\r\n", t->v_wendy->cookies);
	w.bearer = house_bearer(t->b->h, t->wendy);
	feed(t);
	return w;
}

/* The same with a fact of phase 3 that turned out wrong, and what was written about it. */
static void add_phase_3(struct table *t)
{
	int64_t heavy = put_fact(t, PHASE_3, "Een zwaargewicht");

	write_words(t, t->v_tess, "QUESTION",
	            cites(t, "text=Zwaargewicht%20bij%20de%20deur", heavy));
	note(t, t->v_tess, "text=Zwaargewicht%20gezien&heavy=1");
	store_world_run(t->b->h->store, correct_run, &heavy);
	feed(t);
}

static void two_worlds_that_differ_in_phase_3_answer_a_member_alike_on_every_route(void **state)
{
	struct table *t = set_table(*state);
	struct walk w = ordinary_world(t);
	struct arena answers;

	arena_init(&answers, (size_t)512 << 20);
	w.answers = &answers;
	const struct sweep *paper = walk_routes(&w, true);
	(void)walk_all(&w); /* what opening leaves behind, is there from now on */
	const struct sweep *first = walk_all(&w);
	struct sweep *before = walk_all(&w);
	mark_restless(before, first);
	add_phase_3(t);
	assert_same(before, walk_all(&w));
	assert_as_long(paper, walk_routes(&w, true));
	/* who is named for it does find it: the worlds do differ */
	visit(t->v_tess, "/search");
	visitor_send(t->v_tess, "/search", "q=zwaargewicht");
	assert_page_says(t->v_tess, t->b->ref);
	arena_reset(&answers);
	leave(t);
}

#define PROMISE(name) cmocka_unit_test_setup_teardown(name, house_set_up, house_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		PROMISE(two_worlds_that_differ_in_phase_3_answer_a_member_alike_on_every_route),
	};
	return cmocka_run_group_tests_name("phase 3 hidden", tests, NULL, NULL);
}
