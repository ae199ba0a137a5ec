#include "interventions/action_day.h"

enum { DAYS_MAX = 100, STEPS_MAX = 300 };

#define DAY "SELECT id, number, day, gather, briefing FROM action_day WHERE casefile_id = $1"
static const struct db_stmt DAYS = { "action_days", "i", DAY " ORDER BY day, id LIMIT 100" };
static const struct db_stmt LOAD = { "action_day_load", "ii", DAY " AND number = $2" };
static const struct db_stmt STEPS = {
	"action_steps", "i",
	"SELECT s.id, s.minute, s.what, coalesce(p.short_name, '') FROM action_step s"
	" LEFT JOIN organ o ON o.id = s.organ_id LEFT JOIN participant p ON p.id = o.participant_id"
	" WHERE s.action_day_id = $1 ORDER BY s.minute, s.id LIMIT 300"
};
static const struct db_stmt LAST = {
	"action_day_last", "i",
	"SELECT coalesce(max(number), 0) FROM action_day WHERE casefile_id = $1"
};
static const struct db_stmt ADD = { "action_day_add", "iiittii",
	                            "INSERT INTO action_day (casefile_id, number, day, gather, "
	                            "briefing, written_by, written_at)"
	                            " VALUES ($1, $2, $3, $4, $5, $6, $7)" };
static const struct db_stmt ADD_STEP = {
	"action_step_add", "iitI",
	"INSERT INTO action_step (action_day_id, minute, what, organ_id) VALUES ($1, $2, $3, $4)"
};
static const struct db_stmt DROP_STEP = {
	"action_step_drop", "ii", "DELETE FROM action_step WHERE action_day_id = $1 AND id = $2"
};
const struct db_stmt *const action_day_statements[] = { &DAYS, &LOAD,     &STEPS,     &LAST,
	                                                &ADD,  &ADD_STEP, &DROP_STEP, NULL };

static struct action_day read_day(const struct db_rows *row, struct arena *a)
{
	return (struct action_day){ db_int(row, 0), db_int(row, 1), db_int(row, 2),
		                    db_text(row, 3, a), db_text(row, 4, a) };
}

enum status action_days(struct db_read *r, int64_t casefile_id, struct arena *a, struct array *ret,
                        struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct action_day *list = ARENA_ARRAY(a, struct action_day, DAYS_MAX);
	size_t count = 0;
	enum status st = db_query(r, &DAYS, DB_ARGS(DB_INT(casefile_id)), &rows, reterr);

	while (st == OK && count < DAYS_MAX && db_next(&rows))
		list[count++] = read_day(&rows, a);
	*ret = (struct array){ list, count };
	return st == OK ? db_rows_end(&rows, reterr) : st;
}

enum status action_day_load(struct db_read *r, int64_t casefile_id, int64_t number, struct arena *a,
                            struct action_day *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st =
	    db_query(r, &LOAD, DB_ARGS(DB_INT(casefile_id), DB_INT(number)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st == OK)
		*ret = read_day(&row, a);
	return st;
}

enum status action_steps(struct db_read *r, int64_t action_day_id, struct arena *a,
                         struct array *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct action_step *list = ARENA_ARRAY(a, struct action_step, STEPS_MAX);
	size_t count = 0;
	enum status st = db_query(r, &STEPS, DB_ARGS(DB_INT(action_day_id)), &rows, reterr);

	while (st == OK && count < STEPS_MAX && db_next(&rows))
		list[count++] = (struct action_step){ db_int(&rows, 0), db_int(&rows, 1),
			                              db_text(&rows, 2, a), db_text(&rows, 3, a) };
	*ret = (struct array){ list, count };
	return st == OK ? db_rows_end(&rows, reterr) : st;
}

enum status action_day_add(struct db_tx *tx, const struct action_day_new *n, int64_t *ret_number,
                           struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st =
	    db_query(db_tx_read(tx), &LAST, DB_ARGS(DB_INT(n->casefile_id)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st != OK)
		return st;
	*ret_number = db_int(&row, 0) + 1;
	db_rows_close(&row);
	if (*ret_number > DAYS_MAX)
		return FAIL(reterr, ERR_LIMIT, "Een casus heeft ten hoogste 100 actiedagen.");
	return db_exec(tx, &ADD,
	               DB_ARGS(DB_INT(n->casefile_id), DB_INT(*ret_number), DB_INT(n->day),
	                       DB_TEXT(n->gather), DB_TEXT(n->briefing), DB_INT(n->appointment_id),
	                       DB_INT(n->now_ms)),
	               NULL, reterr);
}

enum status action_step_add(struct db_tx *tx, const struct action_step_new *n, struct error *reterr)
{
	return db_exec(tx, &ADD_STEP,
	               DB_ARGS(DB_INT(n->action_day_id), DB_INT(n->minute), DB_TEXT(n->what),
	                       n->organ_id != 0 ? DB_INT(n->organ_id) : DB_NULL),
	               NULL, reterr);
}

enum status action_step_drop(struct db_tx *tx, int64_t action_day_id, int64_t step_id,
                             struct error *reterr)
{
	return db_exec(tx, &DROP_STEP, DB_ARGS(DB_INT(action_day_id), DB_INT(step_id)), NULL,
	               reterr);
}
