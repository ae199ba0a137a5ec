/*
 * tie.h - what binds two subjects of a signal: kinds, which fit whom, and their rows
 *
 * A tie is a fact with a second presence, sealed under both their keys: it is gone as soon as one
 * of the two is forgotten. Its kind decides its category (law/categories.h), and so who may bring
 * it in. The direct circle exists only by a tie to who the signal is about.
 */
#ifndef SUBJECTS_TIE_H
#define SUBJECTS_TIE_H

#include "subjects/presence.h"

enum { TIES_MAX = 500, TIE_NOTE_CHARS = 200 };

/* The kinds of law/categories.h that are ties; ends with a NULL name. */
extern const struct code TIE_KINDS[];
const char *tie_label(int tie_kind); /* "" for what is none */

/* Does this kind go from such a subject to such a subject? Pure. */
bool tie_fits(int tie_kind, int from_kind, int to_kind);

struct tie {
	int64_t id, from, to; /* from, to: numbers of the subjects */
	int kind;
	const char *note; /* "" or how it is known */
};
/* In the order in which they were added: an array of struct tie. */
MUST_CHECK enum status tie_list(struct db_read *r, struct keyring *k, int64_t signal_id,
                                struct arena *a, struct array *ret, struct error *reterr);

/* One side of a tie, with its key: wipe it with seal_key_wipe when sealing is done. */
struct tie_end {
	struct uuid uuid;
	struct seal_key key;
	int kind, role;
};
/* ERR_NOT_FOUND: the signal has no such subject. */
MUST_CHECK enum status tie_end_load(struct db_read *r, struct keyring *k, int64_t signal_id,
                                    int64_t number, struct tie_end *ret, struct error *reterr);

struct sealed_tie {
	struct uuid uuid, from, to;
	int kind;
	enum law_category category;
	const uint8_t *value, *raw;
	size_t value_len, raw_len;
};
/* In prepare. from and to are two different subjects. */
void tie_seal(const struct tie_end *from, const struct tie_end *to, int kind, const char *note,
              const struct subject_source *source, int64_t now_ms, struct arena *a,
              struct sealed_tie *ret);

/* In apply; both subjects are there. ERR_LIMIT: the signal has TIES_MAX of them. */
MUST_CHECK enum status tie_add(struct db_tx *tx, int64_t signal_id, const struct sealed_tie *tie,
                               const struct subject_source *source, int64_t now_ms,
                               struct error *reterr);
/* ERR_NOT_FOUND: no such tie in this signal. */
MUST_CHECK enum status tie_remove(struct db_tx *tx, int64_t signal_id, int64_t id,
                                  struct error *reterr);

/* At the end of every change of subjects and ties: ERR_CONFLICT when somebody of the direct circle
 * has no tie to a main subject (any more). */
MUST_CHECK enum status circle_check(struct db_tx *tx, int64_t signal_id, struct error *reterr);

extern const struct db_stmt *const tie_statements[];

#endif
