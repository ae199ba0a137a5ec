/* Of one casefile: who can open it now, and who did. */
#include "casework/casefile_http.h"
#include "casework/casefile_page.h"
#include "casework/casefile_seers.h"
#include "explain/who_sees.h"

static enum status find(struct request *rq, struct seen_record *ret, struct error *reterr)
{
	struct casefile c;

	enum status st = casefile_of_path(rq, &c, reterr);
	if (st != OK)
		return st;
	*ret = (struct seen_record){ .object_type = OBJECT_CASEFILE,
		                     .id = c.id,
		                     .with_parts = true,
		                     .reference = c.reference,
		                     .path = arena_printf(rq->arena, "/casefiles/%s", c.reference),
		                     .crumbs = casefile_crumbs(rq->arena, &c) };
	casefile_thing(&(struct casefile_facts){ c.id, c.state }, &ret->thing);
	st = casefile_keep_out(rq->db, c.id, rq->arena, &ret->thing, reterr);
	return st == OK
	           ? casefile_invited(rq->db, c.id, rq->now_ms, rq->arena, &ret->invited, reterr)
	           : st;
}

static const struct seen_pages PAGES = { find, "Casus", "/casefiles", "audit/casefile_access_log",
	                                 PERM_CASEFILE_READ };

const struct route casefile_seen_routes[] = {
	SEEN_ROUTES("/casefiles/{ref}", "een casus", PAGES),
	{ 0 },
};

const struct page_template casefile_seen_templates[] = {
	SEEN_TEMPLATE("audit/casefile_access_log"),
	{ 0 },
};
