/* Requests of a casefile of the demo world: desks answer, know nothing, refuse or leave it. */
#include <string.h>

#include "demo/case_tale.h"
#include "law/statute.h"

enum {
	ANSWER_WITHIN_DAYS = 16,
	KNOWS_IN_HUNDRED = 62,
	NOTHING_UNTIL = 82,
	REFUSES_UNTIL = 89,
	LATE_DAYS = 24
};

static const char *const QUESTIONS[] = {
	"Zijn er controles geweest bij deze betrokkene, en wat bleek daar?",
	"Heeft u de afgelopen twee jaar opgetreden, of bent u dat van plan?",
	"Kent u dit adres uit eigen toezicht? Wat zag u daar?",
};
static const char *const ANSWERS[] = {
	"Controle in het voorjaar: geen administratie aanwezig, drie mensen aan het werk zonder "
	"contract. Rapport opgemaakt.",
	"Er loopt een last onder dwangsom. De eerste termijn is verstreken zonder dat er iets is "
	"veranderd.",
	"Twee keer gecontroleerd. De eerste keer dicht, de tweede keer een lege ruimte met een "
	"nieuwe slijpmachine en veel verpakkingen.",
	"Bij een gezamenlijke controle is contant geld gezien in een doos. De eigenaar zei dat het "
	"van een vriend was.",
};

static const char *path_of(struct stage *s, const struct asked *a, const char *rest)
{
	return arena_printf(&s->turn, "/requests/%s%s", a->ref, rest);
}

static enum status move(struct stage *s, const struct asked *a, struct player *who,
                        const char *action, struct error *reterr)
{
	return stage_edit(s, who, path_of(s, a, ""),
	                  path_of(s, a, arena_printf(&s->turn, "/move/%s", action)), NULL, reterr);
}

static int64_t draw_key(const struct case_tale *c, const struct asked *a)
{
	return c->number << 8 | (a - c->asked);
}

/* ---- asking ---------------------------------------------------------------------------------- */

static const char *request_for(struct stage *s, const struct case_tale *c,
                               const struct player *desk)
{
	const uint32_t q = stage_draw(s, "question", c->number ^ desk->organ_id << 16,
	                              sizeof QUESTIONS / sizeof QUESTIONS[0]);
	const char *head = stage_json(
	    s, "casefile", c->ref, "kind", "CONTENT", "question", QUESTIONS[q], "necessity",
	    "De casus gaat over wat hier werkelijk gebeurt. Uw toezicht laat dat als enige zien.",
	    NULL);
	return arena_printf(&s->turn,
	                    "%.*s,\"categories\":[\"SUPERVISION\"],\"subjects\":[{\"number\":%d}],"
	                    "\"organs\":[{\"organ\":%lld}],\"issue\":true}",
	                    (int)strlen(head) - 1, head, c->about, (long long)desk->organ_id);
}

static enum status ask(struct stage *s, struct case_tale *c, struct player *desk,
                       struct error *reterr)
{
	const char *location = NULL;
	enum status st =
	    stage_post(s, c->coordinator, "/requests", request_for(s, c, desk), &location, reterr);
	if (st != OK)
		return st;
	const char *ref = location != NULL ? strstr(location, "/requests/") : NULL;
	if (ref == NULL)
		return FAIL_INTERNAL(reterr);
	ref += strlen("/requests/");
	struct asked *a = &c->asked[c->asked_count];
	*a =
	    (struct asked){ .ref = arena_strndup(s->arena, ref, strcspn(ref, "?/")), .desk = desk };
	a->day = c->day + 2 + (int32_t)stage_draw(s, "answers", draw_key(c, a), ANSWER_WITHIN_DAYS);
	c->asked_count++;
	return OK;
}

static bool is_asked(const struct case_tale *c, const struct player *desk)
{
	for (size_t i = 0; i < c->asked_count; i++)
		if (c->asked[i].desk->organ_id == desk->organ_id)
			return true;
	return false;
}

