/* Questions and statements whose answers are read later: the same promises as those that wait. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "things.h"

/* A missing value: our own mistake, on both engines. */
static const struct db_stmt WRONG_NAME = { "wrong_name", "t",
	                                   "INSERT INTO thing (name, version) VALUES ($1, NULL)" };
static const struct db_stmt MANY = { "many", "ii",
	                             "WITH RECURSIVE n (k) AS (SELECT $1 UNION ALL"
	                             " SELECT k + 1 FROM n WHERE k < $2) SELECT k FROM n" };

static void must(enum status st, const struct error *e)
{
	if (st != OK)
		fail_msg("%s (%s)", e->cause, e->message);
}

static void add(struct store_world *w, const char *name)
{
	store_world_run(w, thing_add, WORD(name));
}

static struct db_read *begin(struct store_world *w)
{
	struct error e = { 0 };
	struct db_read *r = NULL;

	must(db_read_begin(w->db, &r, &e), &e);
	return r;
}

static int64_t count_of(struct db_read *r)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct error e = { 0 };

	must(db_query(r, &THING_COUNT, DB_NO_ARGS, &rows, &e), &e);
	must(db_one(&rows, &e), &e);
	return db_int(&rows, 0);
}

/* ---- questions ---------------------------------------------------------------------------------
 */

static void rows_that_were_asked_for_are_those_of_the_question_in_any_order_of_reading(void **state)
{
	enum { QUESTIONS = 5 };
	struct store_world *w = *state;
	struct error e = { 0 };
	struct db_rows rows[QUESTIONS];
	struct db_read *r = begin(w);

	(void)count_of(r);
	for (int i = 0; i < QUESTIONS; i++)
		must(db_ask(r, &MANY, DB_ARGS(DB_INT(10 * i), DB_INT(10 * i + i)), &rows[i], &e),
		     &e);
	assert_int_equal(count_of(r), 0);
	for (int i = QUESTIONS - 1; i >= 0; i--) {
		for (int k = 0; k <= i; k++) {
			assert_true(db_next(&rows[i]));
			assert_int_equal(db_int(&rows[i], 0), 10 * i + k);
		}
		assert_false(db_next(&rows[i]));
		must(db_rows_end(&rows[i], &e), &e);
	}
	db_read_end(r);
}

static void a_question_as_the_first_of_a_snapshot_is_answered_too(void **state)
{
	struct store_world *w = *state;
	struct error e = { 0 };
	struct db_rows rows;

	add(w, "one");
	struct db_read *r = begin(w);
	must(db_ask(r, &THING_COUNT, DB_NO_ARGS, &rows, &e), &e);
	must(db_one(&rows, &e), &e);
	assert_int_equal(db_int(&rows, 0), 1);
	db_rows_close(&rows);
	db_read_end(r);
}

static void rows_that_nobody_reads_end_with_the_snapshot(void **state)
{
	struct store_world *w = *state;
	struct error e = { 0 };
	struct db_rows kept, closed;

	for (int i = 0; i < 10; i++) {
		struct db_read *r = begin(w);
		(void)count_of(r);
		must(db_ask(r, &MANY, DB_ARGS(DB_INT(1), DB_INT(100)), &kept, &e), &e);
		must(db_ask(r, &MANY, DB_ARGS(DB_INT(1), DB_INT(100)), &closed, &e), &e);
		if (i % 2 == 0)
			(void)count_of(r);
		db_rows_close(&closed);
		if (i % 3 == 0)
			db_read_leave(r);
		else
			db_read_end(r);
		assert_null(kept.cursor);
	}
	assert_int_equal(store_world_number(w, "SELECT count(*) FROM thing"), 0);
}

static void rows_that_were_asked_for_see_the_snapshot_of_their_question(void **state)
{
	struct store_world *w = *state;
	struct error e = { 0 };
	struct db_rows rows;
	struct db_read *r = begin(w);

	(void)count_of(r);
	must(db_ask(r, &THING_COUNT, DB_NO_ARGS, &rows, &e), &e);
	add(w, "later");
	must(db_one(&rows, &e), &e);
	assert_int_equal(db_int(&rows, 0), 0);
	db_rows_close(&rows);
	db_read_end(r);
}

