/* Of a destruction list: who can open it now, and who did. */
#include <stdlib.h>

#include "access/access.h"
#include "audit/action.h"
#include "explain/who_sees.h"
#include "retention/destruction.h"
#include "retention/destruction_http.h"

/* The route asks no more than the role. */
static const char *why(const struct viewer *v, const void *facts)
{
	(void)facts;
	return access_permits(v->role, PERM_DESTRUCTION_LIST)
	           ? "Ziet elke vernietigingslijst door deze rol."
	           : NULL;
}

/* Who makes them, and who watches over that: neither numbers nor days are for others. */
static bool may_ask(enum role role)
{
	return access_permits(role, PERM_DESTRUCTION_LIST) || role == ROLE_COORD_DPO ||
	       role == ROLE_AUDITOR || role == ROLE_RIEC_HEAD;
}

static enum status find(struct request *rq, struct seen_record *ret, struct error *reterr)
{
	struct destruction_whole whole = { .items = { 0 } };

	if (!may_ask(rq->viewer->role))
		return FAIL_NOT_FOUND(reterr);
	const enum status st = destruction_load(
	    rq->db, rq->viewer, strtoll(rq->params[0], NULL, 10), rq->arena, &whole, reterr);
	if (st != OK)
		return st;
	const struct destruction_list list = whole.list;
	const char *path = arena_printf(rq->arena, "/retention/lists/%lld", (long long)list.id);
	struct link *crumbs = ARENA_ARRAY(rq->arena, struct link, 2);
	crumbs[0] = (struct link){ "Vernietigen", "/retention", -1, false };
	crumbs[1] = (struct link){ "Lijst", path, -1, false };
	*ret = (struct seen_record){
		.object_type = OBJECT_DESTRUCTION_LIST,
		.id = list.id,
		.reference = arena_printf(rq->arena, "%lld", (long long)list.id),
		.path = path,
		.crumbs = { crumbs,
		            access_permits(rq->viewer->role, PERM_DESTRUCTION_LIST) ? 2 : 0 },
		.why = why,
	};
	return OK;
}

static const struct seen_pages PAGES = { find, "Vernietigingslijst", "/retention",
	                                 "audit/destruction_access_log", PERM_DESTRUCTION_LIST };

const struct route destruction_seen_routes[] = {
	SEEN_ROUTES("/retention/lists/{number}", "een vernietigingslijst", PAGES),
	{ 0 },
};

const struct page_template destruction_seen_templates[] = {
	SEEN_TEMPLATE("audit/destruction_access_log"),
	{ 0 },
};
