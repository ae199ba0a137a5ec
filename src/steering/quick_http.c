/*
 * Quick actions of a casefile: what one partner can do at once, before the advice is final. Here, since
 * the head decides about them within a mandate of the Stuurploeg.
 */
#include "steering/quick_mandate.h"
#include "steering/quick_page.h"
#include "steering/steering_http.h"

#include <stdlib.h>

#include "access/access.h"
#include "advice/advice_words.h"
#include "advice/instrument_choices.h"
#include "audit/action.h"
#include "interventions/intervention_acts.h"
#include "interventions/interventions.h"
#include "platform/core/calendar.h"
#include "plein/plein.h"

/* ---- asking for one ------------------------------------------------------------------------------ */

struct asking {
	struct quick_input in;
	struct on_quick on;
	struct quick_new made;
};

static const struct advice_owner *owner_of(const struct on_quick *on, int64_t organ_id)
{
	const struct advice_owner *o = on->owners.items;

	for (size_t i = 0; i < on->owners.count; i++)
		if (o[i].organ_id == organ_id)
			return &o[i];
	return NULL;
}

static void check_owner(struct request *rq, const struct asking *c)
{
	const struct advice_owner *o = owner_of(&c->on, c->in.owner);

	if (c->in.owner != 0 && o == NULL)
		problems_add(rq->problems, PROBLEM_ERROR, "owner",
		             "Kies een deelnemer die bij de casus betrokken is.");
	if (c->in.instrument != 0 && instrument_label(c->in.instrument)[0] == '\0') {
		problems_add(rq->problems, PROBLEM_ERROR, "instrument",
		             "Kies een instrument uit de lijst.");
		return;
	}
	if (c->in.instrument == 0 || o == NULL)
		return;
	const struct verdict v = advice_may_own((uint16_t)c->in.instrument, o->letter);
	if (!verdict_allows(v))
		problems_add_verdict(rq->problems, "owner", v);
	if (c->in.basis[0] == '\0' && instrument_basis(c->in.instrument) == NULL)
		problems_add(rq->problems, PROBLEM_ERROR, "basis",
		             "De lijst noemt hier geen wet. Vraag de eigenaar op welke wet het "
		             "rust.");
}

static void check_rest(struct request *rq, const struct asking *c)
{
	const struct verdict v = quick_may_rest_on((enum quick_ground)c->in.ground);

	if (!verdict_allows(v))
		problems_add_verdict(rq->problems, "restsOn", v);
	if (c->in.weight == WEIGHT_HEAVY)
		problems_add(rq->problems, PROBLEM_ERROR, "weight",
		             "Een zwaar traject is geen snelle actie. Zet het in het advies.");
	if (c->in.hours < 1 || c->in.hours > ADVICE_HOURS_MAX)
		problems_add(rq->problems, PROBLEM_ERROR, "hours",
		             "Vul een aantal uren in van 1 tot en met 20.000.");
	if (c->in.day != FIELD_NO_DAY && c->in.day < local_day(rq->now_ms))
		problems_add(rq->problems, PROBLEM_ERROR, "day",
		             "Deze dag is al voorbij. Kies een latere dag.");
}

static enum status check(struct request *rq, const struct asking *c, struct error *reterr)
{
	const struct quick_input *in = &c->in;
	struct array names = { 0 };
	const enum status st = advice_names(rq, c->on.casefile.id, &names, reterr);

	if (st != OK)
		return st;
	check_owner(rq, c);
	check_rest(rq, c);
	advice_words_check(rq, names, "basis", in->basis);
	advice_words_check(rq, names, "approach", in->approach);
	advice_words_check(rq, names, "urgency", in->urgency);
	advice_words_check(rq, names, "effect", in->effect);
	advice_words_check(rq, names, "indicator", in->indicator);
	return OK;
}

