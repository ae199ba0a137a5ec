#include "platform/crypto/key_export.h"

#include <ctype.h>

static const char MAGIC[] = "plein-keys 1\n";
enum { MAGIC_BYTES = sizeof MAGIC - 1, HEAD_BYTES = MAGIC_BYTES + 16, VALUES_MAX = 8 };
enum { MARK_TABLE = 'T', MARK_ROW = 'R', MARK_END = 'E' };

/* ---- writing --------------------------------------------------------------------------------- */

static void put_int(struct out *o, int64_t value)
{
	char bytes[8];

	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = (char)((uint64_t)value >> (8 * i));
	out_raw(o, bytes, sizeof bytes);
}

static void put_bytes(struct out *o, const void *bytes, size_t len)
{
	put_int(o, (int64_t)len);
	out_raw(o, bytes, len);
}

static void put_mark(struct out *o, char mark)
{
	out_raw(o, &mark, 1);
}

/* A letter of params is upper case where NULL may stand: then a byte says whether it does. */
static void put_value(struct out *o, const struct db_rows *rows, int column, char letter,
                      struct arena *a)
{
	size_t len = 0;

	if (isupper((unsigned char)letter)) {
		put_mark(o, db_is_null(rows, column) ? 0 : 1);
		if (db_is_null(rows, column))
			return;
	}
	if (tolower((unsigned char)letter) == 'i') {
		put_int(o, db_int(rows, column));
	} else if (tolower((unsigned char)letter) == 't') {
		const char *text = db_text(rows, column, a);
		put_bytes(o, text, strlen(text));
	} else {
		const uint8_t *bytes = db_bytes(rows, column, a, &len);
		put_bytes(o, bytes, len);
	}
}

static enum status put_table(struct db_read *r, const struct carried *c, struct out *o,
                             struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct arena a;

	put_mark(o, MARK_TABLE);
	put_bytes(o, c->name, strlen(c->name));
	enum status st = db_query(r, c->read, DB_NO_ARGS, &rows, reterr);
	arena_init(&a, 1 << 16);
	while (st == OK && !o->overflowed && db_next(&rows)) {
		put_mark(o, MARK_ROW);
		for (int i = 0; c->keep->params[i] != '\0'; i++)
			put_value(o, &rows, i, c->keep->params[i], &a);
		arena_reset(&a);
	}
	if (st == OK && !o->overflowed)
		st = db_rows_end(&rows, reterr);
	return st;
}

static const struct db_stmt OLD_KEYS = { "key_export_old", "i",
	                                 "SELECT count(*) FROM sealed_key WHERE period_id <> $1" };

/* Keys of two periods can't be told under one: the older ones would die with theirs. */
static enum status refuse_while_rotating(struct db_read *r, int64_t period, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	enum status st = db_query(r, &OLD_KEYS, DB_ARGS(DB_INT(period)), &rows, reterr);

	if (st == OK)
		st = db_one(&rows, reterr);
	if (st == OK && db_int(&rows, 0) > 0)
		st = FAIL(reterr, ERR_CONFLICT,
		          "De sleutels worden nu gewisseld. Probeer het over een minuut opnieuw.");
	return st;
}

static enum status put_all(struct db_read *r, const struct carried *const *lists, int64_t period,
                           struct out *o, struct error *reterr)
{
	enum status st = refuse_while_rotating(r, period, reterr);

	for (size_t i = 0; lists[i] != NULL; i++)
		for (const struct carried *c = lists[i]; st == OK && c->name != NULL; c++)
			if (c->read != NULL)
				st = put_table(r, c, o, reterr);
	put_mark(o, MARK_END);
	return st == OK ? out_end(o, reterr) : st;
}

enum status key_export(struct db *db, struct keyring *k, const struct carried *const *lists,
                       int64_t now_ms, struct out *o, struct error *reterr)
{
	int64_t periods[KEYRING_PERIODS_MAX];
	struct db_read *r;
	struct digest mac;
	const size_t start = o->len;
	enum status st = db_read_begin(db, &r, reterr);

	if (st != OK)
		return st;
	const int64_t period = periods[keyring_periods(k, periods) - 1];
	out_raw(o, MAGIC, MAGIC_BYTES);
	put_int(o, period);
	put_int(o, now_ms);
	st = put_all(r, lists, period, o, reterr);
	db_read_end(r);
	if (st == OK)
		st = keyring_period_mac(k, period, o->data + start, o->len - start, &mac, reterr);
	if (st != OK)
		return st;
	out_raw(o, (const char *)mac.bytes, sizeof mac.bytes);
	return out_end(o, reterr);
}

/* ---- reading: bounded, whatever the bytes say ------------------------------------------------ */

struct reader {
	const uint8_t *at, *end;
	bool broken;
};

