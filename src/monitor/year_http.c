/* What happened with a municipality's signals in a year, and did it help: for its mayor, his council. */
#include "monitor/year_http.h"

#include "access/access.h"
#include "audit/action.h"
#include "interventions/intervention.h"
#include "law/instruments.h"
#include "monitor/chart_lines.h"
#include "monitor/period.h"
#include "monitor/year_charts.h"
#include "monitor/year_words.h"
#include "partners/partner.h"
#include "platform/core/calendar.h"
#include "platform/core/dutch.h"
#include "platform/view/choice.h"
#include "plein/plein.h"
#include "signals/signals.h"
#include "signals/theme.h"

/* ---- what the page holds ------------------------------------------------------------------------ */

struct year_signal {
	const char *reference, *href, *title, *participant, *done;
	uint8_t state;
	int64_t at;
	int effect; /* of EFFECTS; 0: not assessed */
};
static const struct view_field SIGNAL_FIELDS[] = {
	VIEW_F(struct year_signal, reference, VIEW_REF),
	VIEW_AS(struct year_signal, href, "href", VIEW_TEXT, .page_only = true),
	VIEW_F(struct year_signal, title, VIEW_TEXT),
	VIEW_F(struct year_signal, participant, VIEW_TEXT),
	VIEW_AS(struct year_signal, state, "state", VIEW_STATE, .machine = &SIGNAL_MACHINE),
	VIEW_AS(struct year_signal, at, "since", VIEW_MOMENT),
	VIEW_F(struct year_signal, done, VIEW_TEXT),
	VIEW_AS(struct year_signal, effect, "effect", VIEW_CODE, .codes = EFFECTS),
};
static const struct view SIGNAL_VIEW = VIEW_OF(struct year_signal, SIGNAL_FIELDS);

struct shown_effect {
	const char *instrument, *seen, *lessons;
	int64_t months, at;
	int effect; /* of EFFECTS */
};
static const struct view_field EFFECT_FIELDS[] = {
	VIEW_F(struct shown_effect, instrument, VIEW_TEXT),
	VIEW_F(struct shown_effect, months, VIEW_INT),
	VIEW_AS(struct shown_effect, at, "at", VIEW_MOMENT),
	VIEW_AS(struct shown_effect, effect, "effect", VIEW_CODE, .codes = EFFECTS),
	VIEW_F(struct shown_effect, seen, VIEW_TEXT),
	VIEW_F(struct shown_effect, lessons, VIEW_TEXT),
};
static const struct view EFFECT_VIEW = VIEW_OF(struct shown_effect, EFFECT_FIELDS);

struct shown_amount {
	const char *label;
	int64_t cents;
};
static const struct view_field AMOUNT_FIELDS[] = {
	VIEW_F(struct shown_amount, label, VIEW_TEXT),
	VIEW_F(struct shown_amount, cents, VIEW_MONEY),
};
static const struct view AMOUNT_VIEW = VIEW_OF(struct shown_amount, AMOUNT_FIELDS);

struct year_page {
	const char *heading, *municipality, *period, *other_href, *list_href;
	bool council, few_amounts, may_choose, chosen, living, hides_small, all_told;
	struct array years, municipalities, lines, signals, effects, amounts;
	struct bars *outcomes, *helped;
	bool has_signals, has_effects, has_amounts;
	struct figure_files files;
};
#define LIST(member, view_) VIEW_AS(struct year_page, member, #member, VIEW_LIST, .view = &(view_))
#define CHOICES(member)                                                                            \
	VIEW_AS(struct year_page, member, #member, VIEW_LIST, .view = &CHOICE_VIEW,                \
	        .page_only = true)
