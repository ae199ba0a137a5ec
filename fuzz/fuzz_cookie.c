/* Property: a cookie that was written is found, whatever stands before it in other cookies; and
 * a value never holds a semicolon. The input is the foreign part of the header. */
#include <stdint.h>
#include <stdlib.h>

#include "platform/http/http.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a;

	arena_init(&a, (size_t)16 << 20);
	const char *foreign = arena_strndup(&a, (const char *)data, size);
	const char *value = http_cookie(&a, foreign, "sid");
	if (value != NULL && strchr(value, ';') != NULL)
		abort();
	const char *header = arena_printf(&a, "%s; sid=mine", foreign);
	const char *found = http_cookie(&a, header, "sid");
	if (found == NULL || strcmp(found, value != NULL ? value : "mine") != 0)
		abort();
	arena_reset(&a);
	return 0;
}
