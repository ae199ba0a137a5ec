/* beside.h - what a signal touches beside the first: other municipalities (decisions 1.10), lines */
#ifndef SIGNALS_BESIDE_H
#define SIGNALS_BESIDE_H

#include "platform/db/db.h"

enum { BESIDE_MAX = 50 };

struct beside {
	int64_t ids[BESIDE_MAX]; /* municipalities, in the order of their names */
	const char *names[BESIDE_MAX];
	size_t count;
	uint64_t lines; /* one bit a code of SIGNAL_LINES */
};
MUST_CHECK enum status beside_load(struct db_read *r, int64_t signal_id, struct arena *a,
                                   struct beside *ret, struct error *reterr);

/* Inside a job, instead of what was there. */
MUST_CHECK enum status beside_set_municipalities(struct db_tx *tx, int64_t signal_id,
                                                 const int64_t *ids, size_t count,
                                                 struct error *reterr);
MUST_CHECK enum status beside_set_lines(struct db_tx *tx, int64_t signal_id, uint64_t lines,
                                        struct error *reterr);

extern const struct db_stmt *const beside_statements[];

#endif
