#include "matching/threads.h"

#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <unistd.h>

#include "matching/bigarray.h"

enum { LOOKS = 1000 /* before sleeping: tens of microseconds */ };

struct member {
	struct threads *of;
	int share;
	bool started;
	pthread_t thread;
};

struct threads {
	int count;
	atomic_uint round; /* one higher for each work; changed with the lock held */
	atomic_int busy;   /* started threads that haven't done their share yet */
	bool ending;
	void (*work)(int share, void *arg);
	void *arg;
	pthread_mutex_t lock;
	pthread_cond_t begun, done;
	struct member members[THREADS_MAX]; /* [0] is the caller */
};

int threads_available(void)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);
	if (n < 1)
		return 1;
	return n > THREADS_MAX ? THREADS_MAX : (int)n;
}

/* Some hundred cycles of doing nothing, which leaves the core to its other half. */
static void look_again(void)
{
#if defined(__x86_64__) || defined(__i386__)
	__builtin_ia32_pause();
#else
	atomic_signal_fence(memory_order_seq_cst);
#endif
}

static void wait_for_round(struct threads *t, unsigned seen)
{
	for (int i = 0; i < LOOKS && atomic_load(&t->round) == seen; i++)
		look_again();
	if (atomic_load(&t->round) != seen)
		return;
	(void)pthread_mutex_lock(&t->lock);
	while (atomic_load(&t->round) == seen)
		(void)pthread_cond_wait(&t->begun, &t->lock);
	(void)pthread_mutex_unlock(&t->lock);
}

static void *serve(void *arg)
{
	const struct member *m = arg;
	struct threads *t = m->of;

	for (unsigned seen = 0;; seen++) {
		wait_for_round(t, seen);
		if (t->ending)
			return NULL;
		t->work(m->share, t->arg);
		if (atomic_fetch_sub(&t->busy, 1) > 1)
			continue;
		(void)pthread_mutex_lock(&t->lock);
		(void)pthread_cond_signal(&t->done);
		(void)pthread_mutex_unlock(&t->lock);
	}
}

static void begin_round(struct threads *t)
{
	(void)pthread_mutex_lock(&t->lock);
	(void)atomic_fetch_add(&t->round, 1);
	(void)pthread_cond_broadcast(&t->begun);
	(void)pthread_mutex_unlock(&t->lock);
}

static void wait_for_all(struct threads *t)
{
	for (int i = 0; i < LOOKS && atomic_load(&t->busy) > 0; i++)
		look_again();
	if (atomic_load(&t->busy) == 0)
		return;
	(void)pthread_mutex_lock(&t->lock);
	while (atomic_load(&t->busy) > 0)
		(void)pthread_cond_wait(&t->done, &t->lock);
	(void)pthread_mutex_unlock(&t->lock);
}

struct threads *threads_start(int count)
{
	struct threads *t = block_alloc(1, sizeof(*t));

	assert(count >= 1 && count <= THREADS_MAX);
	t->count = count;
	(void)pthread_mutex_init(&t->lock, NULL);
	(void)pthread_cond_init(&t->begun, NULL);
	(void)pthread_cond_init(&t->done, NULL);
	for (int i = 1; i < count; i++) {
		struct member *m = &t->members[i];
		*m = (struct member){ .of = t, .share = i };
		m->started = pthread_create(&m->thread, NULL, serve, m) == 0;
	}
	return t;
}

void threads_each(struct threads *t, void (*work)(int share, void *arg), void *arg)
{
	int started = 0;

	for (int i = 1; i < t->count; i++)
		started += t->members[i].started;
	t->work = work;
	t->arg = arg;
	atomic_store(&t->busy, started);
	if (started > 0)
		begin_round(t);
	work(0, arg);
	for (int i = 1; i < t->count; i++)
		if (!t->members[i].started)
			work(i, arg);
	wait_for_all(t);
}

void threads_stop(struct threads *t)
{
	if (t == NULL)
		return;
	t->ending = true;
	begin_round(t);
	for (int i = 1; i < t->count; i++)
		if (t->members[i].started)
			(void)pthread_join(t->members[i].thread, NULL);
	(void)pthread_cond_destroy(&t->begun);
	(void)pthread_cond_destroy(&t->done);
	(void)pthread_mutex_destroy(&t->lock);
	block_free(t);
}

void threads_run(int count, void (*work)(int share, void *arg), void *arg)
{
	struct threads *t = threads_start(count);

	threads_each(t, work, arg);
	threads_stop(t);
}
