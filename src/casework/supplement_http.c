/* Somebody new in a casefile: by a signal that says for which one it is (decisions 1.4, 3.10). */
#include "access/access.h"
#include "audit/action.h"
#include "casework/casefile_http.h"
#include "casework/casefile_page.h"
#include "plein/plein.h"
#include "signals/signals.h"

bool casefile_may_supplement(const struct viewer *viewer, const struct casefile *c)
{
	if (viewer->role != ROLE_WORKING_GROUP || viewer->organ_id == 0)
		return false;
	return casefile_may_tell(viewer, c) || (c->state == CASEFILE_CLOSED && c->member);
}

static enum status prepare_supplement(struct request *rq, void **ret_input, struct error *reterr)
{
	struct signal_new *n = ARENA_NEW(rq->arena, struct signal_new);
	struct casefile c;

	*ret_input = n;
	const enum status st = casefile_of_path(rq, &c, reterr);
	if (st != OK)
		return st;
	if (!casefile_may_supplement(rq->viewer, &c))
		return FAIL(reterr, ERR_CONFLICT,
		            "Alleen wie namens een deelnemer meewerkt, brengt iemand nieuw in. Dat "
		            "kan niet meer als de casus is gestopt of gearchiveerd.");
	*n = (struct signal_new){ .uuid = uuid_at(rq->now_ms),
		                  .reference_key = plein_of(rq)->reference_key,
		                  .viewer = rq->viewer,
		                  .municipality_id = c.municipality_id,
		                  .now_ms = rq->now_ms,
		                  .supplements_id = c.id };
	return OK;
}

static enum status apply_supplement(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	struct arena *a = db_tx_arena(tx);
	const char *reference = NULL;
	int64_t id = 0;

	const enum status st = signal_create(tx, change->input, &id, &reference, reterr);
	if (st != OK)
		return st;
	change->location = arena_printf(
	    a, change->rq->wants_json ? "/signals/%s" : "/signals/%s/edit/facts", reference);
	change->json = arena_printf(a, "{\"reference\":\"%s\",\"version\":1}", reference);
	change->note = "Schrijf op wie of wat erbij moet, en waarom. Het overleg weegt het kort.";
	change->created = true;
	return OK;
}

const struct route casefile_supplement_routes[] = {
	{ .method = "POST",
	  .path = "/casefiles/{ref}/supplement",
	  .permission = PERM_CASEFILE_WORK,
	  .action = AUDIT_SIGNAL_WRITE,
	  .prepare = prepare_supplement,
	  .apply = apply_supplement,
	  .summary = "Een aanvullend signaal beginnen: een nieuwe hoofdbetrokkene, of een gesloten "
	             "casus weer opnemen" },
	{ 0 },
};
