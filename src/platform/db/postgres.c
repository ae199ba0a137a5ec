/*
 * postgres.c - PostgreSQL through libpq: named prepared statements, declared types, binary both
 * ways
 *
 * A reader's snapshot is REPEATABLE READ READ ONLY; a job's transaction READ COMMITTED. A job
 * that is undone ends its transaction and its event gets the next one, which costs the happy
 * path nothing. Every BEGIN of a job learns its transaction id, so that after a lost COMMIT
 * the server can say what became of it. Neither BEGIN costs a journey of its own: it goes with
 * the first statement.
 */
#include "platform/db/postgres.h"

#include <assert.h>
#include <libpq-fe.h>
#include <stdio.h>

#include "platform/db/postgres_line.h"
#include "platform/db/postgres_rows.h"

enum { STATEMENT_TEXT_MAX = 256 };

/* ---- statements ------------------------------------------------------------------------------
 */

static enum status postgres_prepare(struct conn *c, const struct db_stmt *s)
{
	return line_prepare(pg_of(c), s);
}

static enum status postgres_ask(struct conn *c, const struct db_stmt *s,
                                const struct db_value *args, struct cursor **ret)
{
	struct pg *p = pg_of(c);
	struct cursor *cur = calloc(1, sizeof(*cur));
	if (cur == NULL)
		return conn_trouble(c, TROUBLE_IO, "no memory for rows");

	*cur = (struct cursor){ .row = -1, .waits_on = p };
	enum status st = line_send(p, s, args, (struct sent){ .kind = SENT_ROWS, .rows = cur });
	if (st != OK) {
		line_forget(p, cur);
		free(cur);
		return st;
	}
	*ret = cur;
	return OK;
}

static void postgres_finish(struct cursor *cur)
{
	if (cur->waits_on != NULL)
		line_forget(cur->waits_on, cur);
	PQclear(cur->rows);
	free(cur);
}

static enum status postgres_query(struct conn *c, const struct db_stmt *s,
                                  const struct db_value *args, struct cursor **ret)
{
	struct cursor *cur = NULL;
	enum status st = postgres_ask(c, s, args, &cur);
	if (st != OK)
		return st;
	st = line_settle(pg_of(c), NULL);
	if (st != OK) {
		postgres_finish(cur);
		return st;
	}
	*ret = cur;
	return OK;
}

static enum status postgres_exec(struct conn *c, const struct db_stmt *s,
                                 const struct db_value *args, int64_t *ret_changed)
{
	struct pg *p = pg_of(c);
	PGresult *res = NULL;
	enum status st = line_send(p, s, args, (struct sent){ .kind = SENT_LAST });
	if (st == OK)
		st = line_settle(p, &res);
	if (st != OK)
		return st;
	assert(res != NULL);
	bool changes = strncmp(PQcmdStatus(res), "SELECT", 6) != 0;
	if (ret_changed != NULL)
		*ret_changed = changes ? strtoll(PQcmdTuples(res), NULL, 10) : 0;
	PQclear(res);
	return OK;
}

static enum status postgres_exec_late(struct conn *c, const struct db_stmt *s,
                                      const struct db_value *args)
{
	return line_send(pg_of(c), s, args, (struct sent){ .kind = SENT_UNHEARD });
}

static enum status postgres_exec_rows(struct conn *c, const struct db_stmt *s,
                                      const struct db_value *args, size_t rows)
{
	return rows_send(pg_of(c), s, args, rows);
}

static enum status postgres_hear(struct conn *c)
{
	return line_settle(pg_of(c), NULL);
}

static int postgres_next(struct conn *c, struct cursor *cur)
{
	if (cur->waits_on != NULL)
		(void)line_settle(pg_of(c), NULL);
	if (cur->failed)
		return -1;
	return ++cur->row < PQntuples(cur->rows) ? 1 : 0;
}

/* ---- transactions -------------------------------------------------------------------------------
 */

static const struct db_stmt COMMIT_ALL = { "pg_commit", "", "COMMIT" };

static enum status want(struct pg *p, enum opening what)
{
	p->base.transaction_id = 0;
	p->wanted = what;
	if (PQstatus(p->link) == CONNECTION_OK)
		return OK;
	return conn_trouble(&p->base, TROUBLE_LOST, PQerrorMessage(p->link));
}

static enum status roll_back(struct pg *p)
{
	const bool snapshot = p->inside && !p->writes;

	p->base.transaction_id = 0;
	p->wanted = OPENING_NONE;
	if (!p->inside)
		return OK;
	p->inside = false;
	p->ending = false;
	if (snapshot)
		return line_leave(p);
	(void)line_settle(p, NULL); /* whatever failed goes with the rest */
	enum status st =
	    line_send(p, &LINE_ROLLBACK, DB_NO_ARGS, (struct sent){ .kind = SENT_UNHEARD });
	return st == OK ? line_settle(p, NULL) : st;
}

