/*
 * json_tree.h - a small, strict JSON reader for model files
 *
 * The whole text as a tree in an arena. Strict: UTF-8, no double keys, at most JSON_DEPTH_MAX
 * deep, nothing behind the value. Line numbers are kept for messages.
 */
#ifndef MATCHING_JSON_TREE_H
#define MATCHING_JSON_TREE_H

#include <stddef.h>

#include "platform/core/arena.h"
#include "platform/core/error.h"

enum { JSON_DEPTH_MAX = 12 };

enum json_kind {
	JSON_NULL,
	JSON_FALSE,
	JSON_TRUE,
	JSON_NUMBER,
	JSON_STRING,
	JSON_ARRAY,
	JSON_OBJECT
};

struct json {
	enum json_kind kind;
	int line;
	const char *key;  /* within an object */
	const char *text; /* of a string */
	double number;
	struct json *first, *next; /* children; sibling */
	size_t count;              /* of children */
};

/* ERR_INVALID names the line. The tree lives as long as the arena. */
MUST_CHECK enum status json_parse(struct arena *a, const char *text, size_t bytes,
                                  const struct json **ret, struct error *reterr);

/* The member with this key, or NULL; also when object is NULL or no object. */
const struct json *json_member(const struct json *object, const char *key);

#endif
