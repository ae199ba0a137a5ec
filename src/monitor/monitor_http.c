/* The monitor: what the chain did in a year, from rows that name nobody (D 3.11). */
#include "monitor/monitor_http.h"

#include <string.h>

#include "access/access.h"
#include "audit/action.h"
#include "casework/casefile.h"
#include "interventions/intervention.h"
#include "law/instruments.h"
#include "monitor/chart_lines.h"
#include "monitor/kpi.h"
#include "monitor/monitor_charts.h"
#include "partners/partner.h"
#include "platform/core/calendar.h"
#include "platform/core/dutch.h"
#include "platform/view/choice.h"
#include "plein/plein.h"
#include "signals/signal.h"
#include "signals/theme.h"

/* ---- what the page holds ---------------------------------------------------------------------- */

struct tile {
	const char *label, *figure, *note, *href;
};
static const struct view_field TILE_FIELDS[] = {
	VIEW_F(struct tile, label, VIEW_TEXT),
	VIEW_F(struct tile, figure, VIEW_TEXT),
	VIEW_F(struct tile, note, VIEW_TEXT),
	VIEW_AS(struct tile, href, "href", VIEW_TEXT, .page_only = true),
};
static const struct view TILE_VIEW = VIEW_OF(struct tile, TILE_FIELDS);

struct amount_row {
	const char *kind;
	int64_t cents[AMOUNT_COLUMNS]; /* INT64_MIN: nothing */
};
#define AMOUNT_FIELD(column, name_)                                                                \
	{                                                                                          \
		.name = (name_), .kind = VIEW_MONEY,                                               \
		.offset = offsetof(struct amount_row, cents) + ((column)-1) * sizeof(int64_t)      \
	}
static const struct view_field AMOUNT_FIELDS[] = {
	VIEW_F(struct amount_row, kind, VIEW_TEXT), AMOUNT_FIELD(AMOUNT_CALCULATED, "calculated"),
	AMOUNT_FIELD(AMOUNT_CLAIMED, "claimed"),    AMOUNT_FIELD(AMOUNT_IMPOSED, "imposed"),
	AMOUNT_FIELD(AMOUNT_SEIZED, "seized"),      AMOUNT_FIELD(AMOUNT_COLLECTED, "collected"),
	AMOUNT_FIELD(AMOUNT_SET_OFF, "setOff"),     AMOUNT_FIELD(AMOUNT_PREVENTED, "prevented"),
};
static const struct view AMOUNT_VIEW = VIEW_OF(struct amount_row, AMOUNT_FIELDS);

