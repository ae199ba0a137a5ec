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

/* Bytes as they were sent, without the end of the line; inside the text that was read. */
struct table_text {
	const char *from;
	size_t len;
};

struct table_row {
	int64_t row; /* as a spreadsheet numbers it */
	struct table_text sent;
	const char *who, *what; /* as written */
	struct answer_item item;
	bool parted;            /* its cells could be told apart */
	bool readable;          /* every cell was read; the law wasn't asked yet */
	struct problems unread; /* what couldn't be read, at the fields of an item; "" of the row */
};

struct answer_table {
	struct array rows;      /* of struct table_row, in order; empty lines left out */
	const char *problem;    /* the table as a whole can't be read; NULL: it can */
	struct table_text head; /* the line that names the columns */
	struct table_text rest; /* what comes behind ANSWER_TABLE_ROWS_MAX rows */
	int64_t rest_row;       /* the row it begins with; 0: nothing was left */
};

/*
 * asked: names its subjects. default_task: for every item. Strings lie in the arena, sent texts in
 * text, which may hold anything but NUL. Cost: linear in the text times the number of subjects.
 */
struct answer_table answer_table_read(struct arena *a, const char *text,
                                      const struct answer_asked *asked, uint16_t default_task);

#endif
