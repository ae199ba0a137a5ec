#include "sheets/sheet.h"

#include "sheets/sheet_kinds.h"

enum status sheet_parse(enum sheet_kind kind, const void *bytes, size_t len, sheet_row_fn *row,
                        void *context, struct error *reterr)
{
	struct sheet_reading s = { .bytes = bytes, .len = len, .row = row, .context = context };

	const enum status st = kind == SHEET_XLSX ? xlsx_rows(&s, reterr) : csv_rows(&s, reterr);
	if (st == OK && s.rows == 0)
		return FAIL(reterr, ERR_INVALID, "In dit bestand staan geen regels.");
	return st;
}

enum status sheet_give(struct sheet_reading *s, const struct sheet_row *row, struct error *reterr)
{
	if (s->rows >= SHEET_ROWS_MAX)
		return FAIL(reterr, ERR_LIMIT,
		            "Dit bestand heeft meer dan 100.000 regels. Splits het.");
	s->rows++;
	s->enough = !s->row(s->context, row);
	return OK;
}

void sheet_column_name(size_t column, char ret[4])
{
	char name[4] = "";
	size_t n = 0;

	for (; column > 0 && n < 3; column = (column - 1) / 26)
		name[n++] = (char)('A' + (column - 1) % 26);
	for (size_t i = 0; i < n; i++)
		ret[i] = name[n - 1 - i];
	ret[n] = '\0';
}
