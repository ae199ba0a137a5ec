#include "monitor/figures.h"

#include "interventions/intervention.h"
#include "platform/core/calendar.h"

enum { ROWS_MAX = 20000, HOURS_MAX = 200, EFFECTS_MAX = 2000, PLACES_MAX = 400 };

#define SIGNAL_SUBMITTED_FIRST "transition = 2 AND action IN (0, 1)"
#define CHOSEN                                                                                     \
	" WHERE quarter >= $1 AND quarter <= $2 AND ($3 = 0 OR theme = $3)"                        \
	" AND ($4 = 0 OR municipality_id = $4)"
#define CHOSEN_LETTER CHOSEN " AND ($5 = '' OR letter = $5)"
#define CHOSEN_WORK   CHOSEN_LETTER " AND ($6 = 0 OR weight = $6) AND ($7 = 0 OR project_id = $7)"

static const struct db_stmt SIGNALS = {
	"figures_signals", "iiiiti",
	"SELECT transition, action, days_in_state, count(*) FROM signal_statistic" CHOSEN_LETTER
	" AND ($6 = 0 OR line = $6) GROUP BY transition, action, days_in_state ORDER BY "
	"transition, action, days_in_state"
};
static const struct db_stmt CASEFILES = {
	"figures_casefiles", "iiiiii",
	"SELECT transition, action, days_in_state, count(*) FROM casefile_statistic" CHOSEN
	" AND ($5 = 0 OR variant = $5) AND ($6 = 0 OR project_id = $6) GROUP BY transition, "
	"action, days_in_state ORDER BY "
	"transition, action, days_in_state"
};
static const struct db_stmt INTERVENTIONS = {
	"figures_interventions", "iiiitii",
	"SELECT transition, weight, days_in_state, count(*), sum(quick) FROM "
	"intervention_statistic" CHOSEN_WORK
	" AND transition > 0 GROUP BY transition, weight, days_in_state"
	" ORDER BY transition, weight, days_in_state"
};
static const struct db_stmt ANSWERS = {
	"figures_answers", "iit",
	"SELECT letter, late, days, count(*) FROM request_statistic"
	" WHERE quarter >= $1 AND quarter <= $2 AND ($3 = '' OR letter = $3)"
	" GROUP BY letter, late, days ORDER BY letter, late, days"
};
static const struct db_stmt HOURS = { "figures_hours", "iiiitii",
	                              "SELECT quarter, sum(hours_pledged), sum(hours_delivered)"
	                              " FROM intervention_statistic" CHOSEN_WORK
	                              " GROUP BY quarter ORDER BY quarter" };
static const struct db_stmt EFFECTS_SEEN = {
	"figures_effects", "iiiitii",
	"SELECT instrument, months, effect, count(*) FROM intervention_statistic" CHOSEN_WORK
	" AND months IN (3, 6, 12) AND effect >= 0 GROUP BY instrument, months, effect"
	" ORDER BY instrument, months, effect"
};
/* 10, 11, 12: its result is confirmed. $1 to $3: carried out on this day or before. */
#define NOT_SEEN(day, months)                                                                      \
	"coalesce(sum(CASE WHEN q.executed_day <= " day " AND NOT EXISTS (SELECT 1 FROM"           \
	" effect_assessment e WHERE e.intervention_id = q.id AND e.months = " months               \
	") THEN 1 ELSE 0 END), 0)"
static const struct db_stmt EFFECTS_DUE = {
	"figures_effects_due", "iiiiitii",
	"SELECT " NOT_SEEN("$1", "3") ", " NOT_SEEN("$2", "6") ", " NOT_SEEN(
	    "$3", "12") " FROM intervention q WHERE q.state IN (10, 11, 12) AND q.executed_day > 0"
			" AND q.executed_day <= $1 AND ($4 = 0 OR q.theme = $4)"
			" AND ($5 = 0 OR q.municipality_id = $5) AND ($6 = '' OR EXISTS (SELECT 1 "
			"FROM organ o"
			" WHERE o.id = q.organ_id AND o.letter = $6)) AND ($7 = 0 OR q.weight = $7)"
			" AND ($8 = 0 OR $8 = coalesce((SELECT c.project_id FROM casefile c"
			" WHERE c.id = q.casefile_id), q.project_id))"
};
/* The condition of the index of these rows, word for word. */
#define SOME_AMOUNT                                                                                \
	" AND (calculated <> 0 OR claimed <> 0 OR imposed <> 0 OR seized <> 0 OR collected <> 0"   \
	" OR set_off <> 0 OR prevented <> 0)"
