/* A casefile is destroyed: of its interventions the person-free rows remain, nothing else. One whose effect
 * still has to be seen stays as a row without words until that was done (decisions 4.4). */
#include "interventions/intervention_forget.h"

#include "attachments/attachment.h"
#include "audit/action.h"
#include "interventions/intervention_parts.h"
#include "platform/crypto/sealed_key.h"
#include "work/work.h"

static const struct db_stmt KEYS = {
	"interventions_keys", "i",
	"SELECT t.key_id FROM intervention_text t JOIN intervention q ON q.id = t.intervention_id"
	" WHERE q.casefile_id = $1 UNION SELECT w.key_id FROM intervention_owner w"
	" JOIN intervention q ON q.id = w.intervention_id WHERE q.casefile_id = $1 AND w.key_id <> "
	"0"
	" UNION SELECT r.key_id FROM intervention_report r JOIN intervention q"
	" ON q.id = r.intervention_id WHERE q.casefile_id = $1 AND r.key_id <> 0"
	" UNION SELECT m.key_id FROM intervention_message m JOIN intervention q"
	" ON q.id = m.intervention_id WHERE q.casefile_id = $1"
	" UNION SELECT n.key_id FROM intervention_message_no n JOIN intervention q"
	" ON q.id = n.intervention_id WHERE q.casefile_id = $1"
	" UNION SELECT z.key_id FROM seizure z WHERE z.casefile_id = $1 AND z.key_id <> 0"
};
/* What was asked and not looked at yet is asked again of who sees what is left. */
static const struct db_stmt EFFECT_AGAIN = {
	"interventions_ask_effect_again", "i",
	"UPDATE intervention SET effect_told = 0 WHERE casefile_id = $1"
};
static const struct db_stmt PLACE_AGAIN = {
	"interventions_ask_place_again", "i",
	"UPDATE effect_assessment SET rechecked_at = 0 WHERE rechecked_at = -1"
	" AND intervention_id IN (SELECT q.id FROM intervention q WHERE q.casefile_id = $1)"
};
static const struct db_stmt *const ASK_AGAIN[] = { &EFFECT_AGAIN, &PLACE_AGAIN };
/* A measure stays in the ledger with its figures; what it was about and where it belonged don't. */
static const struct db_stmt SEIZURES = {
	"interventions_forget_seizures", "i",
	"UPDATE seizure SET casefile_id = NULL, intervention_id = NULL, key_id = 0,"
	" described = NULL WHERE casefile_id = $1"
};
#define OF_CASEFILE                                                                                \
	" WHERE intervention_id IN (SELECT q.id FROM intervention q WHERE q.casefile_id = $1)"
static const struct db_stmt TEXTS = { "interventions_forget_texts", "i",
	                              "DELETE FROM intervention_text" OF_CASEFILE };
static const struct db_stmt REPORTS = { "interventions_forget_reports", "i",
	                                "DELETE FROM intervention_report" OF_CASEFILE };
static const struct db_stmt AMOUNTS = { "interventions_forget_amounts", "i",
	                                "DELETE FROM intervention_amount" OF_CASEFILE };
static const struct db_stmt WAITS = { "interventions_forget_waits", "i",
	                              "DELETE FROM intervention_wait" OF_CASEFILE };
static const struct db_stmt HISTORY = { "interventions_forget_history", "i",
	                                "DELETE FROM intervention_history" OF_CASEFILE };
static const struct db_stmt OWNERS = { "interventions_forget_owners", "i",
	                               "DELETE FROM intervention_owner" OF_CASEFILE };
static const struct db_stmt YARDSTICKS = { "interventions_forget_yardsticks", "i",
	                                   "DELETE FROM effect_yardstick" OF_CASEFILE };
/* 10, 11, 12: its result is confirmed; three assessments are all there are. */
#define STILL_SEEN                                                                                 \
	" WHERE casefile_id = $1 AND state IN (10, 11, 12) AND executed_day > 0"                   \
	" AND ((SELECT count(*) FROM effect_assessment e WHERE e.intervention_id ="                \
	" intervention.id) < 3 OR EXISTS (SELECT 1 FROM effect_assessment e"                       \
	" WHERE e.intervention_id = intervention.id AND e.recheck_day > 0"                         \
	" AND e.rechecked_at <= 0))"
