#include "platform/http/collect.h"

#include <assert.h>

#include "platform/core/limits.h"

enum status fail_unreadable(struct error *reterr, const char *cause)
{
	(void)FAIL(reterr, ERR_INVALID,
	           "Wij konden uw gegevens niet lezen. Ga terug en probeer het opnieuw.");
	return error_cause(reterr, "%s", cause);
}

enum status fail_too_many(struct error *reterr)
{
	return FAIL(reterr, ERR_LIMIT,
	            "Dit formulier bevat te veel velden. Verdeel het over meer keren.");
}

bool input_is_utf8(const char *bytes, size_t len)
{
	const unsigned char *p = (const unsigned char *)bytes, *end = p + len;

	while (p < end) {
		unsigned c = *p++;
		if (c == 0)
			return false;
		if (c < 0x80)
			continue;
		size_t more = c >= 0xF0 ? 3 : c >= 0xE0 ? 2 : 1;
		if (c < 0xC2 || c > 0xF4 || (size_t)(end - p) < more)
			return false;
		unsigned low = 0x80,
			 high = 0xBF; /* the second byte's range: no overlong, no surrogate */
		if (c == 0xE0 || c == 0xF0)
			low = c == 0xE0 ? 0xA0 : 0x90;
		else if (c == 0xED || c == 0xF4)
			high = c == 0xED ? 0x9F : 0x8F;
		for (; more > 0; more--, low = 0x80, high = 0xBF)
			if (*p < low || *p++ > high)
				return false;
	}
	return true;
}

static size_t unify_line_ends(char *text, size_t len)
{
	const char *first = memchr(text, '\r', len);
	if (first == NULL)
		return len;

	size_t to = (size_t)(first - text);
	for (size_t from = to; from < len; from++) {
		char c = text[from];
		if (c == '\r' && from + 1 < len && text[from + 1] == '\n')
			continue;
		text[to++] = c == '\r' ? '\n' : c;
	}
	return to;
}

enum status collect_begin(struct collector *c, struct arena *a, size_t expected,
                          struct error *reterr)
{
	if (expected > LIMIT_FIELDS)
		return fail_too_many(reterr);
	*c = (struct collector){ .arena = a, .size = expected };
	c->values = ARENA_ARRAY(a, struct input_value, expected);
	return OK;
}

static enum status check_path(const char *path, struct error *reterr)
{
	if (strlen(path) <= LIMIT_PATH_BYTES)
		return OK;
	(void)FAIL(reterr, ERR_LIMIT,
	           "De naam van een veld is te lang. Ga terug en probeer het opnieuw.");
	return error_cause(reterr, "a field's path of %zu bytes", strlen(path));
}

enum status collect_text(struct collector *c, const char *path, char *text, size_t len,
                         enum input_kind kind, struct error *reterr)
{
	assert(c->count < c->size);
	enum status st = check_path(path, reterr);
	if (st != OK)
		return st;
	if (len > LIMIT_FIELD_BYTES)
		return FAIL(reterr, ERR_LIMIT, "Een van de teksten is te lang. Kort de tekst in.");
	if (!input_is_utf8(text, len) || !input_is_utf8(path, strlen(path)))
		return fail_unreadable(reterr, "a value that isn't UTF-8, or holds NUL");
	len = unify_line_ends(text, len);
	text[len] = '\0';
	c->values[c->count++] = (struct input_value){ .path = path, .text = text, .kind = kind };
	return OK;
}

enum status collect_file(struct collector *c, const struct input_value *file, struct error *reterr)
{
	assert(c->count < c->size);
	enum status st = check_path(file->path, reterr);
	if (st != OK)
		return st;
	if (strlen(file->file_name) > LIMIT_FILE_NAME_BYTES)
		return FAIL(reterr, ERR_LIMIT,
		            "De naam van een bestand is te lang. Kies een kortere naam.");
	c->values[c->count] = *file;
	c->values[c->count].kind = INPUT_FILE;
	c->values[c->count++].text = "";
	return OK;
}

void collect_end(const struct collector *c, struct input *ret)
{
	*ret = (struct input){ .values = c->values, .count = c->count };
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool percent_decode(const char *from, size_t len, bool plus, char *to, size_t *ret_len)
{
	size_t at = 0;

	for (size_t i = 0; i < len; i++) {
		char c = from[i];
		if (c == '%') {
			int high = len - i > 2 ? hex_digit(from[i + 1]) : -1;
			int low = len - i > 2 ? hex_digit(from[i + 2]) : -1;
			if (high < 0 || low < 0)
				return false;
			c = (char)(high * 16 + low);
			i += 2;
		} else if (c == '+' && plus) {
			c = ' ';
		}
		to[at++] = c;
	}
	to[at] = '\0';
	*ret_len = at;
	return true;
}
