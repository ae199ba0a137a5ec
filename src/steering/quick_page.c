/* The page of a casefile's quick actions, with what its viewer can do about each. */
#include "steering/quick_page.h"

#include "access/access.h"
#include "advice/instrument_choices.h"
#include "casework/casefile_page.h"
#include "interventions/intervention_acts.h"
#include "platform/core/calendar.h"
#include "platform/view/choice.h"
#include "plein/plein.h"
#include "steering/quick_mandate.h"

enum { BASIS_CHARS_MAX = 300, QUICK_CHARS_MAX = 2000 };

#define AT(member) offsetof(struct quick_input, member)
#define PROSE(path_, member, label_, missing_)                                                     \
	{                                                                                          \
		.path = path_, .kind = FIELD_PROSE, .offset = AT(member), .label = label_,         \
		.required = true, .missing = missing_, .max_chars = QUICK_CHARS_MAX                \
	}
static const struct field FIELDS[] = {
	{ .path = "instrument",
	  .kind = FIELD_INT,
	  .offset = AT(instrument),
	  .label = "Welk instrument?",
	  .required = true,
	  .missing = "Kies een instrument uit de lijst." },
	{ .path = "weight",
	  .kind = FIELD_CODE,
	  .offset = AT(weight),
	  .label = "Hoe zwaar is het traject?",
	  .codes = ADVICE_WEIGHTS,
	  .required = true,
	  .missing = "Kies hoe zwaar het traject is." },
	{ .path = "owner",
	  .kind = FIELD_INT,
	  .offset = AT(owner),
	  .label = "Wie doet het?",
	  .required = true,
	  .missing = "Kies welke deelnemer het doet." },
	{ .path = "restsOn",
	  .kind = FIELD_CODE,
	  .offset = AT(ground),
	  .label = "Waar rust het op?",
	  .codes = QUICK_GROUNDS,
	  .required = true,
	  .missing = "Kies waar het op rust." },
	{ .path = "basis",
	  .kind = FIELD_TEXT,
	  .offset = AT(basis),
	  .label = "Op welke wet rust het?",
	  .max_chars = BASIS_CHARS_MAX },
	PROSE("approach", approach, "Wat gebeurt er?", "Schrijf wat er gebeurt."),
	PROSE("urgency", urgency, "Waarom kan dit niet wachten?",
	      "Schrijf waarom dit niet op het advies kan wachten."),
	{ .path = "barrier",
	  .kind = FIELD_CODE,
	  .offset = AT(barrier),
	  .label = "Welke stap wordt moeilijker?",
	  .codes = ADVICE_BARRIERS },
	PROSE("effect", effect, "Welk effect moet het hebben?", "Schrijf welk effect u verwacht."),
	PROSE("indicator", indicator, "Hoe meet u dat?", "Schrijf waaraan u ziet dat het werkt."),
	{ .path = "hours",
	  .kind = FIELD_INT,
	  .offset = AT(hours),
	  .label = "Hoeveel uur kost het?",
	  .required = true,
	  .missing = "Vul in hoeveel uur het kost." },
	{ .path = "day",
	  .kind = FIELD_DAY,
	  .to_come = true,
	  .offset = AT(day),
	  .label = "Klaar op",
	  .required = true,
	  .missing = "Vul in wanneer het klaar is." },
};
const struct form QUICK_FORM = { FIELDS, sizeof FIELDS / sizeof FIELDS[0],
	                         sizeof(struct quick_input) };

static const struct field DECIDE_FIELDS[] = {
	{ .path = "_version",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct decide_input, version),
	  .label = "Versie" },
	{ .path = "lead",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct decide_input, lead),
	  .label = "Wie voert de regie?" },
	{ .path = "reason",
	  .kind = FIELD_PROSE,
	  .offset = offsetof(struct decide_input, reason),
	  .label = "Waarom niet?",
	  .max_chars = QUICK_CHARS_MAX },
};
const struct form QUICK_DECIDE_FORM = { DECIDE_FIELDS, 3, sizeof(struct decide_input) };

/* ---- the page ------------------------------------------------------------------------------------ */

