/* What was decided in a casefile of the demo world: assigned, carried out, measured. */
#include <string.h>

#include "demo/case_tale.h"
#include "demo/consent_tale.h"
#include "demo/joint_tale.h"
#include "demo/ledger_tale.h"
#include "platform/core/calendar.h"

static const int EFFECT_AFTER_MONTHS[EFFECTS] = { 3, 6, 12 };
enum { PATIENCE_DAYS = 45, REPORT_HOURS = 30, EUROS_ROOM = 40000 };
enum { EFFECT_WITHIN_DAYS = 16 }; /* of the day it may be assessed: a few are late */

static const char *path_of(struct stage *s, const struct doing *d, const char *rest)
{
	return arena_printf(&s->turn, "/interventions/%s%s", d->ref, rest);
}

static enum status step(struct stage *s, const struct doing *d, struct player *who,
                        const char *action, const char *json, struct error *reterr)
{
	const char *path = path_of(s, d, arena_printf(&s->turn, "/move/%s", action));
	return stage_edit(s, who, path_of(s, d, ""), path, json, reterr);
}

static enum status find_kind(struct stage *s, const struct case_tale *c, struct doing *d,
                             struct error *reterr)
{
	const char *body;
	const enum status st = stage_get(s, c->lead, path_of(s, d, ""), &body, reterr);
	const char *at = st == OK ? strstr(body, "\"kind\":\"") : NULL;

	if (st == OK && at == NULL)
		return FAIL_INTERNAL(reterr);
	if (st == OK) {
		at += strlen("\"kind\":\"");
		d->kind = arena_strndup(s->arena, at, strcspn(at, "\""));
	}
	return st;
}

/* The references of the interventions that were decided, as its regievoerder sees them. */
enum status doing_find(struct stage *s, struct case_tale *c, struct error *reterr)
{
	const char *body;

	enum status st = stage_get(s, c->lead, case_path(s, c, "/interventions"), &body, reterr);
	if (st != OK)
		return st;
	for (const char *at = strstr(body, "\"reference\":\"I-");
	     st == OK && at != NULL && c->doing_count < CASE_DOING_MAX;
	     at = strstr(at + 1, "\"reference\":\"I-")) {
		const char *ref = at + strlen("\"reference\":\"");
		const char *text = arena_strndup(s->arena, ref, strcspn(ref, "\""));
		bool known = false;
		for (size_t i = 0; i < c->doing_count; i++)
			known = known || strcmp(c->doing[i].ref, text) == 0;
		if (known)
			continue;
		struct doing *d = &c->doing[c->doing_count];
		*d = (struct doing){ .ref = text, .day = c->day + 3 };
		c->doing_count++;
		st = find_kind(s, c, d, reterr);
	}
	return st;
}

static enum status is_open(struct stage *s, const struct case_tale *c, const struct doing *d,
                           bool *ret, struct error *reterr)
{
	const char *body;
	const enum status st = stage_get(s, c->lead, path_of(s, d, ""), &body, reterr);

	*ret = st == OK && strstr(body, "\"state\":\"AGREEING\"") != NULL;
	return st;
}

/* Who isn't asked owns another one, or was at the table. */
static void answer_for(struct stage *s, const struct doing *d, const struct player *owner)
{
	struct player *decider = owner != NULL ? joint_voice(s, owner) : NULL;
	struct error refused = { 0 };

	if (decider != NULL)
		(void)!stage_edit(s, decider, path_of(s, d, ""), path_of(s, d, "/_answer"),
		                  stage_json(s, "answer", "AGREED", NULL), &refused);
}

/* The deciders of the owners that weren't at the table; *ret_open: nobody can answer for one. */
static enum status agree(struct stage *s, const struct case_tale *c, const struct doing *d,
                         bool *ret_open, struct error *reterr)
{
	const enum status st = is_open(s, c, d, ret_open, reterr);
	if (st != OK || !*ret_open)
		return st;
	for (size_t i = 0; i < c->owner_count; i++)
		answer_for(s, d, c->owners[i]);
	answer_for(s, d, c->quick_owner);
	return is_open(s, c, d, ret_open, reterr);
}

/* Whom the regievoerder can choose; a desk reports where nobody has an account. */
static enum status assign(struct stage *s, const struct case_tale *c, struct doing *d,
                          struct error *reterr)
{
	const char *page = path_of(s, d, "/move/assign"), *body;

