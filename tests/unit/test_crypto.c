/* Random bytes, digests, names and tokens: what everything secret stands on. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "platform/crypto/crypto.h"
#include "platform/crypto/token.h"
#include "platform/crypto/uuid.h"

static const struct mac_key KEY = { { 1, 2, 3 } };

static void sha256_gives_the_digest_of_the_standard(void **state)
{
	(void)state;
	char hex[2 * DIGEST_BYTES + 1];
	/* FIPS 180-2, appendix B.1: "abc" */
	const struct digest d = sha256_two("a", 1, "bc", 2);
	hex_text(d.bytes, sizeof d.bytes, hex);
	assert_string_equal(hex,
	                    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void parts_that_join_to_the_same_bytes_have_different_keyed_digests(void **state)
{
	(void)state;
	const struct span one[] = { SPAN("ab", 2), SPAN("c", 1) };
	const struct span two[] = { SPAN("a", 1), SPAN("bc", 2) };
	const struct span three[] = { SPAN("abc", 3) };
	const struct digest a = digest_keyed(&KEY, "x", one, 2),
			    b = digest_keyed(&KEY, "x", two, 2),
			    c = digest_keyed(&KEY, "x", three, 1),
			    d = digest_keyed(&KEY, "y", one, 2);

	assert_memory_not_equal(a.bytes, b.bytes, DIGEST_BYTES);
	assert_memory_not_equal(a.bytes, c.bytes, DIGEST_BYTES);
	assert_memory_not_equal(a.bytes, d.bytes, DIGEST_BYTES);
}

static void another_key_gives_another_digest(void **state)
{
	(void)state;
	const struct mac_key other = mac_key_derive(&KEY, "other");
	const struct digest a = digest_keyed(&KEY, "x", &SPAN("ab", 2), 1),
			    b = digest_keyed(&other, "x", &SPAN("ab", 2), 1);
	assert_memory_not_equal(a.bytes, b.bytes, DIGEST_BYTES);
}

static void ed25519_signs_as_rfc_8032_test_2(void **state)
{
	(void)state;
	uint8_t seed[SIGN_SEED_BYTES];
	struct sign_secret secret;
	struct sign_public public;
	char hex[2 * SIGNATURE_BYTES + 1];
	const uint8_t message[] = { 0x72 };

	assert_true(hex_parse("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
	                      seed, sizeof seed));
	sign_keys(seed, &secret, &public);
	hex_text(public.bytes, sizeof public.bytes, hex);
	assert_string_equal(hex,
	                    "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
	const struct signature s = sign(&secret, message, sizeof message);
	hex_text(s.bytes, sizeof s.bytes, hex);
	assert_string_equal(hex,
	                    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
	                    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
	assert_true(signature_matches(&public, &s, message, sizeof message));
	struct signature bent = s;
	bent.bytes[7] ^= 1;
	assert_false(signature_matches(&public, &bent, message, sizeof message));
}

static void hex_reads_only_what_it_writes(void **state)
{
	(void)state;
	uint8_t two[2];
	assert_true(hex_parse("0aff", two, 2));
	assert_int_equal(two[1], 255);
	assert_false(hex_parse("0aFF", two, 2));
	assert_false(hex_parse("0af", two, 2));
	assert_false(hex_parse("0af ", two, 2));
	assert_false(hex_parse("0aff0", two, 2));
}

static void a_uuid_of_a_moment_begins_with_it_and_reads_back(void **state)
{
	(void)state;
	char text[UUID_TEXT_BYTES];
	struct uuid back;
	/* RFC 9562, appendix A.6: 2022-02-22 19:22:22 UTC */
	const struct uuid u = uuid_at(INT64_C(0x017F22E279B0));

	uuid_text(&u, text);
	assert_memory_equal(text, "017f22e2-79b0-7", 15);
	assert_true(uuid_parse(text, &back));
	assert_memory_equal(u.bytes, back.bytes, UUID_BYTES);
	assert_true(uuid_parse("017F22E2-79B0-7CC3-98C4-DC0C0C07398F", &back));
}

static void what_is_no_uuid_is_refused(void **state)
{
	(void)state;
	static const char *const WRONG[] = {
		"",
		"017f22e2-79b0-7cc3-98c4-dc0c0c07398",   /* short */
		"017f22e2-79b0-7cc3-98c4-dc0c0c07398f0", /* long */
		"017f22e279b07cc398c4dc0c0c07398f",      /* no hyphens */
		"017f22e2-79b0-1cc3-98c4-dc0c0c07398f",  /* version 1 */
		"017f22e2-79b0-7cc3-18c4-dc0c0c07398f",  /* variant */
		"017g22e2-79b0-7cc3-98c4-dc0c0c07398f",  /* g */
		"00000000-0000-0000-0000-000000000000",  /* nil */
	};
	struct uuid u;

	for (size_t i = 0; i < sizeof WRONG / sizeof WRONG[0]; i++)
		assert_false(uuid_parse(WRONG[i], &u));
}

static void ids_fit_a_json_number_and_differ(void **state)
{
	(void)state;
	int64_t last = 0;
	for (int i = 0; i < 1000; i++) {
		const int64_t id = random_id();
		assert_true(id > 0 && id < INT64_C(1) << 53);
		assert_true(id != last);
		last = id;
	}
}

static void tokens_have_their_shape_and_a_digest_per_kind(void **state)
{
	(void)state;
	const struct token a = token_new(), b = token_new();

	assert_true(token_has_shape(a.text));
	assert_string_not_equal(a.text, b.text);
	assert_false(token_has_shape("abc"));
	assert_false(token_has_shape("!aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"));
	const struct digest session = token_digest(&KEY, "session", a.text),
			    api = token_digest(&KEY, "api", a.text);
	assert_memory_not_equal(session.bytes, api.bytes, DIGEST_BYTES);
}

static void a_csrf_token_holds_for_one_session_and_one_route(void **state)
{
	(void)state;
	const struct digest mine = { { 1 } }, yours = { { 2 } };
	const struct token t = csrf_token(&KEY, &mine, "/signals");

	assert_true(csrf_matches(&KEY, &mine, "/signals", t.text));
	assert_false(csrf_matches(&KEY, &yours, "/signals", t.text));
	assert_false(csrf_matches(&KEY, &mine, "/people", t.text));
	assert_false(csrf_matches(&KEY, &mine, "/signals", ""));
	assert_false(csrf_matches(&KEY, &mine, "/signals", NULL));
}

static void base64_reads_only_its_own_canonical_text(void **state)
{
	(void)state;
	uint8_t four[4];
	char text[8];

	assert_int_equal(base64_text_bytes(4), 7);
	base64_text("\xff\xfe\xfd\xfc", 4, text);
	assert_string_equal(text, "__79_A");
	assert_true(base64_parse("__79_A", four, 4));
	assert_false(base64_parse("__79_B", four, 4)); /* the same bytes, other trailing bits */
	assert_false(base64_parse("__79_A==", four, 4));
	assert_false(base64_parse("__79_", four, 4));
}

static void etags_follow_the_bytes(void **state)
{
	(void)state;
	char a[ETAG_TEXT_BYTES], b[ETAG_TEXT_BYTES], c[ETAG_TEXT_BYTES];
	etag_text(&KEY, "page", 4, a);
	etag_text(&KEY, "page", 4, b);
	etag_text(&KEY, "pagf", 4, c);
	assert_string_equal(a, b);
	assert_string_not_equal(a, c);
	assert_int_equal(strlen(a), ETAG_TEXT_BYTES - 1);
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
		cmocka_unit_test(sha256_gives_the_digest_of_the_standard),
		cmocka_unit_test(parts_that_join_to_the_same_bytes_have_different_keyed_digests),
		cmocka_unit_test(another_key_gives_another_digest),
		cmocka_unit_test(ed25519_signs_as_rfc_8032_test_2),
		cmocka_unit_test(hex_reads_only_what_it_writes),
		cmocka_unit_test(a_uuid_of_a_moment_begins_with_it_and_reads_back),
		cmocka_unit_test(what_is_no_uuid_is_refused),
		cmocka_unit_test(ids_fit_a_json_number_and_differ),
		cmocka_unit_test(tokens_have_their_shape_and_a_digest_per_kind),
		cmocka_unit_test(a_csrf_token_holds_for_one_session_and_one_route),
		cmocka_unit_test(base64_reads_only_its_own_canonical_text),
		cmocka_unit_test(etags_follow_the_bytes),
	};
	return cmocka_run_group_tests_name("crypto", tests, set_up, NULL);
}
