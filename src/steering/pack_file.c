#include "steering/pack_file.h"

#include <string.h>

static const struct db_stmt LOAD = {
	"pack_file_load", "ii",
	"SELECT copy_id, state, per_mille, ready_at, bytes, key_id, mark FROM steering_pack_file"
	" WHERE copy_id = $1 AND (state <> 3 OR ready_at > $2)"
};
static const struct db_stmt OPEN = { "pack_file_open", "i",
	                             "SELECT sealed FROM steering_pack_file WHERE copy_id = $1"
	                             " AND state = 3" };
static const struct db_stmt NEXT = {
	"pack_order_next", "i",
	"SELECT f.copy_id, x.appointment_id, a.role, m.reference, x.reference"
	" FROM steering_pack_file f JOIN steering_copy x ON x.id = f.copy_id"
	" JOIN meeting m ON m.id = x.meeting_id JOIN appointment a ON a.id = x.appointment_id"
	" WHERE f.state IN (1, 2) AND f.taken_until <= $1 ORDER BY f.asked_at, f.copy_id LIMIT 1"
};
static const struct db_stmt KEY = { "pack_file_key", "i",
	                            "SELECT key_id FROM steering_pack_file WHERE copy_id = $1" };
static const struct db_stmt ASK = {
	"pack_file_ask", "ii",
	"INSERT INTO steering_pack_file (copy_id, state, asked_at) VALUES ($1, 1, $2)"
	" ON CONFLICT (copy_id) DO UPDATE SET state = 1, per_mille = 0, asked_at = $2,"
	" taken_until = 0, ready_at = 0, bytes = 0, mark = NULL, key_id = 0, sealed = NULL"
};
static const struct db_stmt TAKE = {
	"pack_file_take", "iii",
	"UPDATE steering_pack_file SET state = 2, per_mille = 0, taken_until = $3"
	" WHERE copy_id = $1 AND state IN (1, 2) AND taken_until <= $2"
};
static const struct db_stmt TELL = {
	"pack_file_tell", "iii",
	"UPDATE steering_pack_file SET per_mille = $2, taken_until = $3 WHERE copy_id = $1"
	" AND state = 2"
};
static const struct db_stmt FILL = {
	"pack_file_fill", "iiibib",
	"UPDATE steering_pack_file SET state = 3, per_mille = 1000, ready_at = $2, bytes = $3,"
	" mark = $4, key_id = $5, sealed = $6 WHERE copy_id = $1 AND state = 2"
};
static const struct db_stmt FAIL_IT = { "pack_file_fail", "i",
	                                "UPDATE steering_pack_file SET state = 4"
	                                " WHERE copy_id = $1 AND state = 2" };
static const struct db_stmt OLD_KEYS = { "pack_file_old_keys", "i",
	                                 "SELECT key_id FROM steering_pack_file WHERE state = 3"
	                                 " AND ready_at <= $1 ORDER BY copy_id" };
static const struct db_stmt DROP_OLD = { "pack_file_drop_old", "i",
	                                 "DELETE FROM steering_pack_file WHERE state = 3"
	                                 " AND ready_at <= $1" };
#define OF_CASEFILE                                                                                \
	" WHERE copy_id IN (SELECT x.id FROM steering_copy x JOIN steering_point t"                \
	" ON t.meeting_id = x.meeting_id WHERE x.kind = 1 AND t.casefile_id = $1)"
static const struct db_stmt CASE_KEYS = { "pack_file_case_keys", "i",
	                                  "SELECT key_id FROM steering_pack_file" OF_CASEFILE
	                                  " ORDER BY copy_id" };
static const struct db_stmt DROP_CASE = { "pack_file_drop_case", "i",
	                                  "DELETE FROM steering_pack_file" OF_CASEFILE };
static const struct db_stmt CASE_OF = { "pack_file_case_of", "i",
	                                "SELECT coalesce(casefile_id, 0) FROM presence"
	                                " WHERE id = $1" };

const struct db_stmt *const pack_file_statements[] = {
	&LOAD,    &OPEN,     &NEXT,     &KEY,       &ASK,       &TAKE,    &TELL, &FILL,
	&FAIL_IT, &OLD_KEYS, &DROP_OLD, &CASE_KEYS, &DROP_CASE, &CASE_OF, NULL,
};

static struct seal_place place_of(int64_t copy_id)
{
	return (
	    struct seal_place){ .table = "steering_pack_file", .column = "sealed", .id = copy_id };
}

/* ---- reading ----------------------------------------------------------------------------------- */

enum status pack_file_load(struct db_read *r, int64_t copy_id, int64_t now_ms, struct arena *a,
                           struct pack_file *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	size_t len = 0;

	*ret = (struct pack_file){ .copy_id = copy_id };
	const enum status st = db_query(
	    r, &LOAD, DB_ARGS(DB_INT(copy_id), DB_INT(now_ms - PACK_FILE_MS)), &row, reterr);
	if (st != OK)
		return st;
	if (db_next(&row)) {
		ret->state = (int)db_int(&row, 1);
		ret->per_mille = db_int(&row, 2);
		ret->ready_at = db_int(&row, 3);
		ret->bytes = db_int(&row, 4);
		ret->key_id = db_int(&row, 5);
		const uint8_t *mark = db_bytes(&row, 6, a, &len);
		if (len == sizeof ret->mark.bytes)
			memcpy(ret->mark.bytes, mark, len);
	}
	return db_rows_end(&row, reterr);
}

