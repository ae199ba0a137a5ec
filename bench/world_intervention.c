/* Interventions of a casefile: decided, assigned, reported every month, carried out, assessed. */
#include "world.h"

#include "interventions/intervention_acts.h"
#include "law/instruments.h"
#include "platform/core/calendar.h"

enum { DECIDED_DAYS = 89, LASTS_DAYS = 120, REPORTS_MAX = 3 };

struct doing {
	struct world *w;
	struct db_tx *tx;
	const struct told_case *c;
	const struct worker *lead, *executor;
	struct intervention i;
	int64_t at_ms;
};

static const struct law_instrument *instrument_for(struct world *w, char letter)
{
	size_t count = 0;
	const struct law_instrument *all = law_instruments(&count);
	const size_t from = world_draw(w, (uint32_t)count);

	for (size_t i = 0; i < count; i++) {
		const struct law_instrument *n = &all[(from + i) % count];
		if (law_letters_have(n->owners, (enum law_letter)letter))
			return n;
	}
	return NULL;
}

static enum status decide(struct doing *d, struct error *reterr)
{
	const struct law_instrument *what = instrument_for(d->w, d->executor->viewer.letter);
	const struct intervention_owner_new owner = { d->executor->viewer.organ_id,
		                                      10 + world_draw(d->w, 60),
		                                      d->executor->viewer.appointment_id };
	struct arena *a = db_tx_arena(d->tx);
	struct keyring *k = d->w->plein->keyring;
	const char *reference = NULL;
	int64_t id = 0;

	if (what == NULL)
		return FAIL(reterr, ERR_INTERNAL, "organ %c has no instrument",
		            d->executor->viewer.letter);
	struct intervention_new n = { .uuid = uuid_at(d->at_ms),
		                      .reference_key = d->w->plein->reference_key,
		                      .viewer = &d->w->steering.items[0].viewer,
		                      .now_ms = d->at_ms,
		                      .casefile_id = d->c->id,
		                      .proposed_at = d->at_ms - 9 * DAY_MS,
		                      .instrument = what->code,
		                      .weight = WEIGHT_LIGHT + (int)world_draw(d->w, 3),
		                      .barrier = 1 + (int)world_draw(d->w, 4),
		                      .owners = &owner,
		                      .owner_count = 1,
		                      .lead_id = d->lead->viewer.appointment_id,
		                      .due_day = local_day(d->at_ms) + LASTS_DAYS };
	intervention_seal_part(k, &n, INTERVENTION_WHAT, world_words(d->w, a, 12), a);
	intervention_seal_part(k, &n, INTERVENTION_EFFECT, world_words(d->w, a, 12), a);
	intervention_seal_part(k, &n, INTERVENTION_BASIS, world_words(d->w, a, 6), a);
	enum status st = intervention_decide(d->tx, &n, &id, &reference, reterr);
	return st == OK ? intervention_load(db_tx_read(d->tx), n.viewer, reference, d->at_ms, a,
	                                    &d->i, reterr)
	                : st;
}

static enum status move(struct doing *d, enum intervention_action action, const struct worker *who,
                        struct error *reterr)
{
	struct intervention_picture p = { 0 };
	struct intervention_words result = { 0 };
	const bool ends = action == INTERVENTION_EXECUTE;
	const struct intervention_moving m = { .intervention = &d->i,
		                               .action = action,
		                               .viewer = &who->viewer,
		                               .picture = &p,
		                               .now_ms = d->at_ms,
		                               .executed_day = ends ? local_day(d->at_ms) : 0,
		                               .result = ends ? &result : NULL };
	enum status st =
	    intervention_picture_load(db_tx_read(d->tx), d->i.id, d->at_ms, &p, reterr);

	if (ends)
		intervention_seal_text(d->w->plein->keyring, &d->i, INTERVENTION_RESULT,
		                       world_words(d->w, db_tx_arena(d->tx), 10),
		                       db_tx_arena(d->tx), &result);
	p.executed_day = m.executed_day;
	p.has_result = ends;
	p.today = local_day(d->at_ms);
	if (st == OK)
		st = intervention_move(d->tx, &m, reterr);
	d->i.state = machine_move(&INTERVENTION_MACHINE, p.state, (uint8_t)action)->to;
	d->i.state_since = d->at_ms;
	d->i.executed_day = ends ? m.executed_day : d->i.executed_day;
	return st;
}

