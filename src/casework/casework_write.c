/* What changes a casefile: opening, people, blocks, moves; audiences follow each of them. */
#include "casework/casework.h"

#include "audit/action.h"
#include "casework/advice_news.h"
#include "casework/casefile_index.h"
#include "casework/casework_parts.h"
#include "casework/variant.h"
#include "platform/core/calendar.h"
#include "platform/crypto/numbering.h"
#include "search/search_feed.h"
#include "work/work.h"

const struct db_root CASEFILE_ROOT = DB_ROOT(40, casefile);

static const struct db_stmt BOTTLENECK = {
	"bottleneck_in_force", "ii",
	"SELECT CASE WHEN from_day <= $2 AND until_day >= $2 THEN 1 ELSE 0 END"
	" FROM bottleneck WHERE id = $1"
};
static const struct db_stmt INSERT = {
	"casefile_insert", "btiiIiii",
	"INSERT INTO casefile (uuid, reference, state, state_since, activity, variant,"
	" bottleneck_id, theme, crime_form, municipality_id, opened_by, opened_at)"
	" SELECT $1, $2, 1, $8, $3, $4, $5, s.theme, s.crime_form, s.municipality_id, $6, $8"
	" FROM signal s WHERE s.id = $7 RETURNING id"
};
/* $7 the casefile that it was a part of. */
static const struct db_stmt INSERT_SPLIT = {
	"casefile_insert_split", "btiiIiii",
	"INSERT INTO casefile (uuid, reference, state, state_since, activity, variant,"
	" bottleneck_id, theme, crime_form, municipality_id, opened_by, opened_at, split_from,"
	" project_id)"
	" SELECT $1, $2, 1, $8, $3, $4, $5, c.theme, c.crime_form, c.municipality_id, $6, $8, c.id,"
	" c.project_id"
	" FROM casefile c WHERE c.id = $7 RETURNING id"
};
static const struct db_stmt ADD_TEXT = {
	"casefile_text_add", "iiibii",
	"INSERT INTO casefile_text (casefile_id, part, key_id, sealed, written_by, written_at)"
	" VALUES ($1, $2, $3, $4, $5, $6)"
};
static const struct db_stmt ADD_SIGNAL = {
	"casefile_signal_add", "iii",
	"INSERT INTO casefile_signal (casefile_id, signal_id, linked_at) VALUES ($1, $2, $3)"
};
static const struct db_stmt ADD_ORGAN = {
	"casefile_organ_add", "iii",
	"INSERT INTO casefile_organ (casefile_id, organ_id, added_at) VALUES ($1, $2, $3)"
	" ON CONFLICT (casefile_id, organ_id) DO NOTHING"
};
static const struct db_stmt ADD_HISTORY = {
	"casefile_history_add", "iiiiiiI",
	"INSERT INTO casefile_history (casefile_id, at, actor_id, action, from_state, to_state,"
	" other_id) VALUES ($1, $2, $3, $4, $5, $6, $7)"
};

/* $6-$9 roles as in casefile_candidates, $10 today. */
static const struct db_stmt ADD_MEMBER = {
	"casefile_member_add", "iiiiiiiiii",
	"INSERT INTO casefile_member (casefile_id, appointment_id, capacity, heavy, added_by,"
	" added_at) SELECT $1, a.id, CASE WHEN a.role = $6 THEN 1 WHEN a.role = $7 THEN 2"
	" WHEN a.role = $8 THEN 3 ELSE 4 END, $3, $4, $5 FROM appointment a WHERE a.id = $2"
	" AND a.state = 2 AND (a.ended_at = 0 OR a.ended_at > $5) AND a.from_day <= $10"
	" AND (a.until_day = 0 OR a.until_day >= $10)"
	" AND (a.role = $6 OR a.role = $7 OR ((a.role = $8 OR a.role = $9) AND a.organ_id IN"
	" (SELECT c.organ_id FROM casefile_organ c WHERE c.casefile_id = $1)))"
	" ON CONFLICT (casefile_id, appointment_id) DO UPDATE SET heavy = $3"
};
/* How many there are, and whether $2 is one of them. */
static const struct db_stmt MEMBERS_NOW = {
	"casefile_members_now", "ii",
	"SELECT count(*), coalesce(sum(CASE WHEN appointment_id = $2 THEN 1 ELSE 0 END), 0)"
	" FROM casefile_member WHERE casefile_id = $1"
};
static const struct db_stmt REMOVE_MEMBER = {
	"casefile_member_remove", "ii",
	"DELETE FROM casefile_member WHERE casefile_id = $1 AND appointment_id = $2"
};
#define STEP_OF(audience)                                                                          \
	" WHERE object_kind = $5 AND object_id = $1 AND done_at = 0 AND audience_id = " audience