	enum status st = stage_get(s, c->lead, page, &body, reterr);
	if (st != OK)
		return st;
	for (size_t i = 0; d->executor == NULL && i < s->player_count; i++) {
		struct player *p = &s->players[i];
		const char *as_desk = arena_printf(&s->turn, "desk-%lld", (long long)p->organ_id);
		const char *as_person =
		    arena_printf(&s->turn, "%lld", (long long)p->appointment_id);
		if (p->role == ROLE_EXECUTOR && stage_offers(s, body, "executors", as_person)) {
			d->executor = p;
			d->chosen = arena_strdup(s->arena, as_person);
		} else if (p->role == ROLE_PARTNER_DESK &&
		           stage_offers(s, body, "executors", as_desk)) {
			d->executor = p;
			d->chosen = arena_strdup(s->arena, as_desk);
		}
	}
	if (d->executor == NULL) {
		d->next = DOING_OVER;
		return OK;
	}
	return step(s, d, c->lead, "assign", stage_json(s, "executor", d->chosen, NULL), reterr);
}

static enum status report(struct stage *s, const struct case_tale *c, const struct doing *d,
                          struct error *reterr)
{
	const uint32_t hours =
	    stage_draw(s, "report", c->number * 8 + (d - c->doing), REPORT_HOURS);
	return stage_edit(s, d->executor, path_of(s, d, ""), path_of(s, d, "/reports"),
	                  stage_json(s, "standing", hours % 4 == 0 ? "DELAYED" : "ON_SCHEDULE",
	                             "hours", arena_printf(&s->turn, "%u", 4 + hours), NULL),
	                  reterr);
}

/* What comes of each kind: words, and the columns that it can have an amount in. A talk or a message
 * brings in no money. */
static const struct outcome {
	const char *kind, *results[2], *columns[3];
} OUTCOMES[] = {
	{ "ADMIN",
	  { "Uitgevoerd zoals gepland. Het pand is dicht en de sleutel is ingeleverd.",
	    "Het besluit is genomen en bekendgemaakt. Er is geen bezwaar gemaakt." },
	  { "imposed", "collected", "prevented" } },
	{ "FISCAL",
	  { "Uitgevoerd met twee deelnemers. De administratie is meegenomen.",
	    "De aanslag is opgelegd, en een deel is al betaald." },
	  { "imposed", "collected", "claimed" } },
	{ "CRIMINAL",
	  { "De doorzoeking is gedaan. Wat in beslag is genomen, staat op de lijst.",
	    "Uitgevoerd zoals gepland, met twee deelnemers." },
	  { "seized", "calculated", "seized" } },
	{ "CIVIL",
	  { "De huur is opgezegd en de ruimte is leeg opgeleverd.",
	    "De vordering ligt bij de rechter. De zitting is over twee maanden." },
	  { "claimed", "collected", "claimed" } },
	{ "COMM",
	  { "De boodschap is naar buiten. Er kwamen elf reacties, alle zakelijk.",
	    "Het bericht stond in de krant en op de sites van de partners. Vier mensen belden." },
	  { NULL } },
	{ "PREVENT",
	  { "Het gesprek is gevoerd. De afspraken staan op papier.",
	    "De afspraken zijn nagekomen. Wij kwamen nog twee keer terug." },
	  { NULL } },
};

static const struct outcome *outcome_of(const struct doing *d)
{
	const struct outcome *found = &OUTCOMES[0];

	for (size_t i = 0; i < sizeof OUTCOMES / sizeof OUTCOMES[0]; i++)
		if (strcmp(OUTCOMES[i].kind, d->kind) == 0)
			found = &OUTCOMES[i];
	return found;
}

static enum status execute(struct stage *s, const struct case_tale *c, const struct doing *d,
                           int32_t day, struct error *reterr)
{
	const struct outcome *o = outcome_of(d);
	const int64_t key = c->number * 8 + (d - c->doing);
	const struct civil on = civil_from_day(day);
	const char *date = arena_printf(&s->turn, "%d-%d-%d", on.day, on.month, on.year);
	const char *amount =
	    arena_printf(&s->turn, "%u,%02u", 500 + stage_draw(s, "amount", key, EUROS_ROOM),
	                 stage_draw(s, "cents", key, 100));
	const char *column = o->columns[stage_draw(s, "column", key, 3)];
	const char *result = o->results[stage_draw(s, "result", key, 2)];
	const struct seized seized = { d->ref, amount, date, d->executor, key };

	/* without a column the list of fields ends there */
	const enum status st = step(
	    s, d, d->executor, "execute",
	    stage_json(s, "executedDay", date, "result", result, column, amount, NULL), reterr);
	return st == OK && column != NULL && strcmp(column, "seized") == 0
	           ? ledger_seized(s, &seized, reterr)
	           : st;
}

