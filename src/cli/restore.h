/* restore.h - the export of living keys as commands: made beside a backup, put back with it */
#ifndef CLI_RESTORE_H
#define CLI_RESTORE_H

#include "cli/cli.h"
#include "platform/core/out.h"

/* "/backup/keys.export" for the backup "/backup/2026-11-22". */
const char *key_export_beside(struct arena *a, const char *backup);

/* argv: "keys export" with its settings, without the file. Asks a running server if there is one. */
MUST_CHECK enum status cli_keys_export(int argc, char **argv, struct arena *a, const char *file,
                                       struct out *o, struct error *reterr);
/* Whether the export can be used with the keys in the data folder: before anything is restored. */
MUST_CHECK enum status cli_keys_check(const struct settings *s, struct arena *a, const char *file,
                                      struct error *reterr);
/* Into a database that no server runs on: after a restore, before the first start. */
MUST_CHECK enum status cli_keys_import(const struct settings *s, struct arena *a, const char *file,
                                       struct out *o, struct error *reterr);

#endif
