#include "demo/quick_tale.h"

#include <string.h>

#include "law/instruments.h"
#include "platform/core/calendar.h"

enum { ONE_IN = 4, MANDATE_DAYS = 365, WITHIN_DAYS = 21 };

static const char *day_text(struct stage *s, int32_t day)
{
	const struct civil c = civil_from_day(day);
	return arena_printf(&s->turn, "%d-%d-%d", c.day, c.month, c.year);
}

static const char *number(struct stage *s, int64_t n)
{
	return arena_printf(&s->turn, "%lld", (long long)n);
}

/* ---- the mandate ----------------------------------------------------------------------------- */

/* The one that holds longest stands first. */
static enum status confirm(struct stage *s, const struct stuurploeg *g, struct error *reterr)
{
	static const char NUMBER[] = "\"number\":";
	const char *page = "/steering/mandates", *body;
	const enum status st = stage_get(s, g->chair, page, &body, reterr);
	const char *at = st == OK ? strstr(body, NUMBER) : NULL;

	if (st != OK || at == NULL)
		return st;
	at += strlen(NUMBER);
	return stage_edit(
	    s, g->chair, page,
	    arena_printf(&s->turn, "%s/%.*s/_confirm", page, (int)strspn(at, "0123456789"), at),
	    NULL, reterr);
}

enum status quick_give_mandate(struct stage *s, struct stuurploeg *g, int32_t day,
                               struct error *reterr)
{
	if (day < g->mandate_until)
		return OK;
	g->mandate_until = day + MANDATE_DAYS;
	const enum status st =
	    stage_post(s, g->secretary, "/steering/mandates",
	               stage_json(s, "meeting", g->ref, "weight", "MEDIUM", "hours", "60", "from",
	                          day_text(s, day), "until", day_text(s, g->mandate_until), NULL),
	               NULL, reterr);
	return st == OK ? confirm(s, g, reterr) : st;
}

/* ---- one action ------------------------------------------------------------------------------ */

static bool is_mandated(struct stage *s, struct player *head)
{
	const char *body;
	struct error none = { 0 };

	return stage_get(s, head, "/steering/mandates", &body, &none) == OK &&
	       strstr(body, "\"inForce\":true") != NULL;
}

static const char *asked_for(struct stage *s, const struct case_tale *c, const struct player *owner,
                             const struct law_instrument *x)
{
	return stage_json(
	    s, "instrument", number(s, x->code), "weight", "LIGHT", "owner",
	    number(s, owner->organ_id), "restsOn", "OWN_KNOWLEDGE", "basis",
	    x->basis != NULL ? x->basis : "Gemeentewet, artikel 172", "approach",
	    "Deze week langsgaan, vastleggen wat er te zien is, en zeggen wat niet mag.", "urgency",
	    "De huur loopt volgende maand af. Daarna is er niets meer te zien.", "effect",
	    "Wie dit doet, weet dat het gezien is.", "indicator",
	    "Aantal meldingen per kwartaal in de straat", "hours", "12", "day",
	    day_text(s, c->day + WITHIN_DAYS), NULL);
}

/* Somebody who told something himself, and whose organisation has somebody to decide for it. */
static struct player *owner_for(struct stage *s, const struct case_tale *c,
                                const struct law_instrument **ret)
{
	for (size_t i = 0; i < c->named_count; i++) {
		const struct player *p = c->named[i];
		const struct player *decider =
		    stage_player(s, ROLE_PARTNER_DECIDER, p->participant, p->letter, 0);
		*ret = case_instrument(s, c, p);
		if (*ret != NULL && decider != NULL && decider->organ_id == p->organ_id)
			return c->named[i];
	}
	return NULL;
}

static enum status refuse(struct stage *s, const struct case_tale *c, struct player *head,
                          struct error *reterr)
{
	return stage_post(
	    s, head, case_path(s, c, "/quick-actions/1/_reject"),
	    stage_json(s, "_version", "1", "reason",
	               "Dit kan op het advies wachten. Dan gaat het in een keer goed.", NULL),
	    NULL, reterr);
}

/* Without somebody who can lead it, it waits for the advice. */
static enum status decide(struct stage *s, struct case_tale *c, struct player *head,
                          struct error *reterr)
{
	const char *body;
	enum status st = stage_get(s, head, case_path(s, c, "/quick-actions"), &body, reterr);

	c->lead = st == OK ? lead_for(s, body) : NULL;
	if (st == OK && c->lead == NULL)
		return refuse(s, c, head, reterr);
	if (st == OK)
		st = stage_post(s, head, case_path(s, c, "/quick-actions/1/_approve"),
		                stage_json(s, "_version", "1", "lead",
		                           number(s, c->lead->appointment_id), NULL),
		                NULL, reterr);
	return st == OK ? doing_find(s, c, reterr) : st;
}

enum status quick_play(struct stage *s, struct case_tale *c, struct error *reterr)
{
	const struct law_instrument *x = NULL;
	struct player *head = stage_player(s, ROLE_RIEC_HEAD, NULL, 0, 0);
	struct player *owner = owner_for(s, c, &x);

	if (owner == NULL || stage_draw(s, "quick", c->number, ONE_IN) != 0 ||
	    !is_mandated(s, head))
		return OK;
	c->quick_owner = owner;
	const enum status st = stage_post(s, c->analyst, case_path(s, c, "/quick-actions"),
	                                  asked_for(s, c, owner, x), NULL, reterr);
	if (st != OK)
		return st;
	return decide(s, c, head, reterr);
}
