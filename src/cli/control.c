/*
 * The socket through which commands reach a running server. One request a connection: a count
 * of words and the words, each with its NUL; the answer is one byte (0 done, 1 refused) and
 * text. The socket lies in the data folder (0700) and is 0600 itself.
 */
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "cli/cli.h"
#include "plein/plein.h"

enum {
	WORDS_MAX = 64,
	ASK_MAX_BYTES = 64 << 10,
	TASK_ARENA_BYTES = 16 << 20,
	ANSWER_MAX_BYTES = 256 << 20,
	WAIT_MS = 500,
	ANSWER_SECONDS = 600
};

struct control {
	struct plein *plein;
	pthread_t thread;
	int listening;
	atomic_bool stopping;
	char path[sizeof((struct sockaddr_un *)0)->sun_path];
};

static bool address_of(const char *data, struct sockaddr_un *ret)
{
	*ret = (struct sockaddr_un){ .sun_family = AF_UNIX };
	int len = snprintf(ret->sun_path, sizeof ret->sun_path, "%s/control.sock", data);
	return len > 0 && (size_t)len < sizeof ret->sun_path;
}

static bool write_all(int fd, const void *bytes, size_t len)
{
	const char *p = bytes;
	while (len > 0) {
		ssize_t n = send(fd, p, len, MSG_NOSIGNAL);
		if (n <= 0)
			return false;
		p += n;
		len -= (size_t)n;
	}
	return true;
}

/* Until the other side has finished writing, or max bytes came. */
static bool read_all(int fd, struct out *o)
{
	char block[8192];
	ssize_t n;

	while ((n = recv(fd, block, sizeof block, 0)) > 0)
		out_raw(o, block, (size_t)n);
	return n == 0 && !o->overflowed && o->len > 0;
}

/* ---- the server's side ------------------------------------------------------------- */

static int split(const struct out *asked, char **words)
{
	int count = 0;

	for (size_t at = 0; at < asked->len && count < WORDS_MAX;) {
		words[count++] = asked->data + at;
		at += strlen(asked->data + at) + 1;
	}
	return count;
}

static enum status run_words(struct plein *p, struct arena *a, char **words, int count,
                             struct out *said, struct error *reterr)
{
	for (size_t i = 0; SERVER_TASKS[i] != NULL; i++)
		if (count > 0 && strcmp(SERVER_TASKS[i]->name, words[0]) == 0)
			return SERVER_TASKS[i]->run(p, a, words + 1, count - 1, said, reterr);
	return FAIL(reterr, ERR_INVALID,
	            "Deze opdracht kan niet terwijl de server draait. "
	            "Stop de server eerst.");
}

static void answer(struct control *c, int fd)
{
	struct arena a;
	struct out asked, said;
	struct error e = { 0 };
	char *words[WORDS_MAX + 1] = { 0 };
	char head[2] = { 0, 0 };

	arena_init(&a, TASK_ARENA_BYTES);
	out_init(&asked, ASK_MAX_BYTES);
	out_init(&said, ANSWER_MAX_BYTES);
	if (read_all(fd, &asked)) {
		enum status st = run_words(c->plein, &a, words, split(&asked, words), &said, &e);
		head[0] = (char)('0' + (st != OK));
		head[1] = (char)('0' + (int)st);
		(void)write_all(fd, head, sizeof head);
		if (st != OK)
			(void)write_all(fd, e.message, strlen(e.message));
		else if (said.data != NULL)
			(void)write_all(fd, said.data, said.len);
	}
	out_free(&said);
	out_free(&asked);
	arena_reset(&a);
}

static bool same_user(int fd)
{
	struct ucred who = { 0 };
	socklen_t len = sizeof who;
	return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &len) == 0 &&
	       (who.uid == geteuid() || who.uid == 0);
}

static void limit_wait(int fd, int seconds)
{
	const struct timeval t = { .tv_sec = seconds };
	(void)setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &t, sizeof t);
	(void)setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &t, sizeof t);
}

static void *listen_loop(void *arg)
{
	struct control *c = arg;

	while (!atomic_load(&c->stopping)) {
		struct pollfd p = { .fd = c->listening, .events = POLLIN };
		if (poll(&p, 1, WAIT_MS) <= 0)
			continue;
		int fd = accept4(c->listening, NULL, NULL, SOCK_CLOEXEC);
		if (fd < 0)
			continue;
		limit_wait(fd, 5);
		if (same_user(fd))
			answer(c, fd);
		(void)close(fd);
	}
	return NULL;
}

enum status control_start(struct plein *p, const char *data, struct arena *a, struct control **ret,
                          struct error *reterr)
{
	struct control *c = ARENA_NEW(a, struct control);
	struct sockaddr_un at;

	c->plein = p;
	if (!address_of(data, &at))
		return FAIL(reterr, ERR_INVALID, "Het pad van de datamap is te lang.");
	memcpy(c->path, at.sun_path, sizeof c->path);
	(void)unlink(at.sun_path); /* the folder's lock is ours: what lies there is left over */
	c->listening = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (c->listening < 0 || bind(c->listening, (const struct sockaddr *)&at, sizeof at) != 0 ||
	    listen(c->listening, 8) != 0 || pthread_create(&c->thread, NULL, listen_loop, c) != 0) {
		(void)FAIL(reterr, ERR_UNAVAILABLE, "Plein kan geen opdrachten ontvangen.");
		return error_cause(reterr, "%s: %s", at.sun_path, strerror(errno));
	}
	*ret = c;
	return OK;
}

void control_stop(struct control *c)
{
	if (c == NULL)
		return;
	atomic_store(&c->stopping, true);
	(void)pthread_join(c->thread, NULL);
	(void)close(c->listening);
	(void)unlink(c->path);
}

/* ---- the command's side ------------------------------------------------------------ */

static void close_fd(const int *fd)
{
	if (*fd >= 0)
		(void)close(*fd);
}

static bool send_words(int fd, int count, char **words)
{
	for (int i = 0; i < count; i++)
		if (!write_all(fd, words[i], strlen(words[i]) + 1))
			return false;
	return shutdown(fd, SHUT_WR) == 0;
}

static enum status read_answer(int fd, struct out *o, struct error *reterr)
{
	struct out raw;

	out_init(&raw, ANSWER_MAX_BYTES);
	bool whole = read_all(fd, &raw) && raw.len >= 2;
	enum status st = OK;
	if (!whole)
		st =
		    FAIL(reterr, ERR_UNAVAILABLE, "De server antwoordt niet. Probeer het opnieuw.");
	else if (raw.data[0] != '0')
		st = FAIL(reterr, ERR_INVALID, "%s", raw.data + 2);
	else
		out_raw(o, raw.data + 2, raw.len - 2);
	out_free(&raw);
	return st;
}

enum status control_ask(const char *data, int word_count, char **words, bool *ret_answered,
                        struct out *o, struct error *reterr)
{
	struct sockaddr_un at;
	AUTO(close_fd) int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	*ret_answered = false;
	if (fd < 0 || !address_of(data, &at) ||
	    connect(fd, (const struct sockaddr *)&at, sizeof at) != 0)
		return OK;
	*ret_answered = true;
	limit_wait(fd, ANSWER_SECONDS);
	if (!send_words(fd, word_count, words))
		return FAIL(reterr, ERR_UNAVAILABLE,
		            "De server neemt geen opdrachten aan. Probeer het opnieuw.");
	return read_answer(fd, o, reterr);
}
