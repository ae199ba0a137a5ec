/*
 * advices_due.h - sources that said nothing within their term have no objection
 *
 * For the schedule, once a day. Each advice in a job of its own, with its event.
 */
#ifndef ADVICE_ADVICES_DUE_H
#define ADVICE_ADVICES_DUE_H

#include "platform/db/db.h"

MUST_CHECK enum status advices_due(struct db *db, int64_t now_ms, int64_t *ret_silent,
                                   struct error *reterr);

extern const struct db_stmt *const advices_due_statements[];

#endif
