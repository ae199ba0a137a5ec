#include "cli/match_progress.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

enum { SHORT_RUN_TICKS = 5, TICK_MS = 100 };

static const char *const STAGES[] = {
	[PROGRESS_BEGIN] = "Beginnen",
	[PROGRESS_READ] = "Lezen",
	[PROGRESS_COMPARE] = "Vergelijken",
	[PROGRESS_WEIGH] = "Wegen",
};

static void show(const struct progress *p)
{
	uint64_t total = atomic_load_explicit(&p->total, memory_order_relaxed);
	uint64_t done = atomic_load_explicit(&p->done, memory_order_relaxed);
	int percent = total == 0 ? 0 : (int)(done * 100 / total);

	(void)fprintf(stderr, "\r%s: %d %%          ",
	              STAGES[atomic_load_explicit(&p->stage, memory_order_relaxed)],
	              percent > 100 ? 100 : percent);
}

/* Nothing in the first half second: a short run needs no line. */
static void *show_until_end(void *arg)
{
	struct shown_progress *s = arg;
	const struct timespec tick = { .tv_nsec = TICK_MS * 1000000L };
	bool shown = false;

	for (int ticks = 1; !s->ending; ticks++) {
		(void)nanosleep(&tick, NULL);
		if (ticks % SHORT_RUN_TICKS != 0 || s->ending)
			continue;
		show(&s->progress);
		shown = true;
	}
	if (shown)
		(void)fputs("\r                              \r", stderr);
	return NULL;
}

void shown_progress_start(struct shown_progress *s, bool quiet)
{
	*s = (struct shown_progress){ .started = false };
	if (!quiet && isatty(STDERR_FILENO))
		s->started = pthread_create(&s->thread, NULL, show_until_end, s) == 0;
}

void shown_progress_end(struct shown_progress *s)
{
	s->ending = true;
	if (s->started)
		(void)pthread_join(s->thread, NULL);
	s->started = false;
}
