#include "signals/signals.h"

#include "audit/action.h"
#include "platform/core/calendar.h"
#include "platform/crypto/numbering.h"
#include "platform/crypto/stored.h"
#include "search/search.h"
#include "signals/signal_life.h"
#include "signals/signal_rows.h"
#include "subjects/presence.h"
#include "work/work.h"

const struct db_root SIGNAL_ROOT = DB_ROOT(20, signal);

const struct signal_codes SIGNAL_CODES_UNCHANGED = { -1, -1, -1, -1, -1, -1, -1, -1, -1 };

/* Audiences of a kind lie between kind << 48 and the next one. */
#define KIND_FROM(kind)  ((int64_t)(kind) << 48)
#define KIND_UNTIL(kind) ((int64_t)((kind) + 1) << 48)

#define OF(v)                                                                                      \
	DB_INT((v)->audiences[0]), DB_INT((v)->audiences[1]), DB_INT((v)->audiences[2]),           \
	    DB_INT((v)->audiences[3])

#define MEETING_OF                                                                                 \
	"coalesce((SELECT min(g.audience_id) FROM signal_audience g WHERE g.id = s.id"             \
	" AND g.audience_id >= $6 AND g.audience_id < $7), 0)"

/* An absent reference asks the audiences of signal 0: the same work as a hidden one. */
static const struct db_stmt LOAD = {
	"signal_load", "tiiiiii",
	"SELECT s.id, s.version, s.uuid, s.reference, s.state, s.state_since, s.participant_id,"
	" s.organ_id, s.appointment_id, coalesce(s.helper_appointment_id, 0), p.short_name,"
	" o.on_behalf, coalesce(s.municipality_id, 0), coalesce(m.name, ''), s.theme,"
	" s.crime_form, s.line, s.task, s.source_reliability, s.reason_class, s.seen_from,"
	" s.seen_until, s.lawful_declared, s.created_at, s.edited_at, s.submitted_at,"
	" s.matched_at, s.decided_at, s.deferred_times, s.destroy_due, " MEETING_OF ", o.letter"
	" FROM signal_audience a JOIN signal s ON s.id = a.id"
	" JOIN participant p ON p.id = s.participant_id JOIN organ o ON o.id = s.organ_id"
	" LEFT JOIN municipality m ON m.id = s.municipality_id"
	" WHERE a.id = coalesce((SELECT x.id FROM signal x WHERE x.reference = $1), 0)"
	" AND a.audience_id IN ($2, $3, $4, $5) LIMIT 1"
};
static const struct db_stmt PICTURE = {
	"signal_picture", "i",
	"SELECT s.state, s.organ_id, s.helper_appointment_id, coalesce(s.municipality_id, 0),"
	" s.theme, s.line, s.task, s.lawful_declared, s.matched_at, s.deferred_times,"
	" (SELECT count(*) FROM signal_text t WHERE t.signal_id = s.id AND t.part = 1),"
	" (SELECT count(*) FROM signal_text t WHERE t.signal_id = s.id AND t.part = 2),"
	" (SELECT count(*) FROM signal_text t WHERE t.signal_id = s.id AND t.part = 4),"
	" (SELECT count(*) FROM signal_text t WHERE t.signal_id = s.id AND t.part >= 11"
	" AND t.part <= 15),"
	" (SELECT count(*) FROM signal_question q WHERE q.signal_id = s.id"
	" AND q.answered_at = 0),"
	" (SELECT count(*) FROM signal_hit h WHERE h.signal_id = s.id AND h.reviewed_at = 0)"
	" FROM signal s WHERE s.id = $1"
};
static const struct db_stmt HISTORY = {
	"signal_history", "i",
	"SELECT h.at, h.action, h.from_state, h.to_state, coalesce(p.short_name, '')"
	" FROM signal_history h LEFT JOIN person n ON n.id = h.actor_id"
	" LEFT JOIN participant p ON p.id = n.participant_id"
	" WHERE h.signal_id = $1 ORDER BY h.at DESC, h.id DESC LIMIT 100"
};

