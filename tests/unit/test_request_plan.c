/* One question to several partners: who is asked what about whom. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "requests/request_plan.h"

static struct verdict planned(struct arena *a, uint64_t categories, struct plan_parts *ret,
                              size_t *ret_at)
{
	static const enum law_letter LETTERS[] = { LETTER_POLICE, LETTER_TAX };
	static const struct plan_subject SUBJECTS[] = { { 7, PHASE_2 }, { 8, PHASE_2 } };
	const struct plan_question q = { .kind = REQUEST_CONTENT,
		                         .categories = categories,
		                         .subjects = SUBJECTS,
		                         .subject_count = 2,
		                         .activity = ACTIVITY_CASE_CONSULTATION,
		                         .on_day = 20781 };
	return request_plan(a, &q, LETTERS, 2, ret, ret_at);
}

#define BIT(name) (UINT64_C(1) << CATEGORY_##name)

static void of_several_partners_each_is_asked_for_what_he_may_give(void **state)
{
	struct plan_parts plans[2];
	struct arena a;
	size_t at = 0;

	(void)state;
	arena_init(&a, 1 << 20);
	assert_true(verdict_allows(planned(&a, BIT(TAX) | BIT(SUPERVISION), plans, &at)));
	assert_int_equal(plans[0].count, 2); /* the police: supervision of both */
	assert_int_equal(plans[0].parts[0].category, CATEGORY_SUPERVISION);
	assert_int_equal(plans[0].left_out, BIT(TAX));
	assert_int_equal(plans[1].count, 4);
	assert_int_equal(plans[1].left_out, 0);
	arena_reset(&a);
}

static void what_none_may_give_is_a_no_and_who_may_give_nothing_is_named(void **state)
{
	struct plan_parts plans[2];
	struct arena a;
	size_t at = 0;

	(void)state;
	arena_init(&a, 1 << 20);
	assert_false(verdict_allows(planned(&a, BIT(SUPERVISION) | BIT(POLICE_9_10), plans, &at)));
	assert_int_equal(at, 2); /* phase 3 is closed, whoever is asked */
	const struct verdict v = planned(&a, BIT(TAX), plans, &at);
	assert_false(verdict_allows(v));
	assert_int_equal(at, 0); /* the police */
	assert_string_equal(v.rule, "X-3");
	arena_reset(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(of_several_partners_each_is_asked_for_what_he_may_give),
		cmocka_unit_test(what_none_may_give_is_a_no_and_who_may_give_nothing_is_named),
	};
	return cmocka_run_group_tests_name("request plan", tests, NULL, NULL);
}