static enum status assess(struct stage *s, const struct case_tale *c, const struct doing *d,
                          struct error *reterr)
{
	static const char *const NAMES[] = { "NONE", "LITTLE", "CLEAR", "CLEAR", "SOLVED" };
	static const char *const SEEN[] = {
		"Er is niets veranderd. Het pand wordt weer zo gebruikt.",
		"Er is minder aanloop, maar de buurt meldt nog steeds overlast.",
		"Het pand staat te huur. De buurt meldt geen overlast.",
		"Er zijn drie controles geweest zonder bevinding.",
		"De plek is in gebruik bij een gewone ondernemer.",
	};
	static const char *const LESSONS[] = {
		"Begin een maand eerder met het plannen van de dag.",
		"Bel de eigenaar van het pand voordat de brief gaat.",
		"Spreek vooraf af wie met de buurt praat.",
		"Laat iemand mee die de administratie kan lezen.",
		"Controleer ook de plek ernaast.",
		"Leg vooraf vast wie de sleutel bewaart.",
	};
	const uint32_t n =
	    stage_draw(s, "helped", (c->number * 8 + (d - c->doing)) * EFFECTS + d->assessed, 5);
	const char *page = path_of(s, d, "/effect");

	return stage_edit(
	    s, c->lead, page, page,
	    stage_json(s, "effect", NAMES[n], "seen", SEEN[n], "displaced", "NO", "lessons",
	               LESSONS[stage_draw(s, "learnt", c->number * 8 + d->assessed, 6)], NULL),
	    reterr);
}

/* The day of the next assessment, counted from the day it was carried out; -> whether there is one. */
static bool next_effect(struct stage *s, const struct case_tale *c, struct doing *d)
{
	if (d->assessed == EFFECTS)
		return false;
	d->day =
	    day_add_months(d->executed, EFFECT_AFTER_MONTHS[d->assessed]) +
	    (int32_t)stage_draw(s, "looks back", c->number * 8 + d->assessed, EFFECT_WITHIN_DAYS);
	return true;
}

static enum status drop(struct stage *s, const struct doing *d, struct error *reterr)
{
	struct player *secretary = stage_player(s, ROLE_STEERING_SECRETARY, NULL, 0, 0);

	return step(
	    s, d, secretary, "cancel",
	    stage_json(s, "reason",
	               "De eigenaar stemt er niet mee in. De andere interventies gaan door.", NULL),
	    reterr);
}

enum status doing_step(struct stage *s, struct case_tale *c, struct doing *d, int32_t day,
                       struct error *reterr)
{
	enum status st = OK;
	bool open = false;

	/* what it did is asked as long as it takes, whatever became of the casefile */
	if (d->next == DOING_OVER || d->day > day || (c->closed && d->next != DOING_TO_ASSESS))
		return OK;
	d->day = day + 5 + (int32_t)stage_draw(s, "doing", c->number * 64 + d->next, 14);
	switch (d->next) {
	case DOING_TO_AGREE:
		st = agree(s, c, d, &open, reterr);
		d->next = open ? DOING_TO_DROP : DOING_TO_ASSIGN;
		d->day += open ? PATIENCE_DAYS : 0;
		return st;
	case DOING_TO_DROP:
		d->next = DOING_OVER;
		return drop(s, d, reterr);
	case DOING_TO_ASSIGN:
		d->next = DOING_TO_START;
		st = consent_play_ask(s, c, d, reterr);
		return st == OK ? assign(s, c, d, reterr) : st;
	case DOING_TO_START:
		d->next = strcmp(d->kind, "COMM") == 0 ? DOING_TO_WRITE : DOING_TO_REPORT;
		st = consent_play_answer(s, c, d, reterr);
		return st == OK ? step(s, d, d->executor, "start", NULL, reterr) : st;
	case DOING_TO_WRITE:
	case DOING_TO_REFUSE:
	case DOING_TO_SAY_YES:
	case DOING_TO_RELEASE:
		d->day = day + 2 + (int32_t)stage_draw(s, "message", c->number, 4);
		return joint_step(s, c, d, reterr);
	case DOING_TO_REPORT:
		d->next = DOING_TO_EXECUTE;
		st = consent_play_report(s, c, d, reterr);
		return st == OK ? report(s, c, d, reterr) : st;
	case DOING_TO_EXECUTE:
		d->next = DOING_TO_CONFIRM;
		d->executed = day;
		return execute(s, c, d, day, reterr);
	case DOING_TO_CONFIRM:
		st = step(s, d, c->lead, "confirm", NULL, reterr);
		d->next = DOING_TO_ASSESS;
		(void)next_effect(s, c, d);
		return st;
	case DOING_TO_ASSESS:
		st = assess(s, c, d, reterr);
		d->assessed++;
		d->next = next_effect(s, c, d) ? DOING_TO_ASSESS : DOING_OVER;
		return st;
	case DOING_OVER:
		break;
	}
	return st;
}
