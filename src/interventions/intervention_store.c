/* Reading interventions: one, its owners, what happened, lists. */
#include "interventions/intervention_parts.h"

#include "platform/core/calendar.h"
#include "platform/crypto/stored.h"

#define AUDIENCES(v)                                                                               \
	DB_INT((v)->audiences[0]), DB_INT((v)->audiences[1]), DB_INT((v)->audiences[2]),           \
	    DB_INT((v)->audiences[3])

/* $1-$4 audiences, $5 person. */
#define SEES_CASEFILE                                                                              \
	"EXISTS (SELECT 1 FROM casefile_audience c WHERE c.id = q.casefile_id"                     \
	" AND c.audience_id IN ($1, $2, $3, $4))"
#define IS_OPEN                                                                                    \
	"(EXISTS (SELECT 1 FROM intervention_audience a WHERE a.id = q.id"                         \
	" AND a.audience_id IN ($1, $2, $3, $4)) OR " SEES_CASEFILE ")"
#define NOT_KEPT                                                                                   \
	" AND NOT EXISTS (SELECT 1 FROM casefile_block k WHERE k.casefile_id = q.casefile_id"      \
	" AND k.person_id = $5 AND k.lifted_at = 0)"
/* An appointment in force on $day at $now. */
#define IN_FORCE(a, day, now)                                                                      \
	"(" a ".state = 2 AND " a ".from_day <= " day " AND (" a ".until_day = 0 OR " a            \
	".until_day >= " day ") AND (" a ".ended_at = 0 OR " a ".ended_at > " now "))"

#define ONE(from_casefile, asked)                                                                  \
	"SELECT q.id, q.version, q.uuid, q.reference, q.casefile_id, coalesce(q.proposal_id, 0),"  \
	" q.state, q.state_since, q.instrument, q.kind, q.weight, q.barrier, q.theme,"             \
	" coalesce(q.municipality_id, 0), coalesce(m.name, ''), q.organ_id, p.short_name,"         \
	" o.on_behalf, coalesce(q.lead_id, 0), coalesce(n.full_name, ''), q.due_day,"              \
	" q.review_day, q.executed_day, q.reason_class, q.created_at, coalesce(f.reference, ''),"  \
	" coalesce(w.executor_id, 0), coalesce(x.full_name, ''),"                                  \
	" CASE WHEN " SEES_CASEFILE " THEN 1 ELSE 0 END,"                                          \
	" CASE WHEN l.id IS NOT NULL AND " IN_FORCE(                                               \
	    "l", "$7",                                                                             \
	    "$8") " THEN 1 ELSE 0 END,"                                                            \
		  " q.effects_seen"                                                                \
		  " FROM intervention q JOIN organ o ON o.id = q.organ_id"                         \
		  " JOIN participant p ON p.id = o.participant_id " from_casefile                  \
		  " LEFT JOIN municipality m ON m.id = q.municipality_id"                          \
		  " LEFT JOIN appointment l ON l.id = q.lead_id"                                   \
		  " LEFT JOIN person n ON n.id = l.person_id"                                      \
		  " LEFT JOIN intervention_owner w ON w.intervention_id = q.id"                    \
		  " AND w.organ_id = q.organ_id LEFT JOIN appointment y ON y.id = w.executor_id"   \
		  " LEFT JOIN person x ON x.id = y.person_id WHERE q.reference = $6 AND " asked
static const struct db_stmt LOAD = { "intervention_load", "iiiiitii",
	                             ONE("JOIN casefile f ON f.id = q.casefile_id",
	                                 IS_OPEN NOT_KEPT) };
/* Of a casefile that is gone. */
static const struct db_stmt LOAD_LEFT = { "intervention_load_left", "iiiiitii",
	                                  ONE("LEFT JOIN casefile f ON f.id = q.casefile_id",
	                                      "q.casefile_id = 0 AND " IS_OPEN NOT_KEPT) };
