/* One record against all, while the register changes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "matching/bigarray.h"
#include "matching/dice.h"
#include "matching/distance.h"
#include "matching/explain.h"
#include "matching/generate.h"
#include "matching/index.h"
#include "matching/scan.h"

static struct model model;
static struct error error;

static struct index_record record_of(const struct made_record *r, uint64_t id)
{
	struct index_record in = { .id = id };

	for (int f = 0; f < MADE_FIELDS; f++)
		in.texts[model_field_index(&model, GENERATE_COLUMNS[f])] = r->text[f];
	in.texts[model_field_index(&model, "bsn")] = NULL;
	in.texts[model_field_index(&model, "email")] = NULL;
	return in;
}

static struct match_index *index_with(const struct generate_options *o, uint64_t count)
{
	struct match_index *x = index_new(&model);
	struct made_record r;

	for (uint64_t i = 0; i < count; i++) {
		generate_record(o, i, &r);
		struct index_record in = record_of(&r, i);
		assert_int_equal(index_insert(x, &in, &error), OK);
	}
	return x;
}

static int set_up(void **state)
{
	(void)state;
	return model_ready("persons", &model, &error) != OK;
}

static void a_person_is_found_by_another_record_of_theirs(void **state)
{
	(void)state;
	struct generate_options o = { .seed = 81, .record_count = 6000, .copies = 2 };
	struct match_index *x = index_with(&o, 5000);
	struct made_record r;
	struct index_hit hits[10];
	int asked = 0, right = 0, strangers = 0, mistaken = 0, count = 0;

	for (uint64_t i = 5000; i < 6000; i++) {
		uint64_t same[2];
		(void)generate_same(&o, i, same, 2);
		generate_record(&o, i, &r);
		struct index_record in = record_of(&r, i);
		assert_int_equal(index_lookup(x, &in, 0, hits, 10, &count, &error), OK);
		if (same[0] < 5000) {
			asked++;
			right += count > 0 && hits[0].id == same[0];
		} else {
			strangers++;
			mistaken += count > 0;
		}
	}
	assert_true(asked > 500);
	assert_true(right * 100 >= asked * 96);
	assert_true(mistaken * 100 <= strangers * 5);
	index_free(x);
}

static void what_is_removed_is_not_found_and_what_is_changed_is_found_anew(void **state)
{
	(void)state;
	struct generate_options o = { .seed = 82, .record_count = 1000, .copies = 1 };
	struct match_index *x = index_with(&o, 1000);
	struct made_record r;
	struct index_hit hits[5];
	int count = 0;

	for (uint64_t i = 0; i < 1000; i++) {
		generate_record(&o, i, &r);
		struct index_record in = record_of(&r, i);
		assert_int_equal(index_insert(x, &in, &error), ERR_CONFLICT);
		if (i % 2 == 0) {
			assert_int_equal(index_remove(x, i, &error), OK);
			assert_int_equal(index_remove(x, i, &error), ERR_NOT_FOUND);
		} else {
			assert_int_equal(index_change(x, &in, &error), OK);
		}
		assert_int_equal(index_lookup(x, &in, -20, hits, 5, &count, &error), OK);
		bool found = false;
		for (int k = 0; k < count; k++)
			found |= hits[k].id == i;
		if (r.text[MADE_GIVEN][0] != '\0' && r.text[MADE_DATE][0] != '\0')
			assert_int_equal(found, i % 2);
	}
	assert_int_equal(index_count(x), 500);
	index_free(x);
}

static void a_saved_index_answers_as_the_one_it_was(void **state)
{
	(void)state;
	struct generate_options o = { .seed = 83, .record_count = 2000, .copies = 2 };
	struct match_index *x = index_with(&o, 1500), *y = NULL;
	char path[] = "/tmp/test-match-index-XXXXXX";
	struct made_record r;
	int fd = mkstemp(path);

	assert_true(fd >= 0 && close(fd) == 0);
	for (uint64_t i = 0; i < 100; i++)
		assert_int_equal(index_remove(x, i, &error), OK);
	assert_int_equal(index_save(x, path, &error), OK);
	assert_int_equal(index_load(path, &model, &y, &error), OK);
	assert_int_equal(index_count(y), 1400);
	for (uint64_t i = 1500; i < 2000; i++) {
		struct index_hit before[5], after[5];
		int b = 0, a = 0;
		generate_record(&o, i, &r);
		struct index_record in = record_of(&r, i);
		assert_int_equal(index_lookup(x, &in, 0, before, 5, &b, &error), OK);
		assert_int_equal(index_lookup(y, &in, 0, after, 5, &a, &error), OK);
		assert_int_equal(a, b);
		for (int k = 0; k < a; k++)
			assert_int_equal(before[k].id, after[k].id);
	}
	index_free(y);
	index_free(x);
	FILE *f = fopen(path, "r+b"); /* one byte of a row changes */
	assert_non_null(f);
	assert_int_equal(fseek(f, -40000, SEEK_END), 0);
	int c = fgetc(f);
	assert_int_equal(fseek(f, -1, SEEK_CUR), 0);
	assert_int_equal(fputc(c ^ 1, f), c ^ 1);
	assert_int_equal(fclose(f), 0);
	assert_int_equal(index_load(path, &model, &y, &error), ERR_INVALID);
	assert_non_null(strstr(error.message, "beschadigd"));
	assert_int_equal(truncate(path, 500), 0);
	assert_int_equal(index_load(path, &model, &y, &error), ERR_INVALID);
	assert_int_equal(unlink(path), 0);
}

