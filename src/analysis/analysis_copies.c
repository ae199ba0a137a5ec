#include "analysis/analysis_copies.h"

#include <string.h>

#include "access/access.h"
#include "audit/action.h"

/* Which of the facts that any version in this analysis cites this appointment got before. */
static const struct db_stmt HELD = {
	"analysis_copy_held", "ii",
	"SELECT DISTINCT x.fact_uuid, x.version FROM analysis n"
	" JOIN analysis_paragraph p ON p.analysis_id = n.id"
	" JOIN analysis_version v ON v.paragraph_id = p.id"
	" JOIN analysis_citation c ON c.version_id = v.id"
	" JOIN copy_fact x ON x.fact_uuid = c.fact_uuid AND x.appointment_id = $2"
	" WHERE n.casefile_id = $1 ORDER BY x.fact_uuid, x.version LIMIT 20000"
};
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

/* Drops those that the appointment got before, as they are now. */
static enum status keep_fresh(struct request *rq, const struct casefile *c, struct given *g,
                              struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	bool *has = ARENA_ARRAY(rq->arena, bool, g->count + 1);
	size_t fresh = 0;

	enum status st =
	    db_query(rq->db, &HELD, DB_ARGS(DB_INT(c->id), DB_INT(rq->viewer->appointment_id)),
	             &rows, reterr);
	if (st != OK)
		return st;
	while (db_next(&rows)) {
		size_t len = 0;
		const uint8_t *uuid = db_bytes(&rows, 0, rq->arena, &len);
		for (size_t i = 0; i < g->count; i++)
			has[i] |= len == UUID_BYTES && g->facts[i].version == db_int(&rows, 1) &&
			          memcmp(g->facts[i].uuid.bytes, uuid, UUID_BYTES) == 0;
	}
	for (size_t i = 0; i < g->count; i++)
		if (!has[i])
			g->facts[fresh++] = g->facts[i];
	g->count = fresh;
	return db_rows_end(&rows, reterr);
}

enum status analysis_seen(struct request *rq, struct response *rs, const struct casefile *c,
                          const struct analysis_copy *copy, struct error *reterr)
{
	struct given *g = collect(rq, c, copy, rq->wants_json ? COPY_API : COPY_PAGE);
	enum status st = g->count > 0 ? keep_fresh(rq, c, g, reterr) : OK;

	if (st == OK && g->count > 0) {
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
