/*
 * backup.h - plein backup create | check | restore: the database, while the server runs
 *
 * main hands over where the database is; it is not opened for this. Attachments (files/) and
 * keys have their own way: docs/operate/backup-and-restore.md.
 */
#ifndef CLI_BACKUP_H
#define CLI_BACKUP_H

#include "platform/core/error.h"
#include "platform/core/out.h"
#include "platform/db/db.h"

extern const char BACKUP_HELP[];

/* ERR_INVALID: the command was wrong; or as platform/db/backup.h says. */
MUST_CHECK enum status cli_backup(const struct db_config *cfg, int argc, char *const argv[],
                                  struct out *o, struct error *reterr);

#endif
