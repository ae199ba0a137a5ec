/* Property: files lie inside what was sent, texts are valid UTF-8, and nothing is taken that
 * doesn't start with its boundary. The first byte of the input is the boundary's length. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

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
	const unsigned char *at = v->file.bytes;
	if (at < bytes || v->file.len > len || at + v->file.len > bytes + len)
		abort();
	if (!input_is_utf8(v->file_name, strlen(v->file_name)))
		abort();
}

static bool read_at(void *context, size_t at, void *to, size_t len)
{
	const struct byte_source *whole = context;

	return source_read(whole, at, to, len);
}

/* What lies on disk and comes in pieces says the same as what lies in memory. */
static void same_in_pieces(struct arena *a, const char *boundary, struct byte_source *whole,
                           enum status st, const struct input *in)
{
	const struct byte_source pieces = { .len = whole->len, .read = read_at, .context = whole };
	struct input again;
	struct error e;

	if (input_multipart(a, boundary, &pieces, &again, &e) != st)
		abort();
	for (size_t i = 0; st == OK && i < in->count; i++) {
		const struct input_value *x = &in->values[i], *y = &again.values[i];
		const size_t at =
		    x->kind == INPUT_FILE ? (size_t)(x->file.bytes - whole->bytes) : 0;
		if (again.count != in->count || x->kind != y->kind ||
		    strcmp(x->path, y->path) != 0 || strcmp(x->text, y->text) != 0 ||
		    x->file.len != y->file.len || y->file.from != at)
			abort();
	}
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
	struct byte_source body = source_bytes(bytes, len);
	const enum status st = input_multipart(&a, boundary, &body, &in, &e);
	same_in_pieces(&a, boundary, &body, st, &in);
	if (st == OK) {
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
