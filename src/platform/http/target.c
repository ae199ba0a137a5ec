/* The request's target: cut at slashes, each part decoded on its own. */
#include "platform/http/router.h"

#include <assert.h>

#include "platform/core/limits.h"
#include "platform/http/collect.h"

_Static_assert(sizeof((struct target){ 0 }.segments) / sizeof(char *) == LIMIT_PATH_SEGMENTS,
               "as many segments as the limit says");

static enum status refuse(struct error *reterr, const char *cause)
{
	(void)FAIL(reterr, ERR_INVALID,
	           "Dit adres klopt niet. Kijk of u het helemaal hebt overgenomen.");
	return error_cause(reterr, "target: %s", cause);
}

static bool has_control(const char *text)
{
	for (; *text != '\0'; text++)
		if ((unsigned char)*text < 0x20 || *text == 0x7F)
			return true;
	return false;
}

static enum status add_segment(struct arena *a, struct target *t, const char *raw, size_t len,
                               struct error *reterr)
{
	size_t text_len;

	if (t->segment_count == LIMIT_PATH_SEGMENTS)
		return FAIL(reterr, ERR_LIMIT,
		            "Dit adres is te lang. Kijk of u het goed hebt overgenomen.");
	char *text = arena_alloc(a, len + 1);
	if (len == 0 || !percent_decode(raw, len, false, text, &text_len))
		return refuse(reterr, "an empty segment or a broken %");
	if (!input_is_utf8(text, text_len) || has_control(text))
		return refuse(reterr, "not UTF-8, NUL, or a control character");
	if (strchr(text, '/') != NULL || strcmp(text, ".") == 0 || strcmp(text, "..") == 0)
		return refuse(reterr, "a slash or dots inside a segment");
	t->segments[t->segment_count++] = text;
	return OK;
}

static const char *joined(struct arena *a, const struct target *t)
{
	const char *path = "";
	for (size_t i = 0; i < t->segment_count; i++)
		path = arena_printf(a, "%s/%s", path, t->segments[i]);
	return *path != '\0' ? path : "/";
}

static void take_api_prefix(struct target *t)
{
	t->api = t->segment_count >= 2 && strcmp(t->segments[0], "api") == 0 &&
	         strcmp(t->segments[1], "v1") == 0;
	if (!t->api)
		return;
	t->segment_count -= 2;
	memmove(t->segments, t->segments + 2, t->segment_count * sizeof(t->segments[0]));
}

enum status target_read(struct arena *a, const char *raw, struct target *ret, struct error *reterr)
{
	assert(raw != NULL);
	*ret = (struct target){ .path = "/", .query = "" };
	if (strlen(raw) > LIMIT_TARGET_BYTES)
		return FAIL(reterr, ERR_LIMIT,
		            "Dit adres is te lang. Gebruik minder filters tegelijk.");
	if (raw[0] != '/' || strchr(raw, '#') != NULL)
		return refuse(reterr, "it doesn't start with a slash, or holds a #");

	size_t path_len = strcspn(raw, "?");
	for (size_t at = 1; at < path_len;) {
		const char *slash = memchr(raw + at, '/', path_len - at);
		size_t end = slash != NULL ? (size_t)(slash - raw) : path_len;
		enum status st = add_segment(a, ret, raw + at, end - at, reterr);
		if (st != OK)
			return st;
		at = end + 1;
		ret->trailing_slash = slash != NULL && at == path_len;
	}
	take_api_prefix(ret);
	ret->path = joined(a, ret);
	if (raw[path_len] == '?')
		ret->query = arena_strdup(a, raw + path_len + 1);
	return OK;
}

static void append_encoded(struct arena *a, const char **path, const char *text, size_t len)
{
	static const char hex[] = "0123456789ABCDEF";
	char *to = arena_alloc(a, len * 3 + 1), *at = to;

	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)text[i];
		bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
		             (c >= 'A' && c <= 'Z') || c == '-' || c == '_' || c == '.' || c == '~';
		if (plain) {
			*at++ = (char)c;
			continue;
		}
		*at++ = '%';
		*at++ = hex[c >> 4];
		*at++ = hex[c & 15];
	}
	*path = arena_printf(a, "%s%s", *path, to);
}

const char *http_path(struct arena *a, const char *pattern, const char *const *values)
{
	const char *path = "";

	assert(pattern != NULL);
	while (*pattern != '\0') {
		size_t plain = strcspn(pattern, "{");
		path = arena_printf(a, "%s%.*s", path, (int)plain, pattern);
		pattern += plain;
		if (*pattern == '\0')
			break;
		append_encoded(a, &path, *values, strlen(*values));
		values++;
		pattern = strchr(pattern, '}') + 1;
	}
	return path;
}
