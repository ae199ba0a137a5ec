#include "matching/index.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "matching/em.h"
#include "matching/encode.h"
#include "matching/hash.h"
#include "matching/index_parts.h"
#include "matching/scan.h"

enum { NEAR_NAMES_MAX = 64, NEAR_TRIES_MAX = 1000, PREFETCH = 8 };

/* From this weight on nobody asks for more names. */
static const float SURE_WEIGHT = 8;

/* One question: its row, and the best answers so far. */
struct asking {
	const struct match_index *x;
	const struct comparer *comparer;
	const uint32_t *row;
	uint32_t self; /* a record that isn't an answer; UINT32_MAX: none */
	double weight_min;
	struct index_hit *hits;
	int hit_count, hit_max;
	uint32_t rules_done; /* a bit per rule whose list was read to its end, or is empty */
	int near_tries;      /* left for names like the one asked */
	uint32_t seen[1024]; /* record + 1, a filter: what falls out is compared twice, no more */
};

/* The weight of a pattern, from the cache that all threads share. */
double index_weight(const struct match_index *x, uint32_t pattern)
{
	_Atomic uint64_t *slot = &x->weights[hash_mix(pattern, 9) & (WEIGHT_CACHE - 1)];
	uint64_t held = *slot;
	float weight = 0;

	if (held >> 32 == pattern && held != 0) {
		uint32_t bits = (uint32_t)held;
		memcpy(&weight, &bits, sizeof(weight));
		return weight;
	}
	weight = (float)model_lookup_weight(&x->r.model, pattern, x->weighed_count);
	uint32_t bits = 0;
	memcpy(&bits, &weight, sizeof(bits));
	*slot = (uint64_t)pattern << 32 | bits;
	return weight;
}

void index_weigh_anew(struct match_index *x)
{
	uint32_t held = x->weighed_count, now = x->live_count;

	if (x->frozen || (held > 0 && now <= held + held / 16 && now >= held - held / 16))
		return;
	x->weighed_count = now;
	for (int i = 0; i < WEIGHT_CACHE; i++)
		x->weights[i] = 0;
}

static bool comes_before(const struct index_hit *a, const struct index_hit *b)
{
	return a->weight > b->weight || (a->weight == b->weight && a->id < b->id);
}

static void keep_hit(struct asking *q, struct index_hit h)
{
	int i = q->hit_count < q->hit_max ? q->hit_count++ : q->hit_max;

	if (i == q->hit_max) {
		i--;
		if (!comes_before(&h, &q->hits[i]))
			return;
	}
	for (; i > 0 && comes_before(&h, &q->hits[i - 1]); i--)
		q->hits[i] = q->hits[i - 1];
	q->hits[i] = h;
}

static bool is_kept(const struct asking *q, uint64_t id)
{
	for (int i = 0; i < q->hit_count; i++)
		if (q->hits[i].id == id)
			return true;
	return false;
}

static void try_record(struct asking *q, uint32_t record)
{
	uint32_t *seen = &q->seen[(record * 0x9e3779b1u) >> 22];

	if (*seen == record + 1 || record == q->self)
		return;
	*seen = record + 1;
	uint32_t pattern = compare_rows(q->comparer, q->row, record_row(&q->x->r, record));
	double weight = index_weight(q->x, pattern);
	if (weight < q->weight_min)
		return;
	uint64_t id = index_ids(q->x)[record];
	if (!is_kept(q, id))
		keep_hit(
		    q, (struct index_hit){ .id = id, .weight = (float)weight, .pattern = pattern });
}

/* Tries at most `most` of a list; returns how many. */
static int try_list(struct asking *q, int rule, uint32_t key, int most)
{
	uint32_t count = 0;
	const uint32_t *list = postings_find(&q->x->rules[rule], key, &count);

	if (count <= INDEX_LIST_MAX)
		q->rules_done |= 1u << rule;
	if (count > (uint32_t)most)
		count = (uint32_t)most;
	for (uint32_t i = 0; i < count && i < PREFETCH; i++)
		__builtin_prefetch(record_row(&q->x->r, list[i]));
	for (uint32_t i = 0; i < count; i++) {
		if (i + PREFETCH < count)
			__builtin_prefetch(record_row(&q->x->r, list[i + PREFETCH]));
		try_record(q, list[i]);
	}
	return (int)count;
}

/*
 * The same question with a near family name: only the keys that the name is part of, and only of
 * rules that found nothing of this yet; the list of a wider one holds theirs.
 */
static void try_name(struct asking *q, int field, uint32_t code)
{
	const struct records *r = &q->x->r;
	uint32_t row[ROW_WORDS_MAX], parts[KEY_PART_MAX];
	int words = r->layout.word_count;

	memcpy(row, q->row, (size_t)words * 4);
	row[r->layout.fields[field].word] = code;
	key_plan_parts(&r->plan, q->comparer->values, row, parts);
	for (int k = 0; k < r->plan.rule_count && q->near_tries > 0; k++) {
		const struct planned_rule *rule = &r->plan.rules[k];
		if ((rule->fields >> field & 1) == 0 || (rule->wider & q->rules_done) != 0)
			continue;
		uint32_t key = key_plan_key(rule, parts), before = q->rules_done;
		if (key != 0 && key != q->row[words + k])
			q->near_tries -= try_list(q, k, key, q->near_tries);
		q->rules_done = before;
	}
}