#define SHOWN(member, name_) VIEW_AS(struct year_page, member, name_, VIEW_BOOL, .page_only = true)
static const struct view_field PAGE_FIELDS[] = {
	FIGURE_FILES_FIELDS(struct year_page, files),
	VIEW_AS(struct year_page, heading, "heading", VIEW_TEXT, .page_only = true),
	VIEW_F(struct year_page, municipality, VIEW_TEXT),
	VIEW_F(struct year_page, period, VIEW_TEXT),
	VIEW_F(struct year_page, council, VIEW_BOOL),
	VIEW_F(struct year_page, living, VIEW_BOOL),
	VIEW_AS(struct year_page, hides_small, "hidesSmall", VIEW_BOOL),
	VIEW_AS(struct year_page, other_href, "otherHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct year_page, list_href, "listHref", VIEW_TEXT, .page_only = true),
	SHOWN(few_amounts, "fewAmounts"),
	SHOWN(may_choose, "mayChoose"),
	SHOWN(chosen, "chosen"),
	SHOWN(all_told, "allTold"),
	CHOICES(years),
	CHOICES(municipalities),
	LIST(lines, YEAR_LINE_VIEW),
	VIEW_AS(struct year_page, outcomes, "outcomes", VIEW_OBJECT, .view = &BARS_VIEW),
	VIEW_AS(struct year_page, helped, "helped", VIEW_OBJECT, .view = &BARS_VIEW),
	LIST(signals, SIGNAL_VIEW),
	LIST(effects, EFFECT_VIEW),
	LIST(amounts, AMOUNT_VIEW),
	SHOWN(has_signals, "hasSignals"),
	SHOWN(has_effects, "hasEffects"),
	SHOWN(has_amounts, "hasAmounts"),
};
static const struct view PAGE_VIEW = VIEW_OF(struct year_page, PAGE_FIELDS);

/* ---- what was asked ------------------------------------------------------------------------------- */

static const struct code VERSIONS[] = { { 1, "MAYOR", "Voor de burgemeester" },
	                                { 2, "COUNCIL", "Voor de raad" },
	                                { 0 } };
enum { FOR_COUNCIL = 2 };
struct year_input {
	int version;
};
static const struct field INPUT_FIELDS[] = {
	{ .path = "version",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct year_input, version),
	  .label = "Versie",
	  .codes = VERSIONS },
};
static const struct form INPUT = { INPUT_FIELDS, 1, sizeof(struct year_input) };

struct asked_year {
	struct chosen_period period;
	struct municipality place; /* id 0: none chosen */
	bool council;              /* the version that names nothing small and no record */
	bool only_council;         /* he has no other */
	bool own;                  /* his own municipality */
};

static void choose_place(struct request *rq, struct asked_year *y)
{
	const int64_t own = rq->viewer->municipality_id;

	y->own = access_permits(rq->viewer->role, PERM_OWN_YEAR);
	if (!y->own)
		return;
	if (y->period.figures.municipality_id != 0 && y->period.figures.municipality_id != own)
		problems_add(rq->problems, PROBLEM_ERROR, "municipality",
		             "U ziet hier het jaar van uw eigen gemeente.");
	y->period.figures.municipality_id = own;
}

static enum status read_asked(struct request *rq, struct asked_year *y, struct error *reterr)
{
	struct year_input in;

	y->period = period_read(rq);
	input_read(rq->query, &INPUT, false, rq->arena, &in, rq->problems);
	choose_place(rq, y);
	y->only_council = !y->own && !role_sees_all_records(rq->viewer->role);
	y->council = in.version == FOR_COUNCIL || y->only_council;
	if (rq->problems->error_count > 0 && rq->wants_json)
		return FAIL(reterr, ERR_INVALID, "Kies een ander jaar of een andere gemeente.");
	if (y->period.figures.municipality_id == 0)
		return OK;
	return municipality_load(rq->db, y->period.figures.municipality_id, rq->arena, &y->place,
	                         reterr);
}

static const char *href_of(struct request *rq, const struct asked_year *y, bool council)
{
	return arena_printf(
	    rq->arena, "/monitor/year?year=%d%s%s", y->period.year,
	    y->own ? "" : arena_printf(rq->arena, "&municipality=%lld", (long long)y->place.id),
	    council ? "&version=COUNCIL" : "&version=MAYOR");
}

/* ---- what only the mayor's version has --------------------------------------------------------------- */

static const char *done_words(struct arena *a, const struct year_result *r)
{
	return arena_printf(a, "%lld van %s uitgevoerd", (long long)r->executed,
	                    dutch_count(a, r->planned, "interventie", "interventies"));
}

static struct year_signal shown_signal(struct request *rq, const struct signal_row *from,
                                       const struct array *results)
{
	const struct year_result *r = results->items;
	struct year_signal to = { .reference = from->reference,
		                  .href = arena_printf(rq->arena, "/signals/%s", from->reference),
		                  .title = from->title,
		                  .participant = from->participant,
		                  .state = from->state,
		                  .at = from->at };

	for (size_t i = 0; i < results->count; i++)
		if (r[i].signal_id == from->id) {
			to.done = done_words(rq->arena, &r[i]);
			to.effect = r[i].effect >= 0 ? (int)r[i].effect + 1 : 0;
		}
	return to;
}

