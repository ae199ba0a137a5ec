#include "access/access.h"

#include <assert.h>

#include "platform/core/calendar.h"

const struct screening_terms SCREENING_TERMS = { 36, 48, 12 };

static void join(struct viewer *v, audience a)
{
	assert(v->audience_count < VIEWER_AUDIENCES_MAX);
	v->audiences[v->audience_count++] = a;
}

/* Roles whose sight is the whole region's, by their role alone (D 6.8). */
static const uint64_t REGION_WIDE =
    ROLE_BIT(ROLE_INFO_COORDINATOR) | ROLE_BIT(ROLE_ANALYST) | ROLE_BIT(ROLE_RIEC_HEAD) |
    ROLE_BIT(ROLE_COORD_DPO) | ROLE_BIT(ROLE_RECORDS_MANAGER) | ROLE_BIT(ROLE_AUDITOR) |
    ROLE_BIT(ROLE_SYSTEM_ADMIN) | ROLE_BIT(ROLE_RAC) | ROLE_BIT(ROLE_EXPERT) |
    ROLE_BIT(ROLE_CHAIR) | ROLE_BIT(ROLE_SECRETARY) | ROLE_BIT(ROLE_STEERING_SECRETARY) |
    ROLE_BIT(ROLE_CONTACT_POINT) | ROLE_BIT(ROLE_STEERING_MEMBER);

/* Roles that read what belongs to their organ, or to their whole participant. */
static const uint64_t BY_ORGAN = ROLE_BIT(ROLE_SUBMITTER) | ROLE_BIT(ROLE_PARTNER_DECIDER);
static const uint64_t BY_MUNICIPALITY = ROLE_BIT(ROLE_MAYOR_READER);

void viewer_audiences(struct viewer *viewer)
{
	const uint64_t bit = ROLE_BIT(viewer->role);

	viewer->audience_count = 0;
	join(viewer, audience_of(AUDIENCE_APPOINTMENT, viewer->appointment_id));
	if ((REGION_WIDE & bit) != 0)
		join(viewer, audience_of(AUDIENCE_ROLE, viewer->role));
	if ((BY_ORGAN & bit) != 0 && viewer->organ_id != 0)
		join(viewer, audience_of(AUDIENCE_ORGAN, viewer->organ_id));
	if ((BY_MUNICIPALITY & bit) != 0 && viewer->municipality_id != 0)
		join(viewer, audience_of(AUDIENCE_MUNICIPALITY, viewer->municipality_id));
	if (viewer->desk_id != 0)
		join(viewer, audience_of(AUDIENCE_DESK, viewer->desk_id));
	if (viewer->role == ROLE_PARTNER_DESK)
		join(viewer, audience_of(AUDIENCE_PARTICIPANT, viewer->participant_id));
	if (viewer->role == ROLE_PARTNER_DESK && viewer->organ_id != 0)
		join(viewer, audience_of(AUDIENCE_ORGAN_DESK, viewer->organ_id));
	if (viewer->role == ROLE_PARTNER_DECIDER && viewer->organ_id != 0)
		join(viewer, audience_of(AUDIENCE_DECIDERS, viewer->organ_id));
	if (viewer->role == ROLE_STEERING_MEMBER && viewer->organ_id != 0)
		join(viewer, audience_of(AUDIENCE_STEERING, viewer->organ_id));
	if (viewer->role == ROLE_AUTHORISATION_MANAGER)
		join(viewer, audience_of(AUDIENCE_MANAGERS, viewer->participant_id));
}

static bool meets(const struct viewer *v, const audience *set, size_t count)
{
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < v->audience_count; j++)
			if (set[i] == v->audiences[j])
				return true;
	return false;
}

static bool blocked(const struct viewer *v, const struct thing *thing)
{
	for (size_t i = 0; i < thing->blocked_count; i++)
		if (thing->blocked_persons[i] == v->person_id)
			return true;
	return false;
}

static bool is_invited(const struct invited *to, int64_t appointment_id)
{
	const int64_t *ids = to->appointments.items;

	for (size_t i = 0; i < to->appointments.count; i++)
		if (ids[i] == appointment_id)
			return true;
	return false;
}

void access_join(struct viewer *viewer, struct array invited)
{
	const struct invited *list = invited.items;

	for (size_t i = 0; i < invited.count; i++)
		if (viewer->audience_count < VIEWER_AUDIENCES_MAX &&
		    is_invited(&list[i], viewer->appointment_id))
			viewer->audiences[viewer->audience_count++] = list[i].to;
}

bool access_may(const struct viewer *viewer, enum act act, const struct thing *thing)
{
	if (viewer->person_id == 0 || blocked(viewer, thing))
		return false;
	if (act == ACT_READ)
		return meets(viewer, thing->readers, thing->reader_count);
	return meets(viewer, thing->writers, thing->writer_count);
}

static struct verdict no(const char *sentence, const char *next)
{
	return verdict_no("X-12", NULL, sentence, next);
}

static struct verdict screening(const struct standing *s, const struct screening_terms *t,
                                int64_t today)
{
	const char *const next = "Vraag uw autorisatiebeheerder om de screening bij te werken.";
	const int32_t screened = (int32_t)s->screened_on_day;
	const int block = s->screened_by_vog ? t->block_months : t->other_months;

	if (s->screened_on_day == NO_DAY)
		return no("Uw screening staat nog niet in Plein.", next);
	if (today >= day_add_months(screened, block))
		return no("Uw screening is verlopen.", next);
	if (s->screened_by_vog && today >= day_add_months(screened, t->warn_months))
		return verdict_only_if("X-12", "BGS, artikel 1.11",
		                       "Uw screening verloopt binnenkort.", next);
	return verdict_yes();
}

struct verdict access_standing(const struct standing *s, const struct screening_terms *terms,
                               int64_t now_ms, int64_t today)
{
	const char *const ask = "Vraag uw autorisatiebeheerder wat er moet gebeuren.";

	if (!s->account_active)
		return no("Uw account is niet actief.", ask);
	if (s->ended_at_ms != 0 && s->ended_at_ms <= now_ms)
		return no("Deze aanstelling is beëindigd.", ask);
	if (today < s->from_day)
		return no("Deze aanstelling begint later.", ask);
	if (s->until_day != NO_DAY && today > s->until_day)
		return no("Deze aanstelling is afgelopen.", ask);
	if (!s->handles_persons)
		return verdict_yes();
	if (s->trained_on_day == NO_DAY)
		return no("Uw training staat nog niet in Plein.", ask);
	return screening(s, terms, today);
}