static int part_two_and_three(const void *arg, uint64_t a, uint64_t b)
{
	int way = *(const int *)arg;

	if ((a == 2 && b == 3) || (a == 3 && b == 2))
		return way;
	return 0;
}

static void clusters_stay_in_their_casefile_unless_a_judgement_joins(void **state)
{
	(void)state;
	struct match_index *x = index_new(&model);
	struct generate_options o = { .seed = 84, .record_count = 10, .slips_percent = 1 };
	struct made_record r;
	uint64_t ids[INDEX_CLUSTER_MAX];
	int count = 0, way = 1;

	generate_record(&o, 3, &r);
	for (uint64_t i = 1; i <= 4; i++) {
		struct index_record in = record_of(&r, i);
		in.group = i <= 2 ? 10 : 20;
		assert_int_equal(index_insert(x, &in, &error), OK);
	}
	assert_int_equal(index_cluster(x, 1, 0, NULL, ids, &count, &error), OK);
	assert_int_equal(count, 2);
	struct index_judged judged = { part_two_and_three, &way };
	assert_int_equal(index_cluster(x, 1, 0, &judged, ids, &count, &error), OK);
	assert_int_equal(count, 4); /* 2 and 3 were judged the same */
	way = -1;
	assert_int_equal(index_cluster(x, 3, 0, &judged, ids, &count, &error), OK);
	assert_int_equal(count, 2);
	assert_int_equal(ids[0], 3);
	index_free(x);
}

static void near_names_are_the_same_with_every_kernel(void **state)
{
	(void)state;
	struct name_scan *s = name_scan_new();
	struct dice d = { 5 };
	static char names[5000][20];
	uint32_t found[3][5000];

	for (uint32_t i = 0; i < 5000; i++) {
		int length = 2 + (int)dice_below(&d, 16);
		for (int k = 0; k < length; k++)
			names[i][k] = (char)('a' + dice_below(&d, 3));
		name_scan_add(s, names[i], length, i);
	}
	for (uint32_t i = 0; i < 300; i++) {
		int length = (int)strlen(names[i]), distance = 1 + (int)(i % 2), counts[3] = { 0 };
		for (int k = SCAN_PLAIN; k <= (int)scan_kernel_best(); k++) {
			counts[k] = name_scan_near_by((enum scan_kernel)k, s, names[i], length,
			                              distance, found[k], 5000);
			assert_int_equal(counts[k], counts[0]);
			assert_memory_equal(found[k], found[0], (size_t)counts[0] * 4);
		}
		int expected = 0;
		for (uint32_t k = 0; k < 5000 && length <= SCAN_LENGTH_MAX; k++)
			expected += strlen(names[k]) <= SCAN_LENGTH_MAX &&
			            distance_osa(names[i], length, names[k],
			                         (int)strlen(names[k])) <= distance;
		assert_int_equal(counts[0], expected);
	}
	name_scan_free(s);
}

