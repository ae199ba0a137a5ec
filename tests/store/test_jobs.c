/* Changes are jobs: what is kept, what is undone, and what is told about it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include <pthread.h>
#include <stdatomic.h>

#include <unistd.h>

#include "platform/core/clock.h"
#include "things.h"

static int64_t count(struct store_world *w)
{
	return store_world_number(w, "SELECT count(*) FROM thing");
}

static int64_t events(struct store_world *w)
{
	return store_world_number(w, "SELECT count(*) FROM happened");
}

static void add(struct store_world *w, const char *name)
{
	store_world_run(w, thing_add, WORD(name));
}

/* ---- snapshots ---------------------------------------------------------------------------------
 */

static int64_t count_in(struct db_read *r)
{
	struct error e = { 0 };
	struct db_rows rows;

	assert_int_equal(db_query(r, &THING_COUNT, DB_NO_ARGS, &rows, &e), OK);
	assert_int_equal(db_one(&rows, &e), OK);
	int64_t n = db_int(&rows, 0);
	assert_int_equal(db_rows_end(&rows, &e), OK);
	return n;
}

static void a_snapshot_does_not_see_what_comes_after_its_first_query(void **state)
{
	struct store_world *w = *state;
	struct error e = { 0 };
	struct db_read *before, *after;

	add(w, "one");
	assert_int_equal(db_read_begin(w->db, &before, &e), OK);
	assert_int_equal(count_in(before), 1);
	add(w, "two");
	assert_int_equal(count_in(before), 1);
	assert_int_equal(db_read_begin(w->db, &after, &e), OK);
	assert_int_equal(count_in(after), 2);
	db_read_end(after);
	db_read_end(before);
}

static void a_snapshot_refuses_to_write(void **state)
{
	struct store_world *w = *state;
	struct error e = { 0 };
	struct db_read *r;
	struct db_rows rows;

	assert_int_equal(db_read_begin(w->db, &r, &e), OK);
	enum status st = db_query(r, &THING_ADD, DB_ARGS(DB_TEXT("sneaked in")), &rows, &e);
	bool got = st == OK && db_next(&rows);
	if (st == OK)
		st = db_rows_end(&rows, &e);
	assert_false(got);
	assert_int_not_equal(st, OK);
	db_read_end(r);
	assert_int_equal(count(w), 0);
	assert_false(db_figures(w->db).read_only);
}

/* ---- values
 * -------------------------------------------------------------------------------------- */

static const struct db_stmt PUT_VALUES = {
	"put_values", "tFB",
	"INSERT INTO thing (name, weight, body) VALUES ($1, $2, $3) RETURNING id"
};
static const struct db_stmt GET_VALUES = {
	"get_values", "", "SELECT name, weight, body, id, sum(id) OVER () FROM thing ORDER BY id"
};

static enum status put_values(struct db_tx *tx, void *args, struct error *reterr)
{
	static const uint8_t BODY[] = { 0, 255, 0, 39 };
	int64_t *ids = args;
	enum status st = db_insert(tx, &PUT_VALUES,
	                           DB_ARGS(DB_TEXT("It's \xC3\xABlf; \xF0\x9F\x8C\xB7 $1"),
	                                   DB_FLOAT(-1.5), DB_BYTES(BODY, sizeof(BODY))),
	                           &ids[0], reterr);
	if (st != OK)
		return st;
	return db_insert(tx, &PUT_VALUES, DB_ARGS(DB_TEXT(""), DB_NULL, DB_BYTES("", 0)), &ids[1],
	                 reterr);
}