/* Those that this viewer may see; who sees none, sees no table. */
static enum status load_signals(struct request *rq, const struct asked_year *y,
                                const struct year_place *p, struct year_page *page,
                                struct error *reterr)
{
	const struct signal_query q = { .viewer = rq->viewer,
		                        .keyring = plein_of(rq)->keyring,
		                        .municipality_id = y->place.id,
		                        .from_ms = p->period->from_ms,
		                        .until_ms = p->period->until_ms,
		                        .limit = YEAR_SIGNALS_MAX + 1 };
	struct array found = { 0 }, results = { 0 };

	enum status st = signal_rows(rq->db, &q, rq->arena, &found, reterr);
	if (st == OK)
		st = year_results(rq->db, p, rq->arena, &results, reterr);
	if (st != OK)
		return st;
	const struct signal_row *from = found.items;
	const size_t count = found.count < YEAR_SIGNALS_MAX ? found.count : YEAR_SIGNALS_MAX;
	struct year_signal *to = ARENA_ARRAY(rq->arena, struct year_signal, count + 1);
	for (size_t i = 0; i < count; i++)
		to[i] = shown_signal(rq, &from[i], &results);
	page->signals = (struct array){ to, count };
	page->all_told = found.count <= YEAR_SIGNALS_MAX;
	rq->touched = (struct touched){ .kind = OBJECT_SIGNAL, .count = (int32_t)count };
	return OK;
}

enum { SHOWN_EFFECTS = 8 };

static struct shown_effect shown(const struct year_effect *e)
{
	return (struct shown_effect){ .instrument = year_instrument(e->instrument),
		                      .seen = e->seen,
		                      .lessons = e->lessons[0] != '\0' ? e->lessons : NULL,
		                      .months = e->months,
		                      .at = e->assessed_at,
		                      .effect = (int)e->effect + 1 };
}

/* The last word about each intervention, newest first. */
static struct array effects_of(struct request *rq, const struct year_counts *c)
{
	const struct year_effect *from = c->effects.items;
	struct shown_effect *to = ARENA_ARRAY(rq->arena, struct shown_effect, SHOWN_EFFECTS);
	size_t count = 0;

	for (size_t i = 0; i < c->effects.count && count < SHOWN_EFFECTS; i++)
		if (from[i].latest)
			to[count++] = shown(&from[i]);
	return (struct array){ to, count };
}

/* ---- the page -------------------------------------------------------------------------------------------- */

static struct array amounts_of(struct request *rq, const struct year_counts *c)
{
	size_t all = 0, count = 0;
	const struct law_amount_row *rows = law_amounts(&all);
	struct shown_amount *to = ARENA_ARRAY(rq->arena, struct shown_amount, all + 1);

	for (size_t i = 0; i < all; i++)
		if (c->cents[rows[i].code - 1] != 0)
			to[count++] =
			    (struct shown_amount){ rows[i].label, c->cents[rows[i].code - 1] };
	return (struct array){ to, count };
}

static void draw(struct request *rq, const struct asked_year *y, const struct year_counts *c,
                 struct year_page *page)
{
	const struct year_told told = { .arena = rq->arena,
		                        .place = y->place.name,
		                        .now = y->period.year == y->period.this_year,
		                        .hides_small = y->council };

	page->lines = year_lines(&told, c);
	page->outcomes = year_outcomes_chart(rq->arena, c, y->council);
	page->helped = year_helped_chart(rq->arena, c, y->council);
	page->few_amounts = y->council && year_sums_of(c).executed < SMALL_CELL;
	if (!page->few_amounts)
		page->amounts = amounts_of(rq, c);
	page->has_amounts = page->amounts.count > 0;
	page->other_href = y->only_council ? NULL : href_of(rq, y, !y->council);
	if (y->council)
		return;
	page->effects = effects_of(rq, c);
	page->has_effects = page->effects.count > 0;
	page->list_href = arena_printf(rq->arena, "/signals?sinceFrom=%s&sinceUntil=%s",
	                               iso_date(rq->arena, y->period.from_day),
	                               iso_date(rq->arena, y->period.until_day));
}

static enum status load_page(struct request *rq, const struct asked_year *y, struct year_page *page,
                             struct error *reterr)
{
	const struct year_place p = { .period = &y->period.figures,
		                      .municipality_id = y->place.id,
		                      .living = y->place.inhabitants < STATISTIC_INHABITANTS };
	struct year_counts counts = { 0 };

	page->municipality = y->place.name;
	page->chosen = true;
	page->living = p.living;
	enum status st = year_load(rq->db, &p, rq->arena, &counts, reterr);
	if (st == OK && !y->council)
		st = load_signals(rq, y, &p, page, reterr);
	if (st != OK)
		return st;
	page->has_signals = page->signals.count > 0;
	draw(rq, y, &counts, page);
	return OK;
}

