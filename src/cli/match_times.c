#include "cli/match_times.h"

#include <stdio.h>
#include <stdlib.h>

#include "platform/core/clock.h"

struct match_start match_times_start(void)
{
	return (struct match_start){ clock_monotonic_ns(), clock_thread_ns() };
}

struct match_took match_times_since(struct match_start start)
{
	return (struct match_took){ (float)(clock_monotonic_ns() - start.wall_ns) / 1000000,
		                    (float)(clock_thread_ns() - start.processor_ns) / 1000000 };
}

static int sooner(const void *a, const void *b)
{
	const struct match_took *x = a, *y = b;

	return (x->wall_ms > y->wall_ms) - (x->wall_ms < y->wall_ms);
}

static int cheaper(const void *a, const void *b)
{
	const struct match_took *x = a, *y = b;

	return (x->processor_ms > y->processor_ms) - (x->processor_ms < y->processor_ms);
}

void match_times_tell(const char *what, struct match_took *took, size_t count)
{
	if (count == 0)
		return;
	qsort(took, count, sizeof(*took), sooner);
	(void)fprintf(stderr, "%s, %zu keer: p50 %.4f ms, p99 %.4f ms, langste %.4f ms", what,
	              count, (double)took[count / 2].wall_ms,
	              (double)took[count * 99 / 100].wall_ms, (double)took[count - 1].wall_ms);
	qsort(took, count, sizeof(*took), cheaper);
	(void)fprintf(stderr, "; rekentijd p50 %.4f ms, p99 %.4f ms.\n",
	              (double)took[count / 2].processor_ms,
	              (double)took[count * 99 / 100].processor_ms);
}
