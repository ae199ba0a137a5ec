/*
 * bloom_scan.h - which of millions of filters are like this one, at the speed of memory
 *
 * Filters stand transposed in groups of eight: word w of all eight side by side, so that one
 * vector AND and population count serves eight filters and no sum across a register is needed.
 * They are sorted by their number of bits: Dice >= t leaves only those with t/(2-t) |q| to
 * (2-t)/t |q| bits (the popcount window), the rest isn't read. Up to BLOOM_BATCH questions share
 * one pass over memory. AVX-512 VPOPCNTDQ, AVX2 (Mula's nibble table) or plain C; equal results.
 */
#ifndef MATCHING_BLOOM_SCAN_H
#define MATCHING_BLOOM_SCAN_H

#include "matching/bloom.h"

enum { BLOOM_GROUP = 8, BLOOM_BATCH = 16 };

enum bloom_kernel { BLOOM_PLAIN, BLOOM_AVX2, BLOOM_AVX512 };

struct bloom_store;

/* Copies the filters; numbers in answers are their indexes here. */
struct bloom_store *bloom_store_new(const struct bloom *filters, uint32_t count);
void bloom_store_free(struct bloom_store *s); /* takes NULL */

struct bloom_hit {
	uint32_t record;
	float dice; /* of the whole filter */
};

struct bloom_answer {
	struct bloom_hit *hits; /* the caller's */
	uint32_t room, count;   /* count may pass room: then some were left out */
};

enum bloom_kernel bloom_kernel_best(void);

/* All filters with Dice of at least dice_min (above 0) for each of up to BLOOM_BATCH questions.
 * Returns how many comparisons were made. */
uint64_t bloom_scan(enum bloom_kernel kernel, const struct bloom_store *s,
                    const struct bloom *questions, int question_count, double dice_min,
                    struct bloom_answer *answers);

#endif
