/* An intervention moves: the step itself, what waits for whom then, and an owner's yes or no. */
#include "interventions/intervention_parts.h"

#include "audit/action.h"
#include "platform/core/calendar.h"
#include "work/work.h"

static const struct db_stmt MOVE = {
	"intervention_move", "iiiiiiii",
	"UPDATE intervention SET state = $3, state_since = CASE WHEN $2 = $3 THEN state_since"
	" ELSE $4 END, review_day = $5,"
	" executed_day = CASE WHEN $6 = 0 THEN executed_day ELSE $6 END,"
	" due_day = CASE WHEN $7 = 0 THEN due_day ELSE $7 END,"
	" reason_class = CASE WHEN $8 = 0 THEN reason_class ELSE $8 END"
	" WHERE id = $1 AND state = $2"
};
static const struct db_stmt ANSWER = {
	"intervention_owner_answer", "iiiiiiB",
	"UPDATE intervention_owner SET answer = $3, answered_at = $4, answered_by = $5, key_id = "
	"$6,"
	" reason = $7 WHERE intervention_id = $1 AND organ_id = $2 AND answer <> 2"
};
static const struct db_stmt NO_MORE_REPORTS = {
	"intervention_no_more_reports", "i",
	"UPDATE intervention_owner SET report_due = 0, asked_report = 0, late = 0"
	" WHERE intervention_id = $1"
};
static const struct db_stmt LATE_NOW = {
	"intervention_late_now", "i",
	"SELECT count(*) FROM intervention_owner WHERE intervention_id = $1 AND late = 1"
};
static const struct db_stmt FIRST_REPORTS = {
	"intervention_first_reports", "ii",
	"UPDATE intervention_owner SET report_due = $2 WHERE intervention_id = $1"
	" AND report_due = 0"
};
const struct db_stmt *const intervention_move_statements[] = {
	&MOVE, &ANSWER, &NO_MORE_REPORTS, &LATE_NOW, &FIRST_REPORTS, NULL
};

/* ---- what waits for whom in the state that it came to ----------------------------------------------- */

enum waiter { BY_LEAD, BY_EXECUTOR, BY_SECRETARY };
static const struct {
	uint8_t state;
	enum waiter who;
	enum work_kind kind;
} NEXT[] = {
	{ INTERVENTION_APPROVED, BY_LEAD, WORK_INTERVENTION_ASSIGN },
	{ INTERVENTION_ASSIGNED, BY_EXECUTOR, WORK_INTERVENTION_DO },
	{ INTERVENTION_IN_PROGRESS, BY_EXECUTOR, WORK_INTERVENTION_DO },
	{ INTERVENTION_ON_HOLD, BY_LEAD, WORK_INTERVENTION_REVIEW },
	{ INTERVENTION_EXECUTED, BY_LEAD, WORK_INTERVENTION_CONFIRM },
	{ INTERVENTION_NOT_EXECUTED, BY_SECRETARY, WORK_INTERVENTION_END },
};

static audience waiter_of(const struct intervention *i, enum waiter who)
{
	return who == BY_SECRETARY ? audience_of(AUDIENCE_ROLE, ROLE_STEERING_SECRETARY)
	                           : audience_of(AUDIENCE_APPOINTMENT, i->lead_id);
}

static int64_t due_of(const struct intervention_moving *m, enum work_kind kind)
{
	enum { SOON = 5 };

	if (kind == WORK_INTERVENTION_DO)
		return m->due_day != 0 ? m->due_day : m->intervention->due_day;
	if (kind == WORK_INTERVENTION_REVIEW)
		return m->review_day;
	return working_days_add(local_day(m->now_ms), SOON, NULL);
}

/* Every owner does its part. */
static enum status task_doers(struct db_tx *tx, const struct intervention_task *t,
                              struct error *reterr)
{
	struct array found = { 0 };
	enum status st = intervention_doers(tx, t->id, &found, reterr);
	const struct doer *doers = found.items;

	for (size_t n = 0; st == OK && n < found.count; n++) {
		struct intervention_task each = *t;
		each.owner = doers[n].who;
		st = intervention_task(tx, &each, reterr);
	}
	return st;
}

/* Who signs for the Stuurploeg awaits nothing of it afterwards: he may not even read the intervention. */
static int64_t who_awaits(const struct viewer *v)
{
	return v->role == ROLE_STEERING_MEMBER ? 0 : v->appointment_id;
}

