/*
 * json_split.h - the objects of one long JSON list, each as the bytes that it was sent in
 *
 * For a body of a thousand records: each is read by input_json() under the limits of one, and is
 * wrong by itself. Only as much is understood as is needed to find where an object ends.
 */
#ifndef PLATFORM_HTTP_JSON_SPLIT_H
#define PLATFORM_HTTP_JSON_SPLIT_H

#include <stddef.h>

#include "platform/core/error.h"

struct json_slice {
	const char *bytes;
	size_t len;
};

/* The slices of "[{...}, {...}]", at most max. ERR_INVALID: not such a list; ERR_LIMIT: more. */
MUST_CHECK enum status json_split(const char *bytes, size_t len, size_t max, struct json_slice *ret,
                                  size_t *ret_count, struct error *reterr);

#endif
