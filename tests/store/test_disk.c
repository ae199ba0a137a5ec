/*
 * SQLite alone: a disk that is full, that takes no writes, a file that another process holds.
 *
 * The disk is a tmpfs of a few MB in a mount namespace of this process. Where the system lets
 * nobody make one, those two are left out, and the one with a limit on file size still runs.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "things.h"

enum { WAIT_STEPS = 10000, STEP_US = 10000, BALLAST = 2 * 1024 * 1024 };

static char disk[] = "/tmp/disk-of-plein.XXXXXX";

static enum status add(struct store_world *w, const char *name)
{
	struct error e = { 0 };
	struct db_job job = { .run = thing_add, .args = WORD(name), .event = WORD("added") };

	return db_run(w->db, &job, &e);
}

static enum status view(struct store_world *w)
{
	struct error e = { 0 };
	struct db_job job = { .event = WORD("viewed") };

	return db_run(w->db, &job, &e);
}

static enum status add_soon(struct store_world *w, const char *name)
{
	enum status st = add(w, name);

	for (int i = 0; i < WAIT_STEPS && st != OK; i++) {
		(void)usleep(STEP_US);
		st = add(w, name);
	}
	return st;
}

/* ---- a real disk without room --------------------------------------------------------------- */

static bool make_disk(void)
{
	uid_t uid = geteuid();

	if (mkdtemp(disk) == NULL || unshare(CLONE_NEWNS | (uid == 0 ? 0 : CLONE_NEWUSER)) != 0)
		return false;
	return mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
	       mount("tmpfs", disk, "tmpfs", 0, "size=24m") == 0;
}

static void fill(const char *name)
{
	static const char block[65536];
	char path[128];

	(void)snprintf(path, sizeof(path), "%s/%s", disk, name);
	int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	assert_true(fd >= 0);
	while (write(fd, block, sizeof(block)) > 0)
		;
	while (write(fd, block, 1) > 0)
		;
	(void)close(fd);
}

static void remove_filler(const char *name)
{
	char path[128];

	(void)snprintf(path, sizeof(path), "%s/%s", disk, name);
	assert_int_equal(unlink(path), 0);
}

static bool ballast_lies(const struct store_world *w)
{
	char path[128];

	(void)snprintf(path, sizeof(path), "%s/ballast", w->dir);
	return access(path, F_OK) == 0;
}

static void full_world(void **state)
{
	assert_int_equal(setenv("PLEIN_TEST_DIR", disk, 1), 0);
	struct store_world *w = thing_world(0);
	store_world_shut(w);
	w->cfg.ballast_bytes = BALLAST;
	store_world_open(w);
	*state = w;
}

static void on_a_full_disk_views_go_on_changes_wait_and_both_recover(void **state)
{
	full_world(state);
	struct store_world *w = *state;
	assert_int_equal(add(w, "before"), OK);
	assert_true(ballast_lies(w));

	fill("filler");
	enum status st = OK;
	while (st == OK && !db_figures(w->db).read_only)
		st = view(w);
	assert_int_equal(st, OK); /* the ballast gave it room */
	assert_true(db_figures(w->db).read_only);
	assert_false(ballast_lies(w));
	assert_int_equal(add(w, "refused"), ERR_UNAVAILABLE);
	assert_int_equal(view(w), OK);

	fill("filler"); /* now the ballast's room is gone as well */
	while (st == OK)
		st = view(w);
	assert_int_equal(st, ERR_UNAVAILABLE);
	assert_int_equal(store_world_number(w, "SELECT count(*) FROM thing"), 1);

	remove_filler("filler");
	assert_int_equal(add_soon(w, "after"), OK);
	assert_int_equal(view(w), OK);
	assert_false(db_figures(w->db).read_only);
	assert_true(ballast_lies(w));
	assert_int_equal(store_world_number(w, "SELECT count(*) FROM thing"), 2);
}

static void a_disk_that_takes_no_writes_is_told_at_the_start(void **state)
{
	full_world(state);
	struct store_world *w = *state;
	struct error e = { 0 };

	store_world_shut(w);
	assert_int_equal(mount(NULL, disk, NULL, MS_REMOUNT | MS_RDONLY, NULL), 0);
	assert_int_equal(db_open(&w->cfg, &w->db, &e), ERR_UNAVAILABLE);
	assert_int_equal(mount(NULL, disk, NULL, MS_REMOUNT, NULL), 0);
	store_world_open(w);
	assert_int_equal(add(w, "again"), OK);
}

/* ---- a file that can't grow ---------------------------------------------------------------------
 */

