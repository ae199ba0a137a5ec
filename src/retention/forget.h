/* forget.h - what is left of a signal when its time is over: a row without words; inside retention/ */
#ifndef RETENTION_FORGET_H
#define RETENTION_FORGET_H

#include "access/access.h"
#include "platform/db/db.h"

/* Inside a job, after the move to SIGNAL_DESTROYED: texts, subjects, files, what meetings wrote,
 * its place in the search, links and warnings go, with their keys. */
MUST_CHECK enum status signal_forget(struct db_tx *tx, int64_t id, struct error *reterr);

/* The same with its move, after a destruction list got its second signature. */
MUST_CHECK enum status signal_destroy(struct db_tx *tx, int64_t id, const struct viewer *viewer,
                                      int64_t now_ms, struct error *reterr);

#endif
