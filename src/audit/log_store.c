#include "audit/log_store.h"

#include <assert.h>

#include "audit/record.h"

int quarter_of(int64_t at_ms)
{
	const time_t s = (time_t)(at_ms / 1000);
	struct tm utc;

	(void)gmtime_r(&s, &utc);
	return (utc.tm_year + 1900) * 10 + utc.tm_mon / 3 + 1;
}

/* ---- trees ------------------------------------------------------------------------------------
 */

#define TREE_COLUMNS                                                                               \
	"SELECT id, uuid, quarter, size, peaks, first_at, last_at, began_at, ended_at,"            \
	" destroyed_at FROM audit_tree "

static const struct db_stmt TREE_NEWEST = { "audit_tree_newest", "",
	                                    TREE_COLUMNS "ORDER BY id DESC LIMIT 1" };
static const struct db_stmt TREE_LIST = { "audit_tree_list", "", TREE_COLUMNS "ORDER BY id" };
static const struct db_stmt TREE_BY_UUID = { "audit_tree_by_uuid", "b",
	                                     TREE_COLUMNS "WHERE uuid = $1" };
static const struct db_stmt TREE_ADD = {
	"audit_tree_add", "biibiii",
	"INSERT INTO audit_tree (uuid, quarter, size, peaks, first_at, last_at, began_at)"
	" VALUES ($1, $2, $3, $4, $5, $6, $7)"
};
static const struct db_stmt TREE_END = {
	"audit_tree_end", "ii", "UPDATE audit_tree SET ended_at = $2 WHERE id = $1 AND ended_at = 0"
};
static const struct db_stmt TREE_DESTROYED = {
	"audit_tree_destroyed", "ii",
	"UPDATE audit_tree SET destroyed_at = $2"
	" WHERE quarter = $1 AND destroyed_at = 0 AND ended_at > 0"
};
static const struct db_stmt TREE_GROW = {
	"audit_tree_grow", "iiibii",
	"UPDATE audit_tree SET size = $3, peaks = $4, first_at = $5, last_at = $6"
	" WHERE id = $1 AND size = $2 AND ended_at = 0"
};

static enum status damaged(struct error *reterr, const char *what, int64_t id)
{
	(void)FAIL_INTERNAL(reterr);
	return error_cause(reterr, "log: %s %lld is damaged", what, (long long)id);
}

static enum status tree_of_row(const struct db_rows *rows, struct arena *a, struct tree *ret,
                               struct error *reterr)
{
	size_t uuid_len, peaks_len;
	const uint8_t *uuid = db_bytes(rows, 1, a, &uuid_len);
	const uint8_t *peaks = db_bytes(rows, 4, a, &peaks_len);

	*ret = (struct tree){
		.id = db_int(rows, 0),
		.quarter = db_int(rows, 2),
		.frontier.size = (uint64_t)db_int(rows, 3),
		.first_at = db_int(rows, 5),
		.last_at = db_int(rows, 6),
		.began_at = db_int(rows, 7),
		.ended_at = db_int(rows, 8),
		.destroyed_at = db_int(rows, 9),
	};
	ret->frontier.count = (uint32_t)__builtin_popcountll(ret->frontier.size);
	if (uuid_len != UUID_BYTES || db_int(rows, 3) < 0 ||
	    peaks_len != (size_t)ret->frontier.count * DIGEST_BYTES)
		return damaged(reterr, "tree", ret->id);
	memcpy(ret->uuid.bytes, uuid, UUID_BYTES);
	if (peaks_len > 0)
		memcpy(ret->frontier.peaks, peaks, peaks_len);
	return OK;
}

static enum status one_tree(struct db_read *r, const struct db_stmt *s, const struct db_value *args,
                            struct arena *a, struct tree *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	enum status st = db_query(r, s, args, &rows, reterr);

	if (st == OK)
		st = db_one(&rows, reterr);
	return st == OK ? tree_of_row(&rows, a, ret, reterr) : st;
}

