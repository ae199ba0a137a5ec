/* Budgets in the database: counts of the hour, alarms, exceptions. */
#include "people/budget_store.h"

#include "access/access.h"
#include "audit/action.h"
#include "audit/event.h"
#include "people/budget_memory.h"
#include "platform/core/calendar.h"
#include "work/work.h"

static const struct db_stmt ADD = {
	"budget_add", "iiii",
	"INSERT INTO budget_count (person_id, hour, kind, count) VALUES ($1, $2, $3, $4)"
	" ON CONFLICT (person_id, hour, kind) DO UPDATE SET count = budget_count.count + $4"
	" RETURNING count"
};
static const struct db_stmt OF_HOUR = {
	"budget_of_hour", "i",
	"SELECT person_id, kind, count FROM budget_count WHERE hour = $1"
	" ORDER BY hour, person_id, kind LIMIT 20000"
};
static const struct db_stmt IN_FORCE = {
	"budget_in_force", "i",
	"SELECT person_id, most, kind FROM budget_exception WHERE state = 2 AND until_day >= $1"
	" ORDER BY until_day, id LIMIT 500"
};
static const struct db_stmt RAISED = {
	"budget_raised", "iiii",
	"SELECT count(*) FROM budget_alarm WHERE person_id = $1 AND hour = $2 AND kind = $3"
	" AND level = $4"
};
static const struct db_stmt RAISE = {
	"budget_raise", "iiiiii",
	"INSERT INTO budget_alarm (person_id, hour, kind, level, count, raised_at)"
	" VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (person_id, hour, kind, level) DO NOTHING"
};
static const struct db_stmt EMPLOYER = {
	"budget_employer", "i",
	"SELECT p.participant_id, w.bureau FROM person p JOIN participant w"
	" ON w.id = p.participant_id WHERE p.id = $1"
};
static const struct db_stmt FORGET = { "budget_forget", "i",
	                               "DELETE FROM budget_count WHERE hour < $1" };
static const struct db_stmt FORGET_ALARMS = { "budget_forget_alarms", "i",
	                                      "DELETE FROM budget_alarm WHERE raised_at < $1" };

/* $1 participant, 0: any. */
static const struct db_stmt ALARMS = {
	"budget_alarms", "i",
	"SELECT a.id, a.person_id, p.full_name, a.hour, a.kind, a.level, a.count, a.raised_at,"
	" a.seen_at FROM budget_alarm a JOIN person p ON p.id = a.person_id"
	" WHERE $1 = 0 OR p.participant_id = $1 ORDER BY a.raised_at DESC, a.id DESC LIMIT 200"
};
static const struct db_stmt HOURS = {
	"budget_hours", "ii",
	"SELECT hour, sum(CASE WHEN kind = 1 THEN count ELSE 0 END),"
	" sum(CASE WHEN kind = 2 THEN count ELSE 0 END), sum(CASE WHEN kind = 3 THEN count ELSE 0"
	" END) FROM budget_count WHERE person_id = $1 AND hour >= $2 GROUP BY hour"
	" ORDER BY hour DESC LIMIT 200"
};
static const struct db_stmt EXCEPTIONS = {
	"budget_exceptions", "i",
	"SELECT e.id, e.kind, e.most, e.until_day, e.reason, e.state, e.asked_person, e.asked_at,"
	" q.full_name FROM budget_exception e JOIN person q ON q.id = e.asked_person"
	" WHERE e.person_id = $1 ORDER BY e.id DESC LIMIT 50"
};
static const struct db_stmt SEE = {
	"budget_see", "iii",
	"UPDATE budget_alarm SET seen_by = $2, seen_at = $3 WHERE person_id = $1 AND seen_at = 0"
};
static const struct db_stmt ASK = {
	"budget_ask", "iiiitiii",
	"INSERT INTO budget_exception (person_id, kind, most, until_day, reason, state, asked_by,"
	" asked_person, asked_at) SELECT $1, $2, $3, $4, $5, 1, $6, $7, $8 WHERE NOT EXISTS"
	" (SELECT 1 FROM budget_exception e WHERE e.person_id = $1 AND e.kind = $2"
	" AND e.state = 1)"
};
static const struct db_stmt DECIDE = {
	"budget_decide", "iiiii",
	"UPDATE budget_exception SET state = $3, decided_by = $4, decided_at = $5 WHERE id = $1"
	" AND person_id = $2 AND (state = 1 OR (state = 2 AND $3 = 3))"
};
/* One holds at a time: the newest decision counts. */
static const struct db_stmt END_OTHERS = {
	"budget_end_others", "ii",
	"UPDATE budget_exception SET state = 3 WHERE id <> $1 AND person_id = $2 AND state = 2"
	" AND kind = (SELECT e.kind FROM budget_exception e WHERE e.id = $1)"
};

