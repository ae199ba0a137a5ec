/* Filters for who may not read: alike when records are, silent to who counts them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "matching/bigarray.h"
#include "matching/bloom.h"
#include "matching/bloom_scan.h"
#include "matching/compare.h"
#include "matching/dedupe.h"
#include "matching/dice.h"
#include "matching/encode.h"
#include "matching/generate.h"
#include "matching/truth.h"

enum { PEOPLE = 12000 };

static struct records records;
static struct bloom *filters[2]; /* plain, hardened */
static const struct siphash_key KEY = { 0x0011223344556677, 0x8899aabbccddeeff };

/* The people of a generated register, as rows; false when that failed. */
static bool make_records(const struct generate_options *o, struct records *ret)
{
	static const int COLUMNS[] = { MADE_GIVEN,  MADE_INITIALS, MADE_FAMILY,   MADE_DATE,
		                       MADE_STREET, MADE_NUMBER,   MADE_ADDITION, MADE_POSTCODE,
		                       MADE_PLACE,  MADE_PHONE };
	enum { COLUMN_COUNT = sizeof(COLUMNS) / sizeof(COLUMNS[0]) };
	struct encode_options how = { .threads = 2 };
	char path[] = "/tmp/test-match-bloom-XXXXXX";
	struct made_record r;
	struct model m;
	struct csv_file file;
	struct error e;

	FILE *f = fdopen(mkstemp(path), "w");
	for (size_t k = 0; k < COLUMN_COUNT; k++)
		(void)fprintf(f, "%s%s", k == 0 ? "" : ",", GENERATE_COLUMNS[COLUMNS[k]]);
	for (uint64_t i = 0; i < o->record_count; i++) {
		generate_record(o, i, &r);
		for (size_t k = 0; k < COLUMN_COUNT; k++)
			(void)fprintf(f, "%s\"%s\"", k == 0 ? "\n" : ",", r.text[COLUMNS[k]]);
	}
	(void)fclose(f);
	bool good = model_ready("persons", &m, &e) == OK && csv_open(&file, path, &e) == OK &&
	            encode_file(&file, &m, &how, ret, &e) == OK;
	csv_close(&file);
	(void)unlink(path);
	return good;
}

static void truth_of(const struct generate_options *o, struct truth *t)
{
	enum { MOST = 32 };

	for (uint64_t i = 0; i < o->record_count; i++) {
		uint64_t same[MOST];
		const int n = generate_same(o, i, same, MOST);
		for (int k = 0; k < n; k++) {
			const uint64_t pair = i << 32 | same[k];
			if (same[k] > i)
				(void)bigarray_push(&t->pairs, &pair, sizeof(pair));
		}
	}
	truth_settle(t);
}

/* What compares two of them. */
struct judged_filters {
	struct model model;
	struct bloom *filters;
	struct bloom_commonness commonness;
};

static int comparison_of(enum comparison_kind kind)
{
	int k = 0;

	while (records.model.comparisons[k].kind != kind)
		k++;
	return k;
}

static int set_up(void **state)
{
	const struct generate_options o = {
		.seed = 91, .record_count = PEOPLE, .copies = 1, .slips_percent = 1
	};
	(void)state;
	const bool good = make_records(&o, &records);

	for (int hard = 0; hard < 2; hard++) {
		struct bloom_settings s = { KEY, hard == 1, hard == 1 };
		filters[hard] = block_alloc(PEOPLE, sizeof(struct bloom));
		bloom_encode_all(&s, &records, 2, filters[hard]);
	}
	return !good;
}

static int tear_down(void **state)
{
	(void)state;
	records_free(&records);
	block_free(filters[0]);
	block_free(filters[1]);
	return 0;
}

static void siphash_gives_the_published_values(void **state)
{
	(void)state;
	const struct siphash_key key = { 0x0706050403020100, 0x0f0e0d0c0b0a0908 };
	unsigned char text[16];

	for (int i = 0; i < 16; i++)
		text[i] = (unsigned char)i;
	assert_true(siphash(&key, text, 0) == 0x726fdb47dd0e0e31);
	assert_true(siphash(&key, text, 15) == 0xa129ca6149be45e5);
	uint64_t a = 0, b = 0;
	memcpy(&a, text, 8);
	memcpy(&b, text + 8, 8);
	assert_true(siphash_words(&key, a, b) == siphash(&key, text, 16));
}

static void dice_is_symmetric_between_0_and_1_and_1_for_equals(void **state)
{
	(void)state;
	struct dice d = { 3 };

	for (int i = 0; i < 2000; i++) {
		const struct bloom *a = &filters[1][dice_below(&d, PEOPLE)];
		const struct bloom *b = &filters[1][dice_below(&d, PEOPLE)];
		for (int part = 0; part < BLOOM_PARTS; part++) {
			double ab = bloom_dice(a, b, (enum bloom_part)part);
			assert_true(ab >= 0 && ab <= 1);
			assert_true(ab == bloom_dice(b, a, (enum bloom_part)part));
			double aa = bloom_dice(a, a, (enum bloom_part)part);
			assert_true(aa == 1 || aa == 0);
		}
		assert_int_equal(bloom_pattern(&records.model, a, b),
		                 bloom_pattern(&records.model, b, a));
	}
}

