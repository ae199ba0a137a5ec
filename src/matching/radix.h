/* radix.h - sorting 64-bit words by their upper half, stable, three passes of eleven bits */
#ifndef MATCHING_RADIX_H
#define MATCHING_RADIX_H

#include <stddef.h>
#include <stdint.h>

/* Sorts words by bits 32..63; equal ones keep their order. spare has room for count. The result
 * is in the array that is returned: words or spare. Cost: 3 passes. */
uint64_t *radix_sort_high(uint64_t *words, uint64_t *spare, size_t count);

/* The same for bits from_bit .. to_bit - 1 (at most 32 of them), for few words that fit in the nearest
 * cache; what lies outside those bits doesn't count, or is equal. One pass where few are equal in their
 * highest bits, else passes of eight bits. */
uint64_t *radix_sort_within(uint64_t *words, uint64_t *spare, size_t count, int from_bit,
                            int to_bit);

/* Sorts by all 64 bits: six passes. */
uint64_t *radix_sort_all(uint64_t *words, uint64_t *spare, size_t count);

#endif
