/*
 * copies.h - everything that went out of a casefile: who got which facts, when, by which act
 *
 * Over the registry of copies (subjects/copy.h): every page that somebody opened for the first
 * time, every print, export and pack that holds a fact of this casefile. Facts are counted and
 * named up to the phase that the viewer reads; a copy with nothing else in it isn't there for him.
 */
#ifndef RETENTION_COPIES_H
#define RETENTION_COPIES_H

#include "platform/core/arena.h"
#include "platform/crypto/uuid.h"
#include "platform/db/db.h"

enum { COPIES_SHOWN = 50, COPY_FACTS_SHOWN = 500 };

struct kept_copy {
	int64_t id, at, facts;
	struct uuid uuid;
	int act;                        /* COPY_ACTS */
	const char *reference;          /* of the page, request or document by which it went */
	const char *person, *on_behalf; /* on_behalf "": the bureau */
};
/* Newest first, before the one with id `before` (INT64_MAX: the newest): at most COPIES_SHOWN + 1,
 * the last of those only tells that there are more. Cost: linear in the facts of the casefile and
 * their copies. */
MUST_CHECK enum status copies_of_casefile(struct db_read *r, int64_t casefile_id, int max_phase,
                                          int64_t before, struct arena *a, struct array *ret,
                                          struct error *reterr);
/* By the number that stands on paper, "K-" and 12 hexadecimal digits. ERR_NOT_FOUND: none of this
 * casefile. */
MUST_CHECK enum status copy_of_casefile(struct db_read *r, int64_t casefile_id, int max_phase,
                                        const char *number, struct arena *a, struct kept_copy *ret,
                                        struct error *reterr);

struct kept_fact {
	int64_t subject, fact_id;    /* subject: its number in the casefile */
	int kind, phase, correction; /* correction: 0, or how it was corrected since */
	int64_t version;             /* the one that went out */
};
/* What it held of this casefile and is still there: an array of struct kept_fact. */
MUST_CHECK enum status copy_contents(struct db_read *r, int64_t copy_id, int64_t casefile_id,
                                     int max_phase, struct arena *a, struct array *ret,
                                     struct error *reterr);

extern const struct db_stmt *const copies_statements[];

#endif
