#include "casework/join.h"

#include "audit/action.h"
#include "casework/casefile_index.h"
#include "casework/casework_parts.h"
#include "subjects/joined.h"
#include "subjects/presence.h"
#include "work/work.h"

_Static_assert((int)CASEFILE_SUBJECTS_MAX == (int)SUBJECTS_MAX, "one limit");

/* $1 into, $2 the other. 4: an advice that was withdrawn (advice/advices.h). */
static const struct db_stmt JOINING = {
	"casefile_joining", "ii",
	"SELECT a.state, b.state, CASE WHEN a.activity = b.activity THEN 1 ELSE 0 END,"
	" CASE WHEN a.variant = b.variant THEN 1 ELSE 0 END,"
	" CASE WHEN coalesce(a.bottleneck_id, 0) = coalesce(b.bottleneck_id, 0) THEN 1 ELSE 0 END,"
	" (SELECT count(*) FROM casefile_task t WHERE t.casefile_id IN (a.id, b.id)),"
	" (SELECT count(*) FROM casefile_note n WHERE n.casefile_id IN (a.id, b.id)),"
	" (SELECT count(*) FROM analysis s JOIN analysis_paragraph g ON g.analysis_id = s.id"
	" WHERE s.casefile_id = a.id AND g.state = 1),"
	" (SELECT count(*) FROM analysis s JOIN analysis_paragraph g ON g.analysis_id = s.id"
	" WHERE s.casefile_id = b.id AND g.state = 1),"
	" (SELECT count(*) FROM advice d WHERE d.casefile_id = b.id AND d.state <> 4)"
	" + (SELECT count(*) FROM intervention i WHERE i.casefile_id = b.id),"
	" (SELECT count(*) FROM casefile_member m WHERE m.casefile_id IN (a.id, b.id)),"
	" (SELECT count(*) FROM presence p WHERE p.casefile_id IN (a.id, b.id))"
	" FROM casefile a JOIN casefile b ON b.id = $2 WHERE a.id = $1"
};
static const struct db_stmt LAST = {
	"casefile_join_last", "i",
	"SELECT coalesce(max(CASE WHEN p.number > c.last_number THEN p.number"
	" ELSE c.last_number END), 0) FROM casefile c LEFT JOIN presence p"
	" ON p.casefile_id = c.id WHERE c.id = $1"
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
/* What a hold keeps follows into the other casefile. */
static const struct db_stmt HOLDS = {
	"casefile_join_holds", "ii",
	"INSERT INTO destruction_hold_object (hold_id, object_kind, object_id) SELECT o.hold_id, "
	"17,"
	" $1 FROM destruction_hold_object o WHERE o.object_kind = 17 AND o.object_id = $2"
	" ON CONFLICT (object_kind, object_id, hold_id) DO NOTHING"
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

/* Of both were judged the same before they came together. */
static const struct db_stmt SAME = {
	"casefile_join_same", "i",
	"SELECT DISTINCT p.id FROM presence p JOIN judgement j ON j.one_id = p.id"
	" JOIN presence q ON q.id = j.other_id WHERE p.casefile_id = $1 AND q.casefile_id = $1"
	" AND j.kind = 1 AND j.state = 2 ORDER BY p.id LIMIT 100"
};

const struct db_stmt *const join_statements[] = { &JOINING,         &LAST,        &PRESENCES,
	                                          &PHASES,          &SAME,        &REQUESTS,
	                                          &REQUEST_READERS, &HOLDS,       &SIGNALS,
	                                          &ORGANS,          &BLOCKS,      &UNNAME,
	                                          &MEMBERS,         &CORRECTIONS, NULL };

enum status casefile_last_number(struct db_read *r, int64_t id, int64_t *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(r, &LAST, DB_ARGS(DB_INT(id)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st == OK)
		*ret = db_int(&row, 0);
	return st;
}

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
			                          .tasks = db_int(&row, 5),
			                          .notes = db_int(&row, 6),
			                          .into_paragraphs = db_int(&row, 7),
			                          .paragraphs = db_int(&row, 8),
			                          .proposals = db_int(&row, 9),
			                          .members = db_int(&row, 10),
			                          .subjects = db_int(&row, 11) };
	return st;
}

static enum status must_be_last(struct db_tx *tx, const struct joining *j, struct error *reterr)
{
	int64_t last = 0;
	const enum status st =
	    casefile_last_number(db_tx_read(tx), j->who.casefile_id, &last, reterr);

	return st == OK && last != j->last_number
	           ? FAIL(reterr, ERR_CONFLICT,
	                  "Intussen kwam er iemand bij. Probeer het nog eens.")
	           : st;
}

/* Who was judged the same across the two is read together from now on: the earliest clock is all's. */
static enum status settle_clocks(struct db_tx *tx, int64_t casefile_id, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	int64_t ids[SUBJECTS_MAX];
	size_t count = 0;

	enum status st =
	    db_query(db_tx_read(tx), &SAME, DB_ARGS(DB_INT(casefile_id)), &rows, reterr);
	while (st == OK && count < SUBJECTS_MAX && db_next(&rows))
		ids[count++] = db_int(&rows, 0);
	if (st == OK)
		st = db_rows_end(&rows, reterr);
	db_rows_close(&rows); /* a second statement runs when the first is done */
	for (size_t i = 0; st == OK && i < count; i++)
		st = joined_settle(tx, ids[i], reterr);
	return st;
}

static enum status move_rows(struct db_tx *tx, const struct joining *j, struct error *reterr)
{
	static const struct db_stmt *const STEPS[] = { &PHASES,          &CORRECTIONS, &REQUESTS,
		                                       &REQUEST_READERS, &SIGNALS,     &HOLDS,
		                                       &ORGANS,          &BLOCKS,      &UNNAME,
		                                       &MEMBERS };
	const int64_t into = j->who.casefile_id, other = j->other_id;

	enum status st = must_be_last(tx, j, reterr);
	if (st == OK)
		st = db_exec(tx, &PRESENCES,
		             DB_ARGS(DB_INT(into), DB_INT(other), DB_INT(j->last_number)), NULL,
		             reterr);
	for (size_t i = 0; st == OK && i < sizeof STEPS / sizeof STEPS[0]; i++)
		st = db_exec(tx, STEPS[i], DB_ARGS(DB_INT(into), DB_INT(other)), NULL, reterr);
	if (st == OK)
		st = notes_carry_put(tx, other, into, &j->words, reterr);
	return st == OK ? settle_clocks(tx, into, reterr) : st;
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

static enum status tell_all(struct db_tx *tx, const struct joining *j, uint8_t state,
                            struct error *reterr)
{
	const int64_t into = j->who.casefile_id;
	const char *reference = NULL;

	enum status st =
	    casefile_history_between(tx, &j->who, CASEFILE_JOINED, state, j->other_id, reterr);
	if (st == OK)
		st = casefile_readers_changed(tx, into, &reference, reterr);
	if (st == OK)
		st = casefile_tasks_follow(tx, into, reference, reterr);
	if (st == OK)
		st = casefile_words_changed(tx, into, reterr);
	return st == OK
	           ? casefile_tell_members(tx, &j->who, NEWS_CASEFILE_JOINED, reference, reterr)
	           : st;
}

enum status casefile_join(struct db_tx *tx, const struct joining *j, struct error *reterr)
{
	struct casefile_joining facts = { 0 };

	enum status st =
	    casefile_joining_load(db_tx_read(tx), j->who.casefile_id, j->other_id, &facts, reterr);
	if (st != OK)
		return st;
	const struct verdict v = casefile_may_join(&facts);
	if (!verdict_allows(v))
		return FAIL(reterr, ERR_CONFLICT, "%s%s%s", v.sentence, v.next != NULL ? " " : "",
		            v.next != NULL ? v.next : "");
	st = move_rows(tx, j, reterr);
	if (st == OK)
		st = tell_all(tx, j, facts.into_state, reterr);
	/* last: what still waits in the other one then waits for nobody */
	return st == OK ? stop_other(tx, &j->who, j->other_id, reterr) : st;
}
