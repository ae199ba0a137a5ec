#include "matching/bigarray.h"

#include <assert.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "platform/core/memory.h"

enum {
	STEP_BYTES = 64 << 10,
	HUGE_PAGE_BYTES = 2 << 20,
	HUGE_FROM_BYTES = 1 << 20, /* half of a huge page costs less than its small ones */
	ROOM_FACTOR = 8            /* addresses cost nothing, asking for more of them does */
};

static bool is_huge(size_t bytes)
{
	return bytes >= HUGE_FROM_BYTES;
}

static size_t round_up(size_t bytes)
{
	const size_t step = is_huge(bytes + STEP_BYTES) ? HUGE_PAGE_BYTES : STEP_BYTES;

	return (bytes + step - 1) / step * step;
}

/* Addresses alone: memory comes where they are touched. NULL: there aren't so many. */
static char *map(size_t bytes)
{
	void *p = mmap(NULL, bytes, PROT_READ | PROT_WRITE,
	               MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	return p == MAP_FAILED ? NULL : p;
}

static size_t behind_huge(const char *p)
{
	return (uintptr_t)p % HUGE_PAGE_BYTES;
}

/* Where a huge page begins: if the system doesn't choose so itself, room is asked for one more, and what
 * stands before and after goes back. */
static char *map_huge(size_t bytes)
{
	char *from = map(bytes);

	if (from != NULL && behind_huge(from) != 0) {
		(void)munmap(from, bytes);
		from = map(bytes + HUGE_PAGE_BYTES);
		size_t after = from == NULL ? 0 : behind_huge(from);
		size_t before = HUGE_PAGE_BYTES - after;
		if (from != NULL && after > 0) {
			(void)munmap(from, before);
			(void)munmap(from + before + bytes, after);
			from += before;
		} else if (from != NULL) {
			(void)munmap(from + bytes, HUGE_PAGE_BYTES);
		}
	}
	if (from != NULL)
		(void)madvise(from, bytes, MADV_HUGEPAGE); /* a wish: without it all still works */
	return from;
}

/* Memory now, all at once: page by page, as it is touched, would interrupt the work each time. */
static void fetch(char *from, size_t bytes)
{
#ifdef MADV_POPULATE_WRITE
	(void)madvise(from, bytes, MADV_POPULATE_WRITE); /* a wish, too */
#else
	(void)from;
	(void)bytes;
#endif
}

/* Room for bytes, and addresses to grow into as long as there are any: asking for them stops every
 * other thread that needs memory. */
static struct bigarray map_for(size_t bytes)
{
	size_t room = is_huge(bytes) ? bytes * ROOM_FACTOR : HUGE_FROM_BYTES;
	char *data = is_huge(bytes) ? map_huge(room) : map(room);

	if (data == NULL && is_huge(bytes))
		data = map_huge(room = bytes);
	if (data == NULL)
		memory_exhausted();
	return (struct bigarray){ .data = data, .capacity_bytes = bytes, .room_bytes = room };
}

/* Small pages would stay small wherever they went, so what was small is copied. */
static void copy(const struct bigarray *a, struct bigarray *to)
{
	memcpy(to->data, a->data, a->capacity_bytes);
	(void)munmap(a->data, a->room_bytes);
}

static void shift(const struct bigarray *a, struct bigarray *to)
{
	if (mremap(a->data, a->room_bytes, a->room_bytes, MREMAP_MAYMOVE | MREMAP_FIXED,
	           to->data) == MAP_FAILED)
		memory_exhausted();
	(void)madvise(to->data, to->room_bytes, MADV_HUGEPAGE);
}

static void move(struct bigarray *a, size_t capacity)
{
	struct bigarray to = map_for(capacity);

	to.bytes = a->bytes;
	if (is_huge(a->capacity_bytes))
		shift(a, &to);
	else if (a->data != NULL)
		copy(a, &to);
	*a = to;
}

void *bigarray_reserve(struct bigarray *a, size_t bytes)
{
	if (bytes <= a->capacity_bytes)
		return a->data;
	const size_t capacity = round_up(bytes);
	if (capacity > a->room_bytes || is_huge(capacity) != is_huge(a->capacity_bytes)) {
		move(a, capacity);
	} else {
		if (!is_huge(capacity))
			fetch((char *)a->data + a->capacity_bytes, capacity - a->capacity_bytes);
		a->capacity_bytes = capacity;
	}
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
	fetch((char *)a->data + at, left < HUGE_PAGE_BYTES ? left : HUGE_PAGE_BYTES);
}

void bigarray_free(struct bigarray *a)
{
	if (a->data != NULL)
		(void)munmap(a->data, a->room_bytes);
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