#define THEIR_ROLE "(SELECT $4 + a.role FROM appointment a WHERE a.id = $2)"
static const struct db_stmt TAKE_STEPS = { "casefile_steps_take", "iiiii",
	                                   "UPDATE task SET audience_id = $3" STEP_OF(THEIR_ROLE) };
static const struct db_stmt LEAVE_STEPS = {
	"casefile_steps_leave", "iiiii", "UPDATE task SET audience_id = " THEIR_ROLE STEP_OF("$3")
};
static const struct db_stmt ADD_BLOCK = {
	"casefile_block_add", "iiiii",
	"INSERT INTO casefile_block (casefile_id, person_id, kind, set_by, set_at)"
	" SELECT $1, n.id, $3, $4, $5 FROM person n WHERE n.id = $2 AND NOT EXISTS (SELECT 1"
	" FROM casefile_block k WHERE k.casefile_id = $1 AND k.person_id = $2"
	" AND k.lifted_at = 0)"
};
static const struct db_stmt IS_BLOCKED = {
	"casefile_is_blocked", "ii",
	"SELECT count(*) FROM casefile_block WHERE casefile_id = $1 AND person_id = $2"
	" AND lifted_at = 0"
};
static const struct db_stmt LIFT_BLOCK = {
	"casefile_block_lift", "iiii",
	"UPDATE casefile_block SET lifted_by = $3, lifted_at = $4 WHERE casefile_id = $1"
	" AND id = $2 AND lifted_at = 0"
};

static const struct db_stmt MOVE = {
	"casefile_move", "iiiiii",
	"UPDATE casefile SET state = $3, state_since = $4,"
	" ended_at = CASE WHEN $3 IN (9, 10) THEN $4 WHEN $3 = 1 THEN 0 ELSE ended_at END,"
	" end_reason = CASE WHEN $5 = 0 THEN end_reason ELSE $5 END,"
	" destroy_due = CASE WHEN $6 < 0 THEN destroy_due ELSE $6 END"
	" WHERE id = $1 AND state = $2"
};
static const struct db_stmt ADD_STATISTIC = {
	"casefile_statistic_add", "iiiiii",
	"INSERT INTO casefile_statistic (quarter, municipality_id, theme, crime_form, activity,"
	" variant, transition, reason_class, days_in_state, action, project_id)"
	" SELECT $2, CASE WHEN m.inhabitants >= 20000 THEN m.id ELSE NULL END, c.theme,"
	" c.crime_form, c.activity, c.variant, $3, $5, ($4 - c.state_since) / 86400000, $6,"
	" c.project_id FROM casefile c LEFT JOIN municipality m ON m.id = c.municipality_id WHERE "
	"c.id = $1"
};

static const struct db_stmt AUDIENCE_FACTS = {
	"casefile_audience_facts", "i",
	"SELECT state, theme, variant, state_since, reference FROM casefile WHERE id = $1"
};
static const struct db_stmt AUDIENCES_DELETE = { "casefile_audiences_delete", "i",
	                                         "DELETE FROM casefile_audience WHERE id = $1" };
