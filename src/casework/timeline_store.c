/* What happened in a casefile, from the rows that say so: only what this viewer may see. */
#include "casework/note.h"

#include <stdlib.h>

#include "casework/casework_parts.h"
#include "casework/phase.h"

#define OF(v)                                                                                      \
	DB_INT((v)->audiences[0]), DB_INT((v)->audiences[1]), DB_INT((v)->audiences[2]),           \
	    DB_INT((v)->audiences[3])

enum { EVENTS_MAX = 300, A_KIND_MAX = 200 };

/* Every statement gives: at, count, number, detail, who, reference. */
static const struct db_stmt MOVES = {
	"timeline_moves", "iiiiii",
	"SELECT h.at, h.action, 0, h.to_state, coalesce(p.short_name, ''), " OTHER_CASEFILE
	" FROM casefile_history h"
	" LEFT JOIN person n ON n.id = h.actor_id LEFT JOIN participant p"
	" ON p.id = n.participant_id WHERE h.casefile_id = $1 ORDER BY h.at DESC, h.id DESC"
	" LIMIT 200"
};
static const struct db_stmt MEMBERS = {
	"timeline_members", "i",
	"SELECT x.added_at, 0, 0, x.capacity, n.full_name, '' FROM casefile_member x"
	" JOIN appointment a ON a.id = x.appointment_id JOIN person n ON n.id = a.person_id"
	" WHERE x.casefile_id = $1 ORDER BY x.added_at DESC, x.appointment_id DESC LIMIT 200"
};
static const struct db_stmt SIGNALS = {
	"timeline_signals", "i",
	"SELECT c.linked_at, 0, 0, 0, p.short_name, s.reference FROM casefile_signal c"
	" JOIN signal s ON s.id = c.signal_id JOIN participant p ON p.id = s.participant_id"
	" WHERE c.casefile_id = $1 ORDER BY c.linked_at DESC, s.id DESC LIMIT 200"
};
/* Facts of one source on one day, counted; what a signal brought came in at once. */
static const struct db_stmt FACTS = {
	"timeline_facts", "ii",
	"SELECT max(f.received_at), count(*), 0, 0, coalesce(o.on_behalf, w.short_name), '',"
	" max(f.id) AS id FROM presence p JOIN fact f ON f.presence_id = p.id JOIN participant w"
	" ON w.id = f.source_participant_id LEFT JOIN organ o ON o.id = f.source_organ_id"
	" WHERE p.casefile_id = $1 AND f.phase <= $2"
	" GROUP BY f.received_at / 86400000, coalesce(o.on_behalf, w.short_name)"
	" ORDER BY max(f.received_at) DESC, id DESC LIMIT 200"
};
static const struct db_stmt PHASES = {
	"timeline_phases", "ii",
	"SELECT CASE WHEN f.decided_at > 0 THEN f.decided_at ELSE f.proposed_at END, f.phase,"
	" p.number, f.state, '', '' FROM casefile_phase f JOIN presence p ON p.id = f.presence_id"
	" WHERE f.casefile_id = $1 AND f.phase <= $2 ORDER BY f.id DESC LIMIT 200"
};
static const struct db_stmt CORRECTIONS = {
	"timeline_corrections", "ii",
	"SELECT k.corrected_at, 0, p.number, k.kind, coalesce(o.on_behalf, 'RIEC-bureau'), ''"
	" FROM fact_correction k JOIN fact f ON f.id = k.fact_id JOIN presence p"
	" ON p.id = f.presence_id JOIN appointment a ON a.id = k.corrected_by"
	" LEFT JOIN organ o ON o.id = a.organ_id WHERE k.casefile_id = $1 AND f.phase <= $2"
	" ORDER BY k.corrected_at DESC, k.id DESC LIMIT 200"
};
/* As requests show themselves to these audiences: to ask and to be done, never how. */
static const struct db_stmt REQUESTS = {
	"timeline_requests", "iiiii",
	"SELECT CASE WHEN q.answered_at > 0 THEN q.answered_at ELSE q.issued_at END, 0, 0,"
	" CASE WHEN q.answered_at > 0 THEN 1 ELSE 0 END, w.short_name, q.reference"
	" FROM information_request q JOIN participant w ON w.id = q.participant_id"
	" WHERE q.casefile_id = $1 AND q.issued_at > 0 AND EXISTS (SELECT 1"
	" FROM request_audience a WHERE a.id = q.id AND a.audience_id IN ($2, $3, $4, $5))"
	" ORDER BY q.id DESC LIMIT 200"
};
static const struct db_stmt NOTES = {
	"timeline_notes", "ii",
	"SELECT v.written_at, v.version, n.number, 0, p.full_name, '' FROM casefile_note n"
	" JOIN casefile_note_version v ON v.note_id = n.id JOIN appointment a"
	" ON a.id = v.written_by JOIN person p ON p.id = a.person_id WHERE n.casefile_id = $1"
	" AND n.phase <= $2 AND n.removed_at = 0 ORDER BY v.written_at DESC, n.id DESC,"
	" v.version DESC LIMIT 200"
};
const struct db_stmt *const timeline_statements[] = { &MOVES,    &MEMBERS, &SIGNALS,
	                                              &FACTS,    &PHASES,  &CORRECTIONS,
	                                              &REQUESTS, &NOTES,   NULL };

