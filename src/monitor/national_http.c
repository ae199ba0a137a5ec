/* Landelijke cijfers: every region counts for itself; here their figures stand beside each other. */
#include "monitor/national_http.h"

#include <string.h>

#include "access/access.h"
#include "audit/action.h"
#include "law/instruments.h"
#include "monitor/counted.h"
#include "monitor/kpi.h"
#include "monitor/region_figures.h"
#include "partners/partner.h"
#include "platform/core/calendar.h"
#include "platform/core/dutch.h"
#include "platform/view/choice.h"
#include "platform/view/list.h"
#include "plein/plein.h"

/* ---- what this installation knows ------------------------------------------------------------- */

struct national {
	struct chosen_period period;
	struct array regions; /* struct region_standing; the own one counted now */
};

static const char *maker(struct request *rq)
{
	const struct role_row *role = access_role(rq->viewer->role);
	return arena_printf(rq->arena, "%s%s%s", plein_of(rq)->region, role != NULL ? ", " : "",
	                    role != NULL ? role->label : "");
}

static enum status load(struct request *rq, struct national *ret, struct error *reterr)
{
	*ret = (struct national){ .period = period_read(rq) };
	const int year = ret->period.year;
	const struct own_figures wish = { year, rq->now_ms, maker(rq) };

	enum status st = region_figures_all(rq->db, year, rq->arena, &ret->regions, reterr);
	struct region_standing *r = (struct region_standing *)ret->regions.items;
	for (size_t i = 0; st == OK && i < ret->regions.count; i++)
		if (r[i].own)
			st = region_figures_own(rq->db, &wish, rq->arena, &r[i].figures, reterr);
	return st;
}

static bool tells(const struct region_standing *s)
{
	return s->own || s->read_at != 0;
}

static size_t telling(const struct national *n)
{
	const struct region_standing *r = n->regions.items;
	size_t count = 0;

	for (size_t i = 0; i < n->regions.count; i++)
		count += tells(&r[i]) ? 1 : 0;
	return count;
}

/* Over the regions that tell it; *ret_hidden: some tell that it is few. */
static int64_t together(const struct national *n, const char *figure, bool *ret_hidden)
{
	const struct region_standing *r = n->regions.items;
	const size_t at = region_figure_place(figure);
	int64_t sum = 0;

	*ret_hidden = false;
	for (size_t i = 0; i < n->regions.count; i++) {
		const int64_t value = r[i].figures.values[at];
		sum += value > 0 ? value : 0;
		*ret_hidden = *ret_hidden || value == FIGURE_HIDDEN;
	}
	return sum;
}

/* ---- charts -------------------------------------------------------------------------------------- */

struct chart_plan {
	const char *name, *title, *definition;
	const char *figures[CHART_PARTS_MAX], *parts[CHART_PARTS_MAX];
};
static const struct chart_plan CHARTS[] = {
	{ "signals", "Signalen ingediend", "SIGNALS", { "SIGNALS_SUBMITTED" }, { "Aantal" } },
	{ "adopted",
	  "Signalen in behandeling genomen",
	  "SIGNALS",
	  { "SIGNALS_ADOPTED" },
	  { "Aantal" } },
	{ "answers",
	  "Bevragingen beantwoord",
	  "REQUESTS",
	  { "ANSWERS_IN_TIME", "ANSWERS_LATE" },
	  { "Op tijd", "Te laat" } },
	{ "approved",
	  "Interventies goedgekeurd",
	  "INTERVENTIONS",
	  { "APPROVED_LIGHT", "APPROVED_MEDIUM", "APPROVED_HEAVY" },
	  { "Licht", "Middel", "Zwaar" } },
	{ "executed", "Interventies uitgevoerd", "INTERVENTIONS", { "EXECUTED" }, { "Aantal" } },
	{ "effects",
	  "Effect na zes maanden",
	  "EFFECT",
	  { "EFFECT_0", "EFFECT_1", "EFFECT_2", "EFFECT_3" },
	  { "0 geen", "1 klein", "2 duidelijk", "3 groot" } },
};
enum { CHARTS_COUNT = sizeof CHARTS / sizeof CHARTS[0] };

