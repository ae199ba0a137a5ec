/*
 * load - requests at a fixed pace, and how long their answers took: for what wrk can't do
 *
 *   load PORT CONNECTIONS RATE SECONDS METHOD PATH HEADERS [BODY]
 *
 * HEADERS is a file with one header line for each connection (round again when there are fewer).
 * PATH @FILE: each request takes the next line of that file (and round again).
 * Request k is due at k / RATE, whether or not the server is ready for it, and its time counts
 * from there: a server that stalls can't hide it by being asked less. RATE 0: every connection
 * asks again as soon as it has its answer. Prints one line: answers a second, p50, p99 and the
 * slowest in ms, bytes of the last body, and how many weren't 200, 201, 204 or 303.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include "platform/core/arena.h"

enum {
	CONNECTIONS_MAX = 1000,
	ANSWER_BYTES = 1024 * 1024,
	SAMPLES_MAX = 4000000,
	EVENTS = 256,
	PATHS_MAX = 100000
};

struct line {
	int fd;
	const char *rest; /* of the request, behind its path */
	char answer[ANSWER_BYTES];
	size_t got, whole; /* whole: 0 until the head is read */
	int64_t due_ns;
	bool busy;
};

struct run {
	struct arena arena;
	struct line **lines;
	int count, port, poll;
	int64_t every_ns, began_ns, ends_ns, asked;
	int *idle;
	int idle_count;
	float *ms;
	size_t answers, failed, body_bytes;
	const char *method;
	char **paths;
	size_t path_count, path_next;
};

