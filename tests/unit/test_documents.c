/* Documents that somebody sent, read for their words, in a child that can only compute. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "platform/view/zip.h"
#include "sheets/document.h"

static struct arena A;

static enum status read_bytes(enum document_kind kind, const void *bytes, size_t len,
                              const char **ret, struct error *e)
{
	const struct byte_source from = source_bytes(bytes, len);
	return document_words(kind, &from, &A, ret, e);
}

/* In the child, from a ZIP with one part; NULL: refused, and *ret_st says how. */
static const char *words_in(enum document_kind kind, const char *part, const char *xml, size_t len,
                            enum status *ret_st)
{
	struct error e = { 0 };
	struct out o;
	struct zip z;
	const char *words = NULL;

	out_init(&o, (size_t)64 << 20);
	zip_begin(&z, &o);
	zip_add(&z, part, xml, len);
	zip_end(&z);
	*ret_st = read_bytes(kind, o.data, o.len, &words, &e);
	out_free(&o);
	return *ret_st == OK ? words : NULL;
}

static void assert_words(enum document_kind kind, const char *part, const char *xml,
                         const char *says)
{
	enum status st;
	const char *words = words_in(kind, part, xml, strlen(xml), &st);

	assert_int_equal(st, OK);
	assert_non_null(words);
	if (strstr(words, says) == NULL)
		fail_msg("no '%s' in '%s'", says, words);
}

static void a_word_that_changes_its_looks_halfway_stays_one_word(void **state)
{
	(void)state;
	assert_words(DOCUMENT_DOCX, "word/document.xml",
	             "<d><p><r><t>vuur</t></r><r><t>toren</t></r></p></d>", "vuurtoren");
	assert_words(DOCUMENT_ODF, "content.xml",
	             "<d><body><p>vuur<span>toren</span></p></body></d>", "vuurtoren");
}

static void words_of_two_paragraphs_or_cells_stay_apart(void **state)
{
	enum status st;

	(void)state;
	const char *docx = "<d><p><t>vuur</t></p><p><t>toren</t></p></d>";
	assert_null(strstr(words_in(DOCUMENT_DOCX, "word/document.xml", docx, strlen(docx), &st),
	                   "vuurtoren"));
	const char *xlsx = "<sst><si><t>vuur</t></si><si><t>toren</t></si></sst>";
	assert_words(DOCUMENT_XLSX, "xl/sharedStrings.xml", xlsx, "toren");
	assert_null(strstr(words_in(DOCUMENT_XLSX, "xl/sharedStrings.xml", xlsx, strlen(xlsx), &st),
	                   "vuurtoren"));
}

static void an_odf_is_read_with_headings_tables_notes_and_what_stands_on_every_page(void **state)
{
	static const char TEXT[] =
	    "<d><body><text><h>kopwoord</h><p>voor<note><note-citation>1</note-citation>"
	    "<note-body><p>voetnoot</p></note-body></note><annotation><creator>auteur</creator>"
	    "<p>kanttekening</p></annotation></p><list><list-item><p>lijstwoord</p></list-item>"
	    "</list><table><table-row><table-cell><p>celeen</p></table-cell><table-cell><p>celtwee"
	    "</p></table-cell></table-row></table><frame><text-box><p>kadertekst</p></text-box>"
	    "</frame></text></body></d>";
	static const char PAGE[] =
	    "<d><styles>opmaak</styles><master-styles><master-page><header><p>bovenaan</p></header>"
	    "<footer><p>onderaan</p></footer></master-page></master-styles></d>";
	static const char *const WORDS[] = { "kopwoord", "voetnoot", "kanttekening", "lijstwoord",
		                             "celeen\n", "celtwee",  "kadertekst" };
	enum status st;

	(void)state;
	for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++)
		assert_words(DOCUMENT_ODF, "content.xml", TEXT, WORDS[i]);
	assert_words(DOCUMENT_ODF, "styles.xml", PAGE, "bovenaan");
	assert_words(DOCUMENT_ODF, "styles.xml", PAGE, "onderaan");
	assert_null(
	    strstr(words_in(DOCUMENT_ODF, "styles.xml", PAGE, strlen(PAGE), &st), "opmaak"));
}

static void a_docx_is_read_with_headings_tables_notes_and_what_stands_on_every_page(void **state)
{
	static const char TEXT[] =
	    "<d><body><p><pPr><pStyle/></pPr><r><t>kopwoord</t></r></p><tbl><tr><tc><p><r><t>celeen"
	    "</t></r></p></tc><tc><p><r><t>celtwee</t></r></p></tc></tr></tbl><p><r><drawing>"
	    "<txbxContent><p><r><t>kadertekst</t></r></p></txbxContent></drawing></r></p></body></"
	    "d>";
	static const char NOTE[] = "<d><x><p><r><t>ernaast</t></r></p></x></d>";
	static const char *const WORDS[] = { "kopwoord", "celeen\n", "celtwee", "kadertekst" };
	static const char *const BESIDE[] = { "word/footnotes.xml", "word/endnotes.xml",
		                              "word/comments.xml", "word/header1.xml",
		                              "word/footer2.xml" };

	(void)state;
	for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++)
		assert_words(DOCUMENT_DOCX, "word/document.xml", TEXT, WORDS[i]);
	for (size_t i = 0; i < sizeof BESIDE / sizeof BESIDE[0]; i++)
		assert_words(DOCUMENT_DOCX, BESIDE[i], NOTE, "ernaast");
}

