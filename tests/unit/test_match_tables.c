/* The tables under the engine: sorting, dictionaries, blocking keys. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "matching/bigarray.h"
#include "matching/dictionary.h"
#include "matching/key_plan.h"
#include "matching/radix.h"

static uint64_t state_of_chance = 88172645463325252u;

static uint64_t chance(void)
{
	state_of_chance ^= state_of_chance << 13;
	state_of_chance ^= state_of_chance >> 7;
	state_of_chance ^= state_of_chance << 17;
	return state_of_chance;
}

static int by_word(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

/* Words of one bucket: nine highest bits equal, the record number below. `alike` of them share a key. */
static void check_sorting(size_t count, size_t alike)
{
	uint64_t *words = block_alloc(count * 3, sizeof(*words)), *expected = words + 2 * count;

	for (size_t i = 0; i < count; i++) {
		uint64_t key = i < alike ? 0x12345 : chance() & 0x7fffff;
		words[i] = (uint64_t)5 << 55 | key << 32 | i;
	}
	memcpy(expected, words, count * sizeof(*words));
	qsort(expected, count, sizeof(*words), by_word);
	uint64_t *sorted = radix_sort_within(words, words + count, count, 32, 55);
	assert_memory_equal(sorted, expected, count * sizeof(*words));
	block_free(words);
}

static void words_of_a_bucket_are_sorted_whatever_their_number_and_crowds(void **state)
{
	static const size_t COUNTS[] = { 1, 2, 47, 49, 127, 129, 2000, 50000 };

	(void)state;
	for (size_t i = 0; i < sizeof(COUNTS) / sizeof(COUNTS[0]); i++) {
		check_sorting(COUNTS[i], 0);
		check_sorting(COUNTS[i], COUNTS[i] / 2);
		check_sorting(COUNTS[i], COUNTS[i]);
	}
}

/* What lies behind a text, and whether it may be read, makes no difference to its code. */
static void a_text_has_one_code_whichever_way_it_is_asked(void **state)
{
	char text[64];
	struct dictionary d;

	(void)state;
	dictionary_init(&d);
	for (size_t bytes = 0; bytes <= 40; bytes++) {
		memset(text, 'x', sizeof(text));
		for (size_t i = 0; i < bytes; i++)
			text[i] = (char)('a' + (i * 7 + bytes) % 26);
		struct dictionary_key key;
		dictionary_expect(&d, text, bytes, &key);
		uint32_t code = dictionary_key_code(&d, &key);
		char *alone = block_alloc(bytes, 1);
		memcpy(alone, text, bytes);
		assert_int_equal(dictionary_code(&d, alone, bytes), code);
		assert_int_equal(dictionary_find(&d, alone, bytes), code);
		assert_int_equal(code == 0, bytes == 0);
		block_free(alone);
	}
	assert_int_equal(d.count, 41);
	dictionary_free(&d);
}

static void texts_that_differ_in_one_place_have_codes_of_their_own(void **state)
{
	char text[48] = { 0 };
	struct dictionary d;
	uint32_t before = 0;

	(void)state;
	dictionary_init(&d);
	for (size_t bytes = 1; bytes <= 24; bytes++)
		for (size_t at = 0; at < bytes; at++) {
			memset(text, 'm', bytes);
			text[at] = 'n';
			uint32_t code = dictionary_code(&d, text, bytes);
			assert_true(code > before);
			before = code;
		}
	dictionary_free(&d);
}

static int rule_index(const struct model *m, const char *name)
{
	for (int i = 0; i < m->rule_count; i++)
		if (strcmp(m->rules[i].name, name) == 0)
			return i;
	fail_msg("no rule %s", name);
	return -1;
}

/* The key of a rule for a record with these initials, initial of the given name and so on. */
struct keyed {
	struct model model;
	struct key_plan plan;
	uint32_t parts[KEY_PART_MAX];
};

static void plan_persons(struct keyed *k)
{
	struct layout l;
	struct error error;
	bool present[MODEL_FIELD_MAX];

	assert_int_equal(model_ready("persons", &k->model, &error), OK);
	memset(present, true, sizeof(present));
	layout_init(&l, &k->model, present);
	key_plan_init(&k->plan, &k->model, &l);
	memset(k->parts, 0, sizeof(k->parts));
}

static void names_that_changed_places_have_the_same_key(void **state)
{
	struct keyed k;

	(void)state;
	plan_persons(&k);
	const struct planned_rule *rule =
	    &k.plan.rules[rule_index(&k.model, "klank van beide namen, in elke volgorde")];
	k.parts[rule->keys[0].part] = 11;
	k.parts[rule->keys[1].part] = 22;
	uint32_t key = key_plan_key(rule, k.parts);
	k.parts[rule->keys[0].part] = 22;
	k.parts[rule->keys[1].part] = 11;
	assert_int_not_equal(key, 0);
	assert_int_equal(key_plan_key(rule, k.parts), key);
	assert_int_equal(k.plan.parts[rule->keys[0].part].salt,
	                 k.plan.parts[rule->keys[1].part].salt);
}

