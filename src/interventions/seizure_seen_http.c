/* Of a measure on assets: who can open it now, and who did. */
#include "access/access.h"
#include "audit/action.h"
#include "explain/who_sees.h"
#include "interventions/intervention_http.h"
#include "interventions/seizure.h"

static const char *why(const struct viewer *v, const void *facts)
{
	const struct seizure *s = facts;

	if (!seizure_opens_to(v, s->organ_id))
		return NULL;
	return v->organ_id == s->organ_id ? "Werkt namens de eigenaar."
	                                  : "Ziet het hele register door deze rol.";
}

static enum status find(struct request *rq, struct seen_record *ret, struct error *reterr)
{
	struct seizure *s = ARENA_NEW(rq->arena, struct seizure);
	const enum status st =
	    seizure_load(rq->db, rq->viewer, rq->params[0], rq->arena, s, reterr);

	if (st != OK)
		return st;
	const char *path = arena_printf(rq->arena, "/seizures/%s", s->reference);
	struct link *crumbs = ARENA_ARRAY(rq->arena, struct link, 2);
	crumbs[0] = (struct link){ "Afpakken", "/seizures", -1, false };
	crumbs[1] = (struct link){ s->reference, path, -1, false };
	*ret = (struct seen_record){ .object_type = OBJECT_SEIZURE,
		                     .id = s->id,
		                     .reference = s->reference,
		                     .path = path,
		                     .crumbs = { crumbs, 2 },
		                     .why = why,
		                     .facts = s };
	return OK;
}

static const struct seen_pages PAGES = { find, "Maatregel", "/seizures", "audit/seizure_access_log",
	                                 PERM_SEIZURE_READ };

const struct route seizure_seen_routes[] = {
	SEEN_ROUTES("/seizures/{ref}", "een maatregel", PAGES),
	{ 0 },
};

const struct page_template seizure_seen_templates[] = {
	SEEN_TEMPLATE("audit/seizure_access_log"),
	{ 0 },
};