struct shown_quick {
	int64_t number, version, hours, due_day, asked_at, decided_at;
	uint8_t state, intervention_state;
	int weight, barrier, ground;
	const char *instrument, *owner, *basis, *approach, *urgency, *effect, *indicator, *reason,
	    *asked_by, *decided_by, *intervention, *intervention_href;
	const char *approve_href, *reject_href, *withdraw_href, *why_not;
	struct array leads;
};
#define Q(member, name, kind_) VIEW_AS(struct shown_quick, member, name, kind_)
#define QP(member, name)       VIEW_AS(struct shown_quick, member, name, VIEW_TEXT, .page_only = true)
static const struct view_field QUICK_FIELDS[] = {
	Q(number, "number", VIEW_INT),
	Q(version, "version", VIEW_INT),
	VIEW_AS(struct shown_quick, state, "state", VIEW_STATE, .machine = &QUICK_MACHINE),
	Q(instrument, "instrument", VIEW_TEXT),
	VIEW_AS(struct shown_quick, weight, "weight", VIEW_CODE, .codes = ADVICE_WEIGHTS),
	VIEW_AS(struct shown_quick, barrier, "barrier", VIEW_CODE, .codes = ADVICE_BARRIERS),
	VIEW_AS(struct shown_quick, ground, "restsOn", VIEW_CODE, .codes = QUICK_GROUNDS),
	Q(owner, "owner", VIEW_TEXT),
	Q(basis, "basis", VIEW_TEXT),
	Q(approach, "approach", VIEW_TEXT),
	Q(urgency, "urgency", VIEW_TEXT),
	Q(effect, "effect", VIEW_TEXT),
	Q(indicator, "indicator", VIEW_TEXT),
	Q(hours, "hours", VIEW_INT),
	Q(due_day, "day", VIEW_DAY),
	Q(asked_by, "askedBy", VIEW_TEXT),
	Q(asked_at, "askedAt", VIEW_MOMENT),
	Q(decided_by, "decidedBy", VIEW_TEXT),
	Q(decided_at, "decidedAt", VIEW_MOMENT),
	Q(reason, "reason", VIEW_TEXT),
	Q(intervention, "intervention", VIEW_TEXT),
	VIEW_AS(struct shown_quick, intervention_state, "interventionState", VIEW_STATE,
	        .machine = &INTERVENTION_MACHINE),
	QP(intervention_href, "interventionHref"),
	QP(approve_href, "approveHref"),
	QP(reject_href, "rejectHref"),
	QP(withdraw_href, "withdrawHref"),
	Q(why_not, "mayNotBecause", VIEW_TEXT),
	VIEW_AS(struct shown_quick, leads, "leads", VIEW_LIST, .view = &CHOICE_VIEW),
};
static const struct view SHOWN_VIEW = VIEW_OF(struct shown_quick, QUICK_FIELDS);

struct quick_page {
	const char *reference, *ask_href, *too_late;
	struct array actions, groups, owners, tabs;
	bool has_actions;
};
#define P(member, name, view_)                                                                     \
	VIEW_AS(struct quick_page, member, name, VIEW_LIST, .view = (view_), .page_only = true)
