#include "people/session.h"

#include "platform/core/calendar.h"

/* What decides about a request, whichever token brought it. Columns by enum col. */
#define SELECT_SIGNED_IN                                                                           \
	" p.id, p.full_name, p.email, p.state, p.news_seen_at, p.density, p.colours,"              \
	" p.screening_manner, p.screened_on, p.trained_on,"                                        \
	" a.id, a.role, a.participant_id, a.organ_id, a.desk_id, a.municipality_id,"               \
	" a.from_day, a.until_day, a.ended_at, o.letter, coalesce(o.on_behalf, w.name),"           \
	" coalesce(c.must_change, 0), p.mark"

#define JOIN_APPOINTMENT                                                                           \
	" LEFT JOIN credential c ON c.person_id = p.id"                                            \
	" LEFT JOIN organ o ON o.id = a.organ_id"                                                  \
	" LEFT JOIN participant w ON w.id = a.participant_id"

enum col {
	P_ID,
	P_NAME,
	P_EMAIL,
	P_STATE,
	P_NEWS,
	P_DENSITY,
	P_COLOURS,
	P_MANNER,
	P_SCREENED,
	P_TRAINED,
	A_ID,
	A_ROLE,
	A_PARTICIPANT,
	A_ORGAN,
	A_DESK,
	A_MUNICIPALITY,
	A_FROM,
	A_UNTIL,
	A_ENDED,
	O_LETTER,
	ON_BEHALF,
	C_MUST_CHANGE,
	P_MARK,
	S_FIRST
};

static const struct db_stmt LOAD = {
	"session_load", "bii",
	"SELECT" SELECT_SIGNED_IN ", s.id, s.stage, s.created_at, s.seen_at, s.ended_at,"
	" s.stepped_up_at, s.mark,"
	" (SELECT count(*) FROM appointment x WHERE x.person_id = s.person_id"
	" AND x.state = 2 AND x.from_day <= $2 AND (x.until_day = 0 OR x.until_day >= $2)"
	" AND (x.ended_at = 0 OR x.ended_at > $3))"
	" FROM session s JOIN person p ON p.id = s.person_id"
	" LEFT JOIN appointment a ON a.id = s.appointment_id AND "
	"a.state = 2" JOIN_APPOINTMENT " WHERE s.token_hash = $1"
};

static const struct db_stmt LOAD_TOKEN = {
	"session_of_token", "bi",
	"SELECT" SELECT_SIGNED_IN ", t.id, t.mark"
	" FROM api_token t JOIN appointment a ON a.id = t.appointment_id AND a.state = 2"
	" JOIN person p ON p.id = a.person_id" JOIN_APPOINTMENT
	" WHERE t.token_hash = $1 AND t.revoked_at = 0 AND t.expires_at > $2"
};

/* The same session as LOAD gives, under another of that person's appointments. */
static const struct db_stmt LOAD_UNDER = {
	"session_load_under", "bi",
	"SELECT" SELECT_SIGNED_IN ", s.id, s.stage, s.created_at, s.seen_at, s.ended_at,"
	" s.stepped_up_at, s.mark, 0"
	" FROM session s JOIN person p ON p.id = s.person_id"
	" JOIN appointment a ON a.id = $2 AND a.person_id = p.id AND a.state = 2" JOIN_APPOINTMENT
	" WHERE s.token_hash = $1"
};

static const struct db_stmt MARKS = {
	"session_marks", "b",
	"SELECT s.id, s.mark, p.id, p.mark FROM session s JOIN person p ON p.id = s.person_id"
	" WHERE s.token_hash = $1"
};

static const struct db_stmt TOKEN_MARKS = {
	"api_token_marks", "bi",
	"SELECT t.id, t.mark, p.id, p.mark FROM api_token t"
	" JOIN appointment a ON a.id = t.appointment_id JOIN person p ON p.id = a.person_id"
	" WHERE t.token_hash = $1 AND t.revoked_at = 0 AND t.expires_at > $2"
};

