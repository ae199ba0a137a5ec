/* Versions of the own factors, and what was scored and agreed by them. */
#include "weighing/factors.h"

#include "platform/core/calendar.h"
#include "weighing/weighing_store.h"

const struct db_root FACTOR_LIST_ROOT = DB_ROOT(38, factor_list);

static const struct db_stmt ALL = {
	"factor_list_all", "",
	"SELECT l.id, l.version, l.number, l.from_day, l.proposed_at, l.confirmed_at,"
	" l.withdrawn_at, a.person_id, l.reason, p.full_name, coalesce(q.full_name, '')"
	" FROM factor_list l JOIN appointment a ON a.id = l.proposed_by"
	" JOIN person p ON p.id = a.person_id"
	" LEFT JOIN appointment b ON b.id = l.confirmed_by"
	" LEFT JOIN person q ON q.id = b.person_id ORDER BY l.number DESC LIMIT 100"
};
static const struct db_stmt FACTORS = {
	"factor_list_factors", "i",
	"SELECT name, question, low, high, use FROM factor_list_factor WHERE list_id = $1"
	" ORDER BY list_id, place"
};
static const struct db_stmt HOLDS = {
	"factor_list_holds", "i",
	"SELECT id, number FROM factor_list WHERE confirmed_at > 0 AND withdrawn_at = 0"
	" AND from_day <= $1 ORDER BY from_day DESC, number DESC LIMIT 1"
};
static const struct db_stmt KEEP = {
	"meeting_keep_factors", "ii",
	"UPDATE meeting SET factor_list_id = (SELECT id FROM factor_list WHERE confirmed_at > 0"
	" AND withdrawn_at = 0 AND from_day <= $2 ORDER BY from_day DESC, number DESC LIMIT 1)"
	" WHERE id = $1 AND kind = 1"
};
static const struct db_stmt NEXT_NUMBER = {
	"factor_list_next", "", "SELECT coalesce(max(number), 0) + 1 FROM factor_list"
};
static const struct db_stmt INSERT = {
	"factor_list_insert", "biitii",
	"INSERT INTO factor_list (uuid, number, from_day, reason, proposed_by, proposed_at)"
	" VALUES ($1, $2, $3, $4, $5, $6) RETURNING id"
};
static const struct db_stmt INSERT_FACTOR = {
	"factor_insert", "iiitttt",
	"INSERT INTO factor_list_factor (list_id, place, use, name, question, low, high)"
	" VALUES ($1, $2, $3, $4, $5, $6, $7)"
};
static const struct db_stmt CONFIRM = {
	"factor_list_confirm", "iii",
	"UPDATE factor_list SET confirmed_by = $2, confirmed_at = $3"
	" WHERE id = $1 AND confirmed_at = 0 AND withdrawn_at = 0"
};
static const struct db_stmt WITHDRAW = {
	"factor_list_withdraw", "ii",
	"UPDATE factor_list SET withdrawn_at = $2 WHERE id = $1 AND withdrawn_at = 0"
};
static const struct db_stmt OWN = {
	"own_extra_scores", "ii",
	"SELECT place, score FROM extra_score WHERE item_id = $1 AND organ_id = $2"
};
/* Values leave the database only once the item is revealed (3) or decided (4). */
static const struct db_stmt SCORES = {
	"extra_score_list", "i",
	"SELECT s.organ_id, s.place, s.score FROM extra_score s"
	" JOIN agenda_item i ON i.id = s.item_id WHERE s.item_id = $1 AND i.state IN (3, 4)"
	" ORDER BY s.place, s.score, s.organ_id"
};
static const struct db_stmt AGREED = { "extra_agreed_load", "i",
	                               "SELECT place, score FROM extra_agreed WHERE item_id = $1" };
static const struct db_stmt DROP = { "extra_scores_drop", "i",
	                             "DELETE FROM extra_score WHERE item_id = $1" };
static const struct db_stmt DROP_OWN = {
	"extra_scores_drop_own", "ii",
	"DELETE FROM extra_score WHERE item_id = $1 AND organ_id = $2"
};
static const struct db_stmt PUT = {
	"extra_score_put", "iiiitii",
	"INSERT INTO extra_score (item_id, organ_id, place, score, criteria_version,"
	" appointment_id, given_at) VALUES ($1, $2, $3, $4, $5, $6, $7)"
};
static const struct db_stmt AGREE = {
	"extra_agreed_put", "iii",
	"INSERT INTO extra_agreed (item_id, place, score) VALUES ($1, $2, $3)"
	" ON CONFLICT (item_id, place) DO UPDATE SET score = $3"
};

const struct db_stmt *const factor_statements[] = {
	&FACTOR_LIST_ROOT.claim,
	&FACTOR_LIST_ROOT.look,
	&ALL,
	&FACTORS,
	&HOLDS,
	&KEEP,
	&NEXT_NUMBER,
	&INSERT,
	&INSERT_FACTOR,
	&CONFIRM,
	&WITHDRAW,
	&OWN,
	&SCORES,
	&AGREED,
	&DROP,
	&DROP_OWN,
	&PUT,
	&AGREE,
	NULL,
};

