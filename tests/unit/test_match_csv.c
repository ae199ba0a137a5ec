/* A strict CSV reader: what is doubtful is refused with row and column. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "matching/bigarray.h"
#include "matching/csv.h"

static char path[] = "/tmp/test-match-csv-XXXXXX";

static const char *file_with(const char *text, size_t bytes)
{
	memcpy(path + sizeof(path) - 7, "XXXXXX", 6);
	int fd = mkstemp(path);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, bytes), (ssize_t)bytes);
	assert_int_equal(close(fd), 0);
	return path;
}

/* The message for a file with this text; "" when nothing is wrong. */
static const char *problem_of(const char *text, size_t bytes)
{
	static struct error e;
	struct csv_file f;

	e = (struct error){ .status = OK };
	if (csv_open(&f, file_with(text, bytes), &e) == OK) {
		(void)csv_explain_problem(&f, &e);
		csv_close(&f);
	}
	assert_int_equal(unlink(path), 0);
	return e.message;
}

#define PROBLEM(text) problem_of(text, sizeof(text) - 1)

static void each_fault_is_named_with_row_and_column(void **state)
{
	(void)state;
	static const struct {
		const char *text, *says;
	} ROWS[] = {
		{ "a,b\n1,2\n3\n",
		  "Rij 3, kolom 2: de kop heeft 2 kolommen, deze rij heeft er 1." },
		{ "a,b\n1,2,3\n", "Rij 2, kolom 3: de kop heeft 2 kolommen, deze rij heeft er 3." },
		{ "a,b\n1,x\"y\n",
		  "Rij 2, kolom 2: er staat een aanhalingsteken midden in de cel." },
		{ "a,b\n1,\"x\"y\n", "Rij 2, kolom 2: er staat een aanhalingsteken midden" },
		{ "a,b\n1,\"x\n2,3\n",
		  "Rij 2, kolom 2: het aanhalingsteken van deze cel wordt nergens" },
		{ "a,b\n1,\xe9\n", "Rij 2, kolom 2 (b): deze tekst is geen UTF-8." },
		{ "a,a\n", "Rij 1, kolom 2: de kolom 'a' staat er twee keer." },
		{ "", "Rij 1: het bestand is leeg." },
		{ "\xef\xbb\xbf", "Rij 1: het bestand is leeg." },
	};

	for (size_t i = 0; i < sizeof(ROWS) / sizeof(ROWS[0]); i++) {
		const char *said = problem_of(ROWS[i].text, strlen(ROWS[i].text));
		if (strncmp(said, ROWS[i].says, strlen(ROWS[i].says)) != 0)
			fail_msg("row %zu: %s", i, said);
	}
}

static void utf16_and_nul_are_refused_in_words(void **state)
{
	(void)state;
	assert_non_null(strstr(PROBLEM("\xff\xfe"
	                               "a\0,\0b\0\n\0"),
	                       "UTF-16"));
	assert_non_null(strstr(PROBLEM("a\0,\0b\0\n\0"), "UTF-16"));
	assert_non_null(
	    strstr(PROBLEM("a,b\n1,x\0y\n"), "Rij 2, kolom 2: hier staat een nulteken"));
}

static void a_row_of_more_than_a_megabyte_is_refused(void **state)
{
	(void)state;
	size_t bytes = (3 << 20) + 6;
	char *text = block_alloc(bytes, 1);
	memcpy(text, "a,b\n1,", 6);
	memset(text + 6, 'x', bytes - 6);
	assert_non_null(
	    strstr(problem_of(text, bytes), "Rij 2, kolom 2: deze rij is langer dan 1 MB"));
	memset(text + 4, 'x', bytes - 4); /* the same in one cell of the header's neighbour */
	text[6] = '"';
	text[5] = ',';
	assert_non_null(strstr(problem_of(text, bytes), "Rij 2, kolom 2: deze rij is langer"));
	memset(text, 'x', bytes);
	assert_non_null(strstr(problem_of(text, bytes), "Rij 1"));
	block_free(text);
}

static void quotes_separators_and_line_ends_are_read_as_spreadsheets_write_them(void **state)
{
	(void)state;
	char text[256] = "\"x;1\";\"say \"\"hi\"\"\";\"two\nlines\"\r\n\r\n;;\r\nlast;;end";
	struct csv_cursor c = { 0 };

	csv_start(&c, text, strlen(text), true, ';', 3);
	assert_int_equal(csv_next(&c), CSV_STEP_ROW);
	assert_memory_equal(c.cells[0].text, "x;1", 3);
	assert_int_equal(c.cells[1].length, 8);
	assert_memory_equal(c.cells[1].text, "say \"hi\"", 8);
	assert_memory_equal(c.cells[2].text, "two\nlines", 9);
	assert_int_equal(csv_next(&c), CSV_STEP_ROW); /* the blank line is skipped */
	assert_int_equal(c.cells[2].length, 0);
	assert_int_equal(csv_next(&c), CSV_STEP_ROW);
	assert_int_equal(c.cells[2].length, 3);
	assert_int_equal(csv_next(&c), CSV_STEP_END);
	csv_free(&c);
}

/* Whatever the window's end, a row is given whole or not at all. */
static void a_window_that_ends_anywhere_gives_the_same_rows(void **state)
{
	(void)state;
	static const char TEXT[] = "1,\"a\"\"b\",x\n2,,\"\"\n3,\"q\nr\",z\n";
	size_t bytes = sizeof(TEXT) - 1;

	for (size_t cut = 0; cut <= bytes; cut++) {
		char text[sizeof(TEXT) + CSV_PADDING] = { 0 };
		struct csv_cursor c = { 0 };
		size_t rows = 0;
		enum csv_step step;
		memcpy(text, TEXT, bytes);
		csv_start(&c, text, cut, cut == bytes, ',', 3);
		while ((step = csv_next(&c)) == CSV_STEP_ROW)
			rows++;
		assert_int_not_equal(step, CSV_STEP_BAD);
		size_t next = step == CSV_STEP_PARTIAL ? (size_t)(c.row_start - text) : cut;
		csv_start(&c, text + next, bytes - next, true, ',', 3);
		while ((step = csv_next(&c)) == CSV_STEP_ROW)
			rows++;
		assert_int_equal(step, CSV_STEP_END);
		assert_int_equal(rows, 3);
		csv_free(&c);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_fault_is_named_with_row_and_column),
		cmocka_unit_test(utf16_and_nul_are_refused_in_words),
		cmocka_unit_test(a_row_of_more_than_a_megabyte_is_refused),
		cmocka_unit_test(
		    quotes_separators_and_line_ends_are_read_as_spreadsheets_write_them),
		cmocka_unit_test(a_window_that_ends_anywhere_gives_the_same_rows),
	};
	return cmocka_run_group_tests_name("match_csv", tests, NULL, NULL);
}
