/* The auditor's list, its export, the seals, and "Wat ik deed". */
#include "logbook/logbook.h"

#include "access/access.h"
#include "audit/action.h"
#include "audit/list.h"
#include "audit/prove.h"
#include "logbook/event_line.h"
#include "logbook/log_file.h"
#include "logbook/log_query.h"
#include "plein/plein.h"
#include "platform/core/dutch.h"
#include "platform/crypto/crypto.h"
#include "platform/view/choice.h"

enum {
	PAGE_ROWS = 50,
	HEADS_FILE_ROWS = 1440, /* a day of them, from where the page begins */
	SEALER_LATE_MS = 60000
};

static const struct view_field CHIP_FIELDS[] = {
	VIEW_F(struct link, label, VIEW_TEXT),
	VIEW_F(struct link, href, VIEW_TEXT),
};
static const struct view CHIP_VIEW = VIEW_OF(struct link, CHIP_FIELDS);

/* ---- the list ---------------------------------------------------------------------- */

struct log_page {
	/* the seal */
	bool sealed, intact;
	const char *sealed_at, *size;
	/* the filters, as typed */
	const char *actor, *object, *from, *to;
	struct array actions, outcomes, orders, chips;
	bool has_chips;
	/* the lines */
	struct array events;
	bool has_events;
	int64_t first_row, last_row; /* 0: an endless list has no row numbers */
	const char *csv_href, *ods_href, *json_href, *start_href, *next_href;
};
#define PAGE_ONLY(member, name_, kind_)                                                            \
	VIEW_AS(struct log_page, member, name_, kind_, .page_only = true)
static const struct view_field LOG_FIELDS[] = {
	VIEW_AS(struct log_page, sealed, "sealed", VIEW_BOOL),
	VIEW_AS(struct log_page, intact, "intact", VIEW_BOOL),
	PAGE_ONLY(sealed_at, "sealedAt", VIEW_TEXT),
	PAGE_ONLY(size, "size", VIEW_TEXT),
	PAGE_ONLY(actor, "actor", VIEW_TEXT),
	PAGE_ONLY(object, "object", VIEW_TEXT),
	PAGE_ONLY(from, "from", VIEW_TEXT),
	PAGE_ONLY(to, "to", VIEW_TEXT),
	VIEW_AS(struct log_page, actions, "actionOptions", VIEW_LIST, .view = &CHOICE_VIEW,
	        .page_only = true),
	VIEW_AS(struct log_page, outcomes, "outcomeOptions", VIEW_LIST, .view = &CHOICE_VIEW,
	        .page_only = true),
	VIEW_AS(struct log_page, orders, "orderOptions", VIEW_LIST, .view = &CHOICE_VIEW,
	        .page_only = true),
	VIEW_AS(struct log_page, chips, "chips", VIEW_LIST, .view = &CHIP_VIEW, .page_only = true),
	PAGE_ONLY(has_chips, "hasChips", VIEW_BOOL),
	VIEW_AS(struct log_page, events, "events", VIEW_LIST, .view = &EVENT_LINE_VIEW),
	PAGE_ONLY(has_events, "hasEvents", VIEW_BOOL),
	PAGE_ONLY(first_row, "firstRow", VIEW_INT),
	PAGE_ONLY(last_row, "lastRow", VIEW_INT),
	PAGE_ONLY(csv_href, "csvHref", VIEW_TEXT),
	PAGE_ONLY(ods_href, "odsHref", VIEW_TEXT),
	PAGE_ONLY(json_href, "jsonHref", VIEW_TEXT),
	PAGE_ONLY(start_href, "newerHref", VIEW_TEXT),
	VIEW_AS(struct log_page, next_href, "olderHref", VIEW_TEXT),
};
static const struct view LOG_VIEW = VIEW_OF(struct log_page, LOG_FIELDS);

/* Sealed by our own hand, and the sealer keeps up. Whether every event still is what was
 * sealed is for `plein log verify`, which reads them all. */
static enum status add_seal(struct request *rq, struct log_page *page, struct error *reterr)
{
	struct audit_log *log = plein_of(rq)->log;
	const struct audit_log_figures f = audit_log_figures(log);
	struct audit_head head;

	const enum status st = audit_newest_head(log, &head, reterr);
	if (st == ERR_NOT_FOUND)
		return OK;
	if (st != OK)
		return st;
	page->sealed = true;
	page->intact = audit_head_holds(&head) && f.status == OK &&
	               rq->now_ms - f.last_step_ms < SEALER_LATE_MS;
	page->sealed_at = dutch_moment(rq->arena, head.at_ms);
	page->size = dutch_count(rq->arena, (int64_t)head.size, "regel", "regels");
	return OK;
}

