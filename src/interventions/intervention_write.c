/* Interventions come to be by a decision of the Stuurploeg; and what every change shares. */
#include "interventions/intervention_parts.h"

#include "attachments/attachment_words.h"
#include "audit/action.h"
#include "casework/casework.h"
#include "law/instruments.h"
#include "platform/core/calendar.h"
#include "platform/crypto/numbering.h"
#include "work/work.h"

const struct db_root INTERVENTION_ROOT = DB_ROOT(45, intervention);

static const struct db_stmt DECIDED_BEFORE = {
	"intervention_decided_before", "i",
	"SELECT count(*) FROM intervention WHERE proposal_id = $1"
};
static const struct db_stmt OWNER = { "intervention_owner_letter", "i",
	                              "SELECT letter, participant_id FROM organ WHERE id = $1" };
static const struct db_stmt INSERT = {
	"intervention_insert", "btiIiiiiiIiii",
	"INSERT INTO intervention (uuid, reference, casefile_id, proposal_id, state, state_since,"
	" instrument, kind, weight, barrier, theme, municipality_id, organ_id, lead_id, due_day,"
	" place, created_at, quick) SELECT $1, $2, $3, $4, 1, $12, $5, $6, $7, $8, c.theme,"
	" c.municipality_id, $9, $10, $11, $11, $12, $13 FROM casefile c WHERE c.id = $3 RETURNING "
	"id"
};
static const struct db_stmt ADD_OWNER = {
	"intervention_owner_add", "iiiiiiIi",
	"INSERT INTO intervention_owner (intervention_id, organ_id, participant_id, place, answer,"
	" asked_at, answered_at, answered_by, hours_pledged) SELECT $1, $2, $3, $4, $5, $6,"
	" CASE WHEN $5 = 2 THEN $6 ELSE 0 END, $7, $8"
};
static const struct db_stmt ADD_WAIT = {
	"intervention_wait_add", "ii",
	"INSERT INTO intervention_wait (intervention_id, waits_for_id) SELECT $1, x.id"
	" FROM intervention x JOIN intervention y ON y.casefile_id = x.casefile_id"
	" WHERE x.id = $2 AND y.id = $1 AND x.id <> y.id"
	" ON CONFLICT (intervention_id, waits_for_id) DO NOTHING"
};
static const struct db_stmt OLD_TEXT = {
	"intervention_old_text", "ii",
	"SELECT key_id FROM intervention_text WHERE intervention_id = $1 AND part = $2"
};
static const struct db_stmt PUT_TEXT = {
	"intervention_put_text", "iiib",
	"INSERT INTO intervention_text (intervention_id, part, key_id, sealed)"
	" VALUES ($1, $2, $3, $4) ON CONFLICT (intervention_id, part)"
	" DO UPDATE SET key_id = $3, sealed = $4"
};
static const struct db_stmt RECORD = {
	"intervention_record", "iiIii",
	"INSERT INTO intervention_history (intervention_id, at, participant_id, action, to_state)"
	" VALUES ($1, $2, $3, $4, $5)"
};
/* A municipality with few inhabitants is told neither as place nor as owner. */
static const struct db_stmt ADD_STATISTIC = {
	"intervention_statistic_add", "iiiiiiiiiiiiiiiiii",
	"INSERT INTO intervention_statistic (quarter, municipality_id, theme, instrument, kind,"
	" weight, barrier, participant_id, letter, transition, days_in_state, hours_pledged,"
	" hours_delivered, calculated, claimed, imposed, seized, collected, set_off, prevented,"
	" effect, months, late_report, quick, project_id)"
	" SELECT $2, CASE WHEN m.inhabitants >= 20000 THEN m.id ELSE NULL END, q.theme,"
	" q.instrument, q.kind, q.weight, q.barrier, CASE WHEN p.municipality_id IS NULL"
	" OR pm.inhabitants >= 20000 THEN p.id ELSE NULL END, o.letter, $3,"
	" CASE WHEN $3 = 0 THEN 0 ELSE ($4 - CASE WHEN $5 = 0 THEN q.state_since ELSE $5 END)"
	" / 86400000 END, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, q.quick,"
	" coalesce((SELECT c.project_id FROM casefile c WHERE c.id = q.casefile_id), q.project_id)"
	" FROM intervention q "
	"JOIN organ o ON o.id = CASE WHEN $18 = 0 THEN q.organ_id ELSE $18 END"
	" JOIN participant p ON p.id = o.participant_id"
	" LEFT JOIN municipality pm ON pm.id = p.municipality_id"
	" LEFT JOIN municipality m ON m.id = q.municipality_id WHERE q.id = $1"
};
static const struct db_stmt CLOSE_AUDIENCES = { "intervention_close_audiences", "i",
	                                        "DELETE FROM intervention_audience WHERE id = $1" };
