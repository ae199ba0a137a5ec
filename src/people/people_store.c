#include "people/people.h"

#include <assert.h>

const struct db_root PERSON_ROOT = DB_ROOT(10, person);
const struct db_root APPOINTMENT_ROOT = DB_ROOT(11, appointment);

#define SELECT_PERSON                                                                              \
	"SELECT p.id, p.version, p.email, p.full_name, p.phone, p.participant_id, w.name, "        \
	"p.state,"                                                                                 \
	" p.screening_manner, p.screened_on, p.trained_on, p.recertified_on, p.requested_at,"      \
	" p.last_seen_at, p.demo, p.sort_key, w.bureau"                                            \
	" FROM person p JOIN participant w ON w.id = p.participant_id"

#define SELECT_APPOINTMENT                                                                         \
	"SELECT a.id, a.version, a.person_id, p.full_name, a.role, a.participant_id, a.organ_id,"  \
	" a.desk_id, a.municipality_id, a.deputy_for, w.name, o.on_behalf, d.name, o.letter,"      \
	" w.bureau, a.from_day, a.until_day, a.ended_at, a.state, a.proposed_by, a.proposed_at,"   \
	" b.full_name, a.reason"                                                                   \
	" FROM appointment a JOIN person p ON p.id = a.person_id"                                  \
	" JOIN participant w ON w.id = a.participant_id"                                           \
	" JOIN person b ON b.id = a.proposed_by"                                                   \
	" LEFT JOIN organ o ON o.id = a.organ_id LEFT JOIN desk d ON d.id = a.desk_id"

static const struct db_stmt PERSON = { "person_load", "iii",
	                               SELECT_PERSON
	                               " WHERE p.id = $3 AND ($1 = 1 OR p.participant_id = $2)" };
/* Two of each, so that each walks an index in the order of the list and stops at the limit. */
#define PERSONS_OF_ONE                                                                             \
	" WHERE p.participant_id = $1 AND ($2 = 0 OR p.state = $2)"                                \
	" AND (p.sort_key, p.id) > ($3, $4) ORDER BY p.sort_key, p.id LIMIT $5"
#define PERSONS_OF_ANY                                                                             \
	" WHERE ($1 = 0 OR p.state = $1)"                                                          \
	" AND (p.sort_key, p.id) > ($2, $3) ORDER BY p.sort_key, p.id LIMIT $4"
#define LINES_BACK_OF_ONE                                                                          \
	" WHERE p.participant_id = $1 AND ($2 = 0 OR p.state = $2)"                                \
	" AND (p.sort_key, p.id) < ($3, $4) ORDER BY p.sort_key DESC, p.id DESC LIMIT $5"
#define LINES_BACK_OF_ANY                                                                          \
	" WHERE ($1 = 0 OR p.state = $1)"                                                          \
	" AND (p.sort_key, p.id) < ($2, $3) ORDER BY p.sort_key DESC, p.id DESC LIMIT $4"
/* Of one participant the name is asked once, not a row. */
#define SELECT_LINE_OF_ONE                                                                         \
	"SELECT p.id, p.full_name, (SELECT w.name FROM participant w WHERE w.id = $1), p.state,"   \
	" p.screening_manner, p.screened_on FROM person p"
#define SELECT_LINE_OF_ANY                                                                         \
	"SELECT p.id, p.full_name, w.name, p.state, p.screening_manner, p.screened_on"             \
	" FROM person p JOIN participant w ON w.id = p.participant_id"
static const struct db_stmt PERSONS = { "person_list", "iibii", SELECT_PERSON PERSONS_OF_ONE };
static const struct db_stmt PERSONS_OF_ALL = { "person_list_of_all", "ibii",
	                                       SELECT_PERSON PERSONS_OF_ANY };
static const struct db_stmt LINES = { "person_lines", "iibii", SELECT_LINE_OF_ONE PERSONS_OF_ONE };
static const struct db_stmt LINES_OF_ALL = { "person_lines_of_all", "ibii",
	                                     SELECT_LINE_OF_ANY PERSONS_OF_ANY };
