/* Figures of the monitor that are narrowed, and those that a region sends, counted anew in the played world. */
#include "play_narrowed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "interventions/intervention.h"
#include "monitor/counted.h"
#include "monitor/region_figures.h"
#include "platform/core/arena.h"
#include "platform/core/calendar.h"
#include "play_recount.h"

enum { ARENA_SOFT_BYTES = 1 << 20, FIRST_YEAR = 2025, LAST_YEAR = 2026, STATE_MAX = 13 };

#define OF(p) (long long)(p)->from_ms, (long long)(p)->until_ms
#define L(n)  ((long long)(n))

static int64_t number(const struct recount *c, const char *sql)
{
	return play_number(c->world, "%s", sql);
}

/* One way to narrow: what the page is asked for, and which records that leaves. */
struct narrow {
	struct figures_period period;
	const char *where; /* of a record `q` and its organ `o` */
};

/* Each visits every value of one way, for one year. Returns what all values had together. */
typedef int64_t visit_fn(struct recount *c, const struct narrow *n);

static int64_t visited(struct recount *c, const struct narrow *n, visit_fn *visit)
{
	const struct arena_mark mark = arena_mark(&c->arena);
	const int64_t all = visit(c, n);

	arena_rewind(&c->arena, mark);
	return all;
}

/* A number of each record, and the same in what the page is asked for. */
struct by_number {
	const char *column;
	size_t wish; /* offset of an int of struct figures_period */
	int last;    /* 1 is the first */
};
static const struct by_number THEME = { "q.theme", offsetof(struct figures_period, theme), 40 };
static const struct by_number LINE = { "q.line", offsetof(struct figures_period, line), 12 };
static const struct by_number VARIANT = { "q.variant", offsetof(struct figures_period, variant),
	                                  6 };

static int64_t each(struct recount *c, int year, const struct by_number *by, visit_fn *visit)
{
	int64_t sum = 0;

	for (int value = 1; value <= by->last; value++) {
		struct narrow n = { play_year(year),
			            arena_printf(&c->arena, "%s = %d", by->column, value) };
		*(int *)((char *)&n.period + by->wish) = value;
		sum += visited(c, &n, visit);
	}
	return sum;
}

static int64_t each_letter(struct recount *c, int year, visit_fn *visit)
{
	int64_t sum = 0;

	for (char letter = 'a'; letter <= 'l'; letter++) {
		const char *text = arena_printf(&c->arena, "%c", letter);
		struct narrow n = { play_year(year),
			            arena_printf(&c->arena, "o.letter = '%s'", text) };
		n.period.letter = text;
		sum += visited(c, &n, visit);
	}
	return sum;
}

/* Those that the page offers. */
static int64_t each_municipality(struct recount *c, int year, visit_fn *visit)
{
	const int64_t last = number(c, "SELECT max(id) FROM municipality");
	int64_t sum = 0;

	for (int64_t id = 1; id <= last; id++) {
		const char *large = arena_printf(
		    &c->arena,
		    "SELECT count(*) FROM municipality m, region_municipality g, region r WHERE"
		    " m.id = %lld AND m.inhabitants >= 20000 AND g.municipality_id = m.id AND"
		    " r.id = g.region_id AND r.own = 1",
		    L(id));
		if (number(c, large) == 0)
			continue;
		struct narrow n = { play_year(year),
			            arena_printf(&c->arena, "q.municipality_id = %lld", L(id)) };
		n.period.municipality_id = id;
		sum += visited(c, &n, visit);
	}
	return sum;
}

static void every_year(void **state, void (*promise)(struct recount *c, int year))
{
	struct recount c;

	recount_begin(&c, state);
	for (int y = FIRST_YEAR; y <= LAST_YEAR; y++)
		promise(&c, y);
	recount_end(&c);
}

/* ---- interventions: each of them still tells its theme, place and owner --------------------------- */

static int64_t same_states(struct recount *c, const struct narrow *n)
{
	struct array list;
	int64_t sum = 0;

	assert_int_equal(figures_interventions(c->db, &n->period, &c->arena, &list, &c->error), OK);
	for (int state = 2; state <= STATE_MAX; state++) {
		const int64_t counted = counted_weighed(&list, state, 0);
		assert_int_equal(
		    counted,
		    play_number(
			c->world,
			"SELECT count(*) FROM intervention_history h, intervention q, organ o"
			" WHERE q.id = h.intervention_id AND o.id = q.organ_id AND"
			" h.to_state = %d AND h.at >= %lld AND h.at < %lld AND %s",
			state, OF(&n->period), n->where));
		sum += counted;
	}
	return sum;
}

