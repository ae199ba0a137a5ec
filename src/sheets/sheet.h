/*
 * sheet.h - the rows of a table that somebody made: CSV, or the first sheet of an XLSX
 *
 * Foreign bytes: everything is bounded, nothing is trusted, no formula is run, no address is
 * followed. What would be guessed elsewhere is said here: another encoding, merged cells, a
 * formula, too many columns or rows, a file that unpacks to many times its size. Rows are numbered
 * as a spreadsheet shows them: the header is row 1.
 *
 * Cost: one pass (XLSX: two, its texts come first); a row at a time in memory, and for XLSX the
 * texts that cells share. Threads: safe, nothing is shared.
 */
#ifndef SHEETS_SHEET_H
#define SHEETS_SHEET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "platform/core/error.h"
#include "platform/core/source.h"

enum sheet_kind { SHEET_CSV, SHEET_XLSX };

enum {
	SHEET_COLUMNS_MAX = 200,
	SHEET_ROWS_MAX = 100001,       /* with the header */
	SHEET_CELL_BYTES_MAX = 100000, /* a long story */
	SHEET_TEXTS_BYTES_MAX = 67108864
};

struct sheet_row {
	int64_t number;
	const char
	    *cells[SHEET_COLUMNS_MAX]; /* UTF-8, "" where empty; until the function returns */
	size_t count;                  /* up to and with the last cell */
	size_t formula_column;         /* from 1: it holds a formula; 0: none does */
};

/* False: enough, the rest isn't read. */
typedef bool sheet_row_fn(void *context, const struct sheet_row *row);

/*
 * In a child that can only compute (platform/sandbox). ERR_INVALID or ERR_LIMIT with a sentence
 * that says what is wrong and where; ERR_UNAVAILABLE: no child could be started. The function row
 * runs here, and may take its time.
 */
MUST_CHECK enum status sheet_read(enum sheet_kind kind, const struct byte_source *from,
                                  sheet_row_fn *row, void *context, struct error *reterr);

/* The same in this process: for the child, and to try what it does with all kinds of bytes. */
MUST_CHECK enum status sheet_parse(enum sheet_kind kind, const void *bytes, size_t len,
                                   sheet_row_fn *row, void *context, struct error *reterr);

/* "C" for 3, "AB" for 28: as a spreadsheet names a column. ret holds 4. */
void sheet_column_name(size_t column, char ret[4]);

#endif
