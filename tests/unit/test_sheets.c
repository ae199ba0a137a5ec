/* Tables that somebody made: every way in which they go wrong is said in words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <archive.h>
#include <archive_entry.h>
#include <cmocka.h>

#include "platform/view/zip.h"
#include "platform/sandbox/sandbox.h"
#include "sheets/sheet.h"
#include "sheets/sheet_apart.h"

struct seen {
	int64_t rows, formulas;
	char last[256], first[256];
	size_t columns;
	int64_t stop_after; /* 0: never */
};

static bool take(void *context, const struct sheet_row *row)
{
	struct seen *s = context;

	s->rows++;
	s->columns = row->count;
	s->formulas += row->formula_column > 0;
	(void)snprintf(s->last, sizeof s->last, "%s",
	               row->count > 0 ? row->cells[row->count - 1] : "");
	(void)snprintf(s->first, sizeof s->first, "%s", row->count > 0 ? row->cells[0] : "");
	return s->stop_after == 0 || s->rows < s->stop_after;
}

static enum status read_bytes(enum sheet_kind kind, const void *bytes, size_t len, struct seen *ret,
                              struct error *e)
{
	const struct byte_source from = source_bytes(bytes, len);
	return sheet_read(kind, &from, take, ret, e);
}

static enum status read_csv(const char *text, size_t len, struct seen *ret, struct error *e)
{
	return read_bytes(SHEET_CSV, text, len, ret, e);
}

/* xml: what stands in sheetData and behind it. texts: shared strings, or NULL. */
static enum status read_xlsx(const char *xml, const char *texts, struct seen *ret, struct error *e)
{
	static char sheet[1 << 20];
	struct out o;

	(void)snprintf(sheet, sizeof sheet,
	               "<?xml version=\"1.0\"?><worksheet xmlns=\"x\">%s</worksheet>", xml);
	out_init(&o, (size_t)8 << 20);
	struct zip z;
	zip_begin(&z, &o);
	zip_add(&z, "[Content_Types].xml", "<x/>", 4);
	zip_add(&z, "xl/worksheets/sheet1.xml", sheet, strlen(sheet));
	if (texts != NULL)
		zip_add(&z, "xl/sharedStrings.xml", texts, strlen(texts));
	zip_end(&z);
	const enum status st = read_bytes(SHEET_XLSX, o.data, o.len, ret, e);
	out_free(&o);
	return st;
}

static void assert_says(const struct error *e, const char *words)
{
	if (strstr(e->message, words) == NULL)
		fail_msg("'%s' doesn't say '%s'", e->message, words);
}

#define CSV(literal, seen, e) read_csv(literal, sizeof(literal) - 1, seen, e)

static void a_csv_is_read_with_its_own_separator_and_mark(void **state)
{
	struct seen s = { 0 };
	struct error e = { 0 };

	(void)state;
	assert_int_equal(CSV("\xef\xbb\xbfTitel;Plaats\r\n\"a;b\";caf\xc3\xa9\r\n", &s, &e), OK);
	assert_int_equal(s.rows, 2);
	assert_string_equal(s.first, "a;b");
	assert_string_equal(s.last, "caf\xc3\xa9");
	s = (struct seen){ 0 };
	assert_int_equal(CSV("a\tb\n1\t2\n", &s, &e), OK);
	assert_string_equal(s.last, "2");
}

static void what_is_wrong_with_a_csv_is_said(void **state)
{
	struct seen s = { 0 };
	struct error e = { 0 };
	char wide[1024] = "";

	(void)state;
	assert_int_equal(CSV("naam\ncaf\xe9\n", &s, &e), ERR_INVALID);
	assert_says(&e, "CSV UTF-8");
	assert_int_equal(CSV("\xff\xfen\0a\0", &s, &e), ERR_INVALID);
	assert_says(&e, "CSV UTF-8");
	assert_int_equal(CSV("a;b\n1\n", &s, &e), ERR_INVALID);
	assert_int_equal(CSV("a;b\n\"1;2\n", &s, &e), ERR_INVALID);
	assert_int_equal(CSV("", &s, &e), ERR_INVALID);
	memset(wide, ';', 220);
	memcpy(wide + 220, "\n", 2);
	assert_int_equal(read_csv(wide, strlen(wide), &s, &e), ERR_LIMIT);
	assert_says(&e, "221 kolommen");
	memset(wide, ';', sizeof wide - 2);
	(void)snprintf(wide + sizeof wide - 2, 2, "\n");
	assert_int_equal(read_csv(wide, strlen(wide), &s, &e), ERR_LIMIT);
	assert_says(&e, "ten hoogste 200");
	assert_int_equal(CSV("a;b\n1;\"2\"x\n", &s, &e), ERR_INVALID);
	assert_says(&e, "Rij 2, kolom 2");
}

