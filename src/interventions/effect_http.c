/* Did it help? After 3, 6 and 12 months, about the place or phenomenon, without persons. */
#include "access/access.h"
#include "audit/action.h"
#include "interventions/intervention_page.h"
#include "platform/core/calendar.h"
#include "plein/plein.h"

enum { WORDS_MAX = 2000 };

struct effect_input {
	int effect, displaced;
	const char *seen, *lessons, *place;
	int64_t recheck_day;
};
static const struct field FIELDS[] = {
	{ .path = "effect",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct effect_input, effect),
	  .label = "Hoe groot was het effect?",
	  .required = true,
	  .missing = "Kies een cijfer van 0 tot en met 3.",
	  .codes = EFFECTS },
	{ .path = "seen",
	  .kind = FIELD_PROSE,
	  .offset = offsetof(struct effect_input, seen),
	  .label = "Wat is er veranderd op die plek?",
	  .required = true,
	  .missing = "Schrijf op wat er veranderd is, ook als dat niets is.",
	  .max_chars = WORDS_MAX },
	{ .path = "displaced",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct effect_input, displaced),
	  .label = "Verplaatste het probleem zich?",
	  .codes = DISPLACEMENTS },
	{ .path = "place",
	  .kind = FIELD_TEXT,
	  .offset = offsetof(struct effect_input, place),
	  .label = "Op welke plek kijkt u later opnieuw?",
	  .max_chars = 200 },
	{ .path = "recheckDay",
	  .kind = FIELD_DAY,
	  .to_come = true,
	  .offset = offsetof(struct effect_input, recheck_day),
	  .label = "Wanneer kijkt u daar opnieuw?" },
	{ .path = "lessons",
	  .kind = FIELD_PROSE,
	  .offset = offsetof(struct effect_input, lessons),
	  .label = "Wat leerde u ervan?",
	  .max_chars = WORDS_MAX },
};
static const struct form FORM = { FIELDS, sizeof FIELDS / sizeof FIELDS[0],
	                          sizeof(struct effect_input) };

