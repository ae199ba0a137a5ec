/* The inbox of a desk, and all requests for the bureau: what waits comes first. */
#include "requests/request_page.h"

#include "access/access.h"
#include "audit/action.h"
#include "platform/core/calendar.h"
#include "platform/view/list.h"
#include "signals/theme.h"

struct row {
	const char *reference, *href, *participant, *casefile;
	uint8_t state;
	int kind, theme;
	int64_t due_day, asked_day, subjects, place;
	bool urgent, late;
};
static const struct view_field ROW_FIELDS[] = {
	VIEW_AS(struct row, reference, "reference", VIEW_REF, .label = "Nummer"),
	VIEW_AS(struct row, href, "href", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct row, participant, "participant", VIEW_TEXT, .label = "Aan"),
	VIEW_AS(struct row, casefile, "casefile", VIEW_REF, .label = "Casus"),
	VIEW_AS(struct row, theme, "theme", VIEW_CODE, .codes = SIGNAL_THEMES, .label = "Thema"),
	VIEW_AS(struct row, asked_day, "askedOn", VIEW_DAY, .label = "Gevraagd op"),
	VIEW_AS(struct row, state, "state", VIEW_STATE, .machine = &REQUEST_MACHINE,
	        .label = "Stand"),
	VIEW_AS(struct row, kind, "kind", VIEW_CODE, .codes = REQUEST_KINDS, .label = "Vraag"),
	VIEW_AS(struct row, due_day, "due", VIEW_DUE, .label = "Uiterlijk"),
	VIEW_AS(struct row, subjects, "subjects", VIEW_INT, .label = "Betrokkenen"),
	VIEW_AS(struct row, urgent, "urgent", VIEW_BOOL, .label = "Spoed"),
	VIEW_AS(struct row, late, "late", VIEW_BOOL, .label = "Te laat"),
	VIEW_AS(struct row, place, "place", VIEW_INT, .page_only = true),
};
static const struct view ROW_VIEW = VIEW_OF(struct row, ROW_FIELDS);

static const struct code STATES[] = {
	{ REQUEST_DRAFT, "DRAFT", "Concept" },
	{ REQUEST_ISSUED, "ISSUED", "Uitgezet" },
	{ REQUEST_ACCEPTED, "ACCEPTED", "In behandeling" },
	{ REQUEST_SIGNING, "SIGNING", "Wacht op tweede persoon" },
	{ REQUEST_HIT, "ANSWERED_HIT", "Bekend" },
	{ REQUEST_ANSWERED, "ANSWERED", "Beantwoord" },
	{ REQUEST_CHECKED, "CHECKED", "Gecontroleerd" },
	{ REQUEST_CLOSED, "CLOSED", "Afgesloten" },
	{ REQUEST_EMPTY, "HANDLED", "Afgehandeld, niets toegevoegd" },
	{ 0 },
};
static const struct list_sort SORTS[] = {
	{ "due", "Uiterlijk, eerste eerst", { { "place", false }, { "reference", false } }, false },
	{ "last", "Uiterlijk, laatste eerst", { { "place", true }, { "reference", true } }, true },
};
static const struct list_filter FILTERS[] = {
	{ "state", "Stand", FILTER_CODES, STATES },
};
static const struct list LIST = {
	.name = "requests",
	.path = "/requests",
	.row = &ROW_VIEW,
	.sorts = SORTS,
	.sort_count = 2,
	.filters = FILTERS,
	.filter_count = 1,
	.empty = "Geen bevragingen om te tonen.",
	.file_name = "bevragingen.csv",
};

struct list_record {
	struct list_page list;
	bool at_desk;
	const char *provisions_href, *ageing_href;
};
static const struct view_field PAGE_FIELDS[] = {
	LIST_FIELDS(struct list_record, list, ROW_VIEW),
	VIEW_AS(struct list_record, at_desk, "atDesk", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct list_record, provisions_href, "provisionsHref", VIEW_TEXT,
	        .page_only = true),
	VIEW_AS(struct list_record, ageing_href, "ageingHref", VIEW_TEXT, .page_only = true),
};
static const struct view PAGE_VIEW = VIEW_OF(struct list_record, PAGE_FIELDS);

/* Who answers reads what is asked, not what the casefile is about. */
static struct row drawn_row(struct arena *a, const struct request_row *r, bool at_desk)
{
	return (struct row){
		.reference = r->reference,
		.href = arena_printf(a, "/requests/%s", r->reference),
		.participant = r->participant,
		.casefile = r->casefile,
		.theme = at_desk ? 0 : r->theme,
		.asked_day = r->issued_at != 0 ? local_day(r->issued_at) : INT64_MIN,
		.state = r->state,
		.kind = r->kind,
		.due_day = request_waits_for_answer(r->state) ? r->due_day : INT64_MIN,
		.subjects = r->subjects,
		.place = r->place,
		.urgent = r->urgent,
		.late = r->late,
	};
}

static enum status show_list(struct request *rq, struct response *rs, struct error *reterr)
{
	const struct list_query q = list_read(&LIST, rq);
	const struct request_query asked = {
		.viewer = rq->viewer,
		.place = q.keys[0].number,
		.reference = q.first ? NULL : q.keys[1].text,
		.backward = q.backward,
		.states = q.chosen[0].codes,
		.limit = q.limit,
	};
	struct array found = { 0 };

	enum status st = request_rows(rq->db, &asked, rq->arena, &found, reterr);
	if (st != OK)
		return st;
	const enum role role = rq->viewer->role;
	const bool at_desk = role == ROLE_PARTNER_DESK || role == ROLE_PARTNER_DECIDER;
	const struct request_row *from = found.items;
	struct row *to = ARENA_ARRAY(rq->arena, struct row, found.count + 1);
	for (size_t i = 0; i < found.count; i++)
		to[i] = drawn_row(rq->arena, &from[i], at_desk);
	rq->touched = (struct touched){ .kind = OBJECT_REQUEST, .count = (int32_t)found.count };
	const struct list_record record = {
		.list = list_finish(&q, rq->arena, to, found.count),
		.at_desk = at_desk,
		.provisions_href =
		    access_permits(role, PERM_REQUEST_ANSWER) ? "/requests/provisions" : NULL,
		.ageing_href =
		    access_permits(role, PERM_REQUEST_AGEING) ? "/requests/ageing" : NULL,
	};
	const struct page page = { .title = "Bevragingen",
		                   .place = "/requests",
		                   .template_name = "requests/list" };
	const struct list_drawing drawing = { &page, &PAGE_VIEW, &record, &record.list };
	return list_respond(rq, rs, &q, &drawing, reterr);
}

const struct route request_list_routes[] = {
	{ .method = "GET",
	  .path = "/requests",
	  .permission = PERM_REQUEST_READ,
	  .action = AUDIT_REQUEST_LIST,
	  .read = show_list,
	  .view = &PAGE_VIEW,
	  .summary = "Bevragingen: wat wacht, staat vooraan" },
	{ 0 },
};

const struct page_template request_list_templates[] = {
	{ .name = "requests/list", .view = &PAGE_VIEW, .whole = true },
	{ 0 },
};
