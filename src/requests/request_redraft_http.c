/* A draft is written anew, by who may write one, until it goes out. Casefile and addressee stay. */
#include "requests/request_draft.h"

#include "access/access.h"
#include "audit/action.h"
#include "plein/plein.h"
#include "requests/request_issue.h"

struct on_draft {
	struct on_request on;
	struct casefile casefile;
	struct casefile_organ to;
};

static enum status on_draft(struct request *rq, struct on_draft *ret, struct error *reterr)
{
	const struct information_request *q = &ret->on.request;
	enum status st = on_request(rq, &ret->on, reterr);

	if (st == OK)
		st = casefile_load(rq->db, rq->viewer, ret->on.casefile.reference, rq->arena,
		                   &ret->casefile, reterr);
	if (st != OK)
		return st;
	if (q->state != REQUEST_DRAFT)
		return FAIL(reterr, ERR_CONFLICT,
		            "De bevraging is al uit. U kunt haar niet meer wijzigen.");
	if (!casefile_is_live(ret->casefile.state))
		return FAIL(reterr, ERR_CONFLICT,
		            "De casus is niet meer open. Er kunnen geen gegevens meer bij.");
	ret->to = (struct casefile_organ){ .organ_id = q->organ_id,
		                           .participant_id = q->participant_id,
		                           .participant = q->participant,
		                           .on_behalf = q->on_behalf,
		                           .letter = q->letter };
	return OK;
}

static uint64_t categories_of(struct array parts)
{
	const struct request_part *p = parts.items;
	uint64_t set = 0;

	for (size_t i = 0; i < parts.count; i++)
		set |= UINT64_C(1) << p[i].category;
	return set & ~UINT64_C(1); /* whether it is known is no category */
}

static enum status show_redraft(struct request *rq, struct response *rs, struct error *reterr)
{
	struct on_draft d = { 0 };
	struct request_texts texts = { 0 };
	enum status st = on_draft(rq, &d, reterr);

	if (st == OK)
		st = request_texts_open(rq->db, plein_of(rq)->keyring, &d.on.request, rq->arena,
		                        &texts, reterr);
	if (st != OK)
		return st;
	const struct information_request *q = &d.on.request;
	struct draft_page record = {
		.reference = q->reference,
		.redraft_href = request_path(rq->arena, q, "/_redraft"),
		.addressee = q->on_behalf,
		.version = q->version,
		.question = texts.question,
		.necessity = texts.necessity,
		.settled = texts.settled,
		.categories = categories_of(d.on.parts),
		.kind = q->kind,
		.urgent = q->urgent,
	};
	st = draft_page_fill(rq, &d.casefile, d.on.parts, &record, reterr);
	if (st != OK)
		return st;
	const struct page page = { .title = "Concept wijzigen",
		                   .place = "/requests",
		                   .crumbs = request_crumbs(rq->arena, q),
		                   .confidential = true,
		                   .template_name = "requests/redraft",
		                   .form = &REDRAFT_FORM };
	return page_respond(rq, rs, &page, &DRAFT_VIEW, &record, reterr);
}

/* ---- writing it anew ---------------------------------------------------------------------------- */

struct redraft_change {
	struct draft_input in;
	struct on_draft d;
	struct request_new made;
};

static enum status prepare_redraft(struct request *rq, void **ret_input, struct error *reterr)
{
	struct redraft_change *c = ARENA_NEW(rq->arena, struct redraft_change);
	const struct casefile_organ *const to = &c->d.to;
	struct draft_question q = {
		.casefile = &c->d.casefile, .in = &c->in, .organs = &to, .organ_count = 1
	};
	struct plan_parts plan = { 0 };

	*ret_input = c;
	enum status st = on_draft(rq, &c->d, reterr);
	if (st == OK)
		st = asked_subjects(rq->db, plein_of(rq)->keyring, c->d.casefile.id, rq->arena,
		                    &q.subjects, reterr);
	if (st != OK)
		return st;
	input_read(rq->body, &REDRAFT_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	draft_judge(rq, &q, &plan);
	if (rq->problems->error_count > 0)
		return OK;
	c->made = draft_sealed(rq, &q, to, &plan, &c->d.on.request.uuid);
	return OK;
}

static enum status apply_redraft(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct request *rq = change->rq;
	const struct redraft_change *c = change->input;
	const struct information_request *q = &c->d.on.request;
	struct information_request now = { 0 };
	struct verdict v = { .kind = VERDICT_YES };

	enum status st = db_claim(tx, &REQUEST_ROOT, q->id, c->in.version, reterr);
	if (st == OK)
		st = request_rewrite(tx, q, &c->made, reterr);
	change->location = request_path(db_tx_arena(tx), q, "");
	change->note = "Bewaard. Het concept is gewijzigd.";
	if (st != OK || !c->in.issue)
		return st;
	st = request_load(db_tx_read(tx), rq->viewer, q->reference, db_tx_arena(tx), &now, reterr);
	if (st == OK)
		st = request_issue(tx, rq->viewer, &now, rq->now_ms, &v, reterr);
	if (st == OK && !verdict_allows(v))
		return FAIL(reterr, ERR_CONFLICT, "%s", v.sentence);
	change->note = "De bevraging is uitgezet. Het loket krijgt bericht.";
	return st;
}

const struct route request_redraft_routes[] = {
	{ .method = "GET",
	  .path = "/requests/{ref}/redraft",
	  .permission = PERM_REQUEST_WRITE,
	  .action = AUDIT_REQUEST_VIEW,
	  .read = show_redraft,
	  .view = &DRAFT_VIEW,
	  .summary = "Een concept zoals het er staat, om te wijzigen" },
	{ .method = "POST",
	  .path = "/requests/{ref}/_redraft",
	  .permission = PERM_REQUEST_WRITE,
	  .action = AUDIT_REQUEST_WRITE,
	  .prepare = prepare_redraft,
	  .apply = apply_redraft,
	  .redraw = show_redraft,
	  .form = &REDRAFT_FORM,
	  .summary = "Een concept wijzigen, en eventueel meteen uitzetten" },
	{ 0 },
};

const struct page_template request_redraft_templates[] = {
	{ .name = "requests/redraft", .view = &DRAFT_VIEW, .form = &REDRAFT_FORM, .whole = true },
	{ 0 },
};
