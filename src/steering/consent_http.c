/* A source reads for which decision its facts are asked, and says yes, no, or yes with conditions. */
#include "steering/consent.h"

#include <string.h>

#include "access/access.h"
#include "audit/action.h"
#include "law/instruments.h"
#include "plein/plein.h"
#include "steering/steering_page.h"
#include "subjects/casefile_subject.h"

enum { ASKED_PHASE_MAX = 2 };

/* ---- what it answers ------------------------------------------------------------------------------ */

struct said_input {
	const char *fact;
	int answer;
};
static const struct field SAID_FIELDS[] = {
	{ .path = "fact",
	  .kind = FIELD_TEXT,
	  .offset = offsetof(struct said_input, fact),
	  .label = "Gegeven",
	  .max_chars = 40 },
	{ .path = "answer",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct said_input, answer),
	  .label = "Mag het in een besluit staan?",
	  .codes = CONSENT_ANSWERS },
};
static const struct form SAID_FORM = { SAID_FIELDS, 2, sizeof(struct said_input) };

struct answer_input {
	int64_t version;
	const char *words;
	struct array facts; /* struct said_input */
};
static const struct field ANSWER_FIELDS[] = {
	FIELD_VERSION(struct answer_input),
	{ .path = "words",
	  .kind = FIELD_PROSE,
	  .offset = offsetof(struct answer_input, words),
	  .label = "Uw voorwaarden of uw reden",
	  .max_chars = 1000 },
	{ .path = "facts",
	  .kind = FIELD_LIST,
	  .offset = offsetof(struct answer_input, facts),
	  .label = "Gegevens",
	  .max_chars = CONSENT_FACTS_MAX,
	  .element = &SAID_FORM },
};
static const struct form ANSWER_FORM = { ANSWER_FIELDS, 3, sizeof(struct answer_input) };

/* ---- the page ------------------------------------------------------------------------------------ */

struct asked_fact {
	int64_t index;
	const char *fact, *subject, *label, *value;
	int answer;
	struct array options; /* struct choice */
};
static const struct view_field FACT_FIELDS[] = {
	VIEW_F(struct asked_fact, index, VIEW_INT),
	VIEW_F(struct asked_fact, fact, VIEW_TEXT),
	VIEW_F(struct asked_fact, subject, VIEW_TEXT),
	VIEW_F(struct asked_fact, label, VIEW_TEXT),
	VIEW_F(struct asked_fact, value, VIEW_TEXT),
	VIEW_AS(struct asked_fact, answer, "answer", VIEW_CODE, .codes = CONSENT_ANSWERS),
	VIEW_AS(struct asked_fact, options, "options", VIEW_LIST, .view = &CHOICE_VIEW,
	        .page_only = true),
};
static const struct view FACT_VIEW = VIEW_OF(struct asked_fact, FACT_FIELDS);

