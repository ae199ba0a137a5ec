#include "steering/agreed.h"

#include "platform/crypto/numbering.h"
#include "platform/crypto/stored.h"

const struct db_root ACTION_ROOT = DB_ROOT(35, steering_action);
const struct db_root ESCALATION_ROOT = DB_ROOT(36, steering_escalation);

/* $1 person, $2 participant, $3 1: oversees all, $4 appointment, $5 meeting or 0. The casefile's
 * readers as of its point; without casefile who was invited; always the owner. */
#define VISIBLE                                                                                    \
	" WHERE ($5 = 0 OR x.meeting_id = $5) AND (x.casefile_id IS NULL OR (c.state < 10"         \
	" AND NOT EXISTS (SELECT 1 FROM casefile_block k WHERE k.casefile_id = c.id"               \
	" AND k.person_id = $1 AND k.lifted_at = 0)))"
#define BY_MEETING                                                                                 \
	"($3 = 1 OR (EXISTS (SELECT 1 FROM meeting_invitation v WHERE v.meeting_id = x.meeting_id" \
	" AND v.appointment_id = $4) AND (x.casefile_id IS NULL OR EXISTS (SELECT 1"               \
	" FROM casefile_organ y JOIN organ o ON o.id = y.organ_id WHERE y.casefile_id = c.id"      \
	" AND o.participant_id = $2))))"
static const struct db_stmt ACTIONS = {
	"steering_actions", "iiiiii",
	"SELECT x.id, x.version, x.meeting_id, coalesce(x.casefile_id, 0), x.owner_id, x.due_day,"
	" x.done_at, x.registered_at, x.reference, m.reference, coalesce(c.reference, ''),"
	" p.full_name, coalesce(g.on_behalf, ''), x.key_id, x.uuid, x.sealed"
	" FROM steering_action x JOIN meeting m ON m.id = x.meeting_id"
	" JOIN appointment a ON a.id = x.owner_id JOIN person p ON p.id = a.person_id"
	" LEFT JOIN organ g ON g.id = a.organ_id LEFT JOIN casefile c ON c.id = "
	"x.casefile_id" VISIBLE " AND (x.owner_id = $4 OR " BY_MEETING
	") AND ($6 = 0 OR x.done_at = 0)"
	" ORDER BY CASE WHEN x.done_at = 0 THEN 0 ELSE 1 END, x.due_day, x.id LIMIT 200"
};
static const struct db_stmt QUESTIONS = {
	"steering_escalations", "iiiii",
	"SELECT x.id, x.version, x.meeting_id, coalesce(x.casefile_id, 0), x.asked_at,"
	" x.answered_at, x.reference, m.reference, coalesce(c.reference, ''), x.uuid, x.key_id,"
	" x.question, x.answer_key_id, x.answer FROM steering_escalation x"
	" JOIN meeting m ON m.id = x.meeting_id"
	" LEFT JOIN casefile c ON c.id = x.casefile_id" VISIBLE " AND " BY_MEETING
	" ORDER BY x.asked_at DESC, x.id DESC LIMIT 100"
};
static const struct db_stmt INSERT_ACTION = {
	"steering_action_insert", "btiIiiibii",
	"INSERT INTO steering_action (uuid, reference, meeting_id, casefile_id, owner_id, due_day,"
	" key_id, sealed, registered_by, registered_at)"
	" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id"
};
static const struct db_stmt DONE = {
	"steering_action_done", "iii",
	"UPDATE steering_action SET done_by = $2, done_at = $3 WHERE id = $1 AND done_at = 0"
};
static const struct db_stmt INSERT_QUESTION = {
	"steering_escalation_insert", "btiIiiib",
	"INSERT INTO steering_escalation (uuid, reference, meeting_id, casefile_id, asked_by,"
	" asked_at, key_id, question) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
};
static const struct db_stmt ANSWER = {
	"steering_escalation_answer", "iiiib",
	"UPDATE steering_escalation SET answered_by = $2, answered_at = $3, answer_key_id = $4,"
	" answer = $5 WHERE id = $1 AND answered_at = 0"
};

