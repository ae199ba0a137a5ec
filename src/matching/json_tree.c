#include "matching/json_tree.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "matching/csv.h"

struct reader {
	struct arena *arena;
	const char *at, *end;
	int line, depth;
	const char *wrong; /* what was expected where reading stopped */
};

static struct json *read_value(struct reader *r);

static void *stop(struct reader *r, const char *wrong)
{
	if (r->wrong == NULL)
		r->wrong = wrong;
	return NULL;
}

static void skip_space(struct reader *r)
{
	while (r->at < r->end && strchr(" \t\r\n", *r->at) != NULL && *r->at != '\0') {
		r->line += *r->at == '\n';
		r->at++;
	}
}

static bool take(struct reader *r, char c)
{
	skip_space(r);
	if (r->at >= r->end || *r->at != c)
		return false;
	r->at++;
	return true;
}

static struct json *new_node(struct reader *r, enum json_kind kind)
{
	struct json *n = ARENA_NEW(r->arena, struct json);

	n->kind = kind;
	n->line = r->line;
	return n;
}

/* Strings in models need no escapes but these; \u is refused with words. */
static bool unescape(char c, char *ret)
{
	static const char FROM[] = "\"\\/bfnrt", TO[] = "\"\\/\b\f\n\r\t";
	const char *found = c == '\0' ? NULL : strchr(FROM, c);

	if (found != NULL)
		*ret = TO[found - FROM];
	return found != NULL;
}

static const char *read_string(struct reader *r)
{
	size_t length = 0;

	if (!take(r, '"'))
		return stop(r, "een tekst tussen aanhalingstekens");
	const char *close = r->at;
	while (close < r->end && *close != '"')
		close += *close == '\\' && close + 1 < r->end ? 2 : 1;
	if (close >= r->end)
		return stop(r, "een aanhalingsteken dat de tekst sluit");
	char *text = arena_alloc(r->arena, (size_t)(close - r->at) + 1);
	while (r->at < close) {
		char c = *r->at++;
		if ((unsigned char)c < 0x20)
			return stop(r, "een tekst zonder stuurtekens");
		if (c == '\\' && !unescape(*r->at++, &c))
			return stop(r, "een gewoon teken in plaats van \\u");
		text[length++] = c;
	}
	r->at = close + 1;
	return text;
}

static struct json *read_number(struct reader *r)
{
	char digits[40], *stopped = NULL;
	size_t n = 0;

	while (r->at < r->end && n < sizeof(digits) - 1 && *r->at != '\0' &&
	       strchr("+-.eE0123456789", *r->at) != NULL)
		digits[n++] = *r->at++;
	digits[n] = '\0';
	struct json *node = new_node(r, JSON_NUMBER);
	node->number = strtod(digits, &stopped);
	if (n == 0 || *stopped != '\0' || node->number > 1e18 || node->number < -1e18)
		return stop(r, "een getal");
	return node;
}

static struct json *read_word(struct reader *r, const char *word, enum json_kind kind)
{
	size_t n = strlen(word);

	if ((size_t)(r->end - r->at) < n || memcmp(r->at, word, n) != 0)
		return stop(r, "true, false of null");
	r->at += n;
	return new_node(r, kind);
}

static bool has_key(const struct json *object, const char *key)
{
	return json_member(object, key) != NULL;
}

/* Elements up to the closing sign; members carry a key. */
static struct json *read_children(struct reader *r, enum json_kind kind, char close)
{
	struct json *parent = new_node(r, kind), **to = &parent->first;

	if (++r->depth > JSON_DEPTH_MAX)
		return stop(r, "minder diep geneste delen");
	if (take(r, close)) {
		r->depth--;
		return parent;
	}
	do {
		const char *key = NULL;
		if (kind == JSON_OBJECT) {
			key = read_string(r);
			if (key == NULL)
				return NULL;
			if (has_key(parent, key))
				return stop(r, "elke sleutel een keer");
			if (!take(r, ':'))
				return stop(r, "een dubbele punt");
		}
		struct json *child = read_value(r);
		if (child == NULL)
			return NULL;
		child->key = key;
		*to = child;
		to = &child->next;
		parent->count++;
	} while (take(r, ','));
	r->depth--;
	return take(r, close) ? parent : stop(r, close == '}' ? "een }" : "een ]");
}

static struct json *read_value(struct reader *r)
{
	skip_space(r);
	if (r->at >= r->end)
		return stop(r, "een waarde");
	switch (*r->at) {
	case '{':
		r->at++;
		return read_children(r, JSON_OBJECT, '}');
	case '[':
		r->at++;
		return read_children(r, JSON_ARRAY, ']');
	case '"': {
		const char *text = read_string(r);
		if (text == NULL)
			return NULL;
		struct json *n = new_node(r, JSON_STRING);
		n->text = text;
		return n;
	}
	case 't':
		return read_word(r, "true", JSON_TRUE);
	case 'f':
		return read_word(r, "false", JSON_FALSE);
	case 'n':
		return read_word(r, "null", JSON_NULL);
	default:
		return read_number(r);
	}
}

enum status json_parse(struct arena *a, const char *text, size_t bytes, const struct json **ret,
                       struct error *reterr)
{
	struct reader r = { .arena = a, .at = text, .end = text + bytes, .line = 1 };

	if (!csv_is_utf8(text, bytes))
		return FAIL(reterr, ERR_INVALID, "Het model is geen UTF-8. Bewaar het opnieuw.");
	const struct json *root = read_value(&r);
	skip_space(&r);
	if (root != NULL && r.at < r.end)
		(void)stop(&r, "het einde van het bestand");
	if (r.wrong != NULL)
		return FAIL(reterr, ERR_INVALID, "Model, regel %d: hier hoort %s te staan.", r.line,
		            r.wrong);
	*ret = root;
	return OK;
}

const struct json *json_member(const struct json *object, const char *key)
{
	if (object == NULL || object->kind != JSON_OBJECT)
		return NULL;
	for (const struct json *m = object->first; m != NULL; m = m->next)
		if (strcmp(m->key, key) == 0)
			return m;
	return NULL;
}
