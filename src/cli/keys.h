/*
 * keys.h - what `plein keys` does: list, rotate, escrow, export
 *
 * The command around it reads the settings, opens or asks the server, and prints o. words[0] is
 * the verb. The caller writes the event (AUDIT_KEYS_ROTATE, AUDIT_ADMIN).
 */
#ifndef CLI_KEYS_H
#define CLI_KEYS_H

#include "platform/core/arena.h"
#include "platform/core/out.h"
#include "platform/crypto/key_export.h"
#include "platform/crypto/sealed_key.h"

struct keys_means {
	struct db *db;
	struct keyring *ring;
	const struct carried *const *carried; /* what an export holds */
	const struct keys_last_step *last;    /* of a rotation: the export is renewed */
	int64_t now_ms;
};

extern const char KEYS_HELP[]; /* Dutch, for `plein keys --help` */

/* `export` writes the bytes of the export to o. ERR_INVALID: no such verb. ERR_CONFLICT: `escrow check` found a copy missing. */
MUST_CHECK enum status keys_command(const struct keys_means *m, char **words, int word_count,
                                    struct out *o, struct error *reterr);

#endif
