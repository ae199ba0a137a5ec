#include "audit/prove.h"

#include "audit/log_store.h"

enum { ARENA_BYTES = 4 * 1024 * 1024 };

struct reading {
	struct db_read *quarter;
	const struct tree *tree;
	enum status st;
	struct error *reterr;
};

/* A small complete subtree, from its events. */
static bool from_events(struct reading *g, uint32_t level, uint64_t index, struct digest *ret)
{
	struct arena a;
	struct batch b;
	struct merkle_frontier f = { 0 };
	const uint64_t want = UINT64_C(1) << level;

	arena_init(&a, ARENA_BYTES);
	g->st = quarter_tail(g->quarter, &a, g->tree, (int64_t)(index << level), &b, g->reterr);
	for (size_t i = 0; g->st == OK && i < b.count && f.size < want; i++) {
		const struct digest d = leaf_digest(&b.leaves[i]);
		(void)merkle_append(&f, &d, NULL);
	}
	arena_reset(&a);
	if (g->st == OK && f.size < want)
		g->st = FAIL_NOT_FOUND(g->reterr);
	if (g->st == OK)
		*ret = merkle_root(&f);
	return g->st == OK;
}

static bool complete(void *context, uint32_t level, uint64_t index, struct digest *ret)
{
	struct reading *g = context;

	_Static_assert(1 << NODE_LEVEL_MIN <= BATCH_MAX, "one batch holds the largest made anew");
	if (level < NODE_LEVEL_MIN)
		return from_events(g, level, index, ret);
	g->st = node_find(g->quarter, g->tree, level, index, ret, g->reterr);
	return g->st == OK;
}

static enum status make_path(struct audit_log *log, const struct tree *t, struct audit_proof *proof,
                             struct error *reterr)
{
	struct reading g = { .tree = t, .st = OK, .reterr = reterr };
	const struct merkle_source source = { complete, &g };
	struct db *db;
	enum status st = audit_quarter_borrow(log, t->quarter, &db, reterr);

	if (st != OK)
		return st;
	st = db_read_begin(db, &g.quarter, reterr);
	if (st == OK) {
		const bool made =
		    proof->kind == PROOF_INCLUSION
			? merkle_inclusion(&source, proof->first, proof->second, &proof->path) &&
			      complete(&g, 0, proof->first, &proof->leaf)
			: merkle_consistency(&source, proof->first, proof->second, &proof->path);
		st = made ? OK : g.st;
		db_read_end(g.quarter);
	}
	audit_quarter_return(log, t->quarter);
	return st;
}

/* The tree and the oldest heads that cover these sizes; each may be NULL. */
static enum status find(struct audit_log *log, const struct uuid *uuid, uint64_t size,
                        struct tree *ret, struct audit_head *ret_head, struct error *reterr)
{
	struct db_read *r;
	struct arena a;
	enum status st = db_read_begin(log->cfg.db, &r, reterr);

	if (st != OK)
		return st;
	arena_init(&a, ARENA_BYTES);
	st = tree_by_uuid(r, &a, uuid, ret, reterr);
	if (st == OK)
		st = head_covering(r, &a, ret, size, ret_head, reterr);
	arena_reset(&a);
	db_read_end(r);
	if (st == OK && ret->destroyed_at > 0)
		st = FAIL(reterr, ERR_CONFLICT, "Dit kwartaal van het logboek is vernietigd.");
	return st;
}

enum status audit_prove_event(struct audit_log *log, const struct uuid *tree, int64_t seq,
                              struct audit_proof *ret, struct audit_head *ret_head,
                              struct error *reterr)
{
	struct tree t;

	if (seq < 0)
		return FAIL_NOT_FOUND(reterr);
	const enum status st = find(log, tree, (uint64_t)seq + 1, &t, ret_head, reterr);
	if (st != OK)
		return st;
	memset(ret, 0, sizeof *ret);
	ret->kind = PROOF_INCLUSION;
	ret->tree = *tree;
	ret->first = (uint64_t)seq;
	ret->second = ret_head->size;
	return make_path(log, &t, ret, reterr);
}

enum status audit_prove_growth(struct audit_log *log, const struct uuid *tree, uint64_t first,
                               uint64_t second, struct audit_proof *ret, struct error *reterr)
{
	struct tree t;
	struct audit_head head;

	if (first == 0 || first > second)
		return FAIL(reterr, ERR_INVALID, "Noem eerst de kleinste maat, dan de grootste.");
	const enum status st = find(log, tree, second, &t, &head, reterr);
	if (st != OK)
		return st;
	memset(ret, 0, sizeof *ret);
	ret->kind = PROOF_CONSISTENCY;
	ret->tree = *tree;
	ret->first = first;
	ret->second = second;
	return make_path(log, &t, ret, reterr);
}

enum status audit_newest_head(struct audit_log *log, struct audit_head *ret, struct error *reterr)
{
	struct db_read *r;
	struct arena a;
	struct tree *trees;
	size_t count = 0;
	enum status st = db_read_begin(log->cfg.db, &r, reterr);

	if (st != OK)
		return st;
	arena_init(&a, ARENA_BYTES);
	st = tree_list(r, &a, &trees, &count, reterr);
	enum status head = ERR_NOT_FOUND;
	for (size_t i = count; st == OK && head == ERR_NOT_FOUND && i-- > 0;)
		head = head_newest(r, &a, &trees[i], ret, reterr);
	if (st == OK && count == 0)
		head = FAIL_NOT_FOUND(reterr);
	arena_reset(&a);
	db_read_end(r);
	return st == OK ? head : st;
}

enum status audit_heads(struct audit_log *log, struct arena *a,
                        const struct audit_head_place *below, size_t limit,
                        struct audit_head_page *ret, struct error *reterr)
{
	struct db_read *r;
	struct tree *trees = NULL;
	size_t count = 0;
	enum status st = db_read_begin(log->cfg.db, &r, reterr);

	*ret = (struct audit_head_page){ .rows = ARENA_ARRAY(a, struct audit_head_row, limit),
		                         .limit = limit };
	if (st != OK)
		return st;
	st = tree_list(r, a, &trees, &count, reterr);
	for (size_t i = count; st == OK && i-- > 0 && ret->count < limit;) {
		const bool same = trees[i].id == below->tree_id;
		if (below->tree_id == 0 || trees[i].id <= below->tree_id)
			st =
			    head_page(r, a, &trees[i], same ? below->size : INT64_MAX, ret, reterr);
	}
	db_read_end(r);
	return st;
}