static void values_come_back_exactly_as_stored(void **state)
{
	struct store_world *w = *state;
	struct error e = { 0 };
	struct db_read *r;
	struct db_rows rows;
	struct arena a;
	size_t len;
	int64_t ids[2];

	arena_init(&a, 1 << 16);
	store_world_run(w, put_values, ids);
	assert_int_equal(db_read_begin(w->db, &r, &e), OK);
	assert_int_equal(db_query(r, &GET_VALUES, DB_NO_ARGS, &rows, &e), OK);
	assert_true(db_next(&rows));
	assert_string_equal(db_text(&rows, 0, &a), "It's \xC3\xABlf; \xF0\x9F\x8C\xB7 $1");
	assert_true(db_float(&rows, 1) == -1.5);
	const uint8_t *body = db_bytes(&rows, 2, &a, &len);
	assert_int_equal(len, 4);
	assert_memory_equal(body, "\0\xff\0'", 4);
	assert_int_equal(db_int(&rows, 3), ids[0]);
	assert_int_equal(db_int(&rows, 4), ids[0] + ids[1]);
	assert_true(db_next(&rows));
	assert_string_equal(db_text(&rows, 0, &a), "");
	assert_true(db_is_null(&rows, 1));
	assert_false(db_is_null(&rows, 2));
	(void)db_bytes(&rows, 2, &a, &len);
	assert_int_equal(len, 0);
	assert_false(db_next(&rows));
	assert_int_equal(db_rows_end(&rows, &e), OK);
	db_read_end(r);
	arena_reset(&a);
}

static enum status wrong_kind(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct db_value *v = args;

	return db_exec(tx, &THING_ADD, v, NULL, reterr);
}

static void an_argument_that_is_not_as_declared_never_reaches_the_engine(void **state)
{
	struct store_world *w = *state;
	struct error e = { 0 };
	struct db_value wrong[] = { DB_INT(1),
		                    DB_NULL,
		                    DB_TEXT("\xC0\xAF"),
		                    DB_TEXT("a\xED\xA0\x80"),
		                    DB_TEXT("\xF4\x90\x80\x80"),
		                    DB_TEXT("cut \xE2\x82") };

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct db_job job = { .run = wrong_kind, .args = &wrong[i] };
		assert_int_equal(db_run(w->db, &job, &e), ERR_INTERNAL);
	}
	assert_int_equal(count(w), 0);
}

/* ---- changes and their events
 * ---------------------------------------------------------------------- */

static void a_change_and_its_event_are_there_when_done_is_called(void **state)
{
	struct store_world *w = *state;
	struct error e = { 0 };
	struct db_job job = { .run = thing_add, .args = WORD("one"), .event = WORD("added") };

	assert_int_equal(db_run(w->db, &job, &e), OK);
	assert_int_equal(count(w), 1);
	assert_int_equal(events(w), 1);
}

static void a_view_is_nothing_but_its_event(void **state)
{
	struct store_world *w = *state;
	struct error e = { 0 };
	struct db_job job = { .event = WORD("viewed") };

	assert_int_equal(db_run(w->db, &job, &e), OK);
	assert_int_equal(events(w), 1);
}

static void a_job_that_fails_is_undone_but_its_event_tells_of_it(void **state)
{
	struct store_world *w = *state;
	struct error e = { 0 };
	struct rename r = { .id = 1, .version = 1, .name = "changed", .then = ERR_DENIED };
	struct db_job job = { .run = thing_rename, .args = &r, .event = WORD("refused") };

	add(w, "one");
	assert_int_equal(db_run(w->db, &job, &e), ERR_DENIED);
	assert_string_equal(e.message, "Dit mag niet.");
	assert_int_equal(store_world_number(w, "SELECT count(*) FROM thing WHERE name = 'one'"
	                                       " AND version = 1"),
	                 1);
	assert_int_equal(store_world_number(w, "SELECT outcome FROM happened"), ERR_DENIED);
}

static void no_event_no_change(void **state)
{
	struct store_world *w = *state;
	struct error e = { 0 };
	struct db_job change = { .run = thing_add,
		                 .args = WORD("one"),
		                 .event = WORD("unspeakable") };
	struct db_job view = { .event = WORD("unspeakable") };

	assert_int_not_equal(db_run(w->db, &change, &e), OK);
	assert_int_not_equal(db_run(w->db, &view, &e), OK);
	assert_int_equal(count(w), 0);
	assert_int_equal(events(w), 0);
}

