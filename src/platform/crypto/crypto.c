#include "platform/crypto/crypto.h"

#include <assert.h>
#include <errno.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <sodium.h>

_Static_assert(SIGNATURE_BYTES == crypto_sign_BYTES, "an Ed25519 signature");
_Static_assert(sizeof(struct sign_secret) == crypto_sign_SECRETKEYBYTES, "an Ed25519 secret key");
_Static_assert(SIGN_SEED_BYTES == crypto_sign_SEEDBYTES, "an Ed25519 seed");

enum status crypto_init(struct error *reterr)
{
	if (sodium_init() < 0) {
		(void)FAIL_INTERNAL(reterr);
		reterr->status = ERR_UNAVAILABLE;
		return error_cause(reterr, "libsodium: sodium_init failed: no random source");
	}
	return OK;
}

enum status process_protect(struct error *reterr)
{
	const struct rlimit none = { 0, 0 };

	if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0 || setrlimit(RLIMIT_CORE, &none) != 0) {
		(void)FAIL_INTERNAL(reterr);
		return error_cause(reterr, "process_protect: errno %d", errno);
	}
	return OK;
}

void random_bytes(void *ret, size_t len)
{
	randombytes_buf(ret, len);
}

int64_t random_id(void)
{
	uint64_t value = 0;

	while (value == 0) {
		random_bytes(&value, sizeof value);
		value &= (UINT64_C(1) << 53) - 1;
	}
	return (int64_t)value;
}

bool secret_equal(const void *a, const void *b, size_t len)
{
	return sodium_memcmp(a, b, len) == 0;
}

void secret_wipe(void *p, size_t len)
{
	sodium_memzero(p, len);
}

void mac_key_wipe(struct mac_key *key)
{
	sodium_memzero(key, sizeof *key);
}

static void put_length(crypto_generichash_state *state, size_t len)
{
	uint8_t bytes[8];

	for (int i = 0; i < 8; i++)
		bytes[i] = (uint8_t)((uint64_t)len >> (8 * (7 - i)));
	crypto_generichash_update(state, bytes, sizeof bytes);
}

struct digest digest_keyed(const struct mac_key *key, const char *domain, const struct span *parts,
                           size_t count)
{
	crypto_generichash_state state;
	struct digest ret;
	const size_t domain_len = strlen(domain);

	assert(domain_len > 0);
	crypto_generichash_init(&state, key->bytes, sizeof key->bytes, sizeof ret.bytes);
	put_length(&state, domain_len);
	crypto_generichash_update(&state, (const uint8_t *)domain, domain_len);
	for (size_t i = 0; i < count; i++) {
		put_length(&state, parts[i].len);
		crypto_generichash_update(&state, parts[i].bytes, parts[i].len);
	}
	crypto_generichash_final(&state, ret.bytes, sizeof ret.bytes);
	sodium_memzero(&state, sizeof state);
	return ret;
}

struct mac_key mac_key_derive(const struct mac_key *key, const char *purpose)
{
	struct digest d = digest_keyed(key, "derive", &SPAN_TEXT(purpose), 1);
	struct mac_key ret;

	_Static_assert(sizeof ret == sizeof d, "a derived key is a whole digest");
	memcpy(ret.bytes, d.bytes, sizeof ret.bytes);
	sodium_memzero(&d, sizeof d);
	return ret;
}

void hex_text(const void *bytes, size_t len, char *ret)
{
	static const char DIGITS[] = "0123456789abcdef";
	const uint8_t *b = bytes;

	for (size_t i = 0; i < len; i++) {
		ret[2 * i] = DIGITS[b[i] >> 4];
		ret[2 * i + 1] = DIGITS[b[i] & 15];
	}
	ret[2 * len] = '\0';
}

static int hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return -1;
}

bool hex_parse(const char *text, void *ret, size_t len)
{
	uint8_t *out = ret;

	if (strlen(text) != 2 * len)
		return false;
	for (size_t i = 0; i < len; i++) {
		const int high = hex_value(text[2 * i]), low = hex_value(text[2 * i + 1]);
		if (high < 0 || low < 0)
			return false;
		out[i] = (uint8_t)(high << 4 | low);
	}
	return true;
}

void *secret_alloc(size_t len)
{
	void *p = sodium_malloc(len);

	if (p != NULL)
		sodium_memzero(p, len);
	return p;
}

void secret_free(void *p)
{
	sodium_free(p);
}

void sign_keys(const uint8_t seed[SIGN_SEED_BYTES], struct sign_secret *ret_secret,
               struct sign_public *ret_public)
{
	crypto_sign_seed_keypair(ret_public->bytes, ret_secret->bytes, seed);
}

struct signature sign(const struct sign_secret *key, const void *message, size_t len)
{
	struct signature ret;

	crypto_sign_detached(ret.bytes, NULL, message, len, key->bytes);
	return ret;
}

bool signature_matches(const struct sign_public *key, const struct signature *signature,
                       const void *message, size_t len)
{
	return crypto_sign_verify_detached(signature->bytes, message, len, key->bytes) == 0;
}