static const struct db_stmt OWNERS = {
	"intervention_owners", "i",
	"SELECT w.organ_id, w.participant_id, coalesce(w.executor_id, 0), p.short_name, "
	"o.on_behalf,"
	" coalesce(n.full_name, ''), o.letter, w.answer, w.hours_pledged, w.hours_delivered,"
	" w.report_due, w.answered_at, w.late, w.key_id, w.reason FROM intervention_owner w"
	" JOIN organ o ON o.id = w.organ_id JOIN participant p ON p.id = w.participant_id"
	" LEFT JOIN appointment a ON a.id = w.executor_id LEFT JOIN person n ON n.id = a.person_id"
	" WHERE w.intervention_id = $1 ORDER BY w.place, o.id LIMIT 8"
};
static const struct db_stmt REPORTS = {
	"intervention_reports", "i",
	"SELECT r.organ_id, r.month, r.standing, r.hours, r.reported_at, p.short_name, r.key_id,"
	" r.note FROM intervention_report r JOIN organ o ON o.id = r.organ_id"
	" JOIN participant p ON p.id = o.participant_id WHERE r.intervention_id = $1"
	" ORDER BY r.month DESC, r.id DESC LIMIT 200"
};
static const struct db_stmt AMOUNTS = {
	"intervention_amounts", "i",
	"SELECT a.id, a.kind, a.cents, a.day, a.organ_id, p.short_name FROM intervention_amount a"
	" JOIN organ o ON o.id = a.organ_id JOIN participant p ON p.id = o.participant_id"
	" WHERE a.intervention_id = $1 ORDER BY a.id LIMIT 500"
};
static const struct db_stmt HISTORY = {
	"intervention_history", "i",
	"SELECT h.at, h.action, h.to_state, coalesce(p.short_name, '') FROM intervention_history h"
	" LEFT JOIN participant p ON p.id = h.participant_id WHERE h.intervention_id = $1"
	" ORDER BY h.at, h.id LIMIT 200"
};
static const struct db_stmt EFFECTS_OF = {
	"intervention_effects", "i",
	"SELECT months, effect, displaced, seen, lessons, place, recheck_day, rechecked_at, "
	"recheck,"
	" assessed_at FROM effect_assessment WHERE intervention_id = $1 ORDER BY months, id LIMIT 3"
};
static const struct db_stmt PICTURE = {
	"intervention_picture", "iii",
	"SELECT q.state, q.due_day, CASE WHEN q.lead_id IS NULL THEN 0 ELSE 1 END,"
	" CASE WHEN l.id IS NOT NULL AND l.role = 17 AND " IN_FORCE(
	    "l", "$2",
	    "$3") " THEN 1 ELSE 0 END,"
		  " (SELECT count(*) FROM intervention_owner w WHERE w.intervention_id = q.id),"
		  " (SELECT count(*) FROM intervention_owner w WHERE w.intervention_id = q.id"
		  " AND w.answer = 2), (SELECT count(*) FROM effect_assessment e"
		  " WHERE e.intervention_id = q.id), (SELECT count(*) FROM intervention_text t"
		  " WHERE t.intervention_id = q.id AND t.part = 6),"
		  " (SELECT count(*) FROM intervention_text t"
		  " WHERE t.intervention_id = q.id AND t.part = 9)"
		  " FROM intervention q LEFT JOIN appointment l ON l.id = q.lead_id"
		  " WHERE q.id = $1"
};
static const struct db_stmt IN_FORCE_LEAD = {
	"intervention_lead_in_force", "iii",
	"SELECT count(*) FROM appointment l WHERE l.id = $1 AND l.role = 17 AND " IN_FORCE(
	    "l", "$2", "$3")
};
_Static_assert(ROLE_INTERVENTION_LEAD == 17, "the statements above name the role");

