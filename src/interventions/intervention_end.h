/* intervention_end.h - the words of interventions go with their casefile: words and keys; numbers and dates stay */
#ifndef INTERVENTIONS_INTERVENTION_END_H
#define INTERVENTIONS_INTERVENTION_END_H

#include "platform/db/db.h"

/* Inside the job that destroys the casefile (retention/forgetters.h). */
MUST_CHECK enum status interventions_forget_casefile(struct db_tx *tx, int64_t casefile_id,
                                                     int64_t now_ms, struct error *reterr);

extern const struct db_stmt *const intervention_end_statements[];

#endif
