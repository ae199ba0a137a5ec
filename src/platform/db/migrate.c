#include "platform/db/migrate.h"

#include <stdio.h>

#include "platform/core/clock.h"
#include "platform/db/engine.h"
#include "platform/db/folder.h"
#include "platform/db/postgres.h"

enum { SCRIPT_BYTES_MAX = 1024 * 1024 };

static const char BOOTSTRAP[] =
    "CREATE TABLE IF NOT EXISTS schema_version ("
    " version bigint PRIMARY KEY, name text NOT NULL, applied_at bigint NOT NULL);"
    "-- sqlite: CREATE TABLE IF NOT EXISTS search.search_schema_version (version bigint PRIMARY "
    "KEY, name text NOT NULL, applied_at bigint NOT NULL);\n"
    "-- postgres: CREATE TABLE IF NOT EXISTS search_schema_version (version bigint PRIMARY KEY, "
    "name text NOT NULL, applied_at bigint NOT NULL);\n";

static const struct db_stmt FIND[] = {
	{ "schema_find", "i", "SELECT version FROM schema_version WHERE version = $1" },
	{ "search_schema_find", "i",
	  "SELECT version FROM search_schema_version WHERE version = $1" },
};
static const struct db_stmt ADD[] = {
	{ "schema_add", "iti",
	  "INSERT INTO schema_version (version, name, applied_at) VALUES ($1, $2, $3)" },
	{ "search_schema_add", "iti",
	  "INSERT INTO search_schema_version (version, name, applied_at) VALUES ($1, $2, $3)" },
};
static const struct db_stmt NEWEST = {
	"schema_newest", "",
	"SELECT (SELECT coalesce(max(version), 0) FROM schema_version),"
	" (SELECT coalesce(max(version), 0) FROM search_schema_version)"
};

static bool is_search(const struct migration *m)
{
	return strncmp(m->name + strlen("0000_"), "search", strlen("search")) == 0;
}

/* ---- one text ---------------------------------------------------------------------------------
 */

static enum status run_text(struct conn *c, const struct db_config *cfg, const char *sql,
                            struct error *reterr)
{
	AUTO(out_free) struct out o;
	char runner[160] = "";

	out_init(&o, SCRIPT_BYTES_MAX);
	if (cfg->engine == DB_POSTGRES)
		postgres_runner(c, cfg, runner, sizeof(runner));
	migration_translate(&o, cfg->engine, sql, runner);
	enum status st = out_end(&o, reterr);
	if (st != OK)
		return st;
	st = c->engine->script(c, o.data);
	if (st != OK)
		*reterr = c->error;
	return st;
}

static enum status numbers(struct conn *c, const struct db_stmt *s, const struct db_value *args,
                           int64_t ret[2], int *ret_rows, struct error *reterr)
{
	struct cursor *cur;
	enum status st = c->engine->query(c, s, args, &cur);
	if (st == OK) {
		*ret_rows = c->engine->next(c, cur);
		if (*ret_rows < 0)
			st = c->error.status;
		if (*ret_rows == 1 && s == &NEWEST) {
			ret[0] = c->engine->cell(cur, 0).integer;
			ret[1] = c->engine->cell(cur, 1).integer;
		}
		c->engine->finish(cur);
	}
	if (st != OK)
		*reterr = c->error;
	return st;
}

/* ---- one migration -----------------------------------------------------------------------------
 */

static enum status record(struct conn *c, const struct migration *m, struct error *reterr)
{
	const struct clock wall = clock_system();
	const struct db_value *args =
	    DB_ARGS(DB_INT(m->version), DB_TEXT(m->name), DB_INT(clock_now_ms(&wall)));
	enum status st = c->engine->exec(c, &ADD[is_search(m)], args, NULL);

	if (st != OK)
		*reterr = c->error;
	return st;
}

/* A new version is written by statements that are prepared only now that their table is there. */
static enum status in_transaction(struct conn *c, const struct db_config *cfg, const char *sql,
                                  const struct migration *m, struct error *reterr)
{
	c->trouble = TROUBLE_NONE;
	enum status st = c->engine->command(c, COMMAND_BEGIN);
	if (st != OK) {
		*reterr = c->error;
		return st;
	}
	st = run_text(c, cfg, sql, reterr);
	if (st == OK && m != NULL)
		st = record(c, m, reterr);
	if (st == OK) {
		st = c->engine->command(c, COMMAND_COMMIT);
		if (st == OK)
			return OK;
		*reterr = c->error;
	}
	(void)c->engine->command(c, COMMAND_ROLLBACK);
	return st;
}

static enum status apply(struct conn *c, const struct db_config *cfg, const struct migration *m,
                         struct error *reterr)
{
	int64_t unused[2];
	int rows = 0;
	enum status st =
	    numbers(c, &FIND[is_search(m)], DB_ARGS(DB_INT(m->version)), unused, &rows, reterr);
	if (st != OK || rows == 1)
		return st;
	st = in_transaction(c, cfg, m->sql, m, reterr);
	if (st != OK) {
		char why[sizeof(reterr->cause)];
		(void)snprintf(why, sizeof(why), "%s", reterr->cause);
		(void)error_cause(reterr, "migration %.40s: %.200s", m->name, why);
	}
	return st;
}

