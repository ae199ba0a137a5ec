#include "demo/gathering.h"

#include <string.h>

#include "platform/core/calendar.h"
#include "signals/signal.h"
#include "weighing/weighing.h"

static const int64_t MEETING_MS = INT64_C(85) * 60000;
enum { SCORED_ITEMS = 2, LIST_MAX_BYTES = 1 << 16, SPEAKS_UP = 4 };
/* From this meeting on the partnership has two factors of its own. */
enum { OWN_FACTORS_FROM = 3 };

static struct player *secretary(struct stage *s)
{
	return stage_player(s, ROLE_SECRETARY, NULL, 0, 0);
}

static struct player *chair(struct stage *s)
{
	return stage_player(s, ROLE_CHAIR, NULL, 0, 0);
}

static const char *path_of(struct stage *s, const struct gathering *g, const char *rest)
{
	return arena_printf(&s->turn, "/meetings/%s%s", g->ref, rest);
}

static const char *item_path(struct stage *s, const struct gathering *g, size_t item,
                             const char *rest)
{
	return arena_printf(&s->turn, "/meetings/%s/items/%zu%s", g->ref, item + 1, rest);
}

/* ---- planning ------------------------------------------------------------------------------------- */

static void invite(struct gathering *g, struct player *who)
{
	for (size_t i = 0; i < g->person_count; i++)
		if (g->people[i] == who)
			return;
	if (who != NULL && g->person_count < GATHERING_PEOPLE_MAX)
		g->people[g->person_count++] = who;
}

/* The national partners always come; a municipality when its signal is discussed. */
static void choose_people(struct stage *s, struct gathering *g)
{
	for (size_t i = 0; i < s->player_count; i++)
		if (s->players[i].role == ROLE_INFO_MEETING_MEMBER &&
		    strncmp(s->players[i].participant, "GM", 2) != 0)
			invite(g, &s->players[i]);
	for (size_t i = 0; i < g->tale_count; i++)
		invite(g, stage_player(s, ROLE_INFO_MEETING_MEMBER,
		                       g->tales[i]->teller->participant, 0, 0));
}

/* [{"id":"12"},...], with more for each if `more` is given. */
static const char *people_json(struct stage *s, const struct gathering *g, const char *more)
{
	struct out o;

	out_init(&o, LIST_MAX_BYTES);
	for (size_t i = 0; i < g->person_count; i++)
		out_fmt(&o, "%s{\"id\":\"%lld\"%s}", i > 0 ? "," : "",
		        (long long)g->people[i]->appointment_id, more);
	const char *ret = arena_printf(&s->turn, "[%s]", o.data != NULL ? o.data : "");
	out_free(&o);
	return ret;
}

static void choose_tales(struct gathering *g, struct tale *tales, size_t count)
{
	for (size_t i = 0; i < count && g->tale_count < GATHERING_ITEMS_MAX; i++)
		if (tales[i].next == TALE_TO_SCHEDULE)
			g->tales[g->tale_count++] = &tales[i];
}

static enum status add_items(struct stage *s, struct gathering *g, struct error *reterr)
{
	struct player *who = stage_player(s, ROLE_INFO_COORDINATOR, NULL, 0, (size_t)g->number);
	enum status st = OK;

	for (size_t i = 0; st == OK && i < g->tale_count; i++) {
		st = stage_edit(s, who, path_of(s, g, ""), path_of(s, g, "/_add"),
		                stage_json(s, "signal", g->tales[i]->ref, NULL), reterr);
		g->tales[i]->next = TALE_ON_AGENDA;
	}
	return st;
}

