/*
 * postgres_rows.h - many rows of one INSERT in one statement; private to platform/db
 *
 * "INSERT INTO t (a, b) VALUES ($1, $2)" for a hundred rows is a hundred statements to the server.
 * The same text over arrays is one: "... SELECT r.c1, r.c2 FROM unnest($1, $2) AS r (c1, c2)". It
 * is made from the fixed text once for each connection, and prepared like any other.
 */
#ifndef PLATFORM_DB_POSTGRES_ROWS_H
#define PLATFORM_DB_POSTGRES_ROWS_H

#include "platform/db/postgres_line.h"

/* args: `rows` times as many as s has parameters, row after row. Nobody waits for the outcome. */
enum status rows_send(struct pg *p, const struct db_stmt *s, const struct db_value *args,
                      size_t rows);

#endif