static void add_choices(struct arena *a, const struct log_query *q, struct log_page *page)
{
	uint32_t count;
	const struct audit_word *words = audit_action_words(&count);
	const char *action = q->text[BY_ACTION] != NULL ? q->text[BY_ACTION] : "";
	const char *outcome = q->text[BY_OUTCOME] != NULL ? q->text[BY_OUTCOME] : "";

	page->actions = choices_for(a, count + 1);
	choices_add(&page->actions, "", "Alles", action);
	for (uint32_t i = 0; i < count; i++)
		choices_add(&page->actions, words[i].name, words[i].label, action);
	page->outcomes = choices_for(a, 4);
	choices_add(&page->outcomes, "", "Alles", outcome);
	for (const struct code *c = LOG_OUTCOMES; c->name != NULL; c++)
		choices_add(&page->outcomes, c->name, c->label, outcome);
}

static void add_filters(struct arena *a, const struct log_query *q, struct log_page *page)
{
	struct link *chips = ARENA_ARRAY(a, struct link, LOG_FILTER_COUNT);

	page->actor = q->text[BY_ACTOR];
	page->object = q->text[BY_OBJECT];
	page->from = q->text[FROM_DAY];
	page->to = q->text[TO_DAY];
	for (int i = 0; i < LOG_FILTER_COUNT; i++)
		if (q->label[i] != NULL)
			chips[page->chips.count++] = (struct link){
				.label = q->label[i],
				.href = log_query_href(a, "/log", q, (enum log_filter)i, NULL),
			};
	page->chips.items = chips;
	page->has_chips = page->chips.count > 0;
	page->csv_href = log_query_href(a, "/log/export", q, LOG_FILTER_COUNT, NULL);
	page->ods_href = log_query_href(a, "/log/export", q, LOG_FILTER_COUNT, "format=ods");
	page->json_href = log_query_href(a, "/log/export", q, LOG_FILTER_COUNT, "format=json");
	add_choices(a, q, page);
}

static const char *following(struct request *rq, const char *path, const struct log_query *q,
                             const struct audit_page *found)
{
	if (!found->more)
		return NULL;
	const char *after =
	    arena_printf(rq->arena, "after=%s", log_cursor_text(rq->arena, &found->next));
	return log_query_href(rq->arena, path, q, LOG_FILTER_COUNT, after);
}

static enum status find_lines(struct request *rq, const struct log_query *q, const char *path,
                              enum actor_words words, struct log_page *page, struct error *reterr)
{
	struct audit_page found;
	enum status st =
	    audit_list(plein_of(rq)->log, rq->arena, &q->filter, &q->at, PAGE_ROWS, &found, reterr);
	if (st == OK)
		st = event_lines(rq, &found, words, &page->events, reterr);
	if (st != OK)
		return st;
	page->has_events = page->events.count > 0;
	page->orders = log_orders(rq->arena, q);
	page->next_href = following(rq, path, q, &found);
	if (q->at.quarter != 0)
		page->start_href = log_query_href(rq->arena, path, q, LOG_FILTER_COUNT, NULL);
	return OK;
}

static enum status show_log(struct request *rq, struct response *rs, struct error *reterr)
{
	const struct page page = { .title = "Logboek",
		                   .place = "/log",
		                   .template_name = "audit/log" };
	const struct log_query q = log_query_read(rq->query, rq->arena);
	struct log_page record = { .sealed = false };

	rq->touched = (struct touched){ .kind = OBJECT_LOG };
	add_filters(rq->arena, &q, &record);
	enum status st = add_seal(rq, &record, reterr);
	if (st == OK)
		st = find_lines(rq, &q, "/log", ACTORS_BY_NUMBER, &record, reterr);
	if (st != OK)
		return st;
	rq->touched.count = (int32_t)record.events.count;
	return page_respond(rq, rs, &page, &LOG_VIEW, &record, reterr);
}

/* ---- taking it along --------------------------------------------------------------- */

static void write_json(struct response *rs, const struct audit_page *all)
{
	for (size_t i = 0; i < all->count; i++) {
		char line[AUDIT_JSON_MAX_BYTES];
		const size_t len = audit_event_json(&all->rows[i].event, line);
		out_raw(&rs->body, line, len);
		OUT_LIT(&rs->body, "\n");
	}
	rs->content_type = "application/x-ndjson";
	rs->file_name = "logboek.ndjson";
}

static enum status export_log(struct request *rq, struct response *rs, struct error *reterr)
{
	const struct log_query q = log_query_read(rq->query, rq->arena);
	const struct log_file file = { &q.filter, &q.at, ACTORS_BY_NUMBER, "logboek" };
	const char *format = input_text(rq->query, "format");
	const bool json = rq->wants_json || (format != NULL && strcmp(format, "json") == 0);
	struct audit_page all;

