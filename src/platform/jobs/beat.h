/* beat.h - a thread that works and rests until it is told to stop; private to platform/jobs */
#ifndef PLATFORM_JOBS_BEAT_H
#define PLATFORM_JOBS_BEAT_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#include "platform/core/error.h"

struct beat {
	pthread_t thread;
	pthread_mutex_t guard; /* over stopping */
	pthread_cond_t stop;
	bool stopping;
};

/* Runs loop(arg) in a thread; b stays where it is until beat_stop. */
MUST_CHECK enum status beat_start(struct beat *b, void *(*loop)(void *), void *arg,
                                  struct error *reterr);
/* For the loop: false when it is time to end. */
bool beat_rest(struct beat *b, int64_t ms);
/* Waits for the loop to end. */
void beat_stop(struct beat *b);

#endif
