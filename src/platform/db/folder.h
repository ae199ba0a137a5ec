/*
 * folder.h - the data folder: one owner, and a ballast file for the day the disk is full
 *
 * The lock is an flock on `lock`; it goes with the process. The ballast (64 MB unless a test
 * says otherwise) is space set aside: released when the disk is full, so that views can go on
 * writing their events, and taken back when there is room again. Safe from every thread.
 */
#ifndef PLATFORM_DB_FOLDER_H
#define PLATFORM_DB_FOLDER_H

#include <stdbool.h>
#include <stdint.h>

#include "platform/core/error.h"

struct data_folder;

enum { FOLDER_BALLAST_BYTES = 64 * 1024 * 1024 };

/* Makes the folder (0700) if absent and takes its lock: ERR_CONFLICT if another process has it. */
MUST_CHECK enum status data_folder_open(const char *path, int64_t ballast_bytes,
                                        struct data_folder **ret, struct error *reterr);
void data_folder_close(struct data_folder *f);       /* takes NULL */
void data_folder_flush(const struct data_folder *f); /* all that was written, to disk */

/* Gives the ballast's space back to the disk. False: there was none left. */
bool data_folder_release_ballast(struct data_folder *f);

/* Takes the ballast's space again, if the disk then still has as much free. */
bool data_folder_restore_ballast(struct data_folder *f);

#endif
