#include "explain/explain.h"

#include <stdlib.h>

#include "access/access.h"
#include "audit/action.h"
#include "explain/sight.h"
#include "explain/who_sees.h"
#include "partners/partner.h"
#include "people/people.h"
#include "platform/core/calendar.h"
#include "platform/view/choice.h"

/* ---- what the page is fed ---------------------------------------------------------- */

struct audience_line {
	const char *label, *why, *what;
};
static const struct view_field AUDIENCE_FIELDS[] = {
	VIEW_F(struct audience_line, label, VIEW_TEXT),
	VIEW_F(struct audience_line, why, VIEW_TEXT),
	VIEW_F(struct audience_line, what, VIEW_TEXT),
};
static const struct view AUDIENCE_VIEW = VIEW_OF(struct audience_line, AUDIENCE_FIELDS);

struct permission_line {
	const char *label;
	bool yes, only_if, no;
	const char *sentence;
};
static const struct view_field PERMISSION_FIELDS[] = {
	VIEW_F(struct permission_line, label, VIEW_TEXT),
	VIEW_F(struct permission_line, yes, VIEW_BOOL),
	VIEW_AS(struct permission_line, only_if, "onlyIf", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct permission_line, no, "no", VIEW_BOOL, .page_only = true),
	VIEW_F(struct permission_line, sentence, VIEW_TEXT),
};
static const struct view PERMISSION_VIEW = VIEW_OF(struct permission_line, PERMISSION_FIELDS);

struct appointment_sight {
	int64_t appointment_id;
	const char *name, *on_behalf, *role, *duty, *blocked_reason;
	struct array rooms, audiences, permissions;
	bool has_rooms;
};
static const struct view_field SIGHT_FIELDS[] = {
	VIEW_AS(struct appointment_sight, appointment_id, "appointmentId", VIEW_INT),
	VIEW_F(struct appointment_sight, name, VIEW_TEXT),
	VIEW_AS(struct appointment_sight, on_behalf, "onBehalf", VIEW_TEXT),
	VIEW_F(struct appointment_sight, role, VIEW_TEXT),
	VIEW_F(struct appointment_sight, duty, VIEW_TEXT),
	VIEW_AS(struct appointment_sight, blocked_reason, "blockedReason", VIEW_TEXT),
	VIEW_AS(struct appointment_sight, rooms, "rooms", VIEW_LIST, .view = &SIGHT_LINE_VIEW),
	VIEW_AS(struct appointment_sight, has_rooms, "hasRooms", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct appointment_sight, audiences, "audiences", VIEW_LIST,
	        .view = &AUDIENCE_VIEW),
	VIEW_AS(struct appointment_sight, permissions, "permissions", VIEW_LIST,
	        .view = &PERMISSION_VIEW),
};
static const struct view SIGHT_VIEW = VIEW_OF(struct appointment_sight, SIGHT_FIELDS);

struct explain_page {
	struct array appointments;
	bool has_appointments;
	const char *person; /* whose appointments these are: stays in the address */
	const struct appointment_sight *chosen;
};
static const struct view_field EXPLAIN_FIELDS[] = {
	VIEW_AS(struct explain_page, appointments, "appointmentOptions", VIEW_LIST,
	        .view = &CHOICE_VIEW),
	VIEW_AS(struct explain_page, has_appointments, "hasAppointments", VIEW_BOOL,
	        .page_only = true),
	VIEW_AS(struct explain_page, person, "person", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct explain_page, chosen, "chosen", VIEW_OBJECT, .view = &SIGHT_VIEW),
};
static const struct view EXPLAIN_VIEW = VIEW_OF(struct explain_page, EXPLAIN_FIELDS);

/* ---- audiences --------------------------------------------------------------------- */

static struct viewer viewer_of(const struct appointment *ap)
{
	struct viewer v = {
		.person_id = ap->person_id,
		.appointment_id = ap->id,
		.participant_id = ap->participant_id,
		.organ_id = ap->organ_id,
		.desk_id = ap->desk_id,
		.municipality_id = ap->municipality_id,
		.letter = ap->letter,
		.role = ap->role,
	};

	viewer_audiences(&v);
	return v;
}

static enum status municipality_name(struct request *rq, int64_t id, const char **ret,
                                     struct error *reterr)
{
	struct municipality town;
	const enum status st = municipality_load(rq->db, id, rq->arena, &town, reterr);

	if (st != OK && st != ERR_NOT_FOUND)
		return st;
	*ret = st == OK ? arena_printf(rq->arena, "Gemeente %s", town.name) : "Een gemeente";
	return OK;
}

/* In words, with the reason why this appointment belongs to it. */
static enum status audience_words(struct request *rq, const struct appointment *ap, audience which,
                                  struct audience_line *ret, struct error *reterr)
{
	struct arena *a = rq->arena;
	const char *role = access_role(ap->role)->label;

