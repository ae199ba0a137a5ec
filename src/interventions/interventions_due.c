#include "interventions/interventions_due.h"

#include "audit/action.h"
#include "audit/event.h"
#include "interventions/intervention_parts.h"
#include "platform/core/calendar.h"
#include "work/work.h"

enum {
	DUE_MAX = 20000,
	DUE_ARENA_BYTES = 16 << 20,
	LEFT_DAYS = 550 /* half a year beyond the last moment */
};

/* $1: the day up to which a report is asked for. */
static const struct db_stmt REPORTS_DUE = {
	"interventions_reports_due", "i",
	"SELECT w.intervention_id, q.reference, w.organ_id, coalesce(w.executor_id, 0),"
	" coalesce(q.lead_id, 0), w.report_due, w.asked_report, w.late FROM intervention_owner w"
	" JOIN intervention q ON q.id = w.intervention_id WHERE w.report_due > 0"
	" AND w.report_due <= $1 AND (w.asked_report = 0 OR w.late = 0) AND q.state IN (5, 6, "
	"7)" INTERVENTION_OPENS " ORDER BY w.intervention_id, w.organ_id LIMIT 20000"
};
static const struct db_stmt MARK_REPORT = {
	"intervention_mark_report", "iiii",
	"UPDATE intervention_owner SET asked_report = 1, late = CASE WHEN $4 = 1 THEN 1 ELSE late "
	"END"
	" WHERE intervention_id = $1 AND organ_id = $2 AND report_due = $3"
	" AND (asked_report = 0 OR (late = 0 AND $4 = 1))"
};
#define LEAD_STILL_HERE                                                                            \
	"coalesce((SELECT l.id FROM appointment l WHERE l.id = q.lead_id AND l.ended_at = 0), 0)"
/* Carried out, and not told of every moment yet. */
static const struct db_stmt EFFECTS_DUE = {
	"interventions_effects_due", "i",
	"SELECT q.id, q.reference, " LEAD_STILL_HERE ", q.executed_day, q.effect_told,"
	" q.effects_seen FROM intervention q WHERE q.state IN (10, 11, 12) AND q.executed_day > 0"
	" AND q.executed_day <= $1 AND q.effect_told <> 22" INTERVENTION_OPENS
	" ORDER BY q.id LIMIT 20000"
};
static const struct db_stmt MARK_EFFECT = {
	"intervention_mark_effect", "ii",
	"UPDATE intervention SET effect_told = effect_told | $2 WHERE id = $1"
	" AND (effect_told & $2) = 0"
};
/* rechecked_at -1: who looks again was told. */
static const struct db_stmt RECHECKS_DUE = {
	"interventions_rechecks_due", "i",
	"SELECT e.id, q.id, q.reference, " LEAD_STILL_HERE ", e.recheck_day"
	" FROM effect_assessment e JOIN intervention q ON q.id = e.intervention_id"
	" WHERE e.rechecked_at = 0 AND e.recheck_day > 0 AND e.recheck_day <= $1" INTERVENTION_OPENS
	" ORDER BY e.id LIMIT 20000"
};
static const struct db_stmt MARK_RECHECK = {
	"intervention_mark_recheck", "i",
	"UPDATE effect_assessment SET rechecked_at = -1 WHERE id = $1 AND rechecked_at = 0"
};
/* Left behind by a casefile that is gone: seen for the last time, or LEFT_DAYS ago carried out. */
static const struct db_stmt ENDS_DUE = {
	"interventions_ends_due", "i",
	"SELECT q.id, q.reference FROM intervention q WHERE q.casefile_id = 0"
	" AND (q.executed_day < $1 OR (SELECT count(*) FROM effect_assessment e"
	" WHERE e.intervention_id = q.id) >= 3) AND NOT EXISTS (SELECT 1 FROM effect_assessment e"
	" WHERE e.intervention_id = q.id AND e.recheck_day > 0 AND e.rechecked_at <= 0"
	" AND e.recheck_day >= $1) ORDER BY q.id LIMIT 20000"
};
#define OF_ONE(table, column) "DELETE FROM " table " WHERE " column " = $1"
static const struct db_stmt END_AUDIENCES = { "intervention_end_audiences", "i",
	                                      OF_ONE("intervention_audience", "id") };
static const struct db_stmt END_OWNERS = { "intervention_end_owners", "i",
	                                   OF_ONE("intervention_owner", "intervention_id") };
static const struct db_stmt END_HISTORY = { "intervention_end_history", "i",
	                                    OF_ONE("intervention_history", "intervention_id") };
static const struct db_stmt END_YARDSTICK = { "intervention_end_yardstick", "i",
	                                      OF_ONE("effect_yardstick", "intervention_id") };
static const struct db_stmt END = { "intervention_end", "i",
	                            OF_ONE("intervention", "id") " AND casefile_id = 0" };
static const struct db_stmt *const ENDING[] = { &END_AUDIENCES, &END_OWNERS, &END_HISTORY,
	                                        &END_YARDSTICK, &END };

