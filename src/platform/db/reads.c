#include "platform/db/house.h"

#include <assert.h>
#include <stdio.h>

#include "platform/core/clock.h"
#include "platform/db/gather.h"

enum { POOL_WAIT_S = 5 };

/* ---- the pool ---------------------------------------------------------------------------------
 */

void pool_init(struct read_pool *p, int max)
{
	*p = (struct read_pool){ .max = max };
	p->last_left = &p->left;
	(void)pthread_mutex_init(&p->lock, NULL);
	clock_condition_init(&p->returned);
}

static void close_all(struct conn *list)
{
	while (list != NULL) {
		struct conn *c = list;
		list = c->next;
		c->engine->close(c);
	}
}

void pool_close(struct read_pool *p)
{
	close_all(p->idle);
	close_all(p->left);
	(void)pthread_cond_destroy(&p->returned);
	(void)pthread_mutex_destroy(&p->lock);
}

/* Under the lock. */
static struct conn *pop(struct read_pool *p)
{
	struct conn *c = p->left != NULL ? p->left : p->idle;

	if (c == NULL)
		return NULL;
	if (c == p->idle)
		p->idle = c->next;
	else
		p->left = c->next;
	if (p->left == NULL)
		p->last_left = &p->left;
	return c;
}

/* A connection, or NULL with room to open one. False: none came back in time. */
static bool take_idle(struct read_pool *p, struct conn **ret)
{
	bool early = true;

	(void)pthread_mutex_lock(&p->lock);
	if ((*ret = pop(p)) == NULL && p->open >= p->max) {
		const int64_t until_us = clock_monotonic_us() + POOL_WAIT_S * INT64_C(1000000);
		while ((*ret = pop(p)) == NULL && p->open >= p->max && early)
			early = clock_wait_until(&p->returned, &p->lock, until_us);
	}
	bool got = *ret != NULL || p->open < p->max;
	if (*ret == NULL && got)
		p->open++;
	(void)pthread_mutex_unlock(&p->lock);
	return got;
}

static void give_back(struct read_pool *p, struct conn *c, bool left)
{
	(void)pthread_mutex_lock(&p->lock);
	if (c == NULL) {
		p->open--;
	} else if (left) {
		c->next = NULL;
		*p->last_left = c;
		p->last_left = &c->next;
	} else {
		c->next = p->idle;
		p->idle = c;
	}
	(void)pthread_cond_signal(&p->returned);
	(void)pthread_mutex_unlock(&p->lock);
}

static enum status pool_take(struct db *db, struct conn **ret, struct error *reterr)
{
	struct conn *c;

	if (!take_idle(&db->pool, &c)) {
		(void)FAIL(reterr, ERR_UNAVAILABLE,
		           "Het is nu erg druk. Probeer het over een minuut opnieuw.");
		return error_cause(reterr, "all %d read connections are taken", db->pool.max);
	}
	if (c != NULL) {
		c->pooled = true;
		*ret = c;
		return OK;
	}
	enum status st = house_connect(db, CONN_READER, ret, reterr);
	if (st != OK)
		give_back(&db->pool, NULL, false);
	return st;
}

static void pool_return(struct db *db, struct conn *c)
{
	if (!c->engine->alive(c)) {
		c->engine->close(c);
		c = NULL;
	}
	give_back(&db->pool, c, false);
}

enum status pool_prepare(struct db *db, const struct db_stmt *s, struct error *reterr)
{
	struct conn *c = NULL;
	enum status st = pool_take(db, &c, reterr);
	if (st != OK)
		return st;
	assert(c != NULL);
	st = c->engine->prepare(c, s);
	if (st != OK)
		*reterr = c->error;
	pool_return(db, c);
	return st;
}

/* ---- snapshots --------------------------------------------------------------------------------
 */

/* A server that was restarted left dead connections in the pool: each is met once, then gone. */
static enum status begin_on_live(struct db *db, struct conn **ret, struct error *reterr)
{
	for (;;) {
		struct conn *c = NULL;
		enum status st = pool_take(db, &c, reterr);
		if (st != OK)
			return st;
		assert(c != NULL);
		st = conn_command(c, COMMAND_BEGIN_READ);
		*ret = c;
		if (st == OK)
			return OK;
		*reterr = c->error;
		bool dead = c->trouble == TROUBLE_LOST;
		pool_return(db, c);
		if (!dead)
			return st;
	}
}

