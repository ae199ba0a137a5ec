/*
 * learning.h - what earlier work showed: uses and effect of instruments, lessons, good practices
 *
 * Everything here is person-free and outlives the casefiles that it came from. Readers need no
 * rights beyond those of the page; functions that change something run inside a job.
 */
#ifndef LEARNING_LEARNING_H
#define LEARNING_LEARNING_H

#include "learning/practice.h"
#include "platform/crypto/crypto.h"
#include "platform/crypto/uuid.h"
#include "platform/db/db.h"

extern const struct db_root PRACTICE_ROOT;

/* What one is looking for: similar approaches. 0: any. */
struct alike {
	int theme, instrument, barrier; /* signals/theme.h, law/instruments.h, ADVICE_BARRIERS */
};

/* How often it was carried out, how often its effect was assessed, and was 2 or 3 (by the latest). */
struct experience {
	int64_t instrument, uses, assessed, helped;
};
/* By instrument; those that were used or assessed: an array of struct experience. */
MUST_CHECK enum status experiences(struct db_read *r, const struct alike *like, struct arena *a,
                                   struct array *ret, struct error *reterr);

/* What an assessment of an effect taught. */
struct learnt {
	int64_t instrument, theme, effect, months, at;
	const char *text;
};
/* Newest first, at most twenty: an array of struct learnt. */
MUST_CHECK enum status learnt_lessons(struct db_read *r, const struct alike *like, struct arena *a,
                                      struct array *ret, struct error *reterr);

/* The three questions at the closing of a casefile. */
struct closing_lesson {
	int64_t theme, at;
	const char *worked, *failed, *next_time;
};
/* Newest first, at most twenty: an array of struct closing_lesson. */
MUST_CHECK enum status closing_lessons(struct db_read *r, const struct alike *like, struct arena *a,
                                       struct array *ret, struct error *reterr);
/* In the job that closes it; the caller checked that the answers name nobody. */
MUST_CHECK enum status closing_lesson_add(struct db_tx *tx, int64_t casefile_id,
                                          const struct closing_lesson *lesson,
                                          struct error *reterr);

/* ---- good practices ------------------------------------------------------------------------------- */

struct practice {
	int64_t id, version, written_by, writer_person_id, written_at, checked_at;
	struct uuid uuid;
	const char *reference, *title, *situation, *approach, *result, *remark, *organisation;
	uint8_t state;
	struct alike like;
};
/* Those that are published, newest first; or those that this viewer wrote or may check: at most a
 * hundred. An array of struct practice. */
MUST_CHECK enum status practices_published(struct db_read *r, const struct alike *like,
                                           struct arena *a, struct array *ret,
                                           struct error *reterr);
MUST_CHECK enum status practices_waiting(struct db_read *r, const struct viewer *viewer,
                                         struct arena *a, struct array *ret, struct error *reterr);
/* ERR_NOT_FOUND: there is none, or it isn't visible to this viewer. */
MUST_CHECK enum status practice_load(struct db_read *r, const struct viewer *viewer,
                                     const char *reference, struct arena *a, struct practice *ret,
                                     struct error *reterr);

struct practice_new {
	struct uuid uuid;
	const struct mac_key *reference_key;
	const struct viewer *viewer;
	int64_t now_ms;
	struct alike like;
	const char *title, *situation, *approach, *result;
};
/* Offered at once: a second reader gets a task. */
MUST_CHECK enum status practice_add(struct db_tx *tx, const struct practice_new *n,
                                    const char **ret_reference, struct error *reterr);
/* Other words, while it is back with its writer; id claimed (PRACTICE_ROOT). */
MUST_CHECK enum status practice_rewrite(struct db_tx *tx, int64_t id, const struct practice_new *n,
                                        struct error *reterr);

struct practice_moving {
	const struct practice *practice; /* claimed */
	enum practice_action action;
	const struct viewer *viewer;
	const struct practice_picture *picture;
	const char *remark; /* with PRACTICE_RETURN */
	int64_t now_ms;
};
/* ERR_CONFLICT with the guard's sentence. */
MUST_CHECK enum status practice_move(struct db_tx *tx, const struct practice_moving *m,
                                     struct error *reterr);

extern const struct db_stmt *const learning_statements[];
extern const struct db_stmt *const practice_statements[];

#endif