static void another_key_gives_unrelated_filters(void **state)
{
	(void)state;
	struct bloom_settings s = { { 1, 2 }, true, true };
	struct bloom other;
	double sum = 0;

	for (uint32_t i = 0; i < 200; i++) {
		bloom_encode(&s, &records, i, &other);
		sum += bloom_dice(&other, &filters[1][i], BLOOM_FAMILY);
	}
	assert_true(sum / 200 < 0.3);
}

/* A name's part of the filter as one number, to count equal ones by. */
struct counted {
	uint64_t filter;
	uint32_t record, count;
};

static int by_filter(const void *a, const void *b)
{
	const struct counted *x = a, *y = b;

	return x->filter < y->filter ? -1 : x->filter > y->filter;
}

static int by_count(const void *a, const void *b)
{
	const struct counted *x = a, *y = b;

	return x->count > y->count ? -1 : x->count < y->count;
}

/* Distinct values with how often each occurs, commonest first. */
static size_t count_equal(struct counted *list, size_t n)
{
	size_t kept = 0;

	qsort(list, n, sizeof(*list), by_filter);
	for (size_t i = 0; i < n; i++) {
		if (kept > 0 && list[kept - 1].filter == list[i].filter) {
			list[kept - 1].count++;
			continue;
		}
		list[kept] = list[i];
		list[kept++].count = 1;
	}
	qsort(list, kept, sizeof(*list), by_count);
	return kept;
}

static uint32_t family_of(uint32_t record)
{
	int field = model_field_index(&records.model, "family_name");

	return place_get(record_row(&records, record), records.layout.fields[field]);
}

static uint64_t family_bits(const struct bloom *b)
{
	uint64_t h = 0;

	for (int i = 0; i < BLOOM_WIDTH[BLOOM_FAMILY]; i++)
		h = h * 0x9e3779b97f4a7c15u + b->words[BLOOM_FIRST[BLOOM_FAMILY] + i];
	return h;
}

/*
 * Frequency attack (Kuzu et al. 2011): the k-th commonest filter is taken for the k-th commonest
 * name of a public list. Returns the share of people whose name is found that way.
 */
static double frequency_leak(const struct bloom *f)
{
	static struct counted seen[PEOPLE], known[PEOPLE];
	uint32_t named = 0;

	for (uint32_t i = 0; i < PEOPLE; i++) {
		seen[i] = (struct counted){ family_bits(&f[i]), i, 0 };
		known[i] = (struct counted){ family_of(i), i, 0 };
	}
	size_t filters_count = count_equal(seen, PEOPLE), names_count = count_equal(known, PEOPLE);
	for (size_t k = 0; k < 200 && k < filters_count && k < names_count; k++)
		if (family_of(seen[k].record) == (uint32_t)known[k].filter)
			named += seen[k].count;
	return (double)named / PEOPLE;
}

static void counting_filters_names_no_one_once_they_are_salted(void **state)
{
	(void)state;
	double plain = frequency_leak(filters[0]), hardened = frequency_leak(filters[1]);

	print_message("# frequency attack: plain %.1f %%, hardened %.2f %% of people named\n",
	              100 * plain, 100 * hardened);
	assert_true(plain > 0.05); /* the attack works where nothing is done against it */
	assert_true(hardened < 0.005);
}

static int bit_of(const struct bloom *b, int bit)
{
	return (int)(b->words[BLOOM_FIRST[BLOOM_FAMILY] + bit / 64] >> (bit % 64) & 1);
}

/*
 * Pattern mining (Christen et al. 2018): bits that are nearly always set together belong to one
 * bigram. Returns how many of the 256 bits have such a partner (Jaccard above 0.6, and set often).
 */
static int paired_bits(const struct bloom *f)
{
	static uint16_t both[256][256];
	int paired = 0;

	memset(both, 0, sizeof(both));
	for (uint32_t i = 0; i < PEOPLE; i++) {
		int set[256], n = 0;
		for (int bit = 0; bit < 256; bit++)
			if (bit_of(&f[i], bit))
				set[n++] = bit;
		for (int a = 0; a < n; a++)
			for (int b = 0; b < n; b++)
				both[set[a]][set[b]]++;
	}
	for (int a = 0; a < 256; a++) {
		bool found = false;
		for (int b = 0; b < 256; b++) {
			double either = both[a][a] + both[b][b] - both[a][b];
			found |= a != b && both[a][a] > PEOPLE / 100 && both[a][b] > 0.6 * either;
		}
		paired += found;
	}
	return paired;
}

static void mining_for_bits_that_go_together_finds_no_bigram_once_hardened(void **state)
{
	(void)state;
	int plain = paired_bits(filters[0]), hardened = paired_bits(filters[1]);

	print_message("# pattern mining: plain %d, hardened %d of 256 bits paired\n", plain,
	              hardened);
	assert_true(plain >= 5);
	assert_int_equal(hardened, 0);
}