static enum status ignore_failure(struct db_tx *tx, void *args, struct error *reterr)
{
	(void)thing_add(tx, args, reterr);
	(void)thing_add(tx, args, reterr); /* the name is unique */
	(void)thing_add(tx, WORD("another"), reterr);
	return OK;
}

static void a_job_cannot_look_away_from_a_statement_that_failed(void **state)
{
	struct store_world *w = *state;
	struct error e = { 0 };
	struct db_job job = { .run = ignore_failure, .args = WORD("one"), .event = WORD("tried") };

	assert_int_equal(db_run(w->db, &job, &e), ERR_CONFLICT);
	assert_int_equal(count(w), 0);
	assert_int_equal(store_world_number(w, "SELECT outcome FROM happened"), ERR_CONFLICT);
}

static void a_failing_job_leaves_its_neighbours_alone(void **state)
{
	enum { CROWD = 60 };
	struct store_world *w = *state;
	struct crowd *c = crowd_new(CROWD);
	static char names[CROWD][16];

	add(w, "taken");
	for (int i = 0; i < CROWD; i++) {
		struct db_job *job = crowd_job(c, i);
		(void)snprintf(names[i], sizeof(names[i]), "%d", i);
		job->run = thing_add;
		job->args = i % 3 == 0 ? WORD("taken") : names[i];
		job->event = WORD("tried");
		db_submit(w->db, job);
	}
	crowd_wait(c);
	for (int i = 0; i < CROWD; i++)
		assert_int_equal(crowd_status(c, i), i % 3 == 0 ? ERR_CONFLICT : OK);
	crowd_free(c);
	assert_int_equal(count(w), 1 + CROWD / 3 * 2);
	assert_int_equal(events(w), CROWD);
}

/* ---- claims
 * ------------------------------------------------------------------------------------------ */

static void a_stale_claim_is_a_conflict_and_an_absent_row_is_not_found(void **state)
{
	struct store_world *w = *state;
	struct error e = { 0 };
	struct rename first = { .id = 1, .version = 1, .name = "a" }, stale = first,
		      absent = { .id = 99, .version = 1, .name = "a" };
	struct db_job job = { .run = thing_rename, .args = &first };

	add(w, "one");
	stale.name = "b";
	assert_int_equal(db_run(w->db, &job, &e), OK);
	job.args = &stale;
	assert_int_equal(db_run(w->db, &job, &e), ERR_CONFLICT);
	job.args = &absent;
	assert_int_equal(db_run(w->db, &job, &e), ERR_NOT_FOUND);
	assert_int_equal(store_world_number(w, "SELECT count(*) FROM thing WHERE name = 'a'"
	                                       " AND version = 2"),
	                 1);
}

static void of_many_claims_on_one_version_exactly_one_wins(void **state)
{
	enum { CROWD = 40 };
	struct store_world *w = *state;
	struct crowd *c = crowd_new(CROWD);
	struct rename r = { .id = 1, .version = 1, .name = "won" };
	int won = 0;

	add(w, "one");
	for (int i = 0; i < CROWD; i++) {
		crowd_job(c, i)->run = thing_rename;
		crowd_job(c, i)->args = &r;
		db_submit(w->db, crowd_job(c, i));
	}
	crowd_wait(c);
	for (int i = 0; i < CROWD; i++) {
		won += crowd_status(c, i) == OK;
		assert_true(crowd_status(c, i) == OK || crowd_status(c, i) == ERR_CONFLICT);
	}
	crowd_free(c);
	assert_int_equal(won, 1);
	assert_int_equal(store_world_number(w, "SELECT version FROM thing"), 2);
}

static enum status claim_downwards(struct db_tx *tx, void *args, struct error *reterr)
{
	(void)args;
	enum status st = db_claim(tx, &THING, 2, 1, reterr);
	return st == OK ? db_claim(tx, &THING, 1, 1, reterr) : st;
}

static void claims_out_of_order_are_refused(void **state)
{
	struct store_world *w = *state;
	struct error e = { 0 };
	struct db_job job = { .run = claim_downwards };

	add(w, "one");
	add(w, "two");
	assert_int_equal(db_run(w->db, &job, &e), ERR_INTERNAL);
	assert_int_equal(store_world_number(w, "SELECT sum(version) FROM thing"), 2);
}

