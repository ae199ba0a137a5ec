/* What the auditor's list understands of an address, it writes back as the address that asks the same. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "logbook/log_query.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a;
	struct error e = { 0 };
	struct input in, again;

	if (size > 4096)
		return 0;
	arena_init(&a, 1 << 20);
	if (input_urlencoded(&a, (const char *)data, size, &in, &e) == OK) {
		const struct log_query q = log_query_read(&in, &a);
		const char *href = log_query_href(&a, "/log", &q, LOG_FILTER_COUNT, NULL);
		const char *mark = strchr(href, '?');
		const char *asked = mark != NULL ? mark + 1 : "";
		assert(input_urlencoded(&a, asked, strlen(asked), &again, &e) == OK);
		const struct log_query same = log_query_read(&again, &a);
		assert(strcmp(log_query_href(&a, "/log", &same, LOG_FILTER_COUNT, NULL), href) ==
		       0);
		for (int i = 0; i < LOG_FILTER_COUNT; i++)
			assert((q.text[i] == NULL) == (same.text[i] == NULL));
	}
	arena_reset(&a);
	return 0;
}
