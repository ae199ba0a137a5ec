#include "requests/request_store.h"
#include "platform/crypto/stored.h"

#define COLUMNS                                                                                    \
	"SELECT q.id, q.version, q.uuid, q.reference, q.casefile_id, q.participant_id, "           \
	"q.organ_id,"                                                                              \
	" p.short_name, o.on_behalf, o.letter, q.kind, q.urgent, q.template, q.phase, q.state,"    \
	" q.state_since, q.nothing_added, q.due_day, q.wanted_day, q.late, q.written_by,"          \
	" coalesce(q.handler_id, 0), coalesce(h.full_name, ''), q.created_at, q.issued_at,"        \
	" q.answered_at, q.key_id, q.question, q.necessity, q.settled FROM information_request q"  \
	" JOIN participant p ON p.id = q.participant_id JOIN organ o ON o.id = q.organ_id"         \
	" LEFT JOIN appointment b ON b.id = q.handler_id LEFT JOIN person h ON h.id = "            \
	"b.person_id "

/* Who is blocked from a casefile (conflict of interest, embargo) is blocked from its requests. */
#define NOT_KEPT(casefile, person)                                                                 \
	" AND NOT EXISTS (SELECT 1 FROM casefile_block k WHERE k.casefile_id = " casefile          \
	" AND k.person_id = " person " AND k.lifted_at = 0)"

static const struct db_stmt LOAD = {
	"request_load", "iiiiti",
	COLUMNS "WHERE q.reference = $5 AND EXISTS (SELECT 1 FROM request_audience a"
		" WHERE a.id = q.id AND a.audience_id IN ($1, $2, $3, $4))" NOT_KEPT(
		    "q.casefile_id", "$6")
};
static const struct db_stmt LOAD_KNOWN = {
	"request_load_known", "i",
	COLUMNS "WHERE q.id = $1 AND EXISTS (SELECT 1 FROM request_audience a WHERE a.id = q.id)"
};
static const struct db_stmt ABOUT = {
	"requests_about", "ii",
	COLUMNS "WHERE q.casefile_id = $1 AND length(q.question) > 0 AND ($2 = 0 OR q.id IN"
		" (SELECT t.request_id FROM request_part t WHERE t.presence_id = $2))"
		" ORDER BY q.id LIMIT 300"
};
static const struct db_stmt PARTS = {
	"request_parts", "i",
	"SELECT presence_id, category, state FROM request_part WHERE request_id = $1"
	" ORDER BY category, presence_id LIMIT 300"
};
static const struct db_stmt HISTORY = {
	"request_history", "i",
	"SELECT e.at, e.action, coalesce(p.short_name, '') FROM request_history e"
	" LEFT JOIN participant p ON p.id = e.participant_id WHERE e.request_id = $1"
	" ORDER BY e.at, e.id LIMIT 200"
};
static const struct db_stmt PICTURE = {
	"request_picture", "i",
	"SELECT q.kind, q.phase, q.nothing_added, q.due_day, q.wanted_day, q.offered_by_person,"
	" q.question_chars, q.necessity_chars,"
	" (SELECT count(DISTINCT t.presence_id) FROM request_part t WHERE t.request_id = q.id),"
	" (SELECT count(*) FROM request_part t WHERE t.request_id = q.id AND t.category <> 0),"
	" (SELECT count(*) FROM request_part t WHERE t.request_id = q.id AND t.state = 0),"
	" (SELECT count(*) FROM request_part t WHERE t.request_id = q.id AND t.state = 2),"
	" (SELECT count(*) FROM request_part t WHERE t.request_id = q.id AND t.state = 3),"
	" (SELECT count(*) FROM request_item i WHERE i.request_id = q.id AND i.state IN (1, 2)),"
	" (SELECT count(*) FROM request_item i WHERE i.request_id = q.id AND i.state = 2)"
	" FROM information_request q WHERE q.id = $1"
};

/*
 * $1-$4 audiences, $5 place, $6 reference of the row where the page begins ("" at the start), $7
 * mask of shown states (0: any), $8 rows. A request that two audiences of a viewer meet is shown
 * as the more telling of the two: the higher state is the neutral one, so the lowest counts.
 */