/* ---- once
 * ------------------------------------------------------------------------------------------- */

struct answering {
	struct db_job job; /* first, so that the job leads here */
	const char *name;
};

static enum status add_and_answer(struct db_tx *tx, void *args, struct error *reterr)
{
	struct answering *a = args;
	int64_t id;
	enum status st = db_insert(tx, &THING_ADD, DB_ARGS(DB_TEXT(a->name)), &id, reterr);

	if (st == OK)
		a->job.answer = arena_printf(db_tx_arena(tx), "/things/%lld", (long long)id);
	return st;
}

static const uint8_t TOKEN[ONCE_TOKEN_BYTES] = "token-of-a-form";
static const uint8_t BODY[ONCE_DIGEST_BYTES] = "this body", OTHER[ONCE_DIGEST_BYTES] = "another";

static struct answering asking(const char *name, const uint8_t *digest, struct arena *a)
{
	return (struct answering){
		.name = name,
		.job = { .run = add_and_answer,
		         .event = WORD("added"),
		         .once = TOKEN,
		         .once_digest = digest,
		         .answer_arena = a },
	};
}

static void the_same_token_with_the_same_body_gets_the_first_answer(void **state)
{
	struct store_world *w = *state;
	struct error e = { 0 };
	struct arena a;
	arena_init(&a, 1 << 16);
	struct answering first = asking("one", BODY, &a), again = asking("two", BODY, &a);
	first.job.args = &first;
	again.job.args = &again;

	assert_int_equal(db_run(w->db, &first.job, &e), OK);
	assert_string_equal(first.job.answer, "/things/1");
	assert_false(first.job.replayed);
	assert_int_equal(db_run(w->db, &again.job, &e), OK);
	assert_string_equal(again.job.answer, "/things/1");
	assert_true(again.job.replayed);
	assert_int_equal(count(w), 1);
	assert_int_equal(events(w), 1);
	arena_reset(&a);
}

static void the_same_token_with_another_body_is_refused(void **state)
{
	struct store_world *w = *state;
	struct error e = { 0 };
	struct arena a;
	arena_init(&a, 1 << 16);
	struct answering first = asking("one", BODY, &a), other = asking("two", OTHER, &a);
	first.job.args = &first;
	other.job.args = &other;

	assert_int_equal(db_run(w->db, &first.job, &e), OK);
	assert_int_equal(db_run(w->db, &other.job, &e), ERR_INVALID);
	assert_int_equal(count(w), 1);
	assert_int_equal(store_world_number(w, "SELECT sum(outcome) FROM happened"), ERR_INVALID);
	arena_reset(&a);
}

static void a_token_whose_change_failed_may_be_used_again(void **state)
{
	struct store_world *w = *state;
	struct error e = { 0 };
	struct arena a;
	arena_init(&a, 1 << 16);
	struct answering clash = asking("taken", BODY, &a), good = asking("free", BODY, &a);
	clash.job.args = &clash;
	good.job.args = &good;

	add(w, "taken");
	assert_int_equal(db_run(w->db, &clash.job, &e), ERR_CONFLICT);
	assert_int_equal(db_run(w->db, &good.job, &e), OK);
	assert_false(good.job.replayed);
	arena_reset(&a);
}

static void a_hundred_impatient_clicks_make_one_change(void **state)
{
	enum { CROWD = 100 };
	struct store_world *w = *state;
	struct crowd *c = crowd_new(CROWD);

	for (int i = 0; i < CROWD; i++) {
		struct db_job *job = crowd_job(c, i);
		job->run = thing_add;
		job->args = WORD("clicked");
		job->event = WORD("added");
		job->once = TOKEN;
		job->once_digest = BODY;
		db_submit(w->db, job);
	}
	crowd_wait(c);
	for (int i = 0; i < CROWD; i++)
		assert_int_equal(crowd_status(c, i), OK);
	crowd_free(c);
	assert_int_equal(count(w), 1);
	assert_int_equal(events(w), 1);
}