/* Whichever call fails, nobody takes it for an answer; the next snapshot is well. */
static void a_question_whose_nth_call_fails_says_so(void **state)
{
	struct store_world *w = *state;

	add(w, "one");
	for (int64_t n = 1; n <= 4; n++) {
		struct error e = { 0 };
		struct db_rows first = { 0 }, second = { 0 };
		struct db_read *r = NULL;
		int64_t seen = -1;

		db_fail_after(w->db, n);
		enum status st = db_read_begin(w->db, &r, &e);
		if (st == OK)
			st = db_query(r, &THING_COUNT, DB_NO_ARGS, &first, &e);
		if (st == OK)
			st = db_ask(r, &THING_COUNT, DB_NO_ARGS, &second, &e);
		if (st == OK)
			st = db_one(&second, &e);
		if (st == OK)
			seen = db_int(&second, 0);
		db_rows_close(&first);
		db_rows_close(&second);
		db_read_end(r);
		db_fail_after(w->db, 0);
		assert_int_equal(st, n <= 3 ? ERR_UNAVAILABLE : OK);
		assert_int_equal(seen, n <= 3 ? -1 : 1);
		assert_int_equal(store_world_number(w, "SELECT count(*) FROM thing"), 1);
	}
}

/* ---- snapshots that are left -------------------------------------------------------------------
 */

static void a_snapshot_that_was_left_is_not_the_next_ones(void **state)
{
	struct store_world *w = *state;
	static const char *const names[] = { "one", "two", "three" };

	for (int i = 0; i < 3; i++) {
		struct db_read *r = begin(w);
		assert_int_equal(count_of(r), i);
		db_read_leave(r);
		add(w, names[i]);
	}
	struct db_read *unused = begin(w);
	db_read_leave(unused);
	struct db_read *r = begin(w);
	assert_int_equal(count_of(r), 3);
	db_read_end(r);
}

static void a_snapshot_behind_one_that_was_left_is_one_snapshot_and_refuses_to_write(void **state)
{
	struct store_world *w = *state;
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct error e = { 0 };
	struct db_read *left = begin(w);

	(void)count_of(left);
	db_read_leave(left);
	struct db_read *r = begin(w);
	assert_int_equal(count_of(r), 0);
	add(w, "later");
	assert_int_equal(count_of(r), 0);
	enum status st = db_query(r, &THING_ADD, DB_ARGS(DB_TEXT("sneaked in")), &rows, &e);
	if (st == OK)
		st = db_one(&rows, &e);
	assert_int_not_equal(st, OK);
	db_read_end(r);
	assert_int_equal(store_world_number(w, "SELECT count(*) FROM thing"), 1);
}

/* PostgreSQL: its server processes, and which of these others hold a snapshot. */
static const struct db_stmt SERVER = { "own_server", "",
	                               "SELECT CAST(pg_backend_pid() AS bigint)" };
static const struct db_stmt HOLDERS = {
	"holders", "iiii",
	"SELECT count(*) FROM pg_stat_activity WHERE pid IN ($1, $2, $3, $4)"
	" AND pid <> pg_backend_pid() AND backend_xmin IS NOT NULL"
};

static int64_t number_of(struct db_read *r, const struct db_stmt *s, const struct db_value *args)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct error e = { 0 };

	must(db_query(r, s, args, &rows, &e), &e);
	must(db_one(&rows, &e), &e);
	return db_int(&rows, 0);
}

static int64_t holders_of(struct store_world *w, const struct db_value *servers)
{
	struct db_read *r = begin(w);
	const int64_t count = number_of(r, &HOLDERS, servers);

	db_read_end(r);
	return count;
}

