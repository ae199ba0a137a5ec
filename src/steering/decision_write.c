/* Drafts of rulings, and the signature that makes decisions of them. Each inside a job. */
#include "steering/decision_store.h"

#include "platform/crypto/numbering.h"

const struct db_root POOL_ROOT = DB_ROOT(34, steering_pool);

static const struct db_stmt INSERT = {
	"ruling_insert", "biiiiIiiiiIIiii",
	"INSERT INTO steering_decision (uuid, point_id, meeting_id, casefile_id, proposal_id,"
	" amends_id, ruling, hours, due_day, organ_id, lead_id, next_meeting_id, owner_agreed,"
	" drafted_by, drafted_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13,"
	" $14, $15) RETURNING id"
};
static const struct db_stmt FEEDBACK = {
	"ruling_feedback", "ii",
	"UPDATE steering_decision SET feedback_day = $2 WHERE id = $1 AND number = 0"
};
static const struct db_stmt PLEDGE = {
	"ruling_pledge", "iiii",
	"INSERT INTO steering_pledge (decision_id, participant_id, year, hours)"
	" VALUES ($1, $2, $3, $4) ON CONFLICT (decision_id, participant_id) DO NOTHING"
};
static const struct db_stmt VOTE = {
	"ruling_vote", "iiii",
	"INSERT INTO steering_vote (decision_id, organ_id, appointment_id, vote)"
	" VALUES ($1, $2, $3, $4) ON CONFLICT (decision_id, organ_id) DO NOTHING"
};
/* $2: the proposal, -1 for all. Only drafts. */
#define DRAFTS                                                                                     \
	"SELECT id FROM steering_decision WHERE point_id = $1 AND number = 0"                      \
	" AND ($2 = -1 OR proposal_id = $2)"
static const struct db_stmt DROP_PLEDGES = {
	"ruling_drop_pledges", "ii", "DELETE FROM steering_pledge WHERE decision_id IN (" DRAFTS ")"
};
static const struct db_stmt DROP_VOTES = { "ruling_drop_votes", "ii",
	                                   "DELETE FROM steering_vote WHERE decision_id IN (" DRAFTS
	                                   ")" };
static const struct db_stmt DROP = { "ruling_drop", "ii",
	                             "DELETE FROM steering_decision WHERE id IN (" DRAFTS ")" };
static const struct db_stmt TEXTS = {
	"ruling_texts", "ii",
	"SELECT proposal_id, kind, organ_id FROM steering_text WHERE point_id = $1"
	" AND ($2 = -1 OR proposal_id = $2) ORDER BY proposal_id, kind, organ_id LIMIT 500"
};
/* Another decision about the same proposal that stands and isn't the one that this amends. */
static const struct db_stmt RIVAL = {
	"decision_rival", "iii",
	"SELECT count(*) FROM steering_decision d WHERE d.proposal_id = $1 AND $1 > 0"
	" AND d.number > 0 AND d.id <> $2 AND d.id <> $3 AND NOT EXISTS (SELECT 1"
	" FROM steering_decision o WHERE o.amends_id = d.id AND o.number > 0)"
};
static const struct db_stmt SIGN = {
	"decision_sign", "iti",
	"UPDATE steering_decision SET reference = $2, signed_at = $3, number = 1 + (SELECT"
	" coalesce(max(x.number), 0) FROM steering_decision x"
	" WHERE x.meeting_id = steering_decision.meeting_id) WHERE id = $1 AND number = 0"
};
static const struct db_stmt POOL = {
	"pool_put", "iiiii",
	"INSERT INTO steering_pool (participant_id, year, hours, registered_by, registered_at)"
	" VALUES ($1, $2, $3, $4, $5) ON CONFLICT (participant_id, year) DO UPDATE"
	" SET hours = $3, registered_by = $4, registered_at = $5,"
	" version = steering_pool.version + 1"
};

const struct db_stmt *const decision_write_statements[] = {
	&POOL_ROOT.claim, &POOL_ROOT.look, &INSERT, &FEEDBACK, &PLEDGE, &VOTE, &DROP_PLEDGES,
	&DROP_VOTES,      &DROP,           &TEXTS,  &RIVAL,    &SIGN,   &POOL, NULL,
};

/* ---- drafts ---------------------------------------------------------------------------------- */

static enum status drop_texts(struct db_tx *tx, int64_t point_id, int64_t proposal_id,
                              struct error *reterr)
{
	enum { MAX = 500 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct steering_text *list = ARENA_ARRAY(db_tx_arena(tx), struct steering_text, MAX);
	size_t count = 0;
	enum status st = db_query(db_tx_read(tx), &TEXTS,
	                          DB_ARGS(DB_INT(point_id), DB_INT(proposal_id)), &rows, reterr);

	if (st != OK)
		return st;
	for (; count < MAX && db_next(&rows); count++)
		list[count] = (struct steering_text){
			.point_id = point_id,
			.proposal_id = db_int(&rows, 0),
			.kind = (enum steering_words)db_int(&rows, 1),
			.organ_id = db_int(&rows, 2),
		};
	st = db_rows_end(&rows, reterr);
	for (size_t i = 0; st == OK && i < count; i++)
		st = steering_text_put(tx, &list[i], reterr);
	return st;
}

enum status rulings_drop(struct db_tx *tx, int64_t point_id, int64_t proposal_id,
                         struct error *reterr)
{
	const struct db_value *which = DB_ARGS(DB_INT(point_id), DB_INT(proposal_id));
	enum status st = db_exec(tx, &DROP_PLEDGES, which, NULL, reterr);

