/*
 * bigarray.h - the large arrays of the matching engine
 *
 * A register of ten million records lives in a handful of arrays of hundreds of
 * megabytes, which no arena should hold: they grow in place (mremap), ask for huge
 * pages, and go back to the system the moment they are freed. Their owner is the
 * struct they stand in; every _free takes a zeroed array.
 *
 * Memory that can't be had stops the process: the size was known and checked
 * against the memory bound before (see plan.h), so there is nothing left to say.
 * One array belongs to one thread while it grows; reading is free for all.
 */
#ifndef MATCHING_BIGARRAY_H
#define MATCHING_BIGARRAY_H

#include <stddef.h>

struct bigarray {
	void *data;
	size_t bytes;          /* in use */
	size_t capacity_bytes; /* mapped */
};

/* Makes room for bytes in all; new room is zeroed. What was there stays, perhaps elsewhere. */
void *bigarray_reserve(struct bigarray *a, size_t bytes);

/*
 * Appends size bytes (uninitialised copy when from is NULL: zeroes) and returns where they are.
 * Of 0 bytes: where the array begins, NULL while it holds nothing.
 */
void *bigarray_push(struct bigarray *a, const void *from, size_t size);

void bigarray_free(struct bigarray *a);

/* Small blocks: zeroed, never NULL. To be freed with block_free. */
void *block_alloc(size_t count, size_t size) __attribute__((malloc, returns_nonnull));
void *block_resize(void *p, size_t bytes) __attribute__((returns_nonnull));
void block_free(void *p);

#endif
