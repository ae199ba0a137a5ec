/*
 * held.h - is a signal or casefile kept past its day by a hold, for the page of that record
 *
 * The holds themselves are retention's (retention/hold.h), which stands above the rooms that show
 * such a record; this reads the rows that it writes, and changes nothing.
 */
#ifndef SUBJECTS_HELD_H
#define SUBJECTS_HELD_H

#include "access/access.h"
#include "platform/db/db.h"

struct held_card {
	int64_t until;         /* day; INT64_MIN: no hold, or not for this viewer to know */
	const char *hold_href; /* NULL: none */
	const char *set_href;  /* where this viewer would set one; NULL: he doesn't */
};
struct held_record {
	int kind; /* OBJECT_SIGNAL or OBJECT_CASEFILE */
	int64_t id;
	const char *reference;
};
MUST_CHECK enum status held_card(struct db_read *r, const struct viewer *viewer,
                                 const struct held_record *of, struct arena *a,
                                 struct held_card *ret, struct error *reterr);

/* Rows of a view whose record has a struct held_card, for components/held_card. */
#define HELD_CARD_FIELDS(type, member)                                                             \
	VIEW_AS(type, member.until, "holdUntil", VIEW_DAY),                                        \
	    VIEW_AS(type, member.hold_href, "holdHref", VIEW_TEXT, .page_only = true),             \
	    VIEW_AS(type, member.set_href, "holdSetHref", VIEW_TEXT, .page_only = true)

extern const struct db_stmt *const held_card_statements[];

#endif
