#include "steering/steering_check.h"

#include "casework/casefile_seers.h"
#include "casework/casework.h"
#include "people/holder.h"
#include "steering/guest.h"
#include "steering/steering_store.h"

/* ---- the rules ------------------------------------------------------------------------------- */

/* As gathering_load() decides it. */
const char *steering_why_meeting(const struct viewer *v, const void *facts)
{
	const audience invited = audience_of(AUDIENCE_MEETING, *(const int64_t *)facts);

	if (oversees_steering(v->role))
		return "Ziet elke vergadering door deze rol.";
	for (size_t i = 0; i < v->audience_count; i++)
		if (v->audiences[i] == invited)
			return "Is uitgenodigd voor de vergadering.";
	return NULL;
}

/* As guest_points() decides it. */
static bool is_guest(const struct viewer *v, const struct steering_point_facts *f)
{
	const audience own = audience_of(AUDIENCE_APPOINTMENT, v->appointment_id);
	const audience *guests = f->guests.items;

	for (size_t i = 0; i < f->guests.count; i++)
		if (guests[i] == own)
			return true;
	return false;
}

/* As point_list() decides it: a report is for all who are invited, a casefile for who works on it
 * and for who chairs. */
static const char *why_member(const struct viewer *v, const struct steering_point_facts *f)
{
	const char *why = steering_why_meeting(v, &f->meeting_id);

	if (why == NULL || !f->of_casefile || oversees_steering(v->role))
		return why;
	if (v->appointment_id == f->chair_id)
		return "Zit de vergadering voor.";
	for (size_t i = 0; i < f->organ_count; i++)
		if (f->organs[i].participant_id == v->participant_id)
			return "Is uitgenodigd, en de eigen organisatie werkt mee aan de casus.";
	return NULL;
}

const char *steering_why_point(const struct viewer *v, const void *facts)
{
	const struct steering_point_facts *f = facts;
	const char *why =
	    !f->shielded && access_permits(v->role, PERM_STEERING_READ) ? why_member(v, f) : NULL;

	return why == NULL && !f->shielded && is_guest(v, f)
	           ? "Is gast bij dit punt, tot de vergadering voorbij is."
	           : why;
}

/* ---- meetings --------------------------------------------------------------------------------- */

static const struct db_stmt MEETINGS = {
	"steering_check_meetings", "i",
	"SELECT id, reference FROM meeting WHERE id > $1 AND kind IN (2, 3) ORDER BY id LIMIT 50"
};
/* Taken off (5) is gone. */
static const struct db_stmt POINTS = {
	"steering_check_points", "i",
	"SELECT t.id, m.reference || '/' || t.name, m.id, m.reference, coalesce(m.chair_id, 0),"
	" coalesce(c.id, 0), coalesce(c.state, 0) FROM steering_point t"
	" JOIN meeting m ON m.id = t.meeting_id LEFT JOIN casefile c ON c.id = t.casefile_id"
	" WHERE t.id > $1 AND t.state <> 5 ORDER BY t.id LIMIT 50"
};
const struct db_stmt *const steering_check_statements[] = { &MEETINGS, &POINTS, NULL };

struct meeting_checked {
	int64_t id;
	struct array invited; /* of struct invited */
};

static enum status invited_to(struct db_read *r, int64_t meeting_id, struct arena *a,
                              struct array *ret, struct error *reterr)
{
	struct invited *to = ARENA_NEW(a, struct invited);

	to->to = audience_of(AUDIENCE_MEETING, meeting_id);
	*ret = (struct array){ to, 1 };
	return holder_invited(r, meeting_id, a, &to->appointments, reterr);
}

static enum status read_meetings(struct db_read *r, int64_t after_id, struct arena *a,
                                 struct checked_record *list, struct meeting_checked *facts,
                                 size_t *ret_count, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	const enum status st = db_query(r, &MEETINGS, DB_ARGS(DB_INT(after_id)), &rows, reterr);

	while (st == OK && *ret_count < VIEWER_CHECK_PAGE && db_next(&rows)) {
		struct meeting_checked *m = &facts[*ret_count];
		m->id = db_int(&rows, 0);
		list[(*ret_count)++] = (struct checked_record){ m->id, db_text(&rows, 1, a), m };
	}
	return st == OK ? db_rows_end(&rows, reterr) : st;
}

static enum status meetings(struct db_read *r, int64_t after_id, int64_t now_ms, struct arena *a,
                            struct array *ret, struct error *reterr)
{
	struct checked_record *list = ARENA_ARRAY(a, struct checked_record, VIEWER_CHECK_PAGE);
	struct meeting_checked *facts = ARENA_ARRAY(a, struct meeting_checked, VIEWER_CHECK_PAGE);
	size_t count = 0;

	(void)now_ms;
	enum status st = read_meetings(r, after_id, a, list, facts, &count, reterr);
	for (size_t i = 0; st == OK && i < count; i++) {
		struct meeting_checked *m = &facts[i];
		st = invited_to(r, m->id, a, &m->invited, reterr);
	}
	*ret = (struct array){ list, count };
	return st;
}

static enum status meetings_seen(struct db_read *r, const struct viewer *v,
                                 const struct array *records, struct arena *a, bool *seen,
                                 struct error *reterr)
{
	const struct checked_record *record = records->items;
	enum status st = OK;

	for (size_t i = 0; st == OK && i < records->count; i++) {
		struct gathering m;
		st = gathering_load(r, v, record[i].reference, a, &m, reterr);
		seen[i] = st == OK;
		if (st == ERR_NOT_FOUND)
			st = OK;
	}
	return st;
}

