/* Of a meeting of the Stuurploeg and of a point on it: who can open it now, and who did. Of a question for
 * consent: who can. */
#include "steering/steering_page.h"

#include "audit/action.h"
#include "casework/casefile_seers.h"
#include "casework/casework.h"
#include "explain/who_sees.h"
#include "people/holder.h"
#include "plein/plein.h"
#include "steering/consent.h"
#include "steering/guest.h"
#include "steering/steering_check.h"

static enum status invited_to(struct request *rq, int64_t meeting_id, struct seen_record *ret,
                              struct error *reterr)
{
	struct invited *to = ARENA_NEW(rq->arena, struct invited);

	to->to = audience_of(AUDIENCE_MEETING, meeting_id);
	ret->invited = (struct array){ to, 1 };
	return holder_invited(rq->db, meeting_id, rq->arena, &to->appointments, reterr);
}

static enum status find_meeting(struct request *rq, struct seen_record *ret, struct error *reterr)
{
	struct gathering *m = ARENA_NEW(rq->arena, struct gathering);
	const enum status st = on_gathering(rq, m, reterr);

	if (st != OK)
		return st;
	*ret = (struct seen_record){ .object_type = OBJECT_MEETING,
		                     .id = m->id,
		                     .with_parts = true,
		                     .reference = m->reference,
		                     .path = gathering_path(rq->arena, m, ""),
		                     .crumbs = gathering_crumbs(rq->arena, m),
		                     .why = steering_why_meeting,
		                     .facts = &m->id };
	return invited_to(rq, m->id, ret, reterr);
}

static enum status load_casefile(struct request *rq, int64_t casefile_id,
                                 struct steering_point_facts *f, struct seen_record *ret,
                                 struct error *reterr)
{
	struct array organs = { 0 };
	const enum status st = casefile_organs(rq->db, casefile_id, rq->arena, &organs, reterr);

	f->of_casefile = true;
	f->organs = organs.items;
	f->organ_count = organs.count;
	return st == OK ? casefile_keep_out(rq->db, casefile_id, rq->arena, &ret->thing, reterr)
	                : st;
}

static enum status find_point(struct request *rq, struct seen_record *ret, struct error *reterr)
{
	struct steering_point_facts *f = ARENA_NEW(rq->arena, struct steering_point_facts);
	struct on_point on;

	enum status st = on_point(rq, &on, reterr);
	if (st != OK)
		return st;
	f->meeting_id = on.meeting.id;
	f->chair_id = on.meeting.chair_id;
	*ret = (struct seen_record){ .object_type = OBJECT_STEERING_POINT,
		                     .id = on.point.id,
		                     .reference = on.point.name,
		                     .path = point_path(rq->arena, &on, ""),
		                     .crumbs = point_crumbs(rq->arena, &on),
		                     .why = steering_why_point,
		                     .facts = f };
	if (on.point.casefile_id != 0)
		st = load_casefile(rq, on.point.casefile_id, f, ret, reterr);
	if (st == OK)
		st = guest_audiences(rq->db, on.point.id, rq->arena, &f->guests, reterr);
	return st == OK ? invited_to(rq, on.meeting.id, ret, reterr) : st;
}

static enum status find_consent(struct request *rq, struct seen_record *ret, struct error *reterr)
{
	struct consent c = { 0 };
	const enum status st = consent_load(rq->db, plein_of(rq)->keyring, rq->viewer,
	                                    rq->params[0], rq->arena, &c, reterr);

	if (st != OK)
		return st;
	const char *path = arena_printf(rq->arena, "/consents/%s", c.reference);
	struct link *crumb = ARENA_NEW(rq->arena, struct link);
	*crumb = (struct link){ c.reference, path, -1, false };
	*ret = (struct seen_record){ .object_type = OBJECT_CONSENT,
		                     .id = c.id,
		                     .reference = c.reference,
		                     .path = path,
		                     .crumbs = { crumb, 1 } };
	return consent_thing(rq->db, &c, rq->arena, &ret->thing, reterr);
}

static const struct seen_pages MEETING_PAGES = { find_meeting, "Vergadering", "/steering",
	                                         "audit/steering_access_log", PERM_STEERING_READ };
static const struct seen_pages POINT_PAGES = { find_point, "Agendapunt", "/steering",
	                                       "audit/point_access_log", PERM_STEERING_POINT };

static const struct seen_pages CONSENT_PAGES = { find_consent, "Vraag om toestemming", "/", NULL,
	                                         PERM_ADVICE_ANSWER };

const struct route steering_seen_routes[] = {
	SEEN_ROUTES("/steering/{ref}", "een vergadering", MEETING_PAGES),
	SEEN_ROUTES("/steering/{ref}/points/{name}", "een agendapunt", POINT_PAGES),
	WHO_SEES_ROUTE("/consents/{ref}", "een vraag om toestemming", CONSENT_PAGES),
	{ 0 },
};

const struct page_template steering_seen_templates[] = {
	SEEN_TEMPLATE("audit/steering_access_log"),
	SEEN_TEMPLATE("audit/point_access_log"),
	{ 0 },
};
