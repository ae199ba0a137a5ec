/*
 * sqlite.c - SQLite: WAL, one writer, NOMUTEX readers that can't write, search.db beside it
 *
 * Statement texts name parameters $1..$n; they are bound by that name, since SQLite numbers
 * them by first appearance. A statement whose rows are still being read when it is asked for
 * again gets a second, temporary preparation.
 */
#include "platform/db/engine.h"

#include <assert.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>

#include "platform/db/cache.h"
#include "platform/db/wal.h"

enum {
	BUSY_MS = 2000, /* another process at the file: we don't keep persons waiting for longer */
	AUTOCHECKPOINT_PAGES = 4000,
	PARAMS_MAX = 64,
};

struct cursor {
	struct lite *owner;
	sqlite3_stmt *stmt;
	size_t params;
	int columns;
	int place[PARAMS_MAX]; /* SQLite's own number of $1, $2, ... */
	bool busy, temporary;
};

struct lite {
	struct conn base;
	sqlite3 *db;
	struct cache cache;
	size_t busy;         /* cursors of the cache whose rows are open */
	bool in_transaction; /* as we believe; SQLite may have given it up */
	int64_t unchanged;   /* rows changed by this connection before the transaction */
	bool marked;         /* the mark is a savepoint, not the beginning itself */
	struct wal *wal;     /* of the writer of plein.db; else NULL */
};

static struct lite *lite_of(struct conn *c)
{
	return (struct lite *)c;
}

/* ---- failures --------------------------------------------------------------------------------
 */

static enum trouble trouble_of(const struct lite *l, int code)
{
	switch (code & 0xff) {
	case SQLITE_CONSTRAINT:
	case SQLITE_MISMATCH:
	case SQLITE_TOOBIG:
	case SQLITE_ERROR:
	case SQLITE_RANGE:
		/* A full disk may already have rolled everything back. */
		return l->in_transaction && sqlite3_get_autocommit(l->db) ? TROUBLE_IO
		                                                          : TROUBLE_STATEMENT;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return TROUBLE_BUSY;
	case SQLITE_FULL:
	case SQLITE_READONLY:
		return TROUBLE_FULL;
	case SQLITE_IOERR:
		return code == SQLITE_IOERR_WRITE || code == SQLITE_IOERR_TRUNCATE ||
		               code == SQLITE_IOERR_SHMSIZE
		           ? TROUBLE_FULL
		           : TROUBLE_IO;
	default:
		return TROUBLE_IO;
	}
}

static enum status failed(struct lite *l)
{
	int code = sqlite3_extended_errcode(l->db);
	char cause[200];

	(void)snprintf(cause, sizeof(cause), "sqlite %d: %s", code, sqlite3_errmsg(l->db));
	enum trouble what = trouble_of(l, code);
	bool constraint = (code & 0xff) == SQLITE_CONSTRAINT &&
	                  code != SQLITE_CONSTRAINT_DATATYPE && code != SQLITE_CONSTRAINT_NOTNULL;
	if (what == TROUBLE_STATEMENT && !constraint)
		return conn_mistake(&l->base, cause);
	return conn_trouble(&l->base, what, cause);
}

/* ---- statements ------------------------------------------------------------------------------
 */

static void cursor_free(void *value)
{
	struct cursor *cur = value;

	(void)sqlite3_finalize(cur->stmt);
	free(cur);
}

static enum status wrong_text(struct lite *l, const struct db_stmt *s, const char *why)
{
	char cause[200];

	(void)snprintf(cause, sizeof(cause), "statement %s: %s", s->name, why);
	return conn_mistake(&l->base, cause);
}

/* Where $1..$n stand; each declared parameter must be used, and no other. */
static bool find_places(struct cursor *cur, const struct db_stmt *s)
{
	char name[8];

	cur->params = strlen(s->params);
	assert(cur->params <= PARAMS_MAX);
	for (size_t i = 0; i < cur->params; i++) {
		(void)snprintf(name, sizeof(name), "$%zu", i + 1);
		cur->place[i] = sqlite3_bind_parameter_index(cur->stmt, name);
		if (cur->place[i] == 0)
			return false;
	}
	return (size_t)sqlite3_bind_parameter_count(cur->stmt) == cur->params;
}