/* 3, 5, 7: carried out whatever came after; the states of intervention_runs(). */
static const struct db_stmt STANDING = {
	"interventions_standing", "i",
	"SELECT count(*), coalesce(sum(CASE WHEN q.state IN (1, 2, 3, 5, 6, 7, 9) THEN 1 ELSE 0 "
	"END),"
	" 0), coalesce(sum(CASE WHEN q.executed_day > 0 AND q.state <> 13 THEN 1 ELSE 0 END), 0),"
	" coalesce(sum(CASE WHEN q.executed_day > 0 AND q.state <> 13 AND EXISTS (SELECT 1"
	" FROM effect_assessment e WHERE e.intervention_id = q.id) THEN 1 ELSE 0 END), 0),"
	" coalesce(sum((SELECT count(*) FROM effect_assessment e WHERE e.intervention_id = q.id"
	" AND e.lessons <> '')), 0) FROM intervention q WHERE q.casefile_id = $1"
};

#define ROW                                                                                        \
	"SELECT q.id, q.place, q.due_day, q.executed_day, q.created_at, q.state_since, "           \
	"q.reference,"                                                                             \
	" p.short_name, q.uuid, q.state, q.instrument, q.kind, q.weight,"                          \
	" coalesce(n.full_name, ''),"                                                              \
	" (SELECT count(*) FROM intervention_owner w WHERE w.intervention_id = q.id),"             \
	" (SELECT count(*) FROM intervention_owner w WHERE w.intervention_id = q.id"               \
	" AND w.answer = 2),"                                                                      \
	" (SELECT sum(w.hours_pledged) FROM intervention_owner w WHERE w.intervention_id = q.id)," \
	" (SELECT sum(w.hours_delivered) FROM intervention_owner w WHERE w.intervention_id = "     \
	"q.id),"                                                                                   \
	" (SELECT max(w.late) FROM intervention_owner w WHERE w.intervention_id = q.id), "
#define ROW_FROM                                                                                   \
	" FROM intervention q JOIN organ o ON o.id = q.organ_id"                                   \
	" JOIN participant p ON p.id = o.participant_id"                                           \
	" LEFT JOIN casefile f ON f.id = q.casefile_id"                                            \
	" LEFT JOIN appointment l ON l.id = q.lead_id LEFT JOIN person n ON n.id = l.person_id "
/* $6 place, $7 reference of the row where the page begins, $8 states, $9 kinds (masks; 0: any),
 * $10 rows, $11 late ones only, $12 today. */
#define ASKED                                                                                      \
	"WHERE q.id IN (SELECT a.id FROM intervention_audience a WHERE a.audience_id IN"           \
	" ($1, $2, $3, $4) UNION SELECT v.id FROM intervention v JOIN casefile_audience c"         \
	" ON c.id = v.casefile_id WHERE c.audience_id IN ($1, $2, $3, $4))" NOT_KEPT               \
	" AND ($8 = 0 OR ($8 & (CAST(1 AS bigint) << CAST(q.state AS int))) <> 0)"                 \
	" AND ($9 = 0 OR ($9 & (CAST(1 AS bigint) << CAST(q.kind AS int))) <> 0)"                  \
	" AND ($11 = 0 OR (q.state IN (5, 6, 7) AND (q.due_day < $12 OR EXISTS (SELECT 1"          \
	" FROM intervention_owner w WHERE w.intervention_id = q.id AND w.late = 1))))"
#define BEGIN_AT         "coalesce((SELECT x.id FROM intervention x WHERE x.reference = $7), 0)"
#define CASEFILE_IF_SEEN "CASE WHEN " SEES_CASEFILE " THEN f.reference ELSE '' END"
static const struct db_stmt FORWARD = { "intervention_rows_forward", "iiiiiitiiiii",
	                                ROW CASEFILE_IF_SEEN ROW_FROM ASKED
	                                " AND (q.place, q.id) > ($6, " BEGIN_AT
	                                ") ORDER BY q.place, q.id LIMIT $10" };
static const struct db_stmt BACKWARD = { "intervention_rows_backward", "iiiiiitiiiii",
	                                 ROW CASEFILE_IF_SEEN ROW_FROM ASKED
	                                 " AND (q.place, q.id) < ($6, " BEGIN_AT
	                                 ") ORDER BY q.place DESC, q.id DESC LIMIT $10" };
