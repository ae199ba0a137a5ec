#include "platform/crypto/sealed_key.h"

#include <assert.h>

enum { BATCH = 200 };

static const struct db_stmt PERIOD_ADD = {
	"key_period_add", "ii",
	"INSERT INTO key_period (id, began_at) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING"
};
static const struct db_stmt PERIOD_END = {
	"key_period_end", "i",
	"DELETE FROM key_period WHERE id = $1"
	" AND NOT EXISTS (SELECT 1 FROM sealed_key WHERE period_id = $1)"
};
static const struct db_stmt PERIOD_FIND = { "key_period_find", "i",
	                                    "SELECT id FROM key_period WHERE id = $1" };
static const struct db_stmt PERIOD_LIVING = {
	"key_period_living", "",
	"SELECT id, (SELECT count(*) FROM sealed_key WHERE period_id = key_period.id), began_at"
	" FROM key_period ORDER BY id"
};
/* At each start: no counting, of which half a million keys take half a second. */
static const struct db_stmt PERIOD_NEEDED = {
	"key_period_needed", "",
	"SELECT id FROM key_period WHERE EXISTS"
	" (SELECT 1 FROM sealed_key k WHERE k.period_id = key_period.id) ORDER BY id"
};
static const struct db_stmt KEY_ADD = {
	"sealed_key_add", "iiib",
	"INSERT INTO sealed_key (id, kind, period_id, wrapped) VALUES ($1, $2, $3, $4)"
};
static const struct db_stmt KEY_FIND = {
	"sealed_key_find", "ii",
	"SELECT period_id, wrapped FROM sealed_key WHERE id = $1 AND kind = $2"
};
static const struct db_stmt KEY_REMOVE = { "sealed_key_remove", "i",
	                                   "DELETE FROM sealed_key WHERE id = $1" };
static const struct db_stmt KEY_BATCH = {
	"sealed_key_batch", "ii",
	"SELECT id, kind, wrapped FROM sealed_key WHERE period_id = $1 ORDER BY id LIMIT $2"
};
static const struct db_stmt KEY_REWRAP = {
	"sealed_key_rewrap", "iiib",
	"UPDATE sealed_key SET period_id = $3, wrapped = $4 WHERE id = $1 AND period_id = $2"
};

void key_fresh(struct keyring *k, enum key_kind kind, struct fresh_key *ret)
{
	assert(kind > 0 && kind < KEY_KIND_COUNT);
	*ret = (struct fresh_key){ .id = keyring_next_id(k), .kind = kind, .key = seal_key_new() };
	keyring_wrap(k, ret->id, (int)kind, &ret->key, &ret->period, ret->wrapped);
}

enum status key_store(struct db_tx *tx, const struct fresh_key *key, struct error *reterr)
{
	return db_exec_late(tx, &KEY_ADD,
	                    DB_ARGS(DB_INT(key->id), DB_INT(key->kind), DB_INT(key->period),
	                            DB_BYTES(key->wrapped, sizeof key->wrapped)),
	                    reterr);
}

/* The wrapped bytes in this column; false if the row is damaged. */
static bool wrapped_of(const struct db_rows *rows, int column, uint8_t ret[SEAL_WRAPPED_BYTES])
{
	struct arena a;
	size_t len;

	arena_init(&a, 4096);
	const uint8_t *bytes = db_bytes(rows, column, &a, &len);
	if (len == SEAL_WRAPPED_BYTES)
		memcpy(ret, bytes, SEAL_WRAPPED_BYTES);
	arena_reset(&a);
	return len == SEAL_WRAPPED_BYTES;
}

enum status key_load(struct db_read *r, struct keyring *k, int64_t id, enum key_kind kind,
                     struct seal_key *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	uint8_t wrapped[SEAL_WRAPPED_BYTES];
	enum status st = db_query(r, &KEY_FIND, DB_ARGS(DB_INT(id), DB_INT(kind)), &rows, reterr);

	if (st == OK)
		st = db_one(&rows, reterr);
	if (st != OK)
		return st;
	if (!wrapped_of(&rows, 1, wrapped))
		return FAIL_INTERNAL(reterr);
	return keyring_unwrap(k, db_int(&rows, 0), id, (int)kind, wrapped, ret, reterr);
}

