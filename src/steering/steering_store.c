#include "steering/steering_store.h"

#include "platform/crypto/stored.h"
#include "steering/guest.h"

const struct db_root POINT_ROOT = DB_ROOT(32, steering_point);

#define MEETING_COLUMNS                                                                            \
	"SELECT m.id, m.version, m.reference, m.place, m.kind, m.state, m.starts_at, m.opened_at," \
	" m.closed_at, coalesce(m.chair_id, 0), coalesce(p.full_name, ''),"                        \
	" coalesce((SELECT c.person_id FROM appointment c WHERE c.id = m.closed_by), 0), m.live,"  \
	" coalesce(m.point_now, 0)"                                                                \
	" FROM meeting m LEFT JOIN appointment a ON a.id = m.chair_id"                             \
	" LEFT JOIN person p ON p.id = a.person_id WHERE m.kind IN (2, 3)"
/* $1 appointment, $2 1: oversees all */
#define MAY_OPEN                                                                                   \
	" AND ($2 = 1 OR EXISTS (SELECT 1 FROM meeting_invitation v WHERE v.meeting_id = m.id"     \
	" AND v.appointment_id = $1))"

/* $3, $4 the place: starts_at, reference; $5 rows. */
static const struct db_stmt LIST_OLDER = {
	"gathering_list_older", "iiiti",
	MEETING_COLUMNS MAY_OPEN
	" AND (m.starts_at < $3 OR (m.starts_at = $3 AND m.reference < $4))"
	" ORDER BY m.starts_at DESC, m.reference DESC LIMIT $5"
};
static const struct db_stmt LIST_NEWER = {
	"gathering_list_newer", "iiiti",
	MEETING_COLUMNS MAY_OPEN
	" AND (m.starts_at > $3 OR (m.starts_at = $3 AND m.reference > $4))"
	" ORDER BY m.starts_at, m.reference LIMIT $5"
};
static const struct db_stmt LOAD = { "gathering_load", "iit",
	                             MEETING_COLUMNS MAY_OPEN " AND m.reference = $3" };
static const struct db_stmt NEXT = { "gathering_next", "i",
	                             MEETING_COLUMNS
	                             " AND m.kind = 2 AND m.state IN (1, 2) AND m.id <> $1"
	                             " ORDER BY m.starts_at, m.id LIMIT 100" };
/* Signed points are counted for nothing; taken off (5) is gone. */
static const struct db_stmt PICTURE = {
	"gathering_picture", "i",
	"SELECT (SELECT count(*) FROM steering_point WHERE meeting_id = m.id AND state <> 5),"
	" (SELECT count(*) FROM steering_point WHERE meeting_id = m.id AND state = 1),"
	" (SELECT count(*) FROM steering_point WHERE meeting_id = m.id AND state = 2),"
	" (SELECT count(*) FROM meeting_invitation WHERE meeting_id = m.id AND presence = 0),"
	" (SELECT count(*) FROM meeting_invitation WHERE meeting_id = m.id AND presence IN (1, 2)),"
	" (SELECT count(*) FROM meeting_invitation WHERE meeting_id = m.id AND presence IN (1, 2)"
	" AND appointment_id = m.chair_id) FROM meeting m WHERE m.id = $1"
};
static const struct db_stmt SEATS = {
	"steering_seats", "i",
	"SELECT v.appointment_id, v.organ_id, coalesce(a.deputy_for, 0), v.presence,"
	" v.participant_id, a.state, a.until_day, a.ended_at, p.full_name, w.short_name,"
	" o.on_behalf FROM meeting_invitation v JOIN appointment a ON a.id = v.appointment_id"
	" JOIN person p ON p.id = a.person_id JOIN participant w ON w.id = v.participant_id"
	" JOIN organ o ON o.id = v.organ_id WHERE v.meeting_id = $1"
	" ORDER BY w.sort_key, o.letter, o.id, p.sort_key, v.appointment_id LIMIT 60"
};

