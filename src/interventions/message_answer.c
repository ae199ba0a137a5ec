/* What partners answer to a joint message, and who hears of it; who is silent hears it once more. */
#include "interventions/intervention_parts.h"
#include "interventions/message_parts.h"

#include "audit/action.h"
#include "audit/event.h"
#include "platform/core/calendar.h"
#include "platform/crypto/sealed_key.h"
#include "work/work.h"

enum { DUE_MAX = 5000, DUE_ARENA_BYTES = 4 << 20 };

/* Of an owner, and to the edition that there is now: else no row. */
#define FROM_ASKED                                                                                 \
	" FROM intervention_owner w JOIN intervention_message m"                                   \
	" ON m.intervention_id = w.intervention_id WHERE w.intervention_id = $1"                   \
	" AND w.organ_id = $2 AND m.edition = $5 AND m.released_at = 0"                            \
	" ON CONFLICT (intervention_id, organ_id) DO UPDATE SET"
static const struct db_stmt SAY_YES = {
	"message_say_yes", "iiiii",
	"INSERT INTO intervention_message_yes (intervention_id, organ_id, said_by, said_at, "
	"edition)"
	" SELECT w.intervention_id, w.organ_id, $3, $4, m.edition" FROM_ASKED
	" said_by = $3, said_at = $4, edition = $5"
};
static const struct db_stmt SAY_NO = {
	"message_say_no", "iiiiiib",
	"INSERT INTO intervention_message_no (intervention_id, organ_id, said_by, said_at, edition,"
	" key_id, sealed) SELECT w.intervention_id, w.organ_id, $3, $4, m.edition, $6, "
	"$7" FROM_ASKED " said_by = $3, said_at = $4, edition = $5, key_id = $6, sealed = $7"
};
static const struct db_stmt OLD_KEY = {
	"message_no_key", "ii",
	"SELECT key_id FROM intervention_message_no WHERE intervention_id = $1 AND organ_id = $2"
};
static const struct db_stmt DROP_YES = {
	"message_drop_yes", "ii",
	"DELETE FROM intervention_message_yes WHERE intervention_id = $1 AND organ_id = $2"
};
static const struct db_stmt DROP_NO = {
	"message_drop_no", "ii",
	"DELETE FROM intervention_message_no WHERE intervention_id = $1 AND organ_id = $2"
};
/* $1 today. Of an intervention that still runs, where somebody said nothing to this edition. */
static const struct db_stmt DUE = {
	"messages_due", "i",
	"SELECT q.id, q.reference, coalesce(q.lead_id, 0) FROM intervention_message m"
	" JOIN intervention q ON q.id = m.intervention_id WHERE m.released_at = 0"
	" AND m.reminded_at = 0 AND m.remind_day > 0 AND m.remind_day <= $1"
	" AND q.state IN (1, 2, 3, 5, 6, 7, 9)" INTERVENTION_OPENS
	" AND EXISTS (SELECT 1 FROM intervention_owner w"
	" WHERE w.intervention_id = q.id"
	" AND NOT EXISTS (SELECT 1 FROM intervention_message_yes y"
	" WHERE y.intervention_id = w.intervention_id AND y.organ_id = w.organ_id"
	" AND y.edition = m.edition) AND NOT EXISTS (SELECT 1 FROM intervention_message_no n"
	" WHERE n.intervention_id = w.intervention_id AND n.organ_id = w.organ_id"
	" AND n.edition = m.edition)) ORDER BY q.id LIMIT 5000"
};
static const struct db_stmt REMIND = {
	"message_remind", "ii",
	"UPDATE intervention_message SET reminded_at = $2 WHERE intervention_id = $1"
	" AND reminded_at = 0 AND released_at = 0"
};
static const struct db_stmt EDITION = {
	"message_edition", "i",
	"SELECT edition FROM intervention_message WHERE intervention_id = $1"
};

const struct db_stmt *const message_due_statements[] = {
	&SAY_YES, &SAY_NO, &OLD_KEY, &DROP_YES, &DROP_NO, &DUE, &REMIND, &EDITION, NULL,
};

static enum status tell(struct db_tx *tx, const struct intervention *i, audience to, int kind,
                        int64_t now_ms, struct error *reterr)
{
	const struct work_news news = { .at = now_ms,
		                        .kind = kind,
		                        .object_kind = OBJECT_INTERVENTION,
		                        .object_id = i->id,
		                        .reference = i->reference };
	return work_tell(tx, to, &news, reterr);
}

