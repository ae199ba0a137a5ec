#include "advice/advice_end.h"

#include "platform/crypto/sealed_key.h"

static const struct db_stmt KEYS = {
	"advice_end_keys", "i",
	"SELECT a.key_id AS id FROM advice a WHERE a.casefile_id = $1 UNION SELECT a.frozen_key_id "
	"FROM advice a"
	" WHERE a.casefile_id = $1 UNION SELECT a.reason_key_id FROM advice a WHERE a.casefile_id "
	"= $1"
	" UNION SELECT p.key_id FROM advice_proposal p WHERE p.advice_id IN (SELECT a.id FROM "
	"advice a WHERE a.casefile_id = $1)"
	" UNION SELECT p.answer_key_id FROM advice_proposal p WHERE p.advice_id IN (SELECT a.id "
	"FROM advice a WHERE a.casefile_id = $1)"
	" UNION SELECT s.reason_key_id FROM advice_source s WHERE s.advice_id IN (SELECT a.id FROM "
	"advice a WHERE a.casefile_id = $1)"
	" UNION SELECT s.handling_key_id FROM advice_source s WHERE s.advice_id IN (SELECT a.id "
	"FROM advice a WHERE a.casefile_id = $1)"
	" ORDER BY id"
};
static const struct db_stmt TEXTS = {
	"advice_end_texts", "i",
	"UPDATE advice SET introduction = NULL, conclusion = NULL, frozen = NULL, reason = NULL,"
	" digest = NULL, introduction_chars = 0, conclusion_chars = 0"
	" WHERE casefile_id = $1"
};
static const struct db_stmt PROPOSALS = {
	"advice_end_proposals", "ib",
	"UPDATE advice_proposal SET basis = $2, approach = $2, effect = $2, indicator = $2,"
	" answer = NULL WHERE advice_id IN (SELECT a.id FROM advice a WHERE a.casefile_id = $1)"
};
static const struct db_stmt SOURCES = { "advice_end_sources", "i",
	                                "UPDATE advice_source SET reason = NULL, handling = NULL,"
	                                " handling_key_id = 0, reason_key_id = 0 WHERE advice_id "
	                                "IN (SELECT a.id FROM advice a WHERE a.casefile_id = $1)" };
static const struct db_stmt FACTS = { "advice_end_facts", "i",
	                              "DELETE FROM advice_fact WHERE advice_id IN (SELECT a.id "
	                              "FROM advice a WHERE a.casefile_id = $1)" };
static const struct db_stmt READERS = { "advice_end_readers", "i",
	                                "DELETE FROM advice_audience WHERE id IN (SELECT a.id FROM "
	                                "advice a WHERE a.casefile_id = $1)" };

const struct db_stmt *const advice_end_statements[] = { &KEYS,  &TEXTS,   &PROPOSALS, &SOURCES,
	                                                &FACTS, &READERS, NULL };

enum status advice_forget_casefile(struct db_tx *tx, int64_t casefile_id, int64_t now_ms,
                                   struct error *reterr)
{
	static const struct db_stmt *const STEPS[] = { &TEXTS, &SOURCES, &FACTS, &READERS };

	(void)now_ms;
	enum status st = keys_destroy(tx, &KEYS, DB_ARGS(DB_INT(casefile_id)), reterr);
	if (st == OK)
		st = db_exec(tx, &PROPOSALS, DB_ARGS(DB_INT(casefile_id), DB_BYTES("", 0)), NULL,
		             reterr);
	for (size_t i = 0; st == OK && i < sizeof STEPS / sizeof STEPS[0]; i++)
		st = db_exec(tx, STEPS[i], DB_ARGS(DB_INT(casefile_id)), NULL, reterr);
	return st;
}
