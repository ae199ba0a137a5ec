/* Who has the direction: named by the Stuurploeg, also when the one before him left. */
#include <stdlib.h>

#include "access/access.h"
#include "audit/action.h"
#include "interventions/intervention_page.h"

struct lead_input {
	int64_t version, lead;
};
static const struct field FIELDS[] = {
	FIELD_VERSION(struct lead_input),
	{ .path = "lead",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct lead_input, lead),
	  .label = "Wie heeft de regie?",
	  .required = true,
	  .missing = "Kies een regievoerder." },
};
static const struct form FORM = { FIELDS, 2, sizeof(struct lead_input) };

struct lead_page {
	int64_t version;
	const char *reference, *action_href, *back_href, *now;
	struct array leads;
};
static const struct view_field PAGE_FIELDS[] = {
	VIEW_F(struct lead_page, version, VIEW_INT),
	VIEW_F(struct lead_page, reference, VIEW_REF),
	VIEW_AS(struct lead_page, now, "leadNow", VIEW_TEXT),
	VIEW_AS(struct lead_page, leads, "leads", VIEW_LIST, .view = &CHOICE_VIEW),
	VIEW_AS(struct lead_page, action_href, "actionHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct lead_page, back_href, "backHref", VIEW_TEXT, .page_only = true),
};
static const struct view PAGE_VIEW = VIEW_OF(struct lead_page, PAGE_FIELDS);

struct lead_form {
	struct on_intervention on;
	struct lead_input in;
	struct array leads; /* of struct executor */
};

bool lead_may_change(const struct viewer *viewer, const struct intervention *i)
{
	const uint64_t deciders = ROLE_BIT(ROLE_STEERING_MEMBER) |
	                          ROLE_BIT(ROLE_STEERING_SECRETARY) | ROLE_BIT(ROLE_RIEC_HEAD);
	return (deciders & ROLE_BIT(viewer->role)) != 0 && i->state != INTERVENTION_REJECTED &&
	       i->state != INTERVENTION_CANCELLED && i->state != INTERVENTION_CLOSED;
}

static enum status load(struct request *rq, struct lead_form *f, struct error *reterr)
{
	enum status st = on_intervention(rq, &f->on, reterr);

	if (st == OK && !lead_may_change(rq->viewer, &f->on.intervention))
		return FAIL(reterr, ERR_CONFLICT, "De Stuurploeg wijst de regievoerder aan.");
	return st == OK ? intervention_leads(rq->db, f->on.intervention.casefile_id, rq->now_ms,
	                                     rq->arena, &f->leads, reterr)
	                : st;
}

static enum status show_lead(struct request *rq, struct response *rs, struct error *reterr)
{
	struct lead_form f;
	enum status st = load(rq, &f, reterr);

	if (st != OK)
		return st;
	const struct intervention *i = &f.on.intervention;
	const struct executor *from = f.leads.items;
	struct lead_page record = { .version = i->version,
		                    .reference = i->reference,
		                    .now = i->lead[0] != '\0' ? i->lead : NULL,
		                    .action_href = intervention_path(rq->arena, i, "/lead"),
		                    .back_href = intervention_path(rq->arena, i, "") };
	record.leads = choices_for(rq->arena, f.leads.count);
	for (size_t n = 0; n < f.leads.count; n++)
		choices_add(&record.leads,
		            arena_printf(rq->arena, "%lld", (long long)from[n].appointment_id),
		            arena_printf(rq->arena, "%s, %s", from[n].participant, from[n].name),
		            "");
	const struct page page = { .title = "Regievoerder aanwijzen",
		                   .place = "/interventions",
		                   .crumbs = intervention_crumbs(rq->arena, i),
		                   .confidential = true,
		                   .template_name = "interventions/lead",
		                   .form = &FORM };
	return page_respond(rq, rs, &page, &PAGE_VIEW, &record, reterr);
}

static enum status prepare_lead(struct request *rq, void **ret_input, struct error *reterr)
{
	struct lead_form *f = ARENA_NEW(rq->arena, struct lead_form);
	bool fits = false;

	*ret_input = f;
	enum status st = load(rq, f, reterr);
	if (st != OK)
		return st;
	input_read(rq->body, &FORM, rq->wants_json, rq->arena, &f->in, rq->problems);
	const struct executor *from = f->leads.items;
	for (size_t n = 0; n < f->leads.count; n++)
		fits = fits || from[n].appointment_id == f->in.lead;
	if (!fits && rq->problems->error_count == 0)
		problems_add(rq->problems, PROBLEM_ERROR, "lead",
		             "Kies een regievoerder uit de lijst. Zijn aanstelling moet gelden.");
	return OK;
}

static enum status apply_lead(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct request *rq = change->rq;
	const struct lead_form *f = change->input;
	const struct lead_change l = { &f->on.intervention, rq->viewer, f->in.lead, rq->now_ms };

	enum status st =
	    db_claim(tx, &INTERVENTION_ROOT, f->on.intervention.id, f->in.version, reterr);
	if (st == OK)
		st = intervention_lead_put(tx, &l, reterr);
	change->location = intervention_path(db_tx_arena(tx), &f->on.intervention, "");
	change->note = "De regievoerder is aangewezen.";
	return st;
}

const struct route lead_routes[] = {
	{ .method = "GET",
	  .path = "/interventions/{ref}/lead",
	  .permission = PERM_INTERVENTION_WORK,
	  .action = AUDIT_INTERVENTION_VIEW,
	  .read = show_lead,
	  .view = &PAGE_VIEW,
	  .summary = "Wie de regie over een interventie kan krijgen" },
	{ .method = "POST",
	  .path = "/interventions/{ref}/lead",
	  .permission = PERM_INTERVENTION_WORK,
	  .action = AUDIT_INTERVENTION_PLAN,
	  .prepare = prepare_lead,
	  .apply = apply_lead,
	  .redraw = show_lead,
	  .form = &FORM,
	  .summary = "Een regievoerder aanwijzen" },
	{ 0 },
};

const struct page_template lead_templates[] = {
	{ .name = "interventions/lead", .view = &PAGE_VIEW, .form = &FORM, .whole = true },
	{ 0 },
};
