/* The rules of an analysis: its sections, who reads how far, when it is fixed and by whom. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/analysis.h"

static void every_theme_has_all_sections_and_steps_once(void **state)
{
	struct analysis_heading list[ANALYSIS_SECTIONS_MAX];

	(void)state;
	for (int theme = 0; theme <= 11; theme++) {
		const size_t count = analysis_template(theme, list);
		assert_in_range(count, 9, ANALYSIS_SECTIONS_MAX);
		assert_int_equal(list[0].section, SECTION_QUESTION);
		assert_int_equal(list[count - 1].section, SECTION_CONCLUSIONS);
		for (size_t i = 0; i < count; i++) {
			assert_ptr_equal(analysis_heading_of(list, count, list[i].section),
			                 &list[i]);
			assert_ptr_equal(analysis_heading_named(list, count, list[i].name),
			                 &list[i]);
			assert_int_equal(list[i].step, list[i].section >= SECTION_STEP_1);
		}
	}
	assert_null(analysis_heading_named(list, 3, "NIETS"));
}

static void nobody_reads_further_than_facts_of_the_casefile(void **state)
{
	(void)state;
	assert_int_equal(analysis_level(ROLE_WORKING_GROUP, false), 2);
	assert_int_equal(analysis_level(ROLE_WORKING_GROUP, true), 3);
	assert_int_equal(analysis_level(ROLE_INTERVENTION_LEAD, false), 1);
	assert_int_equal(analysis_level(ROLE_COORD_DPO, false), 0);
	assert_int_equal(analysis_level(ROLE_EXECUTOR, true), 0);
	for (int role = 1; role < ROLE_COUNT; role++)
		assert_true(analysis_level((enum role)role, false) < 3);
}

static void only_who_may_know_hears_that_something_is_left_out(void **state)
{
	(void)state;
	assert_true(analysis_tells_left_out(ROLE_ANALYST, false));
	assert_true(analysis_tells_left_out(ROLE_INFO_COORDINATOR, false));
	assert_false(analysis_tells_left_out(ROLE_WORKING_GROUP, false));
	assert_false(analysis_tells_left_out(ROLE_RIEC_HEAD, false));
}

static void review_ends_on_the_day_the_person_goes(void **state)
{
	const int32_t today = 20781; /* a Tuesday */

	(void)state;
	assert_true(review_is_due(today + REVIEW_WARN_DAYS, today));
	assert_false(review_is_due(today + REVIEW_WARN_DAYS + 1, today));
	assert_true(review_is_due(0, today));
	assert_int_equal(review_last_day(today + 12, today), today + 12);
	assert_int_equal(review_last_day(0, today), today + 14); /* ten working days */
}

static bool may(uint8_t from, uint8_t action, enum role role, const struct frozen_picture *p)
{
	const struct move *mv = machine_move(&FROZEN_MACHINE, from, action);

	return mv != NULL && verdict_allows(move_verdict(mv, ROLE_BIT(role), p));
}

static const struct frozen_picture GOOD = { .drafter_id = 1,
	                                    .actor_id = 2,
	                                    .paragraphs = 3,
	                                    .has_conclusion = true,
	                                    .reads_all = true,
	                                    .casefile_live = true };

static void a_version_is_fixed_only_when_it_is_whole_and_read_whole(void **state)
{
	struct frozen_picture p = GOOD;

	(void)state;
	assert_true(may(FROZEN_NONE, FROZEN_PROPOSE, ROLE_ANALYST, &p));
	p.paragraphs = 0;
	assert_false(may(FROZEN_NONE, FROZEN_PROPOSE, ROLE_ANALYST, &p));
	p = GOOD;
	p.reviews = 1;
	assert_false(may(FROZEN_NONE, FROZEN_PROPOSE, ROLE_ANALYST, &p));
	p = GOOD;
	p.has_conclusion = false;
	assert_false(may(FROZEN_NONE, FROZEN_PROPOSE, ROLE_ANALYST, &p));
	p = GOOD;
	p.reads_all = false;
	assert_false(may(FROZEN_NONE, FROZEN_PROPOSE, ROLE_ANALYST, &p));
	assert_false(may(FROZEN_PROPOSED, FROZEN_SIGN, ROLE_ANALYST, &p));
	p = GOOD;
	p.casefile_live = false;
	assert_false(may(FROZEN_NONE, FROZEN_PROPOSE, ROLE_ANALYST, &p));
	assert_false(may(FROZEN_PROPOSED, FROZEN_SIGN, ROLE_ANALYST, &p));
}

static void a_second_person_signs_and_the_first_withdraws(void **state)
{
	struct frozen_picture same = GOOD;

	(void)state;
	same.actor_id = same.drafter_id;
	assert_true(may(FROZEN_PROPOSED, FROZEN_SIGN, ROLE_INFO_COORDINATOR, &GOOD));
	assert_false(may(FROZEN_PROPOSED, FROZEN_SIGN, ROLE_ANALYST, &same));
	assert_true(may(FROZEN_PROPOSED, FROZEN_WITHDRAW, ROLE_ANALYST, &same));
	assert_false(may(FROZEN_PROPOSED, FROZEN_WITHDRAW, ROLE_ANALYST, &GOOD));
	for (uint8_t state_ = FROZEN_SIGNED; state_ <= FROZEN_WITHDRAWN; state_++)
		for (uint8_t action = FROZEN_PROPOSE; action <= FROZEN_WITHDRAW; action++)
			assert_null(machine_move(&FROZEN_MACHINE, state_, action));
}

static void nobody_else_fixes_a_version(void **state)
{
	struct frozen_picture same = GOOD;

	(void)state;
	same.actor_id = same.drafter_id;
	for (int role = 1; role < ROLE_COUNT; role++) {
		const bool signer = role == ROLE_ANALYST || role == ROLE_INFO_COORDINATOR;
		assert_int_equal(may(FROZEN_NONE, FROZEN_PROPOSE, (enum role)role, &GOOD), signer);
		assert_int_equal(may(FROZEN_PROPOSED, FROZEN_SIGN, (enum role)role, &GOOD), signer);
		assert_int_equal(may(FROZEN_PROPOSED, FROZEN_WITHDRAW, (enum role)role, &same),
		                 signer);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_theme_has_all_sections_and_steps_once),
		cmocka_unit_test(nobody_reads_further_than_facts_of_the_casefile),
		cmocka_unit_test(only_who_may_know_hears_that_something_is_left_out),
		cmocka_unit_test(review_ends_on_the_day_the_person_goes),
		cmocka_unit_test(a_version_is_fixed_only_when_it_is_whole_and_read_whole),
		cmocka_unit_test(a_second_person_signs_and_the_first_withdraws),
		cmocka_unit_test(nobody_else_fixes_a_version),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
