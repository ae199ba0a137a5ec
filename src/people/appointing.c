#include "people/appointing.h"

#include "access/access.h"
#include "audit/action.h"
#include "people/people_http.h"
#include "platform/core/calendar.h"
#include "work/work.h"

enum { DUE_WORKING_DAYS = 5 };

#define ROLE(name, label)                                                                          \
	{                                                                                          \
		ROLE_##name, #name, label                                                          \
	}

const struct code ROLE_CODES[] = {
	ROLE(SUBMITTER, "indiener"),
	ROLE(PARTNER_DESK, "loket"),
	ROLE(PARTNER_DECIDER, "beslisser van de deelnemer"),
	ROLE(MUNICIPAL_CONTACT, "accounthouder gemeente"),
	ROLE(MAYOR_READER, "burgemeester (lezer)"),
	ROLE(INFO_MEETING_MEMBER, "lid informatie-overleg"),
	ROLE(CHAIR, "voorzitter informatie-overleg"),
	ROLE(SECRETARY, "secretaris informatie-overleg"),
	ROLE(INFO_COORDINATOR, "informatiecoördinator"),
	ROLE(ANALYST, "analist"),
	ROLE(ACCOUNT_MANAGER, "accountmanager"),
	ROLE(EXPERT, "expert ondermijning"),
	ROLE(RIEC_HEAD, "hoofd RIEC"),
	ROLE(WORKING_GROUP, "lid werkgroep"),
	ROLE(STEERING_MEMBER, "lid Stuurploeg"),
	ROLE(STEERING_SECRETARY, "secretaris Stuurploeg"),
	ROLE(INTERVENTION_LEAD, "regievoerder"),
	ROLE(EXECUTOR, "uitvoerder"),
	ROLE(RECORDS_MANAGER, "recordmanager"),
	ROLE(CONTACT_POINT, "contactpunt"),
	ROLE(COORD_DPO, "coördinerend FG"),
	ROLE(RAC, "lid rechtmatigheidsadviescommissie"),
	ROLE(AUDITOR, "auditor"),
	ROLE(AUTHORISATION_MANAGER, "autorisatiebeheerder"),
	ROLE(SYSTEM_ADMIN, "technisch beheerder"),
	{ 0 },
};
_Static_assert(sizeof ROLE_CODES / sizeof ROLE_CODES[0] == ROLE_COUNT, "every role can be chosen");

/* ---- the workplace and its choices --------------------------------------------------- */

enum status workplace_load(struct request *rq, int64_t participant_id, int64_t person_id,
                           struct workplace *ret, struct error *reterr)
{
	*ret = (struct workplace){ .today = local_day(rq->now_ms) };
	enum status st =
	    participant_load(rq->db, participant_id, rq->arena, &ret->participant, reterr);
	if (st == OK)
		st = organ_list(rq->db, participant_id, rq->arena, &ret->organs, reterr);
	if (st == OK)
		st = desk_list(rq->db, participant_id, ret->today, rq->arena, &ret->desks, reterr);
	if (st == OK)
		st = appointment_colleagues(rq->db, participant_id, person_id, rq->arena,
		                            &ret->colleagues, reterr);
	return st;
}

/* Some organ of this employer, or the employer itself, can have the role. */
static bool can_have(const struct workplace *w, enum role role)
{
	const struct organ *organs = w->organs.items;

	if (w->participant.bureau || w->organs.count == 0)
		return appointment_role_fits(role, 0, w->participant.bureau);
	for (size_t i = 0; i < w->organs.count; i++)
		if (appointment_role_fits(role, organs[i].letter, false))
			return true;
	return false;
}

static const struct code *role_choices(struct arena *a, const struct workplace *w)
{
	struct code *codes = ARENA_ARRAY(a, struct code, ROLE_COUNT);
	size_t count = 0;

	for (const struct code *c = ROLE_CODES; c->name != NULL; c++)
		if (can_have(w, (enum role)c->value))
			codes[count++] = *c;
	codes[count] = (struct code){ 0 };
	return codes;
}

