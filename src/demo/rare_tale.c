#include "demo/rare_tale.h"

#include <string.h>

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
