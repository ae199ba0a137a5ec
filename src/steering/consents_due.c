#include "steering/consents_due.h"

#include "access/access.h"
#include "audit/action.h"
#include "audit/event.h"
#include "platform/core/calendar.h"
#include "work/work.h"

enum { DUE_MAX = 5000, DUE_ARENA_BYTES = 1 << 20 };

/* $1 the next working day, $2 today. Of a living casefile; each is told twice at most. */
static const struct db_stmt DUE = {
	"consents_due", "ii",
	"SELECT c.id, c.organ_id, c.asked_by, c.intervention_id, c.reference, i.reference,"
	" c.due_day FROM report_consent c JOIN intervention i ON i.id = c.intervention_id"
	" JOIN casefile f ON f.id = c.casefile_id WHERE c.answered_at = 0 AND c.withdrawn_at = 0"
	" AND f.state < 10"
	" AND ((c.reminded_at = 0 AND c.due_day <= $1) OR (c.late_at = 0 AND c.due_day < $2))"
	" ORDER BY c.id LIMIT 5000"
};
static const struct db_stmt REMIND = {
	"consent_remind", "ii",
	"UPDATE report_consent SET reminded_at = $2 WHERE id = $1 AND reminded_at = 0"
	" AND answered_at = 0 AND withdrawn_at = 0"
};
static const struct db_stmt LATE = {
	"consent_late", "ii",
	"UPDATE report_consent SET late_at = $2, reminded_at = CASE WHEN reminded_at = 0 THEN $2"
	" ELSE reminded_at END WHERE id = $1 AND late_at = 0 AND answered_at = 0"
	" AND withdrawn_at = 0"
};

const struct db_stmt *const consents_due_statements[] = { &DUE, &REMIND, &LATE, NULL };

struct due {
	int64_t id, organ_id, asker_id, intervention_id, now_ms;
	const char *reference, *intervention;
	bool late, done; /* done: this run told it */
};

static enum status tell(struct db_tx *tx, const struct due *d, audience to, int kind,
                        struct error *reterr)
{
	const bool source = kind == NEWS_CONSENT_DUE;
	const struct work_news news = { .at = d->now_ms,
		                        .kind = kind,
		                        .object_kind =
		                            source ? OBJECT_CONSENT : OBJECT_INTERVENTION,
		                        .object_id = source ? d->id : d->intervention_id,
		                        .reference = source ? d->reference : d->intervention };
	return work_tell(tx, to, &news, reterr);
}

static enum status act(struct db_tx *tx, void *args, struct error *reterr)
{
	struct due *d = args;
	int64_t changed = 0;
	enum status st = db_exec(tx, d->late ? &LATE : &REMIND,
	                         DB_ARGS(DB_INT(d->id), DB_INT(d->now_ms)), &changed, reterr);

	d->done = st == OK && changed > 0;
	if (!d->done)
		return st; /* answered meanwhile */
	st = tell(tx, d, audience_of(AUDIENCE_DECIDERS, d->organ_id), NEWS_CONSENT_DUE, reterr);
	return st == OK && d->late ? tell(tx, d, audience_of(AUDIENCE_APPOINTMENT, d->asker_id),
	                                  NEWS_CONSENT_LATE, reterr)
	                           : st;
}

static enum status act_on(struct db *db, struct due *d, struct error *reterr)
{
	struct audit_event event = { .at_ms = d->now_ms,
		                     .action = AUDIT_REPORT_CONSENT,
		                     .object_type = OBJECT_CONSENT,
		                     .object_id = d->id };
	struct db_job job = { .run = act, .args = d, .event = &event, .lane = LANE_BULK };
	return db_run(db, &job, reterr);
}

static enum status load(struct db *db, int64_t now_ms, struct arena *a, struct array *ret,
                        struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	const int32_t today = local_day(now_ms);
	struct due *list = ARENA_ARRAY(a, struct due, DUE_MAX);
	struct db_read *r = NULL;
	size_t count = 0;
	enum status st = db_read_begin(db, &r, reterr);

	if (st != OK)
		return st;
	st = db_query(r, &DUE, DB_ARGS(DB_INT(working_days_add(today, 1, NULL)), DB_INT(today)),
	              &rows, reterr);
	while (st == OK && count < DUE_MAX && db_next(&rows))
		list[count++] = (struct due){ .id = db_int(&rows, 0),
			                      .organ_id = db_int(&rows, 1),
			                      .asker_id = db_int(&rows, 2),
			                      .intervention_id = db_int(&rows, 3),
			                      .reference = db_text(&rows, 4, a),
			                      .intervention = db_text(&rows, 5, a),
			                      .late = db_int(&rows, 6) < today,
			                      .now_ms = now_ms };
	if (st == OK && count < DUE_MAX)
		st = db_rows_end(&rows, reterr);
	db_rows_close(&rows);
	db_read_end(r);
	*ret = (struct array){ list, count };
	return st;
}

enum status consents_due(struct db *db, int64_t now_ms, struct consents_found *ret,
                         struct error *reterr)
{
	struct array found = { 0 };
	struct arena a;

	*ret = (struct consents_found){ 0 };
	arena_init(&a, DUE_ARENA_BYTES);
	enum status st = load(db, now_ms, &a, &found, reterr);
	struct due *d = found.items;
	for (size_t i = 0; st == OK && i < found.count; i++) {
		st = act_on(db, &d[i], reterr);
		ret->late += d[i].done && d[i].late;
		ret->reminded += d[i].done && !d[i].late;
	}
	arena_reset(&a);
	return st;
}
