#include "steering/guest.h"

#include "access/access.h"
#include "platform/core/calendar.h"

/* One row a point of a guest; taken off (5) is gone. */
static const struct db_stmt GUESTS = {
	"steering_guests", "i",
	"SELECT g.guest_id, coalesce(g.person_id, 0), coalesce(t.id, 0) FROM steering_guest g"
	" LEFT JOIN steering_guest_point q ON q.guest_id = g.guest_id"
	" LEFT JOIN steering_point t ON t.id = q.point_id AND t.state <> 5"
	" WHERE g.meeting_id = $1 ORDER BY g.guest_id, t.id LIMIT 1200"
};
/* Of a meeting that is planned (1) or open (2), a point that wasn't taken off. */
static const struct db_stmt AUDIENCES = {
	"steering_guest_audiences", "i",
	"SELECT u.audience_id FROM steering_point_audience u JOIN steering_point t ON t.id = u.id"
	" JOIN meeting m ON m.id = t.meeting_id WHERE u.id = $1 AND t.state <> 5"
	" AND m.state IN (1, 2) GROUP BY u.audience_id ORDER BY u.audience_id LIMIT 160"
};
static const struct db_stmt READERS = {
	"steering_guest_readers", "i",
	"SELECT u.audience_id FROM steering_point_audience u JOIN steering_guest g"
	" ON g.guest_id = u.guest_id WHERE g.meeting_id = $1"
	" GROUP BY u.audience_id ORDER BY u.audience_id LIMIT 160"
};
static const struct db_stmt ACCOUNT = {
	"steering_guest_account", "tii",
	"SELECT a.person_id, a.id, a.role FROM person p JOIN appointment a ON a.person_id = p.id"
	" WHERE p.email = $1 AND a.state = 2 AND a.from_day <= $2"
	" AND (a.until_day = 0 OR a.until_day >= $2) AND (a.ended_at = 0 OR a.ended_at > $3)"
	" ORDER BY a.id LIMIT 40"
};
static const struct db_stmt BLOCKED = {
	"steering_guest_blocked", "ii",
	"SELECT count(*) FROM casefile_block k WHERE k.person_id = $1 AND k.casefile_id = $2"
	" AND k.lifted_at = 0"
};
static const struct db_stmt PUT = {
	"steering_guest_put", "iiI",
	"INSERT INTO steering_guest (guest_id, meeting_id, person_id) VALUES ($1, $2, $3)"
};
static const struct db_stmt PUT_POINT = {
	"steering_guest_point_put", "ii",
	"INSERT INTO steering_guest_point (guest_id, point_id) VALUES ($1, $2)"
};
static const struct db_stmt PUT_AUDIENCE = {
	"steering_point_audience_put", "iii",
	"INSERT INTO steering_point_audience (audience_id, id, guest_id) VALUES ($1, $2, $3)"
};
static const struct db_stmt FIND = {
	"steering_guest_find", "ii",
	"SELECT guest_id FROM steering_guest WHERE guest_id = $1 AND meeting_id = $2"
};
static const struct db_stmt DROP_AUDIENCES = {
	"steering_guest_audiences_drop", "i",
	"DELETE FROM steering_point_audience WHERE guest_id = $1"
};
static const struct db_stmt DROP_POINTS = {
	"steering_guest_points_drop", "i", "DELETE FROM steering_guest_point WHERE guest_id = $1"
};
static const struct db_stmt DROP = { "steering_guest_drop", "i",
	                             "DELETE FROM steering_guest WHERE guest_id = $1" };

/* Of meetings that ended before $1: closed (3), called off (4), signed off (6). */
#define ENDED                                                                                      \
	" WHERE guest_id IN (SELECT g.guest_id FROM steering_guest g JOIN meeting m"               \
	" ON m.id = g.meeting_id WHERE m.state IN (3, 4, 6) AND m.closed_at < $1)"
static const struct db_stmt FORGET_AUDIENCES = { "steering_guest_audiences_forget", "i",
	                                         "DELETE FROM steering_point_audience" ENDED };
