/* The demo world at work: what `plein demo` plays, as a newcomer finds it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "demo_world.h"
#include "interventions/intervention.h"
#include "interventions/seizure.h"
#include "monitor/figures.h"
#include "monitor/year_words.h"
#include "partners/partner.h"
#include "platform/core/arena.h"
#include "platform/core/calendar.h"
#include "play_narrowed.h"
#include "play_recount.h"
#include "signals/signal.h"
#include "store_world.h"

static int tear_down(void **state)
{
	demo_world_free(*state);
	return 0;
}

/* Once for all: months are played, and the promises only look. */
static int set_up(void **state)
{
	/* what `make run` plays; PostgreSQL, slower by the journey, takes a tenth of it */
	*state = demo_world_new("region", "400", "small", "40");
	return 0;
}

enum { ARENA_SOFT_BYTES = 1 << 20 };

static int64_t in_state(struct store_world *w, enum signal_state state)
{
	char sql[96];

	(void)snprintf(sql, sizeof sql, "SELECT count(*) FROM signal WHERE state = %d", state);
	return store_world_number(w, sql);
}

static void signals_have_gone_all_the_way_and_some_are_under_way(void **state)
{
	struct store_world *w = *state;

	assert_true(in_state(w, SIGNAL_ADOPTED_CASE) > 10);
	assert_true(in_state(w, SIGNAL_ADOPTED_DIRECT) > 0);
	assert_true(in_state(w, SIGNAL_DESTROYED) > 3);
	assert_true(store_world_number(w, "SELECT count(*) FROM signal WHERE state < 6") > 0);
	assert_true(store_world_number(w, "SELECT count(*) FROM signal_question") > 0);
	assert_true(store_world_number(w, "SELECT count(*) FROM score") > 100);
	assert_int_equal(store_world_number(w, "SELECT count(*) FROM signal WHERE told_at = 0 AND"
	                                       " state IN (6, 7, 12)"),
	                 0);
}

/* Fourteen points take an hour and a half: each has its own moment. */
static void outcomes_of_a_meeting_follow_one_another(void **state)
{
	assert_int_equal(
	    store_world_number(*state, "SELECT count(*) FROM agenda_item a, agenda_item b WHERE"
	                               " a.meeting_id = b.meeting_id AND a.id < b.id AND"
	                               " a.decided_at > 0 AND a.decided_at / 60000 ="
	                               " b.decided_at / 60000"),
	    0);
}

static void nothing_stays_longer_than_its_term(void **state)
{
	struct store_world *w = *state;

	/* A destroyed signal has no text and no subject left; one that waits is not overdue. */
	assert_int_equal(store_world_number(w, "SELECT count(*) FROM signal_text t JOIN signal s ON"
	                                       " s.id = t.signal_id WHERE s.state = 12"),
	                 0);
	assert_int_equal(store_world_number(w, "SELECT count(*) FROM presence p JOIN signal s ON"
	                                       " s.id = p.signal_id WHERE s.state = 12"),
	                 0);
	assert_int_equal(store_world_number(w, "SELECT count(*) FROM signal WHERE state IN (10, 11)"
	                                       " AND decided_at < (SELECT max(at) FROM"
	                                       " signal_history) - 3196800000"),
	                 0); /* 37 days: the ceiling of 30 and the next Monday */
}

static void casefiles_end_in_every_way(void **state)
{
	struct store_world *w = *state;

	assert_true(store_world_number(w, "SELECT count(*) FROM casefile_lesson") > 2);
	assert_true(store_world_number(w, "SELECT count(*) FROM casefile WHERE state = 12") > 2);
	assert_true(store_world_number(w, "SELECT count(*) FROM effect_assessment"
	                                  " WHERE months = 3") > 5);
	assert_true(store_world_number(w, "SELECT count(*) FROM effect_assessment"
	                                  " WHERE months = 6") > 2);
}

