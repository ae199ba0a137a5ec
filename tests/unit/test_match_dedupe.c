/* Pairs of a whole register: found, weighed without labels, the same on every machine. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "matching/bigarray.h"
#include "matching/dedupe.h"
#include "matching/encode.h"
#include "matching/generate.h"
#include "matching/generate_things.h"
#include "matching/truth.h"

static char path[] = "/tmp/test-match-dedupe-XXXXXX";

static FILE *new_file(void)
{
	memcpy(path + sizeof(path) - 7, "XXXXXX", 6);
	int fd = mkstemp(path);
	assert_true(fd >= 0);
	FILE *f = fdopen(fd, "w");
	assert_non_null(f);
	return f;
}

static void write_population(const struct generate_options *o)
{
	struct made_record r;
	FILE *f = new_file();

	(void)fputs("id", f);
	for (int k = 0; k < MADE_FIELDS; k++)
		(void)fprintf(f, ",%s", GENERATE_COLUMNS[k]);
	for (uint64_t i = 0; i < o->record_count; i++) {
		generate_record(o, i, &r);
		(void)fprintf(f, "\n%u", (unsigned)i);
		for (int k = 0; k < MADE_FIELDS; k++)
			(void)fprintf(f, ",\"%s\"", r.text[k]);
	}
	assert_int_equal(fclose(f), 0);
}

static enum status encode_as(const char *model, struct records *r, const struct encode_options *how,
                             struct error *e)
{
	struct model m;
	struct csv_file file;

	assert_int_equal(model_ready(model, &m, e), OK);
	enum status st = csv_open(&file, path, e);
	if (st == OK) {
		st = encode_file(&file, &m, how, r, e);
		csv_close(&file);
	}
	(void)unlink(path);
	return st;
}

static enum status encode(struct records *r, const struct encode_options *how, struct error *e)
{
	return encode_as("persons", r, how, e);
}

static void truth_of(const struct generate_options *o, struct truth *t)
{
	*t = (struct truth){ .count = 0 };
	for (uint64_t i = 0; i < o->record_count; i++) {
		uint64_t same[32];
		int n = generate_same(o, i, same, 32);
		for (int k = 0; k < n; k++) {
			uint64_t pair = i << 32 | same[k];
			if (same[k] > i)
				(void)bigarray_push(&t->pairs, &pair, sizeof(pair));
		}
	}
	truth_settle(t);
}

/* F1 at weight 0 for a population of which only the fields not named in `without` are known. */
static double f1_of(const struct generate_options *o, const char *const *without)
{
	struct encode_options how = { .threads = 2 };
	struct truth t;
	struct dedupe_options options = { .threads = 2, .truth = &t };
	struct records r;
	struct dedupe_result d;
	struct quality_curve q;
	struct error e;

	for (int i = 0; without[i] != NULL; i++) {
		how.map.field[how.map.count] = without[i];
		how.map.column[how.map.count++] = "-";
	}
	write_population(o);
	assert_int_equal(encode(&r, &how, &e), OK);
	truth_of(o, &t);
	assert_int_equal(dedupe(&r, &options, &d, &e), OK);
	quality_measure(&d, &t, &q);
	truth_free(&t);
	dedupe_result_free(&d);
	records_free(&r);
	return q.at_zero.f1;
}

static void duplicates_are_found_without_labels(void **state)
{
	(void)state;
	static const char *const PLAIN[] = { "bsn", "email", NULL };
	struct generate_options o = { .seed = 71, .record_count = 8000 };
	assert_true(f1_of(&o, PLAIN) >= 0.97);
}

static void quality_holds_without_address_and_phone(void **state)
{
	(void)state;
	static const char *const BARE[] = { "bsn",      "email", "street",         "house_number",
		                            "postcode", "place", "house_addition", "phone",
		                            NULL };
	struct generate_options o = { .seed = 72, .record_count = 8000 };
	assert_true(f1_of(&o, BARE) >= 0.90);
}

