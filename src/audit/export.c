#include "audit/export.h"

#include "audit/log_store.h"

_Static_assert((int)AUDIT_EXPORT_MAX == (int)BATCH_MAX, "one batch is one export");

/* An event with what is needed to compute its leaf: nonce and body. */
static void tell_leaf(const struct leaf *l, struct arena *a, struct out *o)
{
	struct audit_event e;
	char json[AUDIT_JSON_MAX_BYTES] = "null";
	char *nonce = arena_alloc(a, 2 * l->nonce_len + 1),
	     *body = arena_alloc(a, 2 * l->body_len + 1);

	if (audit_body_decode(l->body, l->body_len, &e))
		(void)audit_event_json(&e, json);
	hex_text(l->nonce, l->nonce_len, nonce);
	hex_text(l->body, l->body_len, body);
	out_fmt(o, "{\"seq\":%lld,\"nonce\":\"%s\",\"body\":\"%s\",\"event\":%s}\n",
	        (long long)l->seq, nonce, body, json);
}

static enum status read_batch(struct audit_log *log, const struct tree *t, int64_t from,
                              struct arena *a, struct batch *ret, struct error *reterr)
{
	struct db_read *r;
	struct db *db;
	enum status st = audit_quarter_borrow(log, t->quarter, &db, reterr);

	if (st != OK)
		return st;
	st = db_read_begin(db, &r, reterr);
	if (st == OK) {
		st = quarter_tail(r, a, t, from, ret, reterr);
		db_read_end(r);
	}
	audit_quarter_return(log, t->quarter);
	return st;
}

enum status audit_export(struct audit_log *log, const struct uuid *tree, int64_t from,
                         struct arena *a, struct out *ret, struct error *reterr)
{
	struct tree t;
	struct batch b = { 0 };
	struct db_read *r;
	enum status st = db_read_begin(log->cfg.db, &r, reterr);

	if (st != OK)
		return st;
	st = tree_by_uuid(r, a, tree, &t, reterr);
	db_read_end(r);
	if (st == OK)
		st = read_batch(log, &t, from, a, &b, reterr);
	for (size_t i = 0; st == OK && i < b.count; i++)
		tell_leaf(&b.leaves[i], a, ret);
	return st;
}
