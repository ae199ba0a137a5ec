#include "casework/hand_over.h"

#include "audit/action.h"
#include "casework/casefile_index.h"
#include "casework/casework_parts.h"
#include "subjects/presence.h"
#include "work/work.h"

/* ---- one member for another ------------------------------------------------------------------- */

static const struct db_stmt CAPACITY = {
	"hand_over_capacity", "ii",
	"SELECT x.capacity, (SELECT count(*) FROM intervention i WHERE i.casefile_id = $1"
	" AND i.lead_id = $2 AND i.state IN (1, 2, 3, 5, 6, 7, 9)) FROM casefile_member x"
	" WHERE x.casefile_id = $1 AND x.appointment_id = $2"
};
static const struct db_stmt IS_IN_CAPACITY = {
	"hand_over_is_in", "iii",
	"SELECT count(*) FROM casefile_member WHERE casefile_id = $1 AND appointment_id = $2"
	" AND capacity = $3"
};
static const struct db_stmt PASS_TASKS = {
	"hand_over_tasks", "iii",
	"UPDATE casefile_task SET appointment_id = $3 WHERE casefile_id = $1"
	" AND appointment_id = $2 AND done_at = 0"
};
/* What waits for him in this casefile now waits for the other. $2, $3 audiences. */
static const struct db_stmt PASS_WORK = {
	"hand_over_work", "iii",
	"UPDATE task SET audience_id = $3 WHERE audience_id = $2 AND done_at = 0"
	" AND ((object_kind = 17 AND object_id = $1) OR (object_kind = 19 AND object_id IN"
	" (SELECT t.id FROM casefile_task t WHERE t.casefile_id = $1)))"
	" AND NOT EXISTS (SELECT 1 FROM task u WHERE u.audience_id = $3 AND u.kind = task.kind"
	" AND u.object_kind = task.object_kind AND u.object_id = task.object_id"
	" AND u.created_at = task.created_at)"
};

static enum status two_numbers(struct db_tx *tx, const struct db_stmt *s,
                               const struct db_value *args, int64_t ret[2], struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(db_tx_read(tx), s, args, &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st != OK)
		return st;
	ret[0] = db_int(&row, 0);
	ret[1] = s == &CAPACITY ? db_int(&row, 1) : 0;
	return OK;
}

enum status casefile_successors(struct db_read *r, int64_t id, int64_t appointment_id,
                                int64_t now_ms, struct arena *a, struct array *ret,
                                struct error *reterr)
{
	struct array members = { 0 }, others = { 0 };
	int capacity = 0;

	enum status st = casefile_members(r, id, now_ms, a, &members, reterr);
	if (st == OK)
		st = casefile_candidates(r, id, now_ms, a, &others, reterr);
	if (st != OK)
		return st;
	const struct casefile_member *m = members.items, *o = others.items;
	struct casefile_member *to =
	    ARENA_ARRAY(a, struct casefile_member, members.count + others.count + 1);
	size_t count = 0;
	for (size_t i = 0; i < members.count; i++)
		if (m[i].appointment_id == appointment_id)
			capacity = m[i].capacity;
	if (capacity == 0)
		return FAIL_NOT_FOUND(reterr);
	for (size_t i = 0; i < members.count; i++)
		if (m[i].capacity == capacity && m[i].appointment_id != appointment_id)
			to[count++] = m[i];
	for (size_t i = 0; i < others.count; i++)
		if (capacity_of_role(o[i].role) == capacity)
			to[count++] = o[i];
	*ret = (struct array){ to, count };
	return OK;
}

static enum status pass_work(struct db_tx *tx, const struct handing_over *h, struct error *reterr)
{
	const int64_t id = h->who.casefile_id;
	enum status st = db_exec(tx, &PASS_TASKS,
	                         DB_ARGS(DB_INT(id), DB_INT(h->from), DB_INT(h->to)), NULL, reterr);

	return st == OK
	           ? db_exec(tx, &PASS_WORK,
	                     DB_ARGS(DB_INT(id), DB_INT(audience_of(AUDIENCE_APPOINTMENT, h->from)),
	                             DB_INT(audience_of(AUDIENCE_APPOINTMENT, h->to))),
	                     NULL, reterr)
	           : st;
}

enum status casefile_hand_over(struct db_tx *tx, const struct handing_over *h, struct error *reterr)
{
	const int64_t id = h->who.casefile_id;
	int64_t from[2] = { 0 }, to[2] = { 0 };

