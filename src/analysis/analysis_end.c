#include "analysis/analysis_end.h"

#include "analysis/analysis.h"
#include "analysis/paragraph_end.h"
#include "audit/action.h"
#include "platform/core/calendar.h"
#include "platform/crypto/sealed_key.h"
#include "search/search.h"
#include "work/work.h"

enum { AT_ONCE = 100 };

/* Versions of one paragraph that still hold words. */
static const struct db_stmt VERSIONS = {
	"analysis_end_versions", "i",
	"SELECT id, key_id FROM analysis_version WHERE paragraph_id = $1 AND length(sealed) > 0"
	" ORDER BY id LIMIT 100"
};
static const struct db_stmt BLANK = { "analysis_end_blank", "ib",
	                              "UPDATE analysis_version SET sealed = $2 WHERE id = $1" };
static const struct db_stmt UNCITE = { "analysis_end_uncite", "i",
	                               "DELETE FROM analysis_citation WHERE version_id = $1" };
static const struct db_stmt UNMENTION = { "analysis_end_unmention", "i",
	                                  "DELETE FROM analysis_mention WHERE version_id = $1" };
static const struct db_stmt END = {
	"analysis_end_paragraph", "i",
	"UPDATE analysis_paragraph SET state = 3, review = 0, review_since = 0, review_until = 0,"
	" version = version + 1 WHERE id = $1 AND state <> 3"
};
#define PHASE_OF "(SELECT p.phase FROM analysis_paragraph p WHERE p.id = $1)"
static const struct db_stmt STIR = {
	"analysis_end_stir", "ii",
	"UPDATE analysis SET"
	" live_1 = CASE WHEN " PHASE_OF " = 1 AND live_1 < $2 THEN $2 ELSE live_1 END,"
	" live_2 = CASE WHEN " PHASE_OF " = 2 AND live_2 < $2 THEN $2 ELSE live_2 END,"
	" live_3 = CASE WHEN " PHASE_OF " = 3 AND live_3 < $2 THEN $2 ELSE live_3 END"
	" WHERE id = (SELECT p.analysis_id FROM analysis_paragraph p WHERE p.id = $1)"
};
static const struct db_stmt PUT_UP = {
	"analysis_put_up", "iiii",
	"UPDATE analysis_paragraph SET review = review | $2, review_since = $3,"
	" review_until = CASE WHEN $4 = 0 THEN review_until WHEN review_until = 0 THEN $4"
	" WHEN review_until < $4 THEN review_until ELSE $4 END"
	" WHERE id = $1 AND state = 1 AND (review & $2) <> $2"
};
static const struct db_stmt WRITER = {
	"analysis_writer_of", "i",
	"SELECT v.written_by, c.reference, b.ended_at FROM analysis_paragraph p"
	" JOIN analysis_version v ON v.paragraph_id = p.id AND v.number = p.version_number"
	" JOIN appointment b ON b.id = v.written_by JOIN analysis n ON n.id = p.analysis_id"
	" JOIN casefile c ON c.id = n.casefile_id WHERE p.id = $1"
};
/* state 1 and newest: what stands. */
static const struct db_stmt MENTIONING = {
	"analysis_mentioning", "i",
	"SELECT v.id, v.key_id, v.paragraph_id, CASE WHEN p.state = 1 AND v.number ="
	" p.version_number THEN 1 ELSE 0 END, p.review, p.review_until FROM presence x"
	" JOIN analysis_mention m ON m.presence_uuid = x.uuid"
	" JOIN analysis_version v ON v.id = m.version_id"
	" JOIN analysis_paragraph p ON p.id = v.paragraph_id"
	" WHERE x.id = $1 AND length(v.sealed) > 0 ORDER BY v.id LIMIT 5000"
};
static const struct db_stmt OF_CASEFILE = {
	"analysis_end_of_casefile", "i",
	"SELECT p.id FROM analysis_paragraph p JOIN analysis n ON n.id = p.analysis_id"
	" WHERE n.casefile_id = $1 AND p.state <> 3 ORDER BY p.id LIMIT 100"
};
const struct db_stmt *const analysis_end_statements[] = {
	&VERSIONS, &BLANK,  &UNCITE,     &UNMENTION,   &END, &STIR,
	&PUT_UP,   &WRITER, &MENTIONING, &OF_CASEFILE, NULL,
};