const struct db_stmt *const budget_statements[] = {
	&ADD,    &OF_HOUR,       &IN_FORCE, &RAISED, &RAISE,      &EMPLOYER, &SEE,        &ASK,
	&FORGET, &FORGET_ALARMS, &ALARMS,   &HOURS,  &EXCEPTIONS, &DECIDE,   &END_OTHERS, NULL,
};

/* ---- settling ---------------------------------------------------------------------------------- */

struct settling {
	struct budget_fresh *list;
	size_t count;
};

static enum status write_counts(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct settling *s = args;
	enum status st = OK;

	for (size_t i = 0; st == OK && i < s->count; i++) {
		struct budget_fresh *f = &s->list[i];
		st = db_insert(tx, &ADD,
		               DB_ARGS(DB_INT(f->person_id), DB_INT(f->hour), DB_INT(f->kind),
		                       DB_INT(f->fresh)),
		               &f->total, reterr);
	}
	return st;
}

struct raising {
	const struct budget_fresh *about;
	enum budget_level level;
	int64_t now_ms;
};

static enum status managers_of(struct db_tx *tx, int64_t person_id, audience *ret,
                               struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st =
	    db_query(db_tx_read(tx), &EMPLOYER, DB_ARGS(DB_INT(person_id)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st == OK)
		*ret = db_int(&row, 1) == 1 ? audience_of(AUDIENCE_ROLE, ROLE_RIEC_HEAD)
		                            : audience_of(AUDIENCE_MANAGERS, db_int(&row, 0));
	return st;
}

static enum status tell_managers(struct db_tx *tx, const struct raising *x, struct error *reterr)
{
	const char *reference =
	    arena_printf(db_tx_arena(tx), "%lld", (long long)x->about->person_id);
	audience managers = 0;

	const struct work_news news = { .at = x->now_ms,
		                        .kind = NEWS_BUDGET_ALARM,
		                        .object_kind = OBJECT_PERSON,
		                        .object_id = x->about->person_id,
		                        .reference = reference };
	enum status st = managers_of(tx, x->about->person_id, &managers, reterr);
	const struct work_task task = { .owner = managers,
		                        .kind = WORK_BUDGET_LOOK,
		                        .object_kind = OBJECT_PERSON,
		                        .object_id = x->about->person_id,
		                        .reference = reference,
		                        .due_day = working_days_add(local_day(x->now_ms), 1, NULL),
		                        .created_at = x->now_ms };
	if (st == OK)
		st = work_add(tx, &task, reterr);
	return st == OK ? work_tell(tx, managers, &news, reterr) : st;
}

static enum status raise_alarm(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct raising *x = args;
	int64_t changed = 0;

	const enum status st = db_exec(tx, &RAISE,
	                               DB_ARGS(DB_INT(x->about->person_id), DB_INT(x->about->hour),
	                                       DB_INT(x->about->kind), DB_INT(x->level),
	                                       DB_INT(x->about->total), DB_INT(x->now_ms)),
	                               &changed, reterr);
	return st == OK && changed > 0 ? tell_managers(tx, x, reterr) : st;
}

static enum status is_raised(struct db *db, const struct raising *x, bool *ret,
                             struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	struct db_read *r = NULL;
	enum status st = db_read_begin(db, &r, reterr);

	if (st != OK)
		return st;
	st = db_query(r, &RAISED,
	              DB_ARGS(DB_INT(x->about->person_id), DB_INT(x->about->hour),
	                      DB_INT(x->about->kind), DB_INT(x->level)),
	              &row, reterr);
	if (st == OK)
		st = db_one(&row, reterr);
	*ret = st == OK && db_int(&row, 0) > 0;
	db_rows_close(&row);
	db_read_end(r);
	return st;
}

static enum status watch(const struct budget_limits *limits, struct db *db,
                         const struct budget_fresh *f, int64_t now_ms, struct error *reterr)
{
	enum budget_level level = budget_level_of(limits, f->kind, f->total, f->most);
	struct raising x = { f, f->stopped ? BUDGET_STOP : level, now_ms };
	bool raised = true;

	if (x.level == BUDGET_USUAL)
		return OK;
	enum status st = is_raised(db, &x, &raised, reterr);
	if (st != OK || raised)
		return st;
	struct audit_event event = { .at_ms = now_ms,
		                     .action = AUDIT_BUDGET,
		                     .result = OK,
		                     .object_type = OBJECT_PERSON,
		                     .object_id = f->person_id,
		                     .count_plus_1 = f->total + 1 };
	struct db_job job = { .run = raise_alarm, .args = &x, .event = &event, .lane = LANE_BULK };
	return db_run(db, &job, reterr);
}

static enum status read_exceptions(struct budgets *b, struct db_read *r, int64_t now_ms,
                                   struct arena *a, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct budget_allowed *list = ARENA_ARRAY(a, struct budget_allowed, BUDGET_ALLOWED_MAX);
	size_t count = 0;

	enum status st = db_query(r, &IN_FORCE, DB_ARGS(DB_INT(local_day(now_ms))), &rows, reterr);
	while (st == OK && count < BUDGET_ALLOWED_MAX && db_next(&rows))
		list[count++] = (struct budget_allowed){ db_int(&rows, 0), db_int(&rows, 1),
			                                 (int)db_int(&rows, 2) };
	if (st == OK)
		st = db_rows_end(&rows, reterr);
	if (st == OK)
		budgets_allow(b, list, count);
	return st;
}

static enum status take_over(struct budgets *b, struct db_read *r, int64_t now_ms, struct arena *a,
                             struct error *reterr)
{
	enum { MAX = 20000 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct budget_fresh *list = ARENA_ARRAY(a, struct budget_fresh, MAX);
	const int64_t hour = budget_hour(now_ms);
	size_t count = 0;

	enum status st = db_query(r, &OF_HOUR, DB_ARGS(DB_INT(hour)), &rows, reterr);
	while (st == OK && count < MAX && db_next(&rows))
		list[count++] = (struct budget_fresh){ .person_id = db_int(&rows, 0),
			                               .hour = hour,
			                               .kind = (int)db_int(&rows, 1),
			                               .total = db_int(&rows, 2) };
	if (st == OK)
		st = db_rows_end(&rows, reterr);
	if (st == OK)
		(void)budgets_take_over(b, list, count);
	return st;
}

/* What other processes and earlier lives of this one decided and counted. */
static enum status read_back(struct budgets *b, struct db *db, int64_t now_ms, struct error *reterr)
{
	enum { BYTES = 8 << 20 };
	struct db_read *r = NULL;
	struct arena a;

	enum status st = db_read_begin(db, &r, reterr);
	if (st != OK)
		return st;
	arena_init(&a, BYTES);
	st = read_exceptions(b, r, now_ms, &a, reterr);
	if (st == OK && !budgets_took_over(b))
		st = take_over(b, r, now_ms, &a, reterr);
	db_read_end(r);
	arena_reset(&a);
	return st;
}

enum status budgets_settle(struct budgets *b, struct db *db, int64_t now_ms, bool *ret_more,
                           struct error *reterr)
{
	struct budget_fresh list[BUDGET_FRESH_MAX];

	*ret_more = false;
	enum status st = read_back(b, db, now_ms, reterr);
	if (st != OK)
		return st;
	struct settling s = { list, budgets_collect(b, list) };
	struct db_job job = { .run = write_counts, .args = &s, .lane = LANE_BULK };
	if (s.count > 0)
		st = db_run(db, &job, reterr);
	if (st != OK)
		return st;
	budgets_written(b, list, s.count);
	for (size_t i = 0; st == OK && i < s.count; i++)
		st = watch(budgets_limits(b), db, &list[i], now_ms, reterr);
	*ret_more = s.count == BUDGET_FRESH_MAX;
	return st;
}

struct forgetting {
	int64_t before_ms, count;
};

static enum status forget_run(struct db_tx *tx, void *args, struct error *reterr)
{
	struct forgetting *f = args;
	enum status st =
	    db_exec(tx, &FORGET, DB_ARGS(DB_INT(budget_hour(f->before_ms))), &f->count, reterr);

	return st == OK ? db_exec(tx, &FORGET_ALARMS, DB_ARGS(DB_INT(f->before_ms)), NULL, reterr)
	                : st;
}

enum status budgets_forget(struct db *db, int64_t now_ms, int64_t *ret_count, struct error *reterr)
{
	struct forgetting f = { .before_ms = now_ms - BUDGET_KEEP_DAYS * INT64_C(86400000) };
	struct db_job job = { .run = forget_run, .args = &f, .lane = LANE_BULK };
	const enum status st = db_run(db, &job, reterr);

	*ret_count = f.count;
	return st;
}

/* ---- for the pages ------------------------------------------------------------------------------ */

enum status budget_alarms(struct db_read *r, int64_t participant_id, struct arena *a,
                          struct array *ret, struct error *reterr)
{
	enum { MAX = 200 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct budget_alarm *list = ARENA_ARRAY(a, struct budget_alarm, MAX);
	size_t read = 0;

	enum status st = db_query(r, &ALARMS, DB_ARGS(DB_INT(participant_id)), &rows, reterr);
	if (st != OK)
		return st;
	while (read < MAX && db_next(&rows))
		list[read++] = (struct budget_alarm){ .id = db_int(&rows, 0),
			                              .person_id = db_int(&rows, 1),
			                              .person = db_text(&rows, 2, a),
			                              .hour = db_int(&rows, 3),
			                              .kind = (int)db_int(&rows, 4),
			                              .level = (int)db_int(&rows, 5),
			                              .count = db_int(&rows, 6),
			                              .raised_at = db_int(&rows, 7),
			                              .seen_at = db_int(&rows, 8) };
	*ret = (struct array){ list, read };
	return db_rows_end(&rows, reterr);
}

enum status budget_hours(struct db_read *r, int64_t person_id, int64_t from_hour, struct arena *a,
                         struct array *ret, struct error *reterr)
{
	enum { MAX = 200 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct budget_of_hour *list = ARENA_ARRAY(a, struct budget_of_hour, MAX);
	size_t count = 0;

	enum status st =
	    db_query(r, &HOURS, DB_ARGS(DB_INT(person_id), DB_INT(from_hour)), &rows, reterr);
	if (st != OK)
		return st;
	while (count < MAX && db_next(&rows))
		list[count++] = (struct budget_of_hour){ db_int(&rows, 0), db_int(&rows, 1),
			                                 db_int(&rows, 2), db_int(&rows, 3) };
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

enum status budget_exceptions(struct db_read *r, int64_t person_id, struct arena *a,
                              struct array *ret, struct error *reterr)
{
	enum { MAX = 50 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct budget_exception *list = ARENA_ARRAY(a, struct budget_exception, MAX);
	size_t count = 0;

	enum status st = db_query(r, &EXCEPTIONS, DB_ARGS(DB_INT(person_id)), &rows, reterr);
	if (st != OK)
		return st;
	while (count < MAX && db_next(&rows))
		list[count++] = (struct budget_exception){ .id = db_int(&rows, 0),
			                                   .kind = (int)db_int(&rows, 1),
			                                   .most = db_int(&rows, 2),
			                                   .until_day = db_int(&rows, 3),
			                                   .reason = db_text(&rows, 4, a),
			                                   .state = (int)db_int(&rows, 5),
			                                   .asked_person = db_int(&rows, 6),
			                                   .asked_at = db_int(&rows, 7),
			                                   .asked_by = db_text(&rows, 8, a) };
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

enum status budget_see(struct db_tx *tx, int64_t person_id, const struct budget_actor *who,
                       struct error *reterr)
{
	const enum status st = db_exec(
	    tx, &SEE, DB_ARGS(DB_INT(person_id), DB_INT(who->appointment_id), DB_INT(who->now_ms)),
	    NULL, reterr);

	return st == OK ? work_done(tx, WORK_BUDGET_LOOK, OBJECT_PERSON, person_id, who->person_id,
	                            who->now_ms, reterr)
	                : st;
}

enum status budget_ask(struct db_tx *tx, int64_t person_id, const struct budget_exception *e,
                       const struct budget_actor *who, struct error *reterr)
{
	int64_t changed = 0;
	const enum status st =
	    db_exec(tx, &ASK,
	            DB_ARGS(DB_INT(person_id), DB_INT(e->kind), DB_INT(e->most),
	                    DB_INT(e->until_day), DB_TEXT(e->reason), DB_INT(who->appointment_id),
	                    DB_INT(who->person_id), DB_INT(who->now_ms)),
	            &changed, reterr);

	return st == OK && changed == 0
	           ? FAIL(reterr, ERR_CONFLICT,
	                  "Er wacht al een voorstel hiervoor. Laat dat eerst tekenen of weigeren.")
	           : st;
}

enum status budget_decide(struct db_tx *tx, int64_t person_id, int64_t exception_id, int state,
                          const struct budget_actor *who, struct error *reterr)
{
	int64_t changed = 0;
	enum status st = db_exec(tx, &DECIDE,
	                         DB_ARGS(DB_INT(exception_id), DB_INT(person_id), DB_INT(state),
	                                 DB_INT(who->appointment_id), DB_INT(who->now_ms)),
	                         &changed, reterr);

	if (st == OK && changed == 0)
		return FAIL(reterr, ERR_CONFLICT,
		            "Een collega was eerder. Bekijk hoe het nu staat.");
	return st == OK && state == EXCEPTION_HOLDS
	           ? db_exec(tx, &END_OTHERS, DB_ARGS(DB_INT(exception_id), DB_INT(person_id)),
	                     NULL, reterr)
	           : st;
}
