/* Where a request says it comes from: pure rules over headers. */
#include "platform/http/server.h"

#include <arpa/inet.h>
#include <assert.h>

#include "platform/core/limits.h"

/* What follows this word, in either case; NULL: the text begins otherwise. */
static const char *after(const char *text, const char *word)
{
	const size_t len = strlen(word);

	return text != NULL && strncasecmp(text, word, len) == 0 ? text + len : NULL;
}

/* What follows our own "https://host:port"; NULL: it is somebody else's. */
static const char *after_our_origin(const struct head *h, const char *url,
                                    const char *public_origin, bool https)
{
	if (public_origin != NULL)
		return after(url, public_origin);
	const char *host = after(url, https ? "https://" : "http://");
	return h->host != NULL ? after(host, h->host) : NULL;
}

bool origin_fits(const struct head *h, const char *public_origin, bool https)
{
	assert(h != NULL);
	if (h->fetch_site != NULL && strcmp(h->fetch_site, "same-origin") != 0 &&
	    strcmp(h->fetch_site, "none") != 0)
		return false;
	/* Absent with programs that aren't browsers: the CSRF token decides alone. */
	if (h->origin == NULL)
		return true;
	const char *rest = after_our_origin(h, h->origin, public_origin, https);
	return rest != NULL && *rest == '\0';
}

const char *page_before(const struct head *h, const char *public_origin, bool https)
{
	const char *path = after_our_origin(h, h->referer, public_origin, https);

	if (path == NULL || path[0] != '/' || path[1] == '/' || strlen(path) > LIMIT_TARGET_BYTES)
		return NULL;
	for (const char *c = path; *c != '\0'; c++)
		if (*c <= ' ' || *c > '~' || *c == '\\')
			return NULL;
	return path;
}

static bool port_or_end(const char *p)
{
	if (*p == '\0')
		return true;
	return *p == ':' && p[1] != '\0' && p[1 + strspn(p + 1, "0123456789")] == '\0';
}

bool host_is_local(const char *host)
{
	static const char *const names[] = { "localhost", "127.0.0.1", "[::1]" };

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		size_t len = strlen(names[i]);
		if (strncasecmp(host, names[i], len) == 0 && port_or_end(host + len))
			return true;
	}
	return false;
}

bool address_listed(const char *address, const char *const *list)
{
	for (; list != NULL && *list != NULL; list++)
		if (strcmp(*list, address) == 0)
			return true;
	return false;
}

/* An address in its shortest form, or NULL if it isn't one; "1.2.3.4:567" loses its port. */
static const char *address_in(struct arena *a, const char *text, size_t len)
{
	unsigned char bytes[sizeof(struct in6_addr)];
	char shown[INET6_ADDRSTRLEN];

	while (len > 0 && (*text == ' ' || *text == '\t')) {
		text++;
		len--;
	}
	while (len > 0 && (text[len - 1] == ' ' || text[len - 1] == '\t'))
		len--;
	char *copy = arena_strndup(a, text, len);
	char *colon = strchr(copy, ':');
	if (strchr(copy, '.') != NULL && colon != NULL && strchr(colon + 1, ':') == NULL)
		*colon = '\0';
	int family = strchr(copy, ':') != NULL ? AF_INET6 : AF_INET;
	if (inet_pton(family, copy, bytes) != 1)
		return NULL;
	if (inet_ntop(family, bytes, shown, sizeof shown) == NULL)
		return NULL;
	return arena_strdup(a, shown);
}

const char *client_behind(struct arena *a, const char *peer, const char *forwarded_for,
                          const char *const *trusted)
{
	const char *client = peer;

	assert(peer != NULL);
	if (forwarded_for == NULL)
		return peer;
	size_t end = strlen(forwarded_for);
	while (address_listed(client, trusted)) {
		size_t start = end;
		while (start > 0 && forwarded_for[start - 1] != ',')
			start--;
		const char *before = address_in(a, forwarded_for + start, end - start);
		if (before == NULL)
			return client;
		client = before;
		if (start == 0)
			return client;
		end = start - 1;
	}
	return client;
}
