/*
 * who_sees.h - "Wie ziet dit?": everybody who can open one record now, each with the reason
 *
 * The same two functions that every request asks decide who is on it: access_may() on the
 * record's own audiences, access_standing() on each appointment. Nothing is kept here, so
 * nothing can differ.
 *
 * A room that has records of its own adds the page with one route: its read handler fills a
 * struct seen_record (after deciding that this viewer sees the record) and ends with
 * explain_show_seers(); template and view are there already.
 */
#ifndef EXPLAIN_WHO_SEES_H
#define EXPLAIN_WHO_SEES_H

#include "access/access.h"
#include "platform/http/http.h"
#include "platform/view/page.h"

/* An audience that comes by invitation, not by role: a meeting's, a casefile's. */
struct invited {
	audience to;
	struct array appointments; /* of int64_t */
};

struct seen_record {
	uint16_t object_type; /* enum audit_object */
	int64_t id;
	const char *reference;     /* shown; without names of persons */
	const char *subject;       /* "Signaal" */
	const char *path;          /* of this page: "/signals/S-2026-7K3QF/who-sees" */
	enum permission needs;     /* of the page that shows the record */
	const struct thing *thing; /* from the function that writes its audiences */
	struct array invited;      /* of struct invited; may be empty */
	struct array crumbs;       /* of struct link */
	const char *place;         /* in the menu */
};

extern const struct view WHO_SEES_VIEW; /* what its route answers */

/* By organisation and name, pages of 50; also as CSV. Sets rq->touched. Cost: one row for each
 * appointment of a role that has `needs`. */
MUST_CHECK enum status explain_show_seers(struct request *rq, struct response *rs,
                                          const struct seen_record *record, struct error *reterr);

#endif
