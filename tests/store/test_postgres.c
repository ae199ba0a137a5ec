/* PostgreSQL alone: reruns, lost connections, lost COMMITs, a server that goes away and comes back.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

#include <cmocka.h>

#include "platform/db/migrate.h"
#include "things.h"
#include "wire.h"

static const char UNLUCKY[] =
    "CREATE SEQUENCE luck;"
    "CREATE FUNCTION unlucky(times bigint, code text) RETURNS bigint LANGUAGE plpgsql AS $$ "
    "BEGIN IF nextval('luck') <= times THEN RAISE EXCEPTION 'bad luck' USING ERRCODE = code; "
    "END IF; RETURN 1; END $$;";

static const struct db_stmt TRY_LUCK = { "try_luck", "it", "SELECT unlucky($1, $2)" };
static const struct db_stmt HANG_UP = { "hang_up", "",
	                                "SELECT pg_terminate_backend(pg_backend_pid())" };

struct wired {
	struct store_world *world;
	struct wire *wire;
	struct db *db; /* the world's database, by the wire */
};

static int set_up(void **state)
{
	struct wired *w = calloc(1, sizeof(*w));
	struct error e = { 0 };

	assert_non_null(w);
	w->world = store_world_new(
	    &(struct store_wish){ .tables = THING_TABLES, .write_event = thing_event });
	w->wire = wire_new(w->world->database);
	struct db_config cfg = w->world->cfg;
	cfg.conninfo = wire_conninfo(w->wire);
	if (db_open(&cfg, &w->db, &e) != OK)
		fail_msg("%s", e.cause);
	*state = w;
	return 0;
}

static int tear_down(void **state)
{
	struct wired *w = *state;

	db_close(w->db);
	wire_free(w->wire);
	store_world_free(w->world);
	free(w);
	return 0;
}

static int64_t count(struct wired *w)
{
	return store_world_number(w->world, "SELECT count(*) FROM thing");
}

static int64_t events(struct wired *w)
{
	return store_world_number(w->world, "SELECT count(*) FROM happened");
}

/* ---- reruns -----------------------------------------------------------------------------------
 */

struct luck {
	const char *code;
	int64_t times;
	int runs;
};

static enum status add_with_luck(struct db_tx *tx, void *args, struct error *reterr)
{
	struct luck *l = args;
	struct db_rows rows = { 0 };
	enum status st = thing_add(tx, WORD("lucky"), reterr);

	l->runs++;
	if (st == OK)
		st = db_query(db_tx_read(tx), &TRY_LUCK,
		              DB_ARGS(DB_INT(l->times), DB_TEXT(l->code)), &rows, reterr);
	db_rows_close(&rows);
	return st;
}

static void expect_luck(struct wired *w, struct luck l, enum status expected, int runs)
{
	struct error e = { 0 };
	struct db_job job = { .run = add_with_luck, .args = &l, .event = WORD("added") };

	assert_int_equal(db_run(w->db, &job, &e), expected);
	assert_int_equal(l.runs, runs);
}

static void make_luck(struct wired *w)
{
	struct error e = { 0 };

	if (migrate_script(&w->world->cfg, UNLUCKY, &e) != OK)
		fail_msg("%s", e.cause);
}

static void a_serialization_failure_runs_the_job_again(void **state)
{
	struct wired *w = *state;

	make_luck(w);
	expect_luck(w, (struct luck){ .code = "40001", .times = 2 }, OK, 3);
	assert_int_equal(count(w), 1);
	assert_int_equal(events(w), 1);
	assert_int_equal(db_figures(w->db).reruns, 2);
}

static void after_three_reruns_the_job_is_refused(void **state)
{
	struct wired *w = *state;

	make_luck(w);
	expect_luck(w, (struct luck){ .code = "40P01", .times = 100 }, ERR_UNAVAILABLE, 4);
	assert_int_equal(count(w), 0);
	assert_int_equal(events(w), 0);
}

struct pair {
	int64_t first, second;
	atomic_int *touched; /* by how many jobs that run for the first time */
	bool again;
};

static const struct db_stmt TOUCH = { "touch", "i", "UPDATE thing SET weight = 1 WHERE id = $1" };

static enum status touch_both(struct db_tx *tx, void *args, struct error *reterr)
{
	struct pair *p = args;
	enum status st = db_exec(tx, &TOUCH, DB_ARGS(DB_INT(p->first)), NULL, reterr);

	if (st != OK)
		return st;
	if (!p->again)
		(void)atomic_fetch_add(p->touched, 1);
	p->again = true;
	while (atomic_load(p->touched) < 2) /* each holds what the other wants */
		(void)usleep(1000);
	return db_exec(tx, &TOUCH, DB_ARGS(DB_INT(p->second)), NULL, reterr);
}

