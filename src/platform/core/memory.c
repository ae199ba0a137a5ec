#include "platform/core/memory.h"

#include <stdlib.h>
#include <unistd.h>

void memory_exhausted(void)
{
	static const char SAID[] = "plein: out of memory\n";

	if (write(STDERR_FILENO, SAID, sizeof(SAID) - 1) < 0)
		abort();
	abort();
}
