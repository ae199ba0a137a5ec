/*
 * second_factor.h - a person's authenticator secret and recovery codes, sealed for the table
 *
 * They are sealed under the node's own credential key with the person as place, so that a
 * secret copied to another row doesn't open. Pure but for random numbers.
 */
#ifndef PEOPLE_SECOND_FACTOR_H
#define PEOPLE_SECOND_FACTOR_H

#include "people/credential.h"
#include "platform/crypto/totp.h"
#include "plein/plein.h"

/* A new secret, sealed, in the arena. */
const uint8_t *second_factor_new(const struct plein *p, struct arena *a, int64_t person_id,
                                 size_t *ret_len);

/* A given secret, sealed: the demo world's people have theirs by rule. */
const uint8_t *second_factor_seal(const struct plein *p, struct arena *a, int64_t person_id,
                                  const struct totp_secret *secret, size_t *ret_len);

MUST_CHECK enum status second_factor_open(const struct plein *p, struct arena *a,
                                          const struct credential *c, struct totp_secret *ret,
                                          struct error *reterr);

/* Does the code match now, in a step not used before? *ret_step is what must be stored. */
bool second_factor_matches(const struct plein *p, struct arena *a, const struct credential *c,
                           const char *code, int64_t now_ms, int64_t *ret_step);

/* Ten recovery codes: their digests, and their text sealed until the owner kept them. */
struct recovery_set {
	struct digest digests[RECOVERY_CODES];
	const uint8_t *sealed;
	size_t sealed_len;
};
struct recovery_set *second_factor_recovery(const struct plein *p, struct arena *a,
                                            int64_t person_id);

/* The codes that wait to be shown; NULL: none do. Ends with an empty one. */
const struct recovery_code *second_factor_shown(const struct plein *p, struct arena *a,
                                                const struct credential *c);

#endif
