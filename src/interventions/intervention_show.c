/* The page of one intervention. An executor gets his card: what, why, by when, with whom. */
#include "interventions/intervention_page.h"

#include "access/access.h"
#include "audit/action.h"
#include "interventions/report_form.h"
#include "interventions/seizure.h"
#include "law/instruments.h"
#include "platform/core/calendar.h"
#include "platform/view/acts.h"
#include "plein/plein.h"
#include "signals/theme.h"

/* ---- rows ------------------------------------------------------------------------------------------ */

struct shown_action {
	const char *name, *label, *href;
	bool primary, danger, direct; /* direct: without a page that asks more */
};
static const struct view_field ACTION_FIELDS[] = {
	VIEW_F(struct shown_action, name, VIEW_TEXT),
	VIEW_F(struct shown_action, label, VIEW_TEXT),
	VIEW_AS(struct shown_action, href, "href", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct shown_action, primary, "primary", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct shown_action, danger, "danger", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct shown_action, direct, "direct", VIEW_BOOL, .page_only = true),
};
static const struct view ACTION_VIEW = VIEW_OF(struct shown_action, ACTION_FIELDS);

struct shown_owner {
	const char *participant, *on_behalf, *executor, *reason;
	int answer;
	int64_t hours_pledged, hours_delivered, report_due;
	bool late, leads, declined;
};
static const struct view_field OWNER_FIELDS[] = {
	VIEW_F(struct shown_owner, participant, VIEW_TEXT),
	VIEW_AS(struct shown_owner, on_behalf, "onBehalf", VIEW_TEXT),
	VIEW_F(struct shown_owner, executor, VIEW_TEXT),
	VIEW_F(struct shown_owner, reason, VIEW_TEXT),
	VIEW_AS(struct shown_owner, answer, "answer", VIEW_CODE, .codes = OWNER_ANSWERS),
	VIEW_AS(struct shown_owner, hours_pledged, "hoursPledged", VIEW_INT),
	VIEW_AS(struct shown_owner, hours_delivered, "hoursDelivered", VIEW_INT),
	VIEW_AS(struct shown_owner, report_due, "reportDue", VIEW_DUE),
	VIEW_F(struct shown_owner, late, VIEW_BOOL),
	VIEW_F(struct shown_owner, leads, VIEW_BOOL),
	VIEW_AS(struct shown_owner, declined, "declined", VIEW_BOOL, .page_only = true),
};
static const struct view OWNER_VIEW = VIEW_OF(struct shown_owner, OWNER_FIELDS);

struct shown_report {
	const char *month, *participant, *note;
	int standing;
	int64_t hours;
};
static const struct view_field REPORT_FIELDS[] = {
	VIEW_F(struct shown_report, month, VIEW_TEXT),
	VIEW_F(struct shown_report, participant, VIEW_TEXT),
	VIEW_F(struct shown_report, note, VIEW_TEXT),
	VIEW_AS(struct shown_report, standing, "standing", VIEW_CODE, .codes = REPORT_STANDINGS),
	VIEW_F(struct shown_report, hours, VIEW_INT),
};
static const struct view REPORT_VIEW = VIEW_OF(struct shown_report, REPORT_FIELDS);

