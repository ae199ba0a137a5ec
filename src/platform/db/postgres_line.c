#include "platform/db/postgres_line.h"

#include <assert.h>
#include <libpq-fe.h>
#include <stdio.h>

#include "platform/core/memory.h"

/* ---- failures --------------------------------------------------------------------------------
 */

static enum trouble trouble_of(const struct pg *p, const char *state)
{
	static const struct {
		const char *prefix;
		enum trouble what;
	} STATES[] = {
		{ "40001", TROUBLE_RERUN }, /* serialization failure */
		{ "40P01", TROUBLE_RERUN }, /* deadlock */
		{ "55P03", TROUBLE_BUSY },  /* lock not available in time */
		{ "57014", TROUBLE_BUSY },  /* statement took too long */
		{ "57P", TROUBLE_LOST },    /* shut down, crashed, starting up */
		{ "25P03", TROUBLE_LOST },  /* idle in transaction for too long */
		{ "08", TROUBLE_LOST },     { "53100", TROUBLE_FULL },
		{ "25006", TROUBLE_LOST }, /* read only: this server is no longer the primary */
		{ "53", TROUBLE_BUSY },     { "58", TROUBLE_IO },
		{ "XX", TROUBLE_IO },
	};

	/* Without a state it wasn't the server that spoke: libpq says that the line is gone. */
	if (PQstatus(p->link) != CONNECTION_OK || state == NULL)
		return TROUBLE_LOST;
	for (size_t i = 0; i < sizeof(STATES) / sizeof(STATES[0]); i++)
		if (strncmp(state, STATES[i].prefix, strlen(STATES[i].prefix)) == 0)
			return STATES[i].what;
	return TROUBLE_STATEMENT;
}

enum status line_failed(struct pg *p, const PGresult *res)
{
	const char *state = PQresultErrorField(res, PG_DIAG_SQLSTATE);
	const char *text = PQresultErrorField(res, PG_DIAG_MESSAGE_PRIMARY);
	char cause[220];

	/* The primary message alone: the detail of a constraint holds values. */
	(void)snprintf(cause, sizeof(cause), "postgres %s: %s", state == NULL ? "-----" : state,
	               text == NULL ? PQerrorMessage(p->link) : text);
	enum trouble what = trouble_of(p, state);
	/* A snapshot that tries to write is our mistake, not the server's. */
	if (what == TROUBLE_LOST && state != NULL && strcmp(state, "25006") == 0 &&
	    p->base.transaction_id == 0)
		what = TROUBLE_STATEMENT;
	/* Class 23, but not 23502: a missing value is ours to prevent. */
	bool constraint =
	    state != NULL && strncmp(state, "23", 2) == 0 && strcmp(state, "23502") != 0;
	if (what == TROUBLE_STATEMENT && !constraint)
		return conn_mistake(&p->base, cause);
	return conn_trouble(&p->base, what, cause);
}

static enum status lost(struct pg *p)
{
	return conn_trouble(&p->base, TROUBLE_LOST, PQerrorMessage(p->link));
}

static bool is_good(const PGresult *res)
{
	ExecStatusType got = PQresultStatus(res);

	return got == PGRES_COMMAND_OK || got == PGRES_TUPLES_OK;
}

/* ---- reading answers ---------------------------------------------------------------------------
 */

/* The answer to one statement and the NULL behind it. NULL: the connection is gone. */
static PGresult *answer(struct pg *p)
{
	PGresult *res = PQgetResult(p->link);

	if (res != NULL)
		PQclear(PQgetResult(p->link));
	return res;
}

/* The server's word that the line is done. */
static void end_of_line(struct pg *p)
{
	PGresult *res = PQgetResult(p->link);
	const bool done = PQresultStatus(res) == PGRES_PIPELINE_SYNC;

	PQclear(res);
	if (!done)
		(void)lost(p);
}

