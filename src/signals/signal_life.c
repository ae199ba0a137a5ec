#include "signals/signal_life.h"

#include <string.h>

#include "audit/action.h"
#include "platform/core/calendar.h"
#include "signals/signal_text.h"
#include "signals/signals.h"
#include "subjects/presence.h"
#include "work/work.h"

const struct code SIGNAL_LINKS[] = {
	{ LINK_DOUBLE, "DOUBLE", "Dubbel: gaat over hetzelfde" },
	{ LINK_RELATED, "RELATED", "Samenhang: heeft met elkaar te maken" },
	{ 0 },
};

/* 11: account manager; 2: in force; 5: an active account. */
#define HELPER_IN_FORCE                                                                            \
	" FROM appointment a JOIN person p ON p.id = a.person_id"                                  \
	" WHERE a.role = 11 AND a.state = 2 AND a.ended_at = 0 AND p.state = 5"
static const struct db_stmt HELPERS = {
	"signal_helpers", "ii",
	"SELECT a.id, p.full_name" HELPER_IN_FORCE " AND a.from_day <= $2"
	" AND (a.until_day = 0 OR a.until_day >= $2) AND EXISTS"
	" (SELECT 1 FROM appointment_municipality m WHERE m.appointment_id = a.id"
	" AND m.municipality_id = $1) ORDER BY p.sort_key, a.id LIMIT 100"
};
static const struct db_stmt HELPER_NOW = { "signal_helper_now", "i",
	                                   "SELECT a.id, p.full_name, s.helper_since FROM signal s"
	                                   " JOIN appointment a ON a.id = s.helper_appointment_id"
	                                   " JOIN person p ON p.id = a.person_id WHERE s.id = $1" };
static const struct db_stmt SET_HELPER = {
	"signal_set_helper", "iIi",
	"UPDATE signal SET helper_appointment_id = $2, helper_since = $3 WHERE id = $1"
};

static const struct db_stmt LINKS = {
	"signal_links", "iiiii",
	"SELECT s.id, l.linked_at, l.kind, s.reference, p.short_name,"
	" s.state, " SIGNAL_TITLE_COLUMNS
	" FROM (SELECT other_id AS id, kind, linked_at FROM signal_link WHERE signal_id = $1"
	" UNION ALL SELECT signal_id AS id, kind, linked_at FROM signal_link WHERE other_id = $1) l"
	" JOIN signal s ON s.id = l.id"
	" JOIN participant p ON p.id = s.participant_id" SIGNAL_TITLE_JOIN
	" WHERE EXISTS (SELECT 1 FROM signal_audience a WHERE a.id = s.id"
	" AND a.audience_id IN ($2, $3, $4, $5) AND a.state <> 10 AND a.state <> 11)"
	" ORDER BY l.linked_at DESC, s.id DESC LIMIT 100"
};
static const struct db_stmt UNLINK = {
	"signal_unlink", "ii",
	"DELETE FROM signal_link WHERE (signal_id = $1 AND other_id = $2)"
	" OR (signal_id = $2 AND other_id = $1)"
};
static const struct db_stmt LINK = {
	"signal_link_add", "iiiii",
	"INSERT INTO signal_link (signal_id, other_id, kind, linked_by, linked_at)"
	" VALUES ($1, $2, $3, $4, $5)"
};

