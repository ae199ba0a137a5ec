/*
 * spool.h - a large body on disk while it comes in, sealed, and gone with its request
 *
 * Bytes are sealed in pieces under a key that only this process knows, in a file without a name: nothing
 * is left when the process ends, and nobody reads it meanwhile. Memory: two pieces.
 *
 * One thread at a time. Private to platform/http.
 */
#ifndef PLATFORM_HTTP_SPOOL_H
#define PLATFORM_HTTP_SPOOL_H

#include <stdbool.h>
#include <stddef.h>

#include "platform/core/error.h"

struct spool;

/* NULL: there can be no file in this folder, or no memory. Ends in spool_free(). */
struct spool *spool_new(const char *folder);
/* False: the disk is full. */
bool spool_add(struct spool *s, const char *bytes, size_t len);
size_t spool_len(const struct spool *s);
/* All of it, once, to a place with room for spool_len(). Nothing can be added behind it. */
MUST_CHECK enum status spool_read(struct spool *s, char *to, struct error *reterr);
void spool_free(struct spool *s); /* takes NULL */

/* What one takes in memory. */
size_t spool_held(void);

#endif
