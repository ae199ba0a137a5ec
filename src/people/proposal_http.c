#include "people/proposal_http.h"

#include "access/access.h"
#include "audit/action.h"
#include "people/appointing.h"
#include "people/people_http.h"
#include "platform/core/calendar.h"
#include "platform/view/acts.h"
#include "work/work.h"

enum { REASON_CHARS = 500, OPENS_MAX = PERM_COUNT + VIEWER_AUDIENCES_MAX };

/* ---- what it opens ------------------------------------------------------------------- */

struct line {
	const char *text;
};
static const struct view_field LINE_FIELDS[] = { VIEW_F(struct line, text, VIEW_TEXT) };
static const struct view LINE_VIEW = VIEW_OF(struct line, LINE_FIELDS);

static const char *audience_text(struct arena *a, const struct appointment *p, audience of)
{
	switch ((enum audience_kind)(of >> 48)) {
	case AUDIENCE_ROLE:
		return arena_printf(a, "Alles in de regio dat openstaat voor de rol %s",
		                    access_role(p->role)->label);
	case AUDIENCE_PARTICIPANT:
		return arena_printf(a, "Wat openstaat voor %s", p->participant);
	case AUDIENCE_ORGAN:
		return arena_printf(a, "Wat openstaat voor %s", p->on_behalf);
	case AUDIENCE_DESK:
		return arena_printf(a, "Wat openstaat voor %s", p->desk);
	case AUDIENCE_MUNICIPALITY:
		return arena_printf(a, "Wat openstaat voor de gemeente: %s", p->participant);
	case AUDIENCE_DECIDERS:
		return arena_printf(a, "Bevragingen aan %s", p->on_behalf);
	case AUDIENCE_STEERING:
		return arena_printf(a, "Besluiten en interventies waar %s bij betrokken is",
		                    p->on_behalf);
	case AUDIENCE_MANAGERS:
		return arena_printf(a, "Accounts en rollen bij %s", p->participant);
	case AUDIENCE_APPOINTMENT:
		return "Werk dat op naam van deze functie staat";
	case AUDIENCE_ORGAN_DESK:
		return arena_printf(a, "Wat ingebracht is namens %s", p->on_behalf);
	case AUDIENCE_MEETING:
	case AUDIENCE_CASEFILE:
		break; /* come with an invitation, not with a role */
	}
	return NULL;
}

/* The same two tables that every request asks: permissions of the role, audiences of the viewer. */
static struct array opens_of(struct arena *a, const struct appointment *p)
{
	struct line *lines = ARENA_ARRAY(a, struct line, OPENS_MAX);
	size_t count = 0;
	struct viewer v = { .person_id = p->person_id,
		            .appointment_id = p->id,
		            .participant_id = p->participant_id,
		            .organ_id = p->organ_id,
		            .desk_id = p->desk_id,
		            .municipality_id = p->municipality_id,
		            .letter = p->letter,
		            .role = p->role };

	viewer_audiences(&v);
	for (int i = 0; i < PERM_COUNT; i++)
		if (access_permits(p->role, (enum permission)i) &&
		    access_permission_label((enum permission)i) != NULL)
			lines[count++].text = access_permission_label((enum permission)i);
	for (size_t i = 0; i < v.audience_count; i++) {
		const char *text = audience_text(a, p, v.audiences[i]);
		if (text != NULL)
			lines[count++].text = text;
	}
	return (struct array){ lines, count };
}

/* ---- the page ------------------------------------------------------------------------ */

struct decision_input {
	int64_t version, successor;
	const char *reason;
};
static const struct field DECISION_FIELDS[] = {
	FIELD_VERSION(struct decision_input),
	{ .path = "successor",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct decision_input, successor),
	  .label = "Wie neemt het werk over?" },
	{ .path = "reason",
	  .kind = FIELD_TEXT,
	  .offset = offsetof(struct decision_input, reason),
	  .label = "Reden",
	  .max_chars = REASON_CHARS },
};
static const struct form DECISION_FORM = { DECISION_FIELDS, 3, sizeof(struct decision_input) };

