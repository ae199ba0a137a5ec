#include "requests/requests_due.h"

#include "access/access.h"
#include "audit/action.h"
#include "audit/event.h"
#include "platform/core/calendar.h"
#include "requests/information_request.h"
#include "work/work.h"

enum { DUE_MAX = 20000, DUE_ARENA_BYTES = 16 << 20 };

/* States in which an answer is waited for; $1 the day up to which it was due. */
static const struct db_stmt DUE = {
	"requests_due", "i",
	"SELECT id, reference, state, organ_id, due_day, late, told_head, phase, reminded_day"
	" FROM information_request WHERE state IN (2, 3, 4) AND due_day <= $1 ORDER BY id"
};
static const struct db_stmt MARK = {
	"request_mark_due", "iiiii",
	"UPDATE information_request SET late = CASE WHEN $3 = 1 THEN 1 ELSE late END,"
	" told_head = CASE WHEN $4 = 1 THEN 1 ELSE told_head END, reminded_day = $5"
	" WHERE id = $1 AND due_day = $2 AND state IN (2, 3, 4)"
};
const struct db_stmt *const requests_due_statements[] = { &DUE, &MARK, NULL };

struct due_request {
	int64_t id, organ_id, due_day, reminded_day;
	const char *reference;
	uint8_t state;
	bool late, told_head;
	int64_t phase;
};

static enum status load(struct db *db, int32_t today, struct arena *a, struct array *ret,
                        struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct due_request *list = ARENA_ARRAY(a, struct due_request, DUE_MAX);
	struct db_read *r = NULL;
	size_t count = 0;
	enum status st = db_read_begin(db, &r, reterr);

	if (st != OK)
		return st;
	st = db_query(r, &DUE, DB_ARGS(DB_INT(today)), &rows, reterr);
	while (st == OK && count < DUE_MAX && db_next(&rows))
		list[count++] = (struct due_request){
			.id = db_int(&rows, 0),
			.reference = db_text(&rows, 1, a),
			.state = (uint8_t)db_int(&rows, 2),
			.organ_id = db_int(&rows, 3),
			.due_day = db_int(&rows, 4),
			.late = db_int(&rows, 5) == 1,
			.told_head = db_int(&rows, 6) == 1,
			.phase = db_int(&rows, 7),
			.reminded_day = db_int(&rows, 8),
		};
	if (st == OK && count < DUE_MAX)
		st = db_rows_end(&rows, reterr);
	db_rows_close(&rows);
	db_read_end(r);
	*ret = (struct array){ list, count };
	return st;
}

struct due_act {
	const struct due_request *request;
	int64_t now_ms;
	bool late, escalate;
};

static enum status tell(struct db_tx *tx, const struct due_act *act, audience to, int kind,
                        struct error *reterr)
{
	const struct work_news news = { .at = act->now_ms,
		                        .kind = kind,
		                        .object_kind = OBJECT_REQUEST,
		                        .object_id = act->request->id,
		                        .reference = act->request->reference };
	return work_tell(tx, to, &news, reterr);
}

static enum status mark(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct due_act *act = args;
	const struct due_request *q = act->request;
	int64_t changed = 0;

	enum status st = db_exec(tx, &MARK,
	                         DB_ARGS(DB_INT(q->id), DB_INT(q->due_day), DB_INT(act->late),
	                                 DB_INT(act->escalate), DB_INT(local_day(act->now_ms))),
	                         &changed, reterr);
	if (st != OK || changed == 0)
		return st; /* answered or extended meanwhile */
	st = tell(tx, act, audience_of(AUDIENCE_ORGAN_DESK, q->organ_id), NEWS_REQUEST_DUE, reterr);
	if (st == OK && act->late)
		st = tell(tx, act, audience_of(AUDIENCE_ROLE, ROLE_INFO_COORDINATOR),
		          NEWS_REQUEST_LATE, reterr);
	if (st != OK || !act->escalate || q->phase >= PHASE_3)
		return st; /* the head sees nothing of phase 3 */
	const struct work_task task = {
		.owner = audience_of(AUDIENCE_ROLE, ROLE_RIEC_HEAD),
		.kind = WORK_REQUEST_LATE,
		.object_kind = OBJECT_REQUEST,
		.object_id = q->id,
		.reference = q->reference,
		.due_day = local_day(act->now_ms),
		.created_at = act->now_ms,
	};
	return work_add(tx, &task, reterr);
}

/* On the last day, the first day after it, and when the head is told: once each. */
static bool to_do(const struct due_request *q, int64_t now_ms, struct due_act *ret)
{
	const int32_t today = local_day(now_ms);

	*ret = (struct due_act){ .request = q, .now_ms = now_ms };
	ret->late = !q->late && request_days_late(q->state, q->due_day, today, NULL) > 0;
	ret->escalate = !q->told_head && request_escalates(q->state, q->due_day, today, NULL);
	return ret->late || ret->escalate || (q->due_day == today && q->reminded_day != today);
}

static enum status act_on(struct db *db, struct due_act *act, struct error *reterr)
{
	struct audit_event event = { .at_ms = act->now_ms,
		                     .action = AUDIT_REQUEST_MOVE,
		                     .object_type = OBJECT_REQUEST,
		                     .object_id = act->request->id };
	struct db_job job = { .run = mark, .args = act, .event = &event, .lane = LANE_BULK };
	return db_run(db, &job, reterr);
}

enum status requests_due(struct db *db, int64_t now_ms, struct requests_found *ret,
                         struct error *reterr)
{
	struct array found = { 0 };
	struct arena a;

	*ret = (struct requests_found){ 0 };
	arena_init(&a, DUE_ARENA_BYTES);
	enum status st = load(db, local_day(now_ms), &a, &found, reterr);
	const struct due_request *list = found.items;
	for (size_t i = 0; st == OK && i < found.count; i++) {
		struct due_act act;
		if (!to_do(&list[i], now_ms, &act))
			continue;
		st = act_on(db, &act, reterr);
		ret->reminded++;
		ret->late += act.late;
		ret->escalated += act.escalate;
	}
	arena_reset(&a);
	return st;
}
