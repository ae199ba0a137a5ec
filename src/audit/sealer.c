/* sealer.c - gives events their place in the tree and signs its head; see log.h for the promise. */
#include "audit/log.h"

#include <assert.h>

#include "audit/action.h"
#include "audit/log_store.h"

enum { HOUR_MS = 3600000, STEP_ARENA_BYTES = 8 * 1024 * 1024, BREATH_MAX_MS = 100 };

/* What one step works with. */
struct step {
	struct audit_log *log;
	struct arena arena;
	struct tree tree;
	bool has_tree;
	bool has_head;
	struct audit_head head; /* newest of the tree */
	size_t sealed;
};

static bool one_database(const struct audit_log *log)
{
	return db_engine_of(log->cfg.db) == DB_POSTGRES;
}

static enum status load(struct step *s, struct error *reterr)
{
	struct db_read *r;
	enum status st = db_read_begin(s->log->cfg.db, &r, reterr);

	if (st != OK)
		return st;
	st = tree_newest(r, &s->arena, &s->tree, reterr);
	s->has_tree = st == OK;
	if (st == OK)
		st = head_newest(r, &s->arena, &s->tree, &s->head, reterr);
	s->has_head = st == OK;
	db_read_end(r);
	return st == ERR_NOT_FOUND ? OK : st;
}

static enum status in_main(struct step *s, db_job_fn *run, void *args, struct error *reterr)
{
	struct db_job job = { .run = run, .args = args, .lane = LANE_BULK };

	return db_run(s->log->cfg.db, &job, reterr);
}

/* ---- heads --------------------------------------------------------------------------------------
 */

/* A head of the tree as it is. Time never goes back within a tree, whatever the clock does. */
static struct audit_head new_head(const struct step *s)
{
	struct audit_head h = { .tree = s->tree.uuid,
		                .size = s->tree.frontier.size,
		                .at_ms = clock_now_ms(s->log->cfg.clock),
		                .root = merkle_root(&s->tree.frontier) };

	if (s->has_head && h.at_ms <= s->head.at_ms)
		h.at_ms = s->head.at_ms + 1;
	audit_head_sign(&h, s->log->cfg.secret, s->log->cfg.public);
	return h;
}

struct signing {
	int64_t tree_id;
	struct audit_head head;
};

static enum status sign_job(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct signing *g = args;

	return head_save(tx, g->tree_id, &g->head, reterr);
}

/* now: also when the last head is younger than a minute, if the tree has grown since. */
static bool head_is_due(const struct step *s, bool now)
{
	if (!s->has_tree || s->tree.ended_at > 0 || s->tree.frontier.size == 0)
		return false;
	if (!s->has_head || (now && s->head.size != s->tree.frontier.size))
		return true;
	/* A clock set back makes the age negative: then too, so that heads keep coming. */
	const int64_t age = clock_now_ms(s->log->cfg.clock) - s->head.at_ms;
	return age >= AUDIT_SIGN_EVERY_MS || age < -AUDIT_SIGN_EVERY_MS;
}

static enum status sign_if_due(struct step *s, bool now, struct error *reterr)
{
	enum status st = load(s, reterr);

	if (st != OK || !head_is_due(s, now))
		return st;
	struct signing g = { .tree_id = s->tree.id, .head = new_head(s) };
	st = in_main(s, sign_job, &g, reterr);
	if (st == OK) {
		pthread_mutex_lock(&s->log->guard);
		s->log->figures.last_signed_ms = g.head.at_ms;
		pthread_mutex_unlock(&s->log->guard);
	}
	return st;
}

/* ---- a new tree
 * ------------------------------------------------------------------------------------ */

struct beginning {
	const struct tree *old; /* NULL: none, or ended already */
	struct audit_head last; /* of old; size 0: nothing to sign */
	struct tree tree;
	int64_t at_ms;
};

static enum status begin_job(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct beginning *b = args;
	enum status st = OK;

	if (b->old != NULL && b->last.size > 0)
		st = head_save(tx, b->old->id, &b->last, reterr);
	if (st == OK && b->old != NULL)
		st = tree_end(tx, b->old->id, b->at_ms, reterr);
	return st == OK ? tree_add(tx, &b->tree, reterr) : st;
}

static enum status begin_tree(struct step *s, int64_t quarter, struct error *reterr)
{
	const int64_t now = clock_now_ms(s->log->cfg.clock);
	const bool growing = s->has_tree && s->tree.ended_at == 0;
	struct beginning b = {
		.old = growing ? &s->tree : NULL,
		.at_ms = now,
		.tree = { .uuid = uuid_at(now), .quarter = quarter, .began_at = now },
	};

