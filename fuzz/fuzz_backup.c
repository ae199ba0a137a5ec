/*
 * Any bytes as the plein.db of a backup, a quarter of the log beside it. Refused: nothing is put back,
 * and the data folder stays as it was. Accepted: what is put back is as good as what was handed in,
 * and is not put over what is there.
 */
#include <assert.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "platform/db/backup.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { FILE_MAX_BYTES = 1 << 20, PATH_CHARS = 120, BALLAST_BYTES = 4096 };

static int remove_one(const char *path, const struct stat *about, int kind, struct FTW *at)
{
	(void)about;
	(void)kind;
	(void)at;
	return remove(path);
}

static void put_file(const char *folder, const char *name, const uint8_t *bytes, size_t len)
{
	char path[PATH_CHARS + 40];

	(void)snprintf(path, sizeof path, "%s/%s", folder, name);
	const int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0 || write(fd, bytes, len) != (ssize_t)len || close(fd) != 0)
		abort();
}

static void make(const char *root, const char *name, char path[PATH_CHARS])
{
	(void)snprintf(path, PATH_CHARS, "%s/%s", root, name);
	if (mkdir(path, 0700) != 0)
		abort();
}

static bool has(const char *folder, const char *name)
{
	char path[PATH_CHARS + 40];

	(void)snprintf(path, sizeof path, "%s/%s", folder, name);
	return access(path, F_OK) == 0;
}

static void assert_put_back(const struct db_config *cfg, const char *copy,
                            const struct backup *checked)
{
	struct backup put = { 0 }, again = { 0 };
	struct error e = { 0 };

	assert(db_restore(cfg, copy, &put, &e) == OK);
	assert(db_backup_check(cfg->data_dir, &again, &e) == OK);
	assert(again.files == checked->files);
	assert(again.schema_version == checked->schema_version);
	assert(db_restore(cfg, copy, &put, &e) == ERR_CONFLICT);
}

static void try_it(const char *root, const uint8_t *data, size_t size)
{
	char copy[PATH_CHARS], log[PATH_CHARS], home[PATH_CHARS];
	struct backup checked = { 0 }, put = { 0 };
	struct error e = { 0 };

	make(root, "copy", copy);
	make(root, "copy/log", log);
	make(root, "home", home);
	const struct db_config cfg = { .engine = DB_SQLITE,
		                       .data_dir = home,
		                       .ballast_bytes = BALLAST_BYTES };
	put_file(copy, "plein.db", data, size);
	if (size > 0 && data[size - 1] % 2 == 1)
		put_file(log, "2026-4.db", data, size);
	if (db_backup_check(copy, &checked, &e) == OK) {
		assert_put_back(&cfg, copy, &checked);
		return;
	}
	assert(e.message[0] != '\0');
	assert(db_restore(&cfg, copy, &put, &e) != OK);
	assert(!has(home, "plein.db"));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char root[] = "/tmp/plein-fuzz-XXXXXX";

	if (size > FILE_MAX_BYTES)
		return 0;
	if (mkdtemp(root) == NULL)
		abort();
	try_it(root, data, size);
	(void)nftw(root, remove_one, 8, FTW_DEPTH | FTW_PHYS);
	return 0;
}
