/* Of one signal: who can open it now, and who did. */
#include "explain/who_sees.h"
#include "people/holder.h"
#include "signals/signal_http.h"
#include "signals/signals.h"

static struct array crumbs_of(struct arena *a, const struct signal *s, const char *path)
{
	struct link *links = ARENA_ARRAY(a, struct link, 2);

	links[0] = (struct link){ "Signalen", "/signals", -1, false };
	links[1] = (struct link){ s->reference, path, -1, false };
	return (struct array){ links, 2 };
}

static enum status invited_to(struct request *rq, int64_t meeting_id, struct array *ret,
                              struct error *reterr)
{
	struct invited *to = ARENA_NEW(rq->arena, struct invited);

	if (meeting_id == 0)
		return OK;
	to->to = audience_of(AUDIENCE_MEETING, meeting_id);
	*ret = (struct array){ to, 1 };
	return holder_invited(rq->db, meeting_id, rq->arena, &to->appointments, reterr);
}

static enum status find(struct request *rq, struct seen_record *ret, struct error *reterr)
{
	struct signal s;
	const enum status st =
	    signal_load(rq->db, rq->viewer, rq->params[0], rq->arena, &s, reterr);

	if (st != OK)
		return st;
	*ret = (struct seen_record){ .object_type = OBJECT_SIGNAL,
		                     .id = s.id,
		                     .with_parts = true,
		                     .reference = s.reference,
		                     .path = arena_printf(rq->arena, "/signals/%s", s.reference) };
	ret->crumbs = crumbs_of(rq->arena, &s, ret->path);
	signal_thing_of(&s, &ret->thing);
	return invited_to(rq, s.meeting_id, &ret->invited, reterr);
}

static const struct seen_pages PAGES = { find, "Signaal", "/signals", "audit/signal_access_log",
	                                 PERM_SIGNAL_READ };

const struct route signal_seen_routes[] = {
	SEEN_ROUTES("/signals/{ref}", "een signaal", PAGES),
	{ 0 },
};

const struct page_template signal_seen_templates[] = {
	SEEN_TEMPLATE("audit/signal_access_log"),
	{ 0 },
};
