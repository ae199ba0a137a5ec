#include "weighing/attendance.h"

#include "access/access.h"
#include "platform/core/calendar.h"

#define PERSON_COLUMNS                                                                             \
	" p.full_name, w.short_name, o.on_behalf, v.presence, v.arrived_at, v.left_at, o.letter,"  \
	" a.state, a.until_day, a.ended_at"
#define IN_FORCE(today_, now_)                                                                     \
	" a.state = 2 AND a.from_day <= " today_ " AND (a.until_day = 0 OR a.until_day >= " today_ \
	")"                                                                                        \
	" AND (a.ended_at = 0 OR a.ended_at > " now_ ")"

static const struct db_stmt ATTENDEES = {
	"meeting_attendees", "i",
	"SELECT v.appointment_id, v.participant_id, v.organ_id," PERSON_COLUMNS
	" FROM meeting_invitation v"
	" JOIN appointment a ON a.id = v.appointment_id JOIN person p ON p.id = a.person_id"
	" JOIN participant w ON w.id = v.participant_id JOIN organ o ON o.id = v.organ_id"
	" WHERE v.meeting_id = $1 ORDER BY w.sort_key, o.letter, p.sort_key, v.appointment_id"
	" LIMIT 60"
};
static const struct db_stmt SPEAKERS = {
	"meeting_speakers", "i",
	"SELECT v.appointment_id, v.participant_id, o.id," PERSON_COLUMNS
	" FROM (SELECT appointment_id, organ_id FROM meeting_invitation WHERE meeting_id = $1"
	" UNION SELECT appointment_id, organ_id FROM meeting_voice WHERE meeting_id = $1) s"
	" JOIN meeting_invitation v ON v.meeting_id = $1 AND v.appointment_id = s.appointment_id"
	" JOIN appointment a ON a.id = v.appointment_id JOIN person p ON p.id = a.person_id"
	" JOIN participant w ON w.id = v.participant_id JOIN organ o ON o.id = s.organ_id"
	" ORDER BY w.sort_key, w.id, o.letter, o.id, p.sort_key, v.appointment_id LIMIT 60"
};
static const struct db_stmt CANDIDATES = {
	"meeting_candidates", "iii",
	"SELECT a.id, a.participant_id, a.organ_id, p.full_name, w.short_name, o.on_behalf, 0, 0, "
	"0,"
	" o.letter, a.state, a.until_day, a.ended_at"
	" FROM appointment a JOIN person p ON p.id = a.person_id"
	" JOIN participant w ON w.id = a.participant_id JOIN organ o ON o.id = a.organ_id"
	" WHERE a.role = $3 AND" IN_FORCE(
	    "$1", "$2") " ORDER BY w.sort_key, o.letter, p.sort_key, a.id LIMIT 60"
};
static const struct db_stmt ORGANS = {
	"meeting_organs", "i",
	"SELECT o.id, o.participant_id, o.on_behalf FROM organ o WHERE o.participant_id IN"
	" (SELECT participant_id FROM meeting_invitation WHERE meeting_id = $1)"
	" ORDER BY o.participant_id, o.letter, o.id LIMIT 200"
};
static const struct db_stmt PAUSES = {
	"meeting_pauses", "i",
	"SELECT began_at, ended_at FROM meeting_pause WHERE meeting_id = $1"
	" ORDER BY meeting_id, began_at LIMIT 50"
};
static const struct db_stmt INVITE = {
	"meeting_invite", "iiiii",
	"INSERT INTO meeting_invitation (meeting_id, appointment_id, participant_id, organ_id,"
	" invited_at) SELECT $1, a.id, a.participant_id, a.organ_id, $4 FROM appointment a"
	" WHERE a.id = $2 AND a.role = $5 AND a.organ_id IS NOT NULL AND" IN_FORCE(
	    "$3", "$4") " ON CONFLICT (meeting_id, appointment_id) DO NOTHING"
};
static const struct db_stmt IS_INVITED = {
	"meeting_is_invited", "ii",
	"SELECT 1 FROM meeting_invitation WHERE meeting_id = $1 AND appointment_id = $2"
};
static const struct db_stmt UNINVITE = {
	"meeting_uninvite", "ii",
	"DELETE FROM meeting_invitation WHERE meeting_id = $1 AND appointment_id = $2"
};
static const struct db_stmt SILENCE = {
	"meeting_silence", "ii",
	"DELETE FROM meeting_voice WHERE meeting_id = $1 AND appointment_id = $2"
};
static const struct db_stmt PRESENCE = {
	"meeting_presence", "iiii",
	"UPDATE meeting_invitation SET presence = $3,"
	" arrived_at = CASE WHEN $3 = 3 THEN 0 WHEN arrived_at = 0 THEN $4 ELSE arrived_at END,"
	" left_at = CASE WHEN $3 = 4 THEN $4 ELSE 0 END"
	" WHERE meeting_id = $1 AND appointment_id = $2 AND presence <> $3"
};
static const struct db_stmt SPEAK = {
	"meeting_speak", "iiiii",
	"INSERT INTO meeting_voice (meeting_id, appointment_id, organ_id, registered_by,"
	" registered_at) SELECT v.meeting_id, v.appointment_id, o.id, $4, $5"
	" FROM meeting_invitation v JOIN organ o ON o.participant_id = v.participant_id"
	" WHERE v.meeting_id = $1 AND v.appointment_id = $2 AND o.id = $3 AND v.organ_id <> o.id"
	" ON CONFLICT (meeting_id, appointment_id, organ_id) DO NOTHING"
};
static const struct db_stmt SPEAK_NOT = {
	"meeting_speak_not", "iii",
	"DELETE FROM meeting_voice WHERE meeting_id = $1 AND appointment_id = $2 AND organ_id = $3"
};

