/* Who is next: persons before bulk, one bulk job at a time, each lane in its own order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pthread.h>
#include <time.h>

#include "platform/core/clock.h"
#include "platform/db/queue.h"

enum { CHANGES = QUEUE_PERSON | QUEUE_BULK };

static void persons_go_before_bulk_that_was_there_first(void **state)
{
	struct queue q;
	struct db_job bulk = { 0 }, first = { 0 }, second = { 0 };

	(void)state;
	queue_init(&q, 1);
	queue_put(&q, QUEUE_BULK, &bulk);
	queue_put(&q, QUEUE_PERSON, &first);
	queue_put(&q, QUEUE_PERSON, &second);
	assert_ptr_equal(queue_take(&q, CHANGES, false), &first);
	assert_ptr_equal(queue_take(&q, CHANGES, false), &second);
	assert_ptr_equal(queue_take(&q, CHANGES, false), &bulk);
	assert_null(queue_take(&q, CHANGES, false));
	queue_destroy(&q);
}

static void a_second_bulk_job_waits_for_the_first_to_end(void **state)
{
	struct queue q;
	struct db_job one = { 0 }, two = { 0 }, person = { 0 };

	(void)state;
	queue_init(&q, 1);
	queue_put(&q, QUEUE_BULK, &one);
	queue_put(&q, QUEUE_BULK, &two);
	assert_ptr_equal(queue_take(&q, CHANGES, false), &one);
	assert_null(queue_take(&q, CHANGES, false));
	queue_put(&q, QUEUE_PERSON, &person);
	assert_ptr_equal(queue_take(&q, CHANGES, false), &person);
	queue_bulk_over(&q);
	assert_ptr_equal(queue_take(&q, CHANGES, false), &two);
	queue_destroy(&q);
}

static void as_many_bulk_jobs_run_at_once_as_were_said(void **state)
{
	struct queue q;
	struct db_job jobs[3] = { 0 };

	(void)state;
	queue_init(&q, 2);
	for (int i = 0; i < 3; i++)
		queue_put(&q, QUEUE_BULK, &jobs[i]);
	assert_ptr_equal(queue_take(&q, CHANGES, false), &jobs[0]);
	assert_ptr_equal(queue_take(&q, CHANGES, false), &jobs[1]);
	assert_null(queue_take(&q, CHANGES, false));
	queue_bulk_over(&q);
	assert_ptr_equal(queue_take(&q, CHANGES, false), &jobs[2]);
	assert_true(queue_has_bulk(&q));
	queue_bulk_over(&q);
	queue_bulk_over(&q);
	assert_false(queue_has_bulk(&q));
	queue_destroy(&q);
}

static void views_are_given_only_to_who_takes_views(void **state)
{
	struct queue q;
	struct db_job view = { 0 };

	(void)state;
	queue_init(&q, 1);
	queue_put(&q, QUEUE_VIEW, &view);
	assert_null(queue_take(&q, CHANGES, false));
	assert_ptr_equal(queue_take(&q, QUEUE_VIEW, true), &view);
	queue_destroy(&q);
}

static void it_tells_how_many_wait_and_since_when(void **state)
{
	struct queue q;
	struct db_job late = { .submitted_ms = 200 }, early = { .submitted_ms = 100 };
	int64_t oldest;

	(void)state;
	queue_init(&q, 1);
	assert_int_equal(queue_waiting(&q, &oldest), 0);
	assert_int_equal(oldest, 0);
	queue_put(&q, QUEUE_PERSON, &late);
	queue_put(&q, QUEUE_BULK, &early);
	assert_int_equal(queue_waiting(&q, &oldest), 2);
	assert_int_equal(oldest, 100);
	(void)queue_take(&q, CHANGES, false);
	(void)queue_take(&q, CHANGES, false);
	queue_destroy(&q);
}

static void *take_until_closed(void *arg)
{
	struct queue *q = arg;
	intptr_t taken = 0;

	while (queue_take(q, CHANGES, true) != NULL)
		taken++;
	return (void *)taken;
}

static void closing_lets_takers_finish_what_waits(void **state)
{
	enum { JOBS = 100 };
	struct queue q;
	struct db_job jobs[JOBS] = { 0 };
	pthread_t taker;
	void *taken;

	(void)state;
	queue_init(&q, 1);
	assert_int_equal(pthread_create(&taker, NULL, take_until_closed, &q), 0);
	for (int i = 0; i < JOBS; i++)
		queue_put(&q, QUEUE_PERSON, &jobs[i]);
	queue_close(&q);
	assert_int_equal(pthread_join(taker, &taken), 0);
	assert_int_equal((intptr_t)taken, JOBS);
	queue_destroy(&q);
}

static void *put_later(void *arg)
{
	static struct db_job late;
	const struct timespec moment = { .tv_nsec = 2000000 };

	(void)nanosleep(&moment, NULL);
	queue_put(arg, QUEUE_PERSON, &late);
	return NULL;
}

static void who_waits_until_a_moment_gets_what_comes_before_it(void **state)
{
	struct queue q;
	pthread_t putter;

	(void)state;
	queue_init(&q, 1);
	assert_int_equal(pthread_create(&putter, NULL, put_later, &q), 0);
	assert_non_null(queue_take_until(&q, CHANGES, clock_monotonic_us() + 10000000));
	assert_int_equal(pthread_join(putter, NULL), 0);
	queue_destroy(&q);
}

static void who_waits_until_a_moment_waits_no_longer_and_not_for_one_that_passed(void **state)
{
	struct queue q;
	struct db_job job = { 0 };
	const int64_t began_us = clock_monotonic_us();

	(void)state;
	queue_init(&q, 1);
	assert_null(queue_take_until(&q, CHANGES, began_us + 5000));
	assert_true(clock_monotonic_us() >= began_us + 5000);
	assert_null(queue_take_until(&q, CHANGES, began_us));
	queue_put(&q, QUEUE_PERSON, &job);
	assert_ptr_equal(queue_take_until(&q, CHANGES, began_us), &job);
	queue_close(&q);
	assert_null(queue_take_until(&q, CHANGES, clock_monotonic_us() + 60000000));
	queue_destroy(&q);
}

int main(void)
{
	const struct CMUnitTest promises[] = {
		cmocka_unit_test(persons_go_before_bulk_that_was_there_first),
		cmocka_unit_test(a_second_bulk_job_waits_for_the_first_to_end),
		cmocka_unit_test(as_many_bulk_jobs_run_at_once_as_were_said),
		cmocka_unit_test(views_are_given_only_to_who_takes_views),
		cmocka_unit_test(it_tells_how_many_wait_and_since_when),
		cmocka_unit_test(closing_lets_takers_finish_what_waits),
		cmocka_unit_test(who_waits_until_a_moment_gets_what_comes_before_it),
		cmocka_unit_test(
		    who_waits_until_a_moment_waits_no_longer_and_not_for_one_that_passed),
	};

	return cmocka_run_group_tests(promises, NULL, NULL);
}
