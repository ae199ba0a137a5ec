/* After adoption: the coordinator names who works in the casefile, and an analyst begins. */
#include <string.h>

#include "demo/tale.h"

enum { NAMED_MAX = 5, STARTS_IN_HUNDRED = 80 };

static const char *path_of(struct stage *s, const struct tale *t, const char *rest)
{
	return arena_printf(&s->turn, "/casefiles/%s%s", t->casefile, rest);
}

/* The newest of the list is the one that the meeting just opened. */
enum status tale_find_case(struct stage *s, struct tale *t, struct error *reterr)
{
	const char *body;
	const enum status st = stage_get(s, t->coordinator, "/casefiles", &body, reterr);
	if (st != OK)
		return st;
	const char *at = strstr(body, "\"reference\":\"C-");
	if (at == NULL)
		return FAIL_INTERNAL(reterr);
	at += strlen("\"reference\":\"");
	t->casefile = arena_strndup(s->arena, at, strcspn(at, "\""));
	return OK;
}

static struct player *analyst_of(struct stage *s, const struct tale *t)
{
	return stage_player(s, ROLE_ANALYST, NULL, 0, (size_t)t->number);
}

static enum status name(struct stage *s, const struct tale *t, const struct player *who,
                        struct error *reterr)
{
	const char *page = path_of(s, t, "/members");
	return stage_edit(s, t->coordinator, page, page,
	                  stage_json(s, "appointment",
	                             arena_printf(&s->turn, "%lld", (long long)who->appointment_id),
	                             NULL),
	                  reterr);
}

/* Whom the page offers: people of the participants involved. */
static bool offered(struct stage *s, const char *body, const struct player *who)
{
	const char *list = strstr(body, "\"candidates\":");
	const char *end = list != NULL ? strchr(list, ']') : NULL;
	const char *id =
	    arena_printf(&s->turn, "\"value\":\"%lld\"", (long long)who->appointment_id);
	const char *at = list != NULL ? strstr(list, id) : NULL;

	return who->role == ROLE_WORKING_GROUP && at != NULL && end != NULL && at < end;
}

enum status tale_staff_case(struct stage *s, struct tale *t, struct error *reterr)
{
	const char *body;
	size_t named = 0;

	enum status st = stage_get(s, t->coordinator, path_of(s, t, "/members"), &body, reterr);
	if (st == OK)
		st = name(s, t, analyst_of(s, t), reterr);
	for (size_t i = 0; st == OK && i < s->player_count && named < NAMED_MAX; i++)
		if (offered(s, body, &s->players[i])) {
			st = name(s, t, &s->players[i], reterr);
			named++;
		}
	return st;
}

enum status tale_analyse(struct stage *s, struct tale *t, struct error *reterr)
{
	if (stage_draw(s, "analyses", t->number, 100) >= STARTS_IN_HUNDRED)
		return OK;
	return stage_edit(s, analyst_of(s, t), path_of(s, t, ""), path_of(s, t, "/move/analyse"),
	                  NULL, reterr);
}