static void quality_holds_with_ten_records_a_person(void **state)
{
	(void)state;
	static const char *const PLAIN[] = { "bsn", "email", NULL };
	struct generate_options o = { .seed = 73, .record_count = 8000, .copies = 10 };
	assert_true(f1_of(&o, PLAIN) >= 0.97);
}

static void quality_holds_with_names_of_one_culture_only(void **state)
{
	(void)state;
	static const char *const PLAIN[] = { "bsn", "email", NULL };
	for (int culture = 2; culture <= 4; culture++) {
		struct generate_options o = { .seed = 74,
			                      .record_count = 6000,
			                      .culture = culture };
		assert_true(f1_of(&o, PLAIN) >= 0.96);
	}
}

static void one_thread_and_two_give_the_same_pairs(void **state)
{
	(void)state;
	struct generate_options o = { .seed = 75, .record_count = 4000 };
	struct dedupe_result d[2];
	struct error e;

	for (int i = 0; i < 2; i++) {
		struct encode_options how = { .threads = i + 1 };
		struct dedupe_options options = { .threads = i + 1, .weight_min = -5 };
		struct records r;
		write_population(&o);
		assert_int_equal(encode(&r, &how, &e), OK);
		/* the second run also waits on disk */
		options.memory_bytes = i == 1 ? 1 : 0;
		assert_int_equal(dedupe(&r, &options, &d[i], &e), OK);
		for (size_t k = 0; k < d[i].pair_count; k++) { /* codes differ, weights may not */
			struct pair *p = (struct pair *)d[i].pairs.data + k;
			p->pattern =
			    (uint32_t)(weight_of(&d[i].weights, p->pattern) * 1000 + 100000);
		}
		records_free(&r);
	}
	assert_int_equal(d[0].candidates, d[1].candidates);
	assert_int_equal(d[0].pair_count, d[1].pair_count);
	assert_true(d[0].pair_count > 1000);
	assert_memory_equal(d[0].pairs.data, d[1].pairs.data, d[0].pairs.bytes);
	dedupe_result_free(&d[0]);
	dedupe_result_free(&d[1]);
}

/* A run whose pairs are kept at `kept`: one that is resumed has two threads, another one; memory_bytes
 * as in dedupe.h. */
static void run_kept(const struct generate_options *o, const char *kept, bool resume,
                     uint64_t memory_bytes, struct dedupe_result *ret)
{
	struct encode_options how = { .threads = resume ? 2 : 1 };
	struct dedupe_options options = { .threads = how.threads,
		                          .weight_min = -5,
		                          .memory_bytes = memory_bytes,
		                          .checkpoint = kept,
		                          .resume = resume };
	struct records r;
	struct error e;

	write_population(o);
	assert_int_equal(encode(&r, &how, &e), OK);
	assert_int_equal(dedupe(&r, &options, ret, &e), OK);
	records_free(&r);
}

static void assert_same_pairs(const struct dedupe_result *a, const struct dedupe_result *b)
{
	assert_int_equal(a->candidates, b->candidates);
	assert_int_equal(a->pair_count, b->pair_count);
	assert_true(a->pair_count > 1000);
	assert_memory_equal(a->pairs.data, b->pairs.data, a->pairs.bytes);
}

/* What the pairs themselves say, all of them given: right ones by pattern. */
static void assert_judged(const struct dedupe_result *d, const struct truth *t)
{
	const struct pattern_count *patterns = d->patterns.data;
	const struct pair *pairs = d->pairs.data;
	uint64_t all = 0;

	assert_int_equal(d->pair_count, d->candidates);
	for (size_t k = 0; k < d->pattern_count; k++) {
		uint64_t right = 0;
		for (size_t i = 0; i < d->pair_count; i++)
			right += pairs[i].pattern == patterns[k].pattern &&
			         truth_has(t, pairs[i].left, pairs[i].right);
		assert_int_equal(((const uint64_t *)d->right.data)[k], right);
		all += right;
	}
	assert_true(all > 500 && all < d->candidates);
}