/* $2: begins an appointment's audience; $3 deciders, $4 a desk, $5 a municipality, $6 the Stuurploeg
 * of an organ, $7 its secretary. Nobody while a hold keeps its casefile past its day (decision 0021). */
static const struct db_stmt OPEN_AUDIENCES = {
	"intervention_open_audiences", "iiiiiii",
	"INSERT INTO intervention_audience (audience_id, id) SELECT x.audience_id, x.id FROM ("
	"SELECT $2 + q.lead_id AS audience_id, q.id AS id FROM intervention q WHERE q.id = $1"
	" AND q.lead_id IS NOT NULL"
	" UNION SELECT $2 + w.executor_id, w.intervention_id FROM intervention_owner w"
	" WHERE w.intervention_id = $1 AND w.executor_id IS NOT NULL"
	" UNION SELECT $3 + w.organ_id, w.intervention_id FROM intervention_owner w"
	" WHERE w.intervention_id = $1"
	" UNION SELECT $4 + w.organ_id, w.intervention_id FROM intervention_owner w"
	" WHERE w.intervention_id = $1"
	" UNION SELECT $5 + p.municipality_id, w.intervention_id FROM intervention_owner w"
	" JOIN participant p ON p.id = w.participant_id WHERE w.intervention_id = $1"
	" AND p.municipality_id IS NOT NULL"
	" UNION SELECT $6 + c.organ_id, q.id FROM intervention q JOIN casefile_organ c"
	" ON c.casefile_id = q.casefile_id WHERE q.id = $1"
	" UNION SELECT $7, q.id FROM intervention q WHERE q.id = $1) x"
	" WHERE NOT EXISTS (SELECT 1 FROM casefile c JOIN intervention q ON q.casefile_id = c.id"
	" WHERE q.id = x.id AND c.shielded = 1)"
};
/* What runs stands by its day; then what was carried out; last what is over. */
static const struct db_stmt SET_PLACE = {
	"intervention_set_place", "i",
	"UPDATE intervention SET place = CASE WHEN state IN (1, 2, 3, 5, 6, 7) THEN due_day"
	" WHEN state = 9 THEN 500000 + executed_day"
	" ELSE 3000000 - state_since / 86400000 END WHERE id = $1"
};
static const struct db_stmt STILL_ASKED = {
	"intervention_still_asked", "i",
	"SELECT w.organ_id, o.letter, coalesce(p.municipality_id, 0) FROM intervention_owner w"
	" JOIN organ o ON o.id = w.organ_id JOIN participant p ON p.id = w.participant_id"
	" WHERE w.intervention_id = $1 AND w.answer = 1 ORDER BY w.place, w.organ_id LIMIT 8"
};

const struct db_stmt *const intervention_write_statements[] = {
	&INTERVENTION_ROOT.claim,
	&INTERVENTION_ROOT.look,
	&DECIDED_BEFORE,
	&OWNER,
	&INSERT,
	&ADD_OWNER,
	&ADD_WAIT,
	&OLD_TEXT,
	&PUT_TEXT,
	&RECORD,
	&ADD_STATISTIC,
	&CLOSE_AUDIENCES,
	&OPEN_AUDIENCES,
	&SET_PLACE,
	&STILL_ASKED,
	NULL,
};

