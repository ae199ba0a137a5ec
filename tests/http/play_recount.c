#include "play_recount.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "interventions/intervention.h"
#include "learning/learning.h"
#include "monitor/monitor_charts.h"
#include "monitor/year_words.h"
#include "partners/partner.h"
#include "platform/core/arena.h"
#include "platform/core/calendar.h"
#include "platform/http/request.h"

enum { ARENA_SOFT_BYTES = 1 << 20, FIRST_YEAR = 2025, LAST_YEAR = 2026 };

#define OF(p) (long long)(p)->from_ms, (long long)(p)->until_ms
#define L(n)  ((long long)(n))

struct figures_period play_year(int year)
{
	return (struct figures_period){
		.first_quarter = (int64_t)year * 10 + 1,
		.last_quarter = (int64_t)year * 10 + 4,
		.from_ms = ms_at_day_start(day_from_civil((struct civil){ year, 1, 1 })),
		.until_ms = ms_at_day_start(day_from_civil((struct civil){ year + 1, 1, 1 })),
		.letter = "",
	};
}

int64_t play_number(struct store_world *w, const char *format, ...)
{
	char sql[1400];
	va_list ap;

	va_start(ap, format);
	// NOLINTNEXTLINE(clang-analyzer-valist.Uninitialized): va_start is the line above
	assert_in_range(vsnprintf(sql, sizeof sql, format, ap), 1, sizeof sql - 1);
	va_end(ap);
	return store_world_number(w, sql);
}

void recount_begin(struct recount *c, void **state)
{
	*c = (struct recount){ .world = *state };
	arena_init(&c->arena, ARENA_SOFT_BYTES);
	assert_int_equal(db_read_begin(c->world->db, &c->db, &c->error), OK);
}

void recount_end(struct recount *c)
{
	db_read_end(c->db);
	arena_reset(&c->arena);
}

/* The last day on which something happened: "now". */
static int32_t today_of(struct store_world *w)
{
	return local_day(play_number(w, "SELECT max(at) FROM signal_history"));
}

/* ---- how long steps last ----------------------------------------------------------------------- */

/* "Hele dagen tussen het begin en het eind van een stap": when it came, and when it had come before. */
#define SIGNAL_STEP(to)                                                                            \
	"(h.at - (SELECT max(b.at) FROM signal_history b WHERE b.signal_id = h.signal_id AND"      \
	" b.id < h.id AND b.to_state = h.from_state)) / 86400000 AS days, h.at AS at"              \
	" FROM signal_history h WHERE h.to_state = " to
#define CASEFILE_STEP(to)                                                                          \
	"(h.at - (SELECT max(b.at) FROM casefile_history b WHERE b.casefile_id = h.casefile_id"    \
	" AND b.id < h.id AND b.to_state = h.from_state AND b.from_state <> b.to_state))"          \
	" / 86400000 AS days, h.at AS at FROM casefile_history h"                                  \
	" WHERE h.from_state <> h.to_state AND h.to_state = " to
#define INTERVENTION_STEP(to)                                                                      \
	"(h.at - (SELECT max(b.at) FROM intervention_history b WHERE b.intervention_id ="          \
	" h.intervention_id AND b.id < h.id)) / 86400000 AS days, h.at AS at"                      \
	" FROM intervention_history h WHERE h.to_state = " to

/* In the order of the page. */
static const struct step {
	const char *label, *days;
} STEPS[] = {
	{ "Intake", SIGNAL_STEP("4") },
	{ "Intake tot agenda", SIGNAL_STEP("5") },
	{ "Agenda tot besluit", SIGNAL_STEP("6") },
	{ "Bevraging tot antwoord",
	  "(answered_at - issued_at) / 86400000 AS days, answered_at AS at FROM information_request"
	  " WHERE answered_at > 0" },
	{ "Informatie ophalen", CASEFILE_STEP("2 AND h.from_state = 1") },
	{ "Analyse", CASEFILE_STEP("3") },
	{ "Advies schrijven", CASEFILE_STEP("4") },
	{ "Advies tot besluit", CASEFILE_STEP("6") },
	{ "Uitvoerder zoeken", INTERVENTION_STEP("5") },
	{ "Uitvoeren", INTERVENTION_STEP("9") },
};
enum { STEP_COUNT = sizeof STEPS / sizeof STEPS[0] };

