/*
 * viewer_check.h - does the database give every viewer what the rule says?
 *
 * Beside audience_check.h, for what has no rows of its own that say who reads it: the statements
 * that open a record for a viewer decide, from invitations, members, blocks and the readers of the
 * record around it. For each record and everybody who works in a role that may come there at all,
 * the statements are asked and the rule is asked, and each difference is told.
 *
 * Cost: as the room's `seen`, once per viewer and page of records.
 */
#ifndef EXPLAIN_VIEWER_CHECK_H
#define EXPLAIN_VIEWER_CHECK_H

#include "access/access.h"
#include "explain/audience_check.h"

enum { VIEWER_CHECK_PAGE = 50 };

struct checked_record {
	int64_t id;
	const char *reference;
	const void *facts; /* of opens */
};

struct viewer_room {
	const char *label; /* "vergaderingen" */
	enum permission
	    needs; /* who is asked for: the roles that have it; PERM_PUBLIC: everybody */
	/* By id, after this one, VIEWER_CHECK_PAGE at most: an array of struct checked_record. */
	enum status (*records)(struct db_read *r, int64_t after_id, int64_t now_ms, struct arena *a,
	                       struct array *ret, struct error *reterr);
	/* What the statements give this viewer of those: seen[i], false before. */
	enum status (*seen)(struct db_read *r, const struct viewer *v, const struct array *records,
	                    struct arena *a, bool *seen, struct error *reterr);
	bool (*opens)(const struct viewer *v, const void *facts); /* pure */
};

/* One line a fault goes to report. */
MUST_CHECK enum status viewer_check(struct db_read *r, const struct viewer_room *room,
                                    int64_t now_ms, struct out *report, struct audience_faults *ret,
                                    struct error *reterr);

#endif
