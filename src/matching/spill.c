#include "matching/spill.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum { WINDOW_BYTES = 48 << 18 /* 12 MiB: whole items of 12 and 16 bytes */ };

void spill_init(struct spill *s, uint64_t bound_bytes, const char *directory)
{
	*s = (struct spill){ .bound_bytes = bound_bytes, .directory = directory, .fd = -1 };
	if (bound_bytes != 0 && bound_bytes < 65536)
		s->bound_bytes = 65536;
}

void spill_free(struct spill *s)
{
	bigarray_free(&s->part);
	bigarray_free(&s->window);
	if (s->fd >= 0)
		(void)close(s->fd);
	s->fd = -1;
}

static void open_file(struct spill *s)
{
	char path[512];
	const char *directory = s->directory == NULL ? "/tmp" : s->directory;

	(void)snprintf(path, sizeof(path), "%s/plein-match-XXXXXX", directory);
	s->fd = mkostemp(path, O_CLOEXEC);
	if (s->fd < 0)
		s->failed = errno;
	else
		(void)unlink(path); /* goes with the process, whatever happens to it */
}

void spill_flush(struct spill *s)
{
	size_t done = 0;

	if (s->fd < 0 && s->failed == 0)
		open_file(s);
	while (s->failed == 0 && done < s->part.bytes) {
		ssize_t n = pwrite(s->fd, (const char *)s->part.data + done, s->part.bytes - done,
		                   (off_t)(s->on_disk_bytes + done));
		if (n < 0 && errno != EINTR)
			s->failed = errno;
		else if (n > 0)
			done += (size_t)n;
	}
	s->on_disk_bytes += done;
	s->part.bytes = 0;
}

void spill_rewind(struct spill *s)
{
	s->read_bytes = 0;
	s->part_read = false;
}

static enum status from_disk(struct spill *s, const void **ret, size_t *ret_bytes,
                             struct error *reterr)
{
	uint64_t left = s->on_disk_bytes - s->read_bytes;
	size_t want = left < WINDOW_BYTES ? (size_t)left : WINDOW_BYTES, done = 0;
	char *to = bigarray_reserve(&s->window, WINDOW_BYTES);

	while (done < want) {
		ssize_t n = pread(s->fd, to + done, want - done, (off_t)(s->read_bytes + done));
		if (n == 0 || (n < 0 && errno != EINTR)) {
			s->failed = n == 0 ? EIO : errno;
			break;
		}
		if (n > 0)
			done += (size_t)n;
	}
	s->read_bytes += done;
	*ret = to;
	*ret_bytes = done;
	if (s->failed == 0)
		return OK;
	(void)FAIL(reterr, ERR_UNAVAILABLE,
	           "De schijf voor tussenbestanden werkt niet of is vol. Maak ruimte en probeer "
	           "het opnieuw.");
	return error_cause(reterr, "spill: %s", strerror(s->failed));
}

enum status spill_next(struct spill *s, const void **ret, size_t *ret_bytes, struct error *reterr)
{
	if (s->failed != 0 || s->read_bytes < s->on_disk_bytes)
		return from_disk(s, ret, ret_bytes, reterr);
	*ret = s->part.data;
	*ret_bytes = s->part_read ? 0 : s->part.bytes;
	s->part_read = true;
	return OK;
}
