#include "platform/db/queue.h"

#include <assert.h>

#include "platform/core/clock.h"

static int index_of(int lane)
{
	assert(lane == QUEUE_PERSON || lane == QUEUE_BULK || lane == QUEUE_VIEW);
	return lane == QUEUE_PERSON ? 0 : lane == QUEUE_BULK ? 1 : 2;
}

void queue_init(struct queue *q, int bulk_most)
{
	*q = (struct queue){ .bulk_most = bulk_most };
	for (int i = 0; i < QUEUE_LANES; i++)
		q->lanes[i].last = &q->lanes[i].first;
	(void)pthread_mutex_init(&q->lock, NULL);
	clock_condition_init(&q->changes);
	clock_condition_init(&q->views);
}

void queue_destroy(struct queue *q)
{
	assert(q->waiting == 0);
	(void)pthread_cond_destroy(&q->views);
	(void)pthread_cond_destroy(&q->changes);
	(void)pthread_mutex_destroy(&q->lock);
}

void queue_put(struct queue *q, int lane, struct db_job *job)
{
	struct queue_lane *l = &q->lanes[index_of(lane)];

	job->next = NULL;
	(void)pthread_mutex_lock(&q->lock);
	assert(!q->closing);
	*l->last = job;
	l->last = &job->next;
	q->waiting++;
	(void)pthread_cond_signal(lane == QUEUE_VIEW ? &q->views : &q->changes);
	(void)pthread_mutex_unlock(&q->lock);
}

static struct db_job *pop(struct queue *q, int lane)
{
	struct queue_lane *l = &q->lanes[index_of(lane)];
	struct db_job *job = l->first;

	if (job == NULL)
		return NULL;
	l->first = job->next;
	if (l->first == NULL)
		l->last = &l->first;
	job->next = NULL;
	q->waiting--;
	return job;
}

static struct db_job *pick(struct queue *q, int lanes)
{
	struct db_job *job = NULL;

	if ((lanes & QUEUE_PERSON) != 0)
		job = pop(q, QUEUE_PERSON);
	if (job == NULL && (lanes & QUEUE_VIEW) != 0)
		job = pop(q, QUEUE_VIEW);
	if (job == NULL && (lanes & QUEUE_BULK) != 0 && q->bulk_running < q->bulk_most) {
		job = pop(q, QUEUE_BULK);
		q->bulk_running += job != NULL;
	}
	return job;
}

static bool is_empty(const struct queue *q, int lanes)
{
	for (int lane = QUEUE_PERSON; lane <= QUEUE_VIEW; lane *= 2)
		if ((lanes & lane) != 0 && q->lanes[index_of(lane)].first != NULL)
			return false;
	return true;
}

static pthread_cond_t *signal_of(struct queue *q, int lanes)
{
	return lanes == QUEUE_VIEW ? &q->views : &q->changes;
}

struct db_job *queue_take_until(struct queue *q, int lanes, int64_t until_us)
{
	bool early = true;

	(void)pthread_mutex_lock(&q->lock);
	struct db_job *job = pick(q, lanes);
	while (job == NULL && early && !q->closing) {
		early = clock_wait_until(signal_of(q, lanes), &q->lock, until_us);
		job = pick(q, lanes);
	}
	(void)pthread_mutex_unlock(&q->lock);
	return job;
}

struct db_job *queue_take(struct queue *q, int lanes, bool wait)
{
	(void)pthread_mutex_lock(&q->lock);
	struct db_job *job = pick(q, lanes);
	while (job == NULL && wait && !(q->closing && is_empty(q, lanes))) {
		(void)pthread_cond_wait(signal_of(q, lanes), &q->lock);
		job = pick(q, lanes);
	}
	(void)pthread_mutex_unlock(&q->lock);
	return job;
}

void queue_bulk_over(struct queue *q)
{
	(void)pthread_mutex_lock(&q->lock);
	assert(q->bulk_running > 0);
	q->bulk_running--;
	(void)pthread_cond_broadcast(&q->changes);
	(void)pthread_mutex_unlock(&q->lock);
}

bool queue_has_bulk(struct queue *q)
{
	(void)pthread_mutex_lock(&q->lock);
	const bool has = q->bulk_running > 0 || q->lanes[index_of(QUEUE_BULK)].first != NULL;
	(void)pthread_mutex_unlock(&q->lock);
	return has;
}

void queue_close(struct queue *q)
{
	(void)pthread_mutex_lock(&q->lock);
	q->closing = true;
	(void)pthread_cond_broadcast(&q->changes);
	(void)pthread_cond_broadcast(&q->views);
	(void)pthread_mutex_unlock(&q->lock);
}

int64_t queue_waiting(struct queue *q, int64_t *ret_oldest_ms)
{
	(void)pthread_mutex_lock(&q->lock);
	int64_t waiting = q->waiting;
	*ret_oldest_ms = 0;
	for (int i = 0; i < QUEUE_LANES; i++) {
		const struct db_job *job = q->lanes[i].first;
		if (job != NULL && (*ret_oldest_ms == 0 || job->submitted_ms < *ret_oldest_ms))
			*ret_oldest_ms = job->submitted_ms;
	}
	(void)pthread_mutex_unlock(&q->lock);
	return waiting;
}