static const struct db_stmt AMOUNTS = {
	"figures_amounts", "iiiitii",
	"SELECT kind, sum(calculated), sum(claimed), sum(imposed), sum(seized), sum(collected),"
	" sum(set_off), sum(prevented) FROM intervention_statistic" CHOSEN_WORK SOME_AMOUNT
	" GROUP BY kind ORDER BY kind"
};
/* Living signals tell it of every municipality, statistics of those that are large enough. */
static const struct db_stmt SILENT = {
	"figures_silent", "iiiii",
	"SELECT m.name FROM municipality m"
	" JOIN region_municipality g ON g.municipality_id = m.id"
	" JOIN region o ON o.id = g.region_id AND o.own = 1"
	" WHERE g.valid_from <= $5 AND coalesce(g.valid_until, $5) >= $5"
	" AND NOT EXISTS (SELECT 1 FROM signal s WHERE s.municipality_id = m.id"
	" AND s.submitted_at >= $3 AND s.submitted_at < $4)"
	" AND NOT EXISTS (SELECT 1 FROM signal_statistic t WHERE t.municipality_id = m.id"
	" AND t.quarter >= $1 AND t.quarter <= $2 AND " SIGNAL_SUBMITTED_FIRST ")"
	" ORDER BY m.sort_key, m.id LIMIT 400"
};
static const struct db_stmt THEMES = {
	"figures_themes", "ii",
	"SELECT DISTINCT theme FROM signal_statistic WHERE quarter >= $1 AND quarter <= $2"
	" AND " SIGNAL_SUBMITTED_FIRST " ORDER BY theme"
};

static const struct db_stmt OWED_MESSAGES = {
	"figures_owed_messages", "i",
	"SELECT coalesce(sum(CASE WHEN due_day >= $1 THEN 1 ELSE 0 END), 0),"
	" coalesce(sum(CASE WHEN due_day < $1 THEN 1 ELSE 0 END), 0) FROM signal_feedback"
	" WHERE told_at = 0"
};
/* Of interventions that somebody carries out: assigned, in progress, on hold. */
static const struct db_stmt OWED_REPORTS = {
	"figures_owed_reports", "i",
	"SELECT p.short_name, sum(CASE WHEN o.report_due >= $1 THEN 1 ELSE 0 END),"
	" sum(CASE WHEN o.report_due < $1 THEN 1 ELSE 0 END) FROM intervention_owner o"
	" JOIN intervention q ON q.id = o.intervention_id AND q.state IN (5, 6, 7)"
	" JOIN participant p ON p.id = o.participant_id WHERE o.report_due > 0"
	" GROUP BY p.id, p.short_name, p.sort_key ORDER BY p.sort_key, p.id LIMIT 39"
};

const struct db_stmt *const figures_statements[] = {
	&OWED_MESSAGES, &OWED_REPORTS, &SIGNALS, &CASEFILES, &INTERVENTIONS, &ANSWERS, &HOURS,
	&EFFECTS_SEEN,  &EFFECTS_DUE,  &AMOUNTS, &SILENT,    &THEMES,        NULL,
};

#define PERIOD(p) DB_INT((p)->first_quarter), DB_INT((p)->last_quarter)
#define PLACE(p)  DB_INT((p)->theme), DB_INT((p)->municipality_id)
#define WORK(p)   PLACE(p), DB_TEXT((p)->letter), DB_INT((p)->weight), DB_INT((p)->project_id)

