/* application/x-www-form-urlencoded and query strings: input.h promises what comes out. */
#include "platform/http/input.h"

#include <assert.h>

#include "platform/http/collect.h"

/* Decodes len bytes into a new text of the arena that holds no NUL; NULL if it can't. */
static char *decoded(struct arena *a, const char *bytes, size_t len, size_t *ret_len)
{
	char *to = arena_alloc(a, len + 1);
	if (!percent_decode(bytes, len, true, to, ret_len) || memchr(to, '\0', *ret_len) != NULL)
		return NULL;
	return to;
}

static enum status one_pair(struct collector *c, const char *pair, size_t len, struct error *reterr)
{
	const char *equals = memchr(pair, '=', len);
	size_t name_len = equals != NULL ? (size_t)(equals - pair) : len;
	size_t value_at = equals != NULL ? name_len + 1 : len;
	size_t path_len, text_len;

	const char *path = decoded(c->arena, pair, name_len, &path_len);
	char *text = decoded(c->arena, pair + value_at, len - value_at, &text_len);
	if (path == NULL || text == NULL)
		return fail_unreadable(reterr, "urlencoded: a broken % or a NUL");
	return collect_text(c, path, text, text_len, INPUT_TEXT, reterr);
}

static size_t count_of(const char *bytes, size_t len, char wanted)
{
	size_t count = 0;
	for (size_t i = 0; i < len; i++)
		count += bytes[i] == wanted;
	return count;
}

enum status input_urlencoded(struct arena *a, const char *bytes, size_t len, struct input *ret,
                             struct error *reterr)
{
	struct collector c;

	assert(bytes != NULL || len == 0);
	*ret = (struct input){ 0 };
	if (len == 0)
		return OK;
	enum status st = collect_begin(&c, a, count_of(bytes, len, '&') + 1, reterr);
	for (size_t at = 0; st == OK && at < len;) {
		const char *amp = memchr(bytes + at, '&', len - at);
		size_t end = amp != NULL ? (size_t)(amp - bytes) : len;
		if (end > at)
			st = one_pair(&c, bytes + at, end - at, reterr);
		at = end + 1;
	}
	if (st == OK)
		collect_end(&c, ret);
	return st;
}
