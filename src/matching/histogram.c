#include "matching/histogram.h"

#include "matching/bigarray.h"
#include "matching/hash.h"

void histogram_init(struct histogram *h)
{
	*h = (struct histogram){ .mask = 4095 };
	h->slots = block_alloc(4096, sizeof(*h->slots));
}

void histogram_free(struct histogram *h)
{
	block_free(h->slots);
	h->slots = NULL;
}

static void grow(struct histogram *h)
{
	struct histogram bigger = { .mask = h->mask * 2 + 1 };

	bigger.slots = block_alloc((size_t)bigger.mask + 1, sizeof(*bigger.slots));
	for (uint32_t i = 0; i <= h->mask; i++)
		if (h->slots[i].count != 0)
			histogram_add(&bigger, h->slots[i].pattern, h->slots[i].count);
	block_free(h->slots);
	*h = bigger;
}

void histogram_add(struct histogram *h, uint32_t pattern, uint64_t count)
{
	uint32_t i = (uint32_t)hash_mix(pattern, 11) & h->mask;

	while (h->slots[i].count != 0 && h->slots[i].pattern != pattern)
		i = (i + 1) & h->mask;
	h->used += h->slots[i].count == 0;
	h->slots[i].pattern = pattern;
	h->slots[i].count += count;
	if (h->used > h->mask / 2)
		grow(h);
}

static int by_pattern(const void *a, const void *b)
{
	uint32_t x = ((const struct pattern_count *)a)->pattern;
	uint32_t y = ((const struct pattern_count *)b)->pattern;

	return x < y ? -1 : x > y;
}

struct pattern_count *histogram_sorted(const struct histogram *h, size_t *ret_count)
{
	struct pattern_count *list = block_alloc(h->used, sizeof(*list));
	size_t count = 0;

	for (uint32_t i = 0; i <= h->mask; i++)
		if (h->slots[i].count != 0)
			list[count++] = h->slots[i];
	qsort(list, count, sizeof(*list), by_pattern);
	*ret_count = count;
	return list;
}
