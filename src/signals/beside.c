#include "signals/beside.h"

static const struct db_stmt LINES = { "signal_beside_lines", "i",
	                              "SELECT other_lines FROM signal WHERE id = $1" };
static const struct db_stmt MUNICIPALITIES = {
	"signal_beside_municipalities", "i",
	"SELECT m.id, m.name FROM signal_municipality s JOIN municipality m"
	" ON m.id = s.municipality_id WHERE s.signal_id = $1 ORDER BY m.name, m.id LIMIT 50"
};
static const struct db_stmt CLEAR = { "signal_beside_clear", "i",
	                              "DELETE FROM signal_municipality WHERE signal_id = $1" };
static const struct db_stmt ADD = {
	"signal_beside_add", "ii",
	"INSERT INTO signal_municipality (signal_id, municipality_id) VALUES ($1, $2)"
	" ON CONFLICT (signal_id, municipality_id) DO NOTHING"
};
static const struct db_stmt SET_LINES = { "signal_beside_set_lines", "ii",
	                                  "UPDATE signal SET other_lines = $2 WHERE id = $1" };

const struct db_stmt *const beside_statements[] = { &LINES, &MUNICIPALITIES, &CLEAR,
	                                            &ADD,   &SET_LINES,      NULL };

static enum status load_lines(struct db_read *r, int64_t signal_id, uint64_t *ret,
                              struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(r, &LINES, DB_ARGS(DB_INT(signal_id)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st == OK)
		*ret = (uint64_t)db_int(&row, 0);
	return st;
}

enum status beside_load(struct db_read *r, int64_t signal_id, struct arena *a, struct beside *ret,
                        struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };

	*ret = (struct beside){ .count = 0 };
	enum status st = load_lines(r, signal_id, &ret->lines, reterr);
	if (st == OK)
		st = db_query(r, &MUNICIPALITIES, DB_ARGS(DB_INT(signal_id)), &rows, reterr);
	if (st != OK)
		return st;
	while (ret->count < BESIDE_MAX && db_next(&rows)) {
		ret->ids[ret->count] = db_int(&rows, 0);
		ret->names[ret->count++] = db_text(&rows, 1, a);
	}
	return db_rows_end(&rows, reterr);
}

enum status beside_set_municipalities(struct db_tx *tx, int64_t signal_id, const int64_t *ids,
                                      size_t count, struct error *reterr)
{
	enum status st = db_exec(tx, &CLEAR, DB_ARGS(DB_INT(signal_id)), NULL, reterr);

	for (size_t i = 0; st == OK && i < count; i++)
		st = db_exec(tx, &ADD, DB_ARGS(DB_INT(signal_id), DB_INT(ids[i])), NULL, reterr);
	return st;
}

enum status beside_set_lines(struct db_tx *tx, int64_t signal_id, uint64_t lines,
                             struct error *reterr)
{
	return db_exec(tx, &SET_LINES, DB_ARGS(DB_INT(signal_id), DB_INT((int64_t)lines)), NULL,
	               reterr);
}
