/* paper_sight.h - how many papers of results somebody sees: for explain/sight.h */
#ifndef INTERVENTIONS_PAPER_SIGHT_H
#define INTERVENTIONS_PAPER_SIGHT_H

#include "access/access.h"
#include "platform/db/db.h"

/* By paper_seen_by(), over the interventions that are open to him. */
MUST_CHECK enum status paper_sight(struct db_read *r, const struct viewer *v, int64_t *ret,
                                   struct error *reterr);

extern const struct db_stmt *const paper_sight_statements[];

#endif
