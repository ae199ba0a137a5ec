/*
 * requests_due.h - what is late: a reminder on the last day, a mark after it, the head after five
 *
 * For the schedule, once a day. Each request in a job of its own, with its event; a request that
 * was answered meanwhile is left alone.
 */
#ifndef REQUESTS_REQUESTS_DUE_H
#define REQUESTS_REQUESTS_DUE_H

#include "platform/db/db.h"

struct requests_found {
	int64_t reminded, late, escalated;
};
MUST_CHECK enum status requests_due(struct db *db, int64_t now_ms, struct requests_found *ret,
                                    struct error *reterr);

extern const struct db_stmt *const requests_due_statements[];

#endif