/* Where regions counted by different definitions, the chart says so. */
static bool one_definition(const struct national *n, const struct chart_plan *plan)
{
	const struct region_standing *r = n->regions.items;
	const size_t at = region_figure_place(plan->figures[0]);
	int64_t version = 0;

	for (size_t i = 0; i < n->regions.count; i++) {
		if (r[i].figures.values[at] == FIGURE_ABSENT)
			continue;
		if (version != 0 && r[i].figures.versions[at] != version)
			return false;
		version = r[i].figures.versions[at];
	}
	return true;
}

static const char *says(struct request *rq, const struct national *n, const struct chart_plan *plan)
{
	int64_t sum = 0;
	bool few = false;

	for (size_t p = 0; p < CHART_PARTS_MAX && plan->figures[p] != NULL; p++) {
		bool hidden = false;
		sum += together(n, plan->figures[p], &hidden);
		few = few || hidden;
	}
	return arena_printf(
	    rq->arena, "Samen %s%s.%s", few ? "minstens " : "", dutch_number(rq->arena, sum),
	    one_definition(n, plan) ? "" : " Let op: regio's tellen dit niet op dezelfde manier.");
}

static struct bars *draw(struct request *rq, const struct national *n,
                         const struct chart_plan *plan)
{
	const struct region_standing *r = n->regions.items;
	struct bar_input *rows = ARENA_ARRAY(rq->arena, struct bar_input, n->regions.count + 1);
	struct bars_wish wish = { .name = plan->name,
		                  .title = plan->title,
		                  .note =
		                      kpi_place(rq->arena, plan->definition, n->period.until_day),
		                  .says = says(rq, n, plan),
		                  .rows = rows };
	struct bars *ret = ARENA_NEW(rq->arena, struct bars);

	while (wish.part_count < CHART_PARTS_MAX && plan->figures[wish.part_count] != NULL) {
		wish.parts[wish.part_count] = plan->parts[wish.part_count];
		wish.part_count++;
	}
	for (size_t i = 0; i < n->regions.count; i++) {
		if (!tells(&r[i]))
			continue;
		struct bar_input *row = &rows[wish.row_count++];
		*row = (struct bar_input){ .label = r[i].name };
		for (size_t p = 0; p < wish.part_count; p++) {
			const int64_t v =
			    r[i].figures.values[region_figure_place(plan->figures[p])];
			row->values[p] = v == FIGURE_ABSENT ? 0 : v;
		}
	}
	chart_bars(rq->arena, &wish, ret);
	return ret;
}

/* ---- the page -------------------------------------------------------------------------------------- */

struct region_row {
	const char *name, *code, *period, *made_by;
	int64_t made_at, read_at; /* INT64_MIN: none */
	bool own, tells;
};
static const struct view_field REGION_FIELDS[] = {
	VIEW_AS(struct region_row, name, "name", VIEW_TEXT, .label = "Regio"),
	VIEW_AS(struct region_row, code, "code", VIEW_TEXT, .label = "Code"),
	VIEW_AS(struct region_row, period, "period", VIEW_TEXT, .label = "Periode"),
	VIEW_AS(struct region_row, made_by, "madeBy", VIEW_TEXT, .label = "Door"),
	VIEW_AS(struct region_row, made_at, "madeAt", VIEW_MOMENT, .label = "Gemaakt"),
	VIEW_AS(struct region_row, read_at, "readAt", VIEW_MOMENT, .label = "Ingelezen"),
	VIEW_AS(struct region_row, own, "own", VIEW_BOOL, .label = "Eigen regio"),
	VIEW_AS(struct region_row, tells, "tells", VIEW_BOOL, .label = "Telt mee"),
};
static const struct view REGION_VIEW = VIEW_OF(struct region_row, REGION_FIELDS);

struct money_row {
	const char *name;
	const char *amounts[AMOUNT_COLUMNS];
};
#define MONEY(column, name_)                                                                       \
	{                                                                                          \
		.name = (name_), .kind = VIEW_TEXT,                                                \
		.offset =                                                                          \
		    offsetof(struct money_row, amounts) + ((column)-1) * sizeof(const char *)      \
	}
