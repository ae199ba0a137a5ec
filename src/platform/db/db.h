/*
 * db.h - one interface to SQLite and PostgreSQL: reads see one snapshot, changes are jobs
 *
 * Statements are fixed texts with a name and declared parameters; nothing composes SQL at run time.
 * Each is prepared once per connection and addressed by the struct itself. Text is written in the
 * common subset that tools/check-sql guards: parameters $1..$n, 64-bit integers, moments as
 * milliseconds UTC, days as days since 1970, truth as 0/1.
 *
 * A view (GET) reads from one snapshot (struct db_read). A change is a job: `run` gets a
 * struct db_tx, claims its root, loads, asks the rule, stores, fills the short answer. It
 * may run more than once (failed batch, PostgreSQL 40001/40P01, lost connection), so it
 * touches only tx, *args and the tx's arena. Everything slow, random or outside belongs
 * before the job and arrives in *args.
 *
 * SQLite: one writer thread, many jobs per COMMIT (group commit), a SAVEPOINT per job.
 * PostgreSQL: a job with `run` has a connection and a READ COMMITTED transaction of its
 * own; views of one process share a grouped commit.
 *
 * Tables whose name starts with search_ live in the search store (search.db, or UNLOGGED);
 * statements name them like any other. A crash may leave it older or newer than the rest:
 * whoever uses it keeps a generation number on both sides.
 */
#ifndef PLATFORM_DB_DB_H
#define PLATFORM_DB_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "platform/core/arena.h"
#include "platform/core/error.h"

struct db;      /* opened once by main.c; safe from every thread */
struct db_read; /* one snapshot, or the reading face of a transaction; one thread at a time */
struct db_tx;   /* a write in progress: exists only inside a job */

enum db_engine { DB_SQLITE, DB_POSTGRES };

/* ---- statements and values ------------------------------------------------------------- */

/* params: one letter a parameter, $1 first: i int8, f float8, t text, b bytea; upper case may be
 * NULL. */
struct db_stmt {
	const char *name; /* unique in the program, [a-z0-9_]: also its name on PostgreSQL */
	const char *params;
	const char *sql;
};

enum db_kind { DB_KIND_NULL, DB_KIND_INT, DB_KIND_FLOAT, DB_KIND_TEXT, DB_KIND_BYTES };

struct db_value {
	enum db_kind kind;
	int64_t integer;
	double number;
	const void *bytes; /* text: NUL-terminated, valid UTF-8 */
	size_t len;        /* bytes only */
};

#define DB_INT(x)      ((struct db_value){ .kind = DB_KIND_INT, .integer = (x) })
#define DB_FLOAT(x)    ((struct db_value){ .kind = DB_KIND_FLOAT, .number = (x) })
#define DB_BYTES(p, n) ((struct db_value){ .kind = DB_KIND_BYTES, .bytes = (p), .len = (n) })
#define DB_NULL        ((struct db_value){ .kind = DB_KIND_NULL })
/* NULL text becomes SQL NULL. */
#define DB_TEXT(s) db_text_value(s)
struct db_value db_text_value(const char *s);

/* DB_ARGS(DB_INT(id), DB_TEXT(name)): an argument list that lives until the end of the block. */
#define DB_ARGS(...) ((const struct db_value[]){ __VA_ARGS__ })
#define DB_NO_ARGS   ((const struct db_value *)NULL)

/* ---- reading ---------------------------------------------------------------------------- */

/* A snapshot from the pool; every query until db_read_end sees the same state. Refuses to write. */
MUST_CHECK enum status db_read_begin(struct db *db, struct db_read **ret, struct error *reterr);
void db_read_end(struct db_read *r); /* takes NULL */

/* A result being read. Use with AUTO(db_rows_close). */
struct db_rows {
	struct db_read *read;
	void *cursor; /* the engine's */
	int64_t row;
	bool failed;
	struct db_rows *next; /* db's own: asked and still open */
};

/* Runs a SELECT. args must match s->params. Rows come with db_next. */
MUST_CHECK enum status db_query(struct db_read *r, const struct db_stmt *s,
                                const struct db_value *args, struct db_rows *ret,
                                struct error *reterr);