static const struct db_stmt FORGET_PERSONS = { "steering_guest_persons_forget", "i",
	                                       "UPDATE steering_guest SET person_id = NULL" ENDED
	                                       " AND person_id IS NOT NULL" };

const struct db_stmt *const steering_guest_statements[] = {
	&FORGET_AUDIENCES, &FORGET_PERSONS, &GUESTS,  &AUDIENCES,
	&READERS,          &ACCOUNT,        &BLOCKED, &PUT,
	&PUT_POINT,        &PUT_AUDIENCE,   &FIND,    &DROP_AUDIENCES,
	&DROP_POINTS,      &DROP,           NULL,
};

/* ---- reading ----------------------------------------------------------------------------------- */

static struct steering_guest *guest_numbered(struct steering_guest *list, size_t count, int64_t id)
{
	for (size_t i = 0; i < count; i++)
		if (list[i].id == id)
			return &list[i];
	return NULL;
}

static enum status read_points(struct db_read *r, int64_t meeting_id, struct arena *a,
                               struct steering_guest *list, size_t count, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	const enum status st = db_query(r, &GUESTS, DB_ARGS(DB_INT(meeting_id)), &rows, reterr);

	if (st != OK)
		return st;
	while (db_next(&rows)) {
		struct steering_guest *g = guest_numbered(list, count, db_int(&rows, 0));
		const int64_t point = db_int(&rows, 2);
		if (g == NULL)
			continue;
		g->person_id = db_int(&rows, 1);
		if (g->points.items == NULL)
			g->points.items = ARENA_ARRAY(a, int64_t, POINTS_MAX);
		if (point != 0 && g->points.count < POINTS_MAX)
			((int64_t *)g->points.items)[g->points.count++] = point;
	}
	return db_rows_end(&rows, reterr);
}

enum status steering_guests(struct db_read *r, struct keyring *k, int64_t meeting_id,
                            struct arena *a, struct array *ret, struct error *reterr)
{
	struct array named = { 0 };
	enum status st = guest_list(r, k, meeting_id, a, &named, reterr);
	const struct guest *from = named.items;
	struct steering_guest *to = ARENA_ARRAY(a, struct steering_guest, named.count + 1);

	for (size_t i = 0; st == OK && i < named.count; i++)
		to[i] = (struct steering_guest){ .id = from[i].id,
			                         .name = from[i].name,
			                         .organisation = from[i].organisation,
			                         .remote = from[i].remote };
	*ret = (struct array){ to, named.count };
	return st == OK && named.count > 0 ? read_points(r, meeting_id, a, to, named.count, reterr)
	                                   : st;
}

static enum status audiences(struct db_read *r, const struct db_stmt *s, int64_t id,
                             struct arena *a, struct array *ret, struct error *reterr)
{
	enum { MAX = GUESTS_MAX * GUEST_APPOINTMENTS_MAX };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	audience *list = ARENA_ARRAY(a, audience, MAX);
	size_t count = 0;
	const enum status st = db_query(r, s, DB_ARGS(DB_INT(id)), &rows, reterr);