/* 1 is planned, 2 runs, 5 pauses (weighing/weighing.h). */
static const struct db_stmt CURRENT_MEETING = {
	"session_current_meeting", "i",
	"SELECT m.id FROM meeting_invitation v JOIN meeting m ON m.id = v.meeting_id"
	" WHERE v.appointment_id = $1 AND m.state IN (1, 2, 5)"
	" ORDER BY CASE WHEN m.state = 1 THEN 1 ELSE 0 END, m.starts_at, m.id LIMIT 1"
};

static const struct db_stmt CAPACITIES = {
	"session_capacities", "iii",
	"SELECT a.id, a.role, o.on_behalf, w.name, a.participant_id, a.organ_id, a.desk_id,"
	" a.municipality_id"
	" FROM appointment a JOIN participant w ON w.id = a.participant_id"
	" LEFT JOIN organ o ON o.id = a.organ_id"
	" WHERE a.person_id = $1 AND a.state = 2 AND a.from_day <= $2"
	" AND (a.until_day = 0 OR a.until_day >= $2) AND (a.ended_at = 0 OR a.ended_at > $3)"
	" ORDER BY a.id"
};

static const struct db_stmt INSERT = {
	"session_insert", "biiit",
	"INSERT INTO session (token_hash, person_id, stage, created_at, seen_at, device)"
	" VALUES ($1, $2, $3, $4, $4, $5) RETURNING id"
};
static const struct db_stmt COMPLETE = {
	"session_complete", "ibIi",
	"UPDATE session SET stage = 3, token_hash = $2, appointment_id = $3, seen_at = $4,"
	" stepped_up_at = $4 WHERE id = $1 AND ended_at = 0 AND stage < 3"
};
static const struct db_stmt SEEN = { "person_signed_in", "ii",
	                             "UPDATE person SET last_seen_at = $2 WHERE last_seen_at < $2"
	                             " AND id = (SELECT person_id FROM session WHERE id = $1)" };
static const struct db_stmt CHOOSE = {
	"session_choose", "ii",
	"UPDATE session SET appointment_id = $2 WHERE id = $1 AND ended_at = 0 AND stage = 3"
};
static const struct db_stmt TOUCH = {
	"session_touch", "ii",
	"UPDATE session SET seen_at = $2 WHERE id = $1 AND ended_at = 0 AND seen_at < $2"
};
static const struct db_stmt STEP_UP = {
	"session_step_up", "ii",
	"UPDATE session SET stepped_up_at = $2 WHERE id = $1 AND ended_at = 0 AND stage = 3"
};
static const struct db_stmt END = {
	"session_end", "iii",
	"UPDATE session SET ended_at = $3 WHERE id = $2 AND person_id = $1 AND ended_at = 0"
};
static const struct db_stmt END_OTHERS = {
	"session_end_others", "iii",
	"UPDATE session SET ended_at = $3 WHERE person_id = $1 AND id <> $2 AND ended_at = 0"
};
static const struct db_stmt LIST = {
	"session_list", "i",
	"SELECT id, stage, created_at, seen_at, device FROM session"
	" WHERE person_id = $1 AND ended_at = 0 ORDER BY seen_at DESC, id DESC LIMIT 50"
};
static const struct db_stmt SIGN_INS = {
	"sign_in_list", "i",
	"SELECT at, outcome, device FROM sign_in WHERE person_id = $1"
	" ORDER BY at DESC, id DESC LIMIT 50"
};
static const struct db_stmt RECORD = {
	"sign_in_record", "iiit",
	"INSERT INTO sign_in (person_id, at, outcome, device) VALUES ($1, $2, $3, $4)"
};

const struct db_stmt *const session_statements[] = {
	&SEEN,     &LOAD_UNDER, &CURRENT_MEETING, &LOAD,        &LOAD_TOKEN, &CAPACITIES, &INSERT,
	&COMPLETE, &CHOOSE,     &TOUCH,           &STEP_UP,     &END,        &END_OTHERS, &LIST,
	&SIGN_INS, &RECORD,     &MARKS,           &TOKEN_MARKS, NULL,
};

