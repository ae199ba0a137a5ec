#include "monitor/monitor_charts.h"

#include "monitor/kpi.h"

#include <string.h>

#include "casework/casefile.h"
#include "interventions/intervention.h"
#include "platform/core/calendar.h"
#include "signals/signal.h"

/* ---- bars ---------------------------------------------------------------------------------------- */

static struct bars *drawn(struct request *rq, const struct bars_wish *wish)
{
	struct bars *b = ARENA_ARRAY(rq->arena, struct bars, 1);
	chart_bars(rq->arena, wish, b);
	return b;
}

struct bars *monitor_signals_chart(struct request *rq, const struct counted *c)
{
	const struct array *s = &c->signals;
	const struct bar_input rows[] = {
		{ "Ingediend", { counted_submitted(s) } },
		{ "Teruggelegd met vragen", { counted_times(s, SIGNAL_RETURNED, 0) } },
		{ "Intake akkoord", { counted_times(s, SIGNAL_INTAKE_OK, 0) } },
		{ "In behandeling als casus", { counted_times(s, SIGNAL_ADOPTED_CASE, 0) } },
		{ "Direct naar interventies", { counted_times(s, SIGNAL_ADOPTED_DIRECT, 0) } },
		{ "Samengevoegd", { counted_times(s, SIGNAL_MERGED, 0) } },
		{ "Niet in behandeling", { counted_times(s, SIGNAL_NOT_ADOPTED, 0) } },
		{ "Ingetrokken", { counted_times(s, SIGNAL_WITHDRAWN, 0) } },
	};
	const int64_t not_adopted = counted_times(s, SIGNAL_NOT_ADOPTED, 0);
	const int64_t decided = counted_adopted(s) + not_adopted;
	/* a share of so few would tell how many */
	const bool few =
	    c->hides_small && (counted_is_small(not_adopted) ||
	                       counted_is_small(counted_times(s, SIGNAL_ADOPTED_CASE, 0)) ||
	                       counted_is_small(counted_times(s, SIGNAL_ADOPTED_DIRECT, 0)));
	return drawn(
	    rq,
	    &(struct bars_wish){
		.name = "signals",
		.title = "Wat gebeurde er met de signalen?",
		.note = kpi_place(rq->arena, "SIGNALS", c->period.until_day),
		.says = decided == 0 ? "Er is nog over geen signaal besloten."
	                : few        ? "Hoe vaak een signaal deze stap bereikte."
	                             : arena_printf(rq->arena,
	                                            "Van de signalen waarover is besloten, is %s in "
	                                                   "behandeling.",
	                                            percent_of(rq->arena, counted_adopted(s), decided)),
		.parts = { "Aantal" },
		.part_count = 1,
		.rows = rows,
		.row_count = sizeof rows / sizeof rows[0],
		.hides_small = c->hides_small });
}

struct bars *monitor_casefiles_chart(struct request *rq, const struct counted *c)
{
	const struct array *s = &c->casefiles;
	const struct bar_input rows[] = {
		{ "Analyse begonnen", { counted_times(s, CASEFILE_ANALYSIS, CASEFILE_ANALYSE) } },
		{ "Advies in concept", { counted_times(s, CASEFILE_ADVICE_DRAFT, 0) } },
		{ "Advies vastgesteld", { counted_times(s, CASEFILE_ADVICE_FINAL, 0) } },
		{ "Bij de Stuurploeg", { counted_times(s, CASEFILE_AT_STEERING, 0) } },
		{ "Besloten", { counted_times(s, CASEFILE_DECIDED, 0) } },
		{ "In uitvoering", { counted_times(s, CASEFILE_EXECUTION, 0) } },
		{ "Afgesloten", { counted_times(s, CASEFILE_CLOSED, 0) } },
		{ "Gestopt", { counted_times(s, CASEFILE_STOPPED, 0) } },
	};
	return drawn(
	    rq, &(struct bars_wish){ .name = "casefiles",
	                             .title = "Hoe ver kwamen de casussen?",
	                             .note = kpi_place(rq->arena, "CASEFILES", c->period.until_day),
	                             .says = "Hoe vaak een casus deze stap bereikte.",
	                             .parts = { "Aantal" },
	                             .part_count = 1,
	                             .rows = rows,
	                             .row_count = sizeof rows / sizeof rows[0],
	                             .hides_small = c->hides_small });
}

struct bars *monitor_owed_chart(struct request *rq, const struct counted *c)
{
	const struct owed_count *o = c->owed.items;
	struct bar_input *rows = ARENA_ARRAY(rq->arena, struct bar_input, c->owed.count + 1);

