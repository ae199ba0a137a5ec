/* Layout, all big-endian, written as lower-case hexadecimal: version 1, direction, four bytes that
 * tell list and order apart, four bytes start, then each key: eight bytes, or two bytes length and
 * UTF-8. */
#include "platform/view/list.h"

#include <assert.h>

#include "platform/view/value.h"

enum { CURSOR_VERSION = 1, HEAD_BYTES = 10 };

static uint32_t fingerprint(const struct list *list, const struct list_sort *sort)
{
	/* FNV-1a: a slip (another list's cursor) is found, a forger isn't stopped. */
	uint32_t hash = 2166136261u;
	const char *const names[] = { list->name, "/", sort->name };
	for (size_t i = 0; i < 3; i++)
		for (const char *at = names[i]; *at != '\0'; at++)
			hash = (hash ^ (unsigned char)*at) * 16777619u;
	return hash;
}

static bool is_text(const struct list *list, const struct list_key *key)
{
	const struct view_field *f = view_field_named(list->row, key->field);
	assert(f != NULL && "a sort key that the row's view lacks");
	return f->kind == VIEW_TEXT || f->kind == VIEW_REF;
}

static void put_number(struct out *o, uint64_t n, int bytes)
{
	for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8) {
		char byte = (char)(unsigned char)(n >> shift & 255);
		out_raw(o, &byte, 1);
	}
}

static const char *hex(struct arena *a, const char *bytes, size_t len)
{
	static const char digits[] = "0123456789abcdef";
	char *text = arena_alloc(a, 2 * len + 1);
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)bytes[i];
		text[2 * i] = digits[c >> 4];
		text[2 * i + 1] = digits[c & 15];
	}
	return text;
}

const char *list_cursor(struct arena *a, const struct list *list, const struct list_sort *sort,
                        const struct list_place *place)
{
	struct out o;

	out_init(&o, LIST_CURSOR_CHARS_MAX);
	put_number(&o, CURSOR_VERSION, 1);
	put_number(&o, place->backward, 1);
	put_number(&o, fingerprint(list, sort), 4);
	put_number(&o, place->start, 4);
	for (size_t i = 0; i < LIST_KEYS_MAX && sort->keys[i].field != NULL; i++) {
		const char *text = place->keys[i].text;
		if (!is_text(list, &sort->keys[i])) {
			put_number(&o, (uint64_t)place->keys[i].number, 8);
			continue;
		}
		size_t len = strlen(text);
		assert(len <= LIST_KEY_BYTES_MAX && "a sort key longer than a cursor holds");
		put_number(&o, len, 2);
		out_raw(&o, text, len);
	}
	const char *cursor = hex(a, o.data, o.len);
	out_free(&o);
	return cursor;
}

/* ---- reading: every byte counts, nothing is left over ------------------------------------------
 */

struct reader {
	const unsigned char *at, *end;
	bool fine;
};

static uint64_t take_number(struct reader *r, int bytes)
{
	uint64_t n = 0;
	r->fine = r->fine && r->end - r->at >= bytes;
	for (int i = 0; r->fine && i < bytes; i++)
		n = n << 8 | *r->at++;
	return n;
}

static const char *take_text(struct reader *r, struct arena *a)
{
	size_t len = take_number(r, 2);
	r->fine = r->fine && len <= LIST_KEY_BYTES_MAX && (size_t)(r->end - r->at) >= len &&
	          input_is_utf8((const char *)r->at, len);
	if (!r->fine)
		return "";
	const char *text = arena_strndup(a, (const char *)r->at, len);
	r->at += len;
	return text;
}

static int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool unhex(struct arena *a, const char *text, struct reader *ret)
{
	size_t len = strlen(text);
	if (len > LIST_CURSOR_CHARS_MAX || len % 2 != 0)
		return false;
	unsigned char *bytes = arena_alloc(a, len / 2 + 1);
	for (size_t i = 0; i < len / 2; i++) {
		int high = digit(text[2 * i]), low = digit(text[2 * i + 1]);
		if (high < 0 || low < 0)
			return false;
		bytes[i] = (unsigned char)(high << 4 | low);
	}
	*ret = (struct reader){ bytes, bytes + len / 2, true };
	return true;
}

bool list_cursor_read(struct arena *a, const struct list *list, const struct list_sort *sort,
                      const char *text, struct list_place *ret)
{
	struct reader r;
	struct list_place place = { 0 };

	if (!unhex(a, text, &r) || take_number(&r, 1) != CURSOR_VERSION)
		return false;
	uint64_t backward = take_number(&r, 1);
	if (backward > 1 || take_number(&r, 4) != fingerprint(list, sort))
		return false;
	place.backward = backward == 1;
	place.start = (uint32_t)take_number(&r, 4);
	for (size_t i = 0; i < LIST_KEYS_MAX && sort->keys[i].field != NULL; i++) {
		if (is_text(list, &sort->keys[i]))
			place.keys[i].text = take_text(&r, a);
		else
			place.keys[i].number = (int64_t)take_number(&r, 8);
	}
	if (!r.fine || r.at != r.end)
		return false;
	*ret = place;
	return true;
}
