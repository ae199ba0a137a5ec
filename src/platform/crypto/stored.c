#include "platform/crypto/stored.h"

struct uuid uuid_stored(const struct db_rows *row, int column)
{
	struct uuid uuid = { { 0 } };

	(void)db_exactly(row, column, uuid.bytes, sizeof uuid.bytes);
	return uuid;
}

struct digest digest_stored(const struct db_rows *row, int column)
{
	struct digest digest = { { 0 } };

	(void)db_exactly(row, column, digest.bytes, sizeof digest.bytes);
	return digest;
}

struct span span_stored(const struct db_rows *row, int column, struct arena *a)
{
	struct span s = { NULL, 0 };

	if (!db_is_null(row, column))
		s.bytes = db_bytes(row, column, a, &s.len);
	return s;
}

enum status text_open(struct db_read *r, struct keyring *k, const struct closed_text *t,
                      const struct seal_place *place, struct arena *a, const char **ret,
                      struct error *reterr)
{
	struct seal_key key;
	size_t len = 0;

	*ret = "";
	if (t->key_id == 0 || t->sealed.len == 0)
		return OK;
	enum status st = key_load(r, k, t->key_id, KEY_PARAGRAPH, &key, reterr);
	if (st != OK)
		return st == ERR_NOT_FOUND ? OK : st;
	st = seal_open(&key, place, t->sealed.bytes, t->sealed.len, a, ret, &len, reterr);
	seal_key_wipe(&key);
	return st;
}
