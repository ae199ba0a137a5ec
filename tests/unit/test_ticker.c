/* What happens again and again in a thread of its own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdatomic.h>
#include <unistd.h>

#include "platform/core/clock.h"
#include "platform/jobs/ticker.h"

enum { STEPS = 6, WORK_US = 8000, PATIENCE = 3000, CLOCK_US = 1000 };

/* Written by the ticker alone; read when it stopped. */
struct steps {
	atomic_int done;
	int64_t began_us[STEPS + 1], ended_us[STEPS + 1];
};

static enum status work(void *app, bool *ret_more, struct error *reterr)
{
	struct steps *s = app;
	const int at = atomic_load(&s->done);

	(void)reterr;
	s->began_us[at] = clock_monotonic_us();
	(void)usleep(WORK_US);
	s->ended_us[at] = clock_monotonic_us();
	*ret_more = at < STEPS;
	if (at < STEPS)
		atomic_store(&s->done, at + 1);
	return OK;
}

static bool always(void *app)
{
	return app != NULL;
}

static void run(struct steps *s, bool gives_way, bool busy)
{
	const struct ticker_config cfg = { .name = "work",
		                           .every_ms = 60000,
		                           .app = s,
		                           .step = work,
		                           .gives_way = gives_way,
		                           .busy = busy ? always : NULL };
	struct ticker *t = NULL;
	struct error e;

	assert_int_equal(ticker_start(&cfg, &t, &e), OK);
	for (int i = 0; i < PATIENCE && atomic_load(&s->done) < STEPS; i++)
		(void)usleep(WORK_US);
	ticker_stop(t);
	assert_int_equal(atomic_load(&s->done), STEPS);
}

static void what_catches_up_rests_as_long_as_it_worked(void **state)
{
	struct steps s = { 0 };

	(void)state;
	run(&s, true, false);
	for (int i = 0; i + 1 < STEPS; i++) {
		const int64_t worked = s.ended_us[i] - s.began_us[i];
		const int64_t most = (int64_t)TICKER_BREATH_MS * 1000;
		assert_true(s.began_us[i + 1] - s.ended_us[i] + CLOCK_US >=
		            (worked < most ? worked : most));
	}
}

static void while_somebody_brings_in_much_it_rests_longer(void **state)
{
	struct steps s = { 0 };

	(void)state;
	run(&s, true, true);
	for (int i = 0; i + 1 < STEPS; i++) {
		const int64_t worked = s.ended_us[i] - s.began_us[i];
		const int64_t most = (int64_t)TICKER_BREATH_MS * 1000;
		assert_true(s.began_us[i + 1] - s.ended_us[i] + CLOCK_US >=
		            TICKER_BUSY_TIMES * (worked < most ? worked : most));
	}
}

static void with_more_to_do_the_next_step_comes_before_its_time(void **state)
{
	struct steps s = { 0 };

	(void)state;
	run(&s, false, false); /* a minute apart otherwise */
}

static void while_nobody_waits_it_does_not_rest(void **state)
{
	struct steps s = { 0 };
	struct ticker_config cfg = { .app = &s, .gives_way = true, .alone = always };

	(void)state;
	assert_int_equal(ticker_breath_ms(&cfg, 8000), 0);
	cfg.app = NULL; /* somebody came */
	assert_int_equal(ticker_breath_ms(&cfg, 8000), 8);
	cfg.alone = NULL;
	assert_int_equal(ticker_breath_ms(&cfg, INT64_C(5000000)), TICKER_BREATH_MS);
}

int main(void)
{
	const struct CMUnitTest promises[] = {
		cmocka_unit_test(what_catches_up_rests_as_long_as_it_worked),
		cmocka_unit_test(while_somebody_brings_in_much_it_rests_longer),
		cmocka_unit_test(while_nobody_waits_it_does_not_rest),
		cmocka_unit_test(with_more_to_do_the_next_step_comes_before_its_time),
	};

	return cmocka_run_group_tests(promises, NULL, NULL);
}
