/* fail.h - for tests: the n-th call that reaches the engine fails; comes with db.h */
#ifndef PLATFORM_DB_FAIL_H
#define PLATFORM_DB_FAIL_H

#include <stdint.h>

struct db;

/* The n-th call (from 1) that reaches the engine from now on fails with ERR_UNAVAILABLE; 0: none.
 */
void db_fail_after(struct db *db, int64_t n);
/* Calls that reached the engine since db_fail_after. */
int64_t db_calls(const struct db *db);

#endif
