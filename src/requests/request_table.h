/*
 * request_table.h - of a table that the desk sends: what is right, and what is wrong with each other
 * row; inside requests/ only
 */
#ifndef REQUESTS_REQUEST_TABLE_H
#define REQUESTS_REQUEST_TABLE_H

#include "requests/answer_table.h"
#include "requests/request_page.h"

enum {
	TABLE_CHARS_MAX = 200000, /* of the field */
	TABLE_NAMED_MAX = 50      /* refused rows that a page names */
};

struct refused_row {
	int64_t row;
	const struct table_row *of; /* NULL: from here on nothing was read */
	struct problems wrong;      /* at the fields of an item; "" of the row */
};

struct taken_table {
	struct answer_table table;
	struct sealed_item *items; /* what may be kept */
	size_t count;
	struct refused_row *refused; /* in order; what wasn't read is the last of them */
	size_t refused_count;
};

/* Everything in rq's arena, but what was sent in text. */
struct taken_table request_table_take(const struct request *rq, const struct on_request *on,
                                      const char *text, uint16_t task);

/* "Regel 3 (Zandwijk, Controle): ..." with all that is wrong with it. */
const char *table_refusal_told(struct arena *a, const struct refused_row *r);
/* "1 gegeven is bewaard, 4 regels niet." */
const char *table_verdict(struct arena *a, const struct taken_table *t);
/* How many of the refused rows a page names, and what it says of the others (NULL: nothing). */
size_t table_named(const struct taken_table *t);
const char *table_more_told(struct arena *a, const struct taken_table *t);

/* What wasn't kept, for the field from which it came. */
void table_fill_left(struct arena *a, const struct taken_table *t, struct table_left *ret);

#endif