/* To who sees that casefile: by role or as member, and not kept from it. */
static const struct db_stmt SUPPLEMENTS = {
	"signal_supplements", "iiiiii",
	"SELECT c.reference FROM signal s JOIN casefile c ON c.id = s.supplements_id"
	" WHERE s.id = $1 AND EXISTS (SELECT 1 FROM casefile_audience x WHERE x.id = c.id"
	" AND x.audience_id IN ($2, $3, $4, $5)) AND NOT EXISTS (SELECT 1 FROM casefile_block k"
	" WHERE k.casefile_id = c.id AND k.person_id = $6 AND k.lifted_at = 0)"
};

static const struct db_stmt CREATE = {
	"signal_create", "btiiiiIiI",
	"INSERT INTO signal (uuid, reference, state, state_since, participant_id, organ_id,"
	" appointment_id, municipality_id, created_at, edited_at, supplements_id,"
	" helper_appointment_id, helper_since)"
	" SELECT $1, $2, $3, $8, $4, $5, $6, $7, $8, $8, $9, CASE WHEN $9 > 0 THEN $6 END,"
	" CASE WHEN $9 > 0 THEN $8 ELSE 0 END RETURNING id"
};
static const struct db_stmt SET_CODES = {
	"signal_set_codes", "iiiiiiiiiii",
	"UPDATE signal SET"
	" municipality_id = CASE WHEN $2 < 0 THEN municipality_id WHEN $2 = 0 THEN NULL ELSE $2 "
	"END,"
	" theme = CASE WHEN $3 < 0 THEN theme ELSE $3 END,"
	" crime_form = CASE WHEN $4 < 0 THEN crime_form ELSE $4 END,"
	" line = CASE WHEN $5 < 0 THEN line ELSE $5 END,"
	" task = CASE WHEN $6 < 0 THEN task ELSE $6 END,"
	" source_reliability = CASE WHEN $7 < 0 THEN source_reliability ELSE $7 END,"
	" seen_from = CASE WHEN $8 < 0 THEN seen_from ELSE $8 END,"
	" seen_until = CASE WHEN $9 < 0 THEN seen_until ELSE $9 END,"
	" lawful_declared = CASE WHEN $10 < 0 THEN lawful_declared ELSE $10 END,"
	" edited_at = $11 WHERE id = $1"
};
static const struct db_stmt MOVE = {
	"signal_move", "iiiiiiI",
	"UPDATE signal SET state = $3, state_since = $4,"
	" submitted_at = CASE WHEN $3 = 2 AND submitted_at = 0 THEN $4 ELSE submitted_at END,"
	" deferred_times = CASE WHEN $3 = 9 THEN deferred_times + 1 ELSE deferred_times END,"
	" decided_at = CASE WHEN $3 IN (6, 7, 8, 10, 11) THEN $4 ELSE decided_at END,"
	" destroy_due = $5, reason_class = CASE WHEN $6 = 0 THEN reason_class ELSE $6 END,"
	" merged_into = coalesce($7, merged_into),"
	" lawful_declared = CASE WHEN $3 = 1 THEN 0 ELSE lawful_declared END"
	" WHERE id = $1 AND state = $2"
};
static const struct db_stmt ADD_HISTORY = {
	"signal_history_add", "iiiiii",
	"INSERT INTO signal_history (signal_id, at, actor_id, action, from_state, to_state)"
	" VALUES ($1, $2, $3, $4, $5, $6)"
};
static const struct db_stmt ADD_STATISTIC = {
	"signal_statistic_add", "iiiii",
	"INSERT INTO signal_statistic (quarter, letter, municipality_id, theme, crime_form, line,"
	" transition, reason_class, days_in_state, action)"
	" SELECT $2, o.letter, CASE WHEN m.inhabitants >= 20000 THEN m.id ELSE NULL END, s.theme,"
	" s.crime_form, s.line, $3, s.reason_class, ($4 - s.state_since) / 86400000, $5"
	" FROM signal s JOIN organ o ON o.id = s.organ_id"
	" LEFT JOIN municipality m ON m.id = s.municipality_id WHERE s.id = $1"
};
static const struct db_stmt MATCHED = { "signal_matched", "ii",
	                                "UPDATE signal SET matched_at = $2 WHERE id = $1"
	                                " AND matched_at = 0" };

