/* The moves of an advice: two persons sign the same bytes, it is frozen, or withdrawn. */
#include "advice/advice_trail.h"

#include <string.h>

#include "audit/action.h"
#include "platform/core/calendar.h"

static const struct db_stmt MOVE = { "advice_move", "iiii",
	                             "UPDATE advice SET state = $3, state_since = $4"
	                             " WHERE id = $1 AND state = $2" };
static const struct db_stmt FREEZE = {
	"advice_freeze", "iibb",
	"UPDATE advice SET frozen_key_id = $2, frozen = $3, digest = $4 WHERE id = $1"
};
static const struct db_stmt GIVE_REASON = {
	"advice_give_reason", "iib",
	"UPDATE advice SET reason_key_id = $2, reason = $3 WHERE id = $1"
};
static const struct db_stmt SIGN = {
	"advice_sign", "iiiiib",
	"INSERT INTO advice_signature (advice_id, place, appointment_id, person_id, at, digest)"
	" VALUES ($1, $2, $3, $4, $5, $6)"
};
static const struct db_stmt SIGNED = {
	"advice_signed", "i",
	"SELECT digest FROM advice_signature WHERE advice_id = $1 AND place = 1"
};
static const struct db_stmt UNSIGN = { "advice_unsign", "i",
	                               "DELETE FROM advice_signature WHERE advice_id = $1" };
static const struct db_stmt PARTS = {
	"advice_part_ids", "i",
	"SELECT 1, id FROM advice_proposal WHERE advice_id = $1 UNION ALL"
	" SELECT 2, id FROM advice_source WHERE advice_id = $1"
};

const struct db_stmt *const advice_sign_statements[] = {
	&MOVE, &FREEZE, &GIVE_REASON, &SIGN, &SIGNED, &UNSIGN, &PARTS, NULL,
};

static enum status put_signature(struct db_tx *tx, const struct advice_moving *m, int place,
                                 struct error *reterr)
{
	const struct advice_writer *w = &m->who;

	return db_exec(tx, &SIGN,
	               DB_ARGS(DB_INT(w->advice->id), DB_INT(place),
	                       DB_INT(w->viewer->appointment_id), DB_INT(w->viewer->person_id),
	                       DB_INT(w->now_ms), DB_BYTES(m->digest->bytes, DIGEST_BYTES)),
	               NULL, reterr);
}