const struct db_stmt *const attendance_statements[] = {
	&ATTENDEES, &SPEAKERS, &CANDIDATES, &ORGANS, &PAUSES,    &INVITE, &IS_INVITED,
	&UNINVITE,  &SILENCE,  &PRESENCE,   &SPEAK,  &SPEAK_NOT, NULL,
};

/* ---- reading ------------------------------------------------------------------------------- */

bool attendee_is_gone(const struct attendee *who, int64_t now_ms)
{
	enum { IN_FORCE_STATE = 2 };
	return who->state != IN_FORCE_STATE ||
	       (who->until_day > 0 && who->until_day < local_day(now_ms)) ||
	       (who->ended_at > 0 && who->ended_at <= now_ms);
}

static struct attendee read_attendee(const struct db_rows *row, struct arena *a)
{
	return (struct attendee){
		.appointment_id = db_int(row, 0),
		.participant_id = db_int(row, 1),
		.organ_id = db_int(row, 2),
		.person = db_text(row, 3, a),
		.participant = db_text(row, 4, a),
		.on_behalf = db_text(row, 5, a),
		.presence = (int)db_int(row, 6),
		.arrived_at = db_int(row, 7),
		.left_at = db_int(row, 8),
		.letter = db_text(row, 9, a)[0],
		.state = db_int(row, 10),
		.until_day = db_int(row, 11),
		.ended_at = db_int(row, 12),
	};
}

