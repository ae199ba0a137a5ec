/* year_words.h - a year of one municipality as sentences and figures; inside monitor/ */
#ifndef MONITOR_YEAR_WORDS_H
#define MONITOR_YEAR_WORDS_H

#include "monitor/counted.h"
#include "monitor/year.h"

/* What the counts come to. */
struct year_sums {
	int64_t own, others;             /* submitted: by mayor or executive, by partners */
	int64_t adopted, adopted_direct; /* direct: of those, without a casefile */
	int64_t not_adopted, merged, withdrawn, returned;
	int64_t approved, executed, not_executed;
	int64_t assessed, helped; /* interventions, by their latest assessment of the year */
	bool few_of_an_effect;    /* fewer than SMALL_CELL had one of the four effects */
};
struct year_sums year_sums_of(const struct year_counts *counts);

struct year_told {
	struct arena *arena;
	const char *place; /* "Duinwaard" */
	bool now;          /* the year still runs: what waits now is told */
	bool hides_small;
};
/* "minder dan 5" where a small count is hidden. */
const char *year_number(const struct year_told *t, int64_t n);

struct year_line {
	const char *text;
};
extern const struct view YEAR_LINE_VIEW;
/* The answer in one minute: what happened, and did it help. An array of struct year_line. */
struct array year_lines(const struct year_told *t, const struct year_counts *counts);

#endif
