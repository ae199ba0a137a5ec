#include "matching/dedupe.h"

#include <assert.h>
#include <stdatomic.h>
#include <string.h>

#include "matching/checkpoint.h"
#include "matching/compare.h"
#include "matching/histogram.h"
#include "matching/spill.h"
#include "matching/threads.h"
#include "matching/truth.h"
#include "platform/core/clock.h"

enum { EM_ROUNDS = 12 };

/* One thread's pairs and patterns. */
struct tally {
	struct spill pairs; /* struct pair, all candidates */
	struct histogram patterns;
	struct bigarray chosen; /* of the pairs, those of weight_min or more */
	uint64_t *right;        /* by slot of the weights: pairs that the truth has; or NULL */
	enum status read;
	struct error error;
	char pad[64];
};

struct deduper {
	const struct records *r;
	const struct dedupe_options *o;
	struct comparer comparer;
	struct tally tallies[THREADS_MAX];
	const struct weights *weights;
	int threads;
};

static double now_s(void)
{
	return (double)clock_monotonic_us() / 1e6;
}

static void take_pairs(void *arg, int share, struct pair *pairs, size_t count)
{
	struct deduper *d = arg;
	struct tally *t = &d->tallies[share];

	if (d->o->compare != NULL)
		for (size_t i = 0; i < count; i++)
			pairs[i].pattern =
			    d->o->compare(d->o->compare_arg, pairs[i].left, pairs[i].right);
	else
		compare_pairs(&d->comparer, d->r, pairs, count);
	spill_push(&t->pairs, pairs, count * sizeof(*pairs));
	for (size_t i = 0; i < count; i++)
		histogram_add(&t->patterns, pairs[i].pattern, 1);
}

static void join_patterns(struct deduper *d, struct dedupe_result *ret)
{
	struct histogram all;

	histogram_init(&all);
	for (int i = 0; i < d->threads; i++) {
		const struct histogram *h = &d->tallies[i].patterns;
		for (uint32_t k = 0; k <= h->mask; k++)
			if (h->slots[k].count != 0)
				histogram_add(&all, h->slots[k].pattern, h->slots[k].count);
	}
	size_t count = 0;
	struct pattern_count *sorted = histogram_sorted(&all, &count);
	(void)bigarray_push(&ret->patterns, sorted, count * sizeof(*sorted));
	ret->pattern_count = count;
	for (size_t i = 0; i < count; i++)
		ret->candidates += sorted[i].count;
	block_free(sorted);
	histogram_free(&all);
}

/* Copies the pairs of weight_min or more; to may be from. Returns how many. */
static size_t choose(const struct deduper *d, const struct pair *from, size_t count,
                     struct pair *to)
{
	size_t kept = 0;

	for (size_t k = 0; k < count; k++) {
		struct pair p = from[k];
		to[kept] = p;
		kept += weight_of(d->weights, p.pattern) >= d->o->weight_min;
	}
	return kept;
}

/* Each thread keeps the chosen of its own pairs: in place, or as they come from disk. */
static void choose_share(int index, void *arg)
{
	struct deduper *d = arg;
	struct tally *t = &d->tallies[index];
	struct bigarray *whole = spill_in_memory(&t->pairs);
	const struct pair *part = NULL;
	size_t bytes = 0;

	t->read = OK;
	if (whole != NULL) {
		t->chosen = *whole;
		*whole = (struct bigarray){ 0 };
		t->chosen.bytes =
		    choose(d, t->chosen.data, t->chosen.bytes / sizeof(*part), t->chosen.data) *
		    sizeof(*part);
		return;
	}
	spill_rewind(&t->pairs);
	while ((t->read = spill_next(&t->pairs, (const void **)&part, &bytes, &t->error)) == OK &&
	       bytes > 0) {
		struct pair *to = bigarray_reserve(&t->chosen, t->chosen.bytes + bytes);
		size_t held = t->chosen.bytes / sizeof(*to);
		held += choose(d, part, bytes / sizeof(*part), to + held);
		t->chosen.bytes = held * sizeof(*to);
	}
}