/* $1-$4 audiences. 20 intake, 21 answer, 23 agenda: what the open task of such a state may be. */
static const struct db_stmt INTAKE = {
	"intake_rows", "iiii",
	"SELECT s.id, s.reference, s.state, s.theme, s.state_since, s.submitted_at, p.short_name,"
	" coalesce(m.name, ''), s.matched_at,"
	" coalesce((SELECT min(t.due_day) FROM task t WHERE t.object_kind = 10"
	" AND t.object_id = s.id AND t.done_at = 0 AND t.kind IN (20, 21, 23)), 0),"
	" (SELECT count(*) FROM presence n WHERE n.signal_id = s.id),"
	" (SELECT count(*) FROM signal_question q WHERE q.signal_id = s.id AND q.answered_at = 0),"
	" (SELECT count(*) FROM signal_link l WHERE l.signal_id = s.id OR l.other_id = s.id),"
	" coalesce((SELECT min(h.said_at) FROM signal_hit h WHERE h.signal_id = s.id"
	" AND h.reviewed_at = 0), 0),"
	" (SELECT count(*) FROM signal_text x WHERE x.signal_id = s.id AND x.part = 5),"
	" (SELECT count(*) FROM signal_text y WHERE y.signal_id = s.id AND y.part = 6),"
	" " SIGNAL_TITLE_COLUMNS " FROM (SELECT DISTINCT a.id FROM signal_audience a"
	" WHERE a.audience_id IN ($1, $2, $3, $4) AND a.state IN (2, 3, 4, 9)) u"
	" JOIN signal s ON s.id = u.id JOIN participant p ON p.id = s.participant_id"
	" LEFT JOIN municipality m ON m.id = s.municipality_id" SIGNAL_TITLE_JOIN
	" ORDER BY s.state_since, s.id LIMIT 1000"
};

static const struct db_stmt FEEDBACK_OPEN = {
	"signal_feedback_open", "iii",
	"INSERT INTO signal_feedback (signal_id, participant_id, decided_at, due_day)"
	" SELECT id, participant_id, $2, $3 FROM signal WHERE id = $1"
};
static const struct db_stmt TOLD = { "signal_told", "ii",
	                             "UPDATE signal SET told_at = $2 WHERE id = $1" };
static const struct db_stmt FEEDBACK_TOLD = {
	"signal_feedback_told", "ii",
	"UPDATE signal_feedback SET told_at = $2 WHERE signal_id = $1 AND told_at = 0"
};
static const struct db_stmt TOLD_WHOM = {
	"signal_told_whom", "i", "SELECT organ_id, reference, state FROM signal WHERE id = $1"
};
static const struct db_stmt FEEDBACK = {
	"signal_feedback_rows", "iii",
	"SELECT p.short_name, f.due_day, f.told_at FROM signal_feedback f"
	" JOIN participant p ON p.id = f.participant_id"
	" WHERE f.decided_at >= $2 AND f.decided_at < $3 AND ($1 = 0 OR f.participant_id = $1)"
	" ORDER BY p.sort_key, p.id, f.id LIMIT 100000"
};

const struct db_stmt *const signal_life_statements[] = {
	&HELPERS,       &HELPER_NOW, &SET_HELPER,    &LINKS,     &UNLINK,   &LINK, &INTAKE,
	&FEEDBACK_OPEN, &TOLD,       &FEEDBACK_TOLD, &TOLD_WHOM, &FEEDBACK, NULL,
};

#define OF(v)                                                                                      \
	DB_INT((v)->audiences[0]), DB_INT((v)->audiences[1]), DB_INT((v)->audiences[2]),           \
	    DB_INT((v)->audiences[3])

/* ---- a helper ------------------------------------------------------------------------------------- */

enum status signal_helpers(struct db_read *r, int64_t municipality_id, int64_t day, struct arena *a,
                           struct array *ret, struct error *reterr)
{
	enum { MAX = 100 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct signal_helper *list = ARENA_ARRAY(a, struct signal_helper, MAX);
	size_t count = 0;

