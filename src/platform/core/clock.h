/* clock.h - what time it is: passed in, so that tests and the demo world bring their own */
#ifndef PLATFORM_CORE_CLOCK_H
#define PLATFORM_CORE_CLOCK_H

#include <stdint.h>

/* A source of time. Safe from every thread if now_ms is. */
struct clock {
	int64_t (*now_ms)(const struct clock *c); /* milliseconds UTC since 1970 */
	int64_t fixed_ms;                         /* what a clock that stands still answers */
};

/* The machine's own clock. */
struct clock clock_system(void);

/* A clock that stands at ms until the owner writes fixed_ms. */
struct clock clock_fixed(int64_t ms);

static inline int64_t clock_now_ms(const struct clock *c)
{
	return c->now_ms(c);
}

/* Never goes back, whatever happens to the wall clock: for durations and time-outs only. */
int64_t clock_monotonic_ms(void);
int64_t clock_monotonic_us(void);
int64_t clock_monotonic_ns(void);

#endif
