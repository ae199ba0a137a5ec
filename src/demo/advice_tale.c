/* The advice of a casefile of the demo world: written, asked of its owners, signed by two persons. */
#include <string.h>

#include "demo/joint_tale.h"
#include "law/instruments.h"
#include "platform/core/calendar.h"

enum { CITED_MAX = 4, HOURS_FROM = 16, HOURS_ROOM = 90, WEIGHTS = 3, DONE_WITHIN_DAYS = 75 };

static const char *const APPROACHES[] = {
	"Samen controleren op een moment dat er volgens de buurt iets gebeurt, en vastleggen wie "
	"er "
	"is.",
	"Eerst de stukken opvragen, dan een gesprek met de eigenaar van het pand, dan het besluit.",
	"Het onderzoek richten op de geldstroom van de laatste twee jaar.",
};
static const char *const EFFECTS_MEANT[] = {
	"De plek is niet meer bruikbaar voor dit misdrijf en de buurt merkt dat.",
	"Wie hier geld mee verdiende, verdient er niets meer mee.",
	"De vergunning beschermt de branche weer: een volgende stroman komt er niet doorheen.",
};
static const char *const INDICATORS[] = {
	"Aantal meldingen per kwartaal in de straat",
	"Aantal controles zonder bevinding in een halfjaar",
	"Leegstand en gebruik van het pand na zes maanden",
};

static const char *path_of(struct stage *s, const struct case_tale *c, const char *rest)
{
	return arena_printf(&s->turn, "/advices/%s%s", c->advice, rest);
}

static const char *number(struct stage *s, int64_t n)
{
	return arena_printf(&s->turn, "%lld", (long long)n);
}

/* ---- the analysis ---------------------------------------------------------------------------- */

enum status case_write_analysis(struct stage *s, const struct case_tale *c, struct error *reterr)
{
	static const char *const PARTS[][2] = {
		{ "QUESTION", "De partners willen weten wie hier aan verdient en waarom het "
		              "telkens opnieuw lukt." },
		{ "MODUS_OPERANDI",
		  "Steeds staat een ander op papier. De ruimte, de huur en de mensen blijven "
		  "dezelfde; "
		  "het geld komt contant binnen en gaat als omzet naar de bank." },
		{ "CONCLUSIONS", "De gegevens passen bij elkaar, maar wie op de achtergrond "
		                 "beslist, is niet bewezen. "
		                 "De zwakste plek in de keten is de ruimte zelf." },
	};
	enum status st = OK;

	for (size_t i = 0; st == OK && i < sizeof PARTS / sizeof PARTS[0]; i++)
		st = stage_post(s, c->analyst, case_path(s, c, "/analysis/paragraphs"),
		                stage_json(s, "section", PARTS[i][0], "text", PARTS[i][1], NULL),
		                NULL, reterr);
	return st;
}

/* ---- writing --------------------------------------------------------------------------------- */

enum status case_begin_advice(struct stage *s, struct case_tale *c, struct error *reterr)
{
	const char *page = case_path(s, c, "/advice"), *body;

	enum status st = stage_edit(s, c->analyst, page, page, NULL, reterr);
	if (st == OK)
		st = stage_get(s, c->analyst, page, &body, reterr);
	if (st != OK)
		return st;
	const char *at = strstr(body, "\"A-");
	if (at == NULL)
		return FAIL_INTERNAL(reterr);
	c->advice = arena_strndup(s->arena, at + 1, strcspn(at + 1, "\""));
	return stage_edit(
	    s, c->analyst, path_of(s, c, "/text"), path_of(s, c, "/text"),
	    stage_json(s, "introduction",
	               "De deelnemers legden naast elkaar wat zij weten. Het beeld is "
	               "dat dezelfde mensen op wisselende namen hetzelfde doen.",
	               "conclusion",
	               "Alleen samen optreden helpt: een deelnemer alleen verplaatst het "
	               "probleem.",
	               NULL),
	    reterr);
}

/* Done alone: a message is of several (joint_tale.h). */
const struct law_instrument *case_instrument(struct stage *s, const struct case_tale *c,
                                             const struct player *owner)
{
	size_t count = 0;
	const struct law_instrument *all = law_instruments(&count);
	const uint32_t first =
	    stage_draw(s, "instrument", c->number ^ owner->organ_id << 16, (uint32_t)count);

	for (size_t i = 0; i < count; i++) {
		const struct law_instrument *x = &all[(first + i) % count];
		if (x->kind != INTERVENTION_COMM &&
		    law_letters_have(x->owners, (enum law_letter)owner->letter))
			return x;
	}
	return NULL;
}

static const char *day_text(struct stage *s, int32_t day)
{
	const struct civil c = civil_from_day(day);
	return arena_printf(&s->turn, "%d-%d-%d", c.day, c.month, c.year);
}

static const char *approach_to(struct stage *s, const struct law_instrument *x, int64_t key)
{
	return x->kind == INTERVENTION_PREVENT
	           ? "Praten met wie het aangaat, de afspraken op papier, en na drie maanden nog "
	             "eens langs."
	           : APPROACHES[stage_draw(s, "approach", key,
	                                   sizeof APPROACHES / sizeof APPROACHES[0])];
}