static const struct db_stmt LINES_BACK = { "person_lines_back", "iibii",
	                                   SELECT_LINE_OF_ONE LINES_BACK_OF_ONE };
static const struct db_stmt LINES_BACK_OF_ALL = { "person_lines_back_of_all", "ibii",
	                                          SELECT_LINE_OF_ANY LINES_BACK_OF_ANY };
static const struct db_stmt APPOINTMENTS = {
	"appointment_list", "i",
	SELECT_APPOINTMENT
	" WHERE a.person_id = $1 ORDER BY a.proposed_at DESC, a.id DESC LIMIT 100"
};
static const struct db_stmt APPOINTMENT = {
	"appointment_load", "iii",
	SELECT_APPOINTMENT " WHERE a.id = $3 AND ($1 = 1 OR a.participant_id = $2)"
};
static const struct db_stmt PROPOSALS = { "appointment_proposals", "iiiii",
	                                  SELECT_APPOINTMENT
	                                  " WHERE a.state = 1 AND ($1 = 1 OR a.participant_id = $2)"
	                                  " AND (a.proposed_at, a.id) > ($3, $4)"
	                                  " ORDER BY a.proposed_at, a.id LIMIT $5" };
static const struct db_stmt PROPOSALS_BACK = {
	"appointment_proposals_back", "iiiii",
	SELECT_APPOINTMENT " WHERE a.state = 1 AND ($1 = 1 OR a.participant_id = $2)"
			   " AND (a.proposed_at, a.id) < ($3, $4)"
			   " ORDER BY a.proposed_at DESC, a.id DESC LIMIT $5"
};
static const struct db_stmt COLLEAGUES = {
	"appointment_colleagues", "ii",
	SELECT_APPOINTMENT " WHERE a.participant_id = $1 AND a.person_id <> $2 AND a.state = 2"
			   " ORDER BY p.sort_key, a.id LIMIT 100"
};
static const struct db_stmt IN_FORCE_AT = {
	"appointment_in_force_at", "iii",
	"SELECT id FROM appointment WHERE id = $1 AND participant_id = $2 AND state = 2"
	" AND person_id <> $3"
};
static const struct db_stmt HAND_OVER_ALL = {
	"people_hand_over_all", "iii",
	"UPDATE task SET audience_id = $2 + $3 WHERE done_at = 0 AND audience_id IN"
	" (SELECT id + $3 FROM appointment WHERE person_id = $1)"
};
static const struct db_stmt HISTORY = {
	"people_history", "i",
	"SELECT h.at, p.full_name, h.action, h.from_state, h.to_state, h.appointment_id, h.note"
	" FROM people_history h LEFT JOIN person p ON p.id = h.actor_id"
	" WHERE h.person_id = $1 ORDER BY h.at DESC, h.id DESC LIMIT 100"
};
static const struct db_stmt INSERT_PERSON = {
	"person_insert", "bttbitiiiiii",
	"INSERT INTO person (uuid, email, full_name, sort_key, participant_id, phone, state,"
	" screening_manner, screened_on, trained_on, requested_at, demo)"
	" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING id"
};
static const struct db_stmt INSERT_APPOINTMENT = {
	"appointment_insert", "biiiIIIIiiiiit",
	"INSERT INTO appointment (uuid, person_id, role, participant_id, organ_id, desk_id,"
	" municipality_id, deputy_for, from_day, until_day, state, proposed_by, proposed_at, "
	"reason)"
	" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) RETURNING id"
};
static const struct db_stmt ACCOUNT_PICTURE = {
	"account_picture", "iii",
	"SELECT p.screened_on, p.trained_on, p.screening_manner, p.participant_id,"
	" (SELECT count(*) FROM task t JOIN appointment a ON t.audience_id = a.id + $3"
	"   WHERE a.person_id = p.id AND t.done_at = 0),"
	" (SELECT count(*) FROM people_history h WHERE h.person_id = p.id AND h.actor_id = $2"
	"   AND h.action = 1 AND h.appointment_id IS NULL)"
	" FROM person p WHERE p.id = $1"
};
static const struct db_stmt APPOINTMENT_PICTURE = {
	"appointment_picture", "ii",
	"SELECT a.role, a.person_id, a.proposed_by, a.participant_id, p.state,"
	" CASE WHEN o.letter = 'h' THEN 1 ELSE 0 END, w.bureau,"
	" (SELECT count(*) FROM task t WHERE t.audience_id = a.id + $2 AND t.done_at = 0)"
	" FROM appointment a JOIN person p ON p.id = a.person_id"
	" JOIN participant w ON w.id = a.participant_id LEFT JOIN organ o ON o.id = a.organ_id"
	" WHERE a.id = $1"
};
static const struct db_stmt MOVE_PERSON = {
	"person_move", "iii", "UPDATE person SET state = $3 WHERE id = $1 AND state = $2"
};
static const struct db_stmt MOVE_APPOINTMENT = {
	"appointment_move", "iiiii",
	"UPDATE appointment SET state = $3,"
	" decided_by = CASE WHEN $3 = 1 THEN decided_by ELSE $4 END,"
	" decided_at = CASE WHEN $3 = 1 THEN decided_at ELSE $5 END,"
	" ended_at = CASE WHEN $3 = 4 THEN $5 ELSE ended_at END"
	" WHERE id = $1 AND state = $2"
};
static const struct db_stmt ADD_HISTORY = {
	"people_history_add", "iIiiiiit",
	"INSERT INTO people_history (person_id, appointment_id, at, actor_id, action, from_state,"
	" to_state, note) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
};
static const struct db_stmt SCREENING = {
	"person_set_screening", "iii",
	"UPDATE person SET screening_manner = $2, screened_on = $3 WHERE id = $1"
};
static const struct db_stmt TRAINING = { "person_set_training", "ii",
	                                 "UPDATE person SET trained_on = $2 WHERE id = $1" };
