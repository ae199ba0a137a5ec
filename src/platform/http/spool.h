/*
 * spool.h - a large body on disk while it comes in, sealed, and gone with its request
 *
 * Bytes are sealed in pieces under a key that only this process knows, in a file without a name: nothing
 * is left when the process ends, and nobody reads it meanwhile. Memory: three pieces.
 *
 * One thread at a time. Private to platform/http.
 */
#ifndef PLATFORM_HTTP_SPOOL_H
#define PLATFORM_HTTP_SPOOL_H

#include <stdbool.h>
#include <stddef.h>

#include "platform/core/source.h"

struct spool;

/* NULL: there can be no file in this folder, or no memory. Ends in spool_free(). */
struct spool *spool_new(const char *folder);
/* False: the disk is full. */
bool spool_add(struct spool *s, const char *bytes, size_t len);
size_t spool_len(const struct spool *s);
/* What was added until now; lives as long as the spool, and until something is added. */
struct byte_source spool_source(struct spool *s);
void spool_free(struct spool *s); /* takes NULL */

/* What one takes in memory. */
size_t spool_held(void);

#endif