static void what_was_wrong_is_put_right_and_what_worked_is_published(void **state)
{
	struct store_world *w = *state;

	assert_true(store_world_number(w, "SELECT count(*) FROM fact_correction") > 0);
	assert_true(store_world_number(w, "SELECT count(*) FROM good_practice WHERE state = 3") >
	            1);
}

static void people_write_together_and_a_part_goes_its_own_way(void **state)
{
	struct store_world *w = *state;

	assert_true(store_world_number(w, "SELECT count(*) FROM casefile_note") > 5);
	assert_true(store_world_number(w, "SELECT count(*) FROM casefile_task") > 2);
	assert_true(store_world_number(w, "SELECT count(*) FROM subject_intent") > 0);
	assert_true(store_world_number(w, "SELECT count(*) FROM analysis_citation") > 5);
	assert_true(store_world_number(w, "SELECT count(*) FROM analysis_frozen WHERE state = 2") >
	            2);
	assert_true(store_world_number(w, "SELECT count(DISTINCT v.written_by) FROM"
	                                  " analysis_version v JOIN analysis_paragraph p ON p.id ="
	                                  " v.paragraph_id WHERE p.analysis_id = (SELECT"
	                                  " max(g.analysis_id) FROM analysis_frozen g)") > 1);
	assert_true(store_world_number(w, "SELECT count(*) FROM casefile_history WHERE other_id >"
	                                  " 0") > 0);
}

static void partners_agree_on_what_they_say_together_and_some_say_no_first(void **state)
{
	struct store_world *w = *state;

	assert_true(store_world_number(w, "SELECT count(*) FROM intervention_message"
	                                  " WHERE released_at > 0") > 0);
	assert_true(store_world_number(w, "SELECT count(*) FROM intervention_message"
	                                  " WHERE edition > 1") > 0);
	assert_int_equal(store_world_number(
			     w, "SELECT count(*) FROM intervention_owner o, intervention_message m"
				" WHERE m.intervention_id = o.intervention_id"
				" AND m.released_at > 0 AND NOT EXISTS (SELECT 1 FROM"
				" intervention_message_yes y WHERE y.intervention_id ="
				" o.intervention_id AND y.organ_id = o.organ_id"
				" AND y.edition = m.edition)"),
	                 0);
}

static void what_could_not_wait_was_decided_within_a_mandate(void **state)
{
	struct store_world *w = *state;

	assert_true(store_world_number(w, "SELECT count(*) FROM steering_mandate"
	                                  " WHERE confirmed_at > 0") > 0);
	assert_true(store_world_number(w, "SELECT count(*) FROM quick_action WHERE state = 2") > 0);
	assert_int_equal(
	    store_world_number(w, "SELECT count(*) FROM quick_action q JOIN"
	                          " intervention i ON i.id = q.intervention_id"
	                          " WHERE i.quick = 1"),
	    store_world_number(w, "SELECT count(*) FROM intervention WHERE quick = 1"));
}

static void sources_were_asked_for_consent_and_some_said_nothing(void **state)
{
	struct store_world *w = *state;

	assert_true(store_world_number(w, "SELECT count(*) FROM report_consent_fact"
	                                  " WHERE answer = 1") > 0);
	assert_true(store_world_number(w, "SELECT count(*) FROM report_consent"
	                                  " WHERE released_at > 0") > 0);
	assert_true(store_world_number(w, "SELECT count(*) FROM advice_fact WHERE usable = 1") > 0);
	/* of a casefile that was stopped or archived nobody can open the question: it waits for nobody */
	assert_int_equal(store_world_number(w,
	                                    "SELECT count(*) FROM task t JOIN report_consent c ON"
	                                    " c.id = t.object_id JOIN casefile f ON"
	                                    " f.id = c.casefile_id WHERE t.object_kind = 54"
	                                    " AND t.done_at = 0 AND f.state >= 10"),
	                 0);
}

