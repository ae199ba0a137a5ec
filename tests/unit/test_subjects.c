/* What a fact looks like to who may read it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "subjects/subject.h"

enum { ARENA_SOFT_BYTES = 1 << 16 };

static const char *shown(struct arena *a, enum fact_kind kind, const char *value)
{
	const struct subject_fact f = { .kind = kind, .raw = value, .value = value };
	return fact_shown(a, &f);
}

static void a_date_of_birth_reads_as_people_say_it_also_where_a_part_is_unknown(void **state)
{
	struct arena a;

	(void)state;
	arena_init(&a, ARENA_SOFT_BYTES);
	assert_string_equal(shown(&a, FACT_BIRTH_DATE, "1980-05-17"), "17 mei 1980");
	assert_string_equal(shown(&a, FACT_BIRTH_DATE, "1980-05-00"), "mei 1980");
	assert_string_equal(shown(&a, FACT_BIRTH_DATE, "1980-00-00"), "1980");
	arena_reset(&a);
}

static void a_bsn_shows_its_last_four_figures_and_nothing_of_how_it_was_typed(void **state)
{
	struct arena a;
	const struct subject_fact f = { .kind = FACT_BSN,
		                        .raw = "9999 90 019",
		                        .value = "999990019" };

	(void)state;
	arena_init(&a, ARENA_SOFT_BYTES);
	assert_string_equal(fact_shown(&a, &f), "••••• 0019");
	assert_null(fact_raw_shown(&f));
	arena_reset(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_date_of_birth_reads_as_people_say_it_also_where_a_part_is_unknown),
		cmocka_unit_test(a_bsn_shows_its_last_four_figures_and_nothing_of_how_it_was_typed),
	};
	return cmocka_run_group_tests_name("subjects", tests, NULL, NULL);
}
