/* Civil days, Amsterdam time, Dutch holidays, working days. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include <cmocka.h>

#include "platform/core/calendar.h"

static int32_t on(int year, int month, int day)
{
	return day_from_civil((struct civil){ year, month, day });
}

static void days_and_dates_are_each_others_inverse(void **state)
{
	(void)state;
	assert_int_equal(on(1970, 1, 1), 0);
	assert_int_equal(on(2000, 3, 1), 11017);
	assert_int_equal(on(1969, 12, 31), -1);
	for (int32_t day = on(1, 1, 1); day <= on(9999, 12, 31); day += 13) {
		struct civil c = civil_from_day(day);
		assert_true(civil_valid(c));
		assert_int_equal(day_from_civil(c), day);
	}
}

static void dates_agree_with_the_c_library(void **state)
{
	(void)state;
	for (int32_t day = on(1900, 1, 1); day <= on(2100, 12, 31); day++) {
		time_t t = (time_t)day * 86400;
		struct tm tm;
		assert_non_null(gmtime_r(&t, &tm));
		struct civil c = civil_from_day(day);
		assert_int_equal(c.year, tm.tm_year + 1900);
		assert_int_equal(c.month, tm.tm_mon + 1);
		assert_int_equal(c.day, tm.tm_mday);
		assert_int_equal(weekday_of(day) % 7, tm.tm_wday);
	}
}

static void impossible_dates_are_refused(void **state)
{
	(void)state;
	const struct civil wrong[] = {
		{ 2026, 11, 31 }, { 2026, 2, 29 }, { 2100, 2, 29 }, { 2026, 13, 1 },
		{ 2026, 0, 1 },   { 2026, 1, 0 },  { 0, 1, 1 },     { 10000, 1, 1 },
	};
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_false(civil_valid(wrong[i]));
	assert_true(civil_valid((struct civil){ 2000, 2, 29 }));
}

static void a_year_after_leap_day_is_the_28th(void **state)
{
	(void)state;
	assert_int_equal(day_add_years(on(2024, 2, 29), 5), on(2029, 2, 28));
	assert_int_equal(day_add_years(on(2024, 2, 29), 4), on(2028, 2, 29));
	assert_int_equal(day_add_months(on(2026, 1, 31), 1), on(2026, 2, 28));
	assert_int_equal(day_add_months(on(2026, 1, 15), -13), on(2024, 12, 15));
}

static void age_counts_birthdays(void **state)
{
	(void)state;
	assert_int_equal(age_on(on(2008, 11, 22), on(2026, 11, 21)), 17);
	assert_int_equal(age_on(on(2008, 11, 22), on(2026, 11, 22)), 18);
	assert_int_equal(age_on(on(2030, 1, 1), on(2026, 11, 22)), 0);
}

static void amsterdam_time_agrees_with_the_time_zone_database(void **state)
{
	(void)state;
	assert_int_equal(setenv("TZ", "Europe/Amsterdam", 1), 0);
	tzset();
	time_t probe = 1751360400; /* 1 July 2025, 09.00 UTC */
	struct tm tm;
	assert_non_null(localtime_r(&probe, &tm));
	if (tm.tm_hour != 11)
		skip(); /* this machine has no time zone database */
	/* glibc's table ends in 2037 and goes on with the same rule */
	for (int64_t s = (int64_t)on(1996, 1, 1) * 86400; s < (int64_t)on(2100, 1, 1) * 86400;
	     s += 3571) {
		time_t t = (time_t)s;
		assert_non_null(localtime_r(&t, &tm));
		struct local_time l = local_from_ms(s * 1000);
		assert_int_equal(l.hour, tm.tm_hour);
		assert_int_equal(l.minute, tm.tm_min);
		assert_int_equal(civil_from_day(l.day).day, tm.tm_mday);
		assert_int_equal(l.offset_minutes * 60, tm.tm_gmtoff);
	}
}

static void the_clock_jumps_at_one_utc_on_the_last_sundays(void **state)
{
	(void)state;
	int64_t spring = (int64_t)on(2026, 3, 29) * 86400000 + 3600000;
	int64_t autumn = (int64_t)on(2026, 10, 25) * 86400000 + 3600000;
	assert_int_equal(local_from_ms(spring - 1).hour, 1);
	assert_int_equal(local_from_ms(spring).hour, 3);
	assert_int_equal(local_from_ms(autumn - 1).hour, 2);
	assert_int_equal(local_from_ms(autumn).hour, 2);
	assert_int_equal(local_from_ms(-1).second, 59);
}