static const struct db_stmt AUDIENCE_ADD = {
	"casefile_audience_add", "iiiiii",
	"INSERT INTO casefile_audience (audience_id, at, id, state, theme, variant)"
	" VALUES ($1, $2, $3, $4, $5, $6)"
};
/* The audience of the members, as each member's own: $1 begins an appointment's. */
static const struct db_stmt AUDIENCE_MEMBERS = {
	"casefile_audience_members", "iiiiii",
	"INSERT INTO casefile_audience (audience_id, at, id, state, theme, variant)"
	" SELECT $1 + x.appointment_id, $2, $3, $4, $5, $6 FROM casefile_member x"
	" WHERE x.casefile_id = $3"
};
/* Of the casefile's own rows: what belongs to one appointment. */
static const struct db_stmt MEMBER_AUDIENCES = {
	"casefile_member_audiences", "iii",
	"SELECT audience_id FROM casefile_audience WHERE id = $1 AND audience_id >= $2"
	" AND audience_id < $3 ORDER BY audience_id, id LIMIT 60"
};
static const struct db_stmt ADD_BOTTLENECK = {
	"bottleneck_add", "btttiiii",
	"INSERT INTO bottleneck (uuid, name, scope, designated_by, from_day, until_day,"
	" registered_by, registered_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
};

const struct db_stmt *const casework_write_statements[] = {
	&CASEFILE_ROOT.claim, &CASEFILE_ROOT.look,
	&BOTTLENECK,          &INSERT,
	&INSERT_SPLIT,        &ADD_TEXT,
	&ADD_SIGNAL,          &ADD_ORGAN,
	&ADD_HISTORY,         &ADD_MEMBER,
	&MEMBERS_NOW,         &REMOVE_MEMBER,
	&TAKE_STEPS,          &LEAVE_STEPS,
	&ADD_BLOCK,           &IS_BLOCKED,
	&LIFT_BLOCK,          &MOVE,
	&ADD_STATISTIC,       &AUDIENCE_FACTS,
	&AUDIENCES_DELETE,    &AUDIENCE_ADD,
	&AUDIENCE_MEMBERS,    &MEMBER_AUDIENCES,
	&ADD_BOTTLENECK,      NULL,
};

/* ---- audiences ---------------------------------------------------------------------------- */

struct audience_picture {
	struct casefile_facts facts;
	int64_t theme, variant, at;
	const char *reference;
};