static const struct db_stmt AUDIENCE_FACTS = {
	"signal_audience_facts", "iii",
	"SELECT s.state, s.organ_id, s.appointment_id, coalesce(s.helper_appointment_id, 0),"
	" coalesce(s.municipality_id, 0), s.theme, s.line, s.participant_id, s.state_since,"
	" s.reference, coalesce((SELECT min(g.audience_id) FROM signal_audience g"
	" WHERE g.id = s.id AND g.audience_id >= $2 AND g.audience_id < $3), 0),"
	" CASE WHEN s.helper_since > s.edited_at AND s.helper_since > s.state_since THEN "
	"s.helper_since"
	" WHEN s.edited_at > s.state_since THEN s.edited_at ELSE s.state_since END, s.shielded"
	" FROM signal s WHERE s.id = $1"
};
static const struct db_stmt AUDIENCES_DELETE = { "signal_audiences_delete", "i",
	                                         "DELETE FROM signal_audience WHERE id = $1" };
#define AUDIENCE(place) "(" place ", $9, $10, $11, $12, $13, $14, $15)"
static const struct db_stmt AUDIENCE_ADD = {
	"signal_audience_add", "iiiiiiii",
	"INSERT INTO signal_audience (audience_id, at, id, state, theme, line, municipality_id,"
	" participant_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
	" ON CONFLICT (audience_id, id) DO NOTHING"
};

static const struct db_stmt UNINDEXED = {
	"signal_unindexed_add", "i",
	"INSERT INTO signal_unindexed (signal_id) VALUES ($1) ON CONFLICT (signal_id)"
	" DO UPDATE SET due_at = 0"
};

/* Its files, whose readers follow it (attachment_index.h). */
static const struct db_stmt QUEUE_FILES = {
	"signal_queue_files", "i",
	"INSERT INTO index_waiting (kind, object_id) SELECT 13, id FROM attachment"
	" WHERE owner_kind = 10 AND owner_id = $1"
	" ON CONFLICT (kind, object_id) DO UPDATE SET due_at = 0"
};

const struct db_stmt *const signal_statements[] = {
	&SIGNAL_ROOT.claim, &SIGNAL_ROOT.look, &LOAD,
	&PICTURE,           &HISTORY,          &CREATE,
	&SET_CODES,         &SUPPLEMENTS,      &MOVE,
	&ADD_HISTORY,       &ADD_STATISTIC,    &MATCHED,
	&AUDIENCE_FACTS,    &AUDIENCES_DELETE, &AUDIENCE_ADD,
	&UNINDEXED,         &QUEUE_FILES,      NULL
};

/* ---- reading ------------------------------------------------------------------------------------ */

static void read_signal(const struct db_rows *row, struct arena *a, struct signal *s)
{
	*s = (struct signal){
		.id = db_int(row, 0),
		.version = db_int(row, 1),
		.reference = db_text(row, 3, a),
		.state = (uint8_t)db_int(row, 4),
		.state_since = db_int(row, 5),
		.participant_id = db_int(row, 6),
		.organ_id = db_int(row, 7),
		.appointment_id = db_int(row, 8),
		.helper_appointment_id = db_int(row, 9),
		.participant = db_text(row, 10, a),
		.on_behalf = db_text(row, 11, a),
		.municipality_id = db_int(row, 12),
		.municipality = db_text(row, 13, a),
		.theme = (int)db_int(row, 14),
		.crime_form = (int)db_int(row, 15),
		.line = (int)db_int(row, 16),
		.task = (int)db_int(row, 17),
		.source_reliability = (int)db_int(row, 18),
		.reason_class = (int)db_int(row, 19),
		.seen_from = db_int(row, 20),
		.seen_until = db_int(row, 21),
		.lawful_declared = db_int(row, 22) == 1,
		.created_at = db_int(row, 23),
		.edited_at = db_int(row, 24),
		.submitted_at = db_int(row, 25),
		.matched_at = db_int(row, 26),
		.decided_at = db_int(row, 27),
		.deferred_times = db_int(row, 28),
		.destroy_due = db_int(row, 29),
		.meeting_id =
		    db_int(row, 30) == 0 ? 0 : db_int(row, 30) - KIND_FROM(AUDIENCE_MEETING),
	};
	s->letter = db_text(row, 31, a)[0];
	s->uuid = uuid_stored(row, 2);
}

