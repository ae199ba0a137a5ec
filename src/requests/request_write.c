/* Requests change: moved, answered, judged. Each inside a job that claimed the request. */
#include "requests/request_store.h"

#include "platform/core/calendar.h"
#include "requests/request_audience.h"

const struct db_root REQUEST_ROOT = DB_ROOT(40, information_request);

static const struct db_stmt RECORD = {
	"request_record", "iiIi",
	"INSERT INTO request_history (request_id, at, participant_id, action)"
	" VALUES ($1, $2, $3, $4)"
};
static const struct db_stmt MOVE = {
	"request_move", "iiiiiiiiiiii",
	"UPDATE information_request SET state = $3, state_since = $4, nothing_added = $5,"
	" due_day = CASE WHEN $6 = 0 THEN due_day ELSE $6 END,"
	" wanted_day = CASE WHEN $7 < 0 THEN wanted_day ELSE $7 END,"
	" handler_id = CASE WHEN $8 = 0 THEN handler_id ELSE $8 END,"
	" offered_by_person = CASE WHEN $9 = 0 THEN offered_by_person ELSE $9 END,"
	" issued_at = CASE WHEN $10 = 1 THEN $4 ELSE issued_at END,"
	" answered_at = CASE WHEN $11 = 1 AND answered_at = 0 THEN $4 ELSE answered_at END,"
	" closed_at = CASE WHEN $3 = 12 THEN $4 ELSE closed_at END,"
	" late = CASE WHEN $12 = 1 THEN 0 ELSE late END,"
	" told_head = CASE WHEN $12 = 1 THEN 0 ELSE told_head END WHERE id = $1 AND state = $2"
};
/* How it was answered is no column: a refusal looks like everything else (decisions 4.1). */
static const struct db_stmt ADD_STATISTIC = {
	"request_statistic_add", "iiii",
	"INSERT INTO request_statistic (quarter, letter, kind, late, days)"
	" SELECT $2, o.letter, q.kind, CASE WHEN q.due_day < $3 THEN 1 ELSE 0 END,"
	" ($4 - q.issued_at) / 86400000 FROM information_request q"
	" JOIN organ o ON o.id = q.organ_id WHERE q.id = $1 AND q.answered_at = 0"
};
static const struct db_stmt NEXT_ITEM = {
	"request_next_item", "i",
	"SELECT coalesce(max(number), 0), count(*) FROM request_item WHERE request_id = $1"
};
static const struct db_stmt ADD_ITEM = {
	"request_item_add", "biiiiiiiiiiibiiB",
	"INSERT INTO request_item (uuid, request_id, number, presence_id, kind, category, phase,"
	" judgement, evaluation, handling, task, key_id, content, written_by, written_at, settled,"
	" state) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, 1)"
};
static const struct db_stmt PART_HAS_FACTS = {
	"request_part_has_facts", "iii",
	"UPDATE request_part SET state = 2 WHERE request_id = $1 AND presence_id = $2"
	" AND category = $3"
};
/* number 0: every one that is written and not sent, of this presence and category (0: any). */
static const struct db_stmt WRITTEN = {
	"request_items_written", "iiii",
	"SELECT id, key_id, presence_id, category FROM request_item WHERE request_id = $1"
	" AND state = 1 AND ($2 = 0 OR number = $2) AND ($3 = 0 OR presence_id = $3)"
	" AND ($4 = 0 OR category = $4) ORDER BY id LIMIT 500"
};
static const struct db_stmt DROP_ITEM = { "request_item_drop", "i",
	                                  "DELETE FROM request_item WHERE id = $1" };
