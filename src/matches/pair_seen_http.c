/* Of two that may be the same: who can put them side by side now. Who looked stands with each of the
 * two: a look at a pair is a look at both. */
#include "access/access.h"
#include "audit/action.h"
#include "explain/who_sees.h"
#include "matches/review_http.h"
#include "matches/seen.h"

struct pair_facts {
	struct presence_readers side[2];
};

static const char *why(const struct viewer *v, const void *facts)
{
	const struct pair_facts *f = facts;

	return presence_opens_to(v, &f->side[0]) && presence_opens_to(v, &f->side[1])
	           ? "Ziet beide, en oordeelt of ze dezelfde zijn."
	           : NULL;
}

static enum status find(struct request *rq, struct seen_record *ret, struct error *reterr)
{
	struct pair_facts *f = ARENA_NEW(rq->arena, struct pair_facts);
	struct seen_presence seen[2] = { 0 };
	enum status st = OK;

	for (int i = 0; st == OK && i < 2; i++) {
		st = seen_presence_named(rq->db, rq->viewer, rq->params[i], rq->arena, &seen[i],
		                         reterr);
		if (st == OK)
			st =
			    presence_readers_load(rq->db, &seen[i], rq->arena, &f->side[i], reterr);
	}
	if (st == OK && seen[0].id >= seen[1].id)
		return FAIL_NOT_FOUND(reterr);
	if (st != OK)
		return st;
	const char *path = arena_printf(rq->arena, "/matches/%s/%s", rq->params[0], rq->params[1]);
	struct link *crumbs = ARENA_ARRAY(rq->arena, struct link, 2);
	crumbs[0] = (struct link){ "Mogelijk dezelfde", "/matches", -1, false };
	crumbs[1] = (struct link){ "Twee naast elkaar", path, -1, false };
	*ret =
	    (struct seen_record){ .object_type = OBJECT_SUBJECT,
		                  .id = seen[0].id,
		                  .reference = arena_printf(rq->arena, "%s en %s",
		                                            seen[0].reference, seen[1].reference),
		                  .path = path,
		                  .crumbs = { crumbs, 2 },
		                  .why = why,
		                  .facts = f };
	return OK;
}

static const struct seen_pages PAGES = { find, "Mogelijk dezelfde", "/matches", NULL,
	                                 PERM_MATCH_JUDGE };

const struct route pair_seen_routes[] = {
	WHO_SEES_ROUTE("/matches/{oneUuid}/{otherUuid}", "een paar", PAGES),
	{ 0 },
};
