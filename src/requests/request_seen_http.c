/* Of one request: who can open it now, and who did. */
#include "requests/request_page.h"

#include "casework/casefile_seers.h"
#include "explain/who_sees.h"

static enum status find(struct request *rq, struct seen_record *ret, struct error *reterr)
{
	struct on_request on = { 0 };
	const enum status st = on_request(rq, &on, reterr);

	if (st != OK)
		return st;
	*ret = (struct seen_record){ .object_type = OBJECT_REQUEST,
		                     .id = on.request.id,
		                     .reference = on.request.reference,
		                     .path = request_path(rq->arena, &on.request, ""),
		                     .crumbs = request_crumbs(rq->arena, &on.request) };
	request_thing(&on.request, &ret->thing);
	return casefile_keep_out(rq->db, on.request.casefile_id, rq->arena, &ret->thing, reterr);
}

static const struct seen_pages PAGES = { find, "Bevraging", "/requests", "audit/request_access_log",
	                                 PERM_REQUEST_READ };

const struct route request_seen_routes[] = {
	SEEN_ROUTES("/requests/{ref}", "een bevraging", PAGES),
	{ 0 },
};

const struct page_template request_seen_templates[] = {
	SEEN_TEMPLATE("audit/request_access_log"),
	{ 0 },
};
