/*
 * keyring.h - the keys of this installation: in the folder keys/, and nowhere else on disk
 *
 * Files of mode 0600, one key each, never in a backup of data: signing (Ed25519), lexeme,
 * identifier, reference, token, web, pseudonym, account, and the period key of the week
 * (period-N). In memory they lie in locked pages that no dump shows.
 *
 * The period key wraps every key that seals a person's values (sealed_key.h). Each week a new
 * one re-wraps what lives and the old one is destroyed: from then on every older copy of a
 * destroyed key is dead, wherever it lies. During the change there are two; new keys are
 * wrapped by the newest. Several processes may use one folder: a change that one makes is seen
 * by the others at their next use. Two escrow folders (other media, named in the settings) hold a copy
 * of each living period key: losing all three copies loses every personal value.
 *
 * Limits, openly: overwriting a file is no promise on flash memory or on a file system with
 * snapshots, so keys/ belongs on neither, or on an encrypted volume. Root on the running
 * machine reads what the program reads.
 *
 * Safe from every thread. Owned by main.c.
 */
#ifndef PLATFORM_CRYPTO_KEYRING_H
#define PLATFORM_CRYPTO_KEYRING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "platform/crypto/crypto.h"
#include "platform/crypto/seal.h"

struct keyring;

enum { KEYRING_ESCROWS = 2, KEYRING_PERIODS_MAX = 2 };

struct keyring_config {
	const char *folder;                  /* "data/keys" */
	const char *escrow[KEYRING_ESCROWS]; /* NULL: "escrow-1", "escrow-2" inside the folder */
};

/* One key per purpose; each its own file, so that one can be replaced alone. */
enum ring_key {
	RING_LEXEME,     /* words of the search index */
	RING_IDENTIFIER, /* tokens of BSN, plate, ... */
	RING_REFERENCE,  /* the permutation behind S-2026-7K3QF */
	RING_TOKEN,      /* digests of sessions, API tokens, recovery codes */
	RING_WEB,        /* CSRF, ETag */
	RING_PSEUDONYM,  /* addresses, presences and queries in the log */
	RING_KEY_COUNT
};

/* Makes the folder, and every key that is missing; keys that are there stay. */
MUST_CHECK enum status keyring_create(const struct keyring_config *cfg, struct error *reterr);

/* ERR_UNAVAILABLE: the folder or a key is missing, damaged, or readable by others; the cause says
 * which and what to do. */
MUST_CHECK enum status keyring_open(const struct keyring_config *cfg, struct keyring **ret,
                                    struct error *reterr);
void keyring_close(struct keyring *k); /* wipes; takes NULL */

/* Valid as long as the keyring. */
const struct mac_key *keyring_mac(const struct keyring *k, enum ring_key which);
const struct sign_secret *keyring_signer(const struct keyring *k);
const struct sign_public *keyring_public(const struct keyring *k);
/* Seals what belongs to an account and not to a case: TOTP secrets, parked forms. */
const struct seal_key *keyring_account_key(const struct keyring *k);

/* ---- the period key ------------------------------------------------------------------------ */

/* Living periods, oldest first; the last one wraps. Returns how many: 1, or 2 during a change. */
size_t keyring_periods(struct keyring *k, int64_t ret[KEYRING_PERIODS_MAX]);

/*
 * A number for a new key, from 1 up, given to no other: they follow each other from a random place
 * in 2^63, so that rows that are made together lie together. Two runs of a hundred million keys
 * meet with a chance of one in ten thousand million; then the later job fails and nothing is lost.
 */
int64_t keyring_next_id(struct keyring *k);

/* Wraps with the newest period key. id and kind are bound (seal_wrap). */
void keyring_wrap(struct keyring *k, int64_t id, int kind, const struct seal_key *key,
                  int64_t *ret_period, uint8_t ret[SEAL_WRAPPED_BYTES]);
/* ERR_NOT_FOUND: the period is destroyed (the key is forgotten). ERR_INTERNAL: damaged. */
MUST_CHECK enum status keyring_unwrap(struct keyring *k, int64_t period, int64_t id, int kind,
                                      const uint8_t wrapped[SEAL_WRAPPED_BYTES],
                                      struct seal_key *ret, struct error *reterr);

/* A MAC under one period's key, for the export of wrapped keys. ERR_NOT_FOUND as above. */
MUST_CHECK enum status keyring_period_mac(struct keyring *k, int64_t period, const void *bytes,
                                          size_t len, struct digest *ret, struct error *reterr);

/* Makes the next period key, with its escrow copies first; nothing if a change is under way.
 * ERR_UNAVAILABLE: a copy can't be written; nothing changed. */
MUST_CHECK enum status keyring_next_period(struct keyring *k, struct error *reterr);
/* Destroys a period key and its copies; never the newest (ERR_CONFLICT). Absent: OK. */
MUST_CHECK enum status keyring_destroy_period(struct keyring *k, int64_t period,
                                              struct error *reterr);

/* For `plein keys escrow`: is the copy of every living period there and equal? */
bool keyring_escrow_is_right(struct keyring *k, int which);
/* Writes the copies that are missing or differ. */
MUST_CHECK enum status keyring_write_escrow(struct keyring *k, int which, struct error *reterr);
const char *keyring_escrow_folder(const struct keyring *k, int which);

#endif
