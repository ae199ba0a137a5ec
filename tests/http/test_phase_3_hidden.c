/* Who is not named for phase 3 finds no trace of it by any route that reads: page, API, CSV, paper. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "analysis_table.h"
#include "audit/action.h"
#include "route_walk.h"
#include "server/rooms.h"

/* What stands in places of routes in this world. */
struct hidden {
	struct table *t;
	const char *paragraph, *request, *fact;
};

static const char *place_of(const struct walk *w, const char *pattern, const char *name)
{
	const struct hidden *h = w->about;

	if (strncmp(name, "{ref}", 5) == 0)
		return strncmp(pattern, "/casefiles/", 11) == 0  ? h->t->b->ref
		       : strncmp(pattern, "/requests/", 10) == 0 ? h->request
		                                                 : "S-2026-00000";
	if (strncmp(name, "{paragraph}", 11) == 0)
		return h->paragraph;
	return strncmp(name, "{fact}", 6) == 0 ? h->fact : "1";
}

static struct sweep *walk_all(struct walk *w)
{
	struct sweep *s = walk_routes(w, false);

	walk_search(w, s, "vuurtoren");
	walk_search(w, s, "zwaargewicht");
	walk_search(w, s, ((const struct hidden *)w->about)->t->b->ref);
	return s;
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
static struct hidden ordinary_world(struct table *t)
{
	struct hidden h = { .t = t };
	const int64_t fact = put_fact(t, PHASE_1, "Bij de vuurtoren");

	h.fact = arena_printf(&t->b->h->arena, "%lld", (long long)fact);
	write_words(t, t->v_wendy, "QUESTION", cites(t, "text=De%20vuurtoren", fact));
	const char *address = address_after(t, t->v_wendy, "De vuurtoren");
	h.paragraph = strstr(address, "/paragraphs/") + strlen("/paragraphs/");
	/* who will write of phase 3 saw all the rest before */
	write_words(t, t->v_tess, "GAPS", cites(t, "text=Wat%20weten%20wij%20niet", fact));
	note(t, t->v_tess, "text=Gewoon%20een%20notitie");
	h.request = asked(t->b, t->b->h->police_organ, SUPERVISION "&subjects%5B0%5D.number=1");
	feed(t);
	return h;
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
	const struct hidden hidden = ordinary_world(t);
	struct house *h = t->b->h;
	struct arena answers;
	struct walk w = {
		.house = h,
		.answers = &answers,
		.role = ROLE_WORKING_GROUP,
		.cookies = arena_printf(&h->arena, "Cookie: %s\r\n", t->v_wendy->cookies),
		.bearer = house_bearer(h, t->wendy),
		.place = place_of,
		.about = &hidden,
	};

	arena_init(&answers, (size_t)512 << 20);
	const struct sweep *paper = walk_routes(&w, true);
	(void)walk_all(&w); /* what opening leaves behind, is there from now on */
	const struct sweep *first = walk_all(&w);
	struct sweep *before = walk_all(&w);
	mark_restless(before, first);
	add_phase_3(t);
	assert_true(assert_same(before, walk_all(&w), "tells that there is something of phase 3") >
	            150);
	assert_as_long(paper, walk_routes(&w, true), "is longer by what is of phase 3");
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
