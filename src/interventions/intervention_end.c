#include "interventions/intervention_end.h"

#include "platform/crypto/sealed_key.h"

static const struct db_stmt KEYS = {
	"intervention_end_keys", "i",
	"SELECT t.key_id AS id FROM intervention_text t WHERE t.intervention_id IN (SELECT i.id "
	"FROM intervention i WHERE i.casefile_id = $1)"
	" UNION SELECT o.key_id FROM intervention_owner o WHERE o.intervention_id IN (SELECT i.id "
	"FROM intervention i WHERE i.casefile_id = $1)"
	" UNION SELECT r.key_id FROM intervention_report r WHERE r.intervention_id IN (SELECT i.id "
	"FROM intervention i WHERE i.casefile_id = $1) ORDER BY id"
};
static const struct db_stmt TEXTS = {
	"intervention_end_texts", "i",
	"DELETE FROM intervention_text WHERE intervention_id IN (SELECT i.id FROM intervention i "
	"WHERE i.casefile_id = $1)"
};
static const struct db_stmt REASONS = {
	"intervention_end_reasons", "i",
	"UPDATE intervention_owner SET reason = NULL WHERE intervention_id IN (SELECT i.id FROM "
	"intervention i WHERE i.casefile_id = $1)"
};
static const struct db_stmt NOTES = {
	"intervention_end_notes", "i",
	"UPDATE intervention_report SET note = NULL WHERE intervention_id IN (SELECT i.id FROM "
	"intervention i WHERE i.casefile_id = $1)"
};
static const struct db_stmt READERS = { "intervention_end_readers", "i",
	                                "DELETE FROM intervention_audience WHERE id IN (SELECT "
	                                "i.id FROM intervention i WHERE i.casefile_id = $1)" };

const struct db_stmt *const intervention_end_statements[] = { &KEYS,  &TEXTS,   &REASONS,
	                                                      &NOTES, &READERS, NULL };

enum status interventions_forget_casefile(struct db_tx *tx, int64_t casefile_id, int64_t now_ms,
                                          struct error *reterr)
{
	static const struct db_stmt *const STEPS[] = { &TEXTS, &REASONS, &NOTES, &READERS };

	(void)now_ms;
	enum status st = keys_destroy(tx, &KEYS, DB_ARGS(DB_INT(casefile_id)), reterr);
	for (size_t i = 0; st == OK && i < sizeof STEPS / sizeof STEPS[0]; i++)
		st = db_exec(tx, STEPS[i], DB_ARGS(DB_INT(casefile_id)), NULL, reterr);
	return st;
}