static enum status prepare(struct lite *l, const struct db_stmt *s, bool temporary,
                           struct cursor **ret)
{
	const char *rest = NULL;
	struct cursor *cur = calloc(1, sizeof(*cur));
	if (cur == NULL)
		return conn_trouble(&l->base, TROUBLE_IO, "no memory for a statement");
	cur->owner = l;
	cur->temporary = temporary;

	unsigned flags = temporary ? 0 : SQLITE_PREPARE_PERSISTENT;
	enum status st = OK;
	if (sqlite3_prepare_v3(l->db, s->sql, -1, flags, &cur->stmt, &rest) != SQLITE_OK)
		st = failed(l);
	else if (*rest != '\0')
		st = wrong_text(l, s, "more than one statement");
	else if (!find_places(cur, s))
		st = wrong_text(l, s, "parameters differ from those declared");
	cur->columns = sqlite3_column_count(cur->stmt);
	if (st != OK) {
		cursor_free(cur);
		return st;
	}
	*ret = cur;
	return OK;
}

static enum status cursor_for(struct lite *l, const struct db_stmt *s, struct cursor **ret)
{
	struct cursor *cur = cache_get(&l->cache, s);

	if (cur != NULL && cur->busy)
		return prepare(l, s, true, ret);
	if (cur == NULL) {
		enum status st = prepare(l, s, false, &cur);
		if (st != OK)
			return st;
		if (!cache_put(&l->cache, s, cur)) {
			cursor_free(cur);
			return conn_trouble(&l->base, TROUBLE_IO, "no memory for a statement");
		}
	}
	*ret = cur;
	return OK;
}

/* The bytes live as long as the caller's arguments, that is until the statement is reset. */
static int bind_one(sqlite3_stmt *stmt, int place, const struct db_value *v, bool keep)
{
	void (*life)(void *) = keep ? SQLITE_TRANSIENT : SQLITE_STATIC;

	switch (v->kind) {
	case DB_KIND_INT:
		return sqlite3_bind_int64(stmt, place, v->integer);
	case DB_KIND_FLOAT:
		return sqlite3_bind_double(stmt, place, v->number);
	case DB_KIND_TEXT:
		return sqlite3_bind_text(stmt, place, v->bytes, -1, life);
	case DB_KIND_BYTES:
		return sqlite3_bind_blob64(stmt, place, v->len == 0 ? "" : v->bytes, v->len, life);
	case DB_KIND_NULL:
		break;
	}
	return sqlite3_bind_null(stmt, place);
}

static void sqlite_finish(struct cursor *cur)
{
	(void)sqlite3_reset(cur->stmt);
	(void)sqlite3_clear_bindings(cur->stmt);
	if (cur->busy && !cur->temporary)
		cur->owner->busy--;
	cur->busy = false;
	if (cur->temporary)
		cursor_free(cur);
}

static enum status start(struct lite *l, const struct db_stmt *s, const struct db_value *args,
                         bool keep, struct cursor **ret)
{
	struct cursor *cur;
	enum status st = cursor_for(l, s, &cur);
	if (st != OK)
		return st;

	for (size_t i = 0; i < cur->params; i++) {
		if (bind_one(cur->stmt, cur->place[i], &args[i], keep) != SQLITE_OK) {
			st = failed(l);
			sqlite_finish(cur);
			return st;
		}
	}
	cur->busy = true;
	if (!cur->temporary)
		l->busy++;
	*ret = cur;
	return OK;
}

static enum status sqlite_prepare(struct conn *c, const struct db_stmt *s)
{
	struct cursor *cur;

	return cursor_for(lite_of(c), s, &cur);
}

static enum status sqlite_query(struct conn *c, const struct db_stmt *s,
                                const struct db_value *args, struct cursor **ret)
{
	/* Arguments may go out of scope before the last row is read. */
	return start(lite_of(c), s, args, true, ret);
}