const struct form *workplace_form(struct arena *a, const struct workplace *w,
                                  const struct form *form)
{
	struct field *fields = ARENA_ARRAY(a, struct field, form->field_count);
	struct form *ret = ARENA_NEW(a, struct form);

	for (size_t i = 0; i < form->field_count; i++) {
		fields[i] = form->fields[i];
		if (fields[i].codes == ROLE_CODES)
			fields[i].codes = role_choices(a, w);
	}
	*ret = (struct form){ fields, form->field_count, form->struct_bytes };
	return ret;
}

static struct option choice(struct arena *a, int64_t id, const char *label, const char *chosen)
{
	const char *value = arena_printf(a, "%lld", (long long)id);
	return (struct option){ value, label, chosen != NULL && strcmp(chosen, value) == 0 };
}

/* A body with one organ, and the bureau, leaves nothing to choose. */
struct array workplace_organ_options(struct arena *a, const struct workplace *w, const char *chosen)
{
	const struct organ *organs = w->organs.items;
	struct option *to = ARENA_ARRAY(a, struct option, w->organs.count + 1);
	size_t count = 0;

	if (w->organs.count == 0)
		to[count++] = (struct option){ "", w->participant.name, true };
	else if (w->organs.count > 1)
		to[count++] = (struct option){ "", "Kies namens wie", chosen == NULL };
	for (size_t i = 0; i < w->organs.count; i++)
		to[count++] = choice(a, organs[i].id, organs[i].name, chosen);
	return (struct array){ to, count };
}

struct array workplace_desk_options(struct arena *a, const struct workplace *w, const char *chosen)
{
	const struct desk *desks = w->desks.items;
	struct option *to = ARENA_ARRAY(a, struct option, w->desks.count + 1);

	to[0] = (struct option){ "", "Geen", chosen == NULL || *chosen == '\0' };
	for (size_t i = 0; i < w->desks.count; i++)
		to[i + 1] = choice(a, desks[i].id, desks[i].name, chosen);
	return (struct array){ to, w->desks.count + 1 };
}

struct array workplace_deputy_options(struct arena *a, const struct workplace *w,
                                      const char *chosen)
{
	const struct appointment *from = w->colleagues.items;
	struct option *to = ARENA_ARRAY(a, struct option, w->colleagues.count + 1);

	to[0] = (struct option){ "", "Niemand", chosen == NULL || *chosen == '\0' };
	for (size_t i = 0; i < w->colleagues.count; i++)
		to[i + 1] = choice(
		    a, from[i].id,
		    arena_printf(a, "%s, %s", from[i].person, access_role(from[i].role)->label),
		    chosen);
	return (struct array){ to, w->colleagues.count + 1 };
}

/* ---- checks -------------------------------------------------------------------------- */

static const struct organ *organ_chosen(const struct workplace *w, int64_t id)
{
	const struct organ *organs = w->organs.items;

	if (id == 0 && w->organs.count == 1)
		return &organs[0];
	for (size_t i = 0; i < w->organs.count; i++)
		if (organs[i].id == id)
			return &organs[i];
	return NULL;
}

static bool desk_known(const struct workplace *w, int64_t id)
{
	const struct desk *desks = w->desks.items;
	for (size_t i = 0; i < w->desks.count; i++)
		if (desks[i].id == id)
			return true;
	return false;
}

static const struct appointment *colleague(const struct workplace *w, int64_t id)
{
	const struct appointment *all = w->colleagues.items;
	for (size_t i = 0; i < w->colleagues.count; i++)
		if (all[i].id == id)
			return &all[i];
	return NULL;
}

static void refuse(struct request *rq, const char *path, const char *sentence)
{
	problems_add(rq->problems, PROBLEM_ERROR, path, sentence);
}

static void check_place(struct request *rq, const struct workplace *w,
                        const struct appointing_input *in, const struct organ *organ)
{
	if (organ == NULL && (w->organs.count > 0 || in->organ != 0))
		refuse(rq, "organ", "Kies namens wie deze persoon werkt.");
	else if (!appointment_role_fits((enum role)in->role, organ != NULL ? organ->letter : 0,
	                                w->participant.bureau))
		refuse(rq, "role", "Deze rol past niet bij deze organisatie. Kies een andere rol.");
	if (in->desk != 0 && !desk_known(w, in->desk))
		refuse(rq, "desk", "Kies een loket uit de lijst.");
}

