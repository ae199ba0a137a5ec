/*
 * answer_table.h - a table that somebody pasted or sent as CSV, read into items of an answer; pure
 *
 * From a spreadsheet comes text with tabs, from a file text with ; or , (the first line decides).
 * Cells may stand in quotes. The first line names the columns, in any order:
 *
 *   Wie        number of the subject in the request, or its name       (obligatory)
 *   Wat        kind of fact, as the form calls it, or its code          (obligatory)
 *   Tekst      what is known                                           (this or an amount)
 *   Bedrag, Datum, Soort (feit or oordeel), Waardering (A1)            (may be left out)
 *   Uitleg     why a word that looks forbidden may stay                (may be left out)
 *
 * Nothing is guessed: what can't be read is a problem at its row. Rows that are right stay right
 * when others are wrong. Rows are numbered as a spreadsheet shows them: the head is row 1.
 */
#ifndef REQUESTS_ANSWER_TABLE_H
#define REQUESTS_ANSWER_TABLE_H

#include "requests/answer.h"

enum { ANSWER_TABLE_ROWS_MAX = 2000, ANSWER_TABLE_COLUMNS_MAX = 20 };

struct table_row {
	int64_t row; /* as a spreadsheet numbers it */
	struct answer_item item;
	bool readable;       /* every cell was read; the law wasn't asked yet */
	const char *problem; /* the first thing that couldn't be read, or NULL */
};

struct answer_table {
	struct array rows;   /* of struct table_row, in order; empty lines left out */
	const char *problem; /* the table as a whole can't be read; NULL: it can */
	bool cut;            /* more than ANSWER_TABLE_ROWS_MAX rows came */
};

/*
 * asked: names its subjects. default_task: for every item. Strings lie in the arena. text may hold
 * anything but NUL. Cost: linear in the text times the number of subjects.
 */
struct answer_table answer_table_read(struct arena *a, const char *text,
                                      const struct answer_asked *asked, uint16_t default_task);

#endif