/* Proposed by the secretary, confirmed by the chair; meetings that open from then on weigh by it. */
static enum status agree_on_factors(struct stage *s, struct error *reterr)
{
	static const char PAGE[] = "/meetings/factors";
	const struct civil c = civil_from_day(local_day(s->clock->fixed_ms));
	const char *fields = arena_printf(
	    &s->turn,
	    "{\"fromDay\":\"%d-%d-%d\",\"reason\":\"Wij nemen meer aan dan wij tegelijk kunnen "
	    "doen.\",\"factors\":[{\"name\":\"Urgentie\",\"question\":\"Wat gebeurt er als wij "
	    "wachten?\",\"low\":\"kan wachten\",\"high\":\"nu of nooit\",\"use\":\"order\"},"
	    "{\"name\":\"Inzet\",\"question\":\"Hoeveel mensen vraagt dit?\",\"low\":"
	    "\"weinig\",\"high\":\"heel veel\",\"use\":\"capacity\"}]}",
	    c.day, c.month, c.year);
	const enum status st = stage_post(s, secretary(s), PAGE, fields, NULL, reterr);

	return st == OK
	           ? stage_edit(s, chair(s), PAGE, "/meetings/factors/1/_confirm", NULL, reterr)
	           : st;
}

enum status gathering_plan(struct stage *s, struct tale *tales, size_t count, int64_t number,
                           int32_t day, struct gathering *ret, struct error *reterr)
{
	const struct civil c = civil_from_day(day);
	const char *location = NULL;

	*ret = (struct gathering){ .number = number, .day = day };
	choose_tales(ret, tales, count);
	if (ret->tale_count == 0)
		return OK;
	choose_people(s, ret);
	enum status st = number == OWN_FACTORS_FROM ? agree_on_factors(s, reterr) : OK;
	if (st != OK)
		return st;
	st = stage_post(s, secretary(s), "/meetings",
	                arena_printf(&s->turn,
	                             "{\"day\":\"%d-%d-%d\",\"time\":\"10.00\",\"place\":\"Zaal De "
	                             "Sluis\",\"invited\":%s}",
	                             c.day, c.month, c.year, people_json(s, ret, "")),
	                &location, reterr);
	if (st != OK)
		return st;
	const char *ref = location != NULL ? strstr(location, "/meetings/") : NULL;
	if (ref == NULL)
		return FAIL_INTERNAL(reterr);
	ref += strlen("/meetings/");
	ret->ref = arena_strndup(s->arena, ref, strcspn(ref, "/"));
	return add_items(s, ret, reterr);
}

/* ---- beforehand -------------------------------------------------------------------------------------- */

static const char *homework_of(struct stage *s, const struct gathering *g, size_t item, size_t who)
{
	static const char *const KNOWN[] = { "yes", "no", "no", "not-looked" };
	const int64_t key = g->number * 10000 + (int64_t)(item * 100 + who);
	const char *known = KNOWN[stage_draw(s, "known", key, 4)];

	return stage_json(
	    s, "known", known, "alike", "no", "done",
	    strcmp(known, "yes") == 0 ? "Wij hebben hier eerder een controle gedaan." : "", NULL);
}

enum status gathering_prepare(struct stage *s, struct gathering *g, struct error *reterr)
{
	enum status st = OK;

	for (size_t i = 0; i < g->tale_count; i++)
		for (size_t w = 0; st == OK && w < g->person_count; w++) {
			const int64_t key = g->number * 10000 + (int64_t)(i * 100 + w);
			if (stage_draw(s, "looks in", key, SPEAKS_UP) != 0)
				continue;
			const char *path = item_path(s, g, i, "/homework");
			st = stage_edit(s, g->people[w], path, path, homework_of(s, g, i, w),
			                reterr);
		}
	return st;
}

/* ---- on the day ---------------------------------------------------------------------------------------- */

static enum status open_up(struct stage *s, struct gathering *g, struct error *reterr)
{
	enum status st =
	    stage_edit(s, secretary(s), path_of(s, g, ""), path_of(s, g, "/_open"), NULL, reterr);
	return st == OK
	           ? stage_edit(s, secretary(s), path_of(s, g, ""), path_of(s, g, "/_attendance"),
	                        arena_printf(&s->turn, "{\"people\":%s}",
	                                     people_json(s, g, ",\"presence\":\"room\"")),
	                        reterr)
	           : st;
}