	if (h->from == h->to)
		return FAIL(reterr, ERR_INVALID, "Kies iemand anders.");
	enum status st =
	    two_numbers(tx, &CAPACITY, DB_ARGS(DB_INT(id), DB_INT(h->from)), from, reterr);
	if (st == OK && from[1] > 0)
		return FAIL(reterr, ERR_CONFLICT,
		            "Deze regievoerder leidt nog een interventie. Laat de Stuurploeg daar "
		            "eerst een ander aanwijzen.");
	if (st == OK)
		st = casefile_member_join(tx, &h->who, h->to, reterr);
	if (st == OK)
		st = two_numbers(tx, &IS_IN_CAPACITY,
		                 DB_ARGS(DB_INT(id), DB_INT(h->to), DB_INT(from[0])), to, reterr);
	if (st == OK && to[0] == 0)
		return FAIL(reterr, ERR_INVALID, "Kies iemand die hetzelfde werk kan doen.");
	if (st == OK)
		st = pass_work(tx, h, reterr);
	if (st == OK)
		st = casefile_member_remove(tx, &h->who, h->from, reterr);
	struct casefile_picture picture = { 0 };
	if (st == OK)
		st = casefile_picture_load(db_tx_read(tx), id, &picture, reterr);
	return st == OK
	           ? casefile_history_put(tx, &h->who, CASEFILE_HANDED_OVER, picture.state, reterr)
	           : st;
}

_Static_assert((int)CASEFILE_SUBJECTS_MAX == (int)SUBJECTS_MAX, "one limit");

/* ---- one casefile into another ----------------------------------------------------------------- */

/* $1 into, $2 the other. 9 closed, 10 withdrawn: no request runs (requests/information_request.h). */
static const struct db_stmt JOINING = {
	"casefile_joining", "ii",
	"SELECT a.state, b.state, CASE WHEN a.activity = b.activity THEN 1 ELSE 0 END,"
	" CASE WHEN a.variant = b.variant THEN 1 ELSE 0 END,"
	" CASE WHEN coalesce(a.bottleneck_id, 0) = coalesce(b.bottleneck_id, 0) THEN 1 ELSE 0 END,"
	" (SELECT count(*) FROM information_request q WHERE q.casefile_id = b.id"
	" AND q.closed_at = 0),"
	" (SELECT count(*) FROM casefile_task t WHERE t.casefile_id = b.id AND t.done_at = 0),"
	" (SELECT count(*) FROM casefile_note n WHERE n.casefile_id = b.id AND n.removed_at = 0),"
	" (SELECT count(*) FROM analysis s JOIN analysis_paragraph g ON g.analysis_id = s.id"
	" WHERE s.casefile_id = b.id AND g.state = 1),"
	" (SELECT count(*) FROM advice d WHERE d.casefile_id = b.id)"
	" + (SELECT count(*) FROM intervention i WHERE i.casefile_id = b.id),"
	" (SELECT count(*) FROM casefile_member m WHERE m.casefile_id IN (a.id, b.id)),"
	" (SELECT count(*) FROM presence p WHERE p.casefile_id IN (a.id, b.id))"
	" FROM casefile a JOIN casefile b ON b.id = $2 WHERE a.id = $1"
};
static const struct db_stmt LAST = {
	"casefile_join_last", "i",
	"SELECT coalesce(max(number), 0) FROM presence WHERE casefile_id = $1"
};
static const struct db_stmt PRESENCES = {
	"casefile_join_presences", "iii",
	"UPDATE presence SET casefile_id = $1, number = number + $3 WHERE casefile_id = $2"
};
static const struct db_stmt PHASES = {
	"casefile_join_phases", "ii",
	"UPDATE casefile_phase SET casefile_id = $1 WHERE casefile_id = $2"
};
static const struct db_stmt CORRECTIONS = {
	"casefile_join_corrections", "ii",
	"UPDATE fact_correction SET casefile_id = $1 WHERE casefile_id = $2"
};
static const struct db_stmt REQUESTS = {
	"casefile_join_requests", "ii",
	"UPDATE information_request SET casefile_id = $1 WHERE casefile_id = $2"
};
static const struct db_stmt REQUEST_READERS = {
	"casefile_join_request_readers", "ii",
	"UPDATE request_audience SET casefile_id = $1 WHERE casefile_id = $2"
};
static const struct db_stmt SIGNALS = {
	"casefile_join_signals", "ii",
	"INSERT INTO casefile_signal (casefile_id, signal_id, linked_at) SELECT $1, s.signal_id,"
	" s.linked_at FROM casefile_signal s WHERE s.casefile_id = $2"
	" ON CONFLICT (casefile_id, signal_id) DO NOTHING"
};
static const struct db_stmt ORGANS = {
	"casefile_join_organs", "ii",
	"INSERT INTO casefile_organ (casefile_id, organ_id, added_at) SELECT $1, o.organ_id,"
	" o.added_at FROM casefile_organ o WHERE o.casefile_id = $2"
	" ON CONFLICT (casefile_id, organ_id) DO NOTHING"
};
static const struct db_stmt BLOCKS = {
	"casefile_join_blocks", "ii",
	"INSERT INTO casefile_block (casefile_id, person_id, kind, set_by, set_at) SELECT $1,"
	" k.person_id, k.kind, k.set_by, k.set_at FROM casefile_block k WHERE k.casefile_id = $2"
	" AND k.lifted_at = 0 AND NOT EXISTS (SELECT 1 FROM casefile_block x"
	" WHERE x.casefile_id = $1 AND x.person_id = k.person_id AND x.lifted_at = 0)"
};
/* Named for phase 3 in one of the two is named for nobody of the other. */
static const struct db_stmt UNNAME = {
	"casefile_join_unname", "ii",
	"UPDATE casefile_member SET heavy = 0 WHERE casefile_id = $1 AND heavy = 1 AND NOT EXISTS"
	" (SELECT 1 FROM casefile_member m WHERE m.casefile_id = $2"
	" AND m.appointment_id = casefile_member.appointment_id AND m.heavy = 1)"
};
static const struct db_stmt MEMBERS = {
	"casefile_join_members", "ii",
	"INSERT INTO casefile_member (casefile_id, appointment_id, capacity, heavy, added_by,"
	" added_at) SELECT $1, m.appointment_id, m.capacity, 0, m.added_by, m.added_at"
	" FROM casefile_member m WHERE m.casefile_id = $2"
	" ON CONFLICT (casefile_id, appointment_id) DO NOTHING"
};

