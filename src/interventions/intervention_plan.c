/* Direction: who waits for whom, and a reminder to whoever has to do something. */
#include "interventions/intervention_parts.h"

#include "audit/action.h"
#include "casework/casework.h"
#include "platform/core/calendar.h"
#include "work/work.h"

static const struct db_stmt ADD_WAIT = {
	"intervention_wait_put", "iii",
	"INSERT INTO intervention_wait (intervention_id, waits_for_id) SELECT y.id, x.id"
	" FROM intervention x JOIN intervention y ON y.casefile_id = x.casefile_id"
	" WHERE x.id = $3 AND y.id = $2 AND x.id <> y.id AND x.casefile_id = $1"
	" ON CONFLICT (intervention_id, waits_for_id) DO NOTHING"
};
static const struct db_stmt DROP_WAIT = {
	"intervention_wait_drop", "ii",
	"DELETE FROM intervention_wait WHERE intervention_id = $1 AND waits_for_id = $2"
};
static const struct db_stmt LEADS = {
	"intervention_leads", "iii",
	"SELECT a.id, c.organ_id, n.full_name, p.short_name FROM casefile_organ c"
	" JOIN appointment a ON a.organ_id = c.organ_id JOIN person n ON n.id = a.person_id"
	" JOIN participant p ON p.id = a.participant_id WHERE c.casefile_id = $1 AND a.role = 17"
	" AND a.state = 2 AND a.from_day <= $2 AND (a.until_day = 0 OR a.until_day >= $2)"
	" AND (a.ended_at = 0 OR a.ended_at > $3) ORDER BY p.sort_key, n.sort_key, a.id LIMIT 200"
};
static const struct db_stmt PUT_LEAD = { "intervention_lead_put", "ii",
	                                 "UPDATE intervention SET lead_id = $2 WHERE id = $1" };
const struct db_stmt *const intervention_plan_statements[] = { &ADD_WAIT, &DROP_WAIT, &LEADS,
	                                                       &PUT_LEAD, NULL };

/* Does `from` wait for `to`, at once or by others? Marks whom it waits for until nobody joins. */
static bool waits(struct arena *a, const struct array *ties, int64_t from, int64_t to)
{
	const struct intervention_wait *w = ties->items;
	int64_t *reached = ARENA_ARRAY(a, int64_t, ties->count + 1);
	size_t count = 1;

	reached[0] = from;
	for (size_t i = 0; i < count; i++)
		for (size_t t = 0; t < ties->count; t++) {
			bool known = w[t].id != reached[i];
			for (size_t k = 0; !known && k < count; k++)
				known = reached[k] == w[t].waits_for_id;
			if (!known)
				reached[count++] = w[t].waits_for_id;
		}
	for (size_t i = 1; i < count; i++)
		if (reached[i] == to)
			return true;
	return false;
}

enum status intervention_wait_put(struct db_tx *tx, int64_t casefile_id, int64_t intervention_id,
                                  int64_t waits_for_id, struct error *reterr)
{
	struct array ties = { 0 };
	enum status st =
	    intervention_waits(db_tx_read(tx), casefile_id, db_tx_arena(tx), &ties, reterr);

	if (st == OK && (intervention_id == waits_for_id ||
	                 waits(db_tx_arena(tx), &ties, waits_for_id, intervention_id)))
		return FAIL(reterr, ERR_CONFLICT,
		            "Dan wachten deze interventies op elkaar. Kies een andere volgorde.");
	return st == OK ? db_exec(tx, &ADD_WAIT,
	                          DB_ARGS(DB_INT(casefile_id), DB_INT(intervention_id),
	                                  DB_INT(waits_for_id)),
	                          NULL, reterr)
	                : st;
}

enum status intervention_wait_drop(struct db_tx *tx, int64_t intervention_id, int64_t waits_for_id,
                                   struct error *reterr)
{
	return db_exec(tx, &DROP_WAIT, DB_ARGS(DB_INT(intervention_id), DB_INT(waits_for_id)), NULL,
	               reterr);
}

