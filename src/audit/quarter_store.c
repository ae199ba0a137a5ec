/* quarter_store.c - the sealed events of one quarter and the inner nodes of its trees. */
#include "audit/log_store.h"

#include <assert.h>

/* The same columns as the partitioned tables of migrations/0010_audit.sql, in migrations' words. */
const char AUDIT_QUARTER_SCHEMA[] =
    "CREATE TABLE IF NOT EXISTS audit_sealed (quarter bigint NOT NULL,"
    " tree_id bigint NOT NULL, seq bigint NOT NULL, event_id bigint NOT NULL,"
    " at_ms bigint NOT NULL, action bigint NOT NULL, actor_id bigint NOT NULL,"
    " object_type bigint NOT NULL, object_id bigint NOT NULL, owner_type bigint NOT NULL,"
    " owner_id bigint NOT NULL, body bytea NOT NULL, nonce bytea NOT NULL,"
    " PRIMARY KEY (tree_id, seq))\n"
    "-- sqlite: , WITHOUT ROWID\n"
    ";\n"
    "CREATE INDEX IF NOT EXISTS audit_sealed_by_time ON audit_sealed (at_ms, seq, tree_id);\n"
    "CREATE INDEX IF NOT EXISTS audit_sealed_by_actor"
    " ON audit_sealed (actor_id, at_ms, seq, tree_id);\n"
    "CREATE INDEX IF NOT EXISTS audit_sealed_by_object"
    " ON audit_sealed (object_type, object_id, at_ms, seq, tree_id);\n"
    "CREATE INDEX IF NOT EXISTS audit_sealed_by_owner"
    " ON audit_sealed (owner_type, owner_id, at_ms, seq, tree_id);\n"
    "CREATE INDEX IF NOT EXISTS audit_sealed_by_action"
    " ON audit_sealed (action, at_ms, seq, tree_id);\n"
    "CREATE TABLE IF NOT EXISTS audit_node (quarter bigint NOT NULL,"
    " tree_id bigint NOT NULL, level bigint NOT NULL, place bigint NOT NULL,"
    " digest bytea NOT NULL, PRIMARY KEY (tree_id, level, place))\n"
    "-- sqlite: , WITHOUT ROWID\n"
    ";\n"
    "-- sqlite: CREATE TRIGGER IF NOT EXISTS audit_sealed_stays BEFORE UPDATE ON audit_sealed"
    " BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;\n"
    "-- sqlite: CREATE TRIGGER IF NOT EXISTS audit_sealed_keeps BEFORE DELETE ON audit_sealed"
    " BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;\n";

static const struct db_stmt OPEN_POSTGRES = { "audit_open_quarter", "i",
	                                      "SELECT audit_open_quarter($1)" };
static const struct db_stmt DROP_POSTGRES = { "audit_drop_quarter", "i",
	                                      "SELECT audit_drop_quarter($1)" };

static const struct db_stmt APPEND = {
	"audit_sealed_add", "iiiiiiiiiiibb",
	"INSERT INTO audit_sealed (quarter, tree_id, seq, event_id, at_ms, action, actor_id,"
	" object_type, object_id, owner_type, owner_id, body, nonce)"
	" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"
};
/* Both from the first of the batch to the last, as they lie in the order of sealing. */
static const struct db_stmt TAKE_POSTGRES = {
	"audit_sealed_take", "iiiiiii",
	"INSERT INTO audit_sealed (quarter, tree_id, seq, event_id, at_ms, action, actor_id,"
	" object_type, object_id, owner_type, owner_id, body, nonce)"
	" SELECT $1, $2, $3 + row_number() OVER (ORDER BY xid, id) - 1, id, at_ms, action, "
	"actor_id,"
	" object_type, object_id, owner_type, owner_id, body, nonce"
	" FROM audit_event WHERE (xid, id) >= ($4, $5) AND (xid, id) <= ($6, $7)"
};
static const struct db_stmt LEAVE_POSTGRES = {
	"audit_event_leave", "iiii",
	"DELETE FROM audit_event WHERE (xid, id) >= ($1, $2) AND (xid, id) <= ($3, $4)"
};
static const struct db_stmt NODE_ADD = { "audit_node_add", "iiiib",
	                                 "INSERT INTO audit_node (quarter, tree_id, level, place, "
	                                 "digest) VALUES ($1, $2, $3, $4, $5)" };
