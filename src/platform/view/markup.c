#include "platform/view/markup.h"

#include <ctype.h>
#include <stddef.h>

static bool starts(const char *at, const char *word)
{
	return strncasecmp(at, word, strlen(word)) == 0;
}

static bool is_name(char c)
{
	return isalnum((unsigned char)c) || c == '-' || c == '_' || c == ':';
}

/* at: an attribute's name. */
static const char *attribute_fault(const char *at)
{
	size_t len = 0;
	while (is_name(at[len]))
		len++;
	if (at[len] != '=')
		return NULL;
	if (len == 5 && starts(at, "style"))
		return "no style=: give it a class";
	if (len > 2 && starts(at, "on"))
		return "no on...=: write an island";
	const char *value = at + len + 1;
	if (*value == '"' || *value == '\'')
		value++;
	if (starts(value, "javascript:"))
		return "no javascript: in addresses";
	bool address = (len == 3 && starts(at, "src")) || (len == 4 && starts(at, "href")) ||
	               (len == 6 && starts(at, "action"));
	if (address && (starts(value, "//") || starts(value, "http:") || starts(value, "https:")))
		return "no address outside this server";
	return NULL;
}

static const char *tag_fault(const char *tag, const char *end)
{
	if (starts(tag, "<style"))
		return "no <style>: it belongs in web/styles";
	bool has_src = false;
	char quote = '\0';
	for (const char *at = tag; at < end; at++) {
		if (quote != '\0') {
			quote = *at == quote ? '\0' : quote;
			continue;
		}
		if (*at == '"' || *at == '\'') {
			quote = *at;
			continue;
		}
		if (!is_name(*at) || is_name(at[-1]) || at[-1] == '<' || at[-1] == '/')
			continue;
		const char *fault = attribute_fault(at);
		if (fault != NULL)
			return fault;
		has_src = has_src || starts(at, "src=");
	}
	if (starts(tag, "<script") && !has_src)
		return "no inline script: write an island";
	return NULL;
}

/* The '>' that ends the tag: not one inside quotes. */
static const char *tag_end(const char *tag)
{
	char quote = '\0';
	const char *at = tag;
	for (; *at != '\0' && (quote != '\0' || *at != '>'); at++) {
		if (quote != '\0')
			quote = *at == quote ? '\0' : quote;
		else if (*at == '"' || *at == '\'')
			quote = *at;
	}
	return at;
}

bool markup_check(const char *source, struct template_fault *ret_fault)
{
	uint32_t line = 1;

	for (const char *at = source; *at != '\0'; at++) {
		line += *at == '\n';
		if (*at != '<' || !isalpha((unsigned char)at[1]))
			continue;
		const char *what = tag_fault(at, tag_end(at));
		if (what != NULL) {
			*ret_fault = (struct template_fault){ line, what };
			return false;
		}
	}
	return true;
}
