/* Of one advice: who can open it now, and who did. */
#include "advice/advice_http.h"

#include "advice/advice_page.h"
#include "casework/casefile_seers.h"
#include "explain/who_sees.h"

/* Who reads only his own part of it may not know who reads the rest. */
static enum status whole_only(struct request *rq, struct on_advice *ret, struct error *reterr)
{
	const enum status st = on_advice(rq, ret, reterr);

	if (st == OK && ret->advice.reach != REACH_WHOLE)
		return FAIL_NOT_FOUND(reterr);
	return st;
}

static enum status find(struct request *rq, struct seen_record *ret, struct error *reterr)
{
	struct on_advice on;

	enum status st = whole_only(rq, &on, reterr);
	if (st != OK)
		return st;
	*ret = (struct seen_record){ .object_type = OBJECT_ADVICE,
		                     .id = on.advice.id,
		                     .reference = on.advice.reference,
		                     .path = advice_path(rq->arena, &on.advice, ""),
		                     .crumbs = advice_crumbs(rq->arena, &on) };
	st = advice_thing(rq->db, &on.advice, &ret->thing, reterr);
	if (st == OK)
		st = casefile_keep_out(rq->db, on.advice.casefile_id, rq->arena, &ret->thing,
		                       reterr);
	return st == OK ? casefile_invited(rq->db, on.advice.casefile_id, rq->now_ms, rq->arena,
	                                   &ret->invited, reterr)
	                : st;
}

static const struct seen_pages PAGES = { find, "Advies", "/advices", "audit/advice_access_log",
	                                 PERM_ADVICE_READ };

const struct route advice_seen_routes[] = {
	SEEN_ROUTES("/advices/{ref}", "een advies", PAGES),
	{ 0 },
};

const struct page_template advice_seen_templates[] = {
	SEEN_TEMPLATE("audit/advice_access_log"),
	{ 0 },
};