/* The next row; false at the end or on failure, which db_rows_end tells apart. */
bool db_next(struct db_rows *rows);
MUST_CHECK enum status db_rows_end(struct db_rows *rows, struct error *reterr);
void db_rows_close(struct db_rows *rows); /* takes a closed or zeroed one */
/* Exactly one row expected: ERR_NOT_FOUND (the neutral sentence) if none. */
MUST_CHECK enum status db_one(struct db_rows *rows, struct error *reterr);

/* Columns of the current row, from 0. Text and bytes: copied into the arena, NULL text as "". */
bool db_is_null(const struct db_rows *rows, int column);
int64_t db_int(const struct db_rows *rows, int column);
double db_float(const struct db_rows *rows, int column);
const char *db_text(const struct db_rows *rows, int column, struct arena *a);
const uint8_t *db_bytes(const struct db_rows *rows, int column, struct arena *a, size_t *ret_len);
bool db_exactly(const struct db_rows *rows, int column, void *ret, size_t bytes); /* else false */

/* ---- writing: only inside a job ----------------------------------------------------------- */

/* The same queries within the transaction, seeing its own writes. */
struct db_read *db_tx_read(struct db_tx *tx);
/* Rewound before a rerun; reset after the job is done. */
struct arena *db_tx_arena(struct db_tx *tx);

/*
 * INSERT/UPDATE/DELETE. ret_changed may be NULL. A violated constraint is ERR_CONFLICT (a
 * missing or mistyped value ERR_INTERNAL). A statement that fails ends its job on both engines:
 * what follows fails alike and nothing is kept. Expect a clash with ON CONFLICT instead.
 */
MUST_CHECK enum status db_exec(struct db_tx *tx, const struct db_stmt *s,
                               const struct db_value *args, int64_t *ret_changed,
                               struct error *reterr);
/* INSERT ... RETURNING id. */
MUST_CHECK enum status db_insert(struct db_tx *tx, const struct db_stmt *s,
                                 const struct db_value *args, int64_t *ret_id,
                                 struct error *reterr);