static void after_a_rest_no_snapshot_lives(void **state)
{
	enum { CROWD = 4, TRIES = 200 };
	struct store_world *w = *state;
	const bool postgres = store_engine() == DB_POSTGRES;
	struct db_value servers[CROWD];
	struct db_read *r[CROWD];

	for (int i = 0; i < CROWD; i++) {
		r[i] = begin(w);
		servers[i] =
		    DB_INT(postgres ? number_of(r[i], &SERVER, DB_NO_ARGS) : count_of(r[i]));
	}
	for (int i = 0; i < CROWD; i++)
		db_read_leave(r[i]);
	db_read_rest(w->db);
	/* Their end was sent, not waited for: the server is given a moment. */
	int64_t holders = postgres ? 1 : 0;
	for (int tries = 0; holders > 0 && tries < TRIES; tries++)
		holders = holders_of(w, servers);
	assert_int_equal(holders, 0);
	struct db_read *next = begin(w);
	assert_int_equal(count_of(next), 0);
	db_read_end(next);
}

/* ---- statements --------------------------------------------------------------------------------
 */

struct late {
	int rows;
	bool wrong, looks_away;
};

static enum status run_late(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct late *l = args;
	enum status st = OK;

	for (int i = 0; st == OK && i < l->rows; i++)
		st = db_exec_late(tx, &THING_ADD,
		                  DB_ARGS(DB_TEXT(arena_printf(db_tx_arena(tx), "late %d", i))),
		                  reterr);
	if (st == OK && l->wrong)
		st = db_exec_late(tx, &WRONG_NAME, DB_ARGS(DB_TEXT("wrong")), reterr);
	return l->looks_away ? OK : st;
}

static void statements_that_nobody_waits_for_are_all_done(void **state)
{
	struct store_world *w = *state;
	struct late l = { .rows = 2000 };

	store_world_run(w, run_late, &l);
	assert_int_equal(store_world_number(w, "SELECT count(*) FROM thing"), 2000);
}

static void one_that_fails_fails_its_job_whole_and_the_event_tells_of_it(void **state)
{
	struct store_world *w = *state;

	for (int i = 0; i < 2; i++) {
		struct late l = { .rows = 3, .wrong = true, .looks_away = i == 1 };
		struct error e = { 0 };
		struct db_job job = { .run = run_late, .args = &l, .event = WORD("tried") };
		assert_int_not_equal(db_run(w->db, &job, &e), OK);
		assert_int_equal(store_world_number(w, "SELECT count(*) FROM thing"), 0);
		assert_int_equal(store_world_number(w, "SELECT count(*) FROM happened"), i + 1);
	}
	struct late fine = { .rows = 1 };
	store_world_run(w, run_late, &fine);
	assert_int_equal(store_world_number(w, "SELECT count(*) FROM thing"), 1);
}

static enum status add_late_then_count(struct db_tx *tx, void *args, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	int64_t *seen = args;
	enum status st = db_exec_late(tx, &THING_ADD, DB_ARGS(DB_TEXT("seen")), reterr);

	if (st == OK)
		st = db_query(db_tx_read(tx), &THING_COUNT, DB_NO_ARGS, &rows, reterr);
	if (st == OK)
		st = db_one(&rows, reterr);
	if (st == OK)
		*seen = db_int(&rows, 0);
	return st;
}

static void what_comes_after_sees_what_it_did(void **state)
{
	struct store_world *w = *state;
	int64_t seen = 0;

	store_world_run(w, add_late_then_count, &seen);
	assert_int_equal(seen, 1);
}

/* ---- many rows together ----------------------------------------------------------------------- */

static const struct db_stmt GATHERED_ADD = {
	"gathered_add", "itFB",
	"INSERT INTO gathered (id, name, weight, body) VALUES ($1, $2, $3, $4)"
	" ON CONFLICT (id) DO NOTHING"
};
static const struct db_stmt GATHERED_CHILD = {
	"gathered_child", "ii", "INSERT INTO gathered_child (id, parent_id) VALUES ($1, $2)"
};
static const struct db_stmt GATHERED_ONE = {
	"gathered_one", "i", "SELECT name, weight, body FROM gathered WHERE id = $1"
};
static const struct db_stmt GATHERED_COUNT = { "gathered_count", "",
	                                       "SELECT count(*) FROM gathered" };

enum { CHILDREN = 3 };

struct gathering {
	int rows;
	bool ends, twice, orphan;
	int64_t seen;
};

