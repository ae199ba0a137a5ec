/*
 * credential.h - what a person proves himself with: password, authenticator app, recovery codes
 *
 * Also the slowing of guesses, kept per account and origin. Secrets come sealed or hashed;
 * this store never sees a plain one.
 */
#ifndef PEOPLE_CREDENTIAL_H
#define PEOPLE_CREDENTIAL_H

#include <stdbool.h>
#include <stdint.h>

#include "people/account.h"
#include "platform/crypto/crypto.h"
#include "platform/db/db.h"

struct credential {
	int64_t person_id;
	const char *email, *full_name;
	const char *password_hash; /* NULL: this account has no password yet */
	bool must_change;
	const uint8_t *totp_sealed; /* NULL: not enrolled */
	size_t totp_len;
	const uint8_t *recovery_sealed; /* NULL: no codes wait to be shown */
	size_t recovery_len;
	int64_t recovery_left;       /* codes not used yet */
	const uint8_t *first_sealed; /* NULL: no one-time password waits to be passed on */
	size_t first_len;
	int64_t first_reader; /* the only person who may read it */
	bool totp_confirmed;
	int64_t totp_step; /* the last step used */
	enum account_state account;
	bool demo;
};

/* ERR_NOT_FOUND: nobody has this address (compared in lower case). */
MUST_CHECK enum status credential_by_email(struct db_read *r, const char *email, struct arena *a,
                                           struct credential *ret, struct error *reterr);
MUST_CHECK enum status credential_of(struct db_read *r, int64_t person_id, struct arena *a,
                                     struct credential *ret, struct error *reterr);

MUST_CHECK enum status credential_set_password(struct db_tx *tx, int64_t person_id,
                                               const char *hash, bool must_change, int64_t now_ms,
                                               struct error *reterr);
/* A new secret, not yet confirmed by a code. */
MUST_CHECK enum status credential_set_totp(struct db_tx *tx, int64_t person_id,
                                           const uint8_t *sealed, size_t len, struct error *reterr);
/* The person enrols anew at the next sign-in. */
MUST_CHECK enum status credential_drop_totp(struct db_tx *tx, int64_t person_id,
                                            struct error *reterr);
/*
 * A code of this step was used; the first one confirms the enrolment. ERR_CONFLICT: a code
 * of this or a later step was used before.
 */
MUST_CHECK enum status credential_use_step(struct db_tx *tx, int64_t person_id, int64_t step,
                                           int64_t now_ms, struct error *reterr);

/* Replaces all recovery codes; shown is their sealed text, kept until credential_kept_recovery. */
MUST_CHECK enum status credential_set_recovery(struct db_tx *tx, int64_t person_id,
                                               const struct digest *codes, size_t count,
                                               const uint8_t *shown, size_t shown_len,
                                               struct error *reterr);
MUST_CHECK enum status credential_kept_recovery(struct db_tx *tx, int64_t person_id,
                                                struct error *reterr);
/* Uses one up; ERR_NOT_FOUND: no such code left. */
MUST_CHECK enum status credential_use_recovery(struct db_tx *tx, int64_t person_id,
                                               const struct digest *code, int64_t now_ms,
                                               struct error *reterr);

/* The one-time password of a new account, sealed; NULL forgets it. So does every new password. */
MUST_CHECK enum status credential_show_first(struct db_tx *tx, int64_t person_id,
                                             const uint8_t *sealed, size_t len, int64_t reader,
                                             struct error *reterr);

/* Is this recovery code there and unused? To answer before the change that uses it up. */
MUST_CHECK enum status credential_has_recovery(struct db_read *r, int64_t person_id,
                                               const struct digest *code, bool *ret,
                                               struct error *reterr);

/* ---- guessing ---------------------------------------------------------------------- */

struct tries {
	int64_t failures, last_at_ms;
};
/* key of the account and of the origin; a pair never seen has no failures. */
MUST_CHECK enum status tries_load(struct db_read *r, const struct digest *account,
                                  const struct digest *origin, struct tries *ret,
                                  struct error *reterr);
MUST_CHECK enum status tries_add(struct db_tx *tx, const struct digest *account,
                                 const struct digest *origin, int64_t now_ms, struct error *reterr);
MUST_CHECK enum status tries_forget(struct db_tx *tx, const struct digest *account,
                                    const struct digest *origin, struct error *reterr);

extern const struct db_stmt *const credential_statements[];

#endif
