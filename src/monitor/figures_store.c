#include "monitor/figures.h"

#include "interventions/intervention.h"
#include "platform/core/calendar.h"

enum { ROWS_MAX = 20000, HOURS_MAX = 200, EFFECTS_MAX = 2000, PLACES_MAX = 400 };

#define SIGNAL_SUBMITTED_FIRST "transition = 2 AND action IN (0, 1)"
#define OF_PERIOD              " WHERE quarter >= $1 AND quarter <= $2"
/* What came after the sums. The rows are found by number, not by quarter: that is what the sign is for. */
#define NOT_SUMMED(kind)                                                                           \
	" WHERE id > (SELECT m.counted_id FROM tally_mark m WHERE m.kind = " kind                  \
	") AND +quarter >= $1 AND +quarter <= $2"
#define CHOSEN        OF_PERIOD " AND ($3 = 0 OR theme = $3) AND ($4 = 0 OR municipality_id = $4)"
#define CHOSEN_LETTER CHOSEN " AND ($5 = '' OR letter = $5)"
#define CHOSEN_WORK   CHOSEN_LETTER " AND ($6 = 0 OR weight = $6) AND ($7 = 0 OR project_id = $7)"

/*
 * A figure over all of a region from the sums, and one about a theme, a place, a participant or a
 * project from the rows themselves. Both answer in the same columns.
 */
struct figure {
	const struct db_stmt *all, *narrowed;
};
#define STEPS_GROUPED                                                                              \
	" GROUP BY transition, action, days_in_state ORDER BY transition, action, days_in_state"
/* $3 line. $6 the same. */
static const struct db_stmt SIGNALS_ALL = {
	"figures_signals", "iii",
	"SELECT transition, action, days_in_state, sum(times) FROM (SELECT transition, action,"
	" days_in_state, times FROM signal_tally" OF_PERIOD " AND ($3 = 0 OR line = $3)"
	" UNION ALL SELECT transition, action, days_in_state, 1 FROM signal_statistic" NOT_SUMMED(
	    "1") " AND ($3 = 0 OR line = $3)) x" STEPS_GROUPED
};
static const struct db_stmt SIGNALS_NARROWED = {
	"figures_signals_narrowed", "iiiiti",
	"SELECT transition, action, days_in_state, count(*) FROM signal_statistic" CHOSEN_LETTER
	" AND ($6 = 0 OR line = $6)" STEPS_GROUPED
};
static const struct figure SIGNALS = { &SIGNALS_ALL, &SIGNALS_NARROWED };
/* $3 variant. $5 the same, $6 project. */
static const struct db_stmt CASEFILES_ALL = {
	"figures_casefiles", "iii",
	"SELECT transition, action, days_in_state, sum(times) FROM (SELECT transition, action,"
	" days_in_state, times FROM casefile_tally" OF_PERIOD " AND ($3 = 0 OR variant = $3)"
	" UNION ALL SELECT transition, action, days_in_state, 1 FROM "
	"casefile_statistic" NOT_SUMMED("2") " AND ($3 = 0 OR variant = $3)) x" STEPS_GROUPED
};
static const struct db_stmt CASEFILES_NARROWED = {
	"figures_casefiles_narrowed", "iiiiii",
	"SELECT transition, action, days_in_state, count(*) FROM casefile_statistic" CHOSEN
	" AND ($5 = 0 OR variant = $5) AND ($6 = 0 OR project_id = $6)" STEPS_GROUPED
};
static const struct figure CASEFILES = { &CASEFILES_ALL, &CASEFILES_NARROWED };
#define WEIGHED_GROUPED                                                                            \
	" GROUP BY transition, weight, days_in_state ORDER BY transition, weight, days_in_state"
