#include "search/saved_search.h"
#include "platform/crypto/stored.h"

#include <string.h>

static const struct db_stmt LIST = {
	"saved_search_list", "ii",
	"SELECT id, uuid, key_id, words, purpose, until_day, made_at FROM saved_search"
	" WHERE appointment_id = $1 AND until_day >= $2 ORDER BY id DESC LIMIT 20"
};
static const struct db_stmt LOAD = {
	"saved_search_load", "iii",
	"SELECT id, uuid, key_id, words, purpose, until_day, made_at FROM saved_search"
	" WHERE appointment_id = $1 AND until_day >= $2 AND id = $3"
};
static const struct db_stmt COUNT = {
	"saved_search_count", "i", "SELECT count(*) FROM saved_search WHERE appointment_id = $1"
};
static const struct db_stmt PUT = { "saved_search_put", "biibbii",
	                            "INSERT INTO saved_search (uuid, appointment_id, key_id, "
	                            "words, purpose, until_day, made_at)"
	                            " VALUES ($1, $2, $3, $4, $5, $6, $7)" };
static const struct db_stmt KEY_OF = {
	"saved_search_key", "ii",
	"SELECT id, key_id FROM saved_search WHERE id = $1 AND appointment_id = $2"
};
static const struct db_stmt ENDED = {
	"saved_search_ended", "i",
	"SELECT id, key_id FROM saved_search WHERE until_day < $1 ORDER BY until_day, id LIMIT 200"
};
static const struct db_stmt DROP = { "saved_search_drop", "i",
	                             "DELETE FROM saved_search WHERE id = $1" };
const struct db_stmt *const saved_search_statements[] = { &LIST,   &LOAD,  &COUNT, &PUT,
	                                                  &KEY_OF, &ENDED, &DROP,  NULL };

static struct seal_place place_of(const struct uuid *uuid, const char *column)
{
	return (struct seal_place){ .table = "saved_search",
		                    .column = column,
		                    .id = uuid_number(uuid) };
}

static enum status open_row(struct db_read *r, struct keyring *k, const struct db_rows *row,
                            struct arena *a, struct saved_search *ret, struct error *reterr)
{
	struct uuid uuid = { { 0 } };
	struct seal_key key;
	size_t len = 0, words_len = 0, purpose_len = 0;

	uuid = uuid_stored(row, 1);
	const struct seal_place words = place_of(&uuid, "words");
	const struct seal_place purpose = place_of(&uuid, "purpose");
	const uint8_t *sealed_words = db_bytes(row, 3, a, &words_len);
	const uint8_t *sealed_purpose = db_bytes(row, 4, a, &purpose_len);
	*ret = (struct saved_search){ .id = db_int(row, 0),
		                      .until_day = db_int(row, 5),
		                      .made_at = db_int(row, 6) };
	enum status st = key_load(r, k, db_int(row, 2), KEY_PARAGRAPH, &key, reterr);
	if (st != OK)
		return st;
	st = seal_open(&key, &words, sealed_words, words_len, a, &ret->words, &len, reterr);
	if (st == OK)
		st = seal_open(&key, &purpose, sealed_purpose, purpose_len, a, &ret->purpose, &len,
		               reterr);
	seal_key_wipe(&key);
	return st;
}

enum status saved_searches(struct db_read *r, struct keyring *k, int64_t appointment_id,
                           int32_t today, struct arena *a, struct array *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct saved_search *list = ARENA_ARRAY(a, struct saved_search, SAVED_SEARCHES_MAX);
	size_t count = 0;
	enum status st =
	    db_query(r, &LIST, DB_ARGS(DB_INT(appointment_id), DB_INT(today)), &rows, reterr);

	while (st == OK && count < SAVED_SEARCHES_MAX && db_next(&rows))
		st = open_row(r, k, &rows, a, &list[count++], reterr);
	*ret = (struct array){ list, count };
	return st == OK ? db_rows_end(&rows, reterr) : st;
}

