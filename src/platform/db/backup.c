#include "platform/db/backup.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "platform/db/folder.h"

enum { PATH_BYTES = 4096, BUSY_MS = 5000 };

/* ---- one file ----------------------------------------------------------------------------- */

static enum status damaged(struct error *reterr, const char *path, const char *why)
{
	(void)FAIL(reterr, ERR_INVALID,
	           "Deze kopie is beschadigd of is niet van Plein. Kies een andere kopie.");
	(void)error_cause(reterr, "%.120s: %.100s", path, why);
	return ERR_INVALID;
}

static enum status cannot(struct error *reterr, const char *path, const char *why)
{
	(void)FAIL(reterr, ERR_UNAVAILABLE,
	           "De kopie is niet gemaakt. Kijk of er ruimte is en of Plein er mag schrijven.");
	(void)error_cause(reterr, "%.120s: %.100s", path, why);
	return ERR_UNAVAILABLE;
}

static void close_file(sqlite3 **db)
{
	(void)sqlite3_close(*db);
}

/* One row of one text or number: what a PRAGMA answers. */
static bool answers(sqlite3 *db, const char *sql, char *ret, size_t size)
{
	sqlite3_stmt *stmt;
	bool got = false;

	if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) != SQLITE_OK)
		return false;
	if (sqlite3_step(stmt) == SQLITE_ROW) {
		const unsigned char *text = sqlite3_column_text(stmt, 0);
		(void)snprintf(ret, size, "%s", text == NULL ? "" : (const char *)text);
		got = true;
	}
	(void)sqlite3_finalize(stmt);
	return got;
}

static enum status check_file(const char *path, bool is_main, struct backup *b,
                              struct error *reterr)
{
	AUTO(close_file) sqlite3 *db = NULL;
	char answer[100] = "";
	struct stat st;

	if (stat(path, &st) != 0)
		return damaged(reterr, path, "it isn't there");
	if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
		return damaged(reterr, path, sqlite3_errmsg(db));
	if (!answers(db, "PRAGMA integrity_check(1)", answer, sizeof(answer)))
		return damaged(reterr, path, sqlite3_errmsg(db));
	if (strcmp(answer, "ok") != 0)
		return damaged(reterr, path, answer);
	b->files++;
	b->bytes += st.st_size;
	if (!is_main)
		return OK;
	if (!answers(db, "SELECT max(version) FROM schema_version", answer, sizeof(answer)))
		return damaged(reterr, path, "it holds no schema_version");
	b->schema_version = strtoll(answer, NULL, 10);
	return OK;
}

/* In one step: from one snapshot, which a WAL keeps without holding up its writer. */
static enum status copy_pages(sqlite3 *from, sqlite3 *to, const char *path, struct error *reterr)
{
	sqlite3_backup *copy = sqlite3_backup_init(to, "main", from, "main");
	if (copy == NULL)
		return cannot(reterr, path, sqlite3_errmsg(to));
	int rc = sqlite3_backup_step(copy, -1);
	(void)sqlite3_backup_finish(copy);
	if (rc != SQLITE_DONE)
		return cannot(reterr, path, sqlite3_errstr(rc));
	/* A copy is one file: without a journal of its own beside it. */
	if (sqlite3_exec(to, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL) != SQLITE_OK)
		return cannot(reterr, path, sqlite3_errmsg(to));
	return OK;
}

static enum status copy_to_part(const char *from_path, const char *part, struct error *reterr)
{
	AUTO(close_file) sqlite3 *from = NULL;
	AUTO(close_file) sqlite3 *to = NULL;

	if (sqlite3_open_v2(from_path, &from, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK ||
	    sqlite3_busy_timeout(from, BUSY_MS) != SQLITE_OK)
		return cannot(reterr, from_path, sqlite3_errmsg(from));
	if (sqlite3_open_v2(part, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL) !=
	    SQLITE_OK)
		return cannot(reterr, part, sqlite3_errmsg(to));
	return copy_pages(from, to, part, reterr);
}

/* A rename is kept by the disk only when its folder is flushed too. */
static bool flush_folder(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return false;
	bool fine = fsync(fd) == 0;
	(void)close(fd);
	return fine;
}

static enum status copy_file(const char *from_dir, const char *to_dir, const char *name,
                             struct backup *b, struct error *reterr)
{
	char from[PATH_BYTES], to[PATH_BYTES], part[PATH_BYTES];

