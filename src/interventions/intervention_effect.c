/* What it did to a place or phenomenon: records without persons that outlive the casefile. */
#include "interventions/intervention_parts.h"

#include "audit/action.h"
#include "platform/core/calendar.h"
#include "work/work.h"

static const struct db_stmt ADD = {
	"effect_add", "biiittitii",
	"INSERT INTO effect_assessment (uuid, intervention_id, months, instrument, kind, weight,"
	" barrier, theme, municipality_id, effect, seen, lessons, displaced, place, recheck_day,"
	" assessed_at) SELECT $1, q.id, $3, q.instrument, q.kind, q.weight, q.barrier, q.theme,"
	" CASE WHEN m.inhabitants >= 20000 THEN m.id ELSE NULL END, $4, $5, $6, $7, $8, $9, $10"
	" FROM intervention q LEFT JOIN municipality m ON m.id = q.municipality_id WHERE q.id = $2"
};
static const struct db_stmt SEEN = {
	"effect_seen", "ii",
	"UPDATE intervention SET effects_seen = effects_seen | $2 WHERE id = $1"
};
static const struct db_stmt RECHECKED = {
	"effect_rechecked", "iiti",
	"UPDATE effect_assessment SET recheck = $3, rechecked_at = $4 WHERE intervention_id = $1"
	" AND months = $2 AND recheck_day > 0 AND rechecked_at <= 0"
};
static const struct db_stmt KEEP_YARDSTICK = {
	"effect_yardstick_keep", "itt",
	"INSERT INTO effect_yardstick (intervention_id, intended, indicator) VALUES ($1, $2, $3)"
	" ON CONFLICT (intervention_id) DO NOTHING"
};
static const struct db_stmt YARDSTICK = {
	"effect_yardstick", "i",
	"SELECT intended, indicator FROM effect_yardstick WHERE intervention_id = $1"
};
const struct db_stmt *const intervention_effect_statements[] = { &ADD,       &SEEN,
	                                                         &RECHECKED, &KEEP_YARDSTICK,
	                                                         &YARDSTICK, NULL };

enum status effect_yardstick_keep(struct db_tx *tx, int64_t intervention_id,
                                  const struct effect_yardstick *y, struct error *reterr)
{
	return db_exec(
	    tx, &KEEP_YARDSTICK,
	    DB_ARGS(DB_INT(intervention_id), DB_TEXT(y->intended), DB_TEXT(y->indicator)), NULL,
	    reterr);
}

enum status effect_yardstick_load(struct db_read *r, int64_t intervention_id, struct arena *a,
                                  struct effect_yardstick *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };

	*ret = (struct effect_yardstick){ "", "" };
	const enum status st =
	    db_query(r, &YARDSTICK, DB_ARGS(DB_INT(intervention_id)), &row, reterr);
	if (st != OK)
		return st;
	if (db_next(&row))
		*ret = (struct effect_yardstick){ db_text(&row, 0, a), db_text(&row, 1, a) };
	return db_rows_end(&row, reterr);
}

/* The first assessment is a step of its life; later ones only add. */
static enum status step(struct db_tx *tx, const struct assessing *n, struct error *reterr)
{
	struct intervention_picture p = { 0 };
	const struct intervention_moving m = { .intervention = n->intervention,
		                               .action = INTERVENTION_ASSESS,
		                               .viewer = n->viewer,
		                               .picture = &p,
		                               .now_ms = n->now_ms };

	if (n->intervention->state != INTERVENTION_CONFIRMED)
		return work_done(tx, WORK_INTERVENTION_EFFECT, OBJECT_INTERVENTION,
		                 n->intervention->id, n->viewer->person_id, n->now_ms, reterr);
	enum status st =
	    intervention_picture_load(db_tx_read(tx), n->intervention->id, n->now_ms, &p, reterr);
	return st == OK ? intervention_move(tx, &m, reterr) : st;
}

enum status intervention_assess(struct db_tx *tx, const struct assessing *n, struct error *reterr)
{
	const struct intervention *i = n->intervention;
	const struct verdict v = effect_may_assess(i->state, i->executed_day, i->effects, n->months,
	                                           local_day(n->now_ms));

	if (!verdict_allows(v))
		return FAIL(reterr, ERR_CONFLICT, "%s", v.sentence);
	enum status st = db_exec(
	    tx, &ADD,
	    DB_ARGS(DB_BYTES(n->uuid.bytes, UUID_BYTES), DB_INT(i->id), DB_INT(n->months),
	            DB_INT(n->effect), DB_TEXT(n->seen), DB_TEXT(n->lessons), DB_INT(n->displaced),
	            DB_TEXT(n->place), DB_INT(n->recheck_day), DB_INT(n->now_ms)),
	    NULL, reterr);
	if (st == OK)
		st = db_exec(tx, &SEEN, DB_ARGS(DB_INT(i->id), DB_INT(effect_bit(n->months))), NULL,
		             reterr);
	const struct happening h = {
		.id = i->id, .now_ms = n->now_ms, .effect = n->effect, .months = n->months
	};
	if (st == OK)
		st = intervention_count(tx, &h, reterr);
	return st == OK ? step(tx, n, reterr) : st;
}

// NOLINTNEXTLINE(readability-function-size): which one, what was seen, when
enum status effect_recheck(struct db_tx *tx, const struct intervention *i, int months,
                           const char *seen, int64_t now_ms, struct error *reterr)
{
	int64_t changed = 0;
	enum status st = db_exec(
	    tx, &RECHECKED, DB_ARGS(DB_INT(i->id), DB_INT(months), DB_TEXT(seen), DB_INT(now_ms)),
	    &changed, reterr);

	if (st == OK && changed == 0)
		return FAIL(reterr, ERR_CONFLICT, "Er wacht geen nieuwe blik op deze plek.");
	return st == OK ? work_done(tx, WORK_INTERVENTION_RECHECK, OBJECT_INTERVENTION, i->id, 0,
	                            now_ms, reterr)
	                : st;
}
