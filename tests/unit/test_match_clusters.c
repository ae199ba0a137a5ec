/* Who may belong together, kept while records come and go. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "matching/dice.h"
#include "matching/index.h"
#include "matching/index_neighbours.h"
#include "matching/neighbours.h"

enum { PEOPLE = 700, ASKED_OF = 100000, STEPS = 2000, RECORDS = 60 };

static struct model model;
static struct error error;

static int set_up(void **state)
{
	(void)state;
	return model_ready("persons", &model, &error) != OK;
}

/* Few names and days, and a shelter's address: many share a key, and keys become crowds. */
struct person {
	char given[16], family[16], date[16], postcode[8], number[8];
};

static struct person person_of(uint64_t id)
{
	static const char *const GIVEN[] = { "Fatma", "Jan", "Johannes", "Piotr", "Fatima" };
	static const char *const FAMILY[] = { "Yilmaz", "Jansen", "Janssen", "Kowalski", "Demir" };
	struct dice d = { id * 77 + 5 };
	struct person p = { .number = "7" };

	(void)snprintf(p.given, sizeof(p.given), "%s", GIVEN[dice_below(&d, 5)]);
	(void)snprintf(p.family, sizeof(p.family), "%s", FAMILY[dice_below(&d, 5)]);
	(void)snprintf(p.date, sizeof(p.date), "19%02u-05-1%u", 60 + dice_below(&d, 2),
	               dice_below(&d, 10) / 9);
	(void)snprintf(p.postcode, sizeof(p.postcode), "10%02uAB", dice_below(&d, 3));
	return p;
}

static void put_in(struct match_index *x, uint64_t id)
{
	const struct person p = person_of(id);
	struct index_record in = { .id = id, .group = id % 2 };

	in.texts[model_field_index(&model, "given_names")] = p.given;
	in.texts[model_field_index(&model, "family_name")] = p.family;
	in.texts[model_field_index(&model, "birth_date")] = p.date;
	in.texts[model_field_index(&model, "postcode")] = p.postcode;
	in.texts[model_field_index(&model, "house_number")] = p.number;
	assert_int_equal(index_insert(x, &in, &error), OK);
}

/* How many keys are exactly as common as a key may be, or one too common: they came to the line. */
static int keys_at_the_line(const struct match_index *x)
{
	int count = 0;

	for (int k = 0; k < x->r.model.rule_count; k++) {
		const uint32_t most = x->r.model.rules[k].block_max;
		for (uint32_t i = 0; i <= x->rules[k].mask && !x->r.model.rules[k].lookup; i++) {
			const struct posting *p = &x->rules[k].slots[i];
			count += p->key != 0 && (p->count == most || p->count == most + 1);
		}
	}
	return count;
}

/* Two and three are the same by judgement, four and six are not. */
static int judged_so(const void *arg, uint64_t a, uint64_t b)
{
	uint64_t low = a < b ? a : b, high = a < b ? b : a;

	(void)arg;
	return low == 2 && high == 3 ? 1 : low == 4 && high == 6 ? -1 : 0;
}

static void assert_same_clusters(const struct match_index *x, const struct match_index *fresh,
                                 const bool *there, int step, double weight_min)
{
	const struct index_judged judged = { judged_so, NULL };
	uint64_t here[INDEX_CLUSTER_MAX], anew[INDEX_CLUSTER_MAX];
	int here_count = 0, anew_count = 0;

	for (uint64_t id = 0; id < PEOPLE; id += (uint64_t)step) {
		if (!there[id])
			continue;
		assert_int_equal(
		    index_cluster(x, id, weight_min, &judged, here, &here_count, &error), OK);
		assert_int_equal(
		    index_cluster(fresh, id, weight_min, &judged, anew, &anew_count, &error), OK);
		assert_int_equal(here_count, anew_count);
		assert_memory_equal(here, anew, (size_t)here_count * sizeof(*here));
	}
}

/* Those that are there, in another order; clusters are kept if kept is true, else found when asked. */
static struct match_index *built_anew(const bool *there, bool kept, double weight_min)
{
	struct match_index *x = index_new_frozen(&model, ASKED_OF);

	for (uint64_t id = PEOPLE; id-- > 0;)
		if (there[id])
			put_in(x, id);
	if (kept)
		index_keep_clusters(x, weight_min);
	return x;
}

static void assert_nobody_is_joined_twice(const struct match_index *x)
{
	for (uint32_t record = 0; record < x->r.count; record++) {
		uint32_t count = 0;
		const struct neighbour *list = neighbours_of(x->near, record, &count);
		for (uint32_t i = 0; i < count; i++)
			for (uint32_t k = 0; k < i; k++)
				assert_int_not_equal(list[i].record, list[k].record);
	}
}

static void compare_with_fresh_ones(const struct match_index *x, const bool *there,
                                    double weight_min)
{
	struct match_index *kept = built_anew(there, true, weight_min);
	struct match_index *asked = built_anew(there, false, weight_min);

	assert_nobody_is_joined_twice(x);
	assert_same_clusters(x, kept, there, 3, weight_min);
	assert_same_clusters(x, asked, there, 13, weight_min);
	assert_same_clusters(x, asked, there, 17, weight_min + 8);
	index_free(kept);
	index_free(asked);
}

