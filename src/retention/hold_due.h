/*
 * hold_due.h - what happens to holds because time passed, and to what they keep on its day
 *
 *   nobody confirmed for HOLD_CONFIRM_DAYS     lapses
 *   HOLD_REMIND_DAYS before its last day       a task for the DPO, once
 *   the day after its last                     ended
 *   a kept record whose day came               leaves everybody's sight, as if it were destroyed;
 *                                              each hold gets a copy for the DPO (held_copy.h)
 */
#ifndef RETENTION_HOLD_DUE_H
#define RETENTION_HOLD_DUE_H

#include "platform/crypto/keyring.h"
#include "platform/db/db.h"

struct holds_done {
	int64_t lapsed, reminded, ended, shielded, kept;
};
/* For the schedule, once a day, before anything is destroyed: each in a bulk job of its own. */
MUST_CHECK enum status holds_keep(struct db *db, struct keyring *keyring, int64_t now_ms,
                                  struct holds_done *ret, struct error *reterr);

extern const struct db_stmt *const hold_due_statements[];

#endif