static void judge_share(int index, void *arg)
{
	struct deduper *d = arg;
	struct tally *t = &d->tallies[index];
	const struct pair *part = NULL;
	size_t bytes = 0;

	t->right = block_alloc((size_t)d->weights->mask + 1, sizeof(*t->right));
	spill_rewind(&t->pairs);
	while ((t->read = spill_next(&t->pairs, (const void **)&part, &bytes, &t->error)) == OK &&
	       bytes > 0)
		for (size_t k = 0; k < bytes / sizeof(*part); k++)
			t->right[weight_slot_of(d->weights, part[k].pattern)] +=
			    truth_has(d->o->truth, part[k].left, part[k].right);
}

static enum status all_read(const struct deduper *d, struct error *reterr)
{
	for (int i = 0; i < d->threads; i++)
		if (d->tallies[i].read != OK) {
			*reterr = d->tallies[i].error;
			return d->tallies[i].read;
		}
	return OK;
}

/* How many pairs of each pattern are right. */
static enum status judge(struct deduper *d, struct dedupe_result *ret, struct error *reterr)
{
	const struct pattern_count *patterns = ret->patterns.data;
	uint64_t *right = bigarray_reserve(&ret->right, (ret->pattern_count + 1) * sizeof(*right));

	threads_run(d->threads, judge_share, d);
	for (size_t k = 0; k < ret->pattern_count; k++)
		for (int i = 0; i < d->threads; i++)
			right[k] +=
			    d->tallies[i].right[weight_slot_of(d->weights, patterns[k].pattern)];
	return all_read(d, reterr);
}

static enum status keep_chosen(struct deduper *d, struct dedupe_result *ret, struct error *reterr)
{
	const struct pair *lists[THREADS_MAX];
	size_t counts[THREADS_MAX];

	threads_run(d->threads, choose_share, d);
	if (all_read(d, reterr) != OK)
		return reterr->status;
	for (int i = 0; i < d->threads; i++) {
		struct tally *t = &d->tallies[i];
		lists[i] = t->chosen.data;
		counts[i] = t->chosen.bytes / sizeof(struct pair);
		ret->pair_count += counts[i];
	}
	if (ret->pair_count > UINT32_MAX)
		return FAIL(reterr, ERR_LIMIT,
		            "Er zijn meer dan vier miljard paren boven de drempel. Kies een hogere "
		            "drempel.");
	ret->pairs.bytes = ret->pair_count * sizeof(struct pair);
	pairs_join(lists, counts, d->threads, d->r->count,
	           bigarray_reserve(&ret->pairs, ret->pairs.bytes + 1));
	return OK;
}

static uint64_t pairs_max(const struct dedupe_options *o)
{
	return o->pairs_max == 0 ? PAIRS_MAX : o->pairs_max;
}

/* What the block maxima alone promise; the exact plan is made only where that isn't enough. */
static uint64_t pairs_bound(const struct records *r)
{
	uint64_t per_record = 0;

	for (int k = 0; k < r->model.rule_count; k++) {
		uint64_t half = r->model.rules[k].block_max / 2;
		per_record += half > BLOCK_WINDOW ? half : BLOCK_WINDOW;
	}
	return per_record * r->count;
}

static enum status check_plan(const struct deduper *d, const struct dedupe_result *ret,
                              struct error *reterr)
{
	uint64_t most = pairs_max(d->o);
	int worst = 0;

	if (ret->plan.total <= most)
		return OK;
	for (int k = 1; k < d->r->model.rule_count; k++)
		if (ret->plan.pairs[k] > ret->plan.pairs[worst])
			worst = k;
	return FAIL(reterr, ERR_LIMIT,
	            "De regel '%s' zou %llu paren geven; de grens is %llu. Maak de regel strenger "
	            "of verlaag block_max.",
	            d->r->model.rules[worst].name, (unsigned long long)ret->plan.pairs[worst],
	            (unsigned long long)most);
}

