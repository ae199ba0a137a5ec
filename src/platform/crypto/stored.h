/*
 * stored.h - what stands in columns of the current row: names, digests, texts under a key of their own
 */
#ifndef PLATFORM_CRYPTO_STORED_H
#define PLATFORM_CRYPTO_STORED_H

#include "platform/crypto/crypto.h"
#include "platform/crypto/sealed_key.h"
#include "platform/crypto/uuid.h"

/* Both all zeroes where the column is NULL. */
struct uuid uuid_stored(const struct db_rows *row, int column);
struct digest digest_stored(const struct db_rows *row, int column);
/* No bytes (NULL) where the column is NULL. */
struct span span_stored(const struct db_rows *row, int column, struct arena *a);

/* A text with a key of its own (KEY_PARAGRAPH), as its row holds it. */
struct closed_text {
	int64_t key_id;
	struct span sealed;
};
/* "" where there is none (no key, no bytes) and where it was forgotten: as if it was never written. */
MUST_CHECK enum status text_open(struct db_read *r, struct keyring *k, const struct closed_text *t,
                                 const struct seal_place *place, struct arena *a, const char **ret,
                                 struct error *reterr);

#endif