static void a_formula_is_text_that_is_pointed_out(void **state)
{
	struct seen s = { 0 };
	struct error e = { 0 };

	(void)state;
	assert_int_equal(CSV("a;b\n=cmd|'/c calc'!A1;x\n+31612345678;-5\n@SUM(A1);x\n", &s, &e),
	                 OK);
	assert_int_equal(s.rows, 4);
	assert_int_equal(s.formulas, 2); /* a phone number and a negative number are none */
}

static void an_xlsx_gives_its_cells_as_they_stand(void **state)
{
	struct seen s = { 0 };
	struct error e = { 0 };
	static const char TEXTS[] = "<sst xmlns=\"x\"><si><t>Titel</t></si>"
				    "<si><r><t>caf</t></r><r><t>\xc3\xa9</t></r>"
				    "<rPh><t>weg</t></rPh></si></sst>";

	(void)state;
	assert_int_equal(
	    read_xlsx("<sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>"
	              "<row r=\"3\"><c r=\"A3\" t=\"inlineStr\"><is><t>los</t></is></c>"
	              "<c r=\"C3\" t=\"s\"><v>1</v></c></row></sheetData>",
	              TEXTS, &s, &e),
	    OK);
	assert_int_equal(s.rows, 2);
	assert_int_equal(s.columns, 3);
	assert_string_equal(s.first, "los");
	assert_string_equal(s.last, "caf\xc3\xa9");
	s = (struct seen){ .stop_after = 1 };
	assert_int_equal(read_xlsx("<sheetData><row><c><v>1</v></c></row><row><c><v>2</v></c></row>"
	                           "</sheetData>",
	                           NULL, &s, &e),
	                 OK);
	assert_int_equal(s.rows, 1);
}

static void what_is_wrong_with_an_xlsx_is_said(void **state)
{
	struct seen s = { 0 };
	struct error e = { 0 };

	(void)state;
	assert_int_equal(read_xlsx("<sheetData><row><c r=\"A1\"><v>1</v></c></row></sheetData>"
	                           "<mergeCells><mergeCell ref=\"A1:B2\"/></mergeCells>",
	                           NULL, &s, &e),
	                 ERR_INVALID);
	assert_says(&e, "samengevoegd");
	assert_int_equal(
	    read_xlsx("<sheetData><row><c r=\"NTP1\"><v>1</v></c></row></sheetData>", NULL, &s, &e),
	    ERR_LIMIT);
	assert_says(&e, "200 kolommen");
	assert_int_equal(
	    read_xlsx("<sheetData><row><c t=\"s\"><v>7</v></c></row></sheetData>", NULL, &s, &e),
	    ERR_INVALID);
	assert_int_equal(read_xlsx("<sheetData><row>", NULL, &s, &e), ERR_INVALID);
	assert_says(&e, "niet heel");
	s = (struct seen){ 0 };
	assert_int_equal(
	    read_xlsx("<sheetData><row><c><f>1+1</f><v>2</v></c></row></sheetData>", NULL, &s, &e),
	    OK);
	assert_int_equal(s.formulas, 1);
	assert_int_equal(read_bytes(SHEET_XLSX, "PK\3\4 half", 9, &s, &e), ERR_INVALID);
}

/* 64 MiB of spaces in some tens of kilobytes. */
static void a_file_that_unpacks_to_many_times_its_size_is_left_alone(void **state)
{
	enum { ROOM = 1 << 20, PIECES = 64, PIECE = 1 << 20 };
	static char packed[ROOM], spaces[PIECE];
	struct archive *z = archive_write_new();
	struct archive_entry *entry = archive_entry_new();
	struct seen s = { 0 };
	struct error e = { 0 };
	size_t len = 0;

	(void)state;
	memset(spaces, ' ', sizeof spaces);
	memcpy(spaces, "<worksheet>", 11);
	assert_int_equal(archive_write_set_format_zip(z), ARCHIVE_OK);
	assert_int_equal(archive_write_open_memory(z, packed, sizeof packed, &len), ARCHIVE_OK);
	archive_entry_set_pathname(entry, "xl/worksheets/sheet1.xml");
	archive_entry_set_filetype(entry, AE_IFREG);
	archive_entry_set_size(entry, (la_int64_t)PIECES * PIECE);
	assert_int_equal(archive_write_header(z, entry), ARCHIVE_OK);
	for (int i = 0; i < PIECES; i++) {
		assert_int_equal(archive_write_data(z, spaces, sizeof spaces), PIECE);
		memset(spaces, ' ', 11);
	}
	assert_int_equal(archive_write_close(z), ARCHIVE_OK);
	archive_entry_free(entry);
	(void)archive_write_free(z);
	assert_int_equal(read_bytes(SHEET_XLSX, packed, len, &s, &e), ERR_LIMIT);
	assert_says(&e, "veel groter");
}