static const struct db_stmt NODE_FIND = {
	"audit_node_find", "iiii",
	"SELECT digest FROM audit_node"
	" WHERE quarter = $1 AND tree_id = $2 AND level = $3 AND place = $4"
};

#define SEALED_COLUMNS                                                                             \
	"SELECT event_id, 0, seq, at_ms, action, actor_id, object_type, object_id, owner_type,"    \
	" owner_id, body, nonce FROM audit_sealed "

static const struct db_stmt ROWS = {
	"audit_sealed_rows", "iii",
	SEALED_COLUMNS "WHERE quarter = $1 AND tree_id = $2 AND seq >= $3 ORDER BY seq, tree_id"
};
static const struct db_stmt TAIL = { "audit_sealed_tail", "iiii",
	                             SEALED_COLUMNS
	                             "WHERE quarter = $1 AND tree_id = $2 AND seq >= $3"
	                             " ORDER BY seq, tree_id LIMIT $4" };

static enum status call(struct db_tx *tx, const struct db_stmt *s, int64_t quarter,
                        struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	const enum status st = db_query(db_tx_read(tx), s, DB_ARGS(DB_INT(quarter)), &rows, reterr);

	return st == OK ? db_one(&rows, reterr) : st;
}

enum status quarter_make(struct db_tx *tx, int64_t quarter, struct error *reterr)
{
	return call(tx, &OPEN_POSTGRES, quarter, reterr);
}

enum status quarter_drop(struct db_tx *tx, int64_t quarter, struct error *reterr)
{
	return call(tx, &DROP_POSTGRES, quarter, reterr);
}

struct digest leaf_digest(const struct leaf *l)
{
	return merkle_leaf(l->nonce, l->nonce_len, l->body, l->body_len);
}

static size_t take_leaf(struct tree *t, const struct leaf *l,
                        struct merkle_complete ret[MERKLE_LEVELS_MAX])
{
	const struct digest d = leaf_digest(l);

	if (t->frontier.size == 0 || l->at_ms < t->first_at)
		t->first_at = l->at_ms;
	if (l->at_ms > t->last_at)
		t->last_at = l->at_ms;
	return merkle_append(&t->frontier, &d, ret);
}

void tree_take(struct tree *t, const struct batch *b)
{
	for (size_t i = 0; i < b->count; i++)
		(void)take_leaf(t, &b->leaves[i], NULL);
}

static enum status append_leaf(struct db_tx *tx, const struct tree *t, const struct leaf *l,
                               struct error *reterr)
{
	return db_exec_late(
	    tx, &APPEND,
	    DB_ARGS(DB_INT(t->quarter), DB_INT(t->id), DB_INT((int64_t)t->frontier.size),
	            DB_INT(l->event_id), DB_INT(l->at_ms), DB_INT(l->action), DB_INT(l->actor_id),
	            DB_INT(l->object_type), DB_INT(l->object_id), DB_INT(l->owner_type),
	            DB_INT(l->owner_id), DB_BYTES(l->body, l->body_len),
	            DB_BYTES(l->nonce, l->nonce_len)),
	    reterr);
}

static enum status add_node(struct db_tx *tx, const struct tree *t,
                            const struct merkle_complete *node, struct error *reterr)
{
	return db_exec_late(tx, &NODE_ADD,
	                    DB_ARGS(DB_INT(t->quarter), DB_INT(t->id), DB_INT(node->level),
	                            DB_INT((int64_t)node->index),
	                            DB_BYTES(node->root.bytes, DIGEST_BYTES)),
	                    reterr);
}

/* The leaf grows the tree; the inner nodes that it completes are stored. */
static enum status grow_by(struct db_tx *tx, struct tree *t, const struct leaf *l,
                           struct error *reterr)
{
	struct merkle_complete done[MERKLE_LEVELS_MAX];
	const size_t count = take_leaf(t, l, done);
	enum status st = OK;

	for (size_t k = NODE_LEVEL_MIN; st == OK && k < count; k++)
		st = add_node(tx, t, &done[k], reterr);
	return st;
}

enum status quarter_append(struct db_tx *tx, struct tree *t, const struct batch *b,
                           struct error *reterr)
{
	enum status st = OK;