static const struct db_stmt LOOKS = {
	"person_set_looks", "iii", "UPDATE person SET density = $2, colours = $3 WHERE id = $1"
};
static const struct db_stmt END_APPOINTMENTS = {
	"person_end_appointments", "ii",
	"UPDATE appointment SET state = 4, ended_at = $2 WHERE person_id = $1 AND state IN (1, 2)"
};
static const struct db_stmt END_SIGNING = {
	"person_end_signing",
	"ii", /* object 2: an appointment of theirs that waits for a signature */
	"UPDATE task SET done_at = $2 WHERE object_kind = 2 AND done_at = 0"
	" AND object_id IN (SELECT id FROM appointment WHERE person_id = $1)"
};
static const struct db_stmt END_SESSIONS = {
	"person_end_sessions", "ii",
	"UPDATE session SET ended_at = $2 WHERE person_id = $1 AND ended_at = 0"
};
static const struct db_stmt END_TOKENS = {
	"person_end_tokens", "ii",
	"UPDATE api_token SET revoked_at = $2 WHERE revoked_at = 0"
	" AND appointment_id IN (SELECT id FROM appointment WHERE person_id = $1)"
};
static const struct db_stmt HAND_OVER = {
	"people_hand_over", "ii",
	"UPDATE task SET audience_id = $2 WHERE audience_id = $1 AND done_at = 0"
};
static const struct db_stmt INSERT_TOKEN = {
	"api_token_insert", "biiit",
	"INSERT INTO api_token (token_hash, appointment_id, created_at, expires_at, label)"
	" VALUES ($1, $2, $3, $4, $5) RETURNING id"
};

