/*
 * sealed_stream.h - a file of any length that opens only while its period key lives
 *
 * For what the program could make again and keeps to be quick: written whole or not at all, sealed in
 * pieces of 64 KiB under a key of its own, which the newest period key wraps. With that period the
 * file is dead, in every copy (at most seven days). Each piece is bound to the file, its place and
 * whether it is the last: one that was changed, moved, left out or added doesn't open.
 *
 * What is written or read goes through a FILE, which holds one piece. One thread at a time.
 */
#ifndef PLATFORM_CRYPTO_SEALED_STREAM_H
#define PLATFORM_CRYPTO_SEALED_STREAM_H

#include <stdio.h>

#include "platform/crypto/keyring.h"

struct sealed_stream;

/* Beside path, until it is kept. ERR_UNAVAILABLE: it can't be written. End with keep or drop. */
MUST_CHECK enum status sealed_stream_create(struct keyring *k, const char *path,
                                            struct sealed_stream **ret, struct error *reterr);
/* To write to; the stream's own. */
FILE *sealed_stream_file(struct sealed_stream *s);
/* Flushed to disk and in its place when it returns. ERR_UNAVAILABLE: the disk is full; the file that was
 * there stays. s is gone either way. */
MUST_CHECK enum status sealed_stream_keep(struct sealed_stream *s, struct error *reterr);
void sealed_stream_drop(struct sealed_stream *s);

/* To read; the caller closes it with fclose. A piece that doesn't open is a failed read (ferror).
 * ERR_NOT_FOUND: there is no file, or its period is gone. ERR_INVALID: it isn't such a file. */
MUST_CHECK enum status sealed_stream_open(struct keyring *k, const char *path, FILE **ret,
                                          struct error *reterr);

#endif
