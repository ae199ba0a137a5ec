/* Who carries it out, what they report each month, and the amounts that it brings. */
#include "interventions/intervention_parts.h"

#include "audit/action.h"
#include "platform/core/calendar.h"
#include "work/work.h"

static const struct db_stmt EXECUTORS = {
	"intervention_executors", "iii",
	"SELECT a.id, a.organ_id, n.full_name, p.short_name FROM intervention_owner w"
	" JOIN appointment a ON a.organ_id = w.organ_id JOIN person n ON n.id = a.person_id"
	" JOIN participant p ON p.id = a.participant_id WHERE w.intervention_id = $1 AND a.role = "
	"18"
	" AND a.state = 2 AND a.from_day <= $2 AND (a.until_day = 0 OR a.until_day >= $2)"
	" AND (a.ended_at = 0 OR a.ended_at > $3) ORDER BY w.place, n.sort_key, a.id LIMIT 200"
};
_Static_assert(ROLE_EXECUTOR == 18, "the statement above names the role");
static const struct db_stmt ASSIGN = {
	"intervention_assign", "iiIii",
	"UPDATE intervention_owner SET executor_id = $3 WHERE intervention_id = $1 AND organ_id = "
	"$2"
	" AND ($3 IS NULL OR EXISTS (SELECT 1 FROM appointment a WHERE a.id = $3"
	" AND a.organ_id = $2 AND a.role = 18 AND a.state = 2 AND a.from_day <= $4"
	" AND (a.until_day = 0 OR a.until_day >= $4) AND (a.ended_at = 0 OR a.ended_at > $5)))"
};
static const struct db_stmt DOERS = {
	"intervention_doers", "i",
	"SELECT w.organ_id, coalesce(w.executor_id, 0), w.report_due, w.asked_report"
	" FROM intervention_owner w WHERE w.intervention_id = $1 ORDER BY w.place, w.organ_id "
	"LIMIT 8"
};
static const struct db_stmt REPORTED = {
	"intervention_reported", "iii",
	"SELECT id, hours, key_id FROM intervention_report WHERE intervention_id = $1"
	" AND organ_id = $2 AND month = $3"
};
static const struct db_stmt ADD_REPORT = {
	"intervention_report_add", "iiiiiiBii",
	"INSERT INTO intervention_report (intervention_id, organ_id, month, standing, hours, "
	"key_id,"
	" note, reported_by, reported_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
	" ON CONFLICT (intervention_id, organ_id, month) DO UPDATE SET standing = $4, hours = $5,"
	" key_id = $6, note = $7, reported_by = $8, reported_at = $9"
};
static const struct db_stmt STATE_NOW = {
	"intervention_state_now", "ii",
	"SELECT q.state, w.report_due, w.late FROM intervention q JOIN intervention_owner w"
	" ON w.intervention_id = q.id WHERE q.id = $1 AND w.organ_id = $2"
};
static const struct db_stmt KEEP_HOURS = {
	"intervention_keep_hours", "iiii",
	"UPDATE intervention_owner SET hours_delivered = hours_delivered + $3, report_due = $4,"
	" asked_report = 0, late = 0 WHERE intervention_id = $1 AND organ_id = $2"
};
static const struct db_stmt ADD_AMOUNT = {
	"intervention_amount_add", "iiiiiii",
	"INSERT INTO intervention_amount (intervention_id, organ_id, kind, cents, day,"
	" registered_by, registered_at) VALUES ($1, $2, $3, $4, $5, $6, $7)"
};
const struct db_stmt *const intervention_report_statements[] = {
	&EXECUTORS, &ASSIGN,     &DOERS,      &REPORTED, &ADD_REPORT,
	&STATE_NOW, &KEEP_HOURS, &ADD_AMOUNT, NULL,
};

/* ---- who carries it out ------------------------------------------------------------------------- */

enum status intervention_executors(struct db_read *r, int64_t id, int64_t now_ms, struct arena *a,
                                   struct array *ret, struct error *reterr)
{
	enum { MAX = 200 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct executor *list = ARENA_ARRAY(a, struct executor, MAX);
	size_t count = 0;
	enum status st =
	    db_query(r, &EXECUTORS, DB_ARGS(DB_INT(id), DB_INT(local_day(now_ms)), DB_INT(now_ms)),
	             &rows, reterr);

