/* What people hand in: a sentence with row and column before the work starts, or a run that ends. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "matching/dedupe.h"
#include "matching/encode.h"
#include "platform/core/clock.h"

#define HEAD "id,given_names,family_name,birth_date,postcode,house_number\n"

/* What became of a file. */
struct run {
	enum status status;
	struct error error;
	uint32_t records;
	uint64_t candidates;
	size_t pairs, columns;
};

static struct run run_bytes(const char *bytes, size_t size, const char *model,
                            const struct field_map *map)
{
	char path[] = "/tmp/test-match-bad-XXXXXX";
	struct encode_options how = { .threads = 2 };
	struct dedupe_options options = { .threads = 2, .frozen = true };
	struct records r = { .count = 0 };
	struct dedupe_result d = { .candidates = 0 };
	struct run run = { .status = OK };
	struct csv_file file;
	struct model m;

	const int fd = mkstemp(path);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes, size), size);
	(void)close(fd);
	if (map != NULL)
		how.map = *map;
	run.status = model == NULL ? model_ready("persons", &m, &run.error)
	                           : model_parse(model, strlen(model), &m, &run.error);
	if (run.status == OK)
		run.status = csv_open(&file, path, &run.error);
	if (run.status == OK) {
		run.columns = file.column_count;
		run.status = encode_file(&file, &m, &how, &r, &run.error);
		csv_close(&file);
	}
	if (run.status == OK)
		run.status = dedupe(&r, &options, &d, &run.error);
	run.records = r.count;
	run.candidates = d.candidates;
	run.pairs = d.pair_count;
	dedupe_result_free(&d);
	records_free(&r);
	(void)unlink(path);
	return run;
}

static struct run run_text(const char *text)
{
	return run_bytes(text, strlen(text), NULL, NULL);
}

static void assert_refused(struct run run, const char *sentence)
{
	assert_int_not_equal(run.status, OK);
	if (strstr(run.error.message, sentence) == NULL)
		fail_msg("'%s' doesn't say '%s'", run.error.message, sentence);
}

static void assert_found(struct run run, uint32_t records, size_t pairs)
{
	if (run.status != OK)
		fail_msg("%s", run.error.message);
	assert_int_equal(run.records, records);
	assert_int_equal(run.pairs, pairs);
}

static void a_ragged_row_is_named(void **state)
{
	(void)state;
	assert_refused(run_text(HEAD "1,a,b,2000-01-01,1234AB,1\n2,a,b\n"), "Rij 3");
	assert_refused(run_text(HEAD "1,a,b,2000-01-01,1234AB,1,x\n"), "Rij 2, kolom 7");
}

static void a_quote_in_the_middle_and_one_that_never_closes_are_named(void **state)
{
	(void)state;
	assert_refused(run_text(HEAD "1,a\"a,b,2000-01-01,1234AB,1\n"), "Rij 2, kolom 2");
	assert_refused(run_text(HEAD "1,\"a,b,2000-01-01,1234AB,1\n2,a,b,,,\n"), "Rij 2, kolom 2");
	assert_found(run_text(HEAD "1,\"a \"\"b\"\"\nc\",b,2000-01-01,1234AB,1\n"), 1, 0);
}

static void a_zero_byte_is_named(void **state)
{
	(void)state;
	static const char TEXT[] = HEAD "1,a\0a,b,2000-01-01,1234AB,1\n";

	assert_refused(run_bytes(TEXT, sizeof TEXT - 1, NULL, NULL), "Rij 2, kolom 2");
}

static void a_line_without_end_is_refused_before_it_is_read(void **state)
{
	(void)state;
	enum { LINE = 64 << 20 };
	char *text = malloc(LINE);
	const int64_t began = clock_thread_ns();

	assert_non_null(text);
	memset(text, 'a', LINE);
	memcpy(text, HEAD, sizeof HEAD - 1);
	assert_refused(run_bytes(text, LINE, NULL, NULL), "Rij 2");
	assert_true(clock_thread_ns() - began < INT64_C(2000000000));
	free(text);
}

static void utf16_is_told_by_its_name_and_latin1_by_its_row(void **state)
{
	(void)state;
	static const char UTF16[] = "\xff\xfei\0d\0\n\0";

	assert_refused(run_bytes(UTF16, sizeof UTF16 - 1, NULL, NULL), "UTF-16");
	assert_refused(run_text(HEAD "1,Ren\xe9,b,2000-01-01,1234AB,1\n"),
	               "Rij 2, kolom 2 (given_names)");
}

static void a_byte_order_mark_is_no_part_of_the_first_name(void **state)
{
	(void)state;
	assert_found(run_text("\xef\xbb\xbf" HEAD "7,Anna,Boer,2000-05-01,1234AB,1\n"
	                      "8,Anna,Boer,2000-05-01,1234AB,1\n"),
	             2, 1);
}

static void a_double_id_is_told_with_both_rows(void **state)
{
	(void)state;
	assert_refused(run_text(HEAD "7,a,b,2000-01-01,,\n8,a,b,2000-01-01,,\n7,c,d,,,\n"),
	               "Rij 4: het id '7' staat ook in rij 2");
}

static void empty_columns_make_no_pairs(void **state)
{
	(void)state;
	const struct run run = run_text(HEAD "1,,,,,\n2,,,,,\n3,,,,,\n");

	assert_found(run, 3, 0);
	assert_int_equal(run.candidates, 0);
	assert_found(run_text(HEAD), 0, 0);
}