struct wrapped_key key_beside(const struct db_rows *row, int id_column, int period_column,
                              enum key_kind kind, struct arena *a)
{
	struct wrapped_key key = { .id = db_int(row, id_column), .kind = kind };

	if (db_is_null(row, period_column + 1))
		return key;
	key.period = db_int(row, period_column);
	key.bytes = db_bytes(row, period_column + 1, a, &key.len);
	return key;
}

enum status key_open(struct keyring *k, const struct wrapped_key *key, struct seal_key *ret,
                     struct error *reterr)
{
	if (key->bytes == NULL)
		return FAIL_NOT_FOUND(reterr);
	if (key->len != SEAL_WRAPPED_BYTES)
		return FAIL_INTERNAL(reterr);
	return keyring_unwrap(k, key->period, key->id, (int)key->kind, key->bytes, ret, reterr);
}

enum status key_destroy(struct db_tx *tx, int64_t id, struct error *reterr)
{
	int64_t changed = 0;
	const enum status st = db_exec(tx, &KEY_REMOVE, DB_ARGS(DB_INT(id)), &changed, reterr);

	return st == OK && changed == 0 ? FAIL_NOT_FOUND(reterr) : st;
}

enum status keys_destroy(struct db_tx *tx, const struct db_stmt *find, const struct db_value *args,
                         struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	int64_t *ids = ARENA_ARRAY(db_tx_arena(tx), int64_t, KEYS_FORGOTTEN_MAX);
	size_t count = 0;

	enum status st = db_query(db_tx_read(tx), find, args, &rows, reterr);
	while (st == OK && count < KEYS_FORGOTTEN_MAX && db_next(&rows))
		ids[count++] = db_int(&rows, 0);
	if (st == OK && count == KEYS_FORGOTTEN_MAX)
		return FAIL(reterr, ERR_LIMIT, "Dit is te veel om in een keer te vernietigen.");
	if (st == OK)
		st = db_rows_end(&rows, reterr);
	db_rows_close(&rows); /* a second statement runs when the first is done */
	for (size_t i = 0; st == OK && i < count; i++) {
		st = ids[i] != 0 ? key_destroy(tx, ids[i], reterr) : OK;
		if (st == ERR_NOT_FOUND)
			st = OK;
	}
	return st;
}

/* ---- figures ----------------------------------------------------------------------------------
 */

enum status keys_figures(struct db_read *r, struct keys_figures *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	const enum status st = db_query(r, &PERIOD_LIVING, DB_NO_ARGS, &rows, reterr);

	*ret = (struct keys_figures){ 0 };
	if (st != OK)
		return st;
	while (db_next(&rows)) {
		ret->periods++;
		ret->newest_period = db_int(&rows, 0);
		ret->keys += db_int(&rows, 1);
		ret->newest_began_ms = db_int(&rows, 2);
	}
	return db_rows_end(&rows, reterr);
}

/* ---- start
 * --------------------------------------------------------------------------------------- */

struct period_row {
	int64_t id, at_ms;
};

static enum status add_period(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct period_row *p = args;

	return db_exec(tx, &PERIOD_ADD, DB_ARGS(DB_INT(p->id), DB_INT(p->at_ms)), NULL, reterr);
}

static enum status bulk(struct db *db, db_job_fn *run, void *args, struct error *reterr)
{
	struct db_job job = { .run = run, .args = args, .lane = LANE_BULK };

	return db_run(db, &job, reterr);
}

static bool has(const int64_t *periods, size_t count, int64_t number)
{
	for (size_t i = 0; i < count; i++)
		if (periods[i] == number)
			return true;
	return false;
}

