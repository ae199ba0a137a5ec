/* For the screen in the room: the agenda, the point that is on, what was decided, the hours. No persons. */
#include "steering/matter.h"

#include "access/access.h"
#include "audit/action.h"
#include "signals/theme.h"

/* ---- the agenda, by number ----------------------------------------------------------------------- */

struct screen_point {
	int64_t number;
	const char *what, *municipality;
	uint8_t state;
	bool now;
};
static const struct view_field POINT_FIELDS[] = {
	VIEW_F(struct screen_point, number, VIEW_INT),
	VIEW_F(struct screen_point, what, VIEW_TEXT),
	VIEW_F(struct screen_point, municipality, VIEW_TEXT),
	VIEW_AS(struct screen_point, state, "state", VIEW_STATE, .machine = &POINT_MACHINE),
	VIEW_F(struct screen_point, now, VIEW_BOOL),
};
static const struct view POINT_VIEW = VIEW_OF(struct screen_point, POINT_FIELDS);

const struct steering_point *point_on_now(const struct gathering *m, struct array points)
{
	const struct steering_point *p = points.items, *first = NULL;

	for (size_t i = 0; i < points.count; i++) {
		const bool open = p[i].state == POINT_WAITING || p[i].state == POINT_READY;
		if (p[i].id == m->point_now)
			return &p[i];
		if (open && first == NULL)
			first = &p[i];
	}
	return m->point_now == 0 ? first : NULL;
}

static struct array agenda(struct arena *a, struct array points, const struct steering_point *now)
{
	const struct steering_point *p = points.items;
	struct screen_point *rows = ARENA_ARRAY(a, struct screen_point, points.count + 1);

	for (size_t i = 0; i < points.count; i++)
		rows[i] = (struct screen_point){
			.number = (int64_t)i + 1,
			.what = p[i].casefile[0] != '\0' ? p[i].casefile
			                                 : code_label(POINT_KINDS, p[i].kind),
			.municipality = p[i].municipality[0] != '\0' ? p[i].municipality : NULL,
			.state = p[i].state,
			.now = &p[i] == now,
		};
	return (struct array){ rows, points.count };
}

/* ---- hours of the meeting so far ------------------------------------------------------------------ */

struct pledged {
	const char *participant;
	int64_t id, hours, draft;
};
static const struct view_field PLEDGED_FIELDS[] = {
	VIEW_F(struct pledged, participant, VIEW_TEXT),
	VIEW_F(struct pledged, hours, VIEW_INT),
	VIEW_F(struct pledged, draft, VIEW_INT),
};
static const struct view PLEDGED_VIEW = VIEW_OF(struct pledged, PLEDGED_FIELDS);

static bool is_seen(struct array points, int64_t id)
{
	const struct steering_point *p = points.items;

	for (size_t i = 0; i < points.count; i++)
		if (p[i].id == id)
			return true;
	return false;
}

static struct pledged *of_participant(struct array *to, const struct meeting_pledge *from)
{
	struct pledged *list = to->items;

	for (size_t i = 0; i < to->count; i++)
		if (list[i].id == from->participant_id)
			return &list[i];
	list[to->count] =
	    (struct pledged){ .participant = from->participant, .id = from->participant_id };
	return &list[to->count++];
}

/* Only of points that this viewer sees: the sum of others would tell that they are there. */
static enum status fill_pledged(struct request *rq, const struct gathering *m, struct array points,
                                struct array *ret, struct error *reterr)
{
	struct array found = { 0 };
	const enum status st = pledges_of_meeting(rq->db, m->id, rq->arena, &found, reterr);
	const struct meeting_pledge *p = found.items;

	*ret = (struct array){ ARENA_ARRAY(rq->arena, struct pledged, found.count + 1), 0 };
	for (size_t i = 0; st == OK && i < found.count; i++) {
		if (!is_seen(points, p[i].point_id))
			continue;
		struct pledged *of = of_participant(ret, &p[i]);
		of->hours += p[i].hours;
		of->draft += p[i].signed_off ? 0 : p[i].hours;
	}
	return st;
}

