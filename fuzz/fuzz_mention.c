/* Whatever is typed: stored, given back and typed again it is stored alike, and no token shows. */
#include <stdlib.h>
#include <string.h>

#include "analysis/mention.h"

static const struct mention_known KNOWN[] = {
	{ 1, { { 1, 2, 3 } }, "Jan de Boer", "Boer", true },
	{ 2, { { 4, 5, 6 } }, "Loods] @BV", NULL, true },
	{ 3, { { 7, 8, 9 } }, "12-ZZZ-3", NULL, false },
	{ 4, { { 9, 9, 9 } }, "Jan", NULL, true },
};
enum { KNOWN_COUNT = 4, BYTES_MAX = 8192 };

static void demand(bool holds)
{
	if (!holds)
		abort(); // allow abort: this is how a fuzz target says no
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct mention_text once, twice;
	struct arena a;

	if (size > BYTES_MAX || memchr(data, '\0', size) != NULL)
		return 0;
	arena_init(&a, 64 << 20);
	const char *typed = arena_strndup(&a, (const char *)data, size);
	mention_read(&a, typed, KNOWN, KNOWN_COUNT, &once);
	demand(once.mention_count <= KNOWN_COUNT);
	mention_read(&a, mention_typed(&a, once.stored, KNOWN, KNOWN_COUNT), KNOWN, KNOWN_COUNT,
	             &twice);
	demand(strcmp(once.stored, twice.stored) == 0);
	demand(once.mention_count == twice.mention_count);
	const char *plain = mention_plain(&a, once.stored, KNOWN, 0);
	demand(strchr(plain, 2) == NULL && strchr(plain, 3) == NULL);
	if (once.mention_count > 0)
		demand(strstr(plain, MENTION_BLANK) != NULL);
	arena_reset(&a);
	return 0;
}
