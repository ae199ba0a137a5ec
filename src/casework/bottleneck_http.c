/* The register of designated bottlenecks (decisions 2.7): what, where, by whom, until when. */
#include "access/access.h"
#include "audit/action.h"
#include "casework/casefile_http.h"
#include "casework/casework.h"
#include "platform/core/calendar.h"
#include "platform/view/list.h"

struct bottleneck_input {
	const char *name, *scope, *designated_by;
	int64_t from, until;
};
#define TEXT(path_, member, label_, chars, missing_)                                               \
	{                                                                                          \
		.path = (path_), .kind = FIELD_TEXT,                                               \
		.offset = offsetof(struct bottleneck_input, member), .label = (label_),            \
		.required = true, .missing = (missing_), .max_chars = (chars)                      \
	}
#define DAY(path_, member, label_, missing_, to_come_)                                             \
	{                                                                                          \
		.path = (path_), .kind = FIELD_DAY, .to_come = (to_come_),                         \
		.offset = offsetof(struct bottleneck_input, member), .label = (label_),            \
		.required = true, .missing = (missing_)                                            \
	}
static const struct field INPUT_FIELDS[] = {
	TEXT("name", name, "Naam van het knelpunt", 120, "Vul een naam in, zonder personen."),
	TEXT("scope", scope, "Wat valt eronder?", 500, "Schrijf op wat eronder valt."),
	TEXT("designatedBy", designated_by, "Wie wees het aan?", 120,
	     "Vul in wie het aanwees, bijvoorbeeld het Regionaal Bestuurlijk Overleg."),
	DAY("from", from, "Vanaf", "Vul in vanaf welke dag het geldt.", false),
	DAY("until", until, "Tot en met", "Vul in tot en met welke dag het geldt.", true),
};
static const struct form BOTTLENECK_FORM = { INPUT_FIELDS, 5, sizeof(struct bottleneck_input) };

struct row {
	int64_t id, from, until;
	const char *name, *scope, *designated_by;
	bool in_force;
};
static const struct view_field ROW_FIELDS[] = {
	VIEW_F(struct row, id, VIEW_INT),
	VIEW_AS(struct row, name, "name", VIEW_TEXT, .label = "Knelpunt"),
	VIEW_AS(struct row, scope, "scope", VIEW_TEXT, .label = "Wat eronder valt"),
	VIEW_AS(struct row, designated_by, "designatedBy", VIEW_TEXT, .label = "Aangewezen door"),
	VIEW_AS(struct row, from, "from", VIEW_DAY, .label = "Vanaf"),
	VIEW_AS(struct row, until, "until", VIEW_DAY, .label = "Tot en met"),
	VIEW_AS(struct row, in_force, "inForce", VIEW_BOOL, .label = "Geldt nu"),
};
static const struct view ROW_VIEW = VIEW_OF(struct row, ROW_FIELDS);

static const struct list_sort SORTS[] = {
	{ "last", "Geldt het langst", { { "until", true }, { "id", true } }, false },
	{ "first", "Loopt het eerst af", { { "until", false }, { "id", false } }, true },
	{ "name", "Naam, van a naar z", { { "name", false }, { "id", false } }, false },
};
static const struct list LIST = {
	.name = "bottlenecks",
	.path = "/bottlenecks",
	.row = &ROW_VIEW,
	.sorts = SORTS,
	.sort_count = 3,
	.empty = "Er is nog geen knelpunt aangewezen.",
	.file_name = "knelpunten.csv",
};

struct bottleneck_page {
	struct list_page list;
	const char *nothing; /* always NULL: the form is empty until somebody types */
};
static const struct view_field PAGE_FIELDS[] = {
	LIST_FIELDS(struct bottleneck_page, list, ROW_VIEW),
	VIEW_AS(struct bottleneck_page, nothing, "name", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct bottleneck_page, nothing, "scope", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct bottleneck_page, nothing, "designatedBy", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct bottleneck_page, nothing, "from", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct bottleneck_page, nothing, "until", VIEW_TEXT, .page_only = true),
};
static const struct view PAGE_VIEW = VIEW_OF(struct bottleneck_page, PAGE_FIELDS);

static enum status show_bottlenecks(struct request *rq, struct response *rs, struct error *reterr)
{
	const struct list_query q = list_read(&LIST, rq);
	struct array rows = { 0 };
	enum status st = bottleneck_list(rq->db, local_day(rq->now_ms), rq->arena, &rows, reterr);

	if (st != OK)
		return st;
	const struct bottleneck *from = rows.items;
	struct row *to = ARENA_ARRAY(rq->arena, struct row, rows.count + 1);
	for (size_t i = 0; i < rows.count; i++)
		to[i] = (struct row){ from[i].id,      from[i].from_day, from[i].until_day,
			              from[i].name,    from[i].scope,    from[i].designated_by,
			              from[i].in_force };
	const struct bottleneck_page record = {
		.list = list_finish_whole(&q, rq->arena, to, rows.count),
	};
	const struct page page = { .title = "Aangewezen knelpunten",
		                   .place = "/casefiles",
		                   .template_name = "casework/bottlenecks",
		                   .form = &BOTTLENECK_FORM };
	const struct list_drawing drawing = { &page, &PAGE_VIEW, &record, &record.list };
	return list_respond(rq, rs, &q, &drawing, reterr);
}

static enum status prepare_bottleneck(struct request *rq, void **ret_input, struct error *reterr)
{
	struct bottleneck *b = ARENA_NEW(rq->arena, struct bottleneck);
	struct bottleneck_input in;

	(void)reterr;
	input_read(rq->body, &BOTTLENECK_FORM, rq->wants_json, rq->arena, &in, rq->problems);
	if (rq->problems->error_count == 0 && in.until < in.from)
		problems_add(rq->problems, PROBLEM_ERROR, "until",
		             "De laatste dag ligt vóór de eerste. Kies een latere dag.");
	*b = (struct bottleneck){ .uuid = uuid_at(rq->now_ms),
		                  .name = in.name,
		                  .scope = in.scope,
		                  .designated_by = in.designated_by,
		                  .from_day = in.from,
		                  .until_day = in.until };
	*ret_input = b;
	return OK;
}

static enum status apply_bottleneck(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct request *rq = change->rq;

	change->location = "/bottlenecks";
	change->note = "Het knelpunt staat in de lijst.";
	change->created = true;
	return bottleneck_add(tx, change->input, rq->viewer->appointment_id, rq->now_ms, reterr);
}

const struct route bottleneck_routes[] = {
	{ .method = "GET",
	  .path = "/bottlenecks",
	  .permission = PERM_BOTTLENECKS,
	  .action = AUDIT_BOTTLENECK,
	  .read = show_bottlenecks,
	  .view = &PAGE_VIEW,
	  .summary = "De aangewezen handhavingsknelpunten" },
	{ .method = "POST",
	  .path = "/bottlenecks",
	  .permission = PERM_BOTTLENECKS,
	  .action = AUDIT_BOTTLENECK,
	  .prepare = prepare_bottleneck,
	  .apply = apply_bottleneck,
	  .redraw = show_bottlenecks,
	  .form = &BOTTLENECK_FORM,
	  .summary = "Een aangewezen knelpunt vastleggen" },
	{ 0 },
};

const struct page_template bottleneck_templates[] = {
	{ .name = "casework/bottlenecks",
	  .view = &PAGE_VIEW,
	  .form = &BOTTLENECK_FORM,
	  .whole = true },
	{ 0 },
};
