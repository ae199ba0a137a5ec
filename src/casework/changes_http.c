/* GET /api/v1/changes?after=...: what changed, for systems that follow along. */
#include "audit/action.h"
#include "casework/casefile_http.h"
#include "casework/changes.h"
#include "platform/view/page.h"
#include "platform/view/view.h"
#include "plein/plein.h"

static const struct view_field CHANGED_FIELDS[] = {
	VIEW_AS(struct changed, topic, "topic", VIEW_CODE, .codes = CHANGE_TOPICS),
	VIEW_AS(struct changed, kind, "kind", VIEW_CODE, .codes = CHANGE_KINDS),
	VIEW_F(struct changed, id, VIEW_TEXT),
	VIEW_F(struct changed, version, VIEW_INT),
};
static const struct view CHANGED_VIEW = VIEW_OF(struct changed, CHANGED_FIELDS);

struct changes_page {
	struct array changes;
	const char *cursor;
	bool more;
};
static const struct view_field FIELDS[] = {
	VIEW_AS(struct changes_page, changes, "changes", VIEW_LIST, .view = &CHANGED_VIEW),
	VIEW_F(struct changes_page, cursor, VIEW_TEXT),
	VIEW_F(struct changes_page, more, VIEW_BOOL),
};
static const struct view CHANGES_VIEW = VIEW_OF(struct changes_page, FIELDS);

static enum status show_changes(struct request *rq, struct response *rs, struct error *reterr)
{
	const struct mac_key key = mac_key_derive(plein_of(rq)->web_key, "change-cursor");
	const char *after = input_text(rq->query, "after");
	struct change_place place = { 0 };
	struct changes_page record;
	struct changes found;
	char cursor[CHANGE_CURSOR_BYTES];

	if (after != NULL && after[0] != '\0' &&
	    !change_cursor_read(&key, rq->viewer->appointment_id, after, &place))
		return FAIL(reterr, ERR_INVALID,
		            "Wij kennen deze waarde van after niet. Gebruik cursor uit uw vorige "
		            "antwoord, of begin opnieuw, zonder after.");
	const enum status st =
	    changes_after(rq->db, rq->viewer, place, CHANGES_STRETCHES, rq->arena, &found, reterr);
	if (st != OK)
		return st;
	change_cursor(&key, rq->viewer->appointment_id, found.reached, cursor);
	record = (struct changes_page){ found.list, cursor, found.more };
	rq->touched.count = (int32_t)record.changes.count;
	const struct page page = { .title = "Veranderingen" };
	return page_respond(rq, rs, &page, &CHANGES_VIEW, &record, reterr);
}

const struct route changes_routes[] = {
	{ .method = "GET",
	  .path = "/changes",
	  .permission = PERM_SIGNED_IN,
	  .action = AUDIT_CASEFILE_LIST,
	  .flags = ROUTE_API_ONLY,
	  .read = show_changes,
	  .view = &CHANGES_VIEW,
	  .summary =
	      "Wat er veranderde na een vorige keer (after: de cursor daarvan), van wat u mag "
	      "zien: soort, nummer en versie. Vraag door zolang more waar is" },
	{ 0 },
};