struct effect_page {
	const char *reference, *heading, *intended, *indicator, *action_href, *back_href;
	int64_t months;
};
static const struct view_field PAGE_FIELDS[] = {
	VIEW_F(struct effect_page, reference, VIEW_REF),
	VIEW_F(struct effect_page, heading, VIEW_TEXT),
	VIEW_AS(struct effect_page, intended, "intendedEffect", VIEW_TEXT),
	VIEW_F(struct effect_page, indicator, VIEW_TEXT),
	VIEW_F(struct effect_page, months, VIEW_INT),
	VIEW_AS(struct effect_page, action_href, "actionHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct effect_page, back_href, "backHref", VIEW_TEXT, .page_only = true),
};
static const struct view PAGE_VIEW = VIEW_OF(struct effect_page, PAGE_FIELDS);

struct effect_change {
	struct on_intervention on;
	struct effect_input in;
	struct effect_yardstick yardstick;
	struct uuid uuid;
	int months;
};

static enum status load(struct request *rq, struct effect_change *c, struct error *reterr)
{
	enum status st = on_intervention_or_left(rq, &c->on, reterr);

	if (st != OK)
		return st;
	const struct intervention *i = &c->on.intervention;
	c->months = effect_next_months(i->effects);
	if (!effect_is_his(rq->viewer, &c->on))
		return FAIL(reterr, ERR_CONFLICT,
		            "De regievoerder of de werkgroep beoordeelt het effect.");
	const struct verdict v = effect_may_assess(i->state, i->executed_day, i->effects, c->months,
	                                           local_day(rq->now_ms));
	return verdict_allows(v) ? OK : FAIL(reterr, ERR_CONFLICT, "%s", v.sentence);
}

static enum status load_goal(struct request *rq, const struct on_intervention *on,
                             struct effect_yardstick *ret, struct error *reterr)
{
	struct intervention_texts t;

	if (on->left)
		return effect_yardstick_load(rq->db, on->intervention.id, rq->arena, ret, reterr);
	const enum status st = intervention_texts_open(rq->db, plein_of(rq)->keyring,
	                                               &on->intervention, rq->arena, &t, reterr);
	if (st == OK)
		*ret = (struct effect_yardstick){ t.part[INTERVENTION_EFFECT],
			                          t.part[INTERVENTION_INDICATOR] };
	return st;
}

static enum status show_effect(struct request *rq, struct response *rs, struct error *reterr)
{
	struct effect_change *c = ARENA_NEW(rq->arena, struct effect_change);
	struct effect_yardstick goal;

	enum status st = load(rq, c, reterr);
	if (st == OK)
		st = load_goal(rq, &c->on, &goal, reterr);
	if (st != OK)
		return st;
	const struct intervention *i = &c->on.intervention;
	const char *indicator = goal.indicator, *intended = goal.intended;
	const struct effect_page record = {
		.reference = i->reference,
		.heading = intervention_title(i),
		.intended = intended[0] != '\0' ? intended : NULL,
		.indicator = indicator[0] != '\0' ? indicator : NULL,
		.action_href = intervention_path(rq->arena, i, "/effect"),
		.back_href = intervention_path(rq->arena, i, ""),
		.months = c->months,
	};
	const struct page page = { .title = "Effect beoordelen",
		                   .place = "/interventions",
		                   .crumbs = intervention_crumbs(rq->arena, i),
		                   .confidential = true,
		                   .template_name = "interventions/effect",
		                   .form = &FORM };
	return page_respond(rq, rs, &page, &PAGE_VIEW, &record, reterr);
}

static void check_recheck(struct request *rq, const struct effect_input *in)
{
	if (in->place[0] == '\0' && in->recheck_day == FIELD_NO_DAY)
		return;
	if (in->place[0] == '\0')
		problems_add(rq->problems, PROBLEM_ERROR, "place", "Schrijf op welke plek.");
	if (in->recheck_day == FIELD_NO_DAY || in->recheck_day <= local_day(rq->now_ms))
		problems_add(rq->problems, PROBLEM_ERROR, "recheckDay", "Kies een dag na vandaag.");
}

static enum status prepare_effect(struct request *rq, void **ret_input, struct error *reterr)
{
	struct effect_change *c = ARENA_NEW(rq->arena, struct effect_change);
	struct array names = { 0 };
	bool named = false;

	*ret_input = c;
	enum status st = load(rq, c, reterr);
	if (st == OK)
		st = intervention_names(rq, c->on.intervention.casefile_id, &names, reterr);
	if (st == OK && !c->on.left)
		st = intervention_yardstick(rq, &c->on.intervention, &c->yardstick, &named, reterr);
	if (st != OK)
		return st;
	input_read(rq->body, &FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	intervention_check_free(rq, &names, c->in.seen, "seen");
	intervention_check_free(rq, &names, c->in.lessons, "lessons");
	intervention_check_free(rq, &names, c->in.place, "place");
	check_recheck(rq, &c->in);
	c->uuid = uuid_at(rq->now_ms);
	return OK;
}

static enum status apply_effect(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct request *rq = change->rq;
	const struct effect_change *c = change->input;
	const struct effect_input *in = &c->in;
	const struct assessing n = {
		.intervention = &c->on.intervention,
		.viewer = rq->viewer,
		.uuid = c->uuid,
		.now_ms = rq->now_ms,
		.recheck_day = in->recheck_day != FIELD_NO_DAY ? in->recheck_day : 0,
		.months = c->months,
		.effect = in->effect - 1,
		.displaced = in->displaced,
		.seen = in->seen,
		.lessons = in->lessons,
		.place = in->place,
	};

	change->location = intervention_path(db_tx_arena(tx), &c->on.intervention, "");
	change->note = c->on.left ? "Bewaard. De casus is weg; dit blijft."
	                          : "Bewaard. Dit blijft, ook als de casus weg is.";
	change->created = true;
	enum status st =
	    c->on.left ? OK
		       : effect_yardstick_keep(tx, c->on.intervention.id, &c->yardstick, reterr);
	return st == OK ? intervention_assess(tx, &n, reterr) : st;
}

/* ---- the place, looked at again ------------------------------------------------------------------ */

struct recheck_input {
	int64_t months;
	const char *seen;
};
static const struct field RECHECK_FIELDS[] = {
	{ .path = "months",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct recheck_input, months),
	  .label = "Na hoeveel maanden",
	  .required = true },
	{ .path = "seen",
	  .kind = FIELD_PROSE,
	  .offset = offsetof(struct recheck_input, seen),
	  .label = "Hoe is het er nu?",
	  .required = true,
	  .missing = "Schrijf op hoe het er nu is.",
	  .max_chars = WORDS_MAX },
};
static const struct form RECHECK_FORM = { RECHECK_FIELDS, 2, sizeof(struct recheck_input) };

struct recheck_change {
	struct on_intervention on;
	struct recheck_input in;
};

static enum status prepare_recheck(struct request *rq, void **ret_input, struct error *reterr)
{
	struct recheck_change *c = ARENA_NEW(rq->arena, struct recheck_change);
	struct array names = { 0 };

	*ret_input = c;
	enum status st = on_intervention_or_left(rq, &c->on, reterr);
	if (st == OK)
		st = intervention_names(rq, c->on.intervention.casefile_id, &names, reterr);
	if (st != OK)
		return st;
	if (!effect_is_his(rq->viewer, &c->on) || rq->viewer->role == ROLE_WORKING_GROUP)
		return FAIL(reterr, ERR_CONFLICT, "De regievoerder kijkt opnieuw.");
	input_read(rq->body, &RECHECK_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	intervention_check_free(rq, &names, c->in.seen, "seen");
	return OK;
}

static enum status apply_recheck(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct recheck_change *c = change->input;

	change->location = intervention_path(db_tx_arena(tx), &c->on.intervention, "");
	change->note = "Bewaard: zo is het er nu.";
	return effect_recheck(tx, &c->on.intervention, (int)c->in.months, c->in.seen,
	                      change->rq->now_ms, reterr);
}

const struct route effect_routes[] = {
	{ .method = "GET",
	  .path = "/interventions/{ref}/effect",
	  .permission = PERM_INTERVENTION_WORK,
	  .action = AUDIT_INTERVENTION_VIEW,
	  .read = show_effect,
	  .view = &PAGE_VIEW,
	  .summary = "Waaraan u het effect van een interventie afmeet" },
	{ .method = "POST",
	  .path = "/interventions/{ref}/effect",
	  .permission = PERM_INTERVENTION_WORK,
	  .action = AUDIT_INTERVENTION_EFFECT,
	  .prepare = prepare_effect,
	  .apply = apply_effect,
	  .redraw = show_effect,
	  .form = &FORM,
	  .summary = "Het effect beoordelen na 3, 6 of 12 maanden, zonder personen" },
	{ .method = "POST",
	  .path = "/interventions/{ref}/_recheck",
	  .permission = PERM_INTERVENTION_WORK,
	  .action = AUDIT_INTERVENTION_EFFECT,
	  .prepare = prepare_recheck,
	  .apply = apply_recheck,
	  .redraw = show_intervention,
	  .form = &RECHECK_FORM,
	  .summary = "Schrijven hoe het nu is op een plek waar opnieuw gekeken werd" },
	{ 0 },
};

const struct page_template effect_templates[] = {
	{ .name = "interventions/effect", .view = &PAGE_VIEW, .form = &FORM, .whole = true },
	{ 0 },
};
