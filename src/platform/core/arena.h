/*
 * arena.h - memory that lives exactly as long as one request
 *
 * A function that needs memory takes an arena, and its result lives as long as
 * that arena. Anything else has an owner that is named in the header and a _free
 * that takes NULL.
 *
 * Everything allocated here is released together by arena_reset(), so request
 * code never calls free() and an early return can't leak. What isn't plain memory
 * (a handle) is tied to the same lifetime with arena_defer().
 *
 * Two caps: past the soft cap arena_over() is true, loops over rows stop there and
 * the dispatcher answers ERR_LIMIT; past the hard cap (ARENA_HARD_FACTOR times the
 * soft one) an input limit is missing upstream, which is a bug: the process stops.
 * Under AddressSanitizer every allocation is a malloc of its own, so that an
 * overrun inside a chunk is found.
 *
 * An arena belongs to one thread at a time; it takes no locks.
 */
#ifndef PLATFORM_CORE_ARENA_H
#define PLATFORM_CORE_ARENA_H

#include <stdbool.h>
#include <stddef.h>

enum { ARENA_HARD_FACTOR = 8 };

struct arena_chunk;
struct arena_defer;

struct arena {
	struct arena_chunk *head;   /* newest chunk first */
	struct arena_defer *defers; /* run newest first, before memory goes */
	size_t used_bytes;          /* handed out since the last reset */
	size_t soft_bytes;          /* arena_over() from here on */
};

/* A place in an arena, for arena_rewind(). */
struct arena_mark {
	struct arena_chunk *head;
	struct arena_defer *defers;
	size_t head_used, used_bytes;
};

void arena_init(struct arena *a, size_t soft_bytes);

/* Runs the deferred calls, then releases everything. The arena is usable again. */
void arena_reset(struct arena *a);

/* Where the arena stands now, and back to there: what came since is gone. */
struct arena_mark arena_mark(const struct arena *a);
void arena_rewind(struct arena *a, struct arena_mark mark);

/* True once more than the soft cap was handed out. */
bool arena_over(const struct arena *a);

/* Zeroed memory, aligned for any type. Never NULL: no memory, or past the hard cap, stops the
 * process. */
void *arena_alloc(struct arena *a, size_t size) __attribute__((malloc, returns_nonnull));

/* A copy of len bytes of s, with a terminating NUL. s may hold NULs. */
char *arena_strndup(struct arena *a, const char *s, size_t len)
    __attribute__((nonnull, returns_nonnull));
char *arena_strdup(struct arena *a, const char *s) __attribute__((nonnull, returns_nonnull));

/* Formatted text in the arena. */
char *arena_printf(struct arena *a, const char *fmt, ...)
    __attribute__((format(printf, 2, 3), returns_nonnull));

/* Calls fn(arg) on reset. fn must not allocate from the arena. */
void arena_defer(struct arena *a, void (*fn)(void *), void *arg);

/* A list in an arena: count elements of one type, named where the list is declared. */
struct array {
	void *items;
	size_t count;
};

#define ARENA_NEW(a, type)          ((type *)arena_alloc((a), sizeof(type)))
#define ARENA_ARRAY(a, type, count) ((type *)arena_alloc_array((a), sizeof(type), (count)))

/* count elements of size bytes, zeroed; a product that overflows stops the process. */
void *arena_alloc_array(struct arena *a, size_t size, size_t count)
    __attribute__((malloc, returns_nonnull));

#endif
