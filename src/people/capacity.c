#include "people/capacity.h"

#include <string.h>

#include "audit/action.h"
#include "audit/event.h"
#include "platform/core/calendar.h"
#include "platform/view/page.h"
#include "plein/plein.h"

bool capacity_in_force(const struct request *rq, const struct session *s)
{
	const struct standing *a = &s->standing;
	const int64_t today = local_day(rq->now_ms);

	return s->appointment_id != 0 && today >= a->from_day &&
	       (a->until_day == NO_DAY || today <= a->until_day) &&
	       (a->ended_at_ms == 0 || a->ended_at_ms > rq->now_ms);
}

bool capacity_may_choose(const struct request *rq)
{
	return rq->session->capacity_count != 1 || !capacity_in_force(rq, rq->session);
}

struct choosing {
	int64_t session_id, appointment_id;
};

static enum status choose_run(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct choosing *c = args;
	return session_choose(tx, c->session_id, c->appointment_id, reterr);
}

/* Where it can't be kept (disk full, ended meanwhile) the next request decides again. */
static void keep(struct request *rq, const struct session *s)
{
	struct choosing c = { s->id, s->appointment_id };
	struct audit_event e = { .at_ms = rq->now_ms,
		                 .action = AUDIT_CAPACITY_CHOICE,
		                 .actor_id = s->person_id,
		                 .session_id = s->id,
		                 .appointment_id = s->appointment_id,
		                 .role = (uint8_t)s->role,
		                 .participant_id = s->appointment_participant_id,
		                 .organ_id = s->organ_id,
		                 .object_type = OBJECT_APPOINTMENT,
		                 .object_id = s->appointment_id };
	struct db_job job = { .run = choose_run, .args = &c, .event = &e };
	struct error ignored = { 0 };

	if (db_run(plein_of(rq)->db, &job, &ignored) != OK)
		return;
}

enum status capacity_fall_back(struct request *rq, struct session *s, struct error *reterr)
{
	struct array list = { 0 };
	struct session other;

	if (s->id == 0 || s->account != ACCOUNT_ACTIVE || capacity_in_force(rq, s))
		return OK;
	if (strcmp(rq->method, "GET") != 0)
		return OK; /* what was written on behalf of one is never sent on behalf of another */
	enum status st = session_capacities(rq->db, s->person_id, local_day(rq->now_ms), rq->now_ms,
	                                    rq->arena, &list, reterr);
	if (st != OK || list.count == 0)
		return st;
	const struct capacity *first = list.items;
	st = session_load_under(rq->db, &s->digest, first->appointment_id, rq->arena, &other,
	                        reterr);
	if (st != OK)
		return st == ERR_NOT_FOUND ? OK : st;
	*s = other;
	keep(rq, s);
	rq->frame->note =
	    arena_printf(rq->arena, "Uw vorige rol is afgelopen. U werkt nu namens: %s, %s.",
	                 s->on_behalf, access_role(s->role)->label);
	return OK;
}
