/*
 * problems.h - everything that is wrong with one form, all at once
 *
 * A problem names the field by its path ("subjects[2].familyName"), exactly as the
 * form, the JSON body and the page name it. ERROR can't be stored; WARNING may be
 * stored with a reason. Memory is the arena's.
 */
#ifndef PLATFORM_CORE_PROBLEMS_H
#define PLATFORM_CORE_PROBLEMS_H

#include <stddef.h>

#include "platform/core/arena.h"
#include "platform/core/verdict.h"

enum problem_level { PROBLEM_ERROR, PROBLEM_WARNING };

struct problem {
	const char *path;    /* of the field; "" for the form as a whole */
	const char *message; /* one Dutch sentence, fit to stand at the field */
	const char *rule;    /* "R-3", or NULL */
	const char *article; /* "BGS, artikel 2.15", or NULL */
	enum problem_level level;
	struct problem *next;
};

struct problems {
	struct arena *arena;
	struct problem *first, *last; /* in the order in which they were found */
	size_t error_count, warning_count;
};

void problems_init(struct problems *ps, struct arena *arena);

/* Adds one. path and message are copied. */
void problems_add(struct problems *ps, enum problem_level level, const char *path,
                  const char *message);

/* Adds what a rule said no to: sentence, rule and article of the verdict. */
void problems_add_verdict(struct problems *ps, const char *path, struct verdict v);

/* One that was found elsewhere, at this path. message, rule and article aren't copied. */
void problems_add_again(struct problems *ps, const char *path, const struct problem *p);

/* The first problem of this field, or NULL. */
const struct problem *problems_at(const struct problems *ps, const char *path);

#endif
