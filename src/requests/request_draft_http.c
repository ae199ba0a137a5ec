/* Writing a request from a casefile: to whom, about whom, what and why. One question can go to
 * several partners in one act; each gets a request of his own. */
#include "requests/request_draft.h"

#include "access/access.h"
#include "audit/action.h"
#include "casework/casefile_page.h"
#include "plein/plein.h"
#include "requests/request_issue.h"
#include "requests/request_template.h"

/* ?casefile=C-...&template=12: a standard question fills in the words and the categories. */
static enum status show_new(struct request *rq, struct response *rs, struct error *reterr)
{
	const char *reference = input_text(rq->body, "casefile");
	const char *chosen = input_text(rq->query, "template");
	struct casefile c = { 0 };

	if (reference == NULL)
		reference = input_text(rq->query, "casefile");
	enum status st = casefile_load(rq->db, rq->viewer, reference != NULL ? reference : "",
	                               rq->arena, &c, reterr);
	if (st != OK)
		return st;
	const struct request_template *t =
	    chosen != NULL ? request_template((uint16_t)strtol(chosen, NULL, 10)) : NULL;
	struct draft_page record = {
		.question = t != NULL ? t->question : "",
		.necessity = "",
		.settled = "",
		.categories = t != NULL ? t->categories : 0,
		.kind = REQUEST_CONTENT,
	};
	rq->touched = (struct touched){
		.kind = OBJECT_CASEFILE, .id = c.id, .owner_id = c.id, .owner_kind = OBJECT_CASEFILE
	};
	st = draft_page_fill(rq, &c, (struct array){ 0 }, &record, reterr);
	if (st != OK)
		return st;
	const struct page page = { .title = "Bevraging schrijven",
		                   .place = "/requests",
		                   .crumbs = casefile_crumbs(rq->arena, &c),
		                   .confidential = true,
		                   .template_name = "requests/new",
		                   .form = &DRAFT_FORM };
	return page_respond(rq, rs, &page, &DRAFT_VIEW, &record, reterr);
}

/* ---- writing it ------------------------------------------------------------------------------- */

struct draft_change {
	struct draft_input in;
	struct casefile casefile;
	struct request_new made[PLAN_ORGANS_MAX];
	size_t count;
	const char *left_out;
};

/* Whom he asks, as far as those are involved; a problem at the field else. */
static enum status find_organs(struct request *rq, const struct draft_change *d,
                               const struct casefile_organ **ret, size_t *ret_count,
                               struct error *reterr)
{
	const struct draft_number *in = d->in.organs.items;
	struct array found = { 0 };
	enum status st = casefile_organs(rq->db, d->casefile.id, rq->arena, &found, reterr);
	const struct casefile_organ *o = found.items;
	size_t strangers = d->in.organs.count;

	*ret_count = 0;
	for (size_t i = 0; st == OK && i < found.count && *ret_count < PLAN_ORGANS_MAX; i++)
		for (size_t j = 0; j < d->in.organs.count; j++)
			if (o[i].organ_id == in[j].number) {
				ret[(*ret_count)++] = &o[i];
				strangers--;
				break;
			}
	if (st == OK && strangers > 0)
		problems_add_verdict(rq->problems, "organs", law_x9_addressee(0, LETTER_NONE));
	return st;
}

static enum status prepare_new(struct request *rq, void **ret_input, struct error *reterr)
{
	struct draft_change *d = ARENA_NEW(rq->arena, struct draft_change);
	const struct casefile_organ *organs[PLAN_ORGANS_MAX];
	struct plan_parts plans[PLAN_ORGANS_MAX];
	struct draft_question q = { .casefile = &d->casefile, .in = &d->in, .organs = organs };

	*ret_input = d;
	input_read(rq->body, &DRAFT_FORM, rq->wants_json, rq->arena, &d->in, rq->problems);
	enum status st =
	    casefile_load(rq->db, rq->viewer, d->in.casefile, rq->arena, &d->casefile, reterr);
	if (st == OK)
		st = find_organs(rq, d, organs, &q.organ_count, reterr);
	if (st == OK)
		st = asked_subjects(rq->db, plein_of(rq)->keyring, d->casefile.id, rq->arena,
		                    &q.subjects, reterr);
	if (st != OK)
		return st;
	if (!casefile_is_live(d->casefile.state))
		return FAIL(reterr, ERR_CONFLICT,
		            "De casus is niet meer open. Er kunnen geen gegevens meer bij.");
	draft_judge(rq, &q, plans);
	if (rq->problems->error_count > 0)
		return OK;
	d->count = q.organ_count;
	for (size_t i = 0; i < q.organ_count; i++) {
		const struct uuid uuid = uuid_at(rq->now_ms);
		d->made[i] = draft_sealed(rq, &q, organs[i], &plans[i], &uuid);
	}
	d->left_out = draft_left_out(rq->arena, &q, plans);
	return OK;
}

