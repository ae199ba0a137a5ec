/* What changes a meeting, its agenda and its outcomes. */
#include "weighing/weighing_store.h"

#include "platform/core/calendar.h"
#include "platform/crypto/numbering.h"
#include "signals/signal_life.h"
#include "weighing/factors.h"

const struct db_root MEETING_ROOT = DB_ROOT(30, meeting);
const struct db_root ITEM_ROOT = DB_ROOT(31, agenda_item);

static const struct db_stmt INSERT = {
	"meeting_insert", "btitiii",
	"INSERT INTO meeting (uuid, reference, state, starts_at, place, planned_by, planned_at,"
	" kind) VALUES ($1, $2, 1, $3, $4, $5, $6, $7) RETURNING id"
};
static const struct db_stmt MOVE = {
	"meeting_move", "iiiii",
	"UPDATE meeting SET state = $3,"
	" opened_at = CASE WHEN $2 = 1 AND $3 = 2 THEN $4 ELSE opened_at END,"
	" closed_at = CASE WHEN $3 IN (3, 4) THEN $4 ELSE closed_at END,"
	" closed_by = CASE WHEN $3 IN (3, 4) THEN $5 ELSE closed_by END WHERE id = $1 AND state = "
	"$2"
};
static const struct db_stmt PAUSE_BEGIN = {
	"meeting_pause_begin", "ii",
	"INSERT INTO meeting_pause (meeting_id, began_at) VALUES ($1, $2)"
	" ON CONFLICT (meeting_id, began_at) DO UPDATE SET ended_at = 0"
};
static const struct db_stmt PAUSE_END = {
	"meeting_pause_end", "ii",
	"UPDATE meeting_pause SET ended_at = $2 WHERE meeting_id = $1 AND ended_at = 0"
};
static const struct db_stmt SAY_GONE = {
	"meeting_say_gone", "iii",
	"UPDATE meeting_invitation SET presence = 3 WHERE meeting_id = $1 AND presence = 0"
	" AND appointment_id IN (SELECT id FROM appointment WHERE state <> 2"
	" OR (until_day > 0 AND until_day < $2) OR (ended_at > 0 AND ended_at <= $3))"
};
static const struct db_stmt STIR = { "meeting_stir", "i",
	                             "UPDATE meeting SET live = live + 1 WHERE id = $1" };
static const struct db_stmt LIVE = { "meeting_live", "i",
	                             "SELECT live FROM meeting WHERE id = $1" };

static const struct db_stmt ITEM_INSERT = {
	"agenda_item_insert", "biii",
	"INSERT INTO agenda_item (uuid, meeting_id, signal_id, number, state, added_at)"
	" SELECT $1, $2, $3, coalesce(max(number), 0) + 1, 1, $4 FROM agenda_item"
	" WHERE meeting_id = $2"
};
static const struct db_stmt ITEM_STATE = {
	"agenda_item_state", "iiiiT",
	"UPDATE agenda_item SET state = $3,"
	" revealed_at = CASE WHEN $3 = 3 THEN $4 WHEN $3 = 2 THEN 0 ELSE revealed_at END,"
	" criteria_version = CASE WHEN $3 = 3 THEN $5 ELSE criteria_version END"
	" WHERE id = $1 AND state = $2"
};
static const struct db_stmt SCORES_DROP = { "scores_drop", "i",
	                                    "DELETE FROM score WHERE item_id = $1" };
static const struct db_stmt HOMEWORK_PUT = {
	"homework_put", "iiiiii",
	"INSERT INTO homework (item_id, organ_id, known, alike, written_by, written_at)"
	" VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (item_id, organ_id) DO UPDATE"
	" SET known = $3, alike = $4, written_by = $5, written_at = $6"
};
/* Takes the item's lock, so that a score can't slip in behind a reveal. */
static const struct db_stmt SCORE_LOCK = {
	"score_lock", "i",
	"UPDATE agenda_item SET scores_given = scores_given + 1 WHERE id = $1 AND state = 2"
};
static const struct db_stmt SCORE_PUT = {
	"score_put", "iiiitiii",
	"INSERT INTO score (item_id, organ_id, factor, score, criteria_version, appointment_id,"
	" given_at) VALUES ($1, $2, $3, $4, $5, $6, $7)"
	" ON CONFLICT (item_id, organ_id, factor) DO UPDATE SET score = $4,"
	" criteria_version = $5, appointment_id = $6, given_at = $7"
	" WHERE score.appointment_id = $6 OR $8 = 1"
};
static const struct db_stmt OUTCOME = {
	"agenda_item_outcome", "iiiiiiiiiiitii",
	"UPDATE agenda_item SET state = 4, outcome = $3, reason_class = $4, agreed_a = $5,"
	" agreed_b = $6, agreed_c = $7, agreed_d = $8, criteria_met = $9, decided_by = $10,"
	" decided_at = $11, criteria_version = $12, next_day = $13, advise_local = $14 WHERE id = "
	"$1 AND state = $2"
};
static const struct db_stmt INVOLVE = {
	"involve_organ", "ii",
	"INSERT INTO involved_organ (item_id, organ_id) VALUES ($1, $2)"
	" ON CONFLICT (item_id, organ_id) DO NOTHING"
};
static const struct db_stmt DISSENT_PUT = {
	"dissent_put", "iiiii",
	"INSERT INTO dissent (item_id, organ_id, criterion, registered_by, registered_at)"
	" VALUES ($1, $2, $3, $4, $5) ON CONFLICT (item_id, organ_id, criterion) DO NOTHING"
};
static const struct db_stmt RELEASE = {
	"agenda_item_release", "iii",
	"UPDATE agenda_item SET released_by = $2, released_at = $3 WHERE id = $1 AND state = 4"
	" AND released_at = 0"
};