static enum status forget_all(struct db_tx *tx, void *args, struct error *reterr)
{
	return db_once_forget(tx, INT64_MAX, args, reterr);
}

static void forgotten_tokens_are_gone(void **state)
{
	struct store_world *w = *state;
	struct error e = { 0 };
	int64_t gone = 0;
	struct answering first = asking("one", BODY, NULL);
	first.job.args = &first;

	assert_int_equal(db_run(w->db, &first.job, &e), OK);
	store_world_run(w, forget_all, &gone);
	assert_int_equal(gone, 1);
	assert_int_equal(store_world_number(w, "SELECT count(*) FROM once_token"), 0);
}

/* ---- groups and lanes
 * ---------------------------------------------------------------------------------- */

static void many_views_share_few_commits(void **state)
{
	enum { CROWD = 1000 };
	struct store_world *w = *state;
	struct crowd *c = crowd_new(CROWD);
	int64_t before = db_figures(w->db).commits;

	for (int i = 0; i < CROWD; i++) {
		crowd_job(c, i)->event = WORD("viewed");
		db_submit(w->db, crowd_job(c, i));
	}
	crowd_wait(c);
	crowd_free(c);
	assert_int_equal(events(w), CROWD);
	int64_t commits = db_figures(w->db).commits - before;
	assert_in_range(commits, 1, CROWD / 4);
}

static void of_views_together_only_the_one_whose_event_may_not_be_is_refused(void **state)
{
	enum { CROWD = 60 };
	struct store_world *w = *state;
	struct crowd *c = crowd_new(CROWD);

	for (int i = 0; i < CROWD; i++) {
		crowd_job(c, i)->event = i == CROWD / 2 ? WORD("unspeakable") : WORD("viewed");
		db_submit(w->db, crowd_job(c, i));
	}
	crowd_wait(c);
	for (int i = 0; i < CROWD; i++)
		assert_int_equal(crowd_status(c, i) == OK, i != CROWD / 2);
	crowd_free(c);
	assert_int_equal(events(w), CROWD - 1);
}

enum { ASKERS = 8, ASKED = 40 };

static void *view_one_after_another(void *arg)
{
	struct store_world *w = arg;
	struct error e = { 0 };

	for (int i = 0; i < ASKED; i++) {
		struct db_job job = { .event = WORD("viewed") };
		(void)usleep(300);
		if (db_run(w->db, &job, &e) != OK)
			return NULL;
	}
	return w;
}

static void askers_who_come_together_wait_for_one_commit(void **state)
{
	struct store_world *w = *state;
	pthread_t askers[ASKERS];
	void *went_well;
	const int64_t before = db_figures(w->db).commits, began_us = clock_monotonic_us();

	for (int i = 0; i < ASKERS; i++)
		assert_int_equal(pthread_create(&askers[i], NULL, view_one_after_another, w), 0);
	for (int i = 0; i < ASKERS; i++) {
		assert_int_equal(pthread_join(askers[i], &went_well), 0);
		assert_non_null(went_well);
	}
	assert_int_equal(events(w), ASKERS * ASKED);
	/* 1.5 ms is meant to lie between two commits of one group thread, but for the first few;
	   a thread that the machine lets wait finds its moment past and makes up for it. */
	const int64_t most = ASKERS + (clock_monotonic_us() - began_us) / 1000;
	assert_in_range(db_figures(w->db).commits - before, 1, most);
}

static void who_asks_alone_waits_for_nobody(void **state)
{
	struct store_world *w = *state;
	const int64_t before = db_figures(w->db).commits;

	assert_non_null(view_one_after_another(w));
	assert_int_equal(db_figures(w->db).commits - before, ASKED);
}

struct together {
	atomic_int now, most;
};

static enum status count_together(struct db_tx *tx, void *args, struct error *reterr)
{
	struct together *t = args;
	int now = atomic_fetch_add(&t->now, 1) + 1, most = atomic_load(&t->most);

