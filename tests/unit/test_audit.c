/* Events as bytes, and heads and proofs as text: one form each, and no other is read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "audit/action.h"
#include "audit/event.h"
#include "audit/head.h"

static struct audit_event full(void)
{
	struct audit_event e = { .at_ms = INT64_C(1795308600000),
		                 .action = AUDIT_SIGNAL_VIEW,
		                 .result = 3,
		                 .actor_id = 551,
		                 .appointment_id = 7001,
		                 .role = 9,
		                 .participant_id = 12,
		                 .organ_id = 44,
		                 .session_id = 90210,
		                 .token_id = 5,
		                 .origin = UINT64_C(0xfedcba9876543210),
		                 .request = UINT64_C(0x0123456789abcdef),
		                 .object_type = OBJECT_FACT,
		                 .object_id = INT64_MAX,
		                 .owner_type = OBJECT_SIGNAL,
		                 .owner_id = 1,
		                 .subject = UINT64_MAX,
		                 .activity = 2,
		                 .phase = 3,
		                 .purpose = 65535,
		                 .basis = 1,
		                 .categories = UINT64_C(1) << 63,
		                 .count_plus_1 = 51,
		                 .before = { .size = 5 } };

	memset(e.query, 0xab, sizeof e.query);
	memset(e.before.tree.bytes, 0xcd, sizeof e.before.tree.bytes);
	memset(e.before.root.bytes, 0xef, sizeof e.before.root.bytes);
	return e;
}

static struct audit_event smallest(void)
{
	return (struct audit_event){ .at_ms = 1, .action = 1 };
}

static void an_event_comes_back_from_its_body(void **state)
{
	(void)state;
	const struct audit_event all[] = { full(), smallest() };
	for (size_t i = 0; i < 2; i++) {
		struct audit_body b;
		struct audit_event back;
		audit_body_encode(&all[i], &b);
		assert_true(audit_body_decode(b.bytes, b.len, &back));
		struct audit_body again;
		audit_body_encode(&back, &again);
		assert_int_equal(again.len, b.len);
		assert_memory_equal(again.bytes, b.bytes, b.len);
		assert_int_equal(back.object_id, all[i].object_id);
		assert_true(back.categories == all[i].categories);
		assert_true(back.origin == all[i].origin);
	}
}

static void the_bytes_of_a_body_stay_as_they_are_for_ever(void **state)
{
	(void)state;
	char hex[2 * AUDIT_BODY_MAX_BYTES + 1];
	struct audit_body b;
	const struct audit_event e = { .at_ms = 300, .action = AUDIT_SIGN_IN, .actor_id = 7 };

	audit_body_encode(&e, &b);
	hex_text(b.bytes, b.len, hex);
	assert_string_equal(hex, "0101ac0202010407");
}

static void a_typical_body_fits_two_blocks_of_the_hash(void **state)
{
	(void)state;
	struct audit_event e = full();
	struct audit_body b;

	e.before = (struct audit_before){ 0 };
	memset(e.query, 0, sizeof e.query);
	e.object_id = e.owner_id = 1000000;
	e.subject = e.categories = 0;
	audit_body_encode(&e, &b);
	assert_true(1 + AUDIT_NONCE_BYTES + b.len + 9 <= 128);
}

static void cut_off_anywhere_a_body_is_none_or_another(void **state)
{
	(void)state;
	const struct audit_event e = full();
	struct audit_event got;
	struct audit_body b, again;

	audit_body_encode(&e, &b);
	for (size_t len = 0; len < b.len; len++) {
		if (!audit_body_decode(b.bytes, len, &got))
			continue;
		audit_body_encode(&got, &again);
		assert_int_equal(again.len, len);
	}
}

static void what_is_not_canonical_is_refused(void **state)
{
	(void)state;
	static const struct {
		size_t len;
		const char *bytes;
	} WRONG[] = {
		{ 0, "" },
		{ 5, "\x02\x01\x01\x02\x01" },         /* format 2 */
		{ 3, "\x01\x01\x01" },                 /* no action */
		{ 3, "\x01\x02\x01" },                 /* no moment */
		{ 5, "\x01\x01\x01\x02\x00" },         /* a zero that should be left out */
		{ 6, "\x01\x01\x81\x00\x02\x01" },     /* one, written with two bytes */
		{ 5, "\x01\x02\x01\x01\x01" },         /* fields in the wrong order */
		{ 7, "\x01\x01\x01\x01\x01\x02\x01" }, /* a field twice */
		{ 7, "\x01\x01\x01\x02\x01\x63\x01" }, /* an unknown field */
		{ 6, "\x01\x01\x01\x02\x01\x04" },     /* a tag without value */
		{ 7, "\x01\x01\x01\x02\x80\x80\x04" }, /* 65536 as action */
		{ 7, "\x01\x01\x01\x02\x01\x03\x80" }, /* a number without end */
		{ 22, "\x01\x01\x01\x02\x01\x18\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0" }, /* zero bytes */
		/* a moment of 2^63 */
		{ 14, "\x01\x01\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01\x02\x01" },
	};
	struct audit_event e;

	for (size_t i = 0; i < sizeof WRONG / sizeof WRONG[0]; i++)
		assert_false(audit_body_decode((const uint8_t *)WRONG[i].bytes, WRONG[i].len, &e));
}

