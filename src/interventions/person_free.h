/*
 * person_free.h - is this text about a place or phenomenon alone? Pure
 *
 * What outlives the casefile names nobody (decisions 4.4): no person the casefile knows, no number
 * of a person, no forbidden topic. A name counts as named when a word of it of at least four letters
 * stands in the text as a whole word, however it is written in capitals.
 */
#ifndef INTERVENTIONS_PERSON_FREE_H
#define INTERVENTIONS_PERSON_FREE_H

#include <stddef.h>
#include <stdint.h>

#include "platform/core/arena.h"

/* The Dutch sentence that says what must go, or NULL: nothing. Cost: text times names. */
const char *person_free_problem(struct arena *a, const char *text, const char *const *names,
                                size_t name_count, int32_t today);

#endif
