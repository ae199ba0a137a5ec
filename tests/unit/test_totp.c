/* The second factor: codes of an app, recovery codes, the QR code. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "platform/crypto/totp.h"

/* RFC 6238, appendix B: the SHA-1 secret and the last six of its eight digits. */
static const struct totp_secret RFC = { "12345678901234567890" };
static const struct {
	int64_t at_s;
	const char *code;
} VECTORS[] = {
	{ 59, "287082" },         { 1111111109, "081804" }, { 1111111111, "050471" },
	{ 1234567890, "005924" }, { 2000000000, "279037" }, { 20000000000, "353130" },
};

static void codes_are_those_of_rfc_6238(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof VECTORS / sizeof VECTORS[0]; i++) {
		char code[TOTP_CODE_BYTES];
		totp_code(&RFC, VECTORS[i].at_s, code);
		assert_string_equal(code, VECTORS[i].code);
	}
}

static void a_code_counts_one_step_early_or_late_and_no_more(void **state)
{
	(void)state;
	char code[TOTP_CODE_BYTES];
	int64_t step;
	const int64_t at = 1111111111;

	totp_code(&RFC, at, code);
	assert_true(totp_matches(&RFC, at, -1, code, &step));
	assert_int_equal(step, at / TOTP_STEP_S);
	assert_true(totp_matches(&RFC, at + TOTP_STEP_S, -1, code, &step));
	assert_int_equal(step, at / TOTP_STEP_S);
	assert_true(totp_matches(&RFC, at - TOTP_STEP_S, -1, code, &step));
	assert_false(totp_matches(&RFC, at + 2 * TOTP_STEP_S, -1, code, &step));
	assert_false(totp_matches(&RFC, at - 2 * TOTP_STEP_S, -1, code, &step));
}

static void a_code_that_was_used_counts_no_second_time(void **state)
{
	(void)state;
	char code[TOTP_CODE_BYTES];
	int64_t step;

	totp_code(&RFC, 1111111111, code);
	assert_true(totp_matches(&RFC, 1111111111, -1, code, &step));
	assert_false(totp_matches(&RFC, 1111111111, step, code, &step));
	assert_false(totp_matches(&RFC, 1111111111 + TOTP_STEP_S, step, code, &step));
}

static void only_six_digits_are_a_code_but_spaces_may_stand_between(void **state)
{
	(void)state;
	static const char *const WRONG[] = { "", "05047", "0504711", "05047x", "-50471", "050 47" };
	int64_t step;

	assert_true(totp_matches(&RFC, 1111111111, -1, " 050 471 ", &step));
	for (size_t i = 0; i < sizeof WRONG / sizeof WRONG[0]; i++)
		assert_false(totp_matches(&RFC, 1111111111, -1, WRONG[i], &step));
}

static void the_secret_and_its_address_are_what_an_app_reads(void **state)
{
	(void)state;
	struct arena a;
	arena_init(&a, 1 << 14);
	assert_string_equal(totp_uri(&RFC, "Plein demo", "anna@demo.example", &a),
	                    "otpauth://totp/Plein%20demo:anna%40demo.example"
	                    "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Plein%20demo");
	arena_reset(&a);
}

static void recovery_codes_are_ten_and_read_as_people_write_them(void **state)
{
	(void)state;
	const struct mac_key key = { { 4 } };
	struct recovery_code codes[RECOVERY_CODES];
	char loose[32];

	recovery_codes_new(codes);
	for (int i = 0; i < RECOVERY_CODES; i++)
		for (int k = 0; k < i; k++)
			assert_string_not_equal(codes[i].text, codes[k].text);
	const struct digest want = recovery_digest(&key, 12, codes[0].text),
			    somebody_else = recovery_digest(&key, 13, codes[0].text);
	(void)snprintf(loose, sizeof loose, " %.5s %.5s", codes[0].text, codes[0].text + 6);
	for (char *c = loose; *c != '\0'; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c + 32);
		else if (*c == '0')
			*c = 'o';
		else if (*c == '1')
			*c = 'l';
	const struct digest got = recovery_digest(&key, 12, loose);
	assert_memory_equal(want.bytes, got.bytes, DIGEST_BYTES);
	assert_memory_not_equal(want.bytes, somebody_else.bytes, DIGEST_BYTES);
}

static void a_longer_text_is_no_recovery_code_even_if_it_begins_with_one(void **state)
{
	(void)state;
	const struct mac_key key = { { 4 } };
	const struct digest a = recovery_digest(&key, 1, "7K3QF-XM2AB"),
			    b = recovery_digest(&key, 1, "7K3QF-XM2ABC");
	assert_memory_not_equal(a.bytes, b.bytes, DIGEST_BYTES);
}

static void a_qr_code_is_an_svg_with_an_escaped_title_and_no_style(void **state)
{
	(void)state;
	struct out o;
	struct error err;

	out_init(&o, 1 << 20);
	assert_int_equal(qr_svg("otpauth://totp/x", "QR-code <voor> uw app", &o, &err), OK);
	assert_memory_equal(o.data, "<svg ", 5);
	assert_non_null(strstr(o.data, "<title>QR-code &lt;voor&gt; uw app</title>"));
	assert_null(strstr(o.data, "style"));
	/* the finder pattern: seven dark modules in the first row, after the quiet zone */
	assert_non_null(strstr(o.data, "M4 4h7v1h-7z"));
	out_free(&o);
}

static void a_text_too_long_for_a_qr_code_is_refused(void **state)
{
	(void)state;
	char big[4000];
	struct out o;
	struct error err;

	memset(big, 'x', sizeof big - 1);
	big[sizeof big - 1] = '\0';
	out_init(&o, 1 << 20);
	assert_int_equal(qr_svg(big, "QR-code", &o, &err), ERR_LIMIT);
	out_free(&o);
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
		cmocka_unit_test(codes_are_those_of_rfc_6238),
		cmocka_unit_test(a_code_counts_one_step_early_or_late_and_no_more),
		cmocka_unit_test(a_code_that_was_used_counts_no_second_time),
		cmocka_unit_test(only_six_digits_are_a_code_but_spaces_may_stand_between),
		cmocka_unit_test(the_secret_and_its_address_are_what_an_app_reads),
		cmocka_unit_test(recovery_codes_are_ten_and_read_as_people_write_them),
		cmocka_unit_test(a_longer_text_is_no_recovery_code_even_if_it_begins_with_one),
		cmocka_unit_test(a_qr_code_is_an_svg_with_an_escaped_title_and_no_style),
		cmocka_unit_test(a_text_too_long_for_a_qr_code_is_refused),
	};
	return cmocka_run_group_tests_name("totp", tests, set_up, NULL);
}