static void an_explanation_says_what_agrees_what_differs_and_how_rare_it_is(void **state)
{
	(void)state;
	struct match_index *x = index_new(&model);
	struct index_record a = { .id = 1 }, b = { .id = 2 };
	struct index_hit hit;
	struct out o;

	a.texts[model_field_index(&model, "given_names")] = "Mehmet";
	b.texts[model_field_index(&model, "given_names")] = "Mehmet";
	a.texts[model_field_index(&model, "family_name")] = "Yilmaz";
	b.texts[model_field_index(&model, "family_name")] = "Yilmas";
	a.texts[model_field_index(&model, "birth_date")] = "1977-12-28";
	b.texts[model_field_index(&model, "birth_date")] = "28-12-1977";
	assert_int_equal(index_insert(x, &a, &error), OK);
	assert_int_equal(index_compare(x, &a, &b, &hit, &error), OK);
	out_init(&o, 1 << 16);
	explain_text(&model, hit.pattern, index_count(x), a.texts, b.texts, &o);
	assert_int_equal(out_end(&o, &error), OK);
	assert_non_null(strstr(o.data, "aarschijnlijk dezelfde."));
	assert_non_null(strstr(o.data, "zelfde geboortedatum"));
	assert_non_null(
	    strstr(o.data, "achternaam één letter anders of zelfde klank, maar veel mensen heten "
	                   "zo: Yilmaz / Yilmas"));
	assert_non_null(strstr(o.data, "Van 100 paren als dit zijn er naar schatting"));
	assert_non_null(strstr(o.data, "; model voor personen, versie 4). U beslist."));
	assert_non_null(strstr(o.data, "telefoonnummer bij één of beide onbekend"));
	out_free(&o);
	index_free(x);
}

/* Two of one family at one address: what agrees counts against, and the words say so. */
static void points_against_their_own_words_are_explained(void **state)
{
	static const char *const A[][2] = { { "given_names", "Ahmet" },
		                            { "family_name", "Yilmaz" },
		                            { "birth_date", "1980-03-04" } };
	static const char *const B[][2] = { { "given_names", "Fatma" },
		                            { "family_name", "Yilmaz" },
		                            { "birth_date", "1983-07-11" } };
	struct explained parts[MODEL_COMPARISON_MAX];
	struct index_record a = { .id = 1 }, b = { .id = 2 };
	struct match_index *x = index_new(&model);
	struct index_hit hit;
	int puzzling = 0;

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		a.texts[model_field_index(&model, A[i][0])] = A[i][1];
		b.texts[model_field_index(&model, B[i][0])] = B[i][1];
	}
	a.texts[model_field_index(&model, "postcode")] = "1234 AB";
	b.texts[model_field_index(&model, "postcode")] = "1234 AB";
	a.texts[model_field_index(&model, "house_number")] = "12";
	b.texts[model_field_index(&model, "house_number")] = "12";
	assert_int_equal(index_insert(x, &a, &error), OK);
	assert_int_equal(index_compare(x, &a, &b, &hit, &error), OK);
	const int count = explain(&model, hit.pattern, 4, a.texts, b.texts, parts);
	for (int i = 0; i < count; i++) {
		const bool told = strstr(parts[i].words, "wat hier weinig zegt") != NULL ||
		                  strstr(parts[i].words, "samen met de rest") != NULL;
		const bool against = (parts[i].side == EXPLAIN_SAME && parts[i].points < -0.05) ||
		                     (parts[i].side == EXPLAIN_DIFFERENT && parts[i].points > 0.05);
		assert_int_equal(told, against);
		puzzling += against;
	}
	assert_true(puzzling > 0);
	index_free(x);
}

