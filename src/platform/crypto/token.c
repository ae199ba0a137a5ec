#include "platform/crypto/token.h"

#include <sodium.h>

enum { BASE64 = sodium_base64_VARIANT_URLSAFE_NO_PADDING };

size_t base64_text_bytes(size_t len)
{
	return sodium_base64_ENCODED_LEN(len, BASE64);
}

void base64_text(const void *bytes, size_t len, char *ret)
{
	sodium_bin2base64(ret, base64_text_bytes(len), bytes, len, BASE64);
}

bool base64_parse(const char *text, void *ret, size_t len)
{
	static const char DIGITS[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
	const size_t text_len = strlen(text);
	size_t got = 0;

	/* libsodium takes some bytes above 127 for digits */
	return text_len + 1 == base64_text_bytes(len) && strspn(text, DIGITS) == text_len &&
	       sodium_base642bin(ret, len, text, text_len, NULL, &got, NULL, BASE64) == 0 &&
	       got == len;
}

struct token token_new(void)
{
	uint8_t bytes[TOKEN_BYTES];
	struct token ret;

	random_bytes(bytes, sizeof bytes);
	base64_text(bytes, sizeof bytes, ret.text);
	secret_wipe(bytes, sizeof bytes);
	return ret;
}

bool token_has_shape(const char *text)
{
	uint8_t bytes[TOKEN_BYTES];
	const bool shape = base64_parse(text, bytes, sizeof bytes);

	secret_wipe(bytes, sizeof bytes);
	return shape;
}

struct digest token_digest(const struct mac_key *key, const char *kind, const char *text)
{
	return digest_keyed(key, kind, &SPAN_TEXT(text), 1);
}

struct token csrf_token(const struct mac_key *key, const struct digest *session, const char *route)
{
	const struct span parts[] = { SPAN_OF(session->bytes), SPAN_TEXT(route) };
	const struct digest d = digest_keyed(key, "csrf", parts, 2);
	struct token ret;

	_Static_assert(sizeof d.bytes == TOKEN_BYTES, "a CSRF token looks like any token");
	base64_text(d.bytes, sizeof d.bytes, ret.text);
	return ret;
}

bool csrf_matches(const struct mac_key *key, const struct digest *session, const char *route,
                  const char *given)
{
	const struct token right = csrf_token(key, session, route);

	return given != NULL && strlen(given) == sizeof right.text - 1 &&
	       secret_equal(given, right.text, sizeof right.text - 1);
}

void etag_text(const struct mac_key *key, const void *bytes, size_t len, char ret[ETAG_TEXT_BYTES])
{
	const struct digest d = digest_keyed(key, "etag", &SPAN(bytes, len), 1);

	base64_text(d.bytes, 16, ret);
}

uint64_t pseudonym(const struct mac_key *key, const char *domain, const void *bytes, size_t len)
{
	const struct digest d = digest_keyed(key, domain, &SPAN(bytes, len), 1);
	uint64_t ret = 0;

	for (int i = 0; i < 8; i++)
		ret = ret << 8 | d.bytes[i];
	return ret;
}
