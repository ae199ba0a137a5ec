/* Of a file that was read in: who can open it now, and who did. */
#include "imports/import_http.h"
#include "imports/import_page.h"

#include "access/access.h"
#include "audit/action.h"
#include "explain/who_sees.h"

/* As import_load() decides it. */
static const char *why(const struct viewer *v, const void *facts)
{
	const int64_t *organ_id = facts;

	return v->organ_id != 0 && v->organ_id == *organ_id ? "Werkt namens wie dit inbracht."
	                                                    : NULL;
}

static enum status find(struct request *rq, struct seen_record *ret, struct error *reterr)
{
	struct import_round *round = ARENA_NEW(rq->arena, struct import_round);
	const enum status st = import_of_path(rq, round, reterr);

	if (st != OK)
		return st;
	const char *path = arena_printf(rq->arena, "/imports/%lld", (long long)round->id);
	struct link *crumbs = ARENA_ARRAY(rq->arena, struct link, 2);
	crumbs[0] = (struct link){ "Signalen inlezen", "/imports", -1, false };
	crumbs[1] = (struct link){ "Bestand", path, -1, false };
	*ret = (struct seen_record){ .object_type = OBJECT_IMPORT,
		                     .id = round->id,
		                     .reference =
		                         arena_printf(rq->arena, "%lld", (long long)round->id),
		                     .path = path,
		                     .crumbs = { crumbs, 2 },
		                     .why = why,
		                     .facts = &round->organ_id };
	return OK;
}

static const struct seen_pages PAGES = { find, "Bestand", "/signals", "audit/import_access_log",
	                                 PERM_SIGNAL_IMPORT };

const struct route import_seen_routes[] = {
	SEEN_ROUTES("/imports/{id}", "een ingelezen bestand", PAGES),
	{ 0 },
};

const struct page_template import_seen_templates[] = {
	SEEN_TEMPLATE("audit/import_access_log"),
	{ 0 },
};