/* A part whose last item went is open again. */
static const struct db_stmt PARTS_EMPTIED = {
	"request_parts_emptied", "i",
	"UPDATE request_part SET state = 0 WHERE request_id = $1 AND state = 2 AND NOT EXISTS"
	" (SELECT 1 FROM request_item i WHERE i.request_id = request_part.request_id"
	" AND i.presence_id = request_part.presence_id AND i.category = request_part.category)"
};
static const struct db_stmt PARTS_NOTHING = {
	"request_parts_nothing", "i",
	"UPDATE request_part SET state = 1 WHERE request_id = $1 AND state <> 2"
};
static const struct db_stmt SET_PART = {
	"request_part_set", "iiii",
	"UPDATE request_part SET state = $4 WHERE request_id = $1 AND ($2 = 0 OR presence_id = $2)"
	" AND ($3 = 0 OR category = $3) AND (($2 <> 0 AND $3 <> 0) OR state = 0)"
};
static const struct db_stmt SEND = {
	"request_items_send", "i",
	"UPDATE request_item SET state = 2 WHERE request_id = $1 AND state = 1"
};
static const struct db_stmt PROVIDE = {
	"request_provide", "iiii",
	"INSERT INTO request_provision (participant_id, organ_id, request_id, day, category,"
	" subjects, items) SELECT $1, $2, $3, $4, category, count(DISTINCT presence_id), count(*)"
	" FROM request_item WHERE request_id = $3 AND state = 1 GROUP BY category"
};
static const struct db_stmt KEEP = {
	"request_item_keep", "iiii",
	"UPDATE request_item SET state = 3, judged_by = $3, judged_at = $4 WHERE request_id = $1"
	" AND number = $2 AND state = 2"
};
static const struct db_stmt FILED = {
	"request_item_filed", "iib",
	"UPDATE request_item SET fact_uuid = $3 WHERE request_id = $1 AND number = $2 AND state = 3"
	" AND fact_uuid IS NULL"
};
static const struct db_stmt SENT_ITEM = {
	"request_item_sent", "ii",
	"SELECT key_id FROM request_item WHERE request_id = $1 AND number = $2 AND state = 2"
};
static const struct db_stmt SEND_BACK = { "request_item_send_back", "iiii",
	                                  "UPDATE request_item SET state = 4, content = NULL, "
	                                  "settled = NULL, judged_by = $3, judged_at = $4"
	                                  " WHERE request_id = $1 AND number = $2 AND state = 2" };
static const struct db_stmt REASON_KEY = {
	"request_reason_key", "i", "SELECT key_id FROM request_refusal WHERE request_id = $1"
};
static const struct db_stmt DROP_REASON = { "request_reason_drop", "i",
	                                    "DELETE FROM request_refusal WHERE request_id = $1" };
static const struct db_stmt PUT_REASON = {
	"request_reason_put", "iib",
	"INSERT INTO request_refusal (request_id, key_id, reason) VALUES ($1, $2, $3)"
};

const struct db_stmt *const request_write_statements[] = {
	&REQUEST_ROOT.claim,
	&REQUEST_ROOT.look,
	&RECORD,
	&ADD_STATISTIC,
	&MOVE,
	&NEXT_ITEM,
	&ADD_ITEM,
	&PART_HAS_FACTS,
	&WRITTEN,
	&DROP_ITEM,
	&PARTS_EMPTIED,
	&SET_PART,
	&SEND,
	&PROVIDE,
	&KEEP,
	&SENT_ITEM,
	&SEND_BACK,
	&REASON_KEY,
	&DROP_REASON,
	&PUT_REASON,
	&PARTS_NOTHING,
	&FILED,
	NULL,
};

/* ---- what was written and isn't sent ------------------------------------------------------------------- */

struct written {
	int64_t number, presence_id, category; /* 0: any */
};

static enum status drop_written(struct db_tx *tx, int64_t request_id, const struct written *which,
                                size_t *ret_count, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	int64_t *list = ARENA_ARRAY(db_tx_arena(tx), int64_t, 2 * ANSWER_ITEMS_MAX);
	size_t count = 0;

	enum status st = db_query(db_tx_read(tx), &WRITTEN,
	                          DB_ARGS(DB_INT(request_id), DB_INT(which->number),
	                                  DB_INT(which->presence_id), DB_INT(which->category)),
	                          &rows, reterr);
	if (st != OK)
		return st;
	for (; count < ANSWER_ITEMS_MAX && db_next(&rows); count++) {
		list[2 * count] = db_int(&rows, 0);
		list[2 * count + 1] = db_int(&rows, 1);
	}
	st = db_rows_end(&rows, reterr);
	for (size_t i = 0; st == OK && i < count; i++) {
		st = db_exec(tx, &DROP_ITEM, DB_ARGS(DB_INT(list[2 * i])), NULL, reterr);
		if (st == OK)
			st = key_destroy(tx, list[2 * i + 1], reterr);
	}
	*ret_count = count;
	return st;
}

/* ---- moving ------------------------------------------------------------------------------------------- */

static bool ends_empty(const struct request_moving *m)
{
	if (m->move->to == REQUEST_NO_HIT || m->move->to == REQUEST_REFUSED)
		return true;
	return m->move->to == REQUEST_CLOSED && m->request->empty;
}

static bool is_answer(uint8_t state)
{
	return state == REQUEST_NO_HIT || state == REQUEST_HIT || state == REQUEST_ANSWERED ||
	       state == REQUEST_PARTLY || state == REQUEST_REFUSED;
}

/* Nothing is known, or nothing is given: what stood there unsent goes, every part ends alike. */
static enum status leave_empty(struct db_tx *tx, int64_t request_id, struct error *reterr)
{
	const struct written all = { 0 };
	size_t dropped = 0;

