/* How a casefile of the demo world ends: put right, stopped, or closed with what it taught. */
#include <string.h>

#include "demo/case_tale.h"

enum { CORRECTS_ONE_IN = 4, PUBLISHES_ONE_IN = 2 };

/* ---- a fact that was wrong ------------------------------------------------------------------- */

/* The fact that this text stands in, by the number before it in the page; NULL: it isn't there. */
static const char *fact_with(struct stage *s, const char *body, const char *text)
{
	static const char ID[] = "\"id\":";
	const char *end = strstr(body, text), *id = NULL;

	for (const char *at = strstr(body, ID); end != NULL && at != NULL && at < end;
	     at = strstr(at + 1, ID))
		id = at + strlen(ID);
	return id != NULL ? arena_strndup(&s->turn, id, strspn(id, "0123456789")) : NULL;
}

enum status case_correct(struct stage *s, struct case_tale *c, struct error *reterr)
{
	const char *body;

	if (c->corrected || c->asked_count == 0 ||
	    stage_draw(s, "corrects", c->number, CORRECTS_ONE_IN) != 0)
		return OK;
	c->corrected = true;
	enum status st = stage_get(s, c->coordinator, case_subject_path(s, c, ""), &body, reterr);
	const char *fact = st == OK ? fact_with(s, body, "Controle in het voorjaar") : NULL;
	if (fact == NULL)
		return st;
	return stage_post(
	    s, c->coordinator, case_path(s, c, arena_printf(&s->turn, "/facts/%s/correct", fact)),
	    stage_json(s, "kind", "WITHDRAW", "reason",
	               "De controle was op een ander adres. De bron meldde dat zelf.", NULL),
	    NULL, reterr);
}

/* ---- without an approach --------------------------------------------------------------------- */

static bool waits_for_answers(const struct case_tale *c)
{
	for (size_t i = 0; i < c->asked_count; i++)
		if (c->asked[i].next != ASKED_OVER)
			return true;
	return false;
}

enum status case_stop(struct stage *s, struct case_tale *c, struct error *reterr)
{
	static const char *const REASONS[] = { "NO_INDICATION", "ONE_PARTNER", "NOT_FEASIBLE" };

	if (waits_for_answers(c)) {
		c->day++;
		return OK;
	}
	c->next = CASE_OVER;
	return stage_edit(
	    s, c->coordinator, case_path(s, c, ""), case_path(s, c, "/move/stop"),
	    stage_json(s, "reason", REASONS[stage_draw(s, "stops", c->number, 3)], NULL), reterr);
}

/* ---- what it taught -------------------------------------------------------------------------- */

struct taught {
	const char *title, *situation, *approach, *result;
};
static const struct taught PRACTICES[] = {
	{ "Samen op één dag naar binnen",
	  "Ieder zag een deel. Los van elkaar had niemand genoeg om iets te doen.",
	  "Wij kozen samen één dag. Vooraf stond op papier wie wat mag, wie de leiding heeft en "
	  "wie "
	  "het gesprek voert.",
	  "Na drie maanden was de overlast weg. Het kostte minder uren dan drie losse "
	  "controles." },
	{ "Eerst de vergunning, dan pas de controle",
	  "Een controle leverde eerder niets op: de papieren klopten, de praktijk niet.",
	  "De gemeente vroeg eerst opnieuw om de stukken van de vergunning. Pas toen die er niet "
	  "kwamen, volgde de controle.",
	  "De vergunning ging eraf zonder rechtszaak. De plek bleef dicht." },
	{ "Praat met de verhuurder voordat u sluit",
	  "Na een sluiting stond binnen een half jaar dezelfde soort huurder in het pand.",
	  "Wij spraken de verhuurder voor de sluiting. Hij kreeg een lijst met vragen die hij een "
	  "nieuwe huurder moet stellen.",
	  "Er kwam een gewone huurder. De verhuurder belt nu zelf als hij twijfelt." },
	{ "Kijk na een half jaar ook om de hoek",
	  "Het probleem leek weg, maar was een straat verder gegaan.",
	  "Bij elke interventie schrijven wij nu op waar het heen kan gaan. Na een half jaar kijkt "
	  "iemand daar.",
	  "Twee keer zagen wij het op tijd. Toen was één gesprek genoeg." },
};

bool case_is_done(const struct stage *s, const struct case_tale *c)
{
	const int enough = 1 + (int)stage_draw(s, "closes", c->number, EFFECTS);
	bool any = false;

	for (size_t i = 0; i < c->doing_count; i++) {
		const struct doing *d = &c->doing[i];
		const bool dropped = d->next == DOING_OVER && d->assessed == 0;
		if (!dropped && d->assessed < enough)
			return false;
		any = any || !dropped;
	}
	return any && c->next == CASE_DOING && !c->closed;
}

enum status case_publish(struct stage *s, const struct case_tale *c, size_t nth,
                         struct error *reterr)
{
	const char *location = NULL;
	struct player *reader = stage_player(s, ROLE_RIEC_HEAD, NULL, 0, 0);
	const size_t which = nth / PUBLISHES_ONE_IN;

	if (nth % PUBLISHES_ONE_IN != 0 || which >= sizeof PRACTICES / sizeof PRACTICES[0])
		return OK;
	const struct taught *t = &PRACTICES[which];
	const enum status st =
	    stage_post(s, c->lead, "/learning/practices",
	               stage_json(s, "title", t->title, "theme", c->story->theme, "situation",
	                          t->situation, "approach", t->approach, "result", t->result, NULL),
	               &location, reterr);
	const char *path = location != NULL ? strstr(location, "/learning/") : NULL;
	if (st != OK || path == NULL)
		return st;
	const char *page = arena_strndup(&s->turn, path, strcspn(path, "?"));
	return stage_edit(s, reader, page, arena_printf(&s->turn, "%s/move/publish", page),
	                  "{\"nothingPersonal\":true}", reterr);
}