/* A table whose rows have a version. Claims take several roots in ascending (order, id). */
struct db_root {
	int order;
	const char *table;
	struct db_stmt claim, look;
};
#define DB_ROOT(order_, table_)                                                                    \
	{                                                                                          \
		.order = (order_), .table = #table_,                                               \
		.claim = { "claim_" #table_, "ii",                                                 \
			   "UPDATE " #table_ " SET version = version + 1"                          \
			   " WHERE id = $1 AND version = $2 RETURNING version" },                  \
		.look = { "look_" #table_, "i", "SELECT version FROM " #table_ " WHERE id = $1" }, \
	}

/*
 * Locks the row and moves its version, or ERR_CONFLICT (stale: somebody was first) or
 * ERR_NOT_FOUND. First call of every job that changes something that exists. A stale version
 * is told apart from a guard's no by error.field: DB_FIELD_VERSION.
 */
MUST_CHECK enum status db_claim(struct db_tx *tx, const struct db_root *root, int64_t id,
                                int64_t version, struct error *reterr);

/* ---- jobs --------------------------------------------------------------------------------- */

typedef enum status db_job_fn(struct db_tx *tx, void *args, struct error *reterr);

enum db_lane { LANE_PERSON, LANE_BULK }; /* bulk: short; opens a batch; PostgreSQL: two at once */

enum { ONCE_TOKEN_BYTES = 16, ONCE_DIGEST_BYTES = 32 };

/* What db itself refuses, as error.field: the form's hidden fields that say it. */
#define DB_FIELD_VERSION "version"
#define DB_FIELD_ONCE    "_once"

struct db_waiter;
struct db_job {
	db_job_fn *run;      /* NULL: a view, nothing but the event */
	void *args;          /* the caller's, untouched by db; lives until done */
	void *event;         /* handed to db_config.write_event, last in the transaction; NULL: none
	                        (start-up and tests) */
	const uint8_t *once; /* ONCE_TOKEN_BYTES or NULL: a second job with this token gets the
	                        first one's answer */
	const uint8_t *once_digest; /* ONCE_DIGEST_BYTES of the body; same token, other body:
	                               ERR_INVALID with error.field DB_FIELD_ONCE */
	const char *answer; /* set by run (tx's arena): the short answer, stored with the token;
	                       after done: valid until done returns */
	enum db_lane lane;
	struct error error; /* filled when the status isn't OK */

	void (*done)(struct db_job *job, enum status st); /* NULL only with db_run and db_start */
	void *owner;                                      /* for done */
	struct arena *answer_arena; /* NULL, or the caller's: answer is copied into it before done,
	                               so that it outlives done (and db_run) */
	bool
	    replayed; /* after done: an earlier job made this change; no second event was written */
	int64_t submitted_ms; /* db's own from here */
	struct db_waiter *waiter;
	struct db_job *next;
};

/*
 * Gives the job away; job->done(job, st) is called exactly once, from a thread of db, after
 * the change and its event are durable, or after both are known not to have happened. A job
 * that returns a failure is rolled back to its savepoint and its event is still written,
 * with that status. The job and its args must live until done.
 */
void db_submit(struct db *db, struct db_job *job);

/* The same, waiting for the end: for the command line, start-up and tests. */
MUST_CHECK enum status db_run(struct db *db, struct db_job *job, struct error *reterr);

/* ---- opening ------------------------------------------------------------------------------ */

struct db_config {
	enum db_engine engine;
	const char *data_dir; /* SQLite: plein.db, search.db and log/ lie here; ":memory:" isn't
	                         supported */
	const char *file; /* SQLite: a bare file of data_dir ("log/2026Q4.db"); NULL: plein.db */
	const char *file_schema; /* its tables, in migrations' words, each IF NOT EXISTS */
	const char *conninfo;    /* PostgreSQL, of the role that runs; NULL for SQLite */
	const char *schema; /* PostgreSQL search_path; NULL: public. A test has one of its own */
	int connections; /* PostgreSQL jobs at once; read connections grow on demand up to this */

	/*
	 * Writes an event into the transaction of the change it tells about (audit/ provides
	 * it). outcome is what run returned. Must be safe to run again.
	 */
	enum status (*write_event)(struct db_tx *tx, void *event, enum status outcome,
	                           struct error *reterr);
	void *event_context;   /* what audit needs; read with db_event_context */
	int64_t ballast_bytes; /* SQLite: space kept for the day the disk is full; 0: 64 MB */
	/* SQLite: nothing waits for the disk, so a machine that stops leaves a broken file. Only
	 * for a folder that is then made anew. db_close flushes all of it. */
	bool unflushed;
};

MUST_CHECK enum status db_open(const struct db_config *cfg, struct db **ret, struct error *reterr);
void db_close(struct db *db); /* finishes what was submitted; takes NULL */
enum db_engine db_engine_of(const struct db *db);
void *db_event_context(const struct db_tx *tx);

/*
 * Brings the schema up to the newest numbered migration compiled into the program
 * (migrations/NNNN_name.sql), each in a transaction of its own, as the role of `conninfo`
 * given here (NULL: that of cfg). A newer schema than the program knows: ERR_CONFLICT.
 */
MUST_CHECK enum status db_migrate(const struct db_config *cfg, const char *owner_conninfo,
                                  struct error *reterr);

/* Prepares every statement on the engine in use, so that a wrong one fails before the first
 * request. NULL ends the list. */
MUST_CHECK enum status db_prepare_all(struct db *db, const struct db_stmt *const *list,
                                      struct error *reterr);

/* The platform's own statements, for db_prepare_all. */
extern const struct db_stmt *const DB_OWN_STATEMENTS[];
/* Forgets once tokens taken before this moment (ms UTC): a month is long enough for any retry. */
MUST_CHECK enum status db_once_forget(struct db_tx *tx, int64_t before_ms, int64_t *ret_count,
                                      struct error *reterr);

#include "platform/db/fail.h"
#include "platform/db/figures.h"
#include "platform/db/later.h"

#endif
