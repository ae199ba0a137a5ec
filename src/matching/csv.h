/*
 * csv.h - a strict reader of comma separated text (RFC 4180), fast enough to disappear
 *
 * Separator , ; or tab (found in the header), lines end in LF or CRLF, text is UTF-8
 * with or without a byte order mark. Strict means that a doubtful file is refused with
 * row and column before any work is built on it: ragged rows, a quote in the middle of a
 * cell, NUL, UTF-16, a row of more than CSV_ROW_MAX_BYTES. Because of that strictness the
 * number of quotes before a place tells whether the place is inside a quoted cell, which is
 * what lets several threads read one file.
 *
 * Rows are numbered as a spreadsheet shows them: the header is row 1. Cost: one pass,
 * 64 bytes a step.
 */
#ifndef MATCHING_CSV_H
#define MATCHING_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "platform/core/error.h"

enum {
	CSV_ROW_MAX_BYTES = 1 << 20,
	CSV_COLUMN_MAX = 256,
	CSV_PADDING = 64 /* readable bytes that must follow the text handed to csv_start */
};

enum csv_problem {
	CSV_FINE = 0,
	CSV_RAGGED,      /* more or fewer cells than the header has */
	CSV_STRAY_QUOTE, /* a quote inside an unquoted cell, or text after a closing quote */
	CSV_OPEN_QUOTE,  /* a quoted cell that never closes */
	CSV_NUL,         /* a byte 0 */
	CSV_LONG_ROW,    /* more than CSV_ROW_MAX_BYTES */
	CSV_TOO_MANY_CELLS
};

enum csv_step { CSV_STEP_ROW, CSV_STEP_END, CSV_STEP_PARTIAL, CSV_STEP_BAD };

/* Not NUL-terminated; lives until the next csv_next. Behind it CSV_PADDING bytes can be read. */
struct csv_cell {
	const char *text;
	uint32_t length;
};

struct csv_cursor {
	const char *row_start; /* of the row that csv_next gave last, or of the partial one */
	const char *at, *end;
	const char *block; /* the 64 bytes that mask describes */
	uint64_t mask;     /* bytes of the block that need a look, not yet looked at */
	bool final;        /* end is the end of the file, not of a window */
	char separator;
	size_t column_count; /* 0: take any number (the header itself) */
	size_t cell_count;
	size_t row_count; /* rows given so far */
	struct csv_cell cells[CSV_COLUMN_MAX];
	char *unquoted; /* CSV_ROW_MAX_BYTES for cells with doubled quotes; owned */
	size_t unquoted_bytes;
	enum csv_problem problem;
	size_t problem_column; /* from 1 */
};

/* Starts at text, which must begin a row and be followed by CSV_PADDING readable bytes. */
void csv_start(struct csv_cursor *c, const char *text, size_t bytes, bool final, char separator,
               size_t column_count);
void csv_free(struct csv_cursor *c);

/* The next row into cells. PARTIAL: the window ends inside a row that begins at row_start. */
enum csv_step csv_next(struct csv_cursor *c);

/* The number of quote characters in the text. */
size_t csv_count_quotes(const char *text, size_t bytes);

/* The first place at or after from where a row begins, or bytes. inside: from lies in quotes. */
size_t csv_row_boundary(const char *text, size_t from, size_t bytes, bool inside);

/* A file that is open and whose header was read. */
struct csv_file {
	int fd;
	uint64_t bytes;
	uint64_t body_offset; /* where the first row after the header begins */
	char separator;
	size_t column_count;
	char *column_names[CSV_COLUMN_MAX];
};

/* ERR_NOT_FOUND, or ERR_INVALID with a sentence that says what the file is and what to do. */
MUST_CHECK enum status csv_open(struct csv_file *f, const char *path, struct error *reterr);
void csv_close(struct csv_file *f);

/* Reads up to bytes at offset; fewer only at the end of the file. ERR_UNAVAILABLE when reading
 * fails. */
MUST_CHECK enum status csv_read(const struct csv_file *f, uint64_t offset, char *to, size_t bytes,
                                size_t *ret_bytes, struct error *reterr);

/* The index of the column, or -1. */
int csv_column(const struct csv_file *f, const char *name);

/* Reads the file from its start and says in Dutch what is wrong in which row and column. */
enum status csv_explain_problem(const struct csv_file *f, struct error *reterr);

/* The same, and a record needs an id: a cell of this column (below 0: none) of 1 to bytes_max bytes. */
enum status csv_explain_problem_or_id(const struct csv_file *f, int id_column, size_t bytes_max,
                                      struct error *reterr);

/* The same sentence for a problem that is already known. */
enum status csv_problem_error(enum csv_problem problem, size_t row, size_t column, size_t expected,
                              size_t found, struct error *reterr);

/* Whether the bytes are well-formed UTF-8 (RFC 3629: no overlong forms, no surrogates). */
bool csv_is_utf8(const char *text, size_t bytes);

#endif
