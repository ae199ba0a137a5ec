/*
 * The socket through which commands reach a running server. One request a connection: a count
 * of words and the words, each with its NUL; the answer is one byte (0 done, 1 refused) and
 * text. With the first bytes may come one open file: it stands for what follows --file, so that
 * the server needs no right to the place where it lies. The socket lies in the data folder (0700) and is 0600 itself.
 */
#include <errno.h>
#include <fcntl.h>
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

static void close_fd(const int *fd)
{
	if (*fd >= 0)
		(void)close(*fd);
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

/* One open file may travel with a message. */
union passing {
	struct cmsghdr head;
	char room[CMSG_SPACE(sizeof(int))];
};

static int file_of(struct msghdr *m)
{
	const struct cmsghdr *c = CMSG_FIRSTHDR(m);
	int file = -1;

	if (c != NULL && c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_RIGHTS &&
	    c->cmsg_len == CMSG_LEN(sizeof file))
		memcpy(&file, CMSG_DATA(c), sizeof file);
	return file;
}

/* Until the other side has finished writing, or max bytes came. ret_file NULL: takes no file. */
static bool read_all(int fd, struct out *o, int *ret_file)
{
	char block[8192];
	ssize_t n;

	do {
		union passing beside = { 0 };
		struct iovec io = { block, sizeof block };
		struct msghdr m = { .msg_iov = &io, .msg_iovlen = 1 };
		if (ret_file != NULL && *ret_file < 0) {
			m.msg_control = &beside;
			m.msg_controllen = sizeof beside;
		}
		n = recvmsg(fd, &m, MSG_CMSG_CLOEXEC);
		if (n > 0)
			out_raw(o, block, (size_t)n);
		if (n > 0 && ret_file != NULL && m.msg_control != NULL)
			*ret_file = file_of(&m);
	} while (n > 0 || (n < 0 && errno == EINTR));
	return n == 0 && !o->overflowed && o->len > 0;
}

static bool is_file_option(const char *word)
{
	return strcmp(word, "--" CLI_FILE_OPTION) == 0;
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

/* The open file in the place of its path; without one there is nothing to read. */
static void name_file(char **words, int count, int file, struct arena *a)
{
	for (int i = 0; i + 1 < count; i++)
		if (is_file_option(words[i]))
			words[i + 1] = arena_printf(a, CLI_OPEN_FILE "%d", file);
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
	AUTO(close_fd) int file = -1;

	arena_init(&a, TASK_ARENA_BYTES);
	out_init(&asked, ASK_MAX_BYTES);
	out_init(&said, ANSWER_MAX_BYTES);
	if (read_all(fd, &asked, &file)) {
		const int count = split(&asked, words);
		name_file(words, count, file, &a);
		enum status st = run_words(c->plein, &a, words, count, &said, &e);
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

/* The file travels with the first byte of the first word. */
static bool send_file(int fd, const char *byte, int file)
{
	union passing beside = { 0 };
	struct iovec io = { (void *)(uintptr_t)byte, 1 };
	struct msghdr m = { .msg_iov = &io,
		            .msg_iovlen = 1,
		            .msg_control = &beside,
		            .msg_controllen = sizeof beside };

	beside.head.cmsg_level = SOL_SOCKET;
	beside.head.cmsg_type = SCM_RIGHTS;
	beside.head.cmsg_len = CMSG_LEN(sizeof file);
	memcpy(CMSG_DATA(&beside.head), &file, sizeof file);
	return sendmsg(fd, &m, MSG_NOSIGNAL) == 1;
}

/* -1: no word names one. false: it doesn't open. */
static bool open_named(int count, char **words, int *ret)
{
	*ret = -1;
	for (int i = 0; i + 1 < count; i++)
		if (is_file_option(words[i])) {
			*ret = open(words[i + 1], O_RDONLY | O_CLOEXEC);
			return *ret >= 0;
		}
	return true;
}

static bool send_words(int fd, int count, char **words, int file)
{
	const bool carries = file >= 0 && count > 0;

	if (carries && !send_file(fd, words[0], file))
		return false;
	if (carries && !write_all(fd, words[0] + 1, strlen(words[0])))
		return false;
	for (int i = carries ? 1 : 0; i < count; i++)
		if (!write_all(fd, words[i], strlen(words[i]) + 1))
			return false;
	return shutdown(fd, SHUT_WR) == 0;
}

static enum status read_answer(int fd, struct out *o, struct error *reterr)
{
	struct out raw;

	out_init(&raw, ANSWER_MAX_BYTES);
	bool whole = read_all(fd, &raw, NULL) && raw.len >= 2;
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
	AUTO(close_fd) int file = -1;
	if (!open_named(word_count, words, &file))
		return FAIL(reterr, ERR_INVALID, "Dit bestand kunnen wij niet openen.");
	if (!send_words(fd, word_count, words, file))
		return FAIL(reterr, ERR_UNAVAILABLE,
		            "De server neemt geen opdrachten aan. Probeer het opnieuw.");
	return read_answer(fd, o, reterr);
}