struct monitor_page {
	const char *lead, *silent, *silent_themes;
	struct array years, themes, municipalities, participants, lines, weights, variants,
	    projects, effect_after;
	struct array tiles, amounts;
	struct bars *signals, *answers, *owed, *casefiles, *interventions, *effects, *moments,
	    *effects_due;
	struct ranges *steps;
	struct lines *hours;
	bool has_amounts, is_silent, hides_small, has_projects;
	struct figure_files files;
	int year;
	bool narrowed; /* to part of the region: what was chosen stays in sight */
};
#define LIST_FIELD(member, view_)                                                                  \
	VIEW_AS(struct monitor_page, member, #member, VIEW_LIST, .view = &(view_))
#define CHOICES(member)                                                                            \
	VIEW_AS(struct monitor_page, member, #member, VIEW_LIST, .view = &CHOICE_VIEW,             \
	        .page_only = true)
#define CHART(member, view_)                                                                       \
	VIEW_AS(struct monitor_page, member, #member, VIEW_OBJECT, .view = &(view_))
static const struct view_field PAGE_FIELDS[] = {
	FIGURE_FILES_FIELDS(struct monitor_page, files),
	VIEW_F(struct monitor_page, lead, VIEW_TEXT),
	CHOICES(years),
	CHOICES(themes),
	CHOICES(municipalities),
	CHOICES(participants),
	CHOICES(lines),
	CHOICES(weights),
	CHOICES(variants),
	CHOICES(projects),
	VIEW_AS(struct monitor_page, effect_after, "effectAfter", VIEW_LIST, .view = &CHOICE_VIEW,
	        .page_only = true),
	VIEW_AS(struct monitor_page, has_projects, "hasProjects", VIEW_BOOL, .page_only = true),
	VIEW_F(struct monitor_page, narrowed, VIEW_BOOL),
	LIST_FIELD(tiles, TILE_VIEW),
	CHART(signals, BARS_VIEW),
	CHART(steps, RANGES_VIEW),
	CHART(answers, BARS_VIEW),
	CHART(owed, BARS_VIEW),
	CHART(casefiles, BARS_VIEW),
	CHART(interventions, BARS_VIEW),
	CHART(hours, LINES_VIEW),
	CHART(moments, BARS_VIEW),
	CHART(effects, BARS_VIEW),
	VIEW_AS(struct monitor_page, effects_due, "effectsDue", VIEW_OBJECT, .view = &BARS_VIEW),
	LIST_FIELD(amounts, AMOUNT_VIEW),
	VIEW_AS(struct monitor_page, has_amounts, "hasAmounts", VIEW_BOOL, .page_only = true),
	VIEW_F(struct monitor_page, silent, VIEW_TEXT),
	VIEW_AS(struct monitor_page, silent_themes, "silentThemes", VIEW_TEXT),
	VIEW_AS(struct monitor_page, is_silent, "isSilent", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct monitor_page, hides_small, "hidesSmall", VIEW_BOOL, .page_only = true),
};
static const struct view PAGE_VIEW = VIEW_OF(struct monitor_page, PAGE_FIELDS);

/* ---- tiles --------------------------------------------------------------------------------------- */

static const char *number(struct request *rq, const struct counted *c, int64_t n)
{
	return c->hides_small && counted_is_small(n)
	           ? arena_printf(rq->arena, "minder dan %d", SMALL_CELL)
	           : dutch_number(rq->arena, n);
}

static const char *list_href(struct request *rq, const struct counted *c, const char *list)
{
	return arena_printf(rq->arena, "%s?sinceFrom=%s&sinceUntil=%s", list,
	                    iso_date(rq->arena, c->period.from_day),
	                    iso_date(rq->arena, c->period.until_day));
}

/* A share from which no small count follows. */
static const char *share_in_time(struct request *rq, const struct counted *c, int64_t in_time,
                                 int64_t all)
{
	if (!c->hides_small || (!counted_is_small(in_time) && !counted_is_small(all - in_time)))
		return percent_of(rq->arena, in_time, all);
	return in_time > all - in_time ? "de meeste" : "een deel";
}

static const char *good_effects(struct request *rq, const struct counted *c)
{
	const int64_t good = counted_effects(&c->effects, EFFECT_MONTHS, GOOD_EFFECT) +
	                     counted_effects(&c->effects, EFFECT_MONTHS, BEST_EFFECT);
	int64_t all = 0;

	for (int e = 0; e <= BEST_EFFECT; e++)
		all += counted_effects(&c->effects, EFFECT_MONTHS, e);
	return arena_printf(rq->arena, "%s van %s",
	                    c->hides_small && counted_effects_small(&c->effects, EFFECT_MONTHS)
	                        ? "een deel"
	                        : number(rq, c, good),
	                    number(rq, c, all));
}

enum { TILES = 6 };

static struct array tiles_of(struct request *rq, const struct counted *c)
{
	struct tile *t = ARENA_ARRAY(rq->arena, struct tile, TILES);
	const enum role role = rq->viewer->role;
	const struct feedback_share told = counted_feedback(&c->feedback);
	const int64_t in_time = counted_answers(&c->answers, 0, false);
	const int64_t answers = in_time + counted_answers(&c->answers, 0, true);
	const int64_t approved = counted_weighed(&c->interventions, INTERVENTION_APPROVED, 0);

	t[0] = (struct tile){ "Signalen ingediend", number(rq, c, counted_submitted(&c->signals)),
		              arena_printf(rq->arena, "%d: %s", c->period.year - 1,
		                           number(rq, c, counted_submitted(&c->last_year))),
		              access_permits(role, PERM_SIGNAL_READ) ? list_href(rq, c, "/signals")
		                                                     : NULL };
	t[1] = (struct tile){
		"In behandeling genomen",
		counted_sum_told(rq->arena, c->hides_small,
		                 counted_times(&c->signals, SIGNAL_ADOPTED_CASE, 0),
		                 counted_times(&c->signals, SIGNAL_ADOPTED_DIRECT, 0)),
		arena_printf(rq->arena, "%s niet",
		             number(rq, c, counted_times(&c->signals, SIGNAL_NOT_ADOPTED, 0))),
		access_permits(role, PERM_CASEFILE_READ) ? "/casefiles" : NULL
	};
	t[2] = (struct tile){ "Op tijd teruggekoppeld",
		              share_in_time(rq, c, told.in_time, told.in_time + told.late),
		              "binnen één werkdag na het overleg", NULL };
	t[3] = (struct tile){ "Bevragingen op tijd", share_in_time(rq, c, in_time, answers),
		              arena_printf(rq->arena, "van %s beantwoord", number(rq, c, answers)),
		              access_permits(role, PERM_REQUEST_READ) ? "/requests" : NULL };
	t[4] = (struct tile){
		"Interventies uitgevoerd",
		number(rq, c, counted_weighed(&c->interventions, INTERVENTION_EXECUTED, 0)),
		arena_printf(rq->arena, "%s goedgekeurd", number(rq, c, approved)), NULL
	};
	t[5] = (struct tile){
		"Effect duidelijk of groot", good_effects(rq, c),
		arena_printf(rq->arena, "na zes maanden, sinds %d", c->period.first_year), NULL
	};
	return (struct array){ t, TILES };
}

/* ---- amounts and white spots ---------------------------------------------------------------------- */

static struct array amounts_of(struct request *rq, const struct counted *c)
{
	const struct amounts_count *from = c->amounts.items;
	struct amount_row *to = ARENA_ARRAY(rq->arena, struct amount_row, c->amounts.count + 1);
	size_t all = 0, count = 0;
	const struct law_intervention_kind_row *kinds = law_intervention_kinds(&all);

	for (size_t i = 0; i < c->amounts.count; i++) {
		bool some = false;
		for (int k = 0; k < AMOUNT_COLUMNS; k++) {
			to[count].cents[k] = from[i].cents[k] != 0 ? from[i].cents[k] : INT64_MIN;
			some = some || from[i].cents[k] != 0;
		}
		for (size_t k = 0; some && k < all; k++)
			if ((int64_t)kinds[k].code == from[i].kind)
				to[count].kind = kinds[k].label;
		count += some ? 1 : 0;
	}
	return (struct array){ to, count };
}

static const char *joined(struct arena *a, const char *const *names, size_t count)
{
	const char *text = NULL;

	for (size_t i = 0; i < count; i++)
		text = text == NULL ? names[i]
		                    : arena_printf(a, "%s%s%s", text,
		                                   i + 1 == count ? " en " : ", ", names[i]);
	return text;
}

static const char *silent_themes(struct request *rq, const struct counted *c)
{
	enum { THEMES_MAX = 64 };
	const char *names[THEMES_MAX];
	size_t count = 0;

	for (const struct code *t = SIGNAL_THEMES; t->name != NULL && count < THEMES_MAX; t++)
		if ((c->themes_heard & UINT64_C(1) << t->value) == 0)
			names[count++] = t->label;
	return joined(rq->arena, names, count);
}

/* ---- what can be chosen ------------------------------------------------------------------------------ */

static struct array codes_of(struct request *rq, const struct code *codes, int chosen,
                             const char *all)
{
	enum { CODES_MAX = 64 };
	struct array list = choices_for(rq->arena, CODES_MAX + 1);
	size_t count = 0;

	choices_add(&list, "", all, "?");
	for (const struct code *c = codes; c->name != NULL && count < CODES_MAX; c++, count++)
		choices_add(&list, c->name, c->label, c->value == chosen ? c->name : "?");
	return list;
}

static struct array participants_of(struct request *rq, const struct chosen_period *p)
{
	size_t count = 0;
	const struct law_participant *rows = law_participants(&count);
	struct array list = choices_for(rq->arena, count + 1);

	choices_add(&list, "", "Alle deelnemers", "?");
	for (size_t i = 0; i < count; i++)
		choices_add(&list, arena_printf(rq->arena, "%c", (char)rows[i].letter),
		            rows[i].name, p->figures.letter);
	return list;
}

static struct array moments_of(struct request *rq, const struct chosen_period *p)
{
	struct array list = choices_for(rq->arena, EFFECT_MOMENTS);

	for (const struct code *c = EFFECT_AFTER; c->name != NULL; c++)
		choices_add(&list, c->name, c->label,
		            c->value == p->figures.effect_months ? c->name : "?");
	return list;
}

/* ---- the page ------------------------------------------------------------------------------------------ */

static void draw(struct request *rq, const struct counted *c, struct monitor_page *page)
{
	page->lead =
	    arena_printf(rq->arena, "%s. Cijfers van nu, %s.", period_words(rq->arena, &c->period),
	                 dutch_time(rq->arena, rq->now_ms));
	page->hides_small = c->hides_small;
	page->years = period_years(rq->arena, &c->period);
	page->themes = codes_of(rq, SIGNAL_THEMES, c->period.figures.theme, "Alle thema's");
	page->participants = participants_of(rq, &c->period);
	page->lines = codes_of(rq, SIGNAL_LINES, c->period.figures.line, "Alle lijnen");
	page->weights =
	    codes_of(rq, INTERVENTION_WEIGHTS, c->period.figures.weight, "Alle gewichten");
	page->variants = codes_of(rq, CASEFILE_VARIANTS, c->period.figures.variant, "Alle soorten");
	page->effect_after = moments_of(rq, &c->period);
	page->tiles = tiles_of(rq, c);
	page->signals = monitor_signals_chart(rq, c);
	page->steps = monitor_steps_chart(rq, c);
	page->answers = monitor_answers_chart(rq, c);
	page->owed = c->period.year == c->period.this_year ? monitor_owed_chart(rq, c) : NULL;
	page->casefiles = monitor_casefiles_chart(rq, c);
	page->interventions = monitor_interventions_chart(rq, c);
	page->hours = monitor_hours_chart(rq, c);
	page->moments = monitor_moments_chart(rq, c);
	page->effects = monitor_effects_chart(rq, c);
	page->effects_due =
	    c->period.year == c->period.this_year ? monitor_effects_due_chart(rq, c) : NULL;
	page->amounts = amounts_of(rq, c);
	page->has_amounts = page->amounts.count > 0;
	page->silent = joined(rq->arena, c->silent.items, c->silent.count);
	page->silent_themes = silent_themes(rq, c);
	page->is_silent = page->silent != NULL || page->silent_themes != NULL;
}

static void amount_lines(struct figure_lines *to, const struct array *amounts)
{
	const struct amount_row *rows = amounts->items;
	size_t count = 0;
	const struct law_amount_row *columns = law_amounts(&count);

	for (size_t i = 0; i < amounts->count; i++)
		for (size_t k = 0; k < count; k++)
			figure_cents(to, "Bedragen", rows[i].kind, columns[k].label,
			             rows[i].cents[columns[k].code - 1]);
}

/* Every figure of the page, in its order. */
static enum status respond_file(struct request *rq, struct response *rs,
                                const struct monitor_page *page, struct error *reterr)
{
	struct figure_lines lines = { .arena = rq->arena };
	const struct tile *tiles = page->tiles.items;

	for (size_t i = 0; i < page->tiles.count; i++) {
		if (strcmp(tiles[i].figure, "-") != 0)
			figure_text(&lines, "In het kort", tiles[i].label, NULL, tiles[i].figure);
		figure_text(&lines, "In het kort", tiles[i].label, "Erbij", tiles[i].note);
	}
	bars_lines(&lines, page->signals);
	ranges_lines(&lines, page->steps);
	bars_lines(&lines, page->casefiles);
	bars_lines(&lines, page->owed);
	bars_lines(&lines, page->answers);
	bars_lines(&lines, page->interventions);
	two_lines_lines(&lines, page->hours);
	bars_lines(&lines, page->moments);
	bars_lines(&lines, page->effects);
	bars_lines(&lines, page->effects_due);
	amount_lines(&lines, &page->amounts);
	figure_text(&lines, "Witte plekken", "Geen signaal over", NULL, page->silent);
	figure_text(&lines, "Witte plekken", "Geen signaal met als thema", NULL,
	            page->silent_themes);
	return figure_lines_respond(rq, rs, arena_printf(rq->arena, "monitor-%d", page->year),
	                            &lines, reterr);
}

static bool is_narrowed(const struct figures_period *p)
{
	return p->theme != 0 || p->municipality_id != 0 || p->letter[0] != '\0' || p->line != 0 ||
	       p->variant != 0 || p->weight != 0 || p->project_id != 0 ||
	       p->effect_months != EFFECT_MONTHS;
}

static enum status show_monitor(struct request *rq, struct response *rs, struct error *reterr)
{
	static const struct place_choice WIDE = { "Alle gemeenten", STATISTIC_INHABITANTS };
	struct monitor_page record = { 0 };
	struct counted c = { .period = period_read(rq),
		             .hides_small = !role_sees_all_records(rq->viewer->role) };

	if (rq->problems->error_count > 0 && rq->wants_json)
		return FAIL(reterr, ERR_INVALID, "Kies een andere periode.");
	if (rq->problems->error_count > 0)
		rs->code = 400;
	enum status st = counted_load(rq, &c, reterr);
	if (st == OK)
		st = period_municipalities(rq, &c.period, &WIDE, &record.municipalities, reterr);
	if (st == OK)
		st = period_projects(rq, &c.period, &record.projects, reterr);
	if (st != OK)
		return st;
	record.has_projects = record.projects.count > 1;
	record.narrowed = is_narrowed(&c.period.figures);
	record.year = c.period.year;
	draw(rq, &c, &record);
	if (figure_lines_asked(rq) && rq->problems->error_count == 0)
		return respond_file(rq, rs, &record, reterr);
	record.files = figure_files_of(rq);
	const struct page page = { .title = "Monitor",
		                   .place = "/monitor",
		                   .template_name = "monitor/monitor" };
	return page_respond(rq, rs, &page, &PAGE_VIEW, &record, reterr);
}

/* ---- what is counted -------------------------------------------------------------------------------- */

struct definition {
	const char *code, *title, *text, *place;
	int64_t version, from_day, until_day; /* until: INT64_MIN while it holds */
};
static const struct view_field DEFINITION_FIELDS[] = {
	VIEW_F(struct definition, code, VIEW_TEXT),
	VIEW_F(struct definition, version, VIEW_INT),
	VIEW_AS(struct definition, from_day, "fromDay", VIEW_DAY),
	VIEW_AS(struct definition, until_day, "untilDay", VIEW_DAY),
	VIEW_AS(struct definition, place, "place", VIEW_TEXT, .page_only = true),
	VIEW_F(struct definition, title, VIEW_TEXT),
	VIEW_F(struct definition, text, VIEW_TEXT),
};
static const struct view DEFINITION_VIEW = VIEW_OF(struct definition, DEFINITION_FIELDS);

struct definitions_page {
	struct array definitions;
};
static const struct view_field DEFINITIONS_FIELDS[] = {
	VIEW_AS(struct definitions_page, definitions, "definitions", VIEW_LIST,
	        .view = &DEFINITION_VIEW),
};
static const struct view DEFINITIONS_VIEW = VIEW_OF(struct definitions_page, DEFINITIONS_FIELDS);

static enum status show_definitions(struct request *rq, struct response *rs, struct error *reterr)
{
	size_t count = 0;
	const struct kpi *rows = kpi_rows(&count);
	struct definition *list = ARENA_ARRAY(rq->arena, struct definition, count);

	for (size_t i = 0; i < count; i++) {
		const bool ended = i + 1 < count && strcmp(rows[i].code, rows[i + 1].code) == 0;
		list[i] = (struct definition){
			.code = rows[i].code,
			.title = rows[i].title,
			.text = rows[i].text,
			.place = kpi_place(rq->arena, rows[i].code, rows[i].from_day),
			.version = rows[i].version,
			.from_day = rows[i].from_day,
			.until_day = ended ? rows[i + 1].from_day - 1 : INT64_MIN,
		};
	}
	const struct definitions_page record = { .definitions = { list, count } };
	const struct page page = { .title = "Wat tellen wij precies?",
		                   .place = "/monitor",
		                   .template_name = "monitor/definitions" };
	return page_respond(rq, rs, &page, &DEFINITIONS_VIEW, &record, reterr);
}

const struct route monitor_routes[] = {
	{ .method = "GET",
	  .path = "/monitor",
	  .permission = PERM_MONITOR,
	  .action = AUDIT_MONITOR,
	  .read = show_monitor,
	  .view = &PAGE_VIEW,
	  .summary = "Wat de keten in een jaar deed: cijfers zonder personen" },
	{ .method = "GET",
	  .path = "/monitor/definitions",
	  .permission = PERM_MONITOR,
	  .action = AUDIT_MONITOR,
	  .read = show_definitions,
	  .view = &DEFINITIONS_VIEW,
	  .summary = "Wat elk cijfer van de monitor telt, met versie en ingangsdatum" },
	{ 0 },
};

const struct page_template monitor_templates[] = {
	{ .name = "monitor/monitor", .view = &PAGE_VIEW, .whole = true },
	{ .name = "monitor/definitions", .view = &DEFINITIONS_VIEW, .whole = true },
	{ 0 },
};
