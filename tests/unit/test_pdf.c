/* A document as tagged PDF: what a screen reader needs is in it, and pages end where they should. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "platform/pdf/pdf.h"

/* Fontconfig keeps what it read of each font until the process ends; three thousand documents take no
 * more of it than ten do. */
const char *__lsan_default_suppressions(void); // NOLINT(bugprone-reserved-identifier,cert-dcl37-c)
const char *__lsan_default_suppressions(void)  // NOLINT(bugprone-reserved-identifier,cert-dcl37-c)
{
	return "leak:libfontconfig";
}

struct world {
	struct arena arena;
	struct out out;
};

static int setup(void **state)
{
	static struct world w;

	arena_init(&w.arena, 64 << 20);
	out_init(&w.out, 8 << 20);
	*state = &w;
	return 0;
}

static int teardown(void **state)
{
	struct world *w = *state;

	out_free(&w->out);
	arena_reset(&w->arena);
	return 0;
}

static size_t count_of(const struct out *o, const char *what)
{
	const char *at = o->data, *end = o->data + o->len;
	size_t count = 0;

	while ((at = memmem(at, (size_t)(end - at), what, strlen(what))) != NULL) {
		count++;
		at += strlen(what);
	}
	return count;
}

static void assert_holds(const struct out *o, const char *what)
{
	if (count_of(o, what) == 0)
		fail_msg("the PDF doesn't hold %s", what);
}

static const struct pdf_about ABOUT = { .title = "Analyse van het pand",
	                                .author = "RIEC Rotterdam",
	                                .footer = "Alleen voor de werkgroep",
	                                .made_at = INT64_C(1795330000000),
	                                .contents = true };

static struct pdf *sample(struct arena *a)
{
	static const struct pdf_column COLUMNS[] = { { "Bron", 2, false },
		                                     { "Feit", 4, false },
		                                     { "Bedrag", 1, true } };
	static const char *const CELLS[] = { "politie", "Er stond een busje",
		                             "€ 12,00", "gemeente",
		                             NULL,      "€ 3,50" };
	struct pdf *p = pdf_new(a, &ABOUT);

	pdf_heading(p, 1, "De vraag");
	pdf_paragraph(p, "Wie zit er achter het pand?\nEn waarom?");
	pdf_heading(p, 2, "Waar komt het vandaan");
	pdf_labelled(p, "Bron", "een signaal");
	pdf_item(p, "eerste");
	pdf_item(p, "tweede");
	pdf_note(p, "Let op");
	pdf_table(p, &(struct pdf_table){ "Feiten", COLUMNS, 3, CELLS, 2 });
	pdf_small(p, "Einde");
	return p;
}

static void structure_title_and_language_are_in_it(void **state)
{
	struct world *w = *state;
	struct error err = { 0 };

	assert_int_equal(pdf_write(sample(&w->arena), NULL, &w->out, &err), OK);
	assert_memory_equal(w->out.data, "%PDF-", 5);
	assert_holds(&w->out, "/Lang (nl-NL)");
	assert_holds(&w->out, "/DisplayDocTitle true");
	assert_holds(&w->out, "/Marked true");
	assert_holds(&w->out, "/Title (Analyse van het pand)");
	assert_int_equal(count_of(&w->out, "/S /H1\n"), 1);
	assert_holds(&w->out, "/S /H3\n");
	assert_int_equal(count_of(&w->out, "/S /LI\n"), 2);
	assert_int_equal(count_of(&w->out, "/S /L\n"), 1);
	assert_int_equal(count_of(&w->out, "/S /TH\n"), 3);
	assert_int_equal(count_of(&w->out, "/S /TD\n"), 6);
	assert_int_equal(count_of(&w->out, "/S /TOCI\n"), 2);
	assert_holds(&w->out, "/S /BlockQuote\n");
}

/* Where the last line says that the table of objects is, it is. */
static void a_reader_finds_its_way_from_the_end(void **state)
{
	struct world *w = *state;
	struct error err = { 0 };

	OUT_LIT(&w->out, "what came before");
	const size_t began = w->out.len;
	assert_int_equal(pdf_write(sample(&w->arena), NULL, &w->out, &err), OK);
	const char *last = NULL;
	for (size_t i = began; i + 10 < w->out.len; i++)
		if (memcmp(w->out.data + i, "startxref\n", 10) == 0)
			last = w->out.data + i + 10;
	assert_non_null(last);
	const char *table = w->out.data + began + strtol(last, NULL, 10);
	assert_memory_equal(table, "xref\n", 5);
	const char *entry = strchr(table + 5, '\n') + 1;
	const char *catalog = w->out.data + began + strtol(entry, NULL, 10);
	assert_non_null(strstr(catalog, "/Type /Catalog"));
	assert_true(strstr(catalog, "/Type /Catalog") - catalog < 120);
}

static void the_same_document_gives_the_same_bytes(void **state)
{
	struct world *w = *state;
	struct error err = { 0 };
	struct out again;

	out_init(&again, 8 << 20);
	assert_int_equal(pdf_write(sample(&w->arena), NULL, &w->out, &err), OK);
	assert_int_equal(pdf_write(sample(&w->arena), NULL, &again, &err), OK);
	assert_int_equal(again.len, w->out.len);
	assert_memory_equal(again.data, w->out.data, again.len);
	out_free(&again);
}