static const char *score_of(struct stage *s, const struct gathering *g, int64_t key)
{
	static const char *const SCORES[] = { "0", "1", "1", "2", "2", "3" };
	const char *const a = SCORES[stage_draw(s, "a", key, 6)],
			  *const b = SCORES[stage_draw(s, "b", key, 6)];

	const char *const own = SCORES[stage_draw(s, "urgency", key, 6)];

	return stage_json(s, "a", a, "b", b, "c", SCORES[stage_draw(s, "c", key, 6)], "d",
	                  SCORES[stage_draw(s, "d", key, 6)],
	                  g->number >= OWN_FACTORS_FROM ? "extra1" : NULL, own, NULL);
}

/* Scores only where the chair asks for them: the first of the agenda. */
static enum status score(struct stage *s, struct gathering *g, size_t item, struct error *reterr)
{
	const char *page = item_path(s, g, item, ""), *own = item_path(s, g, item, "/score");
	enum status st =
	    stage_edit(s, chair(s), page, item_path(s, g, item, "/_ask-scores"), NULL, reterr);
	for (size_t w = 0; st == OK && w < g->person_count; w++)
		st = stage_edit(s, g->people[w], own, own,
		                score_of(s, g, g->number * 10000 + (int64_t)(item * 100 + w)),
		                reterr);
	return st == OK
	           ? stage_edit(s, chair(s), page, item_path(s, g, item, "/_reveal"), NULL, reterr)
	           : st;
}

/* The partners that go on with it: four of those present, the one who brought it in among them. */
static const char *involved(struct stage *s, const struct gathering *g, const struct tale *t)
{
	struct out o;
	size_t count = 0;

	out_init(&o, LIST_MAX_BYTES);
	for (size_t w = 0; w < g->person_count; w++) {
		const struct player *who = g->people[w];
		const bool own = strcmp(who->participant, t->teller->participant) == 0;
		if (!own && stage_draw(s, who->participant, t->number, 2) == 0)
			continue;
		out_fmt(&o, "%s{\"id\":\"%lld\"}", count++ > 0 ? "," : "",
		        (long long)who->organ_id);
	}
	const char *ret = arena_printf(&s->turn, "[%s]", o.data != NULL ? o.data : "");
	out_free(&o);
	return ret;
}

static const char *adopted(struct stage *s, const struct gathering *g, const struct tale *t,
                           const char *outcome)
{
	const char *fields = stage_json(
	    s, "agreedA", "2", "agreedB", "2", "agreedC", "1", "agreedD", "2", "criterionA", "yes",
	    "criterionB", "yes", "criterionC", "yes", "criterionD", "yes", "criterionE", "yes",
	    "outcome", outcome, "assignment", t->story->assignment, "why",
	    "Het overleg ziet een patroon dat geen partner alleen kan doorbreken.", "message",
	    "Het overleg gaat met uw signaal verder. U hoort van ons wie erbij betrokken zijn.",
	    NULL);
	const char *own = g->number >= OWN_FACTORS_FROM
	                      ? arena_printf(&s->turn, ",\"agreedExtra1\":\"%u\"",
	                                     (unsigned)stage_draw(s, "urgent", t->number, 4))
	                      : "";
	return arena_printf(&s->turn, "%.*s%s,\"involved\":%s}", (int)strlen(fields) - 1, fields,
	                    own, involved(s, g, t));
}

/* Why a signal isn't taken up, and the criterion that it misses then. */
static const struct leaving {
	int reason;
	const char *name, *misses, *why;
} LEAVINGS[] = {
	{ 3, "TOO_LITTLE", "criterionA", "Er is te weinig om samen op door te gaan." },
	{ 2, "ONE_PARTNER", "criterionD", "De indiener kan dit met eigen bevoegdheden aan." },
	{ 1, "CRITERIA", "criterionB",
	  "Een verband met georganiseerde criminaliteit is er nu niet." },
	{ 5, "ELSEWHERE", "criterionE", "Het speelt vooral in een andere regio." },
};
enum { LEAVING_COUNT = sizeof LEAVINGS / sizeof LEAVINGS[0] };

