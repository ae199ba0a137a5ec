/*
 * neighbours.h - for each record those that may be the same, and how much that weighs
 *
 * Undirected: what is joined stands on both sides. A record's list stands in a pool, in blocks of 1,
 * 2, 4, ... that are used again when freed; its order has no meaning. Joining costs O(1), parting
 * O(list). One writer at a time; readers when nobody writes.
 */
#ifndef MATCHING_NEIGHBOURS_H
#define MATCHING_NEIGHBOURS_H

#include <stdbool.h>
#include <stdint.h>

#include "matching/bigarray.h"

enum { NEIGHBOUR_SIZES = 32 };

struct neighbour {
	uint32_t record;
	float weight;
};

struct neighbour_list {
	uint32_t at, count; /* in the pool */
	uint32_t size;      /* log2 of the block's room; nothing while count is 0 */
};

struct neighbours {
	struct bigarray lists; /* struct neighbour_list per record */
	struct bigarray pool;  /* struct neighbour */
	uint32_t free_at
	    [NEIGHBOUR_SIZES]; /* first free block + 1 per size, chained by its first record */
};

void neighbours_free(struct neighbours *n);

/* Two records that aren't joined yet. */
void neighbours_join(struct neighbours *n, uint32_t a, uint32_t b, float weight);
/* Nothing happens where they aren't joined. */
void neighbours_part(struct neighbours *n, uint32_t a, uint32_t b);

/* Whom a record is joined with; NULL and 0: nobody. Lives until the next change. */
const struct neighbour *neighbours_of(const struct neighbours *n, uint32_t record,
                                      uint32_t *ret_count);

#endif