static const struct view_field MONEY_FIELDS[] = {
	VIEW_F(struct money_row, name, VIEW_TEXT),
	MONEY(AMOUNT_CALCULATED, "calculated"),
	MONEY(AMOUNT_CLAIMED, "claimed"),
	MONEY(AMOUNT_IMPOSED, "imposed"),
	MONEY(AMOUNT_SEIZED, "seized"),
	MONEY(AMOUNT_COLLECTED, "collected"),
	MONEY(AMOUNT_SET_OFF, "setOff"),
	MONEY(AMOUNT_PREVENTED, "prevented"),
};
static const struct view MONEY_VIEW = VIEW_OF(struct money_row, MONEY_FIELDS);

struct national_page {
	const char *lead, *missing, *file, *file_href, *files_path, *list_href;
	const char *csv_href, *ods_href; /* of the regions */
	struct array years, regions, amounts;
	struct bars *charts[CHARTS_COUNT];
	bool may_exchange, new_key;
};
#define CHART(nth, name_)                                                                          \
	{                                                                                          \
		.name = (name_), .kind = VIEW_OBJECT, .view = &BARS_VIEW,                          \
		.offset = offsetof(struct national_page, charts) + (nth) * sizeof(struct bars *)   \
	}
#define PAGE(member, name_, kind_)                                                                 \
	VIEW_AS(struct national_page, member, name_, kind_, .page_only = true)
static const struct view_field PAGE_FIELDS[] = {
	VIEW_F(struct national_page, lead, VIEW_TEXT),
	VIEW_F(struct national_page, missing, VIEW_TEXT),
	VIEW_AS(struct national_page, years, "years", VIEW_LIST, .view = &CHOICE_VIEW,
	        .page_only = true),
	VIEW_AS(struct national_page, regions, "regions", VIEW_LIST, .view = &REGION_VIEW),
	CHART(0, "signals"),
	CHART(1, "adopted"),
	CHART(2, "answers"),
	CHART(3, "approved"),
	CHART(4, "executed"),
	CHART(5, "effects"),
	VIEW_AS(struct national_page, amounts, "amounts", VIEW_LIST, .view = &MONEY_VIEW),
	PAGE(may_exchange, "mayExchange", VIEW_BOOL),
	PAGE(file, "file", VIEW_TEXT),
	PAGE(new_key, "newKey", VIEW_BOOL),
	PAGE(file_href, "fileHref", VIEW_TEXT),
	PAGE(files_path, "filesPath", VIEW_TEXT),
	PAGE(list_href, "listHref", VIEW_TEXT),
	PAGE(csv_href, "csvHref", VIEW_TEXT),
	PAGE(ods_href, "odsHref", VIEW_TEXT),
};
static const struct view PAGE_VIEW = VIEW_OF(struct national_page, PAGE_FIELDS);

struct upload_input {
	const struct input_value *file;
	bool new_key;
};
static const struct field UPLOAD_FIELDS[] = {
	{ .path = "file",
	  .kind = FIELD_FILE,
	  .offset = offsetof(struct upload_input, file),
	  .label = "Het bestand van een regio",
	  .required = true,
	  .missing = "Kies eerst een bestand." },
	{ .path = "newKey",
	  .kind = FIELD_BOOL,
	  .offset = offsetof(struct upload_input, new_key),
	  .label = "Deze regio heeft een nieuwe sleutel. Ik heb dat daar nagevraagd." },
};
static const struct form UPLOAD_FORM = { UPLOAD_FIELDS, 2, sizeof(struct upload_input) };

static struct array regions_of(struct request *rq, const struct national *n)
{
	const struct region_standing *r = n->regions.items;
	struct region_row *to = ARENA_ARRAY(rq->arena, struct region_row, n->regions.count + 1);

	for (size_t i = 0; i < n->regions.count; i++) {
		const struct region_figures *f = &r[i].figures;
		to[i] =
		    (struct region_row){ .name = r[i].name,
			                 .code = r[i].code,
			                 .own = r[i].own,
			                 .tells = tells(&r[i]),
			                 .made_at = r[i].own            ? rq->now_ms
			                            : r[i].made_at != 0 ? r[i].made_at
			                                                : INT64_MIN,
			                 .read_at = r[i].read_at != 0 ? r[i].read_at : INT64_MIN };
		if (!to[i].tells)
			continue;
		to[i].made_by = f->made_by;
		to[i].period =
		    arena_printf(rq->arena, "%s tot en met %s", dutch_date(rq->arena, f->from_day),
		                 dutch_date(rq->arena, f->until_day));
	}
	return (struct array){ to, n->regions.count };
}