const struct db_stmt *const weighing_write_statements[] = {
	&MEETING_ROOT.claim,
	&MEETING_ROOT.look,
	&ITEM_ROOT.claim,
	&ITEM_ROOT.look,
	&INSERT,
	&MOVE,
	&PAUSE_BEGIN,
	&PAUSE_END,
	&SAY_GONE,
	&STIR,
	&LIVE,
	&ITEM_INSERT,
	&ITEM_STATE,
	&SCORES_DROP,
	&HOMEWORK_PUT,
	&SCORE_LOCK,
	&SCORE_PUT,
	&OUTCOME,
	&INVOLVE,
	&DISSENT_PUT,
	&RELEASE,
	NULL,
};

/* ---- writing ------------------------------------------------------------------------------------ */

enum status meeting_insert(struct db_tx *tx, const struct meeting_new *n, int64_t *ret_id,
                           const char **ret_reference, struct error *reterr)
{
	const char *kind = n->kind > MEETING_WEIGHING ? "SP" : "IO";
	enum status st =
	    reference_next(tx, n->reference_key, kind, n->now_ms, ret_reference, reterr);

	if (st != OK)
		return st;
	return db_insert(tx, &INSERT,
	                 DB_ARGS(DB_BYTES(n->uuid.bytes, UUID_BYTES), DB_TEXT(*ret_reference),
	                         DB_INT(n->starts_at), DB_TEXT(n->place), DB_INT(n->appointment_id),
	                         DB_INT(n->now_ms),
	                         DB_INT(n->kind != 0 ? n->kind : MEETING_WEIGHING)),
	                 ret_id, reterr);
}

static enum status first_only(enum status st, int64_t changed, struct error *reterr)
{
	if (st == OK && changed == 0)
		return FAIL(reterr, ERR_CONFLICT,
		            "Een collega was eerder. Bekijk hoe het nu staat.");
	return st;
}

/* What comes with a move: a pause in the minutes, absence of who works elsewhere by now. */
static enum status after_move(struct db_tx *tx, int64_t id, uint8_t from, uint8_t to,
                              int64_t now_ms, struct error *reterr)
{
	if (to == MEETING_PAUSED)
		return db_exec(tx, &PAUSE_BEGIN, DB_ARGS(DB_INT(id), DB_INT(now_ms)), NULL, reterr);
	if (from == MEETING_PAUSED)
		return db_exec(tx, &PAUSE_END, DB_ARGS(DB_INT(id), DB_INT(now_ms)), NULL, reterr);
	if (to != MEETING_RUNNING)
		return OK;
	const int32_t today = local_day(now_ms);
	const enum status st = db_exec(
	    tx, &SAY_GONE, DB_ARGS(DB_INT(id), DB_INT(today), DB_INT(now_ms)), NULL, reterr);
	return st == OK ? meeting_keep_factors(tx, id, today, reterr) : st;
}

enum status meeting_set_state(struct db_tx *tx, int64_t id, uint8_t from, uint8_t to,
                              int64_t appointment_id, int64_t now_ms, struct error *reterr)
{
	int64_t changed = 0;
	enum status st = db_exec(
	    tx, &MOVE,
	    DB_ARGS(DB_INT(id), DB_INT(from), DB_INT(to), DB_INT(now_ms), DB_INT(appointment_id)),
	    &changed, reterr);

	st = first_only(st, changed, reterr);
	return st == OK ? after_move(tx, id, from, to, now_ms, reterr) : st;
}

enum status meeting_stir(struct db_tx *tx, int64_t id, int64_t *ret_live, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_exec(tx, &STIR, DB_ARGS(DB_INT(id)), NULL, reterr);

	if (st == OK)
		st = db_query(db_tx_read(tx), &LIVE, DB_ARGS(DB_INT(id)), &row, reterr);
	if (st == OK)
		st = db_one(&row, reterr);
	if (st == OK)
		*ret_live = db_int(&row, 0);
	return st;
}

enum status item_insert(struct db_tx *tx, int64_t meeting_id, int64_t signal_id,
                        const struct uuid *uuid, int64_t now_ms, struct error *reterr)
{
	return db_exec(tx, &ITEM_INSERT,
	               DB_ARGS(DB_BYTES(uuid->bytes, UUID_BYTES), DB_INT(meeting_id),
	                       DB_INT(signal_id), DB_INT(now_ms)),
	               NULL, reterr);
}

