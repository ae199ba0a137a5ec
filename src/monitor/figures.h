/*
 * figures.h - what the monitor reads: person-free statistic rows, and which places stayed silent
 *
 * Each figure is one statement over sums that are kept by quarter (tally.h) and the rows that came
 * after them; where a theme, a place or a participant is asked, over all rows of the period. Nothing
 * here opens a record. Each function reads and changes nothing. Cost: some thousand sums a year, or
 * the rows of the period, once.
 */
#ifndef MONITOR_FIGURES_H
#define MONITOR_FIGURES_H

#include "law/instruments.h"
#include "monitor/chart.h"
#include "platform/db/db.h"

/* Rows with an amount: the condition of their index, word for word. */
#define FIGURES_SOME_AMOUNT                                                                        \
	" AND (calculated <> 0 OR claimed <> 0 OR imposed <> 0 OR seized <> 0 OR collected <> 0"   \
	" OR set_off <> 0 OR prevented <> 0)"

/* Of a smaller municipality no person-free row tells the place (decisions 3.9). */
enum { STATISTIC_INHABITANTS = 20000 };

struct figures_period {
	int64_t first_quarter, last_quarter; /* local_quarter(): 20251 */
	int64_t from_ms, until_ms;           /* the same, for what has a moment */
	int theme;                           /* 0: all */
	int64_t municipality_id;             /* 0: all; of 20,000 inhabitants or more */
	const char *letter;                  /* of WGS 2.19; "": all */
	int line;                            /* of signals; 0: all */
	int weight;                          /* of interventions; 0: all */
	int variant;                         /* of casefiles; 0: all */
	int64_t project_id;                  /* of casefiles and what came of them; 0: all */
	int effect_months;                   /* after which the effect is shown: 3, 6 or 12 */
};

/* How often something came to `state` by `action`, after `days` in the one before it. */
struct step_count {
	int64_t state, action, days, count;
};
/* Arrays of struct step_count, by state, action, days. */
MUST_CHECK enum status figures_signals(struct db_read *r, const struct figures_period *p,
                                       struct arena *a, struct array *ret, struct error *reterr);
MUST_CHECK enum status figures_casefiles(struct db_read *r, const struct figures_period *p,
                                         struct arena *a, struct array *ret, struct error *reterr);

/* Interventions that came to `state`; days in the state before it. */
struct weighed_count {
	int64_t state, weight, days, count;
	int64_t quick; /* of those: decided before the advice was final */
};
MUST_CHECK enum status figures_interventions(struct db_read *r, const struct figures_period *p,
                                             struct arena *a, struct array *ret,
                                             struct error *reterr);

/* First answers to requests. */
struct answer_count {
	char letter;
	bool late;
	int64_t days, count;
};
MUST_CHECK enum status figures_answers(struct db_read *r, const struct figures_period *p,
                                       struct arena *a, struct array *ret, struct error *reterr);

struct hours_count {
	int64_t quarter, pledged, delivered;
};
MUST_CHECK enum status figures_hours(struct db_read *r, const struct figures_period *p,
                                     struct arena *a, struct array *ret, struct error *reterr);

enum { EFFECT_MONTHS = 6, AMOUNT_COLUMNS = AMOUNT_PREVENTED };

struct effect_count {
	int64_t instrument, months, effect, count;
};
/* After three, six and twelve months, of all periods up to this one's end. */
MUST_CHECK enum status figures_effects(struct db_read *r, const struct figures_period *p,
                                       struct arena *a, struct array *ret, struct error *reterr);

/* The same of this period alone. */
MUST_CHECK enum status figures_effects_of(struct db_read *r, const struct figures_period *p,
                                          struct arena *a, struct array *ret, struct error *reterr);

/* By moment, 3, 6 and 12 months: carried out so long ago, and not assessed for it. Now, as chosen. */
enum { EFFECT_MOMENTS = 3 };
extern const int EFFECT_MOMENT_MONTHS[EFFECT_MOMENTS];
MUST_CHECK enum status figures_effects_due(struct db_read *r, const struct figures_period *p,
                                           int32_t today, int64_t ret[EFFECT_MOMENTS],
                                           struct error *reterr);

/* Cents, per kind of intervention; columns by enum law_amount_column - 1, never added. */
struct amounts_count {
	int64_t kind, cents[AMOUNT_COLUMNS];
};
MUST_CHECK enum status figures_amounts(struct db_read *r, const struct figures_period *p,
                                       struct arena *a, struct array *ret, struct error *reterr);

/* Who still has to tell something, now: months' reports of partners (by name), and messages to
 * submitters (name NULL, first). Those that owe nothing aren't there. */
struct owed_count {
	const char *participant;
	int64_t in_time, late;
};
MUST_CHECK enum status figures_owed(struct db_read *r, int32_t today, struct arena *a,
                                    struct array *ret, struct error *reterr);

/* Names of municipalities of the region about which no signal was submitted in the period. */
MUST_CHECK enum status figures_silent_municipalities(struct db_read *r,
                                                     const struct figures_period *p,
                                                     struct arena *a, struct array *ret,
                                                     struct error *reterr);
/* A bit per theme of which one was. */
MUST_CHECK enum status figures_themes_heard(struct db_read *r, const struct figures_period *p,
                                            uint64_t *ret, struct error *reterr);

extern const struct db_stmt *const figures_statements[];

#endif
