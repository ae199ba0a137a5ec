#include "platform/crypto/key_file.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "platform/crypto/crypto.h"

enum { LINE_BYTES = 256, CHECK_BYTES = 8, FILE_MODE = 0600, FOLDER_MODE = 0700 };

struct path {
	char text[KEY_FILE_PATH_BYTES];
};

static void close_file(const int *fd)
{
	if (*fd >= 0)
		(void)close(*fd);
}

static enum status no_key(struct error *reterr, enum status status, const char *folder,
                          const char *name, const char *why)
{
	(void)FAIL(reterr, status,
	           "De sleutels van deze installatie zijn niet te gebruiken. Vraag de beheerder.");
	return error_cause(reterr, "key %s/%s: %s", folder, name, why);
}

static enum status failed(struct error *reterr, const char *folder, const char *name,
                          const char *what)
{
	char why[80];

	(void)snprintf(why, sizeof why, "%s: errno %d", what, errno);
	return no_key(reterr, ERR_UNAVAILABLE, folder, name, why);
}

static struct path path_of(const char *folder, const char *name, const char *suffix)
{
	struct path p;
	const int len = snprintf(p.text, sizeof p.text, "%s/%s%s", folder, name, suffix);

	assert(len > 0 && (size_t)len < sizeof p.text);
	return p;
}

enum status key_folder_make(const char *folder, struct error *reterr)
{
	if (mkdir(folder, FOLDER_MODE) != 0 && errno != EEXIST)
		return failed(reterr, folder, "", "mkdir");
	return OK;
}

bool key_file_exists(const char *folder, const char *name)
{
	const struct path p = path_of(folder, name, ".key");

	return access(p.text, F_OK) == 0;
}

/* The whole line for this key; len without NUL. */
static size_t line_of(const char *name, const uint8_t key[KEY_FILE_KEY_BYTES], char ret[LINE_BYTES])
{
	char hex[2 * KEY_FILE_KEY_BYTES + 1], check[2 * CHECK_BYTES + 1];
	struct digest d = sha256_two(name, strlen(name), key, KEY_FILE_KEY_BYTES);

	hex_text(key, KEY_FILE_KEY_BYTES, hex);
	hex_text(d.bytes, CHECK_BYTES, check);
	const int len = snprintf(ret, LINE_BYTES, "plein-key 1 %s %s %s\n", name, hex, check);
	assert(len > 0 && len < LINE_BYTES);
	secret_wipe(hex, sizeof hex);
	secret_wipe(&d, sizeof d);
	return (size_t)len;
}

/* Reads the key out of a line that must be the very one that line_of gives. */
static bool line_read(const char *name, const char *line, size_t len,
                      uint8_t ret[KEY_FILE_KEY_BYTES])
{
	char hex[2 * KEY_FILE_KEY_BYTES + 1], again[LINE_BYTES];
	const size_t before = strlen("plein-key 1 ") + strlen(name) + 1;

	if (len < before + sizeof hex)
		return false;
	memcpy(hex, line + before, sizeof hex - 1);
	hex[sizeof hex - 1] = '\0';
	const bool right = hex_parse(hex, ret, KEY_FILE_KEY_BYTES) &&
	                   line_of(name, ret, again) == len && secret_equal(line, again, len);
	secret_wipe(hex, sizeof hex);
	secret_wipe(again, sizeof again);
	return right;
}

enum status key_file_read(const char *folder, const char *name, uint8_t ret[KEY_FILE_KEY_BYTES],
                          struct error *reterr)
{
	const struct path p = path_of(folder, name, ".key");
	char line[LINE_BYTES];
	struct stat about;
	AUTO(close_file) int fd = open(p.text, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);

	if (fd < 0 && errno == ENOENT)
		return no_key(reterr, ERR_NOT_FOUND, folder, name, "absent");
	if (fd < 0 || fstat(fd, &about) != 0)
		return failed(reterr, folder, name, "open");
	if ((about.st_mode & 077) != 0)
		return no_key(reterr, ERR_UNAVAILABLE, folder, name,
		              "others may read it: chmod 600, and think about who did");
	const ssize_t len = read(fd, line, sizeof line);
	if (len < 0)
		return failed(reterr, folder, name, "read");
	const bool right = line_read(name, line, (size_t)len, ret);
	secret_wipe(line, sizeof line);
	if (!right)
		return no_key(reterr, ERR_UNAVAILABLE, folder, name,
		              "damaged: put a copy from escrow in its place");
	return OK;
}

static bool flush_folder(const char *folder)
{
	AUTO(close_file) int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	return fd >= 0 && fsync(fd) == 0;
}

static bool write_flushed(const char *path, int flags, const char *line, size_t len)
{
	AUTO(close_file) int fd = open(path, flags | O_CLOEXEC | O_NOFOLLOW, FILE_MODE);

	return fd >= 0 && fchmod(fd, FILE_MODE) == 0 && write(fd, line, len) == (ssize_t)len &&
	       fsync(fd) == 0;
}

enum status key_file_write(const char *folder, const char *name,
                           const uint8_t key[KEY_FILE_KEY_BYTES], struct error *reterr)
{
	const struct path p = path_of(folder, name, ".key"), beside = path_of(folder, name, ".new");
	char line[LINE_BYTES];
	const size_t len = line_of(name, key, line);
	const bool written = write_flushed(beside.text, O_WRONLY | O_CREAT | O_TRUNC, line, len);

	secret_wipe(line, sizeof line);
	if (!written || rename(beside.text, p.text) != 0 || !flush_folder(folder))
		return failed(reterr, folder, name, "write");
	return OK;
}

enum status key_file_destroy(const char *folder, const char *name, struct error *reterr)
{
	const struct path p = path_of(folder, name, ".key");
	const char zeros[LINE_BYTES] = { 0 };

	if (access(p.text, F_OK) != 0 && errno == ENOENT)
		return OK;
	if (!write_flushed(p.text, O_WRONLY, zeros, sizeof zeros) || unlink(p.text) != 0 ||
	    !flush_folder(folder))
		return failed(reterr, folder, name, "destroy");
	return OK;
}
