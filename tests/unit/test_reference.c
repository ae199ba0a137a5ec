/* The names that people see: not countable, not mistakable. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <stdlib.h>

#include "platform/crypto/reference.h"

static const struct mac_key KEY = { { 9, 8, 7 } };

static void every_counter_has_a_place_of_its_own(void **state)
{
	(void)state;
	enum { STEP = 37, SEEN = REFERENCE_PLACES / STEP };
	uint8_t *taken = calloc(REFERENCE_PLACES, 1);

	assert_non_null(taken);
	for (uint32_t i = 0; i < SEEN; i++) {
		const struct reference r = reference_of(&KEY, "S", 2026, i * STEP);
		assert_int_equal(taken[r.place], 0);
		taken[r.place] = 1;
		assert_int_equal(reference_counter(&KEY, &r), i * STEP);
	}
	free(taken);
}

static void neighbours_look_unrelated(void **state)
{
	(void)state;
	int close = 0;
	for (uint32_t i = 0; i < 1000; i++) {
		const struct reference a = reference_of(&KEY, "S", 2026, i),
				       b = reference_of(&KEY, "S", 2026, i + 1);
		close += abs((int)a.place - (int)b.place) < 1000;
	}
	assert_true(close < 20); /* about two by chance */
}

static void kind_year_and_key_each_give_another_order(void **state)
{
	(void)state;
	const struct mac_key other = { { 1 } };
	const struct reference r = reference_of(&KEY, "S", 2026, 5);

	assert_int_not_equal(r.place, reference_of(&KEY, "C", 2026, 5).place);
	assert_int_not_equal(r.place, reference_of(&KEY, "S", 2027, 5).place);
	assert_int_not_equal(r.place, reference_of(&other, "S", 2026, 5).place);
}

static void what_is_written_reads_back(void **state)
{
	(void)state;
	for (uint32_t i = 0; i < 2000; i++) {
		const struct reference r =
		    reference_of(&KEY, i % 2 == 0 ? "S" : "IV", 2026, i * 523);
		struct reference back;
		char text[REFERENCE_TEXT_BYTES];
		reference_text(&r, text);
		assert_int_equal(reference_parse(text, &back), REFERENCE_READ);
		assert_memory_equal(r.kind, back.kind, sizeof r.kind);
		assert_int_equal(r.year, back.year);
		assert_int_equal(r.place, back.place);
	}
}

static void every_single_wrong_character_and_every_swap_is_found(void **state)
{
	(void)state;
	static const char ANY[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
	const struct reference r = reference_of(&KEY, "S", 2026, 4242);
	struct reference back;
	char right[REFERENCE_TEXT_BYTES], wrong[REFERENCE_TEXT_BYTES];

	reference_text(&r, right);
	for (size_t at = 0; right[at] != '\0'; at++) {
		for (const char *c = ANY; right[at] != '-' && *c != '\0'; c++) {
			memcpy(wrong, right, sizeof wrong);
			wrong[at] = *c;
			if (*c != right[at])
				assert_int_not_equal(reference_parse(wrong, &back), REFERENCE_READ);
		}
		for (size_t other = at + 1; right[other] != '\0'; other++) {
			if (right[at] == '-' || right[other] == '-' || right[at] == right[other])
				continue;
			memcpy(wrong, right, sizeof wrong);
			wrong[at] = right[other];
			wrong[other] = right[at];
			assert_int_not_equal(reference_parse(wrong, &back), REFERENCE_READ);
		}
	}
}

static void people_may_write_it_in_their_own_way(void **state)
{
	(void)state;
	struct reference want = { .kind = "S", .year = 2026, .place = 0 }, got;
	char text[REFERENCE_TEXT_BYTES], loose[40];

	reference_text(&want, text); /* S-2026-0000x */
	(void)snprintf(loose, sizeof loose, " s 2o26 OoO0%c ", text[11]);
	assert_int_equal(reference_parse(loose, &got), REFERENCE_READ);
	assert_memory_equal(&want, &got, sizeof want);
}

static void what_is_no_reference_is_told_from_a_slip(void **state)
{
	(void)state;
	static const char *const NONE[] = { "",
		                            "S",
		                            "Jansen",
		                            "2026-7K3QF",
		                            "S-26-7K3QF",
		                            "SIV-2026-7K3QF",
		                            "S-1026-7K3QF",
		                            "S-2026-7K3QFFF",
		                            "S_2026_7K3QF",
		                            "\xc3\xa9-2026-7K3QF" };
	struct reference r = reference_of(&KEY, "S", 2026, 1), got;
	char text[REFERENCE_TEXT_BYTES];

	for (size_t i = 0; i < sizeof NONE / sizeof NONE[0]; i++)
		assert_int_equal(reference_parse(NONE[i], &got), REFERENCE_NO_SHAPE);
	reference_text(&r, text);
	text[11] = text[11] == 'A' ? 'B' : 'A';
	assert_int_equal(reference_parse(text, &got), REFERENCE_MISTYPED);
	text[10] = 'U';
	assert_int_equal(reference_parse(text, &got), REFERENCE_MISTYPED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_counter_has_a_place_of_its_own),
		cmocka_unit_test(neighbours_look_unrelated),
		cmocka_unit_test(kind_year_and_key_each_give_another_order),
		cmocka_unit_test(what_is_written_reads_back),
		cmocka_unit_test(every_single_wrong_character_and_every_swap_is_found),
		cmocka_unit_test(people_may_write_it_in_their_own_way),
		cmocka_unit_test(what_is_no_reference_is_told_from_a_slip),
	};
	return cmocka_run_group_tests_name("reference", tests, NULL, NULL);
}
