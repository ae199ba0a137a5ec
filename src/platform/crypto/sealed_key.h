/*
 * sealed_key.h - the keys that can be forgotten: rows of wrapped bytes, one per presence,
 * paragraph version, attachment or casefile
 *
 * A key is made and wrapped before the job (key_fresh), stored by the job (key_store), and
 * read when something is opened (key_load). Deleting its row is forgetting: what was sealed
 * under it stays closed on this database at once, and in every older copy after the next
 * rotation (at most seven days), when the period key that could unwrap the old row is gone.
 *
 * A period's row in key_period lives as long as any key needs it, by foreign key: a change that
 * was prepared before a rotation and applied after it gets ERR_CONFLICT and nothing is lost.
 */
#ifndef PLATFORM_CRYPTO_SEALED_KEY_H
#define PLATFORM_CRYPTO_SEALED_KEY_H

#include <stdint.h>

#include "platform/crypto/keyring.h"
#include "platform/crypto/seal.h"
#include "platform/db/db.h"

/* Stored; never reused. */
enum key_kind {
	KEY_PRESENCE = 1,
	KEY_PARAGRAPH = 2, /* one version of a free text */
	KEY_ATTACHMENT = 3,
	KEY_CASEFILE = 4,
	KEY_ANSWER = 5, /* of an information request */
	KEY_KIND_COUNT
};

struct fresh_key {
	int64_t id; /* keyring_next_id(): known before the row is there */
	enum key_kind kind;
	int64_t period;
	uint8_t wrapped[SEAL_WRAPPED_BYTES];
	struct seal_key key; /* wipe with seal_key_wipe when sealing is done */
};

/* In prepare. */
void key_fresh(struct keyring *k, enum key_kind kind, struct fresh_key *ret);
/* In apply. ERR_CONFLICT: its period ended meanwhile; the person tries again. */
MUST_CHECK enum status key_store(struct db_tx *tx, const struct fresh_key *key,
                                 struct error *reterr);
/* ERR_NOT_FOUND: forgotten. Wipe *ret after use. */
MUST_CHECK enum status key_load(struct db_read *r, struct keyring *k, int64_t id,
                                enum key_kind kind, struct seal_key *ret, struct error *reterr);
/* The same of a row that came along with another statement: its period and wrapped bytes (len of
 * them). For lists, which open one value a row. Wipe *ret after use. */
struct wrapped_key {
	int64_t id, period;
	enum key_kind kind;
	const uint8_t *bytes; /* NULL: forgotten */
	size_t len;
};
/* Its id in one column, period_id and wrapped of its row (by LEFT JOIN) in two others that adjoin. */
struct wrapped_key key_beside(const struct db_rows *row, int id_column, int period_column,
                              enum key_kind kind, struct arena *a);
/* ERR_NOT_FOUND: forgotten. */
MUST_CHECK enum status key_open(struct keyring *k, const struct wrapped_key *key,
                                struct seal_key *ret, struct error *reterr);
/* Forgets. ERR_NOT_FOUND: it was forgotten before. */
MUST_CHECK enum status key_destroy(struct db_tx *tx, int64_t id, struct error *reterr);

/* Forgets every key whose id is in the first column of what this SELECT finds; forgotten before, or
 * 0: passed over. At most KEYS_FORGOTTEN_MAX: ERR_LIMIT, and nothing is forgotten. */
enum { KEYS_FORGOTTEN_MAX = 20000 };
MUST_CHECK enum status keys_destroy(struct db_tx *tx, const struct db_stmt *find,
                                    const struct db_value *args, struct error *reterr);

/*
 * At every start, before the first request: makes the row of the newest period, and ends a
 * rotation whose last step a crash left out. ERR_UNAVAILABLE: keys in the database need a
 * period key that isn't in the folder (put it back from escrow).
 */
MUST_CHECK enum status keys_start(struct db *db, struct keyring *k, int64_t now_ms,
                                  struct error *reterr);

struct keys_rotation {
	int64_t from, to;  /* periods */
	int64_t rewrapped; /* keys */
	int64_t damaged;   /* keys that don't open: kept as they are, closed for ever */
};

/*
 * A new period key; every living key wrapped anew in bulk jobs of 200; the old period key
 * destroyed. Goes on where a crash or failure stopped it. Waits for its end: 300,000 keys take
 * half a minute and stand in nobody's way.
 */
MUST_CHECK enum status keys_rotate(struct db *db, struct keyring *k, int64_t now_ms,
                                   struct keys_rotation *ret, struct error *reterr);

/*
 * The same, with a step between the last new wrapping and the end of the old period key: the
 * export that goes beside the backups (key_export.h). Fails it, then both period keys stay and
 * the next rotation goes on from there: no moment without an export that opens.
 */
struct keys_last_step {
	enum status (*run)(void *context, struct error *reterr); /* may run more than once */
	void *context;
};
MUST_CHECK enum status keys_rotate_with(struct db *db, struct keyring *k, int64_t now_ms,
                                        const struct keys_last_step *step,
                                        struct keys_rotation *ret, struct error *reterr);

struct keys_figures {
	int64_t keys, newest_period, newest_began_ms, periods;
};
MUST_CHECK enum status keys_figures(struct db_read *r, struct keys_figures *ret,
                                    struct error *reterr);

extern const struct db_stmt *const KEYS_STATEMENTS[];

#endif
