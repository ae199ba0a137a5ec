#include "learning/learning.h"

#include "audit/action.h"
#include "platform/core/calendar.h"
#include "platform/crypto/numbering.h"
#include "platform/crypto/stored.h"
#include "work/work.h"

enum { PRACTICES_MAX = 100, CHECK_WORKING_DAYS = 10 };

const struct db_root PRACTICE_ROOT = DB_ROOT(60, good_practice);

#define ROW                                                                                        \
	"SELECT g.id, g.version, g.written_by, a.person_id, g.written_at, g.checked_at, g.uuid,"   \
	" g.reference, g.title, g.situation, g.approach, g.result, g.remark, p.short_name,"        \
	" g.state, g.theme, g.instrument, g.barrier FROM good_practice g"                          \
	" JOIN appointment a ON a.id = g.written_by JOIN participant p ON p.id = a.participant_id"
static const struct db_stmt PUBLISHED = {
	"practices_published", "iii",
	ROW " WHERE g.state = 3 AND ($1 = 0 OR g.theme = $1) AND ($2 = 0 OR g.instrument = $2)"
	    " AND ($3 = 0 OR g.barrier = $3) ORDER BY g.checked_at DESC, g.id DESC LIMIT 100"
};
static const struct db_stmt WAITING = { "practices_waiting", "ii",
	                                ROW
	                                " WHERE g.state IN (1, 2) AND (a.person_id = $1 OR $2 = 1)"
	                                " ORDER BY g.written_at DESC, g.id DESC LIMIT 100" };
static const struct db_stmt LOAD = { "practice_load", "t", ROW " WHERE g.reference = $1" };
static const struct db_stmt ADD = {
	"practice_add", "btiiittttii",
	"INSERT INTO good_practice (uuid, reference, state, theme, instrument, barrier, title,"
	" situation, approach, result, written_by, written_at)"
	" VALUES ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id"
};
static const struct db_stmt REWRITE = {
	"practice_rewrite", "iiiitttt",
	"UPDATE good_practice SET theme = $2, instrument = $3, barrier = $4, title = $5,"
	" situation = $6, approach = $7, result = $8 WHERE id = $1 AND state = 2"
};
static const struct db_stmt MOVE = { "practice_move", "iiiiti",
	                             "UPDATE good_practice SET state = $3, remark = $5,"
	                             " checked_by = CASE WHEN $3 = 3 THEN $6 ELSE checked_by END,"
	                             " checked_at = CASE WHEN $3 = 3 THEN $4 ELSE checked_at END"
	                             " WHERE id = $1 AND state = $2" };

const struct db_stmt *const practice_statements[] = {
	&PRACTICE_ROOT.claim,
	&PRACTICE_ROOT.look,
	&PUBLISHED,
	&WAITING,
	&LOAD,
	&ADD,
	&REWRITE,
	&MOVE,
	NULL,
};

/* ---- reading -------------------------------------------------------------------------------------- */

static struct practice read_one(const struct db_rows *row, struct arena *a)
{
	struct practice p = {
		.id = db_int(row, 0),
		.version = db_int(row, 1),
		.written_by = db_int(row, 2),
		.writer_person_id = db_int(row, 3),
		.written_at = db_int(row, 4),
		.checked_at = db_int(row, 5),
		.reference = db_text(row, 7, a),
		.title = db_text(row, 8, a),
		.situation = db_text(row, 9, a),
		.approach = db_text(row, 10, a),
		.result = db_text(row, 11, a),
		.remark = db_text(row, 12, a),
		.organisation = db_text(row, 13, a),
		.state = (uint8_t)db_int(row, 14),
		.like = { (int)db_int(row, 15), (int)db_int(row, 16), (int)db_int(row, 17) },
	};

	p.uuid = uuid_stored(row, 6);
	return p;
}

