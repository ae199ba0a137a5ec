/*
 * index_neighbours.h - who may be the same as whom, kept while the index changes
 *
 * Two records are neighbours when a blocking rule that isn't for look-ups alone gives them the same
 * key, that key is no crowd (at most the rule's block_max records have it, nor more than
 * CROWDED_ABOVE), and the pair weighs enough. So whether two records are neighbours depends on them
 * and on which keys are crowds, not on the order in which records came: a key that becomes a crowd
 * parts whom only it joined, and joins them again when it is one no more.
 *
 * Cost of a change: at most CROWDED_ABOVE comparisons a rule; of a key that becomes a crowd or is one
 * no more, as many as it has pairs.
 */
#ifndef MATCHING_INDEX_NEIGHBOURS_H
#define MATCHING_INDEX_NEIGHBOURS_H

#include "matching/index_parts.h"

enum { CROWDED_ABOVE = 100, NEIGHBOURS_MAX = CROWDED_ABOVE * MODEL_RULE_MAX };

/* The neighbours of a record of at least weight_min as its keys say; ret has room for
 * NEIGHBOURS_MAX. How many. */
int index_find_neighbours(const struct match_index *x, uint32_t record, double weight_min,
                          struct neighbour *ret);

/* The three moments of a change, in an index that keeps them: after a record came in all lists;
 * before one goes from them; and after it went, its row still there. */
void index_neighbours_came(struct match_index *x, uint32_t record);
void index_neighbours_go(struct match_index *x, uint32_t record);
void index_neighbours_went(struct match_index *x, uint32_t record);

#endif
