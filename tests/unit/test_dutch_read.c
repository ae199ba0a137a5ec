/* Days and amounts as people type them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "platform/core/dutch.h"

static void days_are_read_in_every_usual_form(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		struct civil c;
	} rows[] = {
		{ "2026-03-01", { 2026, 3, 1 } }, { "1-3-26", { 2026, 3, 1 } },
		{ "01-03-2026", { 2026, 3, 1 } }, { "1/3/2026", { 2026, 3, 1 } },
		{ "1.3.2026", { 2026, 3, 1 } },   { "1 maart 2026", { 2026, 3, 1 } },
		{ "1 Mrt. 26", { 2026, 3, 1 } },  { "1 maa 2026", { 2026, 3, 1 } },
		{ "1-mrt-2026", { 2026, 3, 1 } }, { " 21 november 2026 ", { 2026, 11, 21 } },
		{ "29-2-2024", { 2024, 2, 29 } }, { "1-1-50", { 1950, 1, 1 } },
		{ "31-12-49", { 2049, 12, 31 } }, { "1 - 3 - 2026", { 2026, 3, 1 } },
		{ "1maart2026", { 2026, 3, 1 } },
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		int32_t day = 0;
		if (!dutch_day_read(rows[i].text, &day) || day != day_from_civil(rows[i].c))
			fail_msg("%s", rows[i].text);
	}
}

static void what_is_no_day_is_refused(void **state)
{
	(void)state;
	static const char *const rows[] = {
		"",          "1",         "1-3",           "31-2-2026", "29-2-2025",
		"0-1-2026",  "1-13-2026", "1-3-226",       "1-3-20266", "2026-3-1",
		"1-3-2026x", "1 ma 2026", "1 maartt 2026", "001-3-26",  "32-1-2026",
		"1--3-2026", "vandaag",   "1-3-0000",      "-1-3-2026",
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		int32_t day = 77;
		if (dutch_day_read(rows[i], &day) || day != 77)
			fail_msg("%s", rows[i]);
	}
}

/* Tuesday 24 November 2026. */
static const struct civil A_TUESDAY = { 2026, 11, 24 };

static void who_knows_the_day_needs_no_year(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		struct civil last, next;
	} rows[] = {
		{ "1 maart", { 2026, 3, 1 }, { 2027, 3, 1 } },
		{ " 1-3 ", { 2026, 3, 1 }, { 2027, 3, 1 } },
		{ "25 november", { 2025, 11, 25 }, { 2026, 11, 25 } },
		{ "24 nov.", { 2026, 11, 24 }, { 2026, 11, 24 } },
		{ "24/11", { 2026, 11, 24 }, { 2026, 11, 24 } },
		{ "23-nov", { 2026, 11, 23 }, { 2027, 11, 23 } },
		{ "31 december", { 2025, 12, 31 }, { 2026, 12, 31 } },
		{ "1 maart 2024", { 2024, 3, 1 }, { 2024, 3, 1 } },
		{ "2026-03-01", { 2026, 3, 1 }, { 2026, 3, 1 } },
		{ "vandaag", { 2026, 11, 24 }, { 2026, 11, 24 } },
		{ "Gisteren", { 2026, 11, 23 }, { 2026, 11, 23 } },
		{ "eergisteren ", { 2026, 11, 22 }, { 2026, 11, 22 } },
		{ "morgen", { 2026, 11, 25 }, { 2026, 11, 25 } },
		{ "overmorgen", { 2026, 11, 26 }, { 2026, 11, 26 } },
		{ "zaterdag 21 november 2026", { 2026, 11, 21 }, { 2026, 11, 21 } },
		{ "wo. 25-11-2026", { 2026, 11, 25 }, { 2026, 11, 25 } },
	};
	const int32_t today = day_from_civil(A_TUESDAY);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		int32_t last = 0, next = 0;
		if (!dutch_day_read_on(rows[i].text, today, false, &last) ||
		    !dutch_day_read_on(rows[i].text, today, true, &next) ||
		    last != day_from_civil(rows[i].last) || next != day_from_civil(rows[i].next))
			fail_msg("%s", rows[i].text);
	}
}

static void what_is_no_day_is_none_on_any_day(void **state)
{
	(void)state;
	static const char *const rows[] = {
		"",
		"1",
		"maart",
		"31-2",
		"1-13",
		"0-3",
		"29 februari",
		"1-3-",
		"1 maart x",
		"vandaag 1",
		"ma",
		"morgenavond",
		"vrijdag 21 november 2026",
		"za",
		"1--3",
		"1 ma",
		"maandag",
		"32 mei",
	};
	const int32_t today = day_from_civil(A_TUESDAY);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		for (int to_come = 0; to_come < 2; to_come++) {
			int32_t day = 77;
			if (dutch_day_read_on(rows[i], today, to_come != 0, &day) || day != 77)
				fail_msg("%s", rows[i]);
		}
}

static void amounts_are_read_in_every_usual_form(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int64_t cents;
	} rows[] = {
		{ "1.234,56", 123456 },
		{ "1234,56", 123456 },
		{ "1234", 123400 },
		{ "1.234", 123400 },
		{ "12.50", 1250 },
		{ "€ 5,-", 500 },
		{ "€5,--", 500 },
		{ "-0,05", -5 },
		{ "€ -12", -1200 },
		{ "- € 12", -1200 },
		{ "0", 0 },
		{ "1.234.567", 123456700 },
		{ "999999999999999,99", INT64_C(99999999999999999) },
		{ " 7 ", 700 },
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		int64_t cents = 0;
		if (!dutch_euros_read(rows[i].text, &cents) || cents != rows[i].cents)
			fail_msg("%s", rows[i].text);
	}
}

static void what_is_no_amount_is_refused(void **state)
{
	(void)state;
	static const char *const rows[] = {
		"",      "-",      "€",         "1,5",
		"1,234", "1.23.4", "12345.678", "1.234,5",
		"1,2,3", "1..234", ".50",       ",50",
		"1e5",   "1 234",  "--5",       "1000000000000000",
		"1.5",   "5€",     "1234.567",  "1.2345",
		"0x10",
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		int64_t cents = 77;
		if (dutch_euros_read(rows[i], &cents) || cents != 77)
			fail_msg("%s", rows[i]);
	}
}

static void what_is_written_is_read_back(void **state)
{
	(void)state;
	struct arena a;
	arena_init(&a, (size_t)32 * 1024 * 1024);
	for (int32_t day = -7305; day < 29000; day += 13) {
		int32_t back = 0;
		assert_true(dutch_day_read(dutch_date(&a, day), &back) && back == day);
		assert_true(dutch_day_read(iso_date(&a, day), &back) && back == day);
	}
	for (int64_t cents = -123456789; cents < 123456789; cents += 1234577) {
		int64_t back = 0;
		assert_true(dutch_euros_read(dutch_euros(&a, cents), &back) && back == cents);
	}
	arena_reset(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_are_read_in_every_usual_form),
		cmocka_unit_test(what_is_no_day_is_refused),
		cmocka_unit_test(who_knows_the_day_needs_no_year),
		cmocka_unit_test(what_is_no_day_is_none_on_any_day),
		cmocka_unit_test(amounts_are_read_in_every_usual_form),
		cmocka_unit_test(what_is_no_amount_is_refused),
		cmocka_unit_test(what_is_written_is_read_back),
	};
	return cmocka_run_group_tests_name("dutch_read", tests, NULL, NULL);
}
