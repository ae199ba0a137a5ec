/* Of a meeting of the Stuurploeg and of a point on it: who can open it now, and who did. */
#include "steering/steering_page.h"

#include "audit/action.h"
#include "casework/casefile_seers.h"
#include "casework/casework.h"
#include "explain/who_sees.h"
#include "people/holder.h"
#include "steering/guest.h"

/* As gathering_load() decides it. */
static const char *why_meeting(const struct viewer *v, const void *facts)
{
	const audience invited = audience_of(AUDIENCE_MEETING, *(const int64_t *)facts);

	if (oversees_steering(v->role))
		return "Ziet elke vergadering door deze rol.";
	for (size_t i = 0; i < v->audience_count; i++)
		if (v->audiences[i] == invited)
			return "Is uitgenodigd voor de vergadering.";
	return NULL;
}

struct point_facts {
	int64_t meeting_id, chair_id; /* chair: an appointment; 0: none */
	bool of_casefile;
	const struct casefile_organ *organs;
	size_t organ_count;
	struct array guests; /* of audience: who reads it as a guest */
};

/* As guest_points() decides it. */
static bool is_guest(const struct viewer *v, const struct point_facts *f)
{
	const audience own = audience_of(AUDIENCE_APPOINTMENT, v->appointment_id);
	const audience *guests = f->guests.items;

	for (size_t i = 0; i < f->guests.count; i++)
		if (guests[i] == own)
			return true;
	return false;
}

/* As point_list() decides it: a report is for all who are invited, a casefile for who works on it
 * and for who chairs. */
static const char *why_member(const struct viewer *v, const struct point_facts *f)
{
	const char *why = why_meeting(v, &f->meeting_id);

	if (why == NULL || !f->of_casefile || oversees_steering(v->role))
		return why;
	if (v->appointment_id == f->chair_id)
		return "Zit de vergadering voor.";
	for (size_t i = 0; i < f->organ_count; i++)
		if (f->organs[i].participant_id == v->participant_id)
			return "Is uitgenodigd, en de eigen organisatie werkt mee aan de casus.";
	return NULL;
}

static const char *why_point(const struct viewer *v, const void *facts)
{
	const struct point_facts *f = facts;
	const char *why = access_permits(v->role, PERM_STEERING_READ) ? why_member(v, f) : NULL;

	return why == NULL && is_guest(v, f)
	           ? "Is gast bij dit punt, tot de vergadering voorbij is."
	           : why;
}

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
		                     .why = why_meeting,
		                     .facts = &m->id };
	return invited_to(rq, m->id, ret, reterr);
}

static enum status load_casefile(struct request *rq, int64_t casefile_id, struct point_facts *f,
                                 struct seen_record *ret, struct error *reterr)
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
	struct point_facts *f = ARENA_NEW(rq->arena, struct point_facts);
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
		                     .why = why_point,
		                     .facts = f };
	if (on.point.casefile_id != 0)
		st = load_casefile(rq, on.point.casefile_id, f, ret, reterr);
	if (st == OK)
		st = guest_audiences(rq->db, on.point.id, rq->arena, &f->guests, reterr);
	return st == OK ? invited_to(rq, on.meeting.id, ret, reterr) : st;
}

static const struct seen_pages MEETING_PAGES = { find_meeting, "Vergadering", "/steering",
	                                         "audit/steering_access_log", PERM_STEERING_READ };
static const struct seen_pages POINT_PAGES = { find_point, "Agendapunt", "/steering",
	                                       "audit/point_access_log", PERM_STEERING_POINT };

const struct route steering_seen_routes[] = {
	SEEN_ROUTES("/steering/{ref}", "een vergadering", MEETING_PAGES),
	SEEN_ROUTES("/steering/{ref}/points/{name}", "een agendapunt", POINT_PAGES),
	{ 0 },
};

const struct page_template steering_seen_templates[] = {
	SEEN_TEMPLATE("audit/steering_access_log"),
	SEEN_TEMPLATE("audit/point_access_log"),
	{ 0 },
};
