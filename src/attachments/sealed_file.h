/*
 * sealed_file.h - the bytes of a file on disk, sealed piece by piece under one key
 *
 * A file is written once, whole or not at all, under the name of its uuid, and never changed.
 * Pieces of 64 KiB are sealed apart, each bound to file, place and whether it is the last: a
 * piece that was changed, moved, left out or added doesn't open. Reading takes one piece at a
 * time, so that a download holds 128 KiB, whatever its size; writing holds as much.
 */
#ifndef ATTACHMENTS_SEALED_FILE_H
#define ATTACHMENTS_SEALED_FILE_H

#include "platform/core/source.h"
#include "platform/crypto/seal.h"
#include "platform/crypto/uuid.h"

struct sealed_name {
	const char *folder; /* DATA/files */
	struct uuid uuid;
};

/* Read and written a piece at a time; flushed to disk when it returns. ERR_UNAVAILABLE: the disk is
 * full or not there. ERR_INTERNAL: the bytes can't be had. from->len > 0. */
MUST_CHECK enum status sealed_file_write(const struct sealed_name *name, const struct seal_key *key,
                                         const struct byte_source *from, struct error *reterr);

struct sealed_reader;
/*
 * len: of the plain bytes. The first piece is opened at once, so that what doesn't open is known
 * before an answer begins. Ends with the arena; key is copied. ERR_NOT_FOUND: there is no file.
 */
MUST_CHECK enum status sealed_file_open(const struct sealed_name *name, const struct seal_key *key,
                                        int64_t len, struct arena *a, struct sealed_reader **ret,
                                        struct error *reterr);
/* Up to max bytes from place at; 0 at the end, -1 when they don't open. One thread at a time. */
int64_t sealed_file_read(void *reader, int64_t at, void *to, size_t max);
/* All of it, for who reads a piece at a time; lives as long as the reader. */
struct byte_source sealed_file_source(struct sealed_reader *reader);

/* Removes it; a file that isn't there is fine. */
void sealed_file_remove(const struct sealed_name *name);

/* Calls found for the uuid of every file that was written before this moment (ms UTC). */
typedef enum status sealed_file_found(void *context, const struct sealed_name *name,
                                      struct error *reterr);
MUST_CHECK enum status sealed_files_each(const char *folder, int64_t before_ms,
                                         sealed_file_found *found, void *context,
                                         struct error *reterr);

#endif
