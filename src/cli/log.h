/*
 * log.h - what `plein log` does, on an opened log: verify, head, proof, export
 *
 * The command around it reads the settings, opens or asks the server, and prints o; so this
 * works the same in the server's own process. words[0] is the verb.
 */
#ifndef CLI_LOG_H
#define CLI_LOG_H

#include "audit/log.h"
#include "platform/core/arena.h"
#include "platform/core/out.h"

extern const char LOG_HELP[]; /* Dutch, for `plein log --help` */

/*
 * ERR_INVALID: no such verb or wrong words. ERR_CONFLICT: `verify` found something (o says what).
 * Seals what waits first, so that what just happened is in.
 */
MUST_CHECK enum status log_command(struct audit_log *log, struct arena *a, char **words,
                                   int word_count, struct out *o, struct error *reterr);

#endif