/* Of interventions $3 weight; narrowed $6 the same. */
static const struct db_stmt INTERVENTIONS_ALL = {
	"figures_interventions", "iii",
	"SELECT transition, weight, days_in_state, sum(times), sum(quick) FROM (SELECT "
	"transition,"
	" weight, days_in_state, times, quick FROM intervention_tally" OF_PERIOD
	" AND ($3 = 0 OR weight = $3) AND transition > 0 UNION ALL SELECT transition, weight,"
	" days_in_state, 1, quick FROM intervention_statistic" NOT_SUMMED(
	    "4") " AND ($3 = 0 OR weight = $3) AND transition > 0) x" WEIGHED_GROUPED
};
static const struct db_stmt INTERVENTIONS_NARROWED = {
	"figures_interventions_narrowed", "iiiitii",
	"SELECT transition, weight, days_in_state, count(*), sum(quick)"
	" FROM intervention_statistic" CHOSEN_WORK " AND transition > 0" WEIGHED_GROUPED
};
static const struct figure INTERVENTIONS = { &INTERVENTIONS_ALL, &INTERVENTIONS_NARROWED };
/* The sums tell each participant's own. */
static const struct db_stmt ANSWERS = {
	"figures_answers", "iit",
	"SELECT letter, late, days, sum(times) FROM (SELECT letter, late, days, times"
	" FROM request_tally" OF_PERIOD " AND ($3 = '' OR letter = $3) UNION ALL SELECT letter,"
	" late, days, 1 FROM request_statistic" NOT_SUMMED(
	    "3") " AND ($3 = '' OR letter = $3)) x"
		 " GROUP BY letter, late, days ORDER BY letter, late, days"
};
static const struct db_stmt HOURS_ALL = {
	"figures_hours", "iii",
	"SELECT quarter, sum(hours_pledged), sum(hours_delivered) FROM (SELECT quarter,"
	" hours_pledged, hours_delivered FROM intervention_tally" OF_PERIOD
	" AND ($3 = 0 OR weight = $3) UNION ALL SELECT quarter, hours_pledged, hours_delivered"
	" FROM intervention_statistic" NOT_SUMMED("4") " AND ($3 = 0 OR weight = $3)) x"
						       " GROUP BY quarter ORDER BY quarter"
};
static const struct db_stmt HOURS_NARROWED = {
	"figures_hours_narrowed", "iiiitii",
	"SELECT quarter, sum(hours_pledged), sum(hours_delivered)"
	" FROM intervention_statistic" CHOSEN_WORK
	" AND (hours_pledged <> 0 OR hours_delivered <> 0) GROUP BY quarter ORDER BY quarter"
};
static const struct figure HOURS = { &HOURS_ALL, &HOURS_NARROWED };
#define EFFECTS_GROUPED " GROUP BY instrument, months, effect ORDER BY instrument, months, effect"
static const struct db_stmt EFFECTS_SEEN_ALL = {
	"figures_effects", "iii",
	"SELECT instrument, months, effect, sum(times) FROM (SELECT instrument, months, effect,"
	" times FROM effect_tally" OF_PERIOD " AND ($3 = 0 OR weight = $3) UNION ALL"
	" SELECT instrument, months, effect, 1 FROM intervention_statistic" NOT_SUMMED(
	    "4") " AND ($3 = 0 OR weight = $3) AND +months IN (3, 6, 12) AND +effect >= 0) "
		 "x" EFFECTS_GROUPED
};
static const struct db_stmt EFFECTS_SEEN_NARROWED = {
	"figures_effects_narrowed", "iiiitii",
	"SELECT instrument, months, effect, count(*) FROM intervention_statistic" CHOSEN_WORK
	" AND months IN (3, 6, 12) AND effect >= 0" EFFECTS_GROUPED
};
static const struct figure EFFECTS_SEEN = { &EFFECTS_SEEN_ALL, &EFFECTS_SEEN_NARROWED };
/* 10, 11, 12: its result is confirmed; 22: seen at every moment. $1 to $3: carried out on this day or before. */
#define NOT_SEEN(day, bit)                                                                         \
	"coalesce(sum(CASE WHEN q.executed_day <= " day " AND (q.effects_seen & " bit              \
	") = 0 THEN 1 ELSE 0 END), 0)"
static const struct db_stmt EFFECTS_DUE = {
	"figures_effects_due", "iiiiitii",
	"SELECT " NOT_SEEN("$1", "2") ", " NOT_SEEN("$2", "4") ", " NOT_SEEN(
	    "$3", "16") " FROM intervention q WHERE q.executed_day > 0 AND q.executed_day <= $1"
			" AND q.effects_seen <> 22 AND +q.state IN (10, 11, 12) AND ($4 = 0 OR "
			"q.theme = $4)"
			" AND ($5 = 0 OR q.municipality_id = $5) AND ($6 = '' OR EXISTS (SELECT 1 "
			"FROM organ o"
			" WHERE o.id = q.organ_id AND o.letter = $6)) AND ($7 = 0 OR q.weight = $7)"
			" AND ($8 = 0 OR $8 = coalesce((SELECT c.project_id FROM casefile c"
			" WHERE c.id = q.casefile_id), q.project_id))"
};
#define COLUMNS "calculated, claimed, imposed, seized, collected, set_off, prevented"
#define SUMS                                                                                       \
	"sum(calculated), sum(claimed), sum(imposed), sum(seized), sum(collected), sum(set_off),"  \
	" sum(prevented)"
