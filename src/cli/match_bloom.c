/* plein match bloom: duplicates by keyed filters alone, and how fast filters are compared. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/match_commands.h"
#include "matching/bloom.h"
#include "matching/bloom_scan.h"
#include "matching/dedupe.h"
#include "matching/threads.h"
#include "matching/truth.h"
#include "platform/core/clock.h"

enum { QUESTIONS = 512, ANSWERS = 64 };

struct filters {
	const struct model *model;
	const struct bloom *filters;
	struct bloom_commonness commonness;
};

static uint32_t compare_filters(const void *arg, uint32_t left, uint32_t right)
{
	const struct filters *f = arg;

	return bloom_pattern_among(f->model, f->filters, &f->commonness, left, right);
}

/* Sixteen hexadecimal digits: they always fit. */
static uint64_t half_of(const char *hex)
{
	char half[17];

	(void)snprintf(half, sizeof half, "%.16s", hex);
	return strtoull(half, NULL, 16);
}

static enum status read_key(const char *hex, struct siphash_key *ret, struct error *reterr)
{
	if (hex == NULL || strlen(hex) != 32 || strspn(hex, "0123456789abcdefABCDEF") != 32)
		return FAIL(reterr, ERR_INVALID,
		            "Geef met --key een sleutel van 32 hexadecimale cijfers.");
	ret->k0 = half_of(hex);
	ret->k1 = half_of(hex + 16);
	return OK;
}

/* Of this thread alone: what others on the machine do doesn't count. */
static double processor_s(void)
{
	return (double)clock_thread_ns() / 1e9;
}

static void measure_scan(const struct bloom *filters, uint32_t count)
{
	struct bloom_store *store = bloom_store_new(filters, count);
	struct bloom_hit hits[BLOOM_BATCH][ANSWERS];
	struct bloom_answer answers[BLOOM_BATCH];
	uint64_t compared = 0, found = 0;
	double start = processor_s();

	for (int i = 0; i < BLOOM_BATCH; i++)
		answers[i] = (struct bloom_answer){ .hits = hits[i], .room = ANSWERS };
	for (uint32_t q = 0; q + BLOOM_BATCH <= QUESTIONS && q + BLOOM_BATCH <= count;
	     q += BLOOM_BATCH) {
		compared +=
		    bloom_scan(bloom_kernel_best(), store, &filters[q], BLOOM_BATCH, 0.8, answers);
		for (int i = 0; i < BLOOM_BATCH; i++)
			found += answers[i].count;
	}
	double seconds = processor_s() - start;
	(void)fprintf(
	    stderr,
	    "%" PRIu64
	    " filters vergeleken in %.3f s rekentijd op een kern: %.2f miljard per seconde; "
	    "%" PRIu64 " boven 0,8.\n",
	    compared, seconds, (double)compared / 1e9 / (seconds > 0 ? seconds : 1), found);
	bloom_store_free(store);
}

static enum status find_pairs(const struct match_options *o, struct records *r,
                              const struct bloom *filters, struct error *reterr)
{
	const struct model persons = r->model;
	struct filters f = { .model = &r->model, .filters = filters };
	struct truth t;
	struct dedupe_options how = { .threads = o->threads,
		                      .truth = &t,
		                      .anchor = BLOOM_ANCHOR,
		                      .compare = compare_filters,
		                      .compare_arg = &f };
	struct dedupe_result d = { .candidates = 0 };
	struct quality_curve c;
	bloom_model(&persons, &r->model);
	bloom_commonness_count(&f.commonness, filters, r->count, true);
	enum status st = truth_read(o->truth, r, &t, reterr);
	if (st == OK)
		st = dedupe(r, &how, &d, reterr);
	if (st == OK) {
		quality_measure(&d, &t, &c);
		(void)fprintf(stderr, "Bij gewicht 0: juist %.4f, volledig %.4f, F1 %.4f.\n",
		              c.at_zero.precision, c.at_zero.recall, c.at_zero.f1);
		(void)fprintf(stderr, "Beste drempel %.1f: F1 %.4f.\n", c.best.weight, c.best.f1);
	}
	truth_free(&t);
	dedupe_result_free(&d);
	bloom_commonness_free(&f.commonness);
	return st;
}

static enum status with_records(const struct match_options *o, const struct bloom_settings *s,
                                struct records *r, struct error *reterr)
{
	struct bigarray room = { 0 };
	struct bloom *filters = bigarray_reserve(&room, ((size_t)r->count + 1) * sizeof(*filters));
	int threads = o->threads > 0 ? o->threads : threads_available();
	int64_t start = clock_monotonic_us();
	enum status st = OK;

	bloom_encode_all(s, r, threads, filters);
	double seconds = (double)(clock_monotonic_us() - start) / 1e6;
	(void)fprintf(stderr, "%u records als filter in %.3f s: %.2f miljoen per seconde.\n",
	              r->count, seconds, r->count / 1e6 / (seconds > 0 ? seconds : 1));
	bloom_hide_keys(s, r, threads);
	measure_scan(filters, r->count);
	if (o->truth != NULL)
		st = find_pairs(o, r, filters, reterr);
	bigarray_free(&room);
	return st;
}

enum status match_bloom(const struct match_options *o, struct error *reterr)
{
	const struct encode_options how = { .map = o->map,
		                            .threads = o->threads,
		                            .memory_bytes = o->memory_mib << 20 };
	struct bloom_settings s = { .salted = true, .folded = true };
	struct model m;
	struct csv_file file;
	struct records records;

	if (o->file_count != 1)
		return FAIL(reterr, ERR_INVALID,
		            "Geef een bestand: plein match bloom BESTAND --key HEX.");
	enum status st = read_key(o->key, &s.key, reterr);
	if (st == OK)
		st = match_options_model(o, &m, reterr);
	if (st == OK)
		st = csv_open(&file, o->files[0], reterr);
	if (st != OK)
		return st;
	st = encode_file(&file, &m, &how, &records, reterr);
	if (st == OK)
		st = with_records(o, &s, &records, reterr);
	records_free(&records);
	csv_close(&file);
	return st;
}
