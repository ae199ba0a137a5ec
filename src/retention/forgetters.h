/*
 * forgetters.h - the rooms that keep something of a casefile or of a person in it
 *
 * Whoever stores a reference to a presence, or words of a casefile, has a line in FORGETTERS:
 * called in its order, inside the job that destroys, before the presence or casefile itself goes.
 */
#ifndef RETENTION_FORGETTERS_H
#define RETENTION_FORGETTERS_H

#include "access/access.h"
#include "platform/crypto/keyring.h"
#include "platform/db/db.h"
#include "subjects/kept.h"

struct forgetter {
	/* NULL: keeps nothing of one person but what goes with his row. */
	enum status (*presence)(struct db_tx *tx, int64_t presence_id, int64_t now_ms,
	                        struct error *reterr);
	enum status (*casefile)(struct db_tx *tx, int64_t casefile_id, int64_t now_ms,
	                        struct error *reterr);
	/* A hold keeps the casefile past its day: from now on this room shows nothing of it. NULL:
	 * its readers are those of the casefile. */
	enum status (*hide)(struct db_tx *tx, int64_t casefile_id, int64_t now_ms,
	                    struct error *reterr);
	/* What it has in words about somebody who goes, as lines for a hold. NULL: nothing. */
	enum status (*keep)(struct db_read *r, struct keyring *k, const struct kept_subject *of,
	                    struct arena *a, struct array *lines, struct error *reterr);
};
extern const struct forgetter FORGETTERS[]; /* ends in an empty row */

/* One person or thing of a casefile, with all that any room keeps of it. A hold that stands on it
 * keeps a sealed copy (held_copy.h), for which k is. */
MUST_CHECK enum status casefile_presence_forget(struct db_tx *tx, struct keyring *k,
                                                int64_t presence_id, int64_t now_ms,
                                                struct error *reterr);

/*
 * The casefile, its subjects, its requests, and the signals that led to it alone. The list that it
 * stands on has its second signature. *ret_done false: it was taken up again meanwhile or a hold
 * stands on it, and it stays.
 */
struct casefile_forgetting {
	int64_t id, now_ms;
	const struct viewer *viewer;
	struct keyring *keyring; /* of who is held apart in it */
};
MUST_CHECK enum status casefile_forget(struct db_tx *tx, const struct casefile_forgetting *f,
                                       bool *ret_done, struct error *reterr);

#endif