enum status db_read_begin(struct db *db, struct db_read **ret, struct error *reterr)
{
	struct conn *c = NULL;
	enum status st = begin_on_live(db, &c, reterr);
	if (st != OK)
		return st;
	assert(c != NULL);
	struct db_read *r = calloc(1, sizeof(*r));
	if (r == NULL) {
		(void)conn_command(c, COMMAND_ROLLBACK);
		pool_return(db, c);
		return FAIL_INTERNAL(reterr);
	}
	*r = (struct db_read){ .db = db, .conn = c };
	*ret = r;
	return OK;
}

/* The connection, with nothing left open on it. */
static struct conn *taken_from(struct db_read *r)
{
	struct conn *c = r->conn;

	assert(r->tx == NULL);
	while (r->asked != NULL)
		db_rows_close(r->asked);
	free(r);
	return c;
}

void db_read_end(struct db_read *r)
{
	if (r == NULL)
		return;
	struct db *db = r->db;
	struct conn *c = taken_from(r);
	(void)conn_command(c, COMMAND_ROLLBACK);
	pool_return(db, c);
}

void db_read_leave(struct db_read *r)
{
	if (r == NULL || r->db->cfg.engine == DB_SQLITE) {
		db_read_end(r); /* no journey to save */
		return;
	}
	struct db *db = r->db;
	struct conn *c = taken_from(r);
	if (conn_command(c, COMMAND_LEAVE) == OK && c->engine->alive(c))
		give_back(&db->pool, c, true);
	else
		pool_return(db, c);
}

void db_read_rest(struct db *db)
{
	struct read_pool *p = &db->pool;

	(void)pthread_mutex_lock(&p->lock);
	struct conn *list = p->left;
	p->left = NULL;
	p->last_left = &p->left;
	(void)pthread_mutex_unlock(&p->lock);
	while (list != NULL) {
		struct conn *c = list;
		list = c->next;
		(void)conn_command(c, COMMAND_ROLLBACK);
		pool_return(db, c);
	}
}

/* ---- rows --------------------------------------------------------------------------------------
 */

/* A failed statement ends its job on both engines, though SQLite would let it go on. */
static enum status remember(struct db_read *r, enum status st, struct error *reterr)
{
	*reterr = r->conn->error;
	if (r->tx != NULL && !r->tx->failed) {
		r->tx->failed = true;
		r->tx->failure = r->conn->error;
	}
	return st;
}

static enum status already_failed(const struct db_tx *tx, struct error *reterr)
{
	*reterr = tx->failure;
	return tx->failure.status;
}

/* A dead connection from the pool may show only at the first query: begin again on a new one. */
static enum status query_again(struct db_read *r, const struct db_stmt *s,
                               const struct db_value *args, struct cursor **ret)
{
	struct conn *fresh = NULL;
	struct error ignored;

	if (r->conn->trouble != TROUBLE_LOST || !r->conn->pooled ||
	    house_connect(r->db, CONN_READER, &fresh, &ignored) != OK)
		return r->conn->error.status;
	assert(fresh != NULL);
	r->conn->engine->close(r->conn);
	r->conn = fresh;
	enum status st = conn_command(fresh, COMMAND_BEGIN_READ);

	return st == OK ? conn_query(fresh, s, args, ret) : st;
}

enum status db_query(struct db_read *r, const struct db_stmt *s, const struct db_value *args,
                     struct db_rows *ret, struct error *reterr)
{
	struct cursor *cur = NULL;

	*ret = (struct db_rows){ .read = r };
	if (r->tx != NULL && r->tx->failed)
		return already_failed(r->tx, reterr);
	if (r->tx != NULL && gather_send(r->tx, reterr) != OK)
		return reterr->status;
	enum status st = conn_query(r->conn, s, args, &cur);
	if (st != OK && r->tx == NULL && !r->opened)
		st = query_again(r, s, args, &cur);
	if (st != OK)
		return remember(r, r->conn->error.status, reterr);
	r->opened = true;
	ret->cursor = cur;
	return OK;
}