	for (size_t i = 0; i < c->owed.count; i++)
		rows[i] = (struct bar_input){ o[i].participant != NULL ? o[i].participant
			                                               : "Bericht aan indieners",
			                      { o[i].in_time, o[i].late } };
	return drawn(rq, &(struct bars_wish){
			     .name = "owed",
			     .title = "Wie moet nog terugkoppelen?",
			     .note = kpi_place(rq->arena, "FEEDBACK_OWED", c->period.until_day),
			     .says = "Nu: maandmeldingen die een deelnemer nog "
				     "geeft, en berichten aan indieners.",
			     .parts = { "Nog op tijd", "Te laat" },
			     .part_count = 2,
			     .rows = rows,
			     .row_count = c->owed.count,
			     .hides_small = c->hides_small });
}

struct bars *monitor_answers_chart(struct request *rq, const struct counted *c)
{
	size_t all = 0, count = 0;
	const struct law_participant *p = law_participants(&all);
	struct bar_input *rows = ARENA_ARRAY(rq->arena, struct bar_input, all);
	int64_t late = 0;

	for (size_t i = 0; i < all; i++) {
		const char letter = (char)p[i].letter;
		const struct bar_input row = { p[i].short_name,
			                       { counted_answers(&c->answers, letter, false),
			                         counted_answers(&c->answers, letter, true) } };
		late += row.values[1];
		if (row.values[0] + row.values[1] > 0)
			rows[count++] = row;
	}
	return drawn(
	    rq, &(struct bars_wish){
		    .name = "answers",
		    .title = "Antwoorden deelnemers op tijd?",
		    .note = kpi_place(rq->arena, "REQUESTS", c->period.until_day),
		    .says = late == 0 ? "Elk antwoord kwam op tijd."
	                    : c->hides_small && counted_is_small(late)
	                        ? "Een deel van de antwoorden kwam te laat."
	                        : arena_printf(
				      rq->arena, "Te laat: %s van de antwoorden.",
				      percent_of(rq->arena, late,
	                                         late + counted_answers(&c->answers, 0, false))),
		    .parts = { "Op tijd", "Te laat" },
		    .part_count = 2,
		    .rows = rows,
		    .row_count = count,
		    .hides_small = c->hides_small });
}

static struct bar_input by_weight(const struct counted *c, const char *label, int64_t state)
{
	struct bar_input row = { label, { 0 } };

	for (int w = WEIGHT_LIGHT; w <= WEIGHT_HEAVY; w++)
		row.values[w - WEIGHT_LIGHT] = counted_weighed(&c->interventions, state, w);
	return row;
}

static struct bar_input quick_by_weight(const struct counted *c, const char *label, int64_t state)
{
	const struct weighed_count *w = c->interventions.items;
	struct bar_input row = { label, { 0 } };

	for (size_t i = 0; i < c->interventions.count; i++)
		if (w[i].state == state && w[i].weight >= WEIGHT_LIGHT &&
		    w[i].weight <= WEIGHT_HEAVY)
			row.values[w[i].weight - WEIGHT_LIGHT] += w[i].quick;
	return row;
}

struct bars *monitor_interventions_chart(struct request *rq, const struct counted *c)
{
	const struct bar_input rows[] = {
		by_weight(c, "Goedgekeurd", INTERVENTION_APPROVED),
		quick_by_weight(c, "Daarvan snel, voor het advies", INTERVENTION_APPROVED),
		by_weight(c, "Uitvoerder aangewezen", INTERVENTION_ASSIGNED),
		by_weight(c, "In uitvoering", INTERVENTION_IN_PROGRESS),
		by_weight(c, "Aangehouden", INTERVENTION_ON_HOLD),
		by_weight(c, "Uitgevoerd", INTERVENTION_EXECUTED),
		by_weight(c, "Effect beoordeeld", INTERVENTION_ASSESSED),
		by_weight(c, "Niet uitgevoerd", INTERVENTION_NOT_EXECUTED),
	};
	return drawn(rq, &(struct bars_wish){
			     .name = "interventions",
			     .title = "Hoe ver kwamen de interventies?",
			     .note = kpi_place(rq->arena, "INTERVENTIONS", c->period.until_day),
			     .says = "Hoeveel interventies deze stap bereikten, naar gewicht.",
			     .parts = { "Licht", "Middel", "Zwaar" },
			     .part_count = 3,
			     .rows = rows,
			     .row_count = sizeof rows / sizeof rows[0],
			     .hides_small = c->hides_small });
}

#define EFFECT_PARTS                                                                               \
	{                                                                                          \
		"0 geen", "1 klein", "2 duidelijk", "3 groot"                                      \
	}
