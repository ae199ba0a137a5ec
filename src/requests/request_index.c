#include "requests/request_index.h"

#include "audit/action.h"
#include "plein/plein.h"
#include "requests/request_store.h"

const struct db_stmt REQUEST_QUEUE_ALL = {
	"request_index_queue_all", "",
	"INSERT INTO index_waiting (kind, object_id) SELECT 25, id FROM information_request"
	" WHERE state > 0 ON CONFLICT (kind, object_id) DO NOTHING"
};
static const struct db_stmt REFERENCE = {
	"request_index_reference", "i", "SELECT reference FROM information_request WHERE id = $1"
};
const struct db_stmt *const request_index_statements[] = { &REQUEST_QUEUE_ALL, &REFERENCE, NULL };

enum status request_search_read(struct plein *p, struct db_read *r, int64_t id, struct arena *a,
                                struct search_text *ret, struct error *reterr)
{
	struct information_request q = { 0 };
	struct request_texts texts = { 0 };

	enum status st = request_load_known(r, id, a, &q, reterr);
	if (st == OK)
		st = request_texts_open(r, p->keyring, &q, a, &texts, reterr);
	if (st != OK)
		return st;
	*ret = (struct search_text){
		.reference = q.reference,
		.at = q.state_since,
		.words = arena_printf(a, "%s\n%s\n%s\n%s", q.participant, q.on_behalf,
		                      texts.question, texts.necessity),
	};
	request_thing(&q, &ret->thing);
	return OK;
}

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

static enum status title_of(struct request *rq, int64_t id, const char **ret, struct error *reterr)
{
	struct information_request q = { 0 };
	struct request_texts texts = { 0 };
	const char *reference = "";

	*ret = NULL;
	enum status st = reference_of(rq, id, &reference, reterr);
	if (st == OK)
		st = request_load(rq->db, rq->viewer, reference, rq->arena, &q, reterr);
	if (st == ERR_NOT_FOUND)
		return OK; /* not his, or gone since */
	if (st == OK)
		st = request_texts_open(rq->db, plein_of(rq)->keyring, &q, rq->arena, &texts,
		                        reterr);
	if (st == OK)
		*ret = texts.question[0] != '\0'
		           ? arena_printf(rq->arena, "%s: %s", q.participant,
		                          search_beginning(rq->arena, texts.question))
		           : q.participant;
	return st;
}

enum status request_search_titles(struct request *rq, const int64_t *ids, size_t count,
                                  const char **ret_titles, struct error *reterr)
{
	enum status st = OK;

	for (size_t i = 0; st == OK && i < count; i++)
		st = title_of(rq, ids[i], &ret_titles[i], reterr);
	return st;
}