static void two_jobs_in_deadlock_both_end_well(void **state)
{
	struct wired *w = *state;
	struct crowd *c = crowd_new(2);
	atomic_int touched = 0;
	struct pair up = { 1, 2, &touched, false }, down = { 2, 1, &touched, false };

	store_world_run(w->world, thing_add, WORD("one"));
	store_world_run(w->world, thing_add, WORD("two"));
	crowd_job(c, 0)->args = &up;
	crowd_job(c, 1)->args = &down;
	for (int i = 0; i < 2; i++) {
		crowd_job(c, i)->run = touch_both;
		db_submit(w->db, crowd_job(c, i));
	}
	crowd_wait(c);
	assert_int_equal(crowd_status(c, 0), OK);
	assert_int_equal(crowd_status(c, 1), OK);
	assert_true(db_figures(w->db).reruns >= 1);
	crowd_free(c);
}

/* ---- lost connections
 * ------------------------------------------------------------------------------ */

static enum status add_and_hang_up(struct db_tx *tx, void *args, struct error *reterr)
{
	int *runs = args;
	struct db_rows rows = { 0 };
	enum status st = thing_add(tx, WORD("cut"), reterr);

	if (st == OK && (*runs)++ == 0)
		st = db_query(db_tx_read(tx), &HANG_UP, DB_NO_ARGS, &rows, reterr);
	db_rows_close(&rows);
	return st;
}

static void a_connection_lost_within_a_job_runs_it_again(void **state)
{
	struct wired *w = *state;
	struct error e = { 0 };
	int runs = 0;
	struct db_job job = { .run = add_and_hang_up, .args = &runs, .event = WORD("added") };

	assert_int_equal(db_run(w->db, &job, &e), OK);
	assert_int_equal(runs, 2);
	assert_int_equal(count(w), 1);
	assert_int_equal(events(w), 1);
}

static void a_commit_whose_answer_was_lost_is_found_to_have_happened(void **state)
{
	struct wired *w = *state;
	struct error e = { 0 };
	struct db_job job = { .run = thing_add, .args = WORD("one"), .event = WORD("added") };

	wire_cut_commits(w->wire, 1, true);
	assert_int_equal(db_run(w->db, &job, &e), OK);
	assert_int_equal(count(w), 1);
	assert_int_equal(events(w), 1);
	assert_int_equal(db_figures(w->db).reruns, 0);
}

static void a_commit_that_never_arrived_is_run_again(void **state)
{
	struct wired *w = *state;
	struct error e = { 0 };
	struct db_job job = { .run = thing_add, .args = WORD("one"), .event = WORD("added") };

	wire_cut_commits(w->wire, 1, false);
	assert_int_equal(db_run(w->db, &job, &e), OK);
	assert_int_equal(count(w), 1);
	assert_int_equal(events(w), 1);
	assert_int_equal(db_figures(w->db).reruns, 1);
}

static void views_survive_a_lost_commit_with_one_event_each(void **state)
{
	enum { CROWD = 50 };
	struct wired *w = *state;

	for (int arrives = 0; arrives < 2; arrives++) {
		struct crowd *c = crowd_new(CROWD);
		wire_cut_commits(w->wire, 1, arrives == 1);
		for (int i = 0; i < CROWD; i++) {
			crowd_job(c, i)->event = WORD("viewed");
			db_submit(w->db, crowd_job(c, i));
		}
		crowd_wait(c);
		for (int i = 0; i < CROWD; i++)
			assert_int_equal(crowd_status(c, i), OK);
		crowd_free(c);
		assert_int_equal(events(w), (arrives + 1) * CROWD);
	}
}

static enum status read_one(struct db *db)
{
	struct error e = { 0 };
	struct db_read *r;
	struct db_rows rows = { 0 };
	enum status st = db_read_begin(db, &r, &e);
	if (st != OK)
		return st;
	st = db_query(r, &THING_COUNT, DB_NO_ARGS, &rows, &e);
	if (st == OK)
		st = db_one(&rows, &e);
	db_rows_close(&rows);
	db_read_end(r);
	return st;
}

