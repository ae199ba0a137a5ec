/* dice.h - reproducible chance: SplitMix64 (Steele, Lea, Flood 2014), one stream per seed */
#ifndef MATCHING_DICE_H
#define MATCHING_DICE_H

#include <stdbool.h>
#include <stdint.h>

struct dice {
	uint64_t state;
};

static inline uint64_t dice_next(struct dice *d)
{
	uint64_t z = d->state += 0x9e3779b97f4a7c15u;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return z ^ z >> 31;
}

/* 0 .. sides - 1 */
static inline uint32_t dice_below(struct dice *d, uint32_t sides)
{
	return (uint32_t)((dice_next(d) >> 32) * sides >> 32);
}

static inline bool dice_percent(struct dice *d, uint32_t percent)
{
	return dice_below(d, 100) < percent;
}

/* Streams of their own for each of three numbers. */
static inline struct dice dice_for(uint64_t seed, uint64_t a, uint64_t b)
{
	struct dice d = { seed ^ a * 0xd6e8feb86659fd93u ^ b * 0xa0761d6478bd642fu };

	(void)dice_next(&d);
	return d;
}

#endif
