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

int64_t clock_monotonic_us(void)
{
	return clock_monotonic_ns() / 1000;
}