static void read_person(const struct db_rows *row, struct arena *a, struct session *ret)
{
	ret->person_id = db_int(row, P_ID);
	ret->full_name = db_text(row, P_NAME, a);
	ret->email = db_text(row, P_EMAIL, a);
	ret->account = (enum account_state)db_int(row, P_STATE);
	ret->news_seen_at = db_int(row, P_NEWS);
	ret->density = (int)db_int(row, P_DENSITY);
	ret->colours = (int)db_int(row, P_COLOURS);
	ret->must_change_password = db_int(row, C_MUST_CHANGE) == 1;
	ret->person_mark = db_int(row, P_MARK);
	ret->standing.account_active = ret->account == ACCOUNT_ACTIVE;
	ret->standing.screened_by_vog = db_int(row, P_MANNER) == SCREENING_VOG;
	ret->standing.screened_on_day = db_int(row, P_SCREENED);
	ret->standing.trained_on_day = db_int(row, P_TRAINED);
}

static void read_appointment(const struct db_rows *row, struct arena *a, struct session *ret)
{
	if (db_is_null(row, A_ID))
		return;
	ret->appointment_id = db_int(row, A_ID);
	ret->role = (enum role)db_int(row, A_ROLE);
	ret->appointment_participant_id = db_int(row, A_PARTICIPANT);
	ret->organ_id = db_int(row, A_ORGAN);
	ret->desk_id = db_int(row, A_DESK);
	ret->municipality_id = db_int(row, A_MUNICIPALITY);
	ret->letter = db_text(row, O_LETTER, a)[0];
	ret->on_behalf = db_text(row, ON_BEHALF, a);
	ret->standing.from_day = db_int(row, A_FROM);
	ret->standing.until_day = db_int(row, A_UNTIL);
	ret->standing.ended_at_ms = db_int(row, A_ENDED);
	ret->standing.handles_persons = role_handles_persons(ret->role);
}

static void read_signed_in(const struct db_rows *row, struct arena *a, struct session *ret)
{
	*ret = (struct session){ .on_behalf = "" };
	read_person(row, a, ret);
	read_appointment(row, a, ret);
}

static enum status load(struct db_read *r, const struct db_stmt *statement,
                        const struct db_value *args, const struct digest *token, struct arena *a,
                        struct session *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(r, statement, args, &row, reterr);
	if (st == OK)
		st = db_one(&row, reterr);
	if (st != OK)
		return st;
	read_signed_in(&row, a, ret);
	ret->id = db_int(&row, S_FIRST);
	ret->times.stage = (enum session_stage)db_int(&row, S_FIRST + 1);
	ret->times.created_at = db_int(&row, S_FIRST + 2);
	ret->times.seen_at = db_int(&row, S_FIRST + 3);
	ret->times.ended_at = db_int(&row, S_FIRST + 4);
	ret->stepped_up_at = db_int(&row, S_FIRST + 5);
	ret->mark = db_int(&row, S_FIRST + 6);
	ret->capacity_count = (int)db_int(&row, S_FIRST + 7);
	ret->digest = *token;
	return OK;
}

enum status session_load(struct db_read *r, const struct digest *token, int64_t now_ms,
                         struct arena *a, struct session *ret, struct error *reterr)
{
	return load(r, &LOAD,
	            DB_ARGS(DB_BYTES(token->bytes, DIGEST_BYTES), DB_INT(local_day(now_ms)),
	                    DB_INT(now_ms)),
	            token, a, ret, reterr);
}

enum status session_load_under(struct db_read *r, const struct digest *token,
                               int64_t appointment_id, struct arena *a, struct session *ret,
                               struct error *reterr)
{
	return load(r, &LOAD_UNDER,
	            DB_ARGS(DB_BYTES(token->bytes, DIGEST_BYTES), DB_INT(appointment_id)), token, a,
	            ret, reterr);
}

enum status session_of_token(struct db_read *r, const struct digest *token, int64_t now_ms,
                             struct arena *a, struct session *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st =
	    db_query(r, &LOAD_TOKEN, DB_ARGS(DB_BYTES(token->bytes, DIGEST_BYTES), DB_INT(now_ms)),
	             &row, reterr);
	if (st == OK)
		st = db_one(&row, reterr);
	if (st != OK)
		return st;
	read_signed_in(&row, a, ret);
	ret->token_id = db_int(&row, S_FIRST);
	ret->mark = db_int(&row, S_FIRST + 1);
	ret->times =
	    (struct session_times){ .created_at = now_ms, .seen_at = now_ms, .stage = STAGE_FULL };
	ret->digest = *token;
	return OK;
}