enum status tree_newest(struct db_read *r, struct arena *a, struct tree *ret, struct error *reterr)
{
	return one_tree(r, &TREE_NEWEST, DB_NO_ARGS, a, ret, reterr);
}

enum status tree_by_uuid(struct db_read *r, struct arena *a, const struct uuid *uuid,
                         struct tree *ret, struct error *reterr)
{
	return one_tree(r, &TREE_BY_UUID, DB_ARGS(DB_BYTES(uuid->bytes, UUID_BYTES)), a, ret,
	                reterr);
}

/* A list that grows by doubling in an arena. */
static void *room_for(struct arena *a, void *list, size_t count, size_t size)
{
	if (count > 0 && (count & (count - 1)) != 0)
		return list;
	void *more = arena_alloc_array(a, size, count == 0 ? 1 : 2 * count);
	if (count > 0)
		memcpy(more, list, count * size);
	return more;
}

enum status tree_list(struct db_read *r, struct arena *a, struct tree **ret, size_t *ret_count,
                      struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct tree *list = NULL;
	size_t count = 0;
	enum status st = db_query(r, &TREE_LIST, DB_NO_ARGS, &rows, reterr);

	while (st == OK && db_next(&rows)) {
		list = room_for(a, list, count, sizeof *list);
		st = tree_of_row(&rows, a, &list[count++], reterr);
	}
	if (st == OK)
		st = db_rows_end(&rows, reterr);
	*ret = list;
	*ret_count = count;
	return st;
}

static struct db_value peaks_of(const struct merkle_frontier *f)
{
	return DB_BYTES(f->peaks, (size_t)f->count * DIGEST_BYTES);
}

enum status tree_add(struct db_tx *tx, const struct tree *t, struct error *reterr)
{
	return db_exec(tx, &TREE_ADD,
	               DB_ARGS(DB_BYTES(t->uuid.bytes, UUID_BYTES), DB_INT(t->quarter),
	                       DB_INT((int64_t)t->frontier.size), peaks_of(&t->frontier),
	                       DB_INT(t->first_at), DB_INT(t->last_at), DB_INT(t->began_at)),
	               NULL, reterr);
}

enum status tree_end(struct db_tx *tx, int64_t id, int64_t at_ms, struct error *reterr)
{
	return db_exec(tx, &TREE_END, DB_ARGS(DB_INT(id), DB_INT(at_ms)), NULL, reterr);
}

enum status tree_destroyed(struct db_tx *tx, int64_t quarter, int64_t at_ms, int64_t *ret_count,
                           struct error *reterr)
{
	return db_exec(tx, &TREE_DESTROYED, DB_ARGS(DB_INT(quarter), DB_INT(at_ms)), ret_count,
	               reterr);
}

enum status tree_grow(struct db_tx *tx, const struct tree *t, uint64_t old_size,
                      struct error *reterr)
{
	int64_t changed = 0;
	const enum status st = db_exec(
	    tx, &TREE_GROW,
	    DB_ARGS(DB_INT(t->id), DB_INT((int64_t)old_size), DB_INT((int64_t)t->frontier.size),
	            peaks_of(&t->frontier), DB_INT(t->first_at), DB_INT(t->last_at)),
	    &changed, reterr);

	if (st == OK && changed != 1) {
		(void)FAIL_INTERNAL(reterr);
		reterr->status = ERR_CONFLICT;
		return error_cause(reterr, "log: another sealer was first");
	}
	return st;
}

/* ---- heads ------------------------------------------------------------------------------------
 */

#define HEAD_COLUMNS "SELECT size, at_ms, root, signer, signature FROM audit_head "