static const struct db_stmt AMOUNTS_ALL = {
	"figures_amounts", "iii",
	"SELECT kind, " SUMS " FROM (SELECT kind, " COLUMNS " FROM amount_tally" OF_PERIOD
	" AND ($3 = 0 OR weight = $3) UNION ALL SELECT kind, " COLUMNS
	" FROM intervention_statistic" NOT_SUMMED(
	    "4") " AND ($3 = 0 OR weight = $3)" FIGURES_SOME_AMOUNT ") x"
		 " GROUP BY kind ORDER BY kind"
};
static const struct db_stmt AMOUNTS_NARROWED = {
	"figures_amounts_narrowed", "iiiitii",
	"SELECT kind, " SUMS " FROM intervention_statistic" CHOSEN_WORK FIGURES_SOME_AMOUNT
	" GROUP BY kind ORDER BY kind"
};
static const struct figure AMOUNTS = { &AMOUNTS_ALL, &AMOUNTS_NARROWED };
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
	&OWED_MESSAGES,
	&OWED_REPORTS,
	&SIGNALS_ALL,
	&SIGNALS_NARROWED,
	&CASEFILES_ALL,
	&CASEFILES_NARROWED,
	&INTERVENTIONS_ALL,
	&INTERVENTIONS_NARROWED,
	&ANSWERS,
	&HOURS_ALL,
	&HOURS_NARROWED,
	&EFFECTS_SEEN_ALL,
	&EFFECTS_SEEN_NARROWED,
	&EFFECTS_DUE,
	&AMOUNTS_ALL,
	&AMOUNTS_NARROWED,
	&SILENT,
	&THEMES,
	NULL,
};

#define PERIOD(p) DB_INT((p)->first_quarter), DB_INT((p)->last_quarter)
#define PLACE(p)  DB_INT((p)->theme), DB_INT((p)->municipality_id)
#define WORK(p)   PLACE(p), DB_TEXT((p)->letter), DB_INT((p)->weight), DB_INT((p)->project_id)

static bool of_a_place(const struct figures_period *p)
{
	return p->theme != 0 || p->municipality_id != 0;
}

/* A figure about the work of interventions, from the first quarter on. */
static enum status ask_work(struct db_read *r, const struct figure *f,
                            const struct figures_period *p, int64_t first, struct db_rows *ret,
                            struct error *reterr)
{
	if (of_a_place(p) || p->letter[0] != '\0' || p->project_id != 0)
		return db_query(r, f->narrowed,
		                DB_ARGS(DB_INT(first), DB_INT(p->last_quarter), WORK(p)), ret,
		                reterr);
	return db_query(r, f->all,
	                DB_ARGS(DB_INT(first), DB_INT(p->last_quarter), DB_INT(p->weight)), ret,
	                reterr);
}

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
	if (of_a_place(p) || p->letter[0] != '\0')
		return steps(r, SIGNALS.narrowed,
		             DB_ARGS(PERIOD(p), PLACE(p), DB_TEXT(p->letter), DB_INT(p->line)), a,
		             ret, reterr);
	return steps(r, SIGNALS.all, DB_ARGS(PERIOD(p), DB_INT(p->line)), a, ret, reterr);
}

enum status figures_casefiles(struct db_read *r, const struct figures_period *p, struct arena *a,
                              struct array *ret, struct error *reterr)
{
	if (of_a_place(p) || p->project_id != 0)
		return steps(
		    r, CASEFILES.narrowed,
		    DB_ARGS(PERIOD(p), PLACE(p), DB_INT(p->variant), DB_INT(p->project_id)), a, ret,
		    reterr);
	return steps(r, CASEFILES.all, DB_ARGS(PERIOD(p), DB_INT(p->variant)), a, ret, reterr);
}

enum status figures_interventions(struct db_read *r, const struct figures_period *p,
                                  struct arena *a, struct array *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct weighed_count *list = ARENA_ARRAY(a, struct weighed_count, ROWS_MAX);
	size_t count = 0;

	const enum status st = ask_work(r, &INTERVENTIONS, p, p->first_quarter, &rows, reterr);
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

	const enum status st = ask_work(r, &HOURS, p, p->first_quarter, &rows, reterr);
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

	const enum status st = ask_work(r, &EFFECTS_SEEN, p, first_quarter, &rows, reterr);
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

	const enum status st = ask_work(r, &AMOUNTS, p, p->first_quarter, &rows, reterr);
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
