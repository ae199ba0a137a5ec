/*
 * crypto.h - random bytes, digests, comparison and locked memory: the ground of this room
 *
 * This folder is the only one that includes libsodium, liboath, libqrencode and OpenSSL's
 * SHA-256. Keys are plain structs, so that the type says which key fits where; a struct that
 * held a key on the stack is wiped with secret_wipe (AUTO(mac_key_wipe) does it at scope end).
 *
 * Everything here is pure and safe from every thread after crypto_init.
 */
#ifndef PLATFORM_CRYPTO_CRYPTO_H
#define PLATFORM_CRYPTO_CRYPTO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "platform/core/error.h"
#include "platform/core/source.h"

enum { DIGEST_BYTES = 32, MAC_KEY_BYTES = 32 };

/* 256 bits of SHA-256 or BLAKE2b. Not secret. */
struct digest {
	uint8_t bytes[DIGEST_BYTES];
};

/* A secret for keyed BLAKE2b; one key per purpose. */
struct mac_key {
	uint8_t bytes[MAC_KEY_BYTES];
};

/* Bytes of somebody else's. */
struct span {
	const void *bytes;
	size_t len;
};
#define SPAN(p, n)    ((struct span){ (p), (n) })
#define SPAN_TEXT(s)  ((struct span){ (s), strlen(s) })
#define SPAN_OF(what) ((struct span){ &(what), sizeof(what) })

/* Once, before anything else of this room; again is harmless. ERR_UNAVAILABLE: no random source. */
MUST_CHECK enum status crypto_init(struct error *reterr);

/*
 * No core dump and no debugger may read this process's memory (PR_SET_DUMPABLE, RLIMIT_CORE).
 * `plein serve` calls it first; tests under sanitizers don't, since LeakSanitizer reads memory.
 */
MUST_CHECK enum status process_protect(struct error *reterr);

/* From the kernel's generator; never fails after crypto_init. */
void random_bytes(void *ret, size_t len);
/* Uniform in 1..2^53-1: fit for an id that must not be guessed and travels as a number. */
int64_t random_id(void);

/* In constant time for equal lengths. For every comparison with a secret side. */
bool secret_equal(const void *a, const void *b, size_t len);
/* Zeroes what the optimiser would have left. */
void secret_wipe(void *p, size_t len);
void mac_key_wipe(struct mac_key *key);

/*
 * Keyed BLAKE2b of count parts, each preceded by its length, so that no two lists of parts
 * give the same input. domain names the use ("csrf", "lexeme"): one key can't be played
 * against another use. Cost: 1 us per 600 bytes.
 */
struct digest digest_keyed(const struct mac_key *key, const char *domain, const struct span *parts,
                           size_t count);

/* A key of its own for one purpose, made from another. */
struct mac_key mac_key_derive(const struct mac_key *key, const char *purpose);

/* SHA-256 of first || second; what the log's tree is made of. Cost: 0.1 us per 100 bytes. */
struct digest sha256_two(const void *first, size_t first_len, const void *second,
                         size_t second_len);
/* SHA-256 of count parts, one after the other, without lengths. */
struct digest sha256_parts(const struct span *parts, size_t count);

/* SHA-256 of all its bytes, a piece at a time. False: they can't be had. */
bool sha256_source(const struct byte_source *s, struct digest *ret);

/* Lower-case hex with a final NUL; ret holds 2 * len + 1. */
void hex_text(const void *bytes, size_t len, char *ret);
/* Exactly len bytes from 2 * len hex digits followed by NUL; false otherwise. */
bool hex_parse(const char *text, void *ret, size_t len);

/* Memory that is locked, left out of dumps and has guard pages; zeroed at first. NULL if the
 * system has no more to lock. secret_free wipes and takes NULL. */
void *secret_alloc(size_t len);
void secret_free(void *p);

/* ---- Ed25519: what this node signs and others verify with the public key alone ----------------
 */

enum { SIGN_SEED_BYTES = 32, SIGN_PUBLIC_BYTES = 32, SIGNATURE_BYTES = 64 };

struct sign_secret {
	uint8_t bytes[64];
};
struct sign_public {
	uint8_t bytes[SIGN_PUBLIC_BYTES];
};
struct signature {
	uint8_t bytes[SIGNATURE_BYTES];
};

void sign_keys(const uint8_t seed[SIGN_SEED_BYTES], struct sign_secret *ret_secret,
               struct sign_public *ret_public);
struct signature sign(const struct sign_secret *key, const void *message, size_t len);
bool signature_matches(const struct sign_public *key, const struct signature *signature,
                       const void *message, size_t len);

#endif
