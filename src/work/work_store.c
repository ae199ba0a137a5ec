#include "work/work.h"

#include "audit/action.h"

/*
 * A viewer has at most four audiences; unused places hold 0, which is no audience. A branch for
 * each, not IN: every branch comes from its index in order, and the engines merge them without a
 * temporary table. On SQLite that halves the time of a page where little waits.
 */
/* Who is kept from a casefile can't tell from his work that it is there. */
#define NOT_KEPT_FROM(person)                                                                      \
	" AND casefile_id NOT IN (SELECT k.casefile_id FROM casefile_block k WHERE k.person_id "   \
	"= " person " AND k.lifted_at = 0)"

/* What waits for one audience. $5 the person. */
#define WAITS(audience)                                                                            \
	" FROM task WHERE done_at = 0 AND audience_id = " audience NOT_KEPT_FROM("$5")
#define EACH(columns, more)                                                                        \
	columns WAITS("$1") more " UNION ALL " columns WAITS("$2") more                            \
	    " UNION ALL " columns WAITS("$3") more " UNION ALL " columns WAITS("$4") more
#define TASK                                                                                       \
	"SELECT id, audience_id, kind, object_kind, object_id, reference, due_day, created_at,"    \
	" created_by"
/* After the task ($6 day, $7 id) with which the page before ended. */
static const struct db_stmt OPEN = {
	"work_open", "iiiiiii",
	EACH(TASK, " AND (due_day, id) > ($6, $7)") " ORDER BY due_day, id LIMIT 26"
};
static const struct db_stmt COUNTS = {
	"work_counts", "iiiiii",
	"SELECT count(*), coalesce(sum(CASE WHEN due_day < $6 THEN 1 ELSE 0 END), 0),"
	" coalesce(sum(CASE WHEN due_day = $6 THEN 1 ELSE 0 END), 0) FROM (" EACH("SELECT due_day",
	                                                                          "") ") n"
};
static const struct db_stmt OPEN_COUNT = {
	"work_open_count", "iiiii", "SELECT count(*) FROM (" EACH("SELECT id", "") " LIMIT 99) n"
};
/* $1 to $4 his own: what he began and does himself waits for him, not for another. A question for consent
 * is its source's alone: who asked finds it with his intervention (work_awaited_word). */
static const struct db_stmt AWAITED = {
	"work_awaited", "iiiiii",
	"SELECT id, audience_id, kind, object_kind, object_id, CASE object_kind WHEN 54 THEN"
	" (SELECT i.reference FROM report_consent c JOIN intervention i ON"
	" i.id = c.intervention_id WHERE c.id = object_id) ELSE reference END, due_day, created_at,"
	" created_by FROM task WHERE created_by = $6 AND done_at = 0"
	" AND audience_id NOT IN ($1, $2, $3, $4)" NOT_KEPT_FROM(
	    "$5") " ORDER BY due_day, id LIMIT 100"
};
/* $5 since when, $6 the person, $7 a kind of record that isn't open to his role, or 0. */
#define NEWS_ROW(audience)                                                                         \
	"SELECT id, at, kind, object_kind, object_id, reference FROM news"                         \
	" WHERE at > $5 AND object_kind <> $7 AND audience_id = " audience NOT_KEPT_FROM("$6")
static const struct db_stmt NEWS = {
	"work_news", "iiiiiii",
	NEWS_ROW("$1") " UNION ALL " NEWS_ROW("$2") " UNION ALL " NEWS_ROW(
	    "$3") " UNION ALL " NEWS_ROW("$4") " ORDER BY at DESC, id DESC LIMIT 100"
};
#define NEWS_ID(audience)                                                                          \
	"SELECT id FROM news WHERE at > $5 AND object_kind <> $7 AND audience_id = " audience      \
	    NOT_KEPT_FROM("$6")
static const struct db_stmt NEWS_COUNT = {
	"work_news_count", "iiiiiii",
	"SELECT count(*) FROM (" NEWS_ID("$1") " UNION ALL " NEWS_ID("$2") " UNION ALL " NEWS_ID(
	    "$3") " UNION ALL " NEWS_ID("$4") " LIMIT 99) n"
};
/* The casefile that the object of a task or of news belongs to; 0: none. The kinds are those of
 * enum audit_object. */