/* $1 meeting, $2 person, $3 participant, $4 1: oversees all. A report is for everybody invited. */
#define POINT_COLUMNS                                                                              \
	"SELECT t.id, t.version, t.meeting_id, coalesce(t.casefile_id, 0), coalesce(c.version, "   \
	"0),"                                                                                      \
	" t.advice_id, t.place, c.uuid, t.name, coalesce(c.reference, ''), coalesce(g.name, ''),"  \
	" t.kind, coalesce(c.theme, 0), coalesce(c.variant, 0), t.state, coalesce(c.state, 0),"    \
	" t.prepared_at, t.signed_at, coalesce(b.person_id, 0), coalesce(bp.full_name, ''),"       \
	" coalesce(sp.full_name, ''), d.uuid, coalesce(d.edition, 0) FROM steering_point t"        \
	" LEFT JOIN casefile c ON c.id = t.casefile_id LEFT JOIN advice d ON d.id = t.advice_id"   \
	" LEFT JOIN municipality g ON g.id = c.municipality_id"                                    \
	" LEFT JOIN appointment b ON b.id = t.prepared_by"                                         \
	" LEFT JOIN person bp ON bp.id = b.person_id"                                              \
	" LEFT JOIN appointment s ON s.id = t.signed_by LEFT JOIN person sp ON sp.id = "           \
	"s.person_id"
#define NOT_BLOCKED                                                                                \
	" NOT EXISTS (SELECT 1 FROM casefile_block k WHERE k.casefile_id = c.id"                   \
	" AND k.person_id = $2 AND k.lifted_at = 0)"
#define INVOLVED                                                                                   \
	" EXISTS (SELECT 1 FROM casefile_organ x JOIN organ o ON o.id = x.organ_id"                \
	" WHERE x.casefile_id = c.id AND o.participant_id = $3)"
/* Stopped (10) and archived (11) are shielded. */
static const struct db_stmt POINTS = {
	"steering_points", "iiii",
	POINT_COLUMNS " WHERE t.meeting_id = $1 AND t.state <> 5 AND (t.casefile_id IS NULL OR"
		      " (c.state < 10 AND" NOT_BLOCKED " AND ($4 = 1 OR" INVOLVED
		      "))) ORDER BY t.place, t.id LIMIT 60"
};
/* $1 meeting, $2 person, $3 the audience of his appointment. While it is planned (1) or open (2). */
static const struct db_stmt GUEST_POINTS = {
	"steering_guest_points", "iii",
	POINT_COLUMNS
	" WHERE t.meeting_id = $1 AND t.state <> 5 AND c.state < 10 AND EXISTS (SELECT 1"
	" FROM steering_point_audience u WHERE u.audience_id = $3 AND u.id = t.id)"
	" AND EXISTS (SELECT 1 FROM meeting m WHERE m.id = t.meeting_id AND m.state IN (1, 2))"
	" AND" NOT_BLOCKED " ORDER BY t.place, t.id LIMIT 60"
};
static const struct db_stmt GUEST_MEETING = {
	"steering_guest_meeting", "it",
	MEETING_COLUMNS
	" AND m.reference = $2 AND EXISTS (SELECT 1 FROM steering_guest g"
	" JOIN steering_point_audience u ON u.guest_id = g.guest_id WHERE g.meeting_id = m.id"
	" AND u.audience_id = $1)"
};
/* The secretary's: what waits and is on no agenda. AT_STEERING (5), EVALUATION (8). */
static const struct db_stmt CANDIDATES = {
	"steering_candidates", "ii",
	"SELECT 0, 0, 0, c.id, c.version, coalesce((SELECT d.id FROM advice d"
	" WHERE d.casefile_id = c.id AND d.state = 3), $1), 0, c.uuid, c.reference, c.reference,"
	" coalesce(g.name, ''), CASE WHEN c.state = 5 THEN 1 WHEN c.state = 8 THEN 3 ELSE 2 END,"
	" c.theme, c.variant, 0, c.state, c.state_since, 0, 0, '', '',"
	" NULL, 0"
	" FROM casefile c LEFT JOIN municipality g ON g.id = c.municipality_id"
	" WHERE c.state IN (5, 6, 7, 8) AND" NOT_BLOCKED
	" AND NOT EXISTS (SELECT 1 FROM steering_point t WHERE t.casefile_id = c.id"
	" AND t.state IN (1, 2)) ORDER BY c.state, c.state_since, c.id LIMIT 200"
};

