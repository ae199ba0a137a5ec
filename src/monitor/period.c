#include "monitor/period.h"

#include <string.h>

#include "casework/casefile.h"
#include "casework/project.h"
#include "interventions/intervention.h"
#include "law/statute.h"
#include "monitor/kpi.h"
#include "partners/partner.h"
#include "platform/core/calendar.h"
#include "platform/core/dutch.h"
#include "platform/http/input.h"
#include "platform/view/choice.h"
#include "signals/theme.h"

enum { QUARTERS = 4 };

struct period_input {
	int64_t year, municipality, project;
	int theme, line, weight, variant, effect_after;
	const char *participant;
};
const struct code EFFECT_AFTER[] = {
	{ 3, "3", "na drie maanden" },
	{ EFFECT_MONTHS, "6", "na zes maanden" },
	{ 12, "12", "na twaalf maanden" },
	{ 0 },
};
static const struct field FIELDS[] = {
	{ .path = "year",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct period_input, year),
	  .label = "Jaar" },
	{ .path = "municipality",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct period_input, municipality),
	  .label = "Gemeente" },
	{ .path = "theme",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct period_input, theme),
	  .label = "Thema",
	  .codes = SIGNAL_THEMES },
	{ .path = "line",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct period_input, line),
	  .label = "Lijn",
	  .codes = SIGNAL_LINES },
	{ .path = "weight",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct period_input, weight),
	  .label = "Gewicht",
	  .codes = INTERVENTION_WEIGHTS },
	{ .path = "variant",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct period_input, variant),
	  .label = "Soort casus",
	  .codes = CASEFILE_VARIANTS },
	{ .path = "effectAfter",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct period_input, effect_after),
	  .label = "Effect",
	  .codes = EFFECT_AFTER },
	{ .path = "project",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct period_input, project),
	  .label = "Project" },
	{ .path = "participant",
	  .kind = FIELD_TEXT,
	  .offset = offsetof(struct period_input, participant),
	  .label = "Deelnemer",
	  .max_chars = 1 },
};
static const struct form PERIOD_FORM = { FIELDS, sizeof FIELDS / sizeof FIELDS[0],
	                                 sizeof(struct period_input) };

static int32_t first_of(int year)
{
	return day_from_civil((struct civil){ year, 1, 1 });
}

struct chosen_period period_of_year(const struct chosen_period *p, int year, int32_t today)
{
	const int32_t last = first_of(year + 1) - 1;
	struct chosen_period ret = *p;

	ret.year = year;
	ret.from_day = first_of(year);
	ret.until_day = last < today ? last : today;
	ret.figures.first_quarter = (int64_t)year * 10 + 1;
	ret.figures.last_quarter = (int64_t)year * 10 + QUARTERS;
	ret.figures.from_ms = ms_at_day_start(ret.from_day);
	ret.figures.until_ms = ms_at_day_start(ret.until_day + 1);
	return ret;
}

static int chosen_year(struct request *rq, const struct chosen_period *p, int64_t year)
{
	if (year != 0 && year < p->first_year)
		problems_add(rq->problems, PROBLEM_ERROR, "year",
		             arena_printf(rq->arena,
		                          "Wat deze cijfers tellen, ligt vast sinds %s. Kies %d of "
		                          "later.",
		                          dutch_date(rq->arena, kpi_first_day()), p->first_year));
	else if (year > p->this_year)
		problems_add(rq->problems, PROBLEM_ERROR, "year",
		             "Dit jaar moet nog komen. Kies een jaar tot en met nu.");
	else if (year != 0)
		return (int)year;
	return p->this_year;
}

static const char *chosen_letter(struct request *rq, const char *letter)
{
	if (letter == NULL || letter[0] == '\0')
		return "";
	if (law_participant((enum law_letter)letter[0]) != NULL)
		return letter;
	problems_add(rq->problems, PROBLEM_ERROR, "participant",
	             "Kies een deelnemer uit de lijst.");
	return "";
}

struct chosen_period period_read(struct request *rq)
{
	const int32_t today = local_day(rq->now_ms);
	struct chosen_period p = { .first_year = civil_from_day(kpi_first_day()).year,
		                   .this_year = civil_from_day(today).year };
	struct period_input in;

	input_read(rq->query, &PERIOD_FORM, false, rq->arena, &in, rq->problems);
	p.figures.theme = in.theme;
	p.figures.line = in.line;
	p.figures.weight = in.weight;
	p.figures.variant = in.variant;
	p.figures.effect_months = in.effect_after != 0 ? in.effect_after : EFFECT_MONTHS;
	p.figures.municipality_id = in.municipality;
	p.figures.project_id = in.project;
	p.figures.letter = chosen_letter(rq, in.participant);
	return period_of_year(&p, chosen_year(rq, &p, in.year), today);
}

const char *period_words(struct arena *a, const struct chosen_period *p)
{
	return arena_printf(a, "1 januari tot en met %s", dutch_date(a, p->until_day));
}

static const char *as_text(struct arena *a, int64_t n)
{
	return arena_printf(a, "%lld", (long long)n);
}

struct array period_years(struct arena *a, const struct chosen_period *p)
{
	struct array list = choices_for(a, (size_t)(p->this_year - p->first_year) + 1);

	for (int y = p->this_year; y >= p->first_year; y--)
		choices_add(&list, as_text(a, y), as_text(a, y), as_text(a, p->year));
	return list;
}

enum status period_municipalities(struct request *rq, const struct chosen_period *p,
                                  const struct place_choice *wish, struct array *ret,
                                  struct error *reterr)
{
	struct region region;
	struct array all = { 0 };

	enum status st = region_own(rq->db, rq->arena, &region, reterr);
	if (st == OK)
		st = municipality_list(rq->db, region.id, p->until_day, rq->arena, &all, reterr);
	if (st != OK)
		return st;
	const struct municipality *m = all.items;
	*ret = choices_for(rq->arena, all.count + 1);
	choices_add(ret, "", wish->none, "?");
	for (size_t i = 0; i < all.count; i++)
		if (m[i].inhabitants >= wish->inhabitants_min)
			choices_add(ret, as_text(rq->arena, m[i].id), m[i].name,
			            as_text(rq->arena, p->figures.municipality_id));
	return OK;
}

enum status period_projects(struct request *rq, const struct chosen_period *p, struct array *ret,
                            struct error *reterr)
{
	struct array all = { 0 };
	const enum status st = project_list(rq->db, rq->arena, &all, reterr);

	if (st != OK)
		return st;
	const struct project *j = all.items;
	*ret = choices_for(rq->arena, all.count + 1);
	choices_add(ret, "", "Alle projecten", "?");
	for (size_t i = 0; i < all.count; i++)
		choices_add(ret, as_text(rq->arena, j[i].id), j[i].name,
		            as_text(rq->arena, p->figures.project_id));
	return OK;
}
