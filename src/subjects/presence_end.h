/*
 * presence_end.h - how a person or thing ends in a signal or casefile, for good
 *
 * Other rooms that keep something of a presence let go of it first: the row itself goes last.
 */
#ifndef SUBJECTS_PRESENCE_END_H
#define SUBJECTS_PRESENCE_END_H

#include "platform/db/db.h"
#include "subjects/presence.h"

/* Inside a job: facts, ties with it, tokens, row and key go. Forgotten before: nothing happens. */
MUST_CHECK enum status presence_forget(struct db_tx *tx, int64_t presence_id, struct error *reterr);

/* Ids of all presences of a casefile, at most SUBJECTS_MAX: an array of int64_t. */
MUST_CHECK enum status presences_of_casefile(struct db_read *r, int64_t casefile_id,
                                             struct arena *a, struct array *ret,
                                             struct error *reterr);

/* Those of the direct circle that no tie binds to a main subject any more, in the same casefile or
 * signal (the other id is 0): they have nothing to do there. An array of int64_t. */
MUST_CHECK enum status presences_astray(struct db_read *r, int64_t signal_id, int64_t casefile_id,
                                        struct arena *a, struct array *ret, struct error *reterr);

/* ---- the five years of each person (WGS 1.8(7)) ------------------------------------------- */

struct ageing_presence {
	int64_t id, first_processed_at; /* ms */
	int64_t signal_id, casefile_id; /* the other is 0 */
	const char *reference;          /* of the signal or casefile */
	int64_t warned;                 /* days before the end of the last warning; 0: none */
};
/* First processed before this moment, oldest first, after this row (0, 0: from the start), at most
 * PRESENCES_AGEING_AT_ONCE: an array of struct ageing_presence. Places have no clock. */
enum { PRESENCES_AGEING_AT_ONCE = 100 };
MUST_CHECK enum status presences_ageing(struct db_read *r, int64_t before_ms,
                                        const struct ageing_presence *after, struct arena *a,
                                        struct array *ret, struct error *reterr);

/* *ret_first: nobody was warned so many days ahead before. */
MUST_CHECK enum status presence_warned(struct db_tx *tx, int64_t presence_id, int days,
                                       int64_t now_ms, bool *ret_first, struct error *reterr);

extern const struct db_stmt *const presence_end_statements[];

#endif
