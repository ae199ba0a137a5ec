#include "matching/threads.h"

#include <assert.h>
#include <pthread.h>
#include <stdbool.h>
#include <unistd.h>

struct share {
	void (*work)(int share, void *arg);
	void *arg;
	int index;
	bool started;
	pthread_t thread;
};

int threads_available(void)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);
	if (n < 1)
		return 1;
	return n > THREADS_MAX ? THREADS_MAX : (int)n;
}

static void *run_share(void *arg)
{
	struct share *s = arg;
	s->work(s->index, s->arg);
	return NULL;
}

void threads_run(int count, void (*work)(int share, void *arg), void *arg)
{
	struct share shares[THREADS_MAX];

	assert(count >= 1 && count <= THREADS_MAX);
	for (int i = 0; i < count; i++)
		shares[i] = (struct share){ .work = work, .arg = arg, .index = i };
	for (int i = 1; i < count; i++)
		shares[i].started =
		    pthread_create(&shares[i].thread, NULL, run_share, &shares[i]) == 0;
	(void)run_share(&shares[0]);
	for (int i = 1; i < count; i++) {
		if (shares[i].started)
			(void)pthread_join(shares[i].thread, NULL);
		else
			(void)run_share(&shares[i]);
	}
}
