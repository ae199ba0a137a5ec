#include "wire.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { LINES_MAX = 64, POLL_MS = 5, BLOCK = 16384 };

struct line {
	int client, server; /* -1: free */
	bool deaf;          /* what the server answers from now on is lost */
};

struct wire {
	char dir[32], conninfo[96], target[108];
	int listener;
	pthread_t thread;
	pthread_mutex_t lock; /* of what follows */
	bool stop, down;
	int cuts;
	bool arrives;
	struct line lines[LINES_MAX];
};

static int unix_socket(const char *path, struct sockaddr_un *ret)
{
	*ret = (struct sockaddr_un){ .sun_family = AF_UNIX };
	(void)snprintf(ret->sun_path, sizeof(ret->sun_path), "%s", path);
	return socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
}

static void hang_up(struct line *l)
{
	if (l->client >= 0)
		(void)close(l->client);
	if (l->server >= 0)
		(void)close(l->server);
	*l = (struct line){ .client = -1, .server = -1 };
}

static void pick_up(struct wire *w)
{
	struct sockaddr_un to;
	int client = accept(w->listener, NULL, NULL);

	for (int i = 0; client >= 0 && i < LINES_MAX; i++) {
		struct line *l = &w->lines[i];
		if (l->client >= 0)
			continue;
		int server = unix_socket(w->target, &to);
		*l = (struct line){ .client = client, .server = server };
		if (w->down || connect(server, (struct sockaddr *)&to, sizeof(to)) != 0)
			hang_up(l);
		return;
	}
	if (client >= 0)
		(void)close(client);
}

static bool send_all(int fd, const char *p, size_t len)
{
	while (len > 0) {
		ssize_t n = send(fd, p, len, MSG_NOSIGNAL);
		if (n <= 0)
			return false;
		p += n;
		len -= (size_t)n;
	}
	return true;
}

/*
 * True: this message of the client is a COMMIT that is to be lost. The name of the prepared
 * statement stands between two NULs where it is run, and not where it is prepared.
 */
static bool is_cut(struct wire *w, const char *block, size_t len)
{
	static const char RUN[] = "\0pg_commit";

	if (w->cuts == 0 || memmem(block, len, RUN, sizeof(RUN)) == NULL)
		return false;
	w->cuts--;
	return true;
}

static void from_client(struct wire *w, struct line *l)
{
	char block[BLOCK];
	ssize_t n = recv(l->client, block, sizeof(block), 0);

	if (n <= 0) {
		hang_up(l);
		return;
	}
	bool cut = is_cut(w, block, (size_t)n);
	if (cut && !w->arrives) {
		hang_up(l);
		return;
	}
	l->deaf |= cut;
	if (!send_all(l->server, block, (size_t)n))
		hang_up(l);
}

static void from_server(struct line *l)
{
	char block[BLOCK];
	ssize_t n = recv(l->server, block, sizeof(block), 0);

	if (n <= 0 || l->deaf || !send_all(l->client, block, (size_t)n))
		hang_up(l); /* deaf: the COMMIT was done, and nobody hears of it */
}

static void relay(struct wire *w)
{
	struct pollfd fds[1 + 2 * LINES_MAX] = { { .fd = w->listener, .events = POLLIN } };

	for (int i = 0; i < LINES_MAX; i++) {
		fds[1 + 2 * i] = (struct pollfd){ .fd = w->lines[i].client, .events = POLLIN };
		fds[2 + 2 * i] = (struct pollfd){ .fd = w->lines[i].server, .events = POLLIN };
	}
	(void)poll(fds, 1 + 2 * LINES_MAX, POLL_MS);
	(void)pthread_mutex_lock(&w->lock);
	for (int i = 0; i < LINES_MAX; i++) {
		if (w->down)
			hang_up(&w->lines[i]);
		if (fds[1 + 2 * i].revents != 0 && w->lines[i].client >= 0)
			from_client(w, &w->lines[i]);
		if (fds[2 + 2 * i].revents != 0 && w->lines[i].server >= 0)
			from_server(&w->lines[i]);
	}
	if (fds[0].revents != 0)
		pick_up(w);
	(void)pthread_mutex_unlock(&w->lock);
}

static void *wire_main(void *arg)
{
	struct wire *w = arg;

	for (;;) {
		(void)pthread_mutex_lock(&w->lock);
		bool stop = w->stop;
		(void)pthread_mutex_unlock(&w->lock);
		if (stop)
			return NULL;
		relay(w);
	}
}

static void find_target(struct wire *w)
{
	const char *conninfo = getenv("PLEIN_TEST_PG");
	char host[80];

	assert_non_null(conninfo);
	assert_int_equal(sscanf(conninfo, "host=%79s", host), 1);
	(void)snprintf(w->target, sizeof(w->target), "%s/.s.PGSQL.5432", host);
}

struct wire *wire_new(const char *database)
{
	struct wire *w = calloc(1, sizeof(*w));
	struct sockaddr_un here;
	char path[64];

	assert_non_null(w);
	find_target(w);
	(void)snprintf(w->dir, sizeof(w->dir), "/tmp/wire-of-plein.XXXXXX");
	assert_non_null(mkdtemp(w->dir));
	(void)snprintf(w->conninfo, sizeof(w->conninfo), "host=%s user=plein dbname=%s", w->dir,
	               database);
	(void)snprintf(path, sizeof(path), "%s/.s.PGSQL.5432", w->dir);
	w->listener = unix_socket(path, &here);
	assert_int_equal(bind(w->listener, (struct sockaddr *)&here, sizeof(here)), 0);
	assert_int_equal(listen(w->listener, LINES_MAX), 0);
	for (int i = 0; i < LINES_MAX; i++)
		w->lines[i] = (struct line){ .client = -1, .server = -1 };
	(void)pthread_mutex_init(&w->lock, NULL);
	assert_int_equal(pthread_create(&w->thread, NULL, wire_main, w), 0);
	return w;
}

void wire_free(struct wire *w)
{
	char path[64];

	(void)pthread_mutex_lock(&w->lock);
	w->stop = true;
	(void)pthread_mutex_unlock(&w->lock);
	(void)pthread_join(w->thread, NULL);
	for (int i = 0; i < LINES_MAX; i++)
		hang_up(&w->lines[i]);
	(void)close(w->listener);
	(void)snprintf(path, sizeof(path), "%s/.s.PGSQL.5432", w->dir);
	(void)unlink(path);
	(void)rmdir(w->dir);
	(void)pthread_mutex_destroy(&w->lock);
	free(w);
}

const char *wire_conninfo(const struct wire *w)
{
	return w->conninfo;
}

void wire_down(struct wire *w, bool down)
{
	(void)pthread_mutex_lock(&w->lock);
	w->down = down;
	for (int i = 0; down && i < LINES_MAX; i++)
		hang_up(&w->lines[i]);
	(void)pthread_mutex_unlock(&w->lock);
}

void wire_cut_commits(struct wire *w, int count, bool arrives)
{
	(void)pthread_mutex_lock(&w->lock);
	w->cuts = count;
	w->arrives = arrives;
	(void)pthread_mutex_unlock(&w->lock);
}
