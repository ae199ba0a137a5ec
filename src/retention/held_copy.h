/*
 * held_copy.h - what a hold keeps of a person or thing whose day came: sealed, apart, read by the
 * DPO alone
 *
 * Made inside the job that lets the presence go, under the key of each hold that stands on it: on
 * itself, on its casefile, on its signal, on the signal or casefile at the other end of those.
 */
#ifndef RETENTION_HELD_COPY_H
#define RETENTION_HELD_COPY_H

#include "platform/crypto/keyring.h"
#include "platform/crypto/uuid.h"
#include "platform/db/db.h"
#include "platform/http/input.h" /* struct array */

/* In the job, before anything of it goes. No hold: nothing happens. k NULL where nothing can be
 * opened (on the command line): ERR_UNAVAILABLE if a hold stands on it. */
MUST_CHECK enum status held_set_apart(struct db_tx *tx, struct keyring *k, int64_t presence_id,
                                      int64_t now_ms, struct error *reterr);

/* All copies of a hold go. */
MUST_CHECK enum status held_copies_drop(struct db_tx *tx, int64_t hold_id, struct error *reterr);

enum { HELD_COPIES_SHOWN = 200 };
struct held_copy {
	int64_t id, number, made_at;
	const char *reference; /* of the signal or casefile that it left */

	/* for held_copy.c */
	struct uuid uuid;
	const uint8_t *sealed;
	size_t len;
};
/* In the order in which they left, at most HELD_COPIES_SHOWN: an array of struct held_copy. */
MUST_CHECK enum status held_copies(struct db_read *r, int64_t hold_id, struct arena *a,
                                   struct array *ret, struct error *reterr);
MUST_CHECK enum status held_copy_load(struct db_read *r, int64_t hold_id, int64_t id,
                                      struct arena *a, struct held_copy *ret, struct error *reterr);

struct held_line {
	int phase;
	const char *label, *value, *source;
	int64_t received_at; /* ms; INT64_MIN: not said */
};
/* Up to a phase: an array of struct held_line; *ret_more: how many lie above it. */
MUST_CHECK enum status held_copy_open(struct db_read *r, struct keyring *k, int64_t key_id,
                                      const struct held_copy *c, int max_phase, struct arena *a,
                                      struct array *ret, int64_t *ret_more, struct error *reterr);

extern const struct db_stmt *const held_copy_statements[];

#endif
