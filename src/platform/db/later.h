/*
 * later.h - what can wait for the next journey to PostgreSQL; comes with db.h
 *
 * A journey to another process and back costs more than most statements. On SQLite, which lives in
 * this one, each of these does at once what its namesake in db.h does.
 */
#ifndef PLATFORM_DB_LATER_H
#define PLATFORM_DB_LATER_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "platform/core/error.h"

struct db;
struct db_job;
struct db_read;
struct db_rows;
struct db_stmt;
struct db_tx;
struct db_value;

/*
 * db_read_end for who begins the next snapshot at once, as a busy server does: on PostgreSQL the end
 * of one then travels with the beginning of another. Until then it lives on and holds up the
 * sealer, so whoever finds nothing to do calls db_read_rest, which ends all that were left.
 */
void db_read_leave(struct db_read *r); /* takes NULL */
void db_read_rest(struct db *db);

/*
 * db_query for rows that are looked at later: on PostgreSQL the question travels with the next one
 * that is waited for, so that several cost one journey. *ret stays where it is until it's closed
 * or the snapshot ends, which closes it. What goes wrong may show only when the rows are read.
 * Within a job it is db_query.
 */
MUST_CHECK enum status db_ask(struct db_read *r, const struct db_stmt *s,
                              const struct db_value *args, struct db_rows *ret,
                              struct error *reterr);

/*
 * db_ask also where it is the first of a snapshot. A connection that died since it was last used
 * is then not replaced unseen: everything of this snapshot fails, and the caller begins another.
 */
MUST_CHECK enum status db_ask_ahead(struct db_read *r, const struct db_stmt *s,
                                    const struct db_value *args, struct db_rows *ret,
                                    struct error *reterr);

/*
 * db_exec where nobody waits for the outcome: on PostgreSQL it travels with what comes after it.
 * A failure fails the job, but may show only later, at the latest when the job ends: for a
 * statement that fails by our mistake alone, never for one whose conflict is expected.
 */
MUST_CHECK enum status db_exec_late(struct db_tx *tx, const struct db_stmt *s,
                                    const struct db_value *args, struct error *reterr);

/*
 * For many alike: from here to db_gather_end, rows that db_exec_late inserts go to PostgreSQL many
 * in one statement. Statements go in the order in which each came first, so a row may refer to
 * rows of an earlier statement, and to earlier rows of its own. Anything else of the transaction
 * (a question, an update) first sends what is kept. Arguments are copied into the job's arena.
 */
void db_gather(struct db_tx *tx);
MUST_CHECK enum status db_gather_end(struct db_tx *tx, struct error *reterr);

/*
 * `count` numbers for rows of this table (a literal) that this job inserts with their id, before
 * any other row of it. They aren't given to anybody else, also when the job is undone.
 */
MUST_CHECK enum status db_take_ids(struct db_tx *tx, const char *table, size_t count, int64_t *ret,
                                   struct error *reterr);

/* db_run in two, for who does something else meanwhile: what was started must be waited for. */
struct db_waiter {
	pthread_mutex_t lock;
	pthread_cond_t ended;
	bool over;
	enum status st;
};
void db_start(struct db *db, struct db_job *job, struct db_waiter *ret);
MUST_CHECK enum status db_wait(struct db_job *job, struct error *reterr);

#endif
