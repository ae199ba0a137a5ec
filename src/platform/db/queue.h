/*
 * queue.h - jobs that wait: persons first, bulk a few at a time, views apart where engines differ
 *
 * Safe from every thread. A job in the queue is linked by job->next; the queue owns nothing.
 */
#ifndef PLATFORM_DB_QUEUE_H
#define PLATFORM_DB_QUEUE_H

#include <pthread.h>

#include "platform/db/db.h"

enum { QUEUE_PERSON = 1, QUEUE_BULK = 2, QUEUE_VIEW = 4, QUEUE_LANES = 3 };

struct queue {
	pthread_mutex_t lock;
	pthread_cond_t changes, views;
	struct queue_lane {
		struct db_job *first, **last;
	} lanes[QUEUE_LANES];
	int64_t waiting;
	int bulk_running, bulk_most;
	bool closing;
};

/* bulk_most: bulk jobs that may run at once. */
void queue_init(struct queue *q, int bulk_most);
void queue_destroy(struct queue *q);

/* lane: one of QUEUE_*. */
void queue_put(struct queue *q, int lane, struct db_job *job);

/*
 * The next job of these lanes (bits), persons before bulk. A bulk job is given out only while
 * fewer than bulk_most run; queue_bulk_over says that one ended. wait: until there is one; NULL then means closed
 * and empty.
 */
struct db_job *queue_take(struct queue *q, int lanes, bool wait);
/* The same, waiting until this moment at most (clock_monotonic_us). */
struct db_job *queue_take_until(struct queue *q, int lanes, int64_t until_us);
void queue_bulk_over(struct queue *q);
/* Whether a bulk job runs or waits. */
bool queue_has_bulk(struct queue *q);

/* Waiting takers go on until their lanes are empty, then get NULL. */
void queue_close(struct queue *q);

/* How many wait, and when the oldest was submitted (0: none waits). */
int64_t queue_waiting(struct queue *q, int64_t *ret_oldest_ms);

#endif