const struct db_stmt *const interventions_due_statements[] = {
	&REPORTS_DUE,  &MARK_REPORT,   &EFFECTS_DUE, &MARK_EFFECT, &RECHECKS_DUE,
	&MARK_RECHECK, &END_AUDIENCES, &END_OWNERS,  &END_HISTORY, &END_YARDSTICK,
	&END,          &ENDS_DUE,      NULL,
};

/* ---- what is due -------------------------------------------------------------------------------- */

enum due_kind { DUE_REPORT, DUE_EFFECT, DUE_RECHECK, DUE_END };

struct due {
	enum due_kind kind;
	int64_t id, organ_id, executor_id, lead_id, due_day, mark; /* mark: bit of months, or row */
	const char *reference;
	bool asked, late_now;
	bool told;  /* who watches knows by now that it is late, from another organ */
	bool tells; /* or from this one */
	int64_t now_ms;
};

static struct due read_report(const struct db_rows *row, struct arena *a, int32_t today)
{
	struct due d = { .kind = DUE_REPORT,
		         .id = db_int(row, 0),
		         .reference = db_text(row, 1, a),
		         .organ_id = db_int(row, 2),
		         .executor_id = db_int(row, 3),
		         .lead_id = db_int(row, 4),
		         .due_day = db_int(row, 5),
		         .asked = db_int(row, 6) == 1 };

	d.late_now = d.due_day < today && db_int(row, 7) == 0;
	return d;
}

static struct due read_effect(const struct db_rows *row, struct arena *a, int32_t today)
{
	const int64_t told = db_int(row, 4), done = db_int(row, 5);
	const int months = effect_next_months(told | done);
	struct due d = { .kind = DUE_EFFECT,
		         .id = db_int(row, 0),
		         .reference = db_text(row, 1, a),
		         .lead_id = db_int(row, 2) };

	if (months != 0 && effect_due_day(db_int(row, 3), months) <= today)
		d.mark = effect_bit(months);
	d.due_day = working_days_add(today, 10, NULL);
	return d;
}

static struct due read_recheck(const struct db_rows *row, struct arena *a, int32_t today)
{
	(void)today;
	return (struct due){ .kind = DUE_RECHECK,
		             .mark = db_int(row, 0),
		             .id = db_int(row, 1),
		             .reference = db_text(row, 2, a),
		             .lead_id = db_int(row, 3),
		             .due_day = db_int(row, 4) };
}

static struct due read_end(const struct db_rows *row, struct arena *a, int32_t today)
{
	(void)today;
	return (struct due){
		.kind = DUE_END, .mark = 1, .id = db_int(row, 0), .reference = db_text(row, 1, a)
	};
}

static const struct source {
	const struct db_stmt *statement;
	int days_ahead;
	struct due (*read)(const struct db_rows *row, struct arena *a, int32_t today);
} SOURCES[] = {
	{ &REPORTS_DUE, REPORT_WARN_DAYS, read_report },
	{ &EFFECTS_DUE, 0, read_effect },
	{ &RECHECKS_DUE, 0, read_recheck },
	{ &ENDS_DUE, -LEFT_DAYS, read_end },
};

static enum status load(struct db *db, const struct source *s, int32_t today, struct arena *a,
                        struct array *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct due *list = ARENA_ARRAY(a, struct due, DUE_MAX);
	struct db_read *r = NULL;
	size_t count = 0;
	enum status st = db_read_begin(db, &r, reterr);

	if (st != OK)
		return st;
	st = db_query(r, s->statement, DB_ARGS(DB_INT(today + s->days_ahead)), &rows, reterr);
	while (st == OK && count < DUE_MAX && db_next(&rows))
		list[count++] = s->read(&rows, a, today);
	if (st == OK && count < DUE_MAX)
		st = db_rows_end(&rows, reterr);
	db_rows_close(&rows);
	db_read_end(r);
	*ret = (struct array){ list, count };
	return st;
}

/* ---- telling ---------------------------------------------------------------------------------------- */

static audience who_reports(const struct due *d)
{
	return d->executor_id != 0 ? audience_of(AUDIENCE_APPOINTMENT, d->executor_id)
	                           : audience_of(AUDIENCE_ORGAN_DESK, d->organ_id);
}

static enum status add_task(struct db_tx *tx, const struct due *d, audience who, int kind,
                            struct error *reterr)
{
	const struct intervention_task t = { .id = d->id,
		                             .reference = d->reference,
		                             .owner = who,
		                             .kind = kind,
		                             .due_day = d->due_day,
		                             .now_ms = d->now_ms };
	return intervention_task(tx, &t, reterr);
}

static enum status tell_late(struct db_tx *tx, const struct due *d, struct error *reterr)
{
	const struct work_news news = { .at = d->now_ms,
		                        .kind = NEWS_INTERVENTION_LATE,
		                        .object_kind = OBJECT_INTERVENTION,
		                        .object_id = d->id,
		                        .reference = d->reference };
	enum status st =
	    work_tell(tx, audience_of(AUDIENCE_ROLE, ROLE_STEERING_SECRETARY), &news, reterr);