// NOLINTNEXTLINE(readability-function-size): whose, which, on what day
enum status saved_search_load(struct db_read *r, struct keyring *k, int64_t appointment_id,
                              int64_t id, int32_t today, struct arena *a, struct saved_search *ret,
                              struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(
	    r, &LOAD, DB_ARGS(DB_INT(appointment_id), DB_INT(today), DB_INT(id)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	return st == OK ? open_row(r, k, &row, a, ret, reterr) : st;
}

void saved_search_seal(struct keyring *k, const struct saved_search *search, struct arena *a,
                       struct sealed_search *ret)
{
	const struct seal_place words = place_of(&ret->uuid, "words");
	const struct seal_place purpose = place_of(&ret->uuid, "purpose");

	ret->until_day = search->until_day;
	ret->made_at = search->made_at;
	key_fresh(k, KEY_PARAGRAPH, &ret->key);
	ret->words = seal_in(a, &ret->key.key, &words, search->words, strlen(search->words),
	                     &ret->words_len);
	ret->purpose = seal_in(a, &ret->key.key, &purpose, search->purpose, strlen(search->purpose),
	                       &ret->purpose_len);
	seal_key_wipe(&ret->key.key);
}

enum status saved_search_put(struct db_tx *tx, const struct sealed_search *s, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st =
	    db_query(db_tx_read(tx), &COUNT, DB_ARGS(DB_INT(s->appointment_id)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st != OK)
		return st;
	const bool full = db_int(&row, 0) >= SAVED_SEARCHES_MAX;
	db_rows_close(&row);
	if (full)
		return FAIL(reterr, ERR_LIMIT,
		            "U bewaart al 20 zoekvragen. Haal er eerst een weg.");
	st = key_store(tx, &s->key, reterr);
	return st == OK
	           ? db_exec(tx, &PUT,
	                     DB_ARGS(DB_BYTES(s->uuid.bytes, UUID_BYTES), DB_INT(s->appointment_id),
	                             DB_INT(s->key.id), DB_BYTES(s->words, s->words_len),
	                             DB_BYTES(s->purpose, s->purpose_len), DB_INT(s->until_day),
	                             DB_INT(s->made_at)),
	                     NULL, reterr)
	           : st;
}

/* Those that the statement finds go. */
static enum status drop_found(struct db_tx *tx, const struct db_stmt *find,
                              const struct db_value *args, int64_t *ret_count, struct error *reterr)
{
	enum { AT_ONCE = 200 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	int64_t(*list)[2] = arena_alloc(db_tx_arena(tx), AT_ONCE * sizeof *list);
	enum status st = db_query(db_tx_read(tx), find, args, &rows, reterr);

	*ret_count = 0;
	if (st != OK)
		return st;
	for (; *ret_count < AT_ONCE && db_next(&rows); (*ret_count)++) {
		list[*ret_count][0] = db_int(&rows, 0);
		list[*ret_count][1] = db_int(&rows, 1);
	}
	st = db_rows_end(&rows, reterr);
	db_rows_close(&rows);
	for (int64_t i = 0; st == OK && i < *ret_count; i++) {
		st = db_exec(tx, &DROP, DB_ARGS(DB_INT(list[i][0])), NULL, reterr);
		if (st == OK)
			st = key_destroy(tx, list[i][1], reterr);
	}
	return st;
}

enum status saved_search_remove(struct db_tx *tx, int64_t appointment_id, int64_t id,
                                struct error *reterr)
{
	int64_t count = 0;
	enum status st =
	    drop_found(tx, &KEY_OF, DB_ARGS(DB_INT(id), DB_INT(appointment_id)), &count, reterr);

	return st == OK && count == 0 ? FAIL_NOT_FOUND(reterr) : st;
}

enum status saved_searches_end(struct db_tx *tx, int32_t today, int64_t *ret_count,
                               struct error *reterr)
{
	return drop_found(tx, &ENDED, DB_ARGS(DB_INT(today)), ret_count, reterr);
}
