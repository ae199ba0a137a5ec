#include "analysis/analysis_copies.h"

#include "access/access.h"
#include "audit/action.h"

static const struct db_stmt HELD = { "analysis_copy_held", "bii",
	                             "SELECT count(*) FROM copy_fact WHERE fact_uuid = $1 AND "
	                             "appointment_id = $2 AND version = $3" };
const struct db_stmt *const analysis_copies_statements[] = { &HELD, NULL };

struct given {
	struct copy copy;
	struct copied_fact *facts;
	size_t count;
};

static enum status remember(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct given *g = args;
	return copy_put_facts(tx, &g->copy, g->facts, g->count, reterr);
}

static bool listed(const struct given *g, const struct uuid *fact)
{
	for (size_t i = 0; i < g->count; i++)
		if (uuid_number(&g->facts[i].uuid) == uuid_number(fact))
			return true;
	return false;
}

/* Each cited fact once, as it stands now. */
static struct given *collect(struct request *rq, const struct casefile *c,
                             const struct analysis_copy *copy, enum copy_act act)
{
	enum { MAX = 5000 };
	const struct copy_section *s = copy->sections.items;
	struct given *g = ARENA_NEW(rq->arena, struct given);

	*g = (struct given){ .copy = { .act = act,
		                       .object_kind = OBJECT_CASEFILE,
		                       .object_id = c->id,
		                       .reference = c->reference,
		                       .appointment_id = rq->viewer->appointment_id,
		                       .now_ms = rq->now_ms,
		                       .uuid = uuid_at(rq->now_ms) },
		             .facts = ARENA_ARRAY(rq->arena, struct copied_fact, MAX) };
	for (size_t i = 0; i < copy->sections.count; i++) {
		const struct copy_paragraph *p = s[i].paragraphs.items;
		for (size_t j = 0; j < s[i].paragraphs.count; j++) {
			const struct copy_citation *q = p[j].citations.items;
			for (size_t n = 0; n < p[j].citations.count && g->count < MAX; n++)
				if (!q[n].gone && !listed(g, &q[n].uuid))
					g->facts[g->count++] =
					    (struct copied_fact){ q[n].uuid, q[n].fact_version };
		}
	}
	return g;
}

static enum status held(struct request *rq, const struct copied_fact *f, bool *ret,
                        struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(rq->db, &HELD,
	                          DB_ARGS(DB_BYTES(f->uuid.bytes, UUID_BYTES),
	                                  DB_INT(rq->viewer->appointment_id), DB_INT(f->version)),
	                          &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	*ret = st == OK && db_int(&row, 0) > 0;
	return st;
}

enum status analysis_seen(struct request *rq, struct response *rs, const struct casefile *c,
                          const struct analysis_copy *copy, struct error *reterr)
{
	struct given *g = collect(rq, c, copy, rq->wants_json ? COPY_API : COPY_PAGE);
	size_t fresh = 0;
	enum status st = OK;

	for (size_t i = 0; st == OK && i < g->count; i++) {
		bool has = false;
		st = held(rq, &g->facts[i], &has, reterr);
		if (st == OK && !has)
			g->facts[fresh++] = g->facts[i];
	}
	g->count = fresh;
	if (st == OK && fresh > 0) {
		rs->remember = remember;
		rs->remember_args = g;
	}
	return st;
}

enum status analysis_given(struct request *rq, struct response *rs, const struct casefile *c,
                           const struct analysis_copy *copy, const struct copy **ret,
                           struct error *reterr)
{
	struct given *g = collect(rq, c, copy, COPY_PRINT);

	(void)reterr;
	rs->remember = remember;
	rs->remember_args = g;
	*ret = &g->copy;
	return OK;
}
