#include "platform/crypto/uuid.h"

#include <assert.h>

#include "platform/crypto/crypto.h"

static void mark_version(struct uuid *u, uint8_t version)
{
	u->bytes[6] = (uint8_t)((u->bytes[6] & 0x0f) | version << 4);
	u->bytes[8] = (uint8_t)((u->bytes[8] & 0x3f) | 0x80);
}

struct uuid uuid_at(int64_t at_ms)
{
	struct uuid ret;

	assert(at_ms >= 0 && at_ms < INT64_C(1) << 48);
	random_bytes(ret.bytes, sizeof ret.bytes);
	for (int i = 0; i < 6; i++)
		ret.bytes[i] = (uint8_t)(at_ms >> (8 * (5 - i)));
	mark_version(&ret, 7);
	return ret;
}

struct uuid uuid_random(void)
{
	struct uuid ret;

	random_bytes(ret.bytes, sizeof ret.bytes);
	mark_version(&ret, 4);
	return ret;
}

static bool hyphen_before(int byte_index)
{
	return byte_index == 4 || byte_index == 6 || byte_index == 8 || byte_index == 10;
}

void uuid_text(const struct uuid *uuid, char ret[UUID_TEXT_BYTES])
{
	char *at = ret;

	for (int i = 0; i < UUID_BYTES; i++) {
		if (hyphen_before(i))
			*at++ = '-';
		hex_text(&uuid->bytes[i], 1, at);
		at += 2;
	}
	assert(at == ret + UUID_TEXT_BYTES - 1);
}

bool uuid_parse(const char *text, struct uuid *ret)
{
	struct uuid u;

	for (int i = 0; i < UUID_BYTES; i++) {
		char pair[3] = { 0 };
		if (hyphen_before(i) && *text++ != '-')
			return false;
		for (int k = 0; k < 2; k++) {
			if (*text == '\0')
				return false;
			pair[k] = *text >= 'A' && *text <= 'F' ? (char)(*text + 32) : *text;
			text++;
		}
		if (!hex_parse(pair, &u.bytes[i], 1))
			return false;
	}
	const uint8_t version = u.bytes[6] >> 4;
	if (*text != '\0' || (version != 4 && version != 7) || (u.bytes[8] & 0xc0) != 0x80)
		return false;
	*ret = u;
	return true;
}

int64_t uuid_number(const struct uuid *uuid)
{
	uint64_t number = 0;

	for (int i = 8; i < UUID_BYTES; i++)
		number = number << 8 | uuid->bytes[i];
	return (int64_t)(number & INT64_MAX);
}