/* The value of the first of which so many of every hundred are done: place ceil(n * percent / 100). */
static int64_t days_at(struct store_world *w, const struct step *s, const struct figures_period *p,
                       int percent)
{
	return play_number(w,
	                   "SELECT coalesce(min(x.days), 0) FROM (SELECT s.days, row_number() OVER"
	                   " (ORDER BY s.days) AS place, count(*) OVER () AS n FROM (SELECT %s) s"
	                   " WHERE s.at >= %lld AND s.at < %lld) x"
	                   " WHERE x.place * 100 >= x.n * %d",
	                   s->days, OF(p), percent);
}

static void same_step(struct store_world *w, const struct range_row *row, const struct step *s,
                      const struct figures_period *p)
{
	assert_string_equal(row->label, s->label);
	assert_int_equal(row->count,
	                 play_number(w,
	                             "SELECT count(*) FROM (SELECT %s) s WHERE s.at >= %lld"
	                             " AND s.at < %lld",
	                             s->days, OF(p)));
	assert_int_equal(row->low, days_at(w, s, p, 10));
	assert_int_equal(row->middle, days_at(w, s, p, 50));
	assert_int_equal(row->high, days_at(w, s, p, 90));
}

static void load_chain(struct recount *c, const struct figures_period *p, struct counted *to)
{
	struct db_read *r = c->db;
	struct arena *a = &c->arena;

	to->period.figures = *p;
	to->period.until_day = local_day(p->until_ms - 1);
	assert_int_equal(figures_signals(r, p, a, &to->signals, &c->error), OK);
	assert_int_equal(figures_casefiles(r, p, a, &to->casefiles, &c->error), OK);
	assert_int_equal(figures_answers(r, p, a, &to->answers, &c->error), OK);
	assert_int_equal(figures_interventions(r, p, a, &to->interventions, &c->error), OK);
}

void every_step_lasts_as_long_as_a_recount_says(void **state)
{
	struct recount c;

	recount_begin(&c, state);
	for (int y = FIRST_YEAR; y <= LAST_YEAR; y++) {
		const struct figures_period p = play_year(y);
		struct request rq = { .arena = &c.arena };
		struct counted counted = { 0 };

		load_chain(&c, &p, &counted);
		const struct ranges *steps = monitor_steps_chart(&rq, &counted);
		const struct range_row *rows = steps->rows.items;
		assert_int_equal(steps->rows.count, STEP_COUNT);
		for (size_t i = 0; i < STEP_COUNT; i++)
			same_step(c.world, &rows[i], &STEPS[i], &p);
	}
	recount_end(&c);
}

void every_step_of_signals_and_casefiles_stands_a_recount(void **state)
{
	struct recount c;

	recount_begin(&c, state);
	for (int y = FIRST_YEAR; y <= LAST_YEAR; y++) {
		const struct figures_period p = play_year(y);
		struct counted counted = { 0 };

		load_chain(&c, &p, &counted);
		for (int to = 3; to <= 12; to++) {
			assert_int_equal(
			    counted_times(&counted.signals, to, 0),
			    play_number(c.world,
			                "SELECT count(*) FROM signal_history WHERE to_state = %d"
			                " AND at >= %lld AND at < %lld",
			                to, OF(&p)));
			assert_int_equal(
			    counted_times(&counted.casefiles, to, 0),
			    play_number(c.world,
			                "SELECT count(*) FROM casefile_history WHERE to_state = %d"
			                " AND from_state <> to_state AND at >= %lld AND at < %lld",
			                to, OF(&p)));
		}
	}
	recount_end(&c);
}

/* ---- in time, owed, not known yet ------------------------------------------------------------- */

static void same_answers(struct recount *c, const struct figures_period *p)
{
	struct array answers;

	assert_int_equal(figures_answers(c->db, p, &c->arena, &answers, &c->error), OK);
	for (char letter = 'a'; letter <= 'z'; letter++)
		for (int late = 0; late <= 1; late++)
			assert_int_equal(
			    counted_answers(&answers, letter, late == 1),
			    play_number(c->world,
			                "SELECT count(*) FROM information_request q, organ o WHERE"
			                " o.id = q.organ_id AND o.letter = '%c' AND q.answered_at"
			                " >= %lld AND q.answered_at < %lld AND CASE WHEN"
			                " q.answered_at / 86400000 > q.due_day THEN 1 ELSE 0 END"
			                " = %d",
			                letter, OF(p), late));
}

