/* The bounded queue between HTTP threads and workers. */
#include "platform/http/server.h"

void backlog_init(struct backlog *q, size_t max)
{
	*q = (struct backlog){ .max = max };
	(void)pthread_mutex_init(&q->mutex, NULL);
	(void)pthread_cond_init(&q->filled, NULL);
}

void backlog_destroy(struct backlog *q)
{
	(void)pthread_cond_destroy(&q->filled);
	(void)pthread_mutex_destroy(&q->mutex);
}

static void append(struct exchange **first, struct exchange **last, struct exchange *x)
{
	x->next = NULL;
	if (*first == NULL)
		*first = x;
	else
		(*last)->next = x;
	*last = x;
}

static struct exchange *take_from(struct exchange **first)
{
	struct exchange *x = *first;
	if (x != NULL)
		*first = x->next;
	return x;
}

bool backlog_put(struct backlog *q, struct exchange *x)
{
	(void)pthread_mutex_lock(&q->mutex);
	bool room = !q->closed && q->count < q->max;
	if (room) {
		q->count++;
		append(&q->first, &q->last, x);
		(void)pthread_cond_signal(&q->filled);
	}
	(void)pthread_mutex_unlock(&q->mutex);
	return room;
}

void backlog_put_again(struct backlog *q, struct exchange *x)
{
	(void)pthread_mutex_lock(&q->mutex);
	append(&q->first_again, &q->last_again, x);
	(void)pthread_cond_signal(&q->filled);
	(void)pthread_mutex_unlock(&q->mutex);
}

struct exchange *backlog_take(struct backlog *q, bool wait)
{
	(void)pthread_mutex_lock(&q->mutex);
	while (wait && q->first == NULL && q->first_again == NULL && !q->closed)
		(void)pthread_cond_wait(&q->filled, &q->mutex);
	struct exchange *x = take_from(&q->first_again);
	if (x == NULL && (x = take_from(&q->first)) != NULL)
		q->count--;
	(void)pthread_mutex_unlock(&q->mutex);
	return x;
}

void backlog_close(struct backlog *q)
{
	(void)pthread_mutex_lock(&q->mutex);
	q->closed = true;
	(void)pthread_cond_broadcast(&q->filled);
	(void)pthread_mutex_unlock(&q->mutex);
}

size_t backlog_count(struct backlog *q)
{
	(void)pthread_mutex_lock(&q->mutex);
	size_t count = q->count;
	(void)pthread_mutex_unlock(&q->mutex);
	return count;
}
