/*
 * forgetters.h - the rooms that keep something of a casefile or of a person in it
 *
 * Whoever stores a reference to a presence, or words of a casefile, has a line in FORGETTERS:
 * called in its order, inside the job that destroys, before the presence or casefile itself goes.
 */
#ifndef RETENTION_FORGETTERS_H
#define RETENTION_FORGETTERS_H

#include "access/access.h"
#include "platform/db/db.h"

struct forgetter {
	/* NULL: keeps nothing of one person but what goes with his row. */
	enum status (*presence)(struct db_tx *tx, int64_t presence_id, int64_t now_ms,
	                        struct error *reterr);
	enum status (*casefile)(struct db_tx *tx, int64_t casefile_id, int64_t now_ms,
	                        struct error *reterr);
};
extern const struct forgetter FORGETTERS[]; /* ends in an empty row */

/* One person or thing of a casefile, with all that any room keeps of it. */
MUST_CHECK enum status casefile_presence_forget(struct db_tx *tx, int64_t presence_id,
                                                int64_t now_ms, struct error *reterr);

/*
 * The casefile, its subjects, its requests, and the signals that led to it alone. The list that it
 * stands on has its second signature. *ret_done false: it was taken up again meanwhile, and stays.
 */
MUST_CHECK enum status casefile_forget(struct db_tx *tx, int64_t id, const struct viewer *viewer,
                                       int64_t now_ms, bool *ret_done, struct error *reterr);

#endif