const struct db_stmt *const agreed_statements[] = {
	&ACTION_ROOT.claim,
	&ACTION_ROOT.look,
	&ESCALATION_ROOT.claim,
	&ESCALATION_ROOT.look,
	&ACTIONS,
	&QUESTIONS,
	&INSERT_ACTION,
	&DONE,
	&INSERT_QUESTION,
	&ANSWER,
	NULL,
};

#define VIEWER(v)                                                                                  \
	DB_INT((v)->person_id), DB_INT((v)->participant_id), DB_INT(oversees_steering((v)->role)), \
	    DB_INT((v)->appointment_id)

/* A sealed line of a row: its key, its uuid, its bytes. */
struct sealed_row {
	int64_t key_id;
	struct uuid uuid;
	struct span sealed;
};

static struct sealed_row sealed_at(const struct db_rows *row, int key, int uuid, int bytes,
                                   struct arena *a)
{
	struct sealed_row ret = { .key_id = db_int(row, key) };

	ret.uuid = uuid_stored(row, uuid);
	ret.sealed.bytes = db_bytes(row, bytes, a, &ret.sealed.len);
	return ret;
}

static enum status open_row(struct db_read *r, struct keyring *k, const struct sealed_row *row,
                            enum steering_line_kind kind, struct arena *a, const char **ret,
                            struct error *reterr)
{
	*ret = "";
	if (row->key_id == 0)
		return OK;
	return steering_line_open(r, k, row->key_id, &row->uuid, kind, &row->sealed, a, ret,
	                          reterr);
}

/* ---- actions ----------------------------------------------------------------------------------- */

// NOLINTNEXTLINE(readability-function-size): whose, of which meeting, which of them
enum status action_list(struct db_read *r, struct keyring *k, const struct viewer *viewer,
                        int64_t meeting_id, bool only_open, struct arena *a, struct array *ret,
                        struct error *reterr)
{
	enum { MAX = 200 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct agreed_action *list = ARENA_ARRAY(a, struct agreed_action, MAX);
	struct sealed_row *sealed = ARENA_ARRAY(a, struct sealed_row, MAX);
	size_t count = 0;
	enum status st =
	    db_query(r, &ACTIONS, DB_ARGS(VIEWER(viewer), DB_INT(meeting_id), DB_INT(only_open)),
	             &rows, reterr);

	if (st != OK)
		return st;
	for (; count < MAX && db_next(&rows); count++) {
		list[count] = (struct agreed_action){
			.id = db_int(&rows, 0),
			.version = db_int(&rows, 1),
			.meeting_id = db_int(&rows, 2),
			.casefile_id = db_int(&rows, 3),
			.owner_id = db_int(&rows, 4),
			.due_day = db_int(&rows, 5),
			.done_at = db_int(&rows, 6),
			.registered_at = db_int(&rows, 7),
			.reference = db_text(&rows, 8, a),
			.meeting = db_text(&rows, 9, a),
			.casefile = db_text(&rows, 10, a),
			.owner = db_text(&rows, 11, a),
			.on_behalf = db_text(&rows, 12, a),
		};
		sealed[count] = sealed_at(&rows, 13, 14, 15, a);
	}
	st = db_rows_end(&rows, reterr);
	for (size_t i = 0; st == OK && i < count; i++)
		st = open_row(r, k, &sealed[i], LINE_ACTION, a, &list[i].text, reterr);
	*ret = (struct array){ list, count };
	return st;
}

/* "A-2026-..." is an account's; an action is "AP", a question to the Stuurgroep "SG". */
#define MAYBE(id) ((id) != 0 ? DB_INT(id) : DB_NULL)

enum status action_insert(struct db_tx *tx, const struct action_new *n, int64_t *ret_id,
                          const char **ret_reference, struct error *reterr)
{
	enum status st =
	    reference_next(tx, n->reference_key, "AP", n->now_ms, ret_reference, reterr);

	if (st == OK)
		st = key_store(tx, &n->words.key, reterr);
	return st == OK ? db_insert(tx, &INSERT_ACTION,
	                            DB_ARGS(DB_BYTES(n->uuid.bytes, UUID_BYTES),
	                                    DB_TEXT(*ret_reference), DB_INT(n->meeting_id),
	                                    MAYBE(n->casefile_id), DB_INT(n->owner_id),
	                                    DB_INT(n->due_day), DB_INT(n->words.key.id),
	                                    DB_BYTES(n->words.sealed, n->words.len),
	                                    DB_INT(n->appointment_id), DB_INT(n->now_ms)),
	                            ret_id, reterr)
	                : st;
}

enum status action_done(struct db_tx *tx, int64_t id, int64_t appointment_id, int64_t now_ms,
                        struct error *reterr)
{
	int64_t changed = 0;
	const enum status st =
	    db_exec(tx, &DONE, DB_ARGS(DB_INT(id), DB_INT(appointment_id), DB_INT(now_ms)),
	            &changed, reterr);

