#include "casework/take_in.h"

#include "audit/action.h"
#include "casework/casefile_index.h"
#include "casework/casework_parts.h"
#include "work/work.h"

#define COLUMNS                                                                                    \
	"SELECT c.id, c.version, c.state, c.reference, (SELECT count(*) FROM casefile_organ o"     \
	" WHERE o.casefile_id = c.id) FROM casefile c"
#define NOT_BLOCKED(person)                                                                        \
	" AND NOT EXISTS (SELECT 1 FROM casefile_block k WHERE k.casefile_id = c.id"               \
	" AND k.person_id = " person " AND k.lifted_at = 0)"

static const struct db_stmt SUPPLEMENTED = {
	"casefile_supplemented", "ii",
	COLUMNS " JOIN signal s ON s.supplements_id = c.id WHERE s.id = $1" NOT_BLOCKED("$2")
};
static const struct db_stmt NAMED = {
	"casefile_target_named", "tiiiiii",
	COLUMNS " WHERE c.reference = $1 AND (EXISTS (SELECT 1 FROM signal s WHERE s.id = $2"
		" AND s.supplements_id = c.id) OR EXISTS (SELECT 1 FROM casefile_audience a"
		" WHERE a.id = c.id AND a.audience_id IN ($4, $5, $6, $7)))" NOT_BLOCKED("$3")
};
static const struct db_stmt ADD_SIGNAL = {
	"take_in_signal", "iii",
	"INSERT INTO casefile_signal (casefile_id, signal_id, linked_at) VALUES ($1, $2, $3)"
	" ON CONFLICT (casefile_id, signal_id) DO NOTHING"
};
static const struct db_stmt ADD_ORGAN = {
	"take_in_organ", "iii",
	"INSERT INTO casefile_organ (casefile_id, organ_id, added_at) VALUES ($1, $2, $3)"
	" ON CONFLICT (casefile_id, organ_id) DO NOTHING"
};
static const struct db_stmt MEMBERS = {
	"take_in_members", "ii",
	"SELECT appointment_id FROM casefile_member WHERE casefile_id = $1"
	" AND appointment_id <> $2 ORDER BY appointment_id LIMIT 60"
};

/* 11, 19: OBJECT_SUBJECT, OBJECT_CASEFILE_TASK. */
static const struct db_stmt FOLLOW = {
	"casefile_tasks_follow", "it",
	"UPDATE task SET reference = $2, casefile_id = $1 WHERE done_at = 0 AND ((object_kind = 11 "
	"AND object_id IN"
	" (SELECT p.id FROM presence p WHERE p.casefile_id = $1)) OR (object_kind = 19"
	" AND object_id IN (SELECT t.id FROM casefile_task t WHERE t.casefile_id = $1)))"
};

/* 25: OBJECT_REQUEST, which keeps its own number. */
static const struct db_stmt FOLLOW_ASKED = {
	"casefile_asked_follow", "i",
	"UPDATE task SET casefile_id = $1 WHERE done_at = 0 AND object_kind = 25 AND object_id IN"
	" (SELECT q.id FROM information_request q WHERE q.casefile_id = $1)"
};

const struct db_stmt *const take_in_statements[] = { &SUPPLEMENTED, &NAMED,   &ADD_SIGNAL,
	                                             &ADD_ORGAN,    &MEMBERS, &FOLLOW,
	                                             &FOLLOW_ASKED, NULL };

static enum status read_target(struct db_rows *row, enum status st, struct arena *a,
                               struct casefile_target *ret, struct error *reterr)
{
	if (st == OK)
		st = db_one(row, reterr);
	if (st == OK)
		*ret = (struct casefile_target){ .id = db_int(row, 0),
			                         .version = db_int(row, 1),
			                         .state = (uint8_t)db_int(row, 2),
			                         .reference = db_text(row, 3, a),
			                         .organs = db_int(row, 4) };
	return st;
}

enum status casefile_supplemented(struct db_read *r, const struct viewer *viewer, int64_t signal_id,
                                  struct arena *a, struct casefile_target *ret,
                                  struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	const enum status st = db_query(
	    r, &SUPPLEMENTED, DB_ARGS(DB_INT(signal_id), DB_INT(viewer->person_id)), &row, reterr);

	return read_target(&row, st, a, ret, reterr);
}

enum status casefile_target_named(struct db_read *r, const struct viewer *viewer, int64_t signal_id,
                                  const char *reference, struct arena *a,
                                  struct casefile_target *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	const audience *of = viewer->audiences;
	const enum status st =
	    db_query(r, &NAMED,
	             DB_ARGS(DB_TEXT(reference), DB_INT(signal_id), DB_INT(viewer->person_id),
	                     DB_INT(of[0]), DB_INT(of[1]), DB_INT(of[2]), DB_INT(of[3])),
	             &row, reterr);

	return read_target(&row, st, a, ret, reterr);
}