	while (st == OK && count < MAX && db_next(&rows))
		list[count++] = (struct executor){ db_int(&rows, 0), db_int(&rows, 1),
			                           db_text(&rows, 2, a), db_text(&rows, 3, a) };
	*ret = (struct array){ list, count };
	return st == OK ? db_rows_end(&rows, reterr) : st;
}

enum status intervention_assign(struct db_tx *tx, const struct assigning *n, struct error *reterr)
{
	int64_t changed = 0;
	enum status st = db_exec(tx, &ASSIGN,
	                         DB_ARGS(DB_INT(n->intervention->id), DB_INT(n->organ_id),
	                                 n->executor_id != 0 ? DB_INT(n->executor_id) : DB_NULL,
	                                 DB_INT(local_day(n->now_ms)), DB_INT(n->now_ms)),
	                         &changed, reterr);

	return st == OK && changed == 0
	           ? FAIL(reterr, ERR_INVALID,
	                  "Kies een uitvoerder van deze eigenaar uit de lijst.")
	           : st;
}

enum status intervention_doers(struct db_tx *tx, int64_t id, struct array *ret,
                               struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct doer *list = ARENA_ARRAY(db_tx_arena(tx), struct doer, INTERVENTION_OWNERS_MAX);
	size_t count = 0;
	enum status st = db_query(db_tx_read(tx), &DOERS, DB_ARGS(DB_INT(id)), &rows, reterr);

	while (st == OK && count < INTERVENTION_OWNERS_MAX && db_next(&rows)) {
		const int64_t organ = db_int(&rows, 0), executor = db_int(&rows, 1);
		list[count++] = (struct doer){
			.who = executor != 0 ? audience_of(AUDIENCE_APPOINTMENT, executor)
			                     : audience_of(AUDIENCE_ORGAN_DESK, organ),
			.organ_id = organ,
			.report_due = db_int(&rows, 2),
			.report_asked = db_int(&rows, 3) == 1,
		};
	}
	*ret = (struct array){ list, count };
	return st == OK ? db_rows_end(&rows, reterr) : st;
}

/* ---- monthly reports ---------------------------------------------------------------------------- */

void intervention_seal_note(struct keyring *k, const struct intervention *i, int64_t organ_id,
                            const char *text, struct arena *a, struct intervention_words *ret)
{
	const struct words_place at = { &i->uuid, WORDS_OF_REPORT, organ_id };
	intervention_seal_words(k, &at, text, a, ret);
}

struct earlier { /* about the same month */
	int64_t id, hours, key_id;
};

static enum status load_earlier(struct db_tx *tx, const struct reporting *p, struct earlier *ret,
                                struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };

	*ret = (struct earlier){ 0 };
	enum status st =
	    db_query(db_tx_read(tx), &REPORTED,
	             DB_ARGS(DB_INT(p->intervention->id), DB_INT(p->organ_id), DB_INT(p->month)),
	             &row, reterr);
	if (st != OK)
		return st;
	if (db_next(&row))
		*ret = (struct earlier){ db_int(&row, 0), db_int(&row, 1), db_int(&row, 2) };
	return db_rows_end(&row, reterr);
}

struct standing_now {
	uint8_t state;
	int64_t report_due;
	bool late;
};

static enum status load_standing(struct db_tx *tx, int64_t id, int64_t organ_id,
                                 struct standing_now *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(db_tx_read(tx), &STATE_NOW, DB_ARGS(DB_INT(id), DB_INT(organ_id)),
	                          &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st == OK)
		*ret = (struct standing_now){ (uint8_t)db_int(&row, 0), db_int(&row, 1),
			                      db_int(&row, 2) == 1 };
	return st;
}

static enum status put_report(struct db_tx *tx, const struct reporting *p,
                              const struct earlier *before, struct error *reterr)
{
	const bool noted = p->note != NULL && p->note->sealed != NULL;
	enum status st = before->key_id != 0 ? key_destroy(tx, before->key_id, reterr) : OK;

	if (st == OK && noted)
		st = key_store(tx, &p->note->key, reterr);
	return st == OK ? db_exec(tx, &ADD_REPORT,
	                          DB_ARGS(DB_INT(p->intervention->id), DB_INT(p->organ_id),
	                                  DB_INT(p->month), DB_INT(p->standing), DB_INT(p->hours),
	                                  DB_INT(noted ? p->note->key.id : 0),
	                                  noted ? DB_BYTES(p->note->sealed, p->note->len) : DB_NULL,
	                                  DB_INT(p->viewer->appointment_id), DB_INT(p->now_ms)),
	                          NULL, reterr)
	                : st;
}

