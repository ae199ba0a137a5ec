/*
 * backup.h - a copy of the database while it is in use, and the way back
 *
 * SQLite: every file is copied from one snapshot by SQLite's own backup call, so that writers
 * never wait and the copy is one consistent state. plein.db comes before log/: an event that
 * the sealer moves meanwhile is in both copies rather than in none. A file appears under its
 * name only when it is complete, flushed and checked. search.db, keys/, files/ and the ballast
 * are not part of it: the first can be made again, keys are exported apart, files are copied
 * by whoever asked for the backup.
 *
 * PostgreSQL has its own way, which docs/operate describes:
 *	pg_dump --dbname=OWNER --format=custom --exclude-table='search_*' --file=FILE
 *	pg_restore --dbname=OWNER --no-owner --exit-on-error FILE   (into an empty database)
 * Here it answers ERR_INVALID with a sentence that says so.
 */
#ifndef PLATFORM_DB_BACKUP_H
#define PLATFORM_DB_BACKUP_H

#include "platform/db/db.h"

struct backup {
	int64_t files, bytes;
	int64_t schema_version; /* of plein.db */
};

/*
 * Copies into `dir`, which is made (0700) and must be empty: ERR_CONFLICT else. Reads data_dir
 * without its lock, so it works beside a running server. Takes time: never inside a job.
 */
MUST_CHECK enum status db_backup(const struct db_config *cfg, const char *dir, struct backup *ret,
                                 struct error *reterr);

/* Reads every page of the backup in dir: damaged or not one of ours is ERR_INVALID. */
MUST_CHECK enum status db_backup_check(const char *dir, struct backup *ret, struct error *reterr);

/*
 * Checks the backup in dir and puts it into cfg's data folder, whose lock it takes.
 * ERR_CONFLICT if there is a database already, ERR_INVALID if the backup is damaged.
 * db_migrate brings an older one up to date and makes search.db.
 */
MUST_CHECK enum status db_restore(const struct db_config *cfg, const char *dir, struct backup *ret,
                                  struct error *reterr);

#endif