static void what_stands_in_for_a_missing_part_gives_the_same_key(void **state)
{
	struct keyed k;

	(void)state;
	plan_persons(&k);
	const struct planned_rule *rule =
	    &k.plan.rules[rule_index(&k.model, "postcode, huisnummer en voorletter")];
	const struct planned_key letter = rule->keys[2];
	assert_int_not_equal(letter.part, letter.other);
	assert_int_equal(k.plan.parts[letter.part].salt, k.plan.parts[letter.other].salt);
	k.parts[rule->keys[0].part] = 7;
	k.parts[rule->keys[1].part] = 8;
	assert_int_equal(key_plan_key(rule, k.parts), 0);
	k.parts[letter.other] = 9;
	uint32_t by_name = key_plan_key(rule, k.parts);
	k.parts[letter.part] = 9;
	assert_int_not_equal(by_name, 0);
	assert_int_equal(key_plan_key(rule, k.parts), by_name);
}

/* Rows with something in every field, with nothing, and with all that lies between. */
static void fill_rows(uint32_t *rows, size_t stride)
{
	uint32_t x = 12345;

	for (int row = 0; row < KEY_LANES; row++)
		for (size_t w = 0; w < stride; w++) {
			x = x * 1664525u + 1013904223u;
			rows[(size_t)row * stride + w] = (x >> 9) % 3 == 0 ? 0
			                                 : x % 7 == 0      ? x % 4096
			                                                   : x;
		}
}

static void many_rows_at_once_get_the_parts_and_keys_that_each_gets_alone(void **state)
{
	enum { STRIDE = 32 };
	static uint32_t rows[KEY_LANES * STRIDE];
	static struct key_lanes lanes;
	struct values values;
	struct keyed k;
	int packed = 0, keyed = 0;

	(void)state;
	plan_persons(&k);
	values_init(&values);
	fill_rows(rows, STRIDE);
	for (int i = 0; i < k.plan.part_count; i++) {
		const struct planned_part *p = &k.plan.parts[i];
		for (int row = 0; row < KEY_LANES; row++)
			lanes.of[i][row] = rows[row * STRIDE + i % STRIDE];
		if (field_has_text(p->kind))
			continue;
		key_plan_packed(p, rows, STRIDE, KEY_LANES, lanes.of[i]);
		for (int row = 0; row < KEY_LANES; row++) {
			uint32_t code = place_get(rows + row * STRIDE, p->at);
			uint32_t alone = code == 0 ? 0 : key_plan_part(&values, p, code);
			assert_int_equal(lanes.of[i][row], alone);
			packed += alone != 0;
		}
	}
	for (int rule = 0; rule < k.plan.rule_count; rule++) {
		uint32_t keys[KEY_LANES], parts[KEY_PART_MAX];
		key_plan_keys(&k.plan.rules[rule], &lanes, keys);
		for (int row = 0; row < KEY_LANES; row++) {
			for (int i = 0; i < k.plan.part_count; i++)
				parts[i] = lanes.of[i][row];
			assert_int_equal(keys[row], key_plan_key(&k.plan.rules[rule], parts));
			keyed += keys[row] != 0;
		}
	}
	values_free(&values);
	assert_true(packed > 0 && keyed > 0 && keyed < KEY_LANES * k.plan.rule_count);
}

static void an_array_keeps_what_it_holds_wherever_it_grows_and_new_room_is_zero(void **state)
{
	static const size_t SIZES[] = { 1, 65536, 65537, 900000, 1100000, 5 << 20, 70 << 20 };
	struct bigarray a = { 0 };
	size_t held = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(SIZES) / sizeof(SIZES[0]); i++) {
		unsigned char *data = bigarray_reserve(&a, SIZES[i]);
		for (size_t k = 0; k < held; k++)
			assert_int_equal(data[k], k % 251);
		for (size_t k = held; k < SIZES[i]; k++)
			assert_int_equal(data[k], 0);
		for (size_t k = held; k < SIZES[i]; k++)
			data[k] = (unsigned char)(k % 251);
		held = SIZES[i];
	}
	bigarray_free(&a);
	assert_null(a.data);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(many_rows_at_once_get_the_parts_and_keys_that_each_gets_alone),
		cmocka_unit_test(
		    an_array_keeps_what_it_holds_wherever_it_grows_and_new_room_is_zero),
		cmocka_unit_test(words_of_a_bucket_are_sorted_whatever_their_number_and_crowds),
		cmocka_unit_test(a_text_has_one_code_whichever_way_it_is_asked),
		cmocka_unit_test(texts_that_differ_in_one_place_have_codes_of_their_own),
		cmocka_unit_test(names_that_changed_places_have_the_same_key),
		cmocka_unit_test(what_stands_in_for_a_missing_part_gives_the_same_key),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
