#include "analysis/paragraph_index.h"

#include "analysis/analysis_store.h"
#include "audit/action.h"
#include "casework/casefile_seers.h"
#include "casework/casework.h"
#include "platform/crypto/stored.h"
#include "plein/plein.h"

const struct db_stmt PARAGRAPH_QUEUE_ALL = {
	"paragraph_index_queue_all", "",
	"INSERT INTO index_waiting (kind, object_id) SELECT 27, id FROM analysis_paragraph"
	" WHERE state = 1 ON CONFLICT (kind, object_id) DO NOTHING"
};
const struct db_stmt PARAGRAPH_QUEUE_OF_CASEFILE = {
	"paragraph_index_queue_of", "i",
	"INSERT INTO index_waiting (kind, object_id) SELECT 27, p.id FROM analysis_paragraph p"
	" JOIN analysis n ON n.id = p.analysis_id WHERE n.casefile_id = $1 AND p.state = 1"
	" ON CONFLICT (kind, object_id) DO UPDATE SET due_at = 0"
};
static const struct db_stmt WHERE_IT_IS = {
	"paragraph_index_where", "i",
	"SELECT n.casefile_id, c.reference, c.theme, p.uuid FROM analysis_paragraph p"
	" JOIN analysis n ON n.id = p.analysis_id JOIN casefile c ON c.id = n.casefile_id"
	" WHERE p.id = $1 AND p.state = 1"
};
const struct db_stmt *const paragraph_index_statements[] = { &PARAGRAPH_QUEUE_ALL,
	                                                     &PARAGRAPH_QUEUE_OF_CASEFILE,
	                                                     &WHERE_IT_IS, NULL };

struct indexed_paragraph {
	int64_t casefile_id;
	const char *casefile;
	int theme;
	char uuid[UUID_TEXT_BYTES];
};

/* ERR_NOT_FOUND: it doesn't stand any more. */
static enum status find_paragraph(struct db_read *r, int64_t id, struct arena *a,
                                  struct indexed_paragraph *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	struct uuid uuid = { { 0 } };
	enum status st = db_query(r, &WHERE_IT_IS, DB_ARGS(DB_INT(id)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st != OK)
		return st;
	ret->casefile_id = db_int(&row, 0);
	ret->casefile = db_text(&row, 1, a);
	ret->theme = (int)db_int(&row, 2);
	uuid = uuid_stored(&row, 3);
	uuid_text(&uuid, ret->uuid);
	return OK;
}

/* Without the persons that it mentions. */
static const char *words_of(struct arena *a, const char *stored, const char *instead)
{
	const struct array pieces = mention_pieces(a, stored, NULL, 0);
	const struct mention_piece *p = pieces.items;
	const char *all = "";

	for (size_t i = 0; i < pieces.count; i++)
		all = arena_printf(a, "%s%s", all, p[i].name == NULL ? p[i].text : instead);
	return all;
}

enum status paragraph_search_read(struct plein *p, struct db_read *r, int64_t id, struct arena *a,
                                  struct search_text *ret, struct error *reterr)
{
	struct indexed_paragraph x;
	struct paragraph par = { 0 };

	enum status st = find_paragraph(r, id, a, &x, reterr);
	if (st == OK)
		st = paragraph_load(r, p->keyring, x.casefile_id, PHASE_3, x.uuid, a, &par, reterr);
	if (st == OK)
		st = casefile_phase_readers(r, x.casefile_id, par.phase, PERM_ANALYSIS_READ,
		                            &ret->thing, reterr);
	if (st == OK && ret->thing.reader_count == 0)
		return FAIL_NOT_FOUND(reterr);
	if (st != OK)
		return st;
	ret->reference = arena_printf(a, "%s/analysis#p%s", x.casefile, x.uuid);
	ret->at = par.written_at;
	ret->words = words_of(a, par.stored, " ");
	return OK;
}

static const char *title_with(struct arena *a, int theme, const struct paragraph *p)
{
	struct analysis_heading list[ANALYSIS_SECTIONS_MAX];
	const size_t count = analysis_template(theme, list);
	const struct analysis_heading *h = analysis_heading_of(list, count, p->section);

	return arena_printf(a, "%s: %s", h != NULL ? h->label : "Analyse",
	                    search_beginning(a, words_of(a, p->stored, "(naam)")));
}

static enum status title_of(struct request *rq, int64_t id, const char **ret, struct error *reterr)
{
	struct casefile c = { 0 };
	struct indexed_paragraph x;
	struct paragraph par = { 0 };

	*ret = NULL;
	enum status st = find_paragraph(rq->db, id, rq->arena, &x, reterr);
	if (st == OK)
		st = casefile_load(rq->db, rq->viewer, x.casefile, rq->arena, &c, reterr);
	if (st == OK)
		st = paragraph_load(rq->db, plein_of(rq)->keyring, c.id,
		                    analysis_level(rq->viewer->role, c.named_heavy), x.uuid,
		                    rq->arena, &par, reterr);
	if (st == ERR_NOT_FOUND)
		return OK; /* not his, or gone since */
	if (st == OK)
		*ret = title_with(rq->arena, x.theme, &par);
	return st;
}

enum status paragraph_search_titles(struct request *rq, const int64_t *ids, size_t count,
                                    const char **ret_titles, struct error *reterr)
{
	enum status st = OK;

	for (size_t i = 0; st == OK && i < count; i++)
		st = title_of(rq, ids[i], &ret_titles[i], reterr);
	return st;
}
