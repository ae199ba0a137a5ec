/*
 * idle.h - an account that nobody uses for 90 days is suspended (D 6.6); two weeks before, those
 * who say who works for that participant are told
 *
 * Used means: a session was seen, or somebody moved the account. The last head who is still about
 * is never suspended, for nobody could undo it. Demo accounts stay.
 */
#ifndef PEOPLE_IDLE_H
#define PEOPLE_IDLE_H

#include "platform/db/db.h"

enum { IDLE_SUSPEND_DAYS = 90, IDLE_WARN_DAYS = 76 };

struct idle_found {
	int64_t warned, suspended;
};

/* For the schedule, once a day: each account in a job of its own, with its event. */
MUST_CHECK enum status people_idle(struct db *db, int64_t now_ms, struct idle_found *ret,
                                   struct error *reterr);

extern const struct db_stmt *const idle_statements[];

#endif
