#include "interventions/intervention_named.h"

#include "interventions/interventions.h"
#include "law/instruments.h"

static const struct db_stmt REFERENCE = { "intervention_named_reference", "i",
	                                  "SELECT reference FROM intervention WHERE id = $1" };
const struct db_stmt *const intervention_named_statements[] = { &REFERENCE, NULL };

static enum status reference_of(struct request *rq, int64_t id, const char **ret,
                                struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(rq->db, &REFERENCE, DB_ARGS(DB_INT(id)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st == OK)
		*ret = db_text(&row, 0, rq->arena);
	return st;
}

/* Also one of which only the effect is left to be seen. */
static enum status load(struct request *rq, int64_t id, struct intervention *ret,
                        struct error *reterr)
{
	const char *reference = "";
	enum status st = reference_of(rq, id, &reference, reterr);

	if (st == OK)
		st = intervention_load(rq->db, rq->viewer, reference, rq->now_ms, rq->arena, ret,
		                       reterr);
	return st == ERR_NOT_FOUND ? intervention_load_left(rq->db, rq->viewer, reference,
	                                                    rq->now_ms, rq->arena, ret, reterr)
	                           : st;
}

static enum status title_of(struct request *rq, int64_t id, const char **ret, struct error *reterr)
{
	struct intervention i = { 0 };
	const enum status st = load(rq, id, &i, reterr);
	const struct law_instrument *instrument = st == OK ? law_instrument(i.instrument) : NULL;

	*ret = NULL;
	if (st == ERR_NOT_FOUND)
		return OK; /* not his, or gone since */
	if (instrument != NULL)
		*ret = i.municipality != NULL && i.municipality[0] != '\0'
		           ? arena_printf(rq->arena, "%s, %s", instrument->label, i.municipality)
		           : instrument->label;
	return st;
}

enum status intervention_titles(struct request *rq, const int64_t *ids, size_t count,
                                const char **ret_titles, struct error *reterr)
{
	enum status st = OK;

	for (size_t i = 0; st == OK && i < count; i++)
		st = title_of(rq, ids[i], &ret_titles[i], reterr);
	return st;
}