static void an_xlsx_is_read_with_its_cells_and_what_was_noted_beside_them(void **state)
{
	static const char NOTES[] = "<d><authors><author>auteur</author></authors><commentList>"
				    "<comment><text><r><t>een</t></r></text></comment>"
				    "<comment><text><t>twee</t></text></comment></commentList></d>";
	enum status st;

	(void)state;
	assert_words(DOCUMENT_XLSX, "xl/worksheets/sheet2.xml",
	             "<d><sheetData><row><c><is><t>incel</t></is></c></row></sheetData></d>",
	             "incel");
	assert_words(DOCUMENT_XLSX, "xl/comments1.xml", NOTES, "een\n");
	assert_null(strstr(words_in(DOCUMENT_XLSX, "xl/comments1.xml", NOTES, strlen(NOTES), &st),
	                   "auteur"));
	assert_words(DOCUMENT_XLSX, "xl/drawings/drawing1.xml",
	             "<d><sp><txBody><p><r><t>kadertekst</t></r></p></txBody></sp></d>",
	             "kadertekst");
}

static void what_a_reader_would_not_read_is_no_word_of_it(void **state)
{
	static const char DOCX[] =
	    "<d><p><instrText>veld</instrText><delText>weg</delText><t>ja</t></p></d>";
	static const char ODF[] = "<d><meta>kop</meta><body><tracked-changes><p>weg</p>"
				  "</tracked-changes><p>ja</p></body></d>";
	enum status st;

	(void)state;
	const char *docx = words_in(DOCUMENT_DOCX, "word/document.xml", DOCX, sizeof DOCX - 1, &st);
	assert_non_null(docx);
	assert_non_null(strstr(docx, "ja"));
	assert_null(strstr(docx, "weg"));
	assert_null(strstr(docx, "veld"));
	const char *odf = words_in(DOCUMENT_ODF, "content.xml", ODF, sizeof ODF - 1, &st);
	assert_non_null(odf);
	assert_non_null(strstr(odf, "ja"));
	assert_null(strstr(odf, "weg"));
	assert_null(strstr(odf, "kop"));
}

static void what_is_no_document_is_refused(void **state)
{
	struct error e = { 0 };
	const char *words = NULL;
	enum status st;

	(void)state;
	assert_int_equal(read_bytes(DOCUMENT_ODF, "geen zip", 8, &words, &e), ERR_INVALID);
	assert_null(words_in(DOCUMENT_ODF, "anders.xml", "<d/>", 4, &st));
	assert_int_equal(st, ERR_INVALID);
	assert_null(words_in(DOCUMENT_ODF, "content.xml", "<d><body>", 9, &st));
	assert_int_equal(st, ERR_INVALID);
	static const char BOMB[] = "<!DOCTYPE d [<!ENTITY a \"aaaaaaaaaa\">"
				   "<!ENTITY b \"&a;&a;&a;&a;\">]><d><body><p>&b;</p></body></d>";
	assert_null(words_in(DOCUMENT_ODF, "content.xml", BOMB, sizeof BOMB - 1, &st));
	assert_int_equal(st, ERR_INVALID);
}

static void of_a_very_long_document_the_first_part_is_read(void **state)
{
	enum { LEN = 2 << 20 };
	char *xml = arena_alloc(&A, LEN + 64);
	enum status st;

	(void)state;
	memcpy(xml, "<d><body><p>begin ", 18);
	memset(xml + 18, 'a', LEN);
	memcpy(xml + 18 + LEN, "</p></body></d>", 16);
	const char *words = words_in(DOCUMENT_ODF, "content.xml", xml, LEN + 18 + 15, &st);
	assert_int_equal(st, OK);
	assert_non_null(strstr(words, "begin"));
	assert_true(strlen(words) <= DOCUMENT_WORDS_BYTES_MAX);
}

/* A page whose contents and tree of pages are as given; readers mend the index that it lacks. */
#define PDF(kids, count, contents)                                                                 \
	"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"                                  \
	"2 0 obj<</Type/Pages/Kids[" kids "]/Count " count ">>endobj\n"                            \
	"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 3000 14400]/Contents 4 0 R/Resources"       \
	"<</Font<</F1 5 0 R>>/XObject<</X1 6 0 R>>>>>>endobj\n"                                    \
	"4 0 obj<<>>stream\n" contents "\nendstream endobj\n"                                      \
	"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"                           \
	"6 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X1 6 0 R>>>>>>"   \
	"stream\n/X1 Do /X1 Do\nendstream endobj\ntrailer<</Root 1 0 R>>\n"

