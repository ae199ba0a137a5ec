/*
 * layout.h - where each field of a model stands in a row of 32-bit words
 *
 * Fields that the data doesn't have take no room, so that the common sets fit in eight words, and
 * with eight blocking keys behind them in one cache line.
 */
#ifndef MATCHING_LAYOUT_H
#define MATCHING_LAYOUT_H

#include <stdbool.h>
#include <stdint.h>

#include "matching/model.h"

/* Some bits of one word. An absent field has mask 0, so that it reads as 0: missing. */
struct place {
	uint8_t word, shift;
	uint32_t mask;
};

struct layout {
	struct place fields[MODEL_FIELD_MAX];
	int word_count; /* with fields */
	int key_count;  /* blocking keys behind them, word_count .. word_count + key_count - 1 */
	int stride;     /* words from row to row: a multiple of 16, a cache line */
};

/* Packs the fields whose present flag is set, widest first. */
void layout_init(struct layout *l, const struct model *m, const bool *present);

static inline uint32_t place_get(const uint32_t *row, struct place p)
{
	return row[p.word] >> p.shift & p.mask;
}

static inline void place_put(uint32_t *row, struct place p, uint32_t value)
{
	row[p.word] |= (value & p.mask) << p.shift;
}

#endif