static void a_truth_is_counted_and_changes_nothing_also_when_pairs_wait_on_disk(void **state)
{
	(void)state;
	struct generate_options o = { .seed = 79, .record_count = 2000 };
	struct encode_options how = { .threads = 2 };
	struct dedupe_result plain, judged;
	struct truth t;
	struct records r;
	struct error e;

	write_population(&o);
	truth_of(&o, &t);
	assert_int_equal(encode(&r, &how, &e), OK);
	for (int disk = 0; disk < 2; disk++) {
		struct dedupe_options options = { .threads = 2,
			                          .weight_min = -100,
			                          .memory_bytes = (uint64_t)disk };
		assert_int_equal(dedupe(&r, &options, &plain, &e), OK);
		options.truth = &t;
		assert_int_equal(dedupe(&r, &options, &judged, &e), OK);
		assert_same_pairs(&plain, &judged);
		assert_judged(&judged, &t);
		dedupe_result_free(&plain);
		dedupe_result_free(&judged);
	}
	truth_free(&t);
	records_free(&r);
}

static void a_run_goes_on_from_what_was_compared_and_never_from_something_else(void **state)
{
	(void)state;
	struct generate_options o = { .seed = 78, .record_count = 4000 }, other = o;
	char kept[] = "/tmp/test-match-kept-XXXXXX";
	struct dedupe_result whole, resumed;
	const int fd = mkstemp(kept);

	assert_true(fd >= 0);
	(void)close(fd);
	/* an empty file is no checkpoint */
	run_kept(&o, kept, true, 0, &whole);
	assert_false(whole.resumed);
	run_kept(&o, kept, true, 0, &resumed);
	assert_true(resumed.resumed);
	assert_same_pairs(&whole, &resumed);
	dedupe_result_free(&resumed);
	/* written from disk and read to disk */
	run_kept(&o, kept, false, 1, &resumed);
	assert_false(resumed.resumed);
	dedupe_result_free(&resumed);
	run_kept(&o, kept, true, 1, &resumed);
	assert_true(resumed.resumed);
	assert_same_pairs(&whole, &resumed);
	dedupe_result_free(&resumed);
	/* other people: what was kept isn't theirs */
	other.seed = 79;
	run_kept(&other, kept, true, 0, &resumed);
	assert_false(resumed.resumed);
	dedupe_result_free(&resumed);
	/* one byte changed: not used */
	run_kept(&o, kept, false, 0, &resumed);
	dedupe_result_free(&resumed);
	FILE *f = fopen(kept, "r+b");
	assert_non_null(f);
	assert_int_equal(fseek(f, 1000, SEEK_SET), 0);
	const int held = fgetc(f), changed = held ^ 0xff;
	assert_int_equal(fseek(f, 1000, SEEK_SET), 0);
	assert_int_equal(fputc(changed, f), changed);
	assert_int_equal(fclose(f), 0);
	run_kept(&o, kept, true, 0, &resumed);
	assert_false(resumed.resumed);
	assert_same_pairs(&whole, &resumed);
	dedupe_result_free(&resumed);
	dedupe_result_free(&whole);
	(void)unlink(kept);
}

