/* busy.h - whether much is being brought in */
#ifndef PLATFORM_DB_BUSY_H
#define PLATFORM_DB_BUSY_H

#include <stdbool.h>

struct db;

/* A bulk job runs or waits, at this moment and in this process. Thread-safe. */
bool db_has_bulk(struct db *db);

#endif
