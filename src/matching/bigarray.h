/*
 * bigarray.h - the large arrays of the matching engine
 *
 * A register of ten million records lives in a handful of arrays of hundreds of
 * megabytes, which no arena should hold: they grow in place, having more addresses
 * than memory, ask for huge pages, and go back to the system the moment they are
 * freed. Their owner is the struct they stand in; every _free takes a zeroed array.
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
	size_t capacity_bytes; /* asked for */
	size_t room_bytes;     /* addresses it may grow into where it stands */
};

/* Makes room for bytes in all; new room is zeroed. What was there stays, perhaps elsewhere. */
void *bigarray_reserve(struct bigarray *a, size_t bytes);

/*
 * Appends size bytes (uninitialised copy when from is NULL: zeroes) and returns where they are.
 * Of 0 bytes: where the array begins, NULL while it holds nothing.
 */
void *bigarray_push(struct bigarray *a, const void *from, size_t size);

/* Fetches a part of its room now, while there is time for it; what stands there stays. Several threads may
 * fetch parts of one: where the machine has no memory at hand that is what takes the time. */
size_t bigarray_parts(const struct bigarray *a);
void bigarray_expect(const struct bigarray *a, size_t part);

void bigarray_free(struct bigarray *a);

/*
 * Room that isn't needed any more, for who needs some next: the system clears all that it gives, and a
 * virtual machine must often fetch it first, which costs more than many a work that is done in it.
 * What is taken holds anything. {0} is an empty store; it belongs to one thread.
 */
enum { BIGARRAY_STORE_MAX = 3 * 16 };

struct bigarray_store {
	struct bigarray rooms[BIGARRAY_STORE_MAX];
	int count;
};

/* *a goes to the store, and is empty. s NULL, or full: it is freed. */
void bigarray_give(struct bigarray_store *s, struct bigarray *a);

/* The smallest room of the store that bytes fit in, else its largest, else (or s NULL) none; it
 * holds 0 bytes and may grow. */
struct bigarray bigarray_take(struct bigarray_store *s, size_t bytes);

void bigarray_store_free(struct bigarray_store *s);

/* Small blocks: zeroed, never NULL. To be freed with block_free. */
void *block_alloc(size_t count, size_t size) __attribute__((malloc, returns_nonnull));
void *block_resize(void *p, size_t bytes) __attribute__((returns_nonnull));
void block_free(void *p);

#endif