	enum status st =
	    db_query(r, &HELPERS, DB_ARGS(DB_INT(municipality_id), DB_INT(day)), &rows, reterr);
	while (st == OK && count < MAX && db_next(&rows))
		list[count++] = (struct signal_helper){ db_int(&rows, 0), db_text(&rows, 1, a), 0 };
	*ret = (struct array){ list, count };
	return st == OK ? db_rows_end(&rows, reterr) : st;
}

enum status signal_helper_now(struct db_read *r, int64_t signal_id, struct arena *a,
                              struct signal_helper *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(r, &HELPER_NOW, DB_ARGS(DB_INT(signal_id)), &row, reterr);

	*ret = (struct signal_helper){ .name = "" };
	if (st != OK)
		return st;
	if (db_next(&row))
		*ret =
		    (struct signal_helper){ db_int(&row, 0), db_text(&row, 1, a), db_int(&row, 2) };
	return db_rows_end(&row, reterr);
}

enum status signal_set_helper(struct db_tx *tx, int64_t signal_id, const char *reference,
                              int64_t appointment_id, int64_t now_ms, struct error *reterr)
{
	const struct work_news news = { .at = now_ms,
		                        .kind = NEWS_SIGNAL_INVITED,
		                        .object_kind = OBJECT_SIGNAL,
		                        .object_id = signal_id,
		                        .reference = reference };
	enum status st = db_exec(tx, &SET_HELPER,
	                         DB_ARGS(DB_INT(signal_id),
	                                 appointment_id != 0 ? DB_INT(appointment_id) : DB_NULL,
	                                 DB_INT(appointment_id != 0 ? now_ms : 0)),
	                         NULL, reterr);

	if (st == OK)
		st = signal_refer(tx, signal_id, reterr);
	if (st != OK || appointment_id == 0)
		return st;
	return work_tell(tx, audience_of(AUDIENCE_APPOINTMENT, appointment_id), &news, reterr);
}

/* ---- links ---------------------------------------------------------------------------------------- */

enum status signal_links(struct db_read *r, struct keyring *k, const struct viewer *viewer,
                         int64_t signal_id, struct arena *a, struct array *ret,
                         struct error *reterr)
{
	enum { MAX = 100, TITLE = 6 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct signal_link *list = ARENA_ARRAY(a, struct signal_link, MAX);
	size_t count = 0;

	enum status st = db_query(r, &LINKS, DB_ARGS(DB_INT(signal_id), OF(viewer)), &rows, reterr);
	while (st == OK && count < MAX && db_next(&rows)) {
		const struct sealed_title title = signal_title_read(&rows, TITLE, a);
		struct signal_link *l = &list[count++];
		*l = (struct signal_link){ .other_id = db_int(&rows, 0),
			                   .linked_at = db_int(&rows, 1),
			                   .kind = (int)db_int(&rows, 2),
			                   .reference = db_text(&rows, 3, a),
			                   .participant = db_text(&rows, 4, a),
			                   .state = (uint8_t)db_int(&rows, 5) };
		st = signal_title_open(k, &title, a, &l->title, reterr);
	}
	*ret = (struct array){ list, count };
	return st == OK ? db_rows_end(&rows, reterr) : st;
}

enum status signal_set_link(struct db_tx *tx, const struct signal_linking *l, struct error *reterr)
{
	enum status st =
	    db_exec(tx, &UNLINK, DB_ARGS(DB_INT(l->signal_id), DB_INT(l->other_id)), NULL, reterr);

	if (st != OK || l->kind == 0)
		return st;
	return db_exec(tx, &LINK,
	               DB_ARGS(DB_INT(l->signal_id), DB_INT(l->other_id), DB_INT(l->kind),
	                       DB_INT(l->appointment_id), DB_INT(l->now_ms)),
	               NULL, reterr);
}

/* ---- the inbox -------------------------------------------------------------------------------------- */

static struct intake_row intake_row(const struct db_rows *rows, struct arena *a)
{
	return (struct intake_row){
		.id = db_int(rows, 0),
		.reference = db_text(rows, 1, a),
		.state = (uint8_t)db_int(rows, 2),
		.theme = (int)db_int(rows, 3),
		.since = db_int(rows, 4),
		.submitted_at = db_int(rows, 5),
		.participant = db_text(rows, 6, a),
		.municipality = db_text(rows, 7, a),
		.matched = db_int(rows, 8) != 0,
		.due_day = db_int(rows, 9),
		.subjects = db_int(rows, 10),
		.open_questions = db_int(rows, 11),
		.links = db_int(rows, 12),
		.hits_since = db_int(rows, 13),
		.tried = db_int(rows, 14) > 0,
		.effect = db_int(rows, 15) > 0,
	};
}

enum status intake_rows(struct db_read *r, struct keyring *k, const struct viewer *viewer,
                        struct arena *a, struct array *ret, struct error *reterr)
{
	enum { TITLE = 16 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct intake_row *list = ARENA_ARRAY(a, struct intake_row, INTAKE_ROWS_MAX);
	size_t count = 0;

