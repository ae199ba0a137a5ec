/* Texts, dates, numbers and names as the matching engine reads them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "matching/dates.h"
#include "matching/distance.h"
#include "matching/fold.h"
#include "matching/identifiers.h"
#include "matching/names.h"

static void spelling_in_any_script_folds_to_plain_letters(void **state)
{
	(void)state;
	static const struct {
		enum fold_style style;
		const char *from, *to;
	} ROWS[] = {
		{ FOLD_NAME, "Yılmaz", "yilmaz" },
		{ FOLD_NAME, "d'Hondt", "dhondt" },
		{ FOLD_NAME, "Vrie5", "vries" },
		{ FOLD_NAME, "  Ĳsbrand--Jan ", "ijsbrand jan" },
		{ FOLD_NAME, "Łukasz", "lukasz" },
		{ FOLD_NAME, "Алексей", "aleksej" },
		{ FOLD_NAME, "\xe2\x80\xaeJansen\xe2\x80\xac", "jansen" },
		{ FOLD_NAME, "Jan 😀", "jan" },
		{ FOLD_CODE, "nl 91-ABNA.04", "nl91abna04" },
		{ FOLD_TEXT, "3e Straat", "3e straat" },
		{ FOLD_TEXT, "", "" },
	};
	struct name_folder f = { 0 };
	char folded[FOLD_MAX_BYTES + 1];

	for (size_t i = 0; i < sizeof(ROWS) / sizeof(ROWS[0]); i++) {
		int n = fold(&f, ROWS[i].style, ROWS[i].from, strlen(ROWS[i].from), folded);
		assert_int_equal(n, strlen(ROWS[i].to));
		assert_string_equal(folded, ROWS[i].to);
	}
	assert_int_equal(fold(&f, FOLD_NAME, "\xff", 1, folded), -1);
	name_folder_free(&f);
}

static void a_name_of_ten_thousand_letters_is_cut_off(void **state)
{
	(void)state;
	static char text[10000];
	struct name_folder f = { 0 };
	char folded[FOLD_MAX_BYTES + 1];

	memset(text, 'A', sizeof(text));
	assert_int_equal(fold(&f, FOLD_NAME, text, sizeof(text), folded), FOLD_MAX_BYTES);
	for (size_t i = 0; i < sizeof(text); i += 2)
		memcpy(text + i, "\xd0\x96", 2);
	assert_true(fold(&f, FOLD_NAME, text, sizeof(text), folded) > 0);
	name_folder_free(&f);
}

static void names_that_sound_alike_have_one_skeleton(void **state)
{
	(void)state;
	static const char *const PAIRS[][2] = {
		{ "yilmaz", "jilmas" }, { "meijer", "meyer" },  { "janssen", "jansen" },
		{ "visser", "fiser" },  { "thijs", "tijs" },    { "schmidt", "schmit" },
		{ "kok", "cock" },      { "youssef", "jusuf" }, { "boudewijn", "boudewin" },
	};
	char a[PHONETIC_MAX_BYTES + 1], b[PHONETIC_MAX_BYTES + 1];

	for (size_t i = 0; i < sizeof(PAIRS) / sizeof(PAIRS[0]); i++) {
		(void)name_phonetic(PAIRS[i][0], (int)strlen(PAIRS[i][0]), a);
		(void)name_phonetic(PAIRS[i][1], (int)strlen(PAIRS[i][1]), b);
		assert_string_equal(a, b);
	}
	(void)name_phonetic("bakker", 6, a);
	(void)name_phonetic("jansen", 6, b);
	assert_string_not_equal(a, b);
	assert_int_equal(name_particle_bytes("van der berg", 12), 8);
	assert_int_equal(name_particle_bytes("de", 2), 0);
}

static void dates_are_read_in_every_common_order(void **state)
{
	(void)state;
	uint32_t wanted = date_pack(1977, 12, 28);
	static const char *const SAME[] = { "1977-12-28", "28-12-1977", "28/12/1977",
		                            "28.12.77",   "19771228",   "1977-12-28T00:00:00" };

	for (size_t i = 0; i < sizeof(SAME) / sizeof(SAME[0]); i++)
		assert_int_equal(date_parse(SAME[i], strlen(SAME[i])), wanted);
	assert_int_equal(date_parse("1977-00-00", 10), date_pack(1977, 0, 0));
	assert_int_equal(date_parse("0001-01-01", 10), date_pack(1, 1, 1));
	assert_int_equal(date_parse("9999-12-31", 10), date_pack(9999, 12, 31));
	assert_int_equal(date_parse("onbekend", 8), 0);
	assert_int_equal(date_parse("1977-13-32", 10), date_pack(1977, 0, 0));
	assert_int_equal(date_parse("1977-12-45", 10), date_pack(1977, 12, 0));
}

static void dates_that_differ_are_graded(void **state)
{
	(void)state;
	static const struct {
		uint32_t a[3], b[3];
		enum date_level level;
	} ROWS[] = {
		{ { 1977, 12, 28 }, { 1977, 12, 28 }, DATE_SAME },
		{ { 1977, 1, 1 }, { 1977, 1, 1 }, DATE_DEFAULT },
		{ { 1977, 12, 28 }, { 1977, 1, 1 }, DATE_HALF },
		{ { 1977, 0, 0 }, { 1977, 3, 4 }, DATE_HALF },
		{ { 1977, 4, 11 }, { 1977, 11, 4 }, DATE_ONE_SLIP },
		{ { 1977, 12, 28 }, { 1979, 12, 28 }, DATE_ONE_SLIP },
		{ { 1967, 12, 28 }, { 1976, 12, 28 }, DATE_ONE_SLIP },
		{ { 1977, 12, 28 }, { 1978, 12, 27 }, DATE_NEAR },
		{ { 1977, 12, 28 }, { 1977, 3, 5 }, DATE_SAME_YEAR },
		{ { 1977, 12, 28 }, { 1950, 3, 5 }, DATE_DIFFERENT },
	};

	for (size_t i = 0; i < sizeof(ROWS) / sizeof(ROWS[0]); i++) {
		uint32_t a = date_pack(ROWS[i].a[0], ROWS[i].a[1], ROWS[i].a[2]);
		uint32_t b = date_pack(ROWS[i].b[0], ROWS[i].b[1], ROWS[i].b[2]);
		assert_int_equal(date_compare(a, b), ROWS[i].level);
		assert_int_equal(date_compare(b, a), ROWS[i].level);
		assert_int_equal(date_compare(a, 0), DATE_MISSING);
	}
}

static void numbers_come_to_one_form(void **state)
{
	(void)state;
	uint32_t phone = phone_parse("06-12345678", 11);

	assert_int_equal(phone, 612345678);
	assert_int_equal(phone_parse("+31 6 12345678", 14), phone);
	assert_int_equal(phone_parse("0031612345678", 13), phone);
	assert_int_equal(phone_parse("+31 (0)6 12345678", 17), phone);
	assert_true(phone_parse("+48 601 234 567", 15) >> 31);
	assert_int_equal(phone_parse("12", 2), 0);
	assert_int_equal(postcode_parse("4298 SM", 7), postcode_parse("4298sm", 6));
	assert_int_equal(postcode_parse("393 VB", 6), 0);
	assert_true(postcode_one_slip(postcode_parse("4298SM", 6), postcode_parse("4298SN", 6)));
	assert_false(postcode_one_slip(postcode_parse("4298SM", 6), postcode_parse("1234AB", 6)));
	assert_true(digits_one_slip(612345678, 612345687));
	assert_false(digits_one_slip(612345678, 612345679 + 10));
	assert_true(bsn_is_valid(999990019));
	assert_false(bsn_is_valid(999990018));
	assert_false(bsn_is_valid(111111111));
	assert_true(iban_is_valid("NL91ABNA0417164300", 18));
	assert_false(iban_is_valid("NL92ABNA0417164300", 18));
}

/* The textbook table, for comparison with the bit-parallel one. */
static int plain_osa(const char *a, int m, const char *b, int n)
{
	int d[34][34];

	for (int i = 0; i <= m; i++)
		for (int j = 0; j <= n; j++) {
			if (i == 0 || j == 0) {
				d[i][j] = i + j;
				continue;
			}
			int same = a[i - 1] != b[j - 1];
			int best = d[i - 1][j - 1] + same;
			best = d[i - 1][j] + 1 < best ? d[i - 1][j] + 1 : best;
			best = d[i][j - 1] + 1 < best ? d[i][j - 1] + 1 : best;
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
			    d[i - 2][j - 2] + 1 < best)
				best = d[i - 2][j - 2] + 1;
			d[i][j] = best;
		}
	return d[m][n];
}

