/*
 * em.h - the shares and level probabilities of the latent classes, from patterns without labels
 *
 * Expectation maximisation (Dempster, Laird, Rubin 1977) on the histogram of patterns, so that a
 * hundred million pairs cost as much as their few thousand distinct patterns. Started from and
 * held near the model's own numbers: each class has a Dirichlet prior centred there that weighs
 * as much as `anchor` times the class itself (maximum a posteriori). That keeps "match" from
 * trading places with "relative" on data where the fields that part them are missing.
 *
 * Cost: patterns x classes x comparisons per round. Deterministic: patterns are taken in order.
 */
#ifndef MATCHING_EM_H
#define MATCHING_EM_H

#include <stddef.h>
#include <stdint.h>

#include "matching/model.h"

struct pattern_count {
	uint32_t pattern;
	uint64_t count;
};

struct em_options {
	int rounds;
	double anchor; /* 0: free; 1: the model's numbers weigh as much as the data's */
};

/* Re-estimates m's classes in place from the patterns (sorted by pattern, each once). Without patterns
 * nothing changes. */
void em_estimate(struct model *m, const struct pattern_count *patterns, size_t pattern_count,
                 struct em_options options);

/* log2 odds of match against no match for the pattern, bounded to +-60. */
double model_weight(const struct model *m, uint32_t pattern);

/* The same in a look-up among `records` (model.h); model_weight where that is 0 or the model has no
 * `random`. */
double model_lookup_weight(const struct model *m, uint32_t pattern, double records);

/* The most likely class of the pattern. */
int model_likeliest_class(const struct model *m, uint32_t pattern);

static inline double weight_probability(double weight)
{
	return 1 / (1 + __builtin_exp2(-weight));
}

#endif