#define PLACE "coalesce((SELECT x.id FROM information_request x WHERE x.reference = $6), 0)"
#define SCAN                                                                                       \
	"SELECT place, id, state FROM (SELECT a.place, a.id, a.state FROM request_audience a"      \
	" WHERE a.audience_id = "
#define MASK                                                                                       \
	" AND ($7 = 0 OR ($7 & (CAST(1 AS bigint) << CAST(a.state AS int))) <> 0)" NOT_KEPT(       \
	    "a.casefile_id", "$9")
#define AFTER " AND (a.place, a.id) > ($5, " PLACE ")" MASK " ORDER BY a.place, a.id LIMIT $8)"
#define BEFORE                                                                                     \
	" AND (a.place, a.id) < ($5, " PLACE ")" MASK " ORDER BY a.place DESC, a.id DESC LIMIT "   \
	"$8)"
#define HEAD                                                                                       \
	"SELECT q.id, u.place, q.due_day, q.casefile_id, q.reference, p.short_name, min(u.state)," \
	" q.kind, q.urgent, q.late, (SELECT count(DISTINCT t.presence_id) FROM request_part t"     \
	" WHERE t.request_id = q.id), c.reference, c.theme, q.issued_at FROM ("
#define TAIL                                                                                       \
	") u JOIN information_request q ON q.id = u.id JOIN participant p ON p.id = "              \
	"q.participant_id JOIN casefile c ON c.id = q.casefile_id"                                 \
	" GROUP BY q.id, u.place, q.due_day, q.casefile_id, q.reference, p.short_name, q.kind,"    \
	" q.urgent, q.late, c.reference, c.theme, q.issued_at"
static const struct db_stmt FORWARD = { "request_rows_forward", "iiiiitiii",
	                                HEAD SCAN "$1" AFTER " q1 UNION " SCAN "$2" AFTER
	                                          " q2 UNION " SCAN "$3" AFTER " q3 UNION " SCAN
	                                          "$4" AFTER " q4" TAIL
	                                          " ORDER BY u.place, q.id LIMIT $8" };
static const struct db_stmt BACKWARD = { "request_rows_backward", "iiiiitiii",
	                                 HEAD SCAN "$1" BEFORE " q1 UNION " SCAN "$2" BEFORE
	                                           " q2 UNION " SCAN "$3" BEFORE " q3 UNION " SCAN
	                                           "$4" BEFORE " q4" TAIL
	                                           " ORDER BY u.place DESC, q.id DESC LIMIT $8" };
static const struct db_stmt OF_CASEFILE = {
	"request_rows_of", "iiiiii",
	"SELECT q.id, a.place, q.due_day, q.casefile_id, q.reference, p.short_name, min(a.state),"
	" q.kind, q.urgent, q.late, (SELECT count(DISTINCT t.presence_id) FROM request_part t"
	" WHERE t.request_id = q.id), c.reference, c.theme, q.issued_at FROM"
	" information_request q JOIN request_audience a ON a.id = q.id"
	" JOIN participant p ON p.id = q.participant_id JOIN casefile c ON c.id = q.casefile_id"
	" WHERE q.casefile_id = $5 AND a.audience_id IN ($1, $2, $3, $4)" NOT_KEPT(
	    "q.casefile_id", "$6") " GROUP BY q.id, a.place, q.due_day, q.casefile_id, "
				   "q.reference, p.short_name, q.kind,"
				   " q.urgent, q.late, c.reference, c.theme, q.issued_at"
				   " ORDER BY a.place, q.id LIMIT 200"
};
static const struct db_stmt PROVISIONS = {
	"request_provisions", "iii",
	"SELECT v.day, v.subjects, v.items, q.reference, v.category, v.id FROM request_provision v"
	" JOIN information_request q ON q.id = v.request_id WHERE v.organ_id = $1 AND v.day >= $2"
	" AND v.day <= $3 ORDER BY v.day, v.id LIMIT 5001"
};
static const struct db_stmt HANDLES = { "request_may_handle", "iiiii",
	                                "SELECT count(*) FROM appointment WHERE id = $1 AND "
	                                "organ_id = $2 AND role = $5 AND state = 2"
	                                " AND from_day <= $3 AND (until_day = 0 OR until_day >= $3)"
	                                " AND (ended_at = 0 OR ended_at > $4)" };