/* Who is invited sits at the table, or prepares it: nobody else is ever asked. */
static struct viewer joined(const struct viewer *v, struct array invited)
{
	struct viewer ret = *v;

	if (access_permits(v->role, PERM_STEERING_READ))
		access_join(&ret, invited);
	return ret;
}

static bool meeting_opens(const struct viewer *v, const void *facts)
{
	const struct meeting_checked *m = facts;
	const struct viewer who = joined(v, m->invited);

	return steering_why_meeting(&who, &m->id) != NULL;
}

const struct viewer_room STEERING_MEETING_VIEWERS = { "vergaderingen van de Stuurploeg",
	                                              PERM_PUBLIC, meetings, meetings_seen,
	                                              meeting_opens };

/* ---- points ------------------------------------------------------------------------------------ */

enum { SHIELDED_FROM = 10 };

struct point_checked {
	struct steering_point_facts facts;
	struct array invited;
	struct thing thing; /* who is blocked */
	const char *meeting;
	int64_t casefile_id;
};

static enum status read_points(struct db_read *r, int64_t after_id, struct arena *a,
                               struct checked_record *list, struct point_checked *facts,
                               size_t *ret_count, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	const enum status st = db_query(r, &POINTS, DB_ARGS(DB_INT(after_id)), &rows, reterr);

	while (st == OK && *ret_count < VIEWER_CHECK_PAGE && db_next(&rows)) {
		struct point_checked *p = &facts[*ret_count];
		*p = (struct point_checked){
			.facts = { .meeting_id = db_int(&rows, 2),
			           .chair_id = db_int(&rows, 4),
			           .of_casefile = db_int(&rows, 5) != 0,
			           .shielded = db_int(&rows, 6) >= SHIELDED_FROM },
			.meeting = db_text(&rows, 3, a),
			.casefile_id = db_int(&rows, 5),
		};
		list[(*ret_count)++] =
		    (struct checked_record){ db_int(&rows, 0), db_text(&rows, 1, a), p };
	}
	return st == OK ? db_rows_end(&rows, reterr) : st;
}

static enum status load_around(struct db_read *r, int64_t id, struct point_checked *p,
                               struct arena *a, struct error *reterr)
{
	struct array organs = { 0 };

	enum status st = invited_to(r, p->facts.meeting_id, a, &p->invited, reterr);
	if (st == OK)
		st = guest_audiences(r, id, a, &p->facts.guests, reterr);
	if (st != OK || p->casefile_id == 0)
		return st;
	st = casefile_organs(r, p->casefile_id, a, &organs, reterr);
	p->facts.organs = organs.items;
	p->facts.organ_count = organs.count;
	return st == OK ? casefile_keep_out(r, p->casefile_id, a, &p->thing, reterr) : st;
}

static enum status points(struct db_read *r, int64_t after_id, int64_t now_ms, struct arena *a,
                          struct array *ret, struct error *reterr)
{
	struct checked_record *list = ARENA_ARRAY(a, struct checked_record, VIEWER_CHECK_PAGE);
	struct point_checked *facts = ARENA_ARRAY(a, struct point_checked, VIEWER_CHECK_PAGE);
	size_t count = 0;

	(void)now_ms;
	enum status st = read_points(r, after_id, a, list, facts, &count, reterr);
	for (size_t i = 0; st == OK && i < count; i++)
		st = load_around(r, list[i].id, &facts[i], a, reterr);
	*ret = (struct array){ list, count };
	return st;
}

/* Those of one meeting that he reads at the table, and those that he reads as its guest. */
struct his_points {
	struct array member, guest; /* of struct steering_point */
};

static enum status his_points(struct db_read *r, const struct viewer *v,
                              const struct point_checked *p, struct arena *a,
                              struct his_points *ret, struct error *reterr)
{
	struct gathering m;
	enum status st = gathering_load(r, v, p->meeting, a, &m, reterr);

	*ret = (struct his_points){ 0 };
	if (st == OK)
		st = point_list(r, v, &m, a, &ret->member, reterr);
	if (st == ERR_NOT_FOUND)
		st = OK;
	return st == OK ? guest_points(r, v, p->facts.meeting_id, a, &ret->guest, reterr) : st;
}

static bool is_among(const struct array *list, int64_t id)
{
	const struct steering_point *p = list->items;

	for (size_t i = 0; i < list->count; i++)
		if (p[i].id == id)
			return true;
	return false;
}

static enum status points_seen(struct db_read *r, const struct viewer *v,
                               const struct array *records, struct arena *a, bool *seen,
                               struct error *reterr)
{
	const struct checked_record *record = records->items;
	struct his_points his = { 0 };
	int64_t of = 0;
	enum status st = OK;

	for (size_t i = 0; st == OK && i < records->count; i++) {
		const struct point_checked *p = record[i].facts;
		if (p->facts.meeting_id != of)
			st = his_points(r, v, p, a, &his, reterr);
		of = p->facts.meeting_id;
		seen[i] = is_among(&his.member, record[i].id) || is_among(&his.guest, record[i].id);
	}
	return st;
}

static bool point_opens(const struct viewer *v, const void *facts)
{
	const struct point_checked *p = facts;
	const struct viewer who = joined(v, p->invited);

	for (size_t i = 0; i < p->thing.blocked_count; i++)
		if (p->thing.blocked_persons[i] == v->person_id)
			return false;
	return steering_why_point(&who, &p->facts) != NULL;
}

const struct viewer_room STEERING_POINT_VIEWERS = { "agendapunten van de Stuurploeg", PERM_PUBLIC,
	                                            points, points_seen, point_opens };