static void churn(double weight_min)
{
	struct match_index *x = index_new_frozen(&model, ASKED_OF);
	struct dice d = { 11 };
	static bool there[PEOPLE];
	int at_the_line = 0;

	memset(there, 0, sizeof(there));
	index_keep_clusters(x, weight_min);
	for (int step = 1; step <= STEPS; step++) {
		const uint64_t id = dice_below(&d, PEOPLE);
		if (there[id])
			assert_int_equal(index_remove(x, id, &error), OK);
		else
			put_in(x, id);
		there[id] = !there[id];
		at_the_line += keys_at_the_line(x);
		if (step % (STEPS / 3) == 0)
			compare_with_fresh_ones(x, there, weight_min);
	}
	assert_true(at_the_line > STEPS / 20); /* else nothing became a crowd and was one no more */
	index_free(x);
}

static void kept_clusters_are_those_of_an_index_built_anew(void **state)
{
	(void)state;
	churn(0);
}

static void so_are_clusters_that_are_cut_for_being_too_long(void **state)
{
	(void)state;
	churn(-25);
}

static void a_cluster_too_long_keeps_what_hangs_together_most(void **state)
{
	(void)state;
	static bool there[PEOPLE];
	uint64_t ids[INDEX_CLUSTER_MAX], strong[INDEX_CLUSTER_MAX];
	int count = 0, strong_count = 0, held = 0;
	double least = -25;

	for (int i = 0; i < PEOPLE; i++)
		there[i] = i % 3 != 0; /* fewer, so that most keys are no crowds */
	struct match_index *x = built_anew(there, true, -25);
	assert_int_equal(index_cluster(x, 7, -25, NULL, ids, &count, &error), OK);
	assert_int_equal(count, INDEX_CLUSTER_MAX);
	do
		assert_int_equal(index_cluster(x, 7, ++least, NULL, strong, &strong_count, &error),
		                 OK);
	while (strong_count == INDEX_CLUSTER_MAX);
	assert_true(strong_count > 1);
	for (int i = 0; i < strong_count; i++)
		for (int k = 0; k < count; k++)
			held += ids[k] == strong[i];
	assert_int_equal(held, strong_count);
	index_free(x);
}

static void a_change_of_a_record_moves_it_to_another_cluster(void **state)
{
	(void)state;
	struct match_index *x = index_new_frozen(&model, ASKED_OF);
	struct index_record in = { .id = 1 };
	uint64_t ids[INDEX_CLUSTER_MAX];
	int count = 0;

	in.texts[model_field_index(&model, "given_names")] = "Gonca";
	in.texts[model_field_index(&model, "family_name")] = "Yildirim";
	in.texts[model_field_index(&model, "birth_date")] = "1970-03-05";
	index_keep_clusters(x, 0);
	for (in.id = 1; in.id <= 3; in.id++)
		assert_int_equal(index_insert(x, &in, &error), OK);
	assert_int_equal(index_cluster(x, 1, 0, NULL, ids, &count, &error), OK);
	assert_int_equal(count, 3);
	in.id = 2;
	in.texts[model_field_index(&model, "given_names")] = "Piotr";
	in.texts[model_field_index(&model, "family_name")] = "de Vries";
	assert_int_equal(index_change(x, &in, &error), OK);
	assert_int_equal(index_cluster(x, 1, 0, NULL, ids, &count, &error), OK);
	assert_int_equal(count, 2);
	assert_int_equal(ids[1], 3);
	assert_int_equal(index_cluster(x, 9, 0, NULL, ids, &count, &error), ERR_NOT_FOUND);
	index_free(x);
}

static void who_is_joined_stands_on_both_sides_and_who_is_parted_on_none(void **state)
{
	(void)state;
	struct neighbours n = { .free_at = { 0 } };
	struct dice d = { 3 };
	static float joined[RECORDS][RECORDS];

	for (int step = 0; step < 20000; step++) {
		const uint32_t a = dice_below(&d, RECORDS), b = dice_below(&d, RECORDS);
		if (a == b)
			continue;
		const bool was = joined[a][b] > 0;
		if (was)
			neighbours_part(&n, a, b);
		else
			neighbours_join(&n, a, b, (float)step + 1);
		joined[a][b] = joined[b][a] = was ? 0 : (float)step + 1;
	}
	for (uint32_t a = 0; a < RECORDS; a++) {
		uint32_t count = 0, expected = 0;
		const struct neighbour *list = neighbours_of(&n, a, &count);
		for (uint32_t b = 0; b < RECORDS; b++)
			expected += joined[a][b] > 0;
		assert_int_equal(count, expected);
		for (uint32_t i = 0; i < count; i++)
			assert_true(list[i].weight == joined[a][list[i].record]);
	}
	neighbours_free(&n);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kept_clusters_are_those_of_an_index_built_anew),
		cmocka_unit_test(so_are_clusters_that_are_cut_for_being_too_long),
		cmocka_unit_test(a_cluster_too_long_keeps_what_hangs_together_most),
		cmocka_unit_test(a_change_of_a_record_moves_it_to_another_cluster),
		cmocka_unit_test(who_is_joined_stands_on_both_sides_and_who_is_parted_on_none),
	};
	return cmocka_run_group_tests_name("match_clusters", tests, set_up, NULL);
}
