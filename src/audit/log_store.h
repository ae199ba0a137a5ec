/*
 * log_store.h - every SQL statement of the log's trees; private to audit/ and its tests
 *
 * Hot events (audit_event), trees and heads lie in the main database. Sealed events and the
 * tree's inner nodes from level NODE_LEVEL_MIN up lie per quarter: on SQLite in a file of their
 * own, log/2026Q4.db, on PostgreSQL in a partition. So moving a batch takes two commits on
 * SQLite, first the quarter's, then the main one's; what stands in the quarter beyond
 * tree.size after a crash is its `tail`, and is taken up by the next step.
 */
#ifndef AUDIT_LOG_STORE_H
#define AUDIT_LOG_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "audit/event.h"
#include "audit/head.h"
#include "audit/log.h"
#include "audit/merkle.h"
#include "platform/db/db.h"

enum { NODE_LEVEL_MIN = 8, BATCH_MAX = 500 };

/* 20264 for October to December 2026 (UTC). */
int quarter_of(int64_t at_ms);

struct tree {
	int64_t id;
	struct uuid uuid;
	int64_t quarter;
	struct merkle_frontier frontier; /* its size is the tree's */
	int64_t first_at, last_at;
	int64_t began_at, ended_at, destroyed_at; /* 0: not */
};

/* An event with its place; body and nonce are the arena's. */
struct leaf {
	int64_t event_id, xid; /* 0: never was in audit_event */
	int64_t seq;
	int64_t at_ms, action, actor_id, object_type, object_id, owner_type, owner_id;
	const uint8_t *body, *nonce;
	size_t body_len, nonce_len;
};

struct batch {
	size_t count;
	struct leaf *leaves; /* in order of sealing */
	bool is_tail;        /* already in the quarter */
};

/* ---- the main database ----------------------------------------------------------------------- */

/* The newest tree, ended or not. ERR_NOT_FOUND: the log has none yet. */
MUST_CHECK enum status tree_newest(struct db_read *r, struct arena *a, struct tree *ret,
                                   struct error *reterr);
/* All trees, oldest first. */
MUST_CHECK enum status tree_list(struct db_read *r, struct arena *a, struct tree **ret,
                                 size_t *ret_count, struct error *reterr);
MUST_CHECK enum status tree_by_uuid(struct db_read *r, struct arena *a, const struct uuid *uuid,
                                    struct tree *ret, struct error *reterr);
MUST_CHECK enum status tree_add(struct db_tx *tx, const struct tree *t, struct error *reterr);
MUST_CHECK enum status tree_end(struct db_tx *tx, int64_t id, int64_t at_ms, struct error *reterr);
MUST_CHECK enum status tree_destroyed(struct db_tx *tx, int64_t quarter, int64_t at_ms,
                                      int64_t *ret_count, struct error *reterr);
/* The tree as it is after a batch; ERR_CONFLICT if it isn't of old_size any more (another sealer
 * was first). */
MUST_CHECK enum status tree_grow(struct db_tx *tx, const struct tree *t, uint64_t old_size,
                                 struct error *reterr);

/* ret->size 0 and ERR_NOT_FOUND: nothing signed yet. */
MUST_CHECK enum status head_newest(struct db_read *r, struct arena *a, const struct tree *t,
                                   struct audit_head *ret, struct error *reterr);
/* The oldest head of at least size leaves. */
MUST_CHECK enum status head_covering(struct db_read *r, struct arena *a, const struct tree *t,
                                     uint64_t size, struct audit_head *ret, struct error *reterr);
MUST_CHECK enum status head_list(struct db_read *r, struct arena *a, const struct tree *t,
                                 struct audit_head **ret, size_t *ret_count, struct error *reterr);
/* Adds those of fewer than below leaves, largest first, as far as the page has room. */
MUST_CHECK enum status head_page(struct db_read *r, struct arena *a, const struct tree *t,
                                 int64_t below, struct audit_head_page *page, struct error *reterr);
MUST_CHECK enum status head_save(struct db_tx *tx, int64_t tree_id, const struct audit_head *h,
                                 struct error *reterr);

/*
 * Events that may be sealed now, in order. On PostgreSQL those older than every running
 * transaction, behind `after`, with no more of them than their leaves need (at_ms, body, nonce).
 */
MUST_CHECK enum status events_ready(struct db_read *r, enum db_engine engine,
                                    struct sealing_place after, struct arena *a, struct batch *ret,
                                    struct error *reterr);
/* Newest first, whether or not they may be sealed; at most max. */
MUST_CHECK enum status events_waiting(struct db_read *r, struct arena *a, size_t max,
                                      struct batch *ret, struct error *reterr);
/* Takes the sealed ones away. */
MUST_CHECK enum status events_remove(struct db_tx *tx, const struct batch *b, struct error *reterr);
MUST_CHECK enum status events_count(struct db_read *r, int64_t *ret, struct error *reterr);

/* ---- a quarter ---------------------------------------------------------------------------------
 */

/* The tables of a quarter's file on SQLite. */
extern const char AUDIT_QUARTER_SCHEMA[];
/* PostgreSQL: the partitions; harmless when they are there. */
MUST_CHECK enum status quarter_make(struct db_tx *tx, int64_t quarter, struct error *reterr);
/* PostgreSQL: drops the partitions of a quarter whose trees are all marked as destroyed. */
MUST_CHECK enum status quarter_drop(struct db_tx *tx, int64_t quarter, struct error *reterr);

/* Stores leaves as seq t->frontier.size.., and the inner nodes they complete; t grows. */
MUST_CHECK enum status quarter_append(struct db_tx *tx, struct tree *t, const struct batch *b,
                                      struct error *reterr);
/*
 * PostgreSQL: the same for what events_ready gave, which leaves audit_event in the same job.
 * ERR_INTERNAL, and the job is lost, if those aren't exactly the events that lie there.
 */
MUST_CHECK enum status quarter_take_over(struct db_tx *tx, struct tree *t, const struct batch *b,
                                         struct error *reterr);
/* The same growth of t, for a batch that is stored already. */
void tree_take(struct tree *t, const struct batch *b);

/* Sealed events of t from seq on, at most BATCH_MAX. */
MUST_CHECK enum status quarter_tail(struct db_read *r, struct arena *a, const struct tree *t,
                                    int64_t from_seq, struct batch *ret, struct error *reterr);

/* All events of t from seq on, as rows for leaf_of_row. */
MUST_CHECK enum status quarter_rows(struct db_read *r, const struct tree *t, int64_t from_seq,
                                    struct db_rows *ret, struct error *reterr);
struct leaf leaf_of_row(const struct db_rows *rows, struct arena *a);

MUST_CHECK enum status node_find(struct db_read *r, const struct tree *t, uint32_t level,
                                 uint64_t place, struct digest *ret, struct error *reterr);

struct digest leaf_digest(const struct leaf *l);

/* For db_prepare_all: of the main database, of one engine, of a quarter. NULL ends each list. */
extern const struct db_stmt *const AUDIT_STATEMENTS[];
extern const struct db_stmt *const AUDIT_SQLITE_STATEMENTS[];
extern const struct db_stmt *const AUDIT_POSTGRES_STATEMENTS[];
extern const struct db_stmt *const AUDIT_QUARTER_STATEMENTS[];
extern const struct db_stmt *const AUDIT_LIST_STATEMENTS[]; /* of a quarter too */
extern const struct db_stmt AUDIT_READY_POSTGRES;

/* Lets events leave audit_event, within this transaction. */
MUST_CHECK enum status events_door(struct db_tx *tx, bool is_open, struct error *reterr);

#endif
