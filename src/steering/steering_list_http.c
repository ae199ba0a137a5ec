/* Meetings of the Stuurploeg: the list, and planning one. */
#include "steering/steering_page.h"

#include "access/access.h"
#include "audit/action.h"
#include "platform/core/calendar.h"
#include "platform/view/list.h"
#include "plein/plein.h"
#include "weighing/attendance.h"
#include "weighing/planning.h"
#include "work/work.h"

/* ---- the list ------------------------------------------------------------------------ */

struct row {
	const char *reference, *href, *place, *title;
	uint8_t state;
	int64_t starts_at;
};
static const struct view_field ROW_FIELDS[] = {
	VIEW_AS(struct row, reference, "reference", VIEW_REF, .label = "Nummer"),
	VIEW_AS(struct row, href, "href", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct row, title, "title", VIEW_TEXT, .label = "Wat"),
	VIEW_AS(struct row, place, "place", VIEW_TEXT, .label = "Waar"),
	VIEW_AS(struct row, state, "state", VIEW_STATE, .machine = &STEERING_MACHINE,
	        .label = "Stand"),
	VIEW_AS(struct row, starts_at, "startsAt", VIEW_MOMENT, .label = "Wanneer"),
};
static const struct view ROW_VIEW = VIEW_OF(struct row, ROW_FIELDS);

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
	.name = "steering",
	.path = "/steering",
	.row = &ROW_VIEW,
	.sorts = SORTS,
	.sort_count = 2,
	.empty = "Geen vergaderingen om te tonen.",
	.file_name = "stuurploeg.csv",
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
	const struct gathering_query asked = { .viewer = rq->viewer,
		                               .starts_at = q.keys[0].number,
		                               .reference = q.keys[1].text,
		                               .backward = q.backward,
		                               .limit = q.limit };
	struct array found = { 0 };
	enum status st = gathering_list(rq->db, &asked, rq->arena, &found, reterr);

	if (st != OK)
		return st;
	const struct gathering *from = found.items;
	struct row *to = ARENA_ARRAY(rq->arena, struct row, found.count + 1);
	for (size_t i = 0; i < found.count; i++)
		to[i] = (struct row){ .reference = from[i].reference,
			              .href = gathering_path(rq->arena, &from[i], ""),
			              .place = from[i].place,
			              .title = gathering_title(&from[i]),
			              .state = from[i].state,
			              .starts_at = from[i].starts_at };
	rq->touched = (struct touched){ .kind = OBJECT_MEETING, .count = (int32_t)found.count };
	const struct list_record record = {
		.list = list_finish(&q, rq->arena, to, found.count),
		.may_plan = access_permits(rq->viewer->role, PERM_STEERING_RUN),
	};
	const struct page page = { .title = "Stuurploeg",
		                   .place = "/steering",
		                   .template_name = "steering/list" };
	const struct list_drawing drawing = { &page, &LIST_VIEW, &record, &record.list };
	return list_respond(rq, rs, &q, &drawing, reterr);
}

/* ---- planning -------------------------------------------------------------------------- */

struct plan_page {
	int64_t day;
	const char *time, *place;
	struct array candidates, chairs;
	bool has_candidates;
};
static const struct view_field PLAN_PAGE_FIELDS[] = {
	VIEW_F(struct plan_page, day, VIEW_DAY),
	VIEW_F(struct plan_page, time, VIEW_TEXT),
	VIEW_F(struct plan_page, place, VIEW_TEXT),
	VIEW_AS(struct plan_page, candidates, "candidates", VIEW_LIST,
	        .view = &PLANNING_CANDIDATE_VIEW),
	VIEW_AS(struct plan_page, chairs, "chairs", VIEW_LIST, .view = &CHOICE_VIEW),
	VIEW_AS(struct plan_page, has_candidates, "hasCandidates", VIEW_BOOL, .page_only = true),
};
static const struct view PLAN_VIEW = VIEW_OF(struct plan_page, PLAN_PAGE_FIELDS);

static enum status show_plan(struct request *rq, struct response *rs, struct error *reterr)
{
	struct arena *a = rq->arena;
	struct array found = { 0 };
	enum status st =
	    candidates_of_role(rq->db, ROLE_STEERING_MEMBER, rq->now_ms, a, &found, reterr);

