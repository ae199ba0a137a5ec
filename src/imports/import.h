/*
 * import.h - signals from a file: what a column can become, and the life of a round
 *
 * A round is one file of one organ: its columns are told what they are, all rows are judged, and
 * only then read in, each as a draft (decisions 1.9). It can be undone as a whole. Pure, but for
 * the memory that is handed in.
 */
#ifndef IMPORTS_IMPORT_H
#define IMPORTS_IMPORT_H

#include "platform/core/machine.h"
#include "sheets/sheet.h"
#include "signals/whole.h"

enum import_state {
	IMPORT_COLUMNS = 1, /* the writer says what each column is */
	IMPORT_CHECKING = 2,
	IMPORT_CHECKED = 3,
	IMPORT_READING = 4,
	IMPORT_DONE = 5,
	IMPORT_UNDOING = 6,
	IMPORT_UNDONE = 7
};
enum import_action {
	IMPORT_CHECK = 1,
	IMPORT_CHECK_ENDS = 2,
	IMPORT_READ = 3,
	IMPORT_READ_ENDS = 4,
	IMPORT_UNDO = 5,
	IMPORT_UNDO_ENDS = 6
};

struct import_picture {
	uint8_t state;
	int64_t rows_good; /* rows that can be read in */
	bool has_column;   /* at least one column is said to be something */
};
extern const struct machine IMPORT_MACHINE;

/* What a column can be: 1 and up a field of a signal, IMPORT_FACT + a fact kind a field of who or
 * what it is about. Ends with a NULL name. */
enum { IMPORT_NOTHING = 0, IMPORT_FACT = 100 };
extern const struct code IMPORT_FIELDS[];

struct import_columns {
	int field[SHEET_COLUMNS_MAX]; /* of IMPORT_FIELDS; 0: not read */
	size_t count;
};
/* As stored: "1,0,101". */
const char *import_columns_text(struct arena *a, const struct import_columns *c);
struct import_columns import_columns_read(const char *text);
/* What the names above the columns say by themselves. */
struct import_columns import_columns_guess(const struct sheet_row *header);

/*
 * One row as a whole signal, a draft. Everything that can't be read is a problem; its path is the
 * place as people find it: "Kolom C (Titel)". False: the row is empty.
 */
bool import_row(const struct import_columns *c, const struct sheet_row *row, struct arena *a,
                struct whole_input *ret, struct problems *problems);
/*
 * How many rows a step does, when so many were done before. Each step reads the file from its
 * beginning, so steps grow with what lies behind them: the longest file that may be is read through
 * less than five times in all. They stay short enough to wait for when the server stops.
 */
enum { STEP_ROWS_MIN = 2000, STEP_ROWS_MAX = 16000 };
int64_t import_step_rows(int64_t done);

/*
 * How many rows go into one job, when the last one took so many milliseconds for its rows: as many as
 * fit in PIECE_MS, since that is what whoever wants to write may wait for; at most twice as many as
 * before, since a figure of a few rows says little.
 */
enum { PIECE_ROWS_MIN = 10, PIECE_ROWS_MAX = 320, PIECE_MS = 15 };
size_t import_piece_rows(size_t rows, int64_t took_ms);

/* The same place for a problem of whole_seal(). */
const char *import_place(struct arena *a, const struct import_columns *c, const char *path);

#endif