static const uint8_t *take(struct reader *in, size_t len)
{
	const uint8_t *ret = in->at;

	if ((size_t)(in->end - in->at) < len) {
		in->broken = true;
		return NULL;
	}
	in->at += len;
	return ret;
}

static int64_t take_int(struct reader *in)
{
	const uint8_t *bytes = take(in, 8);
	uint64_t value = 0;

	for (size_t i = 0; bytes != NULL && i < 8; i++)
		value |= (uint64_t)bytes[i] << (8 * i);
	return (int64_t)value;
}

static char take_mark(struct reader *in)
{
	const uint8_t *byte = take(in, 1);

	return byte == NULL ? MARK_END : (char)*byte;
}

static const uint8_t *take_bytes(struct reader *in, size_t *ret_len)
{
	const int64_t len = take_int(in);

	*ret_len = 0;
	if (len < 0 || len > in->end - in->at) {
		in->broken = true;
		return NULL;
	}
	*ret_len = (size_t)len;
	return take(in, *ret_len);
}

static struct db_value take_value(struct reader *in, char letter, struct arena *a)
{
	size_t len;

	if (isupper((unsigned char)letter) && take_mark(in) == 0)
		return DB_NULL;
	if (tolower((unsigned char)letter) == 'i')
		return DB_INT(take_int(in));
	const uint8_t *bytes = take_bytes(in, &len);
	if (tolower((unsigned char)letter) == 't')
		return DB_TEXT(arena_strndup(a, bytes == NULL ? "" : (const char *)bytes, len));
	return DB_BYTES(bytes == NULL ? (const uint8_t *)"" : bytes, len);
}

static const struct carried *table_named(const struct carried *const *lists, const void *name,
                                         size_t len)
{
	for (size_t i = 0; lists[i] != NULL; i++)
		for (const struct carried *c = lists[i]; c->name != NULL; c++)
			if (c->read != NULL && strlen(c->name) == len &&
			    memcmp(c->name, name, len) == 0)
				return c;
	return NULL;
}

/* ---- importing ------------------------------------------------------------------------------- */

struct importing {
	const struct carried *const *lists;
	const uint8_t *body;
	size_t len;
	int64_t now_ms;
	int64_t rows; /* set anew by every run */
};

static enum status damaged(struct error *reterr)
{
	return FAIL(reterr, ERR_INVALID,
	            "Dit bestand met sleutels is beschadigd of is niet van Plein. Kies een ander.");
}

static enum status run_at(struct db_tx *tx, const struct db_stmt *s, int64_t now_ms,
                          struct error *reterr)
{
	if (s == NULL)
		return OK;
	return db_exec(tx, s, s->params[0] == '\0' ? DB_NO_ARGS : DB_ARGS(DB_INT(now_ms)), NULL,
	               reterr);
}

static enum status keep_row(struct db_tx *tx, struct reader *in, const struct carried *c,
                            struct error *reterr)
{
	struct db_value values[VALUES_MAX];
	struct arena *a = db_tx_arena(tx);
	const struct arena_mark mark = arena_mark(a);

	for (size_t i = 0; c->keep->params[i] != '\0'; i++)
		values[i] = take_value(in, c->keep->params[i], a);
	const enum status st =
	    in->broken ? damaged(reterr) : db_exec(tx, c->keep, values, NULL, reterr);
	arena_rewind(a, mark);
	return st;
}

static enum status keep_rows(struct db_tx *tx, struct importing *w, struct error *reterr)
{
	struct reader in = { w->body, w->body + w->len, false };
	const struct carried *table = NULL;
	enum status st = OK;
	size_t len;
	char mark;

	while (st == OK && (mark = take_mark(&in)) != MARK_END) {
		if (mark == MARK_ROW && table != NULL) {
			st = keep_row(tx, &in, table, reterr);
			w->rows++;
			continue;
		}
		const uint8_t *name = take_bytes(&in, &len);
		table =
		    mark == MARK_TABLE && name != NULL ? table_named(w->lists, name, len) : NULL;
		if (table == NULL)
			st = damaged(reterr);
	}
	return st == OK && (in.broken || in.at != in.end) ? damaged(reterr) : st;
}

static enum status after_all(struct db_tx *tx, const struct carried *const *lists, int64_t now_ms,
                             struct error *reterr)
{
	enum status st = OK;
	size_t count = 0;

	for (size_t i = 0; st == OK && lists[i] != NULL; i++) {
		for (count = 0; lists[i][count].name != NULL;)
			count++;
		while (st == OK && count-- > 0)
			st = run_at(tx, lists[i][count].after, now_ms, reterr);
	}
	return st;
}

static enum status import(struct db_tx *tx, void *args, struct error *reterr)
{
	struct importing *w = args;
	enum status st = OK;