static enum status assign(struct doing *d, struct error *reterr)
{
	const struct assigning n = { &d->i, d->executor->viewer.organ_id,
		                     d->executor->viewer.appointment_id, d->at_ms };
	enum status st = intervention_assign(d->tx, &n, reterr);

	return st == OK ? move(d, INTERVENTION_ASSIGN, d->lead, reterr) : st;
}

static enum status report(struct doing *d, struct error *reterr)
{
	const struct reporting p = { .intervention = &d->i,
		                     .viewer = &d->executor->viewer,
		                     .organ_id = d->executor->viewer.organ_id,
		                     .now_ms = d->at_ms,
		                     .month = report_month(local_day(d->at_ms)),
		                     .standing = REPORT_ON_SCHEDULE,
		                     .hours = world_draw(d->w, 20) };

	return intervention_report(d->tx, &p, reterr);
}

static enum status amount(struct doing *d, struct error *reterr)
{
	const struct amount_new n = { .intervention = &d->i,
		                      .viewer = &d->executor->viewer,
		                      .organ_id = d->executor->viewer.organ_id,
		                      .now_ms = d->at_ms,
		                      .day = local_day(d->at_ms),
		                      .cents = 100 * (int64_t)world_draw(d->w, 50000),
		                      .kind = AMOUNT_CALCULATED + (int)world_draw(d->w, 6) };

	return intervention_amount(d->tx, &n, reterr);
}

static enum status assess(struct doing *d, int months, struct error *reterr)
{
	const struct assessing n = { .intervention = &d->i,
		                     .viewer = &d->lead->viewer,
		                     .uuid = uuid_at(d->at_ms),
		                     .now_ms = d->at_ms,
		                     .months = months,
		                     .effect = (int)world_draw(d->w, 4),
		                     .displaced = DISPLACED_NO,
		                     .seen = world_words(d->w, db_tx_arena(d->tx), 10),
		                     .lessons = world_words(d->w, db_tx_arena(d->tx), 8),
		                     .place = "" };
	enum status st = intervention_assess(d->tx, &n, reterr);

	d->i.effects |= effect_bit(months);
	d->i.state = INTERVENTION_ASSESSED;
	return st;
}

static bool goes_on(struct doing *d, int64_t days)
{
	d->at_ms += days * DAY_MS;
	return d->at_ms < d->c->until_ms;
}

static enum status carry_out(struct doing *d, struct error *reterr)
{
	enum status st = OK;

	for (int n = 0; st == OK && n < REPORTS_MAX && goes_on(d, 32); n++)
		st = report(d, reterr);
	if (st == OK && goes_on(d, 1))
		st = amount(d, reterr);
	if (st == OK && goes_on(d, 2))
		st = move(d, INTERVENTION_EXECUTE, d->executor, reterr);
	if (st == OK && goes_on(d, 4))
		st = move(d, INTERVENTION_CONFIRM, d->lead, reterr);
	if (st == OK && goes_on(d, 90))
		st = assess(d, 3, reterr);
	return st == OK && goes_on(d, 92) ? assess(d, 6, reterr) : st;
}

static enum status play(struct doing *d, struct error *reterr)
{
	enum status st = decide(d, reterr);

	if (st == OK && goes_on(d, 3))
		st = assign(d, reterr);
	if (st == OK && goes_on(d, 4))
		st = move(d, INTERVENTION_START, d->executor, reterr);
	return st == OK && d->at_ms < d->c->until_ms ? carry_out(d, reterr) : st;
}

/* By those of the team who have an executor; the others help with what they know. */
static const struct worker *executor_of(const struct world *w, const struct told_case *c, size_t n)
{
	for (size_t i = 0; i < c->team_count; i++) {
		const size_t at = (n + i) % c->team_count;
		const struct worker *e = world_at(&w->executors, c->team[at]->viewer.organ_id);
		if (e != NULL)
			return e;
	}
	return NULL;
}

enum status world_interventions(struct world *w, struct db_tx *tx, const struct told_case *c,
                                struct error *reterr)
{
	enum status st = OK;

	for (int64_t n = 0; st == OK && n < w->size.interventions; n++) {
		struct doing d = { .w = w,
			           .tx = tx,
			           .c = c,
			           .lead = world_at(&w->leads, c->team[0]->viewer.organ_id),
			           .executor = executor_of(w, c, (size_t)n),
			           .at_ms = c->opened_ms + DECIDED_DAYS * DAY_MS };
		if (d.at_ms < c->until_ms && d.executor != NULL)
			st = play(&d, reterr);
	}
	return st;
}
