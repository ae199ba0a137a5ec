/* What people write in a casefile of the demo world: notes, tasks, what an organisation will do by
 * itself; an analysis by several hands that cites facts and is fixed by two; a part that goes its own way. */
#include <string.h>

#include "demo/case_tale.h"
#include "platform/core/calendar.h"

enum { TASK_DAYS = 10, NOT_BEFORE_DAYS = 21, CITERS = 2 };
enum { LEFT_ONE_IN = 9 }; /* tasks that nobody gets round to */
enum { NOTES_ONE_IN = 2, INTENDS_ONE_IN = 5, FIXES_ONE_IN = 2, SPLITS_ONE_IN = 20 };

static const char *number(struct stage *s, int64_t n)
{
	return arena_printf(&s->turn, "%lld", (long long)n);
}

static const char *day_in(struct stage *s, const struct case_tale *c, int days)
{
	const struct civil d = civil_from_day(c->day + days);
	return arena_printf(&s->turn, "%04d-%02d-%02d", d.year, d.month, d.day);
}

static bool is_about_somebody(const struct case_tale *c)
{
	return c->story->subjects[0] != STORY_NONE;
}

/* ---- beside the facts ------------------------------------------------------------------------- */

static enum status note(struct stage *s, const struct case_tale *c, struct player *who,
                        const char *text, struct error *reterr)
{
	return stage_post(s, who, case_path(s, c, "/notes"), stage_json(s, "text", text, NULL),
	                  NULL, reterr);
}

static enum status intend(struct stage *s, const struct case_tale *c, struct error *reterr)
{
	const bool waits = c->number % (2 * INTENDS_ONE_IN) == 0;

	return stage_post(
	    s, c->named[0], case_subject_path(s, c, "/intent"),
	    waits
		? stage_json(s, "intent", "NOT_BEFORE", "notBefore", day_in(s, c, NOT_BEFORE_DAYS),
	                     "reason",
	                     "Tot die dag loopt er een onderzoek dat niet bekend mag worden.", NULL)
		: stage_json(s, "intent", "ACTS", "reason",
	                     "Wij controleren hier deze maand zelf, uit onze eigen taak.", NULL),
	    NULL, reterr);
}

enum status case_talk(struct stage *s, const struct case_tale *c, struct error *reterr)
{
	enum status st = OK;

	if (c->number % NOTES_ONE_IN != 0 || c->named_count == 0 || !is_about_somebody(c))
		return OK;
	st =
	    note(s, c, c->analyst,
	         arena_printf(&s->turn,
	                      "Gebeld met de deelnemers. Over @%d komt er nog een stuk; de rest is "
	                      "binnen.",
	                      c->about),
	         reterr);
	if (st == OK)
		st = note(s, c, c->named[0],
		          "Dat stuk komt volgende week. Tot dan hebben wij niets nieuws.", reterr);
	if (st == OK)
		st = stage_post(s, c->analyst, case_path(s, c, "/tasks"),
		                stage_json(s, "task", "Kijk na of het adres nog klopt", "owner",
		                           number(s, c->named[0]->appointment_id), "dueDay",
		                           day_in(s, c, TASK_DAYS), NULL),
		                NULL, reterr);
	return st == OK && c->number % INTENDS_ONE_IN == 0 ? intend(s, c, reterr) : st;
}

static enum status end_task(struct stage *s, const struct case_tale *c, struct error *reterr)
{
	static const char ID[] = "\"tasks\":[{\"id\":";
	const char *body;

	const enum status st = stage_get(s, c->named[0], case_path(s, c, "/tasks"), &body, reterr);
	const char *at = st == OK ? strstr(body, ID) : NULL;
	if (at == NULL)
		return st;
	at += strlen(ID);
	return stage_post(s, c->named[0],
	                  case_path(s, c,
	                            arena_printf(&s->turn, "/tasks/%.*s/done",
	                                         (int)strspn(at, "0123456789"), at)),
	                  NULL, NULL, reterr);
}

enum status case_end_tasks(struct stage *s, const struct case_tale *c, struct error *reterr)
{
	if (c->number % NOTES_ONE_IN != 0 || c->named_count == 0 || !is_about_somebody(c) ||
	    stage_draw(s, "leaves", c->number, LEFT_ONE_IN) == 0)
		return OK;
	return end_task(s, c, reterr);
}

