#include "template_database.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "platform/db/engine.h"
#include "platform/db/migrate.h"

enum { SQL_BYTES = 512 };

static void expect_ok(enum status st, const struct error *e, const char *what)
{
	if (st != OK)
		fail_msg("%s: %s (%s)", what, e->message, e->cause);
}

void template_database_conninfo(const char *cluster, const char *name,
                                char ret[DATABASE_CONNINFO_BYTES])
{
	(void)snprintf(ret, DATABASE_CONNINFO_BYTES, "%s dbname=%s", cluster, name);
}

static struct conn *open_cluster(const char *cluster)
{
	const struct db_config cfg = { .engine = DB_POSTGRES, .conninfo = cluster };
	struct error e = { 0 };
	struct conn *c = NULL;

	expect_ok(POSTGRES_ENGINE.open(&cfg, CONN_OWNER, &c, &e), &e, "connect");
	return c;
}

/* One statement by itself: PostgreSQL makes no database inside a transaction. */
__attribute__((format(printf, 2, 3))) static enum status run(struct conn *c, const char *how, ...)
{
	char sql[SQL_BYTES];
	va_list values;

	va_start(values, how);
	int length = vsnprintf(sql, sizeof(sql), how, values);
	va_end(values);
	assert_in_range(length, 1, SQL_BYTES - 1);
	return c->engine->script(c, sql);
}

#define MUST_RUN(c, ...) expect_ok(run(c, __VA_ARGS__), &(c)->error, "test database")

/* ---- the template ------------------------------------------------------------------------------- */

static uint64_t hash_on(uint64_t hash, const char *text)
{
	for (; *text != '\0'; text++)
		hash = (hash ^ (unsigned char)*text) * 0x100000001b3; /* FNV-1a */
	return hash;
}

static void template_name(const char *tables, char ret[DATABASE_NAME_BYTES])
{
	uint64_t hash = 0xcbf29ce484222325;

	for (const struct migration *m = DB_MIGRATIONS; m->name != NULL; m++)
		hash = hash_on(hash_on(hash, m->name), m->sql);
	if (tables != NULL)
		hash = hash_on(hash, tables);
	(void)snprintf(ret, DATABASE_NAME_BYTES, "template_%016llx", (unsigned long long)hash);
}

static void migrate(const char *cluster, const char *name, const char *tables)
{
	char conninfo[DATABASE_CONNINFO_BYTES];
	struct error e = { 0 };

	template_database_conninfo(cluster, name, conninfo);
	const struct db_config cfg = { .engine = DB_POSTGRES,
		                       .conninfo = conninfo,
		                       .schema = TEMPLATE_SCHEMA };
	expect_ok(db_migrate(&cfg, NULL, &e), &e, "migrate");
	if (tables != NULL)
		expect_ok(migrate_script(&cfg, tables, &e), &e, "the test's own tables");
}

/* It gets its name only when it is whole: one that was left half done is made anew. */
static void make_template(struct conn *c, const char *cluster, const char *tables, const char *name)
{
	MUST_RUN(c, "DROP DATABASE IF EXISTS half_%s WITH (FORCE)", name);
	MUST_RUN(c, "CREATE DATABASE half_%s", name);
	char half[DATABASE_NAME_BYTES + 8];
	(void)snprintf(half, sizeof(half), "half_%s", name);
	migrate(cluster, half, tables);
	MUST_RUN(c, "ALTER DATABASE %s ALLOW_CONNECTIONS false", half);
	/* The server learns a moment later that whoever migrated has left. */
	MUST_RUN(c,
	         "DO $$BEGIN WHILE EXISTS (SELECT FROM pg_stat_activity WHERE datname = '%s') LOOP"
	         " PERFORM pg_sleep(0.01); PERFORM pg_stat_clear_snapshot(); END LOOP; END$$",
	         half);
	MUST_RUN(c, "ALTER DATABASE %s RENAME TO %s", half, name);
}

/* ---- copies ------------------------------------------------------------------------------------- */

static enum status copy(struct conn *c, const char *name, const char *from)
{
	return run(c, "CREATE DATABASE %s TEMPLATE %s STRATEGY FILE_COPY", name, from);
}

void template_database_copy(const char *cluster, const char *tables, const char *name)
{
	struct conn *c = open_cluster(cluster);
	char from[DATABASE_NAME_BYTES];

	template_name(tables, from);
	if (copy(c, name, from) != OK) { /* one program makes it while the others wait */
		MUST_RUN(c, "SELECT pg_advisory_lock(hashtext('%s'))", from);
		if (copy(c, name, from) != OK) {
			make_template(c, cluster, tables, from);
			expect_ok(copy(c, name, from), &c->error, "copy");
		}
	}
	c->engine->close(c); /* and with it the lock */
}

void template_database_drop(const char *cluster, const char *name)
{
	struct conn *c = open_cluster(cluster);

	MUST_RUN(c, "DROP DATABASE %s WITH (FORCE)", name);
	c->engine->close(c);
}