/* ---- what every change shares -------------------------------------------------------------------- */

static int64_t quarter_of(int64_t now_ms)
{
	const struct civil c = civil_from_day(local_day(now_ms));
	return (int64_t)c.year * 10 + (c.month + 2) / 3;
}

static int64_t in_column(const struct happening *h, enum law_amount_column column)
{
	return h->amount_kind == (int)column ? h->cents : 0;
}

enum status intervention_count(struct db_tx *tx, const struct happening *h, struct error *reterr)
{
	return db_exec(
	    tx, &ADD_STATISTIC,
	    DB_ARGS(DB_INT(h->id), DB_INT(quarter_of(h->now_ms)), DB_INT(h->transition),
	            DB_INT(h->now_ms), DB_INT(h->since_ms), DB_INT(h->hours_pledged),
	            DB_INT(h->hours_delivered), DB_INT(in_column(h, AMOUNT_CALCULATED)),
	            DB_INT(in_column(h, AMOUNT_CLAIMED)), DB_INT(in_column(h, AMOUNT_IMPOSED)),
	            DB_INT(in_column(h, AMOUNT_SEIZED)), DB_INT(in_column(h, AMOUNT_COLLECTED)),
	            DB_INT(in_column(h, AMOUNT_SET_OFF)), DB_INT(in_column(h, AMOUNT_PREVENTED)),
	            DB_INT(h->effect), DB_INT(h->months), DB_INT(h->late_report),
	            DB_INT(h->organ_id)),
	    NULL, reterr);
}

enum status intervention_record(struct db_tx *tx, const struct event_new *e, struct error *reterr)
{
	return db_exec(tx, &RECORD,
	               DB_ARGS(DB_INT(e->id), DB_INT(e->now_ms),
	                       e->viewer != NULL ? DB_INT(e->viewer->participant_id) : DB_NULL,
	                       DB_INT(e->action), DB_INT(e->to)),
	               NULL, reterr);
}

static enum status drop_old_text(struct db_tx *tx, int64_t id, enum intervention_part part,
                                 struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	int64_t key = 0;

	enum status st =
	    db_query(db_tx_read(tx), &OLD_TEXT, DB_ARGS(DB_INT(id), DB_INT(part)), &row, reterr);
	if (st != OK)
		return st;
	if (db_next(&row))
		key = db_int(&row, 0);
	st = db_rows_end(&row, reterr);
	return st == OK && key != 0 ? key_destroy(tx, key, reterr) : st;
}

enum status intervention_put_text(struct db_tx *tx, int64_t id, enum intervention_part part,
                                  const struct intervention_words *text, struct error *reterr)
{
	if (text->sealed == NULL)
		return OK;
	enum status st = drop_old_text(tx, id, part, reterr);
	if (st == OK)
		st = key_store(tx, &text->key, reterr);
	return st == OK ? db_exec(tx, &PUT_TEXT,
	                          DB_ARGS(DB_INT(id), DB_INT(part), DB_INT(text->key.id),
	                                  DB_BYTES(text->sealed, text->len)),
	                          NULL, reterr)
	                : st;
}

enum status intervention_open_to(struct db_tx *tx, int64_t id, struct error *reterr)
{
	enum status st = db_exec(tx, &CLOSE_AUDIENCES, DB_ARGS(DB_INT(id)), NULL, reterr);

