#include "monitor/year_words.h"

#include "interventions/intervention.h"
#include "platform/core/dutch.h"
#include "signals/signal.h"

static const struct view_field LINE_FIELDS[] = {
	VIEW_F(struct year_line, text, VIEW_TEXT),
};
const struct view YEAR_LINE_VIEW = VIEW_OF(struct year_line, LINE_FIELDS);

/* action 0: by whatever it came to that state. */
static int64_t steps(const struct array *signals, bool own, bool others, int64_t state,
                     int64_t action)
{
	const struct year_step *s = signals->items;
	int64_t sum = 0;

	for (size_t i = 0; i < signals->count; i++)
		if (s[i].state == state && (action == 0 || s[i].action == action) &&
		    (s[i].own ? own : others))
			sum += s[i].count;
	return sum;
}

static int64_t came_to(const struct year_counts *c, int64_t state)
{
	return steps(&c->signals, true, true, state, 0);
}

struct year_sums year_sums_of(const struct year_counts *c)
{
	const struct year_effect *e = c->effects.items;
	struct year_sums s = {
		.own = steps(&c->signals, true, false, SIGNAL_SUBMITTED, SIGNAL_SUBMIT),
		.others = steps(&c->signals, false, true, SIGNAL_SUBMITTED, SIGNAL_SUBMIT),
		.adopted = came_to(c, SIGNAL_ADOPTED_CASE) + came_to(c, SIGNAL_ADOPTED_DIRECT),
		.adopted_direct = came_to(c, SIGNAL_ADOPTED_DIRECT),
		.not_adopted = came_to(c, SIGNAL_NOT_ADOPTED),
		.merged = came_to(c, SIGNAL_MERGED),
		.withdrawn = came_to(c, SIGNAL_WITHDRAWN),
		.returned = came_to(c, SIGNAL_RETURNED),
		.approved = counted_times(&c->interventions, INTERVENTION_APPROVED, 0),
		.executed = counted_times(&c->interventions, INTERVENTION_EXECUTED, 0),
		.not_executed = counted_times(&c->interventions, INTERVENTION_NOT_EXECUTED, 0),
	};

	int64_t by_effect[BEST_EFFECT + 1] = { 0 };
	for (size_t i = 0; i < c->effects.count; i++) {
		s.assessed += e[i].latest ? 1 : 0;
		s.helped += e[i].latest && e[i].effect >= GOOD_EFFECT ? 1 : 0;
		if (e[i].latest && e[i].effect >= 0 && e[i].effect <= BEST_EFFECT)
			by_effect[e[i].effect]++;
	}
	for (int i = 0; i <= BEST_EFFECT; i++)
		s.few_of_an_effect = s.few_of_an_effect || counted_is_small(by_effect[i]);
	return s;
}

const char *year_number(const struct year_told *t, int64_t n)
{
	return t->hides_small && counted_is_small(n)
	           ? arena_printf(t->arena, "minder dan %d", SMALL_CELL)
	           : dutch_number(t->arena, n);
}

/* Of a whole that is told, a part; who may not know it or the rest of it, hears "een deel". */
static const char *part_number(const struct year_told *t, int64_t part, int64_t whole)
{
	return t->hides_small && (counted_is_small(part) || counted_is_small(whole - part))
	           ? "een deel"
	           : year_number(t, part);
}

static const char *submitted_line(const struct year_told *t, const struct year_sums *s)
{
	if (s->own + s->others == 0)
		return arena_printf(t->arena, "Over %s kwam geen signaal binnen.", t->place);
	if (t->hides_small && (counted_is_small(s->own) || counted_is_small(s->others)))
		return arena_printf(t->arena, "Er kwamen %s signalen binnen over %s.",
		                    year_number(t, s->own + s->others), t->place);
	return arena_printf(t->arena,
	                    "Burgemeester en college dienden %s in. Partners dienden er "
	                    "%s in over %s.",
	                    s->own == 0 ? "geen signaal"
	                    : s->own == 1
	                        ? "1 signaal"
	                        : arena_printf(t->arena, "%s signalen", year_number(t, s->own)),
	                    year_number(t, s->others), t->place);
}

static const char *weighed_line(const struct year_told *t, const struct year_counts *c,
                                const struct year_sums *s)
{
	const char *decided =
	    arena_printf(t->arena, "Het overleg nam er %s in behandeling en %s niet.",
	                 counted_sum_told(t->arena, t->hides_small, s->adopted - s->adopted_direct,
	                                  s->adopted_direct),
	                 year_number(t, s->not_adopted));

	if (t->now && c->waiting == 0)
		return arena_printf(t->arena, "%s Nu wacht er geen op een besluit.", decided);
	return t->now
	           ? arena_printf(t->arena, "%s Nu %s er %s op een besluit.", decided,
	                          c->waiting == 1 ? "wacht" : "wachten", year_number(t, c->waiting))
	           : decided;
}

static const char *done_line(const struct year_told *t, const struct year_counts *c,
                             const struct year_sums *s)
{
	const char *executed = s->executed == 0   ? "is geen interventie"
	                       : s->executed == 1 ? "is 1 interventie"
	                                          : arena_printf(t->arena, "zijn %s interventies",
	                                                         year_number(t, s->executed));
	const char *failed =
	    s->not_executed == 0
		? ""
		: arena_printf(t->arena, " %s %s niet door.", year_number(t, s->not_executed),
	                       s->not_executed == 1 ? "ging" : "gingen");
	const char *done =
	    arena_printf(t->arena, "In %s %s uitgevoerd.%s", t->place, executed, failed);

	if (t->now && c->running == 0)
		return arena_printf(t->arena, "%s Nu loopt er geen.", done);
	return t->now
	           ? arena_printf(t->arena, "%s Nu %s er %s, waarvan %s te laat.", done,
	                          c->running == 1 ? "loopt" : "lopen", year_number(t, c->running),
	                          part_number(t, c->late, c->running))
	           : done;
}

static const char *effect_line(const struct year_told *t, const struct year_sums *s)
{
	if (s->assessed == 0)
		return "Hielp het? Dat is nog niet te zeggen. Drie, zes en twaalf maanden na de "
		       "uitvoering kijken wij naar het effect.";
	return arena_printf(
	    t->arena,
	    "Hielp het? Van %s is het effect beoordeeld. Bij %s hielp het "
	    "duidelijk, of is het probleem weg.",
	    s->assessed == 1
		? "1 interventie"
		: arena_printf(t->arena, "%s interventies", year_number(t, s->assessed)),
	    /* of the four parts beside it in the chart none may follow */
	    t->hides_small && s->few_of_an_effect ? "een deel"
						  : part_number(t, s->helped, s->assessed));
}

struct array year_lines(const struct year_told *t, const struct year_counts *counts)
{
	enum { LINES = 4 };
	struct year_line *lines = ARENA_ARRAY(t->arena, struct year_line, LINES);
	const struct year_sums s = year_sums_of(counts);

	lines[0].text = submitted_line(t, &s);
	lines[1].text = weighed_line(t, counts, &s);
	lines[2].text = done_line(t, counts, &s);
	lines[3].text = effect_line(t, &s);
	return (struct array){ lines, LINES };
}