static enum status load_audience_picture(struct db_tx *tx, int64_t id, struct audience_picture *ret,
                                         struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st =
	    db_query(db_tx_read(tx), &AUDIENCE_FACTS, DB_ARGS(DB_INT(id)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st == OK)
		*ret = (struct audience_picture){
			.facts = { id, (uint8_t)db_int(&row, 0) },
			.theme = db_int(&row, 1),
			.variant = db_int(&row, 2),
			.at = db_int(&row, 3),
			.reference = db_text(&row, 4, db_tx_arena(tx)),
		};
	return st;
}

/* Number and readers in the search store; members each by their own audience. */
static enum status refer(struct db_tx *tx, const struct audience_picture *p, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	int64_t *members = ARENA_ARRAY(db_tx_arena(tx), int64_t, CASEFILE_MEMBERS_MAX);
	const int64_t id = p->facts.id;
	struct thing thing;
	size_t count = 0;

	casefile_thing(&p->facts, &thing);
	if (thing.reader_count == 0)
		return search_drop(tx, OBJECT_CASEFILE, id, reterr);
	enum status st = search_refer(tx, OBJECT_CASEFILE, id, p->reference, p->at, &thing, reterr);
	if (st == OK)
		st = db_query(db_tx_read(tx), &MEMBER_AUDIENCES,
		              DB_ARGS(DB_INT(id), DB_INT(audience_of(AUDIENCE_APPOINTMENT, 0)),
		                      DB_INT(audience_of(AUDIENCE_APPOINTMENT + 1, 0))),
		              &rows, reterr);
	while (st == OK && count < CASEFILE_MEMBERS_MAX && db_next(&rows))
		members[count++] = db_int(&rows, 0);
	if (st == OK)
		st = db_rows_end(&rows, reterr);
	db_rows_close(&rows); /* a second statement runs when the first is done */
	for (size_t i = 0; st == OK && i < count; i++)
		st = search_reader_add(tx, OBJECT_CASEFILE, id, members[i], reterr);
	return st;
}

static enum status rewrite_audiences(struct db_tx *tx, int64_t id, struct audience_picture *ret,
                                     struct error *reterr)
{
	struct thing thing;
	enum status st = load_audience_picture(tx, id, ret, reterr);

	if (st == OK)
		st = db_exec(tx, &AUDIENCES_DELETE, DB_ARGS(DB_INT(id)), NULL, reterr);
	casefile_thing(&ret->facts, &thing);
	for (size_t i = 0; st == OK && i < thing.reader_count; i++) {
		const bool members = thing.readers[i] == audience_of(AUDIENCE_CASEFILE, id);
		st = db_exec(tx, members ? &AUDIENCE_MEMBERS : &AUDIENCE_ADD,
		             DB_ARGS(DB_INT(members ? audience_of(AUDIENCE_APPOINTMENT, 0)
		                                    : thing.readers[i]),
		                     DB_INT(ret->at), DB_INT(id), DB_INT(ret->facts.state),
		                     DB_INT(ret->theme), DB_INT(ret->variant)),
		             NULL, reterr);
	}
	if (st == OK)
		st = refer(tx, ret, reterr);
	return st == OK ? search_changed(tx, OBJECT_CASEFILE, id, reterr) : st;
}

enum status casefile_refer(struct db_tx *tx, int64_t id, struct error *reterr)
{
	struct audience_picture p = { 0 };
	const enum status st = load_audience_picture(tx, id, &p, reterr);

	return st == OK ? refer(tx, &p, reterr) : st;
}

struct history_row {
	uint8_t action, from, to;
	int64_t other_id; /* 0: about no other casefile */
};

static enum status put_history(struct db_tx *tx, const struct casefile_writer *w,
                               const struct history_row *h, struct error *reterr)
{
	return db_exec(tx, &ADD_HISTORY,
	               DB_ARGS(DB_INT(w->casefile_id), DB_INT(w->now_ms),
	                       DB_INT(w->viewer != NULL ? w->viewer->person_id : 0),
	                       DB_INT(h->action), DB_INT(h->from), DB_INT(h->to),
	                       h->other_id != 0 ? DB_INT(h->other_id) : DB_NULL),
	               NULL, reterr);
}

enum status casefile_readers_changed(struct db_tx *tx, int64_t id, const char **ret_reference,
                                     struct error *reterr)
{
	struct audience_picture written = { 0 };
	const enum status st = rewrite_audiences(tx, id, &written, reterr);

	*ret_reference = written.reference;
	return st;
}

enum status casefile_history_put(struct db_tx *tx, const struct casefile_writer *w,
                                 enum casefile_action action, uint8_t state, struct error *reterr)
{
	return casefile_history_between(tx, w, action, state, 0, reterr);
}

enum status casefile_history_between(struct db_tx *tx, const struct casefile_writer *w,
                                     enum casefile_action action, uint8_t state, int64_t other_id,
                                     struct error *reterr)
{
	const struct history_row h = { (uint8_t)action, state, state, other_id };

	return put_history(tx, w, &h, reterr);
}

/* ---- opening --------------------------------------------------------------------------------- */

/* A number that is no bottleneck counts as none chosen. */
static enum status ask_rule(struct db_tx *tx, const struct casefile_new *n, struct error *reterr)
{
	struct casefile_opening o = { .activity = (enum law_activity)n->activity,
		                      .variant = n->variant,
		                      .has_purpose = n->has_purpose,
		                      .organs = n->organ_count };
	AUTO(db_rows_close) struct db_rows row = { 0 };

	if (n->bottleneck_id != 0) {
		enum status st = db_query(
		    db_tx_read(tx), &BOTTLENECK,
		    DB_ARGS(DB_INT(n->bottleneck_id), DB_INT(local_day(n->now_ms))), &row, reterr);
		if (st != OK)
			return st;
		o.bottleneck_chosen = db_next(&row);
		o.bottleneck_in_force = o.bottleneck_chosen && db_int(&row, 0) == 1;
	}
	const struct verdict v = casefile_may_open(&o);
	return verdict_allows(v) ? OK : FAIL(reterr, ERR_CONFLICT, "%s", v.sentence);
}

static enum status add_texts(struct db_tx *tx, const struct casefile_new *n, int64_t id,
                             struct error *reterr)
{
	enum status st = OK;

	for (int part = CASEFILE_TITLE; st == OK && part < CASEFILE_PART_COUNT; part++) {
		const struct sealed_casefile_part *p = &n->parts[part];
		if (p->sealed == NULL)
			continue;
		st = key_store(tx, &p->key, reterr);
		if (st == OK)
			st = db_exec(tx, &ADD_TEXT,
			             DB_ARGS(DB_INT(id), DB_INT(part), DB_INT(p->key.id),
			                     DB_BYTES(p->sealed, p->len),
			                     DB_INT(n->viewer->appointment_id), DB_INT(n->now_ms)),
			             NULL, reterr);
	}
	return st;
}

static enum status add_parts(struct db_tx *tx, const struct casefile_new *n, int64_t id,
                             struct error *reterr)
{
	enum status st = n->split_from != 0
	                     ? OK
	                     : db_exec(tx, &ADD_SIGNAL,
	                               DB_ARGS(DB_INT(id), DB_INT(n->signal_id), DB_INT(n->now_ms)),
	                               NULL, reterr);
	for (size_t i = 0; st == OK && i < n->organ_count; i++)
		st = db_exec(tx, &ADD_ORGAN,
		             DB_ARGS(DB_INT(id), DB_INT(n->organs[i]), DB_INT(n->now_ms)), NULL,
		             reterr);
	return st == OK ? add_texts(tx, n, id, reterr) : st;
}

/* What its way of working asks, each by its day. */
static enum status add_tasks(struct db_tx *tx, const struct casefile_new *n, int64_t id,
                             const char *reference, struct error *reterr)
{
	const struct variant_step *s = variant_template(n->variant)->steps;
	enum status st = OK;

	for (; st == OK && s->work_kind != 0; s++) {
		const struct work_task task = {
			.owner = audience_of(AUDIENCE_ROLE, s->role),
			.kind = s->work_kind,
			.object_kind = OBJECT_CASEFILE,
			.object_id = id,
			.reference = reference,
			.due_day = variant_step_due(s, local_day(n->now_ms)),
			.created_at = n->now_ms,
			.created_by = n->viewer->appointment_id,
		};
		st = work_add(tx, &task, reterr);
	}
	return st;
}

enum status casefile_open(struct db_tx *tx, const struct casefile_new *n, int64_t *ret_id,
                          const char **ret_reference, struct error *reterr)
{
	struct audience_picture written = { 0 };

	enum status st = ask_rule(tx, n, reterr);
	if (st == OK)
		st = reference_next(tx, n->reference_key, "C", n->now_ms, ret_reference, reterr);
	if (st == OK)
		st = db_insert(tx, n->split_from != 0 ? &INSERT_SPLIT : &INSERT,
		               DB_ARGS(DB_BYTES(n->uuid.bytes, UUID_BYTES), DB_TEXT(*ret_reference),
		                       DB_INT(n->activity), DB_INT(n->variant),
		                       n->bottleneck_id != 0 ? DB_INT(n->bottleneck_id) : DB_NULL,
		                       DB_INT(n->viewer->appointment_id),
		                       DB_INT(n->split_from != 0 ? n->split_from : n->signal_id),
		                       DB_INT(n->now_ms)),
		               ret_id, reterr);
	if (st == OK)
		st = add_parts(tx, n, *ret_id, reterr);
	if (st == OK)
		st = subjects_carry_put(tx, *ret_id, &n->subjects, n->now_ms, reterr);
	const struct casefile_writer w = { *ret_id, n->viewer, n->now_ms };
	if (st == OK)
		st = put_history(tx, &w,
		                 &(struct history_row){ CASEFILE_OPENED, CASEFILE_NONE,
		                                        CASEFILE_OPEN, n->split_from },
		                 reterr);
	if (st == OK)
		st = rewrite_audiences(tx, *ret_id, &written, reterr);
	if (st == OK)
		st = casefile_words_changed(tx, *ret_id, reterr);
	return st == OK ? add_tasks(tx, n, *ret_id, *ret_reference, reterr) : st;
}

/* ---- people ---------------------------------------------------------------------------------- */

static enum status number_of(struct db_tx *tx, const struct db_stmt *s, const struct db_value *args,
                             int64_t *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(db_tx_read(tx), s, args, &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st == OK)
		*ret = db_int(&row, 0);
	return st;
}

static enum status members_now(struct db_tx *tx, int64_t casefile_id, int64_t appointment_id,
                               int64_t *ret_count, bool *ret_is_one, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st =
	    db_query(db_tx_read(tx), &MEMBERS_NOW,
	             DB_ARGS(DB_INT(casefile_id), DB_INT(appointment_id)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st != OK)
		return st;
	*ret_count = db_int(&row, 0);
	*ret_is_one = db_int(&row, 1) > 0;
	return OK;
}

static enum status tell_member(struct db_tx *tx, const struct casefile_writer *w,
                               int64_t appointment_id, const char *reference, struct error *reterr)
{
	const struct work_news news = { .at = w->now_ms,
		                        .kind = NEWS_CASEFILE_MEMBER,
		                        .object_kind = OBJECT_CASEFILE,
		                        .object_id = w->casefile_id,
		                        .reference = reference };
	return work_tell(tx, audience_of(AUDIENCE_APPOINTMENT, appointment_id), &news, reterr);
}

/*
 * What the casefile asks of everybody of a role waits for the one of that role who works on it;
 * when he leaves, for all of them again.
 */
static enum status take_steps(struct db_tx *tx, const struct casefile_writer *w,
                              int64_t appointment_id, struct error *reterr)
{
	return db_exec_late(tx, &TAKE_STEPS,
	                    DB_ARGS(DB_INT(w->casefile_id), DB_INT(appointment_id),
	                            DB_INT(audience_of(AUDIENCE_APPOINTMENT, appointment_id)),
	                            DB_INT(audience_of(AUDIENCE_ROLE, 0)), DB_INT(OBJECT_CASEFILE)),
	                    reterr);
}

static enum status leave_steps(struct db_tx *tx, const struct casefile_writer *w,
                               int64_t appointment_id, struct error *reterr)
{
	return db_exec_late(tx, &LEAVE_STEPS,
	                    DB_ARGS(DB_INT(w->casefile_id), DB_INT(appointment_id),
	                            DB_INT(audience_of(AUDIENCE_APPOINTMENT, appointment_id)),
	                            DB_INT(audience_of(AUDIENCE_ROLE, 0)), DB_INT(OBJECT_CASEFILE)),
	                    reterr);
}

enum status casefile_member_put(struct db_tx *tx, const struct casefile_writer *w,
                                int64_t appointment_id, bool heavy, struct error *reterr)
{
	struct audience_picture written = { 0 };
	int64_t count = 0, changed = 0;
	bool is_one = false;

	enum status st = members_now(tx, w->casefile_id, appointment_id, &count, &is_one, reterr);
	if (st == OK && !is_one && count >= CASEFILE_MEMBERS_MAX)
		return FAIL(reterr, ERR_LIMIT, "Een casus heeft ten hoogste 60 leden.");
	if (st == OK)
		st = db_exec(tx, &ADD_MEMBER,
		             DB_ARGS(DB_INT(w->casefile_id), DB_INT(appointment_id), DB_INT(heavy),
		                     DB_INT(w->viewer->appointment_id), DB_INT(w->now_ms),
		                     DB_INT(ROLE_ANALYST), DB_INT(ROLE_INFO_COORDINATOR),
		                     DB_INT(ROLE_WORKING_GROUP), DB_INT(ROLE_INTERVENTION_LEAD),
		                     DB_INT(local_day(w->now_ms))),
		             &changed, reterr);
	if (st == OK && changed == 0)
		return FAIL(reterr, ERR_INVALID,
		            "Kies iemand van het RIEC of van een deelnemer die meedoet.");
	if (st == OK)
		st = rewrite_audiences(tx, w->casefile_id, &written, reterr);
	if (st == OK)
		st = take_steps(tx, w, appointment_id, reterr);
	return st == OK && !is_one ? tell_member(tx, w, appointment_id, written.reference, reterr)
	                           : st;
}

enum status casefile_member_join(struct db_tx *tx, const struct casefile_writer *w,
                                 int64_t appointment_id, struct error *reterr)
{
	int64_t count = 0;
	bool is_one = false;

	const enum status st =
	    members_now(tx, w->casefile_id, appointment_id, &count, &is_one, reterr);
	if (st != OK || is_one)
		return st;
	return casefile_member_put(tx, w, appointment_id, false, reterr);
}

enum status casefile_member_remove(struct db_tx *tx, const struct casefile_writer *w,
                                   int64_t appointment_id, struct error *reterr)
{
	struct audience_picture written = { 0 };
	int64_t changed = 0;

	enum status st =
	    db_exec(tx, &REMOVE_MEMBER, DB_ARGS(DB_INT(w->casefile_id), DB_INT(appointment_id)),
	            &changed, reterr);
	if (st == OK && changed == 0)
		return FAIL_NOT_FOUND(reterr);
	if (st == OK)
		st = leave_steps(tx, w, appointment_id, reterr);
	return st == OK ? rewrite_audiences(tx, w->casefile_id, &written, reterr) : st;
}

enum status casefile_block_put(struct db_tx *tx, const struct casefile_writer *w, int64_t person_id,
                               int kind, struct error *reterr)
{
	int64_t there = 0;
	enum status st = db_exec(tx, &ADD_BLOCK,
	                         DB_ARGS(DB_INT(w->casefile_id), DB_INT(person_id), DB_INT(kind),
	                                 DB_INT(w->viewer->appointment_id), DB_INT(w->now_ms)),
	                         NULL, reterr);
	if (st == OK)
		st = number_of(tx, &IS_BLOCKED, DB_ARGS(DB_INT(w->casefile_id), DB_INT(person_id)),
		               &there, reterr);
	if (st == OK && there == 0)
		return FAIL(reterr, ERR_INVALID, "Deze persoon kennen wij niet.");
	return st;
}

enum status casefile_block_lift(struct db_tx *tx, const struct casefile_writer *w, int64_t block_id,
                                struct error *reterr)
{
	int64_t changed = 0;
	enum status st = db_exec(tx, &LIFT_BLOCK,
	                         DB_ARGS(DB_INT(w->casefile_id), DB_INT(block_id),
	                                 DB_INT(w->viewer->appointment_id), DB_INT(w->now_ms)),
	                         &changed, reterr);
	return st == OK && changed == 0 ? FAIL_NOT_FOUND(reterr) : st;
}

/* ---- moves ------------------------------------------------------------------------------------ */

static enum status ask_table(const struct casefile_moving *m, const struct move **ret,
                             struct error *reterr)
{
	const uint64_t roles = m->who.viewer != NULL ? ROLE_BIT(m->who.viewer->role) : 0;

	*ret = machine_move(&CASEFILE_MACHINE, m->picture->state, (uint8_t)m->action);
	if (*ret == NULL)
		return FAIL(reterr, ERR_CONFLICT, "Dit kan niet meer. Bekijk hoe het nu staat.");
	const struct verdict v = move_verdict(*ret, roles, m->picture);
	return verdict_allows(v) ? OK : FAIL(reterr, ERR_CONFLICT, "%s", v.sentence);
}

static enum status change_state(struct db_tx *tx, const struct casefile_moving *m,
                                const struct move *mv, struct error *reterr)
{
	const struct casefile_writer *w = &m->who;
	int64_t changed = 0;

	enum status st = db_exec(tx, &ADD_STATISTIC,
	                         DB_ARGS(DB_INT(w->casefile_id), DB_INT(local_quarter(w->now_ms)),
	                                 DB_INT(mv->to), DB_INT(w->now_ms), DB_INT(m->reason_class),
	                                 DB_INT(mv->action)),
	                         NULL, reterr);
	if (st == OK)
		st = db_exec(tx, &MOVE,
		             DB_ARGS(DB_INT(w->casefile_id), DB_INT(mv->from), DB_INT(mv->to),
		                     DB_INT(w->now_ms), DB_INT(m->reason_class),
		                     DB_INT(casefile_destroy_due(mv->to, local_day(w->now_ms)))),
		             &changed, reterr);
	if (st == OK && changed == 0)
		return FAIL(reterr, ERR_CONFLICT,
		            "Een collega was eerder. Bekijk hoe het nu staat.");
	return st;
}

/* What this state shows to be done waits for nobody any more. */
static enum status finish_tasks(struct db_tx *tx, const struct casefile_writer *w, int variant,
                                uint8_t state, struct error *reterr)
{
	const struct variant_step *s = variant_template(variant)->steps;
	const struct casefile_picture now = { .state = state };
	const int64_t person = w->viewer != NULL ? w->viewer->person_id : 0;
	enum status st = OK;

	for (; st == OK && s->work_kind != 0; s++)
		if (variant_step_done(s, &now))
			st = work_done(tx, s->work_kind, OBJECT_CASEFILE, w->casefile_id, person,
			               w->now_ms, reterr);
	return st;
}

enum status casefile_move(struct db_tx *tx, const struct casefile_moving *m, struct error *reterr)
{
	const struct casefile_writer *w = &m->who;
	struct audience_picture written = { 0 };
	const struct move *mv = NULL;

	enum status st = ask_table(m, &mv, reterr);
	if (st == OK)
		st = change_state(tx, m, mv, reterr);
	if (st == OK)
		st = put_history(tx, w, &(struct history_row){ mv->action, mv->from, mv->to, 0 },
		                 reterr);
	if (st == OK)
		st = rewrite_audiences(tx, w->casefile_id, &written, reterr);
	if (st == OK)
		st = casefile_tell_advice(tx, w, mv, reterr);
	if (st == OK)
		st = finish_tasks(tx, w, m->picture->variant, mv->to, reterr);
	if (st == OK && mv->to >= CASEFILE_STOPPED)
		st = work_done_in_casefile(tx, w->casefile_id, OBJECT_CONSENT, w->now_ms, reterr);
	if (st == OK && !casefile_is_live(mv->to))
		st = work_done_in_casefile(tx, w->casefile_id, OBJECT_CASEFILE_TASK, w->now_ms,
		                           reterr);
	if (st == OK && mv->to >= CASEFILE_ARCHIVED)
		st = work_end_casefile(tx, w->casefile_id, w->now_ms, reterr);
	return st == OK && !casefile_is_live(mv->to)
	           ? work_done(tx, 0, OBJECT_CASEFILE, w->casefile_id,
	                       w->viewer != NULL ? w->viewer->person_id : 0, w->now_ms, reterr)
	           : st;
}

enum status bottleneck_add(struct db_tx *tx, const struct bottleneck *b, int64_t appointment_id,
                           int64_t now_ms, struct error *reterr)
{
	return db_exec(tx, &ADD_BOTTLENECK,
	               DB_ARGS(DB_BYTES(b->uuid.bytes, UUID_BYTES), DB_TEXT(b->name),
	                       DB_TEXT(b->scope), DB_TEXT(b->designated_by), DB_INT(b->from_day),
	                       DB_INT(b->until_day), DB_INT(appointment_id), DB_INT(now_ms)),
	               NULL, reterr);
}
