/* sealed_totp.h - where the secret of somebody's authenticator app is sealed: one place, one seal */
#ifndef PEOPLE_SEALED_TOTP_H
#define PEOPLE_SEALED_TOTP_H

#include "people/credential.h"
#include "platform/crypto/seal.h"
#include "platform/crypto/totp.h"

/* In the arena; for credential_set_totp(). */
const uint8_t *totp_sealed(const struct seal_key *account_key, int64_t person_id,
                           const struct totp_secret *secret, struct arena *a, size_t *ret_len);

/* c->totp_sealed isn't NULL. Wipe *ret after use. */
MUST_CHECK enum status totp_opened(const struct seal_key *account_key, const struct credential *c,
                                   struct arena *a, struct totp_secret *ret, struct error *reterr);

#endif