static enum status read_all(struct db_read *r, const struct db_stmt *stmt,
                            const struct db_value *args, struct arena *a, struct array *ret,
                            struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct practice *list = ARENA_ARRAY(a, struct practice, PRACTICES_MAX);
	size_t count = 0;

	const enum status st = db_query(r, stmt, args, &rows, reterr);
	if (st != OK)
		return st;
	while (count < PRACTICES_MAX && db_next(&rows))
		list[count++] = read_one(&rows, a);
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

enum status practices_published(struct db_read *r, const struct alike *like, struct arena *a,
                                struct array *ret, struct error *reterr)
{
	return read_all(
	    r, &PUBLISHED,
	    DB_ARGS(DB_INT(like->theme), DB_INT(like->instrument), DB_INT(like->barrier)), a, ret,
	    reterr);
}

enum status practices_waiting(struct db_read *r, const struct viewer *viewer, struct arena *a,
                              struct array *ret, struct error *reterr)
{
	const bool checks = practice_visible(PRACTICE_OFFERED, false, viewer->role);

	return read_all(r, &WAITING, DB_ARGS(DB_INT(viewer->person_id), DB_INT(checks)), a, ret,
	                reterr);
}

enum status practice_load(struct db_read *r, const struct viewer *viewer, const char *reference,
                          struct arena *a, struct practice *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(r, &LOAD, DB_ARGS(DB_TEXT(reference)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st != OK)
		return st;
	*ret = read_one(&row, a);
	return practice_visible(ret->state, ret->writer_person_id == viewer->person_id,
	                        viewer->role)
	           ? OK
	           : FAIL_NOT_FOUND(reterr);
}

/* ---- inside a job --------------------------------------------------------------------------------- */

/* A second reader is asked: coordinators and the head. */
static enum status ask_reader(struct db_tx *tx, int64_t id, const char *reference,
                              const struct viewer *by, int64_t now_ms, struct error *reterr)
{
	static const enum role READERS[] = { ROLE_INFO_COORDINATOR, ROLE_RIEC_HEAD };
	enum status st = OK;

	for (size_t i = 0; st == OK && i < sizeof READERS / sizeof READERS[0]; i++) {
		const struct work_task task = {
			.owner = audience_of(AUDIENCE_ROLE, READERS[i]),
			.kind = WORK_PRACTICE_CHECK,
			.object_kind = OBJECT_PRACTICE,
			.object_id = id,
			.reference = reference,
			.due_day = working_days_add(local_day(now_ms), CHECK_WORKING_DAYS, NULL),
			.created_at = now_ms,
			.created_by = by->appointment_id,
		};
		st = work_add(tx, &task, reterr);
	}
	return st;
}

enum status practice_add(struct db_tx *tx, const struct practice_new *n, const char **ret_reference,
                         struct error *reterr)
{
	int64_t id = 0;
	enum status st =
	    reference_next(tx, n->reference_key, "GP", n->now_ms, ret_reference, reterr);

	if (st == OK)
		st = db_insert(tx, &ADD,
		               DB_ARGS(DB_BYTES(n->uuid.bytes, UUID_BYTES), DB_TEXT(*ret_reference),
		                       DB_INT(n->like.theme), DB_INT(n->like.instrument),
		                       DB_INT(n->like.barrier), DB_TEXT(n->title),
		                       DB_TEXT(n->situation), DB_TEXT(n->approach),
		                       DB_TEXT(n->result), DB_INT(n->viewer->appointment_id),
		                       DB_INT(n->now_ms)),
		               &id, reterr);
	return st == OK ? ask_reader(tx, id, *ret_reference, n->viewer, n->now_ms, reterr) : st;
}

enum status practice_rewrite(struct db_tx *tx, int64_t id, const struct practice_new *n,
                             struct error *reterr)
{
	int64_t changed = 0;
	const enum status st =
	    db_exec(tx, &REWRITE,
	            DB_ARGS(DB_INT(id), DB_INT(n->like.theme), DB_INT(n->like.instrument),
	                    DB_INT(n->like.barrier), DB_TEXT(n->title), DB_TEXT(n->situation),
	                    DB_TEXT(n->approach), DB_TEXT(n->result)),
	            &changed, reterr);

	if (st == OK && changed == 0)
		return FAIL(reterr, ERR_CONFLICT, "De tekst is niet bij u terug.");
	return st;
}

enum status practice_move(struct db_tx *tx, const struct practice_moving *m, struct error *reterr)
{
	const struct practice *p = m->practice;
	const struct move *mv = machine_move(&PRACTICE_MACHINE, p->state, (uint8_t)m->action);
	int64_t changed = 0;

	if (mv == NULL)
		return FAIL(reterr, ERR_CONFLICT, "Dit kan nu niet. Bekijk hoe het nu staat.");
	const struct verdict v = move_verdict(mv, ROLE_BIT(m->viewer->role), m->picture);
	if (!verdict_allows(v))
		return FAIL(reterr, ERR_CONFLICT, "%s", v.sentence);
	enum status st =
	    db_exec(tx, &MOVE,
	            DB_ARGS(DB_INT(p->id), DB_INT(p->state), DB_INT(mv->to), DB_INT(m->now_ms),
	                    DB_TEXT(m->action == PRACTICE_RETURN ? m->remark : ""),
	                    DB_INT(m->viewer->appointment_id)),
	            &changed, reterr);
	if (st == OK && changed == 0)
		return FAIL(reterr, ERR_CONFLICT, "Dit kan nu niet. Bekijk hoe het nu staat.");
	if (st == OK)
		st = work_done(tx, 0, OBJECT_PRACTICE, p->id, m->viewer->person_id, m->now_ms,
		               reterr);
	if (st == OK && mv->to == PRACTICE_OFFERED)
		st = ask_reader(tx, p->id, p->reference, m->viewer, m->now_ms, reterr);
	if (st != OK || mv->to != PRACTICE_RETURNED)
		return st;
	const struct work_task back = {
		.owner = audience_of(AUDIENCE_APPOINTMENT, p->written_by),
		.kind = WORK_PRACTICE_REWRITE,
		.object_kind = OBJECT_PRACTICE,
		.object_id = p->id,
		.reference = p->reference,
		.due_day = working_days_add(local_day(m->now_ms), CHECK_WORKING_DAYS, NULL),
		.created_at = m->now_ms,
		.created_by = m->viewer->appointment_id,
	};
	return work_add(tx, &back, reterr);
}