/* ---- the analysis ------------------------------------------------------------------------------ */

/* Behind the nth "fact": of what can be cited; NULL: there are fewer. */
static const char *citable(struct stage *s, const char *body, size_t nth)
{
	static const char FACT[] = "\"fact\":";
	const char *at = strstr(body, FACT);

	for (size_t i = 0; at != NULL && i < nth; i++)
		at = strstr(at + 1, FACT);
	if (at == NULL)
		return NULL;
	at += strlen(FACT);
	return arena_strndup(&s->turn, at, strspn(at, "0123456789"));
}

static enum status cite(struct stage *s, const struct case_tale *c, struct player *who, size_t nth,
                        struct error *reterr)
{
	static const char *const PARTS[CITERS][2] = {
		{ "SUBJECTS",
		  "@1 komt bij meer dan één deelnemer voor, steeds in een andere rol." },
		{ "GAPS", "Van @1 weten wij nog niet wie er betaalt, en waarvan." },
	};
	const char *body;

	const enum status st = stage_get(s, who, case_path(s, c, "/analysis/new"), &body, reterr);
	const char *fact = st == OK ? citable(s, body, nth) : NULL;
	if (fact == NULL)
		return st;
	return stage_post(
	    s, who, case_path(s, c, "/analysis/paragraphs"),
	    arena_printf(&s->turn, "{\"section\":\"%s\",\"text\":\"%s\",\"facts\":[{\"id\":%s}]}",
	                 PARTS[nth][0], PARTS[nth][1], fact),
	    NULL, reterr);
}

enum status case_cite(struct stage *s, const struct case_tale *c, struct error *reterr)
{
	enum status st = OK;

	if (!is_about_somebody(c))
		return OK;
	for (size_t i = 0; st == OK && i < CITERS && i < c->named_count; i++)
		st = cite(s, c, c->named[i], i, reterr);
	return st;
}

enum status case_fix_analysis(struct stage *s, const struct case_tale *c, struct error *reterr)
{
	const char *location = NULL;

	if (c->number % FIXES_ONE_IN != 0)
		return OK;
	const enum status st = stage_post(s, c->analyst, case_path(s, c, "/analysis/versions"),
	                                  NULL, &location, reterr);
	const char *path = location != NULL ? strstr(location, "/casefiles/") : NULL;
	if (st != OK || path == NULL)
		return st;
	const char *version = arena_strndup(&s->turn, path, strcspn(path, "?"));
	return stage_edit(s, c->coordinator, version, arena_printf(&s->turn, "%s/_sign", version),
	                  NULL, reterr);
}

/* ---- a part of it --------------------------------------------------------------------------------- */

/* Who splits sees all of it: he is named for phase 3, which is opened for nobody here. */
enum status case_newest(struct stage *s, struct player *who, const char **ret, struct error *reterr)
{
	const char *body;
	const enum status st = stage_get(s, who, "/casefiles", &body, reterr);

	if (st != OK)
		return st;
	*ret = stage_text(s->arena, body, "items", "reference");
	return *ret != NULL ? OK : FAIL_INTERNAL(reterr);
}

enum status case_split(struct stage *s, struct case_tale *c, struct error *reterr)
{
	const char *members = case_path(s, c, "/members");

	if (c->number % SPLITS_ONE_IN != 1 || c->story->subjects[1] == STORY_NONE)
		return OK;
	enum status st = stage_edit(s, c->coordinator, members, members,
	                            arena_printf(&s->turn, "{\"appointment\":%lld,\"heavy\":true}",
	                                         (long long)c->coordinator->appointment_id),
	                            reterr);
	if (st == OK)
		st = stage_edit(s, c->coordinator, case_path(s, c, ""), case_path(s, c, "/split"),
		                "{\"subjects\":[{\"number\":2}],\"title\":\"Wat er verder speelt "
		                "op deze plek\","
		                "\"purpose\":\"Uitzoeken of de plek ook zonder de eerste "
		                "betrokkene misbruikt wordt.\","
		                "\"why\":\"Dit vraagt andere partners dan de eerste vraag.\"}",
		                reterr);
	return st == OK ? case_newest(s, c->coordinator, &c->part, reterr) : st;
}