static void try_near_names(struct asking *q)
{
	const struct records *r = &q->x->r;
	uint32_t near[NEAR_NAMES_MAX];

	for (int f = 0; f < r->model.field_count; f++) {
		uint32_t code = place_get(q->row, r->layout.fields[f]);
		if (r->model.fields[f].kind != FIELD_FAMILY || code == 0)
			continue;
		const struct values *v = q->comparer->values;
		int length = value_at(v, GROUP_NAMES, code)->length;
		int count = name_scan_near(q->x->families, value_text(v, GROUP_NAMES, code), length,
		                           length >= 6 ? 2 : 1, near, NEAR_NAMES_MAX);
		for (int i = 0; i < count; i++)
			if (near[i] != code)
				try_name(q, f, near[i]);
	}
}

static void ask(struct asking *q)
{
	const struct records *r = &q->x->r;
	const uint32_t *keys = q->row + r->layout.word_count;

	assert(q->hit_max >= 1 && q->hit_max <= INDEX_HITS_MAX);
	memset(q->seen, 0, sizeof(q->seen));
	for (int k = 0; k < r->model.rule_count; k++)
		if (keys[k] != 0)
			(void)try_list(q, k, keys[k], INDEX_LIST_MAX);
	q->near_tries = NEAR_TRIES_MAX;
	if (q->hit_count == 0 || q->hits[0].weight < SURE_WEIGHT)
		try_near_names(q);
	for (int i = 0; i < q->hit_count; i++)
		q->hits[i].probability = (float)weight_probability(q->hits[i].weight);
}

enum status index_lookup(const struct match_index *x, const struct index_record *asked,
                         double weight_min, struct index_hit *ret, int most, int *ret_count,
                         struct error *reterr)
{
	struct query_values *query = block_alloc(1, sizeof(*query));
	struct name_folder folder = { .romaniser = NULL };
	uint32_t row[ROW_WORDS_MAX] = { 0 };
	struct comparer comparer;

	(void)pthread_rwlock_rdlock((pthread_rwlock_t *)(uintptr_t)&x->lock);
	struct values values = x->r.values;
	values.query = query;
	const struct record_encoding with = { &x->r.model, &x->r.layout, &x->r.plan,
		                              &values,     &folder,      false };
	enum status st = encode_record(&with, asked->texts, row, reterr);
	if (st == OK) {
		comparer_init(&comparer, &x->r.model, &x->r.layout, &values);
		struct asking q = { .x = x,
			            .comparer = &comparer,
			            .row = row,
			            .self = UINT32_MAX,
			            .weight_min = weight_min,
			            .hits = ret,
			            .hit_max = most };
		ask(&q);
		*ret_count = q.hit_count;
	}
	(void)pthread_rwlock_unlock((pthread_rwlock_t *)(uintptr_t)&x->lock);
	name_folder_free(&folder);
	block_free(query);
	return st;
}

static enum status lookup_locked(const struct match_index *x, uint64_t id, double weight_min,
                                 struct index_hit *ret, int most, int *ret_count,
                                 struct error *reterr)
{
	uint32_t record = index_record_of(x, id);
	struct comparer comparer;

	if (record == UINT32_MAX)
		return FAIL(reterr, ERR_NOT_FOUND, "Dit record staat niet in de index.");
	comparer_init(&comparer, &x->r.model, &x->r.layout, &x->r.values);
	struct asking q = { .x = x,
		            .comparer = &comparer,
		            .row = record_row(&x->r, record),
		            .self = record,
		            .weight_min = weight_min,
		            .hits = ret,
		            .hit_max = most };
	ask(&q);
	*ret_count = q.hit_count;
	return OK;
}

enum status index_lookup_id(const struct match_index *x, uint64_t id, double weight_min,
                            struct index_hit *ret, int most, int *ret_count, struct error *reterr)
{
	(void)pthread_rwlock_rdlock((pthread_rwlock_t *)(uintptr_t)&x->lock);
	enum status st = lookup_locked(x, id, weight_min, ret, most, ret_count, reterr);
	(void)pthread_rwlock_unlock((pthread_rwlock_t *)(uintptr_t)&x->lock);
	return st;
}

enum status index_compare(const struct match_index *x, const struct index_record *a,
                          const struct index_record *b, struct index_hit *ret, struct error *reterr)
{
	struct query_values *query = block_alloc(1, sizeof(*query));
	struct name_folder folder = { .romaniser = NULL };
	uint32_t rows[2][ROW_WORDS_MAX] = { { 0 }, { 0 } };
	const struct index_record *sides[2] = { a, b };
	struct comparer comparer;
	enum status st = OK;

	(void)pthread_rwlock_rdlock((pthread_rwlock_t *)(uintptr_t)&x->lock);
	struct values values = x->r.values;
	values.query = query;
	const struct record_encoding with = { &x->r.model, &x->r.layout, &x->r.plan,
		                              &values,     &folder,      false };
	for (int i = 0; i < 2 && st == OK; i++)
		st = encode_record(&with, sides[i]->texts, rows[i], reterr);
	if (st == OK) {
		comparer_init(&comparer, &x->r.model, &x->r.layout, &values);
		uint32_t pattern = compare_rows(&comparer, rows[0], rows[1]);
		double weight = index_weight(x, pattern);
		*ret = (struct index_hit){ b->id, (float)weight, (float)weight_probability(weight),
			                   pattern };
	}
	(void)pthread_rwlock_unlock((pthread_rwlock_t *)(uintptr_t)&x->lock);
	name_folder_free(&folder);
	block_free(query);
	return st;
}