static int sqlite_next(struct conn *c, struct cursor *cur)
{
	int rc = sqlite3_step(cur->stmt);

	if (rc == SQLITE_ROW)
		return 1;
	if (rc == SQLITE_DONE)
		return 0;
	(void)failed(lite_of(c));
	return -1;
}

static enum status sqlite_exec(struct conn *c, const struct db_stmt *s, const struct db_value *args,
                               int64_t *ret_changed)
{
	struct lite *l = lite_of(c);
	struct cursor *cur = NULL;
	enum status st = start(l, s, args, false, &cur);
	if (st != OK)
		return st;
	assert(cur != NULL);

	int rc;
	do
		rc = sqlite3_step(cur->stmt);
	while (rc == SQLITE_ROW);
	if (rc != SQLITE_DONE)
		st = failed(l);
	else if (ret_changed != NULL)
		*ret_changed =
		    sqlite3_stmt_readonly(cur->stmt) ? 0 : (int64_t)sqlite3_changes64(l->db);
	sqlite_finish(cur);
	return st;
}

static enum status sqlite_hear(struct conn *c)
{
	(void)c; /* each was heard at once */
	return OK;
}

static enum status sqlite_exec_late(struct conn *c, const struct db_stmt *s,
                                    const struct db_value *args)
{
	return sqlite_exec(c, s, args, NULL);
}

/* One look-up for all that is asked of a cell: the connection has no mutex to protect it with. */
static struct db_value sqlite_cell(const struct cursor *cur, int column)
{
	assert(column >= 0 && column < cur->columns);
	sqlite3_value *v = sqlite3_column_value(cur->stmt, column);

	switch (sqlite3_value_type(v)) {
	case SQLITE_INTEGER:
		return DB_INT(sqlite3_value_int64(v));
	case SQLITE_FLOAT:
		return DB_FLOAT(sqlite3_value_double(v));
	case SQLITE_TEXT:
		return (struct db_value){ .kind = DB_KIND_TEXT,
			                  .bytes = sqlite3_value_text(v),
			                  .len = (size_t)sqlite3_value_bytes(v) };
	case SQLITE_BLOB:
		return DB_BYTES(sqlite3_value_blob(v), (size_t)sqlite3_value_bytes(v));
	default:
		return DB_NULL;
	}
}

/* ---- transactions -------------------------------------------------------------------------------
 */

static const struct db_stmt COMMANDS[] = {
	[COMMAND_BEGIN_READ] = { "begin_read", "", "BEGIN DEFERRED" },
	[COMMAND_BEGIN] = { "begin_write", "", "BEGIN IMMEDIATE" },
	[COMMAND_MARK] = { "mark", "", "SAVEPOINT job" },
	[COMMAND_UNDO] = { "undo", "", "ROLLBACK TO job" },
	[COMMAND_UNMARK] = { "unmark", "", "RELEASE job" },
	[COMMAND_COMMIT] = { "commit_all", "", "COMMIT" },
	[COMMAND_ROLLBACK] = { "rollback_all", "", "ROLLBACK" },
};

/* A job that left rows open must not keep the transaction from ending. */
static void close_open_rows(struct lite *l)
{
	for (size_t i = 0; l->busy > 0 && i < l->cache.size; i++) {
		struct cursor *cur = l->cache.slots[i].value;
		if (cur != NULL && cur->busy)
			sqlite_finish(cur);
	}
}

static enum status tell(struct lite *l, enum command what)
{
	const enum status st = sqlite_exec(&l->base, &COMMANDS[what], DB_NO_ARGS, NULL);

	if (st != OK && l->base.trouble == TROUBLE_STATEMENT)
		l->base.trouble = TROUBLE_IO;
	return st;
}

static enum status begin(struct lite *l, enum command how)
{
	const enum status st = tell(l, how);

	if (st == OK)
		l->in_transaction = true;
	l->unchanged = sqlite3_total_changes64(l->db);
	l->marked = false;
	return st;
}

static enum status give_up(struct lite *l)
{
	l->in_transaction = false;
	return sqlite3_get_autocommit(l->db) ? OK : tell(l, COMMAND_ROLLBACK);
}

