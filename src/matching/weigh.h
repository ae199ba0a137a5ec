/*
 * weigh.h - the weight of each pattern that occurs, in one look
 *
 * A register has millions of pairs and thousands of patterns: the weight (em.h) is worked out once
 * per pattern. Read-only once built; safe for all threads.
 */
#ifndef MATCHING_WEIGH_H
#define MATCHING_WEIGH_H

#include <stddef.h>
#include <stdint.h>

#include "matching/em.h"
#include "matching/hash.h"

struct weight_slot {
	uint32_t pattern;
	float weight; /* log2 odds; NAN: free */
};

struct weights {
	struct weight_slot *slots;
	uint32_t mask;
};

void weights_init(struct weights *w, const struct model *m, const struct pattern_count *patterns,
                  size_t pattern_count);
void weights_free(struct weights *w);

/* Where a pattern that was among those given to weights_init stands: 0 .. w->mask. */
static inline uint32_t weight_slot_of(const struct weights *w, uint32_t pattern)
{
	uint32_t i = (uint32_t)hash_mix(pattern, 5) & w->mask;

	while (w->slots[i].pattern != pattern)
		i = (i + 1) & w->mask;
	return i;
}

static inline float weight_of(const struct weights *w, uint32_t pattern)
{
	return w->slots[weight_slot_of(w, pattern)].weight;
}

#endif