struct shown_effect {
	int64_t months, effect, recheck_day;
	const char *seen, *lessons, *place, *recheck, *recheck_href;
	int displaced;
};
static const struct view_field EFFECT_FIELDS[] = {
	VIEW_F(struct shown_effect, months, VIEW_INT),
	VIEW_F(struct shown_effect, effect, VIEW_INT),
	VIEW_AS(struct shown_effect, recheck_day, "recheckDay", VIEW_DAY),
	VIEW_F(struct shown_effect, seen, VIEW_TEXT),
	VIEW_F(struct shown_effect, lessons, VIEW_TEXT),
	VIEW_F(struct shown_effect, place, VIEW_TEXT),
	VIEW_F(struct shown_effect, recheck, VIEW_TEXT),
	VIEW_AS(struct shown_effect, recheck_href, "recheckHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct shown_effect, displaced, "displaced", VIEW_CODE, .codes = DISPLACEMENTS),
};
static const struct view EFFECT_VIEW = VIEW_OF(struct shown_effect, EFFECT_FIELDS);

/* ---- the record --------------------------------------------------------------------------------------- */

struct shown_measure {
	const char *reference, *href;
	int asset;
};
static const struct view_field MEASURE_FIELDS[] = {
	VIEW_F(struct shown_measure, reference, VIEW_REF),
	VIEW_AS(struct shown_measure, asset, "asset", VIEW_CODE, .codes = ASSET_KINDS),
	VIEW_AS(struct shown_measure, href, "href", VIEW_TEXT, .page_only = true),
};
static const struct view MEASURE_VIEW = VIEW_OF(struct shown_measure, MEASURE_FIELDS);

/* Of a stop conversation: what to say, in what order. */
struct script_step {
	const char *text;
};
static const struct view_field SCRIPT_FIELDS[] = {
	VIEW_F(struct script_step, text, VIEW_TEXT),
};
static const struct view SCRIPT_VIEW = VIEW_OF(struct script_step, SCRIPT_FIELDS);

struct record {
	int64_t version, due_day, review_day, executed_day, next_effect_day;
	const char *reference, *heading, *casefile, *casefile_href, *participant, *on_behalf;
	const char *lead, *municipality, *remark, *month;
	const char *what, *why, *intended, *indicator, *conditions, *basis, *reason, *result;
	const char *lead_href, *report_href, *answer_href, *amounts_href, *papers_href,
	    *effect_href, *who_sees_href, *access_log_href, *message_href, *learning_href;
	uint8_t state;
	int kind, weight, theme, reason_class;
	bool reports_here, answers_here, may_act, left;
	struct array actions, blocked, owners, reports, columns, effects, history, measures;
	struct array script; /* of struct script_step */
	bool has_script;
	const char *measure_href; /* to register one */
	bool seizes;
	bool has_amounts;
};
#define PAGE(member, name, kind) VIEW_AS(struct record, member, name, kind, .page_only = true)
static const struct view_field FIELDS[] = {
	VIEW_F(struct record, reference, VIEW_REF),
	VIEW_F(struct record, version, VIEW_INT),
	VIEW_AS(struct record, state, "state", VIEW_STATE, .machine = &INTERVENTION_MACHINE),
	VIEW_AS(struct record, heading, "instrument", VIEW_TEXT),
	VIEW_AS(struct record, kind, "kind", VIEW_CODE, .codes = INTERVENTION_KINDS),
	VIEW_AS(struct record, weight, "weight", VIEW_CODE, .codes = INTERVENTION_WEIGHTS),
	VIEW_AS(struct record, theme, "theme", VIEW_CODE, .codes = SIGNAL_THEMES),
	VIEW_AS(struct record, reason_class, "reasonClass", VIEW_CODE,
	        .codes = INTERVENTION_REASONS),
	VIEW_F(struct record, casefile, VIEW_REF),
	PAGE(casefile_href, "casefileHref", VIEW_TEXT),
	VIEW_F(struct record, participant, VIEW_TEXT),
	VIEW_AS(struct record, on_behalf, "onBehalf", VIEW_TEXT),
	VIEW_F(struct record, lead, VIEW_TEXT),
	VIEW_F(struct record, municipality, VIEW_TEXT),
	VIEW_AS(struct record, due_day, "due", VIEW_DUE),
	PAGE(due_day, "dueOn", VIEW_DAY),
	VIEW_AS(struct record, review_day, "reviewDay", VIEW_DAY),
	VIEW_AS(struct record, executed_day, "executedDay", VIEW_DAY),
	VIEW_AS(struct record, next_effect_day, "nextEffectDay", VIEW_DAY),
	VIEW_AS(struct record, left, "casefileGone", VIEW_BOOL),
	VIEW_F(struct record, what, VIEW_TEXT),
	VIEW_F(struct record, why, VIEW_TEXT),
	VIEW_AS(struct record, intended, "intendedEffect", VIEW_TEXT),
	VIEW_F(struct record, indicator, VIEW_TEXT),
	VIEW_F(struct record, conditions, VIEW_TEXT),
	VIEW_AS(struct record, basis, "legalBasis", VIEW_TEXT),
	VIEW_AS(struct record, script, "script", VIEW_LIST, .view = &SCRIPT_VIEW),
	PAGE(has_script, "hasScript", VIEW_BOOL),
	VIEW_F(struct record, reason, VIEW_TEXT),
	VIEW_F(struct record, result, VIEW_TEXT),
	VIEW_AS(struct record, actions, "actions", VIEW_LIST, .view = &ACTION_VIEW),
	VIEW_AS(struct record, blocked, "blocked", VIEW_LIST, .view = &ACT_BLOCKED_VIEW),
	VIEW_AS(struct record, owners, "owners", VIEW_LIST, .view = &OWNER_VIEW),
	VIEW_AS(struct record, measures, "measures", VIEW_LIST, .view = &MEASURE_VIEW),
	PAGE(measure_href, "measureHref", VIEW_TEXT),
	PAGE(seizes, "seizes", VIEW_BOOL),
	VIEW_AS(struct record, reports, "reports", VIEW_LIST, .view = &REPORT_VIEW),
	VIEW_AS(struct record, columns, "amounts", VIEW_LIST, .view = &AMOUNT_COLUMN_VIEW),
	VIEW_AS(struct record, effects, "effects", VIEW_LIST, .view = &EFFECT_VIEW),
	VIEW_AS(struct record, history, "history", VIEW_LIST, .view = &HISTORY_BY_VIEW),
	PAGE(remark, "remark", VIEW_TEXT),
	PAGE(month, "month", VIEW_TEXT),
	PAGE(lead_href, "leadHref", VIEW_TEXT),
	PAGE(report_href, "reportHref", VIEW_TEXT),
	PAGE(answer_href, "answerHref", VIEW_TEXT),
	PAGE(amounts_href, "amountsHref", VIEW_TEXT),
	PAGE(papers_href, "papersHref", VIEW_TEXT),
	PAGE(effect_href, "effectHref", VIEW_TEXT),
	PAGE(message_href, "messageHref", VIEW_TEXT),
	PAGE(learning_href, "learningHref", VIEW_TEXT),
	PAGE(who_sees_href, "whoSeesHref", VIEW_TEXT),
	PAGE(access_log_href, "accessLogHref", VIEW_TEXT),
	PAGE(reports_here, "reportsHere", VIEW_BOOL),
	PAGE(answers_here, "answersHere", VIEW_BOOL),
	PAGE(has_amounts, "hasAmounts", VIEW_BOOL),
};
static const struct view RECORD_VIEW = VIEW_OF(struct record, FIELDS);

/* ---- what can be done ------------------------------------------------------------------------------------ */

static bool is_direct(uint8_t action)
{
	return action == INTERVENTION_START || action == INTERVENTION_RESUME ||
	       action == INTERVENTION_CONFIRM || action == INTERVENTION_CLOSE;
}

/* What usually comes next: one at most in each state. */
static bool leads_on(const struct move *mv)
{
	return mv->from != mv->to && (mv->action == INTERVENTION_ASSIGN ||
	                              mv->action == INTERVENTION_EXECUTE || is_direct(mv->action));
}

/* Steps that are made by a page of their own or by others' acts. */
static bool has_own_page(uint8_t action)
{
	return action == INTERVENTION_AGREE || action == INTERVENTION_ASSESS ||
	       action == INTERVENTION_APPROVE || action == INTERVENTION_ASK_OWNERS ||
	       action == INTERVENTION_REJECT || action == INTERVENTION_PROPOSE;
}

/* What its page asks for is no reason to close it. */
static struct intervention_picture as_asked(const struct intervention_picture *p)
{
	struct intervention_picture asked = *p;

	asked.reason_given = asked.has_result = true;
	asked.review_day = p->today + 1;
	asked.executed_day = p->today;
	return asked;
}

static void fill_actions(struct request *rq, const struct on_intervention *on, struct record *ret)
{
	const size_t max = INTERVENTION_MACHINE.move_count;
	struct shown_action *may = ARENA_ARRAY(rq->arena, struct shown_action, max);
	struct act_blocked *not = ARENA_ARRAY(rq->arena, struct act_blocked, max);
	const struct intervention_picture p = as_asked(&on->picture);
	const uint64_t role = ROLE_BIT(rq->viewer->role);
	size_t may_count = 0, not_count = 0;

	for (size_t i = 0; on->concerned && i < max; i++) {
		const struct move *mv = &INTERVENTION_MACHINE.moves[i];
		if (mv->from != on->intervention.state || (mv->who & role) == 0 ||
		    has_own_page(mv->action))
			continue;
		const struct action *action = machine_action(&INTERVENTION_MACHINE, mv->action);
		const struct verdict v = move_verdict(mv, role, &p);
		if (!verdict_allows(v)) {
			not [not_count++] =
			    (struct act_blocked){ action->label, v.sentence, v.next };
			continue;
		}
		may[may_count++] = (struct shown_action){
			.name = action->name,
			.label = mv->from == mv->to ? "Wijs iemand anders toe" : action->label,
			.href =
			    intervention_path(rq->arena, &on->intervention,
			                      arena_printf(rq->arena, "/move/%s", action->name)),
			.primary = leads_on(mv),
			.danger =
			    mv->action == INTERVENTION_CANCEL || mv->action == INTERVENTION_GIVE_UP,
			.direct = is_direct(mv->action),
		};
	}
	ret->actions = (struct array){ may, may_count };
	ret->blocked = (struct array){ not, not_count };
}

/* ---- parts -------------------------------------------------------------------------------------------------- */

static const char *or_null(const char *text)
{
	return text != NULL && text[0] != '\0' ? text : NULL;
}

/* As long as it still has to be done. */
static struct array script_of(struct arena *a, const struct intervention *i)
{
	enum { STEPS_MAX = 20 };
	const char *const *steps = law_instrument_script(i->instrument);
	struct script_step *to = ARENA_ARRAY(a, struct script_step, STEPS_MAX);
	size_t count = 0;

	while (steps != NULL && i->state < INTERVENTION_NOT_EXECUTED && count < STEPS_MAX &&
	       steps[count] != NULL) {
		to[count].text = steps[count];
		count++;
	}
	return (struct array){ to, count };
}

static enum status fill_words(struct request *rq, const struct on_intervention *on,
                              struct record *ret, struct error *reterr)
{
	const struct law_instrument *instrument = law_instrument(on->intervention.instrument);
	struct intervention_texts t;

	enum status st = intervention_texts_open(rq->db, plein_of(rq)->keyring, &on->intervention,
	                                         rq->arena, &t, reterr);
	if (st != OK)
		return st;
	ret->what = or_null(t.part[INTERVENTION_WHAT]);
	ret->why = or_null(t.part[INTERVENTION_WHY]);
	ret->intended = or_null(t.part[INTERVENTION_EFFECT]);
	ret->indicator = or_null(t.part[INTERVENTION_INDICATOR]);
	ret->conditions = or_null(t.part[INTERVENTION_CONDITIONS]);
	ret->basis = or_null(t.part[INTERVENTION_BASIS]);
	if (ret->basis == NULL && instrument != NULL)
		ret->basis = instrument->basis;
	ret->script = script_of(rq->arena, &on->intervention);
	ret->has_script = ret->script.count > 0;
	ret->reason = or_null(t.part[INTERVENTION_REASON]);
	ret->result = or_null(t.part[INTERVENTION_RESULT]);
	return OK;
}

/* The casefile and its words are gone; the goal stayed if it named nobody. */
static enum status fill_yardstick(struct request *rq, const struct on_intervention *on,
                                  struct record *ret, struct error *reterr)
{
	struct effect_yardstick y;
	const enum status st =
	    effect_yardstick_load(rq->db, on->intervention.id, rq->arena, &y, reterr);

	if (st != OK)
		return st;
	ret->intended = or_null(y.intended);
	ret->indicator = or_null(y.indicator);
	return OK;
}

static enum status fill_owners(struct request *rq, const struct on_intervention *on,
                               struct record *ret, struct error *reterr)
{
	struct array found = { 0 };
	enum status st = intervention_owners(rq->db, plein_of(rq)->keyring, &on->intervention,
	                                     rq->arena, &found, reterr);
	const struct intervention_owner *from = found.items;
	struct shown_owner *to = ARENA_ARRAY(rq->arena, struct shown_owner, found.count + 1);

	for (size_t i = 0; i < found.count; i++) {
		const bool own = from[i].organ_id == rq->viewer->organ_id;
		to[i] = (struct shown_owner){
			.participant = from[i].participant,
			.on_behalf = from[i].on_behalf,
			.executor = on->card_only && !own ? NULL : or_null(from[i].executor),
			.reason = on->card_only ? NULL : or_null(from[i].reason),
			.answer = from[i].answer,
			.hours_pledged = from[i].hours_pledged,
			.hours_delivered = from[i].hours_delivered,
			.report_due = from[i].report_due != 0 ? from[i].report_due : INT64_MIN,
			.late = from[i].late,
			.leads = i == 0,
			.declined = from[i].answer == OWNER_DECLINED,
		};
		/* The lead owner's executor or desk; a co-owner's executor, or its desk without one. */
		const bool reporter =
		    rq->viewer->role == ROLE_EXECUTOR
			? from[i].executor_id == rq->viewer->appointment_id
			: rq->viewer->role == ROLE_PARTNER_DESK && from[i].executor_id == 0;
		if (own && reporter && intervention_reports(on->intervention.state))
			ret->reports_here = true;
		if (own && access_permits(rq->viewer->role, PERM_INTERVENTION_AGREE) &&
		    from[i].answer != OWNER_AGREED &&
		    on->intervention.state == INTERVENTION_AGREEING)
			ret->answers_here = true;
	}
	ret->owners = (struct array){ to, found.count };
	return st;
}

static enum status fill_reports(struct request *rq, const struct on_intervention *on,
                                struct record *ret, struct error *reterr)
{
	struct array found = { 0 };
	enum status st = intervention_reports_load(rq->db, plein_of(rq)->keyring, &on->intervention,
	                                           rq->arena, &found, reterr);
	const struct intervention_report *from = found.items;
	struct shown_report *to = ARENA_ARRAY(rq->arena, struct shown_report, found.count + 1);
	size_t count = 0;

	for (size_t i = 0; i < found.count; i++)
		if (!on->card_only || from[i].organ_id == rq->viewer->organ_id)
			to[count++] =
			    (struct shown_report){ report_month_words(rq->arena, from[i].month),
				                   from[i].participant, or_null(from[i].note),
				                   from[i].standing, from[i].hours };
	ret->reports = (struct array){ to, count };
	return st;
}

static enum status fill_effects(struct request *rq, const struct on_intervention *on,
                                struct record *ret, struct error *reterr)
{
	struct array found = { 0 };
	enum status st = effect_assessments(rq->db, on->intervention.id, rq->arena, &found, reterr);
	const struct effect_assessment *from = found.items;
	struct shown_effect *to = ARENA_ARRAY(rq->arena, struct shown_effect, found.count + 1);

	for (size_t i = 0; i < found.count; i++)
		to[i] = (struct shown_effect){
			.months = from[i].months,
			.effect = from[i].effect,
			.recheck_day = from[i].recheck_day != 0 ? from[i].recheck_day : INT64_MIN,
			.seen = from[i].seen,
			.lessons = or_null(from[i].lessons),
			.place = or_null(from[i].place),
			.recheck = or_null(from[i].recheck),
			.recheck_href =
			    effect_is_his(rq->viewer, on) &&
				    rq->viewer->role != ROLE_WORKING_GROUP &&
				    from[i].recheck_day != 0 && !from[i].rechecked
				? intervention_path(rq->arena, &on->intervention, "/_recheck")
				: NULL,
			.displaced = from[i].displaced,
		};
	ret->effects = (struct array){ to, found.count };
	return st;
}

static enum status fill_measures(struct request *rq, const struct on_intervention *on,
                                 struct record *ret, struct error *reterr)
{
	struct array found = { 0 };
	const enum role role = rq->viewer->role;

	if (!access_permits(role, PERM_SEIZURE_READ))
		return OK;
	const enum status st = seizures_of_intervention(rq->db, rq->viewer, on->intervention.id,
	                                                rq->arena, &found, reterr);
	const struct seizure_line *from = found.items;
	struct shown_measure *to = ARENA_ARRAY(rq->arena, struct shown_measure, found.count + 1);

	for (size_t i = 0; i < found.count; i++)
		to[i] = (struct shown_measure){
			from[i].reference,
			arena_printf(rq->arena, "/seizures/%s", from[i].reference), from[i].asset
		};
	ret->measures = (struct array){ to, found.count };
	if (access_permits(role, PERM_SEIZURE_WRITE) && on->of_owner &&
	    intervention_takes_amounts(on->intervention.state))
		ret->measure_href = arena_printf(rq->arena, "/seizures/new?intervention=%s",
		                                 on->intervention.reference);
	ret->seizes = found.count > 0 || ret->measure_href != NULL;
	return st;
}

static enum status fill_history(struct request *rq, const struct on_intervention *on,
                                struct record *ret, struct error *reterr)
{
	struct array found = { 0 };
	enum status st =
	    intervention_history(rq->db, on->intervention.id, rq->arena, &found, reterr);
	const struct intervention_event *from = found.items;
	struct history_by *to = ARENA_ARRAY(rq->arena, struct history_by, found.count + 1);

	for (size_t i = 0; i < found.count; i++) {
		const struct state *s = machine_state(&INTERVENTION_MACHINE, from[i].to_state);
		to[i] = (struct history_by){ from[i].at, s != NULL ? s->label : "",
			                     from[i].organisation };
	}
	ret->history = (struct array){ to, found.count };
	return st;
}

static enum status fill_amounts(struct request *rq, const struct on_intervention *on,
                                struct record *ret, struct error *reterr)
{
	struct array found = { 0 };
	enum status st =
	    intervention_amounts(rq->db, on->intervention.id, rq->arena, &found, reterr);

	ret->columns = intervention_columns(rq->arena, found);
	ret->has_amounts = found.count > 0;
	return st;
}

static const char *remark_of(const struct request *rq, const struct on_intervention *on)
{
	const struct intervention *i = &on->intervention;

	if (i->lead_id != 0 && !i->lead_in_force && intervention_runs(i->state))
		return "De aanstelling van de regievoerder is afgelopen. De Stuurploeg wijst een "
		       "ander aan.";
	if (i->state == INTERVENTION_ASSIGNED && on->concerned &&
	    (rq->viewer->role == ROLE_EXECUTOR || rq->viewer->role == ROLE_PARTNER_DESK))
		return "Lees de kaart. Begin als u eraan werkt.";
	return NULL;
}

static void fill_effect_link(struct request *rq, const struct on_intervention *on,
                             struct record *ret)
{
	const struct intervention *i = &on->intervention;
	const int months = effect_next_months(i->effects);

	if (months == 0)
		return;
	if (effect_is_his(rq->viewer, on) &&
	    verdict_allows(effect_may_assess(i->state, i->executed_day, i->effects, months,
	                                     local_day(rq->now_ms))))
		ret->effect_href = intervention_path(rq->arena, i, "/effect");
	ret->next_effect_day = effect_due_day(i->executed_day, months);
}

static void fill_links(struct request *rq, const struct on_intervention *on, struct record *ret)
{
	const struct intervention *i = &on->intervention;
	const enum role role = rq->viewer->role;
	const bool own_doer = (role == ROLE_EXECUTOR || role == ROLE_PARTNER_DESK) && on->of_owner;

	if (ret->reports_here)
		ret->report_href = intervention_path(rq->arena, i, "/reports");
	if (ret->answers_here)
		ret->answer_href = intervention_path(rq->arena, i, "/_answer");
	if (own_doer && intervention_takes_amounts(i->state))
		ret->amounts_href = intervention_path(rq->arena, i, "/amounts");
	if (intervention_takes_amounts(i->state) && (own_doer || on->concerned || i->sees_casefile))
		ret->papers_href = intervention_path(rq->arena, i, "/papers");
	fill_effect_link(rq, on, ret);
	if (lead_may_change(rq->viewer, i))
		ret->lead_href = intervention_path(rq->arena, i, "/lead");
	if (i->kind == INTERVENTION_COMM)
		ret->message_href = intervention_path(rq->arena, i, "/message");
	if (access_permits(role, PERM_WHO_SEES))
		ret->who_sees_href = intervention_path(rq->arena, i, "/who-sees");
	if (access_permits(role, PERM_RECORD_LOG_READ))
		ret->access_log_href = intervention_path(rq->arena, i, "/access-log");
}

static struct record record_of(struct request *rq, const struct on_intervention *on)
{
	const struct intervention *i = &on->intervention;

	return (struct record){
		.version = i->version,
		.reference = i->reference,
		.heading = intervention_title(i),
		.casefile = i->sees_casefile ? i->casefile : NULL,
		.learning_href = arena_printf(rq->arena, "/learning?instrument=%d", i->instrument),
		.casefile_href =
		    i->sees_casefile ? arena_printf(rq->arena, "/casefiles/%s", i->casefile) : NULL,
		.participant = i->participant,
		.on_behalf = i->on_behalf,
		.lead = or_null(i->lead),
		.municipality = or_null(i->municipality),
		.due_day = intervention_runs(i->state) && i->due_day != 0 ? i->due_day : INT64_MIN,
		.review_day = i->review_day != 0 ? i->review_day : INT64_MIN,
		.executed_day = i->executed_day != 0 ? i->executed_day : INT64_MIN,
		.next_effect_day = INT64_MIN,
		.left = on->left,
		.state = i->state,
		.kind = i->kind,
		.weight = i->weight,
		.theme = i->theme,
		.reason_class = i->reason_class,
		.remark = remark_of(rq, on),
		.month = report_month_words(rq->arena, report_month(local_day(rq->now_ms))),
	};
}

static enum status respond(struct request *rq, struct response *rs,
                           const struct on_intervention *on, const struct record *record,
                           struct error *reterr)
{
	const struct page page = { .title =
		                       arena_printf(rq->arena, "Interventie %s", record->reference),
		                   .place = "/interventions",
		                   .crumbs = intervention_crumbs(rq->arena, &on->intervention),
		                   .confidential = true,
		                   .template_name =
		                       on->left ? "interventions/left" : "interventions/show",
		                   .form = &REPORT_FORM };
	return page_respond(rq, rs, &page, &RECORD_VIEW, record, reterr);
}

static enum status show_left(struct request *rq, struct response *rs,
                             const struct on_intervention *on, struct error *reterr)
{
	struct record record = record_of(rq, on);

	enum status st = fill_yardstick(rq, on, &record, reterr);
	if (st == OK)
		st = fill_owners(rq, on, &record, reterr);
	if (st == OK)
		st = fill_effects(rq, on, &record, reterr);
	fill_effect_link(rq, on, &record);
	return st == OK ? respond(rq, rs, on, &record, reterr) : st;
}

enum status show_intervention(struct request *rq, struct response *rs, struct error *reterr)
{
	struct on_intervention on;

	enum status st = on_intervention_or_left(rq, &on, reterr);
	if (st != OK)
		return st;
	if (on.left)
		return show_left(rq, rs, &on, reterr);
	struct record record = record_of(rq, &on);
	st = fill_words(rq, &on, &record, reterr);
	if (st == OK)
		st = fill_owners(rq, &on, &record, reterr);
	if (st == OK)
		st = fill_reports(rq, &on, &record, reterr);
	if (st == OK)
		st = fill_amounts(rq, &on, &record, reterr);
	if (st == OK)
		st = fill_measures(rq, &on, &record, reterr);
	if (st == OK && !on.card_only)
		st = fill_effects(rq, &on, &record, reterr);
	if (st == OK && !on.card_only)
		st = fill_history(rq, &on, &record, reterr);
	if (st != OK)
		return st;
	fill_actions(rq, &on, &record);
	fill_links(rq, &on, &record);
	return respond(rq, rs, &on, &record, reterr);
}

const struct route intervention_show_routes[] = {
	{ .method = "GET",
	  .path = "/interventions/{ref}",
	  .permission = PERM_INTERVENTION_READ,
	  .action = AUDIT_INTERVENTION_VIEW,
	  .read = show_intervention,
	  .view = &RECORD_VIEW,
	  .summary = "Eén interventie: de kaart, hoe het gaat en wat u kunt doen" },
	{ 0 },
};

const struct page_template intervention_show_templates[] = {
	{ .name = "interventions/show", .view = &RECORD_VIEW, .form = &REPORT_FORM, .whole = true },
	{ .name = "interventions/left", .view = &RECORD_VIEW, .form = &REPORT_FORM, .whole = true },
	{ 0 },
};