struct consent_page {
	int64_t version, asked_at, due_day, answered_at, withdrawn_at, released_at;
	const char *reference, *intervention, *instrument, *asker, *purpose, *words;
	const char *answer_href, *withdraw_href, *who_sees_href;
	struct array facts;
	bool late, has_facts, gone, stopped;
};
static const struct view_field PAGE_FIELDS[] = {
	VIEW_F(struct consent_page, version, VIEW_INT),
	VIEW_AS(struct consent_page, asked_at, "askedAt", VIEW_MOMENT),
	VIEW_AS(struct consent_page, due_day, "dueDay", VIEW_DAY),
	VIEW_AS(struct consent_page, answered_at, "answeredAt", VIEW_MOMENT),
	VIEW_AS(struct consent_page, withdrawn_at, "withdrawnAt", VIEW_MOMENT),
	VIEW_AS(struct consent_page, released_at, "releasedAt", VIEW_MOMENT),
	VIEW_F(struct consent_page, reference, VIEW_REF),
	VIEW_F(struct consent_page, intervention, VIEW_TEXT),
	VIEW_F(struct consent_page, instrument, VIEW_TEXT),
	VIEW_F(struct consent_page, asker, VIEW_TEXT),
	VIEW_F(struct consent_page, purpose, VIEW_TEXT),
	VIEW_F(struct consent_page, words, VIEW_TEXT),
	VIEW_AS(struct consent_page, answer_href, "answerHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct consent_page, who_sees_href, "whoSeesHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct consent_page, withdraw_href, "withdrawHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct consent_page, facts, "facts", VIEW_LIST, .view = &FACT_VIEW),
	VIEW_F(struct consent_page, late, VIEW_BOOL),
	VIEW_AS(struct consent_page, has_facts, "hasFacts", VIEW_BOOL, .page_only = true),
	VIEW_F(struct consent_page, gone, VIEW_BOOL),
	VIEW_F(struct consent_page, stopped, VIEW_BOOL),
};
static const struct view PAGE_VIEW = VIEW_OF(struct consent_page, PAGE_FIELDS);

/* One question with its facts as they are now: those that went, or that were corrected, aren't here. */
struct on_consent {
	struct consent consent;
	struct array facts; /* struct asked_fact */
	struct uuid *uuids; /* one a fact */
};

static struct array answer_options(struct request *rq, size_t index, int now)
{
	const char *typed =
	    input_text(rq->body, arena_printf(rq->arena, "facts[%zu].answer", index));
	struct array ret = choices_for(rq->arena, 4);

	choices_add(&ret, "", "Kies", "-");
	for (const struct code *c = CONSENT_ANSWERS; c->name != NULL; c++)
		choices_add(&ret, c->name, c->label,
		            typed != NULL ? typed : (c->value == now ? c->name : ""));
	return ret;
}

static const struct consent_fact *asked_about(struct array asked, const struct known_fact *f)
{
	const struct consent_fact *q = asked.items;

	for (size_t i = 0; i < asked.count; i++)
		if (q[i].edition == f->version && f->correction == 0 &&
		    memcmp(q[i].fact.bytes, f->uuid.bytes, UUID_BYTES) == 0)
			return &q[i];
	return NULL;
}

static void fill_fact(struct request *rq, struct on_consent *on, const struct casefile_subject *s,
                      const struct known_fact *f, const struct consent_fact *q)
{
	const size_t index = on->facts.count++;
	char *text = arena_alloc(rq->arena, UUID_TEXT_BYTES);

	uuid_text(&f->uuid, text);
	on->uuids[index] = f->uuid;
	((struct asked_fact *)on->facts.items)[index] = (struct asked_fact){
		.index = (int64_t)index,
		.fact = text,
		.subject = s->name,
		.label = f->label,
		.value = f->value,
		.answer = q->answer,
		.options = answer_options(rq, index, q->answer),
	};
}

static enum status fill_facts(struct request *rq, struct on_consent *on, struct array asked,
                              struct error *reterr)
{
	struct array subjects = { 0 };
	const enum status st =
	    casefile_subject_list(rq->db, plein_of(rq)->keyring, on->consent.casefile_id,
	                          ASKED_PHASE_MAX, rq->arena, &subjects, reterr);
	const struct casefile_subject *s = subjects.items;

	on->facts.items = ARENA_ARRAY(rq->arena, struct asked_fact, asked.count + 1);
	on->uuids = ARENA_ARRAY(rq->arena, struct uuid, asked.count + 1);
	for (size_t i = 0; st == OK && i < subjects.count; i++) {
		const struct known_fact *f = s[i].facts.items;
		for (size_t j = 0; j < s[i].facts.count; j++) {
			const struct consent_fact *q = asked_about(asked, &f[j]);
			if (q != NULL && on->facts.count < asked.count)
				fill_fact(rq, on, &s[i], &f[j], q);
		}
	}
	return st;
}

static enum status on_consent(struct request *rq, struct on_consent *ret, struct error *reterr)
{
	struct array asked = { 0 };
	enum status st = consent_load(rq->db, plein_of(rq)->keyring, rq->viewer, rq->params[0],
	                              rq->arena, &ret->consent, reterr);

	if (st == OK)
		st = consent_facts(rq->db, ret->consent.id, rq->arena, &asked, reterr);
	if (st != OK)
		return st;
	rq->touched = (struct touched){ .kind = OBJECT_CONSENT,
		                        .id = ret->consent.id,
		                        .owner_id = ret->consent.casefile_id,
		                        .owner_kind = OBJECT_CASEFILE };
	return fill_facts(rq, ret, asked, reterr);
}

static const char *consent_path(struct arena *a, const struct consent *c, const char *rest)
{
	return arena_printf(a, "/consents/%s%s", c->reference, rest);
}

static const char *text_or_null(const char *text)
{
	return text[0] != '\0' ? text : NULL;
}

static enum status show_consent(struct request *rq, struct response *rs, struct error *reterr)
{
	struct on_consent on = { 0 };
	const enum status st = on_consent(rq, &on, reterr);

	if (st != OK)
		return st;
	const struct consent *c = &on.consent;
	const struct law_instrument *what = law_instrument(c->instrument);
	const bool open = c->answered_at == 0 && c->withdrawn_at == 0;
	const bool may_withdraw =
	    c->answered_at != 0 && c->withdrawn_at == 0 && c->released_at == 0;
	const struct consent_page record = {
		.version = c->version,
		.asked_at = c->asked_at,
		.due_day = c->due_day,
		.answered_at = moment_or_none(c->answered_at),
		.withdrawn_at = moment_or_none(consent_stopped(c) ? 0 : c->withdrawn_at),
		.released_at = moment_or_none(c->released_at),
		.reference = c->reference,
		.intervention = c->intervention,
		.instrument = what != NULL ? what->label : "Interventie",
		.asker = text_or_null(c->asker),
		.purpose = text_or_null(c->purpose),
		.words = text_or_null(c->words),
		.answer_href =
		    open && on.facts.count > 0 ? consent_path(rq->arena, c, "/_answer") : NULL,
		.who_sees_href = consent_path(rq->arena, c, "/who-sees"),
		.withdraw_href = may_withdraw ? consent_path(rq->arena, c, "/_withdraw") : NULL,
		.facts = on.facts,
		.late = open && c->late_at != 0,
		.has_facts = on.facts.count > 0,
		.gone = on.facts.count == 0,
		.stopped = consent_stopped(c),
	};
	rq->touched.count = (int32_t)on.facts.count;
	const struct page page = { .title = "Vraag om toestemming",
		                   .place = "/",
		                   .confidential = true,
		                   .template_name = "steering/consent",
		                   .form = &ANSWER_FORM };
	return page_respond(rq, rs, &page, &PAGE_VIEW, &record, reterr);
}

/* ---- answering ----------------------------------------------------------------------------------- */

struct answer_change {
	struct answer_input in;
	struct on_consent on;
	struct consent_said said;
};

static int answer_about(const struct answer_input *in, const struct uuid *fact)
{
	const struct said_input *s = in->facts.items;
	struct uuid uuid;

	for (size_t i = 0; i < in->facts.count; i++)
		if (uuid_parse(s[i].fact, &uuid) &&
		    memcmp(uuid.bytes, fact->bytes, UUID_BYTES) == 0)
			return s[i].answer;
	return CONSENT_NONE;
}

/* Each fact by itself: who forgets one hasn't answered. */
static void read_answers(struct request *rq, struct answer_change *c)
{
	struct consent_fact *to =
	    ARENA_ARRAY(rq->arena, struct consent_fact, c->on.facts.count + 1);
	bool conditions = false;

	for (size_t i = 0; i < c->on.facts.count; i++) {
		to[i].fact = c->on.uuids[i];
		to[i].answer = answer_about(&c->in, &to[i].fact);
		conditions |= to[i].answer == CONSENT_CONDITIONS;
		if (to[i].answer == CONSENT_NONE)
			problems_add(rq->problems, PROBLEM_ERROR,
			             arena_printf(rq->arena, "facts[%zu].answer", i),
			             "Kies ja, nee, of ja met voorwaarden.");
	}
	if (conditions && c->in.words[0] == '\0')
		problems_add(rq->problems, PROBLEM_ERROR, "words",
		             "Schrijf welke voorwaarden gelden.");
	c->said.facts = to;
	c->said.fact_count = c->on.facts.count;
}

static enum status prepare_answer(struct request *rq, void **ret_input, struct error *reterr)
{
	struct answer_change *c = ARENA_NEW(rq->arena, struct answer_change);
	const enum status st = on_consent(rq, &c->on, reterr);

	*ret_input = c;
	if (st != OK)
		return st;
	input_read(rq->body, &ANSWER_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	if (consent_stopped(&c->on.consent))
		return FAIL(reterr, ERR_CONFLICT,
		            "Deze vraag is ingetrokken. U hoeft niets te doen.");
	if (c->on.consent.answered_at != 0)
		return FAIL(reterr, ERR_CONFLICT, "Deze vraag is al beantwoord.");
	if (c->on.facts.count == 0)
		return FAIL(reterr, ERR_CONFLICT,
		            "De gegevens zijn er niet meer. U hoeft niets te doen.");
	read_answers(rq, c);
	c->said.consent = &c->on.consent;
	c->said.viewer = rq->viewer;
	c->said.now_ms = rq->now_ms;
	if (rq->problems->error_count == 0 && c->in.words[0] != '\0')
		steering_line_seal(plein_of(rq)->keyring, &c->on.consent.uuid, LINE_CONSENT,
		                   c->in.words, rq->arena, &c->said.words);
	return OK;
}

static enum status apply_answer(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct answer_change *c = change->input;

	enum status st = db_claim(tx, &CONSENT_ROOT, c->on.consent.id, c->in.version, reterr);
	if (st == OK)
		st = consent_say(tx, &c->said, reterr);
	change->location = consent_path(db_tx_arena(tx), &c->on.consent, "");
	change->note = "Uw antwoord staat vast. Wie het vroeg, leest het nu.";
	return st;
}

/* ---- withdrawing --------------------------------------------------------------------------------- */

struct withdrawal {
	struct version_input in;
	struct on_consent on;
};

static enum status prepare_withdraw(struct request *rq, void **ret_input, struct error *reterr)
{
	struct withdrawal *c = ARENA_NEW(rq->arena, struct withdrawal);
	const enum status st = on_consent(rq, &c->on, reterr);

	*ret_input = c;
	if (st == OK)
		input_read(rq->body, &VERSION_FORM, rq->wants_json, rq->arena, &c->in,
		           rq->problems);
	return st;
}

static enum status apply_withdraw(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct request *rq = change->rq;
	const struct withdrawal *c = change->input;

	enum status st = db_claim(tx, &CONSENT_ROOT, c->on.consent.id, c->in.version, reterr);
	if (st == OK)
		st = consent_withdraw(tx, &c->on.consent, rq->viewer, rq->now_ms, reterr);
	change->location = consent_path(db_tx_arena(tx), &c->on.consent, "");
	change->note = "Ingetrokken. De gegevens komen in geen rapportage meer.";
	return st;
}

const struct route consent_routes[] = {
	{ .method = "GET",
	  .path = "/consents/{ref}",
	  .permission = PERM_ADVICE_ANSWER,
	  .action = AUDIT_REPORT_CONSENT,
	  .read = show_consent,
	  .view = &PAGE_VIEW,
	  .summary = "Een vraag om toestemming aan uw organisatie: welke gegevens, en waarvoor" },
	{ .method = "POST",
	  .path = "/consents/{ref}/_answer",
	  .permission = PERM_ADVICE_ANSWER,
	  .action = AUDIT_REPORT_CONSENT,
	  .prepare = prepare_answer,
	  .apply = apply_answer,
	  .redraw = show_consent,
	  .form = &ANSWER_FORM,
	  .summary = "Toestemming geven, weigeren of voorwaarden stellen, per gegeven" },
	{ .method = "POST",
	  .path = "/consents/{ref}/_withdraw",
	  .permission = PERM_ADVICE_ANSWER,
	  .action = AUDIT_REPORT_CONSENT,
	  .prepare = prepare_withdraw,
	  .apply = apply_withdraw,
	  .redraw = show_consent,
	  .form = &VERSION_FORM,
	  .summary = "Toestemming intrekken, zolang geen rapportage haar gebruikte" },
	{ 0 },
};

const struct page_template consent_templates[] = {
	{ .name = "steering/consent", .view = &PAGE_VIEW, .form = &ANSWER_FORM, .whole = true },
	{ 0 },
};