	while (now > most && !atomic_compare_exchange_weak(&t->most, &most, now))
		;
	int64_t ignored;
	enum status st = db_once_forget(tx, 0, &ignored, reterr); /* something that takes a while */
	(void)atomic_fetch_sub(&t->now, 1);
	return st;
}

static void bulk_never_takes_more_than_its_share(void **state)
{
	enum { BULK = 100 };
	const int share = store_engine() == DB_POSTGRES ? 2 : 1;
	struct store_world *w = *state;
	struct crowd *c = crowd_new(BULK);
	struct together together = { 0 };

	for (int i = 0; i < BULK; i++) {
		struct db_job *job = crowd_job(c, i);
		job->run = count_together;
		job->args = &together;
		job->lane = LANE_BULK;
		db_submit(w->db, job);
	}
	add(w, "a person");
	crowd_wait(c);
	for (int i = 0; i < BULK; i++)
		assert_int_equal(crowd_status(c, i), OK);
	crowd_free(c);
	assert_in_range(atomic_load(&together.most), 1, share);
	assert_int_equal(count(w), 1);
}

static void closing_finishes_what_was_submitted(void **state)
{
	enum { CROWD = 300 };
	struct store_world *w = *state;
	struct crowd *c = crowd_new(CROWD);

	for (int i = 0; i < CROWD; i++) {
		crowd_job(c, i)->event = WORD("viewed");
		db_submit(w->db, crowd_job(c, i));
	}
	store_world_shut(w);
	crowd_wait(c);
	crowd_free(c);
	store_world_open(w);
	assert_int_equal(events(w), CROWD);
}

static void every_statement_of_the_platform_prepares(void **state)
{
	struct store_world *w = *state;
	struct error e = { 0 };
	static const struct db_stmt WRONG = { "wrong", "i", "SELECT nothing FROM nowhere" };
	const struct db_stmt *const wrong[] = { &THING_NAME, &WRONG, NULL };

	assert_int_equal(db_prepare_all(w->db, DB_OWN_STATEMENTS, &e), OK);
	assert_int_not_equal(db_prepare_all(w->db, wrong, &e), OK);
	assert_non_null(strstr(e.cause, "wrong"));
}

#define PROMISE(f) cmocka_unit_test_setup_teardown(f, thing_set_up, thing_tear_down)

int main(void)
{
	const struct CMUnitTest promises[] = {
		PROMISE(a_snapshot_does_not_see_what_comes_after_its_first_query),
		PROMISE(a_snapshot_refuses_to_write),
		PROMISE(values_come_back_exactly_as_stored),
		PROMISE(an_argument_that_is_not_as_declared_never_reaches_the_engine),
		PROMISE(a_change_and_its_event_are_there_when_done_is_called),
		PROMISE(a_view_is_nothing_but_its_event),
		PROMISE(a_job_that_fails_is_undone_but_its_event_tells_of_it),
		PROMISE(no_event_no_change),
		PROMISE(a_job_cannot_look_away_from_a_statement_that_failed),
		PROMISE(a_failing_job_leaves_its_neighbours_alone),
		PROMISE(a_stale_claim_is_a_conflict_and_an_absent_row_is_not_found),
		PROMISE(of_many_claims_on_one_version_exactly_one_wins),
		PROMISE(claims_out_of_order_are_refused),
		PROMISE(the_same_token_with_the_same_body_gets_the_first_answer),
		PROMISE(the_same_token_with_another_body_is_refused),
		PROMISE(a_token_whose_change_failed_may_be_used_again),
		PROMISE(a_hundred_impatient_clicks_make_one_change),
		PROMISE(forgotten_tokens_are_gone),
		PROMISE(many_views_share_few_commits),
		PROMISE(of_views_together_only_the_one_whose_event_may_not_be_is_refused),
		PROMISE(askers_who_come_together_wait_for_one_commit),
		PROMISE(who_asks_alone_waits_for_nobody),
		PROMISE(bulk_never_takes_more_than_its_share),
		PROMISE(closing_finishes_what_was_submitted),
		PROMISE(every_statement_of_the_platform_prepares),
	};

	return cmocka_run_group_tests(promises, NULL, NULL);
}
