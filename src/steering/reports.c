#include "steering/reports.h"

#include "access/access.h"
#include "interventions/intervention.h"
#include "law/instruments.h"
#include "platform/core/calendar.h"
#include "platform/core/dutch.h"
#include "plein/plein.h"
#include "steering/agreed.h"

static const struct view_field LINE_FIELDS[] = {
	VIEW_F(struct report_line, reference, VIEW_TEXT),
	VIEW_F(struct report_line, casefile, VIEW_TEXT),
	VIEW_F(struct report_line, what, VIEW_TEXT),
	VIEW_F(struct report_line, day, VIEW_DAY),
};
const struct view REPORT_LINE_VIEW = VIEW_OF(struct report_line, LINE_FIELDS);

/* $1 person, $2 participant, $3 1: oversees all: the casefiles c that he may hear of. */
#define HEARS                                                                                      \
	" c.state < 10 AND NOT EXISTS (SELECT 1 FROM casefile_block k WHERE k.casefile_id = c.id"  \
	" AND k.person_id = $1 AND k.lifted_at = 0) AND ($3 = 1 OR EXISTS (SELECT 1"               \
	" FROM casefile_organ x JOIN organ o ON o.id = x.organ_id WHERE x.casefile_id = c.id"      \
	" AND o.participant_id = $2))"
/* Carried out by nobody yet, and its day or a report is over. $4 today. */
static const struct db_stmt OVERDUE = {
	"report_overdue", "iiii",
	"SELECT i.reference, c.reference, i.instrument, i.due_day FROM intervention i"
	" JOIN casefile c ON c.id = i.casefile_id WHERE" HEARS " AND i.state IN (2, 3, 5, 6, 7)"
	" AND (i.due_day < $4 OR EXISTS (SELECT 1 FROM intervention_owner w"
	" WHERE w.intervention_id = i.id AND w.late = 1)) ORDER BY i.due_day, i.id LIMIT 200"
};
/* WASSTRAAT: action 10, since $4 (ms). */
static const struct db_stmt PROVIDED = {
	"report_provided", "iiii",
	"SELECT c.reference, c.reference, 0, max(h.at) FROM casefile c"
	" JOIN casefile_history h ON h.casefile_id = c.id WHERE" HEARS " AND h.action = 10"
	" AND h.at >= $4 GROUP BY c.id, c.reference ORDER BY c.id LIMIT 200"
};
static const struct db_stmt MANDATED = {
	"report_mandated", "iiii",
	"SELECT d.reference, c.reference, d.ruling, d.signed_at AS ruled_at, d.id AS id"
	" FROM steering_decision d"
	" JOIN meeting m ON m.id = d.meeting_id JOIN casefile c ON c.id = d.casefile_id WHERE" HEARS
	" AND m.kind = 3 AND d.number > 0 AND d.signed_at >= $4 UNION ALL"
	" SELECT i.reference, c.reference, 0, q.decided_at, q.id FROM quick_action q"
	" JOIN intervention i ON i.id = q.intervention_id"
	" JOIN casefile c ON c.id = q.casefile_id WHERE" HEARS
	" AND q.decided_at >= $4 ORDER BY ruled_at, id LIMIT 200"
};
/* Sent back (5) and since then on no agenda. */
static const struct db_stmt RETURNED = {
	"report_returned", "iiii",
	"SELECT d.reference, c.reference, 0, d.signed_at FROM steering_decision d"
	" JOIN casefile c ON c.id = d.casefile_id WHERE" HEARS
	" AND d.ruling = 5 AND d.number > 0 AND $4 >= 0"
	" AND c.state < 5 AND NOT EXISTS (SELECT 1 FROM steering_decision e"
	" WHERE e.casefile_id = c.id AND e.id > d.id AND e.number > 0)"
	" ORDER BY d.signed_at, d.id LIMIT 200"
};
/* When the meeting before this one began; what happened since is news. */
static const struct db_stmt SINCE = {
	"report_since", "ii",
	"SELECT coalesce(max(opened_at), 0) FROM meeting WHERE kind = 2 AND id <> $1"
	" AND opened_at > 0 AND ($2 = 0 OR opened_at < $2)"
};

const struct db_stmt *const report_statements[] = {
	&OVERDUE, &PROVIDED, &MANDATED, &RETURNED, &SINCE, NULL,
};

const char *report_name(int kind)
{
	switch (kind) {
	case POINT_OVERDUE:
		return "overdue";
	case POINT_PROVIDED:
		return "provided";
	case POINT_MANDATED:
		return "mandated";
	case POINT_ANSWERED:
		return "answered";
	case POINT_ACTIONS:
		return "actions";
	case POINT_RETURNED:
		return "returned";
	default:
		return NULL;
	}
}