static enum status roll_back(struct lite *l)
{
	close_open_rows(l);
	return give_up(l);
}

/*
 * While a savepoint is open SQLite keeps a copy of each page as it was, in one long list that
 * every statement with a trigger walks from its head. The first job of a transaction does
 * without: what it undoes is everything.
 */
static enum status mark(struct lite *l)
{
	l->marked = sqlite3_total_changes64(l->db) != l->unchanged;
	return l->marked ? tell(l, COMMAND_MARK) : OK;
}

static enum status undo(struct lite *l)
{
	close_open_rows(l);
	if (l->marked)
		return tell(l, COMMAND_UNDO);
	if (sqlite3_total_changes64(l->db) == l->unchanged && !sqlite3_get_autocommit(l->db))
		return OK;
	const enum status st = give_up(l);
	return st == OK ? begin(l, COMMAND_BEGIN) : st;
}

static enum status unmark(struct lite *l)
{
	const bool marked = l->marked;

	l->marked = false;
	return marked ? tell(l, COMMAND_UNMARK) : OK;
}

static enum status commit(struct lite *l)
{
	const enum status st = tell(l, COMMAND_COMMIT);

	if (st == OK)
		l->in_transaction = false;
	return st;
}

static enum status sqlite_command(struct conn *c, enum command what)
{
	struct lite *l = lite_of(c);

	switch (what) {
	case COMMAND_BEGIN_READ:
	case COMMAND_BEGIN:
		return begin(l, what);
	case COMMAND_MARK:
		return mark(l);
	case COMMAND_UNDO:
		return undo(l);
	case COMMAND_UNMARK:
		return unmark(l);
	case COMMAND_COMMIT:
		return commit(l);
	case COMMAND_LEAVE:
	case COMMAND_ROLLBACK:
		break;
	}
	return roll_back(l);
}

static enum status sqlite_script(struct conn *c, const char *sql)
{
	struct lite *l = lite_of(c);

	return sqlite3_exec(l->db, sql, NULL, NULL, NULL) == SQLITE_OK ? OK : failed(l);
}

/* ---- opening
 * -------------------------------------------------------------------------------------
 */

static void sqlite_close(struct conn *c)
{
	struct lite *l = lite_of(c);

	cache_clear(&l->cache, cursor_free);
	wal_end(l->wal);
	(void)sqlite3_close_v2(l->db);
	free(l);
}

static bool harden(sqlite3 *db)
{
	static const struct {
		int option, value;
	} SETTINGS[] = {
		{ SQLITE_DBCONFIG_DQS_DML, 0 },        { SQLITE_DBCONFIG_DQS_DDL, 0 },
		{ SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 }, { SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 },
		{ SQLITE_DBCONFIG_ENABLE_FKEY, 1 },    { SQLITE_DBCONFIG_DEFENSIVE, 1 },
	};

	for (size_t i = 0; i < sizeof(SETTINGS) / sizeof(SETTINGS[0]); i++)
		if (sqlite3_db_config(db, SETTINGS[i].option, SETTINGS[i].value, NULL) != SQLITE_OK)
			return false;
	return sqlite3_busy_timeout(db, BUSY_MS) == SQLITE_OK;
}

static enum status attach_search(struct lite *l, const struct db_config *cfg)
{
	static const struct db_stmt ATTACH = { "attach_search", "t",
		                               "ATTACH DATABASE $1 AS search" };
	char path[4096];

	(void)snprintf(path, sizeof(path), "%s/search.db", cfg->data_dir);
	return sqlite_exec(&l->base, &ATTACH, DB_ARGS(DB_TEXT(path)), NULL);
}

static const char *settings_of(enum conn_role role)
{
	if (role == CONN_READER)
		return "PRAGMA temp_store = MEMORY; PRAGMA main.cache_size = -1024;"
		       "PRAGMA wal_autocheckpoint = 0; PRAGMA query_only = 1";
	return "PRAGMA main.journal_mode = WAL; PRAGMA main.synchronous = FULL;"
	       "PRAGMA temp_store = MEMORY; PRAGMA main.cache_size = -4096;"
	       "PRAGMA main.journal_size_limit = 67108864; PRAGMA cell_size_check = 1;"
	       "PRAGMA secure_delete = ON";
}

