#include "advice/advice_trail.h"

#include "audit/action.h"
#include "search/search_feed.h"

static const struct db_stmt STATE = {
	"advice_audience_state", "i",
	"SELECT d.state, c.variant FROM advice d JOIN casefile c ON c.id = d.casefile_id"
	" WHERE d.id = $1"
};
/* An owner counts once it was asked. */
static const struct db_stmt PARTIES = {
	"advice_parties", "i",
	"SELECT o.id, (SELECT count(*) FROM casefile_organ x JOIN organ e ON e.id = x.organ_id"
	" WHERE x.casefile_id = d.casefile_id AND e.participant_id = o.participant_id),"
	" (SELECT count(*) FROM advice_proposal p WHERE p.advice_id = d.id AND p.feasible <> 0"
	" AND (p.lead_organ_id = o.id OR EXISTS (SELECT 1 FROM advice_co_owner b"
	" WHERE b.proposal_id = p.id AND b.organ_id = o.id))),"
	" (SELECT count(*) FROM advice_source s WHERE s.advice_id = d.id AND s.organ_id = o.id)"
	" FROM advice d JOIN organ o ON o.id IN (SELECT m.id FROM casefile_organ x"
	" JOIN organ e ON e.id = x.organ_id JOIN organ m ON m.participant_id = e.participant_id"
	" WHERE x.casefile_id = d.casefile_id UNION SELECT p.lead_organ_id FROM advice_proposal p"
	" WHERE p.advice_id = d.id UNION SELECT b.organ_id FROM advice_co_owner b"
	" JOIN advice_proposal p ON p.id = b.proposal_id WHERE p.advice_id = d.id"
	" UNION SELECT s.organ_id FROM advice_source s WHERE s.advice_id = d.id)"
	" WHERE d.id = $1 ORDER BY o.id LIMIT 60"
};
static const struct db_stmt CLOSE = { "advice_close_audiences", "i",
	                              "DELETE FROM advice_audience WHERE id = $1" };
static const struct db_stmt OPEN = {
	"advice_open_audience", "iiii",
	"INSERT INTO advice_audience (audience_id, id, reach, casefile_states)"
	" VALUES ($1, $2, $3, $4)"
};
static const struct db_stmt HOLD = {
	"advice_hold", "i", "UPDATE advice SET revision = revision + 1 WHERE id = $1 AND state = 1"
};
static const struct db_stmt RECORD = {
	"advice_record", "iiIi",
	"INSERT INTO advice_history (advice_id, at, participant_id, action) VALUES ($1, $2, $3, $4)"
};
const struct db_stmt *const advice_trail_statements[] = { &STATE, &PARTIES, &CLOSE, &OPEN,
	                                                  &HOLD,  &RECORD,  NULL };

enum { PARTIES_MAX = 60 };

struct audience_facts {
	uint8_t state;
	int variant;
	struct advice_party party[PARTIES_MAX];
	size_t count;
};

static enum status load_parties(struct db_read *r, int64_t advice_id, struct audience_facts *ret,
                                struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	enum status st = db_query(r, &PARTIES, DB_ARGS(DB_INT(advice_id)), &rows, reterr);

	if (st != OK)
		return st;
	while (ret->count < PARTIES_MAX && db_next(&rows))
		ret->party[ret->count++] = (struct advice_party){
			.organ_id = db_int(&rows, 0),
			.involved = db_int(&rows, 1) > 0,
			.owner = db_int(&rows, 2) > 0,
			.source = db_int(&rows, 3) > 0,
		};
	return db_rows_end(&rows, reterr);
}