#define CASEFILE_OF(kind, id)                                                                      \
	"coalesce(CASE " kind " WHEN 17 THEN " id                                                  \
	" WHEN 11 THEN (SELECT x.casefile_id FROM presence x WHERE x.id = " id ")"                 \
	" WHEN 12 THEN (SELECT x.casefile_id FROM fact_correction x WHERE x.id = " id ")"          \
	" WHEN 18 THEN (SELECT max(x.object_id) FROM destruction_item x WHERE x.list_id = " id     \
	" AND x.object_kind = 17 HAVING count(*) = 1)"                                             \
	" WHEN 19 THEN (SELECT x.casefile_id FROM casefile_task x WHERE x.id = " id ")"            \
	" WHEN 24 THEN (SELECT c.id FROM destruction_hold x JOIN casefile c"                       \
	" ON c.reference = x.reference WHERE x.id = " id ")"                                       \
	" WHEN 25 THEN (SELECT x.casefile_id FROM information_request x WHERE x.id = " id ")"      \
	" WHEN 26 THEN (SELECT x.casefile_id FROM analysis x WHERE x.id = " id ")"                 \
	" WHEN 27 THEN (SELECT y.casefile_id FROM analysis_paragraph x JOIN analysis y"            \
	" ON y.id = x.analysis_id WHERE x.id = " id ")"                                            \
	" WHEN 35 THEN (SELECT x.casefile_id FROM intervention x WHERE x.id = " id ")"             \
	" WHEN 41 THEN (SELECT x.casefile_id FROM advice x WHERE x.id = " id ")"                   \
	" WHEN 42 THEN (SELECT y.casefile_id FROM advice_proposal x JOIN advice y"                 \
	" ON y.id = x.advice_id WHERE x.id = " id ")"                                              \
	" WHEN 43 THEN (SELECT y.casefile_id FROM advice_source x JOIN advice y"                   \
	" ON y.id = x.advice_id WHERE x.id = " id ")"                                              \
	" WHEN 44 THEN (SELECT x.casefile_id FROM quick_action x WHERE x.id = " id ")"             \
	" WHEN 54 THEN (SELECT x.casefile_id FROM report_consent x WHERE x.id = " id ")"           \
	" WHEN 50 THEN (SELECT x.casefile_id FROM steering_point x WHERE x.id = " id ")"           \
	" WHEN 52 THEN (SELECT x.casefile_id FROM steering_action x WHERE x.id = " id ")"          \
	" ELSE 0 END, 0)"
static const struct db_stmt ADD = {
	"work_add", "iiiitiii",
	"INSERT INTO task (audience_id, kind, object_kind, object_id, reference, due_day, "
	"created_at,"
	" created_by, casefile_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, " CASEFILE_OF(
	    "$3",
	    "$4") ")"
		  " ON CONFLICT (kind, object_kind, object_id, audience_id, created_at) DO NOTHING"
};
static const struct db_stmt DONE = {
	"work_done", "iiiii",
	"UPDATE task SET done_at = $5, done_by = $4"
	" WHERE object_kind = $2 AND object_id = $3 AND done_at = 0 AND ($1 = 0 OR kind = $1)"
};
static const struct db_stmt DONE_IN_CASEFILE = {
	"work_done_in_casefile", "iii",
	"UPDATE task SET done_at = $3 WHERE casefile_id = $1 AND object_kind = $2 AND done_at = 0"
};
/* What outlives a casefile: 18 its destruction, 24 a hold, 35 an intervention with its effect, 52 an
 * action of the Stuurploeg. */
#define OUTLIVES "(18, 24, 35, 52)"
static const struct db_stmt END_OF_CASEFILE = {
	"work_end_of_casefile", "ii",
	"UPDATE task SET done_at = $2 WHERE casefile_id = $1 AND done_at = 0 AND object_kind NOT "
	"IN " OUTLIVES
};
static const struct db_stmt UNTELL_CASEFILE = {
	"work_untell_casefile", "i",
	"DELETE FROM news WHERE casefile_id = $1 AND object_kind NOT IN " OUTLIVES
};
static const struct db_stmt UNTELL = {
	"work_untell", "ii", "DELETE FROM news WHERE object_kind = $1 AND object_id = $2"
};
static const struct db_stmt DONE_MINE = {
	"work_done_mine", "iitii",
	"UPDATE task SET done_at = $5, done_by = $4 WHERE audience_id = $1 AND kind = $2"
	" AND reference = $3 AND done_at = 0"
};
static const struct db_stmt TELL = {
	"work_tell", "iiiiit",
	"INSERT INTO news (audience_id, at, kind, object_kind, object_id, reference, casefile_id)"
	" VALUES ($1, $2, $3, $4, $5, $6, " CASEFILE_OF("$4", "$5") ")"
};
static const struct db_stmt SEEN = { "work_seen", "ii",
	                             "UPDATE person SET news_seen_at = $2 WHERE id = $1" };

