#include "platform/http/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "platform/core/out.h"
#include "platform/crypto/seal.h"

enum { PIECE_BYTES = 64 * 1024, SEALED_BYTES = PIECE_BYTES + SEAL_OVERHEAD_BYTES };

struct spool {
	int fd;
	struct seal_key key;
	size_t len, filled; /* filled: of the piece that isn't on disk yet */
	int64_t pieces;
	char piece[PIECE_BYTES];
	uint8_t sealed[SEALED_BYTES];
	struct arena arena; /* of the piece that was opened last */
	const char *opened;
	int64_t opened_number; /* -1: none */
};

size_t spool_held(void)
{
	return sizeof(struct spool) + PIECE_BYTES;
}

static int nameless_file(const char *folder)
{
	char path[4096];
	int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

	if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR))
		return fd;
	/* a file system without them */
	(void)snprintf(path, sizeof path, "%s/body.XXXXXX", folder);
	fd = mkostemp(path, O_CLOEXEC);
	if (fd >= 0)
		(void)unlink(path);
	return fd;
}

struct spool *spool_new(const char *folder)
{
	struct spool *s = calloc(1, sizeof *s);

	if (s == NULL)
		return NULL;
	s->fd = nameless_file(folder);
	s->key = seal_key_new();
	s->opened_number = -1;
	arena_init(&s->arena, (size_t)4 * PIECE_BYTES);
	if (s->fd >= 0)
		return s;
	spool_free(s);
	return NULL;
}

static struct seal_place place_of(int64_t piece)
{
	return (struct seal_place){ .table = "body", .column = "piece", .id = piece };
}

static bool write_piece(struct spool *s)
{
	const struct seal_place place = place_of(s->pieces++);

	seal(&s->key, &place, s->piece, s->filled, s->sealed);
	const bool whole = out_whole(s->fd, s->sealed, s->filled + SEAL_OVERHEAD_BYTES);
	s->filled = 0;
	return whole;
}

bool spool_add(struct spool *s, const char *bytes, size_t len)
{
	while (len > 0) {
		const size_t room = PIECE_BYTES - s->filled, part = len < room ? len : room;
		memcpy(s->piece + s->filled, bytes, part);
		s->filled += part;
		s->len += part;
		bytes += part;
		len -= part;
		if (s->filled == PIECE_BYTES && !write_piece(s))
			return false;
	}
	return true;
}

size_t spool_len(const struct spool *s)
{
	return s->len;
}

static bool read_whole(int fd, uint8_t *to, size_t len, int64_t from)
{
	for (size_t at = 0; at < len;) {
		const ssize_t got = pread(fd, to + at, len - at, from + (off_t)at);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		at += (size_t)got;
	}
	return true;
}

static bool open_piece(struct spool *s, int64_t number)
{
	const struct seal_place place = place_of(number);
	struct error ignored = { 0 };
	size_t len = 0;

	if (s->opened_number == number)
		return true;
	s->opened_number = -1;
	arena_reset(&s->arena);
	if (!read_whole(s->fd, s->sealed, SEALED_BYTES, number * SEALED_BYTES) ||
	    seal_open(&s->key, &place, s->sealed, SEALED_BYTES, &s->arena, &s->opened, &len,
	              &ignored) != OK)
		return false;
	s->opened_number = number;
	return true;
}

/* The last piece never was on disk. */
static bool read_at(void *context, size_t at, void *to, size_t len)
{
	struct spool *s = context;
	char *next = to;

	while (len > 0) {
		const int64_t number = (int64_t)(at / PIECE_BYTES);
		const size_t from = at % PIECE_BYTES;
		const size_t part = len < PIECE_BYTES - from ? len : PIECE_BYTES - from;
		if (number < s->pieces && !open_piece(s, number))
			return false;
		memcpy(next, (number < s->pieces ? s->opened : s->piece) + from, part);
		next += part;
		at += part;
		len -= part;
	}
	return true;
}

struct byte_source spool_source(struct spool *s)
{
	return (struct byte_source){ .len = s->len, .read = read_at, .context = s };
}

void spool_free(struct spool *s)
{
	if (s == NULL)
		return;
	if (s->fd >= 0)
		(void)close(s->fd);
	seal_key_wipe(&s->key);
	arena_reset(&s->arena);
	free(s);
}