/* What a casefile leaves: 18, 24, 35, 52 (work_store.c). Desks (10) don't see what is over (10, 11). */
static void nothing_waits_and_nothing_is_new_that_nobody_can_open(void **state)
{
	static const char *const NONE[] = {
		"SELECT count(*) FROM task t JOIN casefile c ON c.id = t.casefile_id WHERE"
		" t.done_at = 0 AND c.state >= 11 AND t.object_kind NOT IN (18, 24, 35, 52)",
		"SELECT count(*) FROM news n JOIN casefile c ON c.id = n.casefile_id WHERE"
		" c.state >= 11 AND n.object_kind NOT IN (18, 24, 35, 52)",
		"SELECT count(*) FROM news n JOIN signal s ON s.id = n.object_id WHERE"
		" n.object_kind = 10 AND (s.state = 12 OR s.state IN (10, 11)"
		" AND n.audience_id / 281474976710656 = 10 AND n.kind NOT IN (37, 38, 39))"
	};

	for (size_t i = 0; i < sizeof NONE / sizeof NONE[0]; i++)
		assert_int_equal(store_world_number(*state, NONE[i]), 0);
}

/* Who opens the region first sees a bureau that keeps up: less than half of what waits is late. */
static void most_that_waits_is_in_time(void **state)
{
	assert_true(store_world_number(
			*state, "SELECT sum(CASE WHEN due_day < (SELECT max(at_ms) / 86400000"
				" FROM audit_event) THEN 1 ELSE -1 END) FROM task WHERE"
				" done_at = 0") < 0);
}

static void somebody_searched_more_than_usual_and_the_head_is_asked_to_look(void **state)
{
	struct store_world *w = *state;

	assert_int_equal(store_world_number(w, "SELECT count(*) FROM budget_alarm"), 1);
}

static void a_talk_or_a_message_brings_in_no_money(void **state)
{
	struct store_world *w = *state;

	assert_int_equal(store_world_number(w, "SELECT count(*) FROM intervention_amount m,"
	                                       " intervention q WHERE q.id = m.intervention_id"
	                                       " AND q.kind IN (5, 6)"),
	                 0);
	assert_true(store_world_number(w, "SELECT count(*) FROM intervention_amount") > 0);
}

static void a_hold_is_signed_and_keeps_a_casefile(void **state)
{
	struct store_world *w = *state;

	assert_int_equal(store_world_number(w, "SELECT count(*) FROM destruction_hold"
	                                       " WHERE state = 2"),
	                 1);
	assert_int_equal(store_world_number(w, "SELECT count(*) FROM casefile WHERE held = 1"), 1);
}

static int64_t came_to(const struct array *steps, int64_t state, int64_t action)
{
	const struct step_count *s = steps->items;
	int64_t sum = 0;

	for (size_t i = 0; i < steps->count; i++)
		if (s[i].state == state && (action == 0 || s[i].action == action))
			sum += s[i].count;
	return sum;
}

/* Counted anew from what happened to each record, by another statement. */
static int64_t recount(struct store_world *w, const char *what, const struct figures_period *p)
{
	char sql[512];

	(void)snprintf(sql, sizeof sql, "SELECT count(*) FROM %s >= %lld AND at < %lld", what,
	               (long long)p->from_ms, (long long)p->until_ms);
	return store_world_number(w, sql);
}

