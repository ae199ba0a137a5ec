#include "advice/advice_end.h"

#include "audit/action.h"
#include "platform/crypto/sealed_key.h"
#include "search/search.h"
#include "work/work.h"

enum { KEYS_AT_ONCE = 200 };

/* Each key that still exists; destroyed ones are no longer found, so that asking again ends. */
static const struct db_stmt KEYS = {
	"advice_end_keys", "i",
	"SELECT k.id FROM sealed_key k WHERE k.id IN ("
	"SELECT d.key_id FROM advice d WHERE d.casefile_id = $1 UNION"
	" SELECT d.frozen_key_id FROM advice d WHERE d.casefile_id = $1 UNION"
	" SELECT d.reason_key_id FROM advice d WHERE d.casefile_id = $1 UNION"
	" SELECT p.key_id FROM advice_proposal p JOIN advice d ON d.id = p.advice_id"
	" WHERE d.casefile_id = $1 UNION"
	" SELECT p.answer_key_id FROM advice_proposal p JOIN advice d ON d.id = p.advice_id"
	" WHERE d.casefile_id = $1 UNION"
	" SELECT s.reason_key_id FROM advice_source s JOIN advice d ON d.id = s.advice_id"
	" WHERE d.casefile_id = $1 UNION"
	" SELECT s.handling_key_id FROM advice_source s JOIN advice d ON d.id = s.advice_id"
	" WHERE d.casefile_id = $1 UNION"
	" SELECT e.reason_key_id FROM advice_source_before e JOIN advice_source s"
	" ON s.id = e.source_id JOIN advice d ON d.id = s.advice_id WHERE d.casefile_id = $1 UNION"
	" SELECT e.handling_key_id FROM advice_source_before e JOIN advice_source s"
	" ON s.id = e.source_id JOIN advice d ON d.id = s.advice_id"
	" WHERE d.casefile_id = $1 UNION"
	" SELECT q.key_id FROM quick_action q WHERE q.casefile_id = $1 UNION"
	" SELECT q.reason_key_id FROM quick_action q WHERE q.casefile_id = $1)"
	" ORDER BY k.id LIMIT 200"
};
static const struct db_stmt BLANK = {
	"advice_end_blank", "i",
	"UPDATE advice SET introduction = NULL, conclusion = NULL, introduction_chars = 0,"
	" conclusion_chars = 0, frozen = NULL, reason = NULL, key_id = 0, frozen_key_id = 0,"
	" reason_key_id = 0 WHERE casefile_id = $1"
};
static const struct db_stmt BLANK_PROPOSALS = {
	"advice_end_proposals", "ib",
	"UPDATE advice_proposal SET basis = $2, approach = $2, effect = $2, indicator = $2,"
	" answer = NULL, basis_chars = 0, approach_chars = 0, effect_chars = 0,"
	" indicator_chars = 0, answer_key_id = 0 WHERE advice_id IN"
	" (SELECT d.id FROM advice d WHERE d.casefile_id = $1)"
};
static const struct db_stmt BLANK_SOURCES = {
	"advice_end_sources", "i",
	"UPDATE advice_source SET reason = NULL, handling = NULL, reason_key_id = 0,"
	" handling_key_id = 0 WHERE advice_id IN"
	" (SELECT d.id FROM advice d WHERE d.casefile_id = $1)"
};
static const struct db_stmt BLANK_QUICK = {
	"advice_end_quick", "i",
	"UPDATE quick_action SET basis = NULL, approach = NULL, urgency = NULL, effect = NULL,"
	" indicator = NULL, reason = NULL, key_id = 0, reason_key_id = 0 WHERE casefile_id = $1"
};
static const struct db_stmt DROP_BEFORE = {
	"advice_end_before", "i",
	"DELETE FROM advice_source_before WHERE source_id IN (SELECT s.id FROM advice_source s"
	" JOIN advice d ON d.id = s.advice_id WHERE d.casefile_id = $1)"
};
static const struct db_stmt DROP_FACTS = {
	"advice_end_facts", "i",
	"DELETE FROM advice_fact WHERE advice_id IN"
	" (SELECT d.id FROM advice d WHERE d.casefile_id = $1)"
};
static const struct db_stmt DROP_READERS = {
	"advice_end_readers", "i",
	"DELETE FROM advice_audience WHERE id IN"
	" (SELECT d.id FROM advice d WHERE d.casefile_id = $1)"
};
static const struct db_stmt PARTS = {
	"advice_end_parts", "iiiii",
	"SELECT $2, d.id FROM advice d WHERE d.casefile_id = $1 UNION ALL"
	" SELECT $5, q.id FROM quick_action q WHERE q.casefile_id = $1 UNION ALL"
	" SELECT $3, p.id FROM advice_proposal p JOIN advice d ON d.id = p.advice_id"
	" WHERE d.casefile_id = $1 UNION ALL"
	" SELECT $4, s.id FROM advice_source s JOIN advice d ON d.id = s.advice_id"
	" WHERE d.casefile_id = $1"
};

