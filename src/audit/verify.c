#include "audit/verify.h"

#include <assert.h>

#include "audit/action.h"
#include "audit/log_store.h"

enum { FINDINGS_MAX = 100, ARENA_BYTES = 64 * 1024 * 1024, ROWS_PER_REWIND = 256 };

static const char *const FAULT_TEXTS[] = {
	[FAULT_GAP] = "an event is missing or there twice",
	[FAULT_BODY] = "an event is damaged",
	[FAULT_COLUMN] = "an event can be found under something else than it says",
	[FAULT_NODE] = "an inner node of the tree was changed",
	[FAULT_SIZE] = "the tree doesn't have the size it says",
	[FAULT_ROOT] = "events before this size were changed, removed or added after signing",
	[FAULT_SIGNATURE] = "a head was changed after signing",
	[FAULT_SIGNER] = "a head was signed by an unknown key",
	[FAULT_SHORT] = "signed events are gone",
	[FAULT_UNSIGNED] = "the end of a tree was never signed",
	[FAULT_FIRST_LEAF] = "a tree doesn't begin with its first event",
	[FAULT_LINK] = "a tree doesn't follow the one before",
	[FAULT_MISSING] = "a quarter is gone that was not destroyed",
};
_Static_assert(sizeof FAULT_TEXTS / sizeof FAULT_TEXTS[0] == FAULT_COUNT,
               "every fault has its text");

const char *audit_fault_text(enum audit_fault fault)
{
	assert(fault > 0 && fault < FAULT_COUNT);
	return FAULT_TEXTS[fault];
}

struct check {
	struct audit_log *log;
	const struct audit_verify_options *options;
	struct audit_verdict *verdict;
	struct arena arena;
	const struct tree *tree;
	const struct audit_head *heads; /* of the tree, by size */
	size_t head_count, next_head;
	struct merkle_frontier frontier;
	struct audit_before last; /* the last head of the tree before */
	bool has_last;
	struct db_read *quarter;
};

static void found(struct check *c, enum audit_fault fault, int64_t at)
{
	const struct audit_finding f = { fault, c->tree->uuid, at };

	c->verdict->findings++;
	if (c->options->found != NULL)
		c->options->found(c->options->context, &f);
}

static bool enough(const struct check *c)
{
	const size_t max = c->options->findings_max == 0 ? FINDINGS_MAX : c->options->findings_max;

	return (size_t)c->verdict->findings >= max;
}

/* ---- heads
 * --------------------------------------------------------------------------------------- */

static bool known_signer(const struct check *c, const struct sign_public *signer)
{
	for (size_t i = 0; i < c->options->signer_count; i++)
		if (memcmp(c->options->signers[i].bytes, signer->bytes, SIGN_PUBLIC_BYTES) == 0)
			return true;
	return false;
}

static void check_signature(struct check *c, const struct audit_head *h)
{
	c->verdict->heads++;
	if (!audit_head_holds(h))
		found(c, FAULT_SIGNATURE, (int64_t)h->size);
	else if (!known_signer(c, &h->signer))
		found(c, FAULT_SIGNER, (int64_t)h->size);
}

/* Called when the frontier has the size of the next head. */
static void check_root(struct check *c)
{
	const struct audit_head *h = &c->heads[c->next_head++];
	const struct digest root = merkle_root(&c->frontier);

	if (memcmp(root.bytes, h->root.bytes, DIGEST_BYTES) != 0)
		found(c, FAULT_ROOT, (int64_t)h->size);
}

/* ---- events
 * --------------------------------------------------------------------------------------- */

static bool columns_match(const struct leaf *l, const struct audit_event *e)
{
	return l->at_ms == e->at_ms && l->action == e->action && l->actor_id == e->actor_id &&
	       l->object_type == e->object_type && l->object_id == e->object_id &&
	       l->owner_type == e->owner_type && l->owner_id == e->owner_id;
}

static void check_first(struct check *c, const struct audit_event *e)
{
	const struct audit_before *b = &e->before;

	if (e->action != AUDIT_LOG_BEGIN) {
		found(c, FAULT_FIRST_LEAF, 0);
		return;
	}
	/* After a restore the first leaf may name a head that only witnesses know: a later one. */
	if (c->has_last && b->size > c->last.size &&
	    memcmp(b->tree.bytes, c->last.tree.bytes, UUID_BYTES) == 0)
		return;
	if (c->has_last != (b->size > 0) || memcmp(b, &c->last, sizeof *b) != 0)
		found(c, FAULT_LINK, 0);
}

static void check_event(struct check *c, const struct leaf *l)
{
	struct audit_event e;

	if (!audit_body_decode(l->body, l->body_len, &e) || l->nonce_len != AUDIT_NONCE_BYTES) {
		found(c, FAULT_BODY, l->seq);
		return;
	}
	if (!columns_match(l, &e))
		found(c, FAULT_COLUMN, l->seq);
	if (l->seq == 0)
		check_first(c, &e);
}

static enum status check_nodes(struct check *c, const struct merkle_complete *done, size_t count,
                               int64_t seq, struct error *reterr)
{
	struct digest stored;
	enum status st = OK;

	for (size_t k = NODE_LEVEL_MIN; k < count; k++) {
		st = node_find(c->quarter, c->tree, done[k].level, done[k].index, &stored, reterr);
		if (st == ERR_UNAVAILABLE)
			return st;
		if (st != OK || memcmp(stored.bytes, done[k].root.bytes, DIGEST_BYTES) != 0)
			found(c, FAULT_NODE, seq);
	}
	return OK;
}