static const struct db_stmt OF_CASEFILE = { "intervention_rows_of", "i",
	                                    ROW
	                                    "f.reference" ROW_FROM
	                                    "WHERE q.casefile_id = $1 ORDER BY q.id LIMIT 200" };
static const struct db_stmt WAITS = {
	"intervention_waits", "i",
	"SELECT w.intervention_id, w.waits_for_id FROM intervention_wait w JOIN intervention q"
	" ON q.id = w.intervention_id WHERE q.casefile_id = $1"
	" ORDER BY w.intervention_id, w.waits_for_id LIMIT 1000"
};
static const struct db_stmt READERS = {
	"intervention_readers", "i",
	"SELECT audience_id FROM intervention_audience WHERE id = $1 ORDER BY audience_id LIMIT 48"
};

const struct db_stmt *const intervention_statements[] = {
	&LOAD,       &LOAD_LEFT,     &OWNERS,   &REPORTS,  &AMOUNTS,     &HISTORY,
	&EFFECTS_OF, &PICTURE,       &FORWARD,  &BACKWARD, &OF_CASEFILE, &WAITS,
	&READERS,    &IN_FORCE_LEAD, &STANDING, NULL,
};

static struct intervention read_one(const struct db_rows *row, struct arena *a)
{
	struct intervention i = {
		.id = db_int(row, 0),
		.version = db_int(row, 1),
		.reference = db_text(row, 3, a),
		.casefile_id = db_int(row, 4),
		.proposal_id = db_int(row, 5),
		.state = (uint8_t)db_int(row, 6),
		.state_since = db_int(row, 7),
		.instrument = (uint16_t)db_int(row, 8),
		.kind = (int)db_int(row, 9),
		.weight = (int)db_int(row, 10),
		.barrier = (int)db_int(row, 11),
		.theme = (int)db_int(row, 12),
		.municipality_id = db_int(row, 13),
		.municipality = db_text(row, 14, a),
		.organ_id = db_int(row, 15),
		.participant = db_text(row, 16, a),
		.on_behalf = db_text(row, 17, a),
		.lead_id = db_int(row, 18),
		.lead = db_text(row, 19, a),
		.due_day = db_int(row, 20),
		.review_day = db_int(row, 21),
		.executed_day = db_int(row, 22),
		.reason_class = (int)db_int(row, 23),
		.created_at = db_int(row, 24),
		.casefile = db_text(row, 25, a),
		.executor_id = db_int(row, 26),
		.executor = db_text(row, 27, a),
		.sees_casefile = db_int(row, 28) == 1,
		.lead_in_force = db_int(row, 29) == 1,
		.effects = db_int(row, 30),
	};
	i.uuid = uuid_stored(row, 2);
	return i;
}

struct looked_for {
	const struct viewer *viewer;
	const char *reference;
	int64_t now_ms;
};

static enum status load_by(struct db_read *r, const struct db_stmt *statement,
                           const struct looked_for *f, struct arena *a, struct intervention *ret,
                           struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(r, statement,
	                          DB_ARGS(AUDIENCES(f->viewer), DB_INT(f->viewer->person_id),
	                                  DB_TEXT(f->reference), DB_INT(local_day(f->now_ms)),
	                                  DB_INT(f->now_ms)),
	                          &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st == OK)
		*ret = read_one(&row, a);
	return st;
}

enum status intervention_load(struct db_read *r, const struct viewer *viewer, const char *reference,
                              int64_t now_ms, struct arena *a, struct intervention *ret,
                              struct error *reterr)
{
	const struct looked_for f = { viewer, reference, now_ms };
	return load_by(r, &LOAD, &f, a, ret, reterr);
}

enum status intervention_load_left(struct db_read *r, const struct viewer *viewer,
                                   const char *reference, int64_t now_ms, struct arena *a,
                                   struct intervention *ret, struct error *reterr)
{
	const struct looked_for f = { viewer, reference, now_ms };
	return load_by(r, &LOAD_LEFT, &f, a, ret, reterr);
}