/* The first query of a snapshot is waited for: only then can a dead connection be replaced. */
enum status db_ask(struct db_read *r, const struct db_stmt *s, const struct db_value *args,
                   struct db_rows *ret, struct error *reterr)
{
	struct cursor *cur = NULL;

	if (!r->opened || r->tx != NULL)
		return db_query(r, s, args, ret, reterr);
	*ret = (struct db_rows){ .read = r };
	if (conn_ask(r->conn, s, args, &cur) != OK)
		return remember(r, r->conn->error.status, reterr);
	ret->cursor = cur;
	ret->next = r->asked;
	r->asked = ret;
	return OK;
}

enum status db_ask_ahead(struct db_read *r, const struct db_stmt *s, const struct db_value *args,
                         struct db_rows *ret, struct error *reterr)
{
	r->opened = true;
	return db_ask(r, s, args, ret, reterr);
}

bool db_next(struct db_rows *rows)
{
	if (rows->cursor == NULL || rows->failed)
		return false;
	struct conn *c = rows->read->conn;
	int got = c->engine->next(c, rows->cursor);
	if (got < 0) {
		struct error ignored;
		rows->failed = true;
		(void)remember(rows->read, c->error.status, &ignored);
	}
	if (got > 0)
		rows->row++;
	return got > 0;
}

enum status db_rows_end(struct db_rows *rows, struct error *reterr)
{
	bool went_wrong = rows->failed;

	if (went_wrong)
		*reterr = rows->read->conn->error;
	db_rows_close(rows);
	return went_wrong ? reterr->status : OK;
}

static void forget_asked(struct db_rows *rows)
{
	for (struct db_rows **at = &rows->read->asked; *at != NULL; at = &(*at)->next) {
		if (*at != rows)
			continue;
		*at = rows->next;
		return;
	}
}

void db_rows_close(struct db_rows *rows)
{
	if (rows->cursor == NULL)
		return;
	forget_asked(rows);
	rows->read->conn->engine->finish(rows->cursor);
	rows->cursor = NULL;
}

enum status db_one(struct db_rows *rows, struct error *reterr)
{
	if (db_next(rows))
		return OK;
	if (rows->failed)
		return db_rows_end(rows, reterr);
	db_rows_close(rows);
	return FAIL_NOT_FOUND(reterr);
}

static struct db_value cell(const struct db_rows *rows, int column)
{
	assert(rows->cursor != NULL);
	return rows->read->conn->engine->cell(rows->cursor, column);
}

bool db_is_null(const struct db_rows *rows, int column)
{
	return cell(rows, column).kind == DB_KIND_NULL;
}

int64_t db_int(const struct db_rows *rows, int column)
{
	struct db_value v = cell(rows, column);

	assert(v.kind == DB_KIND_INT || v.kind == DB_KIND_NULL);
	return v.integer;
}

double db_float(const struct db_rows *rows, int column)
{
	struct db_value v = cell(rows, column);

	assert(v.kind != DB_KIND_TEXT && v.kind != DB_KIND_BYTES);
	return v.kind == DB_KIND_INT ? (double)v.integer : v.number;
}

const char *db_text(const struct db_rows *rows, int column, struct arena *a)
{
	struct db_value v = cell(rows, column);

	assert(v.kind == DB_KIND_TEXT || v.kind == DB_KIND_NULL);
	return v.kind == DB_KIND_NULL ? "" : arena_strndup(a, v.bytes, v.len);
}

const uint8_t *db_bytes(const struct db_rows *rows, int column, struct arena *a, size_t *ret_len)
{
	struct db_value v = cell(rows, column);

	assert(v.kind == DB_KIND_BYTES || v.kind == DB_KIND_NULL);
	*ret_len = v.len;
	if (v.kind == DB_KIND_NULL || v.len == 0)
		return (const uint8_t *)"";
	return (const uint8_t *)arena_strndup(a, v.bytes, v.len);
}