static void limit_files(rlim_t bytes)
{
	struct rlimit limit;

	assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
	limit.rlim_cur = bytes;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static void a_file_that_cannot_grow_refuses_changes_and_recovers(void **state)
{
	struct store_world *w = *state = thing_world(0);
	struct stat st;
	char wal[128];

	(void)snprintf(wal, sizeof(wal), "%s/plein.db-wal", w->dir);
	assert_int_equal(add(w, "before"), OK);
	assert_int_equal(stat(wal, &st), 0);
	limit_files((rlim_t)st.st_size);
	enum status refused = add(w, "refused");
	bool read_only = db_figures(w->db).read_only;
	limit_files(RLIM_INFINITY);
	assert_int_equal(refused, ERR_UNAVAILABLE);
	assert_true(read_only);
	assert_int_equal(store_world_number(w, "SELECT count(*) FROM thing"), 1);
	assert_int_equal(add_soon(w, "after"), OK);
}

/* ---- other processes
 * ------------------------------------------------------------------------------ */

static void a_lock_that_another_holds_costs_a_refusal_and_no_more(void **state)
{
	struct store_world *w = *state = thing_world(0);
	sqlite3 *other;
	char path[128];

	(void)snprintf(path, sizeof(path), "%s/plein.db", w->dir);
	assert_int_equal(sqlite3_open(path, &other), SQLITE_OK);
	assert_int_equal(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
	enum status st = add(w, "refused");
	int64_t read = store_world_number(w, "SELECT count(*) FROM thing");
	(void)sqlite3_close(other);
	assert_int_equal(st, ERR_UNAVAILABLE);
	assert_int_equal(read, 0);
	assert_false(db_figures(w->db).read_only);
	assert_int_equal(add(w, "after"), OK);
}

static void a_data_folder_has_one_owner(void **state)
{
	struct store_world *w = *state = thing_world(0);
	struct error e = { 0 };
	struct db *second;

	assert_int_equal(db_open(&w->cfg, &second, &e), ERR_CONFLICT);
	assert_int_equal(db_migrate(&w->cfg, NULL, &e), ERR_CONFLICT);
	store_world_shut(w);
	store_world_open(w);
}

/* ---- a folder that is made anew if it breaks off ------------------------------------------------ */

static enum status how_durable(struct db_tx *tx, void *ret, struct error *reterr)
{
	static const struct db_stmt ASK = { "synchronous", "", "PRAGMA main.synchronous" };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	enum status st = db_query(db_tx_read(tx), &ASK, DB_NO_ARGS, &rows, reterr);

	if (st == OK)
		st = db_one(&rows, reterr);
	if (st == OK)
		*(int64_t *)ret = db_int(&rows, 0);
	return st;
}

static void only_a_folder_that_is_made_anew_does_not_wait_for_the_disk(void **state)
{
	struct store_world *w = *state = thing_world(0);
	struct error e = { 0 };
	int64_t usual = 0, anew = 0;
	struct db_config cfg = w->cfg;
	struct db *db = NULL;
	struct db_job ask = { .run = how_durable, .args = &anew };
	struct db_job one = { .run = thing_add, .args = WORD("one") };

	store_world_run(w, how_durable, &usual);
	store_world_shut(w);
	cfg.unflushed = true;
	assert_int_equal(db_open(&cfg, &db, &e), OK);
	assert_int_equal(db_run(db, &ask, &e), OK);
	assert_int_equal(db_run(db, &one, &e), OK);
	db_close(db);
	store_world_open(w);
	assert_int_equal(usual, 2); /* FULL */
	assert_int_equal(anew, 0);  /* OFF */
	assert_int_equal(store_world_number(w, "SELECT count(*) FROM thing"), 1);
}

static int64_t bytes_of(const struct store_world *w, const char *name)
{
	char path[128];
	struct stat st;

	(void)snprintf(path, sizeof(path), "%s/%s", w->dir, name);
	return stat(path, &st) == 0 ? (int64_t)st.st_size : 0;
}

enum { PIECE_BYTES = 1 << 20 };

static enum status add_piece(struct db_tx *tx, void *args, struct error *reterr)
{
	static const struct db_stmt ADD = { "add_piece", "ib",
		                            "INSERT INTO gathered (id, name, body)"
		                            " VALUES ($1, 'piece', $2)" };
	static const uint8_t body[PIECE_BYTES];

	return db_exec(tx, &ADD, DB_ARGS(DB_INT(*(int *)args), DB_BYTES(body, sizeof body)), NULL,
	               reterr);
}

static void what_was_committed_is_brought_into_the_file_beside_the_writer(void **state)
{
	enum { PIECES = 24, ENOUGH = 12 << 20 };
	struct store_world *w = *state = thing_world(0);

	for (int i = 0; i < PIECES; i++)
		store_world_run(w, add_piece, &i);
	for (int i = 0; i < WAIT_STEPS && bytes_of(w, "plein.db") < ENOUGH; i++)
		(void)usleep(STEP_US);
	assert_true(bytes_of(w, "plein.db") >= ENOUGH);
	assert_int_equal(add(w, "the next"), OK);
	assert_int_equal(store_world_number(w, "SELECT count(*) FROM gathered"), PIECES);
}

static int tear_down(void **state)
{
	limit_files(RLIM_INFINITY);
	if (*state != NULL)
		store_world_free(*state);
	(void)unsetenv("PLEIN_TEST_DIR");
	return 0;
}

#define PROMISE(f) cmocka_unit_test_setup_teardown(f, NULL, tear_down)

int main(void)
{
	const struct CMUnitTest promises[] = {
		PROMISE(a_file_that_cannot_grow_refuses_changes_and_recovers),
		PROMISE(a_lock_that_another_holds_costs_a_refusal_and_no_more),
		PROMISE(a_data_folder_has_one_owner),
		PROMISE(only_a_folder_that_is_made_anew_does_not_wait_for_the_disk),
		PROMISE(what_was_committed_is_brought_into_the_file_beside_the_writer),
		/* last: these need a disk of their own */
		PROMISE(on_a_full_disk_views_go_on_changes_wait_and_both_recover),
		PROMISE(a_disk_that_takes_no_writes_is_told_at_the_start),
	};
	size_t count = sizeof(promises) / sizeof(promises[0]);

	(void)signal(SIGXFSZ, SIG_IGN);
	bool have_disk = make_disk();
	int failures =
	    _cmocka_run_group_tests("disk", promises, have_disk ? count : count - 2, NULL, NULL);
	if (have_disk)
		(void)umount(disk);
	(void)rmdir(disk);
	return failures;
}
