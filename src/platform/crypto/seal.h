/*
 * seal.h - values that can be read only with their key, in their place, and be forgotten
 *
 * XChaCha20-Poly1305 with a random nonce. The place (table, column, id, presence, category,
 * phase, source, version) is associated data: whoever can write SQL can't move a value to
 * another row, lower its phase or bring an older version back; it no longer opens.
 *
 * A fact is sealed under the key of its presence, a tie under both (seal_tie_key), a free text
 * under a key of its own version. These keys are random, and stored only wrapped by the period
 * key (keyring.h). Destroying the stored key is forgetting.
 *
 * Sealed form: 1 byte version (1), 24 bytes nonce, ciphertext, 16 bytes tag.
 * Pure; safe from every thread. Cost: 1 us and 1 us per 700 bytes.
 */
#ifndef PLATFORM_CRYPTO_SEAL_H
#define PLATFORM_CRYPTO_SEAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "platform/core/arena.h"
#include "platform/core/error.h"

enum {
	SEAL_KEY_BYTES = 32,
	SEAL_OVERHEAD_BYTES = 1 + 24 + 16,
	SEAL_WRAPPED_BYTES = SEAL_KEY_BYTES + SEAL_OVERHEAD_BYTES,
};

struct seal_key {
	uint8_t bytes[SEAL_KEY_BYTES];
};

struct seal_key seal_key_new(void);
void seal_key_wipe(struct seal_key *key);

/* Where a value stands. Every member is bound; 0 or "" where a thing has none. */
struct seal_place {
	const char *table, *column;
	int64_t id;
	int64_t presence;
	int64_t category, phase;
	int64_t source; /* participant */
	int64_t version;
};

/* Writes len + SEAL_OVERHEAD_BYTES to ret. */
void seal(const struct seal_key *key, const struct seal_place *place, const void *plain, size_t len,
          uint8_t *ret);

/* The same, in the arena; *ret_len is len + SEAL_OVERHEAD_BYTES. */
const uint8_t *seal_in(struct arena *arena, const struct seal_key *key,
                       const struct seal_place *place, const void *plain, size_t len,
                       size_t *ret_len);

/*
 * The value, in the arena, with a NUL behind it that *ret_len doesn't count. ERR_INTERNAL: the
 * value was changed or moved, or it's another key. The cause names the place, never the value.
 */
MUST_CHECK enum status seal_open(const struct seal_key *key, const struct seal_place *place,
                                 const uint8_t *sealed, size_t len, struct arena *arena,
                                 const char **ret, size_t *ret_len, struct error *reterr);

/*
 * The key of a tie between two presences: it opens as long as both keys live, and is the same
 * whichever of the two is named first. presence_a != presence_b.
 */
struct seal_key seal_tie_key(int64_t presence_a, const struct seal_key *a, int64_t presence_b,
                             const struct seal_key *b);

/* A key under a key; id and kind are bound. false: not this key, id or kind, or changed. */
void seal_wrap(const struct seal_key *with, int64_t id, int kind, const struct seal_key *key,
               uint8_t ret[SEAL_WRAPPED_BYTES]);
MUST_CHECK bool seal_unwrap(const struct seal_key *with, int64_t id, int kind,
                            const uint8_t wrapped[SEAL_WRAPPED_BYTES], struct seal_key *ret);

#endif