/* One working day after the meeting: from Friday (day 1 of 1970 was one) that is three days. */
static void same_feedback(struct recount *c, const struct figures_period *p)
{
	struct array rows;

	assert_int_equal(
	    signal_feedback(c->db, 0, p->from_ms, p->until_ms, &c->arena, &rows, &c->error), OK);
	const struct feedback_share told = counted_feedback(&rows);
	assert_int_equal(told.decided,
	                 play_number(c->world,
	                             "SELECT count(*) FROM signal_history WHERE to_state IN"
	                             " (6, 7, 9, 10) AND at >= %lld AND at < %lld",
	                             OF(p)));
	assert_int_equal(told.in_time,
	                 play_number(c->world,
	                             "SELECT count(*) FROM signal_feedback WHERE decided_at >="
	                             " %lld AND decided_at < %lld AND told_at > 0 AND"
	                             " told_at / 86400000 - decided_at / 86400000 <= CASE WHEN"
	                             " (decided_at / 86400000) %% 7 = 1 THEN 3 ELSE 1 END",
	                             OF(p)));
	assert_int_equal(told.late,
	                 told.decided - told.in_time -
	                     play_number(c->world,
	                                 "SELECT count(*) FROM signal_feedback WHERE told_at = 0"
	                                 " AND decided_at >= %lld AND decided_at < %lld",
	                                 OF(p)));
}

void answers_and_messages_in_time_stand_a_recount(void **state)
{
	struct recount c;

	recount_begin(&c, state);
	for (int y = FIRST_YEAR; y <= LAST_YEAR; y++) {
		const struct figures_period p = play_year(y);

		same_answers(&c, &p);
		same_feedback(&c, &p);
	}
	recount_end(&c);
}

/* Of who carries out: by what happened last, not by the state that stands in the record. */
#define CARRIED_OUT                                                                                \
	"(SELECT h.to_state FROM intervention_history h WHERE h.id = (SELECT max(l.id) FROM"       \
	" intervention_history l WHERE l.intervention_id = o.intervention_id)) IN (5, 6, 7)"

static void same_owed(struct recount *c, int32_t today)
{
	struct array rows;
	int64_t in_time = 0, late = 0;

	assert_int_equal(figures_owed(c->db, today, &c->arena, &rows, &c->error), OK);
	for (size_t i = 0; i < rows.count; i++) {
		const struct owed_count *o = &((const struct owed_count *)rows.items)[i];
		if (o->participant == NULL)
			continue;
		in_time += o->in_time;
		late += o->late;
		assert_int_equal(
		    o->in_time,
		    play_number(c->world,
		                "SELECT count(*) FROM intervention_owner o, participant p WHERE"
		                " p.id = o.participant_id AND p.short_name = '%s' AND"
		                " o.report_due >= %d AND " CARRIED_OUT,
		                o->participant, today));
	}
	assert_int_equal(in_time + late,
	                 play_number(c->world, "SELECT count(*) FROM intervention_owner o WHERE"
	                                       " o.report_due > 0 AND " CARRIED_OUT));
	assert_int_equal(late, play_number(c->world,
	                                   "SELECT count(*) FROM intervention_owner o WHERE"
	                                   " o.report_due > 0 AND o.report_due < %d"
	                                   " AND " CARRIED_OUT,
	                                   today));
}

/* The played desk forgets nobody: here it does, and is late with others. */
static const struct db_stmt FORGET = { "test_play_forget", "",
	                               "UPDATE signal_feedback SET told_at = CASE WHEN id % 10 = 0"
	                               " THEN 0 ELSE told_at + 777600000 END"
	                               " WHERE id % 10 = 0 OR id % 11 = 0" };

static enum status forget_run(struct db_tx *tx, void *args, struct error *reterr)
{
	(void)args;
	return db_exec(tx, &FORGET, NULL, NULL, reterr);
}

