/* Dates, times, amounts and terms as people in the Netherlands read them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "platform/core/dutch.h"

static int32_t on(int year, int month, int day)
{
	return day_from_civil((struct civil){ year, month, day });
}

static int set_up(void **state)
{
	struct arena *a = malloc(sizeof(*a));
	assert_non_null(a);
	arena_init(a, 1 << 16);
	*state = a;
	return 0;
}

static int tear_down(void **state)
{
	arena_reset(*state);
	free(*state);
	return 0;
}

static void dates_are_written_out(void **state)
{
	assert_string_equal(dutch_date(*state, on(2026, 11, 21)), "21 november 2026");
	assert_string_equal(dutch_date_long(*state, on(2026, 11, 21)), "zaterdag 21 november 2026");
	int64_t ms = ms_at_local(on(2026, 7, 1), 14, 5);
	assert_string_equal(dutch_time(*state, ms), "14.05 uur");
	assert_string_equal(dutch_moment(*state, ms), "1 juli 2026, 14.05 uur");
	assert_string_equal(dutch_time(*state, ms_at_local(on(2026, 7, 1), 9, 5)), "09.05 uur");
}

static void amounts_have_points_and_a_comma(void **state)
{
	assert_string_equal(dutch_euros(*state, 123456), "€ 1.234,56");
	assert_string_equal(dutch_euros(*state, 5), "€ 0,05");
	assert_string_equal(dutch_euros(*state, -5), "€ -0,05");
	assert_string_equal(dutch_euros(*state, 68768310), "€ 687.683,10");
	assert_string_equal(dutch_number(*state, 1763290), "1.763.290");
	assert_string_equal(dutch_number(*state, INT64_MIN), "-9.223.372.036.854.775.808");
	assert_string_equal(dutch_number(*state, 999), "999");
}

static void terms_are_told_in_working_days(void **state)
{
	int32_t friday = on(2026, 11, 20);
	assert_string_equal(dutch_due(*state, friday, friday, NULL), "vandaag");
	assert_string_equal(dutch_due(*state, friday, on(2026, 11, 24), NULL), "nog 2 werkdagen");
	assert_string_equal(dutch_due(*state, friday, on(2026, 11, 23), NULL), "nog 1 werkdag");
	assert_string_equal(dutch_due(*state, on(2026, 11, 23), friday, NULL), "1 werkdag te laat");
	assert_string_equal(dutch_due(*state, friday, on(2026, 11, 22), NULL), "nog 2 dagen");
	assert_string_equal(dutch_due(*state, on(2026, 11, 22), on(2026, 11, 21), NULL),
	                    "1 dag te laat");
}

static void iso_dates_are_written_and_read_exactly(void **state)
{
	int32_t day = 7;
	assert_string_equal(iso_date(*state, on(2026, 11, 21)), "2026-11-21");
	assert_string_equal(iso_moment(*state, ms_at_local(on(2026, 7, 1), 14, 5)),
	                    "2026-07-01T12:05:00Z");
	assert_string_equal(iso_moment(*state, -1), "1969-12-31T23:59:59Z");
	assert_true(iso_date_read("2026-11-21", &day));
	assert_int_equal(day, on(2026, 11, 21));
	const char *wrong[] = { "2026-11-31", "2026-1-21",  "21-11-2026", "2026-11-21 ",
		                "",           "2026/11/21", "+026-11-21" };
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_false(iso_date_read(wrong[i], &day));
	assert_int_equal(day, on(2026, 11, 21));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(dates_are_written_out, set_up, tear_down),
		cmocka_unit_test_setup_teardown(amounts_have_points_and_a_comma, set_up, tear_down),
		cmocka_unit_test_setup_teardown(terms_are_told_in_working_days, set_up, tear_down),
		cmocka_unit_test_setup_teardown(iso_dates_are_written_and_read_exactly, set_up,
		                                tear_down),
	};
	return cmocka_run_group_tests_name("dutch", tests, NULL, NULL);
}