static const struct db_stmt LEAVE_OWNERS = {
	"interventions_leave_owners", "i",
	"UPDATE intervention_owner SET answered_by = NULL, executor_id = NULL, key_id = 0,"
	" reason = NULL, report_due = 0, asked_report = 0, late = 0" OF_CASEFILE
};
/* Of a place with few inhabitants nothing that stays tells (decisions 3.9). */
static const struct db_stmt LEAVE = {
	"interventions_leave", "i",
	"UPDATE intervention SET casefile_id = 0, proposal_id = NULL,"
	" project_id = (SELECT c.project_id FROM casefile c WHERE c.id = $1),"
	" municipality_id = (SELECT m.id FROM municipality m WHERE m.id ="
	" intervention.municipality_id AND m.inhabitants >= 20000), due_day = 0, review_day = 0,"
	" reason_class = 0" STILL_SEEN
};
static const struct db_stmt IS_LEFT = {
	"intervention_is_left", "i",
	"SELECT count(*) FROM intervention WHERE id = $1 AND casefile_id = 0"
};
static const struct db_stmt YESES = { "interventions_forget_yeses", "i",
	                              "DELETE FROM intervention_message_yes" OF_CASEFILE };
static const struct db_stmt NOES = { "interventions_forget_noes", "i",
	                             "DELETE FROM intervention_message_no" OF_CASEFILE };
static const struct db_stmt MESSAGES = { "interventions_forget_messages", "i",
	                                 "DELETE FROM intervention_message" OF_CASEFILE };
static const struct db_stmt AUDIENCES = {
	"interventions_forget_audiences", "i",
	"DELETE FROM intervention_audience WHERE id IN (SELECT q.id FROM intervention q"
	" WHERE q.casefile_id = $1)"
};
static const struct db_stmt STEPS = {
	"interventions_forget_steps", "i",
	"DELETE FROM action_step WHERE action_day_id IN (SELECT d.id FROM action_day d"
	" WHERE d.casefile_id = $1)"
};
static const struct db_stmt DAYS = { "interventions_forget_days", "i",
	                             "DELETE FROM action_day WHERE casefile_id = $1" };
static const struct db_stmt ROWS = { "interventions_forget_rows", "i",
	                             "DELETE FROM intervention WHERE casefile_id = $1" };
static const struct db_stmt IDS = { "interventions_forget_ids", "i",
	                            "SELECT id FROM intervention WHERE casefile_id = $1"
	                            " ORDER BY id LIMIT 500" };
/* In this order: what goes of all, what stays of some, what goes of the others. */
static const struct db_stmt *const BY_CASEFILE[] = {
	&SEIZURES, &TEXTS,  &REPORTS,    &AMOUNTS,   &WAITS, &HISTORY,
	&YESES,    &NOES,   &MESSAGES,   &STEPS,     &DAYS,  &LEAVE_OWNERS,
	&LEAVE,    &OWNERS, &YARDSTICKS, &AUDIENCES, &ROWS
};
enum { BY_CASEFILE_COUNT = sizeof BY_CASEFILE / sizeof BY_CASEFILE[0] };

const struct db_stmt *const intervention_forget_statements[] = {
	&SEIZURES, &IDS,       &KEYS,         &TEXTS,       &REPORTS,    &AMOUNTS,
	&WAITS,    &HISTORY,   &OWNERS,       &YESES,       &NOES,       &MESSAGES,
	&STEPS,    &DAYS,      &LEAVE_OWNERS, &LEAVE,       &YARDSTICKS, &IS_LEFT,
	&ROWS,     &AUDIENCES, &EFFECT_AGAIN, &PLACE_AGAIN, NULL,
};

static enum status destroy_keys(struct db_tx *tx, int64_t casefile_id, struct error *reterr)
{
	enum { MAX = 20000 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	int64_t *keys = ARENA_ARRAY(db_tx_arena(tx), int64_t, MAX);
	size_t count = 0;

