/* Of X-Forwarded-For comes the peer, or an address in its shortest form; and only by way of who is trusted.
 * Of Referer comes a path of this site, or nothing. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "platform/http/server.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const TRUSTED[] = { "127.0.0.1", "10.0.0.2", "::1", NULL };
	static const char *const NOBODY[] = { NULL };
	static const char SIGNS[] = "0123456789abcdef:.";
	struct arena a;

	if (size > 8192)
		return 0;
	arena_init(&a, 1 << 20);
	const char *header = arena_strndup(&a, (const char *)data, size);
	assert(strcmp(client_behind(&a, "192.0.2.1", header, TRUSTED), "192.0.2.1") == 0);
	assert(strcmp(client_behind(&a, "127.0.0.1", header, NOBODY), "127.0.0.1") == 0);
	const char *client = client_behind(&a, "127.0.0.1", header, TRUSTED);
	assert(client[strspn(client, SIGNS)] == '\0');
	/* What it said once, it says again. */
	assert(strcmp(client_behind(&a, "127.0.0.1", client, TRUSTED), client) == 0);
	const struct head from_us = { .host = "localhost",
		                      .referer = arena_printf(&a, "http://localhost%s", header) };
	const struct head from_wherever = { .host = "localhost", .referer = header };
	const char *path = page_before(&from_us, NULL, false);
	assert(path == NULL || (path[0] == '/' && path[1] != '/' && strcmp(path, header) == 0));
	const char *other = page_before(&from_wherever, NULL, false);
	assert(other == NULL || strncasecmp(header, "http://localhost/", 17) == 0);
	arena_reset(&a);
	return 0;
}
