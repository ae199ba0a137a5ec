/* Sealed values open only with their key and in their place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "platform/crypto/crypto.h"
#include "platform/crypto/seal.h"

static const struct seal_place PLACE = { .table = "fact",
	                                 .column = "value",
	                                 .id = 7,
	                                 .presence = 3,
	                                 .category = 4,
	                                 .phase = 2,
	                                 .source = 11,
	                                 .version = 1 };
static const char SECRET[] = "Kuiperstraat 12";

struct sealed {
	struct arena arena;
	struct seal_key key;
	const uint8_t *bytes;
	size_t len;
};

static int set_up(void **state)
{
	static struct sealed s; /* one test at a time */
	struct error err;

	if (crypto_init(&err) != OK)
		return -1;
	arena_init(&s.arena, 1 << 16);
	s.key = seal_key_new();
	s.bytes = seal_in(&s.arena, &s.key, &PLACE, SECRET, strlen(SECRET), &s.len);
	*state = &s;
	return 0;
}

static int tear_down(void **state)
{
	struct sealed *s = *state;
	arena_reset(&s->arena);
	return 0;
}

static enum status try_open(struct sealed *s, const struct seal_key *key,
                            const struct seal_place *place, const uint8_t *bytes, size_t len)
{
	const char *plain;
	size_t plain_len;
	struct error err;

	return seal_open(key, place, bytes, len, &s->arena, &plain, &plain_len, &err);
}

static void a_value_opens_with_its_key_in_its_place(void **state)
{
	struct sealed *s = *state;
	const char *plain;
	size_t len;
	struct error err;

	assert_int_equal(
	    seal_open(&s->key, &PLACE, s->bytes, s->len, &s->arena, &plain, &len, &err), OK);
	assert_string_equal(plain, SECRET);
	assert_int_equal(len, strlen(SECRET));
}

static void moved_to_any_other_place_it_stays_shut(void **state)
{
	struct sealed *s = *state;
	struct seal_place moved[8] = { PLACE, PLACE, PLACE, PLACE, PLACE, PLACE, PLACE, PLACE };

	moved[0].table = "note";
	moved[1].column = "note";
	moved[2].id = 8;
	moved[3].presence = 4;
	moved[4].category = 5;
	moved[5].phase = 1;
	moved[6].source = 12;
	moved[7].version = 2;
	for (size_t i = 0; i < 8; i++)
		assert_int_equal(try_open(s, &s->key, &moved[i], s->bytes, s->len), ERR_INTERNAL);
}

static void any_changed_bit_keeps_it_shut(void **state)
{
	struct sealed *s = *state;
	uint8_t bent[sizeof SECRET + SEAL_OVERHEAD_BYTES];

	for (size_t bit = 0; bit < s->len * 8; bit++) {
		memcpy(bent, s->bytes, s->len);
		bent[bit / 8] ^= (uint8_t)(1 << bit % 8);
		assert_int_equal(try_open(s, &s->key, &PLACE, bent, s->len), ERR_INTERNAL);
	}
}

static void cut_off_anywhere_it_stays_shut(void **state)
{
	struct sealed *s = *state;
	for (size_t len = 0; len < s->len; len++)
		assert_int_equal(try_open(s, &s->key, &PLACE, s->bytes, len), ERR_INTERNAL);
}

static void another_key_does_not_open_it(void **state)
{
	struct sealed *s = *state;
	const struct seal_key other = seal_key_new();
	assert_int_equal(try_open(s, &other, &PLACE, s->bytes, s->len), ERR_INTERNAL);
}

static void the_same_value_twice_looks_different(void **state)
{
	struct sealed *s = *state;
	size_t len;
	const uint8_t *again = seal_in(&s->arena, &s->key, &PLACE, SECRET, strlen(SECRET), &len);
	assert_int_equal(len, s->len);
	assert_memory_not_equal(again, s->bytes, len);
}

static void an_empty_value_can_be_sealed(void **state)
{
	struct sealed *s = *state;
	size_t len;
	const uint8_t *empty = seal_in(&s->arena, &s->key, &PLACE, "", 0, &len);
	assert_int_equal(len, SEAL_OVERHEAD_BYTES);
	assert_int_equal(try_open(s, &s->key, &PLACE, empty, len), OK);
}

static void the_key_of_a_tie_needs_both_and_knows_no_order(void **state)
{
	(void)state;
	const struct seal_key a = seal_key_new(), b = seal_key_new(), c = seal_key_new();
	const struct seal_key ab = seal_tie_key(1, &a, 2, &b), ba = seal_tie_key(2, &b, 1, &a),
			      ac = seal_tie_key(1, &a, 2, &c), cb = seal_tie_key(1, &c, 2, &b);

	assert_memory_equal(&ab, &ba, sizeof ab);
	assert_memory_not_equal(&ab, &ac, sizeof ab);
	assert_memory_not_equal(&ab, &cb, sizeof ab);
	assert_memory_not_equal(&ab, &a, sizeof ab);
}

static void a_wrapped_key_opens_only_as_itself(void **state)
{
	(void)state;
	const struct seal_key period = seal_key_new(), other = seal_key_new(), key = seal_key_new();
	uint8_t wrapped[SEAL_WRAPPED_BYTES];
	struct seal_key got;

	seal_wrap(&period, 5, 1, &key, wrapped);
	assert_true(seal_unwrap(&period, 5, 1, wrapped, &got));
	assert_memory_equal(&got, &key, sizeof key);
	assert_false(seal_unwrap(&other, 5, 1, wrapped, &got));
	assert_false(seal_unwrap(&period, 6, 1, wrapped, &got));
	assert_false(seal_unwrap(&period, 5, 2, wrapped, &got));
}

int main(void)
{
#define SEALED(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		SEALED(a_value_opens_with_its_key_in_its_place),
		SEALED(moved_to_any_other_place_it_stays_shut),
		SEALED(any_changed_bit_keeps_it_shut),
		SEALED(cut_off_anywhere_it_stays_shut),
		SEALED(another_key_does_not_open_it),
		SEALED(the_same_value_twice_looks_different),
		SEALED(an_empty_value_can_be_sealed),
		SEALED(the_key_of_a_tie_needs_both_and_knows_no_order),
		SEALED(a_wrapped_key_opens_only_as_itself),
	};
	return cmocka_run_group_tests_name("seal", tests, NULL, NULL);
}