const struct db_stmt *const people_statements[] = {
	&PERSON,
	&PERSONS,
	&PERSONS_OF_ALL,
	&LINES,
	&LINES_OF_ALL,
	&LINES_BACK,
	&LINES_BACK_OF_ALL,
	&APPOINTMENTS,
	&APPOINTMENT,
	&PROPOSALS,
	&PROPOSALS_BACK,
	&COLLEAGUES,
	&IN_FORCE_AT,
	&HAND_OVER_ALL,
	&HISTORY,
	&INSERT_PERSON,
	&INSERT_APPOINTMENT,
	&ACCOUNT_PICTURE,
	&APPOINTMENT_PICTURE,
	&MOVE_PERSON,
	&MOVE_APPOINTMENT,
	&ADD_HISTORY,
	&SCREENING,
	&TRAINING,
	&LOOKS,
	&END_APPOINTMENTS,
	&END_SIGNING,
	&END_SESSIONS,
	&END_TOKENS,
	&HAND_OVER,
	&INSERT_TOKEN,
	&PERSON_ROOT.claim,
	&PERSON_ROOT.look,
	&APPOINTMENT_ROOT.claim,
	&APPOINTMENT_ROOT.look,
	NULL,
};

/* A list of an unknown length, and one of which the caller names it. */
enum { PEOPLE_MAX = 100, PEOPLE_ASKED_MAX = 5001 };

struct people_scope people_scope_of(const struct viewer *viewer)
{
	static const uint64_t all = ROLE_BIT(ROLE_RIEC_HEAD) | ROLE_BIT(ROLE_COORD_DPO) |
	                            ROLE_BIT(ROLE_AUDITOR) | ROLE_BIT(ROLE_SYSTEM_ADMIN);
	return (struct people_scope){ (all & ROLE_BIT(viewer->role)) != 0, viewer->participant_id };
}

#define SCOPE(s) DB_INT((s)->all ? 1 : 0), DB_INT((s)->participant_id)

static struct person person_of(const struct db_rows *row, struct arena *a)
{
	size_t key_len = 0;
	const uint8_t *key = db_bytes(row, 15, a, &key_len);

	return (struct person){
		.id = db_int(row, 0),
		.version = db_int(row, 1),
		.email = db_text(row, 2, a),
		.full_name = db_text(row, 3, a),
		.phone = db_text(row, 4, a),
		.participant_id = db_int(row, 5),
		.participant = db_text(row, 6, a),
		.state = (uint8_t)db_int(row, 7),
		.screening_manner = (int)db_int(row, 8),
		.screened_on = db_int(row, 9),
		.trained_on = db_int(row, 10),
		.recertified_on = db_int(row, 11),
		.requested_at = db_int(row, 12),
		.last_seen_at = db_int(row, 13),
		.demo = db_int(row, 14) == 1,
		.bureau = db_int(row, 16) == 1,
		.sort_key = key,
		.sort_key_len = key_len,
	};
}

static struct appointment appointment_of(const struct db_rows *row, struct arena *a)
{
	return (struct appointment){
		.id = db_int(row, 0),
		.version = db_int(row, 1),
		.person_id = db_int(row, 2),
		.person = db_text(row, 3, a),
		.role = (enum role)db_int(row, 4),
		.participant_id = db_int(row, 5),
		.organ_id = db_int(row, 6),
		.desk_id = db_int(row, 7),
		.municipality_id = db_int(row, 8),
		.deputy_for = db_int(row, 9),
		.participant = db_text(row, 10, a),
		.on_behalf = db_text(row, db_is_null(row, 11) ? 10 : 11, a),
		.desk = db_is_null(row, 12) ? NULL : db_text(row, 12, a),
		.letter = db_text(row, 13, a)[0],
		.bureau = db_int(row, 14) == 1,
		.from_day = db_int(row, 15),
		.until_day = db_int(row, 16),
		.ended_at = db_int(row, 17),
		.state = (uint8_t)db_int(row, 18),
		.proposed_by = db_int(row, 19),
		.proposed_at = db_int(row, 20),
		.proposer = db_text(row, 21, a),
		.reason = db_text(row, 22, a),
	};
}

