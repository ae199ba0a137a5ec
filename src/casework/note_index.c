#include "casework/note_index.h"

#include "audit/action.h"
#include "casework/casefile_seers.h"
#include "casework/note.h"
#include "platform/crypto/stored.h"
#include "plein/plein.h"

const struct db_stmt NOTE_QUEUE_ALL = {
	"note_index_queue_all", "",
	"INSERT INTO index_waiting (kind, object_id) SELECT 61, id FROM casefile_note"
	" WHERE removed_at = 0 ON CONFLICT (kind, object_id) DO NOTHING"
};
const struct db_stmt NOTE_QUEUE_OF_CASEFILE = {
	"note_index_queue_of", "i",
	"INSERT INTO index_waiting (kind, object_id) SELECT 61, id FROM casefile_note"
	" WHERE casefile_id = $1 ON CONFLICT (kind, object_id) DO UPDATE SET due_at = 0"
};
static const struct db_stmt WHERE_IT_IS = {
	"note_index_where", "i",
	"SELECT n.casefile_id, c.reference, n.number, n.phase, n.uuid FROM casefile_note n"
	" JOIN casefile c ON c.id = n.casefile_id WHERE n.id = $1 AND n.removed_at = 0"
};
const struct db_stmt *const note_index_statements[] = { &NOTE_QUEUE_ALL, &NOTE_QUEUE_OF_CASEFILE,
	                                                &WHERE_IT_IS, NULL };

struct indexed_note {
	struct casefile_note note;
	int64_t casefile_id;
	const char *casefile;
};

/* ERR_NOT_FOUND: it is gone. */
static enum status find_note(struct db_read *r, int64_t id, struct arena *a,
                             struct indexed_note *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(r, &WHERE_IT_IS, DB_ARGS(DB_INT(id)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st != OK)
		return st;
	*ret = (struct indexed_note){
		.note = { .id = id, .number = db_int(&row, 2), .phase = db_int(&row, 3) },
		.casefile_id = db_int(&row, 0),
		.casefile = db_text(&row, 1, a),
	};
	ret->note.uuid = uuid_stored(&row, 4);
	return OK;
}

/* Its newest words; "" once they are forgotten. */
static enum status load_words(struct db_read *r, struct keyring *k, struct indexed_note *n,
                              struct arena *a, struct error *reterr)
{
	struct array versions = { 0 };
	const enum status st = note_versions(r, k, &n->note, a, &versions, reterr);
	const struct note_version *newest = versions.items;

	n->note.text = st == OK && versions.count > 0 ? newest->text : "";
	n->note.written_at = st == OK && versions.count > 0 ? newest->written_at : 0;
	return st;
}

enum status note_search_read(struct plein *p, struct db_read *r, int64_t id, struct arena *a,
                             struct search_text *ret, struct error *reterr)
{
	struct indexed_note n;

	enum status st = find_note(r, id, a, &n, reterr);
	if (st == OK)
		st = load_words(r, p->keyring, &n, a, reterr);
	if (st == OK)
		st = casefile_phase_readers(r, n.casefile_id, (int)n.note.phase, PERM_CASEFILE_READ,
		                            &ret->thing, reterr);
	if (st == OK && (ret->thing.reader_count == 0 || n.note.text[0] == '\0'))
		return FAIL_NOT_FOUND(reterr);
	if (st != OK)
		return st;
	ret->reference = arena_printf(a, "%s/notes/%lld", n.casefile, (long long)n.note.number);
	ret->at = n.note.written_at;
	ret->words = n.note.text;
	return OK;
}

static enum status title_of(struct request *rq, int64_t id, const char **ret, struct error *reterr)
{
	struct casefile c = { 0 };
	struct indexed_note n;

	*ret = NULL;
	enum status st = find_note(rq->db, id, rq->arena, &n, reterr);
	if (st == OK)
		st = casefile_load(rq->db, rq->viewer, n.casefile, rq->arena, &c, reterr);
	if (st == ERR_NOT_FOUND ||
	    (st == OK && n.note.phase > casefile_reads_phase(rq->viewer->role, c.named_heavy)))
		return OK; /* not his, or gone since */
	if (st == OK)
		st = load_words(rq->db, plein_of(rq)->keyring, &n, rq->arena, reterr);
	if (st == OK && n.note.text[0] != '\0')
		*ret = search_beginning(rq->arena, n.note.text);
	return st;
}

enum status note_search_titles(struct request *rq, const int64_t *ids, size_t count,
                               const char **ret_titles, struct error *reterr)
{
	enum status st = OK;

	for (size_t i = 0; st == OK && i < count; i++)
		st = title_of(rq, ids[i], &ret_titles[i], reterr);
	return st;
}