	if (growing && s->tree.frontier.size > 0)
		b.last = new_head(s);
	return in_main(s, begin_job, &b, reterr);
}

/* The last head of the tree before this one; size 0 if this is the first. */
static enum status head_before(struct step *s, struct audit_before *ret, struct error *reterr)
{
	struct db_read *r;
	struct tree *trees;
	struct audit_head head;
	size_t count = 0;
	enum status st = db_read_begin(s->log->cfg.db, &r, reterr);

	if (st != OK)
		return st;
	memset(ret, 0, sizeof *ret);
	st = tree_list(r, &s->arena, &trees, &count, reterr);
	for (size_t i = count; st == OK && i-- > 0;) {
		if (trees[i].id >= s->tree.id)
			continue;
		st = head_newest(r, &s->arena, &trees[i], &head, reterr);
		if (st != OK)
			continue;
		*ret = (struct audit_before){ head.tree, head.size, head.root };
		break;
	}
	db_read_end(r);
	return st == ERR_NOT_FOUND ? OK : st;
}

static void first_leaf(struct step *s, const struct audit_before *before, struct batch *ret)
{
	struct audit_event e = { .at_ms = clock_now_ms(s->log->cfg.clock),
		                 .action = AUDIT_LOG_BEGIN,
		                 .object_type = OBJECT_LOG,
		                 .object_id = s->tree.id,
		                 .before = *before };
	struct audit_body *body = ARENA_NEW(&s->arena, struct audit_body);
	uint8_t *nonce = arena_alloc(&s->arena, AUDIT_NONCE_BYTES);

	audit_body_encode(&e, body);
	random_bytes(nonce, AUDIT_NONCE_BYTES);
	ret->is_tail = false;
	ret->count = 1;
	ret->leaves = ARENA_NEW(&s->arena, struct leaf);
	ret->leaves[0] = (struct leaf){ .at_ms = e.at_ms,
		                        .action = e.action,
		                        .object_type = e.object_type,
		                        .object_id = e.object_id,
		                        .body = body->bytes,
		                        .body_len = body->len,
		                        .nonce = nonce,
		                        .nonce_len = AUDIT_NONCE_BYTES };
}

/* ---- moving a batch
 * ---------------------------------------------------------------------------------- */

struct moving {
	bool append, finish; /* SQLite does one after the other */
	bool at_once;        /* PostgreSQL: the events move within one database */
	const struct batch *batch;
	const struct tree *before;
	struct tree after; /* recomputed by every run */
};

static enum status move_job(struct db_tx *tx, void *args, struct error *reterr)
{
	struct moving *m = args;
	enum status st = OK;

	if (m->append || m->at_once)
		m->after = *m->before;
	if (m->at_once)
		st = quarter_take_over(tx, &m->after, m->batch, reterr);
	if (m->append)
		st = quarter_append(tx, &m->after, m->batch, reterr);
	if (st == OK && m->finish)
		st = events_remove(tx, m->batch, reterr);
	if (st == OK && (m->finish || m->at_once))
		st = tree_grow(tx, &m->after, m->before->frontier.size, reterr);
	return st;
}

static enum status move(struct step *s, struct db *quarter, const struct batch *batch,
                        struct error *reterr)
{
	struct moving m = { .batch = batch, .before = &s->tree, .after = s->tree };
	struct db_job job = { .run = move_job, .args = &m, .lane = LANE_BULK };
	enum status st = OK;

	m.at_once = one_database(s->log) && batch->leaves[0].event_id != 0;
	m.append = !batch->is_tail && !m.at_once;
	m.finish = one_database(s->log) && !m.at_once;
	if (batch->is_tail)
		tree_take(&m.after, batch);
	else
		st = db_run(quarter, &job, reterr);
	if (st == OK && !one_database(s->log)) {
		m.append = false;
		m.finish = true;
		st = in_main(s, move_job, &m, reterr);
	}
	if (st != OK)
		return st;
	s->sealed += batch->count;
	if (m.at_once)
		s->log->sealed_to =
		    (struct sealing_place){ batch->leaves[batch->count - 1].xid,
			                    batch->leaves[batch->count - 1].event_id };
	return OK;
}

/* ---- which batch, into which tree
 * --------------------------------------------------------------------- */

