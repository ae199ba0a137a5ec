/* All casefiles that I may see, newest first. */
#include "access/access.h"
#include "audit/action.h"
#include "casework/casefile_http.h"
#include "casework/casework.h"
#include "platform/view/list.h"
#include "plein/plein.h"
#include "signals/theme.h"

struct row {
	const char *reference, *href, *title, *municipality;
	uint8_t state;
	int theme, variant, activity;
	int64_t at;
};
static const struct view_field ROW_FIELDS[] = {
	VIEW_AS(struct row, reference, "reference", VIEW_REF, .label = "Nummer"),
	VIEW_AS(struct row, href, "href", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct row, title, "title", VIEW_TEXT, .label = "Titel"),
	VIEW_AS(struct row, state, "state", VIEW_STATE, .machine = &CASEFILE_MACHINE,
	        .label = "Stand"),
	VIEW_AS(struct row, theme, "theme", VIEW_CODE, .codes = SIGNAL_THEMES, .label = "Thema"),
	VIEW_AS(struct row, variant, "variant", VIEW_CODE, .codes = CASEFILE_VARIANTS,
	        .label = "Werkwijze"),
	VIEW_AS(struct row, activity, "activity", VIEW_CODE, .codes = CASEFILE_ACTIVITIES,
	        .label = "Activiteit"),
	VIEW_AS(struct row, municipality, "municipality", VIEW_TEXT, .label = "Gemeente"),
	VIEW_AS(struct row, at, "at", VIEW_MOMENT, .label = "Sinds"),
};
static const struct view ROW_VIEW = VIEW_OF(struct row, ROW_FIELDS);

static const struct code STATES[] = {
	{ CASEFILE_OPEN, "OPEN", "Informatie ophalen" },
	{ CASEFILE_ANALYSIS, "ANALYSIS", "Analyse" },
	{ CASEFILE_ADVICE_DRAFT, "ADVICE_DRAFT", "Conceptadvies" },
	{ CASEFILE_ADVICE_FINAL, "ADVICE_FINAL", "Advies klaar" },
	{ CASEFILE_AT_STEERING, "AT_STEERING", "Bij de Stuurploeg" },
	{ CASEFILE_DECIDED, "DECIDED", "Besloten" },
	{ CASEFILE_EXECUTION, "EXECUTION", "Uitvoering" },
	{ CASEFILE_EVALUATION, "EVALUATION", "Evaluatie" },
	{ CASEFILE_CLOSED, "CLOSED", "Afgesloten" },
	{ CASEFILE_STOPPED, "STOPPED", "Gestopt zonder vervolg" },
	{ CASEFILE_ARCHIVED, "ARCHIVED", "Gearchiveerd, afgeschermd" },
	{ 0 },
};
static const struct list_sort SORTS[] = {
	{ "newest", "Sinds, nieuwste eerst", { { "at", true }, { "reference", true } }, false },
	{ "oldest", "Sinds, oudste eerst", { { "at", false }, { "reference", false } }, true },
};
enum { FILTER_STATE, FILTER_THEME, FILTER_VARIANT };
static const struct list_filter FILTERS[] = {
	[FILTER_STATE] = { "state", "Stand", FILTER_CODES, STATES },
	[FILTER_THEME] = { "theme", "Thema", FILTER_CODES, SIGNAL_THEMES },
	[FILTER_VARIANT] = { "variant", "Werkwijze", FILTER_CODES, CASEFILE_VARIANTS },
};
static const struct list LIST = {
	.name = "casefiles",
	.path = "/casefiles",
	.row = &ROW_VIEW,
	.sorts = SORTS,
	.sort_count = 2,
	.filters = FILTERS,
	.filter_count = 3,
	.empty = "Nog geen casussen om te tonen.",
	.file_name = "casussen.csv",
};

struct list_record {
	struct list_page list;
	const char *bottlenecks_href, *projects_href;
};
static const struct view_field PAGE_FIELDS[] = {
	LIST_FIELDS(struct list_record, list, ROW_VIEW),
	VIEW_AS(struct list_record, projects_href, "projectsHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct list_record, bottlenecks_href, "bottlenecksHref", VIEW_TEXT,
	        .page_only = true),
};
static const struct view PAGE_VIEW = VIEW_OF(struct list_record, PAGE_FIELDS);

static void rows_of(struct request *rq, struct array casefiles, struct row *to)
{
	const struct casefile_row *from = casefiles.items;

	for (size_t i = 0; i < casefiles.count; i++)
		to[i] = (struct row){
			.reference = from[i].reference,
			.href = arena_printf(rq->arena, "/casefiles/%s", from[i].reference),
			.title = from[i].title[0] != '\0' ? from[i].title : "Zonder titel",
			.municipality = from[i].municipality,
			.state = from[i].state,
			.theme = from[i].theme,
			.variant = from[i].variant,
			.activity = from[i].activity,
			.at = from[i].at,
		};
}

static enum status show_list(struct request *rq, struct response *rs, struct error *reterr)
{
	const struct list_query q = list_read(&LIST, rq);
	const struct casefile_query asked = {
		.viewer = rq->viewer,
		.keyring = plein_of(rq)->keyring,
		.backward = q.backward,
		.at = q.keys[0].number,
		.reference = q.first ? NULL : q.keys[1].text,
		.states = q.chosen[FILTER_STATE].codes,
		.themes = q.chosen[FILTER_THEME].codes,
		.variants = q.chosen[FILTER_VARIANT].codes,
		.limit = q.limit,
	};
	struct array casefiles = { 0 };

	enum status st = casefile_rows(rq->db, &asked, rq->arena, &casefiles, reterr);
	if (st != OK)
		return st;
	struct row *rows = ARENA_ARRAY(rq->arena, struct row, casefiles.count + 1);
	rows_of(rq, casefiles, rows);
	rq->touched =
	    (struct touched){ .kind = OBJECT_CASEFILE, .count = (int32_t)casefiles.count };
	const struct list_record record = {
		.list = list_finish(&q, rq->arena, rows, casefiles.count),
		.projects_href =
		    access_permits(rq->viewer->role, PERM_PROJECTS) ? "/projects" : NULL,
		.bottlenecks_href =
		    access_permits(rq->viewer->role, PERM_BOTTLENECKS) ? "/bottlenecks" : NULL,
	};
	const struct page page = { .title = "Casussen",
		                   .place = "/casefiles",
		                   .template_name = "casework/list" };
	const struct list_drawing drawing = { &page, &PAGE_VIEW, &record, &record.list };
	return list_respond(rq, rs, &q, &drawing, reterr);
}

const struct route casefile_list_routes[] = {
	{ .method = "GET",
	  .path = "/casefiles",
	  .permission = PERM_CASEFILE_READ,
	  .action = AUDIT_CASEFILE_LIST,
	  .read = show_list,
	  .view = &PAGE_VIEW,
	  .summary = "Casussen die u mag zien" },
	{ 0 },
};

const struct page_template casefile_list_templates[] = {
	{ .name = "casework/list", .view = &PAGE_VIEW, .whole = true },
	{ 0 },
};