static const char *amount_text(struct request *rq, int64_t value)
{
	if (value == FIGURE_HIDDEN)
		return "weinig";
	return value > 0 ? dutch_euros(rq->arena, value) : "-";
}

static struct array amounts_of(struct request *rq, const struct national *n)
{
	static const char *const COLUMNS[AMOUNT_COLUMNS] = { "CALCULATED", "CLAIMED",   "IMPOSED",
		                                             "SEIZED",     "COLLECTED", "SET_OFF",
		                                             "PREVENTED" };
	const struct region_standing *r = n->regions.items;
	struct money_row *to = ARENA_ARRAY(rq->arena, struct money_row, n->regions.count + 1);
	size_t count = 0;

	for (size_t i = 0; i < n->regions.count; i++) {
		if (!tells(&r[i]))
			continue;
		to[count].name = r[i].name;
		for (int k = 0; k < AMOUNT_COLUMNS; k++)
			to[count].amounts[k] =
			    amount_text(rq, r[i].figures.values[region_figure_place(COLUMNS[k])]);
		count++;
	}
	to[count].name = "Samen, zonder wat verborgen is";
	for (int k = 0; k < AMOUNT_COLUMNS; k++) {
		bool hidden = false;
		to[count].amounts[k] = amount_text(rq, together(n, COLUMNS[k], &hidden));
	}
	return (struct array){ to, count + 1 };
}

static const char *missing_of(struct request *rq, const struct national *n)
{
	const struct region_standing *r = n->regions.items;
	const char *text = NULL;

	for (size_t i = 0; i < n->regions.count; i++)
		if (!tells(&r[i]))
			text = text == NULL ? r[i].name
			                    : arena_printf(rq->arena, "%s, %s", text, r[i].name);
	return text;
}

static enum status show_national(struct request *rq, struct response *rs, struct error *reterr)
{
	struct national n;

	enum status st = load(rq, &n, reterr);
	if (st != OK)
		return st;
	if (rq->wants_ods)
		return page_ods(rq, rs, "regios.ods", &REGION_VIEW, regions_of(rq, &n), reterr);
	if (rq->wants_csv)
		return page_csv(rq, rs, "regios.csv", &REGION_VIEW, regions_of(rq, &n), reterr);
	struct national_page record = {
		.lead = arena_printf(rq->arena,
		                     "%d. Cijfers van %zu van de %zu regio's, zonder personen.",
		                     n.period.year, telling(&n), n.regions.count),
		.missing = missing_of(rq, &n),
		.years = period_years(rq->arena, &n.period),
		.regions = regions_of(rq, &n),
		.amounts = amounts_of(rq, &n),
		.may_exchange = access_permits(rq->viewer->role, PERM_FIGURES_EXCHANGE),
		.file_href =
		    arena_printf(rq->arena, "/monitor/national/file?year=%d", n.period.year),
		.files_path = "/monitor/national/files",
		.list_href =
		    arena_printf(rq->arena, "/monitor/national/figures?year=%d", n.period.year),
		.csv_href =
		    arena_printf(rq->arena, "/monitor/national?year=%d&format=csv", n.period.year),
		.ods_href =
		    arena_printf(rq->arena, "/monitor/national?year=%d&format=ods", n.period.year),
	};
	for (size_t i = 0; i < CHARTS_COUNT; i++)
		record.charts[i] = draw(rq, &n, &CHARTS[i]);
	const struct page page = { .title = "Landelijke cijfers",
		                   .place = "/monitor",
		                   .template_name = "monitor/national",
		                   .form = &UPLOAD_FORM };
	return page_respond(rq, rs, &page, &PAGE_VIEW, &record, reterr);
}

/* ---- every figure, as a list ----------------------------------------------------------------------- */