static enum status take(struct check *c, const struct leaf *l, struct error *reterr)
{
	struct merkle_complete done[MERKLE_LEVELS_MAX];
	const struct digest d = leaf_digest(l);

	if (l->seq != (int64_t)c->frontier.size)
		found(c, FAULT_GAP, (int64_t)c->frontier.size);
	check_event(c, l);
	const size_t count = merkle_append(&c->frontier, &d, done);
	c->verdict->events++;
	while (c->next_head < c->head_count && c->heads[c->next_head].size <= c->frontier.size)
		check_root(c);
	return count > NODE_LEVEL_MIN ? check_nodes(c, done, count, l->seq, reterr) : OK;
}

static enum status check_rows(struct check *c, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct arena_mark mark;
	int since = 0;
	enum status st = quarter_rows(c->quarter, c->tree, 0, &rows, reterr);

	mark = arena_mark(&c->arena);
	while (st == OK && !enough(c) && db_next(&rows)) {
		const struct leaf l = leaf_of_row(&rows, &c->arena);
		st = take(c, &l, reterr);
		if (++since == ROWS_PER_REWIND) {
			arena_rewind(&c->arena, mark);
			since = 0;
		}
	}
	if (st == OK && !enough(c))
		st = db_rows_end(&rows, reterr);
	return st;
}

/* ---- trees
 * ------------------------------------------------------------------------------------------- */

/* The tail that a crash left behind is longer than the tree says, and no fault while it grows. */
static void check_end(struct check *c)
{
	const struct tree *t = c->tree;
	const uint64_t size = c->frontier.size;

	for (; c->next_head < c->head_count; c->next_head++)
		found(c, FAULT_SHORT, (int64_t)c->heads[c->next_head].size);
	if (size < t->frontier.size || (size > t->frontier.size && t->ended_at > 0))
		found(c, FAULT_SIZE, (int64_t)size);
	if (size == t->frontier.size &&
	    memcmp(c->frontier.peaks, t->frontier.peaks, c->frontier.count * DIGEST_BYTES) != 0)
		found(c, FAULT_SIZE, (int64_t)size);
	if (t->ended_at > 0 && t->frontier.size > 0 &&
	    (c->head_count == 0 || c->heads[c->head_count - 1].size != t->frontier.size))
		found(c, FAULT_UNSIGNED, (int64_t)t->frontier.size);
}

static enum status check_quarter(struct check *c, struct error *reterr)
{
	struct db *db;
	enum status st = audit_quarter_borrow(c->log, c->tree->quarter, &db, reterr);

	if (st == ERR_NOT_FOUND) {
		if (c->tree->frontier.size > 0)
			found(c, FAULT_MISSING, 0);
		return OK;
	}
	if (st != OK)
		return st;
	st = db_read_begin(db, &c->quarter, reterr);
	if (st == OK) {
		st = check_rows(c, reterr);
		db_read_end(c->quarter);
	}
	audit_quarter_return(c->log, c->tree->quarter);
	if (st == OK && !enough(c))
		check_end(c);
	return st;
}

static void remember_last(struct check *c)
{
	if (c->head_count == 0)
		return;
	const struct audit_head *h = &c->heads[c->head_count - 1];
	c->last = (struct audit_before){ h->tree, h->size, h->root };
	c->has_last = true;
}

static enum status check_tree(struct check *c, struct db_read *r, const struct tree *t,
                              struct error *reterr)
{
	struct audit_head *heads;
	enum status st = head_list(r, &c->arena, t, &heads, &c->head_count, reterr);

	if (st != OK)
		return st;
	c->tree = t;
	c->heads = heads;
	c->next_head = 0;
	memset(&c->frontier, 0, sizeof c->frontier);
	c->verdict->trees++;
	for (size_t i = 0; i < c->head_count; i++)
		check_signature(c, &heads[i]);
	if (t->destroyed_at > 0)
		c->verdict->destroyed++;
	else
		st = check_quarter(c, reterr);
	remember_last(c);
	return st;
}

static enum status check_all(struct check *c, struct db_read *r, struct error *reterr)
{
	struct tree *trees;
	size_t count = 0;
	enum status st = tree_list(r, &c->arena, &trees, &count, reterr);

	if (st == OK)
		st = events_count(r, &c->verdict->waiting, reterr);
	const struct arena_mark mark = arena_mark(&c->arena);
	for (size_t i = 0; st == OK && i < count && !enough(c); i++) {
		st = check_tree(c, r, &trees[i], reterr);
		arena_rewind(&c->arena, mark);
	}
	return st;
}

enum status audit_verify(struct audit_log *log, const struct audit_verify_options *o,
                         struct audit_verdict *ret, struct error *reterr)
{
	struct check c = { .log = log, .options = o, .verdict = ret };
	struct db_read *r;
	enum status st = db_read_begin(log->cfg.db, &r, reterr);

	memset(ret, 0, sizeof *ret);
	if (st != OK)
		return st;
	arena_init(&c.arena, ARENA_BYTES);
	/* Trees and heads are of one moment; their events are read later and may be more. */
	st = check_all(&c, r, reterr);
	arena_reset(&c.arena);
	db_read_end(r);
	return st;
}