static const char *left(struct stage *s, struct tale *t, int outcome, const struct leaving *why,
                        const char *next_day)
{
	t->outcome = outcome;
	t->reason = why->reason;
	const char *const is = outcome == SIGNAL_DEFER ? "defer" : "not-adopt";
	const char *names[] = { "criterionA", "criterionB", "criterionC", "criterionD",
		                "criterionE" };
	const char *met[5];
	for (size_t i = 0; i < 5; i++)
		met[i] = strcmp(names[i], why->misses) == 0 ? "no" : "yes";
	return stage_json(s, "criterionA", met[0], "criterionB", met[1], "criterionC", met[2],
	                  "criterionD", met[3], "criterionE", met[4], "outcome", is, "reason",
	                  why->name, "nextDay", next_day, "why", why->why, "message",
	                  "Het overleg gaat hier nu niet mee verder. Komt er meer bij, dan kunt u "
	                  "opnieuw een signaal indienen.",
	                  NULL);
}

/* In hundredths: adopted as a case, direct, deferred once, and the rest not. */
enum { CASES = 60, DIRECT = 68, DEFERRED = 74, BACK_AFTER_DAYS = 28 };

static const char *outcome_of(struct stage *s, const struct gathering *g, struct tale *t)
{
	const uint32_t draw = stage_draw(s, "outcome", t->number, 100);

	tale_decided(t, draw < DIRECT, g->day);
	if (draw < DIRECT) {
		t->outcome = draw < CASES ? SIGNAL_ADOPT_CASE : SIGNAL_ADOPT_DIRECT;
		return adopted(s, g, t, draw < CASES ? "adopt-case" : "adopt-direct");
	}
	if (draw < DEFERRED && !t->deferred) {
		t->deferred = true;
		t->next = TALE_TO_SCHEDULE;
		const struct civil c = civil_from_day(g->day + BACK_AFTER_DAYS);
		return left(s, t, SIGNAL_DEFER, &LEAVINGS[0],
		            arena_printf(&s->turn, "%d-%d-%d", c.day, c.month, c.year));
	}
	return left(s, t, SIGNAL_NOT_ADOPT,
	            &LEAVINGS[stage_draw(s, "reason", t->number, LEAVING_COUNT)], "");
}

enum status gathering_hold(struct stage *s, struct gathering *g, struct error *reterr)
{
	/* as much for each item, and for the closing words */
	const int64_t turn_ms = MEETING_MS / (int64_t)(g->tale_count + 1);
	enum status st = open_up(s, g, reterr);

	for (size_t i = 0; st == OK && i < g->tale_count; i++) {
		s->clock->fixed_ms += turn_ms;
		if (i < SCORED_ITEMS)
			st = score(s, g, i, reterr);
		if (st == OK)
			st = stage_edit(s, secretary(s), item_path(s, g, i, ""),
			                item_path(s, g, i, "/_decide"),
			                outcome_of(s, g, g->tales[i]), reterr);
		if (st == OK && g->tales[i]->next == TALE_IN_CASEFILE)
			st = tale_find_case(s, g->tales[i], reterr);
	}
	g->held = true;
	s->clock->fixed_ms += MEETING_MS - turn_ms * (int64_t)g->tale_count;
	return st == OK ? stage_edit(s, secretary(s), path_of(s, g, ""), path_of(s, g, "/_close"),
	                             NULL, reterr)
	                : st;
}

/* What the coordinator lets the writer know: the outcome, and why. */
static const char *told(struct stage *s, const struct tale *t)
{
	const struct outcome_told o = { .action = t->outcome, .reason_class = t->reason };
	return outcome_message(&o, &s->turn);
}

enum status gathering_tell(struct stage *s, struct gathering *g, struct error *reterr)
{
	struct player *who = stage_player(s, ROLE_INFO_COORDINATOR, NULL, 0, (size_t)g->number);
	enum status st = OK;

	for (size_t i = 0; st == OK && i < g->tale_count; i++)
		st = stage_edit(s, who, path_of(s, g, "/minutes"), item_path(s, g, i, "/_release"),
		                stage_json(s, "message", told(s, g->tales[i]), NULL), reterr);
	g->ref = NULL;
	return st;
}
