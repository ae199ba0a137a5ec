/*
 * store_world.h - a fresh, migrated database of the engine under test, for one test
 *
 * The engine is that of PLEIN_TEST_ENGINE (sqlite or postgres; the suite runs every store test
 * with both). SQLite gets a temporary folder with a copy of a database that was migrated once
 * in this process; PostgreSQL a database of its own in the cluster of PLEIN_TEST_PG, a copy of
 * one that was migrated once for the cluster (template_database.h). Whatever goes wrong here
 * fails the test.
 *
 *	static int set_up(void **state)  { *state = store_world_new(&(struct store_wish){ 0 });
 *return 0; } static int tear_down(void **state) { store_world_free(*state); return 0; }
 */
#ifndef TESTS_WORLD_STORE_WORLD_H
#define TESTS_WORLD_STORE_WORLD_H

#include "platform/db/db.h"
#include "template_database.h"

struct store_wish {
	const char *tables; /* SQL for tables of the test's own, in migrations' words; NULL: none */
	enum status (*write_event)(struct db_tx *tx, void *event, enum status outcome,
	                           struct error *reterr);
	void *event_context;
	int connections;       /* 0: 4 */
	int64_t ballast_bytes; /* 0: 4096 */
};

struct store_world {
	struct store_wish wish;
	struct db_config cfg; /* to open it a second time */
	struct db *db;        /* NULL between store_world_shut and store_world_open */
	char dir[64];         /* SQLite's */
	char database[DATABASE_NAME_BYTES], conninfo[DATABASE_CONNINFO_BYTES]; /* PostgreSQL's */
	struct number *numbers;                                                /* the world's own */
};

enum db_engine store_engine(void);

struct store_world *store_world_new(const struct store_wish *wish);
void store_world_free(struct store_world *w);

void store_world_shut(struct store_world *w);
void store_world_open(struct store_world *w);

/* One job, waiting for its end: fails the test unless it ends with OK. */
void store_world_run(struct store_world *w, db_job_fn *run, void *args);

/* The one number that this SELECT (a literal, no parameters) finds, from a snapshot of its own. */
int64_t store_world_number(struct store_world *w, const char *sql);
/* The text of its one row and column, in a. */
const char *store_world_text(struct store_world *w, struct arena *a, const char *sql);
/*
 * PostgreSQL settles a change of the feed when no older transaction of the cluster is open any more, of
 * whatever database: another test's, or a vacuum. Waits for that; what is settled stays so.
 */
void store_world_settle(struct store_world *w);

#endif
