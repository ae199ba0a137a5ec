#include "platform/http/input.h"

#include <assert.h>

#include "platform/core/limits.h"

const struct input_value *input_at(const struct input *in, const char *path)
{
	assert(in != NULL && path != NULL);
	for (size_t i = 0; i < in->count; i++)
		if (strcmp(in->values[i].path, path) == 0)
			return &in->values[i];
	return NULL;
}

const char *input_text(const struct input *in, const char *path)
{
	const struct input_value *v = input_at(in, path);
	return v != NULL ? v->text : NULL;
}

/* The index in "subjects[12]..." behind a prefix of len bytes; SIZE_MAX if there is none. */
static size_t index_behind(const char *path, const char *prefix, size_t len)
{
	size_t index = 0;
	int digits = 0;

	if (strncmp(path, prefix, len) != 0 || path[len] != '[')
		return SIZE_MAX;
	const char *p = path + len + 1;
	for (; *p >= '0' && *p <= '9' && digits < 6; p++, digits++)
		index = index * 10 + (size_t)(*p - '0');
	bool plain = digits == 1 || path[len + 1] != '0';
	return digits > 0 && plain && *p == ']' ? index : SIZE_MAX;
}

size_t input_list_count(const struct input *in, const char *path)
{
	size_t count = 0, len = strlen(path);

	for (size_t i = 0; i < in->count; i++) {
		size_t index = index_behind(in->values[i].path, path, len);
		if (index != SIZE_MAX && index + 1 > count)
			count = index + 1;
	}
	return count;
}
