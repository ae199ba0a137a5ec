/* Hours that participants have in a year, and what of them is pledged. */
#include "steering/decision_store.h"
#include "steering/steering_page.h"

#include <stdlib.h>

#include "access/access.h"
#include "audit/action.h"
#include "platform/core/calendar.h"
#include "platform/view/list.h"

enum { YEAR_FIRST = 2020, YEARS_AHEAD = 2 };

struct pool_line {
	int64_t index, participant, pool, pledged, drafted, left, too_many;
	const char *name;
	bool no_pool, over;
};
static const struct view_field LINE_FIELDS[] = {
	VIEW_F(struct pool_line, index, VIEW_INT),
	VIEW_F(struct pool_line, participant, VIEW_INT),
	VIEW_AS(struct pool_line, name, "name", VIEW_TEXT, .label = "Deelnemer"),
	VIEW_AS(struct pool_line, pool, "pool", VIEW_INT, .label = "Pool"),
	VIEW_AS(struct pool_line, pledged, "pledged", VIEW_INT, .label = "Toegezegd"),
	VIEW_AS(struct pool_line, drafted, "drafted", VIEW_INT, .label = "In concept"),
	VIEW_AS(struct pool_line, left, "left", VIEW_INT, .label = "Over"),
	VIEW_AS(struct pool_line, no_pool, "noPool", VIEW_BOOL),
	VIEW_F(struct pool_line, over, VIEW_BOOL),
	VIEW_AS(struct pool_line, too_many, "tooMany", VIEW_INT, .page_only = true),
};
static const struct view LINE_VIEW = VIEW_OF(struct pool_line, LINE_FIELDS);

static const struct list_sort SORTS[] = {
	{ "name",
	  "Deelnemer, van a naar z",
	  { { "name", false }, { "participant", false } },
	  false },
	{ "name-back",
	  "Deelnemer, van z naar a",
	  { { "name", true }, { "participant", true } },
	  true },
	{ "left",
	  "Minste uren over eerst",
	  { { "left", false }, { "participant", false } },
	  false },
};
static const struct list_filter FILTERS[] = {
	{ "year", "Jaar", FILTER_CALENDAR, NULL },
};
static const struct list LIST = {
	.name = "pools",
	.path = "/steering/pools",
	.row = &LINE_VIEW,
	.sorts = SORTS,
	.sort_count = 3,
	.filters = FILTERS,
	.filter_count = 1,
	.empty = "Er zijn geen deelnemers.",
	.file_name = "uren.csv",
};

struct pools_page {
	struct list_page list;
	int64_t year;
	const char *before_href, *after_href;
	bool may_register;
};
static const struct view_field PAGE_FIELDS[] = {
	VIEW_F(struct pools_page, year, VIEW_INT),
	VIEW_AS(struct pools_page, before_href, "beforeHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct pools_page, after_href, "afterHref", VIEW_TEXT, .page_only = true),
	LIST_FIELDS(struct pools_page, list, LINE_VIEW),
	VIEW_AS(struct pools_page, may_register, "mayRegister", VIEW_BOOL, .page_only = true),
};
static const struct view PAGE_VIEW = VIEW_OF(struct pools_page, PAGE_FIELDS);

static int64_t this_year(const struct request *rq)
{
	return civil_from_day(local_day(rq->now_ms)).year;
}

static int64_t year_asked(const struct request *rq, const char *asked)
{
	const long year = asked != NULL ? strtol(asked, NULL, 10) : 0;

	return year >= YEAR_FIRST && year <= this_year(rq) + YEARS_AHEAD ? year : this_year(rq);
}

static enum status show_pools(struct request *rq, struct response *rs, struct error *reterr)
{
	const struct list_query q = list_read(&LIST, rq);
	struct array found = { 0 };
	const int64_t year = year_asked(rq, q.chosen[0].kept);
	enum status st =
	    pool_rows(rq->db, year, 0, (struct draft_place){ 0 }, rq->arena, &found, reterr);

	if (st != OK)
		return st;
	const struct pool_row *from = found.items;
	struct pool_line *to = ARENA_ARRAY(rq->arena, struct pool_line, found.count + 1);
	for (size_t i = 0; i < found.count; i++) {
		const struct pool_load load = { from[i].pool, from[i].pledged, from[i].drafted };
		to[i] = (struct pool_line){
			.index = (int64_t)i,
			.participant = from[i].participant_id,
			.pool = from[i].pool < 0 ? 0 : from[i].pool,
			.pledged = from[i].pledged,
			.drafted = from[i].drafted,
			.left = pool_left(&load),
			.too_many = -pool_left(&load),
			.name = from[i].participant,
			.no_pool = from[i].pool < 0,
			.over = pool_left(&load) < 0,
		};
	}
	rq->touched = (struct touched){ .count = (int32_t)found.count };
	const struct pools_page record = {
		.year = year,
		.before_href =
		    arena_printf(rq->arena, "/steering/pools?year=%lld", (long long)year - 1),
		.after_href =
		    year <= this_year(rq)
			? arena_printf(rq->arena, "/steering/pools?year=%lld", (long long)year + 1)
			: NULL,
		.list = list_finish_whole(&q, rq->arena, to, found.count),
		.may_register = access_permits(rq->viewer->role, PERM_STEERING_RUN),
	};
	const struct page page = { .title = "Uren van deelnemers",
		                   .place = "/steering",
		                   .template_name = "steering/pools" };
	const struct list_drawing drawing = { &page, &PAGE_VIEW, &record, &record.list };
	return list_respond(rq, rs, &q, &drawing, reterr);
}

/* ---- registering ------------------------------------------------------------------------------- */

struct pool_input {
	int64_t year, participant, hours;
};
static const struct field POOL_FIELDS[] = {
	{ .path = "year",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct pool_input, year),
	  .label = "Jaar",
	  .required = true },
	{ .path = "participant",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct pool_input, participant),
	  .label = "Deelnemer",
	  .required = true },
	{ .path = "hours",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct pool_input, hours),
	  .label = "Uren",
	  .required = true },
};
static const struct form POOL_FORM = { POOL_FIELDS, 3, sizeof(struct pool_input) };