/* Who tells hours and amounts is who worked, beside the owner. */
static int64_t same_hours(struct recount *c, const struct narrow *n)
{
	struct array hours;
	int64_t delivered = 0;

	assert_int_equal(figures_hours(c->db, &n->period, &c->arena, &hours, &c->error), OK);
	for (size_t i = 0; i < hours.count; i++)
		delivered += ((const struct hours_count *)hours.items)[i].delivered;
	assert_int_equal(
	    delivered,
	    play_number(
		c->world,
		"SELECT coalesce(sum(t.hours), 0) FROM intervention_report t, intervention q,"
		" organ o WHERE q.id = t.intervention_id AND o.id = t.organ_id AND"
		" t.reported_at >= %lld AND t.reported_at < %lld AND %s",
		OF(&n->period), n->where));
	return delivered;
}

static int64_t same_amounts(struct recount *c, const struct narrow *n)
{
	struct array amounts;
	int64_t cents[AMOUNT_COLUMNS] = { 0 }, sum = 0;

	assert_int_equal(figures_amounts(c->db, &n->period, &c->arena, &amounts, &c->error), OK);
	for (size_t i = 0; i < amounts.count; i++)
		for (int k = 0; k < AMOUNT_COLUMNS; k++)
			cents[k] += ((const struct amounts_count *)amounts.items)[i].cents[k];
	for (int k = 0; k < AMOUNT_COLUMNS; k++) {
		assert_int_equal(
		    cents[k],
		    play_number(c->world,
		                "SELECT coalesce(sum(t.cents), 0) FROM intervention_amount t,"
		                " intervention q, organ o WHERE q.id = t.intervention_id AND o.id ="
		                " t.organ_id AND t.kind = %d AND t.registered_at >= %lld AND"
		                " t.registered_at < %lld AND %s",
		                k + 1, OF(&n->period), n->where));
		sum += cents[k];
	}
	return sum;
}

static int64_t same_effects(struct recount *c, const struct narrow *n)
{
	struct array effects;
	int64_t sum = 0;

	assert_int_equal(figures_effects_of(c->db, &n->period, &c->arena, &effects, &c->error), OK);
	for (int m = 0; m < EFFECT_MOMENTS; m++)
		for (int effect = 0; effect <= BEST_EFFECT; effect++) {
			const int months = EFFECT_MOMENT_MONTHS[m];
			const int64_t counted = counted_effects(&effects, months, effect);
			assert_int_equal(
			    counted,
			    play_number(c->world,
			                "SELECT count(*) FROM effect_assessment t, intervention q,"
			                " organ o WHERE q.id = t.intervention_id AND o.id ="
			                " q.organ_id AND t.months = %d AND t.effect = %d AND"
			                " t.assessed_at >= %lld AND t.assessed_at < %lld AND %s",
			                months, effect, OF(&n->period), n->where));
			sum += counted;
		}
	return sum;
}

static int64_t same_interventions(struct recount *c, const struct narrow *n)
{
	const int64_t work[] = { same_states(c, n), same_hours(c, n), same_amounts(c, n),
		                 same_effects(c, n) };

	return work[0] + work[1] + work[2] + work[3];
}

static void interventions_of_year(struct recount *c, int year)
{
	assert_true(each(c, year, &THEME, same_interventions) > 0);
	assert_true(each_letter(c, year, same_interventions) > 0);
	(void)each_municipality(c, year, same_interventions);
}

void narrowed_interventions_stand_a_recount(void **state)
{
	every_year(state, interventions_of_year);
}

/* ---- signals and casefiles: of what was destroyed only the row without names tells it -------------- */