static enum status hand_on(struct db_tx *tx, const struct intervention_moving *m, uint8_t to,
                           struct error *reterr)
{
	const struct intervention *i = m->intervention;
	enum status st =
	    work_done(tx, 0, OBJECT_INTERVENTION, i->id, m->viewer->person_id, m->now_ms, reterr);

	if (st == OK && to == INTERVENTION_AGREEING)
		return intervention_ask_owners(tx, i->id, i->reference, m->now_ms, reterr);
	for (size_t n = 0; st == OK && n < sizeof NEXT / sizeof NEXT[0]; n++) {
		if (NEXT[n].state != to)
			continue;
		const struct intervention_task t = { .id = i->id,
			                             .reference = i->reference,
			                             .owner = waiter_of(i, NEXT[n].who),
			                             .kind = (int)NEXT[n].kind,
			                             .due_day = due_of(m, NEXT[n].kind),
			                             .now_ms = m->now_ms,
			                             .by = who_awaits(m->viewer) };
		st = NEXT[n].who == BY_EXECUTOR ? task_doers(tx, &t, reterr)
		                                : intervention_task(tx, &t, reterr);
	}
	return st;
}

/* ---- the step ------------------------------------------------------------------------------------------ */

static const struct {
	uint8_t state;
	const char *sentence;
} OVER[] = {
	{ INTERVENTION_CANCELLED, "Deze interventie is vervallen. Er kan niets meer bij." },
	{ INTERVENTION_REJECTED, "Deze interventie is afgewezen. Er kan niets meer bij." },
	{ INTERVENTION_NOT_EXECUTED, "Deze interventie is niet uitgevoerd." },
};

static enum status ask_table(const struct intervention_moving *m, const struct move **ret,
                             struct error *reterr)
{
	const uint8_t state = m->picture->state;

	*ret = machine_move(&INTERVENTION_MACHINE, state, (uint8_t)m->action);
	for (size_t i = 0; *ret == NULL && i < sizeof OVER / sizeof OVER[0]; i++)
		if (OVER[i].state == state)
			return FAIL(reterr, ERR_CONFLICT, "%s", OVER[i].sentence);
	if (*ret == NULL)
		return FAIL(reterr, ERR_CONFLICT, "Dit kan niet meer. Bekijk hoe het nu staat.");
	const struct verdict v = move_verdict(*ret, ROLE_BIT(m->viewer->role), m->picture);
	return verdict_allows(v) ? OK : FAIL(reterr, ERR_CONFLICT, "%s", v.sentence);
}

static enum status count_step(struct db_tx *tx, const struct intervention_moving *m, uint8_t to,
                              struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	struct happening h = { .id = m->intervention->id,
		               .transition = to,
		               .now_ms = m->now_ms,
		               .since_ms = m->intervention->state_since,
		               .effect = -1 };

	if (to == m->picture->state)
		return OK; /* another executor is no step */
	enum status st = db_query(db_tx_read(tx), &LATE_NOW, DB_ARGS(DB_INT(h.id)), &row, reterr);
	if (st == OK)
		st = db_one(&row, reterr);
	if (st != OK)
		return st;
	h.late_report = !intervention_reports(to) && db_int(&row, 0) > 0;
	db_rows_close(&row);
	return intervention_count(tx, &h, reterr);
}

static enum status change_state(struct db_tx *tx, const struct intervention_moving *m,
                                const struct move *mv, struct error *reterr)
{
	int64_t changed = 0;
	enum status st =
	    db_exec(tx, &MOVE,
	            DB_ARGS(DB_INT(m->intervention->id), DB_INT(mv->from), DB_INT(mv->to),
	                    DB_INT(m->now_ms), DB_INT(m->review_day), DB_INT(m->executed_day),
	                    DB_INT(m->due_day), DB_INT(m->reason_class)),
	            &changed, reterr);

	return st == OK && changed == 0
	           ? FAIL(reterr, ERR_CONFLICT, "Een collega was eerder. Bekijk hoe het nu staat.")
	           : st;
}

static enum status keep_reports(struct db_tx *tx, const struct intervention_moving *m, uint8_t to,
                                struct error *reterr)
{
	const int64_t id = m->intervention->id;

	if (!intervention_reports(to))
		return db_exec(tx, &NO_MORE_REPORTS, DB_ARGS(DB_INT(id)), NULL, reterr);
	return db_exec(tx, &FIRST_REPORTS,
	               DB_ARGS(DB_INT(id), DB_INT(report_first_due(local_day(m->now_ms)))), NULL,
	               reterr);
}