struct figure_line {
	int64_t number, year;
	const char *region, *figure, *name, *value;
	int64_t version;
};
static const struct view_field LINE_FIELDS[] = {
	VIEW_AS(struct figure_line, number, "number", VIEW_INT, .label = "Nummer"),
	VIEW_AS(struct figure_line, year, "year", VIEW_INT, .label = "Jaar"),
	VIEW_AS(struct figure_line, region, "region", VIEW_TEXT, .label = "Regio"),
	VIEW_AS(struct figure_line, figure, "figure", VIEW_TEXT, .label = "Wat"),
	VIEW_AS(struct figure_line, name, "name", VIEW_TEXT, .label = "Cijfer"),
	VIEW_AS(struct figure_line, value, "value", VIEW_TEXT, .label = "Hoeveel"),
	VIEW_AS(struct figure_line, version, "version", VIEW_INT,
	        .label = "Versie van de omschrijving"),
};
static const struct view LINE_VIEW = VIEW_OF(struct figure_line, LINE_FIELDS);
static const struct list_sort SORTS[] = {
	{ "region", "Per regio", { { "number", false } }, false },
	{ "last", "Per regio, laatste eerst", { { "number", true } }, true },
	{ "figure", "Per cijfer", { { "figure", false }, { "number", false } }, false },
};
static const struct list_filter FILTERS[] = {
	{ .name = "year", .label = "Jaar", .kind = FILTER_CALENDAR },
};
static const struct list LIST = {
	.name = "national-figures",
	.path = "/monitor/national/figures",
	.row = &LINE_VIEW,
	.sorts = SORTS,
	.sort_count = 3,
	.filters = FILTERS,
	.filter_count = 1,
	.empty = "Over dit jaar is er nog geen cijfer.",
	.file_name = "landelijke-cijfers.csv",
};

struct lines_page {
	struct list_page list;
};
static const struct view_field LINES_FIELDS[] = {
	LIST_FIELDS(struct lines_page, list, LINE_VIEW),
};
static const struct view LINES_VIEW_OF_LIST = VIEW_OF(struct lines_page, LINES_FIELDS);

static const char *value_text(struct request *rq, enum figure_unit unit, int64_t value)
{
	if (value == FIGURE_HIDDEN)
		return arena_printf(rq->arena, "minder dan %d", SMALL_CELL);
	return unit == UNIT_CENTS ? dutch_euros(rq->arena, value)
	                          : arena_printf(rq->arena, "%lld", (long long)value);
}

static struct array lines_of(struct request *rq, const struct national *n)
{
	const struct region_standing *r = n->regions.items;
	size_t count = 0, all = 0;
	const struct figure_row *rows = region_figure_rows(&all);
	struct figure_line *to =
	    ARENA_ARRAY(rq->arena, struct figure_line, n->regions.count * all + 1);

	for (size_t i = 0; i < n->regions.count; i++)
		for (size_t f = 0; f < all; f++) {
			const int64_t value = r[i].figures.values[f];
			if (value == FIGURE_ABSENT)
				continue;
			to[count] =
			    (struct figure_line){ .number = (int64_t)count + 1,
				                  .year = n->period.year,
				                  .region = r[i].name,
				                  .figure = rows[f].label,
				                  .name = rows[f].name,
				                  .value = value_text(rq, rows[f].unit, value),
				                  .version = r[i].figures.versions[f] };
			count++;
		}
	return (struct array){ to, count };
}

static enum status show_figures(struct request *rq, struct response *rs, struct error *reterr)
{
	const struct list_query q = list_read(&LIST, rq);
	struct national n;

	enum status st = load(rq, &n, reterr);
	if (st != OK)
		return st;
	const struct array lines = lines_of(rq, &n);
	const struct lines_page record = { .list = list_finish_whole(
					       &q, rq->arena, (void *)lines.items, lines.count) };
	struct link *crumbs = ARENA_ARRAY(rq->arena, struct link, 2);
	crumbs[0] = (struct link){ "Monitor", "/monitor", -1, false };
	crumbs[1] = (struct link){ "Landelijke cijfers", "/monitor/national", -1, false };
	const struct page page = { .title = "Alle landelijke cijfers",
		                   .place = "/monitor",
		                   .crumbs = { crumbs, 2 },
		                   .template_name = "monitor/national_figures" };
	rq->touched.count = (int32_t)lines.count;
	const struct list_drawing drawing = { &page, &LINES_VIEW_OF_LIST, &record, &record.list };
	return list_respond(rq, rs, &q, &drawing, reterr);
}