/* May an event of this moment go into a tree of this quarter? */
static bool belongs(int64_t quarter, int64_t at_ms)
{
	const int own = quarter_of(at_ms);

	return own == quarter || (own < quarter && quarter_of(at_ms + HOUR_MS) >= quarter);
}

static enum status read_ready(struct step *s, struct batch *ret, struct error *reterr)
{
	struct db_read *r;
	enum status st = db_read_begin(s->log->cfg.db, &r, reterr);

	if (st != OK)
		return st;
	/* Behind what was sealed last, since what was before lies dead in front of the index. When
	 * that finds nothing, from the start: nothing waits for ever, whatever was put there. */
	const struct sealing_place start = { 0 };
	const enum db_engine engine = db_engine_of(s->log->cfg.db);
	st = events_ready(r, engine, s->log->sealed_to, &s->arena, ret, reterr);
	if (st == OK && ret->count == 0 && s->log->sealed_to.xid != 0)
		st = events_ready(r, engine, start, &s->arena, ret, reterr);
	db_read_end(r);
	return st;
}

static enum status read_tail(struct step *s, struct db *quarter, struct batch *ret,
                             struct error *reterr)
{
	struct db_read *r;
	enum status st = db_read_begin(quarter, &r, reterr);

	if (st != OK)
		return st;
	st = quarter_tail(r, &s->arena, &s->tree, (int64_t)s->tree.frontier.size, ret, reterr);
	db_read_end(r);
	return st;
}

static enum status seal_ready(struct step *s, struct db *quarter, struct error *reterr)
{
	struct batch ready;
	enum status st = read_ready(s, &ready, reterr);

	if (st != OK || ready.count == 0)
		return st;
	if (!belongs(s->tree.quarter, ready.leaves[0].at_ms))
		return begin_tree(s, quarter_of(ready.leaves[0].at_ms), reterr);
	size_t count = 0;
	while (count < ready.count && belongs(s->tree.quarter, ready.leaves[count].at_ms))
		count++;
	ready.count = count;
	return move(s, quarter, &ready, reterr);
}

static enum status seal_into(struct step *s, struct db *quarter, struct error *reterr)
{
	struct batch batch = { 0 };
	struct audit_before before;
	enum status st = OK;

	if (!one_database(s->log))
		st = read_tail(s, quarter, &batch, reterr);
	if (st != OK)
		return st;
	if (batch.count > 0)
		return move(s, quarter, &batch, reterr);
	if (s->tree.frontier.size > 0)
		return seal_ready(s, quarter, reterr);
	st = head_before(s, &before, reterr);
	if (st != OK)
		return st;
	first_leaf(s, &before, &batch);
	return move(s, quarter, &batch, reterr);
}

/* Of what waits, or of now when nothing does. */
static enum status begin_first(struct step *s, struct error *reterr)
{
	struct batch ready;
	const enum status st = read_ready(s, &ready, reterr);

	if (st != OK)
		return st;
	return begin_tree(
	    s,
	    quarter_of(ready.count > 0 ? ready.leaves[0].at_ms : clock_now_ms(s->log->cfg.clock)),
	    reterr);
}

/* One step; *ret_more: something was done, so that there may be more. */
static enum status step_once(struct step *s, bool *ret_more, struct error *reterr)
{
	struct db *quarter;
	const size_t sealed = s->sealed;
	enum status st = load(s, reterr);

	*ret_more = true;
	if (st != OK)
		return st;
	if (!s->has_tree || s->tree.ended_at > 0)
		return begin_first(s, reterr);
	const int64_t id = s->tree.id, number = s->tree.quarter;
	/* A file that was lost is made again: sealing goes on, and verify says what is gone. */
	const bool there = one_database(s->log) && s->tree.frontier.size > 0;
	st = there ? audit_quarter_borrow(s->log, number, &quarter, reterr)
	           : audit_quarter_make(s->log, number, &quarter, reterr);
	if (st != OK)
		return st;
	st = seal_into(s, quarter, reterr);
	audit_quarter_return(s->log, number);
	if (st == OK && s->sealed == sealed) {
		st = load(s, reterr);
		*ret_more = st == OK && s->tree.id != id; /* a new tree began */
	}
	return st;
}

static void remember(struct step *s, enum status st, const struct error *err)
{
	struct audit_log_figures *f = &s->log->figures;

	pthread_mutex_lock(&s->log->guard);
	f->sealed += (int64_t)s->sealed;
	f->status = st;
	if (st == OK)
		f->last_step_ms = clock_now_ms(s->log->cfg.clock);
	else
		(void)snprintf(f->cause, sizeof f->cause, "%s", err->cause);
	pthread_mutex_unlock(&s->log->guard);
}