	enum status st =
	    db_query(db_tx_read(tx), &KEYS, DB_ARGS(DB_INT(casefile_id)), &rows, reterr);
	while (st == OK && count < MAX && db_next(&rows))
		keys[count++] = db_int(&rows, 0);
	if (st == OK)
		st = db_rows_end(&rows, reterr);
	for (size_t i = 0; st == OK && i < count; i++) {
		st = key_destroy(tx, keys[i], reterr);
		if (st == ERR_NOT_FOUND)
			st = OK; /* forgotten before */
	}
	return st;
}

enum { IDS_MAX = 500 };

static enum status find_ids(struct db_tx *tx, int64_t casefile_id, struct array *ret,
                            struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	int64_t *ids = ARENA_ARRAY(db_tx_arena(tx), int64_t, IDS_MAX);
	size_t count = 0;

	enum status st =
	    db_query(db_tx_read(tx), &IDS, DB_ARGS(DB_INT(casefile_id)), &rows, reterr);
	while (st == OK && count < IDS_MAX && db_next(&rows))
		ids[count++] = db_int(&rows, 0);
	*ret = (struct array){ ids, count };
	return st == OK ? db_rows_end(&rows, reterr) : st;
}

static enum status destroy_papers(struct db_tx *tx, struct array found, struct error *reterr)
{
	const int64_t *ids = found.items;
	enum status st = OK;

	for (size_t i = 0; st == OK && i < found.count; i++) {
		const struct attachment_owner owner = { OBJECT_INTERVENTION, ids[i] };
		st = attachments_destroy(tx, &owner, reterr);
	}
	return st;
}

/* What is left opens to who still has to look; of the rest nothing waits for anybody any more. */
static enum status settle(struct db_tx *tx, int64_t id, int64_t now_ms, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(db_tx_read(tx), &IS_LEFT, DB_ARGS(DB_INT(id)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st != OK)
		return st;
	const bool left = db_int(&row, 0) > 0;
	db_rows_close(&row);
	if (left)
		st = intervention_open_to(tx, id, reterr);
	return st == OK ? work_done(tx, left ? WORK_INTERVENTION_MESSAGE : 0, OBJECT_INTERVENTION,
	                            id, 0, now_ms, reterr)
	                : st;
}

enum status interventions_forget_casefile(struct db_tx *tx, int64_t casefile_id, int64_t now_ms,
                                          struct error *reterr)
{
	struct array found = { 0 };
	enum status st = find_ids(tx, casefile_id, &found, reterr);
	const int64_t *ids = found.items;

	if (st == OK)
		st = destroy_keys(tx, casefile_id, reterr);
	if (st == OK)
		st = destroy_papers(tx, found, reterr);
	for (size_t i = 0; st == OK && i < BY_CASEFILE_COUNT; i++)
		st = db_exec(tx, BY_CASEFILE[i], DB_ARGS(DB_INT(casefile_id)), NULL, reterr);
	for (size_t i = 0; st == OK && i < found.count; i++)
		st = settle(tx, ids[i], now_ms, reterr);
	return st;
}

/* Who can't open it has no work with it and no news of it. */
static enum status hide(struct db_tx *tx, int64_t id, int64_t now_ms, struct error *reterr)
{
	enum status st = intervention_open_to(tx, id, reterr);

	if (st == OK)
		st = work_done(tx, 0, OBJECT_INTERVENTION, id, 0, now_ms, reterr);
	return st == OK ? work_untell(tx, OBJECT_INTERVENTION, id, reterr) : st;
}

enum status interventions_hide_casefile(struct db_tx *tx, int64_t casefile_id, int64_t now_ms,
                                        struct error *reterr)
{
	struct array found = { 0 };
	enum status st = find_ids(tx, casefile_id, &found, reterr);
	const int64_t *ids = found.items;

	for (size_t i = 0; st == OK && i < sizeof ASK_AGAIN / sizeof ASK_AGAIN[0]; i++)
		st = db_exec(tx, ASK_AGAIN[i], DB_ARGS(DB_INT(casefile_id)), NULL, reterr);
	for (size_t i = 0; st == OK && i < found.count; i++)
		st = hide(tx, ids[i], now_ms, reterr);
	return st;
}
