/*
 * out.h - a bounded output buffer: escaping is the short form, the first failure sticks
 *
 * Bytes come from an arena-independent heap block that out_free() returns, since a
 * page outlives its request's arena until the last byte is sent. Writers never
 * fail one by one: past max_bytes the buffer stops growing and out_end() tells.
 */
#ifndef PLATFORM_CORE_OUT_H
#define PLATFORM_CORE_OUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "platform/core/error.h"

struct out {
	char *data; /* NUL-terminated once anything was written; NULL before */
	size_t len, size, max;
	bool overflowed;
};

void out_init(struct out *o, size_t max_bytes);
void out_free(struct out *o);

/* Empties the buffer but keeps its block. */
void out_clear(struct out *o);

/* Bytes that are known to be safe where they go: our own markup, never a person's text. */
void out_raw(struct out *o, const char *s, size_t len);
#define OUT_LIT(o, literal) out_raw((o), "" literal, sizeof(literal) - 1)
void out_fmt(struct out *o, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void out_int(struct out *o, int64_t value);

/* Text as HTML content or quoted attribute; as a JSON string with its quotes; as a CSV cell. */
void out_html(struct out *o, const char *text);
void out_json(struct out *o, const char *text);
/* Quoted where needed; a cell that a spreadsheet would run (= + - @ tab) gets a leading '. */
void out_csv(struct out *o, const char *text);

/* All len bytes to an open file, in as many writes as that takes; false with errno when one fails. */
bool out_whole(int fd, const void *bytes, size_t len);

/* ERR_LIMIT if anything was cut off. */
MUST_CHECK enum status out_end(struct out *o, struct error *reterr);

#endif