static void same_messages(struct recount *c, int32_t today)
{
	struct array rows;

	assert_int_equal(figures_owed(c->db, today, &c->arena, &rows, &c->error), OK);
	const struct owed_count *o = rows.items;
	assert_true(rows.count > 0 && o->participant == NULL);
	const int64_t late = play_number(c->world,
	                                 "SELECT count(*) FROM signal_feedback WHERE id %% 10 = 0"
	                                 " AND due_day < %d",
	                                 today);
	assert_int_equal(o->late, late);
	assert_int_equal(o->in_time + late, play_number(c->world, "SELECT count(*) FROM"
	                                                          " signal_feedback WHERE"
	                                                          " id %% 10 = 0"));
}

void who_owes_feedback_stands_a_recount(void **state)
{
	struct recount c;

	store_world_run(*state, forget_run, NULL);
	recount_begin(&c, state);
	const int32_t today = today_of(c.world);
	/* in the small world of PostgreSQL nothing may be under way on its last day */
	if (c.world->cfg.engine == DB_SQLITE)
		assert_true(play_number(c.world, "SELECT count(*) FROM intervention_owner o WHERE"
		                                 " o.report_due > 0 AND " CARRIED_OUT) > 3);
	for (int32_t day = today - 60; day <= today + 60; day += 10) {
		same_owed(&c, day);
		same_messages(&c, day);
	}
	for (int y = FIRST_YEAR; y <= LAST_YEAR; y++) {
		const struct figures_period p = play_year(y);
		same_feedback(&c, &p);
	}
	recount_end(&c);
}

/* "Drie, zes of twaalf maanden geleden of eerder": the last day from which so many months, as a person
 * counts them on a calendar, are over today. What began on the 31st is over at the end of a month. */
static int32_t months_before(int32_t today, int months)
{
	const struct civil now = civil_from_day(today);
	const bool last_of_month = civil_from_day(today + 1).day == 1;
	int month = now.month - months, year = now.year;

	while (month < 1) {
		month += 12;
		year--;
	}
	const int32_t after = day_from_civil(month == 12 ? (struct civil){ year + 1, 1, 1 }
	                                                 : (struct civil){ year, month + 1, 1 });
	const int32_t same = day_from_civil((struct civil){ year, month, 1 }) + now.day - 1;
	return last_of_month || same >= after ? after - 1 : same;
}

/* Its result is fixed: it came there, and was carried out on a day. */
static int64_t not_known(struct store_world *w, int32_t today, int months, int weight)
{
	return play_number(
	    w,
	    "SELECT count(*) FROM intervention q WHERE EXISTS (SELECT 1 FROM intervention_history h"
	    " WHERE h.intervention_id = q.id AND h.to_state = 10) AND q.executed_day > 0"
	    " AND q.executed_day <= %d AND (%d = 0 OR q.weight = %d) AND q.id NOT IN (SELECT"
	    " e.intervention_id FROM effect_assessment e WHERE e.months = %d)",
	    months_before(today, months), weight, weight, months);
}

void effects_that_are_not_known_stand_a_recount(void **state)
{
	struct recount c;
	struct figures_period p = play_year(LAST_YEAR);
	int64_t seen = 0;

	recount_begin(&c, state);
	const int32_t today = today_of(c.world);
	for (int32_t day = today; day <= today + 400; day += 13)
		for (p.weight = 0; p.weight <= 3; p.weight++) {
			int64_t due[EFFECT_MOMENTS];

			assert_int_equal(figures_effects_due(c.db, &p, day, due, &c.error), OK);
			for (int m = 0; m < EFFECT_MOMENTS; m++) {
				assert_int_equal(
				    due[m],
				    not_known(c.world, day, EFFECT_MOMENT_MONTHS[m], p.weight));
				seen += due[m];
			}
		}
	assert_true(seen > 20);
	recount_end(&c);
}

/* ---- a municipality's year, and what was learnt ------------------------------------------------ */

/* Of what was destroyed only the statistic row names a municipality, of a large one. */
static void same_steps_there(struct store_world *w, const struct year_place *p,
                             const struct year_sums *s)
{
	const int64_t counted[] = { s->returned, s->merged, s->not_adopted, s->withdrawn };
	static const int TO[] = { 3, 8, 10, 11 };

	for (size_t i = 0; i < sizeof TO / sizeof TO[0]; i++) {
		const int64_t living = play_number(
		    w,
		    "SELECT count(*) FROM signal_history h, signal s WHERE s.id = h.signal_id AND"
		    " h.to_state = %d AND s.municipality_id = %lld AND h.at >= %lld AND h.at < "
		    "%lld",
		    TO[i], L(p->municipality_id), OF(p->period));
		assert_true(p->living ? counted[i] == living : counted[i] >= living);
	}
}

