#include "steering/decision_store.h"

#include "platform/core/calendar.h"
#include "platform/crypto/stored.h"

/* $2 today, $3 now: is the regievoerder's appointment in force? */
#define DECISION_COLUMNS                                                                           \
	"SELECT d.id, d.number, d.point_id, d.meeting_id, d.casefile_id, d.proposal_id,"           \
	" coalesce(d.amends_id, 0), coalesce(d.lead_id, 0), d.organ_id,"                           \
	" coalesce(d.next_meeting_id, 0), d.hours, d.due_day, d.feedback_day, d.drafted_at,"       \
	" d.signed_at, sa.person_id, d.uuid, coalesce(d.reference, ''),"                           \
	" coalesce((SELECT o.reference FROM steering_decision o WHERE o.id = d.amends_id), ''),"   \
	" coalesce((SELECT o.reference FROM steering_decision o WHERE o.amends_id = d.id"          \
	" AND o.number > 0), ''), coalesce(lp.full_name, ''),"                                     \
	" coalesce((SELECT g.on_behalf FROM organ g WHERE g.id = d.organ_id), ''),"                \
	" coalesce((SELECT n.reference FROM meeting n WHERE n.id = d.next_meeting_id), ''),"       \
	" m.reference, c.reference, sp.full_name, coalesce(cp.full_name, ''), d.ruling,"           \
	" d.owner_agreed, CASE WHEN la.state = 2 AND la.role = 17 AND la.from_day <= $2"           \
	" AND (la.until_day = 0 OR la.until_day >= $2) AND (la.ended_at = 0 OR la.ended_at > $3)"  \
	" THEN 1 ELSE 0 END FROM steering_decision d"                                              \
	" JOIN steering_point t ON t.id = d.point_id JOIN meeting m ON m.id = d.meeting_id"        \
	" JOIN casefile c ON c.id = d.casefile_id JOIN appointment sa ON sa.id = d.drafted_by"     \
	" JOIN person sp ON sp.id = sa.person_id LEFT JOIN appointment la ON la.id = d.lead_id"    \
	" LEFT JOIN person lp ON lp.id = la.person_id"                                             \
	" LEFT JOIN appointment ca ON ca.id = t.signed_by"                                         \
	" LEFT JOIN person cp ON cp.id = ca.person_id"
static const struct db_stmt OF_POINT = {
	"decisions_of_point", "iii",
	DECISION_COLUMNS " WHERE d.point_id = $1 ORDER BY d.proposal_id, d.id LIMIT 200"
};
static const struct db_stmt OF_CASEFILE = { "decisions_of_casefile", "iii",
	                                    DECISION_COLUMNS
	                                    " WHERE d.casefile_id = $1 AND d.number > 0"
	                                    " ORDER BY d.signed_at, d.number, d.id LIMIT 200" };
static const struct db_stmt STANDING = {
	"decision_standing", "i",
	"SELECT d.id, d.ruling FROM steering_decision d WHERE d.proposal_id = $1 AND d.number > 0"
	" AND NOT EXISTS (SELECT 1 FROM steering_decision o WHERE o.amends_id = d.id"
	" AND o.number > 0)"
};
static const struct db_stmt PLEDGES = {
	"steering_pledges", "i",
	"SELECT p.decision_id, p.participant_id, p.hours, w.short_name FROM steering_pledge p"
	" JOIN steering_decision d ON d.id = p.decision_id"
	" JOIN participant w ON w.id = p.participant_id WHERE d.point_id = $1"
	" ORDER BY p.decision_id, w.sort_key, w.id LIMIT 500"
};
static const struct db_stmt MEETING_PLEDGES = {
	"steering_meeting_pledges", "i",
	"SELECT d.point_id, p.participant_id, p.hours, w.short_name, d.number"
	" FROM steering_decision d JOIN steering_pledge p ON p.decision_id = d.id"
	" JOIN participant w ON w.id = p.participant_id WHERE d.meeting_id = $1"
	" AND d.ruling IN (1, 2) AND NOT EXISTS (SELECT 1 FROM steering_decision o"
	" WHERE o.amends_id = d.id AND o.number > 0)"
	" ORDER BY w.sort_key, w.id, d.id LIMIT 2000"
};
static const struct db_stmt VOTES_OF = {
	"steering_votes", "i",
	"SELECT v.decision_id, v.organ_id, d.proposal_id, o.on_behalf, v.vote FROM steering_vote v"
	" JOIN steering_decision d ON d.id = v.decision_id JOIN organ o ON o.id = v.organ_id"
	" WHERE d.point_id = $1 ORDER BY v.decision_id, o.letter, o.id LIMIT 500"
};
/* A pledge counts while its decision stands: signed, and not amended by one that was signed. */
#define PLEDGED(where)                                                                             \
	" coalesce((SELECT sum(p.hours) FROM steering_pledge p"                                    \
	" JOIN steering_decision d ON d.id = p.decision_id WHERE p.participant_id = w.id"          \
	" AND p.year = $1 AND " where                                                              \
	" AND NOT EXISTS (SELECT 1 FROM steering_decision o WHERE o.amends_id = d.id"              \
	" AND o.number > 0)), 0)"