	if (st == OK)
		st = db_exec(tx, &DROP_VOTES, which, NULL, reterr);
	if (st == OK)
		st = db_exec(tx, &DROP, which, NULL, reterr);
	return st == OK ? drop_texts(tx, point_id, proposal_id, reterr) : st;
}

#define MAYBE(id) ((id) != 0 ? DB_INT(id) : DB_NULL)

static enum status insert_row(struct db_tx *tx, const struct ruling_draft *d, int64_t *ret_id,
                              struct error *reterr)
{
	enum status st = db_insert(
	    tx, &INSERT,
	    DB_ARGS(DB_BYTES(d->uuid.bytes, UUID_BYTES), DB_INT(d->point_id), DB_INT(d->meeting_id),
	            DB_INT(d->casefile_id), DB_INT(d->proposal_id), MAYBE(d->amends_id),
	            DB_INT(d->ruling), DB_INT(d->hours), DB_INT(d->due_day), DB_INT(d->organ_id),
	            MAYBE(d->lead_id), MAYBE(d->next_meeting_id), DB_INT(d->owner_agreed),
	            DB_INT(d->appointment_id), DB_INT(d->now_ms)),
	    ret_id, reterr);

	return st == OK && d->feedback_day != 0
	           ? db_exec(tx, &FEEDBACK, DB_ARGS(DB_INT(*ret_id), DB_INT(d->feedback_day)), NULL,
	                     reterr)
	           : st;
}

static enum status put_votes(struct db_tx *tx, const struct ruling_draft *d, int64_t id,
                             struct error *reterr)
{
	enum status st = OK;

	for (size_t i = 0; st == OK && i < d->vote_count; i++) {
		const struct draft_vote *v = &d->votes[i];
		st = db_exec(tx, &VOTE,
		             DB_ARGS(DB_INT(id), DB_INT(v->organ_id), DB_INT(v->appointment_id),
		                     DB_INT(v->vote)),
		             NULL, reterr);
		if (st == OK && v->dissent.sealed != NULL)
			st = steering_text_put(tx, &v->dissent, reterr);
	}
	return st;
}

enum status ruling_put(struct db_tx *tx, const struct ruling_draft *d, struct error *reterr)
{
	int64_t id = 0;
	enum status st = rulings_drop(tx, d->point_id, d->proposal_id, reterr);

	if (st == OK)
		st = insert_row(tx, d, &id, reterr);
	for (size_t i = 0; st == OK && i < d->pledge_count; i++)
		st = db_exec(tx, &PLEDGE,
		             DB_ARGS(DB_INT(id), DB_INT(d->pledges[i].participant_id),
		                     DB_INT(d->year), DB_INT(d->pledges[i].hours)),
		             NULL, reterr);
	if (st == OK)
		st = put_votes(tx, d, id, reterr);
	for (int kind = STEERING_REASON; st == OK && kind < STEERING_WORDS_COUNT; kind++)
		if (d->texts[kind].sealed != NULL)
			st = steering_text_put(tx, &d->texts[kind], reterr);
	return st;
}

/* ---- the signature --------------------------------------------------------------------------- */

static enum status ask_rivals(struct db_tx *tx, const struct steering_decision *d,
                              struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(
	    db_tx_read(tx), &RIVAL,
	    DB_ARGS(DB_INT(d->proposal_id), DB_INT(d->id), DB_INT(d->amends_id)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st == OK && db_int(&row, 0) > 0)
		return FAIL(reterr, ERR_CONFLICT,
		            "Over dit voorstel is al besloten. Wijzig dat besluit met een nieuw "
		            "besluit.");
	return st;
}

enum status decision_sign(struct db_tx *tx, const struct decision_signing *s,
                          const char **ret_reference, struct error *reterr)
{
	int64_t changed = 0;
	enum status st = ask_rivals(tx, s->draft, reterr);

	if (st == OK)
		st = reference_next(tx, s->reference_key, "B", s->now_ms, ret_reference, reterr);
	if (st == OK)
		st = db_exec(
		    tx, &SIGN,
		    DB_ARGS(DB_INT(s->draft->id), DB_TEXT(*ret_reference), DB_INT(s->now_ms)),
		    &changed, reterr);
	if (st == OK && changed == 0)
		return FAIL(reterr, ERR_CONFLICT,
		            "Een collega was eerder. Bekijk hoe het nu staat.");
	return st;
}

// NOLINTNEXTLINE(readability-function-size): whose hours, in which year, who says so
enum status pool_put(struct db_tx *tx, int64_t participant_id, int64_t year, int64_t hours,
                     int64_t appointment_id, int64_t now_ms, struct error *reterr)
{
	return db_exec(tx, &POOL,
	               DB_ARGS(DB_INT(participant_id), DB_INT(year), DB_INT(hours),
	                       DB_INT(appointment_id), DB_INT(now_ms)),
	               NULL, reterr);
}