static void tallies_init(struct deduper *d)
{
	uint64_t each = d->o->memory_bytes == 0 ? 0 : d->o->memory_bytes / 2 / (uint64_t)d->threads;

	for (int i = 0; i < d->threads; i++) {
		spill_init(&d->tallies[i].pairs, each, d->o->spill_directory);
		d->tallies[i].pairs.part = bigarray_take(d->o->spare, SIZE_MAX);
		histogram_init(&d->tallies[i].patterns);
	}
}

static void tallies_free(struct deduper *d)
{
	for (int i = 0; i < d->threads; i++) {
		spill_free(&d->tallies[i].pairs);
		bigarray_free(&d->tallies[i].chosen);
		block_free(d->tallies[i].right);
		histogram_free(&d->tallies[i].patterns);
	}
}

/* The pairs of an earlier run of the same, if there are; else they are compared now, and kept. */
static enum status find_pairs(struct deduper *d, const struct block_options *how,
                              struct dedupe_result *ret, struct error *reterr)
{
	const char *path = d->o->checkpoint;
	const uint64_t mark = path != NULL ? checkpoint_mark(d->r, d->o->boundary) : 0;
	struct spill *lists[THREADS_MAX];
	enum status st = OK;

	for (int i = 0; i < d->threads; i++)
		lists[i] = &d->tallies[i].pairs;
	if (path != NULL && d->o->resume)
		st = checkpoint_load(path, mark, lists, d->threads, &d->tallies[0].patterns,
		                     &ret->resumed, reterr);
	if (st != OK || ret->resumed)
		return st;
	each_pair(d->r, how, (struct pair_sink){ take_pairs, d }, &ret->crowds);
	return path != NULL ? checkpoint_save(path, mark, lists, d->threads, reterr) : OK;
}

static enum status compare_all(struct deduper *d, const struct block_options *how,
                               struct dedupe_result *ret, struct error *reterr)
{
	double start = now_s();

	enum status st = find_pairs(d, how, ret, reterr);
	if (st != OK)
		return st;
	join_patterns(d, ret);
	ret->times.compare_s = now_s() - start;
	start = now_s();
	if (!d->o->frozen)
		em_estimate(
		    &ret->model, ret->patterns.data, ret->pattern_count,
		    (struct em_options){ EM_ROUNDS, d->o->anchor > 0 ? d->o->anchor : EM_ANCHOR });
	ret->times.estimate_s = now_s() - start;
	progress_stage(d->o->progress, PROGRESS_WEIGH, 0);
	weights_init(&ret->weights, &ret->model, ret->patterns.data, ret->pattern_count);
	d->weights = &ret->weights;
	start = now_s();
	if (d->o->truth != NULL)
		st = judge(d, ret, reterr);
	ret->times.judge_s = now_s() - start;
	start = now_s();
	if (st == OK)
		st = keep_chosen(d, ret, reterr);
	ret->times.weigh_s = now_s() - start;
	return st;
}

enum status dedupe(const struct records *r, const struct dedupe_options *options,
                   struct dedupe_result *ret, struct error *reterr)
{
	struct deduper d = { .r = r, .o = options };
	double start = now_s();

	*ret = (struct dedupe_result){ .model = r->model };
	d.threads = options->threads > 0 ? options->threads : threads_available();
	const struct block_options how = { d.threads, options->boundary, options->progress,
		                           options->spare };
	enum status st = OK;
	if (pairs_bound(r) > pairs_max(options)) {
		plan_blocks(r, &how, &ret->plan);
		st = check_plan(&d, ret, reterr);
	}
	if (st != OK)
		return st;
	ret->times.plan_s = now_s() - start;
	comparer_init(&d.comparer, &r->model, &r->layout, &r->values);
	tallies_init(&d);
	st = compare_all(&d, &how, ret, reterr);
	tallies_free(&d);
	return st;
}

void dedupe_result_free(struct dedupe_result *d)
{
	bigarray_free(&d->pairs);
	bigarray_free(&d->patterns);
	bigarray_free(&d->right);
	bigarray_free(&d->crowds);
	weights_free(&d->weights);
}