static void make(struct request *rq, struct asking *c)
{
	const struct quick_input *in = &c->in;
	const char *basis = in->basis[0] != '\0' ? in->basis : instrument_basis(in->instrument);
	const struct quick_texts texts = { basis,      in->approach,  in->urgency,
		                           in->effect, in->indicator, "" };

	c->made = (struct quick_new){ .uuid = uuid_at(rq->now_ms),
		                      .viewer = rq->viewer,
		                      .casefile = c->on.casefile.reference,
		                      .casefile_id = c->on.casefile.id,
		                      .organ_id = in->owner,
		                      .hours = in->hours,
		                      .due_day = in->day,
		                      .now_ms = rq->now_ms,
		                      .instrument = (uint16_t)in->instrument,
		                      .weight = in->weight,
		                      .barrier = in->barrier,
		                      .ground = (enum quick_ground)in->ground };
	quick_seal(plein_of(rq)->keyring, &c->made.uuid, &texts, rq->arena, &c->made.sealed);
}

static enum status prepare_ask(struct request *rq, void **ret_input, struct error *reterr)
{
	struct asking *c = ARENA_NEW(rq->arena, struct asking);

	*ret_input = c;
	enum status st = quick_load(rq, &c->on, reterr);
	if (st != OK)
		return st;
	const struct quick_picture p = { .before_advice = c->on.before_advice };
	const struct verdict v = quick_may(rq, QUICK_ASK, QUICK_NONE, &p);
	if (!verdict_allows(v))
		return FAIL(reterr, ERR_CONFLICT, "%s", v.sentence);
	if (!casefile_writable(rq->viewer, &c->on.casefile))
		return FAIL(reterr, ERR_CONFLICT, "U werkt niet aan deze casus.");
	input_read(rq->body, &QUICK_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	st = check(rq, c, reterr);
	if (st == OK && rq->problems->error_count == 0)
		make(rq, c);
	return st;
}

static const char *page_path(struct db_tx *tx, const struct casefile *c)
{
	return arena_printf(db_tx_arena(tx), "/casefiles/%s/quick-actions", c->reference);
}

/* The casefile, then its living advice, which nobody signed: so that neither moves meanwhile. */
static enum status hold(struct db_tx *tx, const struct on_quick *on, struct error *reterr)
{
	enum status st =
	    db_claim(tx, &CASEFILE_ROOT, on->casefile.id, on->casefile.version, reterr);

	return st == OK && on->before_advice && on->advice_id != 0
	           ? advice_hold(tx, on->advice_id, reterr)
	           : st;
}

static enum status apply_ask(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct asking *c = change->input;
	int64_t number = 0;

	enum status st = hold(tx, &c->on, reterr);
	if (st == OK)
		st = quick_insert(tx, &c->made, &number, reterr);
	change->location = page_path(tx, &c->on.casefile);
	change->json = arena_printf(db_tx_arena(tx), "{\"number\":%lld}", (long long)number);
	change->created = true;
	change->note = "Gevraagd. Het hoofd besluit.";
	return st;
}

/* ---- deciding ------------------------------------------------------------------------------------ */

struct deciding {
	struct decide_input in;
	struct on_quick on;
	struct quick_picture picture;
	struct intervention_new made;
	struct intervention_owner_new owner;
	struct sealed_words reason;
};

static enum status prepare(struct request *rq, struct deciding *c, struct error *reterr)
{
	const enum status st = quick_load(rq, &c->on, reterr);
	const struct quick_action *q = c->on.all.items;
	const int64_t number = strtoll(rq->params[1], NULL, 10);

	input_read(rq->body, &QUICK_DECIDE_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	for (size_t i = 0; st == OK && i < c->on.all.count; i++)
		if (q[i].number == number)
			c->on.quick = &q[i];
	if (st == OK && c->on.quick == NULL)
		return FAIL_NOT_FOUND(reterr);
	if (st != OK)
		return st;
	rq->touched.kind = OBJECT_QUICK_ACTION;
	rq->touched.id = c->on.quick->id;
	c->picture = quick_picture_of(rq, &c->on, c->on.quick);
	c->picture.lead_chosen = c->in.lead != 0;
	c->picture.reason_given = c->in.reason[0] != '\0';
	return OK;
}

static void seal_parts(struct request *rq, struct deciding *c)
{
	struct keyring *k = plein_of(rq)->keyring;
	const struct quick_texts *t = &c->on.quick->texts;

	intervention_seal_part(k, &c->made, INTERVENTION_WHAT, t->approach, rq->arena);
	intervention_seal_part(k, &c->made, INTERVENTION_WHY, t->urgency, rq->arena);
	intervention_seal_part(k, &c->made, INTERVENTION_EFFECT, t->effect, rq->arena);
	intervention_seal_part(k, &c->made, INTERVENTION_INDICATOR, t->indicator, rq->arena);
	intervention_seal_part(k, &c->made, INTERVENTION_BASIS, t->basis, rq->arena);
}

/* Who leads joins the casefile: so only of an organisation that works in it. Nobody chosen: the rule says so. */
static enum status check_lead(struct request *rq, const struct deciding *c, struct error *reterr)
{
	struct array leads = { 0 };
	const enum status st =
	    intervention_leads(rq->db, c->on.casefile.id, rq->now_ms, rq->arena, &leads, reterr);
	const struct executor *e = leads.items;
	bool known = c->in.lead == 0;

