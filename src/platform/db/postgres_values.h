/* postgres_values.h - arguments and cells in PostgreSQL's binary form; private to platform/db */
#ifndef PLATFORM_DB_POSTGRES_VALUES_H
#define PLATFORM_DB_POSTGRES_VALUES_H

#include "platform/db/engine.h"

enum { VALUES_MAX = 64 };

struct cursor {
	struct pg_result *rows; /* libpq's PGresult */
	int row;
	bool failed;
	struct pg
	    *waits_on; /* whose line has the answer, not read yet; NULL: it's here, or failed */
};

/* Arguments as libpq takes them. Points into itself: not to be copied. */
struct bound {
	const char *values[VALUES_MAX];
	int lengths[VALUES_MAX], formats[VALUES_MAX];
	uint64_t numbers[VALUES_MAX];
};

/* The type (libpq's Oid) that a letter of params declares; j, g, u and c: arrays of i, f, t, b. */
unsigned value_type(char letter);

/* Argument i; text and bytes stay the caller's. */
void value_bind(struct bound *b, size_t i, const struct db_value *v);

/* A cell of the current row. Bytes live as long as the cursor. */
struct db_value value_cell(const struct cursor *cur, int column);

#endif