static void a_weight_is_told_as_people_count(void **state)
{
	(void)state;
	static const struct {
		double weight;
		const char *number, *promise;
	} TOLD[] = {
		{ 2, "+2,0", "naar schatting 80 dezelfde" },
		{ -0.04, "+0,0", "naar schatting 49 dezelfde" },
		{ -12.34, "-12,3", "naar schatting minder dan 1 dezelfde" },
		{ 27.96, "+28,0", "naar schatting meer dan 99 dezelfde" },
	};
	char number[EXPLAIN_WEIGHT_BYTES], promise[EXPLAIN_PROMISE_BYTES];

	for (size_t i = 0; i < sizeof(TOLD) / sizeof(TOLD[0]); i++) {
		explain_weight(TOLD[i].weight, number);
		assert_string_equal(number, TOLD[i].number);
		explain_promise(TOLD[i].weight, promise);
		assert_non_null(strstr(promise, TOLD[i].promise));
	}
}

/* For living records nobody may learn from an answer how many others there are. */
static void in_a_frozen_index_a_weight_is_of_the_two_records_alone(void **state)
{
	(void)state;
	struct match_index *x = index_new_frozen(&model, 100000);
	const int given = model_field_index(&model, "given_names");
	const int family = model_field_index(&model, "family_name");
	const int date = model_field_index(&model, "birth_date");
	struct index_record a = { .id = 1 }, b = { .id = 2 };
	struct index_hit before, after, hits[5];
	int count = 0;

	a.texts[given] = b.texts[given] = "Wubbo";
	a.texts[family] = "Zwartendijkstra";
	b.texts[family] = "Zwartendijkstr";
	a.texts[date] = b.texts[date] = "1980-03-12";
	assert_int_equal(index_compare(x, &a, &b, &before, &error), OK);
	for (uint64_t i = 0; i < 500; i++) {
		struct index_record other = a;
		other.id = 10 + i;
		other.texts[date] = "1950-07-01";
		assert_int_equal(index_insert(x, &other, &error), OK);
	}
	assert_int_equal(index_compare(x, &a, &b, &after, &error), OK);
	assert_int_equal(after.pattern, before.pattern);
	assert_float_equal(after.weight, before.weight, 0.0001);
	for (uint64_t i = 0; i < 500; i++)
		assert_int_equal(index_remove(x, 10 + i, &error), OK);
	assert_int_equal(index_insert(x, &a, &error), OK);
	assert_int_equal(index_lookup(x, &b, 0, hits, 5, &count, &error), OK);
	assert_int_equal(count, 1);
	assert_int_equal(hits[0].pattern, before.pattern);
	assert_float_equal(hits[0].weight, before.weight, 0.0001);
	index_free(x);
}

static void a_frozen_index_knows_common_names_from_its_list(void **state)
{
	(void)state;
	struct match_index *x = index_new_frozen(&model, 100000);
	const int family = model_field_index(&model, "family_name");
	struct index_record common = { .id = 1 }, rare = { .id = 2 };
	struct index_hit a, b;

	common.texts[family] = "Jansen";
	rare.texts[family] = "Zwartendijkstra";
	assert_int_equal(index_compare(x, &common, &common, &a, &error), OK);
	assert_int_equal(index_compare(x, &rare, &rare, &b, &error), OK);
	assert_true(b.weight > a.weight + 2);
	index_free(x);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_person_is_found_by_another_record_of_theirs),
		cmocka_unit_test(what_is_removed_is_not_found_and_what_is_changed_is_found_anew),
		cmocka_unit_test(a_saved_index_answers_as_the_one_it_was),
		cmocka_unit_test(clusters_stay_in_their_casefile_unless_a_judgement_joins),
		cmocka_unit_test(near_names_are_the_same_with_every_kernel),
		cmocka_unit_test(an_explanation_says_what_agrees_what_differs_and_how_rare_it_is),
		cmocka_unit_test(points_against_their_own_words_are_explained),
		cmocka_unit_test(a_weight_is_told_as_people_count),
		cmocka_unit_test(in_a_frozen_index_a_weight_is_of_the_two_records_alone),
		cmocka_unit_test(a_frozen_index_knows_common_names_from_its_list),
	};
	return cmocka_run_group_tests_name("match_index", tests, set_up, NULL);
}
