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
const char *const AGREED_EXTRA[EXTRA_FACTORS_MAX] = { "agreedExtra1", "agreedExtra2",
	                                              "agreedExtra3", "agreedExtra4" };

/* One factor: its name, its field, what was agreed. */
struct axis {
	const char *label, *field;
	int64_t agreed;
};

static struct spread_row row_of(struct request *rq, const struct axis *x, const struct spread *s,
                                struct array people, struct array scores)
{
	struct cell *cells = ARENA_ARRAY(rq->arena, struct cell, LAW_FACTOR_SCORE_MAX + 1);

	for (int v = 0; v <= LAW_FACTOR_SCORE_MAX; v++)
		cells[v] = (struct cell){ v, who_scored(rq->arena, people, scores, s->factor, v),
			                  x->agreed == v, s->at[v] > 0 };
	return (struct spread_row){
		.field = x->field,
		.label = x->label,
		.agreed = x->agreed >= 0 ? FACTOR_SCORES[x->agreed].name : NULL,
		.difference = s->difference,
		.discuss = s->difference >= SPREAD_DISCUSS,
		.equal = s->given > 0 && s->difference == 0,
		.scored = s->given > 0,
		.cells = { cells, LAW_FACTOR_SCORE_MAX + 1 },
		.options = weigh_options(rq, x->field, FACTOR_SCORES, (int)x->agreed + 1, "Kies"),
	};
}

static struct array rows_of(struct request *rq, const struct axis *axes, int count,
                            struct array people, struct array scores)
{
	struct spread_row *rows = ARENA_ARRAY(rq->arena, struct spread_row, (size_t)count + 1);
	struct spread *spread = ARENA_ARRAY(rq->arena, struct spread, (size_t)count + 1);

	weighing_spread(scores.items, scores.count, count, spread);
	for (int i = 0; i < count; i++)
		rows[i] = row_of(rq, &axes[spread[i].factor], &spread[i], people, scores);
	return (struct array){ rows, (size_t)count };
}

struct array spread_rows(struct request *rq, const struct agenda_item *item, struct array people,
                         struct array scores)
{
	size_t count = 0;
	const struct law_factor *f = law_factors(&count);
	struct axis axes[LAW_FACTOR_COUNT];

	for (int i = 0; i < LAW_FACTOR_COUNT; i++)
		axes[i] = (struct axis){ f[i].label, AGREED[i], item->agreed[i] };
	return rows_of(rq, axes, LAW_FACTOR_COUNT, people, scores);
}

struct array extra_spread_rows(struct request *rq, const struct extra_weighed *extra,
                               struct array people)
{
	const struct extra_factor *f = extra->factors.items;
	const int count = (int)extra->factors.count;
	struct axis axes[EXTRA_FACTORS_MAX];

	for (int i = 0; i < count; i++)
		axes[i] = (struct axis){ f[i].name, AGREED_EXTRA[i], extra->agreed[i] };
	return rows_of(rq, axes, count, people, extra->scores);
}

enum status extra_weighed_load(struct request *rq, const struct on_item *on,
                               struct extra_weighed *ret, struct error *reterr)
{
	enum status st = meeting_factors(rq->db, &on->meeting, rq->arena, &ret->factors,
	                                 &ret->list_number, reterr);

	if (st == OK)
		st = extra_score_list(rq->db, on->item.id, rq->arena, &ret->scores, reterr);
	return st == OK ? extra_agreed_load(rq->db, on->item.id, ret->agreed, reterr) : st;
}
