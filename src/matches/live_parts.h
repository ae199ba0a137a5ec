/* live_parts.h - what asking (live.c), comparing (live_compare.c) and filling (live_feed.c) share */
#ifndef MATCHES_LIVE_PARTS_H
#define MATCHES_LIVE_PARTS_H

#include <pthread.h>

#include "matches/live.h"
#include "matching/bigarray.h"
#include "matching/index.h"

/* Persons, organisations, places; vehicles, phones and accounts together. */
enum { LIVE_MODELS = 4 };

/* A presence that is in the index, or was found closed. */
struct live_row {
	int64_t id, version;
	int model; /* -1: nothing to match on */
};
struct live_set {
	struct match_index *index[LIVE_MODELS];
	struct bigarray rows; /* struct live_row, by id */
};

struct live_index {
	struct model models[LIVE_MODELS];
	pthread_rwlock_t lock; /* which set is asked */
	struct live_set now;
	bool ready;
	/* the feeder's alone */
	struct live_set next; /* being built, from the start or anew */
	bool building;
	bool file_tried; /* whether a kept index was looked for */
	bool catching;   /* now came from a file: what changed since is being looked for */
	int64_t built_at, looked_at, look_from;
	int64_t
	    kept_period; /* that the file is sealed under; another one now: it is dead, or soon */
};

/* -1: a kind that is never matched. */
int live_model_of(int subject_kind);

/* The texts of the model's fields; a field without fact is NULL. with_bsn: the BSN as well. */
void live_texts(const struct model *m, const struct subject_fact *facts, size_t count,
                bool with_bsn, const char *ret[MODEL_FIELD_MAX]);

void live_set_new(const struct live_index *x, struct live_set *ret);
void live_set_free(struct live_set *s);

/* The set as it stands, with the moment it was built, sealed in p->live_file. */
MUST_CHECK enum status live_file_keep(const struct plein *p, const struct live_set *s,
                                      int64_t built_at, struct error *reterr);
/* ERR_NOT_FOUND: none is kept, or nobody can open it any more. ERR_INVALID: of another model, or
 * damaged. *ret is to be freed after OK alone. */
MUST_CHECK enum status live_file_take(const struct plein *p, struct live_set *ret,
                                      int64_t *ret_built_at, struct error *reterr);

#endif