/* ---- one paragraph ------------------------------------------------------------------------------ */

struct held {
	int64_t id, key_id;
};

static enum status end_version(struct db_tx *tx, const struct held *v, struct error *reterr)
{
	enum status st = key_destroy(tx, v->key_id, reterr);

	if (st == ERR_NOT_FOUND)
		st = OK;
	if (st == OK)
		st = db_exec(tx, &BLANK, DB_ARGS(DB_INT(v->id), DB_BYTES("", 0)), NULL, reterr);
	if (st == OK)
		st = db_exec(tx, &UNCITE, DB_ARGS(DB_INT(v->id)), NULL, reterr);
	return st == OK ? db_exec(tx, &UNMENTION, DB_ARGS(DB_INT(v->id)), NULL, reterr) : st;
}

static enum status some_versions(struct db_tx *tx, int64_t paragraph_id, struct held ret[AT_ONCE],
                                 size_t *ret_count, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	enum status st =
	    db_query(db_tx_read(tx), &VERSIONS, DB_ARGS(DB_INT(paragraph_id)), &rows, reterr);

	*ret_count = 0;
	if (st != OK)
		return st;
	while (*ret_count < AT_ONCE && db_next(&rows))
		ret[(*ret_count)++] = (struct held){ db_int(&rows, 0), db_int(&rows, 1) };
	return db_rows_end(&rows, reterr);
}

enum status paragraph_destroy(struct db_tx *tx, int64_t paragraph_id, int64_t now_ms,
                              struct error *reterr)
{
	struct held list[AT_ONCE];
	size_t count = AT_ONCE;
	enum status st = OK;

	while (st == OK && count == AT_ONCE) {
		st = some_versions(tx, paragraph_id, list, &count, reterr);
		for (size_t i = 0; st == OK && i < count; i++)
			st = end_version(tx, &list[i], reterr);
	}
	if (st == OK)
		st = db_exec(tx, &END, DB_ARGS(DB_INT(paragraph_id)), NULL, reterr);
	if (st == OK)
		st =
		    db_exec(tx, &STIR, DB_ARGS(DB_INT(paragraph_id), DB_INT(now_ms)), NULL, reterr);
	if (st == OK)
		st = search_drop(tx, OBJECT_PARAGRAPH, paragraph_id, reterr);
	return st == OK ? work_done(tx, 0, OBJECT_PARAGRAPH, paragraph_id, 0, now_ms, reterr) : st;
}

/* For who wrote it; whose role ended hands over to the coordinators. */
static enum status give_task(struct db_tx *tx, const struct review_wish *wish, int64_t now_ms,
                             struct error *reterr)
{
	enum { WORKING_DAYS = 5 };
	AUTO(db_rows_close) struct db_rows row = { 0 };
	const int32_t today = local_day(now_ms);

	enum status st =
	    db_query(db_tx_read(tx), &WRITER, DB_ARGS(DB_INT(wish->paragraph_id)), &row, reterr);
	if (st == OK)
		st = db_one(&row, reterr);
	if (st != OK)
		return st;
	const bool ended = db_int(&row, 2) != 0;
	const struct work_task task = {
		.owner = ended ? audience_of(AUDIENCE_ROLE, ROLE_INFO_COORDINATOR)
		               : audience_of(AUDIENCE_APPOINTMENT, db_int(&row, 0)),
		.kind = WORK_ANALYSIS_REVIEW,
		.object_kind = OBJECT_PARAGRAPH,
		.object_id = wish->paragraph_id,
		.reference = db_text(&row, 1, db_tx_arena(tx)),
		.due_day =
		    wish->until != 0 ? wish->until : working_days_add(today, WORKING_DAYS, NULL),
		.created_at = now_ms,
	};
	st = work_done(tx, WORK_ANALYSIS_REVIEW, OBJECT_PARAGRAPH, wish->paragraph_id, 0, now_ms,
	               reterr);
	return st == OK ? work_add(tx, &task, reterr) : st;
}