	(void)snprintf(from, sizeof(from), "%s/%s", from_dir, name);
	(void)snprintf(to, sizeof(to), "%s/%s", to_dir, name);
	(void)snprintf(part, sizeof(part), "%s/%s.part", to_dir, name);
	enum status st = copy_to_part(from, part, reterr);
	if (st == OK)
		st = check_file(part, strcmp(name, "plein.db") == 0, b, reterr);
	if (st == OK && (chmod(part, 0600) != 0 || rename(part, to) != 0 || !flush_folder(to_dir)))
		st = cannot(reterr, to, "chmod, rename or fsync failed");
	if (st != OK)
		(void)unlink(part);
	return st;
}

/* ---- a folder of them ----------------------------------------------------------------------- */

typedef enum status each_log_fn(const char *dir, const char *other_dir, const char *name,
                                struct backup *b, struct error *reterr);

static bool is_log(const char *name)
{
	size_t len = strlen(name);

	return len > 3 && strcmp(name + len - 3, ".db") == 0;
}

static enum status each_log(const char *dir, const char *other_dir, each_log_fn *fn,
                            struct backup *b, struct error *reterr)
{
	char from[PATH_BYTES], to[PATH_BYTES];
	enum status st = OK;
	const struct dirent *entry;

	(void)snprintf(from, sizeof(from), "%s/log", dir);
	(void)snprintf(to, sizeof(to), "%s/log", other_dir);
	DIR *logs = opendir(from);
	if (logs == NULL)
		return errno == ENOENT ? OK : cannot(reterr, from, "opendir failed");
	if (mkdir(to, 0700) != 0 && errno != EEXIST)
		st = cannot(reterr, to, "mkdir failed");
	while (st == OK && (entry = readdir(logs)) != NULL)
		if (is_log(entry->d_name))
			st = fn(from, to, entry->d_name, b, reterr);
	(void)closedir(logs);
	return st;
}

static enum status check_log(const char *dir, const char *other_dir, const char *name,
                             struct backup *b, struct error *reterr)
{
	char path[PATH_BYTES];

	(void)other_dir;
	const int len = snprintf(path, sizeof(path), "%s/%s", dir, name);
	if (len < 0 || (size_t)len >= sizeof(path))
		return cannot(reterr, name, "the path is too long");
	return check_file(path, false, b, reterr);
}

static enum status copy_all(const char *from_dir, const char *to_dir, struct backup *ret,
                            struct error *reterr)
{
	struct backup b = { 0 };
	enum status st = copy_file(from_dir, to_dir, "plein.db", &b, reterr);

	if (st == OK)
		st = each_log(from_dir, to_dir, copy_file, &b, reterr);
	if (st == OK)
		*ret = b;
	return st;
}

static enum status refuse_postgres(struct error *reterr)
{
	return FAIL(
	    reterr, ERR_INVALID,
	    "Deze gegevens staan in PostgreSQL. Maak de kopie met pg_dump en zet haar terug "
	    "met pg_restore.");
}

static bool is_empty(const char *path)
{
	const struct dirent *entry;
	bool empty = true;
	DIR *dir = opendir(path);
	if (dir == NULL)
		return false;
	while (empty && (entry = readdir(dir)) != NULL)
		empty = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
	(void)closedir(dir);
	return empty;
}

enum status db_backup(const struct db_config *cfg, const char *dir, struct backup *ret,
                      struct error *reterr)
{
	if (cfg->engine == DB_POSTGRES)
		return refuse_postgres(reterr);
	if (mkdir(dir, 0700) != 0 && errno != EEXIST)
		return cannot(reterr, dir, "mkdir failed");
	if (!is_empty(dir))
		return FAIL(reterr, ERR_CONFLICT,
		            "De map voor de kopie is niet leeg. Kies een lege of nieuwe map.");
	return copy_all(cfg->data_dir, dir, ret, reterr);
}

enum status db_backup_check(const char *dir, struct backup *ret, struct error *reterr)
{
	char path[PATH_BYTES];
	struct backup b = { 0 };

	(void)snprintf(path, sizeof(path), "%s/plein.db", dir);
	enum status st = check_file(path, true, &b, reterr);
	if (st == OK)
		st = each_log(dir, dir, check_log, &b, reterr);
	if (st == OK)
		*ret = b;
	return st;
}

static enum status put_back(const struct db_config *cfg, const char *dir, struct backup *ret,
                            struct error *reterr)
{
	char path[PATH_BYTES];

	(void)snprintf(path, sizeof(path), "%s/plein.db", cfg->data_dir);
	if (access(path, F_OK) == 0)
		return FAIL(reterr, ERR_CONFLICT,
		            "In deze map staan al gegevens. Kies een lege of nieuwe map.");
	/* What is left of another database's search would answer for this one. */
	(void)snprintf(path, sizeof(path), "%s/search.db", cfg->data_dir);
	if (unlink(path) != 0 && errno != ENOENT)
		return cannot(reterr, path, "unlink failed");
	return copy_all(dir, cfg->data_dir, ret, reterr);
}

enum status db_restore(const struct db_config *cfg, const char *dir, struct backup *ret,
                       struct error *reterr)
{
	struct data_folder *folder;
	struct backup checked;
	if (cfg->engine == DB_POSTGRES)
		return refuse_postgres(reterr);

	enum status st = db_backup_check(dir, &checked, reterr);
	if (st == OK)
		st = data_folder_open(cfg->data_dir, cfg->ballast_bytes, &folder, reterr);
	if (st != OK)
		return st;
	st = put_back(cfg, dir, ret, reterr);
	data_folder_close(folder);
	return st;
}
