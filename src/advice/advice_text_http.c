/* The words of an advice: how it begins and what it concludes. */
#include "advice/advice_http.h"

#include "access/access.h"
#include "advice/advice_page.h"
#include "advice/advice_words.h"
#include "advice/advice_write.h"
#include "audit/action.h"
#include "plein/plein.h"

enum { WORDS_CHARS_MAX = 6000 };

struct text_input {
	int64_t version;
	const char *introduction, *conclusion;
};
static const struct field TEXT_FIELDS[] = {
	FIELD_VERSION(struct text_input),
	{ .path = "introduction",
	  .kind = FIELD_PROSE,
	  .offset = offsetof(struct text_input, introduction),
	  .label = "Inleiding",
	  .max_chars = WORDS_CHARS_MAX },
	{ .path = "conclusion",
	  .kind = FIELD_PROSE,
	  .offset = offsetof(struct text_input, conclusion),
	  .label = "Conclusie en advies",
	  .required = true,
	  .max_chars = WORDS_CHARS_MAX },
};
static const struct form TEXT_FORM = { TEXT_FIELDS, 3, sizeof(struct text_input) };

struct text_page {
	const char *reference, *introduction, *conclusion, *href, *back_href;
	int64_t version;
};
static const struct view_field PAGE_FIELDS[] = {
	VIEW_F(struct text_page, reference, VIEW_REF),
	VIEW_F(struct text_page, version, VIEW_INT),
	VIEW_F(struct text_page, introduction, VIEW_TEXT),
	VIEW_F(struct text_page, conclusion, VIEW_TEXT),
	VIEW_AS(struct text_page, href, "href", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct text_page, back_href, "backHref", VIEW_TEXT, .page_only = true),
};
static const struct view PAGE_VIEW = VIEW_OF(struct text_page, PAGE_FIELDS);

static enum status show_text(struct request *rq, struct response *rs, struct error *reterr)
{
	struct advice_texts texts = { 0 };
	struct on_advice on;

	enum status st = advice_writable(rq, &on, reterr);
	if (st == OK)
		st = advice_texts_open(rq->db, plein_of(rq)->keyring, &on.advice, rq->arena, &texts,
		                       reterr);
	if (st != OK)
		return st;
	const struct text_page record = { .reference = on.advice.reference,
		                          .version = on.advice.version,
		                          .introduction = texts.introduction,
		                          .conclusion = texts.conclusion,
		                          .href = advice_path(rq->arena, &on.advice, "/text"),
		                          .back_href = advice_path(rq->arena, &on.advice, "") };
	const struct page page = { .title = "Tekst van het advies",
		                   .place = "/casefiles",
		                   .crumbs = advice_crumbs(rq->arena, &on),
		                   .confidential = true,
		                   .template_name = "advice/text",
		                   .form = &TEXT_FORM };
	return page_respond(rq, rs, &page, &PAGE_VIEW, &record, reterr);
}

struct text_change {
	struct text_input in;
	struct on_advice on;
	struct sealed_advice_texts sealed;
};

static enum status prepare_text(struct request *rq, void **ret_input, struct error *reterr)
{
	struct text_change *c = ARENA_NEW(rq->arena, struct text_change);
	struct array names = { 0 };

	*ret_input = c;
	enum status st = advice_writable(rq, &c->on, reterr);
	if (st == OK)
		st = advice_names(rq, c->on.advice.casefile_id, &names, reterr);
	if (st != OK)
		return st;
	input_read(rq->body, &TEXT_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	advice_words_check(rq, names, "introduction", c->in.introduction);
	advice_words_check(rq, names, "conclusion", c->in.conclusion);
	if (rq->problems->error_count == 0)
		advice_seal_texts(plein_of(rq)->keyring, &c->on.advice.uuid, c->in.introduction,
		                  c->in.conclusion, rq->arena, &c->sealed);
	return OK;
}

static enum status apply_text(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct request *rq = change->rq;
	const struct text_change *c = change->input;
	const struct advice_writer w = { &c->on.advice, rq->viewer, rq->now_ms };

	enum status st = db_claim(tx, &ADVICE_ROOT, c->on.advice.id, c->in.version, reterr);
	if (st == OK)
		st = advice_hold(tx, c->on.advice.id, reterr);
	if (st == OK)
		st = advice_texts_put(tx, &w, &c->sealed, reterr);
	change->location = advice_path(db_tx_arena(tx), &c->on.advice, "");
	change->note = "De tekst is bewaard.";
	return st;
}

const struct route advice_text_routes[] = {
	{ .method = "GET",
	  .path = "/advices/{ref}/text",
	  .permission = PERM_ADVICE_WRITE,
	  .action = AUDIT_ADVICE_VIEW,
	  .read = show_text,
	  .view = &PAGE_VIEW,
	  .summary = "De tekst van een advies om te wijzigen" },
	{ .method = "POST",
	  .path = "/advices/{ref}/text",
	  .permission = PERM_ADVICE_WRITE,
	  .action = AUDIT_ADVICE_WRITE,
	  .prepare = prepare_text,
	  .apply = apply_text,
	  .redraw = show_text,
	  .form = &TEXT_FORM,
	  .summary = "De inleiding en de conclusie van een advies schrijven" },
	{ 0 },
};

const struct page_template advice_text_templates[] = {
	{ .name = "advice/text", .view = &PAGE_VIEW, .form = &TEXT_FORM, .whole = true },
	{ 0 },
};