static const struct db_stmt HEAD_NEWEST = {
	"audit_head_newest", "i",
	HEAD_COLUMNS "WHERE tree_id = $1 ORDER BY tree_id, size DESC LIMIT 1"
};
static const struct db_stmt HEAD_COVERING = {
	"audit_head_covering", "ii",
	HEAD_COLUMNS "WHERE tree_id = $1 AND size >= $2 ORDER BY tree_id, size LIMIT 1"
};
static const struct db_stmt HEAD_LIST = { "audit_head_list", "i",
	                                  HEAD_COLUMNS
	                                  "WHERE tree_id = $1 ORDER BY tree_id, size" };
static const struct db_stmt HEAD_PAGE = {
	"audit_head_page", "iii",
	HEAD_COLUMNS "WHERE tree_id = $1 AND size < $2 ORDER BY tree_id, size DESC LIMIT $3"
};
static const struct db_stmt HEAD_SAVE = {
	"audit_head_save", "iiibbb",
	"INSERT INTO audit_head (tree_id, size, at_ms, root, signer, signature)"
	" VALUES ($1, $2, $3, $4, $5, $6)"
	" ON CONFLICT (tree_id, size) DO UPDATE SET at_ms = excluded.at_ms,"
	" signer = excluded.signer, signature = excluded.signature"
	" WHERE excluded.at_ms > audit_head.at_ms"
};

static bool copy_column(const struct db_rows *rows, int column, struct arena *a, void *ret,
                        size_t len)
{
	size_t got;
	const uint8_t *bytes = db_bytes(rows, column, a, &got);

	if (got == len)
		memcpy(ret, bytes, len);
	return got == len;
}

static enum status head_of_row(const struct db_rows *rows, struct arena *a, const struct tree *t,
                               struct audit_head *ret, struct error *reterr)
{
	*ret = (struct audit_head){ .tree = t->uuid,
		                    .size = (uint64_t)db_int(rows, 0),
		                    .at_ms = db_int(rows, 1) };
	if (!copy_column(rows, 2, a, ret->root.bytes, DIGEST_BYTES) ||
	    !copy_column(rows, 3, a, ret->signer.bytes, SIGN_PUBLIC_BYTES) ||
	    !copy_column(rows, 4, a, ret->signature.bytes, SIGNATURE_BYTES))
		return damaged(reterr, "a head of tree", t->id);
	return OK;
}

static enum status one_head(struct db_read *r, const struct db_stmt *s, const struct db_value *args,
                            struct arena *a, const struct tree *t, struct audit_head *ret,
                            struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	enum status st = db_query(r, s, args, &rows, reterr);

	if (st == OK)
		st = db_one(&rows, reterr);
	return st == OK ? head_of_row(&rows, a, t, ret, reterr) : st;
}

enum status head_newest(struct db_read *r, struct arena *a, const struct tree *t,
                        struct audit_head *ret, struct error *reterr)
{
	return one_head(r, &HEAD_NEWEST, DB_ARGS(DB_INT(t->id)), a, t, ret, reterr);
}

enum status head_covering(struct db_read *r, struct arena *a, const struct tree *t, uint64_t size,
                          struct audit_head *ret, struct error *reterr)
{
	return one_head(r, &HEAD_COVERING, DB_ARGS(DB_INT(t->id), DB_INT((int64_t)size)), a, t, ret,
	                reterr);
}

enum status head_list(struct db_read *r, struct arena *a, const struct tree *t,
                      struct audit_head **ret, size_t *ret_count, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct audit_head *list = NULL;
	size_t count = 0;
	enum status st = db_query(r, &HEAD_LIST, DB_ARGS(DB_INT(t->id)), &rows, reterr);

	while (st == OK && db_next(&rows)) {
		list = room_for(a, list, count, sizeof *list);
		st = head_of_row(&rows, a, t, &list[count++], reterr);
	}
	if (st == OK)
		st = db_rows_end(&rows, reterr);
	*ret = list;
	*ret_count = count;
	return st;
}

