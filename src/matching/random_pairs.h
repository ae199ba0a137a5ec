/*
 * random_pairs.h - how often two records at random agree, for a model's look-ups
 *
 * For synthetic or public files only: the model that comes of it is frozen.
 */
#ifndef MATCHING_RANDOM_PAIRS_H
#define MATCHING_RANDOM_PAIRS_H

#include "matching/records.h"

/* Fills m->random from `pairs` pairs of records, the same each time. What never occurred keeps a
 * probability of half an occurrence. Fewer than two records: nothing changes. Cost: one comparison
 * a pair. */
void random_pairs_estimate(struct model *m, const struct records *r, uint64_t pairs);

#endif