/* Pairs of one left record, few, in order of the right one. */
static void sort_group(struct pair *pairs, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		struct pair p = pairs[i];
		size_t k = i;
		for (; k > 0 && pairs[k - 1].right > p.right; k--)
			pairs[k] = pairs[k - 1];
		pairs[k] = p;
	}
}

enum { JOIN_BITS = 10, JOIN_BUCKETS = 1 << JOIN_BITS };

/* Lists that become one in order of left, then right: first by a bucket of lefts, each thread its own
 * list, then within the buckets, which fit in the nearest cache. */
struct joining {
	const struct pair *const *lists;
	const size_t *counts;
	int list_count, shift; /* left >> shift: its bucket */
	struct pair *to;
	uint32_t (*next)[JOIN_BUCKETS];  /* per list: where its next pair of a bucket goes */
	uint32_t ends[JOIN_BUCKETS + 1]; /* of buckets, [0]: 0 */
	atomic_uint next_bucket;
};

static void count_list(int share, void *arg)
{
	const struct joining *j = arg;

	for (size_t i = 0; i < j->counts[share]; i++)
		j->next[share][j->lists[share][i].left >> j->shift]++;
}

static void scatter_list(int share, void *arg)
{
	const struct joining *j = arg;
	uint32_t *next = j->next[share];

	for (size_t i = 0; i < j->counts[share]; i++)
		j->to[next[j->lists[share][i].left >> j->shift]++] = j->lists[share][i];
}

/* One bucket by its lefts; copy has room for all of it, at for its lefts and one more. */
static void sort_bucket(struct pair *pairs, size_t count, uint32_t low_bits, struct pair *copy,
                        uint32_t *at)
{
	const uint32_t lefts = low_bits + 1;
	size_t begin = 0;

	memset(at, 0, (lefts + 1) * sizeof(*at));
	memcpy(copy, pairs, count * sizeof(*pairs));
	for (size_t i = 0; i < count; i++)
		at[(copy[i].left & low_bits) + 1]++;
	for (uint32_t l = 0; l < lefts; l++)
		at[l + 1] += at[l];
	for (size_t i = 0; i < count; i++)
		pairs[at[copy[i].left & low_bits]++] = copy[i];
	for (uint32_t l = 0; l < lefts; l++) { /* at[l] is now where l ends */
		sort_group(pairs + begin, at[l] - begin);
		begin = at[l];
	}
}

static void sort_buckets(int share, void *arg)
{
	struct joining *j = arg;
	const uint32_t low_bits = (1u << j->shift) - 1;
	struct bigarray copy = { 0 };
	uint32_t *at = block_alloc((size_t)low_bits + 2, sizeof(*at)), b = 0;

	(void)share;
	while ((b = atomic_fetch_add(&j->next_bucket, 1)) < JOIN_BUCKETS) {
		const size_t count = j->ends[b + 1] - j->ends[b];
		if (count > 1)
			sort_bucket(j->to + j->ends[b], count, low_bits,
			            bigarray_reserve(&copy, count * sizeof(struct pair)), at);
	}
	block_free(at);
	bigarray_free(&copy);
}

static int bucket_shift(uint32_t records)
{
	int shift = 0;

	while ((uint64_t)records >> shift > JOIN_BUCKETS)
		shift++;
	return shift;
}

void pairs_join(const struct pair *const *lists, const size_t *counts, int list_count,
                uint32_t records, struct pair *to)
{
	struct joining j = { .lists = lists,
		             .counts = counts,
		             .list_count = list_count,
		             .shift = bucket_shift(records),
		             .to = to };
	uint32_t sum = 0;

	j.next = block_alloc((size_t)list_count, sizeof(*j.next));
	threads_run(list_count, count_list, &j);
	for (uint32_t b = 0; b < JOIN_BUCKETS; b++) {
		for (int l = 0; l < list_count; l++) {
			const uint32_t here = j.next[l][b];
			j.next[l][b] = sum;
			sum += here;
		}
		j.ends[b + 1] = sum;
	}
	threads_run(list_count, scatter_list, &j);
	threads_run(list_count, sort_buckets, &j);
	block_free(j.next);
}