static void the_monitor_says_what_a_recount_of_the_records_says(void **state)
{
	struct store_world *w = *state;
	struct error e = { 0 };
	struct arena a;

	arena_init(&a, ARENA_SOFT_BYTES);
	for (int y = 2025; y <= 2026; y++) {
		const struct figures_period p = play_year(y);
		struct array signals, casefiles, answers;
		struct db_read *r;
		int64_t answered = 0;

		assert_int_equal(db_read_begin(w->db, &r, &e), OK);
		assert_int_equal(figures_signals(r, &p, &a, &signals, &e), OK);
		assert_int_equal(figures_casefiles(r, &p, &a, &casefiles, &e), OK);
		assert_int_equal(figures_answers(r, &p, &a, &answers, &e), OK);
		db_read_end(r);
		assert_int_equal(came_to(&signals, SIGNAL_SUBMITTED, SIGNAL_SUBMIT),
		                 recount(w, "signal_history WHERE action = 1 AND at", &p));
		assert_int_equal(came_to(&signals, SIGNAL_ADOPTED_CASE, 0),
		                 recount(w, "signal_history WHERE to_state = 6 AND at", &p));
		assert_int_equal(came_to(&signals, SIGNAL_NOT_ADOPTED, 0),
		                 recount(w, "signal_history WHERE to_state = 10 AND at", &p));
		assert_int_equal(came_to(&casefiles, 2, 0),
		                 recount(w, "casefile_history WHERE to_state = 2 AND at", &p));
		for (size_t i = 0; i < answers.count; i++)
			answered += ((const struct answer_count *)answers.items)[i].count;
		assert_int_equal(answered,
		                 recount(w,
		                         "(SELECT answered_at AS at FROM information_request)"
		                         " AS answer WHERE at",
		                         &p));
		assert_true(came_to(&signals, SIGNAL_SUBMITTED, SIGNAL_SUBMIT) > 10);
		assert_true(answered > 5);
	}
	arena_reset(&a);
}

static void nine_other_regions_sent_theirs_and_tell_no_small_count(void **state)
{
	struct store_world *w = *state;

	assert_int_equal(
	    store_world_number(w, "SELECT count(*) FROM region_figures WHERE year = 2026"), 9);
	assert_int_equal(store_world_number(w, "SELECT count(*) FROM region_figure WHERE value > 0"
	                                       " AND value < 5"),
	                 0);
}

/* ---- every other figure, and a municipality's year ----------------------------------------------- */

static int64_t interventions_at(const struct array *list, int64_t state, int64_t weight)
{
	const struct weighed_count *c = list->items;
	int64_t sum = 0;

	for (size_t i = 0; i < list->count; i++)
		if (c[i].state == state && c[i].weight == weight)
			sum += c[i].count;
	return sum;
}

#define OF(p) (long long)(p).from_ms, (long long)(p).until_ms
#define L(n)  ((long long)(n))

static void same_interventions(struct store_world *w, struct db_read *r, struct arena *a,
                               const struct figures_period *p)
{
	struct array list;
	struct error e = { 0 };

	assert_int_equal(figures_interventions(r, p, a, &list, &e), OK);
	for (int64_t state = 2; state <= 13; state++)
		for (int64_t weight = 1; weight <= 3; weight++)
			assert_int_equal(
			    interventions_at(&list, state, weight),
			    play_number(
				w,
				"SELECT count(*) FROM intervention_history h, intervention q"
				" WHERE q.id = h.intervention_id AND h.to_state = %lld"
				" AND q.weight = %lld AND h.at >= %lld AND h.at < %lld",
				L(state), L(weight), OF(*p)));
}

static void same_hours_and_amounts(struct store_world *w, struct db_read *r, struct arena *a,
                                   const struct figures_period *p)
{
	struct array hours, amounts;
	struct error e = { 0 };
	int64_t delivered = 0, cents[AMOUNT_COLUMNS] = { 0 };

	assert_int_equal(figures_hours(r, p, a, &hours, &e), OK);
	assert_int_equal(figures_amounts(r, p, a, &amounts, &e), OK);
	for (size_t i = 0; i < hours.count; i++)
		delivered += ((const struct hours_count *)hours.items)[i].delivered;
	for (size_t i = 0; i < amounts.count; i++)
		for (int k = 0; k < AMOUNT_COLUMNS; k++)
			cents[k] += ((const struct amounts_count *)amounts.items)[i].cents[k];
	assert_int_equal(delivered,
	                 play_number(w,
	                             "SELECT coalesce(sum(hours), 0) FROM intervention_report"
	                             " WHERE reported_at >= %lld AND reported_at < %lld",
	                             OF(*p)));
	for (int k = 0; k < AMOUNT_COLUMNS; k++)
		assert_int_equal(
		    cents[k], play_number(w,
		                          "SELECT coalesce(sum(cents), 0) FROM intervention_amount"
		                          " WHERE kind = %lld AND registered_at >= %lld"
		                          " AND registered_at < %lld",
		                          L(k + 1), OF(*p)));
}

