/* Sums of statistic rows: each row counts once, whenever the sums were last kept, and none too early. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "house_world.h"
#include "monitor/figures.h"
#include "monitor/tally.h"
#include "platform/core/arena.h"

enum { EARLIEST = 2025, ROUNDS = 40, MOST_ROWS = 30 };

static const struct db_stmt ADD_SIGNAL = {
	"test_tally_signal", "iiiiii",
	"INSERT INTO signal_statistic (quarter, letter, municipality_id, theme, crime_form, line,"
	" transition, reason_class, days_in_state, action) VALUES ($1, 'i', NULL, $2, 1, $3, $4, 0,"
	" $5, $6)"
};
static const struct db_stmt ADD_CASEFILE = {
	"test_tally_casefile", "iiiiii",
	"INSERT INTO casefile_statistic (quarter, municipality_id, theme, crime_form, activity,"
	" variant, transition, reason_class, days_in_state, action) VALUES ($1, NULL, $2, 1, 1, $3,"
	" $4, 0, $5, $6)"
};
static const struct db_stmt ADD_ANSWER = {
	"test_tally_answer", "itii",
	"INSERT INTO request_statistic (quarter, letter, kind, late, days)"
	" VALUES ($1, $2, 1, $3, $4)"
};
/* $7: the moment of an effect, or 0. */
static const struct db_stmt ADD_INTERVENTION = {
	"test_tally_intervention", "iiiiiii",
	"INSERT INTO intervention_statistic (quarter, municipality_id, theme, instrument, kind,"
	" weight, barrier, participant_id, letter, transition, days_in_state, hours_pledged,"
	" hours_delivered, calculated, claimed, imposed, seized, collected, set_off, prevented,"
	" effect, months, late_report, quick) VALUES ($1, NULL, $2, 300 + $5, $6 % 3 + 1, $3, 2, "
	"NULL,"
	" 'a', $4, $5, $6, $6 * 2, 0, 0, $6 * 100, 0, $5, 0, 0, CASE WHEN $7 > 0 THEN $6 % 4 ELSE "
	"-1"
	" END, $7, 0, $6 % 2)"
};

/* xorshift64*: the same rows everywhere. */
struct dice {
	uint64_t state;
};
static int64_t below(struct dice *d, int64_t n)
{
	d->state ^= d->state >> 12;
	d->state ^= d->state << 25;
	d->state ^= d->state >> 27;
	return (int64_t)((d->state * UINT64_C(2685821657736338717)) >> 33) % n;
}

struct adding {
	struct dice *dice;
	int64_t rows;
};

static enum status add_one(struct db_tx *tx, struct dice *d, struct error *reterr)
{
	static const char *const LETTERS[] = { "a", "f", "i" };
	const int64_t quarter = (EARLIEST + below(d, 2)) * 10 + 1 + below(d, 4);
	const int64_t theme = 1 + below(d, 4), of = 1 + below(d, 3), to = below(d, 6);
	const int64_t days = below(d, 5), action = below(d, 4);

	switch (below(d, 4)) {
	case 0:
		return db_exec(tx, &ADD_SIGNAL,
		               DB_ARGS(DB_INT(quarter), DB_INT(theme), DB_INT(of), DB_INT(to),
		                       DB_INT(days), DB_INT(action)),
		               NULL, reterr);
	case 1:
		return db_exec(tx, &ADD_CASEFILE,
		               DB_ARGS(DB_INT(quarter), DB_INT(theme), DB_INT(of), DB_INT(to),
		                       DB_INT(days), DB_INT(action)),
		               NULL, reterr);
	case 2:
		return db_exec(tx, &ADD_ANSWER,
		               DB_ARGS(DB_INT(quarter), DB_TEXT(LETTERS[of - 1]), DB_INT(to % 2),
		                       DB_INT(days)),
		               NULL, reterr);
	default:
		return db_exec(tx, &ADD_INTERVENTION,
		               DB_ARGS(DB_INT(quarter), DB_INT(theme), DB_INT(of), DB_INT(to),
		                       DB_INT(days), DB_INT(action), DB_INT(to % 2 * 6)),
		               NULL, reterr);
	}
}

static enum status add_run(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct adding *a = args;
	enum status st = OK;

	for (int64_t i = 0; st == OK && i < a->rows; i++)
		st = add_one(tx, a->dice, reterr);
	return st;
}

static void add(struct house *h, struct dice *d, int64_t rows)
{
	store_world_run(h->store, add_run, &(struct adding){ d, rows });
}

/* How many rows went into the sums. */
static int64_t keep(struct house *h, int64_t at_ms)
{
	struct error e = { 0 };
	int64_t rows = 0;

	if (tallies_keep(h->plein.db, at_ms, &rows, &e) != OK)
		fail_msg("%s (%s)", e.message, e.cause);
	return rows;
}

static int64_t number(struct house *h, const char *sql)
{
	return store_world_number(h->store, sql);
}

