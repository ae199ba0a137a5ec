#include "demo/consent_tale.h"

#include <string.h>

#include "demo/joint_tale.h"

enum { SILENT_IN_HUNDRED = 25, CONDITIONS_IN_HUNDRED = 50, ONE_IN = 2 };

static const char *report_path(struct stage *s, const struct doing *d, const char *rest)
{
	return arena_printf(&s->turn, "/interventions/%s/owner-report%s", d->ref, rest);
}

/* Who decides for its owner, and may see its report; NULL: none of them. */
static struct player *owner_of(struct stage *s, const struct case_tale *c, const struct doing *d,
                               const char **ret_page)
{
	for (size_t i = 0; i < c->owner_count; i++) {
		struct player *p = joint_voice(s, c->owners[i]);
		struct error none = { 0 };
		if (p != NULL && stage_get(s, p, report_path(s, d, ""), ret_page, &none) == OK)
			return p;
	}
	return NULL;
}

enum status consent_play_ask(struct stage *s, const struct case_tale *c, const struct doing *d,
                             struct error *reterr)
{
	const char *page = "";
	struct player *owner = owner_of(s, c, d, &page);

	if (owner == NULL || stage_draw(s, "asks a source", c->number, ONE_IN) != 0 ||
	    strstr(page, "\"toAsk\":0") != NULL)
		return OK;
	return stage_edit(s, owner, report_path(s, d, ""), report_path(s, d, "/_ask"),
	                  stage_json(s, "purpose",
	                             "Een besluit over dit pand: zonder deze gegevens kan de "
	                             "eigenaar niet zien waarom.",
	                             NULL),
	                  reterr);
}

/* ---- what a source says ------------------------------------------------------------------------- */

/* Each fact of the question gets the same answer. */
static const char *answers(struct stage *s, const char *page, const char *answer)
{
	static const char FACT[] = "\"fact\":\"";
	const char *list = "";

	for (const char *at = strstr(page, FACT); at != NULL; at = strstr(at + 1, FACT)) {
		at += strlen(FACT);
		list = arena_printf(&s->turn, "%s%s{\"fact\":\"%.*s\",\"answer\":\"%s\"}", list,
		                    list[0] != '\0' ? "," : "", (int)strcspn(at, "\""), at, answer);
	}
	return list;
}

/* The decider of the source that this was asked of; the others don't see it. */
static struct player *source_of(struct stage *s, const struct case_tale *c, const char *path,
                                const char **ret_page)
{
	for (size_t i = 0; i < c->named_count; i++) {
		struct player *p = joint_voice(s, c->named[i]);
		struct error none = { 0 };
		if (p != NULL && stage_get(s, p, path, ret_page, &none) == OK)
			return p;
	}
	return NULL;
}

static enum status say(struct stage *s, const struct case_tale *c, const char *question, bool with,
                       struct error *reterr)
{
	const char *path = arena_printf(&s->turn, "/consents/%s", question), *page = "";
	struct player *source = source_of(s, c, path, &page);

	if (source == NULL)
		return OK;
	return stage_edit(s, source, path, arena_printf(&s->turn, "%s/_answer", path),
	                  arena_printf(&s->turn, "{\"words\":\"%s\",\"facts\":[%s]}",
	                               with ? "Noem de dag van de controle niet." : "",
	                               answers(s, page, with ? "CONDITIONS" : "YES")),
	                  reterr);
}

/* Some never answer, which is no consent. */
enum status consent_play_answer(struct stage *s, const struct case_tale *c, const struct doing *d,
                                struct error *reterr)
{
	static const char REFERENCE[] = "\"reference\":\"T-";
	const uint32_t mood = stage_draw(s, "consents", c->number * 8 + (d - c->doing), 100);
	const char *page = "";
	enum status st = OK;

	if (owner_of(s, c, d, &page) == NULL || mood < SILENT_IN_HUNDRED)
		return OK;
	for (const char *at = strstr(page, REFERENCE); st == OK && at != NULL;
	     at = strstr(at + 1, REFERENCE)) {
		const char *name = at + strlen("\"reference\":\"");
		st = say(s, c, arena_strndup(&s->turn, name, strcspn(name, "\"")),
		         mood < CONDITIONS_IN_HUNDRED, reterr);
	}
	return st;
}

/* Who makes the report waits no longer for a source that keeps silent. */
static enum status stop_waiting(struct stage *s, struct player *owner, const struct doing *d,
                                const char *page, struct error *reterr)
{
	static const char REFERENCE[] = "\"reference\":\"T-";
	enum status st = OK;

	for (const char *at = strstr(page, REFERENCE); st == OK && at != NULL;) {
		const char *next = strstr(at + 1, REFERENCE);
		const char *row =
		    arena_strndup(&s->turn, at, next != NULL ? (size_t)(next - at) : strlen(at));
		const char *name = at + strlen("\"reference\":\"");
		if (strstr(row, "\"waits\":true") != NULL)
			st = stage_post(
			    s, owner, report_path(s, d, "/_stop"),
			    stage_json(s, "_version", stage_version(s, row), "question",
			               arena_strndup(&s->turn, name, strcspn(name, "\"")), NULL),
			    NULL, reterr);
		at = next;
	}
	return st;
}

enum status consent_play_report(struct stage *s, const struct case_tale *c, const struct doing *d,
                                struct error *reterr)
{
	const char *page = "";
	struct player *owner = owner_of(s, c, d, &page);

	if (owner == NULL)
		return OK;
	const enum status st = stop_waiting(s, owner, d, page, reterr);
	if (st != OK || strstr(page, "\"facts\":0") != NULL)
		return st;
	return stage_post(s, owner, report_path(s, d, ""), NULL, NULL, reterr);
}
