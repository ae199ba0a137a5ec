#include "platform/core/memory.h"

#include <malloc.h>
#include <stdlib.h>
#include <unistd.h>

enum { KEEP_BYTES = 2 * 1024 * 1024, OWN_PAGES_BYTES = 1024 * 1024, ARENAS = 2 };

/* Where a setting is refused the defaults stand, which are slower and as right. */
void memory_keep(void)
{
	(void)mallopt(M_TRIM_THRESHOLD, KEEP_BYTES);
	(void)mallopt(M_MMAP_THRESHOLD, OWN_PAGES_BYTES);
	(void)mallopt(M_ARENA_MAX, ARENAS);
}

void memory_exhausted(void)
{
	static const char SAID[] = "plein: out of memory\n";

	if (write(STDERR_FILENO, SAID, sizeof(SAID) - 1) < 0)
		abort();
	abort();
}
