#include "store_world.h"

#include <fcntl.h>
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "platform/db/migrate.h"
#include "template_database.h"

enum { BALLAST_BYTES = 4096, CONNECTIONS = 4 };

static void expect_ok(enum status st, const struct error *e, const char *what)
{
	if (st != OK)
		fail_msg("%s: %s (%s)", what, e->message, e->cause);
}

enum db_engine store_engine(void)
{
	const char *name = getenv("PLEIN_TEST_ENGINE");

	return name != NULL && strcmp(name, "postgres") == 0 ? DB_POSTGRES : DB_SQLITE;
}

/* ---- folders ------------------------------------------------------------------------------ */

static void make_dir(char ret[64])
{
	const char *base = getenv("PLEIN_TEST_DIR");

	if (base == NULL)
		base = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
	(void)snprintf(ret, 64, "%s/plein-store.XXXXXX", base);
	assert_non_null(mkdtemp(ret));
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

static void remove_dir(const char *path)
{
	(void)nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static void copy_file(const char *from_dir, const char *to_dir, const char *name)
{
	char from[128], to[128];
	struct stat st;

	(void)snprintf(from, sizeof(from), "%s/%s", from_dir, name);
	(void)snprintf(to, sizeof(to), "%s/%s", to_dir, name);
	int in = open(from, O_RDONLY | O_CLOEXEC),
	    out = open(to, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	assert_true(in >= 0 && out >= 0 && fstat(in, &st) == 0);
	for (off_t left = st.st_size; left > 0;) {
		ssize_t n = sendfile(out, in, NULL, (size_t)left);
		assert_true(n > 0);
		left -= n;
	}
	(void)close(in);
	(void)close(out);
}

/* ---- the migrated original, made once per set of tables ---------------------------------------
 */

struct original {
	char dir[64];
	const char *tables;
	bool made;
};

static void migrate(const struct db_config *cfg, const char *tables)
{
	struct error e = { 0 };

	expect_ok(db_migrate(cfg, NULL, &e), &e, "migrate");
	if (tables != NULL)
		expect_ok(migrate_script(cfg, tables, &e), &e, "the test's own tables");
}

static struct original *the_original(void)
{
	static struct original original;

	return &original;
}

static void remove_original(void)
{
	if (the_original()->made)
		remove_dir(the_original()->dir);
}

static const char *original_dir(const struct store_world *w)
{
	struct original *o = the_original();

	if (o->made && o->tables == w->wish.tables)
		return o->dir;
	if (o->made)
		remove_dir(o->dir);
	else
		(void)atexit(remove_original);
	make_dir(o->dir);
	struct db_config cfg = w->cfg;
	cfg.data_dir = o->dir;
	migrate(&cfg, w->wish.tables);
	o->made = true;
	o->tables = w->wish.tables;
	return o->dir;
}

/* ---- one world ----------------------------------------------------------------------------------
 */

static void make_sqlite(struct store_world *w)
{
	make_dir(w->dir);
	const char *from = original_dir(w);
	copy_file(from, w->dir, "plein.db");
	copy_file(from, w->dir, "search.db");
}

static void make_postgres(struct store_world *w)
{
	static int count;
	const char *cluster = getenv("PLEIN_TEST_PG");

	if (cluster == NULL)
		fail_msg("PLEIN_TEST_PG isn't set: run the test by tools/with-postgres");
	(void)snprintf(w->database, sizeof(w->database), "t%ld_%d", (long)getpid(), ++count);
	template_database_copy(cluster, w->wish.tables, w->database);
	template_database_conninfo(cluster, w->database, w->conninfo);
	w->cfg.conninfo = w->conninfo;
	w->cfg.schema = TEMPLATE_SCHEMA;
}

struct store_world *store_world_new(const struct store_wish *wish)
{
	struct store_world *w = calloc(1, sizeof(*w));
	assert_non_null(w);
	w->wish = *wish;
	w->cfg = (struct db_config){
		.engine = store_engine(),
		.data_dir = w->dir,
		.connections = wish->connections > 0 ? wish->connections : CONNECTIONS,
		.write_event = wish->write_event,
		.event_context = wish->event_context,
		.ballast_bytes = wish->ballast_bytes > 0 ? wish->ballast_bytes : BALLAST_BYTES,
	};
	if (w->cfg.engine == DB_SQLITE)
		make_sqlite(w);
	else
		make_postgres(w);
	store_world_open(w);
	return w;
}

void store_world_open(struct store_world *w)
{
	struct error e = { 0 };

	expect_ok(db_open(&w->cfg, &w->db, &e), &e, "open");
}

void store_world_run(struct store_world *w, db_job_fn *run, void *args)
{
	struct error e = { 0 };
	struct db_job job = { .run = run, .args = args };

	expect_ok(db_run(w->db, &job, &e), &e, "job");
}

/* A statement lives as long as the connections that prepared it: until the world is shut. */
struct number {
	struct db_stmt stmt;
	char name[32];
	struct number *next;
};

static void forget_numbers(struct store_world *w)
{
	while (w->numbers != NULL) {
		struct number *n = w->numbers;
		w->numbers = n->next;
		free(n);
	}
}

static const struct db_stmt *number_stmt(struct store_world *w, const char *sql)
{
	struct number *n = calloc(1, sizeof(*n));
	assert_non_null(n);
	(void)snprintf(n->name, sizeof(n->name), "number_%p", (void *)n);
	n->stmt = (struct db_stmt){ .name = n->name, .params = "", .sql = sql };
	n->next = w->numbers;
	w->numbers = n;
	return &n->stmt;
}

/* The one row of a literal; a snapshot stands open until the rows are closed. */
static struct db_read *only_row(struct store_world *w, const char *sql, struct db_rows *ret)
{
	struct error e = { 0 };
	struct db_read *r;

	expect_ok(db_read_begin(w->db, &r, &e), &e, "snapshot");
	expect_ok(db_query(r, number_stmt(w, sql), DB_NO_ARGS, ret, &e), &e, sql);
	expect_ok(db_one(ret, &e), &e, sql);
	return r;
}

int64_t store_world_number(struct store_world *w, const char *sql)
{
	struct db_rows row;
	struct db_read *r = only_row(w, sql, &row);
	const int64_t number = db_int(&row, 0);

	db_rows_close(&row);
	db_read_end(r);
	return number;
}

const char *store_world_text(struct store_world *w, struct arena *a, const char *sql)
{
	struct db_rows row;
	struct db_read *r = only_row(w, sql, &row);
	const char *text = db_text(&row, 0, a);

	db_rows_close(&row);
	db_read_end(r);
	return text;
}

void store_world_settle(struct store_world *w)
{
	static const char BEHIND[] = "SELECT (SELECT count(*) FROM change)"
				     " - (SELECT count(*) FROM change_settled)";

	for (int i = 0; store_world_number(w, BEHIND) > 0; i++) {
		if (i == 6000)
			fail_msg("a change stays unsettled");
		usleep(10000);
	}
}

void store_world_shut(struct store_world *w)
{
	db_close(w->db);
	w->db = NULL;
	forget_numbers(w);
}

void store_world_free(struct store_world *w)
{
	store_world_shut(w);
	if (w->cfg.engine == DB_SQLITE)
		remove_dir(w->dir);
	else
		template_database_drop(getenv("PLEIN_TEST_PG"), w->database);
	free(w);
}
