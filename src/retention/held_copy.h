/*
 * held_copy.h - what a hold keeps of what came to its day: sealed, apart, read by the DPO alone
 *
 * Of a person or thing: made inside the job that lets the presence go, under the key of each hold
 * that stands on it: on itself, on its casefile, on its signal, on the signal or casefile at the
 * other end of those. It has facts, ties, and what rooms wrote about it (forgetters.h). Of a casefile
 * or signal that a hold keeps: when it left everybody's sight, what of it has readers of its own no
 * longer. Files are kept by reference: they stay where they lie, owned by the hold once their record
 * or person goes, and go with the last hold that names them.
 */
#ifndef RETENTION_HELD_COPY_H
#define RETENTION_HELD_COPY_H

#include "platform/crypto/keyring.h"
#include "platform/crypto/uuid.h"
#include "platform/db/db.h"
#include "platform/http/input.h" /* struct array */
#include "subjects/kept.h"

/* In the job, before anything of it goes. No hold: nothing happens. k NULL where nothing can be
 * opened (on the command line): ERR_UNAVAILABLE if a hold stands on it. */
MUST_CHECK enum status held_set_apart(struct db_tx *tx, struct keyring *k, int64_t presence_id,
                                      int64_t now_ms, struct error *reterr);

/* In the casefile and in the signals that led to it, on whom a hold of their own stands: an array of
 * int64_t, ids of presences. */
MUST_CHECK enum status held_persons_of(struct db_read *r, int64_t casefile_id, struct arena *a,
                                       struct array *ret, struct error *reterr);

/* In a job: the words and files of a record that is out of sight. */
struct held_whole_of {
	int64_t hold_id, key_id, id;
	int kind; /* OBJECT_SIGNAL or OBJECT_CASEFILE */
};
MUST_CHECK enum status held_whole(struct db_tx *tx, struct keyring *k,
                                  const struct held_whole_of *record, int64_t now_ms,
                                  struct error *reterr);

/* All copies of a hold go, with the files that no other hold keeps. */
MUST_CHECK enum status held_copies_drop(struct db_tx *tx, int64_t hold_id, struct error *reterr);

enum { HELD_COPIES_SHOWN = 200 };
struct held_copy {
	int64_t id, number, made_at; /* number 0: of the record itself */
	const char *reference;       /* of the signal or casefile that it left */

	/* for held_copy.c */
	struct uuid uuid;
	const uint8_t *sealed;
	size_t len;
};
/* In the order in which they left, at most HELD_COPIES_SHOWN, without those of a casefile from which
 * this person is kept: an array of struct held_copy. */
MUST_CHECK enum status held_copies(struct db_read *r, int64_t hold_id, int64_t person_id,
                                   struct arena *a, struct array *ret, struct error *reterr);
struct held_key {
	int64_t hold_id, id, person_id; /* of the copy; of who looks */
};
MUST_CHECK enum status held_copy_load(struct db_read *r, const struct held_key *key,
                                      struct arena *a, struct held_copy *ret, struct error *reterr);

/* Up to a phase: an array of struct kept_line; *ret_more: how many lie above it. */
MUST_CHECK enum status held_copy_open(struct db_read *r, struct keyring *k, int64_t key_id,
                                      const struct held_copy *c, int max_phase, struct arena *a,
                                      struct array *ret, int64_t *ret_more, struct error *reterr);

/* Its files up to a phase: an array of struct attachment, for attachment_send(). */
MUST_CHECK enum status held_files(struct db_read *r, struct keyring *k, int64_t copy_id,
                                  int max_phase, struct arena *a, struct array *ret,
                                  struct error *reterr);

extern const struct db_stmt *const held_copy_statements[];

#endif
