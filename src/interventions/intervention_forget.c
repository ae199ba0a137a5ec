/* A casefile is destroyed: of its interventions the person-free rows remain, nothing else. */
#include "interventions/intervention_forget.h"

#include "attachments/attachment.h"
#include "audit/action.h"
#include "platform/crypto/sealed_key.h"

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
static const struct db_stmt YESES = { "interventions_forget_yeses", "i",
	                              "DELETE FROM intervention_message_yes" OF_CASEFILE };
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
const struct db_stmt *const intervention_forget_statements[] = {
	&IDS,   &KEYS,     &TEXTS,     &REPORTS, &AMOUNTS, &WAITS, &HISTORY, &OWNERS,
	&YESES, &MESSAGES, &AUDIENCES, &STEPS,   &DAYS,    &ROWS,  NULL,
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

static enum status destroy_papers(struct db_tx *tx, int64_t casefile_id, struct error *reterr)
{
	enum { MAX = 500 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	int64_t *ids = ARENA_ARRAY(db_tx_arena(tx), int64_t, MAX);
	size_t count = 0;

	enum status st =
	    db_query(db_tx_read(tx), &IDS, DB_ARGS(DB_INT(casefile_id)), &rows, reterr);
	while (st == OK && count < MAX && db_next(&rows))
		ids[count++] = db_int(&rows, 0);
	if (st == OK)
		st = db_rows_end(&rows, reterr);
	db_rows_close(&rows); /* a second statement runs when the first is done */
	for (size_t i = 0; st == OK && i < count; i++) {
		const struct attachment_owner owner = { OBJECT_INTERVENTION, ids[i] };
		st = attachments_destroy(tx, &owner, reterr);
	}
	return st;
}

enum status interventions_forget_casefile(struct db_tx *tx, int64_t casefile_id, int64_t now_ms,
                                          struct error *reterr)
{
	static const struct db_stmt *const ALL[] = { &TEXTS,     &REPORTS, &AMOUNTS, &WAITS,
		                                     &HISTORY,   &OWNERS,  &YESES,   &MESSAGES,
		                                     &AUDIENCES, &STEPS,   &DAYS,    &ROWS };

	(void)now_ms;
	enum status st = destroy_keys(tx, casefile_id, reterr);
	if (st == OK)
		st = destroy_papers(tx, casefile_id, reterr);
	for (size_t i = 0; st == OK && i < sizeof ALL / sizeof ALL[0]; i++)
		st = db_exec(tx, ALL[i], DB_ARGS(DB_INT(casefile_id)), NULL, reterr);
	return st;
}