	rq->touched = (struct touched){ .kind = OBJECT_LOG };
	if (!json)
		return log_file_respond(rq, rs, &file, reterr);
	const enum status st = log_file_rows(rq, &file, &all, reterr);
	if (st != OK)
		return st;
	rq->touched.count = (int32_t)all.count;
	write_json(rs, &all);
	return OK;
}

/* ---- what I did -------------------------------------------------------------------- */

/* The period that was asked; whoever else's events were named, they are the viewer's own. */
static struct log_query own_query(const struct request *rq)
{
	struct log_query q = log_query_read(rq->query, rq->arena);

	for (int i = 0; i < FROM_DAY; i++)
		q.text[i] = q.label[i] = NULL;
	q.filter = (struct audit_filter){ .actor_id = rq->viewer->person_id,
		                          .from_ms = q.filter.from_ms,
		                          .until_ms = q.filter.until_ms,
		                          .oldest_first = q.filter.oldest_first };
	return q;
}

static enum status show_mine(struct request *rq, struct response *rs, struct error *reterr)
{
	const struct page page = { .title = "Wat ik deed", .template_name = "audit/mine" };
	const struct log_query q = own_query(rq);
	struct log_page record = { .from = q.text[FROM_DAY], .to = q.text[TO_DAY] };

	rq->touched = (struct touched){ .kind = OBJECT_PERSON, .id = rq->viewer->person_id };
	const struct log_file file = { &q.filter, &(struct audit_cursor){ 0 }, ACTORS_SELF,
		                       "wat-ik-deed" };
	if (rq->wants_csv || rq->wants_ods)
		return log_file_respond(rq, rs, &file, reterr);
	const enum status st = find_lines(rq, &q, "/me/log", ACTORS_SELF, &record, reterr);
	if (st != OK)
		return st;
	record.csv_href = log_query_href(rq->arena, "/me/log", &q, LOG_FILTER_COUNT, "format=csv");
	record.ods_href = log_query_href(rq->arena, "/me/log", &q, LOG_FILTER_COUNT, "format=ods");
	rq->touched.count = (int32_t)record.events.count;
	return page_respond(rq, rs, &page, &LOG_VIEW, &record, reterr);
}

/* ---- the seals --------------------------------------------------------------------- */

struct head_line {
	int64_t at, size;
	const char *quarter, *root, *text;
	bool holds;
};
static const struct view_field HEAD_FIELDS[] = {
	VIEW_AS(struct head_line, at, "at", VIEW_MOMENT, .label = "Wanneer"),
	VIEW_AS(struct head_line, quarter, "quarter", VIEW_TEXT, .label = "Deel"),
	VIEW_AS(struct head_line, size, "size", VIEW_INT, .label = "Regels"),
	VIEW_AS(struct head_line, root, "root", VIEW_TEXT, .label = "Samenvatting van alle regels"),
	VIEW_AS(struct head_line, holds, "holds", VIEW_BOOL, .label = "Handtekening klopt"),
	VIEW_AS(struct head_line, text, "text", VIEW_TEXT, .label = "Zegel"),
};
static const struct view HEAD_VIEW = VIEW_OF(struct head_line, HEAD_FIELDS);

