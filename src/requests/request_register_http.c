/* Beside a request: a copy for the desk's own systems, the reason of a refusal, the register of
 * provisions, and how long partners take. */
#include "requests/request_page.h"

#include "access/access.h"
#include "audit/action.h"
#include "law/instruments.h"
#include "platform/core/calendar.h"
#include "platform/core/dutch.h"
#include "platform/view/list.h"
#include "plein/plein.h"

static const int64_t DAY_MS = INT64_C(86400000);

/* ---- a copy for own systems -------------------------------------------------------------------- */

static void write_item(struct out *o, struct arena *a, const struct on_request *on,
                       const struct request_item *i)
{
	const struct asked_subject *s = request_subject(on, i->presence_id);
	const struct law_kind *kind = law_kind(i->item.kind);

	out_csv(o, s != NULL ? s->name : "");
	OUT_LIT(o, ";");
	out_csv(o, s != NULL ? s->copied : "");
	OUT_LIT(o, ";");
	out_csv(o, kind != NULL ? kind->label : "");
	OUT_LIT(o, ";");
	out_csv(o, i->item.text);
	OUT_LIT(o, ";");
	out_csv(o, i->item.cents != INT64_MIN ? dutch_euros(a, i->item.cents) : "");
	OUT_LIT(o, ";");
	out_csv(o, i->item.day != INT64_MIN ? iso_date(a, (int32_t)i->item.day) : "");
	OUT_LIT(o, ";");
	out_csv(o, i->item.is_judgement ? "oordeel" : "feit");
	OUT_LIT(o, "\r\n");
}

/* What this organisation itself sent: its own words, no others'. */
static enum status show_copy(struct request *rq, struct response *rs, struct error *reterr)
{
	struct on_request on = { 0 };
	struct array items = { 0 };

	enum status st = on_request(rq, &on, reterr);
	if (st != OK)
		return st;
	if (!on.of_addressee || on.request.answered_at == 0)
		return FAIL_NOT_FOUND(reterr);
	st = request_items(rq->db, plein_of(rq)->keyring, &on.request, rq->arena, &items, reterr);
	if (st != OK)
		return st;
	const struct request_item *i = items.items;
	OUT_LIT(&rs->body, "\xef\xbb\xbfWie;Kenmerken;Wat;Tekst;Bedrag;Datum;Soort\r\n");
	for (size_t n = 0; n < items.count; n++)
		if (i[n].stage == ITEM_SENT || i[n].stage == ITEM_KEPT)
			write_item(&rs->body, rq->arena, &on, &i[n]);
	const struct copy taken = request_copy(rq, &on.request, COPY_TAKEN_OVER);
	(void)copy_given(rq, rs, &taken);
	rq->touched.count = (int32_t)items.count;
	rs->content_type = "text/csv; charset=utf-8";
	rs->file_name = arena_printf(rq->arena, "%s.csv", on.request.reference);
	return OK;
}

/* ---- why something was refused ------------------------------------------------------------------ */

struct reason_page {
	const char *reference, *href, *reason, *words;
	bool recorded;
};
static const struct view_field REASON_FIELDS[] = {
	VIEW_F(struct reason_page, reference, VIEW_REF),
	VIEW_AS(struct reason_page, href, "href", VIEW_TEXT, .page_only = true),
	VIEW_F(struct reason_page, reason, VIEW_TEXT),
	VIEW_F(struct reason_page, words, VIEW_TEXT),
	VIEW_F(struct reason_page, recorded, VIEW_BOOL),
};
static const struct view REASON_VIEW = VIEW_OF(struct reason_page, REASON_FIELDS);

static const char *reason_label(int code)
{
	size_t count = 0;
	const struct law_refusal_reason *rows = law_refusal_reasons(&count);

	for (size_t i = 0; i < count; i++)
		if (rows[i].code == code)
			return rows[i].label;
	return NULL;
}

