#include "platform/crypto/seal.h"

#include <assert.h>

#include <sodium.h>

#include "platform/crypto/crypto.h"

enum {
	FORM = 1,
	NONCE_BYTES = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
	TAG_BYTES = crypto_aead_xchacha20poly1305_ietf_ABYTES,
	PLACE_MAX_BYTES = 256,
};

_Static_assert(SEAL_OVERHEAD_BYTES == 1 + NONCE_BYTES + TAG_BYTES, "version, nonce, tag");
_Static_assert(SEAL_KEY_BYTES == crypto_aead_xchacha20poly1305_ietf_KEYBYTES, "key size");

/* The place as bytes: unambiguous, since texts have their length before them. */
struct place_bytes {
	uint8_t bytes[PLACE_MAX_BYTES];
	size_t len;
};

static void put_int(struct place_bytes *p, int64_t value)
{
	assert(p->len + 8 <= sizeof p->bytes);
	for (int i = 0; i < 8; i++)
		p->bytes[p->len++] = (uint8_t)((uint64_t)value >> (8 * (7 - i)));
}

static void put_name(struct place_bytes *p, const char *name)
{
	const size_t len = strlen(name);

	assert(len < 64);
	p->bytes[p->len++] = (uint8_t)len;
	memcpy(p->bytes + p->len, name, len);
	p->len += len;
}

static struct place_bytes place_encode(const struct seal_place *place)
{
	struct place_bytes p = { .len = 0 };

	put_name(&p, place->table);
	put_name(&p, place->column);
	put_int(&p, place->id);
	put_int(&p, place->presence);
	put_int(&p, place->category);
	put_int(&p, place->phase);
	put_int(&p, place->source);
	put_int(&p, place->version);
	return p;
}

struct seal_key seal_key_new(void)
{
	struct seal_key ret;

	random_bytes(ret.bytes, sizeof ret.bytes);
	return ret;
}

void seal_key_wipe(struct seal_key *key)
{
	secret_wipe(key, sizeof *key);
}

static void encrypt(const struct seal_key *key, const struct place_bytes *place, const void *plain,
                    size_t len, uint8_t *ret)
{
	ret[0] = FORM;
	random_bytes(ret + 1, NONCE_BYTES);
	crypto_aead_xchacha20poly1305_ietf_encrypt(ret + 1 + NONCE_BYTES, NULL, plain, len,
	                                           place->bytes, place->len, NULL, ret + 1,
	                                           key->bytes);
}

static bool decrypt(const struct seal_key *key, const struct place_bytes *place,
                    const uint8_t *sealed, size_t len, uint8_t *ret)
{
	return len >= SEAL_OVERHEAD_BYTES && sealed[0] == FORM &&
	       crypto_aead_xchacha20poly1305_ietf_decrypt(ret, NULL, NULL, sealed + 1 + NONCE_BYTES,
	                                                  len - 1 - NONCE_BYTES, place->bytes,
	                                                  place->len, sealed + 1, key->bytes) == 0;
}

void seal(const struct seal_key *key, const struct seal_place *place, const void *plain, size_t len,
          uint8_t *ret)
{
	const struct place_bytes p = place_encode(place);

	encrypt(key, &p, plain, len, ret);
}

const uint8_t *seal_in(struct arena *arena, const struct seal_key *key,
                       const struct seal_place *place, const void *plain, size_t len,
                       size_t *ret_len)
{
	uint8_t *ret = arena_alloc(arena, len + SEAL_OVERHEAD_BYTES);

	seal(key, place, plain, len, ret);
	*ret_len = len + SEAL_OVERHEAD_BYTES;
	return ret;
}

// NOLINTNEXTLINE(readability-function-size): a value of two parts goes in, one of two comes out
enum status seal_open(const struct seal_key *key, const struct seal_place *place,
                      const uint8_t *sealed, size_t len, struct arena *arena, const char **ret,
                      size_t *ret_len, struct error *reterr)
{
	const struct place_bytes p = place_encode(place);
	uint8_t *plain = arena_alloc(arena, len + 1);

	if (!decrypt(key, &p, sealed, len, plain)) {
		(void)FAIL_INTERNAL(reterr);
		return error_cause(reterr, "seal: %s.%s of row %lld does not open", place->table,
		                   place->column, (long long)place->id);
	}
	*ret = (const char *)plain;
	*ret_len = len - SEAL_OVERHEAD_BYTES;
	return OK;
}

struct seal_key seal_tie_key(int64_t presence_a, const struct seal_key *a, int64_t presence_b,
                             const struct seal_key *b)
{
	const bool in_order = presence_a < presence_b;
	const struct seal_key *first = in_order ? a : b, *second = in_order ? b : a;
	struct mac_key key;
	struct seal_key ret;

	assert(presence_a != presence_b);
	memcpy(key.bytes, first->bytes, sizeof key.bytes);
	struct digest d = digest_keyed(&key, "tie", &SPAN_OF(second->bytes), 1);
	memcpy(ret.bytes, d.bytes, sizeof ret.bytes);
	secret_wipe(&d, sizeof d);
	mac_key_wipe(&key);
	return ret;
}

static struct place_bytes wrap_place(int64_t id, int kind)
{
	const struct seal_place place = {
		.table = "sealed_key", .column = "wrapped", .id = id, .category = kind
	};

	return place_encode(&place);
}

void seal_wrap(const struct seal_key *with, int64_t id, int kind, const struct seal_key *key,
               uint8_t ret[SEAL_WRAPPED_BYTES])
{
	const struct place_bytes p = wrap_place(id, kind);

	encrypt(with, &p, key->bytes, sizeof key->bytes, ret);
}

bool seal_unwrap(const struct seal_key *with, int64_t id, int kind,
                 const uint8_t wrapped[SEAL_WRAPPED_BYTES], struct seal_key *ret)
{
	const struct place_bytes p = wrap_place(id, kind);

	return decrypt(with, &p, wrapped, SEAL_WRAPPED_BYTES, ret->bytes);
}