static void a_server_that_is_gone_is_a_refusal_until_it_is_back(void **state)
{
	struct wired *w = *state;
	struct error e = { 0 };
	struct db_job change = { .run = thing_add, .args = WORD("one"), .event = WORD("added") };
	struct db_job view = { .event = WORD("viewed") };

	assert_int_equal(db_run(w->db, &change, &e), OK);
	assert_int_equal(read_one(w->db), OK);
	wire_down(w->wire, true);
	change.args = WORD("two");
	assert_int_equal(db_run(w->db, &change, &e), ERR_UNAVAILABLE);
	assert_int_equal(db_run(w->db, &view, &e), ERR_UNAVAILABLE);
	assert_int_equal(read_one(w->db), ERR_UNAVAILABLE);
	assert_false(db_figures(w->db).reachable);

	wire_down(w->wire, false);
	assert_int_equal(db_run(w->db, &change, &e), OK);
	assert_int_equal(db_run(w->db, &view, &e), OK);
	assert_int_equal(read_one(w->db), OK);
	assert_true(db_figures(w->db).reachable);
	assert_int_equal(count(w), 2);
}

static void a_server_that_was_restarted_costs_readers_nothing(void **state)
{
	enum { READERS = 3 };
	struct wired *w = *state;
	struct error e = { 0 };
	struct db_read *r[READERS];
	struct db_rows rows;

	for (int i = 0; i < READERS; i++) {
		assert_int_equal(db_read_begin(w->db, &r[i], &e), OK);
		assert_int_equal(db_query(r[i], &THING_COUNT, DB_NO_ARGS, &rows, &e), OK);
		db_rows_close(&rows);
	}
	for (int i = 0; i < READERS; i++)
		db_read_end(r[i]);
	wire_down(w->wire, true);
	wire_down(w->wire, false);
	for (int i = 0; i < 2 * READERS; i++)
		assert_int_equal(read_one(w->db), OK);
}

static void a_snapshot_whose_server_left_is_lost_and_not_begun_again(void **state)
{
	struct wired *w = *state;
	struct error e = { 0 };
	struct db_read *r;
	struct db_rows rows;

	assert_int_equal(read_one(w->db), OK);
	assert_int_equal(db_read_begin(w->db, &r, &e), OK);
	assert_int_equal(db_query(r, &THING_COUNT, DB_NO_ARGS, &rows, &e), OK);
	db_rows_close(&rows);
	wire_down(w->wire, true);
	wire_down(w->wire, false);
	assert_int_equal(db_query(r, &THING_COUNT, DB_NO_ARGS, &rows, &e), ERR_UNAVAILABLE);
	db_read_end(r);
	assert_int_equal(read_one(w->db), OK);
}

/* ---- plans ------------------------------------------------------------------------------------- */

static enum status count_rows(struct db_tx *tx, void *args, struct error *reterr)
{
	static const struct db_stmt ANALYZE = { "analyze_thing", "", "ANALYZE thing" };

	(void)args;
	return db_exec(tx, &ANALYZE, DB_NO_ARGS, NULL, reterr);
}

/* Of a table of one row PostgreSQL itself would read everything, and go on doing so. */
static void a_plan_made_while_a_table_was_small_goes_by_its_index(void **state)
{
	static const struct db_stmt PLAN = { "plan_of_thing", "",
		                             "EXPLAIN SELECT name FROM thing WHERE id = 1" };
	struct wired *w = *state;
	struct error e = { 0 };
	struct db_job one = { .run = thing_add, .args = WORD("one") };
	struct db_job known = { .run = count_rows };
	struct db_read *r;
	struct db_rows rows;
	struct arena a;

	assert_int_equal(db_run(w->db, &one, &e), OK);
	assert_int_equal(db_run(w->db, &known, &e), OK);
	arena_init(&a, 4096);
	assert_int_equal(db_read_begin(w->db, &r, &e), OK);
	assert_int_equal(db_query(r, &PLAN, DB_NO_ARGS, &rows, &e), OK);
	assert_true(db_next(&rows));
	assert_non_null(strstr(db_text(&rows, 0, &a), "Index"));
	db_rows_close(&rows);
	db_read_end(r);
	arena_reset(&a);
}

#define PROMISE(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest promises[] = {
		PROMISE(a_serialization_failure_runs_the_job_again),
		PROMISE(after_three_reruns_the_job_is_refused),
		PROMISE(two_jobs_in_deadlock_both_end_well),
		PROMISE(a_connection_lost_within_a_job_runs_it_again),
		PROMISE(a_commit_whose_answer_was_lost_is_found_to_have_happened),
		PROMISE(a_commit_that_never_arrived_is_run_again),
		PROMISE(views_survive_a_lost_commit_with_one_event_each),
		PROMISE(a_server_that_is_gone_is_a_refusal_until_it_is_back),
		PROMISE(a_server_that_was_restarted_costs_readers_nothing),
		PROMISE(a_snapshot_whose_server_left_is_lost_and_not_begun_again),
		PROMISE(a_plan_made_while_a_table_was_small_goes_by_its_index),
	};

	return cmocka_run_group_tests(promises, NULL, NULL);
}
