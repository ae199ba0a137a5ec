#include "matching/bigarray.h"

#include <assert.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "platform/core/memory.h"

enum {
	HUGE_PAGE_BYTES = 2 << 20,
	HUGE_FROM_BYTES = 1 << 20 /* half of a huge page costs less than its small ones */
};

static bool is_huge(size_t bytes)
{
	return bytes >= HUGE_FROM_BYTES;
}

static size_t round_up(size_t bytes)
{
	if (!is_huge(bytes))
		return (bytes + 65535) / 65536 * 65536;
	return (bytes + HUGE_PAGE_BYTES - 1) / HUGE_PAGE_BYTES * HUGE_PAGE_BYTES;
}

static void *map_or_die(size_t bytes, int flags)
{
	void *p =
	    mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | flags, -1, 0);
	if (p == MAP_FAILED)
		memory_exhausted();
	return p;
}

/* Where a huge page begins: room is asked for one more, and what stands before and after goes back. */
static void *map_huge_or_die(size_t bytes)
{
	char *from = map_or_die(bytes + HUGE_PAGE_BYTES, 0);
	size_t before = (HUGE_PAGE_BYTES - (uintptr_t)from % HUGE_PAGE_BYTES) % HUGE_PAGE_BYTES;

	if (before > 0)
		(void)munmap(from, before);
	(void)munmap(from + before + bytes, HUGE_PAGE_BYTES - before);
	(void)madvise(from + before, bytes, MADV_HUGEPAGE); /* a wish: without it all still works */
	return from + before;
}

/* Small pages come all at once: one by one, as they are touched, each would interrupt the work. */
static void *map_for(size_t bytes)
{
	return is_huge(bytes) ? map_huge_or_die(bytes) : map_or_die(bytes, MAP_POPULATE);
}

/* Small pages would stay small wherever they went, so what was small is copied. */
static void *copied(void *data, size_t from_bytes, size_t bytes)
{
	void *to = map_for(bytes);

	memcpy(to, data, from_bytes);
	(void)munmap(data, from_bytes);
	return to;
}

/* Huge pages grow in place where there is room behind them; else they move to where huge ones fit. */
static void *grown(void *data, size_t from_bytes, size_t bytes)
{
	if (!is_huge(from_bytes))
		return copied(data, from_bytes, bytes);
	void *at = mremap(data, from_bytes, bytes, 0);
	if (at == MAP_FAILED)
		at = mremap(data, from_bytes, bytes, MREMAP_MAYMOVE | MREMAP_FIXED, map_for(bytes));
	if (at == MAP_FAILED)
		memory_exhausted();
	(void)madvise(at, bytes, MADV_HUGEPAGE);
	return at;
}

void *bigarray_reserve(struct bigarray *a, size_t bytes)
{
	if (bytes <= a->capacity_bytes)
		return a->data;
	size_t capacity = round_up(bytes);
	a->data = a->data == NULL ? map_for(capacity) : grown(a->data, a->capacity_bytes, capacity);
	a->capacity_bytes = capacity;
	return a->data;
}

void *bigarray_push(struct bigarray *a, const void *from, size_t size)
{
	if (size == 0)
		return a->data;
	if (a->bytes + size > a->capacity_bytes)
		(void)bigarray_reserve(a, (a->bytes + size) * 3 / 2 + 65536);
	void *to = (char *)a->data + a->bytes;
	if (from != NULL)
		memcpy(to, from, size);
	a->bytes += size;
	return to;
}

size_t bigarray_parts(const struct bigarray *a)
{
	return (a->capacity_bytes + HUGE_PAGE_BYTES - 1) / HUGE_PAGE_BYTES;
}

void bigarray_expect(const struct bigarray *a, size_t part)
{
	const size_t at = part * HUGE_PAGE_BYTES, left = a->capacity_bytes - at;

	assert(part < bigarray_parts(a));
#ifdef MADV_POPULATE_WRITE
	(void)madvise((char *)a->data + at, left < HUGE_PAGE_BYTES ? left : HUGE_PAGE_BYTES,
	              MADV_POPULATE_WRITE); /* a wish, too */
#else
	(void)left;
#endif
}

void bigarray_free(struct bigarray *a)
{
	if (a->data != NULL)
		(void)munmap(a->data, a->capacity_bytes);
	*a = (struct bigarray){ 0 };
}

void bigarray_give(struct bigarray_store *s, struct bigarray *a)
{
	if (s == NULL || s->count == BIGARRAY_STORE_MAX || a->data == NULL) {
		bigarray_free(a);
		return;
	}
	s->rooms[s->count] = *a;
	s->rooms[s->count++].bytes = 0;
	*a = (struct bigarray){ 0 };
}

static bool fits_better(const struct bigarray *a, const struct bigarray *than, size_t bytes)
{
	if ((a->capacity_bytes >= bytes) != (than->capacity_bytes >= bytes))
		return a->capacity_bytes >= bytes;
	return (a->capacity_bytes < than->capacity_bytes) == (a->capacity_bytes >= bytes);
}

struct bigarray bigarray_take(struct bigarray_store *s, size_t bytes)
{
	struct bigarray best = { 0 };
	int at = 0;

	if (s == NULL || s->count == 0)
		return best;
	for (int i = 1; i < s->count; i++)
		if (fits_better(&s->rooms[i], &s->rooms[at], bytes))
			at = i;
	best = s->rooms[at];
	s->rooms[at] = s->rooms[--s->count];
	return best;
}

void bigarray_store_free(struct bigarray_store *s)
{
	while (s->count > 0)
		bigarray_free(&s->rooms[--s->count]);
}

void *block_alloc(size_t count, size_t size)
{
	void *p = calloc(count == 0 ? 1 : count, size == 0 ? 1 : size);
	if (p == NULL)
		memory_exhausted();
	return p;
}

void *block_resize(void *p, size_t bytes)
{
	assert(bytes > 0);
	void *grown = realloc(p, bytes);
	if (grown == NULL)
		memory_exhausted();
	return grown;
}

void block_free(void *p)
{
	free(p);
}
