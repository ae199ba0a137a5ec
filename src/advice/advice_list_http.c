/* The advices that a viewer may open: what changed last comes first. */
#include "advice/advice_http.h"

#include "access/access.h"
#include "advice/advice_page.h"
#include "audit/action.h"
#include "platform/view/list.h"

struct row {
	const char *reference, *href, *casefile, *proposes;
	uint8_t state;
	int64_t at, edition;
};
static const struct view_field ROW_FIELDS[] = {
	VIEW_AS(struct row, reference, "reference", VIEW_REF, .label = "Nummer"),
	VIEW_AS(struct row, href, "href", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct row, proposes, "proposes", VIEW_TEXT, .label = "Wat wordt voorgesteld"),
	VIEW_AS(struct row, casefile, "casefile", VIEW_REF, .label = "Casus"),
	VIEW_AS(struct row, state, "state", VIEW_STATE, .machine = &ADVICE_MACHINE,
	        .label = "Stand"),
	VIEW_AS(struct row, at, "at", VIEW_MOMENT, .label = "Sinds"),
	VIEW_AS(struct row, edition, "edition", VIEW_INT, .label = "Uitgave"),
};
static const struct view ROW_VIEW = VIEW_OF(struct row, ROW_FIELDS);

static const struct code STATES[] = {
	{ ADVICE_DRAFT, "DRAFT", "Concept" },
	{ ADVICE_SIGNED, "SIGNED", "Wacht op tweede handtekening" },
	{ ADVICE_FINAL, "FINAL", "Definitief" },
	{ ADVICE_WITHDRAWN, "WITHDRAWN", "Ingetrokken" },
	{ 0 },
};
static const struct list_sort SORTS[] = {
	{ "newest", "Laatst gewijzigd eerst", { { "at", true }, { "reference", true } }, false },
	{ "oldest",
	  "Langst niet gewijzigd eerst",
	  { { "at", false }, { "reference", false } },
	  true },
};
static const struct list_filter FILTERS[] = {
	{ "state", "Stand", FILTER_CODES, STATES },
};
static const struct list LIST = {
	.name = "advices",
	.path = "/advices",
	.row = &ROW_VIEW,
	.sorts = SORTS,
	.sort_count = 2,
	.filters = FILTERS,
	.filter_count = 1,
	.empty = "Geen adviezen om te tonen.",
	.file_name = "adviezen.csv",
};

struct list_record {
	struct list_page list;
};
static const struct view_field PAGE_FIELDS[] = {
	LIST_FIELDS(struct list_record, list, ROW_VIEW),
};
static const struct view PAGE_VIEW = VIEW_OF(struct list_record, PAGE_FIELDS);

/* "Integrale controle, door de politie, en 2 andere" */
static const char *proposes(struct arena *a, const struct advice_row *d)
{
	const char *first;

	if (d->proposals < 0)
		return "Een vraag aan uw organisatie";
	if (d->proposals == 0)
		return "Nog geen voorstel";
	first = arena_printf(a, "%s, door %s", instrument_label(d->instrument), d->lead);
	return d->proposals == 1
	           ? first
	           : arena_printf(a, "%s, en %lld %s", first, (long long)d->proposals - 1,
	                          d->proposals == 2 ? "ander" : "andere");
}

static enum status show_list(struct request *rq, struct response *rs, struct error *reterr)
{
	const struct list_query q = list_read(&LIST, rq);
	const struct advice_query asked = {
		.viewer = rq->viewer,
		.at = q.keys[0].number,
		.reference = q.first ? NULL : q.keys[1].text,
		.backward = q.backward,
		.states = q.chosen[0].codes,
		.limit = q.limit,
	};
	struct array found = { 0 };

	const enum status st = advice_rows(rq->db, &asked, rq->arena, &found, reterr);
	if (st != OK)
		return st;
	const struct advice_row *from = found.items;
	struct row *to = ARENA_ARRAY(rq->arena, struct row, found.count + 1);
	for (size_t i = 0; i < found.count; i++)
		to[i] = (struct row){
			.reference = from[i].reference,
			.href = arena_printf(rq->arena, "/advices/%s", from[i].reference),
			.casefile = from[i].casefile,
			.proposes = proposes(rq->arena, &from[i]),
			.state = from[i].state,
			.at = from[i].at,
			.edition = from[i].edition,
		};
	rq->touched = (struct touched){ .kind = OBJECT_ADVICE, .count = (int32_t)found.count };
	const struct list_record record = { .list = list_finish(&q, rq->arena, to, found.count) };
	const struct page page = { .title = "Adviezen",
		                   .place = "/advices",
		                   .template_name = "advice/list" };
	const struct list_drawing drawing = { &page, &PAGE_VIEW, &record, &record.list };
	return list_respond(rq, rs, &q, &drawing, reterr);
}

const struct route advice_list_routes[] = {
	{ .method = "GET",
	  .path = "/advices",
	  .permission = PERM_ADVICE_READ,
	  .action = AUDIT_ADVICE_LIST,
	  .read = show_list,
	  .view = &PAGE_VIEW,
	  .summary = "Interventieadviezen: wat het laatst wijzigde, staat vooraan" },
	{ 0 },
};

const struct page_template advice_list_templates[] = {
	{ .name = "advice/list", .view = &PAGE_VIEW, .whole = true },
	{ 0 },
};