static void every_day_starts_at_its_own_midnight(void **state)
{
	(void)state;
	for (int32_t day = on(2025, 1, 1); day < on(2029, 1, 1); day++) {
		int64_t start = ms_at_day_start(day);
		assert_int_equal(local_day(start), day);
		assert_int_equal(local_day(start - 1), day - 1);
		struct local_time noon = local_from_ms(ms_at_local(day, 12, 34));
		assert_int_equal(noon.hour, 12);
		assert_int_equal(noon.minute, 34);
	}
	/* the skipped hour moves on */
	assert_int_equal(local_from_ms(ms_at_local(on(2026, 3, 29), 2, 30)).hour, 3);
	assert_int_equal(local_from_ms(ms_at_local(on(2026, 10, 25), 2, 30)).offset_minutes, 120);
}

static void easter_falls_where_the_church_says(void **state)
{
	(void)state;
	assert_int_equal(easter_sunday(2000), on(2000, 4, 23));
	assert_int_equal(easter_sunday(2024), on(2024, 3, 31));
	assert_int_equal(easter_sunday(2025), on(2025, 4, 20));
	assert_int_equal(easter_sunday(2026), on(2026, 4, 5));
	assert_int_equal(easter_sunday(2027), on(2027, 3, 28));
	assert_int_equal(easter_sunday(2038), on(2038, 4, 25));
	assert_int_equal(easter_sunday(1818), on(1818, 3, 22));
}

static void holidays_have_their_names(void **state)
{
	(void)state;
	assert_string_equal(holiday_name(on(2026, 4, 3)), "Goede Vrijdag");
	assert_string_equal(holiday_name(on(2026, 4, 6)), "Tweede Paasdag");
	assert_string_equal(holiday_name(on(2026, 4, 27)), "Koningsdag");
	assert_string_equal(holiday_name(on(2025, 4, 26)), "Koningsdag");
	assert_null(holiday_name(on(2025, 4, 27)));
	assert_string_equal(holiday_name(on(2013, 4, 30)), "Koninginnedag");
	assert_string_equal(holiday_name(on(2026, 5, 14)), "Hemelvaartsdag");
	assert_string_equal(holiday_name(on(2026, 5, 25)), "Tweede Pinksterdag");
	assert_null(holiday_name(on(2026, 11, 21)));
}

static void holidays_and_weekends_are_no_working_days(void **state)
{
	(void)state;
	assert_true(is_working_day(on(2026, 11, 20), NULL));
	assert_false(is_working_day(on(2026, 11, 21), NULL));
	assert_false(is_working_day(on(2026, 4, 3), NULL));
	assert_false(is_working_day(on(2026, 5, 5), NULL));

	const int32_t closed[] = { on(2026, 5, 15) };
	const struct office_days office = {
		.liberation_day_lustrum = true,
		.good_friday_worked = true,
		.closed = closed,
		.closed_count = 1,
	};
	assert_true(is_working_day(on(2026, 5, 5), &office));
	assert_false(is_working_day(on(2025, 5, 5), &office));
	assert_true(is_working_day(on(2026, 4, 3), &office));
	assert_false(is_working_day(on(2026, 5, 15), &office));
}

static void terms_count_working_days_only(void **state)
{
	(void)state;
	assert_int_equal(working_days_add(on(2026, 11, 20), 1, NULL), on(2026, 11, 23));
	assert_int_equal(working_days_add(on(2026, 12, 24), 5, NULL), on(2027, 1, 4));
	assert_int_equal(working_days_add(on(2026, 11, 23), -1, NULL), on(2026, 11, 20));
	assert_int_equal(working_days_add(on(2026, 11, 21), 0, NULL), on(2026, 11, 21));
	assert_int_equal(working_days_between(on(2026, 11, 20), on(2026, 11, 23), NULL), 1);
	assert_int_equal(working_days_between(on(2026, 11, 23), on(2026, 11, 20), NULL), -1);
	assert_int_equal(working_days_between(on(2026, 11, 20), on(2026, 11, 22), NULL), 0);
	for (int count = 1; count < 300; count++) {
		int32_t due = working_days_add(on(2026, 1, 1), count, NULL);
		assert_int_equal(working_days_between(on(2026, 1, 1), due, NULL), count);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_and_dates_are_each_others_inverse),
		cmocka_unit_test(dates_agree_with_the_c_library),
		cmocka_unit_test(impossible_dates_are_refused),
		cmocka_unit_test(a_year_after_leap_day_is_the_28th),
		cmocka_unit_test(age_counts_birthdays),
		cmocka_unit_test(amsterdam_time_agrees_with_the_time_zone_database),
		cmocka_unit_test(the_clock_jumps_at_one_utc_on_the_last_sundays),
		cmocka_unit_test(every_day_starts_at_its_own_midnight),
		cmocka_unit_test(easter_falls_where_the_church_says),
		cmocka_unit_test(holidays_have_their_names),
		cmocka_unit_test(holidays_and_weekends_are_no_working_days),
		cmocka_unit_test(terms_count_working_days_only),
	};
	return cmocka_run_group_tests_name("calendar", tests, NULL, NULL);
}