static enum status load_facts(struct db_read *r, int64_t advice_id, struct audience_facts *ret,
                              struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(r, &STATE, DB_ARGS(DB_INT(advice_id)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st != OK)
		return st;
	ret->state = (uint8_t)db_int(&row, 0);
	ret->variant = (int)db_int(&row, 1);
	db_rows_close(&row);
	return load_parties(r, advice_id, ret, reterr);
}

enum status advice_readers_load(struct db_read *r, int64_t advice_id, struct arena *a,
                                struct advice_reader *ret, size_t *ret_count, struct error *reterr)
{
	struct audience_facts *f = ARENA_NEW(a, struct audience_facts);
	const enum status st = load_facts(r, advice_id, f, reterr);

	if (st == OK)
		*ret_count = advice_readers(f->state, f->variant, f->party, f->count, ret);
	return st;
}

enum status advice_rewrite_audiences(struct db_tx *tx, int64_t advice_id, struct error *reterr)
{
	struct arena *a = db_tx_arena(tx);
	struct advice_reader *readers = ARENA_ARRAY(a, struct advice_reader, ADVICE_READERS_MAX);
	size_t count = 0;

	enum status st = advice_readers_load(db_tx_read(tx), advice_id, a, readers, &count, reterr);
	if (st == OK)
		st = db_exec(tx, &CLOSE, DB_ARGS(DB_INT(advice_id)), NULL, reterr);
	for (size_t i = 0; st == OK && i < count; i++)
		st = db_exec(tx, &OPEN,
		             DB_ARGS(DB_INT(readers[i].who), DB_INT(advice_id),
		                     DB_INT(readers[i].reach),
		                     DB_INT((int64_t)readers[i].casefile_states)),
		             NULL, reterr);
	return st == OK ? search_changed(tx, OBJECT_ADVICE, advice_id, reterr) : st;
}

enum status advice_hold(struct db_tx *tx, int64_t advice_id, struct error *reterr)
{
	int64_t changed = 0;
	enum status st = db_exec(tx, &HOLD, DB_ARGS(DB_INT(advice_id)), &changed, reterr);

	if (st == OK && changed == 0)
		return FAIL(reterr, ERR_CONFLICT,
		            "Het advies is geen concept meer. Bekijk hoe het nu staat.");
	return st;
}

enum status advice_record(struct db_tx *tx, const struct advice_writer *w, uint8_t action,
                          struct error *reterr)
{
	return db_exec(tx, &RECORD,
	               DB_ARGS(DB_INT(w->advice->id), DB_INT(w->now_ms),
	                       w->viewer != NULL ? DB_INT(w->viewer->participant_id) : DB_NULL,
	                       DB_INT(action)),
	               NULL, reterr);
}

enum status advice_forget_key(struct db_tx *tx, int64_t key_id, struct error *reterr)
{
	return key_id != 0 ? key_destroy(tx, key_id, reterr) : OK;
}

enum status advice_too_late(struct error *reterr)
{
	return FAIL(reterr, ERR_CONFLICT, "Dit kan niet meer. Bekijk hoe het nu staat.");
}

enum status advice_pairs(struct db_tx *tx, const struct db_stmt *s, const struct db_value *args,
                         struct array *ret, struct error *reterr)
{
	enum { MAX = ADVICE_PROPOSALS_MAX + ADVICE_SOURCES_MAX };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct advice_pair *list = ARENA_ARRAY(db_tx_arena(tx), struct advice_pair, MAX);
	size_t count = 0;
	enum status st = db_query(db_tx_read(tx), s, args, &rows, reterr);

	if (st != OK)
		return st;
	while (count < MAX && db_next(&rows))
		list[count++] = (struct advice_pair){ db_int(&rows, 0), db_int(&rows, 1) };
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

enum status advice_give_task(struct db_tx *tx, const struct advice_writer *w,
                             const struct advice_asking *k, struct error *reterr)
{
	const struct work_task task = {
		.owner = k->owner,
		.kind = k->kind,
		.object_kind = k->object_kind,
		.object_id = k->object_id,
		.reference = w->advice->reference,
		.due_day = k->due_day,
		.created_at = w->now_ms,
		.created_by = w->viewer->appointment_id,
	};
	return work_add(tx, &task, reterr);
}