	w->rows = 0;
	for (size_t i = 0; w->lists[i] != NULL; i++)
		for (const struct carried *c = w->lists[i]; st == OK && c->name != NULL; c++)
			st = run_at(tx, c->before, w->now_ms, reterr);
	if (st == OK)
		st = keep_rows(tx, w, reterr);
	return st == OK ? after_all(tx, w->lists, w->now_ms, reterr) : st;
}

static enum status check_mac(struct keyring *k, const uint8_t *bytes, size_t len, int64_t period,
                             struct error *reterr)
{
	struct digest mac;
	const size_t told = len - sizeof mac.bytes;
	enum status st = keyring_period_mac(k, period, bytes, told, &mac, reterr);

	if (st == ERR_NOT_FOUND) {
		(void)FAIL(reterr, ERR_CONFLICT,
		           "Dit bestand hoort bij een andere periodesleutel. Neem het nieuwste "
		           "bestand, en de nieuwste periodesleutel uit bewaring.");
		return error_cause(reterr, "key export of period %lld, which isn't in the folder",
		                   (long long)period);
	}
	if (st == OK && !secret_equal(mac.bytes, bytes + told, sizeof mac.bytes))
		st = damaged(reterr);
	return st;
}

enum status key_export_check(struct keyring *k, const void *bytes, size_t len,
                             struct key_import *ret, struct error *reterr)
{
	struct reader head = { bytes, (const uint8_t *)bytes + len, false };

	if (len < HEAD_BYTES + 1 + sizeof(struct digest) || memcmp(bytes, MAGIC, MAGIC_BYTES) != 0)
		return damaged(reterr);
	(void)take(&head, MAGIC_BYTES);
	*ret = (struct key_import){ 0 };
	ret->period = take_int(&head);
	ret->made_ms = take_int(&head);
	return check_mac(k, bytes, len, ret->period, reterr);
}

enum status key_import(struct db *db, struct keyring *k, const struct carried *const *lists,
                       const struct key_export_file *file, int64_t now_ms, struct key_import *ret,
                       struct error *reterr)
{
	enum status st = key_export_check(k, file->bytes, file->len, ret, reterr);

	if (st != OK)
		return st;
	struct importing w = { .lists = lists,
		               .body = (const uint8_t *)file->bytes + HEAD_BYTES,
		               .len = file->len - HEAD_BYTES - sizeof(struct digest),
		               .now_ms = now_ms };
	struct db_job job = { .run = import, .args = &w, .lane = LANE_BULK };
	st = db_run(db, &job, reterr);
	ret->rows = w.rows;
	return st;
}

/* ---- the keys themselves ----------------------------------------------------------------------- */

/* Period 0 holds, during an import, the keys that the export doesn't name: they are destroyed. */
static const struct db_stmt LIMBO_ADD = {
	"key_limbo_add", "i",
	"INSERT INTO key_period (id, began_at) VALUES (0, $1) ON CONFLICT (id) DO NOTHING"
};
static const struct db_stmt PERIODS_READ = { "key_export_periods", "",
	                                     "SELECT id, began_at FROM key_period ORDER BY id" };
static const struct db_stmt PERIOD_KEEP = {
	"key_import_period", "ii",
	"INSERT INTO key_period (id, began_at) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING"
};
static const struct db_stmt PERIODS_EMPTY = {
	"key_import_empty", "",
	"DELETE FROM key_period"
	" WHERE NOT EXISTS (SELECT 1 FROM sealed_key WHERE period_id = key_period.id)"
};
static const struct db_stmt KEYS_TO_LIMBO = {
	"key_limbo_all", "", "UPDATE sealed_key SET period_id = 0 WHERE period_id <> 0"
};
static const struct db_stmt KEYS_READ = {
	"key_export_keys", "", "SELECT id, kind, period_id, wrapped FROM sealed_key ORDER BY id"
};
static const struct db_stmt KEY_KEEP = {
	"key_import_key", "iiib",
	"UPDATE sealed_key SET period_id = $3, wrapped = $4 WHERE id = $1 AND kind = $2"
};
static const struct db_stmt KEYS_FORGET = { "key_limbo_forget", "",
	                                    "DELETE FROM sealed_key WHERE period_id = 0" };

const struct db_stmt *const KEY_EXPORT_STATEMENTS[] = {
	&OLD_KEYS,      &LIMBO_ADD, &PERIODS_READ, &PERIOD_KEEP, &PERIODS_EMPTY,
	&KEYS_TO_LIMBO, &KEYS_READ, &KEY_KEEP,     &KEYS_FORGET, NULL,
};

const struct carried KEYS_CARRIED[] = {
	{ "key_period", &LIMBO_ADD, &PERIODS_READ, &PERIOD_KEEP, &PERIODS_EMPTY },
	{ "sealed_key", &KEYS_TO_LIMBO, &KEYS_READ, &KEY_KEEP, &KEYS_FORGET },
	{ 0 },
};
