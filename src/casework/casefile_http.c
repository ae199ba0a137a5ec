/* One casefile, and the page that asks for one move of it. */
#include "casework/casefile_http.h"

#include "access/access.h"
#include "audit/action.h"
#include "casework/casefile_page.h"
#include "plein/plein.h"

static enum status show_casefile(struct request *rq, struct response *rs, struct error *reterr)
{
	struct casefile_page *record = ARENA_NEW(rq->arena, struct casefile_page);
	enum status st = casefile_page_load(rq, record, reterr);

	if (st != OK)
		return st;
	const struct page page = { .title = "Casus",
		                   .place = "/casefiles",
		                   .crumbs = casefile_crumbs(rq->arena, &record->casefile),
		                   .confidential = true,
		                   .template_name = "casework/show" };
	return page_respond(rq, rs, &page, &CASEFILE_VIEW, record, reterr);
}

/* ---- moves --------------------------------------------------------------------------------- */

struct move_input {
	int64_t version;
	int reason;
};
static const struct field MOVE_FIELDS[] = {
	FIELD_VERSION(struct move_input),
	{ .path = "reason",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct move_input, reason),
	  .label = "Waarom stopt de casus?",
	  .codes = CASEFILE_STOP_REASONS },
};
static const struct form MOVE_FORM = { MOVE_FIELDS, 2, sizeof(struct move_input) };

struct move_change {
	struct move_input in;
	struct casefile_page *page;
	const struct casefile_move_words *words;
};

static enum status load_move(struct request *rq, struct casefile_page *page,
                             const struct casefile_move_words **ret, struct error *reterr)
{
	const struct action *action = machine_action_named(&CASEFILE_MACHINE, rq->params[1]);
	enum status st = casefile_page_load(rq, page, reterr);

	if (st != OK)
		return st;
	*ret = action != NULL ? casefile_move_words(action->code) : NULL;
	if (*ret == NULL)
		return FAIL_NOT_FOUND(reterr);
	const struct move *mv = machine_move(&CASEFILE_MACHINE, page->state, action->code);
	if (mv == NULL || (mv->who & ROLE_BIT(rq->viewer->role)) == 0)
		return FAIL(reterr, ERR_CONFLICT, "Dit kan nu niet. Bekijk hoe het nu staat.");
	page->action_label = action->label;
	return OK;
}

static enum status show_move(struct request *rq, struct response *rs, struct error *reterr)
{
	struct casefile_page *record = ARENA_NEW(rq->arena, struct casefile_page);
	const struct casefile_move_words *words = NULL;

	enum status st = load_move(rq, record, &words, reterr);
	if (st != OK)
		return st;
	record->heading = record->action_label;
	record->consequence = words->consequence;
	record->danger = words->danger;
	record->asks_reason = words->action == CASEFILE_STOP;
	record->action_path = arena_printf(rq->arena, "%s/move/%s", record->href, rq->params[1]);
	record->back_href = record->href;
	const struct page page = { .title = record->heading,
		                   .place = "/casefiles",
		                   .crumbs = casefile_crumbs(rq->arena, &record->casefile),
		                   .confidential = true,
		                   .template_name = "casework/move",
		                   .form = &MOVE_FORM };
	return page_respond(rq, rs, &page, &CASEFILE_VIEW, record, reterr);
}

static enum status prepare_move(struct request *rq, void **ret_input, struct error *reterr)
{
	struct move_change *c = ARENA_NEW(rq->arena, struct move_change);

	c->page = ARENA_NEW(rq->arena, struct casefile_page);
	enum status st = load_move(rq, c->page, &c->words, reterr);
	if (st != OK)
		return st;
	input_read(rq->body, &MOVE_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	if (c->words->action == CASEFILE_STOP && c->in.reason == 0)
		problems_add(rq->problems, PROBLEM_ERROR, "reason", "Kies waarom de casus stopt.");
	*ret_input = c;
	return OK;
}

static enum status apply_move(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct request *rq = change->rq;
	const struct move_change *c = change->input;
	const int64_t id = c->page->casefile.id;
	struct casefile_picture picture = { 0 };

	enum status st = db_claim(tx, &CASEFILE_ROOT, id, c->in.version, reterr);
	if (st == OK)
		st = casefile_picture_load(db_tx_read(tx), id, &picture, reterr);
	if (st != OK)
		return st;
	picture.reason_given = c->in.reason != 0;
	const struct casefile_moving m = { .who = { id, rq->viewer, rq->now_ms },
		                           .action = c->words->action,
		                           .picture = &picture,
		                           .reason_class = c->in.reason };
	st = casefile_move(tx, &m, reterr);
	/* who stopped it may no longer see it */
	change->location = c->words->action == CASEFILE_STOP
	                       ? "/casefiles"
	                       : arena_printf(db_tx_arena(tx), "%s", c->page->href);
	change->note = c->words->note;
	return st;
}

const struct route casefile_routes[] = {
	{ .method = "GET",
	  .path = "/casefiles/{ref}",
	  .permission = PERM_CASEFILE_READ,
	  .action = AUDIT_CASEFILE_VIEW,
	  .read = show_casefile,
	  .view = &CASEFILE_VIEW,
	  .summary = "Een casus" },
	{ .method = "GET",
	  .path = "/casefiles/{ref}/move/{action}",
	  .permission = PERM_CASEFILE_WORK,
	  .action = AUDIT_CASEFILE_VIEW,
	  .flags = ROUTE_PAGE_ONLY,
	  .read = show_move,
	  .summary = "Wat er volgt op een stap van een casus" },
	{ .method = "POST",
	  .path = "/casefiles/{ref}/move/{action}",
	  .permission = PERM_CASEFILE_WORK,
	  .action = AUDIT_CASEFILE_MOVE,
	  .prepare = prepare_move,
	  .apply = apply_move,
	  .redraw = show_move,
	  .form = &MOVE_FORM,
	  .summary = "Een casus verder brengen" },
	{ 0 },
};

const struct page_template casefile_templates[] = {
	{ .name = "casework/show", .view = &CASEFILE_VIEW, .whole = true },
	{ .name = "casework/move", .view = &CASEFILE_VIEW, .form = &MOVE_FORM, .whole = true },
	{ 0 },
};