static enum status show_reason(struct request *rq, struct response *rs, struct error *reterr)
{
	struct on_request on = { 0 };
	const char *words = "";
	int code = 0;

	enum status st = on_request(rq, &on, reterr);
	if (st != OK)
		return st;
	if (!request_reason_open_to(rq->viewer->role, on.of_addressee) ||
	    on.request.answered_at == 0)
		return FAIL_NOT_FOUND(reterr);
	struct reason_page record = { .reference = on.request.reference,
		                      .href = request_path(rq->arena, &on.request, "") };
	if (on.request.state == REQUEST_REFUSED || on.request.state == REQUEST_CLOSED)
		st = request_reason(rq->db, plein_of(rq)->keyring, &on.request, rq->arena, &code,
		                    &words, reterr);
	else
		st = ERR_NOT_FOUND;
	record.recorded = st == OK;
	record.reason = st == OK ? reason_label(code) : NULL;
	record.words = st == OK && words[0] != '\0' ? words : NULL;
	if (st != OK && st != ERR_NOT_FOUND)
		return st;
	const struct page page = { .title = "Reden",
		                   .place = "/requests",
		                   .crumbs = request_crumbs(rq->arena, &on.request),
		                   .confidential = true,
		                   .template_name = "requests/reason" };
	return page_respond(rq, rs, &page, &REASON_VIEW, &record, reterr);
}

/* ---- the register of provisions ------------------------------------------------------------------- */

struct provision {
	int64_t id, day, subjects, items;
	const char *reference, *category, *ground, *task;
};
static const struct view_field PROVISION_FIELDS[] = {
	VIEW_F(struct provision, id, VIEW_INT),
	VIEW_AS(struct provision, day, "day", VIEW_DAY, .label = "Dag"),
	VIEW_AS(struct provision, reference, "reference", VIEW_REF, .label = "Bevraging"),
	VIEW_AS(struct provision, category, "category", VIEW_TEXT, .label = "Soort gegevens"),
	VIEW_AS(struct provision, subjects, "subjects", VIEW_INT, .label = "Betrokkenen"),
	VIEW_AS(struct provision, items, "given", VIEW_INT, .label = "Gegevens"),
	VIEW_AS(struct provision, ground, "ground", VIEW_TEXT, .label = "Grondslag"),
};
static const struct view PROVISION_VIEW = VIEW_OF(struct provision, PROVISION_FIELDS);

static const struct list_sort PROVISION_SORTS[] = {
	{ "oldest", "Dag, oudste eerst", { { "day", false }, { "id", false } }, false },
	{ "newest", "Dag, nieuwste eerst", { { "day", true }, { "id", true } }, true },
};
static const struct list_filter PROVISION_FILTERS[] = {
	{ "month", "Maand", FILTER_CALENDAR, NULL },
};
static const struct list PROVISION_LIST = {
	.name = "provisions",
	.path = "/requests/provisions",
	.row = &PROVISION_VIEW,
	.sorts = PROVISION_SORTS,
	.sort_count = 2,
	.filters = PROVISION_FILTERS,
	.filter_count = 1,
	.empty = "In deze maand verstrekte uw organisatie niets.",
	.file_name = "verstrekkingen.csv",
};

