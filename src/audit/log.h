/*
 * log.h - the log as a whole: events are sealed into a tree per quarter, and heads are signed
 *
 * audit_write (record.h) puts an event into the transaction it tells about. Within a second the
 * sealer gives it its place: dense numbers from 0, no gaps, in order of id on SQLite, and in
 * order of (transaction, id) of everything older than any running transaction on PostgreSQL.
 * It stores the event in the quarter, then takes it out of audit_event. A crash at any point
 * loses nothing and doubles nothing: what the quarter has beyond the tree's known size is
 * taken up by the next step.
 *
 * At least every minute the head of the growing tree is signed. When the first event of a new
 * quarter comes, the old tree is signed a last time and ended; the first leaf of the new one
 * names that head. A clock set back leaves events in the present tree, with their own time; set
 * back by more than an hour before the quarter, a new tree begins. After a restore a new tree
 * begins as well (audit_log_begin_anew).
 *
 * One process seals (on PostgreSQL the growth of the tree is claimed by its size, so a second
 * one loses the race without harm). The struct is the caller's and opaque in use.
 */
#ifndef AUDIT_LOG_H
#define AUDIT_LOG_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#include "audit/head.h"
#include "platform/core/clock.h"
#include "platform/crypto/crypto.h"
#include "platform/db/db.h"

enum { AUDIT_QUARTERS_OPEN_MAX = 32, AUDIT_SEAL_EVERY_MS = 1000, AUDIT_SIGN_EVERY_MS = 60000 };

struct audit_log_config {
	struct db *db;                    /* the main database, open; outlives the log */
	const struct db_config *db_cfg;   /* how it was opened; outlives the log */
	const struct sign_secret *secret; /* of this node; outlive the log */
	const struct sign_public *public;
	const struct clock *clock;
};

/* For /health. */
struct audit_log_figures {
	int64_t sealed;         /* since the start */
	int64_t last_step_ms;   /* when the sealer last found nothing left to do; 0: never */
	int64_t last_signed_ms; /* 0: not since the start */
	enum status status;     /* of the last step */
	char cause[256];        /* of the last failure; for the operator */
};

/* A quarter's file, opened when first needed and kept. */
struct audit_quarter {
	int64_t quarter; /* 0: unused place */
	struct db *db;
	int users;
};

/* A place in the order of sealing on PostgreSQL. */
struct sealing_place {
	int64_t xid, event_id;
};

struct audit_log {
	struct audit_log_config cfg;
	pthread_mutex_t step;           /* one sealing step at a time */
	struct sealing_place sealed_to; /* under step; PostgreSQL: the last one that was sealed */
	pthread_mutex_t guard;          /* over the members below */
	pthread_cond_t wake;
	struct audit_quarter quarters[AUDIT_QUARTERS_OPEN_MAX];
	struct audit_log_figures figures;
	pthread_t thread;
	bool running, stopping;
};

/* Fills *log. Makes the folder log/ on SQLite. No thread yet. */
MUST_CHECK enum status audit_log_open(struct audit_log *log, const struct audit_log_config *cfg,
                                      struct error *reterr);
/* Stops the thread, closes the quarters. Seals nothing more: what waits is sealed next time. */
void audit_log_close(struct audit_log *log);

/* The sealer's thread: `plein serve` has one. */
MUST_CHECK enum status audit_log_start(struct audit_log *log, struct error *reterr);

/* Seals everything that may be sealed now and signs the head, waiting for it: for the command
 * line, `plein log`, an orderly stop, and tests. */
MUST_CHECK enum status audit_log_seal_now(struct audit_log *log, struct error *reterr);

/*
 * Ends the tree and begins another: after a restore. witnessed: the newest head that somebody
 * outside has seen, or NULL for the newest of our own. The new first leaf names it, so that the
 * gap is visible.
 */
MUST_CHECK enum status audit_log_begin_anew(struct audit_log *log,
                                            const struct audit_head *witnessed,
                                            struct error *reterr);

/*
 * Destroys the bodies and nonces of a quarter (20264: October to December 2026) whose trees have
 * all ended; heads stay. The caller writes the event. ERR_CONFLICT: it is still growing, or
 * somebody is reading it. ERR_NOT_FOUND: no such quarter. May be repeated after a crash.
 */
MUST_CHECK enum status audit_log_destroy_quarter(struct audit_log *log, int64_t quarter,
                                                 struct error *reterr);

struct audit_log_figures audit_log_figures(struct audit_log *log);

/* ---- for this room -----------------------------------------------------------------------------
 */

/* The database that holds this quarter, until audit_quarter_return. ERR_NOT_FOUND: its file is
 * gone. */
MUST_CHECK enum status audit_quarter_borrow(struct audit_log *log, int64_t quarter, struct db **ret,
                                            struct error *reterr);
void audit_quarter_return(struct audit_log *log, int64_t quarter);
/* The same, making what is missing. */
MUST_CHECK enum status audit_quarter_make(struct audit_log *log, int64_t quarter, struct db **ret,
                                          struct error *reterr);

#endif
