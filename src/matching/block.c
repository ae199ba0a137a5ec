#include "matching/block.h"

#include <assert.h>
#include <stdatomic.h>
#include <string.h>

#include "matching/hash.h"
#include "matching/radix.h"
#include "matching/threads.h"

enum {
	PREFETCH_AHEAD = 64, /* rows in flight while a block is compared */
	BUCKET_BITS = 9,     /* of a key: about 2,000 of a million keys stand in a bucket */
	BUCKETS = 1 << BUCKET_BITS,
	PAIRS_AT_ONCE = 128
};

/* One thread's part of a rule: it gathers the keys of a range of records, then takes buckets of all. */
struct worker {
	const struct records *r;
	const struct block_options *o;
	struct crew *crew;
	int share;
	struct bigarray gathered;   /* uint64_t, key and record, by bucket */
	size_t starts[BUCKETS + 1]; /* of the buckets there */
	uint64_t *bucket, *spare;   /* room for the largest bucket there can be */
	int rule;
	uint32_t block_max; /* of the rule: the model's, or what is affordable */
	uint64_t *sizes;    /* how many blocks there are of each size, in the sample */
	struct pair pairs_waiting[PAIRS_AT_ONCE];
	size_t waiting;
	struct pair_sink sink; /* put NULL: only count */
	uint64_t pairs[MODEL_RULE_MAX];
	struct bigarray crowds;
};

struct crew {
	struct worker workers[THREADS_MAX];
	struct threads *threads;
	int count;
	atomic_uint next_bucket;
};

enum { LANES = 4 };
typedef uint32_t lanes __attribute__((vector_size(LANES * sizeof(uint32_t))));

/* For rule k: which of the keys before it in its last four lanes count. */
static const lanes EARLIER[LANES] = {
	{ ~0u, ~0u, ~0u, ~0u }, { ~0u, 0, 0, 0 }, { ~0u, ~0u, 0, 0 }, { ~0u, ~0u, ~0u, 0 }
};

/* Whether an earlier rule has this pair. keys are the rows' keys, 0 where there is none; four at a
 * time, so up to three more are read, which stand in the row or in the room behind the last one. */
static inline bool owned_earlier(const uint32_t *a, const uint32_t *b, int rule)
{
	lanes owned = { 0 };

	for (int k = 0; k < rule; k += LANES) {
		lanes x, y;
		memcpy(&x, a + k, sizeof(x));
		memcpy(&y, b + k, sizeof(y));
		lanes same = (lanes)(x == y) & (lanes)(x != 0);
		owned |= k + LANES <= rule ? same : same & EARLIER[rule % LANES];
	}
	return (owned[0] | owned[1] | owned[2] | owned[3]) != 0;
}

static void put_waiting(struct worker *w)
{
	if (w->waiting > 0)
		w->sink.put(w->sink.arg, w->share, w->pairs_waiting, w->waiting);
	w->waiting = 0;
}

static inline void put_pair(struct worker *w, uint32_t a, uint32_t b)
{
	uint32_t left = a < b ? a : b, right = a < b ? b : a;

	if (w->o->boundary != 0 && (left < w->o->boundary) == (right < w->o->boundary))
		return;
	int words = w->r->layout.word_count;
	const uint32_t *ka = record_row(w->r, left) + words;
	const uint32_t *kb = record_row(w->r, right) + words;
	w->pairs_waiting[w->waiting] = (struct pair){ .left = left, .right = right };
	w->waiting += !owned_earlier(ka, kb, w->rule);
	if (w->waiting == PAIRS_AT_ONCE)
		put_waiting(w);
}

static void all_pairs(struct worker *w, const uint64_t *block, size_t count)
{
	w->pairs[w->rule] += (uint64_t)count * (count - 1) / 2;
	if (w->sink.put == NULL)
		return;
	for (size_t i = 1; i < count; i++)
		for (size_t k = 0; k < i; k++)
			put_pair(w, (uint32_t)block[k], (uint32_t)block[i]);
}

