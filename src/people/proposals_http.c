/* Roles that wait for a second signature: the list, with who may sign. */
#include "people/proposal_http.h"

#include <stdlib.h>

#include "access/access.h"
#include "audit/action.h"
#include "people/people_http.h"
#include "platform/view/list.h"

struct proposal_item {
	int64_t id, proposed_at, from;
	const char *href, *name, *role, *on_behalf, *proposed_by, *why, *not_yours;
	bool yours;
};
static const struct view_field ITEM_FIELDS[] = {
	VIEW_F(struct proposal_item, id, VIEW_INT),
	VIEW_AS(struct proposal_item, href, "href", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct proposal_item, name, "name", VIEW_TEXT, .label = "Wie"),
	VIEW_AS(struct proposal_item, role, "role", VIEW_TEXT, .label = "Rol"),
	VIEW_AS(struct proposal_item, on_behalf, "onBehalf", VIEW_TEXT, .label = "Namens wie"),
	VIEW_AS(struct proposal_item, from, "from", VIEW_DAY, .label = "Vanaf"),
	VIEW_AS(struct proposal_item, proposed_by, "proposedBy", VIEW_TEXT,
	        .label = "Voorgesteld door"),
	VIEW_AS(struct proposal_item, proposed_at, "proposedAt", VIEW_MOMENT,
	        .label = "Voorgesteld op"),
	VIEW_AS(struct proposal_item, why, "why", VIEW_TEXT, .label = "Reden"),
	VIEW_AS(struct proposal_item, yours, "yours", VIEW_BOOL, .label = "U mag tekenen"),
	VIEW_AS(struct proposal_item, not_yours, "notYours", VIEW_TEXT),
};
static const struct view ITEM_VIEW = VIEW_OF(struct proposal_item, ITEM_FIELDS);

struct proposals_page {
	struct array proposals;
	bool has_proposals;
	int64_t first_row, last_row;
	const char *csv_href, *newer_href, *older_href;
};
static const struct view_field PAGE_FIELDS[] = {
	VIEW_AS(struct proposals_page, proposals, "proposals", VIEW_LIST, .view = &ITEM_VIEW),
	VIEW_AS(struct proposals_page, has_proposals, "hasProposals", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct proposals_page, first_row, "firstRow", VIEW_INT, .page_only = true),
	VIEW_AS(struct proposals_page, last_row, "lastRow", VIEW_INT, .page_only = true),
	VIEW_AS(struct proposals_page, csv_href, "csvHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct proposals_page, newer_href, "newerHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct proposals_page, older_href, "olderHref", VIEW_TEXT),
};
static const struct view PAGE_VIEW = VIEW_OF(struct proposals_page, PAGE_FIELDS);

/* The cursor is the id of the last proposal seen; its place is looked up again. Decided meanwhile,
 * it still has one. */
static enum status place_after(struct request *rq, const struct people_scope *scope,
                               struct proposal_place *ret, struct error *reterr)
{
	const char *after = input_text(rq->query, "after");
	struct appointment last;

	*ret = (struct proposal_place){ 0 };
	if (after == NULL)
		return OK;
	const enum status st =
	    appointment_load(rq->db, scope, strtoll(after, NULL, 10), rq->arena, &last, reterr);
	if (st == OK)
		*ret = (struct proposal_place){ last.proposed_at, last.id };
	return st == ERR_NOT_FOUND ? OK : st;
}

/* The same guard as the signature itself asks. */
static enum status may_sign(struct request *rq, const struct appointment *a, struct verdict *ret,
                            struct error *reterr)
{
	const struct move *mv =
	    machine_move(&APPOINTMENT_MACHINE, APPOINTMENT_PROPOSED, APPOINTMENT_CONFIRM);
	const struct actor actor = people_actor(rq);
	struct appointment_picture picture;

	const enum status st = appointment_picture_load(rq->db, a->id, &actor, &picture, reterr);
	if (st != OK)
		return st;
	*ret = move_verdict(mv, ROLE_BIT(rq->viewer->role), &picture);
	if (!access_permits(rq->viewer->role, PERM_ROLE_CONFIRM))
		ret->kind = VERDICT_NO;
	return OK;
}

static enum status item_of(struct request *rq, const struct appointment *a,
                           struct proposal_item *ret, struct error *reterr)
{
	struct verdict sign;
	const enum status st = may_sign(rq, a, &sign, reterr);

	if (st != OK)
		return st;
	*ret = (struct proposal_item){
		.id = a->id,
		.href = arena_printf(rq->arena, "/people/proposals/%lld", (long long)a->id),
		.name = a->person,
		.role = access_role(a->role)->label,
		.on_behalf = a->on_behalf,
		.from = a->from_day,
		.proposed_by = a->proposer,
		.proposed_at = a->proposed_at,
		.why = a->reason,
		.yours = verdict_allows(sign),
		.not_yours = verdict_allows(sign) ? NULL : sign.sentence,
	};
	return OK;
}

static enum status items_of(struct request *rq, struct array found, struct array *ret,
                            struct error *reterr)
{
	const struct appointment *from = found.items;
	struct proposal_item *to = ARENA_ARRAY(rq->arena, struct proposal_item, found.count + 1);
	enum status st = OK;

	for (size_t i = 0; st == OK && i < found.count; i++)
		st = item_of(rq, &from[i], &to[i], reterr);
	*ret = (struct array){ to, found.count };
	return st;
}

static enum status list_proposals(struct request *rq, struct response *rs, struct error *reterr)
{
	const struct page page = { .title = "Wacht op handtekening",
		                   .place = "/people",
		                   .template_name = "people/proposals" };
	const struct people_scope scope = people_scope_of(rq->viewer);
	struct proposal_place after;
	struct array found = { 0 }, items = { 0 };

	enum status st = place_after(rq, &scope, &after, reterr);
	if (st == OK)
		st = appointment_proposals(rq->db, &scope, &after,
		                           rq->wants_csv ? PAGE_CSV_ROWS + 1 : LIST_ROWS, rq->arena,
		                           &found, reterr);
	if (st == OK)
		st = items_of(rq, found, &items, reterr);
	if (st != OK)
		return st;
	const struct proposal_item *rows = items.items;
	rq->touched = (struct touched){ .kind = OBJECT_APPOINTMENT, .count = (int32_t)items.count };
	if (rq->wants_csv)
		return page_csv(rq, rs, "voorstellen.csv", &ITEM_VIEW, items, reterr);
	const struct proposals_page record = {
		.proposals = items,
		.has_proposals = items.count > 0,
		.first_row = 1,
		.last_row = (int64_t)items.count,
		.csv_href = "/people/proposals?format=csv",
		.newer_href = after.id != 0 ? "/people/proposals" : NULL,
		.older_href = items.count < LIST_ROWS
		                  ? NULL
		                  : arena_printf(rq->arena, "/people/proposals?after=%lld",
		                                 (long long)rows[items.count - 1].id),
	};
	return page_respond(rq, rs, &page, &PAGE_VIEW, &record, reterr);
}

const struct route proposal_list_routes[] = {
	{ .method = "GET",
	  .path = "/people/proposals",
	  .permission = PERM_PEOPLE_READ,
	  .action = AUDIT_PEOPLE_VIEW,
	  .read = list_proposals,
	  .view = &PAGE_VIEW,
	  .summary = "Rollen die op een tweede handtekening wachten" },
	{ 0 },
};

const struct page_template proposal_list_templates[] = {
	{ .name = "people/proposals", .view = &PAGE_VIEW, .whole = true },
	{ 0 },
};
