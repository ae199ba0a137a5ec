/* gather.h - rows of one INSERT that are kept to be sent together; private to platform/db */
#ifndef PLATFORM_DB_GATHER_H
#define PLATFORM_DB_GATHER_H

#include "platform/db/engine.h"

/*
 * Whether rows of s can go together: INSERT INTO t (..) VALUES (..), answering nothing, with every
 * parameter in that list. *ret_begin: at "VALUES"; *ret_end: at the bracket that closes the list.
 */
bool gather_fits(const struct db_stmt *s, const char **ret_begin, const char **ret_end);

/* Keeps a copy of one row. False: not gathering, or not such a statement. */
bool gather_row(struct db_tx *tx, const struct db_stmt *s, const struct db_value *args,
                enum status *ret, struct error *reterr);

/* Sends what is kept; before anything else of this transaction is. */
enum status gather_send(struct db_tx *tx, struct error *reterr);

#endif
