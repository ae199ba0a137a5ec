/* Meetings: the list, and planning one. */
#include "weighing/weighing_page.h"

#include <stdio.h>

#include "access/access.h"
#include "audit/action.h"
#include "platform/core/calendar.h"
#include "platform/view/list.h"
#include "plein/plein.h"
#include "signals/signals.h"
#include "signals/theme.h"
#include "weighing/planning.h"
#include "work/work.h"

/* ---- the list ------------------------------------------------------------------------ */

struct meeting_row {
	const char *reference, *href, *place;
	uint8_t state;
	int64_t starts_at, item_count;
};
static const struct view_field ROW_FIELDS[] = {
	VIEW_AS(struct meeting_row, reference, "reference", VIEW_REF, .label = "Nummer"),
	VIEW_AS(struct meeting_row, href, "href", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct meeting_row, place, "place", VIEW_TEXT, .label = "Waar"),
	VIEW_AS(struct meeting_row, state, "state", VIEW_STATE, .machine = &MEETING_MACHINE,
	        .label = "Stand"),
	VIEW_AS(struct meeting_row, starts_at, "startsAt", VIEW_MOMENT, .label = "Wanneer"),
	VIEW_AS(struct meeting_row, item_count, "itemCount", VIEW_INT, .label = "Punten"),
};
static const struct view ROW_VIEW = VIEW_OF(struct meeting_row, ROW_FIELDS);

static const struct list_sort SORTS[] = {
	{ "newest",
	  "Wanneer, nieuwste eerst",
	  { { "startsAt", true }, { "reference", true } },
	  false },
	{ "oldest",
	  "Wanneer, oudste eerst",
	  { { "startsAt", false }, { "reference", false } },
	  true },
};
static const struct list LIST = {
	.name = "meetings",
	.path = "/meetings",
	.row = &ROW_VIEW,
	.sorts = SORTS,
	.sort_count = 2,
	.empty = "Geen overleggen om te tonen.",
	.file_name = "overleggen.csv",
};

struct list_record {
	struct list_page list;
	bool may_plan;
};
static const struct view_field RECORD_FIELDS[] = {
	LIST_FIELDS(struct list_record, list, ROW_VIEW),
	VIEW_AS(struct list_record, may_plan, "mayPlan", VIEW_BOOL, .page_only = true),
};
static const struct view LIST_VIEW = VIEW_OF(struct list_record, RECORD_FIELDS);

static enum status list_meetings(struct request *rq, struct response *rs, struct error *reterr)
{
	const struct list_query q = list_read(&LIST, rq);
	const struct meeting_query asked = { .viewer = rq->viewer,
		                             .starts_at = q.keys[0].number,
		                             .reference = q.keys[1].text,
		                             .backward = q.backward,
		                             .limit = q.limit };
	struct array found = { 0 };
	enum status st = meeting_list(rq->db, &asked, rq->arena, &found, reterr);
	if (st != OK)
		return st;
	const struct meeting *from = found.items;
	struct meeting_row *to = ARENA_ARRAY(rq->arena, struct meeting_row, found.count + 1);
	for (size_t i = 0; i < found.count; i++)
		to[i] =
		    (struct meeting_row){ from[i].reference, meeting_path(rq->arena, &from[i], ""),
			                  from[i].place,     from[i].state,
			                  from[i].starts_at, from[i].item_count };
	rq->touched = (struct touched){ .kind = OBJECT_MEETING, .count = (int32_t)found.count };
	const struct list_record record = {
		.list = list_finish(&q, rq->arena, to, found.count),
		.may_plan = role_may(rq, &MEETING_MACHINE, MEETING_NONE, MEETING_PLAN),
	};
	const struct page page = { .title = "Overleggen",
		                   .place = "/meetings",
		                   .template_name = "weighing/list" };
	const struct list_drawing drawing = { &page, &LIST_VIEW, &record, &record.list };
	return list_respond(rq, rs, &q, &drawing, reterr);
}

/* ---- planning -------------------------------------------------------------------------- */