static void records_that_are_all_equal_cost_a_window_each(void **state)
{
	(void)state;
	enum { COUNT = 20000 };
	struct encode_options how = { .threads = 2 };
	struct dedupe_options options = { .threads = 2 };
	struct records r;
	struct dedupe_result d;
	struct error e;
	FILE *f = new_file();

	(void)fputs("given_names,family_name,birth_date\n", f);
	for (int i = 0; i < COUNT; i++)
		(void)fputs("Jan,Jansen,1970-01-01\n", f);
	assert_int_equal(fclose(f), 0);
	assert_int_equal(encode(&r, &how, &e), OK);
	assert_int_equal(dedupe(&r, &options, &d, &e), OK);
	assert_true(d.candidates > 0);
	assert_true(d.candidates <= (uint64_t)COUNT * BLOCK_WINDOW * (uint64_t)r.model.rule_count);
	assert_true(d.crowds.bytes >= sizeof(struct crowd));
	assert_int_equal(((struct crowd *)d.crowds.data)->count, COUNT);
	dedupe_result_free(&d);
	options.pairs_max = 1000;
	assert_int_equal(dedupe(&r, &options, &d, &e), ERR_LIMIT);
	assert_non_null(strstr(e.message, "de grens is 1000"));
	records_free(&r);
}

static void what_namesakes_will_cost_is_known_before_the_start(void **state)
{
	(void)state;
	enum { COUNT = 20000 };
	struct encode_options how = { .threads = 2 };
	struct dedupe_options options = { .threads = 2 };
	const struct block_options blocks = { .threads = 2 };
	struct block_plan plan;
	struct records r;
	struct dedupe_result d;
	struct error e;
	FILE *f = new_file();

	(void)fputs("given_names,family_name,birth_date,postcode,house_number\n", f);
	for (int i = 0; i < COUNT; i++)
		(void)fprintf(f, "Jan,Jansen,%d-%02d-%02d,%dAB,%d\n", 1930 + i % 80, 1 + i % 12,
		              1 + i % 28, 1000 + i % 7000, i % 50 + 1);
	assert_int_equal(fclose(f), 0);
	assert_int_equal(encode(&r, &how, &e), OK);
	plan_blocks(&r, &blocks, &plan);
	assert_int_equal(dedupe(&r, &options, &d, &e), OK);
	assert_true(d.candidates > COUNT / 2);
	assert_true(d.candidates <= plan.total);
	for (int k = 0; k < r.model.rule_count; k++)
		assert_true(plan.pairs[k] <=
		            (uint64_t)COUNT * (r.model.rules[k].block_max / 2 + BLOCK_WINDOW));
	dedupe_result_free(&d);
	options.pairs_max = plan.total - 1; /* and one pair less is refused, before the work */
	assert_int_equal(dedupe(&r, &options, &d, &e), ERR_LIMIT);
	records_free(&r);
}

/* Sixty who share a birth date and a given name, again and again; their families are all others. */
static uint64_t pairs_of_namesakes(uint32_t count)
{
	enum { NAMESAKES = 60, RULE = 1 };
	struct encode_options how = { .threads = 2 };
	const struct block_options blocks = { .threads = 2 };
	struct block_plan plan;
	struct records r;
	struct error e;
	FILE *f = new_file();

	(void)fputs("given_names,family_name,birth_date\n", f);
	for (uint32_t i = 0; i < count; i++) {
		const uint32_t block = i / NAMESAKES, one = i % NAMESAKES;
		(void)fprintf(f, "Jan,%c%c%c,%u-%02u-%02u\n", 'a' + (int)(one % 26),
		              "bdfgklm"[one / 26], "aeiou"[one % 5], 1900 + block / 192,
		              1 + block % 192 / 16, 13 + block % 16);
	}
	assert_int_equal(fclose(f), 0);
	assert_int_equal(encode(&r, &how, &e), OK);
	assert_non_null(strstr(r.model.rules[RULE].name, "voornaam"));
	plan_blocks(&r, &blocks, &plan);
	records_free(&r);
	return plan.pairs[RULE];
}

static void what_a_large_register_can_not_bear_is_divided_sooner(void **state)
{
	(void)state;
	/* 60 * 59 / 2 a block; up to six million in all are borne */
	assert_int_equal(pairs_of_namesakes(60000), 60000 / 60 * 1770);
	assert_in_range(pairs_of_namesakes(300000), 300000 / 60 * 20, 300000 / 60 * 200);
}

