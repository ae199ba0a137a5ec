/* Of the analysis of a casefile: who can open it now, and who did. Which paragraphs each reads
 * follows the phase of his role; that somebody opens it at all is that of the casefile. */
#include "analysis/analysis_http.h"
#include "analysis/analysis_page.h"

#include "audit/action.h"
#include "casework/casefile_seers.h"
#include "explain/who_sees.h"

static enum status find(struct request *rq, struct seen_record *ret, struct error *reterr)
{
	struct on_analysis on;

	enum status st = on_analysis(rq, &on, reterr);
	if (st != OK)
		return st;
	const struct casefile *c = &on.casefile;
	*ret = (struct seen_record){ .object_type = OBJECT_ANALYSIS,
		                     .id = c->id,
		                     .reference = c->reference,
		                     .path = analysis_path(rq->arena, c, ""),
		                     .crumbs = analysis_crumbs(rq->arena, c) };
	casefile_thing(&(struct casefile_facts){ c->id, c->state }, &ret->thing);
	st = casefile_keep_out(rq->db, c->id, rq->arena, &ret->thing, reterr);
	return st == OK
	           ? casefile_invited(rq->db, c->id, rq->now_ms, rq->arena, &ret->invited, reterr)
	           : st;
}

static const struct seen_pages PAGES = { find, "Analyse", "/casefiles", "audit/analysis_access_log",
	                                 PERM_ANALYSIS_READ };

const struct route analysis_seen_routes[] = {
	SEEN_ROUTES("/casefiles/{ref}/analysis", "een analyse", PAGES),
	{ 0 },
};

const struct page_template analysis_seen_templates[] = {
	SEEN_TEMPLATE("audit/analysis_access_log"),
	{ 0 },
};
