#include "learning/learning.h"

enum { INSTRUMENTS_MAX = 200, LESSONS_MAX = 20 };

#define LIKE " ($1 = 0 OR theme = $1) AND ($2 = 0 OR instrument = $2) AND ($3 = 0 OR barrier = $3)"
static const struct db_stmt USES = { "learning_uses", "iii",
	                             "SELECT instrument, count(*) FROM intervention_statistic"
	                             " WHERE transition = 9 AND" LIKE
	                             " GROUP BY instrument ORDER BY instrument" };
static const struct db_stmt EFFECTS = {
	"learning_effects", "iii",
	"SELECT instrument, count(*), sum(CASE WHEN effect >= 2 THEN 1 ELSE 0 END)"
	" FROM effect_assessment e WHERE" LIKE " AND NOT EXISTS (SELECT 1 FROM effect_assessment l"
	" WHERE l.intervention_id = e.intervention_id AND l.months > e.months)"
	" GROUP BY instrument ORDER BY instrument"
};
static const struct db_stmt LEARNT = {
	"learning_lessons", "iii",
	"SELECT instrument, theme, effect, months, assessed_at, lessons FROM effect_assessment"
	" WHERE lessons <> '' AND" LIKE " ORDER BY assessed_at DESC, id DESC LIMIT 20"
};
static const struct db_stmt CLOSINGS = {
	"learning_closings", "iii",
	"SELECT l.theme, l.closed_at, l.worked, l.failed, l.next_time FROM casefile_lesson l"
	" WHERE ($1 = 0 OR l.theme = $1) AND (($2 = 0 AND $3 = 0) OR EXISTS (SELECT 1"
	" FROM casefile_lesson_instrument i WHERE i.lesson_id = l.id"
	" AND ($2 = 0 OR i.instrument = $2) AND ($3 = 0 OR i.barrier = $3)))"
	" ORDER BY l.closed_at DESC, l.id DESC LIMIT 20"
};
static const struct db_stmt ADD = {
	"learning_closing_add", "ittti",
	"INSERT INTO casefile_lesson (theme, crime_form, variant, municipality_id, worked, failed,"
	" next_time, closed_at) SELECT c.theme, c.crime_form, c.variant,"
	" CASE WHEN m.inhabitants >= 20000 THEN m.id ELSE NULL END, $2, $3, $4, $5"
	" FROM casefile c LEFT JOIN municipality m ON m.id = c.municipality_id WHERE c.id = $1"
	" RETURNING id"
};
static const struct db_stmt ADD_INSTRUMENTS = {
	"learning_closing_instruments", "ii",
	"INSERT INTO casefile_lesson_instrument (lesson_id, instrument, barrier)"
	" SELECT DISTINCT $1, q.instrument, q.barrier FROM intervention q"
	" WHERE q.casefile_id = $2 AND q.state IN (9, 10, 11, 12)"
};

const struct db_stmt *const learning_statements[] = {
	&USES, &EFFECTS, &LEARNT, &CLOSINGS, &ADD, &ADD_INSTRUMENTS, NULL,
};

#define LIKENESS(l) DB_ARGS(DB_INT((l)->theme), DB_INT((l)->instrument), DB_INT((l)->barrier))

static struct experience *row_of(struct experience *list, size_t *count, int64_t instrument)
{
	for (size_t i = 0; i < *count; i++)
		if (list[i].instrument == instrument)
			return &list[i];
	list[*count] = (struct experience){ .instrument = instrument };
	return &list[(*count)++];
}

enum status experiences(struct db_read *r, const struct alike *like, struct arena *a,
                        struct array *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows uses = { 0 };
	AUTO(db_rows_close) struct db_rows effects = { 0 };
	struct experience *list = ARENA_ARRAY(a, struct experience, 2 * INSTRUMENTS_MAX);
	size_t count = 0;

	enum status st = db_query(r, &USES, LIKENESS(like), &uses, reterr);
	while (st == OK && count < INSTRUMENTS_MAX && db_next(&uses))
		row_of(list, &count, db_int(&uses, 0))->uses = db_int(&uses, 1);
	if (st == OK)
		st = db_rows_end(&uses, reterr);
	if (st == OK)
		st = db_query(r, &EFFECTS, LIKENESS(like), &effects, reterr);
	while (st == OK && count < 2 * INSTRUMENTS_MAX - 1 && db_next(&effects)) {
		struct experience *e = row_of(list, &count, db_int(&effects, 0));
		e->assessed = db_int(&effects, 1);
		e->helped = db_int(&effects, 2);
	}
	*ret = (struct array){ list, count };
	return st == OK ? db_rows_end(&effects, reterr) : st;
}

enum status learnt_lessons(struct db_read *r, const struct alike *like, struct arena *a,
                           struct array *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct learnt *list = ARENA_ARRAY(a, struct learnt, LESSONS_MAX);
	size_t count = 0;

	const enum status st = db_query(r, &LEARNT, LIKENESS(like), &rows, reterr);
	if (st != OK)
		return st;
	while (count < LESSONS_MAX && db_next(&rows))
		list[count++] =
		    (struct learnt){ db_int(&rows, 0), db_int(&rows, 1), db_int(&rows, 2),
			             db_int(&rows, 3), db_int(&rows, 4), db_text(&rows, 5, a) };
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

enum status closing_lessons(struct db_read *r, const struct alike *like, struct arena *a,
                            struct array *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct closing_lesson *list = ARENA_ARRAY(a, struct closing_lesson, LESSONS_MAX);
	size_t count = 0;

	const enum status st = db_query(r, &CLOSINGS, LIKENESS(like), &rows, reterr);
	if (st != OK)
		return st;
	while (count < LESSONS_MAX && db_next(&rows))
		list[count++] = (struct closing_lesson){ db_int(&rows, 0), db_int(&rows, 1),
			                                 db_text(&rows, 2, a), db_text(&rows, 3, a),
			                                 db_text(&rows, 4, a) };
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

enum status closing_lesson_add(struct db_tx *tx, int64_t casefile_id,
                               const struct closing_lesson *lesson, struct error *reterr)
{
	int64_t id = 0;
	enum status st =
	    db_insert(tx, &ADD,
	              DB_ARGS(DB_INT(casefile_id), DB_TEXT(lesson->worked), DB_TEXT(lesson->failed),
	                      DB_TEXT(lesson->next_time), DB_INT(lesson->at)),
	              &id, reterr);

	return st == OK ? db_exec(tx, &ADD_INSTRUMENTS, DB_ARGS(DB_INT(id), DB_INT(casefile_id)),
	                          NULL, reterr)
	                : st;
}