	ret->why = arena_printf(a, "Heeft de rol van %s.", role);
	switch ((enum audience_kind)(which >> 48)) {
	case AUDIENCE_ROLE:
		ret->label = arena_printf(a, "Iedereen met de rol van %s", role);
		ret->what = "Wat in deze regio voor die rol openstaat";
		return OK;
	case AUDIENCE_PARTICIPANT:
		ret->label = ap->participant;
		ret->what = "Wat aan de hele organisatie is gericht";
		return OK;
	case AUDIENCE_ORGAN:
		ret->label = arena_printf(a, "Wie werkt namens %s", ap->on_behalf);
		ret->why = arena_printf(a, "Werkt namens %s.", ap->on_behalf);
		ret->what = "Wat namens deze organisatie is ingebracht of aan haar is gevraagd";
		return OK;
	case AUDIENCE_ORGAN_DESK:
		ret->label = arena_printf(a, "Het loket van %s", ap->on_behalf);
		ret->what = "Wat namens deze organisatie is ingediend, zonder concepten";
		return OK;
	case AUDIENCE_DESK:
		ret->label = ap->desk != NULL ? ap->desk : "Het eigen loket";
		ret->why = "Werkt bij dit onderdeel.";
		ret->what = "Wat aan dit onderdeel is gericht";
		return OK;
	case AUDIENCE_APPOINTMENT:
		ret->label = "Alleen deze persoon, in deze rol";
		ret->why = "Het eigen werk.";
		ret->what = "Eigen concepten, eigen taken en waarvoor deze persoon is uitgenodigd";
		return OK;
	case AUDIENCE_MUNICIPALITY:
		ret->what = "Wat over deze gemeente gaat";
		return municipality_name(rq, which & ((INT64_C(1) << 48) - 1), &ret->label, reterr);
	case AUDIENCE_DECIDERS:
		ret->label = arena_printf(a, "Wie beslist namens %s", ap->on_behalf);
		ret->why = "Beslist voor deze organisatie.";
		ret->what = "Bevragingen aan deze organisatie";
		return OK;
	case AUDIENCE_STEERING:
		ret->label = arena_printf(a, "Wie namens %s in de Stuurploeg zit", ap->on_behalf);
		ret->why = "Zit in de Stuurploeg.";
		ret->what = "Besluiten en interventies van casussen waar deze organisatie meedoet";
		return OK;
	case AUDIENCE_MANAGERS:
		ret->label = arena_printf(a, "Wie bij %s de accounts beheert", ap->participant);
		ret->what = "Aanvragen en rollen waarop een handtekening wacht";
		return OK;
	case AUDIENCE_MEETING:
		ret->label = "De genodigden van een overleg";
		ret->why = "Is uitgenodigd.";
		ret->what = "De agenda van dat overleg";
		return OK;
	case AUDIENCE_CASEFILE:
		ret->label = "De leden van een casus";
		ret->why = "Is lid van de casus.";
		ret->what = "Die casus";
		return OK;
	}
	return FAIL_INTERNAL(reterr);
}

static enum status audience_lines(struct request *rq, const struct appointment *ap,
                                  struct array *ret, struct error *reterr)
{
	const struct viewer v = viewer_of(ap);
	struct audience_line *lines =
	    ARENA_ARRAY(rq->arena, struct audience_line, VIEWER_AUDIENCES_MAX);

	for (size_t i = 0; i < v.audience_count; i++) {
		const enum status st = audience_words(rq, ap, v.audiences[i], &lines[i], reterr);
		if (st != OK)
			return st;
	}
	*ret = (struct array){ lines, v.audience_count };
	return OK;
}

/* ---- permissions ------------------------------------------------------------------- */

static struct array permission_lines(struct arena *a, enum role role)
{
	struct permission_line *lines = ARENA_ARRAY(a, struct permission_line, PERM_COUNT);
	size_t count = 0;

	for (int p = PERM_SIGNED_IN; p < PERM_COUNT; p++) {
		const bool may = access_permits(role, (enum permission)p);
		lines[count++] = (struct permission_line){
			.label = access_permission_word((enum permission)p),
			.yes = may,
			.no = !may,
			.sentence = may ? arena_printf(a, "Hoort bij de rol van %s.",
			                               access_role(role)->label)
			                : arena_printf(a, "Hoort bij: %s.",
			                               permission_holders(a, (enum permission)p)),
		};
	}
	return (struct array){ lines, count };
}

/* ---- in force? --------------------------------------------------------------------- */

static struct standing standing_of(const struct person *p, const struct appointment *ap)
{
	return (struct standing){
		.account_active = p->state == ACCOUNT_ACTIVE,
		.from_day = ap->from_day,
		.until_day = ap->until_day,
		.ended_at_ms = ap->ended_at,
		.screened_on_day = p->screened_on,
		.screened_by_vog = p->screening_manner == SCREENING_VOG,
		.trained_on_day = p->trained_on,
		.handles_persons = role_handles_persons(ap->role),
	};
}

