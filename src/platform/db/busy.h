/* busy.h - who else is at the database: for what catches up in the background */
#ifndef PLATFORM_DB_BUSY_H
#define PLATFORM_DB_BUSY_H

#include <stdbool.h>
#include <stdint.h>

struct db;

/* A bulk job runs or waits, at this moment and in this process. Thread-safe. */
bool db_has_bulk(struct db *db);
/* When a person's change or view was last handed in, in this process: clock_monotonic_ms, 0: never.
 * Thread-safe. */
int64_t db_person_came_ms(struct db *db);

#endif