	enum status st = drop_written(tx, request_id, &all, &dropped, reterr);
	if (st == OK)
		st = db_exec(tx, &PARTS_EMPTIED, DB_ARGS(DB_INT(request_id)), NULL, reterr);
	return st == OK ? db_exec(tx, &PARTS_NOTHING, DB_ARGS(DB_INT(request_id)), NULL, reterr)
	                : st;
}

static enum status add_statistic(struct db_tx *tx, const struct information_request *q,
                                 int64_t now_ms, struct error *reterr)
{
	return db_exec(tx, &ADD_STATISTIC,
	               DB_ARGS(DB_INT(q->id), DB_INT(local_quarter(now_ms)),
	                       DB_INT(local_day(now_ms)), DB_INT(now_ms)),
	               NULL, reterr);
}

enum status request_move(struct db_tx *tx, const struct request_moving *m, struct error *reterr)
{
	const struct move *mv = m->move;
	struct information_request q = *m->request;
	int64_t changed = 0;

	q.state = mv->to;
	q.empty = ends_empty(m);
	q.due_day = m->due_day != 0 ? m->due_day : q.due_day;
	q.state_since = mv->from == mv->to ? q.state_since : m->now_ms;
	enum status st = is_answer(mv->to) ? add_statistic(tx, &q, m->now_ms, reterr) : OK;
	if (st == OK)
		st = db_exec(tx, &MOVE,
		             DB_ARGS(DB_INT(q.id), DB_INT(mv->from), DB_INT(mv->to),
		                     DB_INT(q.state_since), DB_INT(q.empty), DB_INT(m->due_day),
		                     DB_INT(m->wanted_day), DB_INT(m->handler_id),
		                     DB_INT(m->offered_by), DB_INT(mv->action == REQUEST_ISSUE),
		                     DB_INT(is_answer(mv->to)),
		                     DB_INT(m->due_day != 0 || !request_waits_for_answer(mv->to))),
		             &changed, reterr);
	if (st == OK && changed == 0)
		return FAIL(reterr, ERR_CONFLICT, "Dit kan niet meer. Bekijk hoe het nu staat.");
	if (st == OK)
		st =
		    db_exec(tx, &RECORD,
		            DB_ARGS(DB_INT(q.id), DB_INT(m->now_ms),
		                    m->viewer != NULL ? DB_INT(m->viewer->participant_id) : DB_NULL,
		                    DB_INT(mv->action)),
		            NULL, reterr);
	if (st == OK && (mv->to == REQUEST_NO_HIT || mv->to == REQUEST_REFUSED))
		st = leave_empty(tx, q.id, reterr);
	return st == OK ? request_open_audiences(tx, &q, reterr) : st;
}

/* ---- what the desk writes -------------------------------------------------------------------------------- */

enum status request_item_add(struct db_tx *tx, int64_t request_id, const struct sealed_item *s,
                             int64_t appointment_id, int64_t now_ms, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	const struct answer_item *i = &s->item;
	const int64_t evaluation = (int64_t)i->source_grade << 8 | i->information_grade;

	enum status st =
	    db_query(db_tx_read(tx), &NEXT_ITEM, DB_ARGS(DB_INT(request_id)), &row, reterr);
	if (st == OK)
		st = db_one(&row, reterr);
	if (st != OK)
		return st;
	const int64_t number = db_int(&row, 0) + 1, count = db_int(&row, 1);
	db_rows_close(&row);
	if (count >= ANSWER_ITEMS_MAX)
		return FAIL(reterr, ERR_CONFLICT,
		            "Er passen hooguit 500 gegevens in één antwoord. Verstuur dit eerst.");
	st = key_store(tx, &s->key, reterr);
	if (st == OK)
		st = db_exec(
		    tx, &ADD_ITEM,
		    DB_ARGS(DB_BYTES(s->uuid.bytes, UUID_BYTES), DB_INT(request_id), DB_INT(number),
		            DB_INT(s->presence_id), DB_INT(i->kind), DB_INT(i->category),
		            DB_INT(s->phase), DB_INT(i->is_judgement), DB_INT(evaluation),
		            DB_INT(i->handling), DB_INT(i->task), DB_INT(s->key.id),
		            DB_BYTES(s->content, s->content_len), DB_INT(appointment_id),
		            DB_INT(now_ms),
		            s->settled != NULL ? DB_BYTES(s->settled, s->settled_len) : DB_NULL),
		    NULL, reterr);
	if (st == OK)
		st = db_exec(
		    tx, &PART_HAS_FACTS,
		    DB_ARGS(DB_INT(request_id), DB_INT(s->presence_id), DB_INT(i->category)), NULL,
		    reterr);
	return st;
}

