#include "subjects/presence_end.h"

#include "subjects/joined.h"

static const struct db_stmt KEY = { "presence_end_key", "i",
	                            "SELECT key_id FROM presence WHERE id = $1" };
static const struct db_stmt DROP_FACTS = {
	"presence_end_facts", "i",
	"DELETE FROM fact WHERE presence_id = $1 OR other_presence_id = $1"
};
static const struct db_stmt DROP_TOKENS = { "presence_end_tokens", "i",
	                                    "DELETE FROM identifier_token WHERE presence_id = $1" };
/* Nobody else gets this number: what was written about it would be about him. */
static const struct db_stmt KEEP_NUMBER = {
	"presence_end_number", "i",
	"UPDATE casefile SET last_number = (SELECT CASE WHEN p.number > casefile.last_number"
	" THEN p.number ELSE casefile.last_number END FROM presence p WHERE p.id = $1)"
	" WHERE id = (SELECT p.casefile_id FROM presence p WHERE p.id = $1)"
};
static const struct db_stmt DROP = { "presence_end", "i", "DELETE FROM presence WHERE id = $1" };
static const struct db_stmt OF_CASEFILE = {
	"presence_end_of_casefile", "i",
	"SELECT id FROM presence WHERE casefile_id = $1 ORDER BY id LIMIT 100"
};
#define STANDS " AND NOT EXISTS (SELECT 1 FROM fact_correction k WHERE k.fact_id = f.id)"
/* 2: direct circle, 1: main. */
static const struct db_stmt ASTRAY = {
	"presence_end_astray", "ii",
	"SELECT p.id FROM presence p WHERE (p.signal_id = $1 OR p.casefile_id = $2)"
	" AND p.role = 2 AND NOT EXISTS (SELECT 1 FROM fact f JOIN presence q"
	" ON q.id = f.other_presence_id WHERE f.presence_id = p.id AND q.role = 1" STANDS ")"
	" AND NOT EXISTS (SELECT 1 FROM fact f JOIN presence q ON q.id = f.presence_id"
	" WHERE f.other_presence_id = p.id AND q.role = 1" STANDS ") ORDER BY p.id LIMIT 100"
};
/* $4 the kind that has no clock: a place. */
static const struct db_stmt AGEING = {
	"presence_end_ageing", "iiii",
	"SELECT p.id, p.first_processed_at, coalesce(p.signal_id, 0), coalesce(p.casefile_id, 0),"
	" coalesce(c.reference, s.reference, ''), coalesce((SELECT min(w.days)"
	" FROM presence_warning w WHERE w.presence_id = p.id), 0) FROM presence p"
	" LEFT JOIN casefile c ON c.id = p.casefile_id LEFT JOIN signal s ON s.id = p.signal_id"
	" WHERE p.first_processed_at > 0 AND p.first_processed_at < $1"
	" AND (p.first_processed_at, p.id) > ($2, $3) AND p.kind <> $4"
	" ORDER BY p.first_processed_at, p.id LIMIT 100"
};
static const struct db_stmt WARNED = {
	"presence_end_warned", "iii",
	"INSERT INTO presence_warning (presence_id, days, warned_at) SELECT p.id, $2, $3"
	" FROM presence p WHERE p.id = $1 ON CONFLICT (presence_id, days) DO NOTHING"
};

const struct db_stmt *const presence_end_statements[] = { &KEY,         &DROP_FACTS, &DROP_TOKENS,
	                                                  &KEEP_NUMBER, &DROP,       &OF_CASEFILE,
	                                                  &ASTRAY,      &AGEING,     &WARNED,
	                                                  NULL };

static enum status key_of(struct db_tx *tx, int64_t presence_id, int64_t *ret, bool *ret_there,
                          struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(db_tx_read(tx), &KEY, DB_ARGS(DB_INT(presence_id)), &row, reterr);

	*ret_there = st == OK && db_next(&row);
	if (*ret_there)
		*ret = db_int(&row, 0);
	return st == OK ? db_rows_end(&row, reterr) : st;
}

enum status presence_forget(struct db_tx *tx, int64_t presence_id, struct error *reterr)
{
	static const struct db_stmt *const STEPS[] = { &DROP_FACTS, &DROP_TOKENS, &KEEP_NUMBER,
		                                       &DROP };
	int64_t key_id = 0;
	bool there = false;

	enum status st = key_of(tx, presence_id, &key_id, &there, reterr);
	if (st != OK || !there)
		return st;
	st = joined_let_go(tx, presence_id, reterr);
	for (size_t i = 0; st == OK && i < sizeof STEPS / sizeof STEPS[0]; i++)
		st = db_exec(tx, STEPS[i], DB_ARGS(DB_INT(presence_id)), NULL, reterr);
	if (st == OK)
		st = key_destroy(tx, key_id, reterr);
	return st == ERR_NOT_FOUND ? OK : st; /* a forgotten key was forgotten before */
}

static enum status ids(struct db_read *r, const struct db_stmt *s, const struct db_value *args,
                       struct arena *a, struct array *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	int64_t *list = ARENA_ARRAY(a, int64_t, SUBJECTS_MAX);
	size_t count = 0;

	enum status st = db_query(r, s, args, &rows, reterr);
	if (st != OK)
		return st;
	while (count < SUBJECTS_MAX && db_next(&rows))
		list[count++] = db_int(&rows, 0);
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

enum status presences_of_casefile(struct db_read *r, int64_t casefile_id, struct arena *a,
                                  struct array *ret, struct error *reterr)
{
	return ids(r, &OF_CASEFILE, DB_ARGS(DB_INT(casefile_id)), a, ret, reterr);
}

enum status presences_astray(struct db_read *r, int64_t signal_id, int64_t casefile_id,
                             struct arena *a, struct array *ret, struct error *reterr)
{
	return ids(r, &ASTRAY, DB_ARGS(DB_INT(signal_id), DB_INT(casefile_id)), a, ret, reterr);
}

enum status presences_ageing(struct db_read *r, int64_t before_ms,
                             const struct ageing_presence *after, struct arena *a,
                             struct array *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct ageing_presence *list =
	    ARENA_ARRAY(a, struct ageing_presence, PRESENCES_AGEING_AT_ONCE);
	size_t count = 0;

	enum status st = db_query(r, &AGEING,
	                          DB_ARGS(DB_INT(before_ms), DB_INT(after->first_processed_at),
	                                  DB_INT(after->id), DB_INT(SUBJECT_PLACE)),
	                          &rows, reterr);
	if (st != OK)
		return st;
	while (count < PRESENCES_AGEING_AT_ONCE && db_next(&rows))
		list[count++] = (struct ageing_presence){
			.id = db_int(&rows, 0),
			.first_processed_at = db_int(&rows, 1),
			.signal_id = db_int(&rows, 2),
			.casefile_id = db_int(&rows, 3),
			.reference = db_text(&rows, 4, a),
			.warned = db_int(&rows, 5),
		};
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

enum status presence_warned(struct db_tx *tx, int64_t presence_id, int days, int64_t now_ms,
                            bool *ret_first, struct error *reterr)
{
	int64_t changed = 0;
	enum status st =
	    db_exec(tx, &WARNED, DB_ARGS(DB_INT(presence_id), DB_INT(days), DB_INT(now_ms)),
	            &changed, reterr);

	*ret_first = st == OK && changed == 1;
	return st;
}