static enum status put_words(struct db_tx *tx, const struct intervention_moving *m,
                             struct error *reterr)
{
	const int64_t id = m->intervention->id;
	enum status st = OK;

	if (m->reason != NULL)
		st = intervention_put_text(tx, id, INTERVENTION_REASON, m->reason, reterr);
	if (st == OK && m->result != NULL)
		st = intervention_put_text(tx, id, INTERVENTION_RESULT, m->result, reterr);
	return st;
}

enum status intervention_move(struct db_tx *tx, const struct intervention_moving *m,
                              struct error *reterr)
{
	const struct move *mv = NULL;

	enum status st = ask_table(m, &mv, reterr);
	if (st != OK)
		return st;
	st = count_step(tx, m, mv->to, reterr);
	if (st == OK)
		st = change_state(tx, m, mv, reterr);
	if (st == OK)
		st = put_words(tx, m, reterr);
	if (st == OK)
		st = keep_reports(tx, m, mv->to, reterr);
	const struct event_new e = { m->intervention->id, m->now_ms, m->viewer, mv->action,
		                     mv->to };
	if (st == OK)
		st = intervention_record(tx, &e, reterr);
	if (st == OK)
		st = intervention_open_to(tx, m->intervention->id, reterr);
	return st == OK ? hand_on(tx, m, mv->to, reterr) : st;
}

/* ---- an owner answers -------------------------------------------------------------------------------------- */

static enum status put_answer(struct db_tx *tx, const struct owner_answering *o,
                              struct error *reterr)
{
	const bool has_reason = o->reason != NULL && o->reason->sealed != NULL;
	int64_t changed = 0;

	enum status st = has_reason ? key_store(tx, &o->reason->key, reterr) : OK;
	if (st == OK)
		st = db_exec(
		    tx, &ANSWER,
		    DB_ARGS(DB_INT(o->intervention->id), DB_INT(o->organ_id),
		            DB_INT(o->agrees ? OWNER_AGREED : OWNER_DECLINED), DB_INT(o->now_ms),
		            DB_INT(o->viewer->appointment_id),
		            DB_INT(has_reason ? o->reason->key.id : 0),
		            has_reason ? DB_BYTES(o->reason->sealed, o->reason->len) : DB_NULL),
		    &changed, reterr);
	return st == OK && changed == 0 ? FAIL(reterr, ERR_CONFLICT, "Uw organisatie stemde al in.")
	                                : st;
}

/* A no goes to who can do something about it. */
static enum status tell_of_no(struct db_tx *tx, const struct owner_answering *o,
                              struct error *reterr)
{
	const struct work_news news = { .at = o->now_ms,
		                        .kind = NEWS_INTERVENTION_DECLINED,
		                        .object_kind = OBJECT_INTERVENTION,
		                        .object_id = o->intervention->id,
		                        .reference = o->intervention->reference };
	enum status st =
	    work_tell(tx, audience_of(AUDIENCE_ROLE, ROLE_STEERING_SECRETARY), &news, reterr);

	return st == OK && o->intervention->lead_id != 0
	           ? work_tell(tx, audience_of(AUDIENCE_APPOINTMENT, o->intervention->lead_id),
	                       &news, reterr)
	           : st;
}

enum status intervention_answer(struct db_tx *tx, const struct owner_answering *o,
                                struct error *reterr)
{
	const struct intervention *i = o->intervention;
	struct intervention_picture p = { 0 };

	if (i->state != INTERVENTION_AGREEING)
		return FAIL(reterr, ERR_CONFLICT, "Hier wordt nu geen instemming gevraagd.");
	enum status st = put_answer(tx, o, reterr);
	if (st == OK)
		st = intervention_picture_load(db_tx_read(tx), i->id, o->now_ms, &p, reterr);
	if (st == OK && p.owners_agreed == p.owners) {
		const struct intervention_moving m = { .intervention = i,
			                               .action = INTERVENTION_AGREE,
			                               .viewer = o->viewer,
			                               .picture = &p,
			                               .now_ms = o->now_ms };
		return intervention_move(tx, &m, reterr);
	}
	if (st == OK)
		st = work_done(tx, WORK_INTERVENTION_AGREE, OBJECT_INTERVENTION, i->id,
		               o->viewer->person_id, o->now_ms, reterr);
	if (st == OK)
		st = intervention_ask_owners(tx, i->id, i->reference, o->now_ms, reterr);
	return st == OK && !o->agrees ? tell_of_no(tx, o, reterr) : st;
}