/* ---- what the monitor would say ------------------------------------------------------------------- */

/* Everything that it counts in two years, each kind weighed by something of its own. */
struct sums {
	int64_t signals, signal_days, casefiles, casefile_days, answers, late, moved, moved_days,
	    quick, pledged, delivered, effects, good, imposed, collected;
};

static void count_steps(struct db_read *r, const struct figures_period *p, struct arena *a,
                        struct sums *ret)
{
	struct error e = { 0 };
	struct array steps;

	assert_int_equal(figures_signals(r, p, a, &steps, &e), OK);
	for (size_t i = 0; i < steps.count; i++) {
		const struct step_count *s = &((const struct step_count *)steps.items)[i];
		ret->signals += s->count;
		ret->signal_days += s->count * s->days * (s->state + 1) * (s->action + 1);
	}
	assert_int_equal(figures_casefiles(r, p, a, &steps, &e), OK);
	for (size_t i = 0; i < steps.count; i++) {
		const struct step_count *s = &((const struct step_count *)steps.items)[i];
		ret->casefiles += s->count;
		ret->casefile_days += s->count * s->days * (s->state + 1) * (s->action + 1);
	}
	assert_int_equal(figures_answers(r, p, a, &steps, &e), OK);
	for (size_t i = 0; i < steps.count; i++) {
		const struct answer_count *s = &((const struct answer_count *)steps.items)[i];
		ret->answers += s->count * (s->days + 1) * (s->letter - 'a' + 1);
		ret->late += s->late ? s->count : 0;
	}
}

static void count_work(struct db_read *r, const struct figures_period *p, struct arena *a,
                       struct sums *ret)
{
	struct error e = { 0 };
	struct array rows;

	assert_int_equal(figures_interventions(r, p, a, &rows, &e), OK);
	for (size_t i = 0; i < rows.count; i++) {
		const struct weighed_count *s = &((const struct weighed_count *)rows.items)[i];
		ret->moved += s->count;
		ret->moved_days += s->count * s->days * (s->state + 1) * s->weight;
		ret->quick += s->quick;
	}
	assert_int_equal(figures_hours(r, p, a, &rows, &e), OK);
	for (size_t i = 0; i < rows.count; i++) {
		const struct hours_count *s = &((const struct hours_count *)rows.items)[i];
		ret->pledged += s->pledged * (s->quarter - EARLIEST * 10);
		ret->delivered += s->delivered;
	}
	assert_int_equal(figures_effects_of(r, p, a, &rows, &e), OK);
	for (size_t i = 0; i < rows.count; i++) {
		const struct effect_count *s = &((const struct effect_count *)rows.items)[i];
		ret->effects += s->count * s->instrument;
		ret->good += s->count * s->effect * s->months;
	}
	assert_int_equal(figures_amounts(r, p, a, &rows, &e), OK);
	for (size_t i = 0; i < rows.count; i++) {
		const struct amounts_count *s = &((const struct amounts_count *)rows.items)[i];
		ret->imposed += s->cents[AMOUNT_IMPOSED - 1] * s->kind;
		ret->collected += s->cents[AMOUNT_COLLECTED - 1];
	}
}

static struct sums said(struct house *h, int weight)
{
	const struct figures_period p = { .first_quarter = EARLIEST * 10 + 1,
		                          .last_quarter = EARLIEST * 10 + 14,
		                          .letter = "",
		                          .weight = weight };
	struct sums s = { 0 };
	struct db_read *r = NULL;
	struct error e = { 0 };
	struct arena a;

	arena_init(&a, 1 << 20);
	assert_int_equal(db_read_begin(h->plein.db, &r, &e), OK);
	count_steps(r, &p, &a, &s);
	count_work(r, &p, &a, &s);
	db_read_end(r);
	arena_reset(&a);
	return s;
}

/* The same by one statement each, over the rows alone. */
static struct sums recounted(struct house *h)
{
#define STEPS      "SELECT coalesce(sum(days_in_state * (transition + 1) * (action + 1)), 0) FROM "
#define WORK(what) number(h, "SELECT coalesce(sum(" what "), 0) FROM intervention_statistic")
	return (struct sums){
		.signals = number(h, "SELECT count(*) FROM signal_statistic"),
		.signal_days = number(h, STEPS "signal_statistic"),
		.casefiles = number(h, "SELECT count(*) FROM casefile_statistic"),
		.casefile_days = number(h, STEPS "casefile_statistic"),
		.answers = number(h, "SELECT coalesce(sum((days + 1) * CASE letter WHEN 'a' THEN 1"
		                     " WHEN 'f' THEN 6 ELSE 9 END), 0) FROM request_statistic"),
		.late = number(h, "SELECT coalesce(sum(late), 0) FROM request_statistic"),
		.moved = WORK("CASE WHEN transition > 0 THEN 1 ELSE 0 END"),
		.moved_days =
		    WORK("CASE WHEN transition > 0 THEN days_in_state * (transition + 1) *"
		         " weight ELSE 0 END"),
		.quick = WORK("CASE WHEN transition > 0 THEN quick ELSE 0 END"),
		.pledged = WORK("hours_pledged * (quarter - 20250)"),
		.delivered = WORK("hours_delivered"),
		.effects = WORK("CASE WHEN effect >= 0 THEN instrument ELSE 0 END"),
		.good = WORK("CASE WHEN effect >= 0 THEN effect * months ELSE 0 END"),
		.imposed = WORK("imposed * kind"),
		.collected = WORK("collected"),
	};
}