/* Every period that keys need must be in the ring. */
static enum status check_periods(struct db *db, const int64_t *periods, size_t count,
                                 struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct db_read *r;
	int64_t lost = 0;
	enum status st = db_read_begin(db, &r, reterr);

	if (st != OK)
		return st;
	st = db_query(r, &PERIOD_NEEDED, DB_NO_ARGS, &rows, reterr);
	while (st == OK && db_next(&rows))
		if (!has(periods, count, db_int(&rows, 0)))
			lost = db_int(&rows, 0);
	if (st == OK)
		st = db_rows_end(&rows, reterr);
	db_rows_close(&rows);
	db_read_end(r);
	if (st == OK && lost != 0) {
		(void)FAIL(reterr, ERR_UNAVAILABLE,
		           "Een periodesleutel ontbreekt. Zet een kopie uit bewaring terug.");
		return error_cause(reterr, "keys need period %lld, which isn't in the folder",
		                   (long long)lost);
	}
	return st;
}

static enum status period_has_row(struct db *db, int64_t period, bool *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct db_read *r;
	enum status st = db_read_begin(db, &r, reterr);

	if (st != OK)
		return st;
	st = db_query(r, &PERIOD_FIND, DB_ARGS(DB_INT(period)), &rows, reterr);
	*ret = st == OK && db_next(&rows);
	if (st == OK)
		st = db_rows_end(&rows, reterr);
	db_rows_close(&rows);
	db_read_end(r);
	return st;
}

enum status keys_start(struct db *db, struct keyring *k, int64_t now_ms, struct error *reterr)
{
	int64_t periods[KEYRING_PERIODS_MAX];
	const size_t count = keyring_periods(k, periods);
	struct period_row newest = { periods[count - 1], now_ms };
	bool needed = true;
	enum status st = bulk(db, add_period, &newest, reterr);

	if (st == OK)
		st = check_periods(db, periods, count, reterr);
	if (st == OK && count == 2)
		st = period_has_row(db, periods[0], &needed, reterr);
	/* Its row went in the last step of a rotation, and then the power. */
	if (st == OK && !needed)
		st = keyring_destroy_period(k, periods[0], reterr);
	return st;
}

/* ---- rotation
 * ------------------------------------------------------------------------------------- */

struct rewrapping {
	struct keyring *ring;
	int64_t from;
	int64_t count, damaged; /* of this batch; set anew by every run */
};

struct living {
	int64_t id;
	int kind;
	bool whole;
	uint8_t wrapped[SEAL_WRAPPED_BYTES];
};

static enum status read_batch(struct db_tx *tx, int64_t from, struct living *list,
                              size_t *ret_count, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	const enum status st = db_query(db_tx_read(tx), &KEY_BATCH,
	                                DB_ARGS(DB_INT(from), DB_INT(BATCH)), &rows, reterr);

	*ret_count = 0;
	if (st != OK)
		return st;
	while (*ret_count < BATCH && db_next(&rows)) {
		struct living *l = &list[(*ret_count)++];
		l->id = db_int(&rows, 0);
		l->kind = (int)db_int(&rows, 1);
		l->whole = wrapped_of(&rows, 2, l->wrapped);
	}
	return db_rows_end(&rows, reterr);
}

static enum status rewrap_one(struct db_tx *tx, struct rewrapping *w, struct living *l,
                              struct error *reterr)
{
	struct seal_key key;
	struct error unopened;
	int64_t to, unused;
	uint8_t wrapped[SEAL_WRAPPED_BYTES];
	const bool opened = l->whole && keyring_unwrap(w->ring, w->from, l->id, l->kind, l->wrapped,
	                                               &key, &unopened) == OK;

