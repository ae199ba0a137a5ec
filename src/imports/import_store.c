#include "imports/import_store.h"

#include "imports/import_run.h"

#include <string.h>

#include "people/people.h"

const struct db_root IMPORT_ROOT = DB_ROOT(40, import_round);

#define COLUMNS                                                                                    \
	"SELECT id, version, participant_id, organ_id, appointment_id, state, state_since,"        \
	" created_at, rows_all, rows_done, wrong, stored, kept, header, columns FROM import_round"

static const struct db_stmt LOAD = { "import_load", "ii",
	                             COLUMNS " WHERE id = $1 AND ($2 = 0 OR organ_id = $2)" };
static const struct db_stmt LIST = {
	"import_list", "i",
	COLUMNS " WHERE organ_id = $1 ORDER BY created_at DESC, id DESC LIMIT 1000"
};
static const struct db_stmt BEFORE = {
	"import_columns_before", "it",
	"SELECT columns FROM import_round WHERE organ_id = $1 AND header = $2"
	" ORDER BY created_at DESC, id DESC LIMIT 1"
};
static const struct db_stmt MAPPING = {
	"import_mapping", "it",
	"SELECT columns FROM import_mapping WHERE organ_id = $1 AND name = $2"
};
static const struct db_stmt KEEP_MAPPING = {
	"import_keep_mapping", "itt",
	"INSERT INTO import_mapping (organ_id, name, columns) VALUES ($1, $2, $3)"
	" ON CONFLICT (organ_id, name) DO UPDATE SET columns = excluded.columns"
};
/* 2 checking, 4 reading, 6 undoing. */
static const struct db_stmt WAITING = {
	"import_waiting", "", COLUMNS " WHERE state IN (2, 4, 6) ORDER BY state_since, id LIMIT 1"
};
static const struct db_stmt PROBLEMS = {
	"import_problems", "i",
	"SELECT line, place, sentence FROM import_problem WHERE round_id = $1"
	" ORDER BY line, number, round_id LIMIT 500"
};
/* The appointment as it is now: who left reads nothing in any more. */
static const struct db_stmt VIEWER = {
	"import_viewer", "ii",
	"SELECT a.person_id, a.participant_id, a.organ_id, coalesce(a.municipality_id, 0),"
	" o.letter, a.role FROM appointment a JOIN organ o ON o.id = a.organ_id"
	" WHERE a.id = $1 AND a.state = $2"
};
static const struct db_stmt CREATE = {
	"import_create", "iiiittii",
	"INSERT INTO import_round (participant_id, organ_id, appointment_id, state, state_since,"
	" header, columns, rows_all, created_at) VALUES ($1, $2, $3, $4, $8, $5, $6, $7, $8)"
	" RETURNING id"
};
static const struct db_stmt SET_COLUMNS = { "import_set_columns", "it",
	                                    "UPDATE import_round SET columns = $2 WHERE id = $1" };
static const struct db_stmt SET_STATE = {
	"import_set_state", "iiii",
	"UPDATE import_round SET state = $3, state_since = $4,"
	" rows_done = CASE WHEN $3 IN (2, 4) THEN 0 ELSE rows_done END,"
	" wrong = CASE WHEN $3 IN (2, 4) THEN 0 ELSE wrong END"
	" WHERE id = $1 AND state = $2"
};
static const struct db_stmt ADVANCE = {
	"import_advance", "iiiiiii",
	"UPDATE import_round SET rows_done = $4, wrong = wrong + $5, stored = stored + $6,"
	" kept = kept + $7 WHERE id = $1 AND state = $2 AND rows_done = $3"
};
static const struct db_stmt ADD_PROBLEM = {
	"import_add_problem", "iiitt",
	"INSERT INTO import_problem (round_id, line, number, place, sentence)"
	" VALUES ($1, $2, $3, $4, $5) ON CONFLICT (round_id, line, number) DO NOTHING"
};
static const struct db_stmt CLEAR_PROBLEMS = { "import_clear_problems", "i",
	                                       "DELETE FROM import_problem WHERE round_id = $1" };
static const struct db_stmt ADD_SIGNAL = {
	"import_add_signal", "iii",
	"INSERT INTO import_signal (round_id, line, signal_id) VALUES ($1, $2, $3)"
};
static const struct db_stmt SIGNALS = {
	"import_signals", "ii",
	"SELECT signal_id FROM import_signal WHERE round_id = $1 ORDER BY line, round_id LIMIT $2"
};
static const struct db_stmt FORGET_SIGNAL = {
	"import_forget_signal", "ii",
	"DELETE FROM import_signal WHERE round_id = $1 AND signal_id = $2"
};

