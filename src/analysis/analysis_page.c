#include "analysis/analysis_page.h"

#include <string.h>

#include "access/access.h"
#include "analysis/analysis_http.h"
#include "audit/action.h"
#include "casework/casefile_page.h"
#include "plein/plein.h"

#define TOPIC "analysis-"

enum status on_analysis(struct request *rq, struct on_analysis *ret, struct error *reterr)
{
	const enum role role = rq->viewer->role;

	*ret = (struct on_analysis){ 0 };
	enum status st = casefile_of_path(rq, &ret->casefile, reterr);
	if (st != OK)
		return st;
	const struct casefile *c = &ret->casefile;
	ret->level = analysis_level(role, c->named_heavy);
	ret->tells = analysis_tells_left_out(role, c->named_heavy);
	ret->writes = ret->level > 0 && casefile_is_live(c->state) &&
	              access_permits(role, PERM_ANALYSIS_WRITE) && casefile_writable(rq->viewer, c);
	rq->touched = (struct touched){ .kind = OBJECT_ANALYSIS,
		                        .id = c->id,
		                        .owner_id = c->id,
		                        .owner_kind = OBJECT_CASEFILE };
	return OK;
}

enum status on_analysis_to_write(struct request *rq, struct on_analysis *ret, struct error *reterr)
{
	enum status st = on_analysis(rq, ret, reterr);

	if (st == OK && !ret->writes)
		return FAIL(reterr, ERR_CONFLICT, "U kunt hier niet (meer) schrijven.");
	return st;
}

enum status analysis_still_live(struct db_tx *tx, int64_t casefile_id, struct error *reterr)
{
	struct casefile_picture picture = { 0 };
	enum status st = casefile_picture_load(db_tx_read(tx), casefile_id, &picture, reterr);

	if (st == OK && !casefile_is_live(picture.state))
		return FAIL(reterr, ERR_CONFLICT, "Aan deze casus werkt niemand meer.");
	return st;
}

const char *analysis_path(struct arena *a, const struct casefile *c, const char *rest)
{
	return arena_printf(a, "/casefiles/%s/analysis%s", c->reference, rest);
}

struct array analysis_crumbs(struct arena *a, const struct casefile *c)
{
	const struct array crumbs = casefile_crumbs(a, c);
	struct link *links = ARENA_ARRAY(a, struct link, crumbs.count + 1);

	memcpy(links, crumbs.items, crumbs.count * sizeof *links);
	links[crumbs.count] = (struct link){ "Analyse", analysis_path(a, c, ""), -1, false };
	return (struct array){ links, crumbs.count + 1 };
}

/* ---- open pages -------------------------------------------------------------------------------- */

static const char *topic_of(struct arena *a, const struct casefile *c, int phase)
{
	return arena_printf(a, TOPIC "%s-%d", c->reference, phase);
}

const char *analysis_topics(struct arena *a, const struct casefile *c, int level)
{
	const char *topics = topic_of(a, c, 1);

	for (int phase = 2; phase <= level; phase++)
		topics = arena_printf(a, "%s %s", topics, topic_of(a, c, phase));
	return topics;
}

void analysis_stirs(struct change *change, struct arena *a, const struct casefile *c, int phase)
{
	change->topic = topic_of(a, c, phase);
	change->topic_version = change->rq->now_ms;
}

bool analysis_may_hear(const struct request *rq, const char *topic)
{
	struct error ignored = { 0 };
	struct casefile c;

	if (rq->viewer == NULL || strncmp(topic, TOPIC, sizeof TOPIC - 1) != 0 ||
	    !access_permits(rq->viewer->role, PERM_ANALYSIS_READ))
		return false;
	const char *reference = topic + sizeof TOPIC - 1;
	const char *dash = strrchr(reference, '-');
	if (dash == NULL || dash[1] < '1' || dash[1] > '3' || dash[2] != '\0')
		return false;
	reference = arena_strndup(rq->arena, reference, (size_t)(dash - reference));
	if (casefile_load(rq->db, rq->viewer, reference, rq->arena, &c, &ignored) != OK)
		return false;
	return dash[1] - '0' <= analysis_level(rq->viewer->role, c.named_heavy);
}

void analysis_note_phase(struct request *rq, struct array paragraphs)
{
	const struct paragraph *p = paragraphs.items;

	for (size_t i = 0; i < paragraphs.count; i++)
		if (p[i].phase > rq->touched.phase)
			rq->touched.phase = (uint8_t)p[i].phase;
}
