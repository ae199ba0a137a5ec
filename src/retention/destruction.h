/*
 * destruction.h - what has to go, and the two signatures before it goes (BGS 1.16, decisions 1.8)
 *
 * A records manager makes a list of what is due; another person signs it; then texts, facts,
 * attachments, tokens and keys are gone, and a person-free statistic row remains. Lists hold
 * references and days, never content.
 */
#ifndef RETENTION_DESTRUCTION_H
#define RETENTION_DESTRUCTION_H

#include <stdint.h>

#include "access/access.h"
#include "platform/crypto/keyring.h"
#include "platform/db/db.h"

enum {
	DESTRUCTION_AHEAD_DAYS = 7, /* what is due within a week is put on a list */
	DESTRUCTION_ITEMS_MAX = 20, /* one signature is one short job */
	DESTRUCTION_LISTS_MAX = 1000
};

enum destruction_state { DESTRUCTION_PROPOSED = 1, DESTRUCTION_SIGNED = 2 };

struct destruction_item {
	int kind;                                 /* OBJECT_SIGNAL or OBJECT_CASEFILE */
	int64_t object_id, due_day, destroyed_at; /* destroyed_at 0: not yet */
	const char *reference;
	bool shielded; /* somebody is kept from this casefile: it gets a list of its own */
};

struct destruction_list {
	int64_t id, version, made_at, signed_at; /* signed_at 0: waits for a signature */
	int64_t made_by_person;
	int state;
	const char *maker, *signer; /* names of colleagues; signer "" while it waits */
};

/*
 * All three ask for the viewer: a casefile that he is kept from, and a list with such a casefile on
 * it, isn't there for him (docs/decisions/0017).
 */
/* Due up to and including `day` and on no list yet: an array of struct destruction_item. */
MUST_CHECK enum status destruction_due(struct db_read *r, const struct viewer *viewer, int64_t day,
                                       struct arena *a, struct array *ret, struct error *reterr);
/* Newest first: an array of struct destruction_list. */
MUST_CHECK enum status destruction_lists(struct db_read *r, const struct viewer *viewer,
                                         struct arena *a, struct array *ret, struct error *reterr);
struct destruction_whole {
	struct destruction_list list;
	struct array items; /* of struct destruction_item */
};
MUST_CHECK enum status destruction_load(struct db_read *r, const struct viewer *viewer, int64_t id,
                                        struct arena *a, struct destruction_whole *ret,
                                        struct error *reterr);

/* ---- inside a job --------------------------------------------------------------------------- */

extern const struct db_root DESTRUCTION_ROOT;

/* Of what is due to go: the casefiles that nobody is kept from and the signals together; when none of
 * those is left, the next one of the others, alone. ERR_CONFLICT: nothing is due. */
MUST_CHECK enum status destruction_make(struct db_tx *tx, const struct viewer *viewer,
                                        int64_t now_ms, int64_t *ret_id, struct error *reterr);
/*
 * The second signature: everything on the list goes, but for what a hold keeps (hold.h): that is due
 * again once the hold is over. ERR_CONFLICT: the same person made it, or it
 * was signed before. The caller claimed the list.
 */
struct destruction_signing {
	int64_t id, now_ms;
	const struct viewer *viewer;
	struct keyring *keyring; /* of who is held apart */
};
MUST_CHECK enum status destruction_sign(struct db_tx *tx, const struct destruction_signing *s,
                                        struct error *reterr);

extern const struct db_stmt *const destruction_statements[];

#endif
