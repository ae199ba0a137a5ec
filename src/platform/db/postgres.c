/*
 * postgres.c - PostgreSQL through libpq: named prepared statements, declared types, binary both
 * ways
 *
 * A reader's snapshot is REPEATABLE READ READ ONLY; a job's transaction READ COMMITTED. A job
 * that is undone ends its transaction and its event gets the next one, which costs the happy
 * path nothing. Every BEGIN of a job learns its transaction id, so that after a lost COMMIT
 * the server can say what became of it.
 */
#include "platform/db/postgres.h"

#include <assert.h>
#include <libpq-fe.h>
#include <stdio.h>

#include "platform/db/cache.h"
#include "platform/db/postgres_values.h"

enum { STATEMENT_TEXT_MAX = 256 };

struct pg {
	struct conn base;
	PGconn *link;
	struct cache prepared;
	bool wanted;  /* a snapshot that opens with its first query, in one message */
	bool reading; /* it is open */
	bool leaving; /* its end was sent; the answer hasn't been read yet */
};

static struct pg *pg_of(struct conn *c)
{
	return (struct pg *)c;
}

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

static enum status failed(struct pg *p, const PGresult *res)
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

static enum status checked(struct pg *p, PGresult *res, PGresult **ret)
{
	ExecStatusType got = PQresultStatus(res);

	if (got != PGRES_COMMAND_OK && got != PGRES_TUPLES_OK) {
		enum status st = failed(p, res);
		PQclear(res);
		return st;
	}
	if (ret != NULL)
		*ret = res;
	else
		PQclear(res);
	return OK;
}

/* The end of a snapshot is sent without waiting for the answer: this reads it. */
static void leave(struct pg *p)
{
	PGresult *res;

	while (p->leaving && (res = PQgetResult(p->link)) != NULL)
		PQclear(res);
	p->leaving = false;
}

static enum status plain(struct pg *p, const char *sql, PGresult **ret)
{
	leave(p);
	return checked(p, PQexec(p->link, sql), ret);
}

/* ---- statements ------------------------------------------------------------------------------
 */

static enum status postgres_prepare(struct conn *c, const struct db_stmt *s)
{
	struct pg *p = pg_of(c);
	Oid types[VALUES_MAX];
	size_t count = strlen(s->params);

	if (cache_get(&p->prepared, s) != NULL)
		return OK;
	assert(count <= VALUES_MAX);
	leave(p);
	for (size_t i = 0; i < count; i++)
		types[i] = value_type(s->params[i]);
	enum status st = checked(p, PQprepare(p->link, s->name, s->sql, (int)count, types), NULL);
	if (st == OK && !cache_put(&p->prepared, s, p))
		return conn_trouble(c, TROUBLE_IO, "no memory for a statement");
	return st;
}

static const char BEGIN_READ[] = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

/* BEGIN and the first query in one message: a snapshot costs no journey of its own. */
static enum status begin_and_run(struct pg *p, const struct db_stmt *s, int count,
                                 const struct bound *b, PGresult **ret)
{
	p->wanted = false;
	p->reading = true;
	if (PQenterPipelineMode(p->link) != 1 ||
	    PQsendQueryParams(p->link, BEGIN_READ, 0, NULL, NULL, NULL, NULL, 1) != 1 ||
	    PQsendQueryPrepared(p->link, s->name, count, b->values, b->lengths, b->formats, 1) !=
	        1 ||
	    PQpipelineSync(p->link) != 1)
		return conn_trouble(&p->base, TROUBLE_LOST, PQerrorMessage(p->link));
	PGresult *begun = PQgetResult(p->link);
	PQclear(PQgetResult(p->link)); /* NULL: the end of BEGIN */
	PGresult *rows = PQgetResult(p->link);
	PQclear(PQgetResult(p->link)); /* NULL: the end of the query */
	PQclear(PQgetResult(p->link)); /* the end of the message */
	(void)PQexitPipelineMode(p->link);
	enum status st = checked(p, begun, NULL);
	if (st == OK)
		return checked(p, rows, ret);
	PQclear(rows);
	return st;
}

static enum status run(struct pg *p, const struct db_stmt *s, const struct db_value *args,
                       PGresult **ret)
{
	struct bound b;
	int count = (int)strlen(s->params);
	enum status st = postgres_prepare(&p->base, s);
	if (st != OK)
		return st;

	for (int i = 0; i < count; i++)
		value_bind(&b, (size_t)i, &args[i]);
	leave(p);
	if (p->wanted)
		return begin_and_run(p, s, count, &b, ret);
	return checked(
	    p, PQexecPrepared(p->link, s->name, count, b.values, b.lengths, b.formats, 1), ret);
}

static enum status postgres_query(struct conn *c, const struct db_stmt *s,
                                  const struct db_value *args, struct cursor **ret)
{
	PGresult *rows = NULL;
	enum status st = run(pg_of(c), s, args, &rows);
	if (st != OK)
		return st;
	assert(rows != NULL);
	struct cursor *cur = calloc(1, sizeof(*cur));
	if (cur == NULL) {
		PQclear(rows);
		return conn_trouble(c, TROUBLE_IO, "no memory for rows");
	}
	*cur = (struct cursor){ .rows = rows, .row = -1 };
	*ret = cur;
	return OK;
}

