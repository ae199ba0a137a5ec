/* Cookie headers (RFC 6265): name=value pairs, nothing decoded. */
#include "platform/http/http.h"

#include <assert.h>

const char *http_cookie(struct arena *a, const char *header, const char *name)
{
	size_t name_len = strlen(name);

	assert(name_len > 0);
	for (const char *p = header; p != NULL && *p != '\0';) {
		p += strspn(p, " \t;");
		size_t len = strcspn(p, ";");
		size_t key_len = strcspn(p, "=;");
		if (key_len == name_len && p[key_len] == '=' && strncmp(p, name, name_len) == 0) {
			const char *value = p + key_len + 1;
			size_t value_len = len - key_len - 1;
			while (value_len > 0 &&
			       (value[value_len - 1] == ' ' || value[value_len - 1] == '\t'))
				value_len--;
			return arena_strndup(a, value, value_len);
		}
		p += len;
	}
	return NULL;
}
