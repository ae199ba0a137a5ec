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
};

size_t spool_held(void)
{
	return sizeof(struct spool);
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

static bool read_whole(int fd, uint8_t *to, size_t len)
{
	for (size_t at = 0; at < len;) {
		const ssize_t got = read(fd, to + at, len - at);
		if (got <= 0)
			return false;
		at += (size_t)got;
	}
	return true;
}

/* The next piece of the file, which has this number. */
static enum status open_piece(struct spool *s, int64_t number, struct arena *a, char *to,
                              struct error *reterr)
{
	const struct seal_place place = place_of(number);
	const char *plain = NULL;
	size_t plain_len = 0;

	if (!read_whole(s->fd, s->sealed, SEALED_BYTES))
		return FAIL_INTERNAL(reterr);
	const enum status st =
	    seal_open(&s->key, &place, s->sealed, SEALED_BYTES, a, &plain, &plain_len, reterr);
	if (st == OK)
		memcpy(to, plain, plain_len);
	return st;
}

enum status spool_read(struct spool *s, char *to, struct error *reterr)
{
	enum status st = OK;
	struct arena a;
	size_t at = 0;

	/* the last piece never was on disk */
	const size_t on_disk = s->len - s->filled;
	if (lseek(s->fd, 0, SEEK_SET) != 0)
		return FAIL_INTERNAL(reterr);
	arena_init(&a, (size_t)4 * PIECE_BYTES);
	for (int64_t i = 0; st == OK && at < on_disk; i++, at += PIECE_BYTES) {
		st = open_piece(s, i, &a, to + at, reterr);
		arena_reset(&a);
	}
	if (st == OK)
		memcpy(to + at, s->piece, s->filled);
	return st;
}

void spool_free(struct spool *s)
{
	if (s == NULL)
		return;
	if (s->fd >= 0)
		(void)close(s->fd);
	seal_key_wipe(&s->key);
	free(s);
}
