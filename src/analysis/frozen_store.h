/*
 * frozen_store.h - fixed versions of an analysis: which paragraphs, their digests, who signed; for
 * src/analysis/
 *
 * A part's digest is SHA-256 of a nonce and its canonical bytes; hash N is SHA-256 over the digests
 * of the parts up to phase N, in order. Who reads up to phase N gets hash N and nothing else, so that
 * his copy doesn't depend on what he may not see. What is destroyed later leaves its digest.
 */
#ifndef ANALYSIS_FROZEN_STORE_H
#define ANALYSIS_FROZEN_STORE_H

#include "analysis/analysis_store.h"

struct frozen {
	int64_t id, version, drafted_at, decided_at;
	int64_t drafted_person;
	struct uuid uuid;
	uint8_t state;
	int phase; /* the highest in it: for who may know */
	const char *drafted_by, *decided_by;
	struct digest hash; /* of the reader's level */
	struct span signature;
};
/* Newest first; one whose hash for this level is that of the one before it is left out: for this
 * reader nothing was fixed then. Only signed ones, or with those that wait: struct frozen. */
MUST_CHECK enum status frozen_list(struct db_read *r, int64_t analysis_id, int level, bool waiting,
                                   struct arena *a, struct array *ret, struct error *reterr);
MUST_CHECK enum status frozen_load(struct db_read *r, int64_t casefile_id, int level,
                                   const char *uuid, struct arena *a, struct frozen *ret,
                                   struct error *reterr);
/* Its paragraphs as they were fixed, for this level; *ret_destroyed of them are gone since. */
MUST_CHECK enum status frozen_paragraphs(struct db_read *r, struct keyring *k, int64_t frozen_id,
                                         int level, struct arena *a, struct array *ret,
                                         int64_t *ret_destroyed, struct error *reterr);

struct frozen_part {
	int64_t paragraph_id, version_id;
	int section, phase;
	struct digest nonce, digest;
};
enum { FROZEN_LEVELS = 3 };
struct frozen_new {
	struct uuid uuid;
	int64_t analysis_id, casefile_id, appointment_id, person_id, now_ms;
	int phase;
	const struct frozen_part *parts;
	size_t count;
	struct digest hash[FROZEN_LEVELS]; /* of level 1, 2, 3 */
};
/* In prepare: paragraphs in reading order, with all their citations. */
void frozen_digest(const struct mac_key *key, const struct uuid *casefile, struct array paragraphs,
                   struct array citations, struct arena *a, struct frozen_new *ret);
MUST_CHECK enum status frozen_insert(struct db_tx *tx, const struct frozen_new *n, int64_t *ret_id,
                                     struct error *reterr);
struct frozen_decision {
	int64_t appointment_id, person_id, now_ms;
	const struct sign_secret *signer; /* NULL: withdrawn */
};
/* After db_claim. Signs the three hashes with who and when. ERR_CONFLICT: not in that state. */
MUST_CHECK enum status frozen_decide(struct db_tx *tx, int64_t id, const struct move *mv,
                                     const struct frozen_decision *d, struct error *reterr);

extern const struct db_stmt *const frozen_statements[];

#endif
