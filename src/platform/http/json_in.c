/*
 * JSON bodies, read with jansson and flattened to paths: the only file that includes it.
 *
 * A cheap count of depth and values runs first, since jansson spends 250 bytes on "{}" and
 * has no limit of its own that fits us. The tree lives and dies in input_json().
 */
#include "platform/http/input.h"

#include <assert.h>
#include <inttypes.h>
#include <jansson.h>

#include "platform/core/limits.h"
#include "platform/http/collect.h"

struct shape {
	size_t values, depth;
};

/* Counts brackets and commas outside strings. Says nothing about what is well-formed. */
static struct shape shape_of(const char *bytes, size_t len)
{
	struct shape s = { 1, 0 };
	size_t depth = 0;
	bool quoted = false;

	for (size_t i = 0; i < len; i++) {
		char c = bytes[i];
		if (quoted && c == '\\') {
			i++;
		} else if (c == '"') {
			quoted = !quoted;
		} else if (!quoted && (c == '{' || c == '[')) {
			s.values++;
			depth++;
			s.depth = depth > s.depth ? depth : s.depth;
		} else if (!quoted && (c == '}' || c == ']')) {
			depth -= depth > 0;
		} else if (!quoted && c == ',') {
			s.values++;
		}
	}
	return s;
}

static enum status walk(struct collector *c, const char *path, json_t *value, struct error *reterr);

/* A key with these would be read as another path. */
static bool key_is_plain(const char *key)
{
	return key[0] != '\0' && strpbrk(key, ".[]") == NULL;
}

static enum status walk_object(struct collector *c, const char *path, json_t *object,
                               struct error *reterr)
{
	const char *key;
	json_t *value;

	json_object_foreach(object, key, value)
	{
		if (!key_is_plain(key))
			return fail_unreadable(reterr,
			                       "json: a key that is empty or holds . [ or ]");
		const char *at = *path == '\0' ? arena_strdup(c->arena, key)
		                               : arena_printf(c->arena, "%s.%s", path, key);
		enum status st = walk(c, at, value, reterr);
		if (st != OK)
			return st;
	}
	return OK;
}

static enum status walk_array(struct collector *c, const char *path, json_t *array,
                              struct error *reterr)
{
	for (size_t i = 0; i < json_array_size(array); i++) {
		const char *at = arena_printf(c->arena, "%s[%zu]", path, i);
		enum status st = walk(c, at, json_array_get(array, i), reterr);
		if (st != OK)
			return st;
	}
	return OK;
}

static enum status leaf(struct collector *c, const char *path, const char *text, size_t len,
                        enum input_kind kind, struct error *reterr)
{
	return collect_text(c, path, arena_strndup(c->arena, text, len), len, kind, reterr);
}

static enum status walk(struct collector *c, const char *path, json_t *value, struct error *reterr)
{
	char digits[40];

	switch (json_typeof(value)) {
	case JSON_OBJECT:
		return walk_object(c, path, value, reterr);
	case JSON_ARRAY:
		return walk_array(c, path, value, reterr);
	case JSON_STRING:
		return leaf(c, path, json_string_value(value), json_string_length(value),
		            INPUT_TEXT, reterr);
	case JSON_INTEGER:
		(void)snprintf(digits, sizeof digits, "%" JSON_INTEGER_FORMAT,
		               json_integer_value(value));
		return leaf(c, path, digits, strlen(digits), INPUT_NUMBER, reterr);
	case JSON_REAL:
		(void)snprintf(digits, sizeof digits, "%.17g", json_real_value(value));
		return leaf(c, path, digits, strlen(digits), INPUT_NUMBER, reterr);
	case JSON_TRUE:
		return leaf(c, path, "true", 4, INPUT_BOOL, reterr);
	case JSON_FALSE:
		return leaf(c, path, "false", 5, INPUT_BOOL, reterr);
	case JSON_NULL:
		return leaf(c, path, "", 0, INPUT_NULL, reterr);
	}
	return FAIL_INTERNAL(reterr);
}

enum status input_json(struct arena *a, const char *bytes, size_t len, struct input *ret,
                       struct error *reterr)
{
	struct collector c;
	json_error_t why;

	assert(bytes != NULL || len == 0);
	*ret = (struct input){ 0 };
	struct shape shape = shape_of(bytes, len);
	if (shape.depth > LIMIT_JSON_DEPTH)
		return FAIL(reterr, ERR_LIMIT,
		            "De gegevens zijn te diep genest. Stuur ze in minder lagen.");
	enum status st = collect_begin(&c, a, shape.values, reterr);
	if (st != OK)
		return st;
	json_t *root = json_loadb(bytes, len, JSON_REJECT_DUPLICATES, &why);
	if (root == NULL) {
		(void)fail_unreadable(reterr, "");
		return error_cause(reterr, "json: %s, line %d, column %d", why.text, why.line,
		                   why.column);
	}
	st = json_is_object(root) ? walk_object(&c, "", root, reterr)
	                          : fail_unreadable(reterr, "json: not an object");
	json_decref(root);
	if (st == OK)
		collect_end(&c, ret);
	return st;
}