static const char *search_settings_of(enum conn_role role)
{
	if (role == CONN_READER)
		return "PRAGMA search.cache_size = -512";
	/* search.db can be made again, so it needs no flush of its own at every commit. */
	return "PRAGMA search.journal_mode = WAL; PRAGMA search.synchronous = NORMAL; PRAGMA "
	       "search.cache_size = -6144";
}

/* What is made anew, or filled, is worth memory: its pages are touched again and again. */
static enum status fill_quickly(struct lite *l, const struct db_config *cfg, enum conn_role role)
{
	enum status st = sqlite_script(&l->base, "PRAGMA main.synchronous = OFF");

	if (st == OK && role != CONN_READER)
		st = sqlite_script(&l->base, "PRAGMA main.cache_size = -262144");
	if (st == OK && role != CONN_READER && cfg->file == NULL)
		st = sqlite_script(&l->base, "PRAGMA search.cache_size = -262144");
	return st;
}

static enum status open_file(struct lite *l, const struct db_config *cfg, enum conn_role role)
{
	char path[4096];

	(void)snprintf(path, sizeof(path), "%s/%s", cfg->data_dir,
	               cfg->file == NULL ? "plein.db" : cfg->file);
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
	if (role != CONN_READER)
		flags |= SQLITE_OPEN_CREATE;
	if (sqlite3_open_v2(path, &l->db, flags, NULL) != SQLITE_OK || !harden(l->db))
		return failed(l);
	enum status st = cfg->file == NULL ? attach_search(l, cfg) : OK;
	if (st != OK)
		return st;
	if (sqlite_script(&l->base, settings_of(role)) != OK ||
	    (cfg->file == NULL && sqlite_script(&l->base, search_settings_of(role)) != OK))
		return l->base.error.status;
	if (role == CONN_WRITER && cfg->file == NULL)
		l->wal = wal_keep(l->db, cfg->data_dir, cfg->unflushed);
	if (role != CONN_READER && l->wal == NULL)
		(void)sqlite3_wal_autocheckpoint(l->db, AUTOCHECKPOINT_PAGES);
	return cfg->unflushed ? fill_quickly(l, cfg, role) : OK;
}

/*
 * No mutex within a connection, since each belongs to one thread, and no count of every byte
 * taken, which costs a mutex of the whole process. Refused once SQLite is in use: then it is
 * as right and slower.
 */
static void set_up_library(void)
{
	(void)sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
	(void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

static enum status sqlite_open(const struct db_config *cfg, enum conn_role role, struct conn **ret,
                               struct error *reterr)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	struct lite *l = calloc(1, sizeof(*l));
	if (l == NULL)
		return FAIL_INTERNAL(reterr);
	(void)pthread_once(&once, set_up_library);
	l->base.engine = &SQLITE_ENGINE;

	if (open_file(l, cfg, role) != OK) {
		conn_note(&l->base, TROUBLE_LOST, l->base.error.cause);
		*reterr = l->base.error;
		sqlite_close(&l->base);
		return reterr->status;
	}
	l->base.trouble = TROUBLE_NONE;
	*ret = &l->base;
	return OK;
}

static bool sqlite_alive(const struct conn *c)
{
	(void)c;
	return true;
}

/* A COMMIT inside the process is never lost. */
static int sqlite_settle(struct conn *c, int64_t transaction_id)
{
	(void)c;
	(void)transaction_id;
	return 0;
}

const struct engine SQLITE_ENGINE = {
	.open = sqlite_open,
	.close = sqlite_close,
	.command = sqlite_command,
	.script = sqlite_script,
	.prepare = sqlite_prepare,
	.query = sqlite_query,
	.ask = sqlite_query,
	.exec = sqlite_exec,
	.exec_late = sqlite_exec_late,
	.hear = sqlite_hear,
	.next = sqlite_next,
	.finish = sqlite_finish,
	.cell = sqlite_cell,
	.alive = sqlite_alive,
	.settle = sqlite_settle,
};