/* A task is of one owner; those of the others stand. */
static enum status ask_the_others(struct db_tx *tx, const struct reporting *p, struct error *reterr)
{
	const struct intervention *i = p->intervention;
	struct array found = { 0 };
	enum status st = work_done(tx, WORK_INTERVENTION_REPORT, OBJECT_INTERVENTION, i->id,
	                           p->viewer->person_id, p->now_ms, reterr);

	if (st == OK)
		st = intervention_doers(tx, i->id, &found, reterr);
	const struct doer *doers = found.items;
	for (size_t n = 0; st == OK && n < found.count; n++) {
		const struct intervention_task t = { .id = i->id,
			                             .reference = i->reference,
			                             .owner = doers[n].who,
			                             .kind = WORK_INTERVENTION_REPORT,
			                             .due_day = doers[n].report_due,
			                             .now_ms = p->now_ms };
		if (doers[n].report_asked)
			st = intervention_task(tx, &t, reterr);
	}
	return st;
}

static enum status tell_lead(struct db_tx *tx, const struct reporting *p, struct error *reterr)
{
	const struct work_news news = { .at = p->now_ms,
		                        .kind = NEWS_INTERVENTION_HELP,
		                        .object_kind = OBJECT_INTERVENTION,
		                        .object_id = p->intervention->id,
		                        .reference = p->intervention->reference };

	return p->standing == REPORT_ON_SCHEDULE || p->intervention->lead_id == 0
	           ? OK
	           : work_tell(tx, audience_of(AUDIENCE_APPOINTMENT, p->intervention->lead_id),
	                       &news, reterr);
}

enum status intervention_report(struct db_tx *tx, const struct reporting *p, struct error *reterr)
{
	const int64_t id = p->intervention->id;
	struct standing_now now = { 0 };
	struct earlier before = { 0 };

	enum status st = load_standing(tx, id, p->organ_id, &now, reterr);
	if (st == OK && !intervention_reports(now.state))
		return FAIL(reterr, ERR_CONFLICT,
		            "Deze interventie loopt niet (meer). Er is niets te melden.");
	if (st == OK)
		st = load_earlier(tx, p, &before, reterr);
	if (st == OK && before.id != 0 && !p->correct)
		return FAIL(reterr, ERR_CONFLICT,
		            "Over deze maand is al gemeld. Kies: verbeter de melding.");
	if (st == OK)
		st = put_report(tx, p, &before, reterr);
	if (st == OK)
		st = db_exec(
		    tx, &KEEP_HOURS,
		    DB_ARGS(DB_INT(id), DB_INT(p->organ_id), DB_INT(p->hours - before.hours),
		            DB_INT(before.id != 0
		                       ? now.report_due
		                       : report_next_due(now.report_due, local_day(p->now_ms)))),
		    NULL, reterr);
	const struct happening h = { .id = id,
		                     .organ_id = p->organ_id,
		                     .now_ms = p->now_ms,
		                     .hours_delivered = p->hours - before.hours,
		                     .late_report = now.late,
		                     .effect = -1 };
	if (st == OK)
		st = intervention_count(tx, &h, reterr);
	if (st == OK)
		st = ask_the_others(tx, p, reterr);
	return st == OK ? tell_lead(tx, p, reterr) : st;
}

/* ---- amounts ------------------------------------------------------------------------------------- */

enum status intervention_amount(struct db_tx *tx, const struct amount_new *n, struct error *reterr)
{
	const int64_t id = n->intervention->id;
	struct standing_now now = { 0 };

	enum status st = load_standing(tx, id, n->organ_id, &now, reterr);
	if (st == OK && !intervention_takes_amounts(now.state))
		return FAIL(reterr, ERR_CONFLICT,
		            now.state == INTERVENTION_CANCELLED
		                ? "Deze interventie is vervallen. Er kan geen bedrag meer bij."
		                : "Bij deze stand hoort nog geen bedrag, of niet meer.");
	if (st == OK)
		st = db_exec(tx, &ADD_AMOUNT,
		             DB_ARGS(DB_INT(id), DB_INT(n->organ_id), DB_INT(n->kind),
		                     DB_INT(n->cents), DB_INT(n->day),
		                     DB_INT(n->viewer->appointment_id), DB_INT(n->now_ms)),
		             NULL, reterr);
	const struct happening h = { .id = id,
		                     .organ_id = n->organ_id,
		                     .now_ms = n->now_ms,
		                     .amount_kind = n->kind,
		                     .cents = n->cents,
		                     .effect = -1 };
	return st == OK ? intervention_count(tx, &h, reterr) : st;
}
