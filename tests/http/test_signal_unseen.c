/* A person of a partner that isn't involved reads the same on every route, whether a signal is there or not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "route_walk.h"
#include "signal_play.h"

static const char SAYS[] = "tells that there is a signal of somebody else";

/* The walker's own signal stands in the places for one. */
static const char *place_of(const struct walk *w, const char *pattern, const char *name)
{
	const struct played *own = w->about;

	(void)pattern;
	return strncmp(name, "{ref}", 5) == 0 ? own->ref : "1";
}

static struct sweep *walk_all(struct walk *w)
{
	struct sweep *s = walk_routes(w, false);

	walk_search(w, s, "matrassen");
	walk_search(w, s, "12-ZZZ-3");
	walk_search(w, s, ((const struct played *)w->about)->ref);
	return s;
}

/* Who the clerk of the police works beside: hired and signed in before anything is compared. */
struct others {
	struct visitor *anna, *coordinator;
};

static struct others others_of(struct house *h)
{
	return (struct others){
		.anna = play_person(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0),
		.coordinator = play_person(h, "cas@riec.example", ROLE_INFO_COORDINATOR, 0),
	};
}

/* The same plate and words as the walker's own, taken in. */
static void bring_in(struct house *h, const struct others *o)
{
	struct played p =
	    play_write(o->anna, "Pand", "Veertien%20matrassen%20achter%20de%20winkel");

	play_fill(&p, "/edit/subjects", "kind=VEHICLE&role=MAIN&plate=12-ZZZ-3");
	play_submit(&p);
	play_index(h);
	play_accept(o->coordinator, &p);
	play_index(h);
}

static void walk_as(struct house *h, enum role role, int routes)
{
	struct others o = others_of(h);
	struct visitor *clerk =
	    play_person(h, "kees@politie.example", ROLE_SUBMITTER, h->police_organ);
	struct house_person *who = house_hire(h, "wil@politie.example", role, h->police_organ);
	struct visitor *v = visitor_new(h);
	struct arena answers;

	visitor_sign_in(v, who);
	struct played own = play_begin(clerk);
	play_fill(&own, "/edit/facts", "title=Bestelbus&facts=Stond%20er%20leeg");
	play_fill(&own, "/edit/subjects", "kind=VEHICLE&role=MAIN&plate=12-ZZZ-3");
	play_index(h);
	struct walk w = {
		.house = h,
		.answers = &answers,
		.role = role,
		.cookies = arena_printf(&h->arena, "Cookie: %s\r\n", v->cookies),
		.bearer = house_bearer(h, who),
		.place = place_of,
		.about = &own,
	};
	arena_init(&answers, (size_t)512 << 20);
	(void)walk_all(&w); /* what opening leaves behind, is there from now on */
	const struct sweep *first = walk_all(&w);
	struct sweep *before = walk_all(&w);
	mark_restless(before, first);
	bring_in(h, &o);
	assert_true(assert_same(before, walk_all(&w), SAYS) >= routes);
	arena_reset(&answers);
	visitor_free(v);
	visitor_free(clerk);
	visitor_free(o.coordinator);
	visitor_free(o.anna);
}

static void a_clerk_of_another_partner_reads_the_same(void **state)
{
	walk_as(*state, ROLE_SUBMITTER, 150);
}

static void the_desk_of_another_partner_reads_the_same(void **state)
{
	walk_as(*state, ROLE_PARTNER_DESK, 150);
}

static void who_sits_at_meetings_but_not_at_this_one_reads_the_same(void **state)
{
	walk_as(*state, ROLE_INFO_MEETING_MEMBER, 100);
}

/* The worlds do differ: who runs the intake reads another list. */
static void the_coordinator_reads_something_else(void **state)
{
	struct house *h = *state;
	struct others o = others_of(h);

	visit(o.coordinator, "/signals");
	assert_false(page_says(o.coordinator, "/signals/S-"));
	bring_in(h, &o);
	visit(o.coordinator, "/signals");
	assert_page_says(o.coordinator, "/signals/S-");
	visitor_free(o.coordinator);
	visitor_free(o.anna);
}

#define PROMISE(name) cmocka_unit_test_setup_teardown(name, house_set_up, house_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		PROMISE(a_clerk_of_another_partner_reads_the_same),
		PROMISE(the_desk_of_another_partner_reads_the_same),
		PROMISE(who_sits_at_meetings_but_not_at_this_one_reads_the_same),
		PROMISE(the_coordinator_reads_something_else),
	};
	return cmocka_run_group_tests_name("signal unseen", tests, NULL, NULL);
}