	if (st == OK)
		st = db_exec(tx, &OPEN_AUDIENCES,
		             DB_ARGS(DB_INT(id), DB_INT(audience_of(AUDIENCE_APPOINTMENT, 0)),
		                     DB_INT(audience_of(AUDIENCE_DECIDERS, 0)),
		                     DB_INT(audience_of(AUDIENCE_ORGAN_DESK, 0)),
		                     DB_INT(audience_of(AUDIENCE_MUNICIPALITY, 0)),
		                     DB_INT(audience_of(AUDIENCE_STEERING, 0)),
		                     DB_INT(audience_of(AUDIENCE_ROLE, ROLE_STEERING_SECRETARY))),
		             NULL, reterr);
	if (st == OK)
		st = db_exec(tx, &SET_PLACE, DB_ARGS(DB_INT(id)), NULL, reterr);
	const struct attachment_owner papers = { OBJECT_INTERVENTION, id };
	return st == OK ? attachments_changed(tx, &papers, reterr) : st;
}

enum status intervention_task(struct db_tx *tx, const struct intervention_task *t,
                              struct error *reterr)
{
	const struct work_task task = { .owner = t->owner,
		                        .kind = t->kind,
		                        .object_kind = OBJECT_INTERVENTION,
		                        .object_id = t->id,
		                        .reference = t->reference,
		                        .due_day = t->due_day,
		                        .created_at = t->now_ms,
		                        .created_by = t->by };
	return work_add(tx, &task, reterr);
}

