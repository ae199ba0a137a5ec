#include "platform/db/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

struct data_folder {
	int dir, lock;
	int64_t ballast_bytes;
};

static enum status refuse(struct error *reterr, const char *what, const char *path)
{
	int why = errno;

	(void)FAIL(
	    reterr, ERR_UNAVAILABLE,
	    "De map met gegevens is niet bruikbaar. Kijk of de map bestaat en of Plein er mag "
	    "schrijven.");
	return error_cause(reterr, "%s %s: errno %d", what, path, why);
}

static enum status take_lock(struct data_folder *f, const char *path, struct error *reterr)
{
	f->lock = openat(f->dir, "lock", O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (f->lock < 0)
		return refuse(reterr, "lock in", path);
	if (flock(f->lock, LOCK_EX | LOCK_NB) == 0)
		return OK;
	(void)FAIL(reterr, ERR_CONFLICT,
	           "Plein draait al op deze map. Stop dat eerst, of kies een andere map.");
	return error_cause(reterr, "the lock in %s is held by another process", path);
}

enum status data_folder_open(const char *path, int64_t ballast_bytes, struct data_folder **ret,
                             struct error *reterr)
{
	if (mkdir(path, 0700) != 0 && errno != EEXIST)
		return refuse(reterr, "mkdir", path);
	struct data_folder *f = calloc(1, sizeof(*f));
	if (f == NULL)
		return FAIL_INTERNAL(reterr);
	f->lock = -1;
	f->ballast_bytes = ballast_bytes > 0 ? ballast_bytes : FOLDER_BALLAST_BYTES;
	f->dir = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	enum status st = f->dir < 0 ? refuse(reterr, "open", path) : take_lock(f, path, reterr);
	if (st != OK) {
		data_folder_close(f);
		return st;
	}
	(void)data_folder_restore_ballast(f); /* a disk without room starts without ballast */
	*ret = f;
	return OK;
}

void data_folder_flush(const struct data_folder *f)
{
	(void)syncfs(f->dir);
}

void data_folder_close(struct data_folder *f)
{
	if (f == NULL)
		return;
	if (f->lock >= 0)
		(void)close(f->lock);
	if (f->dir >= 0)
		(void)close(f->dir);
	free(f);
}

bool data_folder_release_ballast(struct data_folder *f)
{
	return unlinkat(f->dir, "ballast", 0) == 0;
}

static bool has_room(const struct data_folder *f)
{
	struct statvfs disk;

	if (fstatvfs(f->dir, &disk) != 0)
		return false;
	return (int64_t)(disk.f_bavail * disk.f_frsize) >= 2 * f->ballast_bytes;
}

bool data_folder_restore_ballast(struct data_folder *f)
{
	struct stat st;

	if (fstatat(f->dir, "ballast", &st, AT_SYMLINK_NOFOLLOW) == 0 &&
	    st.st_size == f->ballast_bytes)
		return true;
	if (!has_room(f))
		return false;
	int fd = openat(f->dir, "ballast", O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		return false;
	bool taken = posix_fallocate(fd, 0, f->ballast_bytes) == 0;
	(void)close(fd);
	if (!taken)
		(void)unlinkat(f->dir, "ballast", 0);
	return taken;
}