static const struct view_field PAGE_FIELDS[] = {
	VIEW_F(struct quick_page, reference, VIEW_REF),
	VIEW_AS(struct quick_page, actions, "quickActions", VIEW_LIST, .view = &SHOWN_VIEW),
	VIEW_AS(struct quick_page, has_actions, "hasQuickActions", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct quick_page, ask_href, "askHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct quick_page, too_late, "tooLate", VIEW_TEXT),
	P(groups, "groups", &INSTRUMENT_GROUP_VIEW),
	P(owners, "owners", &CHOICE_VIEW),
	P(tabs, "tabs", &CASEFILE_TAB_VIEW),
};
const struct view QUICK_PAGE_VIEW = VIEW_OF(struct quick_page, PAGE_FIELDS);

enum status quick_load(struct request *rq, struct on_quick *ret, struct error *reterr)
{
	enum status st = casefile_of_path(rq, &ret->casefile, reterr);
	const int64_t id = ret->casefile.id;

	if (st == OK)
		st = quick_actions(rq->db, plein_of(rq)->keyring, id, rq->arena, &ret->all, reterr);
	if (st == OK)
		st = advice_owners(rq->db, id, rq->arena, &ret->owners, reterr);
	if (st == OK)
		st = quick_before_advice(rq->db, id, &ret->before_advice, &ret->advice_id, reterr);
	return st;
}

struct quick_picture quick_picture_of(const struct request *rq, const struct on_quick *on,
                                      const struct quick_action *q)
{
	return (struct quick_picture){ .before_advice = on->before_advice,
		                       .weight = q->weight,
		                       .ground = q->ground,
		                       .actor_person_id = rq->viewer->person_id,
		                       .asker_person_id = q->asker_person_id };
}

struct verdict quick_may(const struct request *rq, enum quick_move action, uint8_t state,
                         const struct quick_picture *p)
{
	const struct move *mv = machine_move(&QUICK_MACHINE, state, (uint8_t)action);

	return mv != NULL ? move_verdict(mv, ROLE_BIT(rq->viewer->role), p)
	                  : verdict_no_by(NULL, "Hierover is al besloten.", NULL);
}

static const char *or_null(const char *text)
{
	return text[0] != '\0' ? text : NULL;
}

static const char *path_of(struct arena *a, const struct casefile *c, const struct quick_action *q,
                           const char *rest)
{
	return arena_printf(a, "/casefiles/%s/quick-actions/%lld/%s", c->reference,
	                    (long long)q->number, rest);
}

static struct shown_quick shown(const struct request *rq, const struct quick_action *q)
{
	const bool opens =
	    q->intervention[0] != '\0' && access_permits(rq->viewer->role, PERM_INTERVENTION_READ);

	return (struct shown_quick){
		.number = q->number,
		.version = q->version,
		.hours = q->hours,
		.due_day = q->due_day,
		.asked_at = q->asked_at,
		.decided_at = q->decided_at != 0 ? q->decided_at : INT64_MIN,
		.state = q->state,
		.intervention_state = q->intervention_state,
		.weight = q->weight,
		.barrier = q->barrier,
		.ground = (int)q->ground,
		.instrument = instrument_label(q->instrument),
		.owner = q->on_behalf,
		.basis = or_null(q->texts.basis),
		.approach = or_null(q->texts.approach),
		.urgency = or_null(q->texts.urgency),
		.effect = or_null(q->texts.effect),
		.indicator = or_null(q->texts.indicator),
		.reason = or_null(q->texts.reason),
		.asked_by = q->asked_by,
		.decided_by = or_null(q->decided_by),
		.intervention = or_null(q->intervention),
		.intervention_href =
		    opens ? arena_printf(rq->arena, "/interventions/%s", q->intervention) : NULL,
	};
}

/* Buttons, and why one isn't there. */
static enum status add_acts(struct request *rq, const struct on_quick *on,
                            const struct quick_action *q, struct shown_quick *ret,
                            struct error *reterr)
{
	struct quick_picture p = quick_picture_of(rq, on, q);
	struct array leads = { 0 };
	int64_t mandate = 0;
	enum status st = OK;

	if (q->state != QUICK_ASKED)
		return OK;
	if (verdict_allows(quick_may(rq, QUICK_WITHDRAW, q->state, &p)) &&
	    casefile_writable(rq->viewer, &on->casefile))
		ret->withdraw_href = path_of(rq->arena, &on->casefile, q, "_withdraw");
	if (rq->viewer->role != ROLE_RIEC_HEAD)
		return OK;
	st = mandate_covering(rq->db, q->weight, q->hours, local_day(rq->now_ms), &mandate, reterr);
	if (st == OK)
		st = intervention_leads(rq->db, on->casefile.id, rq->now_ms, rq->arena, &leads,
		                        reterr);
	p.mandate_covers = mandate != 0;
	p.lead_chosen = p.reason_given = true; /* their forms ask for it */
	const struct verdict v = quick_may(rq, QUICK_APPROVE, q->state, &p);
	if (verdict_allows(v))
		ret->approve_href = path_of(rq->arena, &on->casefile, q, "_approve");
	else
		ret->why_not = v.sentence;
	ret->reject_href = path_of(rq->arena, &on->casefile, q, "_reject");
	const struct executor *e = leads.items;
	ret->leads = choices_for(rq->arena, leads.count);
	for (size_t i = 0; i < leads.count; i++)
		choices_add(&ret->leads,
		            arena_printf(rq->arena, "%lld", (long long)e[i].appointment_id),
		            arena_printf(rq->arena, "%s, %s", e[i].name, e[i].participant), "");
	return st;
}

static const char *typed(struct request *rq, const char *path)
{
	const char *text = input_text(rq->body, path);

	return text != NULL ? text : "";
}

/* The form to ask for one; absent, with the reason, where it is too late. */
static void add_form(struct request *rq, const struct on_quick *on, struct quick_page *ret)
{
	const struct quick_picture p = { .before_advice = on->before_advice };
	const struct verdict v = quick_may(rq, QUICK_ASK, QUICK_NONE, &p);
	const struct advice_owner *o = on->owners.items;

	if (!on->before_advice)
		ret->too_late = v.sentence;
	if (!verdict_allows(v) || !casefile_writable(rq->viewer, &on->casefile))
		return;
	ret->ask_href =
	    arena_printf(rq->arena, "/casefiles/%s/quick-actions", on->casefile.reference);
	ret->groups = instrument_groups(rq->arena, typed(rq, "instrument"));
	ret->owners = choices_for(rq->arena, on->owners.count);
	for (size_t i = 0; i < on->owners.count; i++)
		choices_add(&ret->owners, arena_printf(rq->arena, "%lld", (long long)o[i].organ_id),
		            o[i].on_behalf, typed(rq, "owner"));
}

enum status show_quick(struct request *rq, struct response *rs, struct error *reterr)
{
	struct on_quick on = { 0 };

	enum status st = quick_load(rq, &on, reterr);
	if (st != OK)
		return st;
	const struct quick_action *q = on.all.items;
	struct shown_quick *to = ARENA_ARRAY(rq->arena, struct shown_quick, on.all.count + 1);
	for (size_t i = 0; st == OK && i < on.all.count; i++) {
		to[i] = shown(rq, &q[i]);
		st = add_acts(rq, &on, &q[i], &to[i], reterr);
	}
	struct quick_page record = { .reference = on.casefile.reference,
		                     .actions = { to, on.all.count },
		                     .has_actions = on.all.count > 0,
		                     .tabs = casefile_tabs(rq, &on.casefile) };
	add_form(rq, &on, &record);
	rq->touched.count = (int32_t)on.all.count;
	const struct page page = { .title = "Snelle acties",
		                   .place = "/casefiles",
		                   .crumbs = casefile_crumbs(rq->arena, &on.casefile),
		                   .confidential = true,
		                   .template_name = "steering/quick",
		                   .form = &QUICK_FORM };
	return st == OK ? page_respond(rq, rs, &page, &QUICK_PAGE_VIEW, &record, reterr) : st;
}
