#include "demo/demo_store.h"

#include "demo/demo.h"

static const struct db_stmt COUNT_PEOPLE = { "demo_count_people", "",
	                                     "SELECT count(*) FROM person" };
static const struct db_stmt LOOK_AFTER = {
	"demo_look_after", "ii",
	"INSERT INTO appointment_municipality (appointment_id, municipality_id) VALUES ($1, $2)"
};

enum status demo_count_people(struct db_read *r, int64_t *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	enum status st = db_query(r, &COUNT_PEOPLE, DB_NO_ARGS, &rows, reterr);
	if (st == OK)
		st = db_one(&rows, reterr);
	if (st == OK)
		*ret = db_int(&rows, 0);
	return st;
}

enum status demo_look_after(struct db_tx *tx, int64_t appointment_id, int64_t municipality_id,
                            struct error *reterr)
{
	return db_exec(tx, &LOOK_AFTER, DB_ARGS(DB_INT(appointment_id), DB_INT(municipality_id)),
	               NULL, reterr);
}

const struct db_stmt *const demo_statements[] = { &COUNT_PEOPLE, &LOOK_AFTER, NULL };