/* Waiting: 2, 3, 4. $1 ms since which answers count, $2 ms of a day. */
static const struct db_stmt AGEING = {
	"request_ageing", "ii",
	"SELECT p.short_name, sum(CASE WHEN q.state IN (2, 3, 4) THEN 1 ELSE 0 END),"
	" sum(CASE WHEN q.state IN (2, 3, 4) AND q.late = 1 THEN 1 ELSE 0 END),"
	" coalesce(min(CASE WHEN q.state IN (2, 3, 4) THEN q.due_day END), 0),"
	" sum(CASE WHEN q.answered_at > $1 THEN 1 ELSE 0 END),"
	" coalesce(sum(CASE WHEN q.answered_at > $1 THEN (q.answered_at - q.issued_at) / $2 END), "
	"0)"
	" FROM information_request q JOIN participant p ON p.id = q.participant_id"
	" WHERE q.state NOT IN (1, 10) AND q.phase < 3 GROUP BY p.id, p.short_name, p.sort_key"
	" ORDER BY p.sort_key, p.id LIMIT 200"
};

const struct db_stmt *const request_statements[] = {
	&LOAD,        &LOAD_KNOWN, &PARTS,  &HISTORY, &PICTURE, &FORWARD, &BACKWARD,
	&OF_CASEFILE, &PROVISIONS, &AGEING, &HANDLES, &ABOUT,   NULL,
};

#define AUDIENCES(v)                                                                               \
	DB_INT((v)->audiences[0]), DB_INT((v)->audiences[1]), DB_INT((v)->audiences[2]),           \
	    DB_INT((v)->audiences[3])

static struct information_request read_request(const struct db_rows *row, struct arena *a)
{
	struct information_request q = {
		.id = db_int(row, 0),
		.version = db_int(row, 1),
		.reference = db_text(row, 3, a),
		.casefile_id = db_int(row, 4),
		.participant_id = db_int(row, 5),
		.organ_id = db_int(row, 6),
		.participant = db_text(row, 7, a),
		.on_behalf = db_text(row, 8, a),
		.letter = db_text(row, 9, a)[0],
		.kind = (int)db_int(row, 10),
		.urgent = db_int(row, 11) == 1,
		.template_code = (uint16_t)db_int(row, 12),
		.phase = (enum law_phase)db_int(row, 13),
		.state = (uint8_t)db_int(row, 14),
		.state_since = db_int(row, 15),
		.empty = db_int(row, 16) == 1,
		.due_day = db_int(row, 17),
		.wanted_day = db_int(row, 18),
		.late = db_int(row, 19) == 1,
		.written_by = db_int(row, 20),
		.handler_id = db_int(row, 21),
		.handler = db_text(row, 22, a),
		.created_at = db_int(row, 23),
		.issued_at = db_int(row, 24),
		.answered_at = db_int(row, 25),
		.key_id = db_int(row, 26),
	};
	q.uuid = uuid_stored(row, 2);
	q.question.bytes = db_bytes(row, 27, a, &q.question.len);
	q.necessity.bytes = db_bytes(row, 28, a, &q.necessity.len);
	if (!db_is_null(row, 29))
		q.settled.bytes = db_bytes(row, 29, a, &q.settled.len);
	return q;
}

enum status request_load(struct db_read *r, const struct viewer *viewer, const char *reference,
                         struct arena *a, struct information_request *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(
	    r, &LOAD, DB_ARGS(AUDIENCES(viewer), DB_TEXT(reference), DB_INT(viewer->person_id)),
	    &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st == OK)
		*ret = read_request(&row, a);
	return st;
}

