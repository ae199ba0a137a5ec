/* Property: whatever is taken is valid UTF-8 without NUL or \r, within limits; encoding it again
 * and reading that gives the same list. */
#include <stdint.h>
#include <stdlib.h>

#include "platform/core/limits.h"
#include "platform/core/out.h"
#include "platform/http/input.h"

static void encode(struct out *o, const char *text)
{
	for (; *text != '\0'; text++)
		out_fmt(o, "%%%02x", (unsigned char)*text);
}

static void write_again(struct out *o, const struct input *in)
{
	for (size_t i = 0; i < in->count; i++) {
		encode(o, in->values[i].path);
		OUT_LIT(o, "=");
		encode(o, in->values[i].text);
		OUT_LIT(o, "&");
	}
}

static void same(const struct input *a, const struct input *b)
{
	if (a->count != b->count)
		abort();
	for (size_t i = 0; i < a->count; i++) {
		const struct input_value *x = &a->values[i], *y = &b->values[i];
		if (strcmp(x->path, y->path) != 0 || strcmp(x->text, y->text) != 0)
			abort();
		if (!input_is_utf8(x->text, strlen(x->text)) || strchr(x->text, '\r') != NULL ||
		    strlen(x->text) > LIMIT_FIELD_BYTES || strlen(x->path) > LIMIT_PATH_BYTES)
			abort();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a;
	struct input in, again;
	struct error e;
	struct out o;

	arena_init(&a, (size_t)64 << 20);
	out_init(&o, (size_t)16 << 20);
	if (input_urlencoded(&a, (const char *)data, size, &in, &e) == OK) {
		write_again(&o, &in);
		if (input_urlencoded(&a, o.len > 0 ? o.data : "", o.len, &again, &e) != OK)
			abort();
		same(&in, &again);
	}
	out_free(&o);
	arena_reset(&a);
	return 0;
}
