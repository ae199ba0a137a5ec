/* What people decide about pairs: kept, undone, and what follows from it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "matching/judgement.h"

static struct error error;

static uint64_t judge(struct judgements *j, uint64_t a, uint64_t b, enum judged kind)
{
	struct judgement in = {
		.a = a, .b = b, .kind = kind, .by = 7, .at_ms = 1000, .why = "zelfde paspoort"
	};
	uint64_t number = 0;

	assert_int_equal(judgement_add(j, &in, &number, &error), OK);
	return number;
}

static enum judged kind_of(const struct judgements *j, uint64_t a, uint64_t b)
{
	struct conclusion c;

	judgement_conclude(j, a, b, &c);
	return c.kind;
}

static void what_follows_is_shown_with_the_chain_it_rests_on(void **state)
{
	(void)state;
	struct judgements j = { { 0 } };
	struct conclusion c;

	uint64_t one = judge(&j, 1, 2, JUDGED_SAME), two = judge(&j, 3, 2, JUDGED_SAME);
	uint64_t part = judge(&j, 3, 4, JUDGED_DIFFERENT);
	judgement_conclude(&j, 1, 3, &c);
	assert_int_equal(c.kind, JUDGED_SAME);
	assert_false(c.direct);
	assert_int_equal(c.chain_count, 2);
	assert_true(c.chain[0] == two && c.chain[1] == one);
	judgement_conclude(&j, 1, 4, &c);
	assert_int_equal(c.kind, JUDGED_DIFFERENT);
	assert_int_equal(c.chain[c.chain_count - 1], part);
	assert_int_equal(kind_of(&j, 1, 5), JUDGED_NOT);
	assert_null(judgement_of(&j, 1, 3)); /* shown, never stored */
	judgements_free(&j);
}

static void undoing_brings_back_what_was(void **state)
{
	(void)state;
	struct judgements j = { { 0 } };

	(void)judge(&j, 1, 2, JUDGED_UNSURE);
	uint64_t joined = judge(&j, 2, 1, JUDGED_SAME);
	assert_int_equal(kind_of(&j, 1, 2), JUDGED_SAME);
	assert_int_equal(judgement_undo(&j, joined, 8, 2000, &error), OK);
	assert_int_equal(kind_of(&j, 1, 2), JUDGED_UNSURE);
	assert_int_equal(judgement_undo(&j, joined, 8, 2000, &error), ERR_CONFLICT);
	assert_int_equal(judgement_undo(&j, 99, 8, 2000, &error), ERR_NOT_FOUND);
	judgements_free(&j);
}

static void chains_that_contradict_are_a_contradiction_and_no_answer(void **state)
{
	(void)state;
	struct judgements j = { { 0 } };
	struct conclusion c;

	(void)judge(&j, 1, 2, JUDGED_SAME);
	(void)judge(&j, 2, 3, JUDGED_SAME);
	(void)judge(&j, 1, 3, JUDGED_DIFFERENT);
	judgement_conclude(&j, 1, 3, &c);
	assert_true(c.contradiction);
	assert_int_equal(c.kind, JUDGED_UNSURE);
	judgements_free(&j);
}

static void a_judgement_needs_two_records_and_a_reason(void **state)
{
	(void)state;
	struct judgements j = { { 0 } };
	struct judgement in = { .a = 1, .b = 1, .kind = JUDGED_SAME, .by = 7, .why = "x" };
	uint64_t number = 0;

	assert_int_equal(judgement_add(&j, &in, &number, &error), ERR_INVALID);
	in.b = 2;
	in.why[0] = '\0';
	assert_int_equal(judgement_add(&j, &in, &number, &error), ERR_INVALID);
	assert_non_null(strstr(error.message, "waarom"));
	judgements_free(&j);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_follows_is_shown_with_the_chain_it_rests_on),
		cmocka_unit_test(undoing_brings_back_what_was),
		cmocka_unit_test(chains_that_contradict_are_a_contradiction_and_no_answer),
		cmocka_unit_test(a_judgement_needs_two_records_and_a_reason),
	};
	return cmocka_run_group_tests_name("match_judgement", tests, NULL, NULL);
}
