/* Known already, asked while somebody is typing: what stands in the fields now, nothing is kept. */
#include "signals/known_http.h"

#include "access/access.h"
#include "audit/action.h"
#include "platform/core/calendar.h"
#include "platform/crypto/lexeme.h"
#include "plein/plein.h"
#include "signals/signal_items.h"
#include "signals/signal_page.h"
#include "subjects/subject.h"

struct known_record {
	const char *reference, *href;
	uint8_t state;
	struct array known, alike;
	bool has_known, has_alike;
};
static const struct view_field FIELDS[] = {
	VIEW_F(struct known_record, reference, VIEW_REF),
	VIEW_AS(struct known_record, href, "href", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct known_record, state, "state", VIEW_STATE, .machine = &SIGNAL_MACHINE),
	VIEW_AS(struct known_record, known, "known", VIEW_LIST, .view = &SIGNAL_KNOWN_VIEW),
	VIEW_AS(struct known_record, alike, "alike", VIEW_LIST, .view = &ALIKE_VIEW),
	VIEW_AS(struct known_record, has_alike, "hasAlike", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct known_record, has_known, "hasKnown", VIEW_BOOL, .page_only = true),
};
static const struct view VIEW = VIEW_OF(struct known_record, FIELDS);

/* What can be read of the fields; half a number is nothing, and isn't a mistake yet. */
static struct array typed_subject(struct request *rq)
{
	struct problems unfinished = { .arena = rq->arena };
	struct subject *s = ARENA_NEW(rq->arena, struct subject);
	struct subject_fact *facts = ARENA_ARRAY(rq->arena, struct subject_fact, FACT_KIND_COUNT);
	struct subject_input in;

	input_read(rq->body, &SUBJECT_FORM, rq->wants_json, rq->arena, &in, &unfinished);
	const size_t count =
	    subject_read(&in, local_day(rq->now_ms), rq->arena, facts, &unfinished);
	*s = (struct subject){ .kind = in.kind, .role = in.role, .facts = { facts, count } };
	return (struct array){ s, 1 };
}

static size_t typed_tokens(struct request *rq, const struct subject *typed,
                           struct known_token ret[KNOWN_TOKENS_MAX])
{
	struct subject_token tokens[FACT_KIND_COUNT];
	size_t count = subject_tokens(typed->facts.items, typed->facts.count, rq->arena, tokens);

	if (count > KNOWN_TOKENS_MAX)
		count = KNOWN_TOKENS_MAX;
	for (size_t i = 0; i < count; i++) {
		char *token = arena_alloc(rq->arena, IDENTIFIER_TOKEN_BYTES);
		identifier_token(plein_of(rq)->identifier_key, tokens[i].name, tokens[i].normal,
		                 token);
		ret[i] = (struct known_token){ (int)tokens[i].kind, token };
	}
	return count;
}

static enum status prepare_ask(struct request *rq, void **ret_input, struct error *reterr)
{
	struct signal_page *page = ARENA_NEW(rq->arena, struct signal_page);
	struct known_token *tokens = ARENA_ARRAY(rq->arena, struct known_token, KNOWN_TOKENS_MAX);
	struct array rows = { 0 };

	enum status st = signal_page_load(rq, page, reterr);
	if (st == OK)
		st = signal_page_writable(rq, page, reterr);
	if (st != OK)
		return st;
	const struct array typed = typed_subject(rq);
	/* a writer compares with what his own organisation brought in (decisions 6.3) */
	const struct known_question q = { .viewer = rq->viewer,
		                          .keyring = plein_of(rq)->keyring,
		                          .signal_id = page->signal.id,
		                          .participant_id = page->signal.participant_id,
		                          .tokens = tokens,
		                          .token_count = typed_tokens(rq, typed.items, tokens) };
	st = signal_known_already(rq->db, &q, rq->arena, &rows, reterr);
	if (st == OK)
		st = signal_page_alike(rq, page, &typed, page->signal.participant_id, reterr);
	if (st == OK)
		signal_page_known(rq, page, &rows);
	*ret_input = page;
	return st;
}

static enum status show_known(struct request *rq, struct response *rs, struct error *reterr)
{
	const struct signal_page *page = rq->input;
	const struct known_record record = { .reference = page->reference,
		                             .href = page->href,
		                             .state = page->state,
		                             .known = page->known,
		                             .alike = page->alike,
		                             .has_known = page->has_known,
		                             .has_alike = page->has_alike };
	const struct page shown = { .title = "Al bekend?",
		                    .place = "/signals",
		                    .confidential = true,
		                    .template_name = "signals/known_asked" };

	rq->touched.count = (int32_t)(page->known.count + page->alike.count);
	return page_respond(rq, rs, &shown, &VIEW, &record, reterr);
}

const struct route signal_known_routes[] = {
	{ .method = "POST",
	  .path = "/signals/{ref}/known/ask",
	  .permission = PERM_SIGNAL_WRITE,
	  .action = AUDIT_KNOWN_ALREADY,
	  .prepare = prepare_ask,
	  .read = show_known,
	  .form = &SUBJECT_FORM,
	  .view = &VIEW,
	  .summary = "Is dit al bekend bij uw eigen organisatie? Er wordt niets bewaard" },
	{ 0 },
};

const struct page_template signal_known_templates[] = {
	{ .name = "signals/known_asked", .view = &VIEW, .whole = true },
	{ 0 },
};