static void check_deputy(struct request *rq, const struct workplace *w,
                         const struct appointing_input *in)
{
	if (in->deputy_for == 0)
		return;
	const struct appointment *other = colleague(w, in->deputy_for);
	if (other == NULL)
		refuse(rq, "deputyFor", "Kies een collega uit de lijst.");
	else if ((int)other->role != in->role)
		refuse(rq, "deputyFor",
		       "Een vervanger krijgt dezelfde rol. Kies een collega met deze rol.");
}

void appointing_check(struct request *rq, const struct workplace *w,
                      const struct appointing_input *in, struct appointment_new *ret)
{
	const struct organ *organ = organ_chosen(w, in->organ);
	const int64_t from = in->from != FIELD_NO_DAY ? in->from : w->today;

	check_place(rq, w, in, organ);
	check_deputy(rq, w, in);
	if (in->until != FIELD_NO_DAY && (in->until < from || in->until < w->today))
		refuse(rq, "until", "Kies een einddatum na de begindatum, vanaf vandaag.");
	*ret = (struct appointment_new){
		.uuid = uuid_random(),
		.role = (enum role)in->role,
		.participant_id = w->participant.id,
		.organ_id = organ != NULL ? organ->id : 0,
		.desk_id = in->desk,
		.municipality_id = w->participant.municipality_id,
		.deputy_for = in->deputy_for,
		.from_day = from,
		.until_day = in->until != FIELD_NO_DAY ? in->until : NO_DAY,
		.state = APPOINTMENT_NONE,
		.proposed_by = rq->viewer->person_id,
		.proposed_at = rq->now_ms,
		.reason = in->reason,
	};
}

/* ---- the change ---------------------------------------------------------------------- */

audience employer_audience(int64_t participant_id, bool bureau)
{
	return bureau ? audience_of(AUDIENCE_ROLE, ROLE_RIEC_HEAD)
	              : audience_of(AUDIENCE_MANAGERS, participant_id);
}

/* The second signature: of the head for what a manager proposes, of a manager for the head's. */
static enum status ask_to_sign(struct db_tx *tx, const struct request *rq, int64_t appointment_id,
                               int64_t participant_id, struct error *reterr)
{
	const bool by_head = rq->viewer->role == ROLE_RIEC_HEAD;
	const struct work_task task = {
		.owner = by_head ? audience_of(AUDIENCE_MANAGERS, participant_id)
		                 : audience_of(AUDIENCE_ROLE, ROLE_RIEC_HEAD),
		.kind = WORK_ROLE_SIGN,
		.object_kind = OBJECT_APPOINTMENT,
		.object_id = appointment_id,
		.reference = arena_printf(db_tx_arena(tx), "%lld", (long long)appointment_id),
		.due_day = working_days_add(local_day(rq->now_ms), DUE_WORKING_DAYS, NULL),
		.created_at = rq->now_ms,
		.created_by = rq->viewer->appointment_id,
	};
	return work_add(tx, &task, reterr);
}

enum status appointing_apply(struct db_tx *tx, const struct request *rq,
                             const struct appointment_new *n, int64_t *ret_id, struct error *reterr)
{
	const struct actor actor = people_actor(rq);
	const bool four_eyes = access_role(n->role)->four_eyes;
	const struct move *mv = machine_move(&APPOINTMENT_MACHINE, APPOINTMENT_NONE,
	                                     four_eyes ? APPOINTMENT_PROPOSE : APPOINTMENT_GRANT);
	struct appointment_picture picture;

	enum status st = appointment_insert(tx, n, ret_id, reterr);
	if (st == OK)
		st = appointment_picture_load(db_tx_read(tx), *ret_id, &actor, &picture, reterr);
	if (st != OK)
		return st;
	struct verdict v = move_verdict(mv, ROLE_BIT(rq->viewer->role), &picture);
	if (!verdict_allows(v))
		return FAIL(reterr, ERR_CONFLICT, "%s", v.sentence);
	const struct people_move m = { n->person_id, *ret_id,         mv->from,   mv->to,
		                       mv->action,   actor.person_id, rq->now_ms, n->reason };
	st = people_move(tx, &m, reterr);
	if (st == OK && four_eyes)
		st = ask_to_sign(tx, rq, *ret_id, n->participant_id, reterr);
	return st;
}