enum status session_ask_marks(struct db_read *r, const struct session *s, int64_t now_ms,
                              struct db_rows *ret, struct error *reterr)
{
	const struct db_value digest = DB_BYTES(s->digest.bytes, DIGEST_BYTES);

	if (s->id != 0)
		return db_ask_ahead(r, &MARKS, DB_ARGS(digest), ret, reterr);
	return db_ask_ahead(r, &TOKEN_MARKS, DB_ARGS(digest, DB_INT(now_ms)), ret, reterr);
}

bool session_marks_stand(struct db_rows *rows, const struct session *s)
{
	const int64_t id = s->id != 0 ? s->id : s->token_id;
	const bool stand = db_next(rows) && db_int(rows, 0) == id && db_int(rows, 1) == s->mark &&
	                   db_int(rows, 2) == s->person_id && db_int(rows, 3) == s->person_mark;

	db_rows_close(rows);
	return stand;
}

enum { CAPACITIES_MAX = 50, OWN_LIST_MAX = 50 };

enum status session_ask_capacities(struct db_read *r, int64_t person_id, int64_t today,
                                   int64_t now_ms, struct db_rows *ret, struct error *reterr)
{
	return db_ask(r, &CAPACITIES, DB_ARGS(DB_INT(person_id), DB_INT(today), DB_INT(now_ms)),
	              ret, reterr);
}

enum status session_read_capacities(struct db_rows *rows, struct arena *a, struct array *ret,
                                    struct error *reterr)
{
	struct capacity *list = ARENA_ARRAY(a, struct capacity, CAPACITIES_MAX);
	size_t count = 0;

	while (count < CAPACITIES_MAX && db_next(rows))
		list[count++] = (struct capacity){
			.appointment_id = db_int(rows, 0),
			.role = (enum role)db_int(rows, 1),
			.on_behalf = db_text(rows, db_is_null(rows, 2) ? 3 : 2, a),
			.participant_id = db_int(rows, 4),
			.organ_id = db_int(rows, 5),
			.desk_id = db_int(rows, 6),
			.municipality_id = db_int(rows, 7),
		};
	*ret = (struct array){ list, count };
	return db_rows_end(rows, reterr);
}

enum status session_capacities(struct db_read *r, int64_t person_id, int64_t today, int64_t now_ms,
                               struct arena *a, struct array *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	enum status st = session_ask_capacities(r, person_id, today, now_ms, &rows, reterr);

	return st == OK ? session_read_capacities(&rows, a, ret, reterr) : st;
}

enum status session_insert(struct db_tx *tx, const struct session_start *s, int64_t *ret_id,
                           struct error *reterr)
{
	return db_insert(tx, &INSERT,
	                 DB_ARGS(DB_BYTES(s->token.bytes, DIGEST_BYTES), DB_INT(s->person_id),
	                         DB_INT(s->stage), DB_INT(s->now_ms), DB_TEXT(s->device)),
	                 ret_id, reterr);
}

/* One row must have changed: otherwise it ended meanwhile, or was never this person's. */
static enum status change_one(struct db_tx *tx, const struct db_stmt *s,
                              const struct db_value *args, struct error *reterr)
{
	int64_t changed = 0;
	enum status st = db_exec(tx, s, args, &changed, reterr);
	if (st == OK && changed == 0)
		return FAIL_NOT_FOUND(reterr);
	return st;
}

enum status session_complete(struct db_tx *tx, int64_t session_id, const struct digest *new_token,
                             int64_t appointment_id, int64_t now_ms, struct error *reterr)
{
	enum status st = change_one(
	    tx, &COMPLETE,
	    DB_ARGS(DB_INT(session_id), DB_BYTES(new_token->bytes, DIGEST_BYTES),
	            appointment_id != 0 ? DB_INT(appointment_id) : DB_NULL, DB_INT(now_ms)),
	    reterr);
	if (st == OK)
		st = db_exec(tx, &SEEN, DB_ARGS(DB_INT(session_id), DB_INT(now_ms)), NULL, reterr);
	return st;
}

