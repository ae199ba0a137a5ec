/* Roles that wait for a second signature: the list, with who may sign. */
#include "people/proposal_http.h"

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

static const struct list_sort SORTS[] = {
	{ "oldest",
	  "Wat het langst wacht eerst",
	  { { "proposedAt", false }, { "id", false } },
	  false },
	{ "newest", "Nieuwste eerst", { { "proposedAt", true }, { "id", true } }, true },
};
static const struct list LIST = {
	.name = "proposals",
	.path = "/people/proposals",
	.row = &ITEM_VIEW,
	.sorts = SORTS,
	.sort_count = 2,
	.empty = "Er wacht nu niets op een handtekening.",
	.file_name = "voorstellen.csv",
};

struct proposals_page {
	struct list_page list;
};
static const struct view_field PAGE_FIELDS[] = {
	LIST_FIELDS(struct proposals_page, list, ITEM_VIEW),
};
static const struct view PAGE_VIEW = VIEW_OF(struct proposals_page, PAGE_FIELDS);

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

static enum status list_proposals(struct request *rq, struct response *rs, struct error *reterr)
{
	const struct page page = { .title = "Wacht op handtekening",
		                   .place = "/people",
		                   .template_name = "people/proposals" };
	const struct people_scope scope = people_scope_of(rq->viewer);
	const struct list_query q = list_read(&LIST, rq);
	const struct proposal_query asked = { q.keys[0].number, q.keys[1].number, q.backward,
		                              q.limit };
	struct array found = { 0 };

	enum status st = appointment_proposals(rq->db, &scope, &asked, rq->arena, &found, reterr);
	const struct appointment *from = found.items;
	struct proposal_item *to = ARENA_ARRAY(rq->arena, struct proposal_item, found.count + 1);
	for (size_t i = 0; st == OK && i < found.count; i++)
		st = item_of(rq, &from[i], &to[i], reterr);
	if (st != OK)
		return st;
	rq->touched = (struct touched){ .kind = OBJECT_APPOINTMENT };
	const struct proposals_page record = { list_finish(&q, rq->arena, to, found.count) };
	const struct list_drawing drawing = { &page, &PAGE_VIEW, &record, &record.list };
	return list_respond(rq, rs, &q, &drawing, reterr);
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
