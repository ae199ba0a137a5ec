/*
 * handling.h - how sure we are of a fact, and what may be done with it
 *
 * The European 4x4: a letter for the source, a figure for the information. Optional
 * for ordinary facts, mandatory for POLICE_9_10 (rule X-8). Handling codes bind
 * whoever receives the fact.
 */
#ifndef LAW_HANDLING_H
#define LAW_HANDLING_H

#include <stddef.h>

struct law_source_grade {
	char code; /* 'A', 'B', 'C', 'X' */
	const char *label;
	const char *sentence;
};

struct law_information_grade {
	char code; /* '1' to '4' */
	const char *label;
	const char *sentence;
};

struct law_handling_code {
	const char *code; /* "H0" */
	const char *label;
	const char *sentence;
};

const struct law_source_grade *law_source_grades(size_t *ret_count);
const struct law_information_grade *law_information_grades(size_t *ret_count);
const struct law_handling_code *law_handling_codes(size_t *ret_count);

#endif