enum status session_choose(struct db_tx *tx, int64_t session_id, int64_t appointment_id,
                           struct error *reterr)
{
	return change_one(tx, &CHOOSE, DB_ARGS(DB_INT(session_id), DB_INT(appointment_id)), reterr);
}

enum status session_touch(struct db_tx *tx, int64_t session_id, int64_t now_ms,
                          struct error *reterr)
{
	return db_exec(tx, &TOUCH, DB_ARGS(DB_INT(session_id), DB_INT(now_ms)), NULL, reterr);
}

enum status session_step_up(struct db_tx *tx, int64_t session_id, int64_t now_ms,
                            struct error *reterr)
{
	return change_one(tx, &STEP_UP, DB_ARGS(DB_INT(session_id), DB_INT(now_ms)), reterr);
}

enum status session_end(struct db_tx *tx, int64_t person_id, int64_t session_id, int64_t now_ms,
                        struct error *reterr)
{
	return change_one(tx, &END, DB_ARGS(DB_INT(person_id), DB_INT(session_id), DB_INT(now_ms)),
	                  reterr);
}

enum status session_end_others(struct db_tx *tx, int64_t person_id, int64_t keep_id, int64_t now_ms,
                               struct error *reterr)
{
	return db_exec(tx, &END_OTHERS, DB_ARGS(DB_INT(person_id), DB_INT(keep_id), DB_INT(now_ms)),
	               NULL, reterr);
}

enum status session_list(struct db_read *r, int64_t person_id, int64_t current_id, int64_t now_ms,
                         struct arena *a, struct array *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct session_row *list = ARENA_ARRAY(a, struct session_row, OWN_LIST_MAX);
	size_t count = 0;
	enum status st = db_query(r, &LIST, DB_ARGS(DB_INT(person_id)), &rows, reterr);
	if (st != OK)
		return st;
	while (count < OWN_LIST_MAX && db_next(&rows)) {
		const struct session_times t = { .stage = (enum session_stage)db_int(&rows, 1),
			                         .created_at = db_int(&rows, 2),
			                         .seen_at = db_int(&rows, 3) };
		if (!session_alive(&t, now_ms))
			continue;
		list[count++] = (struct session_row){ .id = db_int(&rows, 0),
			                              .created_at = t.created_at,
			                              .seen_at = t.seen_at,
			                              .device = db_text(&rows, 4, a),
			                              .current = db_int(&rows, 0) == current_id };
	}
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

enum status sign_in_list(struct db_read *r, int64_t person_id, struct arena *a, struct array *ret,
                         struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct sign_in_row *list = ARENA_ARRAY(a, struct sign_in_row, OWN_LIST_MAX);
	size_t count = 0;
	enum status st = db_query(r, &SIGN_INS, DB_ARGS(DB_INT(person_id)), &rows, reterr);
	if (st != OK)
		return st;
	while (count < OWN_LIST_MAX && db_next(&rows))
		list[count++] = (struct sign_in_row){ .at = db_int(&rows, 0),
			                              .outcome = (int)db_int(&rows, 1),
			                              .device = db_text(&rows, 2, a) };
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

enum status sign_in_record(struct db_tx *tx, int64_t person_id, int64_t now_ms,
                           enum sign_in_outcome outcome, const char *device, struct error *reterr)
{
	return db_exec(tx, &RECORD,
	               DB_ARGS(DB_INT(person_id), DB_INT(now_ms), DB_INT(outcome), DB_TEXT(device)),
	               NULL, reterr);
}

enum status session_current_meeting(struct db_read *r, int64_t appointment_id, int64_t *ret,
                                    struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st =
	    db_query(r, &CURRENT_MEETING, DB_ARGS(DB_INT(appointment_id)), &row, reterr);

	*ret = 0;
	if (st != OK)
		return st;
	if (db_next(&row))
		*ret = db_int(&row, 0);
	return db_rows_end(&row, reterr);
}
