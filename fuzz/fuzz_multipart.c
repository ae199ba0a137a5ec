/* Property: files lie inside what was sent, texts are valid UTF-8, and nothing is taken that
 * doesn't start with its boundary. The first byte of the input is the boundary's length. */
#include <stdint.h>
#include <stdlib.h>

#include "platform/core/limits.h"
#include "platform/http/input.h"

static void check(const struct input_value *v, const unsigned char *bytes, size_t len)
{
	if (!input_is_utf8(v->path, strlen(v->path)) || *v->path == '\0')
		abort();
	if (v->kind == INPUT_TEXT && !input_is_utf8(v->text, strlen(v->text)))
		abort();
	if (v->kind != INPUT_FILE)
		return;
	if (v->bytes < bytes || v->len > len || v->bytes + v->len > bytes + len)
		abort();
	if (!input_is_utf8(v->file_name, strlen(v->file_name)))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a;
	struct input in;
	struct error e;

	if (size < 1 || data[0] % 8 + 1U > size)
		return 0;
	arena_init(&a, (size_t)64 << 20);
	size_t boundary_len = data[0] % 8;
	const char *boundary = arena_strndup(&a, (const char *)data + 1, boundary_len);
	const unsigned char *bytes = data + 1 + boundary_len;
	size_t len = size - 1 - boundary_len;
	if (input_multipart(&a, boundary, (const char *)bytes, len, &in, &e) == OK) {
		if (len < strlen(boundary) + 2 || bytes[0] != '-' || in.count > LIMIT_FIELDS)
			abort();
		for (size_t i = 0; i < in.count; i++)
			check(&in.values[i], bytes, len);
	} else if (e.message[0] == '\0') {
		abort();
	}
	arena_reset(&a);
	return 0;
}