const struct db_stmt *const import_statements[] = {
	&IMPORT_ROOT.claim, &IMPORT_ROOT.look, &LOAD,        &LIST,           &BEFORE,
	&WAITING,           &PROBLEMS,         &VIEWER,      &CREATE,         &SET_COLUMNS,
	&SET_STATE,         &ADVANCE,          &ADD_PROBLEM, &CLEAR_PROBLEMS, &ADD_SIGNAL,
	&SIGNALS,           &FORGET_SIGNAL,    &MAPPING,     &KEEP_MAPPING,   NULL
};

/* ---- reading ---------------------------------------------------------------------------------- */

static void read_round(const struct db_rows *row, struct arena *a, struct import_round *ret)
{
	*ret = (struct import_round){
		.id = db_int(row, 0),
		.version = db_int(row, 1),
		.participant_id = db_int(row, 2),
		.organ_id = db_int(row, 3),
		.appointment_id = db_int(row, 4),
		.state = (uint8_t)db_int(row, 5),
		.state_since = db_int(row, 6),
		.created_at = db_int(row, 7),
		.rows_all = db_int(row, 8),
		.rows_done = db_int(row, 9),
		.wrong = db_int(row, 10),
		.stored = db_int(row, 11),
		.kept = db_int(row, 12),
		.header = db_text(row, 13, a),
		.columns = db_text(row, 14, a),
	};
}

static enum status read_one(struct db_read *r, const struct db_stmt *s, const struct db_value *args,
                            struct arena *a, struct import_round *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(r, s, args, &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st == OK)
		read_round(&row, a, ret);
	return st;
}

enum status import_load(struct db_read *r, int64_t organ_id, int64_t id, struct arena *a,
                        struct import_round *ret, struct error *reterr)
{
	return read_one(r, &LOAD, DB_ARGS(DB_INT(id), DB_INT(organ_id)), a, ret, reterr);
}

enum status import_waiting(struct db_read *r, struct arena *a, struct import_round *ret,
                           struct error *reterr)
{
	return read_one(r, &WAITING, DB_NO_ARGS, a, ret, reterr);
}

