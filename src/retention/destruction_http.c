#include "retention/destruction_http.h"

#include "access/access.h"
#include "audit/action.h"
#include "platform/core/calendar.h"
#include "platform/view/list.h"
#include "plein/plein.h"
#include "retention/destruction.h"
#include "retention/hold.h"

static const struct code KINDS[] = {
	{ OBJECT_SIGNAL, "SIGNAL", "Signaal" },
	{ OBJECT_CASEFILE, "CASEFILE", "Casus" },
	{ 0 },
};

struct item_row {
	int kind;
	const char *reference;
	int64_t due, destroyed_at;
};
static const struct view_field ITEM_FIELDS[] = {
	VIEW_AS(struct item_row, kind, "kind", VIEW_CODE, .codes = KINDS, .label = "Soort"),
	VIEW_AS(struct item_row, reference, "reference", VIEW_REF, .label = "Nummer"),
	VIEW_AS(struct item_row, due, "due", VIEW_DAY, .label = "Weg uiterlijk op"),
	VIEW_AS(struct item_row, destroyed_at, "destroyedAt", VIEW_MOMENT, .label = "Vernietigd"),
};
static const struct view ITEM_VIEW = VIEW_OF(struct item_row, ITEM_FIELDS);

struct list_row {
	const char *href, *maker, *signer;
	int64_t number, made_at, signed_at;
};
static const struct view_field LIST_ROW_FIELDS[] = {
	VIEW_AS(struct list_row, href, "href", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct list_row, number, "number", VIEW_INT, .label = "Nummer"),
	VIEW_AS(struct list_row, made_at, "madeAt", VIEW_MOMENT, .label = "Gemaakt"),
	VIEW_AS(struct list_row, maker, "maker", VIEW_TEXT, .label = "Door"),
	VIEW_AS(struct list_row, signed_at, "signedAt", VIEW_MOMENT, .label = "Getekend"),
	VIEW_AS(struct list_row, signer, "signer", VIEW_TEXT, .label = "Getekend door"),
};
static const struct view LIST_ROW_VIEW = VIEW_OF(struct list_row, LIST_ROW_FIELDS);

/* ---- what has to go, and the lists that were made: both short, both as lists -------------------- */

static const struct list_sort DUE_SORTS[] = {
	{ "due", "Wat het eerst weg moet", { { "due", false }, { "reference", false } }, false },
	{ "due-back", "Wat het laatst weg moet", { { "due", true }, { "reference", true } }, true },
	{ "number", "Nummer", { { "reference", false } }, false },
};
static const struct list DUE_LIST = {
	.name = "retention",
	.path = "/retention",
	.row = &ITEM_VIEW,
	.sorts = DUE_SORTS,
	.sort_count = 3,
	.empty = "Niets hoeft nu weg.",
	.file_name = "vernietigen.csv",
};
static const struct list_sort MADE_SORTS[] = {
	{ "newest", "Nieuwste eerst", { { "madeAt", true }, { "number", true } }, false },
	{ "oldest", "Oudste eerst", { { "madeAt", false }, { "number", false } }, true },
};
static const struct list MADE_LIST = {
	.name = "destruction-lists",
	.path = "/retention/lists",
	.row = &LIST_ROW_VIEW,
	.sorts = MADE_SORTS,
	.sort_count = 2,
	.empty = "Er is nog geen vernietigingslijst.",
	.file_name = "vernietigingslijsten.csv",
};

/* What has to stay: as on the page of holds, those that keep something. */
struct kept_row {
	const char *what, *href;
	int64_t until;
};
static const struct view_field KEPT_FIELDS[] = {
	VIEW_AS(struct kept_row, what, "what", VIEW_TEXT),
	VIEW_AS(struct kept_row, until, "until", VIEW_DAY),
	VIEW_AS(struct kept_row, href, "href", VIEW_TEXT, .page_only = true),
};
static const struct view KEPT_VIEW = VIEW_OF(struct kept_row, KEPT_FIELDS);

