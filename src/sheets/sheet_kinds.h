/* sheet_kinds.h - the two readers behind sheet.h; inside sheets/ */
#ifndef SHEETS_SHEET_KINDS_H
#define SHEETS_SHEET_KINDS_H

#include "platform/core/arena.h"
#include "sheets/sheet.h"

struct sheet_reading {
	const char *bytes;
	size_t len;
	sheet_row_fn *row;
	void *context;
	int64_t rows; /* given so far */
	bool enough;
};

MUST_CHECK enum status csv_rows(struct sheet_reading *s, struct error *reterr);
MUST_CHECK enum status xlsx_rows(struct sheet_reading *s, struct error *reterr);

/* Gives the row on; ERR_LIMIT past SHEET_ROWS_MAX. */
MUST_CHECK enum status sheet_give(struct sheet_reading *s, const struct sheet_row *row,
                                  struct error *reterr);

#endif