static int64_t now_ns(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static _Noreturn void give_up(const char *what)
{
	(void)fprintf(stderr, "load: %s (errno %d)\n", what, errno);
	exit(1);
}

static int connected(int port)
{
	const struct sockaddr_in to = { .sin_family = AF_INET,
		                        .sin_port = htons((uint16_t)port),
		                        .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	const int one = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0 || connect(fd, (const struct sockaddr *)&to, sizeof to) != 0)
		give_up("can't connect");
	(void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
	return fd;
}

/* A request is small and the buffer of an idle connection empty: it goes in one write. */
static void ask(struct run *r, struct line *l, int64_t due_ns)
{
	const char *path = r->paths[r->path_next];
	struct iovec parts[] = { { (void *)(uintptr_t)r->method, strlen(r->method) },
		                 { (void *)(uintptr_t)path, strlen(path) },
		                 { (void *)(uintptr_t)l->rest, strlen(l->rest) } };
	const size_t bytes = parts[0].iov_len + parts[1].iov_len + parts[2].iov_len;

	r->path_next = (r->path_next + 1) % r->path_count;
	l->due_ns = due_ns;
	l->got = l->whole = 0;
	l->busy = true;
	r->asked++;
	if (writev(l->fd, parts, 3) != (ssize_t)bytes)
		give_up("a request wasn't taken");
}

static long answer_code(const struct line *l)
{
	return strtol(l->answer + sizeof "HTTP/1.1 " - 1, NULL, 10);
}

static void read_head(struct line *l)
{
	l->answer[l->got] = '\0';
	const char *end = strstr(l->answer, "\r\n\r\n");
	const char *length = strcasestr(l->answer, "\r\nContent-Length:");

	if (end == NULL)
		return;
	const bool empty = answer_code(l) == 204;
	if (!empty && (length == NULL || length > end))
		give_up("an answer without Content-Length");
	l->whole = (size_t)(end + 4 - l->answer);
	if (!empty)
		l->whole += strtoul(length + sizeof "\r\nContent-Length:" - 1, NULL, 10);
	if (l->whole >= ANSWER_BYTES)
		give_up("an answer too large");
}

static void count_answer(struct run *r, const struct line *l)
{
	const long code = answer_code(l);
	const char *body = strstr(l->answer, "\r\n\r\n");

	r->failed += code != 200 && code != 201 && code != 204 && code != 303;
	r->body_bytes = l->whole - (size_t)(body + 4 - l->answer);
	if (r->answers < SAMPLES_MAX)
		r->ms[r->answers] = (float)((double)(now_ns() - l->due_ns) / 1e6);
	r->answers++;
}

/* True when the whole answer is in. */
static bool receive(struct line *l)
{
	const ssize_t n = read(l->fd, l->answer + l->got, ANSWER_BYTES - 1 - l->got);

	if (n <= 0)
		give_up("the server hung up");
	l->got += (size_t)n;
	if (l->whole == 0)
		read_head(l);
	return l->whole != 0 && l->got >= l->whole;
}

/* Sends what is due as far as connections are free; ms until the next is due. */
static int send_due(struct run *r)
{
	int64_t now = now_ns();

	while (r->idle_count > 0 && now < r->ends_ns) {
		int64_t due = r->every_ns == 0 ? now : r->began_ns + r->asked * r->every_ns;
		if (due > now)
			return (int)((due - now) / 1000000);
		ask(r, r->lines[r->idle[--r->idle_count]], due);
	}
	return 1;
}

static void go(struct run *r)
{
	struct epoll_event events[EVENTS];

	while (now_ns() < r->ends_ns || r->idle_count < r->count) {
		int n = epoll_wait(r->poll, events, EVENTS, send_due(r));
		for (int i = 0; i < n; i++) {
			const int which = events[i].data.fd;
			if (!receive(r->lines[which]))
				continue;
			count_answer(r, r->lines[which]);
			r->lines[which]->busy = false;
			r->idle[r->idle_count++] = which;
		}
	}
}

/* ---- before and after ------------------------------------------------------------------------ */

static const char *header_of(struct run *r, FILE *headers)
{
	char text[1024];

	if (fgets(text, sizeof text, headers) == NULL) {
		rewind(headers);
		if (fgets(text, sizeof text, headers) == NULL)
			give_up("no headers");
	}
	text[strcspn(text, "\r\n")] = '\0';
	return arena_strdup(&r->arena, text);
}

static void read_paths(struct run *r, const char *from)
{
	char text[1024];
	FILE *file = fopen(from, "re");

	if (file == NULL)
		give_up("can't read the paths");
	r->paths = ARENA_ARRAY(&r->arena, char *, PATHS_MAX);
	while (r->path_count < PATHS_MAX && fgets(text, sizeof text, file) != NULL) {
		text[strcspn(text, "\r\n")] = '\0';
		r->paths[r->path_count++] = arena_strdup(&r->arena, text);
	}
	(void)fclose(file);
	if (r->path_count == 0)
		give_up("no paths");
}

static void choose_paths(struct run *r, char **argv)
{
	r->method = arena_printf(&r->arena, "%s ", argv[5]);
	if (argv[6][0] == '@') {
		read_paths(r, argv[6] + 1);
		return;
	}
	r->paths = &argv[6];
	r->path_count = 1;
}

static void open_lines(struct run *r, char **argv)
{
	const char *body = argv[8] != NULL ? argv[8] : "";
	FILE *headers = fopen(argv[7], "re");

	if (headers == NULL)
		give_up("can't read the headers");
	for (int i = 0; i < r->count; i++) {
		struct line *l = malloc(sizeof *l);
		if (l == NULL)
			give_up("no memory");
		l->fd = connected(r->port);
		l->busy = false;
		l->rest = arena_printf(
		    &r->arena,
		    " HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n%s\r\n%sContent-Length: %zu\r\n\r\n%s",
		    r->port, header_of(r, headers),
		    *body != '\0' ? "Content-Type: application/json\r\n" : "", strlen(body), body);
		r->lines[i] = l;
		r->idle[r->idle_count++] = i;
		struct epoll_event e = { .events = EPOLLIN, .data.fd = i };
		if (epoll_ctl(r->poll, EPOLL_CTL_ADD, l->fd, &e) != 0)
			give_up("epoll");
	}
	(void)fclose(headers);
}

static int ascending(const void *a, const void *b)
{
	const float x = *(const float *)a, y = *(const float *)b;

	return (x > y) - (x < y);
}

static void print_figures(const struct run *r)
{
	const size_t n = r->answers < SAMPLES_MAX ? r->answers : SAMPLES_MAX;

	if (n == 0)
		give_up("no answers");
	qsort(r->ms, n, sizeof *r->ms, ascending);
	printf("%.0f %.2f %.2f %.2f %zu %zu\n",
	       (double)r->answers * 1e9 / (double)(now_ns() - r->began_ns), (double)r->ms[n / 2],
	       (double)r->ms[n * 99 / 100], (double)r->ms[n - 1], r->body_bytes, r->failed);
}

int main(int argc, char **argv)
{
	struct run r = { 0 };

	if (argc < 8)
		return 2;
	arena_init(&r.arena, 16 << 20);
	r.port = (int)strtol(argv[1], NULL, 10);
	r.count = (int)strtol(argv[2], NULL, 10);
	const double rate = strtod(argv[3], NULL);
	if (r.count < 1 || r.count > CONNECTIONS_MAX)
		return 2;
	r.lines = ARENA_ARRAY(&r.arena, struct line *, (size_t)r.count);
	r.idle = ARENA_ARRAY(&r.arena, int, (size_t)r.count);
	r.ms = malloc(sizeof *r.ms * SAMPLES_MAX);
	r.poll = epoll_create1(EPOLL_CLOEXEC);
	if (r.ms == NULL || r.poll < 0)
		give_up("no memory");
	choose_paths(&r, argv);
	open_lines(&r, argv);
	r.every_ns = rate > 0 ? (int64_t)(1e9 / rate) : 0;
	r.began_ns = now_ns();
	r.ends_ns = r.began_ns + (int64_t)(strtod(argv[4], NULL) * 1e9);
	go(&r);
	print_figures(&r);
	for (int i = 0; i < r.count; i++) {
		(void)close(r.lines[i]->fd);
		free(r.lines[i]);
	}
	free(r.ms);
	arena_reset(&r.arena);
	return 0;
}
