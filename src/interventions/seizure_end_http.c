/* A measure ends: lifted, given back, forfeited. */
#include "access/access.h"
#include "audit/action.h"
#include "interventions/intervention_http.h"
#include "interventions/seizure.h"
#include "platform/core/calendar.h"

struct end_input {
	int64_t ended_day;
};
static const struct field FIELDS[] = {
	{ .path = "endedDay",
	  .kind = FIELD_DAY,
	  .offset = offsetof(struct end_input, ended_day),
	  .label = "Tot en met welke dag gold de maatregel?",
	  .required = true,
	  .missing = "Vul de laatste dag in." },
};
static const struct form FORM = { FIELDS, 1, sizeof(struct end_input) };

struct end_page {
	const char *reference, *action_href, *back_href;
	int64_t begun_day;
};
static const struct view_field PAGE_FIELDS[] = {
	VIEW_F(struct end_page, reference, VIEW_REF),
	VIEW_AS(struct end_page, begun_day, "begunDay", VIEW_DAY),
	VIEW_AS(struct end_page, action_href, "actionHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct end_page, back_href, "backHref", VIEW_TEXT, .page_only = true),
};
static const struct view PAGE_VIEW = VIEW_OF(struct end_page, PAGE_FIELDS);

/* The measure of the path, while it stands and is his. */
static enum status of_owner(struct request *rq, struct seizure *ret, struct error *reterr)
{
	const enum status st =
	    seizure_load(rq->db, rq->viewer, rq->params[0], rq->arena, ret, reterr);

	if (st != OK)
		return st;
	rq->touched = (struct touched){ .kind = OBJECT_SEIZURE, .id = ret->id };
	if (!seizure_may_end(ret, rq->viewer))
		return FAIL(reterr, ERR_CONFLICT, "%s",
		            ret->ended_day != 0 ? "Deze maatregel is al geëindigd."
		                                : "Alleen de eigenaar beëindigt de maatregel.");
	return OK;
}

static enum status show_end(struct request *rq, struct response *rs, struct error *reterr)
{
	struct seizure s = { 0 };
	const enum status st = of_owner(rq, &s, reterr);

	if (st != OK)
		return st;
	struct link *links = ARENA_ARRAY(rq->arena, struct link, 1);
	links[0] = (struct link){ "Afpakken", "/seizures", -1, false };
	const struct end_page record = {
		.reference = s.reference,
		.begun_day = s.begun_day,
		.action_href = arena_printf(rq->arena, "/seizures/%s/end", s.reference),
		.back_href = arena_printf(rq->arena, "/seizures/%s", s.reference),
	};
	const struct page page = { .title = "Maatregel beëindigen",
		                   .place = "/seizures",
		                   .crumbs = { links, 1 },
		                   .confidential = true,
		                   .template_name = "seizures/end",
		                   .form = &FORM };
	return page_respond(rq, rs, &page, &PAGE_VIEW, &record, reterr);
}

struct end_change {
	struct seizure seizure;
	struct end_input in;
};

static enum status prepare_end(struct request *rq, void **ret_input, struct error *reterr)
{
	struct end_change *c = ARENA_NEW(rq->arena, struct end_change);
	const enum status st = of_owner(rq, &c->seizure, reterr);

	*ret_input = c;
	if (st != OK)
		return st;
	input_read(rq->body, &FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	if (c->in.ended_day != FIELD_NO_DAY && c->in.ended_day > local_day(rq->now_ms))
		problems_add(rq->problems, PROBLEM_ERROR, "endedDay",
		             "Deze dag ligt in de toekomst.");
	else if (c->in.ended_day != FIELD_NO_DAY && c->in.ended_day < c->seizure.begun_day)
		problems_add(rq->problems, PROBLEM_ERROR, "endedDay",
		             "Deze dag ligt vóór het begin. Kies een latere dag.");
	return OK;
}

static enum status apply_end(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct end_change *c = change->input;

	change->location = arena_printf(db_tx_arena(tx), "/seizures/%s", c->seizure.reference);
	change->note = "De maatregel is geëindigd. De bedragen blijven staan.";
	return seizure_end(tx, c->seizure.id, c->in.ended_day, reterr);
}

const struct route seizure_end_routes[] = {
	{ .method = "GET",
	  .path = "/seizures/{ref}/end",
	  .permission = PERM_SEIZURE_WRITE,
	  .action = AUDIT_SEIZURE,
	  .flags = ROUTE_PAGE_ONLY,
	  .read = show_end,
	  .view = &PAGE_VIEW,
	  .summary = "Een maatregel beëindigen" },
	{ .method = "POST",
	  .path = "/seizures/{ref}/end",
	  .permission = PERM_SEIZURE_WRITE,
	  .action = AUDIT_SEIZURE,
	  .prepare = prepare_end,
	  .apply = apply_end,
	  .redraw = show_end,
	  .form = &FORM,
	  .summary = "Een maatregel beëindigen; de bedragen blijven staan" },
	{ 0 },
};

const struct page_template seizure_end_templates[] = {
	{ .name = "seizures/end", .view = &PAGE_VIEW, .form = &FORM, .whole = true },
	{ 0 },
};
