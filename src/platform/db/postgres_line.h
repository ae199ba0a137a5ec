/*
 * postgres_line.h - a conversation with PostgreSQL: statements sent one behind the other, answers
 * read together; private to platform/db
 *
 * A journey to the server and back costs more than most statements. What nobody waits for (an
 * event, the rows of a query that are looked at later) is only put in the line; the next thing
 * that somebody does wait for takes all of it along (libpq's pipeline mode).
 *
 * The server stops at the first statement of a line that fails and passes over the rest. A cursor
 * that was passed over has failed.
 */
#ifndef PLATFORM_DB_POSTGRES_LINE_H
#define PLATFORM_DB_POSTGRES_LINE_H

#include "platform/db/cache.h"
#include "platform/db/postgres_values.h"

enum { LINE_MAX_SENT = 512 };

/* What is to become of an answer. */
enum sent_kind { SENT_UNHEARD, SENT_ID, SENT_ROWS, SENT_LAST };

struct sent {
	enum sent_kind kind;
	struct cursor *rows; /* SENT_ROWS; NULL: its reader left before the answer came */
};

enum opening { OPENING_NONE, OPENING_SNAPSHOT, OPENING_JOB };

struct pg {
	struct conn base;
	struct pg_conn *link; /* libpq's PGconn */
	struct cache prepared;
	struct cache over_arrays; /* statements for many rows (postgres_rows.h), by that of one */
	enum opening wanted; /* the transaction that begins with the next statement, in one line */
	bool inside;         /* its BEGIN was sent */
	bool writes;         /* it is a job's */
	bool ending;         /* of a snapshot that was left: its end goes with the next line */
	bool leaving;        /* the end of a snapshot was sent with nobody waiting for the answer */
	size_t sent_count;   /* answers not read yet */
	struct sent sent[LINE_MAX_SENT];
};

static inline struct pg *pg_of(struct conn *c)
{
	return (struct pg *)c;
}

/* Notes why a result is none; returns the status. Takes NULL: the connection is gone then. */
enum status line_failed(struct pg *p, const struct pg_result *res);

/* Prepares s on the server, once. Reads every answer that is waited for first. */
enum status line_prepare(struct pg *p, const struct db_stmt *s);

/* Puts s in the line. Opens the transaction that is wanted before it. */
enum status line_send(struct pg *p, const struct db_stmt *s, const struct db_value *args,
                      struct sent as);

/*
 * Sends what is in the line and reads every answer. *ret_last: the answer of the SENT_LAST, to be
 * cleared by the caller; NULL if there was none, or on failure. ret_last may be NULL.
 */
enum status line_settle(struct pg *p, struct pg_result **ret_last);

/* The cursor goes: its answer, should it still be on its way, is for nobody. */
void line_forget(struct pg *p, const struct cursor *cur);

/* Ends the snapshot without waiting: the answer is read when the connection is used again. */
enum status line_leave(struct pg *p);
extern const struct db_stmt LINE_ROLLBACK;

/* Statements without parameters, several at once, alone on the line. *ret: the last answer; NULL:
 * not wanted. */
enum status line_script(struct pg *p, const char *sql, struct pg_result **ret);

#endif
