/*
 * counted.h - everything that one page of the monitor shows, read and added up; inside monitor/
 */
#ifndef MONITOR_COUNTED_H
#define MONITOR_COUNTED_H

#include "monitor/period.h"
#include "signals/signal_life.h"

struct counted {
	struct chosen_period period;
	/* of figures.h; feedback: struct feedback_share; silent: names */
	struct array signals, last_year, casefiles, interventions, answers, hours, effects, amounts;
	struct array feedback, silent;
	struct array owed;                   /* struct owed_count, now; of this year alone */
	int64_t effects_due[EFFECT_MOMENTS]; /* now; of this year alone */
	uint64_t themes_heard;
	bool hides_small; /* counts under SMALL_CELL aren't shown */
};

/* c->period as chosen; the rest is filled. */
MUST_CHECK enum status counted_load(struct request *rq, struct counted *c, struct error *reterr);

/* action 0: by whatever it came to that state. */
int64_t counted_times(const struct array *steps, int64_t state, int64_t action);
int64_t counted_submitted(const struct array *signals);
int64_t counted_adopted(const struct array *signals);
/* weight 0: of every weight. */
int64_t counted_weighed(const struct array *interventions, int64_t state, int64_t weight);
/* letter 0: of everybody. */
int64_t counted_answers(const struct array *answers, char letter, bool late);
/* So many months after it was carried out. */
int64_t counted_effects(const struct array *effects, int64_t months, int64_t effect);
struct feedback_share counted_feedback(const struct array *feedback);

/* Over 0 and under SMALL_CELL: not for who reads no records. */
bool counted_is_small(int64_t n);
/* The sum of two counts that are shown apart, one of them perhaps hidden: "12", or "ten minste 9", from which
 * nothing follows. */
const char *counted_sum_told(struct arena *a, bool hides_small, int64_t one, int64_t other);
/* Is any of the four effects after so many months too small to be shown? */
bool counted_effects_small(const struct array *effects, int64_t months);

/* "88%"; "-" where there is nothing to divide by. */
const char *percent_of(struct arena *a, int64_t part, int64_t whole);

enum { GOOD_EFFECT = 2, BEST_EFFECT = 3 };

#endif
