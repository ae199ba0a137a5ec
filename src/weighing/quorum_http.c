/* How many must be there before a meeting decides: read by who runs meetings, set by the chair
 * (decisions 2.2). It holds from the next decision on; what was decided keeps its own count. */
#include "weighing/weighing_page.h"

#include "access/access.h"
#include "audit/action.h"
#include "partners/partner.h"
#include "plein/plein.h"
#include "weighing/weighing.h"

static const char SETTING[] = "meeting.quorum_others";

struct quorum_page {
	int64_t others;
	bool may_change;
};
static const struct view_field PAGE_FIELDS[] = {
	VIEW_F(struct quorum_page, others, VIEW_INT),
	VIEW_AS(struct quorum_page, may_change, "mayChange", VIEW_BOOL),
};
static const struct view PAGE_VIEW = VIEW_OF(struct quorum_page, PAGE_FIELDS);

struct quorum_input {
	int64_t others;
};
static const struct field QUORUM_FIELDS[] = {
	{ .path = "others",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct quorum_input, others),
	  .label = "Hoeveel andere deelnemers moeten er zijn?",
	  .required = true,
	  .missing = "Vul een getal in van 1 tot en met 5." },
};
static const struct form QUORUM_FORM = { QUORUM_FIELDS, 1, sizeof(struct quorum_input) };

static enum status show_quorum(struct request *rq, struct response *rs, struct error *reterr)
{
	const struct page page = { .title = "Wanneer beslist het overleg?",
		                   .place = "/meetings",
		                   .template_name = "weighing/quorum",
		                   .form = &QUORUM_FORM };
	const char *text = NULL;

	const enum status st = setting_load(rq->db, SETTING, rq->arena, &text, reterr);
	if (st != OK)
		return st;
	rq->touched = (struct touched){ .kind = OBJECT_MEETING };
	const int64_t set = text != NULL ? strtoll(text, NULL, 10) : 0;
	const struct quorum_page record = {
		.others = set >= 1 && set <= QUORUM_OTHERS_MAX ? set : QUORUM_OTHERS,
		.may_change = rq->viewer->role == ROLE_CHAIR,
	};
	return page_respond(rq, rs, &page, &PAGE_VIEW, &record, reterr);
}

static enum status prepare_quorum(struct request *rq, void **ret_input, struct error *reterr)
{
	struct quorum_input *in = ARENA_NEW(rq->arena, struct quorum_input);

	*ret_input = in;
	if (rq->viewer->role != ROLE_CHAIR)
		return FAIL(reterr, ERR_DENIED, "De voorzitter past dit aan.");
	input_read(rq->body, &QUORUM_FORM, rq->wants_json, rq->arena, in, rq->problems);
	if (rq->problems->error_count == 0 && (in->others < 1 || in->others > QUORUM_OTHERS_MAX))
		problems_add(rq->problems, PROBLEM_ERROR, "others", QUORUM_FIELDS[0].missing);
	return OK;
}

static enum status apply_quorum(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct quorum_input *in = change->input;

	change->touched = (struct touched){ .kind = OBJECT_MEETING, .count = (int32_t)in->others };
	change->location = "/meetings/quorum";
	change->note = "Bewaard. Dit geldt vanaf het volgende besluit.";
	return setting_put(tx, SETTING,
	                   arena_printf(db_tx_arena(tx), "%lld", (long long)in->others), reterr);
}

const struct route quorum_routes[] = {
	{ .method = "GET",
	  .path = "/meetings/quorum",
	  .permission = PERM_MEETING_RUN,
	  .action = AUDIT_MEETING_VIEW,
	  .read = show_quorum,
	  .view = &PAGE_VIEW,
	  .summary = "Hoeveel deelnemers er moeten zijn voordat het overleg beslist" },
	{ .method = "POST",
	  .path = "/meetings/quorum",
	  .permission = PERM_MEETING_RUN,
	  .action = AUDIT_MEETING_CHANGE,
	  .prepare = prepare_quorum,
	  .apply = apply_quorum,
	  .redraw = show_quorum,
	  .form = &QUORUM_FORM,
	  .summary = "Hoeveel deelnemers er moeten zijn: de voorzitter past het aan" },
	{ 0 },
};

const struct page_template quorum_templates[] = {
	{ .name = "weighing/quorum", .view = &PAGE_VIEW, .form = &QUORUM_FORM, .whole = true },
	{ 0 },
};