static const char *long_text(struct arena *a, size_t words)
{
	static const char WORD[] = "ondermijning ";
	char *text = arena_alloc(a, words * (sizeof WORD - 1) + 1);

	for (size_t i = 0; i < words; i++)
		memcpy(text + i * (sizeof WORD - 1), WORD, sizeof WORD - 1);
	return text;
}

static void a_long_paragraph_goes_on_over_pages_as_one_element(void **state)
{
	struct world *w = *state;
	struct error err = { 0 };
	const struct pdf_about about = { .title = "Lang" };
	struct pdf *p = pdf_new(&w->arena, &about);

	pdf_paragraph(p, long_text(&w->arena, 2000));
	assert_int_equal(pdf_write(p, NULL, &w->out, &err), OK);
	assert_true(count_of(&w->out, "/Type /Page %") >= 3);
	assert_int_equal(count_of(&w->out, "/S /P\n"), 1);
	assert_true(count_of(&w->out, "/S /Span\n") >= 3);
}

static void a_long_table_has_its_header_once_and_every_row(void **state)
{
	enum { ROWS = 150 };
	static const struct pdf_column COLUMNS[] = { { "Naam", 1, false }, { "Wat", 3, false } };
	struct world *w = *state;
	struct error err = { 0 };
	const char **cells = ARENA_ARRAY(&w->arena, const char *, 2 * ROWS);
	const struct pdf_about about = { .title = "Tabel" };
	struct pdf *p = pdf_new(&w->arena, &about);

	for (size_t i = 0; i < ROWS; i++) {
		cells[2 * i] = "iemand";
		cells[2 * i + 1] = "iets";
	}
	pdf_table(p, &(struct pdf_table){ NULL, COLUMNS, 2, cells, ROWS });
	assert_int_equal(pdf_write(p, NULL, &w->out, &err), OK);
	assert_int_equal(count_of(&w->out, "/S /TH\n"), 2);
	assert_int_equal(count_of(&w->out, "/S /TR\n"), ROWS + 1);
	assert_true(count_of(&w->out, "/Type /Page %") >= 3);
}

static void a_cell_higher_than_a_page_goes_on_in_a_next_row(void **state)
{
	static const struct pdf_column COLUMNS[] = { { "Smal", 1, false }, { "Breed", 9, false } };
	struct world *w = *state;
	struct error err = { 0 };
	const char *cells[] = { long_text(&w->arena, 300), "kort" };
	const struct pdf_about about = { .title = "Hoge cel" };
	struct pdf *p = pdf_new(&w->arena, &about);

	pdf_table(p, &(struct pdf_table){ NULL, COLUMNS, 2, cells, 1 });
	assert_int_equal(pdf_write(p, NULL, &w->out, &err), OK);
	assert_true(count_of(&w->out, "/S /TR\n") >= 4);
}

static bool stop_halfway(void *context, int per_mille)
{
	int *last = context;

	assert_true(per_mille >= *last && per_mille <= 1000);
	*last = per_mille;
	return per_mille < 500;
}

static void who_waits_is_told_how_far_it_is_and_may_stop(void **state)
{
	struct world *w = *state;
	struct error err = { 0 };
	int last = 0;
	const struct pdf_progress progress = { stop_halfway, &last };

	assert_int_equal(pdf_write(sample(&w->arena), &progress, &w->out, &err), ERR_UNAVAILABLE);
	assert_in_range(last, 500, 999);
}

static void what_does_not_fit_is_an_error(void **state)
{
	struct world *w = *state;
	struct error err = { 0 };
	struct out small;

	out_init(&small, 2000);
	assert_int_equal(pdf_write(sample(&w->arena), NULL, &small, &err), ERR_LIMIT);
	out_free(&small);
}

static void empty_texts_and_an_empty_table_are_no_trouble(void **state)
{
	struct world *w = *state;
	struct error err = { 0 };
	const struct pdf_about about = { .title = "", .contents = true };
	struct pdf *p = pdf_new(&w->arena, &about);

	pdf_heading(p, 9, "");
	pdf_paragraph(p, "");
	pdf_labelled(p, "Niets", NULL);
	pdf_table(p, &(struct pdf_table){ 0 });
	pdf_new_page(p);
	pdf_new_page(p);
	pdf_item(p, "");
	assert_int_equal(pdf_write(p, NULL, &w->out, &err), OK);
	assert_int_equal(count_of(&w->out, "/Type /Page %"), 2);
}

int main(void)
{
#define CASE(fn) cmocka_unit_test_setup_teardown(fn, setup, teardown)
	const struct CMUnitTest tests[] = {
		CASE(structure_title_and_language_are_in_it),
		CASE(a_reader_finds_its_way_from_the_end),
		CASE(the_same_document_gives_the_same_bytes),
		CASE(a_long_paragraph_goes_on_over_pages_as_one_element),
		CASE(a_long_table_has_its_header_once_and_every_row),
		CASE(a_cell_higher_than_a_page_goes_on_in_a_next_row),
		CASE(who_waits_is_told_how_far_it_is_and_may_stop),
		CASE(what_does_not_fit_is_an_error),
		CASE(empty_texts_and_an_empty_table_are_no_trouble),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