static void told_lines(struct figure_lines *to, const struct year_page *page)
{
	const struct year_line *said = page->lines.items;
	const struct shown_amount *amounts = page->amounts.items;

	for (size_t i = 0; i < page->lines.count; i++)
		figure_text(to, "In het kort", page->municipality, NULL, said[i].text);
	bars_lines(to, page->outcomes);
	bars_lines(to, page->helped);
	for (size_t i = 0; i < page->amounts.count; i++)
		figure_cents(to, "Bedragen", amounts[i].label, NULL, amounts[i].cents);
}

static void record_lines(struct figure_lines *to, const struct year_page *page)
{
	const struct year_signal *s = page->signals.items;
	const struct shown_effect *e = page->effects.items;

	for (size_t i = 0; i < page->signals.count; i++) {
		figure_text(to, "Welke signalen?", s[i].reference, "Titel", s[i].title);
		figure_text(to, "Welke signalen?", s[i].reference, "Van", s[i].participant);
		figure_text(to, "Welke signalen?", s[i].reference, "Wat is gedaan", s[i].done);
		figure_text(to, "Welke signalen?", s[i].reference, "Hielp het?",
		            code_label(EFFECTS, s[i].effect));
	}
	for (size_t i = 0; i < page->effects.count; i++) {
		figure_text(to, "Wat zagen wij op de plek?", e[i].instrument, "Hielp het?",
		            code_label(EFFECTS, e[i].effect));
		figure_text(to, "Wat zagen wij op de plek?", e[i].instrument, "Wat zagen wij?",
		            e[i].seen);
		figure_text(to, "Wat zagen wij op de plek?", e[i].instrument, "Wat leerden wij?",
		            e[i].lessons);
	}
}

static enum status respond_file(struct request *rq, struct response *rs, int year,
                                const struct year_page *page, struct error *reterr)
{
	struct figure_lines lines = { .arena = rq->arena };

	told_lines(&lines, page);
	record_lines(&lines, page);
	return figure_lines_respond(rq, rs, arena_printf(rq->arena, "gemeentejaar-%d", year),
	                            &lines, reterr);
}

static const char *heading_of(struct request *rq, const struct asked_year *y)
{
	if (y->place.id == 0)
		return "Het jaar van een gemeente";
	return y->own && !y->council
	           ? arena_printf(rq->arena, "Uw jaar in het RIEC: %d", y->period.year)
	           : arena_printf(rq->arena, "%s in het RIEC: %d", y->place.name, y->period.year);
}

static enum status show_year(struct request *rq, struct response *rs, struct error *reterr)
{
	static const struct place_choice ANY = { "Kies een gemeente", 0 };
	struct asked_year y = { 0 };
	struct year_page record = { 0 };

	enum status st = read_asked(rq, &y, reterr);
	if (st == OK && !y.own)
		st = period_municipalities(rq, &y.period, &ANY, &record.municipalities, reterr);
	if (st == OK && y.place.id != 0)
		st = load_page(rq, &y, &record, reterr);
	if (st != OK)
		return st;
	if (rq->problems->error_count > 0)
		rs->code = 400;
	if (figure_lines_asked(rq) && rq->problems->error_count == 0)
		return respond_file(rq, rs, y.period.year, &record, reterr);
	record.files = figure_files_of(rq);
	record.heading = heading_of(rq, &y);
	record.period = period_words(rq->arena, &y.period);
	record.council = y.council;
	record.hides_small = y.council;
	record.may_choose = !y.own;
	record.years = period_years(rq->arena, &y.period);
	const struct page page = { .title = record.heading,
		                   .place = y.own ? "/monitor/own-year" : "/monitor",
		                   .template_name = "monitor/year" };
	return page_respond(rq, rs, &page, &PAGE_VIEW, &record, reterr);
}

const struct route year_routes[] = {
	{ .method = "GET",
	  .path = "/monitor/year",
	  .permission = PERM_MONITOR,
	  .action = AUDIT_MONITOR,
	  .read = show_year,
	  .view = &PAGE_VIEW,
	  .summary =
	      "Wat er in een jaar met de signalen van een gemeente gebeurde, en of het hielp" },
	{ .method = "GET",
	  .path = "/monitor/own-year",
	  .permission = PERM_OWN_YEAR,
	  .action = AUDIT_MONITOR,
	  .read = show_year,
	  .view = &PAGE_VIEW,
	  .summary = "Wat er in een jaar met de signalen van uw gemeente gebeurde" },
	{ 0 },
};

const struct page_template year_templates[] = {
	{ .name = "monitor/year", .view = &PAGE_VIEW, .whole = true },
	{ 0 },
};
