#include "signals/attachment_index.h"

#include "access/access.h"
#include "attachments/attachment_words.h"
#include "audit/action.h"
#include "law/law.h"
#include "plein/plein.h"

/* Of a signal; what the audiences of that depend on comes along. */
static const struct db_stmt WHERE_IT_IS = {
	"attachment_index_where", "iii",
	"SELECT s.id, a.number, s.reference, s.state, s.organ_id, s.appointment_id,"
	" coalesce(s.helper_appointment_id, 0), coalesce(s.municipality_id, 0),"
	" coalesce((SELECT max(x.audience_id) FROM signal_audience x WHERE x.id = s.id"
	" AND x.audience_id >= $2 AND x.audience_id < $3), 0), s.shielded"
	" FROM attachment a JOIN signal s ON s.id = a.owner_id"
	" WHERE a.id = $1 AND a.owner_kind = 10"
};
const struct db_stmt *const attachment_index_statements[] = { &WHERE_IT_IS, NULL };

struct indexed_file {
	struct attachment_owner owner;
	int64_t number;
	const char *signal;
	struct signal_facts facts;
};

/* ERR_NOT_FOUND: it is gone, or of no signal. */
static enum status find_file(struct db_read *r, int64_t id, struct arena *a,
                             struct indexed_file *ret, struct error *reterr)
{
	const int64_t first = audience_of(AUDIENCE_MEETING, 0);
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(
	    r, &WHERE_IT_IS,
	    DB_ARGS(DB_INT(id), DB_INT(first), DB_INT(audience_of(AUDIENCE_MEETING + 1, 0))), &row,
	    reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st != OK)
		return st;
	const int64_t meeting = db_int(&row, 8);
	*ret = (struct indexed_file){
		.owner = { OBJECT_SIGNAL, db_int(&row, 0) },
		.number = db_int(&row, 1),
		.signal = db_text(&row, 2, a),
		.facts = { (uint8_t)db_int(&row, 3), db_int(&row, 4), db_int(&row, 5),
		           db_int(&row, 6), db_int(&row, 7), meeting != 0 ? meeting - first : 0,
		           db_int(&row, 9) == 1 },
	};
	return OK;
}

/* ---- who ----------------------------------------------------------------------------------------- */

static bool is_heavy(const struct attachment *what)
{
	const struct law_category_row *row = law_category((enum law_category)what->category);

	return row == NULL || row->in_signal != IN_SIGNAL_YES;
}

static bool sees_heavy(const struct viewer *v, const struct signal *s)
{
	if (v->role == ROLE_INFO_COORDINATOR || (v->organ_id != 0 && v->organ_id == s->organ_id))
		return true;
	for (int i = 0; s->meeting_id != 0 && i < v->audience_count; i++)
		if (v->audiences[i] == audience_of(AUDIENCE_MEETING, s->meeting_id))
			return true;
	return false;
}

bool attachment_seen_by(const struct viewer *v, const struct signal *s,
                        const struct attachment *what)
{
	return !is_heavy(what) || sees_heavy(v, s);
}

/* The same rule on audiences: those of the region that read the signal don't read its heavy files. */
static bool may_find_heavy(audience reader)
{
	static const enum audience_kind REGION[] = { AUDIENCE_ROLE, AUDIENCE_MUNICIPALITY };

	if (reader == audience_of(AUDIENCE_ROLE, ROLE_INFO_COORDINATOR))
		return true;
	for (size_t i = 0; i < sizeof REGION / sizeof REGION[0]; i++)
		if (reader >= audience_of(REGION[i], 0) && reader < audience_of(REGION[i] + 1, 0))
			return false;
	return true;
}

static void readers_of(const struct indexed_file *f, const struct attachment *what,
                       struct thing *ret)
{
	struct thing all;

	*ret = (struct thing){ 0 };
	if (signal_is_over(f->facts.state))
		return; /* in no search (decisions 1.8) */
	signal_thing(&f->facts, &all);
	for (uint8_t i = 0; i < all.reader_count; i++)
		if (!is_heavy(what) || may_find_heavy(all.readers[i]))
			ret->readers[ret->reader_count++] = all.readers[i];
}

/* ---- what ---------------------------------------------------------------------------------------- */

enum status attachment_search_read(struct plein *p, struct db_read *r, int64_t id, struct arena *a,
                                   struct search_text *ret, struct error *reterr)
{
	struct indexed_file f;
	struct attachment what = { 0 };

	enum status st = find_file(r, id, a, &f, reterr);
	if (st == OK)
		st = attachment_load(r, p->keyring, &f.owner, f.number, a, &what, reterr);
	if (st != OK)
		return st;
	readers_of(&f, &what, &ret->thing);
	if (ret->thing.reader_count == 0)
		return FAIL_NOT_FOUND(reterr);
	ret->reference = arena_printf(a, "%s/attachments/%lld", f.signal, (long long)f.number);
	ret->at = what.added_at;
	return OK;
}

static enum status open_file(struct plein *p, int64_t id, struct arena *a, struct attachment *ret,
                             struct sealed_reader **ret_reader, struct error *reterr)
{
	struct indexed_file f;
	struct db_read *r = NULL;

	enum status st = db_read_begin(p->db, &r, reterr);
	if (st == OK)
		st = find_file(r, id, a, &f, reterr);
	if (st == OK)
		st = attachment_load(r, p->keyring, &f.owner, f.number, a, ret, reterr);
	if (st == OK)
		st = attachment_open(r, p->keyring, p->files, ret, a, ret_reader, reterr);
	db_read_end(r);
	return st;
}

enum status attachment_search_words(struct plein *p, int64_t id, struct arena *a, const char **ret,
                                    struct error *reterr)
{
	struct attachment what = { 0 };
	struct sealed_reader *reader = NULL;

	const enum status st = open_file(p, id, a, &what, &reader, reterr);
	return st == OK ? attachment_words(&what, reader, a, ret, reterr) : st;
}

/* ---- the search box ------------------------------------------------------------------------------ */

static enum status title_of(struct request *rq, int64_t id, const char **ret, struct error *reterr)
{
	struct indexed_file f;
	struct signal s = { 0 };
	struct attachment what = { 0 };

	*ret = NULL;
	enum status st = find_file(rq->db, id, rq->arena, &f, reterr);
	if (st == OK)
		st = signal_load(rq->db, rq->viewer, f.signal, rq->arena, &s, reterr);
	if (st == OK)
		st = attachment_load(rq->db, plein_of(rq)->keyring, &f.owner, f.number, rq->arena,
		                     &what, reterr);
	if (st == ERR_NOT_FOUND || (st == OK && !attachment_seen_by(rq->viewer, &s, &what)))
		return OK; /* not his, or gone since */
	if (st == OK)
		*ret = what.name;
	return st;
}

enum status attachment_search_titles(struct request *rq, const int64_t *ids, size_t count,
                                     const char **ret_titles, struct error *reterr)
{
	const bool reads = access_permits(rq->viewer->role, PERM_SIGNAL_READ);
	enum status st = OK;

	for (size_t i = 0; st == OK && i < count; i++) {
		ret_titles[i] = NULL;
		if (reads)
			st = title_of(rq, ids[i], &ret_titles[i], reterr);
	}
	return st;
}