/* ---- lists ------------------------------------------------------------------------------------- */

static enum status factors_of(struct db_read *r, int64_t list_id, struct arena *a,
                              struct array *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct extra_factor *list = ARENA_ARRAY(a, struct extra_factor, EXTRA_FACTORS_MAX);
	size_t count = 0;
	const enum status st = db_query(r, &FACTORS, DB_ARGS(DB_INT(list_id)), &rows, reterr);

	if (st != OK)
		return st;
	for (; count < EXTRA_FACTORS_MAX && db_next(&rows); count++)
		list[count] = (struct extra_factor){
			.name = db_text(&rows, 0, a),
			.question = db_text(&rows, 1, a),
			.low = db_text(&rows, 2, a),
			.high = db_text(&rows, 3, a),
			.use = (int)db_int(&rows, 4),
		};
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

static struct factor_list read_list(const struct db_rows *row, struct arena *a)
{
	return (struct factor_list){
		.id = db_int(row, 0),
		.version = db_int(row, 1),
		.number = db_int(row, 2),
		.from_day = db_int(row, 3),
		.proposed_at = db_int(row, 4),
		.confirmed_at = db_int(row, 5),
		.withdrawn_at = db_int(row, 6),
		.proposer_person_id = db_int(row, 7),
		.reason = db_text(row, 8, a),
		.proposer = db_text(row, 9, a),
		.confirmer = db_text(row, 10, a),
	};
}

enum status factor_list_all(struct db_read *r, struct arena *a, struct array *ret,
                            struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct factor_list *list = ARENA_ARRAY(a, struct factor_list, FACTOR_LISTS_MAX);
	size_t count = 0;
	enum status st = db_query(r, &ALL, DB_NO_ARGS, &rows, reterr);

	if (st != OK)
		return st;
	for (; count < FACTOR_LISTS_MAX && db_next(&rows); count++)
		list[count] = read_list(&rows, a);
	st = db_rows_end(&rows, reterr);
	for (size_t i = 0; st == OK && i < count; i++)
		st = factors_of(r, list[i].id, a, &list[i].factors, reterr);
	*ret = (struct array){ list, count };
	return st;
}

static enum status list_that_holds(struct db_read *r, int32_t day, int64_t *ret_id,
                                   int64_t *ret_number, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	const enum status st = db_query(r, &HOLDS, DB_ARGS(DB_INT(day)), &row, reterr);

	if (st != OK)
		return st;
	if (db_next(&row)) {
		*ret_id = db_int(&row, 0);
		*ret_number = db_int(&row, 1);
	}
	return db_rows_end(&row, reterr);
}

enum status meeting_factors(struct db_read *r, const struct meeting *m, struct arena *a,
                            struct array *ret, int64_t *ret_number, struct error *reterr)
{
	int64_t id = m->factor_list_id;
	enum status st = OK;

	*ret = (struct array){ 0 };
	*ret_number = m->factor_list_number;
	if (m->state == MEETING_PLANNED)
		st = list_that_holds(r, local_day(m->starts_at), &id, ret_number, reterr);
	return st == OK && id != 0 ? factors_of(r, id, a, ret, reterr) : st;
}

static enum status next_number(struct db_tx *tx, int64_t *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(db_tx_read(tx), &NEXT_NUMBER, DB_NO_ARGS, &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st == OK)
		*ret = db_int(&row, 0);
	return st;
}

enum status factor_list_insert(struct db_tx *tx, const struct factor_list_new *n, int64_t *ret_id,
                               int64_t *ret_number, struct error *reterr)
{
	enum status st = next_number(tx, ret_number, reterr);

	if (st == OK)
		st = db_insert(tx, &INSERT,
		               DB_ARGS(DB_BYTES(n->uuid.bytes, UUID_BYTES), DB_INT(*ret_number),
		                       DB_INT(n->from_day), DB_TEXT(n->reason),
		                       DB_INT(n->appointment_id), DB_INT(n->now_ms)),
		               ret_id, reterr);
	for (size_t i = 0; st == OK && i < n->factor_count; i++) {
		const struct extra_factor *f = &n->factors[i];
		st = db_exec(tx, &INSERT_FACTOR,
		             DB_ARGS(DB_INT(*ret_id), DB_INT((int64_t)i + 1), DB_INT(f->use),
		                     DB_TEXT(f->name), DB_TEXT(f->question), DB_TEXT(f->low),
		                     DB_TEXT(f->high)),
		             NULL, reterr);
	}
	return st;
}

static enum status first_only(enum status st, int64_t changed, struct error *reterr)
{
	return st == OK && changed == 0
	           ? FAIL(reterr, ERR_CONFLICT, "Een collega was eerder. Bekijk hoe het nu staat.")
	           : st;
}

enum status factor_list_confirm(struct db_tx *tx, int64_t id, int64_t appointment_id,
                                int64_t now_ms, struct error *reterr)
{
	int64_t changed = 0;
	const enum status st =
	    db_exec(tx, &CONFIRM, DB_ARGS(DB_INT(id), DB_INT(appointment_id), DB_INT(now_ms)),
	            &changed, reterr);

	return first_only(st, changed, reterr);
}

enum status factor_list_withdraw(struct db_tx *tx, int64_t id, int64_t now_ms, struct error *reterr)
{
	int64_t changed = 0;
	const enum status st =
	    db_exec(tx, &WITHDRAW, DB_ARGS(DB_INT(id), DB_INT(now_ms)), &changed, reterr);

	return first_only(st, changed, reterr);
}

enum status meeting_keep_factors(struct db_tx *tx, int64_t meeting_id, int32_t day,
                                 struct error *reterr)
{
	return db_exec(tx, &KEEP, DB_ARGS(DB_INT(meeting_id), DB_INT(day)), NULL, reterr);
}

/* ---- scores ------------------------------------------------------------------------------------ */

/* Rows of place and score into places, -1 where there is none. */
static enum status by_place(struct db_rows *rows, int64_t ret[EXTRA_FACTORS_MAX],
                            struct error *reterr)
{
	while (db_next(rows)) {
		const int64_t place = db_int(rows, 0);
		if (place >= 1 && place <= EXTRA_FACTORS_MAX)
			ret[place - 1] = db_int(rows, 1);
	}
	return db_rows_end(rows, reterr);
}

static void nothing_yet(int64_t ret[EXTRA_FACTORS_MAX])
{
	for (int i = 0; i < EXTRA_FACTORS_MAX; i++)
		ret[i] = -1;
}

enum status own_extra_scores(struct db_read *r, int64_t item_id, int64_t organ_id,
                             int64_t ret[EXTRA_FACTORS_MAX], struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	const enum status st =
	    db_query(r, &OWN, DB_ARGS(DB_INT(item_id), DB_INT(organ_id)), &rows, reterr);

	nothing_yet(ret);
	return st == OK ? by_place(&rows, ret, reterr) : st;
}

enum status extra_agreed_load(struct db_read *r, int64_t item_id, int64_t ret[EXTRA_FACTORS_MAX],
                              struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	const enum status st = db_query(r, &AGREED, DB_ARGS(DB_INT(item_id)), &rows, reterr);

	nothing_yet(ret);
	return st == OK ? by_place(&rows, ret, reterr) : st;
}

enum status extra_score_list(struct db_read *r, int64_t item_id, struct arena *a, struct array *ret,
                             struct error *reterr)
{
	enum { MAX = EXTRA_FACTORS_MAX * ATTENDEES_MAX };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct score *list = ARENA_ARRAY(a, struct score, MAX);
	size_t count = 0;
	const enum status st = db_query(r, &SCORES, DB_ARGS(DB_INT(item_id)), &rows, reterr);

	if (st != OK)
		return st;
	for (; count < MAX && db_next(&rows); count++)
		list[count] = (struct score){ db_int(&rows, 0), (int)db_int(&rows, 1) - 1,
			                      (int)db_int(&rows, 2) };
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

/* What was given before goes: a factor that is left open now has no score any more. */
enum status extra_scores_put(struct db_tx *tx, const struct scoring *s, struct error *reterr)
{
	enum status st =
	    db_exec(tx, &DROP_OWN, DB_ARGS(DB_INT(s->item_id), DB_INT(s->organ_id)), NULL, reterr);

	for (int i = 0; st == OK && i < EXTRA_FACTORS_MAX; i++)
		if (s->extra[i] >= 0)
			st = db_exec(tx, &PUT,
			             DB_ARGS(DB_INT(s->item_id), DB_INT(s->organ_id), DB_INT(i + 1),
			                     DB_INT(s->extra[i]), DB_TEXT(s->criteria_version),
			                     DB_INT(s->appointment_id), DB_INT(s->now_ms)),
			             NULL, reterr);
	return st;
}

enum status extra_scores_drop(struct db_tx *tx, int64_t item_id, struct error *reterr)
{
	return db_exec(tx, &DROP, DB_ARGS(DB_INT(item_id)), NULL, reterr);
}

enum status extra_agreed_put(struct db_tx *tx, int64_t item_id,
                             const int64_t agreed[EXTRA_FACTORS_MAX], struct error *reterr)
{
	enum status st = OK;

	for (int i = 0; st == OK && i < EXTRA_FACTORS_MAX; i++)
		if (agreed[i] >= 0)
			st = db_exec(tx, &AGREE,
			             DB_ARGS(DB_INT(item_id), DB_INT(i + 1), DB_INT(agreed[i])),
			             NULL, reterr);
	return st;
}
