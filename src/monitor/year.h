/*
 * year.h - a year of one municipality: what happened with its signals, and did it help; inside monitor/
 *
 * Of a municipality of STATISTIC_INHABITANTS or more it is counted in the person-free rows. Of a
 * smaller one no such row tells the place (decisions 3.9): there it is counted in living records.
 * Each function reads and changes nothing. Cost: the rows of the period, once.
 */
#ifndef MONITOR_YEAR_H
#define MONITOR_YEAR_H

#include "monitor/figures.h"
#include "platform/http/input.h" /* struct array */

enum { YEAR_EFFECTS_MAX = 400, YEAR_SIGNALS_MAX = 200 };

struct year_place {
	const struct figures_period *period; /* theme and letter don't count */
	int64_t municipality_id;
	bool living; /* counted in living records: fewer inhabitants */
};

/* How often a signal about the municipality came to `state`. own: from mayor or executive. */
struct year_step {
	bool own;
	int64_t state, action, count;
};
/* What an assessment of this year says, newest first. latest: the last one of its intervention. */
struct year_effect {
	int64_t intervention_id, instrument, months, effect, assessed_at;
	const char *seen, *lessons;
	bool latest;
};
struct year_counts {
	struct array signals;       /* struct year_step */
	struct array interventions; /* struct step_count, days 0 */
	struct array effects;       /* struct year_effect */
	int64_t waiting;            /* signals without a decision, now */
	int64_t running, late;      /* interventions, now */
	int64_t cents[AMOUNT_COLUMNS];
};
MUST_CHECK enum status year_load(struct db_read *r, const struct year_place *p, struct arena *a,
                                 struct year_counts *ret, struct error *reterr);

/* What came of a signal about the municipality: interventions there, and the best effect; -1: none. */
struct year_result {
	int64_t signal_id, planned, executed, effect;
};
/* Of signals whose state changed in the period: an array of struct year_result. */
MUST_CHECK enum status year_results(struct db_read *r, const struct year_place *p, struct arena *a,
                                    struct array *ret, struct error *reterr);

extern const struct db_stmt *const year_statements[];

#endif
