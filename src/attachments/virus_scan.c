#include "attachments/virus_scan.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "platform/core/memory.h"

enum { WAIT_SECONDS = 10, REPLY_BYTES = 256 };

static void close_fd(const int *fd)
{
	if (*fd >= 0)
		(void)close(*fd);
}

static enum status fail_scanner(struct error *reterr, const char *what)
{
	(void)FAIL(reterr, ERR_UNAVAILABLE,
	           "De viruscontrole werkt nu niet. Uw bestand is niet bewaard. Probeer het straks "
	           "opnieuw.");
	return error_cause(reterr, "clamd: %s", what);
}

static void patience(int fd)
{
	const struct timeval wait = { .tv_sec = WAIT_SECONDS };

	(void)setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
	(void)setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof wait);
}

static int connect_path(const char *path)
{
	struct sockaddr_un to = { .sun_family = AF_UNIX };

	if (strlen(path) >= sizeof to.sun_path)
		return -1;
	memcpy(to.sun_path, path, strlen(path) + 1);
	const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return -1;
	patience(fd);
	if (connect(fd, (const struct sockaddr *)&to, sizeof to) == 0)
		return fd;
	(void)close(fd);
	return -1;
}

static int connect_address(const char *where)
{
	const struct addrinfo hints = { .ai_socktype = SOCK_STREAM };
	const char *colon = strrchr(where, ':');
	struct addrinfo *list = NULL;
	char host[256];
	int fd = -1;

	if (colon == NULL || (size_t)(colon - where) >= sizeof host)
		return -1;
	(void)snprintf(host, sizeof host, "%.*s", (int)(colon - where), where);
	if (getaddrinfo(host, colon + 1, &hints, &list) != 0)
		return -1;
	for (const struct addrinfo *a = list; a != NULL && fd < 0; a = a->ai_next) {
		fd = socket(a->ai_family, SOCK_STREAM | SOCK_CLOEXEC, a->ai_protocol);
		if (fd < 0)
			continue;
		patience(fd);
		if (connect(fd, a->ai_addr, a->ai_addrlen) != 0) {
			(void)close(fd);
			fd = -1;
		}
	}
	freeaddrinfo(list);
	return fd;
}

static bool send_all(int fd, const void *bytes, size_t len)
{
	const uint8_t *at = bytes;

	while (len > 0) {
		const ssize_t n = send(fd, at, len, MSG_NOSIGNAL);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		at += n;
		len -= (size_t)n;
	}
	return true;
}

/* Each piece behind its length; a length of 0 ends. */
static bool send_file(int fd, const struct byte_source *file)
{
	const uint32_t end = 0;
	LEFT_ALONE struct source_window w;

	source_window_open(&w, file);

	if (!send_all(fd, "zINSTREAM", sizeof "zINSTREAM"))
		return false;
	for (size_t at = 0, part = 0; at < file->len; at += part) {
		const unsigned char *piece = source_look(&w, at, 1, &part);
		part = part < WINDOW_BYTES ? part : WINDOW_BYTES;
		const uint32_t head = htonl((uint32_t)part);
		if (piece == NULL || !send_all(fd, &head, sizeof head) ||
		    !send_all(fd, piece, part))
			return false;
	}
	return send_all(fd, &end, sizeof end);
}

/* Up to the NUL that ends it, or the end of the connection. */
static void read_reply(int fd, char ret[REPLY_BYTES])
{
	size_t got = 0;

	while (got < REPLY_BYTES - 1) {
		const ssize_t n = recv(fd, ret + got, REPLY_BYTES - 1 - got, 0);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		got += (size_t)n;
		if (memchr(ret, '\0', got) != NULL)
			break;
	}
	ret[got] = '\0';
}

enum status virus_scan(const char *where, const struct byte_source *file, struct error *reterr)
{
	AUTO(close_fd)
	const int fd = where[0] == '/' ? connect_path(where) : connect_address(where);
	char reply[REPLY_BYTES] = "";

	if (fd < 0)
		return fail_scanner(reterr, "no connection");
	/* a scanner that has seen enough answers and closes: read even when sending failed */
	const bool sent = send_file(fd, file);
	read_reply(fd, reply);
	if (strstr(reply, " FOUND") != NULL) {
		(void)FAIL(
		    reterr, ERR_INVALID,
		    "In dit bestand zit een virus. Het is niet bewaard. Meld het bij uw eigen "
		    "ICT.");
		return error_cause(reterr, "clamd: %s", reply);
	}
	if (!sent || strcmp(reply, "stream: OK") != 0)
		return fail_scanner(reterr, reply[0] != '\0' ? reply : "no answer");
	return OK;
}