static enum status steps(struct db_read *r, const struct db_stmt *stmt, const struct db_value *args,
                         struct arena *a, struct array *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct step_count *list = ARENA_ARRAY(a, struct step_count, ROWS_MAX);
	size_t count = 0;

	const enum status st = db_query(r, stmt, args, &rows, reterr);
	if (st != OK)
		return st;
	while (count < ROWS_MAX && db_next(&rows))
		list[count++] = (struct step_count){ db_int(&rows, 0), db_int(&rows, 1),
			                             db_int(&rows, 2), db_int(&rows, 3) };
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

enum status figures_signals(struct db_read *r, const struct figures_period *p, struct arena *a,
                            struct array *ret, struct error *reterr)
{
	return steps(r, &SIGNALS, DB_ARGS(PERIOD(p), PLACE(p), DB_TEXT(p->letter), DB_INT(p->line)),
	             a, ret, reterr);
}

enum status figures_casefiles(struct db_read *r, const struct figures_period *p, struct arena *a,
                              struct array *ret, struct error *reterr)
{
	return steps(r, &CASEFILES,
	             DB_ARGS(PERIOD(p), PLACE(p), DB_INT(p->variant), DB_INT(p->project_id)), a,
	             ret, reterr);
}

enum status figures_interventions(struct db_read *r, const struct figures_period *p,
                                  struct arena *a, struct array *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct weighed_count *list = ARENA_ARRAY(a, struct weighed_count, ROWS_MAX);
	size_t count = 0;

	const enum status st =
	    db_query(r, &INTERVENTIONS, DB_ARGS(PERIOD(p), WORK(p)), &rows, reterr);
	if (st != OK)
		return st;
	while (count < ROWS_MAX && db_next(&rows))
		list[count++] =
		    (struct weighed_count){ db_int(&rows, 0), db_int(&rows, 1), db_int(&rows, 2),
			                    db_int(&rows, 3), db_int(&rows, 4) };
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

enum status figures_answers(struct db_read *r, const struct figures_period *p, struct arena *a,
                            struct array *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct answer_count *list = ARENA_ARRAY(a, struct answer_count, ROWS_MAX);
	size_t count = 0;

	const enum status st =
	    db_query(r, &ANSWERS, DB_ARGS(PERIOD(p), DB_TEXT(p->letter)), &rows, reterr);
	if (st != OK)
		return st;
	while (count < ROWS_MAX && db_next(&rows))
		list[count++] =
		    (struct answer_count){ db_text(&rows, 0, a)[0], db_int(&rows, 1) == 1,
			                   db_int(&rows, 2), db_int(&rows, 3) };
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

enum status figures_hours(struct db_read *r, const struct figures_period *p, struct arena *a,
                          struct array *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct hours_count *list = ARENA_ARRAY(a, struct hours_count, HOURS_MAX);
	size_t count = 0;

	const enum status st = db_query(r, &HOURS, DB_ARGS(PERIOD(p), WORK(p)), &rows, reterr);
	if (st != OK)
		return st;
	while (count < HOURS_MAX && db_next(&rows))
		list[count++] =
		    (struct hours_count){ db_int(&rows, 0), db_int(&rows, 1), db_int(&rows, 2) };
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

static enum status effects_since(struct db_read *r, const struct figures_period *p,
                                 int64_t first_quarter, struct arena *a, struct array *ret,
                                 struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct effect_count *list = ARENA_ARRAY(a, struct effect_count, EFFECTS_MAX);
	size_t count = 0;

	const enum status st = db_query(
	    r, &EFFECTS_SEEN, DB_ARGS(DB_INT(first_quarter), DB_INT(p->last_quarter), WORK(p)),
	    &rows, reterr);
	if (st != OK)
		return st;
	while (count < EFFECTS_MAX && db_next(&rows))
		list[count++] = (struct effect_count){ db_int(&rows, 0), db_int(&rows, 1),
			                               db_int(&rows, 2), db_int(&rows, 3) };
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

const int EFFECT_MOMENT_MONTHS[EFFECT_MOMENTS] = { 3, 6, 12 };

/* The last day on which what was carried out is to be looked at today, for this moment. */
static int32_t last_executed(int32_t today, int months)
{
	int32_t day = day_add_months(today, -months);

	while (effect_due_day(day + 1, months) <= today)
		day++;
	return day;
}

enum status figures_effects_due(struct db_read *r, const struct figures_period *p, int32_t today,
                                int64_t ret[EFFECT_MOMENTS], struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	int32_t last[EFFECT_MOMENTS];

	for (int i = 0; i < EFFECT_MOMENTS; i++)
		last[i] = last_executed(today, EFFECT_MOMENT_MONTHS[i]);
	enum status st = db_query(
	    r, &EFFECTS_DUE, DB_ARGS(DB_INT(last[0]), DB_INT(last[1]), DB_INT(last[2]), WORK(p)),
	    &row, reterr);
	if (st == OK)
		st = db_one(&row, reterr);
	for (int i = 0; i < EFFECT_MOMENTS; i++)
		ret[i] = st == OK ? db_int(&row, i) : 0;
	return st;
}

enum status figures_effects(struct db_read *r, const struct figures_period *p, struct arena *a,
                            struct array *ret, struct error *reterr)
{
	return effects_since(r, p, 0, a, ret, reterr);
}

enum status figures_effects_of(struct db_read *r, const struct figures_period *p, struct arena *a,
                               struct array *ret, struct error *reterr)
{
	return effects_since(r, p, p->first_quarter, a, ret, reterr);
}

enum status figures_amounts(struct db_read *r, const struct figures_period *p, struct arena *a,
                            struct array *ret, struct error *reterr)
{
	enum { KINDS_MAX = 20 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct amounts_count *list = ARENA_ARRAY(a, struct amounts_count, KINDS_MAX);
	size_t count = 0;

	const enum status st = db_query(r, &AMOUNTS, DB_ARGS(PERIOD(p), WORK(p)), &rows, reterr);
	if (st != OK)
		return st;
	while (count < KINDS_MAX && db_next(&rows)) {
		list[count].kind = db_int(&rows, 0);
		for (int i = 0; i < AMOUNT_COLUMNS; i++)
			list[count].cents[i] = db_int(&rows, 1 + i);
		count++;
	}
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

enum status figures_silent_municipalities(struct db_read *r, const struct figures_period *p,
                                          struct arena *a, struct array *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	const char **names = ARENA_ARRAY(a, const char *, PLACES_MAX);
	size_t count = 0;

	const enum status st = db_query(r, &SILENT,
	                                DB_ARGS(PERIOD(p), DB_INT(p->from_ms), DB_INT(p->until_ms),
	                                        DB_INT(local_day(p->until_ms - 1))),
	                                &rows, reterr);
	if (st != OK)
		return st;
	while (count < PLACES_MAX && db_next(&rows))
		names[count++] = db_text(&rows, 0, a);
	*ret = (struct array){ names, count };
	return db_rows_end(&rows, reterr);
}

enum status figures_themes_heard(struct db_read *r, const struct figures_period *p, uint64_t *ret,
                                 struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };

	*ret = 0;
	const enum status st = db_query(r, &THEMES, DB_ARGS(PERIOD(p)), &rows, reterr);
	if (st != OK)
		return st;
	while (db_next(&rows)) {
		const int64_t theme = db_int(&rows, 0);
		*ret |= theme >= 0 && theme < 64 ? UINT64_C(1) << theme : 0;
	}
	return db_rows_end(&rows, reterr);
}

enum status figures_owed(struct db_read *r, int32_t today, struct arena *a, struct array *ret,
                         struct error *reterr)
{
	enum { OWED_MAX = 40 };
	AUTO(db_rows_close) struct db_rows told = { 0 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct owed_count *list = ARENA_ARRAY(a, struct owed_count, OWED_MAX);
	size_t count = 0;

	enum status st = db_query(r, &OWED_MESSAGES, DB_ARGS(DB_INT(today)), &told, reterr);
	if (st == OK)
		st = db_one(&told, reterr);
	if (st != OK)
		return st;
	list[0] = (struct owed_count){ NULL, db_int(&told, 0), db_int(&told, 1) };
	count += list[0].in_time + list[0].late > 0 ? 1 : 0;
	st = db_query(r, &OWED_REPORTS, DB_ARGS(DB_INT(today)), &rows, reterr);
	if (st != OK)
		return st;
	while (count < OWED_MAX && db_next(&rows))
		list[count++] =
		    (struct owed_count){ db_text(&rows, 0, a), db_int(&rows, 1), db_int(&rows, 2) };
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}
