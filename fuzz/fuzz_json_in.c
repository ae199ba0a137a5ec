/* Property: what is taken is a flat list of texts that are valid UTF-8, no path comes twice, and
 * every number reads back as a number. */
#include <stdint.h>
#include <stdlib.h>

#include "platform/core/limits.h"
#include "platform/http/input.h"

static void check(const struct input *in, size_t i)
{
	const struct input_value *v = &in->values[i];

	if (!input_is_utf8(v->text, strlen(v->text)) || !input_is_utf8(v->path, strlen(v->path)))
		abort();
	if (*v->path == '\0' || input_at(in, v->path) != v)
		abort(); /* input_at finds the first: so there is no earlier one */
	if (v->kind == INPUT_NUMBER) {
		char *end;
		(void)strtod(v->text, &end);
		if (end == v->text || *end != '\0')
			abort();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a;
	struct input in;
	struct error e;

	arena_init(&a, (size_t)64 << 20);
	if (input_json(&a, (const char *)data, size, &in, &e) == OK) {
		if (in.count > LIMIT_FIELDS)
			abort();
		for (size_t i = 0; i < in.count; i++)
			check(&in, i);
	} else if (e.message[0] == '\0') {
		abort();
	}
	arena_reset(&a);
	return 0;
}
