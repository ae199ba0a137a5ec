#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "partners/reference.h"

enum { WHOLE_COUNTRY = -1 };

static int existing(int32_t day, int region)
{
	size_t count;
	const struct reference_municipality *rows = reference_municipalities(&count);
	int found = 0;
	for (size_t i = 0; i < count; i++)
		found += reference_exists_on(&rows[i], day) &&
		         (region == WHOLE_COUNTRY || (int)rows[i].region == region);
	return found;
}

static const struct reference_municipality *by_code(const char *code)
{
	size_t count;
	const struct reference_municipality *rows = reference_municipalities(&count);
	for (size_t i = 0; i < count; i++)
		if (strcmp(rows[i].cbs_code, code) == 0)
			return &rows[i];
	return NULL;
}

/* The country's published totals: a merger forgotten or dated wrong breaks one of them. */
static void the_number_of_municipalities_is_right_in_every_year(void **state)
{
	static const struct {
		int32_t day;
		int count;
	} YEARS[] = {
		{ 20080101, 443 }, { 20090101, 441 }, { 20100101, 431 }, { 20100318, 430 },
		{ 20110101, 418 }, { 20120101, 415 }, { 20130101, 408 }, { 20140101, 403 },
		{ 20150101, 393 }, { 20160101, 390 }, { 20170101, 388 }, { 20180101, 380 },
		{ 20190101, 355 }, { 20200101, 355 }, { 20210101, 352 }, { 20220101, 345 },
		{ 20220323, 345 }, { 20220324, 344 }, { 20221231, 344 }, { 20230101, 342 },
	};
	(void)state;
	for (size_t i = 0; i < sizeof YEARS / sizeof YEARS[0]; i++)
		assert_int_equal(existing(YEARS[i].day, WHOLE_COUNTRY), YEARS[i].count);
}

/* D 3.13: 33 in 2015 (plan of 2014), 32 in 2017, 23 today; 25 in between. */
static void the_region_of_the_seeds_shrinks_from_33_to_23(void **state)
{
	(void)state;
	assert_int_equal(existing(20141231, REFERENCE_REGION_ROTTERDAM), 33);
	assert_int_equal(existing(20170101, REFERENCE_REGION_ROTTERDAM), 32);
	assert_int_equal(existing(20190101, REFERENCE_REGION_ROTTERDAM), 25);
	assert_int_equal(existing(20230101, REFERENCE_REGION_ROTTERDAM), 23);
}

static void codes_ascend_and_none_is_given_out_twice(void **state)
{
	size_t count;
	const struct reference_municipality *rows = reference_municipalities(&count);
	(void)state;
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(strlen(rows[i].cbs_code), 4);
		if (i > 0)
			assert_true(strcmp(rows[i - 1].cbs_code, rows[i].cbs_code) < 0);
	}
}

static void a_municipality_that_ended_has_a_successor_from_the_next_day(void **state)
{
	size_t count;
	const struct reference_municipality *rows = reference_municipalities(&count);
	(void)state;
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(rows[i].until != 0, rows[i].successor != NULL);
		if (rows[i].successor == NULL)
			continue;
		const struct reference_municipality *next = by_code(rows[i].successor);
		if (next == NULL) {
			fail_msg("%s has no row", rows[i].successor);
			continue;
		}
		const int32_t first = reference_day(rows[i].until) + 1;
		assert_true(reference_day(next->from) <= first);
		assert_true(next->until == 0 || reference_day(next->until) >= first);
	}
}

static void every_existing_municipality_has_a_name_of_its_own(void **state)
{
	size_t count;
	const struct reference_municipality *rows = reference_municipalities(&count);
	(void)state;
	for (size_t i = 0; i < count; i++)
		for (size_t j = i + 1; j < count; j++)
			if (rows[i].until == 0 && rows[j].until == 0)
				assert_string_not_equal(rows[i].name, rows[j].name);
}

static void every_region_has_a_province_and_can_be_found_by_its_code(void **state)
{
	size_t count;
	const struct reference_province *provinces = reference_provinces(&count);
	uint16_t covered = 0;
	(void)state;
	assert_int_equal(count, 12);
	for (size_t i = 0; i < count; i++)
		covered |= provinces[i].regions;
	assert_int_equal(covered, (1u << REFERENCE_REGION_COUNT) - 1);
	for (unsigned id = 0; id < REFERENCE_REGION_COUNT; id++) {
		const struct reference_region *region = reference_region(id);
		assert_ptr_equal(reference_region_named(region->code), region);
	}
	assert_null(reference_region_named("DELTALAND"));
}

static void every_letter_of_the_law_has_a_partner_province_or_municipality(void **state)
{
	size_t count;
	const struct reference_partner *partners = reference_partners(&count);
	law_letters seen = LAW_LETTER_BIT(LETTER_MAYOR) | LAW_LETTER_BIT(LETTER_EXECUTIVE) |
	                   LAW_LETTER_BIT(LETTER_PROVINCE);
	(void)state;
	for (size_t i = 0; i < count; i++) {
		assert_false(law_letters_have(seen, partners[i].letter));
		seen |= LAW_LETTER_BIT(partners[i].letter);
	}
	assert_int_equal(seen, LAW_LETTERS_ALL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_number_of_municipalities_is_right_in_every_year),
		cmocka_unit_test(the_region_of_the_seeds_shrinks_from_33_to_23),
		cmocka_unit_test(codes_ascend_and_none_is_given_out_twice),
		cmocka_unit_test(a_municipality_that_ended_has_a_successor_from_the_next_day),
		cmocka_unit_test(every_existing_municipality_has_a_name_of_its_own),
		cmocka_unit_test(every_region_has_a_province_and_can_be_found_by_its_code),
		cmocka_unit_test(every_letter_of_the_law_has_a_partner_province_or_municipality),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
