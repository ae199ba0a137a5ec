/*
 * sight.h - room by room: how much somebody in a role sees now, and why
 *
 * A count is the length of his own list: the same route, read as him, with nothing drawn. What has no
 * list (facts of a phase, notes of all casefiles) is counted by its room.
 */
#ifndef EXPLAIN_SIGHT_H
#define EXPLAIN_SIGHT_H

#include "access/access.h"
#include "platform/http/http.h"
#include "platform/view/view.h"

/* The first whose roles hold his. A sentence may hold one %s: on whose behalf he works. */
struct sight_reason {
	uint64_t roles; /* ROLE_BIT; 0 ends the list: for everybody else */
	const char *sentence;
};
enum { SIGHT_REASONS_MAX = 6 };

struct sight {
	const char *label;     /* "Signalen" */
	const char *path;      /* of his list, or of where he finds it; NULL: in each casefile */
	enum permission needs; /* to see any of it */
	const char *article;   /* of the law; NULL: it names no person */
	/* NULL: the rows at path are counted. Another viewer than who asks. */
	enum status (*count)(struct db_read *r, const struct viewer *v, int64_t *ret,
	                     struct error *reterr);
	bool figures; /* nothing to count: it is one page */
	struct sight_reason reasons[SIGHT_REASONS_MAX];
};

struct sight_line {
	const char *label;
	bool yes, no;
	int64_t count; /* -1: nothing to count; COUNTED_ROWS_MAX + 1: more than COUNTED_ROWS_MAX */
	const char *amount; /* "12", "meer dan 1.000", "geen" */
	const char *why, *article;
	const char *path; /* of the list, for who asks; NULL: he may not go there */
};
extern const struct view SIGHT_LINE_VIEW;

/* "auditor, coördinerend FG" */
const char *permission_holders(struct arena *a, enum permission permission);

/*
 * What `seen` sees of all rooms (plein->sights): an array of struct sight_line. on_behalf: his.
 * Cost: as opening each of his lists once, COUNTED_ROWS_MAX rows at most each.
 */
MUST_CHECK enum status sight_lines(struct request *rq, const struct viewer *seen,
                                   const char *on_behalf, struct array *ret, struct error *reterr);

#endif