	if (!opened)
		key = seal_key_new();
	keyring_wrap(w->ring, l->id, l->kind, &key, &to, wrapped);
	/* A row that doesn't open moves as it is: it would hold the old period back for ever. */
	if (!opened)
		w->damaged++;
	seal_key_wipe(&key);
	return db_exec(tx, &KEY_REWRAP,
	               DB_ARGS(DB_INT(l->id), DB_INT(w->from), DB_INT(to),
	                       DB_BYTES(opened ? wrapped : l->wrapped, SEAL_WRAPPED_BYTES)),
	               &unused, reterr);
}

static enum status rewrap_batch(struct db_tx *tx, void *args, struct error *reterr)
{
	struct rewrapping *w = args;
	struct living *list = ARENA_ARRAY(db_tx_arena(tx), struct living, BATCH);
	size_t count;
	enum status st = read_batch(tx, w->from, list, &count, reterr);

	w->count = 0;
	w->damaged = 0;
	for (size_t i = 0; st == OK && i < count; i++, w->count++)
		st = rewrap_one(tx, w, &list[i], reterr);
	return st;
}

static enum status end_period(struct db_tx *tx, void *args, struct error *reterr)
{
	const int64_t *period = args;

	return db_exec(tx, &PERIOD_END, DB_ARGS(DB_INT(*period)), NULL, reterr);
}

static enum status begin_period(struct db *db, struct keyring *k, int64_t now_ms,
                                struct keys_rotation *ret, struct error *reterr)
{
	int64_t periods[KEYRING_PERIODS_MAX];
	const size_t count = keyring_periods(k, periods);
	struct period_row next = { periods[0] + 1, now_ms };
	enum status st = OK;

	if (count == 1) /* the row first: a key wrapped by the new period must find it */
		st = bulk(db, add_period, &next, reterr);
	if (st == OK)
		st = keyring_next_period(k, reterr);
	ret->from = periods[0];
	ret->to = periods[0] + 1;
	return st;
}

/* Every key of the old period; what did is added to *ret. */
static enum status rewrap_all(struct db *db, struct rewrapping *w, struct keys_rotation *ret,
                              struct error *reterr)
{
	enum status st;

	do {
		st = bulk(db, rewrap_batch, w, reterr);
		ret->rewrapped += st == OK ? w->count : 0;
		ret->damaged += st == OK ? w->damaged : 0;
	} while (st == OK && w->count > 0);
	return st;
}

enum status keys_rotate_with(struct db *db, struct keyring *k, int64_t now_ms,
                             const struct keys_last_step *step, struct keys_rotation *ret,
                             struct error *reterr)
{
	bool needed = true;
	*ret = (struct keys_rotation){ 0 };
	enum status st = begin_period(db, k, now_ms, ret, reterr);

	struct rewrapping w = { .ring = k, .from = ret->from };
	while (st == OK && needed) {
		st = rewrap_all(db, &w, ret, reterr);
		if (st == OK)
			st = step->run(step->context, reterr);
		/* A change that ran beside may have brought one more: then once again. */
		if (st == OK)
			st = bulk(db, end_period, &w.from, reterr);
		if (st == ERR_CONFLICT)
			st = OK;
		if (st == OK)
			st = period_has_row(db, w.from, &needed, reterr);
	}
	return st == OK ? keyring_destroy_period(k, ret->from, reterr) : st;
}

static enum status no_step(void *context, struct error *reterr)
{
	(void)context;
	(void)reterr;
	return OK;
}

enum status keys_rotate(struct db *db, struct keyring *k, int64_t now_ms, struct keys_rotation *ret,
                        struct error *reterr)
{
	return keys_rotate_with(db, k, now_ms, &(struct keys_last_step){ .run = no_step }, ret,
	                        reterr);
}

const struct db_stmt *const KEYS_STATEMENTS[] = {
	&PERIOD_ADD, &PERIOD_END, &PERIOD_FIND, &PERIOD_LIVING, &PERIOD_NEEDED, &KEY_ADD,
	&KEY_FIND,   &KEY_REMOVE, &KEY_BATCH,   &KEY_REWRAP,    NULL,
};