static void assert_same_sums(const struct sums *a, const struct sums *b)
{
	const int64_t *x = &a->signals, *y = &b->signals;

	for (size_t i = 0; i < sizeof *a / sizeof *x; i++)
		if (x[i] != y[i])
			fail_msg("figure %zu: %lld said, %lld recounted", i, (long long)x[i],
			         (long long)y[i]);
}

/* ---- promises -------------------------------------------------------------------------------------- */

static void a_row_counts_once_whenever_the_sums_were_kept(void **state)
{
	struct house *h = *state;
	struct dice dice = { 20261123 };
	int64_t now = HOUSE_NOW, summed = 0;

	for (int round = 0; round < ROUNDS; round++) {
		add(h, &dice, below(&dice, MOST_ROWS));
		now += below(&dice, 2) * TALLY_SETTLED_MS;
		if (below(&dice, 3) > 0)
			summed += keep(h, now);
		const struct sums a = said(h, 0), b = recounted(h);
		assert_same_sums(&a, &b);
	}
	assert_true(summed > ROUNDS);
	assert_int_equal(number(h, "SELECT sum(counted_id) FROM tally_mark"), summed);
}

static void weights_are_told_apart_and_together_are_all(void **state)
{
	struct house *h = *state;
	struct dice dice = { 7 };
	int64_t all = 0;

	add(h, &dice, 200);
	(void)keep(h, HOUSE_NOW);
	assert_true(keep(h, HOUSE_NOW + TALLY_SETTLED_MS) > 0);
	for (int weight = 1; weight <= 3; weight++) {
		const int64_t moved = said(h, weight).moved;
		assert_true(moved > 0);
		all += moved;
	}
	assert_int_equal(all, recounted(h).moved);
}

/* On PostgreSQL a row can become visible after one with a higher number. */
static void no_row_is_summed_before_all_that_began_earlier_is_over(void **state)
{
	struct house *h = *state;
	struct dice dice = { 11 };

	add(h, &dice, 50);
	assert_int_equal(keep(h, HOUSE_NOW), 0);
	assert_int_equal(keep(h, HOUSE_NOW + TALLY_SETTLED_MS - 1), 0);
	add(h, &dice, 50);
	assert_int_equal(keep(h, HOUSE_NOW + TALLY_SETTLED_MS), 50);
	assert_int_equal(keep(h, HOUSE_NOW + 2 * TALLY_SETTLED_MS - 1), 0);
	assert_int_equal(keep(h, HOUSE_NOW + 2 * TALLY_SETTLED_MS), 50);
	const struct sums a = said(h, 0), b = recounted(h);
	assert_same_sums(&a, &b);
}

static void a_clock_that_was_set_back_sums_nothing_too_early(void **state)
{
	struct house *h = *state;
	struct dice dice = { 13 };

	add(h, &dice, 50);
	assert_int_equal(keep(h, HOUSE_NOW + INT64_C(86400000)), 0);
	assert_int_equal(keep(h, HOUSE_NOW), 0);
	assert_int_equal(keep(h, HOUSE_NOW + TALLY_SETTLED_MS - 1), 0);
	assert_int_equal(keep(h, HOUSE_NOW + TALLY_SETTLED_MS), 50);
}

static void the_sums_are_far_fewer_than_the_rows(void **state)
{
	struct house *h = *state;
	struct dice dice = { 17 };

	add(h, &dice, 4000);
	(void)keep(h, HOUSE_NOW);
	assert_int_equal(keep(h, HOUSE_NOW + TALLY_SETTLED_MS), 4000);
	assert_in_range(number(h, "SELECT count(*) FROM request_tally"), 1, 8 * 3 * 2 * 5);
	assert_in_range(number(h, "SELECT count(*) FROM amount_tally"), 1, 8 * 3 * 3);
}

int main(void)
{
#define HOUSE(f) cmocka_unit_test_setup_teardown(f, house_set_up, house_tear_down)
	const struct CMUnitTest tests[] = {
		HOUSE(a_row_counts_once_whenever_the_sums_were_kept),
		HOUSE(weights_are_told_apart_and_together_are_all),
		HOUSE(no_row_is_summed_before_all_that_began_earlier_is_over),
		HOUSE(a_clock_that_was_set_back_sums_nothing_too_early),
		HOUSE(the_sums_are_far_fewer_than_the_rows),
	};
	return cmocka_run_group_tests_name("tallies", tests, NULL, NULL);
}