static const char *proposal_of(struct stage *s, const struct case_tale *c,
                               const struct player *owner, const struct law_instrument *x)
{
	static const char *const WEIGHT_NAMES[WEIGHTS] = { "LIGHT", "MEDIUM", "HEAVY" };
	const int64_t key = c->number ^ owner->organ_id << 12;

	return stage_json(
	    s, "instrument", number(s, x->code), "weight",
	    WEIGHT_NAMES[stage_draw(s, "weight", key, WEIGHTS)], "lead", number(s, owner->organ_id),
	    "basis", x->basis != NULL ? x->basis : "Gemeentewet, artikel 172", "approach",
	    approach_to(s, x, key), "effect",
	    EFFECTS_MEANT[stage_draw(s, "effect", key,
	                             sizeof EFFECTS_MEANT / sizeof EFFECTS_MEANT[0])],
	    "indicator",
	    INDICATORS[stage_draw(s, "indicator", key, sizeof INDICATORS / sizeof INDICATORS[0])],
	    "barrier", "STORAGE", "hours",
	    number(s, HOURS_FROM + stage_draw(s, "hours", key, HOURS_ROOM)), "wantedDay",
	    day_text(s, c->day + DONE_WITHIN_DAYS), NULL);
}

/* Who can answer for an organ: its desk. */
static struct player *desk_of(struct stage *s, int64_t organ_id)
{
	for (size_t i = 0; i < s->player_count; i++)
		if (s->players[i].role == ROLE_PARTNER_DESK && s->players[i].organ_id == organ_id)
			return &s->players[i];
	return NULL;
}

static bool owns_one_already(const struct case_tale *c, const struct player *p)
{
	for (size_t i = 0; i < c->owner_count; i++)
		if (c->owners[i]->organ_id == p->organ_id)
			return true;
	return false;
}

/* Somebody who told something is at an organ that has a desk and a power of its own. */
bool case_has_owner(struct stage *s, const struct case_tale *c)
{
	for (size_t i = 0; i < c->named_count; i++)
		if (desk_of(s, c->named[i]->organ_id) != NULL &&
		    case_instrument(s, c, c->named[i]) != NULL)
			return true;
	return false;
}

/* The first that were told: each source then says what may be done with it, or nothing. */
static enum status cite(struct stage *s, const struct case_tale *c, struct error *reterr)
{
	static const char FACT[] = "{\"id\":";
	const char *path = path_of(s, c, "/facts"), *body, *list = "";
	const enum status st = stage_get(s, c->analyst, path, &body, reterr);

	if (st != OK)
		return st;
	const char *at = strstr(body, FACT);
	for (int i = 0; i < CITED_MAX && at != NULL; i++, at = strstr(at, FACT)) {
		at += strlen(FACT);
		list = arena_printf(&s->turn, "%s%s{\"id\":%.*s}", list, list[0] != '\0' ? "," : "",
		                    (int)strspn(at, "0123456789"), at);
	}
	return list[0] == '\0'
	           ? OK
	           : stage_post(s, c->analyst, path,
	                        arena_printf(&s->turn, "{\"facts\":[%s]}", list), NULL, reterr);
}

enum status case_propose(struct stage *s, struct case_tale *c, struct error *reterr)
{
	enum status st = OK;

	for (size_t i = 0; st == OK && i < c->named_count && c->owner_count < CASE_ALONE_MAX; i++) {
		struct player *desk = desk_of(s, c->named[i]->organ_id);
		const struct law_instrument *x = case_instrument(s, c, c->named[i]);
		if (desk == NULL || x == NULL || owns_one_already(c, desk))
			continue;
		st = stage_edit(s, c->analyst, path_of(s, c, "/proposals/new"),
		                path_of(s, c, "/proposals"), proposal_of(s, c, c->named[i], x),
		                reterr);
		c->owners[c->owner_count++] = desk;
	}
	if (st == OK)
		st = cite(s, c, reterr);
	return st == OK ? joint_propose(s, c, path_of(s, c, ""), reterr) : st;
}

/* ---- answers and signatures ------------------------------------------------------------------ */

static const char *revision(struct stage *s, const char *body)
{
	const char *at = strstr(body, "\"revision\":");

	if (at == NULL)
		return "";
	at += strlen("\"revision\":");
	return arena_strndup(&s->turn, at, strspn(at, "0123456789"));
}

enum status case_move_advice(struct stage *s, const struct case_tale *c, struct player *who,
                             const char *action, struct error *reterr)
{
	const char *body;
	const enum status st = stage_get(s, who, path_of(s, c, ""), &body, reterr);

	if (st != OK)
		return st;
	return stage_edit(s, who, path_of(s, c, ""),
	                  path_of(s, c, arena_printf(&s->turn, "/move/%s", action)),
	                  stage_json(s, "revision", revision(s, body), NULL), reterr);
}

/* A proposal has a version of its own: the advice goes on while owners answer. */
static enum status answer(struct stage *s, const struct case_tale *c, size_t number_of,
                          struct error *reterr)
{
	struct player *owner = c->owners[number_of - 1];
	const char *key = arena_printf(&s->turn, "\"number\":%zu,\"version\":", number_of), *body;

	const enum status st = stage_get(s, owner, path_of(s, c, ""), &body, reterr);
	if (st != OK)
		return st;
	const char *at = strstr(body, key);
	if (at == NULL)
		return FAIL_INTERNAL(reterr);
	at += strlen(key);
	return stage_post(
	    s, owner, path_of(s, c, arena_printf(&s->turn, "/proposals/%zu/_answer", number_of)),
	    stage_json(s, "_version", arena_strndup(&s->turn, at, strspn(at, "0123456789")),
	               "answer", "YES", "named", "YES", NULL),
	    NULL, reterr);
}

/* Every owner can do it; who brought facts says nothing, which is no objection (WGS 1.7(1)). */
enum status case_owners_answer(struct stage *s, const struct case_tale *c, struct error *reterr)
{
	enum status st = OK;

	for (size_t i = 1; st == OK && i <= c->owner_count; i++)
		st = answer(s, c, i, reterr);
	return st;
}
