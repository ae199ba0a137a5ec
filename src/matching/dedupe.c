#include "matching/dedupe.h"

#include <assert.h>
#include <string.h>

#include "matching/compare.h"
#include "matching/histogram.h"
#include "matching/spill.h"
#include "matching/threads.h"
#include "platform/core/clock.h"

enum { EM_ROUNDS = 12 };

/* One thread's pairs and patterns. */
struct tally {
	struct spill pairs; /* struct pair, all candidates */
	struct histogram patterns;
	char pad[64];
};

struct deduper {
	const struct records *r;
	const struct dedupe_options *o;
	struct comparer comparer;
	struct tally tallies[THREADS_MAX];
	int threads;
};

static double now_s(void)
{
	return (double)clock_monotonic_us() / 1e6;
}

static void take_pair(void *arg, int share, uint32_t left, uint32_t right)
{
	struct deduper *d = arg;
	struct tally *t = &d->tallies[share];
	struct pair p = { .left = left, .right = right };

	if (d->o->compare != NULL)
		p.pattern = d->o->compare(d->o->compare_arg, left, right);
	else
		p.pattern =
		    compare_rows(&d->comparer, record_row(d->r, left), record_row(d->r, right));
	spill_push(&t->pairs, &p, sizeof(p));
	histogram_add(&t->patterns, p.pattern, 1);
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

static enum status keep_chosen(struct deduper *d, struct dedupe_result *ret, struct error *reterr)
{
	enum status st = OK;

	weights_init(&ret->weights, &ret->model, ret->patterns.data, ret->pattern_count);
	for (int i = 0; i < d->threads && st == OK; i++) {
		struct spill *s = &d->tallies[i].pairs;
		const struct pair *part = NULL;
		size_t bytes = 0;
		spill_rewind(s);
		while ((st = spill_next(s, (const void **)&part, &bytes, reterr)) == OK &&
		       bytes > 0)
			for (size_t k = 0; k < bytes / sizeof(*part); k++)
				if (weight_of(&ret->weights, part[k].pattern) >= d->o->weight_min)
					(void)bigarray_push(&ret->pairs, &part[k], sizeof(*part));
	}
	ret->pair_count = ret->pairs.bytes / sizeof(struct pair);
	if (st == OK)
		pairs_sort(ret->pairs.data, ret->pair_count, d->r->count);
	return st;
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
		histogram_init(&d->tallies[i].patterns);
	}
}

static void tallies_free(struct deduper *d)
{
	for (int i = 0; i < d->threads; i++) {
		spill_free(&d->tallies[i].pairs);
		histogram_free(&d->tallies[i].patterns);
	}
}

static enum status compare_all(struct deduper *d, const struct block_options *how,
                               struct dedupe_result *ret, struct error *reterr)
{
	double start = now_s();

	each_pair(d->r, how, (struct pair_sink){ take_pair, d }, &ret->crowds);
	join_patterns(d, ret);
	ret->times.compare_s = now_s() - start;
	start = now_s();
	if (!d->o->frozen)
		(void)em_estimate(
		    &ret->model, ret->patterns.data, ret->pattern_count,
		    (struct em_options){ EM_ROUNDS, d->o->anchor > 0 ? d->o->anchor : EM_ANCHOR });
	ret->times.estimate_s = now_s() - start;
	start = now_s();
	enum status st = keep_chosen(d, ret, reterr);
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
	const struct block_options how = { d.threads, options->boundary };
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

void pairs_sort(struct pair *pairs, size_t count, uint32_t records)
{
	struct bigarray starts = { 0 }, copy = { 0 };
	uint32_t *start = bigarray_reserve(&starts, ((size_t)records + 2) * sizeof(*start));
	struct pair *from = bigarray_reserve(&copy, count * sizeof(*from) + 1);

	memcpy(from, pairs, count * sizeof(*from));
	for (size_t i = 0; i < count; i++)
		start[from[i].left + 2]++;
	for (uint32_t i = 2; i < records + 2; i++)
		start[i] += start[i - 1];
	for (size_t i = 0; i < count; i++)
		pairs[start[from[i].left + 1]++] = from[i];
	for (uint32_t i = 0; i < records; i++)
		sort_group(pairs + start[i], start[i + 1] - start[i]);
	bigarray_free(&starts);
	bigarray_free(&copy);
}