static const char *const MOMENT_LABELS[EFFECT_MOMENTS] = { "Na drie maanden", "Na zes maanden",
	                                                   "Na twaalf maanden" };

struct bars *monitor_moments_chart(struct request *rq, const struct counted *c)
{
	struct bar_input *rows = ARENA_ARRAY(rq->arena, struct bar_input, EFFECT_MOMENTS);

	for (int m = 0; m < EFFECT_MOMENTS; m++) {
		rows[m] = (struct bar_input){ .label = MOMENT_LABELS[m] };
		for (int e = 0; e <= BEST_EFFECT; e++)
			rows[m].values[e] =
			    counted_effects(&c->effects, EFFECT_MOMENT_MONTHS[m], e);
	}
	return drawn(rq, &(struct bars_wish){
			     .name = "moments",
			     .title = "Blijft het helpen?",
			     .note = kpi_place(rq->arena, "EFFECT", c->period.until_day),
			     .says = arena_printf(rq->arena,
	                                          "Effect op drie momenten na de uitvoering, van "
	                                          "alles sinds %d.",
	                                          c->period.first_year),
			     .parts = EFFECT_PARTS,
			     .part_count = 4,
			     .rows = rows,
			     .row_count = EFFECT_MOMENTS,
			     .hides_small = c->hides_small });
}

struct bars *monitor_effects_due_chart(struct request *rq, const struct counted *c)
{
	struct bar_input *rows = ARENA_ARRAY(rq->arena, struct bar_input, EFFECT_MOMENTS);

	for (int m = 0; m < EFFECT_MOMENTS; m++)
		rows[m] = (struct bar_input){ MOMENT_LABELS[m], { c->effects_due[m] } };
	return drawn(rq, &(struct bars_wish){
			     .name = "unseen",
			     .title = "Waarvan weten wij het effect nog niet?",
			     .note = kpi_place(rq->arena, "EFFECT_DUE", c->period.until_day),
			     .says = "Nu: uitgevoerd, lang genoeg geleden, en nog niet beoordeeld.",
			     .parts = { "Aantal" },
			     .part_count = 1,
			     .rows = rows,
			     .row_count = EFFECT_MOMENTS,
			     .hides_small = c->hides_small });
}

struct bars *monitor_effects_chart(struct request *rq, const struct counted *c)
{
	const struct effect_count *e = c->effects.items;
	struct bar_input *rows = ARENA_ARRAY(rq->arena, struct bar_input, c->effects.count + 1);
	size_t count = 0;
	int64_t last = 0;

	for (size_t i = 0; i < c->effects.count; i++) {
		const struct law_instrument *instrument = law_instrument((uint16_t)e[i].instrument);
		if (e[i].effect < 0 || e[i].effect > BEST_EFFECT ||
		    e[i].months != c->period.figures.effect_months)
			continue;
		if (count == 0 || e[i].instrument != last)
			rows[count++] = (struct bar_input){ instrument != NULL ? instrument->label
				                                               : "Ander instrument",
				                            { 0 } };
		last = e[i].instrument;
		rows[count - 1].values[e[i].effect] = e[i].count;
	}
	return drawn(rq, &(struct bars_wish){
			     .name = "effects",
			     .title = "Wat hielp?",
			     .note = kpi_place(rq->arena, "EFFECT", c->period.until_day),
			     .says = arena_printf(
				 rq->arena, "Effect na %d maanden, per instrument, sinds %d.",
				 c->period.figures.effect_months, c->period.first_year),
			     .parts = EFFECT_PARTS,
			     .part_count = 4,
			     .rows = rows,
			     .row_count = count,
			     .hides_small = c->hides_small });
}

/* ---- how long ---------------------------------------------------------------------------------------- */

enum { LOW = 10, MIDDLE = 50, HIGH = 90, SPAN_MAX = 4000 };

/* Days counted together over rows that may come in any order of days; at most SPAN_MAX of them. */
struct day_counts {
	struct days_count *at;
	size_t count;
};

static void add_days(struct day_counts *d, int64_t days, int64_t count)
{
	size_t i = d->count;

	while (i > 0 && d->at[i - 1].days > days)
		i--;
	if (i > 0 && d->at[i - 1].days == days) {
		d->at[i - 1].count += count;
		return;
	}
	if (d->count == SPAN_MAX)
		return;
	memmove(&d->at[i + 1], &d->at[i], (d->count - i) * sizeof d->at[0]);
	d->at[i] = (struct days_count){ days, count };
	d->count++;
}

static struct range_input range_of(const char *label, const struct day_counts *d)
{
	struct range_input r = { .label = label };

