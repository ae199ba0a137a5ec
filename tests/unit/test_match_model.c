/* Models: read with the line of each mistake, kept apart where data are poor, frozen. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "matching/bigarray.h"
#include "matching/compare.h"
#include "matching/dates.h"
#include "matching/em.h"
#include "matching/index.h"
#include "matching/model_write.h"

static struct error error;

#define HEAD                                                                                       \
	"{\"name\": \"x\", \"version\": 1,\n\"fields\": [{\"name\": \"a\", \"kind\": "             \
	"\"text\"}],\n"                                                                            \
	"\"comparisons\": [{\"name\": \"a\", \"kind\": \"text\", \"fields\": [\"a\"]}],\n"

static const char *refusal(const char *json)
{
	static struct model m;

	assert_int_equal(model_parse(json, strlen(json), &m, &error), ERR_INVALID);
	return error.message;
}

static void each_mistake_is_named_with_its_line(void **state)
{
	(void)state;
	assert_non_null(strstr(refusal("{"), "regel 1: hier hoort"));
	assert_non_null(strstr(refusal("{\"name\": 1, \"name\": 2}"), "elke sleutel een keer"));
	assert_non_null(
	    strstr(refusal("{\"name\": \"x\", \"version\": 1,\n\"fields\": [\n{\"name\": "
	                   "\"a\", \"kind\": \"smaak\"}]}"),
	           "regel 3: deze soort veld is er niet: smaak"));
	assert_non_null(
	    strstr(refusal(HEAD "\"blocking\": [{\"name\": \"r\", \"keys\": [\"b\"]}]}"),
	           "regel 4: dit veld is er niet: b"));
	assert_non_null(
	    strstr(refusal(HEAD "\"blocking\": [{\"name\": \"r\", \"keys\": [\"a.kleur\"]}]}"),
	           "dit deel van een veld is er niet"));
	assert_non_null(strstr(
	    refusal(HEAD
	            "\"blocking\": [{\"name\": \"r\", \"keys\": [\"a\"], \"block_max\": 1e9}]}"),
	    "block_max hoort tussen 2 en 100000"));
}

static void every_ready_model_reads_and_survives_being_written(void **state)
{
	(void)state;
	static const char *const NAMES[] = { "persons", "organisations", "addresses", "objects" };
	static struct model m, again;
	struct out o;

	for (size_t i = 0; i < 4; i++) {
		assert_int_equal(model_ready(NAMES[i], &m, &error), OK);
		out_init(&o, 1 << 20);
		model_write(&m, &o);
		assert_int_equal(out_end(&o, &error), OK);
		assert_int_equal(model_parse(o.data, o.len, &again, &error), OK);
		assert_memory_equal(m.fields, again.fields, sizeof(m.fields));
		assert_int_equal(m.rule_count, again.rule_count);
		for (int c = 0; c < m.class_count; c++)
			for (int k = 0; k < m.comparison_count; k++)
				for (int l = 1; l < m.comparisons[k].level_count; l++)
					assert_true(m.classes[c].level[k][l] -
					                again.classes[c].level[k][l] <
					            1e-4);
		assert_int_equal(m.has_random, again.has_random);
		for (int k = 0; k < m.comparison_count && m.has_random; k++)
			for (int l = 1; l < m.comparisons[k].level_count; l++)
				assert_true(m.random[k][l] - again.random[k][l] < 1e-4);
		out_free(&o);
	}
	assert_int_equal(model_ready("dieren", &m, &error), ERR_NOT_FOUND);
	assert_non_null(strstr(error.message, "organisations"));
}

/* Only name and date, and nearly all pairs are relatives: the classes must keep their meaning. */
static void classes_keep_their_meaning_where_address_and_phone_are_missing(void **state)
{
	(void)state;
	static struct model m;
	struct pattern_count p[3];
	const uint32_t same = (GIVEN_SAME + 3) | (FAMILY_SAME + 3) << 4 | 7u << 8;
	const uint32_t relative = GIVEN_DIFFERENT | (FAMILY_SAME + 3) << 4 | 1u << 8;
	const uint32_t chance = GIVEN_DIFFERENT | FAMILY_DIFFERENT << 4 | 7u << 8;

	assert_int_equal(model_ready("persons", &m, &error), OK);
	p[0] = (struct pattern_count){ chance, 500 };
	p[1] = (struct pattern_count){ relative, 90000 };
	p[2] = (struct pattern_count){ same, 300 };
	em_estimate(&m, p, 3, (struct em_options){ 50, 0.15 });
	assert_true(model_weight(&m, same) > 3);
	assert_true(model_weight(&m, relative) < -5);
	assert_true(model_weight(&m, chance) < -3);
}