struct provision_page {
	struct list_page list;
	const char *month, *previous_href, *next_href;
};
static const struct view_field PROVISION_PAGE_FIELDS[] = {
	VIEW_F(struct provision_page, month, VIEW_TEXT),
	LIST_FIELDS(struct provision_page, list, PROVISION_VIEW),
	VIEW_AS(struct provision_page, previous_href, "previousHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct provision_page, next_href, "nextHref", VIEW_TEXT, .page_only = true),
};
static const struct view PROVISION_PAGE_VIEW =
    VIEW_OF(struct provision_page, PROVISION_PAGE_FIELDS);

/* 2026-11; this month when it can't be read. */
static struct civil month_of(const struct request *rq, const char *text)
{
	struct civil c = civil_from_day(local_day(rq->now_ms));
	int32_t day = 0;

	if (text != NULL && iso_date_read(arena_printf(rq->arena, "%s-01", text), &day))
		c = civil_from_day(day);
	c.day = 1;
	return c;
}

static const char *month_href(struct arena *a, int32_t first, int months)
{
	const struct civil c = civil_from_day(day_add_months(first, months));
	return arena_printf(a, "/requests/provisions?month=%04d-%02d", c.year, c.month);
}

static enum status show_provisions(struct request *rq, struct response *rs, struct error *reterr)
{
	const struct list_query q = list_read(&PROVISION_LIST, rq);
	const struct civil month = month_of(rq, q.chosen[0].kept);
	const int32_t first = day_from_civil(month);
	struct array found = { 0 };

	enum status st =
	    request_provisions(rq->db, rq->viewer->organ_id, first, day_add_months(first, 1) - 1,
	                       rq->arena, &found, reterr);
	if (st != OK)
		return st;
	const struct provision_row *from = found.items;
	struct provision *to = ARENA_ARRAY(rq->arena, struct provision, found.count + 1);
	for (size_t i = 0; i < found.count; i++) {
		const struct law_category_row *row = law_category(from[i].category);
		to[i] =
		    (struct provision){ .id = from[i].id,
			                .day = from[i].day,
			                .subjects = from[i].subjects,
			                .items = from[i].items,
			                .reference = from[i].reference,
			                .category = row != NULL ? row->label : "",
			                .ground = row != NULL ? arena_printf(rq->arena,
			                                                     "WGS, artikel 1.5; %s",
			                                                     row->article)
			                                      : "" };
	}
	rq->touched = (struct touched){ .kind = OBJECT_REQUEST, .count = (int32_t)found.count };
	const struct provision_page record = {
		.month = arena_printf(rq->arena, "%s %d", dutch_month(month.month), month.year),
		.previous_href = month_href(rq->arena, first, -1),
		.next_href =
		    first <= local_day(rq->now_ms) - 31 ? month_href(rq->arena, first, 1) : NULL,
		.list = list_finish_whole(&q, rq->arena, to, found.count),
	};
	const struct page page = { .title = "Register van verstrekkingen",
		                   .place = "/requests",
		                   .template_name = "requests/provisions" };
	const struct list_drawing drawing = { &page, &PROVISION_PAGE_VIEW, &record, &record.list };
	return list_respond(rq, rs, &q, &drawing, reterr);
}

/* ---- how long partners take ------------------------------------------------------------------------- */

struct ageing {
	const char *participant;
	int64_t waiting, late, oldest_due, answered, days;
};
static const struct view_field AGEING_FIELDS[] = {
	VIEW_AS(struct ageing, participant, "participant", VIEW_TEXT, .label = "Deelnemer"),
	VIEW_AS(struct ageing, waiting, "waiting", VIEW_INT, .label = "Wacht op antwoord"),
	VIEW_AS(struct ageing, late, "late", VIEW_INT, .label = "Te laat"),
	VIEW_AS(struct ageing, oldest_due, "oldestDue", VIEW_DAY, .label = "Oudste termijn"),
	VIEW_AS(struct ageing, answered, "answered", VIEW_INT, .label = "Afgehandeld, 90 dagen"),
	VIEW_AS(struct ageing, days, "days", VIEW_INT, .label = "Gemiddeld, dagen"),
};
static const struct view AGEING_VIEW = VIEW_OF(struct ageing, AGEING_FIELDS);

static const struct list_sort AGEING_SORTS[] = {
	{ "name", "Deelnemer, van a naar z", { { "participant", false } }, false },
	{ "name-back", "Deelnemer, van z naar a", { { "participant", true } }, true },
	{ "late", "Meest te laat eerst", { { "late", true }, { "participant", false } }, false },
	{ "slow", "Langzaamste eerst", { { "days", true }, { "participant", false } }, false },
};
static const struct list AGEING_LIST = {
	.name = "ageing",
	.path = "/requests/ageing",
	.row = &AGEING_VIEW,
	.sorts = AGEING_SORTS,
	.sort_count = 4,
	.empty = "Er zijn nog geen bevragingen uitgezet.",
	.file_name = "doorlooptijd-bevragingen.csv",
};

struct ageing_page {
	struct list_page list;
};
static const struct view_field AGEING_PAGE_FIELDS[] = {
	LIST_FIELDS(struct ageing_page, list, AGEING_VIEW),
};
static const struct view AGEING_PAGE_VIEW = VIEW_OF(struct ageing_page, AGEING_PAGE_FIELDS);

enum { AGEING_DAYS = 90 };

static enum status show_ageing(struct request *rq, struct response *rs, struct error *reterr)
{
	const struct list_query q = list_read(&AGEING_LIST, rq);
	struct array found = { 0 };
	enum status st =
	    request_ageing(rq->db, rq->now_ms - AGEING_DAYS * DAY_MS, rq->arena, &found, reterr);

	if (st != OK)
		return st;
	const struct ageing_row *from = found.items;
	struct ageing *to = ARENA_ARRAY(rq->arena, struct ageing, found.count + 1);
	for (size_t i = 0; i < found.count; i++)
		to[i] = (struct ageing){ from[i].participant,
			                 from[i].waiting,
			                 from[i].late,
			                 from[i].oldest_due != 0 ? from[i].oldest_due : INT64_MIN,
			                 from[i].answered,
			                 from[i].answer_days };
	rq->touched = (struct touched){ .kind = OBJECT_REQUEST, .count = (int32_t)found.count };
	const struct ageing_page record = {
		.list = list_finish_whole(&q, rq->arena, to, found.count),
	};
	const struct page page = { .title = "Doorlooptijd per deelnemer",
		                   .place = "/requests",
		                   .template_name = "requests/ageing" };
	const struct list_drawing drawing = { &page, &AGEING_PAGE_VIEW, &record, &record.list };
	return list_respond(rq, rs, &q, &drawing, reterr);
}

const struct route request_register_routes[] = {
	{ .method = "GET",
	  .path = "/requests/{ref}/copy",
	  .permission = PERM_REQUEST_ANSWER,
	  .action = AUDIT_REQUEST_COPY,
	  .read = show_copy,
	  .summary = "Wat uw organisatie zelf verstrekte, voor uw eigen systemen (CSV)" },
	{ .method = "GET",
	  .path = "/requests/{ref}/reason",
	  .permission = PERM_REQUEST_REASON,
	  .action = AUDIT_REQUEST_REASON,
	  .read = show_reason,
	  .view = &REASON_VIEW,
	  .summary = "Of een reden is vastgelegd, en welke" },
	{ .method = "GET",
	  .path = "/requests/provisions",
	  .permission = PERM_REQUEST_ANSWER,
	  .action = AUDIT_PROVISIONS,
	  .read = show_provisions,
	  .view = &PROVISION_PAGE_VIEW,
	  .summary = "Wat uw organisatie in een maand verstrekte" },
	{ .method = "GET",
	  .path = "/requests/ageing",
	  .permission = PERM_REQUEST_AGEING,
	  .action = AUDIT_REQUEST_LIST,
	  .read = show_ageing,
	  .view = &AGEING_PAGE_VIEW,
	  .summary = "Hoe lang elke deelnemer over een antwoord doet" },
	{ 0 },
};

const struct page_template request_register_templates[] = {
	{ .name = "requests/reason", .view = &REASON_VIEW, .whole = true },
	{ .name = "requests/provisions", .view = &PROVISION_PAGE_VIEW, .whole = true },
	{ .name = "requests/ageing", .view = &AGEING_PAGE_VIEW, .whole = true },
	{ 0 },
};