enum status request_load_known(struct db_read *r, int64_t id, struct arena *a,
                               struct information_request *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(r, &LOAD_KNOWN, DB_ARGS(DB_INT(id)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st == OK)
		*ret = read_request(&row, a);
	return st;
}

enum status requests_about(struct db_read *r, int64_t casefile_id, int64_t presence_id,
                           struct arena *a, struct array *ret, struct error *reterr)
{
	enum { MAX = 300 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct information_request *list = ARENA_ARRAY(a, struct information_request, MAX);
	size_t count = 0;

	const enum status st =
	    db_query(r, &ABOUT, DB_ARGS(DB_INT(casefile_id), DB_INT(presence_id)), &rows, reterr);
	if (st != OK)
		return st;
	while (count < MAX && db_next(&rows))
		list[count++] = read_request(&rows, a);
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

enum status request_parts(struct db_read *r, int64_t request_id, struct arena *a, struct array *ret,
                          struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct request_part *list = ARENA_ARRAY(a, struct request_part, REQUEST_PARTS_MAX);
	size_t count = 0;
	enum status st = db_query(r, &PARTS, DB_ARGS(DB_INT(request_id)), &rows, reterr);

	if (st != OK)
		return st;
	while (count < REQUEST_PARTS_MAX && db_next(&rows))
		list[count++] =
		    (struct request_part){ db_int(&rows, 0), (enum law_category)db_int(&rows, 1),
			                   (uint8_t)db_int(&rows, 2) };
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

enum status request_history(struct db_read *r, int64_t request_id, struct arena *a,
                            struct array *ret, struct error *reterr)
{
	enum { MAX = 200 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct request_event *list = ARENA_ARRAY(a, struct request_event, MAX);
	size_t count = 0;
	enum status st = db_query(r, &HISTORY, DB_ARGS(DB_INT(request_id)), &rows, reterr);

	if (st != OK)
		return st;
	while (count < MAX && db_next(&rows))
		list[count++] = (struct request_event){ db_int(&rows, 0), (uint8_t)db_int(&rows, 1),
			                                db_text(&rows, 2, a) };
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

enum status request_picture_load(struct db_read *r, int64_t request_id, struct request_picture *ret,
                                 struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(r, &PICTURE, DB_ARGS(DB_INT(request_id)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st == OK)
		*ret = (struct request_picture){
			.kind = (enum request_kind)db_int(&row, 0),
			.phase_3 = db_int(&row, 1) == PHASE_3,
			.empty = db_int(&row, 2) == 1,
			.due_day = db_int(&row, 3),
			.wanted_day = db_int(&row, 4),
			.answering_person_id = db_int(&row, 5),
			.question_chars = (size_t)db_int(&row, 6),
			.necessity_chars = (size_t)db_int(&row, 7),
			.subjects = db_int(&row, 8),
			.parts = db_int(&row, 9),
			.parts_open = db_int(&row, 10),
			.parts_facts = db_int(&row, 11),
			.parts_refused = db_int(&row, 12),
			.items = db_int(&row, 13),
			.items_unjudged = db_int(&row, 14),
		};
	return st;
}

static enum status read_rows(struct db_read *r, const struct db_stmt *s,
                             const struct db_value *args, size_t max, struct arena *a,
                             struct array *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct request_row *list = ARENA_ARRAY(a, struct request_row, max + 1);
	size_t count = 0;
	enum status st = db_query(r, s, args, &rows, reterr);

	if (st != OK)
		return st;
	while (count < max && db_next(&rows))
		list[count++] = (struct request_row){
			.id = db_int(&rows, 0),
			.place = db_int(&rows, 1),
			.due_day = db_int(&rows, 2),
			.casefile_id = db_int(&rows, 3),
			.reference = db_text(&rows, 4, a),
			.participant = db_text(&rows, 5, a),
			.state = (uint8_t)db_int(&rows, 6),
			.kind = (int)db_int(&rows, 7),
			.urgent = db_int(&rows, 8) == 1,
			.late = db_int(&rows, 9) == 1,
			.subjects = db_int(&rows, 10),
			.casefile = db_text(&rows, 11, a),
			.theme = (int)db_int(&rows, 12),
			.issued_at = db_int(&rows, 13),
		};
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

enum status request_rows(struct db_read *r, const struct request_query *q, struct arena *a,
                         struct array *ret, struct error *reterr)
{
	const int64_t start = q->backward ? INT64_MAX : -1;
	const struct db_value *args =
	    DB_ARGS(AUDIENCES(q->viewer), DB_INT(q->reference != NULL ? q->place : start),
	            DB_TEXT(q->reference != NULL ? q->reference : ""), DB_INT((int64_t)q->states),
	            DB_INT(q->limit), DB_INT(q->viewer->person_id));

	return read_rows(r, q->backward ? &BACKWARD : &FORWARD, args, (size_t)q->limit, a, ret,
	                 reterr);
}

enum status request_rows_of(struct db_read *r, const struct viewer *viewer, int64_t casefile_id,
                            struct arena *a, struct array *ret, struct error *reterr)
{
	enum { MAX = 200 };
	return read_rows(r, &OF_CASEFILE,
	                 DB_ARGS(AUDIENCES(viewer), DB_INT(casefile_id), DB_INT(viewer->person_id)),
	                 MAX, a, ret, reterr);
}

// NOLINTNEXTLINE(readability-function-size): whose, from when, until when
enum status request_provisions(struct db_read *r, int64_t organ_id, int64_t from_day,
                               int64_t until_day, struct arena *a, struct array *ret,
                               struct error *reterr)
{
	enum { MAX = 5001 }; /* one more than a file holds */
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct provision_row *list = ARENA_ARRAY(a, struct provision_row, MAX);
	size_t count = 0;
	enum status st =
	    db_query(r, &PROVISIONS, DB_ARGS(DB_INT(organ_id), DB_INT(from_day), DB_INT(until_day)),
	             &rows, reterr);

	if (st != OK)
		return st;
	while (count < MAX && db_next(&rows))
		list[count++] = (struct provision_row){
			.day = db_int(&rows, 0),
			.subjects = db_int(&rows, 1),
			.items = db_int(&rows, 2),
			.reference = db_text(&rows, 3, a),
			.category = (enum law_category)db_int(&rows, 4),
			.id = db_int(&rows, 5),
		};
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

enum status request_ageing(struct db_read *r, int64_t since_ms, struct arena *a, struct array *ret,
                           struct error *reterr)
{
	enum { MAX = 200 };
	static const int64_t DAY_MS = INT64_C(86400000);
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct ageing_row *list = ARENA_ARRAY(a, struct ageing_row, MAX);
	size_t count = 0;
	enum status st =
	    db_query(r, &AGEING, DB_ARGS(DB_INT(since_ms), DB_INT(DAY_MS)), &rows, reterr);

	if (st != OK)
		return st;
	while (count < MAX && db_next(&rows)) {
		const int64_t answered = db_int(&rows, 4);
		list[count++] = (struct ageing_row){
			.participant = db_text(&rows, 0, a),
			.waiting = db_int(&rows, 1),
			.late = db_int(&rows, 2),
			.oldest_due = db_int(&rows, 3),
			.answered = answered,
			.answer_days = answered > 0 ? db_int(&rows, 5) / answered : 0,
		};
	}
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

// NOLINTNEXTLINE(readability-function-size): who, where and when
enum status request_may_handle(struct db_read *r, int64_t appointment_id, int64_t organ_id,
                               int64_t today, int64_t now_ms, bool *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(r, &HANDLES,
	                          DB_ARGS(DB_INT(appointment_id), DB_INT(organ_id), DB_INT(today),
	                                  DB_INT(now_ms), DB_INT(ROLE_PARTNER_DESK)),
	                          &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	*ret = st == OK && db_int(&row, 0) == 1;
	return st;
}

/* ---- who it is open to ------------------------------------------------------------------------- */

static void open_to(struct thing *t, audience who)
{
	t->readers[t->reader_count++] = who;
}

void request_thing(const struct information_request *q, struct thing *ret)
{
	*ret = (struct thing){ 0 };
	open_to(ret, audience_of(AUDIENCE_APPOINTMENT, q->written_by));
	open_to(ret, audience_of(AUDIENCE_ROLE, ROLE_INFO_COORDINATOR));
	if (q->phase < PHASE_3) {
		open_to(ret, audience_of(AUDIENCE_ROLE, ROLE_ANALYST));
		open_to(ret, audience_of(AUDIENCE_ROLE, ROLE_RIEC_HEAD));
		open_to(ret, audience_of(AUDIENCE_ROLE, ROLE_COORD_DPO));
	}
	if (q->state == REQUEST_DRAFT || q->state == REQUEST_CANCELLED)
		return;
	open_to(ret, audience_of(AUDIENCE_ORGAN_DESK, q->organ_id));
	open_to(ret, audience_of(AUDIENCE_DECIDERS, q->organ_id));
}