/* From mayor and executive, and from partners. */
static void same_senders(struct store_world *w, const struct year_place *p,
                         const struct year_sums *s)
{
	const int64_t own = play_number(
	    w,
	    "SELECT count(*) FROM signal_history h, signal s, organ o WHERE s.id = h.signal_id"
	    " AND o.id = s.organ_id AND o.letter IN ('h', 'i') AND h.action = 1 AND"
	    " s.municipality_id = %lld AND h.at >= %lld AND h.at < %lld",
	    L(p->municipality_id), OF(p->period));
	assert_true(p->living ? s->own == own : s->own >= own);
}

static void same_interventions_there(struct store_world *w, const struct year_place *p,
                                     const struct year_sums *s)
{
	const int64_t counted[] = { s->approved, s->not_executed };
	static const int TO[] = { 3, 8 };

	for (size_t i = 0; i < sizeof TO / sizeof TO[0]; i++)
		assert_int_equal(counted[i],
		                 play_number(w,
		                             "SELECT count(*) FROM intervention_history h,"
		                             " intervention q WHERE q.id = h.intervention_id AND"
		                             " h.to_state = %d AND q.municipality_id = %lld AND"
		                             " h.at >= %lld AND h.at < %lld",
		                             TO[i], L(p->municipality_id), OF(p->period)));
}

/* "Het effect is de laatste beoordeling van dit jaar, per interventie." */
static void same_help_there(struct store_world *w, const struct year_place *p,
                            const struct year_sums *s)
{
	assert_int_equal(
	    s->helped,
	    play_number(
		w,
		"SELECT count(*) FROM intervention q WHERE q.municipality_id = %lld AND 2 <="
		" (SELECT e.effect FROM effect_assessment e WHERE e.intervention_id = q.id AND"
		" e.months = (SELECT max(l.months) FROM effect_assessment l WHERE"
		" l.intervention_id = q.id AND l.assessed_at >= %lld AND l.assessed_at < %lld))",
		L(p->municipality_id), OF(p->period)));
}

static void same_amounts_there(struct store_world *w, const struct year_place *p,
                               const struct year_counts *c)
{
	for (int k = 0; k < AMOUNT_COLUMNS; k++)
		assert_int_equal(c->cents[k],
		                 play_number(w,
		                             "SELECT coalesce(sum(m.cents), 0) FROM"
		                             " intervention_amount m, intervention q WHERE q.id ="
		                             " m.intervention_id AND m.kind = %d AND"
		                             " q.municipality_id = %lld AND m.registered_at >= %lld"
		                             " AND m.registered_at < %lld",
		                             k + 1, L(p->municipality_id), OF(p->period)));
}

#define LAST_SIGNAL_STATE                                                                          \
	"(SELECT h.to_state FROM signal_history h WHERE h.id = (SELECT max(l.id) FROM"             \
	" signal_history l WHERE l.signal_id = s.id))"
#define LAST_INTERVENTION_STATE                                                                    \
	"(SELECT h.to_state FROM intervention_history h WHERE h.id = (SELECT max(l.id) FROM"       \
	" intervention_history l WHERE l.intervention_id = q.id))"

/* "Wat nu wacht of loopt": without a decision; decided and not carried out or stopped. */
static void same_now_there(struct store_world *w, const struct year_place *p,
                           const struct year_counts *c)
{
	assert_int_equal(c->waiting,
	                 play_number(w,
	                             "SELECT count(*) FROM signal s WHERE s.municipality_id = %lld"
	                             " AND " LAST_SIGNAL_STATE " IN (2, 3, 4, 5, 9)",
	                             L(p->municipality_id)));
	assert_int_equal(c->running,
	                 play_number(w,
	                             "SELECT count(*) FROM intervention q WHERE q.municipality_id"
	                             " = %lld AND " LAST_INTERVENTION_STATE " IN (2, 3, 5, 6, 7)",
	                             L(p->municipality_id)));
	assert_int_equal(c->late,
	                 play_number(w,
	                             "SELECT count(*) FROM intervention q WHERE q.municipality_id"
	                             " = %lld AND " LAST_INTERVENTION_STATE " IN (2, 3, 5, 6, 7)"
	                             " AND q.due_day > 0 AND q.due_day < %d",
	                             L(p->municipality_id), local_day(p->period->until_ms - 1)));
}

