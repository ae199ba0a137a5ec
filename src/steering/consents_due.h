/* consents_due.h - questions for consent whose day is near or over, for the house */
#ifndef STEERING_CONSENTS_DUE_H
#define STEERING_CONSENTS_DUE_H

#include "platform/db/db.h"

struct consents_found {
	int64_t reminded, late;
};
/* A working day before, the source is reminded; once its day is over, the source and who asked hear
 * that there is no consent. Each once, each with an event of its own. A job a question. */
MUST_CHECK enum status consents_due(struct db *db, int64_t now_ms, struct consents_found *ret,
                                    struct error *reterr);

extern const struct db_stmt *const consents_due_statements[];

#endif
