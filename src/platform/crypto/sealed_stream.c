#include "platform/crypto/sealed_stream.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "platform/core/arena.h"
#include "platform/core/memory.h"
#include "platform/core/out.h"

enum {
	PIECE_BYTES = 65536,
	SEALED_PIECE_BYTES = PIECE_BYTES + SEAL_OVERHEAD_BYTES,
	PATH_BYTES = 512,
	KIND = 100 /* bound to the wrapped key; no kind of sealed_key.h */
};
static const char MAGIC[8] = "PLNSEAL";

struct head {
	char magic[8];
	int64_t id, period;
	uint8_t wrapped[SEAL_WRAPPED_BYTES];
	uint8_t pad[7];
};

struct sealed_stream {
	struct arena arena;  /* holds this */
	struct arena opened; /* the piece that was read last */
	FILE *file;          /* the caller's side */
	int fd;
	char path[PATH_BYTES], part[PATH_BYTES];
	struct seal_key key;
	int64_t id, piece;
	int64_t left; /* reading: sealed bytes not read yet */
	uint8_t plain[PIECE_BYTES];
	size_t held;       /* writing: bytes of plain that wait */
	const char *ready; /* reading: what is left of the opened piece */
	size_t ready_bytes;
};

static struct seal_place place_of(const struct sealed_stream *s, bool last)
{
	return (struct seal_place){ .table = "sealed_stream",
		                    .column = "bytes",
		                    .id = s->id,
		                    .phase = last,
		                    .version = s->piece };
}

static struct sealed_stream *stream_new(const char *path)
{
	struct arena a;

	arena_init(&a, sizeof(struct sealed_stream) + 4096);
	struct sealed_stream *s = ARENA_NEW(&a, struct sealed_stream);
	s->arena = a;
	s->fd = -1;
	(void)snprintf(s->path, sizeof s->path, "%s", path);
	(void)snprintf(s->part, sizeof s->part, "%.500s.part", path);
	arena_init(&s->opened, SEALED_PIECE_BYTES * 2 + 4096);
	return s;
}

static void stream_free(struct sealed_stream *s)
{
	struct arena a = s->arena;

	if (s->fd >= 0)
		(void)close(s->fd);
	arena_reset(&s->opened);
	seal_key_wipe(&s->key);
	explicit_bzero(s->plain, sizeof s->plain);
	arena_reset(&a);
}

static enum status fail_disk(struct error *reterr, const char *what)
{
	const int why = errno;
	(void)FAIL(reterr, ERR_UNAVAILABLE,
	           "Het bestand kan nu niet worden bewaard. Probeer het straks opnieuw.");
	return error_cause(reterr, "sealed stream: %s: %s", what, strerror(why));
}

/* ---- writing ----------------------------------------------------------------------------------- */

static bool put_piece(struct sealed_stream *s, bool last)
{
	uint8_t sealed[SEALED_PIECE_BYTES];
	const struct seal_place place = place_of(s, last);

	seal(&s->key, &place, s->plain, s->held, sealed);
	const bool put = out_whole(s->fd, sealed, s->held + SEAL_OVERHEAD_BYTES);
	s->held = 0;
	s->piece++;
	return put;
}

/* A full piece waits until more comes, so that the last one is known when it is sealed. */
static ssize_t cookie_write(void *cookie, const char *from, size_t len)
{
	struct sealed_stream *s = cookie;

	for (size_t done = 0; done < len;) {
		if (s->held == PIECE_BYTES && !put_piece(s, false))
			return 0;
		const size_t room = PIECE_BYTES - s->held;
		const size_t part = len - done < room ? len - done : room;
		memcpy(s->plain + s->held, from + done, part);
		s->held += part;
		done += part;
	}
	return (ssize_t)len;
}

static bool write_head(struct sealed_stream *s, struct keyring *k)
{
	struct head h = { .id = keyring_next_id(k) };

	memcpy(h.magic, MAGIC, sizeof h.magic);
	s->id = h.id;
	s->key = seal_key_new();
	keyring_wrap(k, h.id, KIND, &s->key, &h.period, h.wrapped);
	return out_whole(s->fd, &h, sizeof h);
}

enum status sealed_stream_create(struct keyring *k, const char *path, struct sealed_stream **ret,
                                 struct error *reterr)
{
	struct sealed_stream *s = stream_new(path);
	enum status st = OK;