static void weights_rise_with_every_field_that_agrees(void **state)
{
	(void)state;
	static struct model m;

	assert_int_equal(model_ready("persons", &m, &error), OK);
	uint32_t names = (GIVEN_SAME + 3) | (FAMILY_SAME + 3) << 4;
	uint32_t dated = names | 7u << 8, housed = dated | 6u << 12;
	assert_true(model_weight(&m, dated) > model_weight(&m, names));
	assert_true(model_weight(&m, housed) > model_weight(&m, dated | 1u << 12));
	/* a rare name says more than a common one */
	assert_true(model_weight(&m, dated) >
	            model_weight(&m, GIVEN_SAME | FAMILY_SAME << 4 | 7u << 8));
}

static void the_same_likeness_weighs_less_among_more_records(void **state)
{
	(void)state;
	static struct model m;
	const uint32_t common = GIVEN_SAME | FAMILY_SAME << 4 | (uint32_t)DATE_SAME << 8;
	const uint32_t slips =
	    GIVEN_ONE_SLIP_COMMON | FAMILY_ONE_SLIP_COMMON << 4 | (uint32_t)DATE_NEAR << 8;

	assert_int_equal(model_ready("persons", &m, &error), OK);
	assert_true(m.has_random);
	assert_true(model_lookup_weight(&m, common, 1e4) > model_lookup_weight(&m, common, 1e6));
	assert_true(model_lookup_weight(&m, common, 1e6) > model_lookup_weight(&m, common, 1e8));
	/* whoever searches a million for what looks a bit like it always finds some */
	assert_true(model_lookup_weight(&m, slips, 1e6) < -5);
	assert_true(model_lookup_weight(&m, common, 1e6) > 0);
	/* without a number of records it is the weight of a pair of a file */
	assert_true(model_lookup_weight(&m, common, 0) == model_weight(&m, common));
}

static void a_slip_in_a_common_name_says_less_than_one_in_a_rare_name(void **state)
{
	(void)state;
	static struct model m;
	const uint32_t dated = (uint32_t)DATE_SAME << 8 | GIVEN_SAME;

	assert_int_equal(model_ready("persons", &m, &error), OK);
	assert_true(model_lookup_weight(&m, dated | FAMILY_ONE_SLIP_COMMON << 4, 1e5) <
	            model_lookup_weight(&m, dated | FAMILY_ONE_SLIP << 4, 1e5));
}

static void organisations_are_known_by_their_rare_words(void **state)
{
	(void)state;
	static struct model m;
	static const struct {
		const char *a, *b;
		int level;
	} ROWS[] = {
		{ "Bakkerij De Zon B.V.", "bakkerij zon", ORGANISATION_SAME },
		{ "Stichting Maanlicht", "Maanlicht", ORGANISATION_SAME },
		{ "Transportbedrijf Hoekstra", "Hoekstra Transportbedrijf Holding",
		  ORGANISATION_MOST_WORDS },
		{ "Garage Willemsen", "Garage Willemse", ORGANISATION_ONE_SLIP },
		{ "Kapsalon Ylva", "Visserij Terschelling", ORGANISATION_DIFFERENT },
	};

	assert_int_equal(model_ready("organisations", &m, &error), OK);
	struct match_index *x = index_new(&m);
	for (size_t i = 0; i < sizeof(ROWS) / sizeof(ROWS[0]); i++) {
		struct index_record a = { .texts = { ROWS[i].a } }, b = { .texts = { ROWS[i].b } };
		struct index_hit hit;
		assert_int_equal(index_compare(x, &a, &b, &hit, &error), OK);
		assert_int_equal(pattern_level(hit.pattern, 0), ROWS[i].level);
	}
	index_free(x);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_mistake_is_named_with_its_line),
		cmocka_unit_test(every_ready_model_reads_and_survives_being_written),
		cmocka_unit_test(classes_keep_their_meaning_where_address_and_phone_are_missing),
		cmocka_unit_test(weights_rise_with_every_field_that_agrees),
		cmocka_unit_test(the_same_likeness_weighs_less_among_more_records),
		cmocka_unit_test(a_slip_in_a_common_name_says_less_than_one_in_a_rare_name),
		cmocka_unit_test(organisations_are_known_by_their_rare_words),
	};
	return cmocka_run_group_tests_name("match_model", tests, NULL, NULL);
}