	return st == OK && changed == 0
	           ? FAIL(reterr, ERR_CONFLICT, "Deze actie is al gemeld als klaar.")
	           : st;
}

/* ---- questions to the Stuurgroep --------------------------------------------------------------- */

enum status escalation_list(struct db_read *r, struct keyring *k, const struct viewer *viewer,
                            int64_t meeting_id, struct arena *a, struct array *ret,
                            struct error *reterr)
{
	enum { MAX = 100 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct escalation *list = ARENA_ARRAY(a, struct escalation, MAX);
	struct sealed_row *question = ARENA_ARRAY(a, struct sealed_row, MAX);
	struct sealed_row *answer = ARENA_ARRAY(a, struct sealed_row, MAX);
	size_t count = 0;
	enum status st =
	    db_query(r, &QUESTIONS, DB_ARGS(VIEWER(viewer), DB_INT(meeting_id)), &rows, reterr);

	if (st != OK)
		return st;
	for (; count < MAX && db_next(&rows); count++) {
		question[count] = sealed_at(&rows, 10, 9, 11, a);
		answer[count] = sealed_at(&rows, 12, 9, 13, a);
		list[count] = (struct escalation){
			.id = db_int(&rows, 0),
			.version = db_int(&rows, 1),
			.meeting_id = db_int(&rows, 2),
			.casefile_id = db_int(&rows, 3),
			.asked_at = db_int(&rows, 4),
			.answered_at = db_int(&rows, 5),
			.uuid = question[count].uuid,
			.reference = db_text(&rows, 6, a),
			.meeting = db_text(&rows, 7, a),
			.casefile = db_text(&rows, 8, a),
		};
	}
	st = db_rows_end(&rows, reterr);
	for (size_t i = 0; st == OK && i < count; i++) {
		st = open_row(r, k, &question[i], LINE_QUESTION, a, &list[i].question, reterr);
		if (st == OK)
			st = open_row(r, k, &answer[i], LINE_ANSWER, a, &list[i].answer, reterr);
	}
	*ret = (struct array){ list, count };
	return st;
}

enum status escalation_insert(struct db_tx *tx, const struct escalation_new *n,
                              const char **ret_reference, struct error *reterr)
{
	enum status st =
	    reference_next(tx, n->reference_key, "SG", n->now_ms, ret_reference, reterr);

	if (st == OK)
		st = key_store(tx, &n->words.key, reterr);
	return st == OK ? db_exec(tx, &INSERT_QUESTION,
	                          DB_ARGS(DB_BYTES(n->uuid.bytes, UUID_BYTES),
	                                  DB_TEXT(*ret_reference), DB_INT(n->meeting_id),
	                                  MAYBE(n->casefile_id), DB_INT(n->appointment_id),
	                                  DB_INT(n->now_ms), DB_INT(n->words.key.id),
	                                  DB_BYTES(n->words.sealed, n->words.len)),
	                          NULL, reterr)
	                : st;
}

enum status escalation_answer(struct db_tx *tx, int64_t id, const struct steering_line *words,
                              int64_t appointment_id, int64_t now_ms, struct error *reterr)
{
	int64_t changed = 0;
	enum status st = key_store(tx, &words->key, reterr);

	if (st == OK)
		st = db_exec(tx, &ANSWER,
		             DB_ARGS(DB_INT(id), DB_INT(appointment_id), DB_INT(now_ms),
		                     DB_INT(words->key.id), DB_BYTES(words->sealed, words->len)),
		             &changed, reterr);
	return st == OK && changed == 0 ? FAIL(reterr, ERR_CONFLICT, "Deze vraag is al beantwoord.")
	                                : st;
}
