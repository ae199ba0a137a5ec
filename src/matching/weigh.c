#include "matching/weigh.h"

#include <math.h>

#include "matching/bigarray.h"

void weights_init(struct weights *w, const struct model *m, const struct pattern_count *patterns,
                  size_t pattern_count)
{
	w->mask = 1023;
	while (w->mask < pattern_count * 3)
		w->mask = w->mask * 2 + 1;
	w->slots = block_alloc((size_t)w->mask + 1, sizeof(*w->slots));
	for (uint32_t i = 0; i <= w->mask; i++)
		w->slots[i] =
		    (struct weight_slot){ UINT32_MAX, NAN }; /* no level is 15 everywhere */
	for (size_t k = 0; k < pattern_count; k++) {
		uint32_t i = (uint32_t)hash_mix(patterns[k].pattern, 5) & w->mask;
		while (!isnan(w->slots[i].weight))
			i = (i + 1) & w->mask;
		w->slots[i] = (struct weight_slot){ patterns[k].pattern,
			                            (float)model_weight(m, patterns[k].pattern) };
	}
}

void weights_free(struct weights *w)
{
	block_free(w->slots);
	w->slots = NULL;
}
