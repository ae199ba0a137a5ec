/* "Ik ga zelf iets doen", "niet voor ...": what a participant lets the others know (decisions 2.8). */
#include <stdlib.h>

#include "access/access.h"
#include "audit/action.h"
#include "casework/casefile_http.h"
#include "casework/casefile_page.h"
#include "casework/note.h"
#include "casework/subject_page.h"
#include "platform/core/calendar.h"
#include "plein/plein.h"

struct intent_input {
	int64_t not_before;
	const char *reason;
	int intent;
};
static const struct code INTENTS[] = {
	{ INTENT_ACTS, "ACTS", "Wij gaan zelf iets doen" },
	{ INTENT_NOT_BEFORE, "NOT_BEFORE", "Doe niets voor deze dag" },
	{ 0 },
};
static const struct field INTENT_FIELDS[] = {
	{ .path = "intent",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct intent_input, intent),
	  .label = "Wat wilt u de anderen laten weten?",
	  .codes = INTENTS,
	  .required = true,
	  .missing = "Kies wat u wilt laten weten." },
	{ .path = "notBefore",
	  .kind = FIELD_DAY,
	  .to_come = true,
	  .offset = offsetof(struct intent_input, not_before),
	  .label = "Niet voor welke dag?" },
	{ .path = "reason",
	  .kind = FIELD_PROSE,
	  .offset = offsetof(struct intent_input, reason),
	  .label = "Waarom? Alleen uw eigen organisatie leest dit.",
	  .required = true,
	  .missing = "Schrijf op waarom.",
	  .max_chars = INTENT_REASON_CHARS },
};
static const struct form INTENT_FORM = { INTENT_FIELDS, 3, sizeof(struct intent_input) };

struct intent_change {
	struct casefile casefile;
	struct intent_input in;
	struct intent_new intent;
	const struct casefile_subject *subject;
};

struct intent_page {
	const char *reference, *name, *action_path, *back_href, *reason;
	uint8_t state;
	int intent;
	int64_t not_before;
};
static const struct view_field INTENT_PAGE_FIELDS[] = {
	VIEW_F(struct intent_page, reference, VIEW_REF),
	VIEW_AS(struct intent_page, state, "state", VIEW_STATE, .machine = &CASEFILE_MACHINE),
	VIEW_F(struct intent_page, name, VIEW_TEXT),
	VIEW_AS(struct intent_page, action_path, "actionPath", VIEW_TEXT),
	VIEW_AS(struct intent_page, back_href, "backHref", VIEW_TEXT),
	VIEW_AS(struct intent_page, intent, "intent", VIEW_CODE, .codes = INTENTS),
	VIEW_AS(struct intent_page, not_before, "notBefore", VIEW_DAY),
	VIEW_F(struct intent_page, reason, VIEW_TEXT),
};
static const struct view INTENT_PAGE_VIEW = VIEW_OF(struct intent_page, INTENT_PAGE_FIELDS);

static enum status on_subject(struct request *rq, struct intent_change *ret, struct error *reterr)
{
	struct array subjects = { 0 };
	enum status st = casefile_of_path(rq, &ret->casefile, reterr);

	if (st == OK)
		st = casefile_subjects_named(rq, &ret->casefile, &subjects, reterr);
	if (st != OK)
		return st;
	ret->subject = subject_numbered(subjects, rq->params[1]);
	if (ret->subject == NULL)
		return FAIL_NOT_FOUND(reterr);
	rq->touched.kind = OBJECT_SUBJECT;
	rq->touched.id = ret->subject->id;
	return casefile_may_tell(rq->viewer, &ret->casefile)
	           ? OK
	           : FAIL(reterr, ERR_CONFLICT,
	                  "Alleen wie namens een deelnemer meewerkt, laat dit weten.");
}

static enum status show_intent(struct request *rq, struct response *rs, struct error *reterr)
{
	struct intent_change c = { 0 };

	enum status st = on_subject(rq, &c, reterr);
	if (st != OK)
		return st;
	const char *back = subject_href(rq->arena, &c.casefile, c.subject->number);
	const struct intent_page record = { .reference = c.casefile.reference,
		                            .state = c.casefile.state,
		                            .name = c.subject->name,
		                            .not_before = INT64_MIN,
		                            .action_path =
		                                arena_printf(rq->arena, "%s/intent", back),
		                            .back_href = back };
	const struct page page = { .title = "Ik ga zelf iets doen",
		                   .place = "/casefiles",
		                   .crumbs = subject_crumbs(rq->arena, &c.casefile),
		                   .confidential = true,
		                   .template_name = "casework/intent",
		                   .form = &INTENT_FORM };
	return page_respond(rq, rs, &page, &INTENT_PAGE_VIEW, &record, reterr);
}