static enum status postgres_exec(struct conn *c, const struct db_stmt *s,
                                 const struct db_value *args, int64_t *ret_changed)
{
	PGresult *res = NULL;
	enum status st = run(pg_of(c), s, args, &res);
	if (st != OK)
		return st;
	assert(res != NULL);
	bool changes = strncmp(PQcmdStatus(res), "SELECT", 6) != 0;
	if (ret_changed != NULL)
		*ret_changed = changes ? strtoll(PQcmdTuples(res), NULL, 10) : 0;
	PQclear(res);
	return OK;
}

static int postgres_next(struct conn *c, struct cursor *cur)
{
	(void)c;
	return ++cur->row < PQntuples(cur->rows) ? 1 : 0;
}

static void postgres_finish(struct cursor *cur)
{
	PQclear(cur->rows);
	free(cur);
}

/* ---- transactions -------------------------------------------------------------------------------
 */

static enum status begin_job(struct pg *p)
{
	PGresult *res;
	enum status st = plain(p, "BEGIN; SELECT pg_current_xact_id()::text", &res);
	if (st != OK)
		return st;
	p->base.transaction_id = strtoll(PQgetvalue(res, 0, 0), NULL, 10);
	PQclear(res);
	return OK;
}

static enum status want_snapshot(struct pg *p)
{
	p->base.transaction_id = 0;
	p->wanted = true;
	if (PQstatus(p->link) == CONNECTION_OK)
		return OK;
	return conn_trouble(&p->base, TROUBLE_LOST, PQerrorMessage(p->link));
}

static enum status end_snapshot(struct pg *p)
{
	p->wanted = false;
	p->reading = false;
	if (PQsendQuery(p->link, "ROLLBACK") != 1)
		return conn_trouble(&p->base, TROUBLE_LOST, PQerrorMessage(p->link));
	p->leaving = true;
	return OK;
}

static enum status roll_back(struct pg *p)
{
	p->base.transaction_id = 0;
	p->wanted = false;
	if (p->reading)
		return end_snapshot(p);
	if (PQtransactionStatus(p->link) == PQTRANS_IDLE)
		return OK;
	return plain(p, "ROLLBACK", NULL);
}

/* A COMMIT of a transaction that had failed says ROLLBACK: that is no success. */
static enum status commit(struct pg *p)
{
	PGresult *res;
	enum status st = plain(p, "COMMIT", &res);
	if (st != OK)
		return st;
	bool kept = strcmp(PQcmdStatus(res), "COMMIT") == 0;
	PQclear(res);
	if (!kept)
		return conn_trouble(&p->base, TROUBLE_IO, "COMMIT of a failed transaction");
	p->base.transaction_id = 0;
	return OK;
}

static enum status postgres_command(struct conn *c, enum command what)
{
	struct pg *p = pg_of(c);
	enum status st = OK;

	switch (what) {
	case COMMAND_BEGIN_READ:
		return want_snapshot(p);
	case COMMAND_BEGIN:
		return begin_job(p);
	case COMMAND_MARK:
	case COMMAND_UNMARK:
		return OK;
	case COMMAND_UNDO:
		st = roll_back(p);
		return st == OK ? begin_job(p) : st;
	case COMMAND_COMMIT:
		return commit(p);
	case COMMAND_ROLLBACK:
		break;
	}
	return roll_back(p);
}

static enum status postgres_script(struct conn *c, const char *sql)
{
	return plain(pg_of(c), sql, NULL);
}

/* in progress: the backend hasn't noticed yet that its client is gone. */
static int postgres_settle(struct conn *c, int64_t transaction_id)
{
	char sql[STATEMENT_TEXT_MAX];
	PGresult *res;
	int answer = -1;

	(void)snprintf(sql, sizeof(sql), "SELECT pg_xact_status('%lld'::xid8)",
	               (long long)transaction_id);
	if (plain(pg_of(c), sql, &res) != OK) /* a server that never saw it: it didn't happen */
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
	return "SET statement_timeout = '10s'; SET lock_timeout = '5s';"
	       "SET idle_in_transaction_session_timeout = '10s'";
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
	return plain(p, sql, NULL);
}

static enum status set_up(struct pg *p, const struct db_config *cfg, enum conn_role role)
{
	if (PQstatus(p->link) != CONNECTION_OK)
		return conn_trouble(&p->base, TROUBLE_LOST, PQerrorMessage(p->link));
	(void)PQsetNoticeReceiver(p->link, no_notices, NULL);
	enum status st = plain(p, settings_of(role), NULL);
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
	return plain(p, sql, NULL);
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
	enum status st = plain(p, sql, NULL);
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
	.exec = postgres_exec,
	.next = postgres_next,
	.finish = postgres_finish,
	.cell = value_cell,
	.alive = postgres_alive,
	.settle = postgres_settle,
};
