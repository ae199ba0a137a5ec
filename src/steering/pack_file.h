/*
 * pack_file.h - the PDF of a pack that the server makes beforehand: how far it is, and the file itself, sealed
 *
 * It is there for an hour. Before that it goes when a casefile of its meeting, or somebody in one, is
 * destroyed. Inside steering/ only.
 */
#ifndef STEERING_PACK_FILE_H
#define STEERING_PACK_FILE_H

#include "access/access.h"
#include "platform/crypto/sealed_key.h"
#include "platform/db/db.h"

/* Stored; never reused. */
enum pack_file_state { PACK_WAITS = 1, PACK_BUSY = 2, PACK_READY = 3, PACK_FAILED = 4 };
enum {
	PACK_FILE_MS = 60 * 60 * 1000,
	PACK_TAKEN_MS = 60 * 1000,
	PACK_BYTES_MAX = 3 << 20
}; /* opened within one request */

struct pack_file {
	int64_t copy_id, per_mille, ready_at, bytes, key_id;
	int state; /* 0: none, or it went */
	struct digest mark;
};
/* What is too old counts as gone. */
MUST_CHECK enum status pack_file_load(struct db_read *r, int64_t copy_id, int64_t now_ms,
                                      struct arena *a, struct pack_file *ret, struct error *reterr);
/* ERR_NOT_FOUND: it went meanwhile. */
MUST_CHECK enum status pack_file_open(struct db_read *r, struct keyring *k,
                                      const struct pack_file *f, struct arena *a, const char **ret,
                                      size_t *ret_len, struct error *reterr);

/* The one that waits longest, or whose maker died. copy_id 0: none. */
struct pack_order {
	int64_t copy_id, appointment_id;
	enum role role;
	const char *meeting, *copy; /* references */
};
MUST_CHECK enum status pack_order_next(struct db_read *r, int64_t now_ms, struct arena *a,
                                       struct pack_order *ret, struct error *reterr);

/* ---- inside a job ------------------------------------------------------------------------------ */

/* Asks for the file; what lay there goes. */
MUST_CHECK enum status pack_file_ask(struct db_tx *tx, int64_t copy_id, int64_t now_ms,
                                     struct error *reterr);
/* ERR_CONFLICT: another process took it. */
MUST_CHECK enum status pack_file_take(struct db_tx *tx, int64_t copy_id, int64_t now_ms,
                                      struct error *reterr);
MUST_CHECK enum status pack_file_tell(struct db_tx *tx, int64_t copy_id, int64_t per_mille,
                                      int64_t now_ms, struct error *reterr);

struct pack_filled {
	int64_t copy_id, now_ms, bytes;
	struct digest mark;
	struct fresh_key key;
	const uint8_t *sealed; /* NULL: it couldn't be made */
	size_t len;
};
void pack_file_seal(struct keyring *k, const char *bytes, size_t len, struct arena *a,
                    struct pack_filled *ret);
MUST_CHECK enum status pack_file_put(struct db_tx *tx, const struct pack_filled *f,
                                     struct error *reterr);

/* Files of before this moment go, with their keys. */
MUST_CHECK enum status pack_files_expire(struct db_tx *tx, int64_t before_ms, struct error *reterr);
/* Of every meeting that has the casefile on its agenda, or that of the presence. */
MUST_CHECK enum status pack_files_forget(struct db_tx *tx, int64_t casefile_id,
                                         struct error *reterr);
MUST_CHECK enum status pack_files_forget_presence(struct db_tx *tx, int64_t presence_id,
                                                  struct error *reterr);

extern const struct db_stmt *const pack_file_statements[];

#endif
