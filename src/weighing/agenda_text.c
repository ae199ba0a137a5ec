/* The sealed words of an agenda: one key a text, so that each can be forgotten by itself. */
#include "weighing/weighing_store.h"

static const struct db_stmt TEXT_FIND = {
	"agenda_text_find", "iii",
	"SELECT key_id, sealed FROM agenda_text WHERE item_id = $1 AND kind = $2 AND organ_id = $3"
};
static const struct db_stmt TEXT_DELETE = {
	"agenda_text_delete", "iii",
	"DELETE FROM agenda_text WHERE item_id = $1 AND kind = $2 AND organ_id = $3"
};
static const struct db_stmt TEXT_INSERT = {
	"agenda_text_insert", "iiiib",
	"INSERT INTO agenda_text (item_id, kind, organ_id, key_id, sealed)"
	" VALUES ($1, $2, $3, $4, $5)"
};
static const struct db_stmt TEXTS_OF_SIGNAL = {
	"agenda_texts_of_signal", "i",
	"SELECT t.item_id, t.kind, t.organ_id, t.key_id FROM agenda_text t"
	" JOIN agenda_item i ON i.id = t.item_id WHERE i.signal_id = $1"
	" ORDER BY t.item_id, t.kind, t.organ_id LIMIT 500"
};
static const struct db_stmt TEXTS_OF_KIND = {
	"agenda_texts_of_kind", "ii",
	"SELECT item_id, kind, organ_id, key_id FROM agenda_text WHERE item_id = $1 AND kind = $2"
	" ORDER BY organ_id LIMIT 500"
};

const struct db_stmt *const agenda_text_statements[] = {
	&TEXT_FIND, &TEXT_DELETE, &TEXT_INSERT, &TEXTS_OF_SIGNAL, &TEXTS_OF_KIND, NULL,
};

/* ---- sealed texts ---------------------------------------------------------------------------- */

static struct seal_place text_place(int64_t item_id, enum agenda_text_kind kind, int64_t organ_id)
{
	return (struct seal_place){ .table = "agenda_text",
		                    .column = "sealed",
		                    .id = item_id,
		                    .category = kind,
		                    .source = organ_id };
}

void agenda_text_seal(struct keyring *k, int64_t item_id, enum agenda_text_kind kind,
                      int64_t organ_id, const char *text, struct arena *a, struct agenda_text *ret)
{
	const struct seal_place place = text_place(item_id, kind, organ_id);

	*ret = (struct agenda_text){ .item_id = item_id, .kind = kind, .organ_id = organ_id };
	if (text == NULL || text[0] == '\0')
		return;
	key_fresh(k, KEY_PARAGRAPH, &ret->key);
	ret->sealed = seal_in(a, &ret->key.key, &place, text, strlen(text), &ret->len);
	seal_key_wipe(&ret->key.key);
}

static enum status text_forget(struct db_tx *tx, const struct agenda_text *t, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	const struct db_value *at =
	    DB_ARGS(DB_INT(t->item_id), DB_INT(t->kind), DB_INT(t->organ_id));
	enum status st = db_query(db_tx_read(tx), &TEXT_FIND, at, &row, reterr);

	if (st != OK)
		return st;
	if (!db_next(&row))
		return db_rows_end(&row, reterr);
	const int64_t key = db_int(&row, 0);
	db_rows_close(&row);
	st = key_destroy(tx, key, reterr);
	return st == OK ? db_exec(tx, &TEXT_DELETE, at, NULL, reterr) : st;
}

enum status agenda_text_put(struct db_tx *tx, const struct agenda_text *t, struct error *reterr)
{
	enum status st = text_forget(tx, t, reterr);

	if (st != OK || t->sealed == NULL)
		return st;
	st = key_store(tx, &t->key, reterr);
	if (st != OK)
		return st;
	return db_exec(tx, &TEXT_INSERT,
	               DB_ARGS(DB_INT(t->item_id), DB_INT(t->kind), DB_INT(t->organ_id),
	                       DB_INT(t->key.id), DB_BYTES(t->sealed, t->len)),
	               NULL, reterr);
}

// NOLINTNEXTLINE(readability-function-size): a text is named by item, kind and organ
enum status agenda_text_load(struct db_read *r, struct keyring *k, int64_t item_id,
                             enum agenda_text_kind kind, int64_t organ_id, struct arena *a,
                             const char **ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	const struct seal_place place = text_place(item_id, kind, organ_id);
	struct seal_key key;
	size_t len = 0;

	*ret = "";
	enum status st = db_query(
	    r, &TEXT_FIND, DB_ARGS(DB_INT(item_id), DB_INT(kind), DB_INT(organ_id)), &row, reterr);
	if (st != OK)
		return st;
	if (!db_next(&row))
		return db_rows_end(&row, reterr);
	const int64_t key_id = db_int(&row, 0);
	const uint8_t *sealed = db_bytes(&row, 1, a, &len);
	db_rows_close(&row);
	st = key_load(r, k, key_id, KEY_PARAGRAPH, &key, reterr);
	if (st == ERR_NOT_FOUND)
		return OK; /* forgotten: as if it was never written */
	if (st != OK)
		return st;
	st = seal_open(&key, &place, sealed, len, a, ret, &len, reterr);
	seal_key_wipe(&key);
	return st;
}

/* Forgets all texts that this statement lists. */
static enum status forget_all(struct db_tx *tx, const struct db_stmt *s,
                              const struct db_value *args, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	enum { MAX = 500 };
	struct agenda_text *list = ARENA_ARRAY(db_tx_arena(tx), struct agenda_text, MAX);
	size_t count = 0;

	enum status st = db_query(db_tx_read(tx), s, args, &rows, reterr);
	if (st != OK)
		return st;
	while (count < MAX && db_next(&rows))
		list[count++] = (struct agenda_text){
			.item_id = db_int(&rows, 0),
			.kind = (enum agenda_text_kind)db_int(&rows, 1),
			.organ_id = db_int(&rows, 2),
		};
	st = db_rows_end(&rows, reterr);
	for (size_t i = 0; st == OK && i < count; i++)
		st = text_forget(tx, &list[i], reterr);
	return st;
}

enum status agenda_texts_destroy(struct db_tx *tx, int64_t signal_id, struct error *reterr)
{
	return forget_all(tx, &TEXTS_OF_SIGNAL, DB_ARGS(DB_INT(signal_id)), reterr);
}

enum status agenda_texts_drop(struct db_tx *tx, int64_t item_id, enum agenda_text_kind kind,
                              struct error *reterr)
{
	return forget_all(tx, &TEXTS_OF_KIND, DB_ARGS(DB_INT(item_id), DB_INT(kind)), reterr);
}