/* ---- the point that is on ------------------------------------------------------------------------- */

struct screen_ruling {
	int64_t number, due_day;
	const char *what, *owner, *outcome, *reference, *pledges, *votes;
	bool ruled, draft;
};
static const struct view_field RULING_FIELDS[] = {
	VIEW_F(struct screen_ruling, number, VIEW_INT),
	VIEW_AS(struct screen_ruling, due_day, "dueDay", VIEW_DAY),
	VIEW_F(struct screen_ruling, what, VIEW_TEXT),
	VIEW_F(struct screen_ruling, owner, VIEW_TEXT),
	VIEW_F(struct screen_ruling, outcome, VIEW_TEXT),
	VIEW_F(struct screen_ruling, reference, VIEW_TEXT),
	VIEW_F(struct screen_ruling, pledges, VIEW_TEXT),
	VIEW_F(struct screen_ruling, votes, VIEW_TEXT),
	VIEW_F(struct screen_ruling, ruled, VIEW_BOOL),
	VIEW_F(struct screen_ruling, draft, VIEW_BOOL),
};
static const struct view SCREEN_RULING_VIEW = VIEW_OF(struct screen_ruling, RULING_FIELDS);

static void ruled(struct screen_ruling *to, const struct ruling_view *v)
{
	to->ruled = true;
	to->draft = v->draft;
	to->outcome = code_label(RULINGS, v->ruling);
	to->reference = v->reference;
	to->pledges = v->pledges;
	to->votes = v->votes;
	if (v->due_day != INT64_MIN)
		to->due_day = v->due_day;
	if (v->owner != NULL)
		to->owner = v->owner;
}

static enum status fill_rulings(struct request *rq, const struct matter *m, struct array *ret,
                                struct error *reterr)
{
	const struct steering_decision *whole = ruling_of(m, 0);
	struct array proposals = { 0 };
	enum status st = proposal_views(rq, NULL, m, &proposals, reterr);
	const struct proposal_view *p = proposals.items;
	struct screen_ruling *rows =
	    ARENA_ARRAY(rq->arena, struct screen_ruling, proposals.count + 1);
	size_t count = 0;

	if (st == OK && whole != NULL) {
		struct ruling_view v;
		st = ruling_view_load(rq, m, whole, &v, reterr);
		rows[count] =
		    (struct screen_ruling){ .what = "De hele casus", .due_day = INT64_MIN };
		if (st == OK)
			ruled(&rows[count++], &v);
	}
	for (size_t i = 0; st == OK && whole == NULL && i < proposals.count; i++) {
		rows[count] = (struct screen_ruling){ .number = p[i].number,
			                              .what = p[i].instrument,
			                              .owner = p[i].lead,
			                              .due_day = p[i].wanted_day };
		if (p[i].ruling != NULL)
			ruled(&rows[count], p[i].ruling);
		count++;
	}
	*ret = (struct array){ rows, count };
	return st;
}

/* ---- the page ------------------------------------------------------------------------------------- */

