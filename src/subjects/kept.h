/*
 * kept.h - what a hold on destruction keeps of one person or thing, as lines: facts and ties, and the
 * words of other rooms that are about it
 *
 * Rooms write their lines inside the job in which it goes; retention/ seals them. A line above a
 * reader's phase is counted and not shown.
 */
#ifndef SUBJECTS_KEPT_H
#define SUBJECTS_KEPT_H

#include <stdint.h>

#include "subjects/casefile_subject.h"

enum { KEPT_LINES_MAX = CASEFILE_FACTS_MAX + 3000 };

struct kept_line {
	int phase;
	const char *label, *value, *source;
	int64_t received_at; /* ms; INT64_MIN: not said */
};

/* It stands in a casefile that is still there. presence_id and number 0: all of the casefile. */
struct kept_subject {
	int64_t presence_id, casefile_id, number;
	const struct array *all; /* of the casefile: of struct casefile_subject, to name others */
};

/* Room for KEPT_LINES_MAX of struct kept_line; further ones are left out. */
struct array kept_lines(struct arena *a);
void kept_add(struct array *lines, const struct kept_line *line);

#endif