enum status person_load(struct db_read *r, const struct people_scope *scope, int64_t id,
                        struct arena *a, struct person *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(r, &PERSON, DB_ARGS(SCOPE(scope), DB_INT(id)), &row, reterr);
	if (st == OK)
		st = db_one(&row, reterr);
	if (st == OK)
		*ret = person_of(&row, a);
	return st;
}

static size_t rows_asked(int64_t limit)
{
	if (limit <= 0)
		return PEOPLE_MAX;
	return limit < PEOPLE_ASKED_MAX ? (size_t)limit : PEOPLE_ASKED_MAX;
}

/* Runs one of the lists, for the scope that it is of; *ret_max: how many rows it gives at most. */
static enum status ask_list(struct db_read *r, const struct people_scope *scope,
                            const struct person_filter *f, const struct db_stmt *list,
                            struct db_rows *ret, size_t *ret_max, struct error *reterr)
{
	static const uint8_t LAST[] = { 0xFF, 0xFF }; /* no sort key is larger */
	const size_t max = rows_asked(f->limit);
	const bool from_end = f->backward && f->after_key == NULL;
	const uint8_t *key = f->after_key != NULL ? f->after_key : (const uint8_t *)"";
	const struct db_value args[] = {
		DB_INT(scope->participant_id),
		DB_INT(f->state),
		from_end ? DB_BYTES(LAST, sizeof LAST) : DB_BYTES(key, f->after_len),
		DB_INT(from_end ? INT64_MAX : f->after_id),
		DB_INT((int64_t)max),
	};

	*ret_max = max;
	return db_query(r, list, scope->all ? &args[1] : args, ret, reterr);
}

