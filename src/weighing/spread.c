#include "weighing/spread.h"

static const struct view_field NAME_FIELDS[] = { VIEW_F(struct name_row, name, VIEW_TEXT) };
const struct view NAME_VIEW = VIEW_OF(struct name_row, NAME_FIELDS);

struct cell {
	int64_t value;
	struct array organs;
	bool agreed, some;
};
static const struct view_field CELL_FIELDS[] = {
	VIEW_F(struct cell, value, VIEW_INT),
	VIEW_AS(struct cell, organs, "organs", VIEW_LIST, .view = &NAME_VIEW),
	VIEW_F(struct cell, agreed, VIEW_BOOL),
	VIEW_AS(struct cell, some, "some", VIEW_BOOL, .page_only = true),
};
static const struct view CELL_VIEW = VIEW_OF(struct cell, CELL_FIELDS);

static const struct view_field SPREAD_FIELDS[] = {
	VIEW_F(struct spread_row, field, VIEW_TEXT),
	VIEW_F(struct spread_row, label, VIEW_TEXT),
	VIEW_F(struct spread_row, agreed, VIEW_TEXT),
	VIEW_F(struct spread_row, difference, VIEW_INT),
	VIEW_F(struct spread_row, discuss, VIEW_BOOL),
	VIEW_AS(struct spread_row, equal, "equal", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct spread_row, scored, "scored", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct spread_row, cells, "cells", VIEW_LIST, .view = &CELL_VIEW),
	VIEW_AS(struct spread_row, options, "options", VIEW_LIST, .view = &WEIGH_OPTION_VIEW,
	        .page_only = true),
};
const struct view SPREAD_VIEW = VIEW_OF(struct spread_row, SPREAD_FIELDS);

static struct array who_scored(struct arena *a, struct array people, struct array scores,
                               int factor, int value)
{
	const struct score *s = scores.items;
	struct name_row *rows = ARENA_ARRAY(a, struct name_row, scores.count + 1);
	size_t count = 0;
	for (size_t i = 0; i < scores.count; i++)
		if (s[i].factor == factor && s[i].value == value)
			rows[count++].name = organ_name(people, s[i].organ_id);
	return (struct array){ rows, count };
}

/* The options of one select: nothing yet, then the codes. typed wins over `now`. */
struct array weigh_options(struct request *rq, const char *field, const struct code *codes, int now,
                           const char *empty)
{
	const char *typed = input_text(rq->body, field);
	size_t count = 0;
	while (codes[count].name != NULL)
		count++;
	struct weigh_option *o = ARENA_ARRAY(rq->arena, struct weigh_option, count + 1);
	o[0] = (struct weigh_option){ "", empty, false };
	for (size_t i = 0; i < count; i++)
		o[i + 1] = (struct weigh_option){ codes[i].name, codes[i].label,
			                          typed != NULL ? strcmp(typed, codes[i].name) == 0
			                                        : codes[i].value == now };
	return (struct array){ o, count + 1 };
}

static const char *const AGREED[] = { "agreedA", "agreedB", "agreedC", "agreedD" };
struct array spread_rows(struct request *rq, const struct agenda_item *item, struct array people,
                         struct array scores)
{
	size_t count = 0;
	const struct law_factor *f = law_factors(&count);
	struct spread_row *rows = ARENA_ARRAY(rq->arena, struct spread_row, LAW_FACTOR_COUNT);
	struct spread spread[LAW_FACTOR_COUNT];

	weighing_spread(scores.items, scores.count, spread);
	for (int i = 0; i < LAW_FACTOR_COUNT; i++) {
		const struct spread *s = &spread[i];
		struct cell *cells = ARENA_ARRAY(rq->arena, struct cell, LAW_FACTOR_SCORE_MAX + 1);
		const int64_t agreed = item->agreed[s->factor];
		for (int v = 0; v <= LAW_FACTOR_SCORE_MAX; v++)
			cells[v] =
			    (struct cell){ v, who_scored(rq->arena, people, scores, s->factor, v),
				           agreed == v, s->at[v] > 0 };
		rows[i] = (struct spread_row){
			.field = AGREED[s->factor],
			.label = f[s->factor].label,
			.agreed = agreed >= 0 ? FACTOR_SCORES[agreed].name : NULL,
			.difference = s->difference,
			.discuss = s->difference >= SPREAD_DISCUSS,
			.equal = s->given > 0 && s->difference == 0,
			.scored = s->given > 0,
			.cells = { cells, LAW_FACTOR_SCORE_MAX + 1 },
			.options = weigh_options(rq, AGREED[s->factor], FACTOR_SCORES,
			                         (int)agreed + 1, "Kies"),
		};
	}
	return (struct array){ rows, LAW_FACTOR_COUNT };
}