	enum status st = db_query(r, &INTAKE, DB_ARGS(OF(viewer)), &rows, reterr);
	while (st == OK && count < INTAKE_ROWS_MAX && db_next(&rows)) {
		const struct sealed_title title = signal_title_read(&rows, TITLE, a);
		list[count] = intake_row(&rows, a);
		st = signal_title_open(k, &title, a, &list[count].title, reterr);
		count++;
	}
	*ret = (struct array){ list, count };
	return st == OK ? db_rows_end(&rows, reterr) : st;
}

/* ---- hearing back ------------------------------------------------------------------------------------- */

enum status signal_feedback_open(struct db_tx *tx, int64_t signal_id, int64_t now_ms,
                                 struct error *reterr)
{
	const int64_t due = working_days_add(local_day(now_ms), FEEDBACK_WORKING_DAYS, NULL);

	return db_exec(tx, &FEEDBACK_OPEN, DB_ARGS(DB_INT(signal_id), DB_INT(now_ms), DB_INT(due)),
	               NULL, reterr);
}

static enum status tell_organ(struct db_tx *tx, int64_t signal_id, int64_t now_ms,
                              struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st =
	    db_query(db_tx_read(tx), &TOLD_WHOM, DB_ARGS(DB_INT(signal_id)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st != OK)
		return st;
	const int64_t organ = db_int(&row, 0);
	const bool over = signal_is_over((uint8_t)db_int(&row, 2));
	struct work_news news = { .at = now_ms,
		                  .kind = NEWS_SIGNAL_OUTCOME,
		                  .object_kind = OBJECT_SIGNAL,
		                  .object_id = signal_id,
		                  .reference = db_text(&row, 1, db_tx_arena(tx)) };
	db_rows_close(&row);
	st = work_tell(tx, audience_of(AUDIENCE_ORGAN, organ), &news, reterr);
	if (over) /* and out of the desk's sight */
		news.kind = NEWS_SIGNAL_OVER_TOLD;
	return st == OK ? work_tell(tx, audience_of(AUDIENCE_ORGAN_DESK, organ), &news, reterr)
	                : st;
}

enum status signal_told(struct db_tx *tx, int64_t signal_id, int64_t now_ms, struct error *reterr)
{
	static const struct db_stmt *const BOTH[] = { &TOLD, &FEEDBACK_TOLD };
	const struct db_value *args = DB_ARGS(DB_INT(signal_id), DB_INT(now_ms));
	enum status st = OK;

	for (size_t i = 0; st == OK && i < sizeof BOTH / sizeof BOTH[0]; i++)
		st = db_exec(tx, BOTH[i], args, NULL, reterr);
	return st == OK ? tell_organ(tx, signal_id, now_ms, reterr) : st;
}

static void count_feedback(struct feedback_share *s, int64_t due_day, int64_t told_at)
{
	s->decided++;
	if (told_at == 0)
		s->waiting++;
	else if (local_day(told_at) <= due_day)
		s->in_time++;
	else
		s->late++;
}

enum status signal_feedback(struct db_read *r, int64_t participant_id, int64_t from_ms,
                            int64_t until_ms, struct arena *a, struct array *ret,
                            struct error *reterr)
{
	enum { MAX = 500 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct feedback_share *list = ARENA_ARRAY(a, struct feedback_share, MAX);
	size_t count = 0;

	enum status st = db_query(
	    r, &FEEDBACK, DB_ARGS(DB_INT(participant_id), DB_INT(from_ms), DB_INT(until_ms)), &rows,
	    reterr);
	while (st == OK && db_next(&rows)) {
		const char *name = db_text(&rows, 0, a);
		if (count == 0 || strcmp(list[count - 1].participant, name) != 0) {
			if (count == MAX)
				break;
			list[count++] = (struct feedback_share){ .participant = name };
		}
		count_feedback(&list[count - 1], db_int(&rows, 1), db_int(&rows, 2));
	}
	*ret = (struct array){ list, count };
	return st == OK && count < MAX ? db_rows_end(&rows, reterr) : st;
}