static void leave(struct pg *p)
{
	if (!p->leaving)
		return;
	p->leaving = false;
	PQclear(answer(p));
	end_of_line(p);
}

static void hand_out(struct pg *p, const struct sent *s, PGresult *res, PGresult **last)
{
	switch (s->kind) {
	case SENT_ID:
		p->base.transaction_id = strtoll(PQgetvalue(res, 0, 0), NULL, 10);
		break;
	case SENT_ROWS:
		if (s->rows != NULL) {
			s->rows->rows = res;
			s->rows->waits_on = NULL;
			return;
		}
		break;
	case SENT_LAST:
		PQclear(*last);
		*last = res;
		return;
	case SENT_UNHEARD:
		break;
	}
	PQclear(res);
}

static void pass_over(const struct sent *s)
{
	if (s->rows != NULL) {
		s->rows->waits_on = NULL;
		s->rows->failed = true;
	}
}

/* Behind the first failure the server answers every statement with "passed over". */
static enum status read_answers(struct pg *p, PGresult **last)
{
	enum status st = OK;

	for (size_t i = 0; i < p->sent_count; i++) {
		PGresult *res = PQstatus(p->link) == CONNECTION_OK ? answer(p) : NULL;
		if (st == OK && is_good(res)) {
			hand_out(p, &p->sent[i], res, last);
			continue;
		}
		if (st == OK)
			st = res == NULL ? lost(p) : line_failed(p, res);
		pass_over(&p->sent[i]);
		PQclear(res);
	}
	p->sent_count = 0;
	return st;
}

enum status line_settle(struct pg *p, PGresult **ret_last)
{
	PGresult *last = NULL;

	if (ret_last != NULL)
		*ret_last = NULL;
	leave(p);
	if (p->sent_count == 0)
		return OK;
	(void)PQpipelineSync(p->link); /* a failure shows in the answers */
	enum status st = read_answers(p, &last);
	if (PQstatus(p->link) == CONNECTION_OK)
		end_of_line(p);
	if (st != OK || ret_last == NULL)
		PQclear(last);
	else
		*ret_last = last;
	return st;
}

void line_forget(struct pg *p, const struct cursor *cur)
{
	for (size_t i = 0; i < p->sent_count; i++)
		if (p->sent[i].rows == cur)
			p->sent[i].rows = NULL;
}

/* ---- sending -----------------------------------------------------------------------------------
 */

static bool in_line_mode(struct pg *p)
{
	return PQpipelineStatus(p->link) != PQ_PIPELINE_OFF || PQenterPipelineMode(p->link) == 1;
}

static enum status note_sent(struct pg *p, bool went, struct sent as)
{
	if (!went)
		return lost(p);
	assert(p->sent_count < LINE_MAX_SENT);
	p->sent[p->sent_count++] = as;
	return OK;
}

enum status line_prepare(struct pg *p, const struct db_stmt *s)
{
	Oid types[VALUES_MAX] LEFT_ALONE;
	const size_t count = strlen(s->params);

	if (cache_get(&p->prepared, s) != NULL)
		return OK;
	assert(count <= VALUES_MAX);
	for (size_t i = 0; i < count; i++)
		types[i] = value_type(s->params[i]);
	enum status st = line_settle(p, NULL);
	if (st == OK)
		st = note_sent(p,
		               in_line_mode(p) &&
		                   PQsendPrepare(p->link, s->name, s->sql, (int)count, types) == 1,
		               (struct sent){ .kind = SENT_UNHEARD });
	if (st == OK)
		st = line_settle(p, NULL);
	if (st == OK && !cache_put(&p->prepared, s, p))
		st = conn_trouble(&p->base, TROUBLE_IO, "no memory for a statement");
	return st;
}

static enum status put(struct pg *p, const struct db_stmt *s, const struct db_value *args,
                       struct sent as)
{
	struct bound b LEFT_ALONE;
	const size_t count = strlen(s->params);