static enum status prepare_pool(struct request *rq, void **ret_input, struct error *reterr)
{
	struct pool_input *in = ARENA_NEW(rq->arena, struct pool_input);
	struct array found = { 0 };
	bool known = false;

	*ret_input = in;
	input_read(rq->body, &POOL_FORM, rq->wants_json, rq->arena, in, rq->problems);
	if (rq->problems->error_count > 0)
		return OK;
	if (in->year < YEAR_FIRST || in->year > this_year(rq) + YEARS_AHEAD)
		problems_add(rq->problems, PROBLEM_ERROR, "year",
		             "Kies dit jaar, een eerder jaar of een van de twee volgende.");
	if (in->hours < 0 || in->hours > POOL_HOURS_MAX)
		problems_add(rq->problems, PROBLEM_ERROR, "hours",
		             "Schrijf een aantal uren van 0 tot 200.000.");
	const enum status st = pool_rows(rq->db, this_year(rq), 0, (struct draft_place){ 0 },
	                                 rq->arena, &found, reterr);
	const struct pool_row *p = found.items;
	for (size_t i = 0; st == OK && i < found.count; i++)
		known |= p[i].participant_id == in->participant;
	if (st == OK && !known)
		problems_add(rq->problems, PROBLEM_ERROR, "participant",
		             "Kies een deelnemer uit de lijst.");
	return st;
}

static enum status apply_pool(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct request *rq = change->rq;
	const struct pool_input *in = change->input;

	change->touched = (struct touched){ .kind = OBJECT_PARTICIPANT, .id = in->participant };
	change->location =
	    arena_printf(db_tx_arena(tx), "/steering/pools?year=%lld", (long long)in->year);
	change->note = "De uren zijn vastgelegd.";
	return pool_put(tx, in->participant, in->year, in->hours, rq->viewer->appointment_id,
	                rq->now_ms, reterr);
}

const struct route steering_pool_routes[] = {
	{ .method = "GET",
	  .path = "/steering/pools",
	  .permission = PERM_STEERING_READ,
	  .action = AUDIT_STEERING_POOL,
	  .read = show_pools,
	  .view = &PAGE_VIEW,
	  .summary = "Uren per deelnemer en jaar: pool, toegezegd, over" },
	{ .method = "POST",
	  .path = "/steering/pools",
	  .permission = PERM_STEERING_RUN,
	  .action = AUDIT_STEERING_POOL,
	  .prepare = prepare_pool,
	  .apply = apply_pool,
	  .redraw = show_pools,
	  .form = &POOL_FORM,
	  .summary = "De uren van een deelnemer in een jaar vastleggen" },
	{ 0 },
};

const struct page_template steering_pool_templates[] = {
	{ .name = "steering/pools", .view = &PAGE_VIEW, .whole = true },
	{ 0 },
};