	if (st != OK)
		return st;
	const struct attendee *from = found.items;
	struct choice *chairs = ARENA_ARRAY(a, struct choice, found.count + 1);
	const char *typed = input_text(rq->body, "chair");
	for (size_t i = 0; i < found.count; i++) {
		const char *id = arena_printf(a, "%lld", (long long)from[i].appointment_id);
		chairs[i] =
		    (struct choice){ id,
			             arena_printf(a, "%s, %s", from[i].person, from[i].on_behalf),
			             typed != NULL && strcmp(typed, id) == 0 };
	}
	const struct plan_page record = { .day = INT64_MIN,
		                          .candidates = planning_candidates(rq, &found),
		                          .chairs = { chairs, found.count },
		                          .has_candidates = found.count > 0 };
	const struct page page = { .title = "Plan een vergadering",
		                   .place = "/steering",
		                   .template_name = "steering/plan",
		                   .form = &PLANNING_WITH_CHAIR_FORM };
	return page_respond(rq, rs, &page, &PLAN_VIEW, &record, reterr);
}

static enum status prepare_plan(struct request *rq, void **ret_input, struct error *reterr)
{
	(void)reterr;
	*ret_input = planning_read(rq, &PLANNING_WITH_CHAIR_FORM, MEETING_STEERING);
	return OK;
}

static enum status ask_to_read(struct db_tx *tx, const struct planned *c, int64_t id,
                               const char *reference, int64_t appointment_id, struct error *reterr)
{
	const int32_t today = local_day(c->meeting.now_ms);
	const int32_t before = working_days_add(local_day(c->meeting.starts_at), -1, NULL);
	const struct work_task task = {
		.owner = audience_of(AUDIENCE_APPOINTMENT, appointment_id),
		.kind = WORK_STEERING_PREPARE,
		.object_kind = OBJECT_MEETING,
		.object_id = id,
		.reference = reference,
		.due_day = before > today ? before : today,
		.created_at = c->meeting.now_ms,
		.created_by = c->meeting.appointment_id,
	};
	enum status st = meeting_invite_as(tx, ROLE_STEERING_MEMBER, id, appointment_id,
	                                   c->meeting.now_ms, reterr);

	return st == OK ? work_add(tx, &task, reterr) : st;
}

static enum status apply_plan(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct planned *c = change->input;
	const struct planning_invited *invited = c->in.invited.items;
	const char *reference = NULL;
	int64_t id = 0;

	enum status st = meeting_insert(tx, &c->meeting, &id, &reference, reterr);
	if (st == OK)
		st = ask_to_read(tx, c, id, reference, c->in.chair, reterr);
	if (st == OK)
		st = gathering_set_chair(tx, id, c->in.chair, reterr);
	for (size_t i = 0; st == OK && i < c->in.invited.count; i++)
		if (invited[i].id != 0 && invited[i].id != c->in.chair)
			st = ask_to_read(tx, c, id, reference, invited[i].id, reterr);
	change->touched = (struct touched){
		.kind = OBJECT_MEETING, .id = id, .owner_id = id, .owner_kind = OBJECT_MEETING
	};
	change->location = arena_printf(db_tx_arena(tx), "/steering/%s", reference);
	change->note = "De vergadering staat gepland. Stel nu de agenda samen.";
	change->created = true;
	return st;
}

const struct route steering_list_routes[] = {
	{ .method = "GET",
	  .path = "/steering",
	  .permission = PERM_STEERING_READ,
	  .action = AUDIT_STEERING_VIEW,
	  .read = list_meetings,
	  .view = &LIST_VIEW,
	  .summary = "Vergaderingen van de Stuurploeg waar u bij bent" },
	{ .method = "GET",
	  .path = "/steering/new",
	  .permission = PERM_STEERING_RUN,
	  .action = AUDIT_STEERING_VIEW,
	  .flags = ROUTE_PAGE_ONLY,
	  .read = show_plan,
	  .summary = "De pagina om een vergadering te plannen" },
	{ .method = "POST",
	  .path = "/steering",
	  .permission = PERM_STEERING_RUN,
	  .action = AUDIT_STEERING_CHANGE,
	  .prepare = prepare_plan,
	  .apply = apply_plan,
	  .redraw = show_plan,
	  .form = &PLANNING_WITH_CHAIR_FORM,
	  .summary = "Een vergadering van de Stuurploeg plannen" },
	{ 0 },
};

const struct page_template steering_list_templates[] = {
	{ .name = "steering/list", .view = &LIST_VIEW, .whole = true },
	{ .name = "steering/plan",
	  .view = &PLAN_VIEW,
	  .form = &PLANNING_WITH_CHAIR_FORM,
	  .whole = true },
	{ 0 },
};
