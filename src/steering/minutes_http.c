/* The minutes of a meeting: page (and print), and ODT. */
#include "steering/meeting_paper.h"

#include "access/access.h"
#include "audit/action.h"
#include "platform/view/odt.h"

struct minutes_page {
	const char *reference, *title, *under, *odt_href, *back_href;
	int64_t version;
	uint8_t state;
	struct array lines, moves;
};
static const struct view_field PAGE_FIELDS[] = {
	VIEW_F(struct minutes_page, version, VIEW_INT),
	VIEW_F(struct minutes_page, reference, VIEW_REF),
	VIEW_F(struct minutes_page, title, VIEW_TEXT),
	VIEW_F(struct minutes_page, under, VIEW_TEXT),
	VIEW_AS(struct minutes_page, odt_href, "odtHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct minutes_page, back_href, "backHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct minutes_page, state, "state", VIEW_STATE, .machine = &STEERING_MACHINE),
	VIEW_AS(struct minutes_page, lines, "lines", VIEW_LIST, .view = &PAPER_LINE_VIEW),
	VIEW_AS(struct minutes_page, moves, "moves", VIEW_LIST, .view = &MOVE_BUTTON_VIEW),
};
static const struct view PAGE_VIEW = VIEW_OF(struct minutes_page, PAGE_FIELDS);

static enum status load(struct request *rq, struct gathering *m, struct paper *p,
                        struct error *reterr)
{
	enum status st = on_gathering(rq, m, reterr);

	if (st == OK && m->state == MEETING_PLANNED)
		return FAIL_NOT_FOUND(reterr);
	return st == OK ? minutes_write(rq, m, p, reterr) : st;
}

static enum status show_minutes(struct request *rq, struct response *rs, struct error *reterr)
{
	struct gathering m;
	struct paper p;
	enum status st = load(rq, &m, &p, reterr);

	if (st != OK)
		return st;
	struct minutes_page record = {
		.version = m.version,
		.reference = m.reference,
		.title = p.title,
		.under = p.under,
		.odt_href = gathering_path(rq->arena, &m, "/minutes/odt"),
		.back_href = gathering_path(rq->arena, &m, ""),
		.state = m.state,
		.lines = paper_lines(&p),
	};
	/* whoever comes to establish them, reads them here */
	if (m.state == MEETING_CLOSED)
		st = gathering_moves(rq, &m, &record.moves, reterr);
	if (st != OK)
		return st;
	const struct page page = { .title = "Verslag van de Stuurploeg",
		                   .place = "/steering",
		                   .crumbs = gathering_crumbs(rq->arena, &m),
		                   .confidential = true,
		                   .template_name = "steering/minutes" };
	return page_respond(rq, rs, &page, &PAGE_VIEW, &record, reterr);
}

static enum status send_odt(struct request *rq, struct response *rs, struct error *reterr)
{
	struct gathering m;
	struct paper p;
	const enum status st = load(rq, &m, &p, reterr);

	if (st != OK)
		return st;
	rs->content_type = ODT_CONTENT_TYPE;
	rs->file_name = arena_printf(rq->arena, "verslag-%s.odt", m.reference);
	paper_odt(&p, &rs->body);
	return OK;
}

const struct route steering_minutes_routes[] = {
	{ .method = "GET",
	  .path = "/steering/{ref}/minutes",
	  .permission = PERM_STEERING_READ,
	  .action = AUDIT_STEERING_VIEW,
	  .read = show_minutes,
	  .view = &PAGE_VIEW,
	  .summary = "Het verslag van een vergadering van de Stuurploeg" },
	{ .method = "GET",
	  .path = "/steering/{ref}/minutes/odt",
	  .permission = PERM_STEERING_READ,
	  .action = AUDIT_STEERING_COPY,
	  .flags = ROUTE_PAGE_ONLY,
	  .read = send_odt,
	  .summary = "Het verslag als tekstdocument (ODT)" },
	{ 0 },
};

const struct page_template steering_minutes_templates[] = {
	{ .name = "steering/minutes", .view = &PAGE_VIEW, .whole = true },
	{ 0 },
};
