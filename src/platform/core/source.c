#include "platform/core/source.h"

#include <assert.h>
#include <string.h>

struct byte_source source_bytes(const void *bytes, size_t len)
{
	return (struct byte_source){ .len = len, .bytes = bytes };
}

struct byte_source source_part(const struct byte_source *whole, size_t at, size_t len)
{
	struct byte_source part = *whole;

	assert(at <= whole->len && len <= whole->len - at);
	part.len = len;
	if (part.bytes != NULL)
		part.bytes += at;
	else
		part.from += at;
	return part;
}

bool source_read(const struct byte_source *s, size_t at, void *to, size_t len)
{
	if (at > s->len || len > s->len - at)
		return false;
	if (len == 0)
		return true;
	if (s->bytes == NULL)
		return s->read(s->context, s->from + at, to, len);
	memcpy(to, s->bytes + at, len);
	return true;
}

void source_window_open(struct source_window *w, const struct byte_source *s)
{
	w->source = s;
	w->at = 0;
	w->len = 0;
	w->broken = false;
}

static bool holds(const struct source_window *w, size_t at, size_t want)
{
	return at >= w->at && at - w->at < w->len && w->len - (at - w->at) >= want;
}

static bool move_to(struct source_window *w, size_t at)
{
	const size_t behind = at < WINDOW_BEHIND_BYTES ? at : WINDOW_BEHIND_BYTES;
	const size_t left = w->source->len - (at - behind);

	w->at = at - behind;
	w->len = left < WINDOW_BYTES ? left : WINDOW_BYTES;
	if (source_read(w->source, w->at, w->held, w->len))
		return true;
	w->len = 0;
	w->broken = true;
	return false;
}

const unsigned char *source_look(struct source_window *w, size_t at, size_t want, size_t *ret_len)
{
	const struct byte_source *s = w->source;

	assert(want > 0 && want <= WINDOW_BYTES - WINDOW_BEHIND_BYTES);
	*ret_len = 0;
	if (at > s->len || want > s->len - at)
		return NULL;
	if (s->bytes != NULL) {
		*ret_len = s->len - at;
		return s->bytes + at;
	}
	if (!holds(w, at, want) && !move_to(w, at))
		return NULL;
	*ret_len = w->len - (at - w->at);
	return w->held + (at - w->at);
}
