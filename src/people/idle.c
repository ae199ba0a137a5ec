#include "people/idle.h"

#include "access/access.h"
#include "audit/action.h"
#include "audit/event.h"
#include "people/account.h"
#include "people/people.h"
#include "people/session.h"
#include "work/work.h"

static const int64_t DAY_MS = INT64_C(86400000);
enum { IDLE_ARENA_BYTES = 16 << 20, IDLE_MAX = 20000 };

/* $1 the role of a head */
static const struct db_stmt USED = {
	"people_used", "i",
	"SELECT p.id, p.participant_id, w.bureau, p.requested_at,"
	" (SELECT coalesce(max(s.seen_at), 0) FROM session s WHERE s.person_id = p.id),"
	" (SELECT coalesce(max(h.at), 0) FROM people_history h WHERE h.person_id = p.id),"
	" (SELECT count(*) FROM appointment a WHERE a.person_id = p.id AND a.role = $1"
	" AND a.state = 2)"
	" FROM person p JOIN participant w ON w.id = p.participant_id"
	" WHERE p.state = 5 AND p.demo = 0 ORDER BY p.id"
};
static const struct db_stmt WARNED = {
	"people_idle_warned", "iii",
	"SELECT count(*) FROM news WHERE audience_id = $1 AND at > $2 AND kind = 3"
	" AND object_id = $3"
};

const struct db_stmt *const idle_statements[] = { &USED, &WARNED, NULL };

struct idle_account {
	int64_t id, used_at;
	audience managers;
	bool head;
};

static int64_t latest(int64_t a, int64_t b, int64_t c)
{
	const int64_t ab = a > b ? a : b;
	return ab > c ? ab : c;
}

static struct idle_account account_of(const struct db_rows *row)
{
	const bool bureau = db_int(row, 2) == 1;
	return (struct idle_account){
		.id = db_int(row, 0),
		.used_at = latest(db_int(row, 3), db_int(row, 4), db_int(row, 5)),
		.managers = bureau ? audience_of(AUDIENCE_ROLE, ROLE_RIEC_HEAD)
		                   : audience_of(AUDIENCE_MANAGERS, db_int(row, 1)),
		.head = db_int(row, 6) > 0,
	};
}

static enum status load(struct db *db, struct arena *a, struct idle_account **ret,
                        size_t *ret_count, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct idle_account *list = ARENA_ARRAY(a, struct idle_account, IDLE_MAX);
	struct db_read *r;
	size_t count = 0;
	enum status st = db_read_begin(db, &r, reterr);

	if (st != OK)
		return st;
	st = db_query(r, &USED, DB_ARGS(DB_INT(ROLE_RIEC_HEAD)), &rows, reterr);
	while (st == OK && count < IDLE_MAX && db_next(&rows))
		list[count++] = account_of(&rows);
	if (st == OK && count < IDLE_MAX)
		st = db_rows_end(&rows, reterr);
	db_rows_close(&rows);
	db_read_end(r);
	*ret = list;
	*ret_count = count;
	return st;
}

struct idle_act {
	const struct idle_account *account;
	int64_t now_ms;
	bool told;
};

static enum status suspend(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct idle_act *act = args;
	const struct move *mv = machine_move(&ACCOUNT_MACHINE, ACCOUNT_ACTIVE, ACCOUNT_LAPSE);
	const struct people_move move = { .person_id = act->account->id,
		                          .from = mv->from,
		                          .to = mv->to,
		                          .action = mv->action,
		                          .now_ms = act->now_ms,
		                          .note = "90 dagen niet gebruikt" };
	const struct work_news news = {
		.at = act->now_ms,
		.kind = NEWS_ACCOUNT_MOVED,
		.object_kind = OBJECT_PERSON,
		.object_id = act->account->id,
		.reference = arena_printf(db_tx_arena(tx), "%lld", (long long)act->account->id),
	};
	enum status st = people_move(tx, &move, reterr);
	if (st == OK)
		st = session_end_others(tx, act->account->id, 0, act->now_ms, reterr);
	return st == OK ? work_tell(tx, act->account->managers, &news, reterr) : st;
}

/* Once for each time of silence. */
static enum status warn(struct db_tx *tx, void *args, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct idle_act *act = args;
	const struct idle_account *who = act->account;
	const struct work_news news = {
		.at = act->now_ms,
		.kind = NEWS_ACCOUNT_IDLE,
		.object_kind = OBJECT_PERSON,
		.object_id = who->id,
		.reference = arena_printf(db_tx_arena(tx), "%lld", (long long)who->id),
	};
	enum status st = db_query(
	    db_tx_read(tx), &WARNED,
	    DB_ARGS(DB_INT(who->managers), DB_INT(who->used_at), DB_INT(who->id)), &rows, reterr);
	if (st == OK)
		st = db_one(&rows, reterr);
	act->told = st == OK && db_int(&rows, 0) == 0;
	db_rows_close(&rows);
	return act->told ? work_tell(tx, who->managers, &news, reterr) : st;
}

static enum status run(struct db *db, db_job_fn *fn, struct idle_act *act, struct error *reterr)
{
	struct audit_event event = { .at_ms = act->now_ms,
		                     .action = AUDIT_ACCOUNT_CHANGE,
		                     .object_type = OBJECT_PERSON,
		                     .object_id = act->account->id };
	struct db_job job = {
		.run = fn, .args = act, .event = fn == suspend ? &event : NULL, .lane = LANE_BULK
	};
	return db_run(db, &job, reterr);
}

static bool another_head_is_about(const struct idle_account *list, size_t count, int64_t now_ms)
{
	for (size_t i = 0; i < count; i++)
		if (list[i].head && now_ms - list[i].used_at < IDLE_SUSPEND_DAYS * DAY_MS)
			return true;
	return false;
}

static enum status look_at(struct db *db, const struct idle_account *who, bool head_is_about,
                           int64_t now_ms, struct idle_found *found, struct error *reterr)
{
	struct idle_act act = { .account = who, .now_ms = now_ms };
	const int64_t days = (now_ms - who->used_at) / DAY_MS;
	enum status st = OK;

	if (days < IDLE_WARN_DAYS || (who->head && !head_is_about))
		return OK;
	if (days < IDLE_SUSPEND_DAYS) {
		st = run(db, warn, &act, reterr);
		found->warned += st == OK && act.told;
		return st;
	}
	st = run(db, suspend, &act, reterr);
	found->suspended += st == OK;
	return st == ERR_CONFLICT ? OK : st; /* moved by a person meanwhile */
}

enum status people_idle(struct db *db, int64_t now_ms, struct idle_found *ret, struct error *reterr)
{
	struct idle_account *list = NULL;
	struct arena a;
	size_t count = 0;

	*ret = (struct idle_found){ 0 };
	arena_init(&a, IDLE_ARENA_BYTES);
	enum status st = load(db, &a, &list, &count, reterr);
	const bool head_is_about = st == OK && another_head_is_about(list, count, now_ms);
	for (size_t i = 0; st == OK && i < count; i++)
		st = look_at(db, &list[i], head_is_about, now_ms, ret, reterr);
	arena_reset(&a);
	return st;
}
