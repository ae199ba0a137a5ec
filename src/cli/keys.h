/*
 * keys.h - what `plein keys` does: list, rotate, escrow
 *
 * The command around it reads the settings, opens or asks the server, and prints o. words[0] is
 * the verb. The caller writes the event of a rotation (AUDIT_KEYS_ROTATE).
 */
#ifndef CLI_KEYS_H
#define CLI_KEYS_H

#include "platform/core/arena.h"
#include "platform/core/out.h"
#include "platform/crypto/sealed_key.h"

extern const char KEYS_HELP[]; /* Dutch, for `plein keys --help` */

/* ERR_INVALID: no such verb. ERR_CONFLICT: `escrow check` found a copy missing. */
MUST_CHECK enum status keys_command(struct db *db, struct keyring *k, int64_t now_ms, char **words,
                                    int word_count, struct out *o, struct error *reterr);

#endif