/* Without a regievoerder the Stuurploeg's secretary sees to it. */
static audience who_leads(const struct intervention *i)
{
	return i->lead_id != 0 ? audience_of(AUDIENCE_APPOINTMENT, i->lead_id)
	                       : audience_of(AUDIENCE_ROLE, ROLE_STEERING_SECRETARY);
}

/* ---- an answer -------------------------------------------------------------------------------------- */

static enum status destroy_reason(struct db_tx *tx, const struct message_answer *n,
                                  struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(db_tx_read(tx), &OLD_KEY,
	                          DB_ARGS(DB_INT(n->intervention->id), DB_INT(n->viewer->organ_id)),
	                          &row, reterr);

	const int64_t key = st == OK && db_next(&row) ? db_int(&row, 0) : 0;
	if (st == OK)
		st = db_rows_end(&row, reterr);
	return st == OK && key != 0 ? key_destroy(tx, key, reterr) : st;
}

static enum status put_yes(struct db_tx *tx, const struct message_answer *n, int64_t *ret_changed,
                           struct error *reterr)
{
	const int64_t id = n->intervention->id, organ = n->viewer->organ_id;
	enum status st =
	    db_exec(tx, &SAY_YES,
	            DB_ARGS(DB_INT(id), DB_INT(organ), DB_INT(n->viewer->appointment_id),
	                    DB_INT(n->now_ms), DB_INT(n->edition)),
	            ret_changed, reterr);

	return st == OK && *ret_changed > 0
	           ? db_exec(tx, &DROP_NO, DB_ARGS(DB_INT(id), DB_INT(organ)), NULL, reterr)
	           : st;
}

static enum status put_no(struct db_tx *tx, const struct message_answer *n, int64_t *ret_changed,
                          struct error *reterr)
{
	const int64_t id = n->intervention->id, organ = n->viewer->organ_id;
	enum status st = key_store(tx, &n->reason->key, reterr);

	if (st == OK)
		st = db_exec(tx, &SAY_NO,
		             DB_ARGS(DB_INT(id), DB_INT(organ), DB_INT(n->viewer->appointment_id),
		                     DB_INT(n->now_ms), DB_INT(n->edition),
		                     DB_INT(n->reason->key.id),
		                     DB_BYTES(n->reason->sealed, n->reason->len)),
		             ret_changed, reterr);
	return st == OK && *ret_changed > 0
	           ? db_exec(tx, &DROP_YES, DB_ARGS(DB_INT(id), DB_INT(organ)), NULL, reterr)
	           : st;
}

/* A partner that answered has nothing more to read; the others still do. *ret_all: everybody said yes. */
static enum status end_tasks(struct db_tx *tx, const struct message_answer *n, bool *ret_all,
                             struct error *reterr)
{
	const struct intervention *i = n->intervention;
	struct array found = { 0 };
	enum status st = message_partners(db_tx_read(tx), i, db_tx_arena(tx), &found, reterr);
	const struct message_partner *p = found.items;

	*ret_all = true;
	for (size_t o = 0; st == OK && o < found.count; o++) {
		audience who[2];
		const bool mine = p[o].organ_id == n->viewer->organ_id;
		const size_t count = mine ? message_who_says(&p[o], who) : 0;
		*ret_all = *ret_all && p[o].said_at != 0;
		for (size_t k = 0; st == OK && k < count; k++) {
			const struct work_mine task = { who[k], WORK_INTERVENTION_MESSAGE,
				                        i->reference };
			st = work_done_mine(tx, &task, n->viewer->person_id, n->now_ms, reterr);
		}
	}
	return st;
}

enum status message_answer(struct db_tx *tx, const struct message_answer *n, struct error *reterr)
{
	int64_t changed = 0;
	bool all = false;
	enum status st = destroy_reason(tx, n, reterr);

