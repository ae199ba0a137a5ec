/*
 * postings.h - for each blocking key the records that have it; changes one at a time
 *
 * Open addressing on the 32-bit key; a list of one stands in its slot, longer ones in a pool of
 * blocks of 2, 4, 8, ... that are used again when freed. Order within a list has no meaning.
 * One writer at a time; readers when nobody writes. Insert and remove cost O(1) and O(list).
 */
#ifndef MATCHING_POSTINGS_H
#define MATCHING_POSTINGS_H

#include <stdint.h>

#include "matching/bigarray.h"

enum { POSTING_SIZES = 28 };

struct posting {
	uint32_t key; /* 0: free slot */
	uint32_t count;
	uint32_t at; /* the record itself when size is 0, else where its block begins in the pool */
	uint32_t size; /* log2 of the block's room */
};

struct postings {
	struct posting *slots;
	uint32_t mask, used;
	struct bigarray pool;            /* uint32_t */
	uint32_t free_at[POSTING_SIZES]; /* first free block per size, 0: none; chained by its first
	                                    word */
};

void postings_init(struct postings *p, uint32_t expected_keys);
void postings_free(struct postings *p);
void postings_insert(struct postings *p, uint32_t key, uint32_t record);
/* A key that will be inserted soon: its slot comes nearer. */
static inline void postings_expect(const struct postings *p, uint32_t key)
{
	__builtin_prefetch(&p->slots[(key * 0x9e3779b1u) & p->mask], 1);
}
void postings_remove(struct postings *p, uint32_t key, uint32_t record);

/* The records with the key; NULL and 0 when there are none. Lives until the next change. */
const uint32_t *postings_find(const struct postings *p, uint32_t key, uint32_t *ret_count);

#endif
