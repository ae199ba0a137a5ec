#include "platform/jobs/ticker.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

struct ticker {
	struct ticker_config cfg;
	pthread_t thread;
	pthread_mutex_t guard; /* over stopping */
	pthread_cond_t stop;
	bool stopping;
};

/* False: it is time to stop. */
static bool rest(struct ticker *t, int ms)
{
	enum { SECOND_MS = 1000, MS_NS = 1000000, SECOND_NS = 1000000000 };
	struct timespec until;

	(void)clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += ms / SECOND_MS;
	until.tv_nsec += (long)(ms % SECOND_MS) * MS_NS;
	if (until.tv_nsec >= SECOND_NS) {
		until.tv_sec++;
		until.tv_nsec -= SECOND_NS;
	}
	pthread_mutex_lock(&t->guard);
	if (!t->stopping && ms > 0)
		(void)pthread_cond_timedwait(&t->stop, &t->guard, &until);
	const bool go_on = !t->stopping;
	pthread_mutex_unlock(&t->guard);
	return go_on;
}

static int step(struct ticker *t)
{
	struct error e = { 0 };
	bool more = false;

	if (t->cfg.step(t->cfg.app, &more, &e) == OK)
		return more ? 0 : t->cfg.every_ms;
	if (t->cfg.failed != NULL)
		t->cfg.failed(t->cfg.app, t->cfg.name, &e);
	return TICKER_RETRY_MS;
}

static void *loop(void *arg)
{
	struct ticker *t = arg;

	while (rest(t, step(t)))
		;
	return NULL;
}

/* Waits by the clock that nobody sets. */
static void make_condition(pthread_cond_t *c)
{
	pthread_condattr_t how;

	pthread_condattr_init(&how);
	pthread_condattr_setclock(&how, CLOCK_MONOTONIC);
	pthread_cond_init(c, &how);
	pthread_condattr_destroy(&how);
}

enum status ticker_start(const struct ticker_config *cfg, struct ticker **ret, struct error *reterr)
{
	struct ticker *t = calloc(1, sizeof *t);

	if (t == NULL)
		return FAIL_INTERNAL(reterr);
	t->cfg = *cfg;
	pthread_mutex_init(&t->guard, NULL);
	make_condition(&t->stop);
	if (pthread_create(&t->thread, NULL, loop, t) != 0) {
		pthread_cond_destroy(&t->stop);
		pthread_mutex_destroy(&t->guard);
		free(t);
		return FAIL_INTERNAL(reterr);
	}
	*ret = t;
	return OK;
}

void ticker_stop(struct ticker *t)
{
	if (t == NULL)
		return;
	pthread_mutex_lock(&t->guard);
	t->stopping = true;
	pthread_cond_signal(&t->stop);
	pthread_mutex_unlock(&t->guard);
	(void)pthread_join(t->thread, NULL);
	pthread_cond_destroy(&t->stop);
	pthread_mutex_destroy(&t->guard);
	free(t);
}