struct screen_page {
	const char *reference, *title, *now_what, *kind, *topic, *href, *back_href;
	int64_t live, starts_at, place, places;
	uint8_t state;
	struct array points, rulings, pledged;
	bool has_now, has_rulings, has_pledged, planned, running;
};
static const struct view_field SCREEN_FIELDS[] = {
	VIEW_F(struct screen_page, reference, VIEW_REF),
	VIEW_F(struct screen_page, title, VIEW_TEXT),
	VIEW_AS(struct screen_page, now_what, "now", VIEW_TEXT),
	VIEW_F(struct screen_page, kind, VIEW_TEXT),
	VIEW_AS(struct screen_page, topic, "topic", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct screen_page, href, "href", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct screen_page, back_href, "backHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct screen_page, live, "live", VIEW_INT, .page_only = true),
	VIEW_AS(struct screen_page, starts_at, "startsAt", VIEW_MOMENT),
	VIEW_F(struct screen_page, place, VIEW_INT),
	VIEW_F(struct screen_page, places, VIEW_INT),
	VIEW_AS(struct screen_page, state, "state", VIEW_STATE, .machine = &STEERING_MACHINE),
	VIEW_AS(struct screen_page, points, "points", VIEW_LIST, .view = &POINT_VIEW),
	VIEW_AS(struct screen_page, rulings, "rulings", VIEW_LIST, .view = &SCREEN_RULING_VIEW),
	VIEW_AS(struct screen_page, pledged, "pledged", VIEW_LIST, .view = &PLEDGED_VIEW),
	VIEW_AS(struct screen_page, has_now, "hasNow", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct screen_page, has_rulings, "hasRulings", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct screen_page, has_pledged, "hasPledged", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct screen_page, planned, "planned", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct screen_page, running, "running", VIEW_BOOL, .page_only = true),
};
static const struct view SCREEN_VIEW = VIEW_OF(struct screen_page, SCREEN_FIELDS);

static enum status fill_now(struct request *rq, const struct steering_point *now, size_t index,
                            struct screen_page *ret, struct error *reterr)
{
	struct matter m = { 0 };
	enum status st = matter_load(rq, now, &m, reterr);

	if (st == OK)
		st = point_title(rq, now, &ret->title, reterr);
	if (st == OK)
		st = fill_rulings(rq, &m, &ret->rulings, reterr);
	ret->place = (int64_t)index + 1;
	ret->now_what = now->casefile[0] != '\0' ? now->casefile : NULL;
	ret->kind = code_label(POINT_KINDS, now->kind);
	ret->has_rulings = ret->rulings.count > 0;
	ret->has_now = true;
	return st;
}

static enum status show_screen(struct request *rq, struct response *rs, struct error *reterr)
{
	struct array points = { 0 };
	struct gathering m;
	enum status st = on_gathering(rq, &m, reterr);

	if (st == OK)
		st = point_list(rq->db, rq->viewer, &m, rq->arena, &points, reterr);
	if (st != OK)
		return st;
	const struct steering_point *now =
	    m.state == MEETING_RUNNING ? point_on_now(&m, points) : NULL;
	struct screen_page record = {
		.reference = m.reference,
		.topic = steering_topic(rq->arena, &m),
		.href = gathering_path(rq->arena, &m, "/screen"),
		.back_href = gathering_path(rq->arena, &m, ""),
		.live = m.live,
		.starts_at = m.starts_at,
		.places = (int64_t)points.count,
		.state = m.state,
		.points = agenda(rq->arena, points, now),
		.planned = m.state == MEETING_PLANNED,
		.running = m.state == MEETING_RUNNING,
	};
	if (now != NULL)
		st = fill_now(rq, now, (size_t)(now - (const struct steering_point *)points.items),
		              &record, reterr);
	if (st == OK)
		st = fill_pledged(rq, &m, points, &record.pledged, reterr);
	if (st != OK)
		return st;
	record.has_pledged = record.pledged.count > 0;
	const struct page page = { .title = "Groot scherm",
		                   .place = "/steering",
		                   .confidential = true,
		                   .template_name = "steering/screen" };
	return page_respond(rq, rs, &page, &SCREEN_VIEW, &record, reterr);
}

const struct route steering_screen_routes[] = {
	{ .method = "GET",
	  .path = "/steering/{ref}/screen",
	  .permission = PERM_STEERING_READ,
	  .action = AUDIT_STEERING_VIEW,
	  .read = show_screen,
	  .view = &SCREEN_VIEW,
	  .summary = "Voor het grote scherm: agenda, het punt van nu, besluiten en uren" },
	{ 0 },
};

const struct page_template steering_screen_templates[] = {
	{ .name = "steering/screen", .view = &SCREEN_VIEW, .whole = true },
	{ 0 },
};
