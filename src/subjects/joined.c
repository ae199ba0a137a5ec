#include "subjects/joined.h"
#include "platform/crypto/stored.h"

#include "subjects/presence.h"

/* The same as JOINED_WITH_1 wherever they stand: clocks don't stop at the edge of a casefile. */
#define SAME_EVERYWHERE                                                                            \
	"WITH RECURSIVE same (id) AS (SELECT p.id FROM presence p WHERE p.id = $1 UNION"           \
	" SELECT j.one_id + j.other_id - s.id FROM same s"                                         \
	" JOIN judgement j ON (j.one_id = s.id OR j.other_id = s.id)"                              \
	" WHERE j.kind = 1 AND j.state = 2) "

static const struct db_stmt KEEP_OWN = {
	"joined_keep_own", "i",
	SAME_EVERYWHERE "UPDATE presence SET own_clock = first_processed_at WHERE own_clock = 0"
			" AND first_processed_at > 0 AND id IN (SELECT same.id FROM same)"
};
static const struct db_stmt EARLIEST = {
	"joined_earliest", "i",
	SAME_EVERYWHERE "UPDATE presence SET first_processed_at = (SELECT min(q.own_clock)"
			" FROM presence q WHERE q.own_clock > 0 AND q.id IN (SELECT same.id"
			" FROM same)) WHERE own_clock > 0 AND id IN (SELECT same.id FROM same)"
};
static const struct db_stmt LET_GO = {
	"joined_let_go", "i",
	"UPDATE presence SET own_clock = first_processed_at WHERE own_clock > 0 AND id IN"
	" (SELECT j.one_id + j.other_id - $1 FROM judgement j WHERE (j.one_id = $1"
	" OR j.other_id = $1) AND j.kind = 1 AND j.state = 2)"
};
static const struct db_stmt JOINS = {
	"casefile_joins", "i",
	"SELECT j.uuid, j.state, j.judged_at, a.full_name, coalesce(b.full_name, ''), j.reason,"
	" p.id, p.number, p.key_id, p.uuid, q.id, q.number, q.key_id, q.uuid, j.second_reason"
	" FROM presence p JOIN judgement j ON j.one_id = p.id JOIN presence q ON q.id = j.other_id"
	" AND q.casefile_id = p.casefile_id JOIN appointment x ON x.id = j.judged_by"
	" JOIN person a ON a.id = x.person_id LEFT JOIN appointment y ON y.id = j.second_by"
	" LEFT JOIN person b ON b.id = y.person_id WHERE p.casefile_id = $1 AND j.kind = 1"
	" AND j.state IN (1, 2) ORDER BY j.id LIMIT 2000"
};

const struct db_stmt *const joined_statements[] = { &KEEP_OWN, &EARLIEST, &LET_GO, &JOINS, NULL };

/* ---- one clock -------------------------------------------------------------------------------- */

enum status joined_settle(struct db_tx *tx, int64_t presence_id, struct error *reterr)
{
	enum status st = db_exec(tx, &KEEP_OWN, DB_ARGS(DB_INT(presence_id)), NULL, reterr);

	return st == OK ? db_exec(tx, &EARLIEST, DB_ARGS(DB_INT(presence_id)), NULL, reterr) : st;
}

enum status joined_let_go(struct db_tx *tx, int64_t presence_id, struct error *reterr)
{
	return db_exec(tx, &LET_GO, DB_ARGS(DB_INT(presence_id)), NULL, reterr);
}

/* ---- read together ---------------------------------------------------------------------------- */

struct join_row {
	struct casefile_join join;
	struct standing_judgement judgement;
	struct judged_side one, other;
};

/* From this column on: id, number, key, uuid. */
static struct judged_side side_at(const struct db_rows *row, int column)
{
	return (struct judged_side){ .id = db_int(row, column),
		                     .key_id = db_int(row, column + 2),
		                     .uuid = uuid_stored(row, column + 3) };
}

