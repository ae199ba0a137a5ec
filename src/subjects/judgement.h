/*
 * judgement.h - two presences judged the same, not the same, or unsure: by whom, why, and undone
 *
 * Nothing is merged: both keep their facts, keys and rights, so that undoing restores everything by
 * taking one row back. Of one pair one judgement stands. What follows from several (a = b, b = c) is a
 * conclusion to show, never a row (matching/judgement.h works it out). Whoever reads a judgement must
 * be allowed to see both presences: the caller asks that first.
 *
 * That two persons are the same waits for a second person where it touches a casefile (judgement_
 * needs_two). Reason and explanation are sealed under the keys of both presences: gone with either.
 */
#ifndef SUBJECTS_JUDGEMENT_H
#define SUBJECTS_JUDGEMENT_H

#include "platform/crypto/sealed_key.h"
#include "platform/crypto/uuid.h"
#include "platform/db/db.h"
#include "platform/http/input.h"

/* Stored; never reused. The same numbers as enum judged of matching/judgement.h. */
enum judgement_kind { JUDGEMENT_SAME = 1, JUDGEMENT_DIFFERENT = 2, JUDGEMENT_UNSURE = 3 };
enum judgement_state { JUDGEMENT_WAITS = 1, JUDGEMENT_HOLDS = 2, JUDGEMENT_UNDONE = 3 };
extern const struct code JUDGEMENT_KINDS[];           /* ends with a NULL name */
const char *judgement_word(enum judgement_kind kind); /* "Dezelfde" */

enum { JUDGEMENT_REASON_CHARS = 500, JUDGEMENTS_MAX = 2000 };

/* One of the two presences, as far as a judgement needs it. */
struct judged_side {
	int64_t id, key_id, first_processed_at; /* 0: the partnership doesn't process it yet */
	struct uuid uuid, subject_uuid;
	int kind;
	bool in_casefile;
};
/* ERR_NOT_FOUND: no such presence. No rights are asked. */
MUST_CHECK enum status judged_side_load(struct db_read *r, const struct uuid *presence,
                                        struct judged_side *ret, struct error *reterr);

/* Pure: does this judgement wait for a second person? */
bool judgement_needs_two(enum judgement_kind kind, const struct judged_side *one,
                         const struct judged_side *other);

struct standing_judgement {
	int64_t id, one_id, other_id; /* one_id < other_id */
	struct uuid uuid;
	enum judgement_kind kind;
	enum judgement_state state; /* waits or holds */
	int64_t judged_by, judged_at, judged_person, second_by;
	const char *judge, *second; /* names; "" for a second that isn't there */
	const char *model;
	double weight;
	/* of judgement_of_pair only: sealed texts, to open with judgement_open */
	const uint8_t *reason, *explanation, *second_reason; /* second_reason NULL: none was kept */
	size_t reason_len, explanation_len, second_reason_len;
};
/* What stands for this pair, in either order; ret->id 0: nothing. */
MUST_CHECK enum status judgement_of_pair(struct db_read *r, int64_t one_id, int64_t other_id,
                                         struct arena *a, struct standing_judgement *ret,
                                         struct error *reterr);
/* All that stand, newest first, at most JUDGEMENTS_MAX: an array of struct standing_judgement. */
MUST_CHECK enum status judgements_standing(struct db_read *r, struct arena *a, struct array *ret,
                                           struct error *reterr);
/* Those that stand for one presence: what is joined to it, and what isn't. */
MUST_CHECK enum status judgements_about(struct db_read *r, int64_t presence_id, struct arena *a,
                                        struct array *ret, struct error *reterr);
struct judgement_words {
	const char *reason, *explanation;
	const char
	    *second_reason; /* of who confirmed it; NULL: nobody did, or before it was kept */
};
/* The texts of one that judgement_of_pair gave; of which the explanation or the second reason isn't
 * there (NULL), none. ERR_NOT_FOUND: one of the two was forgotten. */
MUST_CHECK enum status judgement_open(struct db_read *r, struct keyring *k,
                                      const struct standing_judgement *j,
                                      const struct judged_side *one,
                                      const struct judged_side *other, struct arena *a,
                                      struct judgement_words *ret, struct error *reterr);

struct judging {
	struct judged_side one, other; /* in either order */
	enum judgement_kind kind;
	const char *reason, *explanation, *model;
	double weight;
	int64_t appointment_id, person_id, now_ms;
	const struct uuid *waiting; /* the judgement that waited for a second person; NULL: none */
	/* of judgement_seal */
	struct uuid uuid;
	const uint8_t *sealed_reason, *sealed_explanation, *sealed_second;
	size_t reason_len, explanation_len, second_len;
};
/* In prepare. ERR_NOT_FOUND: one of the two was forgotten. */
MUST_CHECK enum status judgement_seal(struct db_read *r, struct keyring *k, struct judging *j,
                                      struct arena *a, struct error *reterr);

enum judging_outcome { JUDGING_HOLDS, JUDGING_WAITS, JUDGING_CONFIRMED };
/*
 * In apply. Where another person's "the same" waits: the same again confirms it, anything else takes
 * its place. ERR_CONFLICT: a judgement holds already (undo it first), the second person is the first,
 * or another judgement waits than when it was sealed.
 */
MUST_CHECK enum status judgement_put(struct db_tx *tx, const struct judging *j,
                                     enum judging_outcome *ret, struct error *reterr);
/* What stands for the pair stands no more. ERR_NOT_FOUND: nothing does. */
MUST_CHECK enum status judgement_undo_pair(struct db_tx *tx, int64_t one_id, int64_t other_id,
                                           int64_t appointment_id, int64_t now_ms,
                                           struct error *reterr);

extern const struct db_stmt *const judgement_statements[];

#endif
