/* Who belongs together as it stands now, and which values are too common to tell. */
#include <stdlib.h>
#include <string.h>

#include "matching/index_parts.h"

struct growing {
	const struct match_index *x;
	double weight_min;
	const struct index_judged *judged;
	uint64_t *ids;
	int count;
};

static bool has(const struct growing *g, uint64_t id)
{
	for (int i = 0; i < g->count; i++)
		if (g->ids[i] == id)
			return true;
	return false;
}

static uint64_t group_of(const struct match_index *x, uint64_t id)
{
	uint32_t record = index_record_of(x, id);

	return record == UINT32_MAX ? 0 : ((const uint64_t *)x->groups.data)[record];
}

/* A judgement goes before the weight; without one both must be of one group. */
static bool may_join(const struct growing *g, uint64_t a, uint64_t b)
{
	int kind = g->judged == NULL ? 0 : g->judged->kind(g->judged->arg, a, b);

	if (kind != 0)
		return kind > 0;
	return group_of(g->x, a) == group_of(g->x, b);
}

static int ascending(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

static enum status grow_from(struct growing *g, uint64_t id, struct error *reterr)
{
	struct index_hit hits[INDEX_HITS_MAX];
	int count = 0;
	enum status st =
	    index_lookup_id(g->x, id, g->weight_min, hits, INDEX_HITS_MAX, &count, reterr);

	for (int i = 0; i < count && st == OK; i++)
		if (g->count < INDEX_CLUSTER_MAX && !has(g, hits[i].id) &&
		    may_join(g, id, hits[i].id))
			g->ids[g->count++] = hits[i].id;
	return st;
}

enum status index_cluster(const struct match_index *x, uint64_t id, double weight_min,
                          const struct index_judged *judged, uint64_t *ret, int *ret_count,
                          struct error *reterr)
{
	struct growing g = { x, weight_min, judged, ret, 1 };

	ret[0] = id;
	for (int at = 0; at < g.count; at++) {
		enum status st = grow_from(&g, ret[at], reterr);
		if (st != OK)
			return st;
	}
	qsort(ret, (size_t)g.count, sizeof(*ret), ascending);
	*ret_count = g.count;
	return OK;
}

static int larger_first(const void *a, const void *b)
{
	const struct index_crowd *x = a, *y = b;

	if (x->count != y->count)
		return x->count < y->count ? 1 : -1;
	return x->example < y->example ? -1 : x->example > y->example;
}

/* Keeps the list sorted and at most `most` long. */
static int add_crowd(struct index_crowd *list, int count, int most, struct index_crowd c)
{
	if (count == most && larger_first(&c, &list[count - 1]) >= 0)
		return count;
	int i = count < most ? count++ : count - 1;
	for (; i > 0 && larger_first(&c, &list[i - 1]) < 0; i--)
		list[i] = list[i - 1];
	list[i] = c;
	return count;
}

int index_crowds(const struct match_index *x, struct index_crowd *ret, int most)
{
	int count = 0;

	(void)pthread_rwlock_rdlock((pthread_rwlock_t *)(uintptr_t)&x->lock);
	for (int k = 0; k < x->r.model.rule_count && most > 0; k++)
		for (uint32_t i = 0; i <= x->rules[k].mask; i++) {
			struct posting s = x->rules[k].slots[i];
			uint32_t n = 0;
			if (s.key == 0 || s.count <= INDEX_LIST_MAX)
				continue;
			const uint32_t *list = postings_find(&x->rules[k], s.key, &n);
			count = add_crowd(ret, count, most,
			                  (struct index_crowd){ x->r.model.rules[k].name,
			                                        index_ids(x)[list[0]], s.count,
			                                        s.key, x->r.plan.rules[k].fields });
		}
	(void)pthread_rwlock_unlock((pthread_rwlock_t *)(uintptr_t)&x->lock);
	return count;
}

/* Keeps the highest ids, descending. */
static int add_id(uint64_t *list, int count, int most, uint64_t id)
{
	if (count == most && id <= list[count - 1])
		return count;
	int i = count < most ? count++ : count - 1;
	for (; i > 0 && list[i - 1] < id; i--)
		list[i] = list[i - 1];
	list[i] = id;
	return count;
}

int index_crowd_ids(const struct match_index *x, const struct index_crowd *c, uint64_t *ret,
                    int most)
{
	int count = 0;

	(void)pthread_rwlock_rdlock((pthread_rwlock_t *)(uintptr_t)&x->lock);
	for (int k = 0; k < x->r.model.rule_count && most > 0; k++) {
		uint32_t n = 0;
		if (strcmp(x->r.model.rules[k].name, c->rule) != 0)
			continue;
		const uint32_t *list = postings_find(&x->rules[k], c->key, &n);
		for (uint32_t i = 0; i < n; i++)
			count = add_id(ret, count, most, index_ids(x)[list[i]]);
	}
	(void)pthread_rwlock_unlock((pthread_rwlock_t *)(uintptr_t)&x->lock);
	return count;
}