static enum status add_gathered(struct db_tx *tx, int i, struct error *reterr)
{
	char name[32];
	uint8_t bytes[3] = { 0, (uint8_t)i, 255 };

	(void)snprintf(name, sizeof name, "rij 'n %d é", i);
	enum status st =
	    db_exec_late(tx, &GATHERED_ADD,
	                 DB_ARGS(DB_INT(i), DB_TEXT(name), i % 2 == 0 ? DB_FLOAT(i / 4.0) : DB_NULL,
	                         i % 3 == 0 ? DB_NULL : DB_BYTES(bytes, i % 3 == 1 ? 0 : 3)),
	                 reterr);
	memset(name, 'x', sizeof name - 1); /* kept is a copy */
	return st;
}

static enum status run_gathering(struct db_tx *tx, void *args, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct gathering *g = args;
	enum status st = OK;

	db_gather(tx);
	for (int i = 1; st == OK && i <= g->rows; i++) {
		st = add_gathered(tx, i, reterr);
		if (st == OK && g->twice)
			st = add_gathered(tx, i, reterr);
		/* more of these: their list is full first, and their parents still come before them */
		for (int k = 0; st == OK && k < CHILDREN; k++)
			st = db_exec_late(
			    tx, &GATHERED_CHILD,
			    DB_ARGS(DB_INT(CHILDREN * i + k), DB_INT(g->orphan ? -i : i)), reterr);
	}
	if (st == OK)
		st = db_query(db_tx_read(tx), &GATHERED_COUNT, DB_NO_ARGS, &rows, reterr);
	if (st == OK)
		st = db_one(&rows, reterr);
	if (st == OK)
		g->seen = db_int(&rows, 0);
	db_rows_close(&rows);
	if (st == OK)
		st = add_gathered(tx, g->rows + 1, reterr);
	return st == OK && g->ends ? db_gather_end(tx, reterr) : st;
}

static void assert_gathered(struct store_world *w, int i)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	struct db_read *r = begin(w);
	struct arena a;
	struct error e = { 0 };
	char name[32];
	size_t len = 0;

	arena_init(&a, 1 << 16);
	(void)snprintf(name, sizeof name, "rij 'n %d é", i);
	must(db_query(r, &GATHERED_ONE, DB_ARGS(DB_INT(i)), &row, &e), &e);
	must(db_one(&row, &e), &e);
	assert_string_equal(db_text(&row, 0, &a), name);
	assert_int_equal(db_is_null(&row, 1), i % 2 != 0);
	if (i % 2 == 0)
		assert_true(db_float(&row, 1) == i / 4.0);
	assert_int_equal(db_is_null(&row, 2), i % 3 == 0);
	const uint8_t *bytes = db_bytes(&row, 2, &a, &len);
	assert_int_equal(len, i % 3 == 2 ? 3 : 0);
	if (len == 3)
		assert_true(bytes[0] == 0 && bytes[1] == (uint8_t)i && bytes[2] == 255);
	db_rows_close(&row);
	db_read_end(r);
	arena_reset(&a);
}

static void rows_that_go_together_are_the_rows_that_would_have_gone_alone(void **state)
{
	struct store_world *w = *state;
	struct gathering g = { .rows = 1300, .ends = true, .twice = true };

	store_world_run(w, run_gathering, &g);
	assert_int_equal(g.seen, 1300); /* a question sees what was kept before it */
	assert_int_equal(store_world_number(w, "SELECT count(*) FROM gathered"), 1301);
	assert_int_equal(store_world_number(w, "SELECT count(*) FROM gathered_child"),
	                 1300 * CHILDREN);
	for (int i = 1; i <= 1301; i += 13)
		assert_gathered(w, i);
}

static void rows_that_were_kept_are_there_when_the_job_forgot_to_say_so(void **state)
{
	struct store_world *w = *state;
	struct gathering g = { .rows = 2 };

	store_world_run(w, run_gathering, &g);
	assert_int_equal(store_world_number(w, "SELECT count(*) FROM gathered"), 3);
}

