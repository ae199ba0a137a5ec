#include "matching/index_neighbours.h"

#include <stdatomic.h>
#include <string.h>

#include "matching/threads.h"

/* One rule's list that isn't a crowd, or was none until now. */
struct shared_list {
	const uint32_t *records;
	uint32_t count;
};

static const uint32_t *keys_of(const struct match_index *x, uint32_t record)
{
	return record_row(&x->r, record) + x->r.layout.word_count;
}

static uint32_t crowded_above(const struct match_index *x, int rule)
{
	const uint32_t most = x->r.model.rules[rule].block_max;

	return most < CROWDED_ABOVE ? most : CROWDED_ABOVE;
}

static struct shared_list list_of(const struct match_index *x, int rule, uint32_t key)
{
	struct shared_list l = { 0 };

	if (key != 0 && !x->r.model.rules[rule].lookup)
		l.records = postings_find(&x->rules[rule], key, &l.count);
	return l;
}

static bool joins(const struct match_index *x, int rule, uint32_t key)
{
	const uint32_t count = list_of(x, rule, key).count;

	return count > 1 && count <= crowded_above(x, rule);
}

/* Whether one of these rules, a bit each, joins those who have the keys. */
static bool one_joins(const struct match_index *x, const uint32_t *keys, uint32_t rules)
{
	for (int k = 0; rules >> k != 0; k++)
		if ((rules >> k & 1) != 0 && joins(x, k, keys[k]))
			return true;
	return false;
}

/* A bit per rule that gives both the same key. */
static uint32_t same_keys(const struct match_index *x, const uint32_t *a, const uint32_t *b)
{
	uint32_t rules = 0;

	for (int k = 0; k < x->r.model.rule_count; k++)
		rules |= (uint32_t)(a[k] == b[k] && a[k] != 0) << k;
	return rules;
}

static struct comparer comparer_of(const struct match_index *x)
{
	struct comparer c;

	comparer_init(&c, &x->r.model, &x->r.layout, &x->r.values);
	return c;
}

static float weight_between(const struct match_index *x, const struct comparer *c, uint32_t a,
                            uint32_t b)
{
	return (float)index_weight(x, compare_rows(c, record_row(&x->r, a), record_row(&x->r, b)));
}

int index_find_neighbours(const struct match_index *x, uint32_t record, double weight_min,
                          struct neighbour *ret)
{
	const struct comparer c = comparer_of(x);
	const uint32_t *keys = keys_of(x, record);
	uint32_t earlier = 0; /* rules before this one that join */
	int count = 0;

	for (int k = 0; k < x->r.model.rule_count; k++) {
		const struct shared_list l = list_of(x, k, keys[k]);
		if (!joins(x, k, keys[k]))
			continue;
		for (uint32_t i = 0; i < l.count; i++) {
			const uint32_t other = l.records[i];
			if (other == record ||
			    (same_keys(x, keys, keys_of(x, other)) & earlier) != 0)
				continue;
			const float weight = weight_between(x, &c, record, other);
			if (weight >= weight_min)
				ret[count++] = (struct neighbour){ other, weight };
		}
		earlier |= 1u << k;
	}
	return count;
}

/* A key has become a crowd: who has no other reason to be neighbours is parted. */
static void part_crowd(struct match_index *x, int rule, uint32_t a)
{
	const uint32_t *keys = keys_of(x, a);
	uint32_t count = 0;
	const struct neighbour *list = neighbours_of(x->near, a, &count);

	for (uint32_t i = count; i-- > 0;) {
		const uint32_t same = same_keys(x, keys, keys_of(x, list[i].record));
		if ((same >> rule & 1) == 0 || one_joins(x, keys, same))
			continue;
		neighbours_part(x->near, a, list[i].record);
		list = neighbours_of(x->near, a, &count);
	}
}

void index_neighbours_came(struct match_index *x, uint32_t record)
{
	struct neighbour found[NEIGHBOURS_MAX];

	if (x->near == NULL)
		return;
	for (int k = 0; k < x->r.model.rule_count; k++) {
		const struct shared_list l = list_of(x, k, keys_of(x, record)[k]);
		for (uint32_t i = 0; l.count == crowded_above(x, k) + 1 && i < l.count; i++)
			part_crowd(x, k, l.records[i]);
	}
	const int count = index_find_neighbours(x, record, x->near_min, found);
	for (int i = 0; i < count; i++)
		neighbours_join(x->near, record, found[i].record, found[i].weight);
}

void index_neighbours_go(struct match_index *x, uint32_t record)
{
	uint32_t count = 0;
	const struct neighbour *list = NULL;

	while (x->near != NULL && (list = neighbours_of(x->near, record, &count)) != NULL)
		neighbours_part(x->near, record, list[count - 1].record);
}