/* What is scored from here on starts anew. */
static enum status scores_drop(struct db_tx *tx, int64_t item_id, struct error *reterr)
{
	enum status st = db_exec(tx, &SCORES_DROP, DB_ARGS(DB_INT(item_id)), NULL, reterr);

	if (st == OK)
		st = extra_scores_drop(tx, item_id, reterr);
	return st == OK ? agenda_texts_drop(tx, item_id, TEXT_SCORE_NOTE, reterr) : st;
}

enum status item_set_state(struct db_tx *tx, const struct item_step *step, struct error *reterr)
{
	int64_t changed = 0;
	enum status st = db_exec(tx, &ITEM_STATE,
	                         DB_ARGS(DB_INT(step->id), DB_INT(step->from), DB_INT(step->to),
	                                 DB_INT(step->now_ms), DB_TEXT(step->criteria_version)),
	                         &changed, reterr);

	st = first_only(st, changed, reterr);
	return st == OK && step->to == ITEM_SCORING ? scores_drop(tx, step->id, reterr) : st;
}

enum status homework_put(struct db_tx *tx, int64_t item_id, const struct homework *h,
                         int64_t appointment_id, int64_t now_ms, struct error *reterr)
{
	return db_exec(tx, &HOMEWORK_PUT,
	               DB_ARGS(DB_INT(item_id), DB_INT(h->organ_id), DB_INT(h->known),
	                       DB_INT(h->alike), DB_INT(appointment_id), DB_INT(now_ms)),
	               NULL, reterr);
}

static enum status put_score(struct db_tx *tx, const struct scoring *s, int factor,
                             struct error *reterr)
{
	int64_t changed = 0;
	enum status st =
	    db_exec(tx, &SCORE_PUT,
	            DB_ARGS(DB_INT(s->item_id), DB_INT(s->organ_id), DB_INT(factor),
	                    DB_INT(s->values[factor]), DB_TEXT(s->criteria_version),
	                    DB_INT(s->appointment_id), DB_INT(s->now_ms), DB_INT(s->takes_over)),
	            &changed, reterr);
	if (st == OK && changed == 0)
		return FAIL(reterr, ERR_CONFLICT,
		            "Een collega scoorde al namens uw organisatie: per orgaan één "
		            "oordeel.");
	return st;
}

enum status score_put(struct db_tx *tx, const struct scoring *s, struct error *reterr)
{
	int64_t changed = 0;
	enum status st = db_exec(tx, &SCORE_LOCK, DB_ARGS(DB_INT(s->item_id)), &changed, reterr);

	if (st == OK && changed == 0)
		return FAIL(reterr, ERR_CONFLICT,
		            "De scores zijn al onthuld. Wijzigen kan niet meer.");
	for (int f = 0; st == OK && f < LAW_FACTOR_COUNT; f++)
		st = put_score(tx, s, f, reterr);
	if (st == OK)
		st = extra_scores_put(tx, s, reterr);
	return st == OK ? agenda_text_put(tx, &s->note, reterr) : st;
}

enum status outcome_put(struct db_tx *tx, const struct outcome *o, struct error *reterr)
{
	int64_t changed = 0;
	enum status st = db_exec(
	    tx, &OUTCOME,
	    DB_ARGS(DB_INT(o->item_id), DB_INT(o->from), DB_INT(o->action), DB_INT(o->reason_class),
	            DB_INT(o->agreed[0]), DB_INT(o->agreed[1]), DB_INT(o->agreed[2]),
	            DB_INT(o->agreed[3]), DB_INT((int64_t)o->criteria_met),
	            DB_INT(o->appointment_id), DB_INT(o->now_ms), DB_TEXT(o->criteria_version),
	            DB_INT(o->next_day), DB_INT(o->advise_local)),
	    &changed, reterr);

	st = first_only(st, changed, reterr);
	if (st == OK && o->extra != NULL)
		st = extra_agreed_put(tx, o->item_id, o->extra, reterr);
	for (size_t i = 0; st == OK && i < o->involved_count; i++)
		st = db_exec(tx, &INVOLVE, DB_ARGS(DB_INT(o->item_id), DB_INT(o->involved[i])),
		             NULL, reterr);
	return st;
}

enum status dissent_put(struct db_tx *tx, int64_t item_id, const struct dissent *d,
                        int64_t appointment_id, int64_t now_ms, struct error *reterr)
{
	return db_exec(tx, &DISSENT_PUT,
	               DB_ARGS(DB_INT(item_id), DB_INT(d->organ_id), DB_INT(d->criterion),
	                       DB_INT(appointment_id), DB_INT(now_ms)),
	               NULL, reterr);
}

enum status item_release(struct db_tx *tx, int64_t item_id, int64_t signal_id,
                         int64_t appointment_id, int64_t now_ms, struct error *reterr)
{
	int64_t changed = 0;
	enum status st =
	    db_exec(tx, &RELEASE, DB_ARGS(DB_INT(item_id), DB_INT(appointment_id), DB_INT(now_ms)),
	            &changed, reterr);

	st = first_only(st, changed, reterr);
	return st == OK ? signal_told(tx, signal_id, now_ms, reterr) : st;
}
