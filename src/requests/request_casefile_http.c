/* The requests of one casefile, for who may see both; and all its drafts go out in one act. */
#include "requests/request_issue.h"

#include "access/access.h"
#include "audit/action.h"
#include "casework/casefile_page.h"
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
	const char *reference, *new_href, *issue_href;
	struct array requests, tabs;
	bool has_requests;
	int64_t drafts;
};
static const struct view_field PAGE_FIELDS[] = {
	VIEW_F(struct casefile_requests, reference, VIEW_REF),
	VIEW_AS(struct casefile_requests, new_href, "newHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct casefile_requests, issue_href, "issueHref", VIEW_TEXT, .page_only = true),
	VIEW_F(struct casefile_requests, drafts, VIEW_INT),
	VIEW_AS(struct casefile_requests, requests, "requests", VIEW_LIST, .view = &ROW_VIEW),
	VIEW_AS(struct casefile_requests, tabs, "tabs", VIEW_LIST, .view = &CASEFILE_TAB_VIEW,
	        .page_only = true),
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

static int64_t count_drafts(struct array rows)
{
	const struct request_row *r = rows.items;
	int64_t drafts = 0;

	for (size_t i = 0; i < rows.count; i++)
		drafts += r[i].state == REQUEST_DRAFT;
	return drafts;
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
	struct casefile_requests record = {
		.reference = c.reference,
		.new_href = may_ask
		                ? arena_printf(rq->arena, "/requests/new?casefile=%s", c.reference)
		                : NULL,
		.requests = rows_of(rq, found),
		.tabs = casefile_tabs(rq, &c),
		.has_requests = found.count > 0,
		.drafts = count_drafts(found),
	};
	if (record.drafts > 1 && rq->viewer->role == ROLE_INFO_COORDINATOR &&
	    casefile_is_live(c.state))
		record.issue_href =
		    arena_printf(rq->arena, "/casefiles/%s/requests/_issue", c.reference);
	const struct page page = { .title = "Bevragingen van een casus",
		                   .place = "/casefiles",
		                   .crumbs = casefile_crumbs(rq->arena, &c),
		                   .confidential = true,
		                   .template_name = "requests/casefile" };
	return page_respond(rq, rs, &page, &PAGE_VIEW, &record, reterr);
}

/* ---- all drafts go out ---------------------------------------------------------------------------- */

struct issue_change {
	struct casefile casefile;
	struct array drafts; /* of struct information_request */
};

static enum status prepare_issue(struct request *rq, void **ret_input, struct error *reterr)
{
	struct issue_change *c = ARENA_NEW(rq->arena, struct issue_change);
	struct array found = { 0 };

	*ret_input = c;
	enum status st =
	    casefile_load(rq->db, rq->viewer, rq->params[0], rq->arena, &c->casefile, reterr);
	if (st == OK && rq->viewer->role != ROLE_INFO_COORDINATOR)
		return FAIL(reterr, ERR_DENIED, "De informatiecoördinator zet bevragingen uit.");
	if (st == OK)
		st = request_rows_of(rq->db, rq->viewer, c->casefile.id, rq->arena, &found, reterr);
	const struct request_row *rows = found.items;
	struct information_request *to =
	    ARENA_ARRAY(rq->arena, struct information_request, found.count + 1);
	for (size_t i = 0; st == OK && i < found.count; i++)
		if (rows[i].state == REQUEST_DRAFT)
			st = request_load(rq->db, rq->viewer, rows[i].reference, rq->arena,
			                  &to[c->drafts.count++], reterr);
	c->drafts.items = to;
	if (st == OK && c->drafts.count == 0)
		return FAIL(reterr, ERR_CONFLICT, "Er zijn geen concepten om uit te zetten.");
	rq->touched = (struct touched){ .kind = OBJECT_CASEFILE,
		                        .id = c->casefile.id,
		                        .owner_id = c->casefile.id,
		                        .owner_kind = OBJECT_CASEFILE,
		                        .count = (int32_t)c->drafts.count };
	return st;
}

/* What the rules hold back stays a draft, and the first of those says why. */
static enum status apply_issue(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct request *rq = change->rq;
	const struct issue_change *c = change->input;
	const struct information_request *q = c->drafts.items;
	const char *held = "";
	size_t out = 0;
	enum status st = OK;

	for (size_t i = 0; st == OK && i < c->drafts.count; i++) {
		struct verdict v = { .kind = VERDICT_YES };
		st = db_claim(tx, &REQUEST_ROOT, q[i].id, q[i].version, reterr);
		if (st == OK)
			st = request_issue(tx, rq->viewer, &q[i], rq->now_ms, &v, reterr);
		out += st == OK && verdict_allows(v);
		if (st == OK && !verdict_allows(v) && held[0] == '\0')
			held = arena_printf(db_tx_arena(tx), " %s bleef een concept: %s",
			                    q[i].reference, v.sentence);
	}
	change->location =
	    arena_printf(db_tx_arena(tx), "/casefiles/%s/requests", c->casefile.reference);
	change->note = arena_printf(db_tx_arena(tx), "%zu van %zu bevragingen zijn uitgezet.%s",
	                            out, c->drafts.count, held);
	return st;
}

const struct route request_casefile_routes[] = {
	{ .method = "POST",
	  .path = "/casefiles/{ref}/requests/_issue",
	  .permission = PERM_REQUEST_WRITE,
	  .action = AUDIT_REQUEST_MOVE,
	  .prepare = prepare_issue,
	  .apply = apply_issue,
	  .redraw = show_requests,
	  .summary = "Alle concepten van een casus uitzetten" },
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