struct gathering {
	struct db_read *read;
	struct arena *arena;
	struct timeline_event *list;
	size_t count, max;
};

static enum status gather(struct gathering *g, enum timeline_kind kind, const struct db_stmt *s,
                          const struct db_value *args, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	size_t found = 0;

	enum status st = db_query(g->read, s, args, &rows, reterr);
	if (st != OK)
		return st;
	while (found++ < A_KIND_MAX && g->count < g->max && db_next(&rows))
		g->list[g->count++] =
		    (struct timeline_event){ .at = db_int(&rows, 0),
			                     .count = db_int(&rows, 1),
			                     .number = db_int(&rows, 2),
			                     .detail = (int)db_int(&rows, 3),
			                     .kind = (int)kind,
			                     .who = db_text(&rows, 4, g->arena),
			                     .reference = db_text(&rows, 5, g->arena) };
	return db_rows_end(&rows, reterr);
}

static int newest_first(const void *a, const void *b)
{
	const struct timeline_event *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? 1 : -1;
	return x->kind < y->kind ? 1 : x->kind > y->kind ? -1 : 0;
}

enum status casefile_timeline(struct db_read *r, const struct viewer *viewer, int64_t id,
                              int max_phase, struct arena *a, struct array *ret,
                              struct error *reterr)
{
	enum { KINDS = 8 };
	struct gathering g = { r, a, ARENA_ARRAY(a, struct timeline_event, KINDS * A_KIND_MAX), 0,
		               KINDS * A_KIND_MAX };
	const struct db_value *one = DB_ARGS(DB_INT(id));
	const struct db_value *two = DB_ARGS(DB_INT(id), DB_INT(max_phase));

	const bool heavy = phase_shows_heavy(viewer->role, max_phase == PHASE_3);
	const struct db_value *shown = DB_ARGS(DB_INT(id), DB_INT(heavy ? PHASE_3 : PHASE_2));

	enum status st = gather(&g, TIMELINE_MOVE, &MOVES,
	                        DB_ARGS(DB_INT(id), OF(viewer), DB_INT(viewer->person_id)), reterr);
	if (st == OK)
		st = gather(&g, TIMELINE_MEMBER, &MEMBERS, one, reterr);
	if (st == OK)
		st = gather(&g, TIMELINE_SIGNAL, &SIGNALS, one, reterr);
	if (st == OK)
		st = gather(&g, TIMELINE_FACTS, &FACTS, two, reterr);
	if (st == OK)
		st = gather(&g, TIMELINE_PHASE, &PHASES, shown, reterr);
	if (st == OK)
		st = gather(&g, TIMELINE_CORRECTION, &CORRECTIONS, two, reterr);
	if (st == OK)
		st = gather(&g, TIMELINE_REQUEST, &REQUESTS, DB_ARGS(DB_INT(id), OF(viewer)),
		            reterr);
	if (st == OK)
		st = gather(&g, TIMELINE_NOTE, &NOTES, two, reterr);
	qsort(g.list, g.count, sizeof *g.list, newest_first);
	*ret = (struct array){ g.list, g.count < EVENTS_MAX ? g.count : EVENTS_MAX };
	return st;
}