static enum status read_owner(struct db_read *r, struct keyring *k, const struct intervention *i,
                              const struct db_rows *row, struct arena *a,
                              struct intervention_owner *ret, struct error *reterr)
{
	*ret = (struct intervention_owner){
		.organ_id = db_int(row, 0),
		.participant_id = db_int(row, 1),
		.executor_id = db_int(row, 2),
		.participant = db_text(row, 3, a),
		.on_behalf = db_text(row, 4, a),
		.executor = db_text(row, 5, a),
		.letter = db_text(row, 6, a)[0],
		.answer = (int)db_int(row, 7),
		.hours_pledged = db_int(row, 8),
		.hours_delivered = db_int(row, 9),
		.report_due = db_int(row, 10),
		.answered_at = db_int(row, 11),
		.late = db_int(row, 12) == 1,
	};
	struct sealed_words w = { .at = { &i->uuid, WORDS_OF_OWNER, ret->organ_id },
		                  .key_id = db_int(row, 13) };
	w.bytes = db_bytes(row, 14, a, &w.len);
	return intervention_open_words(r, k, &w, a, &ret->reason, reterr);
}

enum status intervention_owners(struct db_read *r, struct keyring *k, const struct intervention *i,
                                struct arena *a, struct array *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct intervention_owner *list =
	    ARENA_ARRAY(a, struct intervention_owner, INTERVENTION_OWNERS_MAX);
	size_t count = 0;
	enum status st = db_query(r, &OWNERS, DB_ARGS(DB_INT(i->id)), &rows, reterr);

	while (st == OK && count < INTERVENTION_OWNERS_MAX && db_next(&rows))
		st = read_owner(r, k, i, &rows, a, &list[count++], reterr);
	*ret = (struct array){ list, count };
	return st == OK ? db_rows_end(&rows, reterr) : st;
}

enum status intervention_reports_load(struct db_read *r, struct keyring *k,
                                      const struct intervention *i, struct arena *a,
                                      struct array *ret, struct error *reterr)
{
	enum { MAX = 200 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct intervention_report *list = ARENA_ARRAY(a, struct intervention_report, MAX);
	size_t count = 0;
	enum status st = db_query(r, &REPORTS, DB_ARGS(DB_INT(i->id)), &rows, reterr);

	while (st == OK && count < MAX && db_next(&rows)) {
		struct intervention_report *to = &list[count++];
		*to = (struct intervention_report){ .organ_id = db_int(&rows, 0),
			                            .month = db_int(&rows, 1),
			                            .standing = (int)db_int(&rows, 2),
			                            .hours = db_int(&rows, 3),
			                            .reported_at = db_int(&rows, 4),
			                            .participant = db_text(&rows, 5, a) };
		struct sealed_words w = { .at = { &i->uuid, WORDS_OF_REPORT, to->organ_id },
			                  .key_id = db_int(&rows, 6) };
		w.bytes = db_bytes(&rows, 7, a, &w.len);
		st = intervention_open_words(r, k, &w, a, &to->note, reterr);
	}
	*ret = (struct array){ list, count };
	return st == OK ? db_rows_end(&rows, reterr) : st;
}

enum status intervention_amounts(struct db_read *r, int64_t id, struct arena *a, struct array *ret,
                                 struct error *reterr)
{
	enum { MAX = 500 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct intervention_amount *list = ARENA_ARRAY(a, struct intervention_amount, MAX);
	size_t count = 0;
	enum status st = db_query(r, &AMOUNTS, DB_ARGS(DB_INT(id)), &rows, reterr);

