/* intervention_forget.h - a casefile is destroyed: its interventions go, statistic rows and effects stay */
#ifndef INTERVENTIONS_INTERVENTION_FORGET_H
#define INTERVENTIONS_INTERVENTION_FORGET_H

#include "platform/db/db.h"

/* Rows, words, keys and what hangs on them. */
MUST_CHECK enum status interventions_forget_casefile(struct db_tx *tx, int64_t casefile_id,
                                                     int64_t now_ms, struct error *reterr);

/* A hold keeps the casefile past its day, and it is marked so: nobody but who reads it there sees them, and
 * nobody is asked anything about them until it is destroyed. */
MUST_CHECK enum status interventions_hide_casefile(struct db_tx *tx, int64_t casefile_id,
                                                   int64_t now_ms, struct error *reterr);

extern const struct db_stmt *const intervention_forget_statements[];

#endif