static enum status load_since(struct request *rq, const struct gathering *m, int64_t *ret,
                              struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st =
	    db_query(rq->db, &SINCE, DB_ARGS(DB_INT(m->id), DB_INT(m->opened_at)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st == OK)
		*ret = db_int(&row, 0);
	return st;
}

static const char *words_of(struct arena *a, int kind, int64_t code)
{
	const struct law_instrument *i;

	switch (kind) {
	case POINT_OVERDUE:
		i = law_instrument((uint16_t)code);
		return arena_printf(a, "%s: de dag of de maandelijkse stand is voorbij",
		                    i != NULL ? i->label : "Interventie");
	case POINT_PROVIDED:
		return "Het advies is aan de partners zelf verstrekt";
	case POINT_RETURNED:
		return "Teruggestuurd met vragen, nog niet terug";
	default:
		if (code == 0)
			return "Snelle actie, voor het advies";
		for (const struct code *c = RULINGS; c->name != NULL; c++)
			if (c->value == (int)code)
				return c->label;
		return "Besluit";
	}
}

static enum status read_lines(struct request *rq, const struct db_stmt *s, int kind, int64_t since,
                              struct array *ret, struct error *reterr)
{
	enum { MAX = 200 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct report_line *list = ARENA_ARRAY(rq->arena, struct report_line, MAX);
	const struct viewer *v = rq->viewer;
	size_t count = 0;
	enum status st = db_query(rq->db, s,
	                          DB_ARGS(DB_INT(v->person_id), DB_INT(v->participant_id),
	                                  DB_INT(oversees_steering(v->role)), DB_INT(since)),
	                          &rows, reterr);

	if (st != OK)
		return st;
	for (; count < MAX && db_next(&rows); count++)
		list[count] = (struct report_line){
			.reference = db_text(&rows, 0, rq->arena),
			.casefile = db_text(&rows, 1, rq->arena),
			.what = words_of(rq->arena, kind, db_int(&rows, 2)),
			.day =
			    kind == POINT_OVERDUE ? db_int(&rows, 3) : local_day(db_int(&rows, 3)),
		};
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

static enum status action_lines(struct request *rq, struct array *ret, struct error *reterr)
{
	struct array found = { 0 };
	const enum status st = action_list(rq->db, plein_of(rq)->keyring, rq->viewer, 0, true,
	                                   rq->arena, &found, reterr);
	const struct agreed_action *x = found.items;
	struct report_line *list = ARENA_ARRAY(rq->arena, struct report_line, found.count + 1);

	for (size_t i = 0; st == OK && i < found.count; i++)
		list[i] = (struct report_line){
			x[i].reference, x[i].casefile,
			arena_printf(rq->arena, "%s (%s)", x[i].text,
			             x[i].on_behalf[0] != '\0' ? x[i].on_behalf : "RIEC-bureau"),
			x[i].due_day
		};
	*ret = (struct array){ list, found.count };
	return st;
}

static enum status answer_lines(struct request *rq, int64_t since, struct array *ret,
                                struct error *reterr)
{
	struct array found = { 0 };
	const enum status st = escalation_list(rq->db, plein_of(rq)->keyring, rq->viewer, 0,
	                                       rq->arena, &found, reterr);
	const struct escalation *q = found.items;
	struct report_line *list = ARENA_ARRAY(rq->arena, struct report_line, found.count + 1);
	size_t count = 0;

	for (size_t i = 0; st == OK && i < found.count; i++)
		if (q[i].answered_at > 0 && q[i].answered_at >= since)
			list[count++] =
			    (struct report_line){ q[i].reference, q[i].casefile,
				                  arena_printf(rq->arena, "%s Antwoord: %s",
				                               q[i].question, q[i].answer),
				                  local_day(q[i].answered_at) };
	*ret = (struct array){ list, count };
	return st;
}

enum status report_lines(struct request *rq, const struct gathering *m, int kind, struct array *ret,
                         struct error *reterr)
{
	int64_t since = 0;
	enum status st = load_since(rq, m, &since, reterr);

	*ret = (struct array){ 0 };
	if (st != OK)
		return st;
	switch (kind) {
	case POINT_OVERDUE:
		return read_lines(rq, &OVERDUE, kind, local_day(rq->now_ms), ret, reterr);
	case POINT_PROVIDED:
		return read_lines(rq, &PROVIDED, kind, since, ret, reterr);
	case POINT_MANDATED:
		return read_lines(rq, &MANDATED, kind, since, ret, reterr);
	case POINT_RETURNED:
		return read_lines(rq, &RETURNED, kind, since, ret, reterr);
	case POINT_ANSWERED:
		return answer_lines(rq, since, ret, reterr);
	case POINT_ACTIONS:
		return action_lines(rq, ret, reterr);
	default:
		return OK;
	}
}