static const struct db_stmt POOLS = {
	"steering_pools", "iiii",
	"SELECT coalesce(s.id, 0), coalesce(s.version, 0), w.id, $1, coalesce(s.hours, "
	"-1)," PLEDGED("d.number > 0") "," PLEDGED(
	    "d.number = 0 AND (d.point_id <> $3 OR d.proposal_id <> "
	    "$4)") ", w.short_name FROM participant w"
		   " LEFT JOIN steering_pool s ON s.participant_id = "
		   "w.id AND s.year = $1"
		   " WHERE ($2 = 0 AND w.valid_until IS NULL AND "
		   "EXISTS (SELECT 1 FROM organ o"
		   " WHERE o.participant_id = w.id)) OR EXISTS "
		   "(SELECT 1 FROM casefile_organ x"
		   " JOIN organ o ON o.id = x.organ_id WHERE "
		   "x.casefile_id = $2 AND o.participant_id = w.id)"
		   " ORDER BY w.sort_key, w.id LIMIT 200"
};
/* $2 today, $3 now, $4 the role */
static const struct db_stmt LEADS = {
	"steering_leads", "iiii",
	"SELECT a.id, p.full_name, o.on_behalf FROM appointment a JOIN person p ON p.id = "
	"a.person_id"
	" JOIN organ o ON o.id = a.organ_id WHERE a.role = $4 AND a.state = 2 AND a.from_day <= $2"
	" AND (a.until_day = 0 OR a.until_day >= $2) AND (a.ended_at = 0 OR a.ended_at > $3)"
	" AND a.participant_id IN (SELECT o2.participant_id FROM casefile_organ x"
	" JOIN organ o2 ON o2.id = x.organ_id WHERE x.casefile_id = $1)"
	" ORDER BY p.sort_key, a.id LIMIT 100"
};

const struct db_stmt *const decision_statements[] = {
	&OF_POINT, &OF_CASEFILE, &STANDING, &PLEDGES, &MEETING_PLEDGES,
	&VOTES_OF, &POOLS,       &LEADS,    NULL,
};

static struct steering_decision read_decision(const struct db_rows *row, struct arena *a)
{
	struct steering_decision d = {
		.id = db_int(row, 0),
		.number = db_int(row, 1),
		.point_id = db_int(row, 2),
		.meeting_id = db_int(row, 3),
		.casefile_id = db_int(row, 4),
		.proposal_id = db_int(row, 5),
		.amends_id = db_int(row, 6),
		.lead_id = db_int(row, 7),
		.organ_id = db_int(row, 8),
		.next_meeting_id = db_int(row, 9),
		.hours = db_int(row, 10),
		.due_day = db_int(row, 11),
		.feedback_day = db_int(row, 12),
		.drafted_at = db_int(row, 13),
		.signed_at = db_int(row, 14),
		.drafter_person_id = db_int(row, 15),
		.reference = db_text(row, 17, a),
		.amends = db_text(row, 18, a),
		.amended_by = db_text(row, 19, a),
		.lead = db_text(row, 20, a),
		.owner = db_text(row, 21, a),
		.next_meeting = db_text(row, 22, a),
		.meeting = db_text(row, 23, a),
		.casefile = db_text(row, 24, a),
		.secretary = db_text(row, 25, a),
		.chair = db_text(row, 26, a),
		.ruling = (int)db_int(row, 27),
		.owner_agreed = (int)db_int(row, 28),
		.lead_in_force = db_int(row, 29) == 1,
	};
	d.uuid = uuid_stored(row, 16);
	return d;
}