struct heads_page {
	struct array heads;
	bool has_heads;
	const char *csv_href, *ods_href, *start_href, *next_href;
};
static const struct view_field HEADS_FIELDS[] = {
	VIEW_AS(struct heads_page, heads, "heads", VIEW_LIST, .view = &HEAD_VIEW),
	VIEW_AS(struct heads_page, has_heads, "hasHeads", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct heads_page, csv_href, "csvHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct heads_page, ods_href, "odsHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct heads_page, start_href, "newerHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct heads_page, next_href, "olderHref", VIEW_TEXT),
};
static const struct view HEADS_VIEW = VIEW_OF(struct heads_page, HEADS_FIELDS);

static const char *root_text(struct arena *a, const struct digest *root)
{
	char *text = arena_alloc(a, 2 * DIGEST_BYTES + 1);

	hex_text(root->bytes, DIGEST_BYTES, text);
	return text;
}

static struct head_line head_line_of(struct arena *a, const struct audit_head_row *row)
{
	char text[AUDIT_HEAD_TEXT_BYTES];

	audit_head_text(&row->head, text);
	return (struct head_line){
		.at = row->head.at_ms,
		.size = (int64_t)row->head.size,
		.quarter = arena_printf(a, "%lld, kwartaal %lld", (long long)(row->quarter / 10),
		                        (long long)(row->quarter % 10)),
		.root = root_text(a, &row->head.root),
		.text = arena_strdup(a, text),
		.holds = audit_head_holds(&row->head),
	};
}

/* "after=3-1204": below this size of this tree. Anything else: from the newest. */
static void read_place(const struct request *rq, int64_t *ret_tree, int64_t *ret_size)
{
	const char *text = input_text(rq->query, "after");
	char *end;

	*ret_tree = *ret_size = 0;
	if (text == NULL)
		return;
	const int64_t tree = strtoll(text, &end, 10);
	if (*end != '-' || tree <= 0)
		return;
	*ret_tree = tree;
	*ret_size = strtoll(end + 1, NULL, 10);
}

static struct array head_lines(struct arena *a, const struct audit_head_page *heads)
{
	struct head_line *lines = ARENA_ARRAY(a, struct head_line, heads->count + 1);

	for (size_t i = 0; i < heads->count; i++)
		lines[i] = head_line_of(a, &heads->rows[i]);
	return (struct array){ lines, heads->count };
}

static void head_links(struct request *rq, const struct audit_head_place *below,
                       const struct audit_head_page *heads, struct heads_page *page)
{
	const char *from = below->tree_id == 0
	                       ? ""
	                       : arena_printf(rq->arena, "&after=%lld-%lld",
	                                      (long long)below->tree_id, (long long)below->size);

	page->csv_href = arena_printf(rq->arena, "/log/heads?format=csv%s", from);
	page->ods_href = arena_printf(rq->arena, "/log/heads?format=ods%s", from);
	if (heads->count == PAGE_ROWS)
		page->next_href = arena_printf(rq->arena, "/log/heads?after=%lld-%lld",
		                               (long long)heads->rows[PAGE_ROWS - 1].tree_id,
		                               (long long)heads->rows[PAGE_ROWS - 1].head.size);
	if (below->tree_id != 0)
		page->start_href = "/log/heads";
}

static enum status show_heads(struct request *rq, struct response *rs, struct error *reterr)
{
	struct link crumbs[] = { { "Logboek", "/log", -1, false } };
	const struct page page = { .title = "Zegels van het logboek",
		                   .place = "/log",
		                   .crumbs = { crumbs, 1 },
		                   .template_name = "audit/heads" };
	const bool file = rq->wants_csv || rq->wants_ods;
	struct heads_page record = { .has_heads = false };
	struct audit_head_place below;
	struct audit_head_page heads;

	read_place(rq, &below.tree_id, &below.size);
	const enum status st = audit_heads(plein_of(rq)->log, rq->arena, &below,
	                                   file ? HEADS_FILE_ROWS : PAGE_ROWS, &heads, reterr);
	if (st != OK)
		return st;
	record.heads = head_lines(rq->arena, &heads);
	rq->touched = (struct touched){ .kind = OBJECT_LOG, .count = (int32_t)heads.count };
	if (rq->wants_ods)
		return page_ods(rq, rs, "zegels.ods", &HEAD_VIEW, record.heads, reterr);
	if (rq->wants_csv)
		return page_csv(rq, rs, "zegels.csv", &HEAD_VIEW, record.heads, reterr);
	record.has_heads = heads.count > 0;
	head_links(rq, &below, &heads, &record);
	return page_respond(rq, rs, &page, &HEADS_VIEW, &record, reterr);
}

const struct route logbook_routes[] = {
	{ .method = "GET",
	  .path = "/log",
	  .permission = PERM_LOG_READ,
	  .action = AUDIT_LOG_VIEW,
	  .read = show_log,
	  .view = &LOG_VIEW,
	  .summary = "Wat iedereen bekeek en deed, zonder inhoud" },
	{ .method = "GET",
	  .path = "/log/export",
	  .permission = PERM_LOG_READ,
	  .action = AUDIT_LOG_EXPORT,
	  .flags = ROUTE_STEP_UP,
	  .read = export_log,
	  .summary = "Het logboek met dezelfde filters als bestand" },
	{ .method = "GET",
	  .path = "/log/heads",
	  .permission = PERM_LOG_READ,
	  .action = AUDIT_LOG_VIEW,
	  .read = show_heads,
	  .view = &HEADS_VIEW,
	  .summary = "De zegels van het logboek, om na te rekenen" },
	{ .method = "GET",
	  .path = "/me/log",
	  .permission = PERM_SIGNED_IN,
	  .action = AUDIT_OWN_VIEW,
	  .read = show_mine,
	  .view = &LOG_VIEW,
	  .summary = "Wat u zelf bekeek en deed" },
	{ 0 },
};

const struct page_template logbook_templates[] = {
	{ .name = "audit/log", .view = &LOG_VIEW, .whole = true },
	{ .name = "audit/mine", .view = &LOG_VIEW, .whole = true },
	{ .name = "audit/heads", .view = &HEADS_VIEW, .whole = true },
	{ 0 },
};