static void same_effects_and_white_spots(struct store_world *w, struct db_read *r, struct arena *a,
                                         const struct figures_period *p)
{
	struct array effects, silent;
	struct error e = { 0 };
	uint64_t heard = 0;
	int64_t all = 0;

	assert_int_equal(figures_effects(r, p, a, &effects, &e), OK);
	assert_int_equal(figures_silent_municipalities(r, p, a, &silent, &e), OK);
	assert_int_equal(figures_themes_heard(r, p, &heard, &e), OK);
	for (int m = 0; m < EFFECT_MOMENTS; m++) {
		all = 0;
		for (size_t i = 0; i < effects.count; i++) {
			const struct effect_count *seen = effects.items;
			if (seen[i].months == EFFECT_MOMENT_MONTHS[m])
				all += seen[i].count;
		}
		assert_int_equal(
		    all, play_number(w,
		                     "SELECT count(*) FROM effect_assessment WHERE months = %lld"
		                     " AND assessed_at < %lld",
		                     L(EFFECT_MOMENT_MONTHS[m]), L(p->until_ms)));
	}
	assert_int_equal(
	    silent.count,
	    play_number(
		w,
		"SELECT count(*) FROM region_municipality g, region o WHERE o.id = g.region_id"
		" AND o.own = 1 AND g.valid_from <= %lld AND coalesce(g.valid_until, 99999) >="
		" %lld AND g.municipality_id NOT IN (SELECT s.municipality_id FROM signal s,"
		" signal_history h WHERE h.signal_id = s.id AND h.action = 1 AND h.at >= %lld"
		" AND h.at < %lld AND s.municipality_id IS NOT NULL)"
		/* what was destroyed names no municipality any more: only its statistic row does */
		" AND g.municipality_id NOT IN (SELECT t.municipality_id FROM"
		" signal_statistic t WHERE t.municipality_id IS NOT NULL AND t.transition = 2"
		" AND t.quarter >= %lld AND t.quarter <= %lld)",
		L(local_day(p->until_ms - 1)), L(local_day(p->until_ms - 1)), OF(*p),
		L(p->first_quarter), L(p->last_quarter)));
	/* nor its theme */
	for (int64_t theme = 1; theme < 64; theme++)
		assert_int_equal(
		    (heard >> theme) & 1,
		    play_number(
			w,
			"SELECT CASE WHEN (SELECT count(*) FROM signal s, signal_history h WHERE"
			" h.signal_id = s.id AND h.action = 1 AND s.theme = %lld AND h.at >= %lld"
			" AND h.at < %lld) + (SELECT count(*) FROM signal_statistic t WHERE"
			" t.theme = %lld AND t.transition = 2 AND t.quarter >= %lld AND"
			" t.quarter <= %lld) > 0 THEN 1 ELSE 0 END",
			L(theme), OF(*p), L(theme), L(p->first_quarter), L(p->last_quarter)));
}

/* Before the advice; by the state they came to. */
static void same_quick_ones(struct store_world *w, struct db_read *r, struct arena *a,
                            const struct figures_period *p)
{
	struct array list;
	struct error e = { 0 };
	int64_t quick[16] = { 0 };

	assert_int_equal(figures_interventions(r, p, a, &list, &e), OK);
	for (size_t i = 0; i < list.count; i++) {
		const struct weighed_count *c = &((const struct weighed_count *)list.items)[i];
		assert_in_range(c->state, 1, 15);
		quick[c->state] += c->quick;
	}
	for (int64_t state = 2; state <= 13; state++)
		assert_int_equal(
		    quick[state],
		    play_number(w,
		                "SELECT count(*) FROM intervention_history h, intervention q"
		                " WHERE q.id = h.intervention_id AND q.quick = 1 AND h.to_state ="
		                " %lld AND h.at >= %lld AND h.at < %lld",
		                L(state), OF(*p)));
}