	if (st == OK)
		st = n->reason != NULL ? put_no(tx, n, &changed, reterr)
		                       : put_yes(tx, n, &changed, reterr);
	if (st == OK && changed == 0)
		return FAIL(reterr, ERR_CONFLICT,
		            "De tekst is anders, of hier is uw antwoord niet gevraagd. Lees hem "
		            "opnieuw.");
	if (st == OK)
		st = end_tasks(tx, n, &all, reterr);
	if (st != OK || (n->reason == NULL && !all))
		return st;
	return tell(tx, n->intervention, who_leads(n->intervention),
	            all ? NEWS_MESSAGE_AGREED : NEWS_MESSAGE_REFUSED, n->now_ms, reterr);
}

/* ---- who is silent ------------------------------------------------------------------------------------ */

struct due {
	struct intervention on; /* id, reference and lead_id only */
	int64_t now_ms;
	bool done; /* this run told it */
};

static enum status load_edition(struct db_tx *tx, int64_t id, int64_t *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	const enum status st =
	    db_query(db_tx_read(tx), &EDITION, DB_ARGS(DB_INT(id)), &row, reterr);

	*ret = st == OK && db_next(&row) ? db_int(&row, 0) : 0;
	return st == OK ? db_rows_end(&row, reterr) : st;
}

static enum status remind_silent(struct db_tx *tx, const struct due *d, int64_t edition,
                                 struct error *reterr)
{
	struct array found = { 0 };
	enum status st = message_partners(db_tx_read(tx), &d->on, db_tx_arena(tx), &found, reterr);
	const struct message_partner *p = found.items;

	for (size_t o = 0; st == OK && o < found.count; o++) {
		audience who[2];
		const bool silent = p[o].said_at == 0 && p[o].refused_edition != edition;
		const size_t count = silent ? message_who_says(&p[o], who) : 0;
		for (size_t k = 0; st == OK && k < count; k++)
			st = tell(tx, &d->on, who[k], NEWS_MESSAGE_DUE, d->now_ms, reterr);
	}
	return st;
}

static enum status remind(struct db_tx *tx, void *args, struct error *reterr)
{
	struct due *d = args;
	int64_t changed = 0, edition = 0;
	enum status st =
	    db_exec(tx, &REMIND, DB_ARGS(DB_INT(d->on.id), DB_INT(d->now_ms)), &changed, reterr);

	d->done = st == OK && changed > 0;
	if (!d->done)
		return st; /* out meanwhile */
	st = load_edition(tx, d->on.id, &edition, reterr);
	if (st == OK)
		st = remind_silent(tx, d, edition, reterr);
	return st == OK
	           ? tell(tx, &d->on, who_leads(&d->on), NEWS_MESSAGE_SILENT, d->now_ms, reterr)
	           : st;
}

static enum status load_due(struct db *db, int64_t now_ms, struct arena *a, struct array *ret,
                            struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct due *list = ARENA_ARRAY(a, struct due, DUE_MAX);
	struct db_read *r = NULL;
	size_t count = 0;
	enum status st = db_read_begin(db, &r, reterr);

	if (st != OK)
		return st;
	st = db_query(r, &DUE, DB_ARGS(DB_INT(local_day(now_ms))), &rows, reterr);
	while (st == OK && count < DUE_MAX && db_next(&rows))
		list[count++] = (struct due){ .on = { .id = db_int(&rows, 0),
			                              .reference = db_text(&rows, 1, a),
			                              .lead_id = db_int(&rows, 2) },
			                      .now_ms = now_ms };
	if (st == OK && count < DUE_MAX)
		st = db_rows_end(&rows, reterr);
	db_rows_close(&rows);
	db_read_end(r);
	*ret = (struct array){ list, count };
	return st;
}

enum status messages_due(struct db *db, int64_t now_ms, int64_t *ret, struct error *reterr)
{
	struct array found = { 0 };
	struct arena a;

	*ret = 0;
	arena_init(&a, DUE_ARENA_BYTES);
	enum status st = load_due(db, now_ms, &a, &found, reterr);
	struct due *d = found.items;
	for (size_t i = 0; st == OK && i < found.count; i++) {
		struct audit_event event = { .at_ms = now_ms,
			                     .action = AUDIT_INTERVENTION_MESSAGE,
			                     .object_type = OBJECT_INTERVENTION,
			                     .object_id = d[i].on.id };
		struct db_job job = {
			.run = remind, .args = &d[i], .event = &event, .lane = LANE_BULK
		};
		st = db_run(db, &job, reterr);
		*ret += d[i].done;
	}
	arena_reset(&a);
	return st;
}
