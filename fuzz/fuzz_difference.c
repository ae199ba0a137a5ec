/* Both texts can be read back from the pieces, to the byte. Input: two texts with a NUL between. */
#include <assert.h>
#include <stdint.h>

#include "platform/view/difference.h"

static void read_back(struct array pieces, enum piece_kind own, const char *text)
{
	const struct difference_piece *p = pieces.items;
	for (size_t i = 0; i < pieces.count; i++) {
		if (p[i].kind != PIECE_SAME && p[i].kind != own)
			continue;
		size_t len = strlen(p[i].text);
		assert(strncmp(text, p[i].text, len) == 0);
		text += len;
	}
	assert(*text == '\0');
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a;

	if (size > 4096)
		return 0;
	arena_init(&a, 64 << 20);
	const char *both = arena_strndup(&a, (const char *)data, size);
	size_t len = strlen(both);
	const char *after = len < size ? both + len + 1 : "";
	struct array pieces = difference_words(&a, both, after);
	read_back(pieces, PIECE_REMOVED, both);
	read_back(pieces, PIECE_ADDED, after);
	arena_reset(&a);
	return 0;
}
