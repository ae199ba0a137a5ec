#include "matching/radix.h"

#include <string.h>

enum { DIGIT_BITS = 11, DIGITS = 1 << DIGIT_BITS, SMALL = 48 };

static void insertion_sort(uint64_t *w, size_t count, int drop_bits)
{
	for (size_t i = 1; i < count; i++) {
		uint64_t x = w[i];
		size_t k = i;
		for (; k > 0 && w[k - 1] >> drop_bits > x >> drop_bits; k--)
			w[k] = w[k - 1];
		w[k] = x;
	}
}

/* One pass; false when all words share the digit, so that nothing moved. */
static int pass(const uint64_t *from, uint64_t *to, size_t count, int shift)
{
	uint32_t start[DIGITS];

	memset(start, 0, sizeof(start));
	for (size_t i = 0; i < count; i++)
		start[from[i] >> shift & (DIGITS - 1)]++;
	if (start[from[0] >> shift & (DIGITS - 1)] == count)
		return 0;
	uint32_t sum = 0;
	for (int d = 0; d < DIGITS; d++) {
		uint32_t here = start[d];
		start[d] = sum;
		sum += here;
	}
	for (size_t i = 0; i < count; i++)
		to[start[from[i] >> shift & (DIGITS - 1)]++] = from[i];
	return 1;
}

static uint64_t *sort_from(uint64_t *words, uint64_t *spare, size_t count, int shift)
{
	for (; shift < 64; shift += DIGIT_BITS) {
		if (!pass(words, spare, count, shift))
			continue;
		uint64_t *swap = words;
		words = spare;
		spare = swap;
	}
	return words;
}

uint64_t *radix_sort_high(uint64_t *words, uint64_t *spare, size_t count)
{
	if (count <= SMALL) {
		insertion_sort(words, count, 32);
		return words;
	}
	return sort_from(words, spare, count, 32);
}

uint64_t *radix_sort_all(uint64_t *words, uint64_t *spare, size_t count)
{
	if (count <= SMALL) {
		insertion_sort(words, count, 0);
		return words;
	}
	return sort_from(words, spare, count, 0);
}

enum { NEAR_BITS = 8, NEAR_DIGITS = 1 << NEAR_BITS, NEAR_PASSES = 4 };

/* Positions from counts; false when one digit has them all, so that nothing would move. */
static int starts_of(uint32_t counts[NEAR_DIGITS], size_t count)
{
	uint32_t sum = 0;

	for (int d = 0; d < NEAR_DIGITS; d++) {
		uint32_t here = counts[d];
		if (here == count)
			return 0;
		counts[d] = sum;
		sum += here;
	}
	return 1;
}

enum { FIRST_BITS = 11, MORE_BITS = 14, FEW = 1 << 13, RUN_MAX = 24 };

/* Words that differ nearly everywhere: one pass over the highest bits leaves runs of a few, which are
 * put in order where they lie. False, and nothing has happened, where there is a longer run. */
static int sorted_in_one_pass(const uint64_t *words, uint64_t *to, size_t count, int from_bit,
                              int to_bit)
{
	__attribute__((uninitialized))
	uint32_t start[1 << MORE_BITS]; /* set below as far as used */
	uint32_t sum = 0, longest = 0;
	const int bits = count > FEW ? MORE_BITS : FIRST_BITS;
	const uint32_t digits = 1u << bits;
	int shift = to_bit - bits;

	memset(start, 0, digits * sizeof(*start));
	for (size_t i = 0; i < count; i++)
		start[words[i] >> shift & (digits - 1)]++;
	for (uint32_t d = 0; d < digits; d++) {
		uint32_t here = start[d];
		longest = here > longest ? here : longest;
		start[d] = sum;
		sum += here;
	}
	if (longest > RUN_MAX)
		return 0;
	for (size_t i = 0; i < count; i++)
		to[start[words[i] >> shift & (digits - 1)]++] = words[i];
	insertion_sort(to, count, from_bit);
	return 1;
}

uint64_t *radix_sort_within(uint64_t *words, uint64_t *spare, size_t count, int from_bit,
                            int to_bit)
{
	uint32_t counts[NEAR_PASSES][NEAR_DIGITS];
	int passes = (to_bit - from_bit + NEAR_BITS - 1) / NEAR_BITS;

	if (count <= SMALL) {
		insertion_sort(words, count, from_bit);
		return words;
	}
	if (to_bit - from_bit >= MORE_BITS && count > (1 << FIRST_BITS) / 16 &&
	    sorted_in_one_pass(words, spare, count, from_bit, to_bit))
		return spare;
	memset(counts, 0, sizeof(counts));
	for (size_t i = 0; i < count; i++)
		for (int p = 0; p < NEAR_PASSES; p++)
			counts[p][words[i] >> (from_bit + p * NEAR_BITS) & (NEAR_DIGITS - 1)]++;
	for (int p = 0; p < passes; p++) {
		if (!starts_of(counts[p], count))
			continue;
		for (size_t i = 0; i < count; i++) {
			uint32_t digit = words[i] >> (from_bit + p * NEAR_BITS) & (NEAR_DIGITS - 1);
			spare[counts[p][digit]++] = words[i];
		}
		uint64_t *swap = words;
		words = spare;
		spare = swap;
	}
	return words;
}
