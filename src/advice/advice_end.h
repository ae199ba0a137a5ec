/* advice_end.h - what advices keep of a casefile goes, with its keys */
#ifndef ADVICE_ADVICE_END_H
#define ADVICE_ADVICE_END_H

#include "platform/db/db.h"

/* Inside a job. An advice names nobody and its facts by number alone: nothing of a person. */
/* Every word of every edition and the frozen bytes; nobody opens them any more. That there was an
 * advice stays, by number, dates and who signed. */
MUST_CHECK enum status advices_forget_casefile(struct db_tx *tx, int64_t casefile_id,
                                               int64_t now_ms, struct error *reterr);

extern const struct db_stmt *const advice_end_statements[];

#endif