/* As many times the same row as fit in the time of a test; the bound holds for any number. */
static void one_value_everywhere_costs_a_window_each(void **state)
{
	(void)state;
	enum { COUNT = 50000 };
	char *text = NULL;
	size_t bytes = 0;
	FILE *f = open_memstream(&text, &bytes);

	assert_non_null(f);
	(void)fputs(HEAD, f);
	for (int i = 0; i < COUNT; i++)
		(void)fprintf(f, "%d,Jan,Jansen,1970-01-01,1234AB,1\n", i);
	(void)fclose(f);
	const struct run run = run_bytes(text, bytes, NULL, NULL);
	assert_int_equal(run.status, OK);
	assert_int_equal(run.records, COUNT);
	assert_true(run.candidates <= (uint64_t)COUNT * BLOCK_WINDOW * MODEL_RULE_MAX);
	free(text);
}

static void the_years_1_and_9999_are_dates_and_10000_is_none(void **state)
{
	(void)state;
	assert_found(run_text(HEAD "1,Anna,Zandvliet,0001-05-03,,\n2,Anna,Zandvliet,0001-05-03,,\n"
	                           "3,Bert,Koopmans,9999-12-31,,\n4,Bert,Koopmans,9999-12-31,,\n"
	                           "5,Cora,Dijkstra,10000-02-02,,\n6,Cora,Hofman,10000-02-02,,\n"),
	             6, 2);
}

static void names_of_ten_thousand_letters_are_compared_by_their_first(void **state)
{
	(void)state;
	enum { LETTERS = 10000 };
	char *text = NULL;
	size_t bytes = 0;
	FILE *f = open_memstream(&text, &bytes);

	assert_non_null(f);
	(void)fputs(HEAD, f);
	for (int i = 1; i <= 2; i++) {
		(void)fprintf(f, "%d,Anna,", i);
		for (int k = 0; k < LETTERS; k++)
			(void)fputc('a' + k % 26, f);
		(void)fputs(",1980-03-12,1234AB,1\n", f);
	}
	(void)fclose(f);
	assert_found(run_bytes(text, bytes, NULL, NULL), 2, 1);
	free(text);
}

static void emoji_and_marks_of_direction_are_text_like_any_other(void **state)
{
	(void)state;
	assert_found(run_text(HEAD
	                      "1,\xf0\x9f\x98\x80,\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x94\xac,,,\n"
	                      "2,\xe2\x80\x8f\xd9\x85\xd8\xad\xd9\x85\xd8\xaf,\xe2\x80\xaeYilmaz,"
	                      "1980-03-12,1234AB,1\n"
	                      "3,\xd9\x85\xd8\xad\xd9\x85\xd8\xaf,Yilmaz,1980-03-12,1234AB,1\n"),
	             3, 1);
}

static void a_column_that_is_missing_is_named(void **state)
{
	(void)state;
	const struct field_map phone = { { "phone" }, { "telefoon" }, 1 };

	assert_refused(run_bytes(HEAD, sizeof HEAD - 1, NULL, &phone), "geen kolom 'telefoon'");
	assert_refused(run_text("a,b\n1,2\n"), "geen enkele kolom hoort bij het model");
}

/* Eight letters with 95,000 names each: 36 thousand million pairs. */
static void a_rule_that_would_never_end_is_refused_before_the_start(void **state)
{
	(void)state;
	enum { COUNT = 8 * 95000 };
	static const char MODEL[] =
	    "{\"name\":\"letters\",\"version\":1,\"fields\":[{\"name\":\"family_name\",\"kind\":"
	    "\"family_name\"}],\"comparisons\":[{\"name\":\"family\",\"kind\":\"family_name\","
	    "\"fields\":[\"family_name\"]}],\"blocking\":[{\"name\":\"eerste letter\",\"keys\":"
	    "[\"family_name.initial\"],\"block_max\":100000}],\"classes\":[{\"name\":\"same\","
	    "\"match\":true,\"share\":0.5,\"levels\":{\"family\":{\"same\":0.9}}},{\"name\":"
	    "\"other\",\"match\":false,\"share\":0.5,\"levels\":{\"family\":{\"same\":0.1}}}]}";
	char *text = NULL;
	size_t bytes = 0;
	FILE *f = open_memstream(&text, &bytes);

	assert_non_null(f);
	(void)fputs("family_name\n", f);
	for (int i = 0; i < COUNT; i++)
		(void)fprintf(f, "%c%d\n", 'a' + i % 8, i / 8 % 1000);
	(void)fclose(f);
	const struct run run = run_bytes(text, bytes, MODEL, NULL);
	assert_refused(run, "De regel 'eerste letter' zou");
	assert_int_equal(run.status, ERR_LIMIT);
	assert_int_equal(run.candidates, 0);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_ragged_row_is_named),
		cmocka_unit_test(a_quote_in_the_middle_and_one_that_never_closes_are_named),
		cmocka_unit_test(a_zero_byte_is_named),
		cmocka_unit_test(a_line_without_end_is_refused_before_it_is_read),
		cmocka_unit_test(utf16_is_told_by_its_name_and_latin1_by_its_row),
		cmocka_unit_test(a_byte_order_mark_is_no_part_of_the_first_name),
		cmocka_unit_test(a_double_id_is_told_with_both_rows),
		cmocka_unit_test(empty_columns_make_no_pairs),
		cmocka_unit_test(one_value_everywhere_costs_a_window_each),
		cmocka_unit_test(the_years_1_and_9999_are_dates_and_10000_is_none),
		cmocka_unit_test(names_of_ten_thousand_letters_are_compared_by_their_first),
		cmocka_unit_test(emoji_and_marks_of_direction_are_text_like_any_other),
		cmocka_unit_test(a_column_that_is_missing_is_named),
		cmocka_unit_test(a_rule_that_would_never_end_is_refused_before_the_start),
	};
	return cmocka_run_group_tests_name("match_bad_input", tests, NULL, NULL);
}
