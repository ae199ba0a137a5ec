#include "platform/core/clock.h"

#include <time.h>

static int64_t read_ms(clockid_t id)
{
	struct timespec ts;
	(void)clock_gettime(id, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static int64_t system_now_ms(const struct clock *c)
{
	(void)c;
	return read_ms(CLOCK_REALTIME);
}

static int64_t fixed_now_ms(const struct clock *c)
{
	return c->fixed_ms;
}

struct clock clock_system(void)
{
	return (struct clock){ .now_ms = system_now_ms };
}

struct clock clock_fixed(int64_t ms)
{
	return (struct clock){ .now_ms = fixed_now_ms, .fixed_ms = ms };
}

int64_t clock_monotonic_ms(void)
{
	return read_ms(CLOCK_MONOTONIC);
}

int64_t clock_monotonic_ns(void)
{
	struct timespec ts;
	(void)clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000000000 + ts.tv_nsec;
}

int64_t clock_thread_ns(void)
{
	struct timespec ts;
	(void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &ts);
	return (int64_t)ts.tv_sec * 1000000000 + ts.tv_nsec;
}

int64_t clock_monotonic_us(void)
{
	return clock_monotonic_ns() / 1000;
}

void clock_condition_init(pthread_cond_t *ret)
{
	pthread_condattr_t how;

	(void)pthread_condattr_init(&how);
	(void)pthread_condattr_setclock(&how, CLOCK_MONOTONIC);
	(void)pthread_cond_init(ret, &how);
	(void)pthread_condattr_destroy(&how);
}

bool clock_wait_until(pthread_cond_t *c, pthread_mutex_t *m, int64_t until_us)
{
	const struct timespec until = { .tv_sec = until_us / 1000000,
		                        .tv_nsec = until_us % 1000000 * 1000 };

	return pthread_cond_timedwait(c, m, &until) == 0;
}