/* ---- the whole list
 * ------------------------------------------------------------------------------
 */

static int newest_of(const struct migration *list, bool search)
{
	int newest = 0;

	for (const struct migration *m = list; m->name != NULL; m++)
		if (is_search(m) == search)
			newest = m->version;
	return newest;
}

static enum status refuse_newer(struct error *reterr, int64_t found, int known)
{
	(void)FAIL(reterr, ERR_CONFLICT,
	           "De gegevens zijn van een nieuwere versie van Plein. Installeer die versie.");
	return error_cause(reterr, "schema version %lld, this program knows %d", (long long)found,
	                   known);
}

static enum status apply_all(struct conn *c, const struct db_config *cfg,
                             const struct migration *list, struct error *reterr)
{
	int64_t found[2] = { 0, 0 };
	int rows = 0;
	enum status st = in_transaction(c, cfg, BOOTSTRAP, NULL, reterr);
	if (st == OK)
		st = numbers(c, &NEWEST, DB_NO_ARGS, found, &rows, reterr);
	if (st != OK)
		return st;
	for (int search = 0; search < 2; search++)
		if (found[search] > newest_of(list, search == 1))
			return refuse_newer(reterr, found[search], newest_of(list, search == 1));
	for (const struct migration *m = list; m->name != NULL && st == OK; m++)
		st = apply(c, cfg, m, reterr);
	return st;
}

static enum status open_owner(const struct db_config *cfg, const char *owner_conninfo,
                              struct data_folder **ret_folder, struct conn **ret,
                              struct error *reterr)
{
	struct db_config as_owner = *cfg;

	*ret_folder = NULL;
	if (cfg->engine == DB_SQLITE && cfg->file == NULL) {
		enum status st =
		    data_folder_open(cfg->data_dir, cfg->ballast_bytes, ret_folder, reterr);
		if (st != OK)
			return st;
	}
	if (owner_conninfo != NULL)
		as_owner.conninfo = owner_conninfo;
	enum status st = engine_for(cfg->engine)->open(&as_owner, CONN_OWNER, ret, reterr);
	if (st != OK)
		data_folder_close(*ret_folder);
	return st;
}

enum status migrate_list(const struct db_config *cfg, const char *owner_conninfo,
                         const struct migration *list, struct error *reterr)
{
	struct data_folder *folder;
	struct conn *c;
	enum status st = open_owner(cfg, owner_conninfo, &folder, &c, reterr);
	if (st != OK)
		return st;
	if (cfg->engine == DB_POSTGRES)
		st = postgres_prepare_schema(c, cfg, reterr);
	if (st == OK)
		st = apply_all(c, cfg, list, reterr);
	c->engine->close(c);
	data_folder_close(folder);
	return st;
}

enum status db_migrate(const struct db_config *cfg, const char *owner_conninfo,
                       struct error *reterr)
{
	return migrate_list(cfg, owner_conninfo, DB_MIGRATIONS, reterr);
}

enum status migrate_script(const struct db_config *cfg, const char *sql, struct error *reterr)
{
	struct data_folder *folder;
	struct conn *c;
	enum status st = open_owner(cfg, NULL, &folder, &c, reterr);
	if (st != OK)
		return st;
	st = in_transaction(c, cfg, sql, NULL, reterr);
	c->engine->close(c);
	data_folder_close(folder);
	return st;
}

/* ---- what db_open asks
 * -----------------------------------------------------------------------------
 */

static enum status refuse_other(const int64_t found[2], struct error *reterr)
{
	for (int search = 0; search < 2; search++) {
		int known = newest_of(DB_MIGRATIONS, search == 1);
		if (found[search] > known)
			return refuse_newer(reterr, found[search], known);
		if (found[search] == known)
			continue;
		(void)FAIL(reterr, ERR_CONFLICT,
		           "De gegevens zijn van een oudere versie van Plein. Werk ze eerst bij.");
		return error_cause(reterr, "schema version %lld, this program needs %d",
		                   (long long)found[search], known);
	}
	return OK;
}

enum status migrate_check(const struct db_config *cfg, struct error *reterr)
{
	int64_t found[2] = { 0, 0 };
	int rows = 0;
	struct conn *c;
	enum status st = engine_for(cfg->engine)->open(cfg, CONN_WRITER, &c, reterr);
	if (st != OK)
		return st;
	st = numbers(c, &NEWEST, DB_NO_ARGS, found, &rows, reterr);
	c->engine->close(c);
	if (st == ERR_UNAVAILABLE)
		return st;
	return refuse_other(found, reterr); /* no schema_version at all: version 0 */
}
