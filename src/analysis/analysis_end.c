#include "analysis/analysis_end.h"

#include "platform/crypto/sealed_key.h"

static const struct db_stmt KEYS = {
	"analysis_end_keys", "i",
	"SELECT v.key_id FROM analysis_version v WHERE v.paragraph_id IN"
	" (SELECT p.id FROM analysis_paragraph p JOIN analysis a ON a.id = p.analysis_id WHERE "
	"a.casefile_id = $1) ORDER BY v.key_id"
};
static const struct db_stmt PARTS = { "analysis_end_parts", "i",
	                              "DELETE FROM analysis_frozen_part WHERE paragraph_id IN"
	                              " (SELECT p.id FROM analysis_paragraph p JOIN analysis a ON "
	                              "a.id = p.analysis_id WHERE a.casefile_id = $1)" };
static const struct db_stmt CITATIONS = {
	"analysis_end_citations", "i",
	"DELETE FROM analysis_citation WHERE version_id IN"
	" (SELECT v.id FROM analysis_version v WHERE v.paragraph_id IN"
	" (SELECT p.id FROM analysis_paragraph p JOIN analysis a ON a.id = p.analysis_id WHERE "
	"a.casefile_id = $1))"
};
static const struct db_stmt MENTIONS = {
	"analysis_end_mentions", "i",
	"DELETE FROM analysis_mention WHERE version_id IN"
	" (SELECT v.id FROM analysis_version v WHERE v.paragraph_id IN"
	" (SELECT p.id FROM analysis_paragraph p JOIN analysis a ON a.id = p.analysis_id WHERE "
	"a.casefile_id = $1))"
};
static const struct db_stmt VERSIONS = { "analysis_end_versions", "i",
	                                 "DELETE FROM analysis_version WHERE paragraph_id IN"
	                                 " (SELECT p.id FROM analysis_paragraph p JOIN analysis a "
	                                 "ON a.id = p.analysis_id WHERE a.casefile_id = $1)" };

const struct db_stmt *const analysis_end_statements[] = { &KEYS,     &PARTS,    &CITATIONS,
	                                                  &MENTIONS, &VERSIONS, NULL };

enum status analysis_forget_casefile(struct db_tx *tx, int64_t casefile_id, int64_t now_ms,
                                     struct error *reterr)
{
	static const struct db_stmt *const STEPS[] = { &PARTS, &CITATIONS, &MENTIONS, &VERSIONS };

	(void)now_ms;
	enum status st = keys_destroy(tx, &KEYS, DB_ARGS(DB_INT(casefile_id)), reterr);
	for (size_t i = 0; st == OK && i < sizeof STEPS / sizeof STEPS[0]; i++)
		st = db_exec(tx, STEPS[i], DB_ARGS(DB_INT(casefile_id)), NULL, reterr);
	return st;
}