enum status intervention_remind(struct db_tx *tx, const struct intervention *i, int64_t now_ms,
                                struct error *reterr)
{
	const struct work_news news = { .at = now_ms,
		                        .kind = NEWS_INTERVENTION_REMINDER,
		                        .object_kind = OBJECT_INTERVENTION,
		                        .object_id = i->id,
		                        .reference = i->reference };
	struct array found = { 0 };
	enum status st = intervention_doers(tx, i->id, &found, reterr);
	const struct doer *doers = found.items;

	for (size_t n = 0; st == OK && n < found.count; n++) {
		const audience who = i->state == INTERVENTION_AGREEING
		                         ? audience_of(AUDIENCE_DECIDERS, doers[n].organ_id)
		                         : doers[n].who;
		st = work_tell(tx, who, &news, reterr);
	}
	return st;
}

enum status intervention_leads(struct db_read *r, int64_t casefile_id, int64_t now_ms,
                               struct arena *a, struct array *ret, struct error *reterr)
{
	enum { MAX = 200 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct executor *list = ARENA_ARRAY(a, struct executor, MAX);
	size_t count = 0;
	enum status st = db_query(
	    r, &LEADS, DB_ARGS(DB_INT(casefile_id), DB_INT(local_day(now_ms)), DB_INT(now_ms)),
	    &rows, reterr);

	while (st == OK && count < MAX && db_next(&rows))
		list[count++] = (struct executor){ db_int(&rows, 0), db_int(&rows, 1),
			                           db_text(&rows, 2, a), db_text(&rows, 3, a) };
	*ret = (struct array){ list, count };
	return st == OK ? db_rows_end(&rows, reterr) : st;
}

/* What waited for the one now waits for the other. */
static enum status hand_over(struct db_tx *tx, const struct lead_change *l, struct error *reterr)
{
	static const struct {
		uint8_t state;
		enum work_kind kind;
	} WAITS[] = { { INTERVENTION_APPROVED, WORK_INTERVENTION_ASSIGN },
		      { INTERVENTION_ON_HOLD, WORK_INTERVENTION_REVIEW },
		      { INTERVENTION_EXECUTED, WORK_INTERVENTION_CONFIRM } };
	const struct intervention *i = l->intervention;
	enum status st = OK;

	for (size_t n = 0; st == OK && n < sizeof WAITS / sizeof WAITS[0]; n++) {
		const struct intervention_task t = {
			.id = i->id,
			.reference = i->reference,
			.owner = audience_of(AUDIENCE_APPOINTMENT, l->lead_id),
			.kind = (int)WAITS[n].kind,
			.due_day = working_days_add(local_day(l->now_ms), 5, NULL),
			.now_ms = l->now_ms,
			.by = l->viewer->appointment_id,
		};
		if (WAITS[n].state != i->state)
			continue;
		st = work_done(tx, t.kind, OBJECT_INTERVENTION, i->id, l->viewer->person_id,
		               l->now_ms, reterr);
		if (st == OK)
			st = intervention_task(tx, &t, reterr);
	}
	return st;
}

enum status intervention_lead_put(struct db_tx *tx, const struct lead_change *l,
                                  struct error *reterr)
{
	const struct intervention *i = l->intervention;
	const struct casefile_writer w = { i->casefile_id, l->viewer, l->now_ms };
	bool in_force = false;

	if (i->state == INTERVENTION_REJECTED || i->state == INTERVENTION_CANCELLED ||
	    i->state == INTERVENTION_CLOSED)
		return FAIL(reterr, ERR_CONFLICT, "Deze interventie is voorbij.");
	enum status st =
	    intervention_lead_in_force(db_tx_read(tx), l->lead_id, l->now_ms, &in_force, reterr);
	if (st == OK && !in_force)
		return FAIL(reterr, ERR_CONFLICT,
		            "De aanstelling van deze regievoerder is afgelopen.");
	if (st == OK)
		st = db_exec(tx, &PUT_LEAD, DB_ARGS(DB_INT(i->id), DB_INT(l->lead_id)), NULL,
		             reterr);
	if (st == OK)
		st = casefile_member_join(tx, &w, l->lead_id, reterr);
	if (st == OK)
		st = intervention_open_to(tx, i->id, reterr);
	return st == OK ? hand_over(tx, l, reterr) : st;
}
