/* What the Stuurploeg decided about a casefile, for who reads the casefile. */
#include "steering/matter.h"

#include "access/access.h"
#include "audit/action.h"
#include "casework/casefile_page.h"
#include "casework/casework.h"

struct decisions_page {
	const char *reference;
	struct array decisions; /* struct ruling_view */
	struct array tabs;
	bool has_decisions;
};
static const struct view_field PAGE_FIELDS[] = {
	VIEW_F(struct decisions_page, reference, VIEW_REF),
	VIEW_AS(struct decisions_page, decisions, "decisions", VIEW_LIST, .view = &RULING_VIEW),
	VIEW_AS(struct decisions_page, tabs, "tabs", VIEW_LIST, .view = &CASEFILE_TAB_VIEW,
	        .page_only = true),
	VIEW_AS(struct decisions_page, has_decisions, "hasDecisions", VIEW_BOOL, .page_only = true),
};
static const struct view PAGE_VIEW = VIEW_OF(struct decisions_page, PAGE_FIELDS);

static enum status load_decisions(struct request *rq, const struct casefile *c,
                                  struct decisions_page *ret, struct error *reterr)
{
	const struct steering_point of = { .casefile_id = c->id };
	struct matter m = { 0 };
	int64_t point = 0;

	enum status st = matter_load(rq, &of, &m, reterr);
	const struct steering_decision *d = m.earlier.items;
	struct ruling_view *rows = ARENA_ARRAY(rq->arena, struct ruling_view, m.earlier.count + 1);
	for (size_t i = 0; st == OK && i < m.earlier.count; i++) {
		if (d[i].point_id != point) {
			point = d[i].point_id;
			st = pledges_of_point(rq->db, point, rq->arena, &m.pledges, reterr);
			if (st == OK)
				st = votes_of_point(rq->db, point, rq->arena, &m.votes, reterr);
		}
		if (st == OK)
			st = ruling_view_load(rq, &m, &d[i], &rows[i], reterr);
	}
	ret->decisions = (struct array){ rows, m.earlier.count };
	ret->has_decisions = m.earlier.count > 0;
	return st;
}

static enum status show_decisions(struct request *rq, struct response *rs, struct error *reterr)
{
	struct decisions_page record = { 0 };
	struct casefile c = { 0 };

	enum status st = casefile_load(rq->db, rq->viewer, rq->params[0], rq->arena, &c, reterr);
	if (st == OK)
		st = load_decisions(rq, &c, &record, reterr);
	if (st != OK)
		return st;
	rq->touched = (struct touched){ .kind = OBJECT_CASEFILE,
		                        .id = c.id,
		                        .owner_id = c.id,
		                        .owner_kind = OBJECT_CASEFILE,
		                        .count = (int32_t)record.decisions.count };
	record.reference = c.reference;
	record.tabs = casefile_tabs(rq, &c);
	const struct page page = { .title = "Besluiten van de Stuurploeg",
		                   .place = "/casefiles",
		                   .crumbs = casefile_crumbs(rq->arena, &c),
		                   .confidential = true,
		                   .template_name = "steering/decisions" };
	return page_respond(rq, rs, &page, &PAGE_VIEW, &record, reterr);
}

const struct route steering_decisions_routes[] = {
	{ .method = "GET",
	  .path = "/casefiles/{ref}/decisions",
	  .permission = PERM_DECISION_READ,
	  .action = AUDIT_STEERING_VIEW,
	  .read = show_decisions,
	  .view = &PAGE_VIEW,
	  .summary = "Wat de Stuurploeg over een casus besloot" },
	{ 0 },
};

const struct page_template steering_decisions_templates[] = {
	{ .name = "steering/decisions", .view = &PAGE_VIEW, .whole = true },
	{ 0 },
};
