#include "client.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <setjmp.h>
#include <stdarg.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

enum { READ_SECONDS = 100, FIRST_BYTES = 64 * 1024 };

int client_connect(uint16_t port)
{
	struct sockaddr_in to = { .sin_family = AF_INET,
		                  .sin_port = htons(port),
		                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	const struct timeval patience = { .tv_sec = READ_SECONDS };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), on = 1;

	assert_true(fd >= 0);
	assert_int_equal(connect(fd, (struct sockaddr *)&to, sizeof to), 0);
	assert_int_equal(setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience), 0);
	assert_int_equal(setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on), 0);
	return fd;
}

void client_send(int fd, const void *bytes, size_t len)
{
	const char *p = bytes;

	while (len > 0) {
		ssize_t n = send(fd, p, len, MSG_NOSIGNAL);
		if (n <= 0)
			return; /* the server had enough: what it said is still to be read */
		p += n;
		len -= (size_t)n;
	}
}

static const char *header_in(const char *all, const char *name)
{
	const char *end = strstr(all, "\r\n\r\n");
	size_t len = strlen(name);

	for (const char *p = strstr(all, "\r\n"); p != NULL && p < end; p = strstr(p + 2, "\r\n"))
		if (strncasecmp(p + 2, name, len) == 0 && p[2 + len] == ':')
			return p + 2 + len + 1 + strspn(p + 2 + len + 1, " ");
	return NULL;
}

static bool is_whole(const struct reply *r, size_t have)
{
	const char *end = strstr(r->all, "\r\n\r\n");
	if (end == NULL)
		return false;
	int code = (int)strtol(r->all + 9, NULL, 10);
	if (code == 304 || code == 204)
		return true;
	const char *length = header_in(r->all, "Content-Length");
	return length != NULL && have >= (size_t)(end + 4 - r->all) + strtoul(length, NULL, 10);
}

struct reply client_read(int fd)
{
	struct reply r = { 0 };
	size_t have = 0, size = FIRST_BYTES;

	r.all = calloc(1, size + 1);
	assert_non_null(r.all);
	while (!is_whole(&r, have)) {
		if (have == size) {
			r.all = realloc(r.all, size * 2 + 1);
			assert_non_null(r.all);
			size *= 2;
		}
		ssize_t n = recv(fd, r.all + have, size - have, 0);
		if (n < 0 && errno == EINTR)
			continue; /* a child of the server ended */
		if (n <= 0)
			break;
		have += (size_t)n;
		r.all[have] = '\0';
	}
	char *end = strstr(r.all, "\r\n\r\n");
	if (end == NULL || strncmp(r.all, "HTTP/1.", 7) != 0)
		return r;
	r.code = (int)strtol(r.all + 9, NULL, 10);
	r.body = end + 4;
	r.body_len = have - (size_t)(r.body - r.all);
	return r;
}

void reply_free(struct reply *r)
{
	free(r->all);
	*r = (struct reply){ 0 };
}

struct reply client_ask(uint16_t port, const void *bytes, size_t len)
{
	int fd = client_connect(port);

	client_send(fd, bytes, len);
	struct reply r = client_read(fd);
	(void)close(fd);
	return r;
}

struct reply client_request(uint16_t port, const char *method, const char *target,
                            const char *headers, const char *body)
{
	char length[64] = "";
	if (body != NULL)
		(void)snprintf(length, sizeof length, "Content-Length: %zu\r\n", strlen(body));
	size_t size = strlen(target) + strlen(headers) + (body != NULL ? strlen(body) : 0) + 200;
	char *text = malloc(size);
	assert_non_null(text);
	int len = snprintf(text, size, "%s %s HTTP/1.1\r\nHost: localhost\r\n%s%s\r\n%s", method,
	                   target, headers, length, body != NULL ? body : "");
	int fd = client_connect(port);
	client_send(fd, text, (size_t)len);
	free(text);
	struct reply r = { 0 };
	if (strcmp(method, "HEAD") == 0) {
		(void)shutdown(fd, SHUT_WR); /* the length names bytes that don't come */
		char all[16384];
		ssize_t n = recv(fd, all, sizeof all - 1, 0);
		r.all = strndup(all, n > 0 ? (size_t)n : 0);
		r.code = n > 12 ? (int)strtol(all + 9, NULL, 10) : 0;
		char *end = strstr(r.all, "\r\n\r\n");
		r.body = end != NULL ? end + 4 : NULL;
		r.body_len = end != NULL ? strlen(end + 4) : 0;
	} else {
		r = client_read(fd);
	}
	(void)close(fd);
	return r;
}

const char *reply_header(const struct reply *r, const char *name)
{
	static _Thread_local char value[1024];

	const char *p = r->all != NULL ? header_in(r->all, name) : NULL;
	size_t len = p != NULL ? strcspn(p, "\r") : 0;
	len = len < sizeof value ? len : sizeof value - 1;
	if (len > 0)
		memcpy(value, p, len);
	value[len] = '\0';
	return value;
}

bool reply_says(const struct reply *r, const char *text)
{
	return r->body != NULL && strstr(r->body, text) != NULL;
}