/* ---- files ------------------------------------------------------------------------------------------- */

static enum status send_file(struct request *rq, struct response *rs, struct error *reterr)
{
	const struct chosen_period p = period_read(rq);
	const struct own_figures wish = { p.year, rq->now_ms, maker(rq) };
	const struct region_signer signer = { keyring_signer(plein_of(rq)->keyring),
		                              keyring_public(plein_of(rq)->keyring) };
	struct region_figures figures;

	if (rq->problems->error_count > 0)
		return FAIL(reterr, ERR_INVALID, "Kies een jaar dat de monitor kent.");
	const enum status st = region_figures_own(rq->db, &wish, rq->arena, &figures, reterr);
	if (st != OK)
		return st;
	rs->content_type = "application/json";
	rs->file_name = arena_printf(rq->arena, "plein-cijfers-%s-%d.json", figures.region, p.year);
	region_figures_write(rq->arena, &figures, &signer, &rs->body);
	return OK;
}

struct upload {
	struct upload_input in;
	struct region_file file;
};

static enum status prepare_file(struct request *rq, void **ret_input, struct error *reterr)
{
	struct upload *u = ARENA_NEW(rq->arena, struct upload);

	*ret_input = u;
	(void)reterr;
	input_read(rq->body, &UPLOAD_FORM, rq->wants_json, rq->arena, &u->in, rq->problems);
	if (u->in.file == NULL || rq->problems->error_count > 0)
		return OK;
	struct error wrong = { 0 };
	if (region_file_read(rq->arena, (const char *)u->in.file->file.bytes, u->in.file->file.len,
	                     &u->file, &wrong) != OK)
		problems_add(rq->problems, PROBLEM_ERROR, "file",
		             arena_strdup(rq->arena, wrong.message));
	return OK;
}

static enum status apply_file(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct request *rq = change->rq;
	const struct upload *u = change->input;
	const struct region_taking t = { &u->file, rq->viewer->appointment_id, rq->now_ms,
		                         u->in.new_key };
	bool changed = false;

	const enum status st = region_figures_take(tx, &t, &changed, reterr);
	change->location =
	    arena_printf(db_tx_arena(tx), "/monitor/national?year=%d", u->file.figures.year);
	change->note = changed ? "De cijfers van deze regio zijn ingelezen."
	                       : "Deze cijfers stonden er al. Er is niets veranderd.";
	change->created = changed;
	return st;
}

const struct route national_routes[] = {
	{ .method = "GET",
	  .path = "/monitor/national",
	  .permission = PERM_MONITOR,
	  .action = AUDIT_MONITOR,
	  .read = show_national,
	  .view = &PAGE_VIEW,
	  .summary = "Cijfers van alle regio's naast elkaar en samen, zonder personen" },
	{ .method = "GET",
	  .path = "/monitor/national/figures",
	  .permission = PERM_MONITOR,
	  .action = AUDIT_MONITOR,
	  .read = show_figures,
	  .view = &LINES_VIEW_OF_LIST,
	  .summary = "Elk cijfer van elke regio, als lijst of bestand" },
	{ .method = "GET",
	  .path = "/monitor/national/file",
	  .permission = PERM_FIGURES_EXCHANGE,
	  .action = AUDIT_FIGURES_SEND,
	  .read = send_file,
	  .summary = "De cijfers van de eigen regio als getekend bestand" },
	{ .method = "POST",
	  .path = "/monitor/national/files",
	  .permission = PERM_FIGURES_EXCHANGE,
	  .action = AUDIT_FIGURES_TAKE,
	  .prepare = prepare_file,
	  .apply = apply_file,
	  .redraw = show_national,
	  .form = &UPLOAD_FORM,
	  .summary = "Cijfers van een andere regio inlezen" },
	{ 0 },
};

const struct page_template national_templates[] = {
	{ .name = "monitor/national", .view = &PAGE_VIEW, .form = &UPLOAD_FORM, .whole = true },
	{ .name = "monitor/national_figures", .view = &LINES_VIEW_OF_LIST, .whole = true },
	{ 0 },
};
