#include "logbook/inquiry.h"

#include "logbook/logbook.h"

static const struct db_stmt ADD = {
	"logbook_inquiry_add", "iiiiiib",
	"INSERT INTO log_inquiry (person_id, appointment_id, object_type, object_id, purpose,"
	" asked_at, remark) VALUES ($1, $2, $3, $4, $5, $6, $7)"
};
static const struct db_stmt NEWEST = {
	"logbook_inquiry_newest", "iiiii",
	"SELECT purpose FROM log_inquiry WHERE person_id = $1 AND appointment_id = $2"
	" AND object_type = $3 AND object_id = $4 AND asked_at > $5"
	" ORDER BY asked_at DESC, id DESC LIMIT 1"
};

const struct db_stmt *const logbook_statements[] = { &ADD, &NEWEST, NULL };

enum status inquiry_add(struct db_tx *tx, const struct inquiry *i, struct error *reterr)
{
	return db_exec(tx, &ADD,
	               DB_ARGS(DB_INT(i->person_id), DB_INT(i->appointment_id),
	                       DB_INT(i->object_type), DB_INT(i->object_id), DB_INT(i->purpose),
	                       DB_INT(i->asked_at), DB_BYTES(i->remark, i->remark_len)),
	               NULL, reterr);
}

enum status inquiry_purpose(struct db_read *r, const struct inquiry *about, int64_t since_ms,
                            int64_t *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	const enum status st = db_query(
	    r, &NEWEST,
	    DB_ARGS(DB_INT(about->person_id), DB_INT(about->appointment_id),
	            DB_INT(about->object_type), DB_INT(about->object_id), DB_INT(since_ms)),
	    &rows, reterr);

	*ret = 0;
	if (st != OK)
		return st;
	if (db_next(&rows))
		*ret = db_int(&rows, 0);
	return db_rows_end(&rows, reterr);
}
