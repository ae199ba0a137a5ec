/* attachment_sight.h - how many files beside signals somebody sees: for explain/sight.h */
#ifndef SIGNALS_ATTACHMENT_SIGHT_H
#define SIGNALS_ATTACHMENT_SIGHT_H

#include "access/access.h"
#include "platform/db/db.h"

/* By attachment_seen_by(), over the signals that are open to him. */
MUST_CHECK enum status attachment_sight(struct db_read *r, const struct viewer *v, int64_t *ret,
                                        struct error *reterr);

extern const struct db_stmt *const attachment_sight_statements[];

#endif