struct due_page {
	struct list_page list;
	struct array waiting, kept;
	bool has_waiting, has_kept;
};
static const struct view_field DUE_FIELDS[] = {
	LIST_FIELDS(struct due_page, list, ITEM_VIEW),
	VIEW_AS(struct due_page, waiting, "waiting", VIEW_LIST, .view = &LIST_ROW_VIEW),
	VIEW_AS(struct due_page, has_waiting, "hasWaiting", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct due_page, kept, "kept", VIEW_LIST, .view = &KEPT_VIEW),
	VIEW_AS(struct due_page, has_kept, "hasKept", VIEW_BOOL, .page_only = true),
};
static const struct view DUE_VIEW = VIEW_OF(struct due_page, DUE_FIELDS);

struct made_page {
	struct list_page list;
};
static const struct view_field MADE_FIELDS[] = { LIST_FIELDS(struct made_page, list,
	                                                     LIST_ROW_VIEW) };
static const struct view MADE_VIEW = VIEW_OF(struct made_page, MADE_FIELDS);

/* ---- one list, as it was signed ------------------------------------------------------------------ */

struct retention_page {
	struct array due;
	bool has_due, may_sign;
	int64_t number, version, made_at, signed_at;
	const char *maker, *signer;
};
#define P struct retention_page
static const struct view_field PAGE_FIELDS[] = {
	VIEW_AS(P, due, "items", VIEW_LIST, .view = &ITEM_VIEW),
	VIEW_AS(P, has_due, "hasItems", VIEW_BOOL, .page_only = true),
	VIEW_AS(P, may_sign, "maySign", VIEW_BOOL),
	VIEW_F(P, number, VIEW_INT),
	VIEW_F(P, version, VIEW_INT),
	VIEW_AS(P, made_at, "madeAt", VIEW_MOMENT),
	VIEW_AS(P, signed_at, "signedAt", VIEW_MOMENT),
	VIEW_F(P, maker, VIEW_TEXT),
	VIEW_F(P, signer, VIEW_TEXT),
};
#undef P
static const struct view PAGE_VIEW = VIEW_OF(struct retention_page, PAGE_FIELDS);

static int64_t moment_or_absent(int64_t at)
{
	return at != 0 ? at : INT64_MIN;
}

static struct array item_rows(struct arena *a, const struct array *items)
{
	const struct destruction_item *from = items->items;
	struct item_row *to = ARENA_ARRAY(a, struct item_row, items->count + 1);

	for (size_t i = 0; i < items->count; i++)
		to[i] = (struct item_row){ from[i].kind, from[i].reference, from[i].due_day,
			                   moment_or_absent(from[i].destroyed_at) };
	return (struct array){ to, items->count };
}

static struct array list_rows(struct arena *a, const struct array *lists)
{
	const struct destruction_list *from = lists->items;
	struct list_row *to = ARENA_ARRAY(a, struct list_row, lists->count + 1);

	for (size_t i = 0; i < lists->count; i++)
		to[i] = (struct list_row){
			arena_printf(a, "/retention/lists/%lld", (long long)from[i].id),
			from[i].maker,
			from[i].signer[0] != '\0' ? from[i].signer : NULL,
			from[i].id,
			from[i].made_at,
			moment_or_absent(from[i].signed_at),
		};
	return (struct array){ to, lists->count };
}

/* The first of them: those that wait for the second signature. */
static struct array waiting_first(struct array lists)
{
	struct list_row *rows = lists.items;
	size_t count = 0;

	for (size_t i = 0; i < lists.count; i++)
		if (rows[i].signer == NULL)
			rows[count++] = rows[i];
	return (struct array){ rows, count };
}

static enum status add_kept(struct request *rq, struct due_page *page, struct error *reterr)
{
	struct array holds = { 0 };
	const enum status st = hold_list(rq->db, rq->viewer->person_id, rq->arena, &holds, reterr);

