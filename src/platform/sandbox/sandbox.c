#include "platform/sandbox/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

/* Bytes are taken from the pipe in blocks: a row is many small pieces. */
enum { BLOCK_BYTES = 65536 };

struct sandbox {
	pid_t child;
	int heard; /* the reading end */
	size_t at, len;
	char block[BLOCK_BYTES];
};

static enum status not_now(struct error *reterr, const char *what)
{
	(void)FAIL(reterr, ERR_UNAVAILABLE,
	           "Plein kan dit bestand nu niet veilig lezen. Probeer het straks opnieuw.");
	return error_cause(reterr, "sandbox: %s: %s", what, strerror(errno));
}

/* ---- starting --------------------------------------------------------------------------------- */

static bool write_all(int fd, const char *from, size_t len)
{
	for (size_t at = 0; at < len;) {
		const ssize_t n = write(fd, from + at, len - at);
		if (n <= 0)
			return false;
		at += (size_t)n;
	}
	return true;
}

static bool copy_to(int fd, const struct byte_source *input)
{
	enum { PIECE_BYTES = 16384 };
	char piece[PIECE_BYTES];
	bool good = true;

	for (size_t at = 0, n; good && at < input->len; at += n) {
		n = input->len - at < sizeof piece ? input->len - at : sizeof piece;
		good = source_read(input, at, piece, n) && write_all(fd, piece, n);
	}
	explicit_bzero(piece, sizeof piece);
	return good;
}

/* The bytes in memory alone, read only: a name on a disk would outlive them. */
static int input_of(const struct byte_source *input)
{
	const int fd = memfd_create("input", MFD_CLOEXEC | MFD_ALLOW_SEALING);

	if (fd < 0 || copy_to(fd, input))
		return fd;
	(void)close(fd);
	errno = EIO;
	return -1;
}

static int start(const char *word, int input, int output, pid_t *ret)
{
	static const char SELF[] = "/proc/self/exe";
	char name[] = "plein", what[32];
	char *const argv[] = { name, what, NULL };
	char *const nothing[] = { NULL };
	posix_spawn_file_actions_t files;
	posix_spawnattr_t how;
	sigset_t none;

	(void)snprintf(what, sizeof what, "%s", word);
	(void)sigemptyset(&none);
	if (posix_spawn_file_actions_init(&files) != 0 || posix_spawnattr_init(&how) != 0)
		return ENOMEM;
	int failed = posix_spawn_file_actions_adddup2(&files, input, STDIN_FILENO);
	if (failed == 0)
		failed = posix_spawn_file_actions_adddup2(&files, output, STDOUT_FILENO);
	if (failed == 0)
		failed = posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO);
	if (failed == 0)
		failed = posix_spawnattr_setsigmask(&how, &none);
	if (failed == 0)
		failed = posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSIGMASK);
	if (failed == 0)
		failed = posix_spawn(ret, SELF, &files, &how, argv, nothing);
	(void)posix_spawn_file_actions_destroy(&files);
	(void)posix_spawnattr_destroy(&how);
	return failed;
}

static void close_if(int fd)
{
	if (fd >= 0)
		(void)close(fd);
}

enum status sandbox_start(const char *word, const struct byte_source *input, struct arena *a,
                          struct sandbox **ret, struct error *reterr)
{
	struct sandbox *s = ARENA_NEW(a, struct sandbox);
	int ends[2] = { -1, -1 }, failed;
	const int fd = input_of(input);

	if (fd < 0 || pipe2(ends, O_CLOEXEC) != 0)
		failed = errno;
	else
		failed = start(word, fd, ends[1], &s->child);
	close_if(fd);
	close_if(ends[1]);
	if (failed == 0) {
		s->heard = ends[0];
		*ret = s;
		return OK;
	}
	close_if(ends[0]);
	errno = failed;
	return not_now(reterr, word);
}

/* ---- hearing ---------------------------------------------------------------------------------- */

static enum status too_long(struct error *reterr)
{
	return FAIL(reterr, ERR_LIMIT,
	            "Dit bestand lezen duurt te lang. Splits het in kleinere delen.");
}

/* How many bytes; 0: it has said all. */
static ssize_t read_some(struct sandbox *s, char *to, size_t max)
{
	struct pollfd p = { .fd = s->heard, .events = POLLIN };
	ssize_t n;

	if (poll(&p, 1, SANDBOX_SECONDS * 1000) == 0)
		return -1;
	do
		n = read(s->heard, to, max);
	while (n < 0 && errno == EINTR);
	return n > 0 ? n : 0;
}

/* One block. The clock runs only while we wait for the child, not while we work on what it said. */
static enum status take_block(struct sandbox *s, struct error *reterr)
{
	const ssize_t n = read_some(s, s->block, sizeof s->block);

	if (n < 0)
		return too_long(reterr);
	if (n == 0)
		return FAIL(reterr, ERR_INVALID,
		            "Dit bestand kunnen wij niet lezen. Bewaar het opnieuw en stuur het "
		            "nog eens.");
	s->at = 0;
	s->len = (size_t)n;
	return OK;
}

enum status sandbox_hear(struct sandbox *s, void *ret, size_t len, struct error *reterr)
{
	char *to = ret;
	enum status st = OK;

	while (st == OK && len > 0) {
		if (s->at == s->len)
			st = take_block(s, reterr);
		const size_t there = s->len - s->at, n = there < len ? there : len;
		if (st != OK)
			break;
		memcpy(to, s->block + s->at, n);
		s->at += n;
		to += n;
		len -= n;
	}
	return st;
}

static int wait_for(struct sandbox *s)
{
	int how = 0;

	while (waitpid(s->child, &how, 0) < 0 && errno == EINTR)
		continue;
	s->child = 0;
	return WIFEXITED(how) ? WEXITSTATUS(how) : -1;
}

enum status sandbox_hear_all(struct sandbox *s, char *ret, size_t max, size_t *ret_len,
                             int *ret_code, struct error *reterr)
{
	ssize_t n = 1;

	*ret_code = 0;
	for (*ret_len = 0; *ret_len < max && n > 0; *ret_len += n > 0 ? (size_t)n : 0)
		n = read_some(s, ret + *ret_len, max - *ret_len);
	if (n < 0)
		return too_long(reterr);
	if (n == 0)
		*ret_code = wait_for(s);
	return OK;
}

void sandbox_end(struct sandbox *s)
{
	if (s == NULL)
		return;
	(void)close(s->heard);
	if (s->child != 0) {
		(void)kill(s->child, SIGKILL);
		(void)wait_for(s);
	}
	explicit_bzero(s->block, sizeof s->block);
}
