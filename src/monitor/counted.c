#include "monitor/counted.h"

#include "platform/core/calendar.h"
#include "platform/core/dutch.h"
#include "signals/signal.h"

static enum status count_signals(struct request *rq, struct counted *c, struct error *reterr)
{
	const struct figures_period *p = &c->period.figures;
	const struct chosen_period before =
	    period_of_year(&c->period, c->period.year - 1, local_day(rq->now_ms));

	enum status st = figures_signals(rq->db, p, rq->arena, &c->signals, reterr);
	if (st == OK)
		st = figures_signals(rq->db, &before.figures, rq->arena, &c->last_year, reterr);
	if (st == OK)
		st = signal_feedback(rq->db, 0, p->from_ms, p->until_ms, rq->arena, &c->feedback,
		                     reterr);
	if (st == OK)
		st = figures_silent_municipalities(rq->db, p, rq->arena, &c->silent, reterr);
	return st == OK ? figures_themes_heard(rq->db, p, &c->themes_heard, reterr) : st;
}

enum status counted_load(struct request *rq, struct counted *c, struct error *reterr)
{
	const struct figures_period *p = &c->period.figures;
	enum status st = count_signals(rq, c, reterr);

	if (st == OK)
		st = figures_casefiles(rq->db, p, rq->arena, &c->casefiles, reterr);
	if (st == OK)
		st = figures_interventions(rq->db, p, rq->arena, &c->interventions, reterr);
	if (st == OK)
		st = figures_answers(rq->db, p, rq->arena, &c->answers, reterr);
	if (st == OK)
		st = figures_hours(rq->db, p, rq->arena, &c->hours, reterr);
	if (st == OK)
		st = figures_effects(rq->db, p, rq->arena, &c->effects, reterr);
	if (st == OK && c->period.year == c->period.this_year)
		st = figures_owed(rq->db, local_day(rq->now_ms), rq->arena, &c->owed, reterr);
	if (st == OK && c->period.year == c->period.this_year)
		st = figures_effects_due(rq->db, p, local_day(rq->now_ms), c->effects_due, reterr);
	return st == OK ? figures_amounts(rq->db, p, rq->arena, &c->amounts, reterr) : st;
}

int64_t counted_times(const struct array *steps, int64_t state, int64_t action)
{
	const struct step_count *s = steps->items;
	int64_t sum = 0;

	for (size_t i = 0; i < steps->count; i++)
		if (s[i].state == state && (action == 0 || s[i].action == action))
			sum += s[i].count;
	return sum;
}

int64_t counted_submitted(const struct array *signals)
{
	return counted_times(signals, SIGNAL_SUBMITTED, SIGNAL_SUBMIT);
}

int64_t counted_adopted(const struct array *signals)
{
	return counted_times(signals, SIGNAL_ADOPTED_CASE, 0) +
	       counted_times(signals, SIGNAL_ADOPTED_DIRECT, 0);
}

int64_t counted_weighed(const struct array *interventions, int64_t state, int64_t weight)
{
	const struct weighed_count *w = interventions->items;
	int64_t sum = 0;

	for (size_t i = 0; i < interventions->count; i++)
		if (w[i].state == state && (weight == 0 || w[i].weight == weight))
			sum += w[i].count;
	return sum;
}

struct feedback_share counted_feedback(const struct array *feedback)
{
	const struct feedback_share *f = feedback->items;
	struct feedback_share sum = { 0 };

	for (size_t i = 0; i < feedback->count; i++) {
		sum.decided += f[i].decided;
		sum.in_time += f[i].in_time;
		sum.late += f[i].late;
	}
	return sum;
}

int64_t counted_answers(const struct array *answers, char letter, bool late)
{
	const struct answer_count *a = answers->items;
	int64_t sum = 0;

	for (size_t i = 0; i < answers->count; i++)
		if ((letter == 0 || a[i].letter == letter) && a[i].late == late)
			sum += a[i].count;
	return sum;
}

int64_t counted_effects(const struct array *effects, int64_t months, int64_t effect)
{
	const struct effect_count *e = effects->items;
	int64_t sum = 0;

	for (size_t i = 0; i < effects->count; i++)
		if (e[i].months == months && e[i].effect == effect)
			sum += e[i].count;
	return sum;
}

bool counted_is_small(int64_t n)
{
	return n > 0 && n < SMALL_CELL;
}

const char *counted_sum_told(struct arena *a, bool hides_small, int64_t one, int64_t other)
{
	if (!hides_small || (!counted_is_small(one) && !counted_is_small(other)))
		return dutch_number(a, one + other);
	const int64_t shown =
	    (counted_is_small(one) ? 0 : one) + (counted_is_small(other) ? 0 : other);
	return shown > 0 ? arena_printf(a, "ten minste %s", dutch_number(a, shown))
	                 : arena_printf(a, "minder dan %d", 2 * SMALL_CELL - 1);
}

bool counted_effects_small(const struct array *effects, int64_t months)
{
	bool some = false;

	for (int e = 0; e <= BEST_EFFECT; e++)
		some = some || counted_is_small(counted_effects(effects, months, e));
	return some;
}

const char *percent_of(struct arena *a, int64_t part, int64_t whole)
{
	return whole == 0
	           ? "-"
	           : arena_printf(a, "%lld%%", (long long)((part * 100 + whole / 2) / whole));
}
