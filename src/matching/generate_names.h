/* generate_names.h - the word lists of the synthetic population (generate.h) */
#ifndef MATCHING_GENERATE_NAMES_H
#define MATCHING_GENERATE_NAMES_H

#include <stddef.h>

struct name_list {
	const char *const *names; /* commonest first */
	size_t count;
};

struct culture {
	const char *name;
	int share;        /* of the population, in hundredths */
	int tail_percent; /* of the families whose name is composed rather than from the list */
	struct name_list men, women, families;
};

enum { CULTURE_COUNT = 6 };
extern const struct culture CULTURES[CULTURE_COUNT];
extern const struct name_list GENERATE_HEADS, GENERATE_TAILS, GENERATE_LINKS, GENERATE_STREET_HEADS,
    GENERATE_STREET_TAILS, GENERATE_PLACES, GENERATE_PREFIXES;

#endif
