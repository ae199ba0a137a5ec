/* A settings file is refused with one sentence, or what it sets can be written down as a file that sets the same. */
#include <assert.h>
#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "server/settings.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { TEXT_MAX_BYTES = 1 << 16 };

static enum status read_text(const void *bytes, size_t len, struct arena *a, struct settings *ret,
                             struct error *e)
{
	char *copy = arena_alloc(a, len + 1);

	memcpy(copy, bytes, len);
	settings_standard(ret);
	FILE *f = len > 0 ? fmemopen(copy, len, "r") : fopen("/dev/null", "re");
	if (f == NULL)
		abort();
	const enum status st = settings_read_lines(ret, a, "plein.conf", f, e);
	(void)fclose(f); /* only read from */
	return st;
}

/* Whatever stands there is one value on one line. */
static void assert_plain(const char *value)
{
	const size_t len = strlen(value);

	assert(strchr(value, '\n') == NULL);
	assert(len == 0 ||
	       (!isspace((unsigned char)value[0]) && !isspace((unsigned char)value[len - 1])));
}

static void assert_same_again(const struct settings *s, struct arena *a)
{
	struct settings again;
	struct error e = { 0 };
	struct out o;

	out_init(&o, TEXT_MAX_BYTES * 2);
	for (int id = 0; id < SETTING_COUNT; id++) {
		if (s->origins[id] != FROM_FILE)
			continue;
		assert_plain(s->values[id]);
		out_fmt(&o, "%s = %s\n", setting_name((enum setting_id)id), s->values[id]);
	}
	assert(read_text(o.data, o.len, a, &again, &e) == OK);
	for (int id = 0; id < SETTING_COUNT; id++)
		assert(strcmp(again.values[id], s->values[id]) == 0 &&
		       again.origins[id] == s->origins[id]);
	out_free(&o);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct settings s;
	struct error e = { 0 };
	struct arena a;

	if (size > TEXT_MAX_BYTES)
		return 0;
	arena_init(&a, 1 << 20);
	const enum status st = read_text(data, size, &a, &s, &e);
	assert(st == OK || (st == ERR_INVALID && e.message[0] != '\0'));
	if (st == OK) {
		assert(memchr(data, 0, size) == NULL); /* nothing behind it was passed over */
		assert_same_again(&s, &a);
	}
	arena_reset(&a);
	return 0;
}
