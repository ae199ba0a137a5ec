/*
 * demo_world.h - what `plein demo` plays, as typed, on the engine under test
 *
 * Whatever goes wrong here fails the test.
 */
#ifndef TESTS_WORLD_DEMO_WORLD_H
#define TESTS_WORLD_DEMO_WORLD_H

#include "store_world.h"

/* The first two for SQLite, the last two for PostgreSQL, which is slower by the journey. */
struct store_world *demo_world_new(const char *scale, const char *signals, const char *slow_scale,
                                   const char *slow_signals);
void demo_world_free(struct store_world *w);
/* Its data folder: keys and log, and with SQLite the database. */
const char *demo_world_folder(const struct store_world *w);
/* What --database says of it; NULL: SQLite. Allocated with malloc, for the life of the test. */
char *demo_world_database(const struct store_world *w);

#endif