enum status pack_file_open(struct db_read *r, struct keyring *k, const struct pack_file *f,
                           struct arena *a, const char **ret, size_t *ret_len, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	const struct seal_place place = place_of(f->copy_id);
	struct seal_key key;
	size_t len = 0;

	enum status st = db_query(r, &OPEN, DB_ARGS(DB_INT(f->copy_id)), &row, reterr);
	if (st == OK)
		st = db_one(&row, reterr);
	if (st == OK)
		st = key_load(r, k, f->key_id, KEY_PARAGRAPH, &key, reterr);
	if (st != OK)
		return st;
	const uint8_t *sealed = db_bytes(&row, 0, a, &len);
	st = seal_open(&key, &place, sealed, len, a, ret, ret_len, reterr);
	seal_key_wipe(&key);
	return st;
}

enum status pack_order_next(struct db_read *r, int64_t now_ms, struct arena *a,
                            struct pack_order *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	const enum status st = db_query(r, &NEXT, DB_ARGS(DB_INT(now_ms)), &row, reterr);

	*ret = (struct pack_order){ 0 };
	if (st != OK)
		return st;
	if (db_next(&row))
		*ret = (struct pack_order){ .copy_id = db_int(&row, 0),
			                    .appointment_id = db_int(&row, 1),
			                    .role = (enum role)db_int(&row, 2),
			                    .meeting = db_text(&row, 3, a),
			                    .copy = db_text(&row, 4, a) };
	return db_rows_end(&row, reterr);
}

/* ---- inside a job ------------------------------------------------------------------------------ */

enum status pack_file_ask(struct db_tx *tx, int64_t copy_id, int64_t now_ms, struct error *reterr)
{
	const enum status st = keys_destroy(tx, &KEY, DB_ARGS(DB_INT(copy_id)), reterr);

	return st == OK ? db_exec(tx, &ASK, DB_ARGS(DB_INT(copy_id), DB_INT(now_ms)), NULL, reterr)
	                : st;
}

enum status pack_file_take(struct db_tx *tx, int64_t copy_id, int64_t now_ms, struct error *reterr)
{
	int64_t moved = 0;
	const enum status st = db_exec(
	    tx, &TAKE, DB_ARGS(DB_INT(copy_id), DB_INT(now_ms), DB_INT(now_ms + PACK_TAKEN_MS)),
	    &moved, reterr);

	if (st == OK && moved == 0)
		return FAIL(reterr, ERR_CONFLICT, "Deze PDF wordt al gemaakt.");
	return st;
}

enum status pack_file_tell(struct db_tx *tx, int64_t copy_id, int64_t per_mille, int64_t now_ms,
                           struct error *reterr)
{
	return db_exec(tx, &TELL,
	               DB_ARGS(DB_INT(copy_id), DB_INT(per_mille), DB_INT(now_ms + PACK_TAKEN_MS)),
	               NULL, reterr);
}

void pack_file_seal(struct keyring *k, const char *bytes, size_t len, struct arena *a,
                    struct pack_filled *ret)
{
	const struct seal_place place = place_of(ret->copy_id);

	key_fresh(k, KEY_PARAGRAPH, &ret->key);
	ret->sealed = seal_in(a, &ret->key.key, &place, bytes, len, &ret->len);
	ret->bytes = (int64_t)len;
	seal_key_wipe(&ret->key.key);
}

enum status pack_file_put(struct db_tx *tx, const struct pack_filled *f, struct error *reterr)
{
	int64_t moved = 0;

	if (f->sealed == NULL)
		return db_exec(tx, &FAIL_IT, DB_ARGS(DB_INT(f->copy_id)), NULL, reterr);
	enum status st = key_store(tx, &f->key, reterr);
	if (st == OK)
		st = db_exec(tx, &FILL,
		             DB_ARGS(DB_INT(f->copy_id), DB_INT(f->now_ms), DB_INT(f->bytes),
		                     DB_BYTES(f->mark.bytes, sizeof f->mark.bytes),
		                     DB_INT(f->key.id), DB_BYTES(f->sealed, f->len)),
		             &moved, reterr);
	if (st == OK && moved == 0) /* it was destroyed or asked again meanwhile: no key stays */
		return FAIL(reterr, ERR_CONFLICT, "Deze PDF is niet meer nodig.");
	return st;
}

enum status pack_files_expire(struct db_tx *tx, int64_t before_ms, struct error *reterr)
{
	const enum status st = keys_destroy(tx, &OLD_KEYS, DB_ARGS(DB_INT(before_ms)), reterr);

	return st == OK ? db_exec(tx, &DROP_OLD, DB_ARGS(DB_INT(before_ms)), NULL, reterr) : st;
}

enum status pack_files_forget(struct db_tx *tx, int64_t casefile_id, struct error *reterr)
{
	const enum status st = keys_destroy(tx, &CASE_KEYS, DB_ARGS(DB_INT(casefile_id)), reterr);

	return st == OK ? db_exec(tx, &DROP_CASE, DB_ARGS(DB_INT(casefile_id)), NULL, reterr) : st;
}

enum status pack_files_forget_presence(struct db_tx *tx, int64_t presence_id, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	int64_t casefile_id = 0;

	enum status st =
	    db_query(db_tx_read(tx), &CASE_OF, DB_ARGS(DB_INT(presence_id)), &row, reterr);
	if (st != OK)
		return st;
	if (db_next(&row))
		casefile_id = db_int(&row, 0);
	st = db_rows_end(&row, reterr);
	db_rows_close(&row);
	return st == OK && casefile_id != 0 ? pack_files_forget(tx, casefile_id, reterr) : st;
}