struct grant_page {
	int64_t id, version, proposed_at, from, until, screened_on, trained_on, open_work;
	uint8_t state;
	const char *organisation, *name, *role, *duty, *on_behalf, *desk, *deputy_for;
	const char *proposed_by, *why, *not_yours, *reason;
	const char *person_href, *confirm_href, *refuse_href, *end_href, *history_href;
	struct array opens, successors, history;
};
static const struct view_field GRANT_FIELDS[] = {
	VIEW_F(struct grant_page, id, VIEW_INT),
	VIEW_F(struct grant_page, version, VIEW_INT),
	VIEW_AS(struct grant_page, state, "state", VIEW_STATE, .machine = &APPOINTMENT_MACHINE),
	VIEW_F(struct grant_page, organisation, VIEW_TEXT),
	VIEW_F(struct grant_page, name, VIEW_TEXT),
	VIEW_F(struct grant_page, role, VIEW_TEXT),
	VIEW_F(struct grant_page, duty, VIEW_TEXT),
	VIEW_AS(struct grant_page, on_behalf, "onBehalf", VIEW_TEXT),
	VIEW_F(struct grant_page, desk, VIEW_TEXT),
	VIEW_AS(struct grant_page, deputy_for, "deputyFor", VIEW_TEXT),
	VIEW_AS(struct grant_page, proposed_by, "proposedBy", VIEW_TEXT),
	VIEW_AS(struct grant_page, proposed_at, "proposedAt", VIEW_MOMENT),
	VIEW_F(struct grant_page, from, VIEW_DAY),
	VIEW_F(struct grant_page, until, VIEW_DAY),
	VIEW_AS(struct grant_page, screened_on, "screenedOn", VIEW_DAY),
	VIEW_AS(struct grant_page, trained_on, "trainedOn", VIEW_DAY),
	VIEW_F(struct grant_page, why, VIEW_TEXT),
	VIEW_AS(struct grant_page, not_yours, "notYours", VIEW_TEXT),
	VIEW_AS(struct grant_page, reason, "reason", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct grant_page, person_href, "personHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct grant_page, confirm_href, "confirmHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct grant_page, refuse_href, "refuseHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct grant_page, end_href, "endHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct grant_page, history_href, "historyHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct grant_page, open_work, "openWork", VIEW_INT),
	VIEW_AS(struct grant_page, opens, "opens", VIEW_LIST, .view = &LINE_VIEW),
	VIEW_AS(struct grant_page, successors, "successors", VIEW_LIST, .view = &PEOPLE_OPTION_VIEW,
	        .page_only = true),
	VIEW_AS(struct grant_page, history, "history", VIEW_LIST, .view = &HISTORY_LINE_VIEW),
};
static const struct view GRANT_VIEW = VIEW_OF(struct grant_page, GRANT_FIELDS);

/* One appointment with all that its page and its moves ask. */
struct proposal {
	struct appointment appointment;
	struct person person;
	struct appointment_picture picture;
	struct workplace place;
};

static enum status load_proposal(struct request *rq, struct proposal *ret, struct error *reterr)
{
	const struct people_scope scope = people_scope_of(rq->viewer);
	const struct actor actor = people_actor(rq);
	int64_t id;

	enum status st = people_path_id(rq, &id, reterr);
	if (st == OK)
		st = appointment_load(rq->db, &scope, id, rq->arena, &ret->appointment, reterr);
	if (st == OK)
		st = person_load(rq->db, &scope, ret->appointment.person_id, rq->arena,
		                 &ret->person, reterr);
	if (st == OK)
		st = appointment_picture_load(rq->db, id, &actor, &ret->picture, reterr);
	if (st == OK)
		st = workplace_load(rq, ret->appointment.participant_id, ret->person.id,
		                    &ret->place, reterr);
	rq->touched = (struct touched){ .kind = OBJECT_APPOINTMENT, .id = st == OK ? id : 0 };
	return st;
}

static struct verdict may(const struct request *rq, const struct proposal *p,
                          enum appointment_action action)
{
	struct appointment_picture picture = p->picture;
	const struct move *mv =
	    machine_move(&APPOINTMENT_MACHINE, p->appointment.state, (uint8_t)action);

	picture.successor_named = true; /* what the form still asks is no reason to hide the form */
	if (mv == NULL || !access_permits(rq->viewer->role, PERM_ROLE_CONFIRM))
		return (struct verdict){ .kind = VERDICT_NO };
	return move_verdict(mv, ROLE_BIT(rq->viewer->role), &picture);
}

static const char *href_if(struct request *rq, const struct proposal *p,
                           enum appointment_action action)
{
	if (!verdict_allows(may(rq, p, action)))
		return NULL;
	return arena_printf(rq->arena, "/people/proposals/%lld/_%s", (long long)p->appointment.id,
	                    machine_action(&APPOINTMENT_MACHINE, (uint8_t)action)->name);
}

static const char *deputy_name(const struct proposal *p)
{
	const struct appointment *all = p->place.colleagues.items;
	for (size_t i = 0; i < p->place.colleagues.count; i++)
		if (all[i].id == p->appointment.deputy_for)
			return all[i].person;
	return p->appointment.deputy_for != 0 ? "iemand die er nu niet meer werkt" : NULL;
}

static struct array history_of(struct arena *a, struct array rows, int64_t appointment_id)
{
	const struct history_row *from = rows.items;
	struct history_line *to = ARENA_ARRAY(a, struct history_line, rows.count + 1);
	size_t count = 0;

	for (size_t i = 0; i < rows.count; i++) {
		if (from[i].appointment_id != appointment_id)
			continue;
		const struct state *s = machine_state(&APPOINTMENT_MACHINE, from[i].to_state);
		to[count++] =
		    (struct history_line){ from[i].at,
			                   arena_printf(a, "%s, door %s. %s",
			                                s != NULL ? s->label : "Gewijzigd",
			                                from[i].actor, from[i].note),
			                   NULL };
	}
	return (struct array){ to, count };
}

static int64_t day_or_absent(int64_t day)
{
	return day != NO_DAY ? day : INT64_MIN;
}

static struct grant_page page_of(struct request *rq, const struct proposal *p)
{
	const struct appointment *a = &p->appointment;
	const struct role_row *role = access_role(a->role);
	struct verdict sign = may(rq, p, APPOINTMENT_CONFIRM);

	return (struct grant_page){
		.id = a->id,
		.version = a->version,
		.state = a->state,
		.organisation = a->participant,
		.name = a->person,
		.role = role->label,
		.duty = role->duty,
		.on_behalf = a->on_behalf,
		.desk = a->desk,
		.deputy_for = deputy_name(p),
		.proposed_by = a->proposer,
		.proposed_at = a->proposed_at,
		.from = a->from_day,
		.until = day_or_absent(a->until_day),
		.screened_on = day_or_absent(p->person.screened_on),
		.trained_on = day_or_absent(p->person.trained_on),
		.why = a->reason,
		.not_yours = a->state == APPOINTMENT_PROPOSED ? sign.sentence : NULL,
		.person_href = arena_printf(rq->arena, "/people/%lld", (long long)p->person.id),
		.confirm_href = href_if(rq, p, APPOINTMENT_CONFIRM),
		.refuse_href = href_if(rq, p, APPOINTMENT_REFUSE),
		.end_href = href_if(rq, p, APPOINTMENT_END),
		.open_work = p->picture.open_work,
		.opens = opens_of(rq->arena, a),
		.successors = workplace_deputy_options(rq->arena, &p->place,
		                                       input_text(rq->body, "successor")),
	};
}

static enum status show_grant(struct request *rq, struct response *rs, struct error *reterr)
{
	const struct page page = { .title = "Functie",
		                   .place = "/people",
		                   .template_name = "people/grant",
		                   .form = &DECISION_FORM };
	struct array history = { 0 };
	struct proposal p;

	enum status st = load_proposal(rq, &p, reterr);
	if (st == OK)
		st = people_history(rq->db, p.person.id, rq->arena, &history, reterr);
	if (st != OK)
		return st;
	struct grant_page record = page_of(rq, &p);
	record.history = history_of(rq->arena, history, record.id);
	return page_respond(rq, rs, &page, &GRANT_VIEW, &record, reterr);
}

/* ---- sign, refuse, end --------------------------------------------------------------- */

struct decision {
	struct decision_input in;
	struct appointment appointment;
	const struct move *move;
	struct actor actor;
};

static enum status prepare_decision(struct request *rq, void **ret_input, struct error *reterr)
{
	struct decision *d = ARENA_NEW(rq->arena, struct decision);
	const char *operation = strrchr(rq->route->path, '/') + sizeof "/_" - 1;
	const struct action *action = machine_action_named(&APPOINTMENT_MACHINE, operation);
	struct proposal p;

	enum status st = load_proposal(rq, &p, reterr);
	if (st != OK)
		return st;
	d->appointment = p.appointment;
	d->actor = people_actor(rq);
	d->move = machine_move(&APPOINTMENT_MACHINE, p.appointment.state, action->code);
	if (d->move == NULL)
		return FAIL(reterr, ERR_CONFLICT, "Dit kan niet meer. Bekijk hoe het nu staat.");
	input_read(rq->body, &DECISION_FORM, rq->wants_json, rq->arena, &d->in, rq->problems);
	if (d->move->action != APPOINTMENT_CONFIRM && d->in.reason[0] == '\0')
		problems_add(rq->problems, PROBLEM_ERROR, "reason", "Schrijf kort waarom.");
	*ret_input = d;
	return OK;
}

/* Inside the transaction, on what is true there: the second person is a person, not a page. */
static enum status ask_guard(struct db_tx *tx, const struct request *rq, const struct decision *d,
                             struct error *reterr)
{
	struct appointment_picture picture;
	enum status st = appointment_picture_load(db_tx_read(tx), d->appointment.id, &d->actor,
	                                          &picture, reterr);
	if (st != OK)
		return st;
	picture.successor_named = d->in.successor > 0;
	struct verdict v = move_verdict(d->move, ROLE_BIT(rq->viewer->role), &picture);
	if (!verdict_allows(v))
		return FAIL(reterr, ERR_CONFLICT, "%s", v.sentence);
	return OK;
}

static enum status hand_over(struct db_tx *tx, const struct decision *d, struct error *reterr)
{
	int64_t count;
	if (d->move->action != APPOINTMENT_END || d->in.successor <= 0)
		return OK;
	return people_hand_over(tx, d->appointment.id, d->in.successor,
	                        d->appointment.participant_id, &count, reterr);
}

static enum status tell(struct db_tx *tx, const struct request *rq, const struct decision *d,
                        struct error *reterr)
{
	const struct appointment *a = &d->appointment;
	const struct work_news news = {
		.at = rq->now_ms,
		.kind = NEWS_ROLE_DECIDED,
		.object_kind = OBJECT_APPOINTMENT,
		.object_id = a->id,
		.reference = arena_printf(db_tx_arena(tx), "%lld", (long long)a->id),
	};
	enum status st = work_done(tx, WORK_ROLE_SIGN, OBJECT_APPOINTMENT, a->id,
	                           rq->viewer->person_id, rq->now_ms, reterr);
	if (st != OK)
		return st;
	return work_tell(tx, employer_audience(a->participant_id, a->bureau), &news, reterr);
}

static enum status apply_decision(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct request *rq = change->rq;
	const struct decision *d = change->input;
	const struct people_move m = {
		d->appointment.person_id, d->appointment.id,     d->move->from, d->move->to,
		d->move->action,          rq->viewer->person_id, rq->now_ms,    d->in.reason
	};

	enum status st = db_claim(tx, &APPOINTMENT_ROOT, d->appointment.id, d->in.version, reterr);
	if (st == OK)
		st = ask_guard(tx, rq, d, reterr);
	if (st == OK)
		st = hand_over(tx, d, reterr);
	if (st == OK)
		st = people_move(tx, &m, reterr);
	if (st == OK)
		st = tell(tx, rq, d, reterr);
	change->location =
	    arena_printf(db_tx_arena(tx), "/people/proposals/%lld", (long long)d->appointment.id);
	change->note = "Vastgelegd.";
	return st;
}

#define DECISION(name_, permission_, summary_)                                                     \
	{                                                                                          \
		.method = "POST", .path = "/people/proposals/{id}/_" name_,                        \
		.permission = (permission_), .action = AUDIT_ROLE_CHANGE,                          \
		.prepare = prepare_decision, .apply = apply_decision, .redraw = show_grant,        \
		.form = &DECISION_FORM, .summary = (summary_)                                      \
	}

const struct route proposal_routes[] = {
	{ .method = "GET",
	  .path = "/people/proposals/{id}",
	  .permission = PERM_PEOPLE_READ,
	  .action = AUDIT_PEOPLE_VIEW,
	  .read = show_grant,
	  .view = &GRANT_VIEW,
	  .summary = "Een functie: wat die opent en wie tekent" },
	DECISION("confirm", PERM_ROLE_CONFIRM, "Meetekenen voor een rol"),
	DECISION("refuse", PERM_ROLE_CONFIRM, "Een voorgestelde rol afwijzen"),
	DECISION("end", PERM_ROLE_PROPOSE, "Een rol beëindigen, met een opvolger voor het werk"),
	{ 0 },
};

const struct page_template proposal_templates[] = {
	{ .name = "people/grant", .view = &GRANT_VIEW, .form = &DECISION_FORM, .whole = true },
	{ 0 },
};
