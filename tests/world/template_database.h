/*
 * template_database.h - PostgreSQL: a migrated database of one's own, as a copy of a template
 *
 * The migrations run once per cluster and set of tables, into a template whose name is a hash of
 * both; whoever comes later copies files, also from another program at the same time. Nobody can
 * connect to a template, so a copy never waits for somebody's connection. Whatever goes wrong
 * fails the test.
 */
#ifndef TESTS_WORLD_TEMPLATE_DATABASE_H
#define TESTS_WORLD_TEMPLATE_DATABASE_H

#include "platform/db/db.h"

/* The schema of every test database; not `public`, so that nothing leans on that name. */
#define TEMPLATE_SCHEMA "world"

enum { DATABASE_NAME_BYTES = 32, DATABASE_CONNINFO_BYTES = 256 };

/* cluster: conninfo of any database of it. tables: SQL on top of the migrations, or NULL. */
void template_database_copy(const char *cluster, const char *tables, const char *name);
void template_database_drop(const char *cluster, const char *name);

/* The conninfo of one database of the cluster. */
void template_database_conninfo(const char *cluster, const char *name,
                                char ret[DATABASE_CONNINFO_BYTES]);

#endif