bool db_exactly(const struct db_rows *rows, int column, void *ret, size_t bytes)
{
	const struct db_value v = cell(rows, column);

	assert(v.kind == DB_KIND_BYTES || v.kind == DB_KIND_NULL);
	if (v.kind == DB_KIND_NULL || v.len != bytes)
		return false;
	memcpy(ret, v.bytes, bytes);
	return true;
}

/* ---- writing -----------------------------------------------------------------------------------
 */

struct db_tx tx_over(struct db *db, struct conn *c, struct arena *a)
{
	return (struct db_tx){
		.read = { .db = db, .conn = c },
		.arena = a,
		.event_context = db->cfg.event_context,
	};
}

struct db_read *db_tx_read(struct db_tx *tx)
{
	return &tx->read;
}

struct arena *db_tx_arena(struct db_tx *tx)
{
	return tx->arena;
}

void *db_event_context(const struct db_tx *tx)
{
	return tx->event_context;
}

enum status db_exec(struct db_tx *tx, const struct db_stmt *s, const struct db_value *args,
                    int64_t *ret_changed, struct error *reterr)
{
	if (tx->failed)
		return already_failed(tx, reterr);
	if (gather_send(tx, reterr) != OK)
		return reterr->status;
	enum status st = conn_exec(tx->read.conn, s, args, ret_changed);
	return st == OK ? OK : remember(&tx->read, st, reterr);
}

enum status db_exec_late(struct db_tx *tx, const struct db_stmt *s, const struct db_value *args,
                         struct error *reterr)
{
	enum status st = OK;

	if (tx->failed)
		return already_failed(tx, reterr);
	if (gather_row(tx, s, args, &st, reterr))
		return st;
	if (gather_send(tx, reterr) != OK)
		return reterr->status;
	st = conn_exec_late(tx->read.conn, s, args);
	return st == OK ? OK : remember(&tx->read, st, reterr);
}

enum status db_insert(struct db_tx *tx, const struct db_stmt *s, const struct db_value *args,
                      int64_t *ret_id, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	enum status st = db_query(&tx->read, s, args, &rows, reterr);
	if (st != OK)
		return st;
	if (!db_next(&rows) && !rows.failed)
		return FAIL_INTERNAL(reterr);
	int64_t id = rows.failed ? 0 : db_int(&rows, 0);
	while (db_next(&rows))
		;
	st = db_rows_end(&rows, reterr);
	if (st == OK)
		*ret_id = id;
	return st;
}

static enum status wrong_order(struct db_tx *tx, const struct db_root *root, struct error *reterr)
{
	(void)FAIL_INTERNAL(reterr);
	(void)error_cause(reterr, "claim of %s out of ascending (order, id)", root->table);
	tx->failed = true;
	tx->failure = *reterr;
	return reterr->status;
}

static enum status exists(struct db_tx *tx, const struct db_root *root, int64_t id,
                          struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	enum status st = db_query(&tx->read, &root->look, DB_ARGS(DB_INT(id)), &rows, reterr);

	return st == OK ? db_one(&rows, reterr) : st;
}

enum status db_claim(struct db_tx *tx, const struct db_root *root, int64_t id, int64_t version,
                     struct error *reterr)
{
	bool ascends =
	    root->order > tx->claim_order || (root->order == tx->claim_order && id > tx->claim_id);
	if (tx->claimed && !ascends)
		return wrong_order(tx, root, reterr);
	tx->claimed = true;
	tx->claim_order = root->order;
	tx->claim_id = id;

	int64_t changed = 0;
	enum status st =
	    db_exec(tx, &root->claim, DB_ARGS(DB_INT(id), DB_INT(version)), &changed, reterr);
	if (st != OK || changed == 1)
		return st;
	st = exists(tx, root, id, reterr);
	if (st != OK)
		return st;
	(void)FAIL(reterr, ERR_CONFLICT,
	           "Iemand anders heeft dit intussen gewijzigd. Bekijk eerst de nieuwe versie.");
	reterr->field = DB_FIELD_VERSION;
	return reterr->status;
}