static void same_pledges(struct store_world *w, struct db_read *r, struct arena *a,
                         const struct figures_period *p)
{
	struct array hours;
	struct error e = { 0 };
	int64_t pledged = 0;

	assert_int_equal(figures_hours(r, p, a, &hours, &e), OK);
	for (size_t i = 0; i < hours.count; i++)
		pledged += ((const struct hours_count *)hours.items)[i].pledged;
	assert_int_equal(pledged, play_number(w,
	                                      "SELECT coalesce(sum(o.hours_pledged), 0) FROM"
	                                      " intervention_owner o, intervention q WHERE q.id ="
	                                      " o.intervention_id AND q.created_at >= %lld AND"
	                                      " q.created_at < %lld",
	                                      OF(*p)));
}

/* What helped: by instrument, moment and effect. */
static void same_effect_of_instruments(struct store_world *w, struct db_read *r, struct arena *a,
                                       const struct figures_period *p)
{
	struct array effects;
	struct error e = { 0 };

	assert_int_equal(figures_effects(r, p, a, &effects, &e), OK);
	for (size_t i = 0; i < effects.count; i++) {
		const struct effect_count *c = &((const struct effect_count *)effects.items)[i];
		assert_int_equal(
		    c->count,
		    play_number(w,
		                "SELECT count(*) FROM effect_assessment WHERE instrument ="
		                " %lld AND months = %lld AND effect = %lld AND"
		                " assessed_at < %lld",
		                L(c->instrument), L(c->months), L(c->effect), L(p->until_ms)));
	}
}

static void same_seizures(struct store_world *w, struct db_read *r, int y)
{
	const long long first = day_from_civil((struct civil){ y, 1, 1 });
	const long long after = day_from_civil((struct civil){ y + 1, 1, 1 });
	struct seizure_year found;
	struct error e = { 0 };

	assert_int_equal(seizure_year_load(r, y, &found, &e), OK);
	for (int k = 0; k < AMOUNT_COLUMNS; k++)
		assert_int_equal(
		    found.cents[k] > 0 ? found.cents[k] : 0,
		    play_number(w,
		                "SELECT coalesce(sum(cents), 0) FROM seizure_amount WHERE"
		                " amount = %lld AND day >= %lld AND day < %lld",
		                L(k + 1), first, after));
}

static void every_other_figure_stands_a_recount_too(void **state)
{
	struct store_world *w = *state;
	struct error e = { 0 };
	struct arena a;

	arena_init(&a, ARENA_SOFT_BYTES);
	for (int y = 2025; y <= 2026; y++) {
		const struct figures_period p = play_year(y);
		struct db_read *r;

		assert_int_equal(db_read_begin(w->db, &r, &e), OK);
		same_interventions(w, r, &a, &p);
		same_hours_and_amounts(w, r, &a, &p);
		same_effects_and_white_spots(w, r, &a, &p);
		same_quick_ones(w, r, &a, &p);
		same_pledges(w, r, &a, &p);
		same_effect_of_instruments(w, r, &a, &p);
		same_seizures(w, r, y);
		db_read_end(r);
	}
	arena_reset(&a);
}

