#include "matching/random_pairs.h"

#include <string.h>

#include "matching/compare.h"
#include "matching/hash.h"

static void count_pairs(const struct model *m, const struct records *r, uint64_t pairs,
                        uint64_t counts[MODEL_COMPARISON_MAX][MODEL_LEVEL_MAX])
{
	struct comparer c;

	comparer_init(&c, &r->model, &r->layout, &r->values);
	for (uint64_t i = 0; i < pairs; i++) {
		uint64_t dice = hash_mix(i, 0x9d5f);
		uint32_t a = (uint32_t)((dice >> 32) * r->count >> 32);
		uint32_t b = (uint32_t)((dice & UINT32_MAX) * r->count >> 32);
		if (a == b)
			continue;
		uint32_t pattern = compare_rows(&c, record_row(r, a), record_row(r, b));
		for (int k = 0; k < m->comparison_count; k++)
			counts[k][pattern_level(pattern, k)]++;
	}
}

void random_pairs_estimate(struct model *m, const struct records *r, uint64_t pairs)
{
	uint64_t counts[MODEL_COMPARISON_MAX][MODEL_LEVEL_MAX];

	if (r->count < 2)
		return;
	memset(counts, 0, sizeof(counts));
	count_pairs(m, r, pairs, counts);
	for (int k = 0; k < m->comparison_count; k++) {
		double seen = 0;
		for (int l = 1; l < m->comparisons[k].level_count; l++)
			seen += (double)counts[k][l] + 0.5;
		for (int l = 1; l < m->comparisons[k].level_count; l++)
			m->random[k][l] = ((double)counts[k][l] + 0.5) / seen;
	}
	m->has_random = true;
}