static int64_t at_least_living(struct recount *c, const struct narrow *n, const struct array *steps,
                               const char *what)
{
	int64_t sum = 0;

	for (int state = 2; state < STATE_MAX; state++) {
		const int64_t counted = counted_times(steps, state, 0);
		const int64_t living = play_number(c->world,
		                                   "SELECT count(*) FROM %s AND h.to_state = %d "
		                                   "AND h.at >= %lld AND h.at < %lld AND %s",
		                                   what, state, OF(&n->period), n->where);
		assert_true(counted >= living);
		sum += counted;
	}
	return sum;
}

static int64_t same_signals(struct recount *c, const struct narrow *n)
{
	struct array steps;

	assert_int_equal(figures_signals(c->db, &n->period, &c->arena, &steps, &c->error), OK);
	return at_least_living(c, n, &steps,
	                       "signal_history h, signal q, organ o WHERE q.id = h.signal_id AND"
	                       " o.id = q.organ_id");
}

static int64_t same_casefiles(struct recount *c, const struct narrow *n)
{
	struct array steps;

	assert_int_equal(figures_casefiles(c->db, &n->period, &c->arena, &steps, &c->error), OK);
	return at_least_living(c, n, &steps,
	                       "casefile_history h, casefile q WHERE q.id = h.casefile_id AND"
	                       " h.from_state <> h.to_state");
}

static int64_t all_of(struct recount *c, int year, visit_fn *visit)
{
	const struct narrow n = { play_year(year), "1 = 1" };

	return visited(c, &n, visit);
}

/* At least what lives of each, and together neither more nor less than there is. */
static void signals_of_year(struct recount *c, int year)
{
	const int64_t all = all_of(c, year, same_signals);

	assert_true(all > 0);
	assert_int_equal(each(c, year, &THEME, same_signals), all);
	assert_int_equal(each(c, year, &LINE, same_signals), all);
	assert_int_equal(each_letter(c, year, same_signals), all);
	assert_in_range(each_municipality(c, year, same_signals), 1, all);
}

static void casefiles_of_year(struct recount *c, int year)
{
	const int64_t all = all_of(c, year, same_casefiles);

	assert_int_equal(each(c, year, &THEME, same_casefiles), all);
	assert_int_equal(each(c, year, &VARIANT, same_casefiles), all);
	(void)each_municipality(c, year, same_casefiles);
}

void narrowed_signals_and_casefiles_stand_a_recount(void **state)
{
	every_year(state, signals_of_year);
	every_year(state, casefiles_of_year);
}

/* ---- what the region sends ------------------------------------------------------------------------- */

/* From each figure's own text; %lld, %lld: the year. */
#define SIGNAL_TO(states)                                                                          \
	"SELECT count(*) FROM signal_history WHERE to_state IN (" states                           \
	") AND at >= %lld AND at < %lld"
#define CASEFILE_TO(state)                                                                         \
	"SELECT count(*) FROM casefile_history WHERE from_state <> to_state AND to_state = " state \
	" AND at >= %lld AND at < %lld"
#define ANSWERED(late)                                                                             \
	"SELECT count(*) FROM information_request WHERE answered_at / 86400000 " late              \
	" due_day AND answered_at >= %lld AND answered_at < %lld"
#define WEIGHED(state, weights)                                                                    \
	"SELECT count(*) FROM intervention_history h, intervention q WHERE q.id ="                 \
	" h.intervention_id AND h.to_state = " state " AND q.weight IN (" weights                  \
	") AND h.at >= %lld AND h.at < %lld"
#define AFTER_SIX(effect)                                                                          \
	"SELECT count(*) FROM effect_assessment WHERE months = 6 AND effect = " effect             \
	" AND assessed_at >= %lld AND assessed_at < %lld"
#define CENTS(kind)                                                                                \
	"SELECT coalesce(sum(cents), 0) FROM intervention_amount WHERE kind = " kind               \
	" AND registered_at >= %lld AND registered_at < %lld"
#define TIMES(kind)                                                                                \
	"SELECT count(*) FROM intervention_amount WHERE cents > 0 AND kind = " kind                \
	" AND registered_at >= %lld AND registered_at < %lld"

