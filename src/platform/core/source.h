/*
 * source.h - bytes of known length that are read a piece at a time, wherever they lie
 *
 * Whoever reads through one holds a window of 64 KiB, not the whole: the same code reads what lies in
 * memory and what waits on disk. A source and its windows belong to one thread at a time.
 */
#ifndef PLATFORM_CORE_SOURCE_H
#define PLATFORM_CORE_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

struct byte_source {
	size_t len;
	const unsigned char *bytes; /* all of them; NULL: only by read */
	/* Exactly len bytes from place at, which all lie in it; false: they can't be had. */
	bool (*read)(void *context, size_t at, void *to, size_t len);
	void *context;
	size_t from; /* where it begins in what read reads */
};

/* bytes live as long as the source. */
struct byte_source source_bytes(const void *bytes, size_t len);
/* A part that lies in the whole, and lives as long. */
struct byte_source source_part(const struct byte_source *whole, size_t at, size_t len);
/* len bytes from place at, into to. False: not so many lie there, or they can't be had. */
bool source_read(const struct byte_source *s, size_t at, void *to, size_t len);

enum { WINDOW_BYTES = 65536, WINDOW_BEHIND_BYTES = 16384 };

struct source_window {
	const struct byte_source *source;
	size_t at, len; /* what of it lies in held */
	bool broken;    /* some of it couldn't be read: what was told since says nothing */
	unsigned char held[WINDOW_BYTES];
};

/* Without touching held. */
void source_window_open(struct source_window *w, const struct byte_source *s);
/*
 * At least want bytes from place at, *ret_len as many as lie there in one go; valid until the next
 * look. want: 1 to WINDOW_BYTES - WINDOW_BEHIND_BYTES. NULL: not so many lie there, or they can't be
 * had. Cheap in either direction: what lies just before stays in the window.
 */
const unsigned char *source_look(struct source_window *w, size_t at, size_t want, size_t *ret_len);

#endif