/* The snapshot lives on until the connection is used again or told to roll back. */
static enum status leave(struct pg *p)
{
	p->wanted = OPENING_NONE;
	p->ending = p->inside;
	return OK;
}

/* A COMMIT of a transaction that had failed says ROLLBACK: that is no success. */
static enum status commit(struct pg *p)
{
	PGresult *res = NULL;
	enum status st = OK;

	p->wanted = OPENING_NONE;
	if (!p->inside)
		return OK;
	/* Without its id nobody could say what became of a COMMIT that was lost. */
	if (p->base.transaction_id == 0)
		st = line_settle(p, NULL);
	if (st == OK)
		st = line_send(p, &COMMIT_ALL, DB_NO_ARGS, (struct sent){ .kind = SENT_LAST });
	if (st == OK)
		st = line_settle(p, &res);
	if (st != OK)
		return st;
	assert(res != NULL);
	bool kept = strcmp(PQcmdStatus(res), "COMMIT") == 0;
	PQclear(res);
	if (!kept)
		return conn_trouble(&p->base, TROUBLE_IO, "COMMIT of a failed transaction");
	p->base.transaction_id = 0;
	p->inside = false;
	return OK;
}

static enum status postgres_command(struct conn *c, enum command what)
{
	struct pg *p = pg_of(c);
	enum status st = OK;

	switch (what) {
	case COMMAND_BEGIN_READ:
		return want(p, OPENING_SNAPSHOT);
	case COMMAND_BEGIN:
		return want(p, OPENING_JOB);
	case COMMAND_MARK:
	case COMMAND_UNMARK:
		return OK;
	case COMMAND_UNDO:
		st = roll_back(p);
		return st == OK ? want(p, OPENING_JOB) : st;
	case COMMAND_COMMIT:
		return commit(p);
	case COMMAND_LEAVE:
		return leave(p);
	case COMMAND_ROLLBACK:
		break;
	}
	return roll_back(p);
}

static enum status postgres_script(struct conn *c, const char *sql)
{
	return line_script(pg_of(c), sql, NULL);
}

/* in progress: the backend hasn't noticed yet that its client is gone. */
static int postgres_settle(struct conn *c, int64_t transaction_id)
{
	char sql[STATEMENT_TEXT_MAX];
	PGresult *res;
	int answer = -1;

	(void)snprintf(sql, sizeof(sql), "SELECT pg_xact_status('%lld'::xid8)",
	               (long long)transaction_id);
	if (line_script(pg_of(c), sql, &res) !=
	    OK) /* a server that never saw it: it didn't happen */
		return pg_of(c)->base.trouble == TROUBLE_LOST ? -1 : 0;
	if (PQgetisnull(res, 0, 0) || strcmp(PQgetvalue(res, 0, 0), "aborted") == 0)
		answer = 0;
	else if (strcmp(PQgetvalue(res, 0, 0), "committed") == 0)
		answer = 1;
	PQclear(res);
	return answer;
}

/* ---- opening
 * -------------------------------------------------------------------------------------
 */

static bool postgres_alive(const struct conn *c)
{
	const struct pg *p = (const struct pg *)c;

	return c->trouble != TROUBLE_LOST && PQstatus(p->link) == CONNECTION_OK;
}

static void postgres_close(struct conn *c)
{
	struct pg *p = pg_of(c);

	cache_clear(&p->prepared, NULL);
	cache_clear(&p->over_arrays, free);
	PQfinish(p->link);
	free(p);
}

static void no_notices(void *arg, const PGresult *res)
{
	(void)arg;
	(void)res;
}

static PGconn *connect_to(const char *conninfo)
{
	/* What conninfo says itself comes later and wins. */
	const char *names[] = { "connect_timeout", "application_name", "client_encoding", "dbname",
		                NULL };
	const char *values[] = { "3", "plein", "UTF8", conninfo, NULL };

	return PQconnectdbParams(names, values, 1);
}

static const char *settings_of(enum conn_role role)
{
	/* The sealer waits for the oldest transaction, so none may last. */
	if (role == CONN_OWNER)
		return "SET client_min_messages = warning";
	/*
	 * Planned once: planning takes longer than most statements, and PostgreSQL would
	 * do it again for each run of one whose parameters it believes to matter. A plan made
	 * while a table was small is kept when it grows, those of foreign keys too: so none reads
	 * a whole table where there is an index. And a statement is one process's: starting others
	 * for it takes longer than what it asks.
	 */
	return "SET statement_timeout = '10s'; SET lock_timeout = '5s';"
	       "SET idle_in_transaction_session_timeout = '10s';"
	       "SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off;"
	       "SET max_parallel_workers_per_gather = 0;"
	       "SET jit = off"; /* which a plan without choice would set going */
}