static enum status decisions(struct db_read *r, const struct db_stmt *s, int64_t id, int64_t now_ms,
                             struct arena *a, struct array *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct steering_decision *list = ARENA_ARRAY(a, struct steering_decision, DECISIONS_MAX);
	size_t count = 0;
	enum status st = db_query(
	    r, s, DB_ARGS(DB_INT(id), DB_INT(local_day(now_ms)), DB_INT(now_ms)), &rows, reterr);

	if (st != OK)
		return st;
	while (count < DECISIONS_MAX && db_next(&rows))
		list[count++] = read_decision(&rows, a);
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

enum status decisions_of_point(struct db_read *r, int64_t point_id, int64_t now_ms, struct arena *a,
                               struct array *ret, struct error *reterr)
{
	return decisions(r, &OF_POINT, point_id, now_ms, a, ret, reterr);
}

enum status decisions_of_casefile(struct db_read *r, int64_t casefile_id, int64_t now_ms,
                                  struct arena *a, struct array *ret, struct error *reterr)
{
	return decisions(r, &OF_CASEFILE, casefile_id, now_ms, a, ret, reterr);
}

enum status decision_standing(struct db_read *r, int64_t proposal_id, int64_t *ret_id,
                              int *ret_ruling, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	const enum status st = db_query(r, &STANDING, DB_ARGS(DB_INT(proposal_id)), &row, reterr);

	*ret_id = 0;
	*ret_ruling = 0;
	if (st != OK)
		return st;
	if (db_next(&row)) {
		*ret_id = db_int(&row, 0);
		*ret_ruling = (int)db_int(&row, 1);
	}
	return db_rows_end(&row, reterr);
}

enum status pledges_of_point(struct db_read *r, int64_t point_id, struct arena *a,
                             struct array *ret, struct error *reterr)
{
	enum { MAX = 500 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct pledge_row *list = ARENA_ARRAY(a, struct pledge_row, MAX);
	size_t count = 0;
	enum status st = db_query(r, &PLEDGES, DB_ARGS(DB_INT(point_id)), &rows, reterr);

	if (st != OK)
		return st;
	for (; count < MAX && db_next(&rows); count++)
		list[count] = (struct pledge_row){ db_int(&rows, 0), db_int(&rows, 1),
			                           db_int(&rows, 2), db_text(&rows, 3, a) };
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

enum status pledges_of_meeting(struct db_read *r, int64_t meeting_id, struct arena *a,
                               struct array *ret, struct error *reterr)
{
	enum { MAX = 2000 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct meeting_pledge *list = ARENA_ARRAY(a, struct meeting_pledge, MAX);
	size_t count = 0;
	enum status st = db_query(r, &MEETING_PLEDGES, DB_ARGS(DB_INT(meeting_id)), &rows, reterr);

	if (st != OK)
		return st;
	for (; count < MAX && db_next(&rows); count++)
		list[count] = (struct meeting_pledge){ .point_id = db_int(&rows, 0),
			                               .participant_id = db_int(&rows, 1),
			                               .hours = db_int(&rows, 2),
			                               .participant = db_text(&rows, 3, a),
			                               .signed_off = db_int(&rows, 4) > 0 };
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

enum status votes_of_point(struct db_read *r, int64_t point_id, struct arena *a, struct array *ret,
                           struct error *reterr)
{
	enum { MAX = 500 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct vote_row *list = ARENA_ARRAY(a, struct vote_row, MAX);
	size_t count = 0;
	enum status st = db_query(r, &VOTES_OF, DB_ARGS(DB_INT(point_id)), &rows, reterr);

	if (st != OK)
		return st;
	for (; count < MAX && db_next(&rows); count++)
		list[count] =
		    (struct vote_row){ db_int(&rows, 0), db_int(&rows, 1), db_int(&rows, 2),
			               db_text(&rows, 3, a), (int)db_int(&rows, 4) };
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

// NOLINTNEXTLINE(readability-function-size): which year, whose, but for what is being drafted
enum status pool_rows(struct db_read *r, int64_t year, int64_t casefile_id, struct draft_place but,
                      struct arena *a, struct array *ret, struct error *reterr)
{
	enum { MAX = 200 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct pool_row *list = ARENA_ARRAY(a, struct pool_row, MAX);
	size_t count = 0;
	enum status st = db_query(r, &POOLS,
	                          DB_ARGS(DB_INT(year), DB_INT(casefile_id), DB_INT(but.point_id),
	                                  DB_INT(but.proposal_id)),
	                          &rows, reterr);

	if (st != OK)
		return st;
	for (; count < MAX && db_next(&rows); count++)
		list[count] = (struct pool_row){
			.id = db_int(&rows, 0),
			.version = db_int(&rows, 1),
			.participant_id = db_int(&rows, 2),
			.year = db_int(&rows, 3),
			.pool = db_int(&rows, 4),
			.pledged = db_int(&rows, 5),
			.drafted = db_int(&rows, 6),
			.participant = db_text(&rows, 7, a),
		};
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

enum status lead_candidates(struct db_read *r, int64_t casefile_id, int64_t now_ms, struct arena *a,
                            struct array *ret, struct error *reterr)
{
	enum { MAX = 100 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct lead_row *list = ARENA_ARRAY(a, struct lead_row, MAX);
	size_t count = 0;
	enum status st = db_query(r, &LEADS,
	                          DB_ARGS(DB_INT(casefile_id), DB_INT(local_day(now_ms)),
	                                  DB_INT(now_ms), DB_INT(ROLE_INTERVENTION_LEAD)),
	                          &rows, reterr);

	if (st != OK)
		return st;
	for (; count < MAX && db_next(&rows); count++)
		list[count] = (struct lead_row){ db_int(&rows, 0), db_text(&rows, 1, a),
			                         db_text(&rows, 2, a) };
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}