static void window_pairs(struct worker *w, const uint64_t *block, size_t count)
{
	w->pairs[w->rule] += (uint64_t)count * BLOCK_WINDOW;
	if (w->sink.put == NULL)
		return;
	for (size_t i = 1; i < count; i++)
		for (size_t k = i > BLOCK_WINDOW ? i - BLOCK_WINDOW : 0; k < i; k++)
			put_pair(w, (uint32_t)block[k], (uint32_t)block[i]);
}

static void note_crowd(struct worker *w, const uint64_t *block, size_t count)
{
	struct crowd c = { w->rule, (uint32_t)block[0], (uint32_t)count };

	if (w->sink.put != NULL && count > w->r->model.rules[w->rule].block_max)
		(void)bigarray_push(&w->crowds, &c, sizeof(c));
}

/* Order within a crowd: the split part, then everything else that the row says. */
static uint32_t crowd_order(const struct worker *w, uint32_t record)
{
	const struct records *r = w->r;
	const uint32_t *row = record_row(r, record);
	uint64_t h = 0;

	for (int i = 0; i < r->layout.word_count; i++)
		h = hash_mix(h ^ row[i], 0x9e3779b97f4a7c15u);
	return (uint32_t)h;
}

/* Runs of equal high halves, each handed to one(). */
static void each_run(struct worker *w, const uint64_t *words, size_t count,
                     void (*one)(struct worker *w, const uint64_t *block, size_t count))
{
	for (size_t i = 0; i < PREFETCH_AHEAD && i < count; i++)
		__builtin_prefetch(record_row(w->r, (uint32_t)words[i]), 0, 3);
	for (size_t start = 0; start < count;) {
		size_t end = start + 1;
		while (end < count && words[end] >> 32 == words[start] >> 32)
			end++;
		for (size_t i = start + PREFETCH_AHEAD; i < end + PREFETCH_AHEAD && i < count; i++)
			__builtin_prefetch(record_row(w->r, (uint32_t)words[i]), 0, 3);
		if (end - start > 1)
			one(w, words + start, end - start);
		start = end;
	}
}

static void divided_block(struct worker *w, const uint64_t *block, size_t count)
{
	if (count <= w->r->model.rules[w->rule].block_max)
		all_pairs(w, block, count);
	else
		window_pairs(w, block, count);
}

/* A block above its maximum: by the split part where the rule has one, the rest by window. */
static void crowded_block(struct worker *w, const uint64_t *block, size_t count)
{
	const struct records *r = w->r;
	struct model_key split = r->model.rules[w->rule].split;
	uint64_t *copy = block_alloc(count * 2, sizeof(*copy));

	note_crowd(w, block, count);
	for (size_t i = 0; i < count; i++) {
		uint32_t record = (uint32_t)block[i];
		uint64_t order = crowd_order(w, record);
		copy[i] = order << 32 | record;
	}
	uint64_t *sorted = radix_sort_high(copy, copy + count, count);
	if (split.field < 0) {
		window_pairs(w, sorted, count);
	} else {
		uint64_t *other = sorted == copy ? copy + count : copy;
		for (size_t i = 0; i < count; i++) {
			uint32_t record = (uint32_t)sorted[i];
			uint64_t part = row_key_part(&r->model, &r->layout, &r->values,
			                             record_row(r, record), split);
			sorted[i] = part << 32 | record;
		}
		sorted = radix_sort_high(sorted, other, count);
		each_run(w, sorted, count, divided_block);
	}
	block_free(copy);
}

static void one_block(struct worker *w, const uint64_t *block, size_t count)
{
	if (count <= w->block_max)
		all_pairs(w, block, count);
	else
		crowded_block(w, block, count);
}

static uint32_t share_start(const struct worker *w, int share)
{
	return (uint32_t)((uint64_t)w->r->count * (uint32_t)share / (uint32_t)w->crew->count);
}

/* The keys of the worker's records, by bucket. A record without key is written where the next one is
 * written over it: without a branch, which would be guessed wrong too often. */