enum status signal_load(struct db_read *r, const struct viewer *viewer, const char *reference,
                        struct arena *a, struct signal *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st =
	    db_query(r, &LOAD,
	             DB_ARGS(DB_TEXT(reference), OF(viewer), DB_INT(KIND_FROM(AUDIENCE_MEETING)),
	                     DB_INT(KIND_UNTIL(AUDIENCE_MEETING))),
	             &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st == OK)
		read_signal(&row, a, ret);
	return st;
}

void signal_thing_of(const struct signal *s, struct thing *ret)
{
	const struct signal_facts facts = { s->state,
		                            s->organ_id,
		                            s->appointment_id,
		                            s->helper_appointment_id,
		                            s->municipality_id,
		                            s->meeting_id,
		                            false }; /* he sees it */
	signal_thing(&facts, ret);
}

static bool submits(const struct viewer *viewer, int64_t organ_id)
{
	return viewer != NULL && viewer->organ_id != 0 && viewer->organ_id == organ_id;
}

enum status signal_picture_load(struct db_read *r, const struct viewer *viewer, int64_t id,
                                struct signal_picture *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(r, &PICTURE, DB_ARGS(DB_INT(id)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st != OK)
		return st;
	*ret = (struct signal_picture){
		.state = (uint8_t)db_int(&row, 0),
		.actor_is_submitter = submits(viewer, db_int(&row, 1)),
		.has_municipality = db_int(&row, 3) != 0,
		.has_theme = db_int(&row, 4) != 0,
		.has_line = db_int(&row, 5) != 0,
		.has_task = db_int(&row, 6) != 0,
		.lawful_declared = db_int(&row, 7) == 1,
		.matched = db_int(&row, 8) != 0,
		.deferred_times = db_int(&row, 9),
		.has_title = db_int(&row, 10) != 0,
		.has_facts = db_int(&row, 11) != 0,
		.has_where = db_int(&row, 12) != 0,
		.criteria_explained = db_int(&row, 13) == 5,
		.open_questions = db_int(&row, 14),
		.hits_reviewed = db_int(&row, 15) == 0,
	};
	return OK;
}

enum status signal_supplements(struct db_read *r, const struct viewer *viewer, int64_t id,
                               struct arena *a, const char **ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	const enum status st =
	    db_query(r, &SUPPLEMENTS, DB_ARGS(DB_INT(id), OF(viewer), DB_INT(viewer->person_id)),
	             &row, reterr);

	if (st != OK)
		return st;
	*ret = db_next(&row) ? db_text(&row, 0, a) : NULL;
	return db_rows_end(&row, reterr);
}

enum status signal_history(struct db_read *r, int64_t id, struct arena *a, struct array *ret,
                           struct error *reterr)
{
	enum { MAX = 100 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct signal_event *list = ARENA_ARRAY(a, struct signal_event, MAX);
	size_t count = 0;

	enum status st = db_query(r, &HISTORY, DB_ARGS(DB_INT(id)), &rows, reterr);
	if (st != OK)
		return st;
	while (count < MAX && db_next(&rows))
		list[count++] = (struct signal_event){
			.at = db_int(&rows, 0),
			.action = (int)db_int(&rows, 1),
			.from_state = (uint8_t)db_int(&rows, 2),
			.to_state = (uint8_t)db_int(&rows, 3),
			.actor = db_text(&rows, 4, a),
		};
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

/* ---- audiences ---------------------------------------------------------------------------------- */

/* meeting_id 0: the one it is on, if any. */
static enum status load_audience_picture(struct db_tx *tx, int64_t id, int64_t meeting_id,
                                         struct audience_picture *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(db_tx_read(tx), &AUDIENCE_FACTS,
	                          DB_ARGS(DB_INT(id), DB_INT(KIND_FROM(AUDIENCE_MEETING)),
	                                  DB_INT(KIND_UNTIL(AUDIENCE_MEETING))),
	                          &row, reterr);
	if (st == OK)
		st = db_one(&row, reterr);
	if (st != OK)
		return st;
	const int64_t stored = db_int(&row, 10);
	*ret = (struct audience_picture){
		.facts = { (uint8_t)db_int(&row, 0), db_int(&row, 1), db_int(&row, 2),
		           db_int(&row, 3), db_int(&row, 4),
		           stored != 0 ? stored - KIND_FROM(AUDIENCE_MEETING) : 0,
		           db_int(&row, 12) == 1 },
		.theme = db_int(&row, 5),
		.line = db_int(&row, 6),
		.participant_id = db_int(&row, 7),
		.at = db_int(&row, 8),
		.reference = db_text(&row, 9, db_tx_arena(tx)),
		.edited_at = db_int(&row, 11),
	};
	if (meeting_id != 0)
		ret->facts.meeting_id = meeting_id;
	if (ret->facts.state != SIGNAL_ON_AGENDA)
		ret->facts.meeting_id = 0;
	return OK;
}

enum status signal_unindexed(struct db_tx *tx, int64_t id, struct error *reterr)
{
	return db_exec_late(tx, &UNINDEXED, DB_ARGS(DB_INT(id)), reterr);
}

/* Found from now on by who may read it; its words follow (signal_index.h). Not adopted and
 * withdrawn are in no search (decisions 1.8). */
static enum status refer_to(struct db_tx *tx, int64_t id, const struct audience_picture *p,
                            const struct thing *thing, struct error *reterr)
{
	enum status st =
	    signal_is_over(p->facts.state)
		? search_drop(tx, OBJECT_SIGNAL, id, reterr)
		: search_refer(tx, OBJECT_SIGNAL, id, p->reference, p->at, thing, reterr);

	if (st == OK) /* who reads its files follows */
		st = db_exec_late(tx, &QUEUE_FILES, DB_ARGS(DB_INT(id)), reterr);
	return st == OK ? signal_unindexed(tx, id, reterr) : st;
}

enum status signal_add_audiences(struct db_tx *tx, int64_t id, const struct audience_picture *p,
                                 const struct thing *thing, struct error *reterr)
{
	enum status st = OK;

	for (size_t i = 0; st == OK && i < thing->reader_count; i++)
		st = db_exec_late(tx, &AUDIENCE_ADD,
		                  DB_ARGS(DB_INT(thing->readers[i]), DB_INT(p->at), DB_INT(id),
		                          DB_INT(p->facts.state), DB_INT(p->theme), DB_INT(p->line),
		                          DB_INT(p->facts.municipality_id),
		                          DB_INT(p->participant_id)),
		                  reterr);
	return st;
}

static enum status write_audiences(struct db_tx *tx, int64_t id, const struct audience_picture *p,
                                   struct error *reterr)
{
	struct thing thing;

	signal_thing(&p->facts, &thing);
	enum status st = db_exec_late(tx, &AUDIENCES_DELETE, DB_ARGS(DB_INT(id)), reterr);
	if (st == OK)
		st = signal_add_audiences(tx, id, p, &thing, reterr);
	if (st == OK && (p->facts.state != SIGNAL_DRAFT || p->facts.helper_appointment_id != 0))
		st = subjects_begin_clock(tx, id, p->edited_at, reterr);
	return st == OK ? refer_to(tx, id, p, &thing, reterr) : st;
}

static enum status rewrite_audiences(struct db_tx *tx, int64_t id, int64_t meeting_id,
                                     struct audience_picture *ret, struct error *reterr)
{
	enum status st = load_audience_picture(tx, id, meeting_id, ret, reterr);
	return st == OK ? write_audiences(tx, id, ret, reterr) : st;
}

enum status signal_refer(struct db_tx *tx, int64_t id, struct error *reterr)
{
	struct audience_picture written;

	return rewrite_audiences(tx, id, 0, &written, reterr);
}

/* ---- drafts ------------------------------------------------------------------------------------- */

enum status signal_add_history(struct db_tx *tx, const struct signal_step *step,
                               struct error *reterr)
{
	return db_exec_late(tx, &ADD_HISTORY,
	                    DB_ARGS(DB_INT(step->id), DB_INT(step->now_ms),
	                            DB_INT(step->viewer != NULL ? step->viewer->person_id : 0),
	                            DB_INT(step->action), DB_INT(step->from), DB_INT(step->to)),
	                    reterr);
}

static enum status write_codes(struct db_tx *tx, int64_t id, const struct signal_codes *c,
                               int64_t now_ms, struct error *reterr)
{
	return db_exec_late(tx, &SET_CODES,
	                    DB_ARGS(DB_INT(id), DB_INT(c->municipality_id), DB_INT(c->theme),
	                            DB_INT(c->crime_form), DB_INT(c->line), DB_INT(c->task),
	                            DB_INT(c->source_reliability), DB_INT(c->seen_from),
	                            DB_INT(c->seen_until), DB_INT(c->lawful_declared),
	                            DB_INT(now_ms)),
	                    reterr);
}

enum status signal_create(struct db_tx *tx, const struct signal_new *n, int64_t *ret_id,
                          const char **ret_reference, struct error *reterr)
{
	struct audience_picture written;

	enum status st =
	    reference_next(tx, n->reference_key, "S", n->now_ms, ret_reference, reterr);
	if (st != OK)
		return st;
	st = db_insert(tx, &CREATE,
	               DB_ARGS(DB_BYTES(n->uuid.bytes, UUID_BYTES), DB_TEXT(*ret_reference),
	                       DB_INT(SIGNAL_DRAFT), DB_INT(n->viewer->participant_id),
	                       DB_INT(n->viewer->organ_id), DB_INT(n->viewer->appointment_id),
	                       n->municipality_id != 0 ? DB_INT(n->municipality_id) : DB_NULL,
	                       DB_INT(n->now_ms),
	                       n->supplements_id != 0 ? DB_INT(n->supplements_id) : DB_NULL),
	               ret_id, reterr);
	if (st == OK)
		st = signal_add_history(tx,
		                        &(const struct signal_step){ .id = *ret_id,
		                                                     .now_ms = n->now_ms,
		                                                     .viewer = n->viewer,
		                                                     .from = SIGNAL_NONE,
		                                                     .to = SIGNAL_DRAFT },
		                        reterr);
	return st == OK ? rewrite_audiences(tx, *ret_id, 0, &written, reterr) : st;
}

enum status signal_set_codes(struct db_tx *tx, int64_t id, const struct signal_codes *c,
                             int64_t now_ms, struct error *reterr)
{
	struct audience_picture written;
	enum status st = write_codes(tx, id, c, now_ms, reterr);
	return st == OK ? rewrite_audiences(tx, id, 0, &written, reterr) : st;
}

/* ---- moves -------------------------------------------------------------------------------------- */

/* What waits for whom once a signal stands here; a state without a row waits for nobody. */
static const struct waiting {
	uint8_t state;
	int kind, working_days;
	enum role role; /* 0: the submitter's organ */
} WAITING[] = {
	{ SIGNAL_SUBMITTED, WORK_SIGNAL_INTAKE, 5, ROLE_INFO_COORDINATOR },
	{ SIGNAL_RETURNED, WORK_SIGNAL_ANSWER, 10, 0 },
	{ SIGNAL_INTAKE_OK, WORK_SIGNAL_AGENDA, 10, ROLE_INFO_COORDINATOR },
	{ SIGNAL_DEFERRED, WORK_SIGNAL_AGENDA, 10, ROLE_INFO_COORDINATOR },
};

static enum status add_task(struct db_tx *tx, const struct signal_moving *m,
                            const struct audience_picture *p, int kind, int working_days,
                            audience owner, struct error *reterr)
{
	const struct work_task task = {
		.owner = owner,
		.kind = kind,
		.object_kind = OBJECT_SIGNAL,
		.object_id = m->id,
		.reference = p->reference,
		.due_day = working_days_add(local_day(m->now_ms), working_days, NULL),
		.created_at = m->now_ms,
		.created_by = m->viewer != NULL ? m->viewer->appointment_id : 0,
	};
	return work_add(tx, &task, reterr);
}

static bool is_undecided(uint8_t state)
{
	return state == SIGNAL_SUBMITTED || state == SIGNAL_RETURNED || state == SIGNAL_INTAKE_OK ||
	       state == SIGNAL_ON_AGENDA || state == SIGNAL_DEFERRED;
}

/* What the last state waited for is done; what waits for a decision stays until there is one. */
static enum status end_tasks(struct db_tx *tx, const struct signal_moving *m, uint8_t to,
                             int64_t person, struct error *reterr)
{
	static const int OF_A_STATE[] = { WORK_SIGNAL_INTAKE, WORK_SIGNAL_ANSWER,
		                          WORK_SIGNAL_REVIEW_TEXT, WORK_SIGNAL_AGENDA };
	enum status st = OK;

	if (!is_undecided(to))
		return work_done(tx, 0, OBJECT_SIGNAL, m->id, person, m->now_ms, reterr);
	for (size_t i = 0; st == OK && i < sizeof OF_A_STATE / sizeof OF_A_STATE[0]; i++)
		st = work_done(tx, OF_A_STATE[i], OBJECT_SIGNAL, m->id, person, m->now_ms, reterr);
	return st;
}

enum status signal_add_tasks(struct db_tx *tx, const struct signal_moving *m,
                             const struct audience_picture *p, struct error *reterr)
{
	enum status st = OK;

	for (size_t i = 0; st == OK && i < sizeof WAITING / sizeof WAITING[0]; i++) {
		const struct waiting *w = &WAITING[i];
		if (w->state == p->facts.state)
			st = add_task(tx, m, p, w->kind, w->working_days,
			              w->role != 0 ? audience_of(AUDIENCE_ROLE, w->role)
			                           : audience_of(AUDIENCE_ORGAN, p->facts.organ_id),
			              reterr);
	}
	if (st == OK && p->facts.state == SIGNAL_SUBMITTED && !m->picture->hits_reviewed)
		st = add_task(tx, m, p, WORK_SIGNAL_REVIEW_TEXT, 2,
		              audience_of(AUDIENCE_ROLE, ROLE_INFO_COORDINATOR), reterr);
	return st;
}

/* What happened, in the words of the news: who reads it needn't open the signal to know. */
static int news_of(uint8_t state)
{
	static const int NEWS[] = {
		[SIGNAL_DRAFT] = NEWS_SIGNAL_DRAFT_AGAIN,
		[SIGNAL_SUBMITTED] = NEWS_SIGNAL_SUBMITTED,
		[SIGNAL_RETURNED] = NEWS_SIGNAL_QUESTION,
		[SIGNAL_INTAKE_OK] = NEWS_SIGNAL_ACCEPTED,
		[SIGNAL_ON_AGENDA] = NEWS_SIGNAL_ON_AGENDA,
		[SIGNAL_ADOPTED_CASE] = NEWS_SIGNAL_DECIDED,
		[SIGNAL_ADOPTED_DIRECT] = NEWS_SIGNAL_DECIDED,
		[SIGNAL_MERGED] = NEWS_SIGNAL_DECIDED,
		[SIGNAL_DEFERRED] = NEWS_SIGNAL_DEFERRED,
		[SIGNAL_NOT_ADOPTED] = NEWS_SIGNAL_DECIDED,
		[SIGNAL_WITHDRAWN] = NEWS_SIGNAL_WITHDRAWN,
	};
	return state < sizeof NEWS / sizeof NEWS[0] && NEWS[state] != 0 ? NEWS[state]
	                                                                : NEWS_SIGNAL_MOVED;
}

/* What is over is out of the desk's sight: it hears of it, and is led nowhere. */
static int news_of_desk(uint8_t state)
{
	return state == SIGNAL_NOT_ADOPTED ? NEWS_SIGNAL_OVER
	       : state == SIGNAL_WITHDRAWN ? NEWS_SIGNAL_OVER_WITHDRAWN
	                                   : news_of(state);
}

enum status signal_tell_submitter(struct db_tx *tx, const struct signal_moving *m,
                                  const struct audience_picture *p, struct error *reterr)
{
	const struct work_news news = { .at = m->now_ms,
		                        .kind = news_of(p->facts.state),
		                        .object_kind = OBJECT_SIGNAL,
		                        .object_id = m->id,
		                        .reference = p->reference };
	if (p->facts.state == SIGNAL_DESTROYED)
		return OK;
	enum status st =
	    work_tell(tx, audience_of(AUDIENCE_ORGAN, p->facts.organ_id), &news, reterr);
	if (st != OK || p->facts.state == SIGNAL_DRAFT)
		return st; /* a draft is the writers' own: their desk knows nothing of it */
	struct work_news to_desk = news;
	to_desk.kind = news_of_desk(p->facts.state);
	return work_tell(tx, audience_of(AUDIENCE_ORGAN_DESK, p->facts.organ_id), &to_desk, reterr);
}

/* What a meeting, or a term, can decide: the submitter has to hear it within a working day. */
static bool is_outcome(uint8_t state)
{
	return state == SIGNAL_ADOPTED_CASE || state == SIGNAL_ADOPTED_DIRECT ||
	       state == SIGNAL_MERGED || state == SIGNAL_DEFERRED || state == SIGNAL_NOT_ADOPTED;
}

/* The day by which it has to go; 0: nothing says so yet. */
static int64_t destroy_due(uint8_t to, int64_t now_ms)
{
	if (to == SIGNAL_NOT_ADOPTED || to == SIGNAL_WITHDRAWN)
		return local_day(now_ms) + REJECTED_DESTROY_DAYS;
	return 0;
}

static enum status change_state(struct db_tx *tx, const struct signal_moving *m,
                                const struct move *mv, struct error *reterr)
{
	int64_t changed = 0;
	enum status st =
	    db_exec(tx, &MOVE,
	            DB_ARGS(DB_INT(m->id), DB_INT(mv->from), DB_INT(mv->to), DB_INT(m->now_ms),
	                    DB_INT(destroy_due(mv->to, m->now_ms)), DB_INT(m->reason_class),
	                    m->merged_into != 0 ? DB_INT(m->merged_into) : DB_NULL),
	            &changed, reterr);
	if (st == OK && changed == 0)
		return FAIL(reterr, ERR_CONFLICT,
		            "Een collega was eerder. Bekijk hoe het nu staat.");
	return st;
}

enum status signal_ask_table(const struct signal_moving *m, const struct move **ret,
                             struct error *reterr)
{
	const uint64_t roles = m->viewer != NULL ? ROLE_BIT(m->viewer->role) : 0;

	*ret = machine_move(&SIGNAL_MACHINE, m->picture->state, (uint8_t)m->action);
	if (*ret == NULL)
		return FAIL(reterr, ERR_CONFLICT, "Dit kan niet meer. Bekijk hoe het nu staat.");
	struct verdict v = move_verdict(*ret, roles, m->picture);
	return verdict_allows(v) ? OK : FAIL(reterr, ERR_CONFLICT, "%s", v.sentence);
}

enum status signal_move(struct db_tx *tx, const struct signal_moving *m, struct error *reterr)
{
	const struct move *mv = NULL;
	struct audience_picture p = { 0 };

	enum status st = signal_ask_table(m, &mv, reterr);
	if (st != OK)
		return st;
	st = db_exec_late(tx, &ADD_STATISTIC,
	                  DB_ARGS(DB_INT(m->id), DB_INT(local_quarter(m->now_ms)), DB_INT(mv->to),
	                          DB_INT(m->now_ms), DB_INT(mv->action)),
	                  reterr);
	if (st == OK)
		st = change_state(tx, m, mv, reterr);
	if (st == OK)
		st = signal_add_history(tx,
		                        &(const struct signal_step){
					    .id = m->id,
					    .now_ms = m->now_ms,
					    .viewer = m->viewer,
					    .action = mv->action,
					    .from = mv->from,
					    .to = mv->to,
					},
		                        reterr);
	if (st == OK)
		st = rewrite_audiences(tx, m->id, m->meeting_id, &p, reterr);
	if (st == OK)
		st = end_tasks(tx, m, p.facts.state, m->viewer != NULL ? m->viewer->person_id : 0,
		               reterr);
	if (st == OK)
		st = signal_add_tasks(tx, m, &p, reterr);
	if (st == OK && signal_is_over(mv->to))
		st = work_untell(tx, OBJECT_SIGNAL, m->id, reterr);
	if (st == OK && is_outcome(mv->to))
		st = signal_feedback_open(tx, m->id, m->now_ms, reterr);
	return st == OK && !m->quiet ? signal_tell_submitter(tx, m, &p, reterr) : st;
}

enum status signal_set_matched(struct db_tx *tx, int64_t id, int64_t now_ms, struct error *reterr)
{
	return db_exec(tx, &MATCHED, DB_ARGS(DB_INT(id), DB_INT(now_ms)), NULL, reterr);
}
