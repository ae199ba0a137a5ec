/* Who belongs together as it stands now, and which values are too common to tell. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "matching/index_neighbours.h"

enum { SEEN_SLOTS = 1024, FIRST_ROOM = 64 };

/* A record that a cluster could grow by. */
struct reach {
	float weight; /* of the pair that leads there */
	uint32_t record;
	uint64_t id;
};

struct growing {
	const struct match_index *x;
	double weight_min;
	const struct index_judged *judged;
	struct reach *heap; /* the strongest first */
	size_t waiting, room;
	uint32_t members[INDEX_CLUSTER_MAX];
	int count;
	uint32_t seen[SEEN_SLOTS]; /* record + 1 of members */
	struct neighbour
	    waits[SEEN_SLOTS]; /* record + 1 of who waits, a filter; and as how strong */
	struct neighbour found[NEIGHBOURS_MAX]; /* where they aren't kept */
};

static uint32_t *seat_of(struct growing *g, uint32_t record)
{
	uint32_t i = (record * 0x9e3779b1u) % SEEN_SLOTS;

	while (g->seen[i] != 0 && g->seen[i] != record + 1)
		i = (i + 1) % SEEN_SLOTS;
	return &g->seen[i];
}

static bool is_stronger(const struct reach *a, const struct reach *b)
{
	return a->weight > b->weight || (a->weight == b->weight && a->id < b->id);
}

/* Whether the record waits already, by a pair that is as strong. */
static bool waits_already(struct growing *g, const struct reach *r)
{
	struct neighbour *w = &g->waits[r->record % SEEN_SLOTS];

	if (w->record == r->record + 1 && w->weight >= r->weight)
		return true;
	*w = (struct neighbour){ r->record + 1, r->weight };
	return false;
}

static void push(struct growing *g, struct reach r)
{
	size_t i = g->waiting++;

	if (g->waiting > g->room) {
		g->room *= 2;
		g->heap = block_resize(g->heap, g->room * sizeof(*g->heap));
	}
	for (; i > 0 && is_stronger(&r, &g->heap[(i - 1) / 2]); i = (i - 1) / 2)
		g->heap[i] = g->heap[(i - 1) / 2];
	g->heap[i] = r;
}

static struct reach pop(struct growing *g)
{
	const struct reach best = g->heap[0], last = g->heap[--g->waiting];
	size_t i = 0;

	for (size_t k = 1; k < g->waiting; k = 2 * i + 1) {
		if (k + 1 < g->waiting && is_stronger(&g->heap[k + 1], &g->heap[k]))
			k++;
		if (!is_stronger(&g->heap[k], &last))
			break;
		g->heap[i] = g->heap[k];
		i = k;
	}
	g->heap[i] = last;
	return best;
}

/* A judgement goes before the weight; without one both must be of one group. */
static bool may_join(const struct growing *g, uint32_t a, uint32_t b, float *weight)
{
	const uint64_t *ids = index_ids(g->x), *groups = g->x->groups.data;
	int kind = g->judged == NULL ? 0 : g->judged->kind(g->judged->arg, ids[a], ids[b]);

	if (kind > 0)
		*weight = INFINITY;
	return kind == 0 ? groups[a] == groups[b] : kind > 0;
}

static const struct neighbour *neighbours_now(struct growing *g, uint32_t record,
                                              uint32_t *ret_count)
{
	const struct match_index *x = g->x;

	if (x->near != NULL && g->weight_min >= x->near_min)
		return neighbours_of(x->near, record, ret_count);
	*ret_count = (uint32_t)index_find_neighbours(x, record, g->weight_min, g->found);
	return g->found;
}

static void take(struct growing *g, uint32_t record)
{
	uint32_t count = 0;
	const struct neighbour *list = neighbours_now(g, record, &count);

	*seat_of(g, record) = record + 1;
	g->members[g->count++] = record;
	for (uint32_t i = 0; i < count; i++) {
		struct reach r = { list[i].weight, list[i].record, 0 };
		if (r.weight < g->weight_min || *seat_of(g, r.record) != 0 ||
		    !may_join(g, record, r.record, &r.weight) || waits_already(g, &r))
			continue;
		r.id = index_ids(g->x)[r.record];
		push(g, r);
	}
}

static void grow_from(struct growing *g, uint32_t record)
{
	g->room = FIRST_ROOM;
	g->heap = block_alloc(g->room, sizeof(*g->heap));
	take(g, record);
	while (g->waiting > 0 && g->count < INDEX_CLUSTER_MAX) {
		const struct reach best = pop(g);
		if (*seat_of(g, best.record) == 0)
			take(g, best.record);
	}
	block_free(g->heap);
}

static int ascending(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

enum status index_cluster(const struct match_index *x, uint64_t id, double weight_min,
                          const struct index_judged *judged, uint64_t *ret, int *ret_count,
                          struct error *reterr)
{
	struct growing g = { .x = x, .weight_min = weight_min, .judged = judged };

	(void)pthread_rwlock_rdlock((pthread_rwlock_t *)(uintptr_t)&x->lock);
	const uint32_t record = index_record_of(x, id);
	if (record != UINT32_MAX)
		grow_from(&g, record);
	for (int i = 0; i < g.count; i++)
		ret[i] = index_ids(x)[g.members[i]];
	(void)pthread_rwlock_unlock((pthread_rwlock_t *)(uintptr_t)&x->lock);
	if (record == UINT32_MAX)
		return FAIL(reterr, ERR_NOT_FOUND, "Dit record staat niet in de index.");
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