static void same_year_there(struct recount *c, const struct year_place *p)
{
	struct year_counts counts = { 0 };

	assert_int_equal(year_load(c->db, p, &c->arena, &counts, &c->error), OK);
	const struct year_sums s = year_sums_of(&counts);
	same_steps_there(c->world, p, &s);
	same_senders(c->world, p, &s);
	same_interventions_there(c->world, p, &s);
	same_help_there(c->world, p, &s);
	same_amounts_there(c->world, p, &counts);
	same_now_there(c->world, p, &counts);
}

void the_rest_of_a_municipality_s_year_stands_a_recount(void **state)
{
	struct recount c;
	struct region own;
	struct array all;

	recount_begin(&c, state);
	assert_int_equal(region_own(c.db, &c.arena, &own, &c.error), OK);
	for (int y = FIRST_YEAR; y <= LAST_YEAR; y++) {
		const struct figures_period p = play_year(y);

		assert_int_equal(municipality_list(c.db, own.id, local_day(p.until_ms - 1),
		                                   &c.arena, &all, &c.error),
		                 OK);
		for (size_t i = 0; i < all.count; i++) {
			const struct municipality *m = &((const struct municipality *)all.items)[i];
			same_year_there(
			    &c, &(struct year_place){ &p, m->id,
			                              m->inhabitants < STATISTIC_INHABITANTS });
		}
	}
	recount_end(&c);
}

void what_instruments_taught_stands_a_recount(void **state)
{
	struct recount c;
	struct array found;
	int64_t uses = 0;

	recount_begin(&c, state);
	assert_int_equal(experiences(c.db, &(struct alike){ 0 }, &c.arena, &found, &c.error), OK);
	for (size_t i = 0; i < found.count; i++) {
		const struct experience *x = &((const struct experience *)found.items)[i];

		uses += x->uses;
		assert_int_equal(x->uses,
		                 play_number(c.world,
		                             "SELECT count(*) FROM intervention_history h,"
		                             " intervention q WHERE q.id = h.intervention_id AND"
		                             " h.to_state = 9 AND q.instrument = %lld",
		                             L(x->instrument)));
		assert_int_equal(x->assessed,
		                 play_number(c.world,
		                             "SELECT count(DISTINCT e.intervention_id) FROM"
		                             " effect_assessment e, intervention q WHERE q.id ="
		                             " e.intervention_id AND q.instrument = %lld",
		                             L(x->instrument)));
		assert_int_equal(
		    x->helped,
		    play_number(c.world,
		                "SELECT count(*) FROM intervention q WHERE q.instrument = %lld AND"
		                " 2 <= (SELECT e.effect FROM effect_assessment e WHERE"
		                " e.intervention_id = q.id AND e.months = (SELECT max(l.months)"
		                " FROM effect_assessment l WHERE l.intervention_id = q.id))",
		                L(x->instrument)));
	}
	assert_int_equal(uses, play_number(c.world, "SELECT count(*) FROM intervention_history"
	                                            " WHERE to_state = 9"));
	recount_end(&c);
}

/* ---- where it was read from -------------------------------------------------------------------- */

/* So every figure that stands a recount here was read from both. */
void most_rows_are_in_the_sums_and_some_came_after(void **state)
{
	struct store_world *w = *state;
	const int64_t rows =
	    store_world_number(w, "SELECT (SELECT max(id) FROM signal_statistic) + (SELECT max(id)"
	                          " FROM casefile_statistic) + (SELECT max(id) FROM"
	                          " request_statistic) + (SELECT max(id) FROM"
	                          " intervention_statistic)");
	const int64_t summed = store_world_number(w, "SELECT sum(counted_id) FROM tally_mark");

	assert_in_range(summed, rows * 3 / 4, rows - 1);
}