static enum status people(struct db_read *r, const struct db_stmt *s, const struct db_value *args,
                          struct arena *a, struct array *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct attendee *list = ARENA_ARRAY(a, struct attendee, ATTENDEES_MAX);
	size_t count = 0;
	enum status st = db_query(r, s, args, &rows, reterr);

	if (st != OK)
		return st;
	while (count < ATTENDEES_MAX && db_next(&rows))
		list[count++] = read_attendee(&rows, a);
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

enum status attendee_list(struct db_read *r, int64_t meeting_id, struct arena *a, struct array *ret,
                          struct error *reterr)
{
	return people(r, &ATTENDEES, DB_ARGS(DB_INT(meeting_id)), a, ret, reterr);
}

enum status speaker_list(struct db_read *r, int64_t meeting_id, struct arena *a, struct array *ret,
                         struct error *reterr)
{
	return people(r, &SPEAKERS, DB_ARGS(DB_INT(meeting_id)), a, ret, reterr);
}

enum status candidate_list(struct db_read *r, int64_t today, int64_t now_ms, struct arena *a,
                           struct array *ret, struct error *reterr)
{
	return people(r, &CANDIDATES,
	              DB_ARGS(DB_INT(today), DB_INT(now_ms), DB_INT(ROLE_INFO_MEETING_MEMBER)), a,
	              ret, reterr);
}

enum status candidates_of_role(struct db_read *r, enum role role, int64_t now_ms, struct arena *a,
                               struct array *ret, struct error *reterr)
{
	return people(r, &CANDIDATES,
	              DB_ARGS(DB_INT(local_day(now_ms)), DB_INT(now_ms), DB_INT(role)), a, ret,
	              reterr);
}

enum status meeting_organs(struct db_read *r, int64_t meeting_id, struct arena *a,
                           struct array *ret, struct error *reterr)
{
	enum { ORGANS_MAX = 200 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct meeting_organ *list = ARENA_ARRAY(a, struct meeting_organ, ORGANS_MAX);
	size_t count = 0;
	enum status st = db_query(r, &ORGANS, DB_ARGS(DB_INT(meeting_id)), &rows, reterr);

	if (st != OK)
		return st;
	for (; count < ORGANS_MAX && db_next(&rows); count++)
		list[count] = (struct meeting_organ){ db_int(&rows, 0), db_int(&rows, 1),
			                              db_text(&rows, 2, a) };
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

enum status pause_list(struct db_read *r, int64_t meeting_id, struct arena *a, struct array *ret,
                       struct error *reterr)
{
	enum { PAUSES_MAX = 50 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct meeting_pause *list = ARENA_ARRAY(a, struct meeting_pause, PAUSES_MAX);
	size_t count = 0;
	enum status st = db_query(r, &PAUSES, DB_ARGS(DB_INT(meeting_id)), &rows, reterr);

	if (st != OK)
		return st;
	for (; count < PAUSES_MAX && db_next(&rows); count++)
		list[count] = (struct meeting_pause){ db_int(&rows, 0), db_int(&rows, 1) };
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

/* ---- writing ------------------------------------------------------------------------------- */

static enum status must_be_invited(struct db_tx *tx, int64_t meeting_id, int64_t appointment_id,
                                   struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st =
	    db_query(db_tx_read(tx), &IS_INVITED,
	             DB_ARGS(DB_INT(meeting_id), DB_INT(appointment_id)), &row, reterr);
	if (st != OK || db_next(&row))
		return st;
	return FAIL(reterr, ERR_INVALID, "Kies alleen mensen die nu lid zijn van het overleg.");
}

enum status meeting_invite(struct db_tx *tx, int64_t meeting_id, int64_t appointment_id,
                           int64_t now_ms, struct error *reterr)
{
	return meeting_invite_as(tx, ROLE_INFO_MEETING_MEMBER, meeting_id, appointment_id, now_ms,
	                         reterr);
}

enum status meeting_invite_as(struct db_tx *tx, enum role role, int64_t meeting_id,
                              int64_t appointment_id, int64_t now_ms, struct error *reterr)
{
	int64_t changed = 0;
	enum status st = db_exec(tx, &INVITE,
	                         DB_ARGS(DB_INT(meeting_id), DB_INT(appointment_id),
	                                 DB_INT(local_day(now_ms)), DB_INT(now_ms), DB_INT(role)),
	                         &changed, reterr);
	if (st != OK || changed == 1)
		return st;
	return must_be_invited(tx, meeting_id, appointment_id, reterr);
}

enum status meeting_uninvite(struct db_tx *tx, int64_t meeting_id, int64_t appointment_id,
                             struct error *reterr)
{
	const struct db_value *who = DB_ARGS(DB_INT(meeting_id), DB_INT(appointment_id));
	enum status st = db_exec(tx, &SILENCE, who, NULL, reterr);

	return st == OK ? db_exec(tx, &UNINVITE, who, NULL, reterr) : st;
}

enum status meeting_set_presence(struct db_tx *tx, int64_t meeting_id, int64_t appointment_id,
                                 int presence, int64_t now_ms, struct error *reterr)
{
	return db_exec(
	    tx, &PRESENCE,
	    DB_ARGS(DB_INT(meeting_id), DB_INT(appointment_id), DB_INT(presence), DB_INT(now_ms)),
	    NULL, reterr);
}

enum status meeting_set_voice(struct db_tx *tx, const struct voice *v, bool speaks,
                              int64_t by_appointment, int64_t now_ms, struct error *reterr)
{
	if (!speaks)
		return db_exec(
		    tx, &SPEAK_NOT,
		    DB_ARGS(DB_INT(v->meeting_id), DB_INT(v->appointment_id), DB_INT(v->organ_id)),
		    NULL, reterr);
	return db_exec(tx, &SPEAK,
	               DB_ARGS(DB_INT(v->meeting_id), DB_INT(v->appointment_id),
	                       DB_INT(v->organ_id), DB_INT(by_appointment), DB_INT(now_ms)),
	               NULL, reterr);
}