struct plan_page {
	int64_t day;
	const char *time, *place;
	struct array candidates;
	bool has_candidates;
};
static const struct view_field PLAN_PAGE_FIELDS[] = {
	VIEW_F(struct plan_page, day, VIEW_DAY),
	VIEW_F(struct plan_page, time, VIEW_TEXT),
	VIEW_F(struct plan_page, place, VIEW_TEXT),
	VIEW_AS(struct plan_page, candidates, "candidates", VIEW_LIST,
	        .view = &PLANNING_CANDIDATE_VIEW),
	VIEW_AS(struct plan_page, has_candidates, "hasCandidates", VIEW_BOOL, .page_only = true),
};
static const struct view PLAN_VIEW = VIEW_OF(struct plan_page, PLAN_PAGE_FIELDS);

static enum status show_plan(struct request *rq, struct response *rs, struct error *reterr)
{
	struct array found = { 0 };
	enum status st =
	    candidate_list(rq->db, local_day(rq->now_ms), rq->now_ms, rq->arena, &found, reterr);
	if (st != OK)
		return st;
	const struct plan_page record = { .day = INT64_MIN,
		                          .candidates = planning_candidates(rq, &found),
		                          .has_candidates = found.count > 0 };
	const struct page page = { .title = "Plan een overleg",
		                   .place = "/meetings",
		                   .template_name = "weighing/plan",
		                   .form = &PLANNING_FORM };
	return page_respond(rq, rs, &page, &PLAN_VIEW, &record, reterr);
}

static enum status prepare_plan(struct request *rq, void **ret_input, struct error *reterr)
{
	(void)reterr;
	*ret_input = planning_read(rq, &PLANNING_FORM, MEETING_WEIGHING);
	return OK;
}

static enum status apply_plan(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct planned *c = change->input;
	const struct planning_invited *invited = c->in.invited.items;
	const char *reference = NULL;
	int64_t id = 0;

	enum status st = meeting_insert(tx, &c->meeting, &id, &reference, reterr);
	for (size_t i = 0; st == OK && i < c->in.invited.count; i++) {
		if (invited[i].id == 0)
			continue;
		st = meeting_invite(tx, id, invited[i].id, c->meeting.now_ms, reterr);
		const struct meeting made = { .id = id,
			                      .reference = reference,
			                      .starts_at = c->meeting.starts_at };
		if (st == OK)
			st = ask_to_prepare(tx, change->rq, &made, invited[i].id, reterr);
	}
	change->touched = (struct touched){
		.kind = OBJECT_MEETING, .id = id, .owner_id = id, .owner_kind = OBJECT_MEETING
	};
	change->location = arena_printf(db_tx_arena(tx), "/meetings/%s", reference);
	change->note = "Het overleg staat gepland. Zet nu de signalen op de agenda.";
	change->created = true;
	return st;
}

const struct route meeting_routes[] = {
	{ .method = "GET",
	  .path = "/meetings",
	  .permission = PERM_MEETING_READ,
	  .action = AUDIT_MEETING_VIEW,
	  .read = list_meetings,
	  .view = &LIST_VIEW,
	  .summary = "Overleggen waar u bij bent" },
	{ .method = "GET",
	  .path = "/meetings/new",
	  .permission = PERM_MEETING_RUN,
	  .action = AUDIT_MEETING_VIEW,
	  .flags = ROUTE_PAGE_ONLY,
	  .read = show_plan,
	  .summary = "De pagina om een overleg te plannen" },
	{ .method = "POST",
	  .path = "/meetings",
	  .permission = PERM_MEETING_RUN,
	  .action = AUDIT_MEETING_CHANGE,
	  .prepare = prepare_plan,
	  .apply = apply_plan,
	  .redraw = show_plan,
	  .form = &PLANNING_FORM,
	  .summary = "Een overleg plannen en mensen uitnodigen" },
	{ 0 },
};

const struct page_template meeting_templates[] = {
	{ .name = "weighing/list", .view = &LIST_VIEW, .whole = true },
	{ .name = "weighing/plan", .view = &PLAN_VIEW, .form = &PLANNING_FORM, .whole = true },
	{ 0 },
};