const struct db_stmt *const work_statements[] = { &OPEN,
	                                          &COUNTS,
	                                          &OPEN_COUNT,
	                                          &AWAITED,
	                                          &NEWS,
	                                          &NEWS_COUNT,
	                                          &ADD,
	                                          &DONE,
	                                          &DONE_IN_CASEFILE,
	                                          &DONE_MINE,
	                                          &TELL,
	                                          &SEEN,
	                                          &END_OF_CASEFILE,
	                                          &UNTELL_CASEFILE,
	                                          &UNTELL,
	                                          NULL };

#define OF(v)                                                                                      \
	DB_INT((v)->audiences[0]), DB_INT((v)->audiences[1]), DB_INT((v)->audiences[2]),           \
	    DB_INT((v)->audiences[3])

/* An organ's news reaches its deciders too, who read no signals: nor that one is there. */
static struct db_value closed_kind(const struct viewer *v)
{
	return DB_INT(access_permits(v->role, PERM_SIGNAL_READ) ? 0 : OBJECT_SIGNAL);
}

static enum status read_tasks(struct db_rows *rows, struct arena *a, struct array *ret,
                              struct error *reterr)
{
	struct work_task *list = ARENA_ARRAY(a, struct work_task, WORK_LIST_MAX);
	size_t count = 0;

	while (count < WORK_LIST_MAX && db_next(rows))
		list[count++] = (struct work_task){
			.id = db_int(rows, 0),
			.owner = db_int(rows, 1),
			.kind = (int)db_int(rows, 2),
			.object_kind = (int)db_int(rows, 3),
			.object_id = db_int(rows, 4),
			.reference = db_text(rows, 5, a),
			.due_day = db_int(rows, 6),
			.created_at = db_int(rows, 7),
			.created_by = db_int(rows, 8),
		};
	*ret = (struct array){ list, count };
	return db_rows_end(rows, reterr);
}

static enum status read_news(struct db_rows *rows, struct arena *a, struct array *ret,
                             struct error *reterr)
{
	struct work_news *list = ARENA_ARRAY(a, struct work_news, WORK_LIST_MAX);
	size_t count = 0;

	while (count < WORK_LIST_MAX && db_next(rows))
		list[count++] = (struct work_news){
			.id = db_int(rows, 0),
			.at = db_int(rows, 1),
			.kind = (int)db_int(rows, 2),
			.object_kind = (int)db_int(rows, 3),
			.object_id = db_int(rows, 4),
			.reference = db_text(rows, 5, a),
		};
	*ret = (struct array){ list, count };
	return db_rows_end(rows, reterr);
}

enum status work_news(struct db_read *r, const struct viewer *v, int64_t since_ms, struct arena *a,
                      struct array *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	enum status st = db_query(
	    r, &NEWS, DB_ARGS(OF(v), DB_INT(since_ms), DB_INT(v->person_id), closed_kind(v)), &rows,
	    reterr);

	return st == OK ? read_news(&rows, a, ret, reterr) : st;
}

static enum status read_counts(struct db_rows *row, struct work_lists *ret, struct error *reterr)
{
	const enum status st = db_one(row, reterr);

	if (st != OK)
		return st;
	ret->all = db_int(row, 0);
	ret->late = db_int(row, 1);
	ret->due_today = db_int(row, 2);
	return OK;
}

enum status work_of(struct db_read *r, const struct viewer *v, const struct work_wish *wish,
                    struct arena *a, struct work_lists *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows open = { 0 };
	AUTO(db_rows_close) struct db_rows counts = { 0 };
	AUTO(db_rows_close) struct db_rows awaited = { 0 };
	AUTO(db_rows_close) struct db_rows news = { 0 };
	enum status st = db_ask(
	    r, &OPEN,
	    DB_ARGS(OF(v), DB_INT(v->person_id), DB_INT(wish->after_due), DB_INT(wish->after_id)),
	    &open, reterr);

	if (st == OK)
		st = db_ask(r, &COUNTS, DB_ARGS(OF(v), DB_INT(v->person_id), DB_INT(wish->today)),
		            &counts, reterr);
	if (st == OK)
		st = db_ask(r, &AWAITED,
		            DB_ARGS(OF(v), DB_INT(v->person_id), DB_INT(v->appointment_id)),
		            &awaited, reterr);
	if (st == OK)
		st = db_ask(
		    r, &NEWS,
		    DB_ARGS(OF(v), DB_INT(wish->since_ms), DB_INT(v->person_id), closed_kind(v)),
		    &news, reterr);
	if (st == OK)
		st = read_tasks(&open, a, &ret->open, reterr);
	if (st == OK)
		st = read_counts(&counts, ret, reterr);
	if (st == OK)
		st = read_tasks(&awaited, a, &ret->awaited, reterr);
	return st == OK ? read_news(&news, a, &ret->news, reterr) : st;
}

