/* clock.h - what time it is: passed in, so that tests and the demo world bring their own */
#ifndef PLATFORM_CORE_CLOCK_H
#define PLATFORM_CORE_CLOCK_H

#include <pthread.h>
#include <stdbool.h>
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

/* Processor time of the calling thread: for measuring beside others' work. */
int64_t clock_thread_ns(void);

/* A condition that is waited for by that clock. Ends in pthread_cond_destroy. */
void clock_condition_init(pthread_cond_t *ret);
/* Waits, with m held, for a signal or until this moment of clock_monotonic_us; false: the moment
 * has come. May return true without a signal, as every wait for a condition. */
bool clock_wait_until(pthread_cond_t *c, pthread_mutex_t *m, int64_t until_us);

#endif
