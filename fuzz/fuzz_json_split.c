/* Property: the slices lie one behind the other inside the text, each from a brace to a brace, and a
 * list made of them again splits into the same. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "platform/core/arena.h"
#include "platform/http/json_split.h"

enum { MAX = 64 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const char *text, size_t size, const struct json_slice *slices, size_t count)
{
	const char *from = text;

	for (size_t i = 0; i < count; i++) {
		const struct json_slice *s = &slices[i];
		if (s->bytes < from || s->len < 2 || s->bytes + s->len > text + size)
			abort();
		if (s->bytes[0] != '{' || s->bytes[s->len - 1] != '}')
			abort();
		from = s->bytes + s->len;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct json_slice first[MAX], again[MAX];
	size_t count = 0, count_again = 0, len = 0;
	struct error e = { 0 };
	struct arena a;
	const char *text = (const char *)data;

	if (json_split(text, size, MAX, first, &count, &e) != OK)
		return 0;
	check(text, size, first, count);
	arena_init(&a, (size_t)16 << 20);
	char *list = arena_alloc(&a, size + MAX + 3);
	list[len++] = '[';
	for (size_t i = 0; i < count; i++) {
		if (i > 0)
			list[len++] = ',';
		memcpy(list + len, first[i].bytes, first[i].len);
		len += first[i].len;
	}
	list[len++] = ']';
	if (json_split(list, len, MAX, again, &count_again, &e) != OK || count_again != count)
		abort();
	for (size_t i = 0; i < count; i++)
		if (again[i].len != first[i].len ||
		    memcmp(again[i].bytes, first[i].bytes, first[i].len) != 0)
			abort();
	arena_reset(&a);
	return 0;
}
