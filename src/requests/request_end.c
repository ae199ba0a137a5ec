#include "requests/request_end.h"

#include "audit/action.h"
#include "platform/crypto/sealed_key.h"
#include "search/search_feed.h"
#include "work/work.h"

enum { AT_ONCE = 200 };

/* $1 person or 0, $2 casefile or 0. */
static const struct db_stmt ITEMS = {
	"request_end_items", "ii",
	"SELECT i.id, i.key_id FROM request_item i WHERE i.presence_id = $1 OR i.request_id IN"
	" (SELECT q.id FROM information_request q WHERE q.casefile_id = $2)"
	" ORDER BY i.id LIMIT 200"
};
static const struct db_stmt DROP_ITEM = { "request_end_item", "i",
	                                  "DELETE FROM request_item WHERE id = $1" };
/* Those whose words go: of the casefile, or about nobody but this person. */
static const struct db_stmt WORDS = {
	"request_end_words", "ii",
	"SELECT q.id, q.key_id, coalesce(f.key_id, 0) FROM information_request q"
	" LEFT JOIN request_refusal f ON f.request_id = q.id WHERE length(q.question) > 0"
	" AND (q.casefile_id = $2 OR (q.id IN (SELECT t.request_id FROM request_part t"
	" WHERE t.presence_id = $1) AND NOT EXISTS (SELECT 1 FROM request_part o"
	" WHERE o.request_id = q.id AND o.presence_id <> $1))) ORDER BY q.id LIMIT 200"
};
static const struct db_stmt BLANK = {
	"request_end_blank", "ib",
	"UPDATE information_request SET question = $2, necessity = $2, settled = NULL,"
	" question_chars = 0, necessity_chars = 0, template = 0 WHERE id = $1"
};
static const struct db_stmt DROP_REFUSAL = { "request_end_refusal", "i",
	                                     "DELETE FROM request_refusal WHERE request_id = $1" };
static const struct db_stmt DROP_READERS = { "request_end_readers", "i",
	                                     "DELETE FROM request_audience WHERE id = $1" };
static const struct db_stmt DROP_PARTS = {
	"request_end_parts", "ii",
	"DELETE FROM request_part WHERE presence_id = $1 OR request_id IN"
	" (SELECT q.id FROM information_request q WHERE q.casefile_id = $2)"
};

static const struct db_stmt SHOWN = {
	"request_end_shown", "i",
	"SELECT DISTINCT id FROM request_audience WHERE casefile_id = $1 ORDER BY id LIMIT 200"
};
const struct db_stmt *const request_end_statements[] = { &ITEMS,      &DROP_ITEM,    &WORDS,
	                                                 &BLANK,      &DROP_REFUSAL, &DROP_READERS,
	                                                 &DROP_PARTS, &SHOWN,        NULL };

struct ending {
	int64_t id, key_id, refusal_key_id;
};

static enum status find(struct db_tx *tx, const struct db_stmt *s, const struct db_value *args,
                        struct ending ret[AT_ONCE], size_t *ret_count, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	enum status st = db_query(db_tx_read(tx), s, args, &rows, reterr);

	*ret_count = 0;
	if (st != OK)
		return st;
	while (*ret_count < AT_ONCE && db_next(&rows))
		ret[(*ret_count)++] = (struct ending){ db_int(&rows, 0), db_int(&rows, 1),
			                               s == &WORDS ? db_int(&rows, 2) : 0 };
	return db_rows_end(&rows, reterr);
}

static enum status drop_key(struct db_tx *tx, int64_t key_id, struct error *reterr)
{
	const enum status st = key_id != 0 ? key_destroy(tx, key_id, reterr) : OK;
	return st == ERR_NOT_FOUND ? OK : st; /* sent back: its key went then */
}

/* now_ms 0: the request itself stays open to its readers. */
static enum status end_item(struct db_tx *tx, const struct ending *e, int64_t now_ms,
                            struct error *reterr)
{
	(void)now_ms;
	enum status st = db_exec(tx, &DROP_ITEM, DB_ARGS(DB_INT(e->id)), NULL, reterr);
	return st == OK ? drop_key(tx, e->key_id, reterr) : st;
}

static enum status end_words(struct db_tx *tx, const struct ending *e, int64_t now_ms,
                             struct error *reterr)
{
	enum status st = drop_key(tx, e->key_id, reterr);

