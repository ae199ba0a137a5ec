/* CSV as people save it: the separator is found in the header, the encoding is UTF-8 or refused. */
#include "sheets/sheet_kinds.h"

#include <string.h>

#include "matching/csv.h"

/* The mark that stands in the first line most often, outside quotes. */
static char separator_of(const char *text, size_t len)
{
	static const char MARKS[] = { ';', ',', '\t' };
	size_t counts[sizeof MARKS] = { 0 }, best = 0;
	bool quoted = false;

	for (size_t i = 0; i < len && (quoted || text[i] != '\n'); i++) {
		quoted ^= text[i] == '"';
		for (size_t m = 0; !quoted && m < sizeof MARKS; m++)
			counts[m] += text[i] == MARKS[m];
	}
	for (size_t m = 1; m < sizeof MARKS; m++)
		if (counts[m] > counts[best])
			best = m;
	return MARKS[best];
}

static enum status check_encoding(const char *text, size_t len, struct error *reterr)
{
	const bool utf16 =
	    len >= 2 && (memcmp(text, "\xff\xfe", 2) == 0 || memcmp(text, "\xfe\xff", 2) == 0);

	if (!utf16 && csv_is_utf8(text, len))
		return OK;
	return FAIL(reterr, ERR_INVALID,
	            "Deze tekens kunnen wij niet lezen. Kies in Excel bij Opslaan als: CSV UTF-8.");
}

/* What a spreadsheet would run: a number with a sign isn't one. */
static bool is_formula(const char *cell)
{
	if (cell[0] == '=' || cell[0] == '@')
		return true;
	return (cell[0] == '+' || cell[0] == '-') && strpbrk(cell, "(|!") != NULL;
}

static enum status take_row(const struct csv_cursor *c, struct arena *a, struct sheet_row *row,
                            struct error *reterr)
{
	char name[4];

	*row = (struct sheet_row){ .number = (int64_t)c->row_count, .count = c->cell_count };
	if (c->cell_count > SHEET_COLUMNS_MAX)
		return FAIL(reterr, ERR_LIMIT,
		            "Dit bestand heeft %zu kolommen. Wij lezen er ten hoogste 200.",
		            c->cell_count);
	for (size_t i = 0; i < c->cell_count; i++) {
		sheet_column_name(i + 1, name);
		if (c->cells[i].length > SHEET_CELL_BYTES_MAX)
			return FAIL(reterr, ERR_LIMIT, "Regel %lld, kolom %s is te lang.",
			            (long long)row->number, name);
		row->cells[i] = arena_strndup(a, c->cells[i].text, c->cells[i].length);
		if (row->formula_column == 0 && is_formula(row->cells[i]))
			row->formula_column = i + 1;
	}
	return OK;
}

static enum status read_rows(struct sheet_reading *s, struct csv_cursor *c, struct arena *a,
                             struct error *reterr)
{
	enum csv_step step = CSV_STEP_END;
	enum status st = OK;

	while (st == OK && !s->enough && (step = csv_next(c)) == CSV_STEP_ROW) {
		struct sheet_row row;
		st = take_row(c, a, &row, reterr);
		if (st == OK)
			st = sheet_give(s, &row, reterr);
		if (c->column_count == 0)
			c->column_count = c->cell_count; /* the header says how many */
		arena_reset(a);
	}
	if (st == OK && step == CSV_STEP_BAD && c->problem == CSV_TOO_MANY_CELLS)
		return FAIL(reterr, ERR_LIMIT,
		            "Dit bestand heeft te veel kolommen. Wij lezen er ten hoogste 200. "
		            "Haal weg wat niet nodig is.");
	if (st == OK && step == CSV_STEP_BAD)
		return csv_problem_error(c->problem, c->row_count, c->problem_column,
		                         c->column_count, c->cell_count, reterr);
	return st;
}

enum status csv_rows(struct sheet_reading *s, struct error *reterr)
{
	const size_t mark = s->len >= 3 && memcmp(s->bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
	const char *text = s->bytes + mark;
	const size_t len = s->len - mark;
	struct csv_cursor c = { .unquoted = NULL };
	struct arena whole, row;

	enum status st = check_encoding(text, len, reterr);
	if (st != OK)
		return st;
	arena_init(&whole, len + CSV_PADDING + 4096);
	arena_init(&row, (size_t)SHEET_COLUMNS_MAX * SHEET_CELL_BYTES_MAX);
	char *padded = arena_alloc(&whole, len + CSV_PADDING);
	memcpy(padded, text, len);
	csv_start(&c, padded, len, true, separator_of(padded, len), 0);
	st = read_rows(s, &c, &row, reterr);
	csv_free(&c);
	arena_reset(&row);
	arena_reset(&whole);
	return st;
}
