/* spread.h - who scored what, side by side: a table that is the chart; inside weighing/ only */
#ifndef WEIGHING_SPREAD_H
#define WEIGHING_SPREAD_H

#include "weighing/factors.h"
#include "weighing/weighing_page.h"

struct name_row {
	const char *name;
};
extern const struct view NAME_VIEW;

struct spread_row { /* one factor, the largest difference first */
	const char *field, *label, *agreed;
	int64_t difference;
	bool discuss, equal, scored;
	struct array cells, options;
};
extern const struct view SPREAD_VIEW;

/* scores: of score_list(), so empty before the reveal. people: of speaker_list(). */
struct array spread_rows(struct request *rq, const struct agenda_item *item, struct array people,
                         struct array scores);

/* The same for own factors (of meeting_factors()), with scores of extra_score_list(). agreed:
 * EXTRA_FACTORS_MAX, -1 where nothing is. Fields are agreedExtra1 and so on. */
struct extra_weighed {
	struct array factors, scores;
	int64_t agreed[EXTRA_FACTORS_MAX], list_number;
};
MUST_CHECK enum status extra_weighed_load(struct request *rq, const struct on_item *on,
                                          struct extra_weighed *ret, struct error *reterr);
struct array extra_spread_rows(struct request *rq, const struct extra_weighed *extra,
                               struct array people);
extern const char *const AGREED_EXTRA[EXTRA_FACTORS_MAX];

#endif