/* Until ms have passed or it's time to stop: then false. */
static bool wait_for(struct audit_log *log, int64_t ms)
{
	struct timespec until;

	(void)clock_gettime(CLOCK_REALTIME, &until); /* allow clock_gettime: for pthread only */
	const int64_t ns = until.tv_nsec + ms % 1000 * 1000000;
	until.tv_sec += ms / 1000 + ns / 1000000000;
	until.tv_nsec = ns % 1000000000;
	pthread_mutex_lock(&log->guard);
	if (!log->stopping)
		(void)pthread_cond_timedwait(&log->wake, &log->guard, &until);
	const bool go_on = !log->stopping;
	pthread_mutex_unlock(&log->guard);
	return go_on;
}

/* A batch leaves the machine to those who wait for a page as long as it took itself. */
static void breathe(struct audit_log *log, int64_t began_ms)
{
	const int64_t took_ms = clock_monotonic_ms() - began_ms;

	pthread_mutex_unlock(&log->step);
	(void)wait_for(log, took_ms < BREATH_MAX_MS ? took_ms : BREATH_MAX_MS);
	pthread_mutex_lock(&log->step);
}

static enum status seal_all(struct audit_log *log, bool sign_now, struct error *reterr)
{
	struct step s = { .log = log };
	bool more = true;
	enum status st = OK;

	arena_init(&s.arena, STEP_ARENA_BYTES);
	pthread_mutex_lock(&log->step);
	while (st == OK && more) {
		const int64_t began_ms = clock_monotonic_ms();
		st = step_once(&s, &more, reterr);
		arena_reset(&s.arena);
		if (st != OK || !more || sign_now)
			continue;
		st = sign_if_due(&s, false, reterr); /* a long backlog is signed on the way */
		breathe(log, began_ms);
	}
	if (st == OK)
		st = sign_if_due(&s, sign_now, reterr);
	pthread_mutex_unlock(&log->step);
	remember(&s, st, reterr);
	arena_reset(&s.arena);
	return st;
}

enum status audit_log_seal_now(struct audit_log *log, struct error *reterr)
{
	return seal_all(log, true, reterr);
}

enum status audit_log_begin_anew(struct audit_log *log, const struct audit_head *witnessed,
                                 struct error *reterr)
{
	struct step s = { .log = log };
	struct batch batch;
	struct db *quarter;
	enum status st = audit_log_seal_now(log, reterr);

	if (st != OK)
		return st;
	arena_init(&s.arena, STEP_ARENA_BYTES);
	pthread_mutex_lock(&log->step);
	st = load(&s, reterr);
	if (st == OK)
		st = begin_tree(&s, quarter_of(clock_now_ms(log->cfg.clock)), reterr);
	if (st == OK)
		st = load(&s, reterr);
	if (st == OK && witnessed != NULL) {
		const struct audit_before before = { witnessed->tree, witnessed->size,
			                             witnessed->root };
		first_leaf(&s, &before, &batch);
		st = audit_quarter_make(log, s.tree.quarter, &quarter, reterr);
		if (st == OK) {
			st = move(&s, quarter, &batch, reterr);
			audit_quarter_return(log, s.tree.quarter);
		}
	}
	pthread_mutex_unlock(&log->step);
	arena_reset(&s.arena);
	return st == OK ? audit_log_seal_now(log, reterr) : st;
}

/* ---- the thread
 * ------------------------------------------------------------------------------------------ */

static bool rest(struct audit_log *log)
{
	return wait_for(log, AUDIT_SEAL_EVERY_MS);
}

static void *sealer_main(void *arg)
{
	struct audit_log *log = arg;
	struct error err;

	do
		(void)seal_all(log, false, &err); /* kept in the figures, tried again in a second */
	while (rest(log));
	return NULL;
}

enum status audit_log_start(struct audit_log *log, struct error *reterr)
{
	assert(!log->running);
	if (pthread_create(&log->thread, NULL, sealer_main, log) != 0) {
		(void)FAIL_INTERNAL(reterr);
		return error_cause(reterr, "log: no thread for the sealer");
	}
	pthread_mutex_lock(&log->guard);
	log->running = true;
	pthread_mutex_unlock(&log->guard);
	return OK;
}
