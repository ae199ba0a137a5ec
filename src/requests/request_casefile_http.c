/* The requests of one casefile, for who may see both. */
#include "requests/request_page.h"

#include "access/access.h"
#include "audit/action.h"
#include "casework/casework.h"

struct row {
	const char *reference, *href, *participant;
	uint8_t state;
	int kind;
	int64_t due_day, subjects;
	bool urgent, late;
};
static const struct view_field ROW_FIELDS[] = {
	VIEW_F(struct row, reference, VIEW_REF),
	VIEW_AS(struct row, href, "href", VIEW_TEXT, .page_only = true),
	VIEW_F(struct row, participant, VIEW_TEXT),
	VIEW_AS(struct row, state, "state", VIEW_STATE, .machine = &REQUEST_MACHINE),
	VIEW_AS(struct row, kind, "kind", VIEW_CODE, .codes = REQUEST_KINDS),
	VIEW_AS(struct row, due_day, "due", VIEW_DUE),
	VIEW_F(struct row, subjects, VIEW_INT),
	VIEW_F(struct row, urgent, VIEW_BOOL),
	VIEW_F(struct row, late, VIEW_BOOL),
};
static const struct view ROW_VIEW = VIEW_OF(struct row, ROW_FIELDS);

struct casefile_requests {
	const char *reference, *new_href;
	struct array requests;
	bool has_requests;
};
static const struct view_field PAGE_FIELDS[] = {
	VIEW_F(struct casefile_requests, reference, VIEW_REF),
	VIEW_AS(struct casefile_requests, new_href, "newHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct casefile_requests, requests, "requests", VIEW_LIST, .view = &ROW_VIEW),
	VIEW_AS(struct casefile_requests, has_requests, "hasRequests", VIEW_BOOL,
	        .page_only = true),
};
static const struct view PAGE_VIEW = VIEW_OF(struct casefile_requests, PAGE_FIELDS);

static struct array rows_of(struct request *rq, struct array found)
{
	const struct request_row *from = found.items;
	struct row *to = ARENA_ARRAY(rq->arena, struct row, found.count + 1);

	for (size_t i = 0; i < found.count; i++)
		to[i] = (struct row){
			.reference = from[i].reference,
			.href = arena_printf(rq->arena, "/requests/%s", from[i].reference),
			.participant = from[i].participant,
			.state = from[i].state,
			.kind = from[i].kind,
			.due_day =
			    request_waits_for_answer(from[i].state) ? from[i].due_day : INT64_MIN,
			.subjects = from[i].subjects,
			.urgent = from[i].urgent,
			.late = from[i].late,
		};
	return (struct array){ to, found.count };
}

static enum status show_requests(struct request *rq, struct response *rs, struct error *reterr)
{
	struct array found = { 0 };
	struct casefile c = { 0 };

	enum status st = casefile_load(rq->db, rq->viewer, rq->params[0], rq->arena, &c, reterr);
	if (st == OK)
		st = request_rows_of(rq->db, rq->viewer, c.id, rq->arena, &found, reterr);
	if (st != OK)
		return st;
	rq->touched = (struct touched){ .kind = OBJECT_CASEFILE,
		                        .id = c.id,
		                        .owner_id = c.id,
		                        .owner_kind = OBJECT_CASEFILE,
		                        .count = (int32_t)found.count };
	const bool may_ask =
	    access_permits(rq->viewer->role, PERM_REQUEST_WRITE) && casefile_is_live(c.state);
	const struct casefile_requests record = {
		.reference = c.reference,
		.new_href = may_ask
		                ? arena_printf(rq->arena, "/requests/new?casefile=%s", c.reference)
		                : NULL,
		.requests = rows_of(rq, found),
		.has_requests = found.count > 0,
	};
	struct link *crumbs = ARENA_ARRAY(rq->arena, struct link, 2);
	crumbs[0] = (struct link){ "Casussen", "/casefiles", -1, false };
	crumbs[1] =
	    (struct link){ c.reference, arena_printf(rq->arena, "/casefiles/%s", c.reference), -1,
		           false };
	const struct page page = { .title = "Bevragingen van een casus",
		                   .place = "/casefiles",
		                   .crumbs = { crumbs, 2 },
		                   .confidential = true,
		                   .template_name = "requests/casefile" };
	return page_respond(rq, rs, &page, &PAGE_VIEW, &record, reterr);
}

const struct route request_casefile_routes[] = {
	{ .method = "GET",
	  .path = "/casefiles/{ref}/requests",
	  .permission = PERM_REQUEST_READ,
	  .action = AUDIT_REQUEST_LIST,
	  .read = show_requests,
	  .view = &PAGE_VIEW,
	  .summary = "De bevragingen van een casus" },
	{ 0 },
};

const struct page_template request_casefile_templates[] = {
	{ .name = "requests/casefile", .view = &PAGE_VIEW, .whole = true },
	{ 0 },
};