static const char *refusal(const char *text, const struct encode_options *how)
{
	static struct error e;
	struct records r = { .count = 0 };
	FILE *f = new_file();

	(void)fputs(text, f);
	assert_int_equal(fclose(f), 0);
	assert_int_equal(encode(&r, how, &e), ERR_INVALID);
	records_free(&r);
	return e.message;
}

static const char *with_long_id(void)
{
	static char text[400];

	(void)snprintf(text, sizeof(text), "id,family_name\n1,x\n%0*d,y\n", RECORD_ID_MAX_BYTES + 1,
	               7);
	return text;
}

static void a_file_that_does_not_fit_the_model_is_refused_in_words(void **state)
{
	(void)state;
	struct encode_options plain = { .threads = 2 }, mapped = plain, unknown = plain;

	mapped.map = (struct field_map){ { "phone" }, { "telefoon" }, 1 };
	unknown.map = (struct field_map){ { "schoenmaat" }, { "a" }, 1 };
	assert_non_null(
	    strstr(refusal("a,b\n1,2\n", &plain), "geen enkele kolom hoort bij het model"));
	assert_non_null(strstr(refusal("family_name\nx\n", &mapped), "geen kolom 'telefoon'"));
	assert_non_null(strstr(refusal("a\nx\n", &unknown), "kent geen veld 'schoenmaat'"));
	assert_non_null(strstr(refusal("id,family_name\n7,x\n8,y\n7,z\n", &plain),
	                       "Rij 4: het id '7' staat ook in rij 2"));
	assert_non_null(strstr(refusal("family_name,id\nx,1\n\ny,\nz,3\n", &plain),
	                       "Rij 4, kolom 2: hier staat geen id"));
	assert_non_null(strstr(refusal(with_long_id(), &plain),
	                       "Rij 3, kolom 1: dit id heeft meer dan 200 tekens"));
	assert_non_null(strstr(refusal("id,family_name\n1,\xff\n", &plain),
	                       "Rij 2, kolom 2 (family_name): deze tekst is geen UTF-8"));
}

/* F1 at weight 0 of things that generate_things.h makes. */
static double
f1_of_things(const char *model, const struct generate_options *o, const char *const *columns,
             void (*make)(const struct generate_options *, uint64_t, struct made_thing *))
{
	struct encode_options how = { .threads = 2 };
	struct truth t;
	struct dedupe_options options = { .threads = 2, .truth = &t };
	struct made_thing thing;
	struct records r;
	struct dedupe_result d;
	struct quality_curve q;
	struct error e;
	FILE *f = new_file();

	(void)fputs("id", f);
	for (int k = 0; columns[k] != NULL; k++)
		(void)fprintf(f, ",%s", columns[k]);
	for (uint64_t i = 0; i < o->record_count; i++) {
		make(o, i, &thing);
		(void)fprintf(f, "\n%u", (unsigned)i);
		for (int k = 0; columns[k] != NULL; k++)
			(void)fprintf(f, ",\"%s\"", thing.text[k]);
	}
	assert_int_equal(fclose(f), 0);
	assert_int_equal(encode_as(model, &r, &how, &e), OK);
	truth_of(o, &t);
	assert_int_equal(dedupe(&r, &options, &d, &e), OK);
	quality_measure(&d, &t, &q);
	truth_free(&t);
	dedupe_result_free(&d);
	records_free(&r);
	return q.at_zero.f1;
}

static void organisations_vehicles_and_accounts_are_found_too(void **state)
{
	(void)state;
	struct generate_options o = { .seed = 76, .record_count = 6000 };

	assert_true(
	    f1_of_things("organisations", &o, ORGANISATION_COLUMNS, generate_organisation) >= 0.94);
	assert_true(f1_of_things("objects", &o, OBJECT_COLUMNS, generate_object) >= 0.97);
}

static bool has_pair(const struct dedupe_result *d, uint32_t left, uint32_t right)
{
	for (size_t i = 0; i < d->pair_count; i++)
		if (((const struct pair *)d->pairs.data)[i].left == left &&
		    ((const struct pair *)d->pairs.data)[i].right == right)
			return true;
	return false;
}

