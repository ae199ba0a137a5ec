#include "matching/cluster.h"

static uint32_t root_of(uint32_t *parent, uint32_t i)
{
	while (parent[i] != i) {
		parent[i] = parent[parent[i]];
		i = parent[i];
	}
	return i;
}

void clusters_of(const struct pair *pairs, size_t pair_count, uint32_t count, uint32_t *ret)
{
	for (uint32_t i = 0; i < count; i++)
		ret[i] = i;
	for (size_t k = 0; k < pair_count; k++) {
		uint32_t a = root_of(ret, pairs[k].left), b = root_of(ret, pairs[k].right);
		if (a < b)
			ret[b] = a;
		else
			ret[a] = b;
	}
	for (uint32_t i = 0; i < count; i++)
		ret[i] = root_of(ret, i);
}
