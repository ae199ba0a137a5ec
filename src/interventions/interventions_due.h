/*
 * interventions_due.h - what comes due by itself: reports, late ones, effects, places to look at again
 *
 * For the schedule, once a day. Each in a job of its own, with its event; what was done meanwhile is
 * left alone, and nothing is told twice.
 */
#ifndef INTERVENTIONS_INTERVENTIONS_DUE_H
#define INTERVENTIONS_INTERVENTIONS_DUE_H

#include "platform/db/db.h"

struct interventions_found {
	int64_t asked, late, effects, rechecks;
	int64_t
	    ended; /* left behind by a casefile that is gone, and nothing is to be seen any more */
};
MUST_CHECK enum status interventions_due(struct db *db, int64_t now_ms,
                                         struct interventions_found *ret, struct error *reterr);

extern const struct db_stmt *const interventions_due_statements[];

#endif
