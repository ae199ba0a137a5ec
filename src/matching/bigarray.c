#include "matching/bigarray.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "platform/core/memory.h"

enum { HUGE_PAGE_BYTES = 2 << 20 };

static size_t round_up(size_t bytes)
{
	if (bytes < HUGE_PAGE_BYTES)
		return (bytes + 65535) / 65536 * 65536;
	return (bytes + HUGE_PAGE_BYTES - 1) / HUGE_PAGE_BYTES * HUGE_PAGE_BYTES;
}

static void *map_or_die(size_t bytes)
{
	void *p = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (p == MAP_FAILED)
		memory_exhausted();
	return p;
}

static void ask_huge_pages(void *data, size_t bytes)
{
	if (bytes >= HUGE_PAGE_BYTES)
		(void)madvise(data, bytes, MADV_HUGEPAGE); /* a wish: without it all still works */
}

void *bigarray_reserve(struct bigarray *a, size_t bytes)
{
	if (bytes <= a->capacity_bytes)
		return a->data;
	size_t capacity = round_up(bytes);
	if (a->data == NULL) {
		a->data = map_or_die(capacity);
	} else {
		void *moved = mremap(a->data, a->capacity_bytes, capacity, MREMAP_MAYMOVE);
		if (moved == MAP_FAILED)
			memory_exhausted();
		a->data = moved;
	}
	a->capacity_bytes = capacity;
	ask_huge_pages(a->data, capacity);
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

void bigarray_free(struct bigarray *a)
{
	if (a->data != NULL)
		(void)munmap(a->data, a->capacity_bytes);
	*a = (struct bigarray){ 0 };
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
