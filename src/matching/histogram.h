/* histogram.h - how often each pattern occurs; one writer */
#ifndef MATCHING_HISTOGRAM_H
#define MATCHING_HISTOGRAM_H

#include "matching/em.h"

struct histogram {
	struct pattern_count *slots; /* count 0: free */
	uint32_t mask, used;
};

void histogram_init(struct histogram *h);
void histogram_free(struct histogram *h);
void histogram_add(struct histogram *h, uint32_t pattern, uint64_t count);

/* The patterns in use, sorted, as a block of *ret_count that the caller frees (block_free). */
struct pattern_count *histogram_sorted(const struct histogram *h, size_t *ret_count);

#endif