enum status intervention_ask_owners(struct db_tx *tx, int64_t id, const char *reference,
                                    int64_t now_ms, struct error *reterr)
{
	enum { DAYS = 5 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct intervention_task tasks[2 * INTERVENTION_OWNERS_MAX];
	size_t count = 0;

	enum status st = db_query(db_tx_read(tx), &STILL_ASKED, DB_ARGS(DB_INT(id)), &rows, reterr);
	if (st != OK)
		return st;
	while (count + 2 <= 2 * INTERVENTION_OWNERS_MAX && db_next(&rows)) {
		struct intervention_task t = {
			.id = id,
			.reference = reference,
			.owner = audience_of(AUDIENCE_DECIDERS, db_int(&rows, 0)),
			.kind = WORK_INTERVENTION_AGREE,
			.due_day = working_days_add(local_day(now_ms), DAYS, NULL),
			.now_ms = now_ms,
		};
		tasks[count++] = t;
		if (db_text(&rows, 1, db_tx_arena(tx))[0] != LETTER_MAYOR || db_int(&rows, 2) == 0)
			continue;
		t.owner = audience_of(AUDIENCE_MUNICIPALITY, db_int(&rows, 2));
		tasks[count++] = t;
	}
	st = db_rows_end(&rows, reterr);
	for (size_t i = 0; st == OK && i < count; i++)
		st = intervention_task(tx, &tasks[i], reterr);
	return st;
}

/* ---- deciding ------------------------------------------------------------------------------------- */

static enum status number_of(struct db_tx *tx, const struct db_stmt *s, int64_t id, int64_t *ret,
                             struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(db_tx_read(tx), s, DB_ARGS(DB_INT(id)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st == OK)
		*ret = db_int(&row, 0);
	return st;
}

static enum status check_decision(struct db_tx *tx, const struct intervention_new *n,
                                  struct error *reterr)
{
	int64_t before = 0;

	if (law_instrument(n->instrument) == NULL || n->weight < WEIGHT_LIGHT ||
	    n->weight > WEIGHT_HEAVY)
		return FAIL(reterr, ERR_INVALID, "Kies een instrument en een gewicht.");
	if (n->owner_count == 0 || n->owner_count > INTERVENTION_OWNERS_MAX)
		return FAIL(reterr, ERR_INVALID, "Kies een tot acht eigenaren.");
	for (size_t i = 0; i < n->owner_count; i++) {
		if (n->owners[i].hours_pledged < 0)
			return FAIL(reterr, ERR_INVALID, "Uren kunnen niet onder nul zijn.");
		for (size_t j = 0; j < i; j++)
			if (n->owners[j].organ_id == n->owners[i].organ_id)
				return FAIL(reterr, ERR_INVALID,
				            "Deze eigenaar staat er twee keer. De uren tellen "
				            "één keer.");
	}
	if (n->proposal_id == 0)
		return OK;
	const enum status st = number_of(tx, &DECIDED_BEFORE, n->proposal_id, &before, reterr);
	return st == OK && before > 0
	           ? FAIL(reterr, ERR_CONFLICT, "Over dit voorstel is al besloten.")
	           : st;
}

static enum status check_owner(struct db_tx *tx, const struct intervention_new *n, size_t i,
                               int64_t *ret_participant, struct error *reterr)
{
	const struct law_instrument *instrument = law_instrument(n->instrument);
	AUTO(db_rows_close) struct db_rows row = { 0 };

	enum status st =
	    db_query(db_tx_read(tx), &OWNER, DB_ARGS(DB_INT(n->owners[i].organ_id)), &row, reterr);
	if (st == OK)
		st = db_one(&row, reterr);
	if (st != OK)
		return st;
	*ret_participant = db_int(&row, 1);
	const enum law_letter letter = (enum law_letter)db_text(&row, 0, db_tx_arena(tx))[0];
	/* Whoever leads uses its own power; the others help with theirs. */
	if (i == 0 && !law_letters_have(instrument->owners, letter))
		return FAIL(reterr, ERR_CONFLICT,
		            "Deze eigenaar heeft voor dit instrument geen eigen bevoegdheid.");
	return OK;
}

static enum status add_owners(struct db_tx *tx, const struct intervention_new *n, int64_t id,
                              struct error *reterr)
{
	enum status st = OK;

	for (size_t i = 0; st == OK && i < n->owner_count; i++) {
		const struct intervention_owner_new *o = &n->owners[i];
		int64_t participant = 0;
		st = check_owner(tx, n, i, &participant, reterr);
		if (st == OK)
			st = db_exec(tx, &ADD_OWNER,
			             DB_ARGS(DB_INT(id), DB_INT(o->organ_id), DB_INT(participant),
			                     DB_INT((int64_t)i),
			                     DB_INT(o->agreed_by != 0 ? OWNER_AGREED : OWNER_ASKED),
			                     DB_INT(n->now_ms),
			                     o->agreed_by != 0 ? DB_INT(o->agreed_by) : DB_NULL,
			                     DB_INT(o->hours_pledged)),
			             NULL, reterr);
	}
	return st;
}

static enum status insert_row(struct db_tx *tx, const struct intervention_new *n,
                              const char *reference, int64_t *ret_id, struct error *reterr)
{
	return db_insert(
	    tx, &INSERT,
	    DB_ARGS(DB_BYTES(n->uuid.bytes, UUID_BYTES), DB_TEXT(reference), DB_INT(n->casefile_id),
	            n->proposal_id != 0 ? DB_INT(n->proposal_id) : DB_NULL, DB_INT(n->instrument),
	            DB_INT(law_instrument(n->instrument)->kind), DB_INT(n->weight),
	            DB_INT(n->barrier), DB_INT(n->owners[0].organ_id),
	            n->lead_id != 0 ? DB_INT(n->lead_id) : DB_NULL, DB_INT(n->due_day),
	            DB_INT(n->now_ms), DB_INT(n->quick)),
	    ret_id, reterr);
}

static enum status add_parts(struct db_tx *tx, const struct intervention_new *n, int64_t id,
                             struct error *reterr)
{
	enum status st = OK;

	for (int part = INTERVENTION_WHAT; st == OK && part < INTERVENTION_PART_COUNT; part++)
		st = intervention_put_text(tx, id, (enum intervention_part)part, &n->parts[part],
		                           reterr);
	for (size_t i = 0; st == OK && i < n->wait_count; i++)
		st = db_exec(tx, &ADD_WAIT, DB_ARGS(DB_INT(id), DB_INT(n->waits[i])), NULL, reterr);
	return st;
}

/* Which step the decision is: no, yes, or yes once every owner agrees. */
static enum intervention_action step_of(const struct intervention_new *n,
                                        const struct intervention_picture *p)
{
	if (n->reject)
		return INTERVENTION_REJECT;
	return p->owners_agreed == p->owners ? INTERVENTION_APPROVE : INTERVENTION_ASK_OWNERS;
}

static enum status propose(struct db_tx *tx, const struct intervention_new *n, int64_t id,
                           struct error *reterr)
{
	const struct happening h = { .id = id,
		                     .transition = INTERVENTION_PROPOSED,
		                     .now_ms = n->now_ms,
		                     .since_ms = n->now_ms,
		                     .effect = -1 };
	const struct event_new e = { id, n->now_ms, n->viewer, INTERVENTION_PROPOSE,
		                     INTERVENTION_PROPOSED };

	enum status st = intervention_count(tx, &h, reterr);
	return st == OK ? intervention_record(tx, &e, reterr) : st;
}

/* The pledges count from the decision on, each as its owner's own. */
static enum status count_pledges(struct db_tx *tx, const struct intervention_new *n, int64_t id,
                                 struct error *reterr)
{
	enum status st = OK;

	for (size_t i = 0; st == OK && !n->reject && i < n->owner_count; i++) {
		const struct happening h = { .id = id,
			                     .organ_id = n->owners[i].organ_id,
			                     .now_ms = n->now_ms,
			                     .hours_pledged = n->owners[i].hours_pledged,
			                     .effect = -1 };
		if (h.hours_pledged > 0)
			st = intervention_count(tx, &h, reterr);
	}
	return st;
}

static enum status join_lead(struct db_tx *tx, const struct intervention_new *n,
                             struct error *reterr)
{
	const struct casefile_writer w = { n->casefile_id, n->viewer, n->now_ms };

	return n->reject || n->lead_id == 0 ? OK : casefile_member_join(tx, &w, n->lead_id, reterr);
}

static enum status decide(struct db_tx *tx, const struct intervention_new *n, int64_t id,
                          const char *reference, struct error *reterr)
{
	struct intervention_picture p = { 0 };
	const struct intervention i = { .id = id,
		                        .reference = reference,
		                        .state = INTERVENTION_PROPOSED,
		                        .state_since = n->proposed_at,
		                        .organ_id = n->owners[0].organ_id,
		                        .lead_id = n->lead_id,
		                        .due_day = n->due_day };

	enum status st = intervention_picture_load(db_tx_read(tx), id, n->now_ms, &p, reterr);
	if (st != OK)
		return st;
	p.reason_given = n->parts[INTERVENTION_REASON].sealed != NULL;
	p.has_basis = p.has_basis || law_instrument(n->instrument)->basis != NULL;
	const struct intervention_moving m = { .intervention = &i,
		                               .action = step_of(n, &p),
		                               .viewer = n->viewer,
		                               .picture = &p,
		                               .now_ms = n->now_ms };
	return intervention_move(tx, &m, reterr);
}

enum status intervention_decide(struct db_tx *tx, const struct intervention_new *n, int64_t *ret_id,
                                const char **ret_reference, struct error *reterr)
{
	enum status st = check_decision(tx, n, reterr);

	if (st == OK)
		st = reference_next(tx, n->reference_key, "I", n->now_ms, ret_reference, reterr);
	if (st == OK)
		st = insert_row(tx, n, *ret_reference, ret_id, reterr);
	if (st == OK)
		st = add_owners(tx, n, *ret_id, reterr);
	if (st == OK)
		st = add_parts(tx, n, *ret_id, reterr);
	if (st == OK)
		st = propose(tx, n, *ret_id, reterr);
	if (st == OK)
		st = decide(tx, n, *ret_id, *ret_reference, reterr);
	if (st == OK)
		st = count_pledges(tx, n, *ret_id, reterr);
	return st == OK ? join_lead(tx, n, reterr) : st;
}
