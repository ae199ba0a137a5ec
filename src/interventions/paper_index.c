#include "interventions/paper_index.h"

#include "attachments/attachment_words.h"
#include "audit/action.h"
#include "casework/casefile_seers.h"
#include "casework/casework.h"
#include "law/law.h"
#include "plein/plein.h"

const struct db_stmt PAPER_QUEUE_OF_CASEFILE = {
	"paper_index_queue_of", "i",
	"INSERT INTO index_waiting (kind, object_id) SELECT 13, a.id FROM intervention q"
	" JOIN attachment a ON a.owner_kind = 35 AND a.owner_id = q.id WHERE q.casefile_id = $1"
	" ON CONFLICT (kind, object_id) DO UPDATE SET due_at = 0"
};
static const struct db_stmt WHERE_IT_IS = {
	"paper_index_where", "i",
	"SELECT q.id, a.number, q.reference, q.casefile_id FROM attachment a"
	" JOIN intervention q ON q.id = a.owner_id WHERE a.id = $1 AND a.owner_kind = 35"
};
const struct db_stmt *const paper_index_statements[] = { &PAPER_QUEUE_OF_CASEFILE, &WHERE_IT_IS,
	                                                 NULL };

/* ---- who ----------------------------------------------------------------------------------------- */

int paper_phase(const struct attachment *what)
{
	const struct law_category_row *row = law_category((enum law_category)what->category);
	return row != NULL ? (int)row->phase : PHASE_3;
}

enum status paper_reach(struct request *rq, const struct intervention *i, int *ret,
                        struct error *reterr)
{
	struct casefile c = { 0 };

	*ret = 0;
	if (!i->sees_casefile)
		return OK;
	const enum status st =
	    casefile_load(rq->db, rq->viewer, i->casefile, rq->arena, &c, reterr);
	if (st == OK)
		*ret = casefile_reads_phase(rq->viewer->role, c.named_heavy);
	return st == ERR_NOT_FOUND ? OK : st;
}

/* Whoever carries it out sees what its own organisation added; who is concerned, or reads the casefile,
 * all of the first phase. */
bool paper_seen_by(const struct viewer *v, const struct intervention *i, int reach,
                   const struct attachment *what)
{
	const struct intervention_people people = { i->lead_id, i->organ_id, i->executor_id };

	if (paper_phase(what) > PHASE_1)
		return reach >= paper_phase(what);
	return what->source_participant_id == v->participant_id ||
	       (v->role != ROLE_EXECUTOR &&
	        (intervention_concerns(v, &people) || i->sees_casefile));
}

/* ---- where --------------------------------------------------------------------------------------- */

struct indexed_paper {
	struct attachment_owner owner;
	int64_t number, casefile_id;
	const char *intervention;
};

static enum status find_paper(struct db_read *r, int64_t id, struct arena *a,
                              struct indexed_paper *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(r, &WHERE_IT_IS, DB_ARGS(DB_INT(id)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st == OK)
		*ret = (struct indexed_paper){
			.owner = { OBJECT_INTERVENTION, db_int(&row, 0) },
			.number = db_int(&row, 1),
			.intervention = db_text(&row, 2, a),
			.casefile_id = db_int(&row, 3),
		};
	return st;
}

/* ---- the store of words -------------------------------------------------------------------------- */

static void add_readers(const struct thing *from, struct thing *to)
{
	for (uint8_t i = 0; i < from->reader_count && to->reader_count < THING_AUDIENCES_MAX; i++)
		to->readers[to->reader_count++] = from->readers[i];
}

static enum status readers_of(struct db_read *r, const struct indexed_paper *p, int phase,
                              struct thing *ret, struct error *reterr)
{
	struct thing workers = { 0 };
	enum status st =
	    casefile_phase_readers(r, p->casefile_id, phase, PERM_INTERVENTION_READ, ret, reterr);

	if (st == OK && phase == PHASE_1)
		st = intervention_thing(r, p->owner.id, &workers, reterr);
	add_readers(&workers, ret);
	return st;
}

enum status paper_search_read(struct plein *p, struct db_read *r, int64_t id, struct arena *a,
                              struct search_text *ret, struct error *reterr)
{
	struct indexed_paper f;
	struct attachment what = { 0 };

	enum status st = find_paper(r, id, a, &f, reterr);
	if (st == OK)
		st = attachment_load(r, p->keyring, &f.owner, f.number, a, &what, reterr);
	if (st == OK)
		st = readers_of(r, &f, paper_phase(&what), &ret->thing, reterr);
	if (st == OK && ret->thing.reader_count == 0)
		return FAIL_NOT_FOUND(reterr);
	if (st != OK)
		return st;
	ret->reference = arena_printf(a, "%s/papers/%lld", f.intervention, (long long)f.number);
	ret->at = what.added_at;
	return OK;
}

enum status paper_search_words(struct plein *p, int64_t id, struct arena *a, const char **ret,
                               struct error *reterr)
{
	struct indexed_paper f;
	struct attachment what = { 0 };
	struct sealed_reader *reader = NULL;
	struct db_read *r = NULL;

	enum status st = db_read_begin(p->db, &r, reterr);
	if (st == OK)
		st = find_paper(r, id, a, &f, reterr);
	if (st == OK)
		st = attachment_load(r, p->keyring, &f.owner, f.number, a, &what, reterr);
	if (st == OK)
		st = attachment_open(r, p->keyring, p->files, &what, a, &reader, reterr);
	db_read_end(r);
	return st == OK ? attachment_words(&what, reader, a, ret, reterr) : st;
}

/* ---- the search box ------------------------------------------------------------------------------ */

static enum status title_of(struct request *rq, int64_t id, const char **ret, struct error *reterr)
{
	struct indexed_paper f;
	struct intervention i = { 0 };
	struct attachment what = { 0 };
	int reach = 0;

	enum status st = find_paper(rq->db, id, rq->arena, &f, reterr);
	if (st == OK)
		st = intervention_load(rq->db, rq->viewer, f.intervention, rq->now_ms, rq->arena,
		                       &i, reterr);
	if (st == OK)
		st = attachment_load(rq->db, plein_of(rq)->keyring, &f.owner, f.number, rq->arena,
		                     &what, reterr);
	if (st == OK)
		st = paper_reach(rq, &i, &reach, reterr);
	if (st == OK && paper_seen_by(rq->viewer, &i, reach, &what))
		*ret = what.name;
	return st == ERR_NOT_FOUND ? OK : st; /* not his, or gone since */
}

enum status paper_search_titles(struct request *rq, const int64_t *ids, size_t count,
                                const char **ret_titles, struct error *reterr)
{
	const bool reads = access_permits(rq->viewer->role, PERM_INTERVENTION_READ);
	enum status st = OK;

	for (size_t i = 0; st == OK && reads && i < count; i++)
		if (ret_titles[i] == NULL)
			st = title_of(rq, ids[i], &ret_titles[i], reterr);
	return st;
}