static void one_row_that_may_not_be_fails_all_that_went_with_it(void **state)
{
	struct store_world *w = *state;
	struct gathering g = { .rows = 3, .ends = true, .orphan = true };
	struct error e = { 0 };
	struct db_job job = { .run = run_gathering, .args = &g };

	assert_int_equal(db_run(w->db, &job, &e), ERR_CONFLICT);
	assert_int_equal(store_world_number(w, "SELECT count(*) FROM gathered"), 0);
}

struct taking {
	int64_t ids[5];
	bool uses;
};

static const struct db_stmt THING_WITH_ID = { "thing_with_id", "it",
	                                      "INSERT INTO thing (id, name) VALUES ($1, $2)" };

static enum status run_taking(struct db_tx *tx, void *args, struct error *reterr)
{
	struct taking *t = args;
	enum status st = db_take_ids(tx, "thing", 5, t->ids, reterr);

	for (int i = 0; st == OK && t->uses && i < 5; i++)
		st = db_exec_late(
		    tx, &THING_WITH_ID,
		    DB_ARGS(DB_INT(t->ids[i]), DB_TEXT(arena_printf(db_tx_arena(tx), "taken %lld",
		                                                    (long long)t->ids[i]))),
		    reterr);
	return st;
}

static void numbers_taken_beforehand_are_nobody_elses(void **state)
{
	struct store_world *w = *state;
	struct taking first = { .uses = true }, second = { .uses = true };

	store_world_run(w, run_taking, &first);
	add(w, "between");
	store_world_run(w, run_taking, &second);
	for (int i = 0; i < 5; i++)
		for (int j = 0; j < 5; j++) {
			assert_true(i == j || first.ids[i] != first.ids[j]);
			assert_int_not_equal(first.ids[i], second.ids[j]);
		}
	assert_int_equal(store_world_number(w, "SELECT count(*) FROM thing"), 11);
}

static enum status ask_within(struct db_tx *tx, void *args, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	int64_t *seen = args;
	enum status st = thing_add(tx, WORD("within"), reterr);

	if (st == OK)
		st = db_ask(db_tx_read(tx), &THING_COUNT, DB_NO_ARGS, &rows, reterr);
	if (st == OK)
		st = db_one(&rows, reterr);
	if (st != OK)
		return st;
	*seen = db_int(&rows, 0);
	return db_rows_end(&rows, reterr);
}

static void a_job_that_asks_sees_its_own_rows(void **state)
{
	struct store_world *w = *state;
	int64_t seen = 0;

	store_world_run(w, ask_within, &seen);
	assert_int_equal(seen, 1);
}

#define PROMISE(f) cmocka_unit_test_setup_teardown(f, thing_set_up, thing_tear_down)

int main(void)
{
	const struct CMUnitTest promises[] = {
		PROMISE(rows_that_were_asked_for_are_those_of_the_question_in_any_order_of_reading),
		PROMISE(a_question_as_the_first_of_a_snapshot_is_answered_too),
		PROMISE(rows_that_nobody_reads_end_with_the_snapshot),
		PROMISE(rows_that_were_asked_for_see_the_snapshot_of_their_question),
		PROMISE(a_question_whose_nth_call_fails_says_so),
		PROMISE(a_snapshot_that_was_left_is_not_the_next_ones),
		PROMISE(a_snapshot_behind_one_that_was_left_is_one_snapshot_and_refuses_to_write),
		PROMISE(after_a_rest_no_snapshot_lives),
		PROMISE(statements_that_nobody_waits_for_are_all_done),
		PROMISE(one_that_fails_fails_its_job_whole_and_the_event_tells_of_it),
		PROMISE(what_comes_after_sees_what_it_did),
		PROMISE(rows_that_go_together_are_the_rows_that_would_have_gone_alone),
		PROMISE(rows_that_were_kept_are_there_when_the_job_forgot_to_say_so),
		PROMISE(one_row_that_may_not_be_fails_all_that_went_with_it),
		PROMISE(a_job_that_asks_sees_its_own_rows),
		PROMISE(numbers_taken_beforehand_are_nobody_elses),
	};

	return cmocka_run_group_tests(promises, NULL, NULL);
}