	if (st == OK)
		st = drop_key(tx, e->refusal_key_id, reterr);
	if (st == OK)
		st = db_exec(tx, &BLANK, DB_ARGS(DB_INT(e->id), DB_BYTES("", 0)), NULL, reterr);
	if (st == OK)
		st = db_exec(tx, &DROP_REFUSAL, DB_ARGS(DB_INT(e->id)), NULL, reterr);
	if (st == OK)
		st = search_drop(tx, OBJECT_REQUEST, e->id, reterr);
	if (st == OK && now_ms == 0) /* found by its number as long as it has readers */
		st = search_changed(tx, OBJECT_REQUEST, e->id, reterr);
	if (st != OK || now_ms == 0)
		return st;
	st = db_exec(tx, &DROP_READERS, DB_ARGS(DB_INT(e->id)), NULL, reterr);
	return st == OK ? work_done(tx, 0, OBJECT_REQUEST, e->id, 0, now_ms, reterr) : st;
}

struct sweep {
	const struct db_stmt *find;
	enum status (*end)(struct db_tx *tx, const struct ending *e, int64_t now_ms,
	                   struct error *reterr);
};

struct forgetting {
	int64_t presence_id, casefile_id, now_ms; /* one of the two is 0 */
};

static enum status sweep(struct db_tx *tx, const struct sweep *s, const struct forgetting *f,
                         struct error *reterr)
{
	struct ending list[AT_ONCE];
	size_t count = AT_ONCE;
	enum status st = OK;

	while (st == OK && count == AT_ONCE) {
		st = find(tx, s->find, DB_ARGS(DB_INT(f->presence_id), DB_INT(f->casefile_id)),
		          list, &count, reterr);
		for (size_t i = 0; st == OK && i < count; i++)
			st = s->end(tx, &list[i], f->now_ms, reterr);
	}
	return st;
}

static enum status forget(struct db_tx *tx, const struct forgetting *f, struct error *reterr)
{
	static const struct sweep SWEEPS[] = { { &ITEMS, end_item }, { &WORDS, end_words } };
	enum status st = OK;

	for (size_t i = 0; st == OK && i < sizeof SWEEPS / sizeof SWEEPS[0]; i++)
		st = sweep(tx, &SWEEPS[i], f, reterr);
	return st == OK
	           ? db_exec(tx, &DROP_PARTS,
	                     DB_ARGS(DB_INT(f->presence_id), DB_INT(f->casefile_id)), NULL, reterr)
	           : st;
}

enum status requests_forget_presence(struct db_tx *tx, int64_t presence_id, int64_t now_ms,
                                     struct error *reterr)
{
	(void)now_ms;
	return forget(tx, &(struct forgetting){ .presence_id = presence_id }, reterr);
}

enum status requests_forget_casefile(struct db_tx *tx, int64_t casefile_id, int64_t now_ms,
                                     struct error *reterr)
{
	return forget(tx, &(struct forgetting){ .casefile_id = casefile_id, .now_ms = now_ms },
	              reterr);
}

static enum status some_shown(struct db_tx *tx, int64_t casefile_id, int64_t ret[AT_ONCE],
                              size_t *ret_count, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	enum status st =
	    db_query(db_tx_read(tx), &SHOWN, DB_ARGS(DB_INT(casefile_id)), &rows, reterr);

	*ret_count = 0;
	if (st != OK)
		return st;
	while (*ret_count < AT_ONCE && db_next(&rows))
		ret[(*ret_count)++] = db_int(&rows, 0);
	return db_rows_end(&rows, reterr);
}

enum status requests_hide_casefile(struct db_tx *tx, int64_t casefile_id, int64_t now_ms,
                                   struct error *reterr)
{
	(void)now_ms; /* its tasks ended with the casefile's */
	int64_t ids[AT_ONCE];
	size_t count = AT_ONCE;
	enum status st = OK;

	while (st == OK && count == AT_ONCE) {
		st = some_shown(tx, casefile_id, ids, &count, reterr);
		for (size_t i = 0; st == OK && i < count; i++) {
			st = db_exec(tx, &DROP_READERS, DB_ARGS(DB_INT(ids[i])), NULL, reterr);
			if (st == OK)
				st = search_drop(tx, OBJECT_REQUEST, ids[i], reterr);
		}
	}
	return st;
}
