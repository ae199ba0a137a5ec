/*
 * house.h - what db.c, reads.c and jobs.c share: the opened database; private to platform/db
 */
#ifndef PLATFORM_DB_HOUSE_H
#define PLATFORM_DB_HOUSE_H

#include <pthread.h>

#include "platform/db/engine.h"
#include "platform/db/folder.h"

/*
 * Read connections that nobody uses, newest first; at most `max` in all, then readers wait. Those
 * that were left with their snapshot open go first, the longest waiting before the others.
 */
struct read_pool {
	pthread_mutex_t lock;
	pthread_cond_t returned;
	struct conn *idle;
	struct conn *left, **last_left;
	int open, max;
};

struct db {
	struct db_config cfg; /* strings are the db's own copies */
	const struct engine *engine;
	struct fail_counter counter;
	struct data_folder *folder; /* SQLite only */
	struct read_pool pool;
	struct jobs *jobs;
	atomic_bool reachable, read_only;
	atomic_llong full_since_ms; /* monotonic; when the disk last refused */
	atomic_llong commits, jobs_done, reruns;
	atomic_llong person_ms; /* db_person_came_ms */
};

/* A connection for this db, with its counter. */
enum status house_connect(struct db *db, enum conn_role role, struct conn **ret,
                          struct error *reterr);

/* Asks nothing: does the database answer? */
extern const struct db_stmt DB_ALIVE;

/* ---- reads.c ------------------------------------------------------------------------------- */

void pool_init(struct read_pool *p, int max);
void pool_close(struct read_pool *p);
/* Prepares s on a reader, which stays in the pool. */
enum status pool_prepare(struct db *db, const struct db_stmt *s, struct error *reterr);

/* ---- jobs.c -------------------------------------------------------------------------------- */

enum status jobs_start(struct db *db, struct error *reterr);
/* Finishes what was submitted. */
void jobs_stop(struct db *db);
void jobs_figures(struct db *db, struct db_figures *ret);

/* ---- disk.c: what happens when the disk is full, and after ----------------------------------- */

/* Gives the ballast free and refuses changes from now on. */
void disk_is_full(struct db *db);
/* Called before a change: true if changes are allowed (again). */
bool disk_takes_changes(struct db *db);

#endif
