/*
 * engine.h - what SQLite and PostgreSQL each bring to db.h; private to platform/db
 *
 * A connection belongs to one thread at a time. Every function here is reached only through
 * the conn_* functions of conn.c, which count calls and let the n-th one fail.
 */
#ifndef PLATFORM_DB_ENGINE_H
#define PLATFORM_DB_ENGINE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "platform/db/db.h"

/* What the last failure means for the transaction; worse ones have higher numbers. */
enum trouble {
	TROUBLE_NONE,
	TROUBLE_STATEMENT, /* this statement only: a constraint, a wrong value */
	TROUBLE_RERUN,     /* 40001, 40P01: the same job may succeed now */
	TROUBLE_BUSY,      /* another process holds the lock longer than we wait */
	TROUBLE_FULL,      /* no room on the disk, or a disk that takes no writes */
	TROUBLE_IO,        /* the engine gave the transaction up, or a test said so */
	TROUBLE_LOST,      /* the server or the connection is gone */
};

enum conn_role { CONN_READER, CONN_WRITER, CONN_OWNER };

/* Both BEGINs come first. */
enum command {
	COMMAND_BEGIN_READ,
	COMMAND_BEGIN,
	COMMAND_MARK,   /* what COMMAND_UNDO goes back to */
	COMMAND_UNDO,   /* everything since the mark; the transaction goes on */
	COMMAND_UNMARK, /* keeps what was done since the mark */
	COMMAND_COMMIT,
	COMMAND_ROLLBACK,
	COMMAND_LEAVE, /* PostgreSQL: a snapshot ends with the next BEGIN_READ or ROLLBACK */
};

struct cursor; /* the engine's */

/* Calls so far, and the one that is to fail. Shared by all connections of a db. */
struct fail_counter {
	atomic_llong calls, fail_at;
};

struct conn {
	const struct engine *engine;
	struct fail_counter *counter; /* NULL: not counted */
	enum trouble trouble;         /* the worst since the transaction began */
	struct error error;           /* of the last failure */
	int64_t transaction_id;       /* PostgreSQL: to learn what became of a lost COMMIT */
	bool pooled;                  /* lay idle in the pool: the server may have left since */
	struct conn *next;            /* in the pool */
};

struct engine {
	enum status (*open)(const struct db_config *cfg, enum conn_role role, struct conn **ret,
	                    struct error *reterr);
	void (*close)(struct conn *c);
	enum status (*command)(struct conn *c, enum command what);
	enum status (*script)(struct conn *c, const char *sql); /* many statements, no parameters */
	enum status (*prepare)(struct conn *c, const struct db_stmt *s);
	enum status (*query)(struct conn *c, const struct db_stmt *s, const struct db_value *args,
	                     struct cursor **ret);
	/* The same, but the rows may come with the next answer that is waited for. */
	enum status (*ask)(struct conn *c, const struct db_stmt *s, const struct db_value *args,
	                   struct cursor **ret);
	enum status (*exec)(struct conn *c, const struct db_stmt *s, const struct db_value *args,
	                    int64_t *ret_changed);
	/* The same with nobody waiting: a failure may show in any later call, at the latest in
	 * COMMAND_COMMIT. */
	enum status (*exec_late)(struct conn *c, const struct db_stmt *s,
	                         const struct db_value *args);
	/* exec_late for many rows of one INSERT (gather.h); NULL: one by one is as good. */
	enum status (*exec_rows)(struct conn *c, const struct db_stmt *s,
	                         const struct db_value *args, size_t rows);
	/* The outcome of every exec_late so far. */
	enum status (*hear)(struct conn *c);
	int (*next)(struct conn *c, struct cursor *cur); /* 1 a row, 0 the end, -1 failed */
	void (*finish)(struct cursor *cur);
	struct db_value (*cell)(const struct cursor *cur, int column); /* valid until next/finish */
	bool (*alive)(const struct conn *c);
	/* After a lost COMMIT, on a new connection: 1 it happened, 0 it didn't, -1 still unknown.
	 */
	int (*settle)(struct conn *c, int64_t transaction_id);
};

extern const struct engine SQLITE_ENGINE, POSTGRES_ENGINE;

const struct engine *engine_for(enum db_engine which);

/* ---- conn.c: the counted way to the engine ------------------------------------------------ */

enum status conn_command(struct conn *c, enum command what);
enum status conn_query(struct conn *c, const struct db_stmt *s, const struct db_value *args,
                       struct cursor **ret);
enum status conn_ask(struct conn *c, const struct db_stmt *s, const struct db_value *args,
                     struct cursor **ret);
enum status conn_exec(struct conn *c, const struct db_stmt *s, const struct db_value *args,
                      int64_t *ret_changed);
enum status conn_exec_late(struct conn *c, const struct db_stmt *s, const struct db_value *args);
/* args were checked when they were kept. */
enum status conn_exec_rows(struct conn *c, const struct db_stmt *s, const struct db_value *args,
                           size_t rows);

/* Marks the connection and fills c->error. */
void conn_note(struct conn *c, enum trouble what, const char *cause);

/* The engines' only way to fail: notes it and returns the status of c->error. */
static inline enum status conn_trouble(struct conn *c, enum trouble what, const char *cause)
{
	conn_note(c, what, cause);
	return what == TROUBLE_STATEMENT ? ERR_CONFLICT : ERR_UNAVAILABLE;
}

/* A failure that is a mistake of ours: a wrong text, a value of the wrong kind. */
static inline enum status conn_mistake(struct conn *c, const char *cause)
{
	conn_note(c, TROUBLE_STATEMENT, cause);
	(void)FAIL_INTERNAL(&c->error);
	(void)error_cause(&c->error, "%s", cause);
	return ERR_INTERNAL;
}

/* True when the transaction can't go on. */
static inline bool conn_gone(const struct conn *c)
{
	return c->trouble > TROUBLE_STATEMENT;
}

/* Whether args are what s declares: kinds, NULL only where allowed, text valid UTF-8. */
bool stmt_args_fit(const struct db_stmt *s, const struct db_value *args, const char **ret_why);

/* ---- the faces over a connection ------------------------------------------------------------ */

struct db_read {
	struct db *db;
	struct conn *conn;
	struct db_tx *tx;      /* NULL: a snapshot */
	bool opened;           /* a query succeeded: from here on it can't be begun again */
	struct db_rows *asked; /* rows of db_ask that are still open */
};

struct db_tx {
	struct db_read read;
	struct arena *arena;
	void *event_context;
	struct gather *gather; /* NULL: not gathering */
	bool failed, claimed;
	struct error failure;
	int claim_order;
	int64_t claim_id;
};

/* A fresh face for one job, or for the event after a job was undone. */
struct db_tx tx_over(struct db *db, struct conn *c, struct arena *a);

#endif