static void a_scan_finds_what_comparing_all_finds_with_every_kernel(void **state)
{
	(void)state;
	struct bloom_store *s = bloom_store_new(filters[1], PEOPLE - 3);
	static struct bloom_hit hits[BLOOM_BATCH][PEOPLE];
	struct bloom_answer answers[BLOOM_BATCH];

	for (int kernel = BLOOM_PLAIN; kernel <= (int)bloom_kernel_best(); kernel++)
		for (uint32_t q = 0; q < 12; q += 3) {
			for (int i = 0; i < BLOOM_BATCH; i++)
				answers[i] = (struct bloom_answer){ hits[i], PEOPLE, 0 };
			assert_true(bloom_scan((enum bloom_kernel)kernel, s, &filters[1][q], 3, 0.6,
			                       answers) > 0);
			for (uint32_t i = 0; i < 3; i++) {
				uint32_t expected = 0;
				for (uint32_t k = 0; k < PEOPLE - 3; k++) {
					int shared = 0, sum = 0;
					for (int w = 0; w < BLOOM_WORDS; w++) {
						uint64_t a = filters[1][q + i].words[w],
							 b = filters[1][k].words[w];
						shared += __builtin_popcountll(a & b);
						sum += __builtin_popcountll(a) +
						       __builtin_popcountll(b);
					}
					expected += 2.0 * shared >= 0.6 * sum;
				}
				assert_int_equal(answers[i].count, expected);
			}
		}
	bloom_store_free(s);
}

static void names_under_another_salt_say_nothing(void **state)
{
	(void)state;
	const uint32_t names =
	    15u << (4 * comparison_of(COMPARE_GIVEN)) | 15u << (4 * comparison_of(COMPARE_FAMILY));
	int told = 0;

	for (uint32_t i = 0; i < 200; i++) {
		struct bloom dated = filters[1][i], dateless = dated;
		for (int w = 0; w < BLOOM_WIDTH[BLOOM_DATE]; w++)
			dateless.words[BLOOM_FIRST[BLOOM_DATE] + w] = 0;
		assert_int_equal(bloom_pattern(&records.model, &dated, &dateless) & names, 0);
		assert_int_equal(bloom_pattern(&records.model, &dateless, &dated) & names, 0);
		told += (bloom_pattern(&records.model, &dateless, &dateless) & names) != 0;
	}
	assert_true(told > 190); /* where both have none, they can be compared */
}

static uint32_t compare_filters(const void *arg, uint32_t left, uint32_t right)
{
	const struct judged_filters *f = arg;

	return bloom_pattern_among(&f->model, f->filters, &f->commonness, left, right);
}

/* The line is where it was set, not where this file would have liked it. */
static void filters_alone_find_duplicates_at_weight_0(void **state)
{
	(void)state;
	struct judged_filters f = { .filters = NULL };
	const struct bloom_settings s = { KEY, true, true };
	struct generate_options o = { .seed = 93, .record_count = 20000 };
	struct records r;
	struct truth t = { .count = 0 };
	struct dedupe_options how = { .threads = 2,
		                      .truth = &t,
		                      .anchor = BLOOM_ANCHOR,
		                      .compare = compare_filters,
		                      .compare_arg = &f };
	struct dedupe_result d;
	struct quality_curve q;
	struct error e;

	assert_true(make_records(&o, &r));
	truth_of(&o, &t);
	f.filters = block_alloc(r.count, sizeof(struct bloom));
	bloom_encode_all(&s, &r, 2, f.filters);
	bloom_hide_keys(&s, &r, 2);
	f.model = r.model;
	bloom_model(&f.model, &r.model);
	f.model = r.model;
	bloom_commonness_count(&f.commonness, f.filters, r.count, true);
	assert_int_equal(dedupe(&r, &how, &d, &e), OK);
	quality_measure(&d, &t, &q);
	print_message("# filters: F1 %.4f at weight 0, %.4f at the best line\n", q.at_zero.f1,
	              q.best.f1);
	assert_true(q.at_zero.f1 >= 0.96);
	dedupe_result_free(&d);
	truth_free(&t);
	bloom_commonness_free(&f.commonness);
	block_free(f.filters);
	records_free(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(siphash_gives_the_published_values),
		cmocka_unit_test(dice_is_symmetric_between_0_and_1_and_1_for_equals),
		cmocka_unit_test(another_key_gives_unrelated_filters),
		cmocka_unit_test(counting_filters_names_no_one_once_they_are_salted),
		cmocka_unit_test(mining_for_bits_that_go_together_finds_no_bigram_once_hardened),
		cmocka_unit_test(names_under_another_salt_say_nothing),
		cmocka_unit_test(filters_alone_find_duplicates_at_weight_0),
		cmocka_unit_test(a_scan_finds_what_comparing_all_finds_with_every_kernel),
	};
	return cmocka_run_group_tests_name("match_bloom", tests, set_up, tear_down);
}