/* NULL: this appointment is in force. */
static const char *blocked_reason(struct request *rq, const struct person *p,
                                  const struct appointment *ap)
{
	const struct standing s = standing_of(p, ap);

	if (ap->state != APPOINTMENT_IN_FORCE)
		return "Deze rol geldt niet: nog niet getekend, geweigerd of beëindigd.";
	const struct verdict v =
	    access_standing(&s, &SCREENING_TERMS, rq->now_ms, local_day(rq->now_ms));
	if (v.kind != VERDICT_NO)
		return NULL;
	return arena_printf(rq->arena, "Wie zo inlogt, leest nu: \"%s\"", v.sentence);
}

/* ---- the page ---------------------------------------------------------------------- */

static enum status fill_sight(struct request *rq, const struct people_scope *scope, int64_t id,
                              struct appointment_sight *ret, struct error *reterr)
{
	struct appointment ap;
	struct person p;

	enum status st = appointment_load(rq->db, scope, id, rq->arena, &ap, reterr);
	if (st == OK)
		st = person_load(rq->db, scope, ap.person_id, rq->arena, &p, reterr);
	if (st == OK)
		st = audience_lines(rq, &ap, &ret->audiences, reterr);
	if (st != OK)
		return st;
	ret->appointment_id = ap.id;
	ret->name = ap.person;
	ret->on_behalf = ap.on_behalf;
	ret->role = access_role(ap.role)->label;
	ret->duty = access_role(ap.role)->duty;
	ret->blocked_reason = blocked_reason(rq, &p, &ap);
	ret->permissions = permission_lines(rq->arena, ap.role);
	if (ret->blocked_reason != NULL) /* then nothing is seen at all */
		return OK;
	const struct viewer seen = viewer_of(&ap);
	st = sight_lines(rq, &seen, ap.on_behalf, &ret->rooms, reterr);
	ret->has_rooms = ret->rooms.count > 0;
	return st;
}

static int64_t number_in(const struct request *rq, const char *name)
{
	const char *text = input_text(rq->query, name);
	char *end;

	if (text == NULL || *text < '1' || *text > '9')
		return 0;
	const int64_t n = strtoll(text, &end, 10);
	return *end == '\0' ? n : 0;
}

static struct array choices_of(struct arena *a, struct array list, int64_t chosen)
{
	const struct appointment *ap = list.items;
	struct array choices = choices_for(a, list.count + 1);
	const char *value = arena_printf(a, "%lld", (long long)chosen);

	for (size_t i = 0; i < list.count; i++)
		choices_add(&choices, arena_printf(a, "%lld", (long long)ap[i].id),
		            arena_printf(a, "%s, %s, %s", ap[i].person, ap[i].on_behalf,
		                         access_role(ap[i].role)->label),
		            value);
	return choices;
}

/* One person's appointments, or those of the viewer's own organisation. */
static enum status find_appointments(struct request *rq, const struct people_scope *scope,
                                     int64_t person_id, struct array *ret, struct error *reterr)
{
	struct person p;

	if (person_id == 0)
		return appointment_colleagues(rq->db, rq->viewer->participant_id, 0, rq->arena, ret,
		                              reterr);
	const enum status st = person_load(rq->db, scope, person_id, rq->arena, &p, reterr);
	if (st != OK)
		return st;
	return appointment_list(rq->db, person_id, rq->arena, ret, reterr);
}

static enum status show_sight(struct request *rq, struct response *rs, struct error *reterr)
{
	const struct page page = { .title = "Wat ziet iemand, en waarom?",
		                   .place = "/people",
		                   .template_name = "access/what_sees" };
	const struct people_scope scope = people_scope_of(rq->viewer);
	const int64_t person_id = number_in(rq, "person");
	int64_t id = number_in(rq, "appointment");
	struct explain_page record = { .has_appointments = false };
	struct appointment_sight sight = { .appointment_id = 0 };
	struct array list = { 0 };

	enum status st = find_appointments(rq, &scope, person_id, &list, reterr);
	if (st == OK && id == 0 && person_id != 0 && list.count > 0)
		id = ((const struct appointment *)list.items)->id;
	rq->touched = (struct touched){ .kind = OBJECT_APPOINTMENT, .id = id };
	if (st == OK && id != 0)
		st = fill_sight(rq, &scope, id, &sight, reterr);
	if (st != OK)
		return st;
	record.chosen = id != 0 ? &sight : NULL;
	record.appointments = choices_of(rq->arena, list, id);
	record.has_appointments = list.count > 0;
	if (person_id != 0)
		record.person = arena_printf(rq->arena, "%lld", (long long)person_id);
	return page_respond(rq, rs, &page, &EXPLAIN_VIEW, &record, reterr);
}

const struct route explain_routes[] = {
	{ .method = "GET",
	  .path = "/access/what-sees",
	  .permission = PERM_ACCESS_EXPLAIN,
	  .action = AUDIT_ACCESS_EXPLAIN,
	  .read = show_sight,
	  .view = &EXPLAIN_VIEW,
	  .summary = "Wat iemand in een rol ziet en mag, en waarom" },
	{ 0 },
};

const struct page_template explain_templates[] = {
	{ .name = "access/what_sees", .view = &EXPLAIN_VIEW, .whole = true },
	{ .name = "access/who_sees", .view = &WHO_SEES_VIEW, .whole = true },
	{ 0 },
};
