/* Of one meeting: who can open it now, and who did. */
#include "explain/who_sees.h"
#include "people/holder.h"
#include "weighing/weighing_page.h"

/* As meeting_load() decides it: who runs or oversees all meetings, and who is invited. */
static void thing_of(const struct meeting *m, struct thing *ret)
{
	for (int role = 1; role < ROLE_COUNT; role++)
		if (sees_every_meeting((enum role)role))
			ret->readers[ret->reader_count++] = audience_of(AUDIENCE_ROLE, role);
	ret->readers[ret->reader_count++] = audience_of(AUDIENCE_MEETING, m->id);
}

static enum status find(struct request *rq, struct seen_record *ret, struct error *reterr)
{
	struct meeting m;
	struct invited *to = ARENA_NEW(rq->arena, struct invited);
	const enum status st = on_meeting(rq, &m, reterr);

	if (st != OK)
		return st;
	*ret = (struct seen_record){ .object_type = OBJECT_MEETING,
		                     .id = m.id,
		                     .with_parts = true,
		                     .reference = m.reference,
		                     .path = meeting_path(rq->arena, &m, ""),
		                     .crumbs = meeting_crumbs(rq->arena, &m),
		                     .invited = { to, 1 } };
	thing_of(&m, &ret->thing);
	to->to = audience_of(AUDIENCE_MEETING, m.id);
	return holder_invited(rq->db, m.id, rq->arena, &to->appointments, reterr);
}

static const struct seen_pages PAGES = { find, "Overleg", "/meetings", "audit/meeting_access_log",
	                                 PERM_MEETING_READ };

const struct route meeting_seen_routes[] = {
	SEEN_ROUTES("/meetings/{ref}", "een overleg", PAGES),
	{ 0 },
};

const struct page_template meeting_seen_templates[] = {
	SEEN_TEMPLATE("audit/meeting_access_log"),
	{ 0 },
};