	for (size_t i = 0; st == OK && i < leads.count; i++)
		known |= e[i].appointment_id == c->in.lead;
	if (st == OK && !known)
		problems_add(rq->problems, PROBLEM_ERROR, "lead",
		             "Kies een regievoerder uit de lijst.");
	return st;
}

static enum status prepare_approve(struct request *rq, void **ret_input, struct error *reterr)
{
	struct deciding *c = ARENA_NEW(rq->arena, struct deciding);
	enum status st = prepare(rq, c, reterr);
	const struct quick_action *q = c->on.quick;

	if (st == OK)
		st = check_lead(rq, c, reterr);

	*ret_input = c;
	if (st != OK)
		return st;
	c->owner =
	    (struct intervention_owner_new){ .organ_id = q->organ_id, .hours_pledged = q->hours };
	c->made = (struct intervention_new){ .uuid = uuid_at(rq->now_ms),
		                             .reference_key = plein_of(rq)->reference_key,
		                             .viewer = rq->viewer,
		                             .now_ms = rq->now_ms,
		                             .casefile_id = c->on.casefile.id,
		                             .proposed_at = q->asked_at,
		                             .instrument = q->instrument,
		                             .weight = q->weight,
		                             .barrier = q->barrier,
		                             .owner_count = 1,
		                             .lead_id = c->in.lead,
		                             .due_day = q->due_day,
		                             .quick = true };
	seal_parts(rq, c);
	return OK;
}

static enum status ask_rule(const struct request *rq, const struct deciding *c,
                            enum quick_move action, const struct quick_picture *p,
                            struct error *reterr)
{
	const struct verdict v = quick_may(rq, action, c->on.quick->state, p);

	return verdict_allows(v) ? OK : FAIL(reterr, ERR_CONFLICT, "%s", v.sentence);
}

/* What counts is how it is inside the job. */
static enum status look_again(struct db_tx *tx, const struct request *rq, const struct deciding *c,
                              struct quick_picture *ret, int64_t *ret_mandate, struct error *reterr)
{
	const struct quick_action *q = c->on.quick;
	int64_t advice_id = 0;

	*ret = c->picture;
	enum status st = quick_before_advice(db_tx_read(tx), c->on.casefile.id, &ret->before_advice,
	                                     &advice_id, reterr);
	if (st == OK)
		st = mandate_covering(db_tx_read(tx), q->weight, q->hours, local_day(rq->now_ms),
		                      ret_mandate, reterr);
	ret->mandate_covers = *ret_mandate != 0;
	return st;
}

static enum status apply_approve(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct request *rq = change->rq;
	const struct deciding *c = change->input;
	struct intervention_new made = c->made;
	struct quick_deciding d = { .quick = c->on.quick,
		                    .viewer = rq->viewer,
		                    .casefile = c->on.casefile.reference,
		                    .to = QUICK_APPROVED,
		                    .now_ms = rq->now_ms };
	struct quick_picture p;
	const char *reference = "";

	made.owners = &c->owner;
	enum status st = hold(tx, &c->on, reterr);
	if (st == OK)
		st = db_claim(tx, &QUICK_ROOT, c->on.quick->id, c->in.version, reterr);
	if (st == OK)
		st = look_again(tx, rq, c, &p, &d.mandate_id, reterr);
	if (st == OK)
		st = ask_rule(rq, c, QUICK_APPROVE, &p, reterr);
	if (st == OK)
		st = intervention_decide(tx, &made, &d.intervention_id, &reference, reterr);
	if (st == OK)
		st = quick_decide(tx, &d, reterr);
	change->location = page_path(tx, &c->on.casefile);
	change->json = arena_printf(db_tx_arena(tx), "{\"intervention\":\"%s\"}", reference);
	change->note = "Besloten. De eigenaar stemt in, daarna gaat het van start.";
	return st;
}

static enum status prepare_close(struct request *rq, void **ret_input, struct error *reterr)
{
	struct deciding *c = ARENA_NEW(rq->arena, struct deciding);
	const enum status st = prepare(rq, c, reterr);