static enum status use_schema(struct pg *p, const char *schema)
{
	char sql[STATEMENT_TEXT_MAX];

	if (schema == NULL)
		return OK;
	char *quoted = PQescapeIdentifier(p->link, schema, strlen(schema));
	if (quoted == NULL)
		return conn_trouble(&p->base, TROUBLE_IO, "the name of the schema can't be quoted");
	(void)snprintf(sql, sizeof(sql), "SET search_path = %s", quoted);
	PQfreemem(quoted);
	return line_script(p, sql, NULL);
}

static enum status set_up(struct pg *p, const struct db_config *cfg, enum conn_role role)
{
	if (PQstatus(p->link) != CONNECTION_OK)
		return conn_trouble(&p->base, TROUBLE_LOST, PQerrorMessage(p->link));
	(void)PQsetNoticeReceiver(p->link, no_notices, NULL);
	enum status st = line_script(p, settings_of(role), NULL);
	return st == OK ? use_schema(p, cfg->schema) : st;
}

static enum status postgres_open(const struct db_config *cfg, enum conn_role role,
                                 struct conn **ret, struct error *reterr)
{
	struct pg *p = calloc(1, sizeof(*p));
	if (p == NULL)
		return FAIL_INTERNAL(reterr);
	p->base.engine = &POSTGRES_ENGINE;
	p->link = connect_to(cfg->conninfo == NULL ? "" : cfg->conninfo);
	enum status st = set_up(p, cfg, role);
	if (st != OK) {
		*reterr = p->base.error;
		postgres_close(&p->base);
		return st;
	}
	*ret = &p->base;
	return OK;
}

/* ---- for migrations ---------------------------------------------------------------------------
 */

void postgres_runner(struct conn *owner, const struct db_config *cfg, char *ret, size_t size)
{
	const struct pg *p = (const struct pg *)owner;
	PGconn *runner = connect_to(cfg->conninfo == NULL ? "" : cfg->conninfo);
	const char *name = PQuser(runner);
	char *quoted = name == NULL ? NULL : PQescapeIdentifier(p->link, name, strlen(name));

	(void)snprintf(ret, size, "%s", quoted == NULL ? "" : quoted);
	PQfreemem(quoted);
	PQfinish(runner);
}

static enum status grant(struct pg *p, const char *schema, const char *runner)
{
	char sql[4 * STATEMENT_TEXT_MAX];

	(void)snprintf(sql, sizeof(sql),
	               "GRANT USAGE ON SCHEMA %s TO %s;"
	               "ALTER DEFAULT PRIVILEGES IN SCHEMA %s"
	               " GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO %s;"
	               "ALTER DEFAULT PRIVILEGES IN SCHEMA %s GRANT USAGE ON SEQUENCES TO %s",
	               schema, runner, schema, runner, schema, runner);
	return line_script(p, sql, NULL);
}

enum status postgres_prepare_schema(struct conn *owner, const struct db_config *cfg,
                                    struct error *reterr)
{
	struct pg *p = pg_of(owner);
	const char *name = cfg->schema == NULL ? "public" : cfg->schema;
	char runner[160], sql[STATEMENT_TEXT_MAX];

	postgres_runner(owner, cfg, runner, sizeof(runner));
	char *schema = PQescapeIdentifier(p->link, name, strlen(name));
	if (schema == NULL || runner[0] == '\0') {
		PQfreemem(schema);
		return FAIL_INTERNAL(reterr);
	}
	(void)snprintf(sql, sizeof(sql),
	               "SELECT pg_advisory_lock(hashtext('plein migrations'));"
	               "CREATE SCHEMA IF NOT EXISTS %s",
	               schema);
	enum status st = line_script(p, sql, NULL);
	if (st == OK)
		st = grant(p, schema, runner);
	PQfreemem(schema);
	if (st != OK)
		*reterr = p->base.error;
	return st;
}

const struct engine POSTGRES_ENGINE = {
	.open = postgres_open,
	.close = postgres_close,
	.command = postgres_command,
	.script = postgres_script,
	.prepare = postgres_prepare,
	.query = postgres_query,
	.ask = postgres_ask,
	.exec = postgres_exec,
	.exec_late = postgres_exec_late,
	.exec_rows = postgres_exec_rows,
	.hear = postgres_hear,
	.next = postgres_next,
	.finish = postgres_finish,
	.cell = value_cell,
	.alive = postgres_alive,
	.settle = postgres_settle,
};