static enum status prepare_intent(struct request *rq, void **ret_input, struct error *reterr)
{
	struct intent_change *c = ARENA_NEW(rq->arena, struct intent_change);

	enum status st = on_subject(rq, c, reterr);
	if (st != OK)
		return st;
	input_read(rq->body, &INTENT_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	if (c->in.intent == INTENT_NOT_BEFORE &&
	    (c->in.not_before == INT64_MIN || c->in.not_before <= local_day(rq->now_ms)))
		problems_add(rq->problems, PROBLEM_ERROR, "notBefore",
		             "Vul een dag in die nog komt.");
	casefile_check_words(rq, "reason", c->in.reason);
	*ret_input = c;
	if (rq->problems->error_count > 0)
		return OK;
	c->intent.kind = c->in.intent;
	c->intent.not_before = c->in.intent == INTENT_NOT_BEFORE ? c->in.not_before : 0;
	return intent_seal(rq->db, plein_of(rq)->keyring, c->subject->id, c->in.reason, rq->now_ms,
	                   rq->arena, &c->intent, reterr);
}

static enum status apply_intent(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct intent_change *c = change->input;
	const struct casefile_writer w = { c->casefile.id, change->rq->viewer, change->rq->now_ms };

	change->location = subject_href(db_tx_arena(tx), &c->casefile, c->subject->number);
	change->note = "De anderen in deze casus zien dit nu. De reden niet.";
	change->created = true;
	return intent_put(tx, &w, &c->intent, reterr);
}

static enum status prepare_end(struct request *rq, void **ret_input, struct error *reterr)
{
	struct intent_change *c = ARENA_NEW(rq->arena, struct intent_change);
	enum status st = casefile_of_path(rq, &c->casefile, reterr);

	*ret_input = c;
	if (st == OK && !casefile_may_tell(rq->viewer, &c->casefile))
		return FAIL(reterr, ERR_CONFLICT,
		            "Alleen wie namens een deelnemer meewerkt, laat dit weten.");
	return st;
}

static enum status apply_intent_end(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct intent_change *c = change->input;
	const struct casefile_writer w = { c->casefile.id, change->rq->viewer, change->rq->now_ms };

	change->location = arena_printf(db_tx_arena(tx), "/casefiles/%s", c->casefile.reference);
	change->note = "Dit geldt niet meer.";
	return intent_end(tx, &w, strtoll(change->rq->params[1], NULL, 10), reterr);
}

const struct route casefile_intent_routes[] = {
	{ .method = "GET",
	  .path = "/casefiles/{ref}/subjects/{number}/intent",
	  .permission = PERM_CASEFILE_WORK,
	  .action = AUDIT_SUBJECT_VIEW,
	  .flags = ROUTE_PAGE_ONLY,
	  .read = show_intent,
	  .summary = "Laten weten dat uw organisatie zelf iets gaat doen" },
	{ .method = "POST",
	  .path = "/casefiles/{ref}/subjects/{number}/intent",
	  .permission = PERM_CASEFILE_WORK,
	  .action = AUDIT_FACT_WRITE,
	  .prepare = prepare_intent,
	  .apply = apply_intent,
	  .redraw = show_intent,
	  .form = &INTENT_FORM,
	  .summary = "Ik ga zelf iets doen (ACTS), of niet voor een dag (NOT_BEFORE)" },
	{ .method = "POST",
	  .path = "/casefiles/{ref}/intents/{intent}/end",
	  .permission = PERM_CASEFILE_WORK,
	  .action = AUDIT_FACT_WRITE,
	  .prepare = prepare_end,
	  .apply = apply_intent_end,
	  .summary = "Dat geldt niet meer" },
	{ 0 },
};

const struct page_template casefile_intent_templates[] = {
	{ .name = "casework/intent",
	  .view = &INTENT_PAGE_VIEW,
	  .form = &INTENT_FORM,
	  .whole = true },
	{ 0 },
};