/* A list that is a crowd no more: its pairs are neighbours again, save those that a key joins which
 * wasn't a crowd just now. still: the rules of which the same must be done yet, this one included. */
static void join_crowd(struct match_index *x, const uint32_t *keys, struct shared_list l,
                       uint32_t still)
{
	const struct comparer c = comparer_of(x);

	for (uint32_t i = 0; i < l.count; i++) {
		const uint32_t a = l.records[i], *mine = keys_of(x, a);
		const uint32_t unsettled = still & same_keys(x, mine, keys);
		for (uint32_t k = i + 1; k < l.count; k++) {
			const uint32_t b = l.records[k];
			if (one_joins(x, mine, same_keys(x, mine, keys_of(x, b)) & ~unsettled))
				continue;
			const float weight = weight_between(x, &c, a, b);
			if (weight >= x->near_min)
				neighbours_join(x->near, a, b, weight);
		}
	}
}

void index_neighbours_went(struct match_index *x, uint32_t record)
{
	const uint32_t *keys = keys_of(x, record);
	uint32_t still = 0;

	if (x->near == NULL)
		return;
	for (int k = 0; k < x->r.model.rule_count; k++)
		still |= (uint32_t)(list_of(x, k, keys[k]).count == crowded_above(x, k)) << k;
	for (int k = 0; k < x->r.model.rule_count; k++) {
		if ((still >> k & 1) == 0)
			continue;
		join_crowd(x, keys, list_of(x, k, keys[k]), still);
		still &= ~(1u << k);
	}
}

/* All neighbours of a whole index, rule by rule. */
struct joined_pair {
	uint32_t a, b;
	float weight;
};

struct whole {
	const struct match_index *x;
	struct comparer comparer;
	atomic_int next;
	struct bigarray pairs[MODEL_RULE_MAX]; /* struct joined_pair */
};

/* The pairs of one list; a pair belongs to the first rule that joins it. */
static void join_list(struct whole *w, int rule, struct shared_list l)
{
	const struct match_index *x = w->x;
	const uint32_t earlier = (1u << rule) - 1;

	for (uint32_t i = 0; i < l.count; i++) {
		const uint32_t a = l.records[i], *keys = keys_of(x, a);
		for (uint32_t k = i + 1; k < l.count; k++) {
			struct joined_pair p = { a, l.records[k], 0 };
			if (one_joins(x, keys, same_keys(x, keys, keys_of(x, p.b)) & earlier))
				continue;
			p.weight = weight_between(x, &w->comparer, a, p.b);
			if (p.weight >= x->near_min)
				(void)bigarray_push(&w->pairs[rule], &p, sizeof(p));
		}
	}
}

static void join_rules(int share, void *arg)
{
	struct whole *w = arg;
	const struct match_index *x = w->x;

	(void)share;
	for (int k = w->next++; k < x->r.model.rule_count; k = w->next++)
		for (uint32_t i = 0; i <= x->rules[k].mask; i++) {
			const uint32_t key = x->rules[k].slots[i].key;
			if (joins(x, k, key))
				join_list(w, k, list_of(x, k, key));
		}
}

static void find_all(struct match_index *x)
{
	struct whole w = { .x = x, .comparer = comparer_of(x) };

	threads_run(threads_available(), join_rules, &w);
	for (int k = 0; k < x->r.model.rule_count; k++) {
		const struct joined_pair *p = w.pairs[k].data;
		for (size_t i = 0; i < w.pairs[k].bytes / sizeof(*p); i++)
			neighbours_join(x->near, p[i].a, p[i].b, p[i].weight);
		bigarray_free(&w.pairs[k]);
	}
}

/* From now on a weight is a function of the two records alone. */
static void freeze(struct match_index *x)
{
	if (x->frozen)
		return;
	x->frozen = true;
	x->weighed_count = x->live_count > 0 ? x->live_count : 1;
	for (int g = 0; g < VALUE_GROUPS; g++)
		values_rank(&x->r.values, (enum value_group)g, x->weighed_count);
	for (int i = 0; i < WEIGHT_CACHE; i++)
		x->weights[i] = 0;
}

void index_keep_clusters(struct match_index *x, double weight_min)
{
	(void)pthread_rwlock_wrlock(&x->lock);
	if (x->near == NULL)
		x->near = block_alloc(1, sizeof(*x->near));
	neighbours_free(x->near);
	x->near_min = weight_min;
	freeze(x);
	find_all(x);
	(void)pthread_rwlock_unlock(&x->lock);
}
