/* ids.c - numbers for rows, taken before the rows are there; each engine has its own way */
#include "platform/db/engine.h"

#include <string.h>

static const struct db_stmt NEXT_POSTGRES = {
	"take_ids_postgres", "ti",
	"SELECT nextval(pg_get_serial_sequence($1, 'id')) FROM generate_series(1, $2)"
};
/* The one writer holds the lock until its rows are there. */
static const struct db_stmt NEXT_SQLITE = {
	"take_ids_sqlite", "ti",
	"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $2)"
	" SELECT i + coalesce((SELECT seq FROM main.sqlite_sequence WHERE name = $1), 0) FROM n"
};
static const struct db_stmt NEXT_SQLITE_SEARCH = {
	"take_ids_search", "ti",
	"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $2)"
	" SELECT i + coalesce((SELECT seq FROM search.sqlite_sequence WHERE name = $1), 0) FROM n"
};

static const struct db_stmt *taker(const struct db_tx *tx, const char *table)
{
	if (tx->read.conn->engine == &POSTGRES_ENGINE)
		return &NEXT_POSTGRES;
	return strncmp(table, "search_", strlen("search_")) == 0 ? &NEXT_SQLITE_SEARCH
	                                                         : &NEXT_SQLITE;
}

enum status db_take_ids(struct db_tx *tx, const char *table, size_t count, int64_t *ret,
                        struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	size_t got = 0;

	if (count == 0)
		return OK;
	enum status st = db_query(db_tx_read(tx), taker(tx, table),
	                          DB_ARGS(DB_TEXT(table), DB_INT((int64_t)count)), &rows, reterr);
	if (st != OK)
		return st;
	while (got < count && db_next(&rows))
		ret[got++] = db_int(&rows, 0);
	st = db_rows_end(&rows, reterr);
	return st == OK && got < count ? FAIL_INTERNAL(reterr) : st;
}