static void plates_and_accounts_with_one_slip_are_found(void **state)
{
	(void)state;
	static const char *const ROWS[] = {
		"GX-457-T,",           ",NL91ABNA0417164300", "GX-487-T,",
		"GX-4S7-T,",           "XG-457-T,",           ",NL91ABNA0417164800",
		",NL91ABNA0471164300", "ZZ-111-B,",           ",NL69INGB0123456789",
	};
	static const uint32_t SAME[][2] = { { 0, 2 }, { 0, 3 }, { 0, 4 }, { 1, 5 }, { 1, 6 } };
	struct encode_options how = { .threads = 2 };
	struct dedupe_options options = { .threads = 2, .weight_min = -8, .frozen = true };
	struct records r;
	struct dedupe_result d;
	struct error e;
	FILE *f = new_file();

	(void)fputs("plate,iban\n", f);
	for (size_t i = 0; i < sizeof(ROWS) / sizeof(ROWS[0]); i++)
		(void)fprintf(f, "%s\n", ROWS[i]);
	assert_int_equal(fclose(f), 0);
	assert_int_equal(encode_as("objects", &r, &how, &e), OK);
	assert_int_equal(dedupe(&r, &options, &d, &e), OK);
	for (size_t i = 0; i < sizeof(SAME) / sizeof(SAME[0]); i++)
		assert_true(has_pair(&d, SAME[i][0], SAME[i][1]));
	assert_false(has_pair(&d, 0, 7));
	assert_false(has_pair(&d, 1, 8));
	dedupe_result_free(&d);
	records_free(&r);
}

static void names_that_changed_places_are_found_also_with_two_given_names(void **state)
{
	(void)state;
	struct encode_options how = { .threads = 1 };
	struct dedupe_options options = { .threads = 1, .weight_min = 0, .frozen = true };
	struct records r;
	struct dedupe_result d;
	struct error e;
	FILE *f = new_file();

	(void)fputs("given_names,family_name,birth_date\nHalil Yusuf,Bulut,1994-06-08\n"
	            "Bulut,Halil Yusuf,1994-06-08\nJanneke,Vogelaar,1950-02-03\n",
	            f);
	assert_int_equal(fclose(f), 0);
	assert_int_equal(encode(&r, &how, &e), OK);
	assert_int_equal(dedupe(&r, &options, &d, &e), OK);
	assert_int_equal(d.pair_count, 1);
	assert_true(has_pair(&d, 0, 1));
	dedupe_result_free(&d);
	records_free(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(duplicates_are_found_without_labels),
		cmocka_unit_test(quality_holds_without_address_and_phone),
		cmocka_unit_test(quality_holds_with_ten_records_a_person),
		cmocka_unit_test(quality_holds_with_names_of_one_culture_only),
		cmocka_unit_test(one_thread_and_two_give_the_same_pairs),
		cmocka_unit_test(
		    a_run_goes_on_from_what_was_compared_and_never_from_something_else),
		cmocka_unit_test(
		    a_truth_is_counted_and_changes_nothing_also_when_pairs_wait_on_disk),
		cmocka_unit_test(records_that_are_all_equal_cost_a_window_each),
		cmocka_unit_test(what_namesakes_will_cost_is_known_before_the_start),
		cmocka_unit_test(what_a_large_register_can_not_bear_is_divided_sooner),
		cmocka_unit_test(organisations_vehicles_and_accounts_are_found_too),
		cmocka_unit_test(plates_and_accounts_with_one_slip_are_found),
		cmocka_unit_test(names_that_changed_places_are_found_also_with_two_given_names),
		cmocka_unit_test(a_file_that_does_not_fit_the_model_is_refused_in_words),
	};
	return cmocka_run_group_tests_name("match_dedupe", tests, NULL, NULL);
}
