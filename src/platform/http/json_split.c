#include "platform/http/json_split.h"

#include <stdbool.h>
#include <string.h>

static size_t past_space(const char *s, size_t len, size_t at)
{
	while (at < len && strchr(" \t\r\n", s[at]) != NULL && s[at] != '\0')
		at++;
	return at;
}

/* Behind the quote that closes the string that opens at `at`; len: it doesn't close. */
static size_t past_string(const char *s, size_t len, size_t at)
{
	for (at++; at < len; at++) {
		if (s[at] == '\\')
			at++;
		else if (s[at] == '"')
			return at + 1;
	}
	return len;
}

/* Behind the brace that closes the object that opens at `at`; 0: it doesn't close. */
static size_t past_object(const char *s, size_t len, size_t at)
{
	size_t depth = 0;

	while (at < len) {
		if (s[at] == '"') {
			at = past_string(s, len, at);
			continue;
		}
		depth += s[at] == '{';
		depth -= s[at] == '}' && depth > 0;
		at++;
		if (depth == 0)
			return at;
	}
	return 0;
}

static enum status not_a_list(struct error *reterr)
{
	return FAIL(reterr, ERR_INVALID,
	            "Stuur een JSON-lijst met één object per signaal: [{...}, {...}].");
}

enum status json_split(const char *bytes, size_t len, size_t max, struct json_slice *ret,
                       size_t *ret_count, struct error *reterr)
{
	size_t at = past_space(bytes, len, 0);

	*ret_count = 0;
	if (at >= len || bytes[at] != '[')
		return not_a_list(reterr);
	at = past_space(bytes, len, at + 1);
	while (at < len && bytes[at] == '{') {
		const size_t end = past_object(bytes, len, at);
		if (end == 0)
			return not_a_list(reterr);
		if (*ret_count >= max)
			return FAIL(reterr, ERR_LIMIT, "Stuur ten hoogste %zu signalen tegelijk.",
			            max);
		ret[(*ret_count)++] = (struct json_slice){ bytes + at, end - at };
		at = past_space(bytes, len, end);
		if (at >= len || bytes[at] != ',')
			break;
		at = past_space(bytes, len, at + 1);
		if (at >= len || bytes[at] != '{')
			return not_a_list(reterr);
	}
	if (at >= len || bytes[at] != ']' || past_space(bytes, len, at + 1) != len)
		return not_a_list(reterr);
	return OK;
}
