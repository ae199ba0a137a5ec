/* Direction: who waits for whom, and a reminder to whoever has to do something. */
#include "interventions/intervention_parts.h"

#include "audit/action.h"
#include "work/work.h"

static const struct db_stmt ADD_WAIT = {
	"intervention_wait_put", "iii",
	"INSERT INTO intervention_wait (intervention_id, waits_for_id) SELECT y.id, x.id"
	" FROM intervention x JOIN intervention y ON y.casefile_id = x.casefile_id"
	" WHERE x.id = $3 AND y.id = $2 AND x.id <> y.id AND x.casefile_id = $1"
	" ON CONFLICT (intervention_id, waits_for_id) DO NOTHING"
};
static const struct db_stmt DROP_WAIT = {
	"intervention_wait_drop", "ii",
	"DELETE FROM intervention_wait WHERE intervention_id = $1 AND waits_for_id = $2"
};
const struct db_stmt *const intervention_plan_statements[] = { &ADD_WAIT, &DROP_WAIT, NULL };

/* Does `from` wait for `to`, at once or by others? Marks whom it waits for until nobody joins. */
static bool waits(struct arena *a, const struct array *ties, int64_t from, int64_t to)
{
	const struct intervention_wait *w = ties->items;
	int64_t *reached = ARENA_ARRAY(a, int64_t, ties->count + 1);
	size_t count = 1;

	reached[0] = from;
	for (size_t i = 0; i < count; i++)
		for (size_t t = 0; t < ties->count; t++) {
			bool known = w[t].id != reached[i];
			for (size_t k = 0; !known && k < count; k++)
				known = reached[k] == w[t].waits_for_id;
			if (!known)
				reached[count++] = w[t].waits_for_id;
		}
	for (size_t i = 1; i < count; i++)
		if (reached[i] == to)
			return true;
	return false;
}

enum status intervention_wait_put(struct db_tx *tx, int64_t casefile_id, int64_t intervention_id,
                                  int64_t waits_for_id, struct error *reterr)
{
	struct array ties = { 0 };
	enum status st =
	    intervention_waits(db_tx_read(tx), casefile_id, db_tx_arena(tx), &ties, reterr);

	if (st == OK && (intervention_id == waits_for_id ||
	                 waits(db_tx_arena(tx), &ties, waits_for_id, intervention_id)))
		return FAIL(reterr, ERR_CONFLICT,
		            "Dan wachten deze interventies op elkaar. Kies een andere volgorde.");
	return st == OK ? db_exec(tx, &ADD_WAIT,
	                          DB_ARGS(DB_INT(casefile_id), DB_INT(intervention_id),
	                                  DB_INT(waits_for_id)),
	                          NULL, reterr)
	                : st;
}

enum status intervention_wait_drop(struct db_tx *tx, int64_t intervention_id, int64_t waits_for_id,
                                   struct error *reterr)
{
	return db_exec(tx, &DROP_WAIT, DB_ARGS(DB_INT(intervention_id), DB_INT(waits_for_id)), NULL,
	               reterr);
}

enum status intervention_remind(struct db_tx *tx, const struct intervention *i, int64_t now_ms,
                                struct error *reterr)
{
	const struct work_news news = { .at = now_ms,
		                        .kind = NEWS_INTERVENTION_REMINDER,
		                        .object_kind = OBJECT_INTERVENTION,
		                        .object_id = i->id,
		                        .reference = i->reference };
	struct array found = { 0 };
	enum status st = intervention_doers(tx, i->id, &found, reterr);
	const struct doer *doers = found.items;

	for (size_t n = 0; st == OK && n < found.count; n++) {
		const audience who = i->state == INTERVENTION_AGREEING
		                         ? audience_of(AUDIENCE_DECIDERS, doers[n].organ_id)
		                         : doers[n].who;
		st = work_tell(tx, who, &news, reterr);
	}
	return st;
}
