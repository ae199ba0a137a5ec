#include "demo/rare_tale.h"

#include <string.h>

#include "people/budget.h"
#include "platform/core/calendar.h"

/* ---- a hold: somebody went to court about what was decided ------------------------------------- */

static const struct case_tale *decided(const struct tale *tales, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (tales[i].next == TALE_IN_CASEFILE && tales[i].casefile.next == CASE_DOING &&
		    tales[i].casefile.doing_count > 0)
			return &tales[i].casefile;
	return NULL;
}

enum status rare_hold(struct stage *s, const struct tale *tales, size_t count, int32_t day,
                      struct error *reterr)
{
	enum { KEEPS_DAYS = 180 };
	struct player *dpo = stage_player(s, ROLE_COORD_DPO, NULL, 0, 0);
	struct player *head = stage_player(s, ROLE_RIEC_HEAD, NULL, 0, 0);
	const struct case_tale *c = decided(tales, count);
	const struct civil until = civil_from_day(day + KEEPS_DAYS);
	const char *location = NULL;

	if (dpo == NULL || head == NULL || c == NULL)
		return OK;
	const enum status st = stage_post(
	    s, dpo, "/retention/holds",
	    stage_json(
		s, "reference", c->ref, "ground", "LEGAL_CLAIM", "until",
		arena_printf(&s->turn, "%04d-%02d-%02d", until.year, until.month, until.day),
		"reason",
		"Beroep bij de rechtbank Deltaland tegen de sluiting. De zitting is nog niet "
		"gepland.",
		NULL),
	    &location, reterr);
	const char *path = location != NULL ? strstr(location, "/retention/") : NULL;
	if (st != OK || path == NULL)
		return st;
	const char *page = arena_strndup(&s->turn, path, strcspn(path, "?"));
	return stage_edit(s, head, page, arena_printf(&s->turn, "%s/move/confirm", page), NULL,
	                  reterr);
}

/* ---- a budget: more searches in an hour than is usual -------------------------------------------- */

enum { USUAL_SEARCHES = 150, MANY_SEARCHES = USUAL_SEARCHES + 5 };

static enum status search_all(struct stage *s, struct player *who, struct error *reterr)
{
	enum status st = OK;

	for (int i = 0; st == OK && i < MANY_SEARCHES; i++)
		st = stage_post(
		    s, who, "/search",
		    stage_json(s, "q", arena_printf(&s->turn, "Kadeweg %d", i + 1), NULL), NULL,
		    reterr);
	return st;
}

static enum status settle(struct plein *p, struct error *reterr)
{
	bool more = true;
	enum status st = OK;

	while (st == OK && more)
		st = budgets_settle(p->budgets, p->db, clock_now_ms(p->clock), &more, reterr);
	return st;
}

enum status rare_searches(struct stage *s, struct error *reterr)
{
	const struct budget_limits limits = { .alarm = { [BUDGET_SEARCH] = USUAL_SEARCHES } };
	struct player *who = stage_player(s, ROLE_INFO_COORDINATOR, NULL, 0, 1);

	if (who == NULL)
		return OK;
	s->plein->budgets = budgets_open(s->arena, &limits);
	enum status st = search_all(s, who, reterr);
	if (st == OK)
		st = settle(s->plein, reterr);
	budgets_close(s->plein->budgets);
	s->plein->budgets = NULL;
	return st;
}
