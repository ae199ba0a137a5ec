#include "advice/advice_index.h"

#include "advice/advices.h"
#include "audit/action.h"
#include "casework/casefile_seers.h"
#include "casework/phase.h"
#include "plein/plein.h"

const struct db_stmt ADVICE_QUEUE_ALL = {
	"advice_index_queue_all", "",
	"INSERT INTO index_waiting (kind, object_id) SELECT 41, id FROM advice WHERE state > 0"
	" ON CONFLICT (kind, object_id) DO NOTHING"
};
const struct db_stmt ADVICE_QUEUE_OF_CASEFILE = {
	"advice_index_queue_of", "i",
	"INSERT INTO index_waiting (kind, object_id) SELECT 41, id FROM advice"
	" WHERE casefile_id = $1 ON CONFLICT (kind, object_id) DO UPDATE SET due_at = 0"
};
/* $2 the state of its casefile; reach 2: the whole of it. */
static const struct db_stmt WHOLE_READERS = {
	"advice_index_readers", "ii",
	"SELECT audience_id FROM advice_audience WHERE id = $1 AND reach = 2"
	" AND (casefile_states & (CAST(1 AS bigint) << CAST($2 AS int))) <> 0"
	" ORDER BY audience_id LIMIT 60"
};
const struct db_stmt *const advice_index_statements[] = { &ADVICE_QUEUE_ALL,
	                                                  &ADVICE_QUEUE_OF_CASEFILE, &WHOLE_READERS,
	                                                  NULL };

static enum status add_own_readers(struct db_read *r, const struct advice *d, struct thing *ret,
                                   struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	enum status st = db_query(r, &WHOLE_READERS,
	                          DB_ARGS(DB_INT(d->id), DB_INT(d->casefile_state)), &rows, reterr);

	if (st != OK)
		return st;
	while (ret->reader_count < THING_AUDIENCES_MAX && db_next(&rows))
		ret->readers[ret->reader_count++] = db_int(&rows, 0);
	return db_rows_end(&rows, reterr);
}

static enum status words_of(struct db_read *r, struct keyring *k, const struct advice *d,
                            struct arena *a, const char **ret, struct error *reterr)
{
	struct advice_texts texts = { 0 };
	struct array proposals = { 0 };

	enum status st = advice_texts_open(r, k, d, a, &texts, reterr);
	if (st == OK)
		st = advice_proposals(r, k, d, a, &proposals, reterr);
	if (st != OK)
		return st;
	const struct advice_proposal *p = proposals.items;
	*ret = arena_printf(a, "%s\n%s", texts.introduction, texts.conclusion);
	for (size_t i = 0; i < proposals.count; i++)
		*ret = arena_printf(a, "%s\n%s\n%s\n%s\n%s", *ret, p[i].texts.basis,
		                    p[i].texts.approach, p[i].texts.effect, p[i].texts.indicator);
	return OK;
}

enum status advice_search_read(struct plein *p, struct db_read *r, int64_t id, struct arena *a,
                               struct search_text *ret, struct error *reterr)
{
	struct advice d = { 0 };

	enum status st = advice_of_id(r, id, a, &d, reterr);
	if (st == OK)
		st = casefile_phase_readers(r, d.casefile_id, PHASE_1, PERM_ADVICE_READ,
		                            &ret->thing, reterr);
	if (st == OK)
		st = add_own_readers(r, &d, &ret->thing, reterr);
	if (st == OK && ret->thing.reader_count == 0)
		return FAIL_NOT_FOUND(reterr);
	if (st != OK)
		return st;
	ret->reference = d.reference;
	ret->at = d.state_since;
	return words_of(r, p->keyring, &d, a, &ret->words, reterr);
}

static enum status title_of(struct request *rq, int64_t id, const char **ret, struct error *reterr)
{
	struct advice d = { 0 };
	struct advice_texts texts = { 0 };

	*ret = NULL;
	enum status st = advice_of_id(rq->db, id, rq->arena, &d, reterr);
	if (st == OK)
		st = advice_load(rq->db, rq->viewer, d.reference, rq->arena, &d, reterr);
	if (st == ERR_NOT_FOUND || (st == OK && d.reach != REACH_WHOLE))
		return OK; /* not his, or not the whole of it */
	if (st == OK)
		st =
		    advice_texts_open(rq->db, plein_of(rq)->keyring, &d, rq->arena, &texts, reterr);
	if (st == OK)
		*ret = texts.conclusion[0] != '\0'
		           ? arena_printf(rq->arena, "Advies bij %s: %s", d.casefile,
		                          search_beginning(rq->arena, texts.conclusion))
		           : arena_printf(rq->arena, "Advies bij %s", d.casefile);
	return st;
}

enum status advice_search_titles(struct request *rq, const int64_t *ids, size_t count,
                                 const char **ret_titles, struct error *reterr)
{
	const bool reads = access_permits(rq->viewer->role, PERM_ADVICE_READ);
	enum status st = OK;

	for (size_t i = 0; st == OK && i < count; i++) {
		ret_titles[i] = NULL;
		if (reads)
			st = title_of(rq, ids[i], &ret_titles[i], reterr);
	}
	return st;
}
