/*
 * frequencies.h - how common names are, from a fixed list instead of from the records at hand
 *
 * For indexes over living records: a frequency that is counted over records would tell who asks how
 * many others there are with that name, also of those he may not see, and a few hundred records
 * say nothing about how rare a name is. The list is that of the synthetic population
 * (generate_names.h): written from general knowledge, taken from no register. What isn't on it is
 * rare.
 */
#ifndef MATCHING_FREQUENCIES_H
#define MATCHING_FREQUENCIES_H

#include "matching/values.h"

/* Sets the uses of all names of the list as they would be among so many people. v has no records. */
void frequencies_set(struct values *v, uint32_t people);

#endif
