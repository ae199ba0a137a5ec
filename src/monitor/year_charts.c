#include "monitor/year_charts.h"

#include <string.h>

#include "interventions/intervention.h"
#include "monitor/counted.h"
#include "signals/signal.h"
#include "signals/theme.h"

static struct bars *drawn(struct arena *a, const struct bars_wish *wish)
{
	struct bars *b = ARENA_ARRAY(a, struct bars, 1);
	chart_bars(a, wish, b);
	return b;
}

/* ---- what happened with the signals ---------------------------------------------------------- */

/* The council hears of municipality and partners together: apart, many would be too few to tell. */
static struct bar_input outcome(const struct year_counts *c, bool council, const char *label,
                                int64_t state)
{
	const struct year_step *s = c->signals.items;
	struct bar_input row = { label, { 0 } };

	for (size_t i = 0; i < c->signals.count; i++)
		if (s[i].state == state &&
		    (state != SIGNAL_SUBMITTED || s[i].action == SIGNAL_SUBMIT))
			row.values[s[i].own || council ? 0 : 1] += s[i].count;
	return row;
}

struct bars *year_outcomes_chart(struct arena *a, const struct year_counts *c, bool council)
{
	const struct bar_input rows[] = {
		outcome(c, council, "Ingediend", SIGNAL_SUBMITTED),
		outcome(c, council, "Terug met vragen", SIGNAL_RETURNED),
		outcome(c, council, "In behandeling als casus", SIGNAL_ADOPTED_CASE),
		outcome(c, council, "Direct naar interventies", SIGNAL_ADOPTED_DIRECT),
		outcome(c, council, "Samengevoegd", SIGNAL_MERGED),
		outcome(c, council, "Niet in behandeling", SIGNAL_NOT_ADOPTED),
		outcome(c, council, "Ingetrokken", SIGNAL_WITHDRAWN),
	};

	return drawn(a, &(struct bars_wish){
			    .name = "outcomes",
			    .title = "Wat gebeurde er met de signalen?",
			    .note = "YEAR",
			    .says = council ? "Signalen over deze gemeente."
	                                    : "Signalen over deze gemeente, naar wie ze indiende.",
			    .parts = { council ? "Aantal" : "Gemeente", "Partners" },
			    .part_count = council ? 1 : 2,
			    .rows = rows,
			    .row_count = sizeof rows / sizeof rows[0],
			    .hides_small = council });
}

/* ---- did it help --------------------------------------------------------------------------------- */

const char *year_instrument(int64_t instrument)
{
	const struct law_instrument *i = law_instrument((uint16_t)instrument);
	return i != NULL ? i->label : "Ander instrument";
}

static bool counts_for_effect(const struct year_effect *e)
{
	return e->latest && e->effect >= 0 && e->effect <= BEST_EFFECT;
}

/* Of all instruments together. */
static struct bars *helped_in_all(struct arena *a, const struct year_counts *c)
{
	const struct year_effect *e = c->effects.items;
	struct bar_input rows[BEST_EFFECT + 1] = { 0 };

	for (int i = 0; i <= BEST_EFFECT; i++)
		rows[i].label = code_label(EFFECTS, i + 1);
	for (size_t i = 0; i < c->effects.count; i++)
		if (counts_for_effect(&e[i]))
			rows[e[i].effect].values[0]++;
	return drawn(
	    a, &(struct bars_wish){ .name = "helped",
	                            .title = "Hielp het?",
	                            .note = "YEAR",
	                            .says = "Interventies naar hun laatste beoordeling dit jaar.",
	                            .parts = { "Aantal" },
	                            .part_count = 1,
	                            .rows = rows,
	                            .row_count = BEST_EFFECT + 1,
	                            .hides_small = true });
}

static struct bar_input *row_of(struct bar_input *rows, size_t *count, const char *label)
{
	for (size_t i = 0; i < *count; i++)
		if (strcmp(rows[i].label, label) == 0)
			return &rows[i];
	rows[*count] = (struct bar_input){ label, { 0 } };
	return &rows[(*count)++];
}

struct bars *year_helped_chart(struct arena *a, const struct year_counts *c, bool council)
{
	const struct year_effect *e = c->effects.items;
	struct bar_input *rows = ARENA_ARRAY(a, struct bar_input, c->effects.count + 1);
	size_t count = 0;

	if (council)
		return helped_in_all(a, c);
	for (size_t i = 0; i < c->effects.count; i++)
		if (counts_for_effect(&e[i]))
			row_of(rows, &count, year_instrument(e[i].instrument))
			    ->values[e[i].effect]++;
	return drawn(
	    a, &(struct bars_wish){ .name = "helped",
	                            .title = "Wat hielp?",
	                            .note = "YEAR",
	                            .says = "Interventies naar hun laatste beoordeling dit jaar.",
	                            .parts = { "0 geen", "1 klein", "2 duidelijk", "3 groot" },
	                            .part_count = CHART_PARTS_MAX,
	                            .rows = rows,
	                            .row_count = count });
}