const struct db_stmt *const advice_end_statements[] = {
	&KEYS,        &BLANK,      &BLANK_PROPOSALS, &BLANK_SOURCES, &DROP_BEFORE,
	&BLANK_QUICK, &DROP_FACTS, &DROP_READERS,    &PARTS,         NULL,
};

static enum status drop_some_keys(struct db_tx *tx, int64_t casefile_id, size_t *ret_count,
                                  struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	int64_t list[KEYS_AT_ONCE];
	enum status st =
	    db_query(db_tx_read(tx), &KEYS, DB_ARGS(DB_INT(casefile_id)), &rows, reterr);

	*ret_count = 0;
	if (st != OK)
		return st;
	while (*ret_count < KEYS_AT_ONCE && db_next(&rows))
		list[(*ret_count)++] = db_int(&rows, 0);
	st = db_rows_end(&rows, reterr);
	for (size_t i = 0; st == OK && i < *ret_count; i++)
		st = key_destroy(tx, list[i], reterr);
	return st;
}

static enum status drop_keys(struct db_tx *tx, int64_t casefile_id, struct error *reterr)
{
	size_t count = KEYS_AT_ONCE;
	enum status st = OK;

	while (st == OK && count == KEYS_AT_ONCE)
		st = drop_some_keys(tx, casefile_id, &count, reterr);
	return st;
}

static enum status end_tasks(struct db_tx *tx, int64_t casefile_id, int64_t now_ms,
                             struct error *reterr)
{
	enum { MAX = 400 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	int64_t *list = ARENA_ARRAY(db_tx_arena(tx), int64_t, 2 * MAX);
	size_t count = 0;
	enum status st =
	    db_query(db_tx_read(tx), &PARTS,
	             DB_ARGS(DB_INT(casefile_id), DB_INT(OBJECT_ADVICE), DB_INT(OBJECT_PROPOSAL),
	                     DB_INT(OBJECT_ADVICE_SOURCE), DB_INT(OBJECT_QUICK_ACTION)),
	             &rows, reterr);

	if (st != OK)
		return st;
	for (; count < MAX && db_next(&rows); count++) {
		list[2 * count] = db_int(&rows, 0);
		list[2 * count + 1] = db_int(&rows, 1);
	}
	st = db_rows_end(&rows, reterr);
	for (size_t i = 0; st == OK && i < count; i++) {
		st = work_done(tx, 0, (int)list[2 * i], list[2 * i + 1], 0, now_ms, reterr);
		if (st == OK && list[2 * i] == OBJECT_ADVICE)
			st = search_drop(tx, OBJECT_ADVICE, list[2 * i + 1], reterr);
	}
	return st;
}

enum status advices_forget_casefile(struct db_tx *tx, int64_t casefile_id, int64_t now_ms,
                                    struct error *reterr)
{
	const struct db_value *which = DB_ARGS(DB_INT(casefile_id));

	enum status st = drop_keys(tx, casefile_id, reterr);
	if (st == OK)
		st = db_exec(tx, &BLANK, which, NULL, reterr);
	if (st == OK)
		st = db_exec(tx, &BLANK_PROPOSALS, DB_ARGS(DB_INT(casefile_id), DB_BYTES("", 0)),
		             NULL, reterr);
	if (st == OK)
		st = db_exec(tx, &BLANK_SOURCES, which, NULL, reterr);
	if (st == OK)
		st = db_exec(tx, &BLANK_QUICK, which, NULL, reterr);
	if (st == OK)
		st = db_exec(tx, &DROP_BEFORE, which, NULL, reterr);
	if (st == OK)
		st = db_exec(tx, &DROP_FACTS, which, NULL, reterr);
	if (st == OK)
		st = db_exec(tx, &DROP_READERS, which, NULL, reterr);
	return st == OK ? end_tasks(tx, casefile_id, now_ms, reterr) : st;
}