	return st == OK && d->lead_id != 0
	           ? work_tell(tx, audience_of(AUDIENCE_APPOINTMENT, d->lead_id), &news, reterr)
	           : st;
}

static enum status act_report(struct db_tx *tx, struct due *d, struct error *reterr)
{
	int64_t changed = 0;
	enum status st = db_exec(
	    tx, &MARK_REPORT,
	    DB_ARGS(DB_INT(d->id), DB_INT(d->organ_id), DB_INT(d->due_day), DB_INT(d->late_now)),
	    &changed, reterr);

	d->tells = st == OK && changed > 0 && d->late_now && !d->told;
	if (st != OK || changed == 0)
		return st; /* reported meanwhile */
	if (!d->asked)
		st = add_task(tx, d, who_reports(d), WORK_INTERVENTION_REPORT, reterr);
	return st == OK && d->tells ? tell_late(tx, d, reterr) : st;
}

/* The regievoerder looks; without one, the Stuurploeg's secretary finds who does. */
static enum status act_look(struct db_tx *tx, const struct due *d, struct error *reterr)
{
	const bool effect = d->kind == DUE_EFFECT;
	const audience who = d->lead_id != 0 ? audience_of(AUDIENCE_APPOINTMENT, d->lead_id)
	                                     : audience_of(AUDIENCE_ROLE, ROLE_STEERING_SECRETARY);
	int64_t changed = 0;
	enum status st =
	    effect ? db_exec(tx, &MARK_EFFECT, DB_ARGS(DB_INT(d->id), DB_INT(d->mark)), &changed,
	                     reterr)
		   : db_exec(tx, &MARK_RECHECK, DB_ARGS(DB_INT(d->mark)), &changed, reterr);

	return st == OK && changed > 0
	           ? add_task(tx, d, who,
	                      effect ? WORK_INTERVENTION_EFFECT : WORK_INTERVENTION_RECHECK, reterr)
	           : st;
}

static enum status act_end(struct db_tx *tx, const struct due *d, struct error *reterr)
{
	enum status st = work_done(tx, 0, OBJECT_INTERVENTION, d->id, 0, d->now_ms, reterr);

	for (size_t i = 0; st == OK && i < sizeof ENDING / sizeof ENDING[0]; i++)
		st = db_exec(tx, ENDING[i], DB_ARGS(DB_INT(d->id)), NULL, reterr);
	return st;
}

static enum status run(struct db_tx *tx, void *args, struct error *reterr)
{
	struct due *d = args;

	if (d->kind == DUE_END)
		return act_end(tx, d, reterr);
	return d->kind == DUE_REPORT ? act_report(tx, d, reterr) : act_look(tx, d, reterr);
}

static enum status act_on(struct db *db, struct due *d, struct error *reterr)
{
	struct audit_event event = { .at_ms = d->now_ms,
		                     .action = AUDIT_INTERVENTION_PLAN,
		                     .object_type = OBJECT_INTERVENTION,
		                     .object_id = d->id };
	struct db_job job = { .run = run, .args = d, .event = &event, .lane = LANE_BULK };
	return db_run(db, &job, reterr);
}

static bool to_do(const struct due *d)
{
	return d->kind == DUE_REPORT ? !d->asked || d->late_now : d->mark != 0;
}

static void tally(const struct due *d, struct interventions_found *ret)
{
	ret->asked += d->kind == DUE_REPORT && !d->asked;
	ret->late += d->late_now;
	ret->effects += d->kind == DUE_EFFECT;
	ret->rechecks += d->kind == DUE_RECHECK;
	ret->ended += d->kind == DUE_END;
}

/* Several organs of one intervention may be late on one day: they stand one after the other. */
static bool told_before(const struct due *list, size_t i)
{
	return i > 0 && list[i - 1].id == list[i].id && (list[i - 1].told || list[i - 1].tells);
}

enum status interventions_due(struct db *db, int64_t now_ms, struct interventions_found *ret,
                              struct error *reterr)
{
	enum status st = OK;

	*ret = (struct interventions_found){ 0 };
	for (size_t s = 0; st == OK && s < sizeof SOURCES / sizeof SOURCES[0]; s++) {
		struct array found = { 0 };
		struct arena a;
		arena_init(&a, DUE_ARENA_BYTES);
		st = load(db, &SOURCES[s], local_day(now_ms), &a, &found, reterr);
		struct due *list = (struct due *)found.items;
		for (size_t i = 0; st == OK && i < found.count; i++) {
			list[i].now_ms = now_ms;
			list[i].told = told_before(list, i);
			if (!to_do(&list[i]))
				continue;
			st = act_on(db, &list[i], reterr);
			tally(&list[i], ret);
		}
		arena_reset(&a);
	}
	return st;
}