enum status work_open_count(struct db_read *r, const struct viewer *v, int64_t *ret,
                            struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	enum status st =
	    db_query(r, &OPEN_COUNT, DB_ARGS(OF(v), DB_INT(v->person_id)), &rows, reterr);

	if (st == OK)
		st = db_one(&rows, reterr);
	if (st == OK)
		*ret = db_int(&rows, 0);
	return st;
}

enum status work_ask_news_count(struct db_read *r, const struct viewer *v, int64_t since_ms,
                                struct db_rows *ret, struct error *reterr)
{
	return db_ask(r, &NEWS_COUNT,
	              DB_ARGS(OF(v), DB_INT(since_ms), DB_INT(v->person_id), closed_kind(v)), ret,
	              reterr);
}

enum status work_read_news_count(struct db_rows *rows, int32_t *ret, struct error *reterr)
{
	enum status st = db_one(rows, reterr);

	if (st == OK)
		*ret = (int32_t)db_int(rows, 0);
	db_rows_close(rows);
	return st;
}

enum status work_add(struct db_tx *tx, const struct work_task *t, struct error *reterr)
{
	if (work_place_of(t->object_kind) == WORK_UNPLACED)
		return FAIL_INTERNAL(reterr);
	return db_exec_late(tx, &ADD,
	                    DB_ARGS(DB_INT(t->owner), DB_INT(t->kind), DB_INT(t->object_kind),
	                            DB_INT(t->object_id), DB_TEXT(t->reference), DB_INT(t->due_day),
	                            DB_INT(t->created_at), DB_INT(t->created_by)),
	                    reterr);
}

enum status work_done(struct db_tx *tx, int kind, int object_kind, int64_t object_id,
                      int64_t by_person, int64_t now_ms, struct error *reterr)
{
	return db_exec_late(tx, &DONE,
	                    DB_ARGS(DB_INT(kind), DB_INT(object_kind), DB_INT(object_id),
	                            DB_INT(by_person), DB_INT(now_ms)),
	                    reterr);
}

enum status work_done_in_casefile(struct db_tx *tx, int64_t casefile_id, int object_kind,
                                  int64_t now_ms, struct error *reterr)
{
	return db_exec_late(tx, &DONE_IN_CASEFILE,
	                    DB_ARGS(DB_INT(casefile_id), DB_INT(object_kind), DB_INT(now_ms)),
	                    reterr);
}

enum status work_end_casefile(struct db_tx *tx, int64_t casefile_id, int64_t now_ms,
                              struct error *reterr)
{
	enum status st = db_exec_late(tx, &END_OF_CASEFILE,
	                              DB_ARGS(DB_INT(casefile_id), DB_INT(now_ms)), reterr);

	return st == OK ? db_exec_late(tx, &UNTELL_CASEFILE, DB_ARGS(DB_INT(casefile_id)), reterr)
	                : st;
}

enum status work_untell(struct db_tx *tx, int object_kind, int64_t object_id, struct error *reterr)
{
	return db_exec_late(tx, &UNTELL, DB_ARGS(DB_INT(object_kind), DB_INT(object_id)), reterr);
}

enum status work_done_mine(struct db_tx *tx, const struct work_mine *mine, int64_t by_person,
                           int64_t now_ms, struct error *reterr)
{
	return db_exec(tx, &DONE_MINE,
	               DB_ARGS(DB_INT(mine->owner), DB_INT(mine->kind), DB_TEXT(mine->reference),
	                       DB_INT(by_person), DB_INT(now_ms)),
	               NULL, reterr);
}

enum status work_tell(struct db_tx *tx, audience to, const struct work_news *n,
                      struct error *reterr)
{
	if (work_place_of(n->object_kind) == WORK_UNPLACED)
		return FAIL_INTERNAL(reterr);
	return db_exec_late(tx, &TELL,
	                    DB_ARGS(DB_INT(to), DB_INT(n->at), DB_INT(n->kind),
	                            DB_INT(n->object_kind), DB_INT(n->object_id),
	                            DB_TEXT(n->reference)),
	                    reterr);
}

enum status work_seen(struct db_tx *tx, int64_t person_id, int64_t now_ms, struct error *reterr)
{
	return db_exec(tx, &SEEN, DB_ARGS(DB_INT(person_id), DB_INT(now_ms)), NULL, reterr);
}