struct made_request {
	int64_t id;
	const char *reference;
};

static enum status write_one(struct db_tx *tx, const struct draft_change *d,
                             const struct request *rq, const struct request_new *n,
                             struct made_request *ret, struct error *reterr)
{
	struct information_request q = { 0 };
	struct verdict v = { .kind = VERDICT_YES };

	enum status st = request_insert(tx, n, &ret->id, &ret->reference, reterr);
	if (st != OK || !d->in.issue)
		return st;
	st = request_load(db_tx_read(tx), rq->viewer, ret->reference, db_tx_arena(tx), &q, reterr);
	if (st == OK)
		st = request_issue(tx, rq->viewer, &q, rq->now_ms, &v, reterr);
	if (st == OK && !verdict_allows(v))
		return FAIL(reterr, ERR_CONFLICT, "%s", v.sentence);
	return st;
}

static const char *note_of(struct arena *a, const struct draft_change *d)
{
	const char *what =
	    d->in.issue
		? (d->count == 1 ? "De bevraging is uitgezet. Het loket krijgt bericht."
	                         : arena_printf(a,
	                                        "%zu bevragingen zijn uitgezet. De loketten "
	                                        "krijgen bericht.",
	                                        d->count))
	    : d->count == 1
		? "Het concept is bewaard. De informatiecoördinator zet het uit."
		: arena_printf(a,
	                       "%zu concepten zijn bewaard. De informatiecoördinator zet ze uit.",
	                       d->count);
	return d->left_out != NULL ? arena_printf(a, "%s %s.", what, d->left_out) : what;
}

/* One: to its page. Several: to the list of their casefile. */
static void answer_with(struct change *change, const struct draft_change *d,
                        const struct made_request *made, struct arena *a)
{
	const char *list = "";

	for (size_t i = 0; i < d->count; i++)
		list = arena_printf(a, "%s%s\"%s\"", list, i > 0 ? "," : "", made[i].reference);
	change->touched = (struct touched){ .kind = OBJECT_CASEFILE,
		                            .id = d->casefile.id,
		                            .owner_id = d->casefile.id,
		                            .owner_kind = OBJECT_CASEFILE,
		                            .count = (int32_t)d->count };
	change->location = arena_printf(a, "/casefiles/%s/requests", d->casefile.reference);
	if (d->count == 1) {
		change->touched.kind = OBJECT_REQUEST;
		change->touched.id = made[0].id;
		change->touched.count = 0;
		change->location = arena_printf(a, "/requests/%s", made[0].reference);
	}
	change->json = arena_printf(a, "{\"references\":[%s]}", list);
	change->note = note_of(a, d);
	change->created = true;
}

static enum status apply_new(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct draft_change *d = change->input;
	struct made_request made[PLAN_ORGANS_MAX] = { 0 };
	enum status st = OK;

	for (size_t i = 0; st == OK && i < d->count; i++)
		st = write_one(tx, d, change->rq, &d->made[i], &made[i], reterr);
	if (st == OK)
		answer_with(change, d, made, db_tx_arena(tx));
	return st;
}

const struct route request_draft_routes[] = {
	{ .method = "GET",
	  .path = "/requests/new",
	  .permission = PERM_REQUEST_WRITE,
	  .action = AUDIT_REQUEST_VIEW,
	  .read = show_new,
	  .view = &DRAFT_VIEW,
	  .summary = "Wat u bij een casus kunt vragen, aan wie en over wie" },
	{ .method = "POST",
	  .path = "/requests",
	  .permission = PERM_REQUEST_WRITE,
	  .action = AUDIT_REQUEST_WRITE,
	  .prepare = prepare_new,
	  .apply = apply_new,
	  .redraw = show_new,
	  .form = &DRAFT_FORM,
	  .summary = "Een vraag schrijven aan een of meer deelnemers: ieder krijgt een bevraging" },
	{ 0 },
};

const struct page_template request_draft_templates[] = {
	{ .name = "requests/new", .view = &DRAFT_VIEW, .form = &DRAFT_FORM, .whole = true },
	{ 0 },
};