static void gather(struct worker *w)
{
	const uint32_t *keys = w->r->key_columns[w->rule].data;
	const uint32_t from = share_start(w, w->share), to = share_start(w, w->share + 1);
	uint64_t *words = w->gathered.data;
	size_t next[BUCKETS + 1] = { 0 }, sum = 0;

	for (uint32_t i = from; i < to; i++)
		next[keys[i] == 0 ? BUCKETS : keys[i] >> (32 - BUCKET_BITS)]++;
	for (uint32_t b = 0; b < BUCKETS; b++) {
		size_t here = next[b];
		w->starts[b] = next[b] = sum;
		sum += here;
	}
	w->starts[BUCKETS] = next[BUCKETS] = sum;
	for (uint32_t i = from; i < to; i++) {
		uint32_t b = keys[i] == 0 ? BUCKETS : keys[i] >> (32 - BUCKET_BITS);
		words[next[b]] = (uint64_t)keys[i] << 32 | i;
		next[b] += keys[i] != 0;
	}
}

/* All workers' words of a bucket, one worker after the other. */
static size_t collect(struct worker *w, uint32_t bucket)
{
	size_t count = 0;

	for (int i = 0; i < w->crew->count; i++) {
		const struct worker *from = &w->crew->workers[i];
		size_t here = from->starts[bucket + 1] - from->starts[bucket];
		memcpy(w->bucket + count,
		       (const uint64_t *)from->gathered.data + from->starts[bucket],
		       here * sizeof(uint64_t));
		count += here;
	}
	return count;
}

/* Drops the records that are alone with their key; returns how many stay. */
static size_t drop_lonely(uint64_t *sorted, size_t count)
{
	size_t kept = 0;
	uint64_t before = UINT64_MAX;

	for (size_t i = 0; i < count; i++) {
		uint64_t word = sorted[i], key = word >> 32;
		uint64_t after = i + 1 < count ? sorted[i + 1] >> 32 : UINT64_MAX;
		sorted[kept] = word;
		kept += key == before || key == after;
		before = key;
	}
	return kept;
}

enum { SAMPLED = 16, FREE_PAIRS = 6000000, BLOCK_LEAST = 3 };
static const double PAIRS_PER_RECORD = 2;

/* How many blocks there are of each size up to one more than the rule allows, in one of SAMPLED
 * buckets. */
static void sample_share(int share, void *arg)
{
	struct crew *crew = arg;
	struct worker *w = &crew->workers[share];
	const size_t most = (size_t)w->r->model.rules[w->rule].block_max + 1;
	uint32_t b = 0;

	w->sizes = block_alloc(most + 1, sizeof(*w->sizes));
	while ((b = atomic_fetch_add(&crew->next_bucket, SAMPLED)) < BUCKETS) {
		const size_t count = collect(w, b);
		const uint64_t *sorted =
		    radix_sort_within(w->bucket, w->spare, count, 32, 64 - BUCKET_BITS);
		for (size_t start = 0, end = 0; start < count; start = end) {
			while (end < count && sorted[end] >> 32 == sorted[start] >> 32)
				end++;
			w->sizes[end - start < most ? end - start : most]++;
		}
	}
}

/*
 * Chance pairs grow with the square of the register. Where a rule would give more of them than the
 * register can bear, smaller blocks are divided by its split part already.
 */
static uint32_t affordable_max(struct crew *crew, int number)
{
	const struct records *r = crew->workers[0].r;
	const struct model_rule *rule = &r->model.rules[number];
	const double by_size = PAIRS_PER_RECORD * (double)r->count;
	const double budget = by_size > FREE_PAIRS ? by_size : FREE_PAIRS;
	const uint32_t most = rule->block_max;
	double pairs = 0;
	uint32_t m = 1;

	if (rule->split.field < 0 || (double)r->count * most / 2 <= budget)
		return most;
	atomic_store(&crew->next_bucket, 0);
	threads_each(crew->threads, sample_share, crew);
	while (m < most && (pairs <= budget || m < BLOCK_LEAST)) {
		m++;
		for (int i = 0; i < crew->count; i++)
			pairs += (double)crew->workers[i].sizes[m] * m * (m - 1) / 2 * SAMPLED;
	}
	for (int i = 0; i < crew->count; i++)
		block_free(crew->workers[i].sizes);
	return pairs <= budget || m <= BLOCK_LEAST ? m : m - 1;
}

