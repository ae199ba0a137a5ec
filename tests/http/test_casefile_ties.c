/* What binds subjects of a casefile, who comes in by it, and what happens when it is wrong. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "case_world.h"

static int64_t number(struct casus *c, const char *sql)
{
	return store_world_number(c->h->store, sql);
}

static void send(struct casus *c, struct visitor *who, const char *rest, const char *fields)
{
	const char letter = who == c->v_wim ? LETTER_EXECUTIVE : LETTER_POLICE;

	send_from(who, casus_at(c, rest), casus_at(c, rest),
	          arena_printf(&c->h->arena, "%s&task=%d", fields,
	                       law_first_task((enum law_letter)letter)));
}

#define DRIVES "other=2&tieKind=DRIVES&note=Gezien%20door%20agent&fromDay=1-3-2025"

static void a_tie_shows_on_both_pages_with_its_source_and_period(void **state)
{
	struct casus *c = casus_new(*state);

	send(c, c->v_wendy, "/subjects/1/ties", DRIVES);
	assert_page_says(c->v_wendy, "De band is vastgelegd");
	visit(c->v_wim, casus_at(c, "/subjects/1"));
	assert_page_says(c->v_wim, "rijdt in");
	assert_page_says(c->v_wim, "Gezien door agent");
	assert_page_says(c->v_wim, "1 maart 2025");
	assert_page_says(c->v_wim, "politie");
	visit(c->v_wim, casus_at(c, "/subjects/2"));
	assert_page_says(c->v_wim, "Milan Zandwijk");
	/* from the car's side it is the same tie: once per source */
	send(c, c->v_wendy, "/subjects/2/ties", "other=1&tieKind=DRIVES");
	assert_int_equal(c->v_wendy->code, 409);
	send(c, c->v_wim, "/subjects/2/ties", "other=1&tieKind=OWNS_VEHICLE");
	assert_page_says(c->v_wim, "De band is vastgelegd");
	assert_int_equal(number(c, "SELECT count(*) FROM fact WHERE other_presence_id IS NOT NULL"),
	                 2);
	casus_free(c);
}

static void what_does_not_fit_or_may_not_come_in_is_refused_at_its_field(void **state)
{
	static const struct {
		const char *fields, *says;
	} WRONG[] = {
		{ "other=2&tieKind=FAMILY", "past niet tussen deze twee" },
		{ "other=9&tieKind=DRIVES", "other-problem" },
		{ "other=1&tieKind=DRIVES", "other-problem" },
		{ "other=2&tieKind=", "Kies welke band er is" },
		{ "other=2&tieKind=DRIVES&note=BSN%20999990019", "lijkt op een BSN" },
		{ "other=2&tieKind=DRIVES&fromDay=1-3-2025&untilDay=1-2-2025", "untilDay-problem" },
	};
	struct casus *c = casus_new(*state);

	for (size_t i = 0; i < sizeof WRONG / sizeof WRONG[0]; i++) {
		send(c, c->v_wendy, "/subjects/1/ties", WRONG[i].fields);
		assert_int_equal(c->v_wendy->code, 400);
		assert_page_says(c->v_wendy, WRONG[i].says);
	}
	assert_int_equal(number(c, "SELECT count(*) FROM fact WHERE other_presence_id IS NOT NULL"),
	                 0);
	visit(c->v_cor, casus_at(c, "/subjects/1/ties"));
	assert_int_equal(c->v_cor->code, 409); /* the bureau is no source */
	casus_free(c);
}

#define BROTHER "kind=PERSON&familyName=Zandwijk&givenNames=Daan&birthDate=1-2-1990&tieKind=FAMILY"

static void the_direct_circle_comes_in_with_a_tie_to_a_main_subject_and_not_to_another(void **state)
{
	struct casus *c = casus_new(*state);

	send(c, c->v_wendy, "/subjects/1/circle", BROTHER);
	assert_page_says(c->v_wendy, "Toegevoegd aan de directe kring");
	assert_page_says(c->v_wendy, "Daan Zandwijk");
	assert_page_says(c->v_wendy, "Directe kring");
	assert_page_says(c->v_wendy, "is familie van");
	assert_int_equal(number(c, "SELECT count(*) FROM identifier_token t JOIN presence p"
	                           " ON p.id = t.presence_id WHERE p.number = 3"),
	                 1);
	visit(c->v_wendy, casus_at(c, "/subjects/3/circle")); /* no circle of the circle */
	assert_int_equal(c->v_wendy->code, 409);
	send(c, c->v_wendy, "/subjects/1/circle", "kind=PERSON&familyName=Prins&tieKind=");
	assert_int_equal(c->v_wendy->code, 400);
	send(c, c->v_wendy, "/subjects/1/circle", "kind=PERSON&tieKind=FAMILY");
	assert_int_equal(c->v_wendy->code, 400); /* about nobody */
	assert_int_equal(number(c, "SELECT count(*) FROM presence WHERE casefile_id IS NOT NULL"),
	                 3);
	casus_free(c);
}

static void a_tie_that_is_wrong_is_withdrawn_but_not_the_last_of_the_circle(void **state)
{
	struct casus *c = casus_new(*state);
	const char *reason = "reason=Het%20was%20een%20neef";

	send(c, c->v_wendy, "/subjects/1/ties", DRIVES);
	send(c, c->v_wendy, "/subjects/1/circle", BROTHER);
	visit(c->v_wim, casus_at(c, "/subjects/1"));
	const int64_t drives = number(c, "SELECT min(id) FROM fact WHERE kind = 211");
	const int64_t family = number(c, "SELECT min(id) FROM fact WHERE kind = 201");
	const char *one = arena_printf(&c->h->arena, "/ties/%lld", (long long)drives);
	visit(c->v_wim, casus_at(c, one));
	assert_int_equal(c->v_wim->code, 409); /* not his organisation's */
	send_from(c->v_wendy, casus_at(c, one),
	          casus_at(c, arena_printf(&c->h->arena, "%s/withdraw", one)), reason);
	assert_page_says(c->v_wendy, "De band is ingetrokken");
	assert_false(page_says(c->v_wendy, "rijdt in"));
	visit(c->v_wim, "/");
	assert_page_says(c->v_wim, "Een gegeven is verbeterd");
	const char *last = arena_printf(&c->h->arena, "/ties/%lld", (long long)family);
	send_from(c->v_wendy, casus_at(c, last),
	          casus_at(c, arena_printf(&c->h->arena, "%s/withdraw", last)), reason);
	assert_int_equal(c->v_wendy->code, 409);
	visit(c->v_wendy, casus_at(c, "/subjects/3"));
	assert_page_says(c->v_wendy, "is familie van");
	visit(c->v_wendy, casus_at(c, "/ties/999999"));
	assert_int_equal(c->v_wendy->code, 404);
	casus_free(c);
}

#define PROMISE(name) cmocka_unit_test_setup_teardown(name, house_set_up, house_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		PROMISE(a_tie_shows_on_both_pages_with_its_source_and_period),
		PROMISE(what_does_not_fit_or_may_not_come_in_is_refused_at_its_field),
		PROMISE(the_direct_circle_comes_in_with_a_tie_to_a_main_subject_and_not_to_another),
		PROMISE(a_tie_that_is_wrong_is_withdrawn_but_not_the_last_of_the_circle),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