/* What casefiles did since they belong to the project: it is told when people are named, before anything else. */
static void a_project_stands_a_recount(void **state)
{
	struct store_world *w = *state;
	struct error e = { 0 };
	struct arena a;
	struct db_read *r;
	int64_t steps = 0;

	arena_init(&a, ARENA_SOFT_BYTES);
	assert_int_equal(db_read_begin(w->db, &r, &e), OK);
	assert_true(play_number(w, "SELECT count(*) FROM casefile WHERE project_id = 1") > 2);
	for (int y = 2025; y <= 2026; y++) {
		struct figures_period p = play_year(y);
		struct array casefiles, interventions, amounts;
		int64_t cents = 0;

		p.project_id = 1;
		assert_int_equal(figures_casefiles(r, &p, &a, &casefiles, &e), OK);
		assert_int_equal(figures_interventions(r, &p, &a, &interventions, &e), OK);
		assert_int_equal(figures_amounts(r, &p, &a, &amounts, &e), OK);
		for (int64_t state_ = 2; state_ <= 8; state_++) {
			const int64_t came = came_to(&casefiles, state_, 0);
			assert_int_equal(
			    came, play_number(w,
			                      "SELECT count(*) FROM casefile_history h, casefile c"
			                      " WHERE c.id = h.casefile_id AND c.project_id = 1"
			                      " AND h.action < 100 AND h.to_state = %lld"
			                      " AND h.at >= %lld AND h.at < %lld",
			                      L(state_), OF(p)));
			steps += came;
		}
		for (int64_t weight = 1; weight <= 3; weight++)
			assert_int_equal(
			    interventions_at(&interventions, INTERVENTION_EXECUTED, weight),
			    play_number(
				w,
				"SELECT count(*) FROM intervention_history h, intervention q,"
				" casefile c WHERE q.id = h.intervention_id AND c.id = "
				"q.casefile_id"
				" AND c.project_id = 1 AND h.to_state = %lld AND q.weight = %lld"
				" AND h.at >= %lld AND h.at < %lld",
				L(INTERVENTION_EXECUTED), L(weight), OF(p)));
		for (size_t i = 0; i < amounts.count; i++)
			for (int k = 0; k < AMOUNT_COLUMNS; k++)
				cents += ((const struct amounts_count *)amounts.items)[i].cents[k];
		assert_int_equal(cents,
		                 play_number(w,
		                             "SELECT coalesce(sum(m.cents), 0) FROM"
		                             " intervention_amount m, intervention q, casefile c"
		                             " WHERE q.id = m.intervention_id AND c.id ="
		                             " q.casefile_id AND c.project_id = 1"
		                             " AND m.registered_at >= %lld AND m.registered_at <"
		                             " %lld",
		                             OF(p)));
	}
	assert_true(steps > 3);
	db_read_end(r);
	arena_reset(&a);
}

static void same_year(struct store_world *w, struct db_read *r, struct arena *a,
                      const struct year_place *p)
{
	const struct figures_period *f = p->period;
	struct year_counts c = { 0 };
	struct error e = { 0 };

	assert_int_equal(year_load(r, p, a, &c, &e), OK);
	const struct year_sums s = year_sums_of(&c);
	const int64_t living =
	    play_number(w,
	                "SELECT count(*) FROM signal_history h, signal s WHERE s.id = h.signal_id"
	                " AND h.action = 1 AND s.municipality_id = %lld AND h.at >= %lld"
	                " AND h.at < %lld",
	                L(p->municipality_id), OF(*f));
	/* what was destroyed names no municipality any more: only its statistic row does */
	assert_true(p->living ? s.own + s.others == living : s.own + s.others >= living);
	const int64_t adopted = play_number(
	    w,
	    "SELECT count(*) FROM signal_history h, signal s WHERE s.id = h.signal_id AND"
	    " h.to_state IN (6, 7) AND s.municipality_id = %lld AND h.at >= %lld AND"
	    " h.at < %lld",
	    L(p->municipality_id), OF(*f));
	assert_true(p->living ? s.adopted == adopted : s.adopted >= adopted);
	assert_int_equal(s.executed,
	                 play_number(w,
	                             "SELECT count(*) FROM intervention_history h, intervention q"
	                             " WHERE q.id = h.intervention_id AND h.to_state = 9 AND"
	                             " q.municipality_id = %lld AND h.at >= %lld AND h.at < %lld",
	                             L(p->municipality_id), OF(*f)));
	assert_int_equal(s.assessed,
	                 play_number(w,
	                             "SELECT count(DISTINCT q.id) FROM effect_assessment t,"
	                             " intervention q WHERE q.id = t.intervention_id AND"
	                             " q.municipality_id = %lld AND t.assessed_at >= %lld"
	                             " AND t.assessed_at < %lld",
	                             L(p->municipality_id), OF(*f)));
}