	if (st != OK)
		return st;
	while (count < MAX && db_next(&rows))
		list[count++] = db_int(&rows, 0);
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

enum status guest_audiences(struct db_read *r, int64_t point_id, struct arena *a, struct array *ret,
                            struct error *reterr)
{
	return audiences(r, &AUDIENCES, point_id, a, ret, reterr);
}

enum status guest_readers(struct db_read *r, int64_t meeting_id, struct arena *a, struct array *ret,
                          struct error *reterr)
{
	return audiences(r, &READERS, meeting_id, a, ret, reterr);
}

enum status guest_account_load(struct db_read *r, const char *email, int64_t now_ms,
                               struct guest_account *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	const enum status st = db_query(
	    r, &ACCOUNT, DB_ARGS(DB_TEXT(email), DB_INT(local_day(now_ms)), DB_INT(now_ms)), &rows,
	    reterr);

	*ret = (struct guest_account){ 0 };
	if (st != OK)
		return st;
	while (ret->count < GUEST_APPOINTMENTS_MAX && db_next(&rows)) {
		if (!access_permits((enum role)db_int(&rows, 2), PERM_STEERING_POINT))
			continue;
		ret->person_id = db_int(&rows, 0);
		ret->appointments[ret->count++] = db_int(&rows, 1);
	}
	return ret->count < GUEST_APPOINTMENTS_MAX ? db_rows_end(&rows, reterr) : OK;
}

enum status guest_is_blocked(struct db_read *r, int64_t person_id, int64_t casefile_id, bool *ret,
                             struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st =
	    db_query(r, &BLOCKED, DB_ARGS(DB_INT(person_id), DB_INT(casefile_id)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	*ret = st == OK && db_int(&row, 0) > 0;
	return st;
}

/* ---- inside a job ------------------------------------------------------------------------------- */

static enum status put_point(struct db_tx *tx, const struct steering_guest_new *n, int64_t guest_id,
                             int64_t point_id, struct error *reterr)
{
	enum status st =
	    db_exec(tx, &PUT_POINT, DB_ARGS(DB_INT(guest_id), DB_INT(point_id)), NULL, reterr);

	for (size_t i = 0; st == OK && i < n->account.count; i++)
		st = db_exec(
		    tx, &PUT_AUDIENCE,
		    DB_ARGS(DB_INT(audience_of(AUDIENCE_APPOINTMENT, n->account.appointments[i])),
		            DB_INT(point_id), DB_INT(guest_id)),
		    NULL, reterr);
	return st;
}

enum status steering_guest_put(struct db_tx *tx, const struct steering_guest_new *n,
                               struct error *reterr)
{
	int64_t id = 0;
	enum status st = guest_put(tx, &n->guest, &id, reterr);

	if (st == OK)
		st = db_exec(
		    tx, &PUT,
		    DB_ARGS(DB_INT(id), DB_INT(n->guest.meeting_id),
		            n->account.person_id != 0 ? DB_INT(n->account.person_id) : DB_NULL),
		    NULL, reterr);
	for (size_t i = 0; st == OK && i < n->point_count; i++)
		st = put_point(tx, n, id, n->points[i], reterr);
	return st;
}

enum status steering_guest_remove(struct db_tx *tx, int64_t meeting_id, int64_t guest_id,
                                  struct error *reterr)
{
	static const struct db_stmt *const PARTS[] = { &DROP_AUDIENCES, &DROP_POINTS, &DROP };
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(db_tx_read(tx), &FIND,
	                          DB_ARGS(DB_INT(guest_id), DB_INT(meeting_id)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	db_rows_close(&row);
	for (size_t i = 0; st == OK && i < sizeof PARTS / sizeof PARTS[0]; i++)
		st = db_exec(tx, PARTS[i], DB_ARGS(DB_INT(guest_id)), NULL, reterr);
	return st == OK ? guest_remove(tx, meeting_id, guest_id, reterr) : st;
}

/* ---- forgetting ---------------------------------------------------------------------------------- */

struct forgetting {
	int64_t before_ms, count;
};

static enum status forget(struct db_tx *tx, void *args, struct error *reterr)
{
	struct forgetting *f = args;
	const enum status st =
	    db_exec(tx, &FORGET_AUDIENCES, DB_ARGS(DB_INT(f->before_ms)), NULL, reterr);

	return st == OK
	           ? db_exec(tx, &FORGET_PERSONS, DB_ARGS(DB_INT(f->before_ms)), &f->count, reterr)
	           : st;
}

enum status steering_forget_guests(struct db *db, int64_t now_ms, int64_t *ret_count,
                                   struct error *reterr)
{
	struct forgetting f = { .before_ms = now_ms - ANNEX_DAYS * INT64_C(86400000) };
	struct db_job job = { .run = forget, .args = &f, .lane = LANE_BULK };
	const enum status st = db_run(db, &job, reterr);

	*ret_count = f.count;
	return st;
}