	for (size_t i = 0; st == OK && i < b->count; i++) {
		st = append_leaf(tx, t, &b->leaves[i], reterr);
		if (st == OK)
			st = grow_by(tx, t, &b->leaves[i], reterr);
	}
	return st;
}

static enum status not_those(const struct batch *b, int64_t found, struct error *reterr)
{
	(void)FAIL_INTERNAL(reterr);
	return error_cause(reterr, "log: %lld events lie where %zu were read", (long long)found,
	                   b->count);
}

static enum status move_rows(struct db_tx *tx, const struct tree *t, const struct batch *b,
                             struct error *reterr)
{
	const struct leaf *first = &b->leaves[0], *last = &b->leaves[b->count - 1];
	const struct db_value args[] = {
		DB_INT(t->quarter),     DB_INT(t->id),           DB_INT((int64_t)t->frontier.size),
		DB_INT(first->xid),     DB_INT(first->event_id), DB_INT(last->xid),
		DB_INT(last->event_id),
	};
	int64_t taken = 0, gone = 0;
	enum status st = db_exec(tx, &TAKE_POSTGRES, args, &taken, reterr);

	if (st == OK)
		st = db_exec(tx, &LEAVE_POSTGRES, &args[3], &gone, reterr);
	if (st != OK || (taken == (int64_t)b->count && gone == taken))
		return st;
	return not_those(b, taken, reterr);
}

enum status quarter_take_over(struct db_tx *tx, struct tree *t, const struct batch *b,
                              struct error *reterr)
{
	enum status st = events_door(tx, true, reterr);

	if (st == OK)
		st = move_rows(tx, t, b, reterr);
	for (size_t i = 0; st == OK && i < b->count; i++)
		st = grow_by(tx, t, &b->leaves[i], reterr);
	return st == OK ? events_door(tx, false, reterr) : st;
}

enum status quarter_rows(struct db_read *r, const struct tree *t, int64_t from_seq,
                         struct db_rows *ret, struct error *reterr)
{
	return db_query(r, &ROWS, DB_ARGS(DB_INT(t->quarter), DB_INT(t->id), DB_INT(from_seq)), ret,
	                reterr);
}

enum status quarter_tail(struct db_read *r, struct arena *a, const struct tree *t, int64_t from_seq,
                         struct batch *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	const enum status st = db_query(
	    r, &TAIL,
	    DB_ARGS(DB_INT(t->quarter), DB_INT(t->id), DB_INT(from_seq), DB_INT(BATCH_MAX)), &rows,
	    reterr);

	ret->is_tail = true;
	ret->count = 0;
	if (st != OK)
		return st;
	ret->leaves = ARENA_ARRAY(a, struct leaf, BATCH_MAX);
	while (ret->count < BATCH_MAX && db_next(&rows))
		ret->leaves[ret->count++] = leaf_of_row(&rows, a);
	return db_rows_end(&rows, reterr);
}

enum status node_find(struct db_read *r, const struct tree *t, uint32_t level, uint64_t place,
                      struct digest *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct arena a;
	size_t len = 0;
	enum status st = db_query(
	    r, &NODE_FIND,
	    DB_ARGS(DB_INT(t->quarter), DB_INT(t->id), DB_INT(level), DB_INT((int64_t)place)),
	    &rows, reterr);

	if (st == OK)
		st = db_one(&rows, reterr);
	if (st != OK)
		return st;
	arena_init(&a, 4096);
	const uint8_t *bytes = db_bytes(&rows, 0, &a, &len);
	if (len == DIGEST_BYTES)
		memcpy(ret->bytes, bytes, DIGEST_BYTES);
	arena_reset(&a);
	if (len == DIGEST_BYTES)
		return OK;
	(void)FAIL_INTERNAL(reterr);
	return error_cause(reterr, "log: node %u/%llu of tree %lld is damaged", level,
	                   (unsigned long long)place, (long long)t->id);
}

const struct db_stmt *const AUDIT_QUARTER_STATEMENTS[] = { &APPEND, &NODE_ADD, &NODE_FIND,
	                                                   &ROWS,   &TAIL,     NULL };
const struct db_stmt *const AUDIT_POSTGRES_STATEMENTS[] = { &OPEN_POSTGRES,        &DROP_POSTGRES,
	                                                    &TAKE_POSTGRES,        &LEAVE_POSTGRES,
	                                                    &AUDIT_READY_POSTGRES, NULL };
