/*
 * totp.h - the second factor: codes of an authenticator app (RFC 6238), recovery codes, QR code
 *
 * SHA-1, six digits, 30 seconds: what every app understands. A code counts within one step
 * before and after now, and never twice: the caller stores the step that it was used in.
 */
#ifndef PLATFORM_CRYPTO_TOTP_H
#define PLATFORM_CRYPTO_TOTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "platform/core/arena.h"
#include "platform/core/out.h"
#include "platform/crypto/crypto.h"

enum {
	TOTP_SECRET_BYTES = 20,
	TOTP_STEP_S = 30,
	TOTP_DIGITS = 6,
	TOTP_CODE_BYTES = TOTP_DIGITS + 1,
	TOTP_SECRET_TEXT_BYTES = 33, /* base32 and NUL */
};

struct totp_secret {
	uint8_t bytes[TOTP_SECRET_BYTES]; /* stored sealed */
};

struct totp_secret totp_secret_new(void);
/* For typing over: 32 characters of base32 and NUL. */
void totp_secret_text(const struct totp_secret *secret, char ret[TOTP_SECRET_TEXT_BYTES]);

/* The code at this moment, in seconds since 1970: for `plein demo code` and tests. */
void totp_code(const struct totp_secret *secret, int64_t at_s, char ret[TOTP_CODE_BYTES]);

/*
 * Is code right at at_s, in a step after last_step (-1: none used yet)? Then *ret_step is what
 * the caller stores as last_step, in the same transaction. Spaces in code are skipped. Takes
 * the same time for every wrong code.
 */
bool totp_matches(const struct totp_secret *secret, int64_t at_s, int64_t last_step,
                  const char *code, int64_t *ret_step);

/* "otpauth://totp/Plein:anna%40demo.example?secret=...&issuer=Plein", in the arena. */
const char *totp_uri(const struct totp_secret *secret, const char *issuer, const char *account,
                     struct arena *arena);

/* ---- recovery codes: ten, each good once ------------------------------------------------------
 */

enum { RECOVERY_CODES = 10, RECOVERY_CODE_BYTES = 12 /* "7K3QF-XM2AB" and NUL: 50 bits */ };

struct recovery_code {
	char text[RECOVERY_CODE_BYTES];
};

/* RECOVERY_CODES new ones. Shown once; stored as recovery_digest. */
void recovery_codes_new(struct recovery_code ret[RECOVERY_CODES]);
/* What is stored and looked up. Lower case, spaces, O for 0 and I or L for 1 count as meant. A
 * text that isn't a code has a digest that no code has. person: a code is good for one person. */
struct digest recovery_digest(const struct mac_key *key, int64_t person, const char *text);

/* ---- QR code -------------------------------------------------------------------------------- */

/*
 * text as an SVG of dark squares on white, with four modules of quiet zone, role="img" and the
 * title (Dutch, for screen readers). No style and no script: fits a strict CSP. ERR_LIMIT: text
 * is longer than a QR code can hold (2,331 bytes).
 */
MUST_CHECK enum status qr_svg(const char *text, const char *title, struct out *ret,
                              struct error *reterr);

#endif
