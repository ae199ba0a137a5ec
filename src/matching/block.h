/*
 * block.h - which pairs of records are worth comparing
 *
 * Each rule sorts the records by its key (radix sort); records with equal keys form a block, and
 * each pair within a block is a candidate. A pair belongs to the first rule it satisfies, which
 * is seen from the two rows' keys, so that no pair comes twice and no table of pairs is needed.
 *
 * Blocks above the rule's maximum are divided by the rule's `split` part; what is still too large
 * is compared in a sliding window over its order (sorted neighbourhood, Hernandez and Stolfo 1995),
 * so that ten million equal records cost ten million windows and not 10^14 pairs. Such values are
 * listed: they are the shelter's address, the 1st of January, the switchboard's phone.
 *
 * Pairs by chance grow with the square of the register: where a rule would give more than two
 * per record (and more than six million), it divides smaller blocks too, as small as it takes.
 *
 * Keys are nearly uniform, so they are first thrown into buckets by their highest bits, which fit in
 * the nearest cache, and sorted there.
 *
 * Cost: rules x (radix sort of n) + candidates. The number of candidates is known before the
 * first comparison (plan_blocks).
 */
#ifndef MATCHING_BLOCK_H
#define MATCHING_BLOCK_H

#include "matching/progress.h"
#include "matching/records.h"

enum { BLOCK_WINDOW = 20, CROWDED_LISTED_MAX = 100 };

struct pair {
	uint32_t left, right; /* record numbers, left < right */
	uint32_t pattern;
};

struct crowd {
	int rule;
	uint32_t example; /* a record of the block */
	uint32_t count;
};

struct block_plan {
	uint64_t pairs[MODEL_RULE_MAX]; /* candidates per rule, a pair in two rules counted twice */
	uint64_t total;
};

/* A thread's share of a rule's candidates, in no particular order and many at a time; the patterns
 * aren't filled in. The sink may do so in place. */
struct pair_sink {
	void (*put)(void *arg, int share, struct pair *pairs, size_t count);
	void *arg;
};

/* Links are found by putting both files in one `records`; boundary is the first of the second
 * file, pairs within one file are left out. 0: no boundary, one file. */
struct block_options {
	int threads;
	uint32_t boundary;
	struct progress *progress;    /* NULL: nobody looks */
	struct bigarray_store *spare; /* room to use before asking for more; NULL: none */
};

/* The cost of the rules, from the sizes of their blocks alone. */
void plan_blocks(const struct records *r, const struct block_options *o, struct block_plan *ret);

/* Gives put each candidate pair once, from several threads (share tells which). */
void each_pair(const struct records *r, const struct block_options *o, struct pair_sink sink,
               struct bigarray *ret_crowds /* struct crowd */);

#endif
