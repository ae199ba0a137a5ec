/* After a stale form: each part says which of two versions stays. */
#include "platform/http/input.h"

static bool ends_in(const char *path, const char *end)
{
	size_t len = strlen(path), end_len = strlen(end);
	return len > end_len && strcmp(path + len - end_len, end) == 0;
}

static bool asks(const struct input *in)
{
	for (size_t i = 0; i < in->count; i++)
		if (ends_in(in->values[i].path, "._keep"))
			return true;
	return false;
}

const struct input *input_settled(struct arena *a, const struct input *in)
{
	if (!asks(in))
		return in;
	struct input *ret = ARENA_NEW(a, struct input);
	struct input_value *values = ARENA_ARRAY(a, struct input_value, in->count);

	for (size_t i = 0; i < in->count; i++) {
		const char *path = in->values[i].path;
		if (ends_in(path, "._keep") || ends_in(path, "._theirs"))
			continue;
		values[ret->count] = in->values[i];
		const char *keep = input_text(in, arena_printf(a, "%s._keep", path));
		const char *theirs = input_text(in, arena_printf(a, "%s._theirs", path));
		if (keep != NULL && strcmp(keep, "theirs") == 0 && theirs != NULL)
			values[ret->count].text = theirs;
		ret->count++;
	}
	ret->values = values;
	ret->today = in->today;
	return ret;
}
