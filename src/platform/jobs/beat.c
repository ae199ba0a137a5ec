#include "platform/jobs/beat.h"

#include "platform/core/clock.h"

static void destroy(struct beat *b)
{
	(void)pthread_cond_destroy(&b->stop);
	(void)pthread_mutex_destroy(&b->guard);
}

enum status beat_start(struct beat *b, void *(*loop)(void *), void *arg, struct error *reterr)
{
	b->stopping = false;
	(void)pthread_mutex_init(&b->guard, NULL);
	clock_condition_init(&b->stop);
	if (pthread_create(&b->thread, NULL, loop, arg) == 0)
		return OK;
	destroy(b);
	return FAIL_INTERNAL(reterr);
}

bool beat_rest(struct beat *b, int64_t ms)
{
	const int64_t until_us = clock_monotonic_us() + ms * 1000;
	bool early = ms > 0;

	(void)pthread_mutex_lock(&b->guard);
	while (!b->stopping && early)
		early = clock_wait_until(&b->stop, &b->guard, until_us);
	const bool go_on = !b->stopping;
	(void)pthread_mutex_unlock(&b->guard);
	return go_on;
}

void beat_stop(struct beat *b)
{
	(void)pthread_mutex_lock(&b->guard);
	b->stopping = true;
	(void)pthread_cond_signal(&b->stop);
	(void)pthread_mutex_unlock(&b->guard);
	(void)pthread_join(b->thread, NULL);
	destroy(b);
}
