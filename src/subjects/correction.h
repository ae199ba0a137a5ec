/*
 * correction.h - a fact that turned out wrong (BGS 1.7): rectified beside the old, or withdrawn
 *
 * Nothing is overwritten. Rectified: a new version stands beside the old, which stays readable and
 * is marked. Withdrawn: the old loses its words, the mark stays. The reason is sealed under the key
 * of the presence. Everybody who got the old version (copy.h) is told.
 */
#ifndef SUBJECTS_CORRECTION_H
#define SUBJECTS_CORRECTION_H

#include "subjects/casefile_subject.h"

enum correction_kind { CORRECTION_RECTIFIED = 1, CORRECTION_WITHDRAWN = 2 };
enum { CORRECTION_REASON_CHARS = 500 };

struct correction_new {
	int kind; /* enum correction_kind */
	int64_t subject_number;
	const struct known_fact *old;
	const char *text, *raw; /* of the new version; not when withdrawn */
	const char *reason;
	int64_t appointment_id, now_ms;
};
struct sealed_correction {
	struct uuid uuid, old_uuid;
	int kind;
	int64_t fact_id, presence_id, appointment_id, now_ms;
	const uint8_t *reason;
	size_t reason_len;
	struct sealed_known_fact replacement; /* not when withdrawn */
	struct sealed_token tokens[FACT_KIND_COUNT];
	size_t token_count;
	bool identifies; /* tokens are to be written anew */
};
/* In prepare. ERR_NOT_FOUND: the subject was forgotten. */
MUST_CHECK enum status correction_seal(struct db_read *r, struct keyring *k,
                                       const struct mac_key *identifier_key, int64_t casefile_id,
                                       const struct correction_new *in, struct arena *a,
                                       struct sealed_correction *ret, struct error *reterr);

struct correction_place {
	int64_t casefile_id;
	const char *reference; /* of the casefile */
};
/* In apply. ERR_CONFLICT: somebody corrected it before. Tells everybody who got it; how many in
 * *ret_told. */
MUST_CHECK enum status correction_put(struct db_tx *tx, const struct correction_place *where,
                                      const struct sealed_correction *c, int64_t *ret_told,
                                      struct error *reterr);

/* This appointment saw all corrections of the casefile that it was told of. */
MUST_CHECK enum status corrections_saw(struct db_tx *tx, const struct correction_place *where,
                                       int64_t appointment_id, int64_t person_id, int64_t now_ms,
                                       struct error *reterr);

struct correction_row {
	int64_t id, at, subject_number, fact_id, replaced_by, told, seen;
	int kind, fact_kind;
	const char *by, *reason; /* by: "politie", "RIEC-bureau" */
	bool waits_for_me;
};
/* Of facts up to max_phase, newest first, at most 200: an array of struct correction_row. */
MUST_CHECK enum status correction_list(struct db_read *r, struct keyring *k, int64_t casefile_id,
                                       int max_phase, int64_t appointment_id, struct arena *a,
                                       struct array *ret, struct error *reterr);

extern const struct db_stmt *const correction_statements[];

#endif
