/* spread.h - who scored what, side by side: a table that is the chart; inside weighing/ only */
#ifndef WEIGHING_SPREAD_H
#define WEIGHING_SPREAD_H

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

#endif