enum status request_item_remove(struct db_tx *tx, int64_t request_id, int64_t number,
                                struct error *reterr)
{
	const struct written which = { .number = number };
	size_t count = 0;

	if (number <= 0)
		return FAIL_NOT_FOUND(reterr);
	enum status st = drop_written(tx, request_id, &which, &count, reterr);
	if (st == OK && count == 0)
		return FAIL_NOT_FOUND(reterr);
	return st == OK ? db_exec(tx, &PARTS_EMPTIED, DB_ARGS(DB_INT(request_id)), NULL, reterr)
	                : st;
}

// NOLINTNEXTLINE(readability-function-size): a part is named by request, subject and category
enum status request_part_set(struct db_tx *tx, int64_t request_id, int64_t presence_id,
                             enum law_category category, enum answer_state state,
                             struct error *reterr)
{
	const struct written which = { .presence_id = presence_id, .category = category };
	size_t dropped = 0;
	enum status st = OK;

	if (presence_id != 0 && category != CATEGORY_NONE)
		st = drop_written(tx, request_id, &which, &dropped, reterr);
	return st == OK ? db_exec(tx, &SET_PART,
	                          DB_ARGS(DB_INT(request_id), DB_INT(presence_id), DB_INT(category),
	                                  DB_INT(state)),
	                          NULL, reterr)
	                : st;
}

enum status request_items_send(struct db_tx *tx, const struct information_request *q,
                               int64_t now_ms, struct error *reterr)
{
	enum status st = db_exec(tx, &PROVIDE,
	                         DB_ARGS(DB_INT(q->participant_id), DB_INT(q->organ_id),
	                                 DB_INT(q->id), DB_INT(local_day(now_ms))),
	                         NULL, reterr);

	return st == OK ? db_exec(tx, &SEND, DB_ARGS(DB_INT(q->id)), NULL, reterr) : st;
}

/* ---- what the analyst keeps --------------------------------------------------------------------------------- */

static enum status send_back(struct db_tx *tx, const struct db_value *args, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(db_tx_read(tx), &SENT_ITEM, args, &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st != OK)
		return st;
	const int64_t key = db_int(&row, 0);
	db_rows_close(&row);
	st = db_exec(tx, &SEND_BACK, args, NULL, reterr);
	return st == OK ? key_destroy(tx, key, reterr) : st;
}

enum status request_item_judge(struct db_tx *tx, int64_t request_id, int64_t number, bool keep,
                               int64_t appointment_id, int64_t now_ms, struct error *reterr)
{
	const struct db_value *args =
	    DB_ARGS(DB_INT(request_id), DB_INT(number), DB_INT(appointment_id), DB_INT(now_ms));
	int64_t changed = 0;

	if (!keep)
		return send_back(tx, args, reterr);
	enum status st = db_exec(tx, &KEEP, args, &changed, reterr);
	if (st == OK && changed == 0)
		return FAIL_NOT_FOUND(reterr);
	return st;
}

enum status request_item_filed(struct db_tx *tx, int64_t request_id, int64_t number,
                               const struct uuid *fact, struct error *reterr)
{
	int64_t changed = 0;

	enum status st =
	    db_exec(tx, &FILED,
	            DB_ARGS(DB_INT(request_id), DB_INT(number), DB_BYTES(fact->bytes, UUID_BYTES)),
	            &changed, reterr);
	if (st == OK && changed == 0)
		return FAIL(reterr, ERR_CONFLICT, "Dit kan niet meer. Bekijk hoe het nu staat.");
	return st;
}

/* ---- why ------------------------------------------------------------------------------------------------------- */

enum status request_reason_put(struct db_tx *tx, int64_t request_id,
                               const struct sealed_reason *reason, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st =
	    db_query(db_tx_read(tx), &REASON_KEY, DB_ARGS(DB_INT(request_id)), &row, reterr);

	if (st != OK)
		return st;
	if (db_next(&row)) { /* refused before, supplied since, refused again */
		const int64_t key = db_int(&row, 0);
		db_rows_close(&row);
		st = key_destroy(tx, key, reterr);
		if (st == OK)
			st = db_exec(tx, &DROP_REASON, DB_ARGS(DB_INT(request_id)), NULL, reterr);
	}
	if (st == OK)
		st = key_store(tx, &reason->key, reterr);
	return st == OK ? db_exec(tx, &PUT_REASON,
	                          DB_ARGS(DB_INT(request_id), DB_INT(reason->key.id),
	                                  DB_BYTES(reason->reason, reason->len)),
	                          NULL, reterr)
	                : st;
}