	while (st == OK && count < MAX && db_next(&rows))
		list[count++] = (struct intervention_amount){ .number = db_int(&rows, 0),
			                                      .kind = (int)db_int(&rows, 1),
			                                      .cents = db_int(&rows, 2),
			                                      .day = db_int(&rows, 3),
			                                      .organ_id = db_int(&rows, 4),
			                                      .participant = db_text(&rows, 5, a) };
	*ret = (struct array){ list, count };
	return st == OK ? db_rows_end(&rows, reterr) : st;
}

enum status intervention_history(struct db_read *r, int64_t id, struct arena *a, struct array *ret,
                                 struct error *reterr)
{
	enum { MAX = 200 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct intervention_event *list = ARENA_ARRAY(a, struct intervention_event, MAX);
	size_t count = 0;
	enum status st = db_query(r, &HISTORY, DB_ARGS(DB_INT(id)), &rows, reterr);

	while (st == OK && count < MAX && db_next(&rows))
		list[count++] =
		    (struct intervention_event){ db_int(&rows, 0), (uint8_t)db_int(&rows, 1),
			                         (uint8_t)db_int(&rows, 2), db_text(&rows, 3, a) };
	*ret = (struct array){ list, count };
	return st == OK ? db_rows_end(&rows, reterr) : st;
}

enum status effect_assessments(struct db_read *r, int64_t intervention_id, struct arena *a,
                               struct array *ret, struct error *reterr)
{
	enum { MAX = 3 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct effect_assessment *list = ARENA_ARRAY(a, struct effect_assessment, MAX);
	size_t count = 0;
	enum status st = db_query(r, &EFFECTS_OF, DB_ARGS(DB_INT(intervention_id)), &rows, reterr);

