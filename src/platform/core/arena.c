#include "platform/core/arena.h"

#include <assert.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "platform/core/format.h"
#include "platform/core/memory.h"

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_ONE_EACH 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_ONE_EACH 1
#endif
#endif
#ifndef ARENA_ONE_EACH
#define ARENA_ONE_EACH 0
#endif

static const size_t CHUNK_BYTES = (size_t)16 * 1024;

struct arena_chunk {
	struct arena_chunk *next;
	size_t used, size;
	_Alignas(max_align_t) unsigned char data[];
};

struct arena_defer {
	struct arena_defer *next;
	void (*fn)(void *);
	void *arg;
};

static _Noreturn void die(const char *why)
{
	(void)fprintf(stderr, "arena: %s\n", why);
	abort();
}

void arena_init(struct arena *a, size_t soft_bytes)
{
	assert(a != NULL);
	assert(soft_bytes > 0 && soft_bytes < SIZE_MAX / ARENA_HARD_FACTOR);
	*a = (struct arena){ .soft_bytes = soft_bytes };
}

static size_t chunk_size(const struct arena *a, size_t need)
{
	if (ARENA_ONE_EACH)
		return need;
	size_t size = a->head == NULL ? CHUNK_BYTES : CHUNK_BYTES * 4;
	return need > size ? need : size;
}

static struct arena_chunk *chunk_for(struct arena *a, size_t need)
{
	if (a->head != NULL && a->head->size - a->head->used >= need)
		return a->head;

	size_t size = chunk_size(a, need);
	struct arena_chunk *c = malloc(sizeof(*c) + size);
	if (c == NULL)
		die("out of memory");
	c->size = size;
	c->used = 0;
	c->next = a->head;
	a->head = c;
	return c;
}

void *arena_alloc(struct arena *a, size_t size)
{
	const size_t align = _Alignof(max_align_t);
	const size_t hard = a->soft_bytes * ARENA_HARD_FACTOR;

	if (size > hard || a->used_bytes > hard - size)
		die("request went past its memory limit");
	size_t need = ARENA_ONE_EACH ? size : (size + align - 1) / align * align;
	struct arena_chunk *c = chunk_for(a, need);
	void *p = c->data + c->used;
	c->used += need;
	a->used_bytes += size;
	memset(p, 0, size);
	return p;
}

void *arena_alloc_array(struct arena *a, size_t size, size_t count)
{
	size_t bytes;

	if (__builtin_mul_overflow(size, count, &bytes))
		die("an array larger than memory");
	return arena_alloc(a, bytes);
}

char *arena_strndup(struct arena *a, const char *s, size_t len)
{
	assert(len < SIZE_MAX);
	char *copy = arena_alloc(a, len + 1);
	memcpy(copy, s, len);
	return copy;
}

char *arena_strdup(struct arena *a, const char *s)
{
	return arena_strndup(a, s, strlen(s));
}

/* Most texts are short and plain: formatted once, here, and copied. */
char *arena_printf(struct arena *a, const char *fmt, ...)
{
	char small[FORMAT_SMALL_BYTES] LEFT_ALONE;
	size_t small_len = 0;
	va_list ap;

	va_start(ap, fmt);
	const bool done = format_small(small, sizeof(small), &small_len, fmt, ap);
	va_end(ap);
	if (done)
		return arena_strndup(a, small, small_len);

	va_start(ap, fmt);
	const int len = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (len < 0)
		die("a format that can't be printed");
	char *text = arena_alloc(a, (size_t)len + 1);
	va_start(ap, fmt);
	(void)vsnprintf(text, (size_t)len + 1, fmt, ap);
	va_end(ap);
	return text;
}

bool arena_over(const struct arena *a)
{
	return a->used_bytes > a->soft_bytes;
}

void arena_defer(struct arena *a, void (*fn)(void *), void *arg)
{
	assert(fn != NULL);
	struct arena_defer *d = ARENA_NEW(a, struct arena_defer);
	*d = (struct arena_defer){ .next = a->defers, .fn = fn, .arg = arg };
	a->defers = d;
}

struct arena_mark arena_mark(const struct arena *a)
{
	return (struct arena_mark){
		.head = a->head,
		.defers = a->defers,
		.head_used = a->head != NULL ? a->head->used : 0,
		.used_bytes = a->used_bytes,
	};
}

void arena_rewind(struct arena *a, struct arena_mark mark)
{
	for (struct arena_defer *d = a->defers; d != mark.defers; d = d->next)
		d->fn(d->arg);
	a->defers = mark.defers;
	while (a->head != mark.head) {
		struct arena_chunk *gone = a->head;
		a->head = gone->next;
		free(gone);
	}
	if (a->head != NULL)
		a->head->used = mark.head_used;
	a->used_bytes = mark.used_bytes;
}

void arena_reset(struct arena *a)
{
	arena_rewind(a, (struct arena_mark){ 0 });
}
