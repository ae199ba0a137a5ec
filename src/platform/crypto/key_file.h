/*
 * key_file.h - one key in one file; private to platform/crypto and its tests
 *
 * "plein-key 1 <name> <64 hex digits> <16 hex digits of check>" and a newline. The check finds
 * damage and a file under a wrong name, not malice. Written beside, flushed, renamed, folder
 * flushed: after a crash there is the whole file or none.
 */
#ifndef PLATFORM_CRYPTO_KEY_FILE_H
#define PLATFORM_CRYPTO_KEY_FILE_H

#include <stdbool.h>
#include <stdint.h>

#include "platform/core/error.h"

enum { KEY_FILE_KEY_BYTES = 32, KEY_FILE_PATH_BYTES = 4096 };

/* The folder with mode 0700, if absent. */
MUST_CHECK enum status key_folder_make(const char *folder, struct error *reterr);

bool key_file_exists(const char *folder, const char *name);
/* ERR_NOT_FOUND: absent. ERR_UNAVAILABLE: damaged, or others may read it. */
MUST_CHECK enum status key_file_read(const char *folder, const char *name,
                                     uint8_t ret[KEY_FILE_KEY_BYTES], struct error *reterr);
/* Replaces what is there. */
MUST_CHECK enum status key_file_write(const char *folder, const char *name,
                                      const uint8_t key[KEY_FILE_KEY_BYTES], struct error *reterr);
/* Overwrites, flushes, removes. Absent: OK. */
MUST_CHECK enum status key_file_destroy(const char *folder, const char *name, struct error *reterr);

#endif
