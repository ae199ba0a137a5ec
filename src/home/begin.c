#include "home/begin.h"

#include "people/capacity.h"
#include "people/session.h"
#include "platform/core/calendar.h"
#include "work/work.h"

static const struct view_field LINK_FIELDS[] = {
	VIEW_F(struct begin_link, label, VIEW_TEXT),
	VIEW_F(struct begin_link, href, VIEW_TEXT),
};
const struct view BEGIN_LINK_VIEW = VIEW_OF(struct begin_link, LINK_FIELDS);

static const struct view_field ELSEWHERE_FIELDS[] = {
	VIEW_F(struct elsewhere, label, VIEW_TEXT),
	VIEW_F(struct elsewhere, appointment, VIEW_TEXT),
	VIEW_F(struct elsewhere, count, VIEW_INT),
	VIEW_AS(struct elsewhere, waits, "waits", VIEW_TEXT, .page_only = true),
};
const struct view ELSEWHERE_VIEW = VIEW_OF(struct elsewhere, ELSEWHERE_FIELDS);

static const struct {
	uint64_t roles;
	struct begin_link link;
} BEGINNINGS[] = {
	{ ROLE_BIT(ROLE_SUBMITTER), { "Plak een mail", "/signals/paste" } },
	{ ROLE_BIT(ROLE_MAYOR_READER), { "Uw jaar in het RIEC", "/monitor/year" } },
	{ ROLE_BIT(ROLE_INFO_COORDINATOR), { "Intake", "/intake" } },
	{ ROLE_BIT(ROLE_CHAIR) | ROLE_BIT(ROLE_SECRETARY),
	  { "Plan een overleg", "/meetings/new" } },
	{ ROLE_BIT(ROLE_STEERING_SECRETARY), { "Plan een Stuurploeg", "/steering/new" } },
	{ ROLE_BIT(ROLE_AUDITOR), { "Logboek", "/log" } },
};
enum { BEGINNING_COUNT = sizeof BEGINNINGS / sizeof *BEGINNINGS };

struct array begin_links(struct arena *a, enum role role)
{
	struct begin_link *to = ARENA_ARRAY(a, struct begin_link, BEGINNING_COUNT);
	size_t count = 0;

	for (size_t i = 0; i < BEGINNING_COUNT; i++)
		if ((BEGINNINGS[i].roles & ROLE_BIT(role)) != 0)
			to[count++] = BEGINNINGS[i].link;
	return (struct array){ to, count };
}

static enum status count_of(struct request *rq, const struct capacity *c, int64_t *ret,
                            struct error *reterr)
{
	struct viewer v = { .person_id = rq->viewer->person_id,
		            .appointment_id = c->appointment_id,
		            .participant_id = c->participant_id,
		            .organ_id = c->organ_id,
		            .desk_id = c->desk_id,
		            .municipality_id = c->municipality_id,
		            .role = c->role };

	viewer_audiences(&v);
	return work_open_count(rq->db, &v, ret, reterr);
}

static struct elsewhere line_of(struct arena *a, const struct capacity *c, int64_t count)
{
	return (struct elsewhere){
		.label = arena_printf(a, "%s, %s", c->on_behalf, access_role(c->role)->label),
		.appointment = arena_printf(a, "%lld", (long long)c->appointment_id),
		.count = count,
		.waits = count == 1 ? "1 ding wacht op u"
		                    : arena_printf(a, "%lld dingen wachten op u", (long long)count),
	};
}

enum status elsewhere_list(struct request *rq, struct array *ret, struct error *reterr)
{
	struct array all = { 0 };

	if (rq->viewer->machine || !capacity_may_choose(rq))
		return OK;
	enum status st = session_capacities(rq->db, rq->viewer->person_id, local_day(rq->now_ms),
	                                    rq->now_ms, rq->arena, &all, reterr);
	const struct capacity *from = all.items;
	struct elsewhere *to = ARENA_ARRAY(rq->arena, struct elsewhere, all.count + 1);

	ret->items = to;
	for (size_t i = 0; st == OK && i < all.count; i++) {
		int64_t count = 0;
		if (from[i].appointment_id != rq->viewer->appointment_id)
			st = count_of(rq, &from[i], &count, reterr);
		if (count > 0)
			to[ret->count++] = line_of(rq->arena, &from[i], count);
	}
	return st;
}