static enum status signs_the_same(struct db_tx *tx, const struct advice_moving *m,
                                  struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	size_t len = 0;
	enum status st =
	    db_query(db_tx_read(tx), &SIGNED, DB_ARGS(DB_INT(m->who.advice->id)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st != OK)
		return st;
	const uint8_t *first = db_bytes(&row, 0, db_tx_arena(tx), &len);
	if (len != DIGEST_BYTES || memcmp(first, m->digest->bytes, DIGEST_BYTES) != 0)
		return FAIL(reterr, ERR_CONFLICT,
		            "Dit is niet meer wat de eerste tekende. Zet het terug naar concept.");
	return OK;
}

static enum status freeze(struct db_tx *tx, const struct advice_moving *m, struct error *reterr)
{
	enum status st = signs_the_same(tx, m, reterr);

	if (st == OK)
		st = put_signature(tx, m, 2, reterr);
	if (st == OK)
		st = key_store(tx, &m->frozen->key, reterr);
	return st == OK ? db_exec(tx, &FREEZE,
	                          DB_ARGS(DB_INT(m->who.advice->id), DB_INT(m->frozen->key.id),
	                                  DB_BYTES(m->frozen->sealed, m->frozen->len),
	                                  DB_BYTES(m->digest->bytes, DIGEST_BYTES)),
	                          NULL, reterr)
	                : st;
}

static enum status take_back(struct db_tx *tx, const struct advice_moving *m, struct error *reterr)
{
	enum status st = key_store(tx, &m->reason->key, reterr);

	return st == OK ? db_exec(tx, &GIVE_REASON,
	                          DB_ARGS(DB_INT(m->who.advice->id), DB_INT(m->reason->key.id),
	                                  DB_BYTES(m->reason->sealed, m->reason->len)),
	                          NULL, reterr)
	                : st;
}

static enum status ask_second(struct db_tx *tx, const struct advice_writer *w, struct error *reterr)
{
	enum { SOON = 3 };
	static const enum role ROLES[] = { ROLE_RIEC_HEAD, ROLE_ANALYST };
	struct advice_asking k = { WORK_ADVICE_SIGN, OBJECT_ADVICE, w->advice->id, 0,
		                   working_days_add(local_day(w->now_ms), SOON, NULL) };
	enum status st = OK;

	for (size_t i = 0; st == OK && i < sizeof ROLES / sizeof ROLES[0]; i++) {
		k.owner = audience_of(AUDIENCE_ROLE, ROLES[i]);
		st = advice_give_task(tx, w, &k, reterr);
	}
	return st;
}

/* Nothing about it waits for anybody any more. */
static enum status end_tasks(struct db_tx *tx, const struct advice_writer *w, bool parts,
                             struct error *reterr)
{
	struct array found = { 0 };
	enum status st =
	    work_done(tx, 0, OBJECT_ADVICE, w->advice->id, w->viewer->person_id, w->now_ms, reterr);

	if (st == OK && parts)
		st = advice_pairs(tx, &PARTS, DB_ARGS(DB_INT(w->advice->id)), &found, reterr);
	const struct advice_pair *p = found.items;
	for (size_t i = 0; st == OK && i < found.count; i++)
		st = work_done(tx, 0, p[i].one == 1 ? OBJECT_PROPOSAL : OBJECT_ADVICE_SOURCE,
		               p[i].other, w->viewer->person_id, w->now_ms, reterr);
	return st;
}

static enum status tell(struct db_tx *tx, const struct advice_writer *w, int kind,
                        struct error *reterr)
{
	const struct work_news news = { .at = w->now_ms,
		                        .kind = kind,
		                        .object_kind = OBJECT_ADVICE,
		                        .object_id = w->advice->id,
		                        .reference = w->advice->reference };
	return work_tell(tx, audience_of(AUDIENCE_ROLE, ROLE_RIEC_HEAD), &news, reterr);
}

static enum status follow(struct db_tx *tx, const struct advice_moving *m, struct error *reterr)
{
	const struct advice_writer *w = &m->who;
	enum status st = end_tasks(tx, w, m->move->to == ADVICE_WITHDRAWN, reterr);

	if (st != OK)
		return st;
	switch ((enum advice_action)m->move->action) {
	case ADVICE_SIGN:
		st = put_signature(tx, m, 1, reterr);
		return st == OK ? ask_second(tx, w, reterr) : st;
	case ADVICE_GIVE_BACK:
		return db_exec(tx, &UNSIGN, DB_ARGS(DB_INT(w->advice->id)), NULL, reterr);
	case ADVICE_CONFIRM:
		st = freeze(tx, m, reterr);
		return st == OK ? tell(tx, w, NEWS_ADVICE_FINAL, reterr) : st;
	case ADVICE_WITHDRAW:
		st = take_back(tx, m, reterr);
		return st == OK ? tell(tx, w, NEWS_ADVICE_WITHDRAWN, reterr) : st;
	case ADVICE_WRITE:
	case ADVICE_ASK:
		break; /* by advice_insert() and advice_ask() */
	}
	return FAIL_INTERNAL(reterr);
}

enum status advice_move(struct db_tx *tx, const struct advice_moving *m, struct error *reterr)
{
	const struct advice_writer *w = &m->who;
	int64_t changed = 0;

	enum status st = db_exec(tx, &MOVE,
	                         DB_ARGS(DB_INT(w->advice->id), DB_INT(m->move->from),
	                                 DB_INT(m->move->to), DB_INT(w->now_ms)),
	                         &changed, reterr);
	if (st == OK && changed == 0)
		return advice_too_late(reterr);
	if (st == OK)
		st = advice_record(tx, w, m->move->action, reterr);
	if (st == OK)
		st = follow(tx, m, reterr);
	return st == OK ? advice_rewrite_audiences(tx, w->advice->id, reterr) : st;
}
