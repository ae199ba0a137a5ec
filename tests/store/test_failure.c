/* When a call fails, whichever: a job happened entirely or not at all, and its end says which. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "things.h"

enum { CALLS_MAX = 200 };

static int64_t count(struct store_world *w)
{
	return store_world_number(w, "SELECT count(*) FROM thing");
}

static int64_t events(struct store_world *w)
{
	return store_world_number(w, "SELECT count(*) FROM happened");
}

static const uint8_t BODY[ONCE_DIGEST_BYTES] = "body";

static enum status add_and_rename(struct db_tx *tx, void *args, struct error *reterr)
{
	char name[32];
	int64_t id;
	enum status st = db_insert(tx, &THING_ADD, DB_ARGS(DB_TEXT(args)), &id, reterr);
	if (st != OK)
		return st;
	(void)snprintf(name, sizeof(name), "%s again", (const char *)args);
	struct rename r = { .id = id, .version = 1, .name = name };
	return thing_rename(tx, &r, reterr);
}

static void a_change_whose_nth_call_fails_happened_entirely_or_not_at_all(void **state)
{
	struct store_world *w = *state;
	int64_t happened = 0, calls = CALLS_MAX;

	for (int64_t n = 1; n <= calls + 1; n++) {
		struct error e = { 0 };
		char name[16];
		uint8_t token[ONCE_TOKEN_BYTES] = { 0 };
		struct db_job job = { .run = add_and_rename,
			              .args = name,
			              .event = WORD("added"),
			              .once = token,
			              .once_digest = BODY };
		(void)snprintf(name, sizeof(name), "%d", (int)n);
		(void)snprintf((char *)token, sizeof(token), "%d", (int)n);
		db_fail_after(w->db, n);
		enum status st = db_run(w->db, &job, &e);
		int64_t used = db_calls(w->db);
		db_fail_after(w->db, 0);
		assert_true(st == OK || st == ERR_UNAVAILABLE);
		happened += st == OK;
		assert_int_equal(count(w), happened);
		assert_int_equal(events(w), happened);
		assert_int_equal(store_world_number(w, "SELECT count(*) FROM once_token"),
		                 happened);
		if (n > used) /* this one went through untouched */
			break;
		assert_true(n < CALLS_MAX);
	}
	assert_true(happened >= 1);
}

static void a_view_whose_nth_call_fails_left_one_event_or_none(void **state)
{
	struct store_world *w = *state;
	int64_t happened = 0;

	for (int64_t n = 1; n < CALLS_MAX; n++) {
		struct error e = { 0 };
		struct db_job job = { .event = WORD("viewed") };
		db_fail_after(w->db, n);
		enum status st = db_run(w->db, &job, &e);
		int64_t used = db_calls(w->db);
		db_fail_after(w->db, 0);
		assert_true(st == OK || st == ERR_UNAVAILABLE);
		happened += st == OK;
		assert_int_equal(events(w), happened);
		if (n > used)
			return;
	}
	fail_msg("no end to the calls of one view");
}

static void in_a_crowd_a_failing_call_costs_one_job_at_most(void **state)
{
	enum { CROWD = 20 };
	struct store_world *w = *state;
	int64_t expected = 0;

	for (int64_t n = 1; n <= 3 * CROWD; n += 7) {
		struct crowd *c = crowd_new(CROWD);
		int lost = 0;
		db_fail_after(w->db, n);
		for (int i = 0; i < CROWD; i++) {
			crowd_job(c, i)->event = WORD("viewed");
			db_submit(w->db, crowd_job(c, i));
		}
		crowd_wait(c);
		db_fail_after(w->db, 0);
		for (int i = 0; i < CROWD; i++)
			lost += crowd_status(c, i) != OK;
		crowd_free(c);
		assert_in_range(lost, 0, 1);
		expected += CROWD - lost;
		assert_int_equal(events(w), expected);
	}
}

static enum status read_all(struct db *db, struct error *reterr)
{
	struct db_read *r;
	enum status st = db_read_begin(db, &r, reterr);
	if (st != OK)
		return st;
	struct db_rows rows = { 0 };
	st = db_query(r, &THING_COUNT, DB_NO_ARGS, &rows, reterr);
	if (st == OK)
		st = db_one(&rows, reterr);
	db_rows_close(&rows);
	db_read_end(r);
	return st;
}

static void a_read_whose_nth_call_fails_says_so_and_the_next_one_works(void **state)
{
	struct store_world *w = *state;

	for (int64_t n = 1; n < CALLS_MAX; n++) {
		struct error e = { 0 };
		db_fail_after(w->db, n);
		enum status st = read_all(w->db, &e);
		int64_t used = db_calls(w->db);
		assert_int_equal(st, n <= used ? ERR_UNAVAILABLE : OK);
		db_fail_after(w->db, 0);
		assert_int_equal(read_all(w->db, &e), OK);
		if (n > used)
			return;
	}
	fail_msg("no end to the calls of one read");
}

#define PROMISE(f) cmocka_unit_test_setup_teardown(f, thing_set_up, thing_tear_down)

int main(void)
{
	const struct CMUnitTest promises[] = {
		PROMISE(a_change_whose_nth_call_fails_happened_entirely_or_not_at_all),
		PROMISE(a_view_whose_nth_call_fails_left_one_event_or_none),
		PROMISE(in_a_crowd_a_failing_call_costs_one_job_at_most),
		PROMISE(a_read_whose_nth_call_fails_says_so_and_the_next_one_works),
	};

	return cmocka_run_group_tests(promises, NULL, NULL);
}
