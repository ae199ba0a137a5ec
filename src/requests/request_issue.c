#include "requests/request_issue.h"

#include "access/access.h"
#include "audit/action.h"
#include "platform/core/calendar.h"
#include "requests/request_news.h"
#include "work/work.h"

static struct work_task task_of(const struct request_moving *m, enum work_kind kind, audience owner,
                                int64_t due_day)
{
	return (struct work_task){
		.owner = owner,
		.kind = (int)kind,
		.object_kind = OBJECT_REQUEST,
		.object_id = m->request->id,
		.reference = m->request->reference,
		.due_day = due_day,
		.created_at = m->now_ms,
		.created_by = m->viewer->appointment_id,
	};
}

/* Who at the bureau goes on with it: of phase 3 only who wrote it, for others don't see it. */
static audience bureau_of(const struct information_request *q, enum role role)
{
	return q->phase < PHASE_3 || role == ROLE_INFO_COORDINATOR
	           ? audience_of(AUDIENCE_ROLE, role)
	           : audience_of(AUDIENCE_APPOINTMENT, q->written_by);
}

/* What waits for whom in the state that it came to. */
static const struct {
	uint8_t state;
	enum work_kind kind;
	enum role role;
} NEXT[] = {
	{ REQUEST_ISSUED, WORK_REQUEST_ANSWER, ROLE_PARTNER_DESK },
	{ REQUEST_ACCEPTED, WORK_REQUEST_ANSWER, ROLE_PARTNER_DESK },
	{ REQUEST_SIGNING, WORK_REQUEST_SIGN, ROLE_PARTNER_DECIDER },
	{ REQUEST_HIT, WORK_REQUEST_CHECK, ROLE_ANALYST },
	{ REQUEST_ANSWERED, WORK_REQUEST_CHECK, ROLE_ANALYST },
	{ REQUEST_PARTLY, WORK_REQUEST_CHECK, ROLE_ANALYST },
	{ REQUEST_CHECKED, WORK_REQUEST_CLOSE, ROLE_INFO_COORDINATOR },
	{ REQUEST_NO_HIT, WORK_REQUEST_CLOSE, ROLE_INFO_COORDINATOR },
	{ REQUEST_REFUSED, WORK_REQUEST_CLOSE, ROLE_INFO_COORDINATOR },
};

static audience owner_of(const struct information_request *q, enum role role, int64_t handler)
{
	if (role == ROLE_PARTNER_DECIDER)
		return audience_of(AUDIENCE_DECIDERS, q->organ_id);
	if (role == ROLE_PARTNER_DESK)
		return handler != 0 ? audience_of(AUDIENCE_APPOINTMENT, handler)
		                    : audience_of(AUDIENCE_ORGAN_DESK, q->organ_id);
	return bureau_of(q, role);
}

/* When the answer is due, or when somebody has to look at what came. */
static int64_t due_of(const struct request_moving *m)
{
	enum { SOON = 3 };

	if (!request_waits_for_answer(m->move->to))
		return working_days_add(local_day(m->now_ms), SOON, NULL);
	return m->due_day != 0 ? m->due_day : m->request->due_day;
}

/* The first question is what the coordinator was to do: once it is out, the desks have the word. What is asked
 * in phase 3 ends nothing that others see. */
static enum status end_asking(struct db_tx *tx, const struct request_moving *m,
                              struct error *reterr)
{
	return m->move->action == REQUEST_ISSUE && m->request->phase < PHASE_3
	           ? work_done(tx, WORK_CASEFILE_ASK, OBJECT_CASEFILE, m->request->casefile_id,
	                       m->viewer->person_id, m->now_ms, reterr)
	           : OK;
}

enum status request_hand_on(struct db_tx *tx, const struct request_moving *m, struct error *reterr)
{
	const struct information_request *q = m->request;
	const int64_t handler = m->handler_id != 0 ? m->handler_id : q->handler_id;
	enum status st =
	    work_done(tx, 0, OBJECT_REQUEST, q->id, m->viewer->person_id, m->now_ms, reterr);

	for (size_t i = 0; st == OK && i < sizeof NEXT / sizeof NEXT[0]; i++) {
		if (NEXT[i].state != m->move->to)
			continue;
		const struct work_task task =
		    task_of(m, NEXT[i].kind, owner_of(q, NEXT[i].role, handler), due_of(m));
		st = work_add(tx, &task, reterr);
	}
	if (st == OK)
		st = end_asking(tx, m, reterr);
	if (st == OK && m->move->action == REQUEST_ASK_TIME) {
		const struct work_task task =
		    task_of(m, WORK_REQUEST_TIME, audience_of(AUDIENCE_ROLE, ROLE_INFO_COORDINATOR),
		            q->due_day);
		st = work_add(tx, &task, reterr);
	}
	return st == OK ? request_tell_move(tx, m, reterr) : st;
}

int32_t request_issue_due(const struct information_request *q, int64_t now_ms)
{
	return request_due((enum request_kind)q->kind, q->urgent, local_day(now_ms), NULL);
}

enum status request_issue(struct db_tx *tx, const struct viewer *viewer,
                          const struct information_request *q, int64_t now_ms, struct verdict *ret,
                          struct error *reterr)
{
	struct request_picture picture = { 0 };
	const struct request_moving m = {
		.request = q,
		.move = machine_move(&REQUEST_MACHINE, q->state, REQUEST_ISSUE),
		.viewer = viewer,
		.now_ms = now_ms,
		.wanted_day = -1,
		.due_day = request_issue_due(q, now_ms),
	};

	if (m.move == NULL)
		return FAIL(reterr, ERR_CONFLICT, "Dit kan niet meer. Bekijk hoe het nu staat.");
	enum status st =
	    request_picture_now(db_tx_read(tx), viewer, q, db_tx_arena(tx), &picture, reterr);
	if (st != OK)
		return st;
	*ret = move_verdict(m.move, ROLE_BIT(viewer->role), &picture);
	if (!verdict_allows(*ret))
		return OK;
	st = request_move(tx, &m, reterr);
	return st == OK ? request_hand_on(tx, &m, reterr) : st;
}
