/*
 * numbering.h - the next reference of a kind, inside the transaction that uses it
 *
 * One row a kind and year (table reference_counter) is counted up; who rolls back gives his number
 * back. Two changes that number the same kind wait for each other.
 */
#ifndef PLATFORM_CRYPTO_NUMBERING_H
#define PLATFORM_CRYPTO_NUMBERING_H

#include "platform/crypto/reference.h"
#include "platform/db/db.h"

/* kind: "S"; the year is that of now_ms in the Netherlands. *ret in the arena of the transaction.
 * ERR_LIMIT: the year is full. */
MUST_CHECK enum status reference_next(struct db_tx *tx, const struct mac_key *key, const char *kind,
                                      int64_t now_ms, const char **ret, struct error *reterr);

/* The same for `count` of them, in order; ret has room for as many. */
MUST_CHECK enum status references_next(struct db_tx *tx, const struct mac_key *key,
                                       const char *kind, int64_t now_ms, size_t count,
                                       const char **ret, struct error *reterr);

/*
 * For many in one job that others shouldn't wait for: numbers that are taken in a short job before it.
 * What isn't stored after all leaves a gap. first: the first of `count`.
 */
struct reference_block {
	int year;
	int64_t first;
	size_t count;
};
MUST_CHECK enum status references_take(struct db_tx *tx, const char *kind, int64_t now_ms,
                                       size_t count, struct reference_block *ret,
                                       struct error *reterr);
/* Pure: the i-th of them, in the arena. */
const char *reference_in(const struct reference_block *b, const struct mac_key *key,
                         const char *kind, size_t i, struct arena *a);

extern const struct db_stmt *const numbering_statements[];

#endif