/* Large and small: from the rows without names, and from what lives. */
static void every_municipality_s_year_stands_a_recount(void **state)
{
	struct store_world *w = *state;
	struct error e = { 0 };
	struct arena a;
	struct db_read *r;
	struct region own;
	struct array all;

	arena_init(&a, ARENA_SOFT_BYTES);
	assert_int_equal(db_read_begin(w->db, &r, &e), OK);
	assert_int_equal(region_own(r, &a, &own, &e), OK);
	for (int y = 2025; y <= 2026; y++) {
		const struct figures_period p = play_year(y);
		assert_int_equal(
		    municipality_list(r, own.id, local_day(p.until_ms - 1), &a, &all, &e), OK);
		assert_true(all.count > 10);
		for (size_t i = 0; i < all.count; i++) {
			const struct municipality *m = &((const struct municipality *)all.items)[i];
			same_year(w, r, &a,
			          &(struct year_place){ &p, m->id,
			                                m->inhabitants < STATISTIC_INHABITANTS });
		}
	}
	db_read_end(r);
	arena_reset(&a);
}

static void every_act_stands_in_the_log_and_the_log_is_sealed(void **state)
{
	struct store_world *w = *state;

	assert_int_equal(store_world_number(w, "SELECT count(*) FROM audit_event"), 0);
	assert_true(store_world_number(w, "SELECT sum(size) FROM audit_tree") > 400);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(signals_have_gone_all_the_way_and_some_are_under_way),
		cmocka_unit_test(outcomes_of_a_meeting_follow_one_another),
		cmocka_unit_test(nothing_stays_longer_than_its_term),
		cmocka_unit_test(casefiles_end_in_every_way),
		cmocka_unit_test(what_was_wrong_is_put_right_and_what_worked_is_published),
		cmocka_unit_test(people_write_together_and_a_part_goes_its_own_way),
		cmocka_unit_test(partners_agree_on_what_they_say_together_and_some_say_no_first),
		cmocka_unit_test(what_could_not_wait_was_decided_within_a_mandate),
		cmocka_unit_test(sources_were_asked_for_consent_and_some_said_nothing),
		cmocka_unit_test(most_that_waits_is_in_time),
		cmocka_unit_test(somebody_searched_more_than_usual_and_the_head_is_asked_to_look),
		cmocka_unit_test(nothing_waits_and_nothing_is_new_that_nobody_can_open),
		cmocka_unit_test(a_talk_or_a_message_brings_in_no_money),
		cmocka_unit_test(a_hold_is_signed_and_keeps_a_casefile),
		cmocka_unit_test(the_monitor_says_what_a_recount_of_the_records_says),
		cmocka_unit_test(nine_other_regions_sent_theirs_and_tell_no_small_count),
		cmocka_unit_test(every_other_figure_stands_a_recount_too),
		cmocka_unit_test(a_project_stands_a_recount),
		cmocka_unit_test(every_step_lasts_as_long_as_a_recount_says),
		cmocka_unit_test(every_step_of_signals_and_casefiles_stands_a_recount),
		cmocka_unit_test(answers_and_messages_in_time_stand_a_recount),
		cmocka_unit_test(who_owes_feedback_stands_a_recount),
		cmocka_unit_test(effects_that_are_not_known_stand_a_recount),
		cmocka_unit_test(the_rest_of_a_municipality_s_year_stands_a_recount),
		cmocka_unit_test(what_instruments_taught_stands_a_recount),
		cmocka_unit_test(every_municipality_s_year_stands_a_recount),
		cmocka_unit_test(narrowed_interventions_stand_a_recount),
		cmocka_unit_test(narrowed_signals_and_casefiles_stand_a_recount),
		cmocka_unit_test(everything_that_the_region_sends_stands_a_recount),
		cmocka_unit_test(most_rows_are_in_the_sums_and_some_came_after),
		cmocka_unit_test(every_act_stands_in_the_log_and_the_log_is_sealed),
	};
	return cmocka_run_group_tests_name("play", tests, set_up, tear_down);
}