	for (size_t i = 0; i < d->count; i++)
		r.count += d->at[i].count;
	r.low = chart_percentile(d->at, d->count, LOW);
	r.middle = chart_percentile(d->at, d->count, MIDDLE);
	r.high = chart_percentile(d->at, d->count, HIGH);
	return r;
}

/* Days in the state before `state`; action 0: by whatever it came there. */
static struct range_input step_range(struct request *rq, const char *label,
                                     const struct array *steps, int64_t state, int64_t action)
{
	struct day_counts d = { ARENA_ARRAY(rq->arena, struct days_count, SPAN_MAX + 1), 0 };
	const struct step_count *s = steps->items;

	for (size_t i = 0; i < steps->count; i++)
		if (s[i].state == state && (action == 0 || s[i].action == action))
			add_days(&d, s[i].days, s[i].count);
	return range_of(label, &d);
}

static struct range_input answer_range(struct request *rq, const struct counted *c)
{
	struct day_counts d = { ARENA_ARRAY(rq->arena, struct days_count, SPAN_MAX + 1), 0 };
	const struct answer_count *a = c->answers.items;

	for (size_t i = 0; i < c->answers.count; i++)
		add_days(&d, a[i].days, a[i].count);
	return range_of("Bevraging tot antwoord", &d);
}

static struct range_input intervention_range(struct request *rq, const struct counted *c,
                                             const char *label, int64_t state)
{
	struct day_counts d = { ARENA_ARRAY(rq->arena, struct days_count, SPAN_MAX + 1), 0 };
	const struct weighed_count *w = c->interventions.items;

	for (size_t i = 0; i < c->interventions.count; i++)
		if (w[i].state == state)
			add_days(&d, w[i].days, w[i].count);
	return range_of(label, &d);
}

struct ranges *monitor_steps_chart(struct request *rq, const struct counted *c)
{
	struct ranges *ret = ARENA_ARRAY(rq->arena, struct ranges, 1);
	const struct array *s = &c->signals, *f = &c->casefiles;
	const struct range_input rows[] = {
		step_range(rq, "Intake", s, SIGNAL_INTAKE_OK, 0),
		step_range(rq, "Intake tot agenda", s, SIGNAL_ON_AGENDA, 0),
		step_range(rq, "Agenda tot besluit", s, SIGNAL_ADOPTED_CASE, 0),
		answer_range(rq, c),
		step_range(rq, "Informatie ophalen", f, CASEFILE_ANALYSIS, CASEFILE_ANALYSE),
		step_range(rq, "Analyse", f, CASEFILE_ADVICE_DRAFT, 0),
		step_range(rq, "Advies schrijven", f, CASEFILE_ADVICE_FINAL, 0),
		step_range(rq, "Advies tot besluit", f, CASEFILE_DECIDED, 0),
		intervention_range(rq, c, "Uitvoerder zoeken", INTERVENTION_ASSIGNED),
		intervention_range(rq, c, "Uitvoeren", INTERVENTION_EXECUTED),
	};

	*ret = (struct ranges){ .name = "steps",
		                .title = "Hoe lang duurt elke stap?",
		                .note = kpi_place(rq->arena, "STEPS", c->period.until_day),
		                .says = "Dagen. Stip: de middelste. Balk: 8 van de 10 keer." };
	chart_ranges(rq->arena, rows, sizeof rows / sizeof rows[0], ret);
	return ret;
}

struct lines *monitor_hours_chart(struct request *rq, const struct counted *c)
{
	enum { QUARTERS = 4 };
	static const char *const LABELS[] = { "jan-mrt", "apr-jun", "jul-sep", "okt-dec" };
	struct lines *ret = ARENA_ARRAY(rq->arena, struct lines, 1);
	struct line_input points[QUARTERS];
	const struct hours_count *h = c->hours.items;
	const int month = civil_from_day(c->period.until_day).month;
	const size_t count = (size_t)(month + 2) / 3;

	for (size_t q = 0; q < count; q++) {
		points[q] = (struct line_input){ LABELS[q], 0, 0 };
		for (size_t i = 0; i < c->hours.count; i++)
			if (h[i].quarter == (int64_t)c->period.year * 10 + (int64_t)q + 1) {
				points[q].first = h[i].pledged;
				points[q].second = h[i].delivered;
			}
	}
	*ret = (struct lines){ .name = "hours",
		               .title = "Uren: toegezegd en geleverd",
		               .note = kpi_place(rq->arena, "HOURS", c->period.until_day),
		               .says = "Per kwartaal, van wie u hierboven koos.",
		               .first_head = "toegezegd",
		               .second_head = "geleverd" };
	chart_lines(rq->arena, points, count, ret);
	return ret;
}
