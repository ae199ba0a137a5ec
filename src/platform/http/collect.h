/*
 * collect.h - what the three body parsers share: a bounded list of values, and the text rules
 *
 * Private to platform/http.
 */
#ifndef PLATFORM_HTTP_COLLECT_H
#define PLATFORM_HTTP_COLLECT_H

#include "platform/http/input.h"

struct collector {
	struct arena *arena;
	struct input_value *values;
	size_t count, size; /* size: how many were counted beforehand, at most LIMIT_FIELDS */
};

/* expected: an upper bound, counted cheaply. ERR_LIMIT past LIMIT_FIELDS. */
MUST_CHECK enum status collect_begin(struct collector *c, struct arena *a, size_t expected,
                                     struct error *reterr);

/*
 * Adds a value: checks path and length, UTF-8 and NUL, turns \r\n and \r into \n. path and
 * text must be the arena's own; text is changed in place and needs a byte behind it for NUL.
 */
MUST_CHECK enum status collect_text(struct collector *c, const char *path, char *text, size_t len,
                                    enum input_kind kind, struct error *reterr);
MUST_CHECK enum status collect_file(struct collector *c, const struct input_value *file,
                                    struct error *reterr);
void collect_end(const struct collector *c, struct input *ret);

/* The sentences that every parser says, so that they say the same. */
enum status fail_unreadable(struct error *reterr, const char *cause);
enum status fail_too_many(struct error *reterr);

/*
 * Undoes %XX (and + when plus is set) from len bytes into to, which has room for len + 1.
 * False for a % without two hex digits. *ret_len is the result's.
 */
bool percent_decode(const char *from, size_t len, bool plus, char *to, size_t *ret_len);

#endif