enum status case_ask(struct stage *s, struct case_tale *c, struct error *reterr)
{
	const char *form;
	enum status st =
	    stage_get(s, c->coordinator,
	              arena_printf(&s->turn, "/requests/new?casefile=%s", c->ref), &form, reterr);

	for (size_t i = 0; st == OK && i < s->player_count && c->asked_count < CASE_ASKED_MAX;
	     i++) {
		struct player *p = &s->players[i];
		const char *organ = arena_printf(&s->turn, "%lld", (long long)p->organ_id);
		if (p->role == ROLE_PARTNER_DESK && !is_asked(c, p) &&
		    stage_offers(s, form, "organs", organ))
			st = ask(s, c, p, reterr);
	}
	return st;
}

/* ---- the desk -------------------------------------------------------------------------------- */

static enum status write_down(struct stage *s, const struct case_tale *c, const struct asked *a,
                              struct error *reterr)
{
	const uint32_t n =
	    stage_draw(s, "answer", draw_key(c, a), sizeof ANSWERS / sizeof ANSWERS[0]);
	return stage_edit(s, a->desk, path_of(s, a, ""), path_of(s, a, "/items"),
	                  stage_json(s, "subject", arena_printf(&s->turn, "%d", c->about), "part",
	                             "11", "kind", "418", "task",
	                             arena_printf(&s->turn, "%d",
	                                          law_first_task((enum law_letter)a->desk->letter)),
	                             "nature", "FACT", "text", ANSWERS[n], NULL),
	                  reterr);
}

static enum status answer(struct stage *s, const struct case_tale *c, struct asked *a,
                          struct error *reterr)
{
	const uint32_t mood = stage_draw(s, "mood", draw_key(c, a), 100);
	struct player *decider =
	    stage_player(s, ROLE_PARTNER_DECIDER, a->desk->participant, a->desk->letter, 0);

	if (mood >= NOTHING_UNTIL && mood < REFUSES_UNTIL && decider != NULL) {
		a->next = ASKED_TO_CLOSE;
		return stage_edit(s, decider, path_of(s, a, ""), path_of(s, a, "/move/refuse"),
		                  stage_json(s, "reason", "INVESTIGATION", NULL), reterr);
	}
	if (mood >= REFUSES_UNTIL && !a->left_lying) { /* late, and reminded */
		a->left_lying = true;
		a->day += LATE_DAYS;
		return OK;
	}
	enum status st = move(s, a, a->desk, "accept", reterr);
	if (st == OK && mood >= KNOWS_IN_HUNDRED && !a->left_lying) {
		a->next = ASKED_TO_CLOSE;
		return move(s, a, a->desk, "nothing-known", reterr);
	}
	if (st == OK)
		st = write_down(s, c, a, reterr);
	a->next = ASKED_TO_CHECK;
	return st == OK ? move(s, a, a->desk, "answer", reterr) : st;
}

/* ---- the analyst and the coordinator --------------------------------------------------------- */

static enum status check(struct stage *s, const struct case_tale *c, struct asked *a,
                         struct error *reterr)
{
	const enum status st =
	    stage_edit(s, c->analyst, path_of(s, a, ""), path_of(s, a, "/_judge"),
	               "{\"items\":[{\"number\":1,\"judgement\":\"KEEP\"}]}", reterr);

	a->next = ASKED_TO_CLOSE;
	return st == OK ? move(s, a, c->analyst, "check", reterr) : st;
}

enum status asked_step(struct stage *s, const struct case_tale *c, struct asked *a, int32_t day,
                       struct error *reterr)
{
	if (a->next == ASKED_OVER || a->day > day)
		return OK;
	a->day = day + 1 + (int32_t)stage_draw(s, "next", draw_key(c, a), 3);
	if (a->next == ASKED_TO_ANSWER)
		return answer(s, c, a, reterr);
	if (a->next == ASKED_TO_CHECK)
		return check(s, c, a, reterr);
	a->next = ASKED_OVER;
	return move(s, a, c->coordinator, "close", reterr);
}
