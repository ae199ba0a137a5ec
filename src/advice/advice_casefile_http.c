/* The advice of a casefile: its tab, and where one begins. */
#include "advice/advice_http.h"

#include "access/access.h"
#include "advice/advice_copy.h"
#include "advice/advice_page.h"
#include "advice/advice_write.h"
#include "audit/action.h"
#include "casework/casefile_page.h"
#include "plein/plein.h"

struct none_page {
	const char *reference, *begin_href, *reason, *next;
	uint8_t state;
	struct array tabs;
};
static const struct view_field NONE_FIELDS[] = {
	VIEW_F(struct none_page, reference, VIEW_REF),
	VIEW_AS(struct none_page, state, "state", VIEW_STATE, .machine = &CASEFILE_MACHINE),
	VIEW_F(struct none_page, reason, VIEW_TEXT),
	VIEW_F(struct none_page, next, VIEW_TEXT),
	VIEW_AS(struct none_page, begin_href, "beginHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct none_page, tabs, "tabs", VIEW_LIST, .view = &CASEFILE_TAB_VIEW,
	        .page_only = true),
};
static const struct view NONE_VIEW = VIEW_OF(struct none_page, NONE_FIELDS);

/* An analyst begins it from the analysis in one step: the casefile moves along. */
static bool moves_along(const struct viewer *v, const struct casefile *c)
{
	return c->state == CASEFILE_ANALYSIS && v->role == ROLE_ANALYST;
}

static struct verdict may_begin(const struct viewer *v, const struct casefile *c)
{
	const struct move *mv = machine_move(&ADVICE_MACHINE, ADVICE_NONE, ADVICE_WRITE);
	const struct advice_picture picture = {
		.casefile_waits = advice_awaited(c->state, c->variant) || moves_along(v, c)
	};

	return move_verdict(mv, ROLE_BIT(v->role), &picture);
}

static enum status show_none(struct request *rq, struct response *rs, const struct casefile *c,
                             struct error *reterr)
{
	struct none_page record = { .reference = c->reference,
		                    .state = c->state,
		                    .tabs = casefile_tabs(rq, c) };
	const struct verdict v = may_begin(rq->viewer, c);

	if (verdict_allows(v) && casefile_writable(rq->viewer, c)) {
		record.begin_href = arena_printf(rq->arena, "/casefiles/%s/advice", c->reference);
	} else {
		record.reason = v.sentence;
		record.next = v.next;
	}
	const struct page page = { .title = "Advies",
		                   .place = "/casefiles",
		                   .crumbs = casefile_crumbs(rq->arena, c),
		                   .confidential = true,
		                   .template_name = "advice/none" };
	return page_respond(rq, rs, &page, &NONE_VIEW, &record, reterr);
}

static enum status show_tab(struct request *rq, struct response *rs, struct error *reterr)
{
	struct on_advice on;
	struct advice found = { 0 };
	struct casefile c = { 0 };

	enum status st = casefile_of_path(rq, &c, reterr);
	if (st != OK)
		return st;
	st = advice_of_casefile(rq->db, c.id, rq->arena, &found, reterr);
	if (st == ERR_NOT_FOUND)
		return show_none(rq, rs, &c, reterr);
	if (st == OK)
		st = on_this_advice(rq, &found, &on, reterr);
	return st == OK ? show_this_advice(rq, rs, &on, reterr) : st;
}

/* ---- beginning -------------------------------------------------------------------------------------- */

struct beginning {
	struct casefile casefile;
	struct advice_new made;
	struct advice_copy copy;
	bool moves_along;
};

static enum status prepare_begin(struct request *rq, void **ret_input, struct error *reterr)
{
	struct beginning *b = ARENA_NEW(rq->arena, struct beginning);

	*ret_input = b;
	const enum status st = casefile_of_path(rq, &b->casefile, reterr);
	if (st != OK)
		return st;
	const struct verdict v = may_begin(rq->viewer, &b->casefile);
	if (!verdict_allows(v))
		return FAIL(reterr, ERR_CONFLICT, "%s", v.sentence);
	if (!casefile_writable(rq->viewer, &b->casefile))
		return FAIL(reterr, ERR_CONFLICT, "U werkt niet aan deze casus.");
	b->moves_along = moves_along(rq->viewer, &b->casefile);
	b->made = (struct advice_new){ .uuid = uuid_at(rq->now_ms),
		                       .reference_key = plein_of(rq)->reference_key,
		                       .viewer = rq->viewer,
		                       .casefile_id = b->casefile.id,
		                       .now_ms = rq->now_ms };
	return advice_copy_seal(rq->db, plein_of(rq)->keyring, b->casefile.id, &b->made.uuid,
	                        rq->now_ms, rq->arena, &b->copy, reterr);
}

static enum status move_along(struct db_tx *tx, const struct request *rq, const struct casefile *c,
                              struct error *reterr)
{
	struct casefile_picture picture = { 0 };
	const struct casefile_moving m = { .who = { c->id, rq->viewer, rq->now_ms },
		                           .action = CASEFILE_DRAFT_ADVICE,
		                           .picture = &picture };
	enum status st = casefile_picture_load(db_tx_read(tx), c->id, &picture, reterr);

	return st == OK ? casefile_move(tx, &m, reterr) : st;
}

static enum status apply_begin(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct request *rq = change->rq;
	const struct beginning *b = change->input;
	const char *reference = NULL;
	int64_t id = 0;

	enum status st = db_claim(tx, &CASEFILE_ROOT, b->casefile.id, b->casefile.version, reterr);
	if (st == OK && b->moves_along)
		st = move_along(tx, rq, &b->casefile, reterr);
	if (st == OK)
		st = advice_insert(tx, &b->made, &id, &reference, reterr);
	const struct advice made = { .id = id };
	const struct advice_writer w = { &made, rq->viewer, rq->now_ms };
	if (st == OK)
		st = advice_copy_put(tx, &w, &b->copy, reterr);
	if (st != OK)
		return st;
	change->touched = (struct touched){ .kind = OBJECT_ADVICE,
		                            .id = id,
		                            .owner_id = b->casefile.id,
		                            .owner_kind = OBJECT_CASEFILE };
	change->location = arena_printf(db_tx_arena(tx), "/advices/%s", reference);
	change->json = arena_printf(db_tx_arena(tx), "{\"reference\":\"%s\"}", reference);
	change->note = b->copy.there
	                   ? "Het advies is begonnen met de tekst van de vorige uitgave. Kies "
	                     "de feiten opnieuw."
	                   : "Het advies is begonnen.";
	change->created = true;
	return OK;
}

const struct route advice_casefile_routes[] = {
	{ .method = "GET",
	  .path = "/casefiles/{ref}/advice",
	  .permission = PERM_ADVICE_READ,
	  .action = AUDIT_ADVICE_VIEW,
	  .read = show_tab,
	  .view = &ADVICE_VIEW,
	  .summary = "Het interventieadvies van een casus" },
	{ .method = "POST",
	  .path = "/casefiles/{ref}/advice",
	  .permission = PERM_ADVICE_WRITE,
	  .action = AUDIT_ADVICE_WRITE,
	  .prepare = prepare_begin,
	  .apply = apply_begin,
	  .redraw = show_tab,
	  .summary = "Begin het interventieadvies van een casus" },
	{ 0 },
};

const struct page_template advice_casefile_templates[] = {
	{ .name = "advice/none", .view = &NONE_VIEW, .whole = true },
	{ 0 },
};
