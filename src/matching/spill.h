/*
 * spill.h - a long list that may wait on disk: appended to, then read once from its start
 *
 * Up to the bound it stays in memory; beyond it, whole parts go to a nameless temporary file. A
 * disk that is full shows when reading begins: the first failure sticks.
 */
#ifndef MATCHING_SPILL_H
#define MATCHING_SPILL_H

#include <stdbool.h>
#include <stdint.h>

#include "matching/bigarray.h"
#include "platform/core/error.h"

struct spill {
	struct bigarray part; /* in memory, not yet on disk */
	uint64_t bound_bytes; /* 0: never to disk */
	uint64_t on_disk_bytes, read_bytes;
	const char *directory;
	int fd;     /* -1: none yet */
	int failed; /* errno of the first failure */
	bool part_read;
	struct bigarray window; /* for reading back */
};

void spill_init(struct spill *s, uint64_t bound_bytes, const char *directory);
void spill_free(struct spill *s);
void spill_flush(struct spill *s);

static inline void spill_push(struct spill *s, const void *item, size_t bytes)
{
	if (s->bound_bytes != 0 && s->part.bytes + bytes > s->bound_bytes)
		spill_flush(s);
	(void)bigarray_push(&s->part, item, bytes);
}

/* The whole list where none of it went to disk, to work on in place; else NULL. */
static inline struct bigarray *spill_in_memory(struct spill *s)
{
	return s->failed == 0 && s->on_disk_bytes == 0 ? &s->part : NULL;
}

/* Reading: parts one after another, *ret_bytes 0 at the end. Parts hold whole items as long as
 * items are 12 or 16 bytes. ERR_UNAVAILABLE when the disk failed. */
void spill_rewind(struct spill *s);
MUST_CHECK enum status spill_next(struct spill *s, const void **ret, size_t *ret_bytes,
                                  struct error *reterr);

#endif