const struct db_stmt *const steering_statements[] = {
	&LIST_OLDER, &LIST_NEWER,   &LOAD,          &NEXT,       &PICTURE, &SEATS,
	&POINTS,     &GUEST_POINTS, &GUEST_MEETING, &CANDIDATES, NULL,
};

bool oversees_steering(enum role role)
{
	return role == ROLE_STEERING_SECRETARY || role == ROLE_RIEC_HEAD;
}

/* ---- meetings -------------------------------------------------------------------------------- */

static struct gathering read_gathering(const struct db_rows *row, struct arena *a)
{
	const uint8_t state = (uint8_t)db_int(row, 5);

	return (struct gathering){
		.id = db_int(row, 0),
		.version = db_int(row, 1),
		.reference = db_text(row, 2, a),
		.place = db_text(row, 3, a),
		.kind = (enum meeting_kind)db_int(row, 4),
		.state = state,
		.starts_at = db_int(row, 6),
		.opened_at = db_int(row, 7),
		.closed_at = db_int(row, 8),
		.chair_id = db_int(row, 9),
		.chair = db_text(row, 10, a),
		.closer_person_id = db_int(row, 11),
		.live = db_int(row, 12),
		.point_now = db_int(row, 13),
	};
}

static enum status gatherings(struct db_read *r, const struct db_stmt *s,
                              const struct db_value *args, int64_t max, struct arena *a,
                              struct array *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct gathering *list = ARENA_ARRAY(a, struct gathering, (size_t)max + 1);
	size_t count = 0;
	enum status st = db_query(r, s, args, &rows, reterr);

	if (st != OK)
		return st;
	while (count < (size_t)max && db_next(&rows))
		list[count++] = read_gathering(&rows, a);
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

enum status gathering_list(struct db_read *r, const struct gathering_query *q, struct arena *a,
                           struct array *ret, struct error *reterr)
{
	return gatherings(r, q->backward ? &LIST_NEWER : &LIST_OLDER,
	                  DB_ARGS(DB_INT(q->viewer->appointment_id),
	                          DB_INT(oversees_steering(q->viewer->role)), DB_INT(q->starts_at),
	                          DB_TEXT(q->reference), DB_INT(q->limit)),
	                  q->limit, a, ret, reterr);
}

enum status gathering_next(struct db_read *r, int64_t but_id, struct arena *a, struct array *ret,
                           struct error *reterr)
{
	return gatherings(r, &NEXT, DB_ARGS(DB_INT(but_id)), MEETINGS_MAX, a, ret, reterr);
}

enum status gathering_load(struct db_read *r, const struct viewer *viewer, const char *reference,
                           struct arena *a, struct gathering *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st =
	    db_query(r, &LOAD,
	             DB_ARGS(DB_INT(viewer->appointment_id),
	                     DB_INT(oversees_steering(viewer->role)), DB_TEXT(reference)),
	             &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st == OK)
		*ret = read_gathering(&row, a);
	return st;
}

enum status gathering_picture_load(struct db_read *r, const struct gathering *m,
                                   const struct viewer *viewer, struct steering_picture *ret,
                                   struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(r, &PICTURE, DB_ARGS(DB_INT(m->id)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st != OK)
		return st;
	const bool mandate = m->kind == MEETING_MANDATE;
	*ret = (struct steering_picture){
		.mandate = mandate,
		.points = db_int(&row, 0),
		.waiting = db_int(&row, 1),
		.ready = db_int(&row, 2),
		.presence_unsaid = db_int(&row, 3),
		.present = db_int(&row, 4),
		.chair_named = m->chair_id != 0,
		.chair_present = mandate || db_int(&row, 5) > 0,
		.acts_as_chair = m->chair_id != 0 && m->chair_id == viewer->appointment_id,
		.other_person = m->closer_person_id != viewer->person_id,
	};
	return OK;
}

enum status seat_list(struct db_read *r, int64_t meeting_id, struct arena *a, struct array *ret,
                      struct error *reterr)
{
	enum { SEATS_MAX = 60 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct steering_seat *list = ARENA_ARRAY(a, struct steering_seat, SEATS_MAX);
	size_t count = 0;
	enum status st = db_query(r, &SEATS, DB_ARGS(DB_INT(meeting_id)), &rows, reterr);

	if (st != OK)
		return st;
	while (count < SEATS_MAX && db_next(&rows))
		list[count++] = (struct steering_seat){
			.seat = { db_int(&rows, 0), db_int(&rows, 1), db_int(&rows, 2),
			          (int)db_int(&rows, 3) },
			.participant_id = db_int(&rows, 4),
			.state = db_int(&rows, 5),
			.until_day = db_int(&rows, 6),
			.ended_at = db_int(&rows, 7),
			.person = db_text(&rows, 8, a),
			.participant = db_text(&rows, 9, a),
			.on_behalf = db_text(&rows, 10, a),
		};
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

/* ---- points ------------------------------------------------------------------------------------ */

static struct steering_point read_point(const struct db_rows *row, struct arena *a)
{
	struct steering_point p = {
		.id = db_int(row, 0),
		.version = db_int(row, 1),
		.meeting_id = db_int(row, 2),
		.casefile_id = db_int(row, 3),
		.casefile_version = db_int(row, 4),
		.advice_id = db_int(row, 5),
		.place = db_int(row, 6),
		.name = db_text(row, 8, a),
		.casefile = db_text(row, 9, a),
		.municipality = db_text(row, 10, a),
		.kind = (int)db_int(row, 11),
		.theme = (int)db_int(row, 12),
		.variant = (int)db_int(row, 13),
		.state = (uint8_t)db_int(row, 14),
		.casefile_state = (uint8_t)db_int(row, 15),
		.prepared_at = db_int(row, 16),
		.signed_at = db_int(row, 17),
		.preparer_person_id = db_int(row, 18),
		.preparer = db_text(row, 19, a),
		.signer = db_text(row, 20, a),
	};
	p.casefile_uuid = uuid_stored(row, 7);
	p.advice_uuid = uuid_stored(row, 21);
	p.advice_edition = db_int(row, 22);
	return p;
}

static enum status points(struct db_read *r, const struct db_stmt *s, const struct db_value *args,
                          size_t max, struct arena *a, struct array *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct steering_point *list = ARENA_ARRAY(a, struct steering_point, max);
	size_t count = 0;
	enum status st = db_query(r, s, args, &rows, reterr);

	if (st != OK)
		return st;
	while (count < max && db_next(&rows))
		list[count++] = read_point(&rows, a);
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

enum status point_list(struct db_read *r, const struct viewer *viewer, const struct gathering *m,
                       struct arena *a, struct array *ret, struct error *reterr)
{
	return points(r, &POINTS,
	              DB_ARGS(DB_INT(m->id), DB_INT(viewer->person_id),
	                      DB_INT(viewer->participant_id),
	                      /* who chairs signs every point of his meeting (decisions 5) */
	                      DB_INT(oversees_steering(viewer->role) ||
	                             m->chair_id == viewer->appointment_id)),
	              POINTS_MAX, a, ret, reterr);
}

enum status point_candidates(struct db_read *r, const struct viewer *viewer, struct arena *a,
                             struct array *ret, struct error *reterr)
{
	enum { CANDIDATES_MAX = 200 };
	return points(r, &CANDIDATES, DB_ARGS(DB_INT(0), DB_INT(viewer->person_id)), CANDIDATES_MAX,
	              a, ret, reterr);
}

static audience own_audience(const struct viewer *viewer)
{
	return audience_of(AUDIENCE_APPOINTMENT, viewer->appointment_id);
}

enum status guest_points(struct db_read *r, const struct viewer *viewer, int64_t meeting_id,
                         struct arena *a, struct array *ret, struct error *reterr)
{
	return points(
	    r, &GUEST_POINTS,
	    DB_ARGS(DB_INT(meeting_id), DB_INT(viewer->person_id), DB_INT(own_audience(viewer))),
	    POINTS_MAX, a, ret, reterr);
}

enum status guest_gathering(struct db_read *r, const struct viewer *viewer, const char *reference,
                            struct arena *a, struct gathering *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st =
	    db_query(r, &GUEST_MEETING, DB_ARGS(DB_INT(own_audience(viewer)), DB_TEXT(reference)),
	             &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st == OK)
		*ret = read_gathering(&row, a);
	return st;
}
