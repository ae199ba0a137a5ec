#include "server/key_export_file.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <unistd.h>

#include "platform/core/out.h"
#include "platform/crypto/key_export.h"
#include "server/rooms.h"

enum { PATH_BYTES = 4096, BLOCK_BYTES = 1 << 16 };

static void close_fd(const int *fd)
{
	if (*fd >= 0)
		(void)close(*fd);
}

static enum status cannot_write(struct error *reterr, const char *path)
{
	const int why = errno;

	(void)FAIL(reterr, ERR_UNAVAILABLE,
	           "Het bestand met de levende sleutels is niet geschreven. Kijk of er ruimte is "
	           "en of Plein daar mag schrijven.");
	return error_cause(reterr, "key export %.150s: %s", path, strerror(why));
}

static bool write_part(const char *part, const struct out *bytes)
{
	AUTO(close_fd)
	int fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);

	return fd >= 0 && out_whole(fd, bytes->data, bytes->len) && fsync(fd) == 0;
}

/* A rename is kept by the disk only when its folder is flushed too. */
static bool flush_folder_of(const char *path)
{
	char copy[PATH_BYTES];

	(void)snprintf(copy, sizeof copy, "%s", path);
	AUTO(close_fd) int fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return fd >= 0 && fsync(fd) == 0;
}

enum status key_export_write(const char *path, const struct out *bytes, struct error *reterr)
{
	char part[PATH_BYTES];

	errno = ENAMETOOLONG;
	if (snprintf(part, sizeof part, "%s.part", path) >= PATH_BYTES ||
	    !write_part(part, bytes) || rename(part, path) != 0 || !flush_folder_of(path))
		return cannot_write(reterr, path);
	return OK;
}

enum status key_export_read(const char *path, struct out *o, struct error *reterr)
{
	char block[BLOCK_BYTES];
	ssize_t n = 0;
	AUTO(close_fd) int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0) {
		(void)FAIL(reterr, ERR_NOT_FOUND,
		           "Het bestand met de levende sleutels is er niet: %.90s", path);
		return error_cause(reterr, "%s: %s", path, strerror(errno));
	}
	while ((n = read(fd, block, sizeof block)) > 0)
		out_raw(o, block, (size_t)n);
	if (n < 0)
		return FAIL(reterr, ERR_UNAVAILABLE, "Dit bestand is niet te lezen: %.120s", path);
	return out_end(o, reterr);
}

enum status key_export_renew(struct plein *p, struct error *reterr)
{
	struct out o;

	out_init(&o, KEY_EXPORT_MAX_BYTES);
	enum status st =
	    key_export(p->db, p->keyring, ALL_CARRIED, clock_now_ms(p->clock), &o, reterr);
	if (st == OK)
		st = key_export_write(p->key_export, &o, reterr);
	out_free(&o);
	return st;
}

static enum status renew(void *context, struct error *reterr)
{
	return key_export_renew(context, reterr);
}

enum status plein_rotate(struct plein *p, int64_t now_ms, struct keys_rotation *ret,
                         struct error *reterr)
{
	const struct keys_last_step step = { .run = renew, .context = p };

	return keys_rotate_with(p->db, p->keyring, now_ms, &step, ret, reterr);
}