enum status head_page(struct db_read *r, struct arena *a, const struct tree *t, int64_t below,
                      struct audit_head_page *page, struct error *reterr)
{
	const int64_t room = (int64_t)(page->limit - page->count);
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	enum status st = db_query(
	    r, &HEAD_PAGE, DB_ARGS(DB_INT(t->id), DB_INT(below), DB_INT(room)), &rows, reterr);

	while (st == OK && page->count < page->limit && db_next(&rows)) {
		struct audit_head_row *row = &page->rows[page->count++];
		row->tree_id = t->id;
		row->quarter = t->quarter;
		st = head_of_row(&rows, a, t, &row->head, reterr);
	}
	return st == OK ? db_rows_end(&rows, reterr) : st;
}

enum status head_save(struct db_tx *tx, int64_t tree_id, const struct audit_head *h,
                      struct error *reterr)
{
	return db_exec(tx, &HEAD_SAVE,
	               DB_ARGS(DB_INT(tree_id), DB_INT((int64_t)h->size), DB_INT(h->at_ms),
	                       DB_BYTES(h->root.bytes, DIGEST_BYTES),
	                       DB_BYTES(h->signer.bytes, SIGN_PUBLIC_BYTES),
	                       DB_BYTES(h->signature.bytes, SIGNATURE_BYTES)),
	               NULL, reterr);
}

/* ---- hot events -------------------------------------------------------------------------------
 */

#define HOT_COLUMNS                                                                                \
	" 0, at_ms, action, actor_id, object_type, object_id, owner_type, owner_id, body, nonce"   \
	" FROM audit_event "

static const struct db_stmt READY_SQLITE = { "audit_ready_sqlite", "i",
	                                     "SELECT id, 0," HOT_COLUMNS "ORDER BY id LIMIT $1" };
const struct db_stmt AUDIT_READY_POSTGRES = {
	"audit_ready_postgres", "iii",
	"SELECT id, xid, at_ms, body, nonce FROM audit_event"
	" WHERE xid < CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS text) AS bigint)"
	" AND (xid, id) > ($1, $2) ORDER BY xid, id LIMIT $3"
};
static const struct db_stmt WAITING = { "audit_waiting", "i",
	                                "SELECT id, 0," HOT_COLUMNS "ORDER BY id DESC LIMIT $1" };
static const struct db_stmt WAITING_COUNT = { "audit_waiting_count", "",
	                                      "SELECT count(*) FROM audit_event" };
static const struct db_stmt DOOR = { "audit_door", "i",
	                             "UPDATE audit_door SET is_open = $1 WHERE id = 1" };
static const struct db_stmt REMOVE = { "audit_event_remove", "ib",
	                               "DELETE FROM audit_event WHERE id = $1 AND nonce = $2" };

struct leaf leaf_of_row(const struct db_rows *rows, struct arena *a)
{
	struct leaf l = {
		.event_id = db_int(rows, 0),
		.xid = db_int(rows, 1),
		.seq = db_int(rows, 2),
		.at_ms = db_int(rows, 3),
		.action = db_int(rows, 4),
		.actor_id = db_int(rows, 5),
		.object_type = db_int(rows, 6),
		.object_id = db_int(rows, 7),
		.owner_type = db_int(rows, 8),
		.owner_id = db_int(rows, 9),
	};

	l.body = db_bytes(rows, 10, a, &l.body_len);
	l.nonce = db_bytes(rows, 11, a, &l.nonce_len);
	return l;
}

static enum status take_batch(struct db_rows *rows, struct arena *a, size_t max, struct batch *ret,
                              struct error *reterr)
{
	ret->count = 0;
	ret->leaves = ARENA_ARRAY(a, struct leaf, max);
	while (ret->count < max && db_next(rows))
		ret->leaves[ret->count++] = leaf_of_row(rows, a);
	return db_rows_end(rows, reterr);
}