enum status person_list(struct db_read *r, const struct people_scope *scope,
                        const struct person_filter *f, struct arena *a, struct array *ret,
                        struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	size_t max, count = 0;
	enum status st =
	    ask_list(r, scope, f, scope->all ? &PERSONS_OF_ALL : &PERSONS, &rows, &max, reterr);
	if (st != OK)
		return st;
	struct person *list = ARENA_ARRAY(a, struct person, max);
	while (count < max && db_next(&rows))
		list[count++] = person_of(&rows, a);
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

enum status person_lines(struct db_read *r, const struct people_scope *scope,
                         const struct person_filter *f, struct arena *a, struct array *ret,
                         struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	size_t max, count = 0;
	static const struct db_stmt *const ORDERS[2][2] = { { &LINES, &LINES_OF_ALL },
		                                            { &LINES_BACK, &LINES_BACK_OF_ALL } };
	enum status st =
	    ask_list(r, scope, f, ORDERS[f->backward][scope->all], &rows, &max, reterr);
	if (st != OK)
		return st;
	struct person_line *list = ARENA_ARRAY(a, struct person_line, max);
	while (count < max && db_next(&rows))
		list[count++] = (struct person_line){
			.id = db_int(&rows, 0),
			.full_name = db_text(&rows, 1, a),
			.participant = db_text(&rows, 2, a),
			.state = (uint8_t)db_int(&rows, 3),
			.screening_manner = (int)db_int(&rows, 4),
			.screened_on = db_int(&rows, 5),
		};
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

struct question {
	const struct db_stmt *statement;
	const struct db_value *args;
	size_t max; /* rows */
};

static enum status appointments(struct db_read *r, struct question q, struct arena *a,
                                struct array *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct appointment *list = ARENA_ARRAY(a, struct appointment, q.max);
	size_t count = 0;
	enum status st = db_query(r, q.statement, q.args, &rows, reterr);
	if (st != OK)
		return st;
	while (count < q.max && db_next(&rows))
		list[count++] = appointment_of(&rows, a);
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

enum status appointment_list(struct db_read *r, int64_t person_id, struct arena *a,
                             struct array *ret, struct error *reterr)
{
	const struct question q = { &APPOINTMENTS, DB_ARGS(DB_INT(person_id)), PEOPLE_MAX };

	return appointments(r, q, a, ret, reterr);
}

enum status appointment_proposals(struct db_read *r, const struct people_scope *scope,
                                  const struct proposal_query *asked, struct arena *a,
                                  struct array *ret, struct error *reterr)
{
	const size_t max = rows_asked(asked->limit);
	const struct question q = { asked->backward ? &PROPOSALS_BACK : &PROPOSALS,
		                    DB_ARGS(SCOPE(scope), DB_INT(asked->proposed_at),
		                            DB_INT(asked->id), DB_INT((int64_t)max)),
		                    max };

	return appointments(r, q, a, ret, reterr);
}

enum status appointment_colleagues(struct db_read *r, int64_t participant_id, int64_t but_person_id,
                                   struct arena *a, struct array *ret, struct error *reterr)
{
	const struct question q = { &COLLEAGUES,
		                    DB_ARGS(DB_INT(participant_id), DB_INT(but_person_id)),
		                    PEOPLE_MAX };

	return appointments(r, q, a, ret, reterr);
}

enum status appointment_load(struct db_read *r, const struct people_scope *scope, int64_t id,
                             struct arena *a, struct appointment *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(r, &APPOINTMENT, DB_ARGS(SCOPE(scope), DB_INT(id)), &row, reterr);
	if (st == OK)
		st = db_one(&row, reterr);
	if (st == OK)
		*ret = appointment_of(&row, a);
	return st;
}

enum status people_history(struct db_read *r, int64_t person_id, struct arena *a, struct array *ret,
                           struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct history_row *list = ARENA_ARRAY(a, struct history_row, PEOPLE_MAX);
	size_t count = 0;
	enum status st = db_query(r, &HISTORY, DB_ARGS(DB_INT(person_id)), &rows, reterr);
	if (st != OK)
		return st;
	while (count < PEOPLE_MAX && db_next(&rows))
		list[count++] = (struct history_row){
			.at = db_int(&rows, 0),
			.actor = db_text(&rows, 1, a),
			.action = (int)db_int(&rows, 2),
			.from_state = (uint8_t)db_int(&rows, 3),
			.to_state = (uint8_t)db_int(&rows, 4),
			.of_appointment = !db_is_null(&rows, 5),
			.appointment_id = db_int(&rows, 5),
			.note = db_text(&rows, 6, a),
		};
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

static struct db_value id_or_null(int64_t id)
{
	return id != 0 ? DB_INT(id) : DB_NULL;
}

enum status person_insert(struct db_tx *tx, const struct person_new *p, int64_t *ret_id,
                          struct error *reterr)
{
	enum status st = db_insert(
	    tx, &INSERT_PERSON,
	    DB_ARGS(DB_BYTES(p->uuid.bytes, UUID_BYTES), DB_TEXT(p->email), DB_TEXT(p->full_name),
	            DB_BYTES(p->sort_key, p->sort_key_len), DB_INT(p->participant_id),
	            DB_TEXT(p->phone), DB_INT(p->state), DB_INT(p->screening_manner),
	            DB_INT(p->screened_on), DB_INT(p->trained_on), DB_INT(p->requested_at),
	            DB_INT(p->demo ? 1 : 0)),
	    ret_id, reterr);
	if (st == ERR_CONFLICT)
		return FAIL(reterr, ERR_CONFLICT, "Met dit e-mailadres is al een account.");
	return st;
}

enum status appointment_insert(struct db_tx *tx, const struct appointment_new *n, int64_t *ret_id,
                               struct error *reterr)
{
	return db_insert(
	    tx, &INSERT_APPOINTMENT,
	    DB_ARGS(DB_BYTES(n->uuid.bytes, UUID_BYTES), DB_INT(n->person_id), DB_INT(n->role),
	            DB_INT(n->participant_id), id_or_null(n->organ_id), id_or_null(n->desk_id),
	            id_or_null(n->municipality_id), id_or_null(n->deputy_for), DB_INT(n->from_day),
	            DB_INT(n->until_day), DB_INT(n->state), DB_INT(n->proposed_by),
	            DB_INT(n->proposed_at), DB_TEXT(n->reason)),
	    ret_id, reterr);
}

/* Audiences of appointments are their ids plus this: lets SQL find work on a person's own name. */
static int64_t appointment_base(void)
{
	return audience_of(AUDIENCE_APPOINTMENT, 0);
}

enum status account_picture_load(struct db_read *r, int64_t person_id, const struct actor *actor,
                                 int64_t today, struct account_picture *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(
	    r, &ACCOUNT_PICTURE,
	    DB_ARGS(DB_INT(person_id), DB_INT(actor->person_id), DB_INT(appointment_base())), &row,
	    reterr);
	if (st == OK)
		st = db_one(&row, reterr);
	if (st != OK)
		return st;
	*ret = (struct account_picture){
		.today = today,
		.screened_on = db_int(&row, 0),
		.trained_on = db_int(&row, 1),
		.screened_by_vog = db_int(&row, 2) == SCREENING_VOG,
		.actor_same_employer = db_int(&row, 3) == actor->participant_id,
		.open_work = db_int(&row, 4),
		.actor_confirmed = db_int(&row, 5) > 0,
		.actor_is_subject = person_id == actor->person_id,
		.actor_is_head = actor->head,
	};
	return OK;
}

enum status appointment_picture_load(struct db_read *r, int64_t appointment_id,
                                     const struct actor *actor, struct appointment_picture *ret,
                                     struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st =
	    db_query(r, &APPOINTMENT_PICTURE,
	             DB_ARGS(DB_INT(appointment_id), DB_INT(appointment_base())), &row, reterr);
	if (st == OK)
		st = db_one(&row, reterr);
	if (st != OK)
		return st;
	const bool mayor = db_int(&row, 5) == 1;
	*ret = (struct appointment_picture){
		.role = (enum role)db_int(&row, 0),
		.actor_is_subject = db_int(&row, 1) == actor->person_id,
		.actor_is_proposer = db_int(&row, 2) == actor->person_id,
		.actor_same_employer = db_int(&row, 3) == actor->participant_id,
		.actor_is_head = actor->head,
		.account_open = db_int(&row, 4) != ACCOUNT_REVOKED,
		.open_work = db_int(&row, 7),
		.role_fits = appointment_role_fits((enum role)db_int(&row, 0), mayor ? 'h' : 'i',
		                                   db_int(&row, 6) == 1),
	};
	return OK;
}

static enum status change_state(struct db_tx *tx, const struct people_move *m, int64_t *ret_changed,
                                struct error *reterr)
{
	if (m->appointment_id == 0)
		return db_exec(tx, &MOVE_PERSON,
		               DB_ARGS(DB_INT(m->person_id), DB_INT(m->from), DB_INT(m->to)),
		               ret_changed, reterr);
	return db_exec(tx, &MOVE_APPOINTMENT,
	               DB_ARGS(DB_INT(m->appointment_id), DB_INT(m->from), DB_INT(m->to),
	                       DB_INT(m->actor_id), DB_INT(m->now_ms)),
	               ret_changed, reterr);
}

enum status people_move(struct db_tx *tx, const struct people_move *m, struct error *reterr)
{
	int64_t changed = 0;
	enum status st = change_state(tx, m, &changed, reterr);
	if (st == OK && changed == 0)
		return FAIL(reterr, ERR_CONFLICT,
		            "Een collega was eerder. Bekijk hoe het nu staat.");
	if (st != OK)
		return st;
	return db_exec(tx, &ADD_HISTORY,
	               DB_ARGS(DB_INT(m->person_id), id_or_null(m->appointment_id),
	                       DB_INT(m->now_ms), DB_INT(m->actor_id), DB_INT(m->action),
	                       DB_INT(m->from), DB_INT(m->to), DB_TEXT(m->note)),
	               NULL, reterr);
}

enum status person_set_screening(struct db_tx *tx, int64_t id, int manner, int64_t day,
                                 struct error *reterr)
{
	return db_exec(tx, &SCREENING, DB_ARGS(DB_INT(id), DB_INT(manner), DB_INT(day)), NULL,
	               reterr);
}

enum status person_set_training(struct db_tx *tx, int64_t id, int64_t day, struct error *reterr)
{
	return db_exec(tx, &TRAINING, DB_ARGS(DB_INT(id), DB_INT(day)), NULL, reterr);
}

enum status person_set_looks(struct db_tx *tx, int64_t id, int density, int colours,
                             struct error *reterr)
{
	return db_exec(tx, &LOOKS, DB_ARGS(DB_INT(id), DB_INT(density), DB_INT(colours)), NULL,
	               reterr);
}

enum status person_end_access(struct db_tx *tx, int64_t person_id, int64_t now_ms,
                              struct error *reterr)
{
	static const struct db_stmt *const END[] = { &END_TOKENS, &END_SIGNING, &END_APPOINTMENTS,
		                                     &END_SESSIONS };
	enum status st = OK;

	for (size_t i = 0; st == OK && i < sizeof END / sizeof END[0]; i++)
		st = db_exec(tx, END[i], DB_ARGS(DB_INT(person_id), DB_INT(now_ms)), NULL, reterr);
	return st;
}

static enum status in_force_at(struct db_read *r, int64_t appointment_id, int64_t participant_id,
                               int64_t but_person_id, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st =
	    db_query(r, &IN_FORCE_AT,
	             DB_ARGS(DB_INT(appointment_id), DB_INT(participant_id), DB_INT(but_person_id)),
	             &row, reterr);
	if (st == OK)
		st = db_one(&row, reterr);
	if (st == ERR_NOT_FOUND)
		return FAIL(reterr, ERR_INVALID,
		            "Kies een opvolger die nu een rol heeft bij dezelfde organisatie.");
	return st;
}

enum status people_hand_over(struct db_tx *tx, int64_t from_appointment, int64_t to_appointment,
                             int64_t participant_id, int64_t *ret_count, struct error *reterr)
{
	enum status st = in_force_at(db_tx_read(tx), to_appointment, participant_id, 0, reterr);
	if (st == OK && to_appointment == from_appointment)
		return FAIL(reterr, ERR_INVALID, "Kies iemand anders als opvolger.");
	if (st != OK)
		return st;
	return db_exec(tx, &HAND_OVER,
	               DB_ARGS(DB_INT(audience_of(AUDIENCE_APPOINTMENT, from_appointment)),
	                       DB_INT(audience_of(AUDIENCE_APPOINTMENT, to_appointment))),
	               ret_count, reterr);
}

enum status people_hand_over_all(struct db_tx *tx, int64_t from_person, int64_t to_appointment,
                                 int64_t participant_id, int64_t *ret_count, struct error *reterr)
{
	enum status st =
	    in_force_at(db_tx_read(tx), to_appointment, participant_id, from_person, reterr);
	if (st != OK)
		return st;
	return db_exec(
	    tx, &HAND_OVER_ALL,
	    DB_ARGS(DB_INT(from_person), DB_INT(to_appointment), DB_INT(appointment_base())),
	    ret_count, reterr);
}

enum status api_token_insert(struct db_tx *tx, const struct api_token_new *t, int64_t *ret_id,
                             struct error *reterr)
{
	return db_insert(tx, &INSERT_TOKEN,
	                 DB_ARGS(DB_BYTES(t->digest.bytes, DIGEST_BYTES), DB_INT(t->appointment_id),
	                         DB_INT(t->now_ms), DB_INT(t->expires_at), DB_TEXT(t->label)),
	                 ret_id, reterr);
}