static void gather_share(int share, void *arg)
{
	gather(&((struct crew *)arg)->workers[share]);
}

/* Buckets as they come, so that a crowd in one keeps nobody waiting. */
static void compare_share(int share, void *arg)
{
	struct crew *crew = arg;
	struct worker *w = &crew->workers[share];
	uint32_t b = 0;

	while ((b = atomic_fetch_add(&crew->next_bucket, 1)) < BUCKETS) {
		progress_add(w->o->progress, 1);
		size_t count = collect(w, b);
		if (count < 2)
			continue;
		uint64_t *sorted =
		    radix_sort_within(w->bucket, w->spare, count, 32, 64 - BUCKET_BITS);
		each_run(w, sorted, drop_lonely(sorted, count), one_block);
	}
	put_waiting(w);
}

static void run_crew(struct crew *crew, const struct records *r, const struct block_options *o,
                     struct pair_sink sink)
{
	assert(o->threads >= 1 && o->threads <= THREADS_MAX);
	const size_t all = ((size_t)r->count + 1) * sizeof(uint64_t);
	const size_t each = ((size_t)r->count / (size_t)o->threads + 2) * sizeof(uint64_t);
	struct bigarray room[THREADS_MAX] = { { 0 } };

	crew->count = o->threads;
	crew->threads = threads_start(o->threads);
	for (int i = 0; i < o->threads; i++) {
		uint64_t *data = bigarray_reserve(&room[i], all * 2);
		crew->workers[i] = (struct worker){ .r = r,
			                            .o = o,
			                            .crew = crew,
			                            .share = i,
			                            .gathered = bigarray_take(o->spare, each),
			                            .bucket = data,
			                            .spare = data + r->count + 1,
			                            .sink = sink };
		(void)bigarray_reserve(&crew->workers[i].gathered, each);
	}
	for (int rule = 0; rule < r->model.rule_count; rule++) {
		for (int i = 0; i < o->threads; i++)
			crew->workers[i].rule = rule;
		threads_each(crew->threads, gather_share, crew);
		const uint32_t block_max = affordable_max(crew, rule);
		for (int i = 0; i < o->threads; i++)
			crew->workers[i].block_max = block_max;
		atomic_store(&crew->next_bucket, 0);
		threads_each(crew->threads, compare_share, crew);
	}
	threads_stop(crew->threads);
	for (int i = 0; i < o->threads; i++) {
		bigarray_free(&room[i]);
		bigarray_give(o->spare, &crew->workers[i].gathered);
	}
}

void plan_blocks(const struct records *r, const struct block_options *o, struct block_plan *ret)
{
	struct crew crew;

	*ret = (struct block_plan){ .total = 0 };
	run_crew(&crew, r, o, (struct pair_sink){ .put = NULL });
	for (int i = 0; i < o->threads; i++)
		for (int k = 0; k < r->model.rule_count; k++) {
			ret->pairs[k] += crew.workers[i].pairs[k];
			ret->total += crew.workers[i].pairs[k];
		}
}

static int larger_crowd_first(const void *a, const void *b)
{
	const struct crowd *x = a, *y = b;

	if (x->count != y->count)
		return x->count < y->count ? 1 : -1;
	if (x->rule != y->rule)
		return x->rule < y->rule ? -1 : 1;
	return x->example < y->example ? -1 : x->example > y->example;
}

void each_pair(const struct records *r, const struct block_options *o, struct pair_sink sink,
               struct bigarray *ret_crowds)
{
	struct crew crew;

	assert(sink.put != NULL);
	progress_stage(o->progress, PROGRESS_COMPARE, (uint64_t)r->model.rule_count * BUCKETS);
	run_crew(&crew, r, o, sink);
	for (int i = 0; i < o->threads; i++) {
		(void)bigarray_push(ret_crowds, crew.workers[i].crowds.data,
		                    crew.workers[i].crowds.bytes);
		bigarray_free(&crew.workers[i].crowds);
	}
	if (ret_crowds->bytes > 0)
		qsort(ret_crowds->data, ret_crowds->bytes / sizeof(struct crowd),
		      sizeof(struct crowd), larger_crowd_first);
}
