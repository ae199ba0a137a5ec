/* advice_end.h - the texts of an advice go with their casefile: words and keys; numbers and dates stay */
#ifndef ADVICE_ADVICE_END_H
#define ADVICE_ADVICE_END_H

#include "platform/db/db.h"

/* Inside the job that destroys the casefile (retention/forgetters.h). */
MUST_CHECK enum status advice_forget_casefile(struct db_tx *tx, int64_t casefile_id, int64_t now_ms,
                                              struct error *reterr);

extern const struct db_stmt *const advice_end_statements[];

#endif