	for (size_t i = 0; i < count; i++)
		value_bind(&b, i, &args[i]);
	return note_sent(p,
	                 in_line_mode(p) &&
	                     PQsendQueryPrepared(p->link, s->name, (int)count, b.values, b.lengths,
	                                         b.formats, 1) == 1,
	                 as);
}

static const struct db_stmt BEGIN_READ = { "pg_begin_read", "",
	                                   "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" };
/* Ends a snapshot and begins another of the same kind: one statement instead of two. */
static const struct db_stmt NEXT_READ = { "pg_next_read", "", "ROLLBACK AND CHAIN" };
static const struct db_stmt BEGIN_WRITE = { "pg_begin_write", "", "BEGIN" };
/* So that after a lost COMMIT the server can say what became of it. */
static const struct db_stmt OWN_ID = { "pg_transaction_id", "",
	                               "SELECT CAST(pg_current_xact_id() AS text)" };

const struct db_stmt LINE_ROLLBACK = { "pg_rollback", "", "ROLLBACK" };

static enum status prepare_opening(struct pg *p)
{
	if (p->wanted == OPENING_SNAPSHOT)
		return line_prepare(p, p->ending ? &NEXT_READ : &BEGIN_READ);
	if (p->wanted != OPENING_JOB)
		return OK;
	enum status st = line_prepare(p, &BEGIN_WRITE);
	return st == OK ? line_prepare(p, &OWN_ID) : st;
}

static enum status put_opening(struct pg *p)
{
	const enum opening wanted = p->wanted;
	const struct sent unheard = { .kind = SENT_UNHEARD }, id = { .kind = SENT_ID };

	if (wanted == OPENING_NONE)
		return OK;
	const bool next = p->ending;
	p->ending = false;
	p->wanted = OPENING_NONE;
	p->inside = true;
	p->writes = wanted == OPENING_JOB;
	if (wanted == OPENING_SNAPSHOT)
		return put(p, next ? &NEXT_READ : &BEGIN_READ, DB_NO_ARGS, unheard);
	enum status st = put(p, &BEGIN_WRITE, DB_NO_ARGS, unheard);
	return st == OK ? put(p, &OWN_ID, DB_NO_ARGS, id) : st;
}

enum status line_send(struct pg *p, const struct db_stmt *s, const struct db_value *args,
                      struct sent as)
{
	const bool full = p->sent_count > LINE_MAX_SENT - 5;
	enum status st = full ? line_settle(p, NULL) : OK;

	leave(p);
	if (st == OK)
		st = prepare_opening(p);
	if (st == OK)
		st = line_prepare(p, s);
	if (st == OK)
		st = put_opening(p);
	return st == OK ? put(p, s, args, as) : st;
}

enum status line_leave(struct pg *p)
{
	(void)line_settle(p, NULL); /* whatever failed ends with the snapshot */
	if (PQstatus(p->link) != CONNECTION_OK)
		return lost(p);
	enum status st = line_prepare(p, &LINE_ROLLBACK);
	if (st == OK)
		st = put(p, &LINE_ROLLBACK, DB_NO_ARGS, (struct sent){ .kind = SENT_UNHEARD });
	if (st != OK)
		return st;
	p->sent_count = 0;
	if (PQpipelineSync(p->link) != 1)
		return lost(p);
	p->leaving = true;
	return OK;
}

enum status line_script(struct pg *p, const char *sql, PGresult **ret)
{
	enum status st = line_settle(p, NULL);
	if (st != OK)
		return st;

	if (PQpipelineStatus(p->link) != PQ_PIPELINE_OFF)
		(void)PQexitPipelineMode(p->link);
	PGresult *res = PQexec(p->link, sql);
	if (!is_good(res)) {
		st = line_failed(p, res);
		PQclear(res);
		return st;
	}
	if (ret != NULL)
		*ret = res;
	else
		PQclear(res);
	return OK;
}