enum status import_list(struct db_read *r, int64_t organ_id, struct arena *a, struct array *ret,
                        struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct import_round *list = ARENA_ARRAY(a, struct import_round, IMPORT_LIST_MAX);
	size_t count = 0;

	enum status st = db_query(r, &LIST, DB_ARGS(DB_INT(organ_id)), &rows, reterr);
	if (st != OK)
		return st;
	while (count < IMPORT_LIST_MAX && db_next(&rows))
		read_round(&rows, a, &list[count++]);
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

/* The one text that the row holds; NULL: no row. */
static enum status read_text(struct db_read *r, const struct db_stmt *s,
                             const struct db_value *args, struct arena *a, const char **ret,
                             struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	enum status st = db_query(r, s, args, &rows, reterr);

	*ret = NULL;
	if (st != OK)
		return st;
	if (db_next(&rows))
		*ret = db_text(&rows, 0, a);
	return db_rows_end(&rows, reterr);
}

enum status import_columns_before(struct db_read *r, int64_t organ_id, const char *header,
                                  struct arena *a, const char **ret, struct error *reterr)
{
	return read_text(r, &BEFORE, DB_ARGS(DB_INT(organ_id), DB_TEXT(header)), a, ret, reterr);
}

enum status import_mapping(struct db_read *r, int64_t organ_id, const char *name, struct arena *a,
                           const char **ret, struct error *reterr)
{
	return read_text(r, &MAPPING, DB_ARGS(DB_INT(organ_id), DB_TEXT(name)), a, ret, reterr);
}

enum status import_problems(struct db_read *r, int64_t id, struct arena *a, struct array *ret,
                            struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct import_problem *list = ARENA_ARRAY(a, struct import_problem, IMPORT_PROBLEMS_MAX);
	size_t count = 0;

	enum status st = db_query(r, &PROBLEMS, DB_ARGS(DB_INT(id)), &rows, reterr);
	if (st != OK)
		return st;
	while (count < IMPORT_PROBLEMS_MAX && db_next(&rows))
		list[count++] = (struct import_problem){ db_int(&rows, 0), db_text(&rows, 1, a),
			                                 db_text(&rows, 2, a) };
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

enum status import_viewer(struct db_read *r, int64_t appointment_id, struct viewer *ret,
                          struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	struct arena a;

	enum status st =
	    db_query(r, &VIEWER, DB_ARGS(DB_INT(appointment_id), DB_INT(APPOINTMENT_IN_FORCE)),
	             &row, reterr);
	if (st == OK)
		st = db_one(&row, reterr);
	if (st != OK)
		return st;
	arena_init(&a, 4096);
	*ret = (struct viewer){
		.person_id = db_int(&row, 0),
		.appointment_id = appointment_id,
		.participant_id = db_int(&row, 1),
		.organ_id = db_int(&row, 2),
		.municipality_id = db_int(&row, 3),
		.letter = db_text(&row, 4, &a)[0],
		.role = (enum role)db_int(&row, 5),
	};
	arena_reset(&a);
	viewer_audiences(ret);
	return OK;
}

/* ---- writing ---------------------------------------------------------------------------------- */

enum status import_create(struct db_tx *tx, const struct import_new *n, int64_t *ret_id,
                          struct error *reterr)
{
	const struct viewer *v = n->viewer;

	return db_insert(tx, &CREATE,
	                 DB_ARGS(DB_INT(v->participant_id), DB_INT(v->organ_id),
	                         DB_INT(v->appointment_id), DB_INT(IMPORT_COLUMNS),
	                         DB_TEXT(n->header), DB_TEXT(n->columns), DB_INT(n->rows_all),
	                         DB_INT(n->now_ms)),
	                 ret_id, reterr);
}

enum status import_set_columns(struct db_tx *tx, int64_t id, const char *columns,
                               struct error *reterr)
{
	return db_exec(tx, &SET_COLUMNS, DB_ARGS(DB_INT(id), DB_TEXT(columns)), NULL, reterr);
}

enum status import_keep_mapping(struct db_tx *tx, int64_t organ_id, const char *name,
                                const char *columns, struct error *reterr)
{
	return db_exec(tx, &KEEP_MAPPING,
	               DB_ARGS(DB_INT(organ_id), DB_TEXT(name), DB_TEXT(columns)), NULL, reterr);
}

static enum status not_now(struct error *reterr)
{
	return FAIL(reterr, ERR_CONFLICT, "Dit kan nu niet. Bekijk hoe het nu staat.");
}

enum status import_set_state(struct db_tx *tx, int64_t id, uint8_t from, uint8_t to, int64_t now_ms,
                             struct error *reterr)
{
	int64_t changed = 0;
	enum status st =
	    db_exec(tx, &SET_STATE, DB_ARGS(DB_INT(id), DB_INT(from), DB_INT(to), DB_INT(now_ms)),
	            &changed, reterr);

	return st == OK && changed == 0 ? not_now(reterr) : st;
}

enum status import_advance(struct db_tx *tx, const struct import_progress *p, struct error *reterr)
{
	int64_t changed = 0;
	enum status st = db_exec(tx, &ADVANCE,
	                         DB_ARGS(DB_INT(p->id), DB_INT(p->state), DB_INT(p->from_line),
	                                 DB_INT(p->to_line), DB_INT(p->wrong), DB_INT(p->stored),
	                                 DB_INT(p->kept)),
	                         &changed, reterr);

	return st == OK && changed == 0 ? not_now(reterr) : st;
}

enum status import_add_problem(struct db_tx *tx, int64_t id, int64_t number,
                               const struct import_problem *p, struct error *reterr)
{
	return db_exec_late(tx, &ADD_PROBLEM,
	                    DB_ARGS(DB_INT(id), DB_INT(p->line), DB_INT(number), DB_TEXT(p->place),
	                            DB_TEXT(p->sentence)),
	                    reterr);
}

enum status import_clear_problems(struct db_tx *tx, int64_t id, struct error *reterr)
{
	return db_exec(tx, &CLEAR_PROBLEMS, DB_ARGS(DB_INT(id)), NULL, reterr);
}

enum status import_add_signal(struct db_tx *tx, int64_t id, int64_t line, int64_t signal_id,
                              struct error *reterr)
{
	return db_exec_late(tx, &ADD_SIGNAL, DB_ARGS(DB_INT(id), DB_INT(line), DB_INT(signal_id)),
	                    reterr);
}

enum status import_signals(struct db_tx *tx, int64_t id, size_t max, int64_t *ret,
                           size_t *ret_count, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	enum status st = db_query(db_tx_read(tx), &SIGNALS,
	                          DB_ARGS(DB_INT(id), DB_INT((int64_t)max)), &rows, reterr);

	*ret_count = 0;
	if (st != OK)
		return st;
	while (*ret_count < max && db_next(&rows))
		ret[(*ret_count)++] = db_int(&rows, 0);
	return db_rows_end(&rows, reterr);
}

enum status import_forget_signal(struct db_tx *tx, int64_t id, int64_t signal_id,
                                 struct error *reterr)
{
	return db_exec(tx, &FORGET_SIGNAL, DB_ARGS(DB_INT(id), DB_INT(signal_id)), NULL, reterr);
}