	*ret_input = c;
	if (st == OK)
		advice_seal_words(plein_of(rq)->keyring, WORDS_QUICK_REASON, c->on.quick->id,
		                  c->in.reason, rq->arena, &c->reason);
	return st;
}

static enum status close_it(struct db_tx *tx, struct change *change, enum quick_move action,
                            enum quick_state to, struct error *reterr)
{
	const struct request *rq = change->rq;
	const struct deciding *c = change->input;
	const struct quick_deciding d = { .quick = c->on.quick,
		                          .viewer = rq->viewer,
		                          .casefile = c->on.casefile.reference,
		                          .to = to,
		                          .now_ms = rq->now_ms,
		                          .reason = &c->reason };

	enum status st = db_claim(tx, &QUICK_ROOT, c->on.quick->id, c->in.version, reterr);
	if (st == OK)
		st = ask_rule(rq, c, action, &c->picture, reterr);
	change->location = page_path(tx, &c->on.casefile);
	return st == OK ? quick_decide(tx, &d, reterr) : st;
}

static enum status apply_reject(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;

	change->note = "Besloten: niet doen. Wie het vroeg, hoort het.";
	return close_it(tx, change, QUICK_REJECT, QUICK_REJECTED, reterr);
}

static enum status apply_withdraw(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;

	change->note = "Ingetrokken.";
	return close_it(tx, change, QUICK_WITHDRAW, QUICK_WITHDRAWN, reterr);
}

#define CHANGE(path_, permission_, audit_, prepare_, apply_, form_, summary_)                      \
	{                                                                                          \
		.method = "POST", .path = path_, .permission = PERM_##permission_,                 \
		.action = AUDIT_QUICK_##audit_, .prepare = (prepare_), .apply = (apply_),          \
		.redraw = show_quick, .form = (form_), .summary = summary_                         \
	}

const struct route quick_action_routes[] = {
	{ .method = "GET",
	  .path = "/casefiles/{ref}/quick-actions",
	  .permission = PERM_CASEFILE_READ,
	  .action = AUDIT_QUICK_VIEW,
	  .read = show_quick,
	  .view = &QUICK_PAGE_VIEW,
	  .summary =
	      "Wat één deelnemer al doet voor het advies er is, en wat daarover is besloten" },
	CHANGE("/casefiles/{ref}/quick-actions", ADVICE_WRITE, ASK, prepare_ask, apply_ask,
	       &QUICK_FORM, "Een besluit vragen over een snelle actie"),
	CHANGE("/casefiles/{ref}/quick-actions/{number}/_approve", STEERING_SIGN, DECIDE,
	       prepare_approve, apply_approve, &QUICK_DECIDE_FORM,
	       "Binnen het mandaat besluiten dat een snelle actie doorgaat"),
	CHANGE("/casefiles/{ref}/quick-actions/{number}/_reject", STEERING_SIGN, DECIDE,
	       prepare_close, apply_reject, &QUICK_DECIDE_FORM,
	       "Besluiten dat een snelle actie niet doorgaat"),
	CHANGE("/casefiles/{ref}/quick-actions/{number}/_withdraw", ADVICE_WRITE, ASK,
	       prepare_close, apply_withdraw, &QUICK_DECIDE_FORM,
	       "De vraag om een snelle actie intrekken"),
	{ 0 },
};

const struct page_template quick_action_templates[] = {
	{ .name = "steering/quick", .view = &QUICK_PAGE_VIEW, .form = &QUICK_FORM, .whole = true },
	{ 0 },
};