static void json_names_the_act_and_holds_no_number_that_json_would_bend(void **state)
{
	(void)state;
	const struct audit_event e = full();
	char json[AUDIT_JSON_MAX_BYTES];

	const size_t len = audit_event_json(&e, json);
	assert_int_equal(len, strlen(json));
	assert_non_null(strstr(json, "\"action\":\"SIGNAL_VIEW\""));
	assert_non_null(strstr(json, "\"objectType\":\"FACT\""));
	assert_non_null(strstr(json, "\"origin\":\"fedcba9876543210\""));
}

/* ---- heads and proofs -------------------------------------------------------------------------
 */

struct signer {
	struct sign_secret secret;
	struct sign_public public;
};

static struct signer signer_of(uint8_t seed_byte)
{
	uint8_t seed[SIGN_SEED_BYTES];
	struct signer s;

	memset(seed, seed_byte, sizeof seed);
	sign_keys(seed, &s.secret, &s.public);
	return s;
}

static struct audit_head head_of(uint64_t size, const struct digest *root)
{
	struct audit_head h = { .size = size, .at_ms = 1795308600000, .root = *root };
	const struct signer s = signer_of(1);

	assert_true(uuid_parse("017f22e2-79b0-7cc3-98c4-dc0c0c07398f", &h.tree));
	audit_head_sign(&h, &s.secret, &s.public);
	return h;
}

static void a_head_holds_until_anything_in_it_changes(void **state)
{
	(void)state;
	const struct digest root = { { 1, 2, 3 } };
	const struct audit_head right = head_of(5, &root);
	struct audit_head h = right;

	assert_true(audit_head_holds(&h));
	h.size++;
	assert_false(audit_head_holds(&h));
	h = right;
	h.at_ms++;
	assert_false(audit_head_holds(&h));
	h = right;
	h.root.bytes[31] ^= 1;
	assert_false(audit_head_holds(&h));
	h = right;
	h.tree.bytes[0] ^= 1;
	assert_false(audit_head_holds(&h));
	h = right;
	h.signer = signer_of(2).public;
	assert_false(audit_head_holds(&h));
}

static void heads_and_proofs_read_back_from_their_text(void **state)
{
	(void)state;
	const struct digest root = { { 1, 2, 3 } };
	const struct audit_head h = head_of(5, &root);
	struct audit_head h2;
	struct audit_proof p = { .kind = PROOF_INCLUSION, .tree = h.tree, .first = 2, .second = 5 },
			   p2;
	char text[AUDIT_PROOF_TEXT_BYTES], again[AUDIT_PROOF_TEXT_BYTES];

	audit_head_text(&h, text);
	assert_true(audit_head_parse(text, &h2));
	assert_true(audit_head_holds(&h2));
	for (p.path.count = 0; p.path.count < 4; p.path.count++) {
		memset(p.path.digests[p.path.count].bytes, 7, DIGEST_BYTES);
		p.kind = p.path.count % 2 == 0 ? PROOF_CONSISTENCY : PROOF_INCLUSION;
		audit_proof_text(&p, text);
		assert_true(audit_proof_parse(text, &p2));
		audit_proof_text(&p2, again);
		assert_string_equal(text, again);
	}
}

