#include "requests/request_news.h"

#include "access/access.h"
#include "audit/action.h"
#include "requests/request_http.h"
#include "work/work.h"

/* 2: APPOINTMENT_ACTIVE. */
static const struct db_stmt WORKS_THERE = {
	"request_handler_works", "ii",
	"SELECT count(*) FROM appointment WHERE id = $1 AND organ_id = $2 AND state = 2"
};
const struct db_stmt *const request_news_statements[] = { &WORKS_THERE, NULL };

static enum status desk_of(struct db_tx *tx, const struct information_request *q, audience *ret,
                           struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };

	*ret = audience_of(AUDIENCE_ORGAN_DESK, q->organ_id);
	if (q->handler_id == 0)
		return OK;
	enum status st =
	    db_query(db_tx_read(tx), &WORKS_THERE,
	             DB_ARGS(DB_INT(q->handler_id), DB_INT(q->organ_id)), &row, reterr);
	if (st == OK)
		st = db_one(&row, reterr);
	if (st == OK && db_int(&row, 0) > 0)
		*ret = audience_of(AUDIENCE_APPOINTMENT, q->handler_id);
	return st;
}

enum status request_tell_desk(struct db_tx *tx, const struct information_request *q, int kind,
                              int64_t now_ms, struct error *reterr)
{
	const struct work_news news = { .at = now_ms,
		                        .kind = kind,
		                        .object_kind = OBJECT_REQUEST,
		                        .object_id = q->id,
		                        .reference = q->reference };
	audience to;
	const enum status st = desk_of(tx, q, &to, reterr);

	return st == OK ? work_tell(tx, to, &news, reterr) : st;
}

enum status request_tell_move(struct db_tx *tx, const struct request_moving *m,
                              struct error *reterr)
{
	const struct information_request *q = m->request;
	enum status st = OK;

	switch (m->move->action) {
	case REQUEST_GIVE_TIME:
		return request_tell_desk(tx, q, NEWS_REQUEST_TIME_GIVEN, m->now_ms, reterr);
	case REQUEST_DENY_TIME:
		return request_tell_desk(tx, q, NEWS_REQUEST_TIME_DENIED, m->now_ms, reterr);
	case REQUEST_CANCEL:
		if (q->state == REQUEST_DRAFT)
			return OK;
		/* the desk can't open it any more: what it heard before led there */
		st = work_untell(tx, OBJECT_REQUEST, q->id, reterr);
		return st == OK
		           ? request_tell_desk(tx, q, NEWS_REQUEST_CANCELLED, m->now_ms, reterr)
		           : st;
	default:
		return OK;
	}
}