static enum status batch_of(struct db_read *r, const struct db_stmt *s, const struct db_value *args,
                            struct arena *a, size_t max, struct batch *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	const enum status st = db_query(r, s, args, &rows, reterr);

	ret->is_tail = false;
	return st == OK ? take_batch(&rows, a, max, ret, reterr) : st;
}

static struct leaf bare_leaf_of_row(const struct db_rows *rows, struct arena *a)
{
	struct leaf l = { .event_id = db_int(rows, 0),
		          .xid = db_int(rows, 1),
		          .at_ms = db_int(rows, 2) };

	l.body = db_bytes(rows, 3, a, &l.body_len);
	l.nonce = db_bytes(rows, 4, a, &l.nonce_len);
	return l;
}

static enum status ready_postgres(struct db_read *r, struct sealing_place after, struct arena *a,
                                  struct batch *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	const enum status st = db_query(
	    r, &AUDIT_READY_POSTGRES,
	    DB_ARGS(DB_INT(after.xid), DB_INT(after.event_id), DB_INT(BATCH_MAX)), &rows, reterr);

	if (st != OK)
		return st;
	ret->is_tail = false;
	ret->count = 0;
	ret->leaves = ARENA_ARRAY(a, struct leaf, BATCH_MAX);
	while (ret->count < BATCH_MAX && db_next(&rows))
		ret->leaves[ret->count++] = bare_leaf_of_row(&rows, a);
	return db_rows_end(&rows, reterr);
}

enum status events_ready(struct db_read *r, enum db_engine engine, struct sealing_place after,
                         struct arena *a, struct batch *ret, struct error *reterr)
{
	if (engine == DB_POSTGRES)
		return ready_postgres(r, after, a, ret, reterr);
	return batch_of(r, &READY_SQLITE, DB_ARGS(DB_INT(BATCH_MAX)), a, BATCH_MAX, ret, reterr);
}

enum status events_waiting(struct db_read *r, struct arena *a, size_t max, struct batch *ret,
                           struct error *reterr)
{
	return batch_of(r, &WAITING, DB_ARGS(DB_INT((int64_t)max)), a, max, ret, reterr);
}

enum status events_count(struct db_read *r, int64_t *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	enum status st = db_query(r, &WAITING_COUNT, DB_NO_ARGS, &rows, reterr);

	if (st == OK)
		st = db_one(&rows, reterr);
	if (st == OK)
		*ret = db_int(&rows, 0);
	return st;
}

enum status events_door(struct db_tx *tx, bool is_open, struct error *reterr)
{
	return db_exec_late(tx, &DOOR, DB_ARGS(DB_INT(is_open ? 1 : 0)), reterr);
}

enum status events_remove(struct db_tx *tx, const struct batch *b, struct error *reterr)
{
	enum status st = events_door(tx, true, reterr);

	/* By nonce too: after a restore an id may name another event than the one sealed. */
	for (size_t i = 0; st == OK && i < b->count; i++)
		if (b->leaves[i].event_id != 0)
			st = db_exec_late(
			    tx, &REMOVE,
			    DB_ARGS(DB_INT(b->leaves[i].event_id),
			            DB_BYTES(b->leaves[i].nonce, b->leaves[i].nonce_len)),
			    reterr);
	return st == OK ? events_door(tx, false, reterr) : st;
}

const struct db_stmt *const AUDIT_STATEMENTS[] = {
	&AUDIT_EVENT_ADD, &TREE_NEWEST,    &TREE_LIST,     &TREE_BY_UUID,  &TREE_ADD,  &TREE_END,
	&TREE_GROW,       &TREE_DESTROYED, &HEAD_NEWEST,   &HEAD_COVERING, &HEAD_LIST, &HEAD_PAGE,
	&HEAD_SAVE,       &WAITING,        &WAITING_COUNT, &DOOR,          &REMOVE,    NULL,
};

const struct db_stmt *const AUDIT_SQLITE_STATEMENTS[] = { &READY_SQLITE, NULL };
