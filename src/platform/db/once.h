/*
 * once.h - the same change asked twice is made once; private to platform/db
 *
 * The token is stored by the change's own transaction, so it is there exactly when the change
 * is. On PostgreSQL a second job with the token waits at the insert until the first has ended.
 */
#ifndef PLATFORM_DB_ONCE_H
#define PLATFORM_DB_ONCE_H

#include "platform/db/db.h"

/*
 * Takes the token. *ret_replayed: an earlier job made this change; job->answer is its answer.
 * ERR_INVALID: the token came with another body.
 */
MUST_CHECK enum status once_take(struct db_tx *tx, struct db_job *job, bool *ret_replayed,
                                 struct error *reterr);
/* Stores job->answer with the token. */
MUST_CHECK enum status once_answer(struct db_tx *tx, const struct db_job *job,
                                   struct error *reterr);

#endif