static const struct sent {
	const char *name, *sql, *times; /* times: how many registrations stand behind an amount */
} SENT[] = {
	{ "SIGNALS_SUBMITTED",
	  "SELECT count(*) FROM signal_history WHERE action = 1 AND at >= %lld AND at < %lld",
	  NULL },
	{ "SIGNALS_ADOPTED", SIGNAL_TO("6, 7"), NULL },
	{ "SIGNALS_NOT_ADOPTED", SIGNAL_TO("10"), NULL },
	{ "ANSWERS_IN_TIME", ANSWERED("<="), NULL },
	{ "ANSWERS_LATE", ANSWERED(">"), NULL },
	{ "CASEFILES_ANALYSED", CASEFILE_TO("2 AND from_state = 1"), NULL },
	{ "CASEFILES_ADVISED", CASEFILE_TO("4"), NULL },
	{ "CASEFILES_DECIDED", CASEFILE_TO("6"), NULL },
	{ "CASEFILES_CLOSED", CASEFILE_TO("9"), NULL },
	{ "APPROVED_LIGHT", WEIGHED("3", "1"), NULL },
	{ "APPROVED_MEDIUM", WEIGHED("3", "2"), NULL },
	{ "APPROVED_HEAVY", WEIGHED("3", "3"), NULL },
	{ "EXECUTED", WEIGHED("9", "1, 2, 3"), NULL },
	{ "HOURS_PLEDGED",
	  "SELECT coalesce(sum(o.hours_pledged), 0) FROM intervention_owner o, intervention q WHERE"
	  " q.id = o.intervention_id AND q.created_at >= %lld AND q.created_at < %lld",
	  NULL },
	{ "HOURS_DELIVERED",
	  "SELECT coalesce(sum(hours), 0) FROM intervention_report WHERE reported_at >= %lld AND"
	  " reported_at < %lld",
	  NULL },
	{ "EFFECT_0", AFTER_SIX("0"), NULL },
	{ "EFFECT_1", AFTER_SIX("1"), NULL },
	{ "EFFECT_2", AFTER_SIX("2"), NULL },
	{ "EFFECT_3", AFTER_SIX("3"), NULL },
	{ "CALCULATED", CENTS("1"), TIMES("1") },
	{ "CLAIMED", CENTS("2"), TIMES("2") },
	{ "IMPOSED", CENTS("3"), TIMES("3") },
	{ "SEIZED", CENTS("4"), TIMES("4") },
	{ "COLLECTED", CENTS("5"), TIMES("5") },
	{ "SET_OFF", CENTS("6"), TIMES("6") },
	{ "PREVENTED", CENTS("7"), TIMES("7") },
};
enum { SENT_COUNT = sizeof SENT / sizeof SENT[0], FEW = 5 };

/* The statements are literals of the table above. */
static int64_t of_year(const struct recount *c, const char *sql, const struct figures_period *p)
{
	const char *first = strstr(sql, "%lld"), *second = strstr(first + 4, "%lld");

	return play_number(c->world, "%.*s%lld%.*s%lld%s", (int)(first - sql), sql, L(p->from_ms),
	                   (int)(second - first) - 4, first + 4, L(p->until_ms), second + 4);
}

/* What is hidden is so because few stand behind it, and for no other reason. */
static int64_t seen_by_others(const struct recount *c, const struct sent *s,
                              const struct figures_period *p, enum figure_unit unit)
{
	const int64_t value = of_year(c, s->sql, p);
	const int64_t few = s->times != NULL ? of_year(c, s->times, p) : value;

	return unit != UNIT_HOURS && few > 0 && few < FEW ? FIGURE_HIDDEN : value;
}

static void sent_of_year(struct recount *c, int year)
{
	const struct figures_period p = play_year(year);
	const struct own_figures wish = { year, p.until_ms - 1, "RIEC Deltaland" };
	struct region_figures f;
	size_t count = 0;
	const struct figure_row *rows = region_figure_rows(&count);

	assert_int_equal(count, SENT_COUNT);
	assert_int_equal(region_figures_own(c->db, &wish, &c->arena, &f, &c->error), OK);
	for (size_t i = 0; i < count; i++) {
		assert_string_equal(rows[i].name, SENT[i].name);
		const int64_t told = seen_by_others(c, &SENT[i], &p, rows[i].unit);
		if (f.values[i] != told)
			fail_msg("%d %s: %lld sent, %lld counted", year, rows[i].name,
			         L(f.values[i]), L(told));
	}
}

void everything_that_the_region_sends_stands_a_recount(void **state)
{
	every_year(state, sent_of_year);
}