static enum status words_of_pdf(const char *bytes, size_t len, const char **ret)
{
	struct error e = { 0 };

	*ret = "";
	return read_bytes(DOCUMENT_PDF, bytes, len, ret, &e);
}

static void the_words_of_a_pdf_are_read_by_a_program_apart(void **state)
{
	static const char WHOLE[] =
	    PDF("3 0 R", "1", "BT /F1 18 Tf 20 100 Td (De vuurtoren) Tj ET");
	const char *words;

	(void)state;
	assert_true(document_reads_pdf()); /* tools/install-packages */
	assert_int_equal(words_of_pdf(WHOLE, sizeof WHOLE - 1, &words), OK);
	assert_non_null(strstr(words, "De vuurtoren"));
}

static void a_pdf_that_was_made_to_do_harm_has_no_words_and_holds_nobody_up(void **state)
{
	static const char *const NASTY[] = {
		"",
		"%PDF-1.7",
		"%PDF-1.7\nxref\n0 99999999\ntrailer<</Root 1 0 R/Size 99999999/Prev "
		"9>>\nstartxref\n9\n",
		"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 1 0 R/Kids[1 0 R 1 0 R]/Count 2147483647>>"
		"endobj\ntrailer<</Root 1 0 R>>",
		PDF("2 0 R 2 0 R", "2", "BT ET"), /* a tree that is its own branch */
		PDF("3 0 R", "1", "/X1 Do"),      /* a drawing that holds itself twice */
		PDF("3 0 R", "1", "q q q q [[[[[[[[[[ (((((((("), /* open without end */
		PDF("3 0 R", "1",
		    "9999999999 0 0 -9999999999 1e99 nan cm BT /F1 1e38 Tf (x) Tj ET"),
	};
	const char *words;

	(void)state;
	for (size_t i = 0; i < sizeof NASTY / sizeof NASTY[0]; i++) {
		const enum status st = words_of_pdf(NASTY[i], strlen(NASTY[i]), &words);
		if (st != OK && st != ERR_INVALID && st != ERR_LIMIT)
			fail_msg("%zu: %d", i, (int)st);
		assert_true(strlen(words) < 200);
	}
}

static void plain_text_of_windows_is_read_too(void **state)
{
	(void)state;
	assert_string_equal(document_plain("caf\xe9", 4, &A), "caf\xc3\xa9");
	assert_string_equal(document_plain("caf\xc3\xa9", 5, &A), "caf\xc3\xa9");
}

static void plain_text_is_cut_between_letters_and_keeps_its_accents(void **state)
{
	enum { LONG = DOCUMENT_WORDS_BYTES_MAX + 2 };
	char *text = arena_alloc(&A, LONG + 1);

	(void)state;
	text[0] = 'x'; /* from here on every letter of two bytes begins at an odd place */
	for (size_t i = 1; i + 1 < LONG; i += 2)
		memcpy(text + i, "\xc3\xa9", 2);
	const char *words = document_plain(text, DOCUMENT_WORDS_BYTES_MAX, &A);
	assert_int_equal(strlen(words), DOCUMENT_WORDS_BYTES_MAX - 1);
	assert_memory_equal(words, text, DOCUMENT_WORDS_BYTES_MAX - 1);
	words = document_plain(text, LONG - 1, &A);
	assert_int_equal(strlen(words), DOCUMENT_WORDS_BYTES_MAX - 1);
	assert_string_equal(document_plain("een\0twee", 8, &A), "een twee");
}

int main(int argc, char **argv)
{
	if (document_child_asked(argc, argv))
		return document_child(argv);
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_word_that_changes_its_looks_halfway_stays_one_word),
		cmocka_unit_test(words_of_two_paragraphs_or_cells_stay_apart),
		cmocka_unit_test(an_xlsx_is_read_with_its_cells_and_what_was_noted_beside_them),
		cmocka_unit_test(
		    a_docx_is_read_with_headings_tables_notes_and_what_stands_on_every_page),
		cmocka_unit_test(
		    an_odf_is_read_with_headings_tables_notes_and_what_stands_on_every_page),
		cmocka_unit_test(what_a_reader_would_not_read_is_no_word_of_it),
		cmocka_unit_test(what_is_no_document_is_refused),
		cmocka_unit_test(of_a_very_long_document_the_first_part_is_read),
		cmocka_unit_test(plain_text_of_windows_is_read_too),
		cmocka_unit_test(plain_text_is_cut_between_letters_and_keeps_its_accents),
		cmocka_unit_test(the_words_of_a_pdf_are_read_by_a_program_apart),
		cmocka_unit_test(a_pdf_that_was_made_to_do_harm_has_no_words_and_holds_nobody_up),
	};
	arena_init(&A, (size_t)64 << 20);
	const int failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_reset(&A);
	return failed;
}