	while (st == OK && count < MAX && db_next(&rows))
		list[count++] = (struct effect_assessment){
			.months = db_int(&rows, 0),
			.effect = db_int(&rows, 1),
			.displaced = (int)db_int(&rows, 2),
			.seen = db_text(&rows, 3, a),
			.lessons = db_text(&rows, 4, a),
			.place = db_text(&rows, 5, a),
			.recheck_day = db_int(&rows, 6),
			.rechecked = db_int(&rows, 7) > 0, /* -1: who looks was told */
			.recheck = db_text(&rows, 8, a),
			.assessed_at = db_int(&rows, 9),
		};
	*ret = (struct array){ list, count };
	return st == OK ? db_rows_end(&rows, reterr) : st;
}

enum status intervention_picture_load(struct db_read *r, int64_t id, int64_t now_ms,
                                      struct intervention_picture *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	const int32_t today = local_day(now_ms);
	enum status st =
	    db_query(r, &PICTURE, DB_ARGS(DB_INT(id), DB_INT(today), DB_INT(now_ms)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st == OK)
		*ret = (struct intervention_picture){
			.state = (uint8_t)db_int(&row, 0),
			.due_day = db_int(&row, 1),
			.has_lead = db_int(&row, 2) == 1,
			.lead_in_force = db_int(&row, 3) == 1,
			.owners = db_int(&row, 4),
			.owners_agreed = db_int(&row, 5),
			.assessments = db_int(&row, 6),
			.has_basis = db_int(&row, 7) > 0,
			.has_result = db_int(&row, 8) > 0,
			.today = today,
		};
	return st;
}

enum status intervention_lead_in_force(struct db_read *r, int64_t appointment_id, int64_t now_ms,
                                       bool *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st =
	    db_query(r, &IN_FORCE_LEAD,
	             DB_ARGS(DB_INT(appointment_id), DB_INT(local_day(now_ms)), DB_INT(now_ms)),
	             &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	*ret = st == OK && db_int(&row, 0) > 0;
	return st;
}

enum status interventions_standing(struct db_read *r, int64_t casefile_id,
                                   struct interventions_standing *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(r, &STANDING, DB_ARGS(DB_INT(casefile_id)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st == OK)
		*ret = (struct interventions_standing){ db_int(&row, 0), db_int(&row, 1),
			                                db_int(&row, 2), db_int(&row, 3),
			                                db_int(&row, 4) };
	return st;
}

/* ---- lists --------------------------------------------------------------------------------------- */

static struct intervention_row read_row(const struct db_rows *row, struct arena *a)
{
	struct intervention_row ret = {
		.id = db_int(row, 0),
		.place = db_int(row, 1),
		.due_day = db_int(row, 2),
		.executed_day = db_int(row, 3),
		.created_at = db_int(row, 4),
		.state_since = db_int(row, 5),
		.reference = db_text(row, 6, a),
		.participant = db_text(row, 7, a),
		.state = (uint8_t)db_int(row, 9),
		.instrument = (uint16_t)db_int(row, 10),
		.kind = (int)db_int(row, 11),
		.weight = (int)db_int(row, 12),
		.lead = db_text(row, 13, a),
		.owners = db_int(row, 14),
		.agreed = db_int(row, 15),
		.hours_pledged = db_int(row, 16),
		.hours_delivered = db_int(row, 17),
		.late = db_int(row, 18) == 1,
		.casefile = db_text(row, 19, a),
	};
	ret.uuid = uuid_stored(row, 8);
	return ret;
}

struct rows_question {
	const struct db_stmt *statement;
	const struct db_value *args;
	size_t max;
};

static enum status read_rows(struct db_read *r, const struct rows_question *q, struct arena *a,
                             struct array *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct intervention_row *list = ARENA_ARRAY(a, struct intervention_row, q->max + 1);
	size_t count = 0;
	enum status st = db_query(r, q->statement, q->args, &rows, reterr);

	while (st == OK && count < q->max && db_next(&rows))
		list[count++] = read_row(&rows, a);
	*ret = (struct array){ list, count };
	return st == OK ? db_rows_end(&rows, reterr) : st;
}

enum status intervention_rows(struct db_read *r, const struct intervention_query *q,
                              struct arena *a, struct array *ret, struct error *reterr)
{
	const int64_t start = q->backward ? INT64_MAX : -1;
	const struct rows_question ask = {
		.statement = q->backward ? &BACKWARD : &FORWARD,
		.args = DB_ARGS(AUDIENCES(q->viewer), DB_INT(q->viewer->person_id),
		                DB_INT(q->reference != NULL ? q->place : start),
		                DB_TEXT(q->reference != NULL ? q->reference : ""),
		                DB_INT((int64_t)q->states), DB_INT((int64_t)q->kinds),
		                DB_INT(q->limit), DB_INT(q->late_only), DB_INT(q->today)),
		.max = (size_t)q->limit,
	};
	return read_rows(r, &ask, a, ret, reterr);
}

enum status intervention_rows_of(struct db_read *r, int64_t casefile_id, struct arena *a,
                                 struct array *ret, struct error *reterr)
{
	const struct rows_question ask = { &OF_CASEFILE, DB_ARGS(DB_INT(casefile_id)), 200 };
	return read_rows(r, &ask, a, ret, reterr);
}

enum status intervention_waits(struct db_read *r, int64_t casefile_id, struct arena *a,
                               struct array *ret, struct error *reterr)
{
	enum { MAX = 1000 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct intervention_wait *list = ARENA_ARRAY(a, struct intervention_wait, MAX);
	size_t count = 0;
	enum status st = db_query(r, &WAITS, DB_ARGS(DB_INT(casefile_id)), &rows, reterr);

	while (st == OK && count < MAX && db_next(&rows))
		list[count++] = (struct intervention_wait){ db_int(&rows, 0), db_int(&rows, 1) };
	*ret = (struct array){ list, count };
	return st == OK ? db_rows_end(&rows, reterr) : st;
}

enum status intervention_thing(struct db_read *r, int64_t id, struct thing *ret,
                               struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };

	*ret = (struct thing){ 0 };
	enum status st = db_query(r, &READERS, DB_ARGS(DB_INT(id)), &rows, reterr);
	while (st == OK && ret->reader_count < THING_AUDIENCES_MAX && db_next(&rows))
		ret->readers[ret->reader_count++] = db_int(&rows, 0);
	return st == OK ? db_rows_end(&rows, reterr) : st;
}