	const struct hold *h = holds.items;
	struct kept_row *to = ARENA_ARRAY(rq->arena, struct kept_row, holds.count + 1);
	size_t count = 0;
	for (size_t i = 0; st == OK && i < holds.count && hold_keeps(h[i].state); i++)
		to[count++] = (struct kept_row){
			hold_what(rq->arena, &h[i]),
			arena_printf(rq->arena, "/retention/holds/%lld", (long long)h[i].id),
			h[i].until_day,
		};
	page->kept = (struct array){ to, count };
	page->has_kept = count > 0;
	return st;
}

static enum status show_due(struct request *rq, struct response *rs, struct error *reterr)
{
	const struct page page = { .title = "Vernietigen",
		                   .place = "/retention",
		                   .template_name = "retention/due" };
	const struct list_query q = list_read(&DUE_LIST, rq);
	struct array due = { 0 }, lists = { 0 };

	enum status st =
	    destruction_due(rq->db, rq->viewer, local_day(rq->now_ms) + DESTRUCTION_AHEAD_DAYS,
	                    rq->arena, &due, reterr);
	if (st == OK)
		st = destruction_lists(rq->db, rq->viewer, rq->arena, &lists, reterr);
	if (st != OK)
		return st;
	const struct array items = item_rows(rq->arena, &due);
	struct due_page record = {
		.list = list_finish_whole(&q, rq->arena, items.items, items.count),
		.waiting = waiting_first(list_rows(rq->arena, &lists)),
	};
	record.has_waiting = record.waiting.count > 0;
	st = add_kept(rq, &record, reterr);
	if (st != OK)
		return st;
	rq->touched = (struct touched){ .kind = OBJECT_DESTRUCTION_LIST };
	const struct list_drawing drawing = { &page, &DUE_VIEW, &record, &record.list };
	return list_respond(rq, rs, &q, &drawing, reterr);
}

static enum status show_lists(struct request *rq, struct response *rs, struct error *reterr)
{
	const struct page page = { .title = "Vernietigingslijsten",
		                   .place = "/retention",
		                   .template_name = "retention/lists" };
	const struct list_query q = list_read(&MADE_LIST, rq);
	struct array lists = { 0 };

	const enum status st = destruction_lists(rq->db, rq->viewer, rq->arena, &lists, reterr);
	if (st != OK)
		return st;
	const struct array rows = list_rows(rq->arena, &lists);
	const struct made_page record = {
		.list = list_finish_whole(&q, rq->arena, rows.items, rows.count),
	};
	rq->touched = (struct touched){ .kind = OBJECT_DESTRUCTION_LIST };
	const struct list_drawing drawing = { &page, &MADE_VIEW, &record, &record.list };
	return list_respond(rq, rs, &q, &drawing, reterr);
}

static enum status apply_make(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	int64_t id = 0;

	enum status st = destruction_make(tx, change->rq->viewer, change->rq->now_ms, &id, reterr);
	change->touched = (struct touched){ .kind = OBJECT_DESTRUCTION_LIST, .id = id };
	change->location = arena_printf(db_tx_arena(tx), "/retention/lists/%lld", (long long)id);
	change->note = "De lijst staat klaar. Een ander moet tekenen.";
	change->created = true;
	return st;
}

/* ---- one list --------------------------------------------------------------------------------------- */

static int64_t list_id(const struct request *rq)
{
	return strtoll(rq->params[0], NULL, 10);
}

static enum status show_list(struct request *rq, struct response *rs, struct error *reterr)
{
	const struct page page = { .title = "Vernietigingslijst",
		                   .place = "/retention",
		                   .record_path = arena_printf(rq->arena, "/retention/lists/%lld",
		                                               (long long)list_id(rq)),
		                   .template_name = "retention/list",
		                   .form = &VERSION_FORM };
	struct destruction_whole whole = { .items = { 0 } };

