/* A backup of a database in use is one consistent state, and comes back with one call. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "platform/db/backup.h"
#include "things.h"

enum { PATH = 128 };

static const char *under(const struct store_world *w, const char *name, char path[PATH])
{
	(void)snprintf(path, PATH, "%s/%s", w->dir, name);
	return path;
}

static void add(struct store_world *w, int number)
{
	struct error e = { 0 };
	char name[16];
	struct db_job job = { .run = thing_add, .args = name, .event = WORD("added") };

	(void)snprintf(name, sizeof(name), "%d", number);
	assert_int_equal(db_run(w->db, &job, &e), OK);
}

/* Back into a folder of its own, opened as a world would. */
static struct db *restored(struct store_world *w, const char *backup, struct backup *ret)
{
	struct error e = { 0 };
	char dir[PATH];
	struct db_config cfg = w->cfg;
	struct db *db;

	cfg.data_dir = under(w, "restored", dir);
	assert_int_equal(db_restore(&cfg, backup, ret, &e), OK);
	assert_int_equal(db_migrate(&cfg, NULL, &e), OK);
	assert_int_equal(db_open(&cfg, &db, &e), OK);
	return db;
}

static int64_t number_in(struct db *db, const struct db_stmt *s)
{
	struct error e = { 0 };
	struct db_read *r;
	struct db_rows rows;

	assert_int_equal(db_read_begin(db, &r, &e), OK);
	assert_int_equal(db_query(r, s, DB_NO_ARGS, &rows, &e), OK);
	assert_int_equal(db_one(&rows, &e), OK);
	int64_t n = db_int(&rows, 0);
	db_rows_close(&rows);
	db_read_end(r);
	return n;
}

static const struct db_stmt EVENTS = { "count_events", "", "SELECT count(*) FROM happened" };

/* Jobs go on while the copy is made: each adds one thing and one event. */
static void a_backup_beside_running_jobs_holds_changes_with_their_events(void **state)
{
	enum { BEFORE = 50, MEANWHILE = 400 };
	struct store_world *w = *state;
	struct error e = { 0 };
	struct crowd *c = crowd_new(MEANWHILE);
	struct backup made, back;
	static char names[MEANWHILE][16];
	char dir[PATH];

	for (int i = 0; i < BEFORE; i++)
		add(w, i);
	for (int i = 0; i < MEANWHILE; i++) {
		struct db_job *job = crowd_job(c, i);
		(void)snprintf(names[i], sizeof(names[i]), "meanwhile %d", i);
		job->run = thing_add;
		job->args = names[i];
		job->event = WORD("added");
		db_submit(w->db, job);
	}
	assert_int_equal(db_backup(&w->cfg, under(w, "backup", dir), &made, &e), OK);
	crowd_wait(c);
	crowd_free(c);
	assert_int_equal(made.files, 1);

	struct db *db = restored(w, dir, &back);
	int64_t things = number_in(db, &THING_COUNT), events = number_in(db, &EVENTS);
	db_close(db);
	assert_in_range(things, BEFORE, BEFORE + MEANWHILE);
	assert_int_equal(things, events);
	assert_int_equal(back.schema_version, made.schema_version);
}

static void sealed_events_come_along(void **state)
{
	struct store_world *w = *state;
	struct error e = { 0 };
	struct backup made, back;
	sqlite3 *quarter;
	char path[PATH], dir[PATH];

	assert_int_equal(mkdir(under(w, "log", path), 0700), 0);
	assert_int_equal(sqlite3_open(under(w, "log/2026Q4.db", path), &quarter), SQLITE_OK);
	assert_int_equal(sqlite3_exec(quarter, "CREATE TABLE leaf (x); INSERT INTO leaf VALUES (1)",
	                              NULL, NULL, NULL),
	                 SQLITE_OK);
	(void)sqlite3_close(quarter);
	assert_int_equal(db_backup(&w->cfg, under(w, "backup", dir), &made, &e), OK);
	assert_int_equal(made.files, 2);
	db_close(restored(w, dir, &back));
	assert_int_equal(back.files, 2);
	assert_int_equal(access(under(w, "restored/log/2026Q4.db", path), F_OK), 0);
}

static void a_damaged_backup_is_refused_and_nothing_is_put_back(void **state)
{
	struct store_world *w = *state;
	struct error e = { 0 };
	struct backup made;
	struct db_config cfg = w->cfg;
	char dir[PATH], path[PATH], into[PATH];
	static const char rubbish[8192] = "rubbish";

	for (int i = 0; i < 200; i++)
		add(w, i);
	assert_int_equal(db_backup(&w->cfg, under(w, "backup", dir), &made, &e), OK);
	assert_int_equal(db_backup_check(dir, &made, &e), OK);
	int fd = open(under(w, "backup/plein.db", path), O_WRONLY | O_CLOEXEC);
	assert_int_equal(pwrite(fd, rubbish, sizeof(rubbish), 8192), sizeof(rubbish));
	(void)close(fd);
	assert_int_equal(db_backup_check(dir, &made, &e), ERR_INVALID);
	cfg.data_dir = under(w, "restored", into);
	assert_int_equal(db_restore(&cfg, dir, &made, &e), ERR_INVALID);
	assert_int_not_equal(access(under(w, "restored/plein.db", path), F_OK), 0);
}

static void nothing_that_exists_is_overwritten(void **state)
{
	struct store_world *w = *state;
	struct error e = { 0 };
	struct backup made;
	char dir[PATH];

	assert_int_equal(db_backup(&w->cfg, under(w, "backup", dir), &made, &e), OK);
	assert_int_equal(db_backup(&w->cfg, dir, &made, &e), ERR_CONFLICT);
	assert_int_equal(db_restore(&w->cfg, dir, &made, &e), ERR_CONFLICT); /* a server runs */
	store_world_shut(w);
	assert_int_equal(db_restore(&w->cfg, dir, &made, &e), ERR_CONFLICT); /* data is there */
}

static void what_is_no_backup_is_refused(void **state)
{
	struct store_world *w = *state;
	struct error e = { 0 };
	struct backup made;
	char dir[PATH];

	assert_int_equal(db_backup_check(under(w, "nowhere", dir), &made, &e), ERR_INVALID);
}

#define PROMISE(f) cmocka_unit_test_setup_teardown(f, thing_set_up, thing_tear_down)

int main(void)
{
	const struct CMUnitTest promises[] = {
		PROMISE(a_backup_beside_running_jobs_holds_changes_with_their_events),
		PROMISE(sealed_events_come_along),
		PROMISE(a_damaged_backup_is_refused_and_nothing_is_put_back),
		PROMISE(nothing_that_exists_is_overwritten),
		PROMISE(what_is_no_backup_is_refused),
	};

	return cmocka_run_group_tests(promises, NULL, NULL);
}
