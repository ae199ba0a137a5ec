/*
 * person_free.h - is this text about a place or phenomenon alone? Pure
 *
 * What outlives the casefile names nobody (decisions 4.4): no person the casefile knows, no number
 * of a person, no forbidden topic. A word of a name, of at least four letters, names somebody wherever it
 * stands as a whole word, in capitals or not. A word that Dutch uses every day (meer, jong, haven) does
 * so only as people write names: with a capital inside a sentence, after its given name, or after its
 * prefix with a capital. "Geen overlast meer" names no Van der Meer; "bij van der Meer" does.
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
