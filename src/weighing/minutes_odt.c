/* The minutes as an OpenDocument text: headings, paragraphs and one list a section. */
#include "weighing/minutes.h"

#include "platform/core/dutch.h"
#include "platform/view/odt.h"

static const char *moment(struct arena *a, int64_t ms)
{
	return ms == INT64_MIN ? NULL : dutch_moment(a, ms);
}

static const char *joined(struct arena *a, struct array lines)
{
	const struct minutes_line *l = lines.items;
	const char *ret = "";

	for (size_t i = 0; i < lines.count; i++)
		ret = arena_printf(a, "%s%s%s", ret, i == 0 ? "" : "; ", l[i].text);
	return ret;
}

static void dissents(struct odt *o, struct arena *a, struct array list)
{
	const struct remark *r = list.items;

	for (size_t i = 0; i < list.count; i++)
		odt_line(o, "Afwijkende mening",
		         arena_printf(a, "%s dacht anders over %s.%s%s", r[i].organ, r[i].about,
		                      r[i].text[0] != '\0' ? " " : "", r[i].text));
}

static void extras(struct odt *o, struct arena *a, struct array list)
{
	const struct minutes_extra *e = list.items;

	for (size_t i = 0; i < list.count; i++)
		odt_line(o, arena_printf(a, "Eigen factor: %s", e[i].name),
		         arena_printf(a, "%lld van %d, telt niet mee bij toelaten",
		                      (long long)e[i].score, LAW_FACTOR_SCORE_MAX));
}

static void item(struct odt *o, struct arena *a, const struct minutes_item *i)
{
	odt_heading(o, 2, arena_printf(a, "%lld. %s", (long long)i->place, i->reference));
	odt_line(o, "Indiener", i->participant);
	odt_line(o, "Besluit", i->outcome != NULL ? i->outcome : "nog geen");
	odt_line(o, "Reden", i->reason);
	if (i->next_day != INT64_MIN)
		odt_line(o, "Komt terug op", dutch_date(a, (int32_t)i->next_day));
	if (i->advise_local)
		odt_line(o, "Advies", "Pak dit op in de eigen organisatie.");
	if (i->outcome != NULL)
		odt_line(o, "Criteria gehaald",
		         arena_printf(a, "%lld van %d%s%s", (long long)i->criteria_met,
		                      LAW_CRITERION_COUNT, i->unmet != NULL ? ", niet: " : "",
		                      i->unmet != NULL ? i->unmet : ""));
	if (i->scored)
		odt_line(o, "Afgesproken scores samen",
		         arena_printf(a, "%lld van %d, een hulpmiddel", (long long)i->sum,
		                      LAW_FACTOR_COUNT * LAW_FACTOR_SCORE_MAX));
	extras(o, a, i->extras);
	odt_line(o, "Weeglijst", i->weighed_on);
	odt_line(o, "Werken mee", joined(a, i->involved));
	odt_line(o, "Opdracht", i->assignment);
	odt_line(o, "Waarom", i->why);
	dissents(o, a, i->dissents);
}

static void content(struct odt *o, struct arena *a, const struct minutes *m)
{
	const struct minutes_item *items = m->items.items;

	odt_heading(o, 1, arena_printf(a, "Verslag informatie-overleg %s", m->reference));
	odt_line(o, "Wanneer", moment(a, m->starts_at));
	odt_line(o, "Waar", m->place);
	odt_line(o, "Geopend", moment(a, m->opened_at));
	odt_line(o, "Geschorst", joined(a, m->pauses));
	odt_line(o, "Gesloten", moment(a, m->closed_at));
	odt_line(o, "Aanwezig", joined(a, m->present));
	odt_line(o, "Afwezig", joined(a, m->absent));
	odt_line(o, "Gasten", joined(a, m->guests));
	if (m->has_order)
		odt_line(o, "Volgorde volgens de eigen factoren", joined(a, m->order));
	for (size_t i = 0; i < m->items.count; i++)
		item(o, a, &items[i]);
}

void minutes_odt(struct out *o, struct arena *a, const struct minutes *m)
{
	struct odt doc;

	odt_begin(&doc, o, a);
	content(&doc, a, m);
	odt_end(&doc);
}
