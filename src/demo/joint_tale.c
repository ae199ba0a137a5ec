#include "demo/joint_tale.h"

#include <string.h>

#include "platform/core/calendar.h"

enum { JOINT_IN_HUNDRED = 60, REFUSED_IN_HUNDRED = 50, PRESS_MESSAGE = 501, HOURS = 12 };
enum { WITHIN_DAYS = 60 };

struct player *joint_voice(struct stage *s, const struct player *owner)
{
	struct player *p =
	    stage_player(s, ROLE_PARTNER_DECIDER, owner->participant, owner->letter, 0);

	return p != NULL && p->organ_id == owner->organ_id ? p : NULL;
}

/* ---- advised ----------------------------------------------------------------------------------------- */

static const char *proposal_of(struct stage *s, const struct case_tale *c,
                               const struct player *leads, const struct player *beside)
{
	const struct civil day = civil_from_day(c->day + WITHIN_DAYS);
	const char *wanted = arena_printf(&s->turn, "%d-%d-%d", day.day, day.month, day.year);
	const char *rest = stage_json(
	    s, "weight", "LIGHT", "basis", "Gemeentewet, artikel 172", "approach",
	    "Na de actie één boodschap van de partners samen: wat er gebeurde en waarom.", "effect",
	    "De buurt weet dat melden helpt, en wie dit doet weet dat het gezien wordt.",
	    "indicator", "Aantal meldingen per kwartaal in de straat", "wantedDay", wanted, NULL);

	return arena_printf(
	    &s->turn,
	    "{\"instrument\":%d,\"lead\":%lld,\"hours\":%d,\"coOwners\":[{\"organ\":"
	    "%lld}],%s",
	    PRESS_MESSAGE, (long long)leads->organ_id, HOURS, (long long)beside->organ_id,
	    rest + 1);
}

enum status joint_propose(struct stage *s, struct case_tale *c, const char *advice,
                          struct error *reterr)
{
	struct player *pair[2] = { NULL, NULL };
	size_t found = 0;

	for (size_t i = 0; i < c->owner_count && found < 2; i++)
		if (joint_voice(s, c->owners[i]) != NULL)
			pair[found++] = c->owners[i];
	if (found < 2 || stage_draw(s, "joint", c->number, 100) >= JOINT_IN_HUNDRED)
		return OK;
	c->owners[c->owner_count++] = pair[0];
	return stage_edit(s, c->analyst, arena_printf(&s->turn, "%s/proposals/new", advice),
	                  arena_printf(&s->turn, "%s/proposals", advice),
	                  proposal_of(s, c, pair[0], pair[1]), reterr);
}

/* ---- done ---------------------------------------------------------------------------------------------- */

static const char *path_of(struct stage *s, const struct doing *d, const char *rest)
{
	return arena_printf(&s->turn, "/interventions/%s/message%s", d->ref, rest);
}

static enum status write_text(struct stage *s, const struct case_tale *c, const struct doing *d,
                              const char *text, struct error *reterr)
{
	return stage_edit(s, c->lead, path_of(s, d, ""), path_of(s, d, ""),
	                  stage_json(s, "text", text, NULL), reterr);
}

/* Who of the owners may answer, does; the others of the casefile are no owners of this one. */
static size_t answer(struct stage *s, const struct case_tale *c, const struct doing *d,
                     const char *to, const char *json, size_t most)
{
	size_t said = 0;

	for (size_t i = c->owner_count; i > 0 && said < most; i--) {
		struct player *voice = joint_voice(s, c->owners[i - 1]);
		struct error refused = { 0 };
		said += voice != NULL && stage_edit(s, voice, path_of(s, d, ""), path_of(s, d, to),
		                                    json, &refused) == OK;
	}
	return said;
}

#define FIRST_TEXT                                                                                 \
	"Deze week traden wij samen op in uw straat. Een bedrijfsruimte is gesloten. Ziet u iets " \
	"dat "                                                                                     \
	"niet klopt? Bel de gemeente, of meld het anoniem."
#define SECOND_TEXT                                                                                \
	"Deze week traden wij samen op in uw buurt. Ziet u iets dat niet klopt? Bel de gemeente, " \
	"of "                                                                                      \
	"meld het anoniem. Over het onderzoek zelf zeggen wij nu niets."

/* Each partner answers to the text that is there now: the second where the first was refused. */
static const char *edition(struct stage *s, const struct case_tale *c, const struct doing *d,
                           struct error *reterr)
{
	const char *body, *at;

	if (stage_get(s, c->lead, path_of(s, d, ""), &body, reterr) != OK)
		return "";
	at = strstr(body, "\"edition\":");
	if (at == NULL)
		return "";
	at += strlen("\"edition\":");
	return arena_strndup(&s->turn, at, strspn(at, "0123456789"));
}

static enum status release(struct stage *s, const struct case_tale *c, const struct doing *d,
                           struct error *reterr)
{
	const char *body;
	enum status st = stage_get(s, c->lead, path_of(s, d, ""), &body, reterr);

	/* where nobody can say yes for a partner it stays a draft */
	if (st != OK || strstr(body, "\"blocked\":\"") != NULL)
		return st;
	return stage_edit(s, c->lead, path_of(s, d, ""), path_of(s, d, "/_release"), NULL, reterr);
}

enum status joint_step(struct stage *s, const struct case_tale *c, struct doing *d,
                       struct error *reterr)
{
	const bool refused = stage_draw(s, "refused", c->number, 100) < REFUSED_IN_HUNDRED;

	if (d->next == DOING_TO_WRITE) {
		d->next = refused ? DOING_TO_REFUSE : DOING_TO_SAY_YES;
		return write_text(s, c, d, FIRST_TEXT, reterr);
	}
	if (d->next == DOING_TO_REFUSE) {
		d->next = DOING_TO_SAY_YES;
		const size_t said =
		    answer(s, c, d, "/_refuse",
		           stage_json(s, "edition", edition(s, c, d, reterr), "reason",
		                      "Noem de straat en de sluiting nog niet. Het onderzoek "
		                      "loopt door.",
		                      NULL),
		           1);
		return said > 0 ? write_text(s, c, d, SECOND_TEXT, reterr) : OK;
	}
	if (d->next == DOING_TO_SAY_YES) {
		d->next = DOING_TO_RELEASE;
		(void)answer(s, c, d, "/_agree",
		             stage_json(s, "edition", edition(s, c, d, reterr), NULL),
		             CASE_OWNERS_MAX);
		return OK;
	}
	d->next = DOING_TO_REPORT;
	return release(s, c, d, reterr);
}