static void the_bit_parallel_distance_equals_the_textbook_one(void **state)
{
	(void)state;
	uint64_t seed = 7;

	for (int round = 0; round < 20000; round++) {
		char word[2][32];
		int length[2];
		for (int k = 0; k < 2; k++) {
			seed = seed * 6364136223846793005u + 1442695040888963407u;
			length[k] = (int)(seed >> 40) % 13;
			for (int i = 0; i < length[k]; i++)
				word[k][i] = (char)('a' + (seed >> (3 * i + 5)) % 4);
		}
		int distance = distance_osa(word[0], length[0], word[1], length[1]);
		assert_int_equal(distance, plain_osa(word[0], length[0], word[1], length[1]));
		double ab = similarity_jaro_winkler(word[0], length[0], word[1], length[1]);
		double ba = similarity_jaro_winkler(word[1], length[1], word[0], length[0]);
		assert_true(ab == ba && ab >= 0 && ab <= 1);
		assert_true((distance == 0) == (ab == 1));
	}
	assert_float_equal(similarity_jaro_winkler("martha", 6, "marhta", 6), 0.9611, 1e-4);
	assert_float_equal(similarity_jaro_winkler("dixon", 5, "dicksonx", 8), 0.8133, 1e-4);
}

static void nicknames_meet_in_a_row(void **state)
{
	(void)state;
	static struct nicknames n;
	uint16_t jan[NICKNAME_ROWS_PER_NAME], johannes[NICKNAME_ROWS_PER_NAME];

	nicknames_init(&n);
	nicknames_rows(&n, "jan", 3, jan);
	nicknames_rows(&n, "johannes", 8, johannes);
	assert_int_not_equal(jan[0], 0);
	assert_int_equal(jan[0], johannes[0]);
	nicknames_rows(&n, "qwxyz", 5, jan);
	assert_int_equal(jan[0], 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(spelling_in_any_script_folds_to_plain_letters),
		cmocka_unit_test(a_name_of_ten_thousand_letters_is_cut_off),
		cmocka_unit_test(names_that_sound_alike_have_one_skeleton),
		cmocka_unit_test(dates_are_read_in_every_common_order),
		cmocka_unit_test(dates_that_differ_are_graded),
		cmocka_unit_test(numbers_come_to_one_form),
		cmocka_unit_test(the_bit_parallel_distance_equals_the_textbook_one),
		cmocka_unit_test(nicknames_meet_in_a_row),
	};
	return cmocka_run_group_tests_name("match_values", tests, NULL, NULL);
}