const struct db_stmt *const hand_over_statements[] = {
	&CAPACITY, &IS_IN_CAPACITY, &PASS_TASKS, &PASS_WORK,       &JOINING, &LAST,   &PRESENCES,
	&PHASES,   &CORRECTIONS,    &REQUESTS,   &REQUEST_READERS, &SIGNALS, &ORGANS, &BLOCKS,
	&UNNAME,   &MEMBERS,        NULL
};

enum status casefile_joining_load(struct db_read *r, int64_t into_id, int64_t other_id,
                                  struct casefile_joining *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st =
	    db_query(r, &JOINING, DB_ARGS(DB_INT(into_id), DB_INT(other_id)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st == OK)
		*ret = (struct casefile_joining){ .into_state = (uint8_t)db_int(&row, 0),
			                          .other_state = (uint8_t)db_int(&row, 1),
			                          .same_activity = db_int(&row, 2) == 1,
			                          .same_variant = db_int(&row, 3) == 1,
			                          .same_bottleneck = db_int(&row, 4) == 1,
			                          .open_requests = db_int(&row, 5),
			                          .open_tasks = db_int(&row, 6),
			                          .notes = db_int(&row, 7),
			                          .paragraphs = db_int(&row, 8),
			                          .proposals = db_int(&row, 9),
			                          .members = db_int(&row, 10),
			                          .subjects = db_int(&row, 11) };
	return st;
}

static enum status move_rows(struct db_tx *tx, int64_t into, int64_t other, struct error *reterr)
{
	static const struct db_stmt *const STEPS[] = { &PHASES,          &CORRECTIONS, &REQUESTS,
		                                       &REQUEST_READERS, &SIGNALS,     &ORGANS,
		                                       &BLOCKS,          &UNNAME,      &MEMBERS };
	int64_t last[2] = { 0 };

	enum status st = two_numbers(tx, &LAST, DB_ARGS(DB_INT(into)), last, reterr);
	if (st == OK)
		st = db_exec(tx, &PRESENCES, DB_ARGS(DB_INT(into), DB_INT(other), DB_INT(last[0])),
		             NULL, reterr);
	for (size_t i = 0; st == OK && i < sizeof STEPS / sizeof STEPS[0]; i++)
		st = db_exec(tx, STEPS[i], DB_ARGS(DB_INT(into), DB_INT(other)), NULL, reterr);
	return st;
}

static enum status stop_other(struct db_tx *tx, const struct casefile_writer *w, int64_t other_id,
                              struct error *reterr)
{
	struct casefile_picture picture = { 0 };
	enum status st = casefile_picture_load(db_tx_read(tx), other_id, &picture, reterr);

	picture.reason_given = true;
	const struct casefile_moving m = { .who = { other_id, w->viewer, w->now_ms },
		                           .action = CASEFILE_STOP,
		                           .picture = &picture,
		                           .reason_class = END_REASON_JOINED };
	if (st == OK)
		st = casefile_move(tx, &m, reterr);
	return st == OK ? casefile_words_changed(tx, other_id, reterr) : st;
}

enum status casefile_join(struct db_tx *tx, const struct casefile_writer *w, int64_t other_id,
                          struct error *reterr)
{
	struct casefile_joining j = { 0 };
	const char *reference = NULL;

	enum status st =
	    casefile_joining_load(db_tx_read(tx), w->casefile_id, other_id, &j, reterr);
	if (st != OK)
		return st;
	const struct verdict v = casefile_may_join(&j);
	if (!verdict_allows(v))
		return FAIL(reterr, ERR_CONFLICT, "%s", v.sentence);
	st = move_rows(tx, w->casefile_id, other_id, reterr);
	if (st == OK)
		st = stop_other(tx, w, other_id, reterr);
	if (st == OK)
		st = casefile_history_put(tx, w, CASEFILE_JOINED, j.into_state, reterr);
	if (st == OK)
		st = casefile_readers_changed(tx, w->casefile_id, &reference, reterr);
	if (st == OK)
		st = casefile_words_changed(tx, w->casefile_id, reterr);
	return st == OK ? casefile_tell_members(tx, w, NEWS_CASEFILE_JOINED, reference, reterr)
	                : st;
}