static void texts_that_are_nearly_right_are_refused(void **state)
{
	(void)state;
	const struct digest root = { { 1, 2, 3 } };
	const struct audit_head h = head_of(5, &root);
	struct audit_head got;
	char right[AUDIT_HEAD_TEXT_BYTES], wrong[AUDIT_HEAD_TEXT_BYTES + 2];

	audit_head_text(&h, right);
	for (size_t i = 0; right[i] != '\0'; i++) { /* any character left out */
		memcpy(wrong, right, i);
		memcpy(wrong + i, right + i + 1, strlen(right) - i);
		assert_false(audit_head_parse(wrong, &got) && audit_head_holds(&got));
	}
	(void)snprintf(wrong, sizeof wrong, "%s ", right);
	assert_false(audit_head_parse(wrong, &got));
	(void)snprintf(wrong, sizeof wrong, " %s", right);
	assert_false(audit_head_parse(wrong, &got));
	assert_false(audit_head_parse("", &got));
}

static void a_proof_holds_only_between_heads_of_one_signer_and_tree(void **state)
{
	(void)state;
	struct merkle_frontier f = { 0 };
	const struct digest a = { { 1 } }, b = { { 2 } };
	struct audit_proof p = { .kind = PROOF_CONSISTENCY, .first = 1, .second = 2 };

	(void)merkle_append(&f, &a, NULL);
	const struct digest first = merkle_root(&f);
	(void)merkle_append(&f, &b, NULL);
	const struct digest second = merkle_root(&f);
	struct audit_head older = head_of(1, &first);
	const struct audit_head newer = head_of(2, &second);
	p.tree = newer.tree;
	p.path.count = 1;
	p.path.digests[0] = b;
	assert_true(audit_proof_holds(&p, &older, &newer));
	assert_false(audit_proof_holds(&p, NULL, &newer));
	assert_false(audit_proof_holds(&p, &newer, &older));
	const struct signer other = signer_of(9);
	audit_head_sign(&older, &other.secret, &other.public);
	assert_false(audit_proof_holds(&p, &older, &newer));
	p.tree.bytes[3] ^= 1;
	older = head_of(1, &first);
	assert_false(audit_proof_holds(&p, &older, &newer));
}

static void every_act_and_thing_has_one_code_and_a_name(void **state)
{
	(void)state;
	uint32_t count;
	const struct audit_word *words = audit_action_words(&count);
	for (uint32_t i = 0; i < count; i++) {
		assert_ptr_equal(audit_action_word(words[i].code), &words[i]);
		assert_true(words[i].label[0] != '\0');
	}
	assert_null(audit_action_word(AUDIT_NONE));
}

static int set_up(void **state)
{
	struct error err;
	(void)state;
	return crypto_init(&err) == OK ? 0 : -1;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_event_comes_back_from_its_body),
		cmocka_unit_test(the_bytes_of_a_body_stay_as_they_are_for_ever),
		cmocka_unit_test(a_typical_body_fits_two_blocks_of_the_hash),
		cmocka_unit_test(cut_off_anywhere_a_body_is_none_or_another),
		cmocka_unit_test(what_is_not_canonical_is_refused),
		cmocka_unit_test(json_names_the_act_and_holds_no_number_that_json_would_bend),
		cmocka_unit_test(a_head_holds_until_anything_in_it_changes),
		cmocka_unit_test(heads_and_proofs_read_back_from_their_text),
		cmocka_unit_test(texts_that_are_nearly_right_are_refused),
		cmocka_unit_test(a_proof_holds_only_between_heads_of_one_signer_and_tree),
		cmocka_unit_test(every_act_and_thing_has_one_code_and_a_name),
	};
	return cmocka_run_group_tests_name("audit", tests, set_up, NULL);
}