	enum status st =
	    destruction_load(rq->db, rq->viewer, list_id(rq), rq->arena, &whole, reterr);
	if (st != OK)
		return st;
	const struct destruction_list list = whole.list;
	const struct array items = whole.items;
	rq->touched = (struct touched){ .kind = OBJECT_DESTRUCTION_LIST, .id = list.id };
	if (rq->wants_csv)
		return page_csv(rq, rs, "vernietigingslijst.csv", &ITEM_VIEW,
		                item_rows(rq->arena, &items), reterr);
	const struct retention_page record = {
		.due = item_rows(rq->arena, &items),
		.has_due = items.count > 0,
		.may_sign = list.state == DESTRUCTION_PROPOSED &&
		            list.made_by_person != rq->viewer->person_id,
		.number = list.id,
		.version = list.version,
		.made_at = list.made_at,
		.signed_at = moment_or_absent(list.signed_at),
		.maker = list.maker,
		.signer = list.signer[0] != '\0' ? list.signer : NULL,
	};
	return page_respond(rq, rs, &page, &PAGE_VIEW, &record, reterr);
}

static enum status prepare_sign(struct request *rq, void **ret_input, struct error *reterr)
{
	struct version_input *in = ARENA_NEW(rq->arena, struct version_input);

	(void)reterr;
	input_read(rq->body, &VERSION_FORM, rq->wants_json, rq->arena, in, rq->problems);
	rq->touched = (struct touched){ .kind = OBJECT_DESTRUCTION_LIST, .id = list_id(rq) };
	*ret_input = in;
	return OK;
}

static enum status apply_sign(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct request *rq = change->rq;
	const struct version_input *in = change->input;
	const struct destruction_signing s = { list_id(rq), rq->now_ms, rq->viewer,
		                               plein_of(rq)->keyring };

	enum status st = db_claim(tx, &DESTRUCTION_ROOT, list_id(rq), in->version, reterr);
	if (st == OK)
		st = destruction_sign(tx, &s, reterr);
	change->location =
	    arena_printf(db_tx_arena(tx), "/retention/lists/%lld", (long long)list_id(rq));
	change->note = "Getekend. De gegevens zijn vernietigd.";
	return st;
}

const struct route destruction_routes[] = {
	{ .method = "GET",
	  .path = "/retention",
	  .permission = PERM_DESTRUCTION_LIST,
	  .action = AUDIT_DESTRUCTION_LIST,
	  .read = show_due,
	  .view = &DUE_VIEW,
	  .summary = "Wat binnen een week vernietigd moet zijn" },
	{ .method = "GET",
	  .path = "/retention/lists",
	  .permission = PERM_DESTRUCTION_LIST,
	  .action = AUDIT_DESTRUCTION_LIST,
	  .read = show_lists,
	  .view = &MADE_VIEW,
	  .summary = "De vernietigingslijsten, ook de getekende" },
	{ .method = "POST",
	  .path = "/retention/lists",
	  .permission = PERM_DESTRUCTION_LIST,
	  .action = AUDIT_DESTRUCTION_LIST,
	  .apply = apply_make,
	  .redraw = show_due,
	  .summary = "Een vernietigingslijst maken" },
	{ .method = "GET",
	  .path = "/retention/lists/{number}",
	  .permission = PERM_DESTRUCTION_LIST,
	  .action = AUDIT_DESTRUCTION_LIST,
	  .read = show_list,
	  .view = &PAGE_VIEW,
	  .summary = "Een vernietigingslijst" },
	{ .method = "POST",
	  .path = "/retention/lists/{number}/sign",
	  .permission = PERM_DESTRUCTION_LIST,
	  .action = AUDIT_DESTROY,
	  .prepare = prepare_sign,
	  .apply = apply_sign,
	  .redraw = show_list,
	  .form = &VERSION_FORM,
	  .summary = "De tweede handtekening: vernietigen" },
	{ 0 },
};

const struct page_template destruction_templates[] = {
	{ .name = "retention/due", .view = &DUE_VIEW, .whole = true },
	{ .name = "retention/lists", .view = &MADE_VIEW, .whole = true },
	{ .name = "retention/list", .view = &PAGE_VIEW, .form = &VERSION_FORM, .whole = true },
	{ 0 },
};
