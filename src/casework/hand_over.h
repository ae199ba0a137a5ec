/*
 * hand_over.h - the work of one member goes to another, and one casefile into another
 *
 * Both change rights in the step in which they happen. Naming for phase 3 is never handed on: it
 * stays only where somebody was named for it in both. No clock moves: a person keeps his own.
 */
#ifndef CASEWORK_HAND_OVER_H
#define CASEWORK_HAND_OVER_H

#include "casework/casework.h"

/* Who is a member or can be one, in the capacity of this member, and isn't he: rows as of
 * casefile_members(). */
MUST_CHECK enum status casefile_successors(struct db_read *r, int64_t id, int64_t appointment_id,
                                           int64_t now_ms, struct arena *a, struct array *ret,
                                           struct error *reterr);
struct handing_over {
	struct casefile_writer who;
	int64_t from, to; /* appointments */
};
/* In apply, after the claim: membership and open tasks pass. ERR_NOT_FOUND: from is no member.
 * ERR_INVALID: to can't do this work. ERR_CONFLICT: from still leads an intervention. */
MUST_CHECK enum status casefile_hand_over(struct db_tx *tx, const struct handing_over *h,
                                          struct error *reterr);

extern const struct db_stmt *const hand_over_statements[];

#endif