static void an_entity_is_never_opened(void **state)
{
	static const char XML[] =
	    "<?xml version=\"1.0\"?><!DOCTYPE w [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>"
	    "<worksheet><sheetData><row><c "
	    "t=\"inlineStr\"><is><t>&a;</t></is></c></row></sheetData>"
	    "</worksheet>";
	struct seen s = { 0 };
	struct error e = { 0 };
	struct out o;
	struct zip z;

	(void)state;
	out_init(&o, (size_t)1 << 20);
	zip_begin(&z, &o);
	zip_add(&z, "xl/worksheets/sheet1.xml", XML, sizeof XML - 1);
	zip_end(&z);
	assert_int_equal(read_bytes(SHEET_XLSX, o.data, o.len, &s, &e), ERR_INVALID);
	assert_int_equal(s.rows, 0);
	out_free(&o);
}

static void columns_are_named_as_a_spreadsheet_does(void **state)
{
	char name[4];

	(void)state;
	sheet_column_name(1, name);
	assert_string_equal(name, "A");
	sheet_column_name(27, name);
	assert_string_equal(name, "AA");
	sheet_column_name(200, name);
	assert_string_equal(name, "GR");
}

/* A child that was taken over says what it likes: the input of this test is what it says. */
static bool lies(void)
{
	static const char SIGN[] = "LIE:";
	struct error e;
	const void *bytes = NULL;
	size_t len = 0;
	const bool is_one = sandbox_input(&bytes, &len, &e) == OK && len > strlen(SIGN) &&
	                    memcmp(bytes, SIGN, strlen(SIGN)) == 0;

	return is_one && sandbox_say((const char *)bytes + strlen(SIGN), len - strlen(SIGN));
}

static void what_a_child_says_that_makes_no_sense_is_no_row(void **state)
{
	struct {
		char sign[4];
		int64_t row;
		uint32_t count, formula_column, bytes, unused;
		char cells[8];
	} __attribute__((packed)) said = { { 'L', 'I', 'E', ':' }, 1, 2, 0, 4, 0, "ab\0c" };
	struct seen s = { 0 };
	struct error e = { 0 };

	(void)state;
	/* two cells are promised and one ends */
	assert_int_equal(read_csv((const char *)&said, sizeof said, &s, &e), ERR_INVALID);
	said.bytes = UINT32_MAX;
	assert_int_equal(read_csv((const char *)&said, sizeof said, &s, &e), ERR_INVALID);
	said.bytes = 4;
	said.count = 5000;
	assert_int_equal(read_csv((const char *)&said, sizeof said, &s, &e), ERR_INVALID);
	said.count = 1;
	said.row = -1;
	assert_int_equal(read_csv((const char *)&said, sizeof said, &s, &e), ERR_INVALID);
	said.row = 0;
	said.count = 99; /* no status */
	assert_int_equal(read_csv((const char *)&said, sizeof said, &s, &e), ERR_INVALID);
	assert_int_equal(s.rows, 0);
}

int main(int argc, char **argv)
{
	if (sheet_child_asked(argc, argv))
		return lies() ? 0 : sheet_child(argv);
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_csv_is_read_with_its_own_separator_and_mark),
		cmocka_unit_test(what_is_wrong_with_a_csv_is_said),
		cmocka_unit_test(a_formula_is_text_that_is_pointed_out),
		cmocka_unit_test(an_xlsx_gives_its_cells_as_they_stand),
		cmocka_unit_test(what_is_wrong_with_an_xlsx_is_said),
		cmocka_unit_test(a_file_that_unpacks_to_many_times_its_size_is_left_alone),
		cmocka_unit_test(an_entity_is_never_opened),
		cmocka_unit_test(columns_are_named_as_a_spreadsheet_does),
		cmocka_unit_test(what_a_child_says_that_makes_no_sense_is_no_row),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
