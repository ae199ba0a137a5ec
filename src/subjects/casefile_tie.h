/*
 * casefile_tie.h - what a partner says of two subjects of a casefile, and who belongs to one of them
 *
 * A tie is a fact with a second presence, sealed under the keys of both (tie.h): its kind decides
 * its category, so its phase and who may give it. Somebody of the direct circle comes into a
 * casefile only together with his tie to a main subject; a main subject only by a signal.
 */
#ifndef SUBJECTS_CASEFILE_TIE_H
#define SUBJECTS_CASEFILE_TIE_H

#include "subjects/casefile_subject.h"
#include "subjects/tie.h"

struct casefile_tie_new {
	int64_t from, to; /* numbers; from 0: the new one of casefile_circle_seal */
	int kind;
	enum law_category category;
	enum law_phase phase;
	const char *note;
	int64_t from_day, until_day; /* INT64_MIN: not said */
	struct subject_source source;
};
struct sealed_casefile_tie {
	struct uuid uuid, from, to;
	struct casefile_tie_new in;
	const uint8_t *value, *raw, *period; /* period NULL: not said */
	size_t value_len, raw_len, period_len;
};
/* In prepare. ERR_NOT_FOUND: the casefile has no such subject. */
MUST_CHECK enum status casefile_tie_seal(struct db_read *r, struct keyring *k, int64_t casefile_id,
                                         const struct casefile_tie_new *in, int64_t now_ms,
                                         struct arena *a, struct sealed_casefile_tie *ret,
                                         struct error *reterr);
/* In apply. ERR_CONFLICT: this source said so before. ERR_LIMIT: TIES_MAX of them. */
MUST_CHECK enum status casefile_tie_add(struct db_tx *tx, int64_t casefile_id,
                                        const struct sealed_casefile_tie *tie, int64_t now_ms,
                                        struct error *reterr);

/* Somebody of the direct circle: his facts under a new key, and his tie to a main subject. */
struct sealed_circle {
	struct uuid uuid, subject_uuid;
	struct fresh_key key;
	int kind;
	struct sealed_known_fact facts[FACT_KIND_COUNT];
	struct sealed_token tokens[FACT_KIND_COUNT];
	size_t fact_count, token_count;
	struct sealed_casefile_tie tie;
};
MUST_CHECK enum status
casefile_circle_seal(struct db_read *r, struct keyring *k, const struct mac_key *identifier_key,
                     int64_t casefile_id, int kind, const struct subject_fact *facts, size_t count,
                     const struct casefile_tie_new *tie, int64_t now_ms, struct arena *a,
                     struct sealed_circle *ret, struct error *reterr);
/* In apply. ERR_LIMIT: the casefile has SUBJECTS_MAX of them. */
MUST_CHECK enum status casefile_circle_add(struct db_tx *tx, int64_t casefile_id,
                                           const struct sealed_circle *c, int64_t now_ms,
                                           int64_t *ret_number, struct error *reterr);

/* After a tie was withdrawn: ERR_CONFLICT when somebody of the direct circle has none left. */
MUST_CHECK enum status casefile_circle_check(struct db_tx *tx, int64_t casefile_id,
                                             struct error *reterr);

extern const struct db_stmt *const casefile_tie_statements[];

#endif