static struct join_row read_join(const struct db_rows *row, struct arena *a)
{
	enum { REASON = 5, ONE = 6, OTHER = 10, SECOND_REASON = 14 };
	struct join_row to = { .judgement = { .uuid = uuid_stored(row, 0) },
		               .one = side_at(row, ONE),
		               .other = side_at(row, OTHER) };

	to.judgement.reason = db_bytes(row, REASON, a, &to.judgement.reason_len);
	if (!db_is_null(row, SECOND_REASON))
		to.judgement.second_reason =
		    db_bytes(row, SECOND_REASON, a, &to.judgement.second_reason_len);
	to.join = (struct casefile_join){ .one_id = to.one.id,
		                          .other_id = to.other.id,
		                          .one = db_int(row, ONE + 1),
		                          .other = db_int(row, OTHER + 1),
		                          .waits = db_int(row, 1) == JUDGEMENT_WAITS,
		                          .judged_at = db_int(row, 2),
		                          .judge = db_text(row, 3, a),
		                          .second = db_text(row, 4, a),
		                          .reason = "",
		                          .second_reason = "" };
	return to;
}

static enum status read_joins(struct db_read *r, int64_t casefile_id, struct arena *a,
                              struct array *ret, struct error *reterr)
{
	enum { MAX = SUBJECTS_MAX };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct join_row *list = NULL;
	size_t count = 0;

	enum status st = db_query(r, &JOINS, DB_ARGS(DB_INT(casefile_id)), &rows, reterr);
	while (st == OK && count < MAX && db_next(&rows)) {
		if (list == NULL)
			list = ARENA_ARRAY(a, struct join_row, MAX);
		list[count++] = read_join(&rows, a);
	}
	*ret = (struct array){ list, count };
	return st == OK ? db_rows_end(&rows, reterr) : st;
}

static enum status open_reasons(struct db_read *r, struct keyring *k, struct join_row *row,
                                struct arena *a, struct error *reterr)
{
	struct judgement_words words;
	const enum status st =
	    judgement_open(r, k, &row->judgement, &row->one, &row->other, a, &words, reterr);

	if (st == OK) {
		row->join.reason = words.reason;
		row->join.second_reason = words.second_reason != NULL ? words.second_reason : "";
	}
	return st;
}

enum status casefile_joins(struct db_read *r, struct keyring *k, int64_t casefile_id,
                           struct arena *a, struct array *ret, struct error *reterr)
{
	struct array rows = { 0 };
	enum status st = read_joins(r, casefile_id, a, &rows, reterr);
	struct join_row *from = rows.items;
	struct casefile_join *to = ARENA_ARRAY(a, struct casefile_join, rows.count + 1);
	size_t count = 0;

	for (size_t i = 0; st == OK && i < rows.count; i++) {
		struct join_row *row = &from[i];
		if (!row->join.waits)
			st = open_reasons(r, k, row, a, reterr);
		if (st == ERR_NOT_FOUND) { /* one of the two was forgotten */
			st = OK;
			continue;
		}
		to[count++] = row->join;
	}
	*ret = (struct array){ to, count };
	return st;
}

bool joined_numbers(struct array joins, int64_t one, int64_t other)
{
	enum { AT_ONCE = SUBJECTS_MAX };
	const struct casefile_join *j = joins.items;
	int64_t reached[AT_ONCE] = { one };
	size_t count = 1;

	for (size_t i = 0; i < count; i++)
		for (size_t n = 0; n < joins.count; n++) {
			const int64_t next = j[n].one == reached[i]     ? j[n].other
			                     : j[n].other == reached[i] ? j[n].one
			                                                : 0;
			bool known = next == 0 || j[n].waits;
			for (size_t k = 0; !known && k < count; k++)
				known = reached[k] == next;
			if (!known && count < AT_ONCE)
				reached[count++] = next;
		}
	for (size_t i = 1; i < count; i++)
		if (reached[i] == other)
			return true;
	return false;
}