	s->fd = open(s->part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (s->fd < 0 || !write_head(s, k))
		st = fail_disk(reterr, "create");
	if (st == OK) {
		s->file = fopencookie(s, "w", (cookie_io_functions_t){ .write = cookie_write });
		if (s->file == NULL)
			memory_exhausted();
		*ret = s;
		return OK;
	}
	sealed_stream_drop(s);
	return st;
}

FILE *sealed_stream_file(struct sealed_stream *s)
{
	return s->file;
}

static bool flush_folder(const char *path)
{
	char folder[PATH_BYTES];
	const char *slash = strrchr(path, '/');

	(void)snprintf(folder, sizeof folder, "%.*s", slash == NULL ? 1 : (int)(slash - path),
	               slash == NULL ? "." : path);
	const int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	const bool flushed = fd >= 0 && fsync(fd) == 0;
	if (fd >= 0)
		(void)close(fd);
	return flushed;
}

enum status sealed_stream_keep(struct sealed_stream *s, struct error *reterr)
{
	const bool written = ferror(s->file) == 0 && fclose(s->file) == 0;
	enum status st = OK;

	s->file = NULL;
	if (!written || !put_piece(s, true) || fsync(s->fd) != 0)
		st = fail_disk(reterr, "write");
	else if (rename(s->part, s->path) != 0 || !flush_folder(s->path))
		st = fail_disk(reterr, "rename");
	if (st != OK)
		(void)unlink(s->part);
	stream_free(s);
	return st;
}

void sealed_stream_drop(struct sealed_stream *s)
{
	if (s->file != NULL)
		(void)fclose(s->file);
	(void)unlink(s->part);
	stream_free(s);
}

/* ---- reading ----------------------------------------------------------------------------------- */

static bool read_all(int fd, void *to, size_t len)
{
	uint8_t *bytes = to;

	while (len > 0) {
		const ssize_t n = read(fd, bytes, len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		bytes += n;
		len -= (size_t)n;
	}
	return true;
}

static bool open_piece(struct sealed_stream *s)
{
	const bool last = s->left <= SEALED_PIECE_BYTES;
	const size_t len = last ? (size_t)s->left : SEALED_PIECE_BYTES;
	const struct seal_place place = place_of(s, last);
	struct error e;

	arena_reset(&s->opened);
	uint8_t *sealed = arena_alloc(&s->opened, len + 1);
	s->left -= (int64_t)len;
	s->piece++;
	return read_all(s->fd, sealed, len) && seal_open(&s->key, &place, sealed, len, &s->opened,
	                                                 &s->ready, &s->ready_bytes, &e) == OK;
}

static ssize_t cookie_read(void *cookie, char *to, size_t len)
{
	struct sealed_stream *s = cookie;

	if (s->ready_bytes == 0 && s->left > 0 && !open_piece(s)) {
		s->left = 0;
		s->ready_bytes = 0;
		return -1;
	}
	const size_t part = len < s->ready_bytes ? len : s->ready_bytes;
	if (part > 0)
		memcpy(to, s->ready, part);
	s->ready += part;
	s->ready_bytes -= part;
	return (ssize_t)part;
}

static int cookie_close(void *cookie)
{
	stream_free(cookie);
	return 0;
}

static enum status read_head(struct sealed_stream *s, struct keyring *k, struct error *reterr)
{
	struct head h;
	struct stat info;

	if (fstat(s->fd, &info) != 0 || !read_all(s->fd, &h, sizeof h) ||
	    memcmp(h.magic, MAGIC, sizeof h.magic) != 0 ||
	    info.st_size < (off_t)(sizeof h + SEAL_OVERHEAD_BYTES))
		return FAIL(reterr, ERR_INVALID, "Dit is geen verzegeld bestand.");
	s->id = h.id;
	s->left = (int64_t)info.st_size - (int64_t)sizeof h;
	return keyring_unwrap(k, h.period, h.id, KIND, h.wrapped, &s->key, reterr);
}

enum status sealed_stream_open(struct keyring *k, const char *path, FILE **ret,
                               struct error *reterr)
{
	struct sealed_stream *s = stream_new(path);
	enum status st = OK;

	s->fd = open(s->path, O_RDONLY | O_CLOEXEC);
	if (s->fd < 0)
		st = FAIL(reterr, ERR_NOT_FOUND, "Er is geen verzegeld bestand.");
	if (st == OK)
		st = read_head(s, k, reterr);
	if (st != OK) {
		stream_free(s);
		return st;
	}
	s->file = fopencookie(
	    s, "r", (cookie_io_functions_t){ .read = cookie_read, .close = cookie_close });
	if (s->file == NULL)
		memory_exhausted();
	*ret = s->file;
	return OK;
}