enum status paragraph_put_up(struct db_tx *tx, const struct review_wish *wish, int64_t now_ms,
                             struct error *reterr)
{
	int64_t changed = 0;
	enum status st = db_exec(tx, &PUT_UP,
	                         DB_ARGS(DB_INT(wish->paragraph_id), DB_INT(wish->reasons),
	                                 DB_INT(now_ms), DB_INT(wish->until)),
	                         &changed, reterr);

	if (st != OK || changed == 0)
		return st;
	st = db_exec(tx, &STIR, DB_ARGS(DB_INT(wish->paragraph_id), DB_INT(now_ms)), NULL, reterr);
	return st == OK ? give_task(tx, wish, now_ms, reterr) : st;
}

/* ---- a person goes -------------------------------------------------------------------------------- */

struct mentioning {
	struct held version;
	int64_t paragraph_id, review, review_until;
	bool stands;
};

static enum status load_mentioning(struct db_tx *tx, int64_t presence_id, struct array *ret,
                                   struct error *reterr)
{
	enum { MAX = 5000 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct mentioning *list = ARENA_ARRAY(db_tx_arena(tx), struct mentioning, MAX);
	size_t count = 0;

	enum status st =
	    db_query(db_tx_read(tx), &MENTIONING, DB_ARGS(DB_INT(presence_id)), &rows, reterr);
	if (st != OK)
		return st;
	while (count < MAX && db_next(&rows))
		list[count++] = (struct mentioning){ { db_int(&rows, 0), db_int(&rows, 1) },
			                             db_int(&rows, 2),
			                             db_int(&rows, 4),
			                             db_int(&rows, 5),
			                             db_int(&rows, 3) == 1 };
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

static enum status person_leaves(struct db_tx *tx, const struct mentioning *m, int64_t now_ms,
                                 struct error *reterr)
{
	const int32_t today = local_day(now_ms);
	const struct review_wish wish = { m->paragraph_id, REVIEW_PERSON_GOES,
		                          review_last_day(0, today) };

	if (!m->stands)
		return end_version(tx, &m->version, reterr);
	if ((m->review & REVIEW_PERSON_GOES) != 0 && m->review_until <= today)
		return paragraph_destroy(tx, m->paragraph_id, now_ms, reterr);
	return paragraph_put_up(tx, &wish, now_ms, reterr);
}

enum status analysis_forget_presence(struct db_tx *tx, int64_t presence_id, int64_t now_ms,
                                     struct error *reterr)
{
	struct array found = { 0 };
	enum status st = load_mentioning(tx, presence_id, &found, reterr);
	const struct mentioning *m = found.items;

	for (size_t i = 0; st == OK && i < found.count; i++)
		st = person_leaves(tx, &m[i], now_ms, reterr);
	return st;
}

/* ---- a casefile goes ------------------------------------------------------------------------------ */

static enum status some_paragraphs(struct db_tx *tx, int64_t casefile_id, int64_t ret[AT_ONCE],
                                   size_t *ret_count, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	enum status st =
	    db_query(db_tx_read(tx), &OF_CASEFILE, DB_ARGS(DB_INT(casefile_id)), &rows, reterr);

	*ret_count = 0;
	if (st != OK)
		return st;
	while (*ret_count < AT_ONCE && db_next(&rows))
		ret[(*ret_count)++] = db_int(&rows, 0);
	return db_rows_end(&rows, reterr);
}

enum status analysis_forget_casefile(struct db_tx *tx, int64_t casefile_id, int64_t now_ms,
                                     struct error *reterr)
{
	int64_t list[AT_ONCE];
	size_t count = AT_ONCE;
	enum status st = OK;

	while (st == OK && count == AT_ONCE) {
		st = some_paragraphs(tx, casefile_id, list, &count, reterr);
		for (size_t i = 0; st == OK && i < count; i++)
			st = paragraph_destroy(tx, list[i], now_ms, reterr);
	}
	return st;
}
