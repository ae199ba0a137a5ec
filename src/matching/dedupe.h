/*
 * dedupe.h - all pairs of a register (or of two) that are likely the same, with their weights
 *
 * The pairs are found by blocking, each gets a pattern, the patterns' histogram is what EM and the
 * weights work on. The result doesn't depend on the number of threads. Pairs are sorted by their
 * records' numbers.
 */
#ifndef MATCHING_DEDUPE_H
#define MATCHING_DEDUPE_H

#include "matching/block.h"
#include "matching/em.h"
#include "matching/progress.h"
#include "matching/weigh.h"

struct truth;

struct dedupe_options {
	int threads;                 /* 0: as many as the machine has */
	double weight_min;           /* pairs below it are left out */
	bool frozen;                 /* the model as it is: no EM on these pairs */
	uint32_t boundary;           /* linking: the first record of the second file; 0: one file */
	uint64_t pairs_max;          /* ERR_LIMIT above it, before the work starts; 0: PAIRS_MAX */
	uint64_t memory_bytes;       /* pairs beyond it wait on disk; 0: no bound */
	const char *spill_directory; /* NULL: /tmp */
	/* Another way to make a pair's pattern (bloom.h), from any thread; NULL: compare.h. */
	uint32_t (*compare)(const void *arg, uint32_t left, uint32_t right);
	const void *compare_arg;
	struct bigarray_store *spare; /* room to use before asking for more; NULL: none */
	double anchor;                /* em.h; 0: EM_ANCHOR */
	const char *checkpoint; /* checkpoint.h: where the compared pairs are kept; NULL: nowhere */
	bool resume;            /* take them from there if they are of this register */
	struct progress *progress; /* NULL: nobody looks */
	/* truth.h: how many pairs of each pattern are right is counted, for quality_measure; it changes
	 * nothing else. NULL: there is none. */
	const struct truth *truth;
};

/* How much the model's own numbers weigh against what the pairs say. */
#define EM_ANCHOR 0.15
#define PAIRS_MAX 20000000000u

struct dedupe_times {
	double plan_s, compare_s, estimate_s, weigh_s;
	double judge_s; /* comparing with the truth: no part of the work itself */
};

struct dedupe_result {
	struct model model;    /* with the classes as estimated */
	struct bigarray pairs; /* struct pair, weight at least weight_min */
	size_t pair_count;
	uint64_t candidates;      /* pairs compared */
	struct bigarray patterns; /* struct pattern_count, sorted by pattern */
	size_t pattern_count;
	struct bigarray right;  /* with a truth: uint64_t per pattern, its pairs that are true */
	struct weights weights; /* of those patterns */
	struct bigarray crowds; /* struct crowd, largest first */
	struct block_plan plan;
	struct dedupe_times times;
	bool resumed; /* the pairs came from the checkpoint; crowds are then unknown */
};

MUST_CHECK enum status dedupe(const struct records *r, const struct dedupe_options *options,
                              struct dedupe_result *ret, struct error *reterr);
void dedupe_result_free(struct dedupe_result *d);

/* Joins lists (at most THREADS_MAX, each with a thread) into `to`, which has room for all, sorted by
 * left, then right. records is more than any left; fewer than 2^32 pairs. Cost: linear. */
void pairs_join(const struct pair *const *lists, const size_t *counts, int list_count,
                uint32_t records, struct pair *to);

#endif
