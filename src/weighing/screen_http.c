/* For the projector: the agenda and the item that is on now. No names of persons, nothing typed. */
#include "weighing/spread.h"

#include "access/access.h"
#include "audit/action.h"

struct screen_item {
	int64_t place;
	const char *reference, *outcome;
	uint8_t state;
	bool now, again;
};
static const struct view_field SCREEN_ITEM_FIELDS[] = {
	VIEW_F(struct screen_item, place, VIEW_INT),
	VIEW_F(struct screen_item, reference, VIEW_REF),
	VIEW_F(struct screen_item, outcome, VIEW_TEXT),
	VIEW_AS(struct screen_item, state, "state", VIEW_STATE, .machine = &ITEM_MACHINE),
	VIEW_F(struct screen_item, now, VIEW_BOOL),
	VIEW_F(struct screen_item, again, VIEW_BOOL),
};
static const struct view SCREEN_ITEM_VIEW = VIEW_OF(struct screen_item, SCREEN_ITEM_FIELDS);

struct screen_page {
	const char *reference, *title, *now_reference, *topic, *href, *back_href;
	int64_t live, starts_at, place, places, ready_count, present_count;
	uint8_t state, now_state;
	struct array items, factors, extras;
	bool has_extras, has_now, scoring, revealed, paused;
};
static const struct view_field SCREEN_FIELDS[] = {
	VIEW_F(struct screen_page, reference, VIEW_REF),
	VIEW_F(struct screen_page, title, VIEW_TEXT),
	VIEW_AS(struct screen_page, now_reference, "nowReference", VIEW_REF),
	VIEW_AS(struct screen_page, topic, "topic", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct screen_page, href, "href", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct screen_page, back_href, "backHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct screen_page, live, "live", VIEW_INT, .page_only = true),
	VIEW_AS(struct screen_page, starts_at, "startsAt", VIEW_MOMENT),
	VIEW_F(struct screen_page, place, VIEW_INT),
	VIEW_F(struct screen_page, places, VIEW_INT),
	VIEW_AS(struct screen_page, ready_count, "readyCount", VIEW_INT),
	VIEW_AS(struct screen_page, present_count, "presentCount", VIEW_INT),
	VIEW_AS(struct screen_page, state, "state", VIEW_STATE, .machine = &MEETING_MACHINE),
	VIEW_AS(struct screen_page, now_state, "nowState", VIEW_STATE, .machine = &ITEM_MACHINE),
	VIEW_AS(struct screen_page, items, "items", VIEW_LIST, .view = &SCREEN_ITEM_VIEW),
	VIEW_AS(struct screen_page, factors, "factors", VIEW_LIST, .view = &SPREAD_VIEW),
	VIEW_AS(struct screen_page, extras, "extras", VIEW_LIST, .view = &SPREAD_VIEW),
	VIEW_AS(struct screen_page, has_extras, "hasExtras", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct screen_page, has_now, "hasNow", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct screen_page, scoring, "scoring", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct screen_page, revealed, "revealed", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct screen_page, paused, "paused", VIEW_BOOL, .page_only = true),
};
static const struct view SCREEN_VIEW = VIEW_OF(struct screen_page, SCREEN_FIELDS);

/* What the meeting is busy with: what is scored or revealed, else the first that waits. */
static const struct agenda_item *item_now(struct array items, size_t *ret_index)
{
	const struct agenda_item *list = items.items, *waiting = NULL;

	for (size_t i = 0; i < items.count; i++) {
		if (list[i].state == ITEM_SCORING || list[i].state == ITEM_REVEALED) {
			*ret_index = i;
			return &list[i];
		}
		if (waiting == NULL && list[i].state == ITEM_WAITING) {
			*ret_index = i;
			waiting = &list[i];
		}
	}
	return waiting;
}

static struct array agenda_rows(struct arena *a, struct array items, const struct agenda_item *now)
{
	const struct agenda_item *from = items.items;
	struct screen_item *to = ARENA_ARRAY(a, struct screen_item, items.count + 1);

	for (size_t i = 0; i < items.count; i++)
		to[i] = (struct screen_item){ (int64_t)i + 1,
			                      from[i].reference,
			                      outcome_label(from[i].outcome),
			                      from[i].state,
			                      &from[i] == now,
			                      from[i].deferred_times > 0 && from[i].outcome == 0 };
	return (struct array){ to, items.count };
}

static enum status fill_now(struct request *rq, const struct meeting *m,
                            const struct agenda_item *now, struct screen_page *ret,
                            struct error *reterr)
{
	struct array people = { 0 }, scorers = { 0 }, scores = { 0 };
	const struct on_item on = { .meeting = *m, .item = *now };
	struct extra_weighed extra = { 0 };

	enum status st = speaker_list(rq->db, m->id, rq->arena, &people, reterr);
	if (st == OK)
		st = extra_weighed_load(rq, &on, &extra, reterr);
	if (st == OK)
		st = scorer_list(rq->db, now->id, rq->arena, &scorers, reterr);
	if (st == OK)
		st = score_list(rq->db, now->id, rq->arena, &scores, reterr);
	if (st == OK)
		st = item_title(rq, now, &ret->title, reterr);
	if (st != OK)
		return st;
	(void)ready_rows(rq, people, scorers, &ret->ready_count, &ret->present_count);
	ret->now_reference = now->reference;
	ret->now_state = now->state;
	ret->has_now = true;
	ret->scoring = now->state == ITEM_SCORING;
	ret->revealed = now->state == ITEM_REVEALED;
	ret->factors = spread_rows(rq, now, people, scores);
	ret->extras = extra_spread_rows(rq, &extra, people);
	ret->has_extras = ret->extras.count > 0;
	return OK;
}

static enum status show_screen(struct request *rq, struct response *rs, struct error *reterr)
{
	struct array items = { 0 };
	size_t index = 0;
	struct meeting m;

	enum status st = on_meeting(rq, &m, reterr);
	if (st == OK)
		st = item_list(rq->db, m.id, rq->arena, &items, reterr);
	if (st != OK)
		return st;
	const struct agenda_item *now = item_now(items, &index);
	struct screen_page record = {
		.reference = m.reference,
		.topic = meeting_topic(rq->arena, &m),
		.href = meeting_path(rq->arena, &m, "/screen"),
		.back_href = meeting_path(rq->arena, &m, ""),
		.live = m.live,
		.starts_at = m.starts_at,
		.place = (int64_t)index + 1,
		.places = (int64_t)items.count,
		.state = m.state,
		.paused = m.state == MEETING_PAUSED,
		.items = agenda_rows(rq->arena, items, now),
	};
	if (now != NULL)
		st = fill_now(rq, &m, now, &record, reterr);
	if (st != OK)
		return st;
	const struct page page = { .title = "Groot scherm",
		                   .place = "/meetings",
		                   .confidential = true,
		                   .template_name = "weighing/screen" };
	return page_respond(rq, rs, &page, &SCREEN_VIEW, &record, reterr);
}

const struct route screen_routes[] = {
	{ .method = "GET",
	  .path = "/meetings/{ref}/screen",
	  .permission = PERM_MEETING_READ,
	  .action = AUDIT_MEETING_VIEW,
	  .read = show_screen,
	  .view = &SCREEN_VIEW,
	  .summary = "Voor het grote scherm: agenda en onthulde scores, zonder namen" },
	{ 0 },
};

const struct page_template screen_templates[] = {
	{ .name = "weighing/screen", .view = &SCREEN_VIEW, .whole = true },
	{ 0 },
};
