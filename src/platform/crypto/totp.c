#include "platform/crypto/totp.h"

#include <assert.h>
#include <string.h>

#include <liboath/oath.h>

enum { WINDOW_STEPS = 1 };

static const char CROCKFORD[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

struct totp_secret totp_secret_new(void)
{
	struct totp_secret ret;

	random_bytes(ret.bytes, sizeof ret.bytes);
	return ret;
}

void totp_secret_text(const struct totp_secret *secret, char ret[TOTP_SECRET_TEXT_BYTES])
{
	static const char BASE32[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	uint32_t bits = 0;
	int count = 0;
	char *at = ret;

	for (int i = 0; i < TOTP_SECRET_BYTES; i++) {
		bits = bits << 8 | secret->bytes[i];
		for (count += 8; count >= 5; count -= 5)
			*at++ = BASE32[bits >> (count - 5) & 31];
	}
	assert(count == 0 && at == ret + TOTP_SECRET_TEXT_BYTES - 1);
	*at = '\0';
}

void totp_code(const struct totp_secret *secret, int64_t at_s, char ret[TOTP_CODE_BYTES])
{
	assert(at_s >= 0);
	const int rc = oath_totp_generate((const char *)secret->bytes, sizeof secret->bytes,
	                                  (time_t)at_s, TOTP_STEP_S, 0, TOTP_DIGITS, ret);
	assert(rc == OATH_OK);
}

/* Six digits, spaces left out; false for any other text. */
static bool read_digits(const char *code, char ret[TOTP_CODE_BYTES])
{
	size_t len = 0;

	memset(ret, 0, TOTP_CODE_BYTES);
	for (; *code != '\0'; code++) {
		if (*code == ' ')
			continue;
		if (*code < '0' || *code > '9' || len == TOTP_DIGITS)
			return false;
		ret[len++] = *code;
	}
	return len == TOTP_DIGITS;
}

bool totp_matches(const struct totp_secret *secret, int64_t at_s, int64_t last_step,
                  const char *code, int64_t *ret_step)
{
	char given[TOTP_CODE_BYTES], right[TOTP_CODE_BYTES];
	const bool shape = read_digits(code, given);
	const int64_t now = at_s / TOTP_STEP_S;
	int64_t found = -1;

	for (int64_t step = now - WINDOW_STEPS; step <= now + WINDOW_STEPS; step++) {
		if (step < 0)
			continue;
		totp_code(secret, step * TOTP_STEP_S, right);
		if (secret_equal(given, right, sizeof right) && step > last_step && found < 0)
			found = step;
	}
	if (!shape || found < 0)
		return false;
	*ret_step = found;
	return true;
}

static const char *percent_encode(const char *text, struct arena *arena)
{
	static const char DIGITS[] = "0123456789ABCDEF";
	char *ret = arena_alloc(arena, strlen(text) * 3 + 1), *at = ret;

	for (; *text != '\0'; text++) {
		const unsigned char c = (unsigned char)*text;
		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		    c == '-' || c == '.' || c == '_' || c == '~') {
			*at++ = (char)c;
			continue;
		}
		*at++ = '%';
		*at++ = DIGITS[c >> 4];
		*at++ = DIGITS[c & 15];
	}
	return ret;
}

const char *totp_uri(const struct totp_secret *secret, const char *issuer, const char *account,
                     struct arena *arena)
{
	char text[TOTP_SECRET_TEXT_BYTES];
	const char *from = percent_encode(issuer, arena);

	totp_secret_text(secret, text);
	return arena_printf(arena, "otpauth://totp/%s:%s?secret=%s&issuer=%s", from,
	                    percent_encode(account, arena), text, from);
}

void recovery_codes_new(struct recovery_code ret[RECOVERY_CODES])
{
	for (int code = 0; code < RECOVERY_CODES; code++) {
		uint8_t bytes[RECOVERY_CODE_BYTES - 2];
		char *at = ret[code].text;
		random_bytes(bytes, sizeof bytes);
		for (size_t i = 0; i < sizeof bytes; i++) {
			if (i == sizeof bytes / 2)
				*at++ = '-';
			*at++ = CROCKFORD[bytes[i] & 31];
		}
		*at = '\0';
	}
}

static char meant(char c)
{
	if (c >= 'a' && c <= 'z')
		c = (char)(c - 32);
	if (c == 'O')
		return '0';
	return c == 'I' || c == 'L' ? '1' : c;
}

struct digest recovery_digest(const struct mac_key *key, int64_t person, const char *text)
{
	char meant_text[RECOVERY_CODE_BYTES] = { 0 };
	size_t len = 0;

	for (; *text != '\0' && len < sizeof meant_text - 1; text++)
		if (*text != ' ' && *text != '-')
			meant_text[len++] = meant(*text);
	const struct span parts[] = { SPAN_OF(person), SPAN(meant_text, len) };
	struct digest ret = digest_keyed(key, "recovery", parts, 2);
	secret_wipe(meant_text, sizeof meant_text);
	return ret;
}