struct verdict casefile_takes_in(uint8_t state)
{
	if (casefile_is_live(state) || state == CASEFILE_CLOSED)
		return verdict_yes();
	return verdict_no(NULL, NULL, "Deze casus is gestopt of gearchiveerd.",
	                  "Maak van dit signaal een nieuwe casus.");
}

enum status casefile_tell_members(struct db_tx *tx, const struct casefile_writer *w, int news_kind,
                                  const char *reference, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	const struct work_news news = { .at = w->now_ms,
		                        .kind = news_kind,
		                        .object_kind = OBJECT_CASEFILE,
		                        .object_id = w->casefile_id,
		                        .reference = reference };
	int64_t members[CASEFILE_MEMBERS_MAX];
	size_t count = 0;

	enum status st = db_query(
	    db_tx_read(tx), &MEMBERS,
	    DB_ARGS(DB_INT(w->casefile_id), DB_INT(w->viewer->appointment_id)), &rows, reterr);
	while (st == OK && count < CASEFILE_MEMBERS_MAX && db_next(&rows))
		members[count++] = db_int(&rows, 0);
	if (st == OK)
		st = db_rows_end(&rows, reterr);
	db_rows_close(&rows); /* a second statement runs when the first is done */
	for (size_t i = 0; st == OK && i < count; i++)
		st = work_tell(tx, audience_of(AUDIENCE_APPOINTMENT, members[i]), &news, reterr);
	return st;
}

enum status casefile_tasks_follow(struct db_tx *tx, int64_t id, const char *reference,
                                  struct error *reterr)
{
	const enum status st =
	    db_exec(tx, &FOLLOW, DB_ARGS(DB_INT(id), DB_TEXT(reference)), NULL, reterr);

	return st == OK ? db_exec(tx, &FOLLOW_ASKED, DB_ARGS(DB_INT(id)), NULL, reterr) : st;
}

/* Closed: by the only move that goes back. */
static enum status take_up_again(struct db_tx *tx, const struct casefile_taking *t,
                                 struct error *reterr)
{
	struct casefile_picture picture = { 0 };
	enum status st = casefile_picture_load(db_tx_read(tx), t->into.id, &picture, reterr);

	picture.signal_adopted = true;
	const struct casefile_moving m = { .who = { t->into.id, NULL, t->now_ms },
		                           .action = CASEFILE_TAKE_UP_AGAIN,
		                           .picture = &picture };
	return st == OK ? casefile_move(tx, &m, reterr) : st;
}

static enum status add_parts(struct db_tx *tx, const struct casefile_taking *t,
                             struct error *reterr)
{
	const int64_t id = t->into.id;
	enum status st =
	    db_exec(tx, &ADD_SIGNAL, DB_ARGS(DB_INT(id), DB_INT(t->signal_id), DB_INT(t->now_ms)),
	            NULL, reterr);

	for (size_t i = 0; st == OK && i < t->organ_count; i++)
		st = db_exec(tx, &ADD_ORGAN,
		             DB_ARGS(DB_INT(id), DB_INT(t->organs[i]), DB_INT(t->now_ms)), NULL,
		             reterr);
	return st == OK ? subjects_carry_put(tx, id, &t->subjects, t->now_ms, reterr) : st;
}

enum status casefile_take_in(struct db_tx *tx, const struct casefile_taking *t,
                             struct error *reterr)
{
	const struct casefile_writer w = { t->into.id, t->viewer, t->now_ms };
	const struct verdict v = casefile_takes_in(t->into.state);
	const bool closed = t->into.state == CASEFILE_CLOSED;
	const char *reference = NULL;

	if (!verdict_allows(v))
		return FAIL(reterr, ERR_CONFLICT, "%s", v.sentence);
	enum status st = db_claim(tx, &CASEFILE_ROOT, t->into.id, t->into.version, reterr);
	if (st == OK && closed)
		st = take_up_again(tx, t, reterr);
	if (st == OK)
		st = add_parts(tx, t, reterr);
	if (st == OK)
		st = casefile_history_put(tx, &w, CASEFILE_SUPPLEMENTED,
		                          closed ? CASEFILE_OPEN : t->into.state, reterr);
	if (st == OK)
		st = casefile_readers_changed(tx, t->into.id, &reference, reterr);
	if (st == OK)
		st = casefile_words_changed(tx, t->into.id, reterr);
	return st == OK ? casefile_tell_members(
			      tx, &w, closed ? NEWS_CASEFILE_TAKEN_UP : NEWS_CASEFILE_SUPPLEMENTED,
			      reference, reterr)
	                : st;
}
