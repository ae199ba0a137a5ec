/* What owners and sources answer, and how an objection was handled. */
#include "advice/advice_http.h"

#include <stdlib.h>

#include "access/access.h"
#include "advice/advice_page.h"
#include "advice/advice_words.h"
#include "advice/advice_write.h"
#include "audit/action.h"
#include "plein/plein.h"

enum { REASON_CHARS_MAX = 1000 };

#define REASON_FIELD(type, label_)                                                                 \
	{                                                                                          \
		.path = "reason", .kind = FIELD_PROSE, .offset = offsetof(type, reason),           \
		.label = label_, .max_chars = REASON_CHARS_MAX                                     \
	}

static int64_t number_of(const char *text)
{
	char *end = NULL;
	const long long value = text != NULL ? strtoll(text, &end, 10) : 0;

	return end != NULL && *end == '\0' && value > 0 ? value : 0;
}

static enum status draft_only(const struct on_advice *on, struct error *reterr)
{
	return advice_is_open(on->advice.state)
	           ? OK
	           : FAIL(reterr, ERR_CONFLICT,
	                  "Het advies is geen concept meer. Bekijk hoe het nu staat.");
}

/* ---- an owner ----------------------------------------------------------------------------------- */

struct owner_input {
	int64_t version, hours;
	int answer, named;
	const char *reason;
};
static const struct field OWNER_FIELDS[] = {
	FIELD_VERSION(struct owner_input),
	{ .path = "answer",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct owner_input, answer),
	  .label = "Kan uw organisatie dit?",
	  .codes = FEASIBILITY_ANSWERS,
	  .required = true,
	  .missing = "Kies of uw organisatie dit kan." },
	{ .path = "hours",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct owner_input, hours),
	  .label = "Hoeveel uur dan wel?" },
	REASON_FIELD(struct owner_input, "Toelichting"),
	{ .path = "named",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct owner_input, named),
	  .label = "Mag het advies u als bron noemen?",
	  .codes = NAMINGS,
	  .required = true,
	  .missing = "Kies of het advies u mag noemen." },
};
static const struct form OWNER_FORM = { OWNER_FIELDS, 5, sizeof(struct owner_input) };

struct owner_change {
	struct owner_input in;
	struct on_advice on;
	struct advice_owner_answer answer;
};

static enum status find_owned(struct request *rq, const struct on_advice *on,
                              const struct advice_proposal **ret, struct error *reterr)
{
	const int64_t number = number_of(rq->params[1]);
	struct array all = { 0 };
	enum status st =
	    advice_proposals(rq->db, plein_of(rq)->keyring, &on->advice, rq->arena, &all, reterr);
	const struct advice_proposal *p = all.items;

	for (size_t i = 0; st == OK && i < all.count; i++)
		if (p[i].number == number && p[i].feasible != FEASIBLE_NOT_ASKED &&
		    p[i].lead_organ_id == rq->viewer->organ_id) {
			*ret = &p[i];
			rq->touched.kind = OBJECT_PROPOSAL;
			rq->touched.id = p[i].id;
			return OK;
		}
	return st == OK ? FAIL_NOT_FOUND(reterr) : st;
}

static void check_owner(struct request *rq, const struct owner_input *in)
{
	const struct array nobody = { 0 };

	if (in->answer == FEASIBLE_OTHER_HOURS && (in->hours < 1 || in->hours > ADVICE_HOURS_MAX))
		problems_add(rq->problems, PROBLEM_ERROR, "hours",
		             "Vul in hoeveel uur u wel kunt geven: 1 tot en met 20.000.");
	if ((in->answer == FEASIBLE_NO || in->answer == FEASIBLE_OTHER_HOURS) &&
	    in->reason[0] == '\0')
		problems_add(rq->problems, PROBLEM_ERROR, "reason",
		             "Schrijf kort waarom. De schrijver past het voorstel dan aan.");
	advice_words_check(rq, nobody, "reason", in->reason);
}

static enum status prepare_owner(struct request *rq, void **ret_input, struct error *reterr)
{
	struct owner_change *c = ARENA_NEW(rq->arena, struct owner_change);

	*ret_input = c;
	enum status st = on_advice(rq, &c->on, reterr);
	if (st == OK)
		st = find_owned(rq, &c->on, &c->answer.proposal, reterr);
	if (st == OK)
		st = draft_only(&c->on, reterr);
	if (st != OK)
		return st;
	input_read(rq->body, &OWNER_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	check_owner(rq, &c->in);
	c->answer.feasible = (enum feasibility)c->in.answer;
	c->answer.hours = c->in.answer == FEASIBLE_OTHER_HOURS ? c->in.hours : 0;
	c->answer.named = (enum naming)c->in.named;
	if (rq->problems->error_count == 0)
		advice_seal_words(plein_of(rq)->keyring, WORDS_OWNER_ANSWER, c->answer.proposal->id,
		                  c->in.reason, rq->arena, &c->answer.reason);
	return OK;
}

static enum status apply_owner(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct request *rq = change->rq;
	const struct owner_change *c = change->input;
	const struct advice_writer w = { &c->on.advice, rq->viewer, rq->now_ms };

	enum status st = advice_hold(tx, c->on.advice.id, reterr);
	if (st == OK)
		st = db_claim(tx, &PROPOSAL_ROOT, c->answer.proposal->id, c->in.version, reterr);
	if (st == OK)
		st = advice_owner_says(tx, &w, &c->answer, reterr);
	change->location = advice_path(db_tx_arena(tx), &c->on.advice, "");
	change->note = "Dank u. Uw antwoord staat bij het voorstel.";
	return st;
}

/* ---- a source ------------------------------------------------------------------------------------- */

struct said_input {
	const char *fact;
	int usable;
};
static const struct field SAID_FIELDS[] = {
	{ .path = "fact",
	  .kind = FIELD_TEXT,
	  .offset = offsetof(struct said_input, fact),
	  .label = "Feit",
	  .max_chars = 40 },
	{ .path = "usable",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct said_input, usable),
	  .label = "Bruikbaar in een besluit?",
	  .codes = USABLES },
};
static const struct form SAID_FORM = { SAID_FIELDS, 2, sizeof(struct said_input) };

struct source_input {
	int64_t version;
	int answer, named;
	const char *reason;
	struct array facts;
};
static const struct field SOURCE_FIELDS[] = {
	FIELD_VERSION(struct source_input),
	{ .path = "answer",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct source_input, answer),
	  .label = "Heeft uw organisatie bezwaar?",
	  .codes = OBJECTION_ANSWERS,
	  .required = true,
	  .missing = "Kies bezwaar of geen bezwaar." },
	REASON_FIELD(struct source_input, "Waarom? Alleen het RIEC leest dit"),
	{ .path = "named",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct source_input, named),
	  .label = "Mag het advies u als bron noemen?",
	  .codes = NAMINGS,
	  .required = true,
	  .missing = "Kies of het advies u mag noemen." },
	{ .path = "facts",
	  .kind = FIELD_LIST,
	  .offset = offsetof(struct source_input, facts),
	  .label = "Uw feiten",
	  .max_chars = ADVICE_FACTS_MAX,
	  .element = &SAID_FORM },
};
static const struct form SOURCE_FORM = { SOURCE_FIELDS, 5, sizeof(struct source_input) };

struct source_change {
	struct source_input in;
	struct on_advice on;
	struct advice_source_answer answer;
};

struct source_wish {
	int64_t id, organ_id; /* one of both */
};

static enum status find_source(struct request *rq, const struct on_advice *on,
                               struct source_wish wish, const struct advice_source **ret,
                               struct error *reterr)
{
	struct array all = { 0 };
	const int max_phase = wish.id != 0 ? on->max_phase : PHASE_3;
	enum status st = advice_sources(rq->db, plein_of(rq)->keyring, &on->advice, max_phase,
	                                rq->arena, &all, reterr);
	const struct advice_source *s = all.items;

	for (size_t i = 0; st == OK && i < all.count; i++)
		if (wish.id != 0 ? s[i].id == wish.id : s[i].organ_id == wish.organ_id) {
			*ret = &s[i];
			rq->touched.kind = OBJECT_ADVICE_SOURCE;
			rq->touched.id = s[i].id;
			return OK;
		}
	return st == OK ? FAIL_NOT_FOUND(reterr) : st;
}

/* A row that names no fact of the list, or says nothing about it, changes nothing. */
static void read_facts(struct request *rq, struct source_change *c)
{
	const struct said_input *in = c->in.facts.items;
	struct fact_said *to = ARENA_ARRAY(rq->arena, struct fact_said, c->in.facts.count + 1);
	size_t count = 0;

	for (size_t i = 0; i < c->in.facts.count; i++) {
		struct uuid fact;
		if (in[i].usable == 0)
			continue;
		if (!uuid_parse(in[i].fact, &fact)) {
			problems_add(rq->problems, PROBLEM_ERROR,
			             arena_printf(rq->arena, "facts[%zu].fact", i),
			             "Dit feit staat niet in het advies.");
			continue;
		}
		to[count++] = (struct fact_said){ fact, (enum usable)in[i].usable };
	}
	c->answer.facts = to;
	c->answer.fact_count = count;
}

static enum status prepare_source(struct request *rq, void **ret_input, struct error *reterr)
{
	struct source_change *c = ARENA_NEW(rq->arena, struct source_change);
	const struct source_wish wish = { .organ_id = rq->viewer->organ_id };

	*ret_input = c;
	enum status st = on_advice(rq, &c->on, reterr);
	if (st == OK && rq->viewer->role != ROLE_PARTNER_DECIDER)
		return FAIL(reterr, ERR_CONFLICT,
		            "Wie voor uw organisatie beslist, antwoordt op deze vraag.");
	if (st == OK)
		st = find_source(rq, &c->on, wish, &c->answer.source, reterr);
	if (st == OK)
		st = draft_only(&c->on, reterr);
	if (st != OK)
		return st;
	input_read(rq->body, &SOURCE_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	read_facts(rq, c);
	c->answer.state = (enum source_state)c->in.answer;
	c->answer.named = (enum naming)c->in.named;
	if (rq->problems->error_count == 0)
		advice_seal_words(plein_of(rq)->keyring, WORDS_OBJECTION, c->answer.source->id,
		                  c->in.reason, rq->arena, &c->answer.reason);
	return OK;
}

static enum status apply_source(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct request *rq = change->rq;
	const struct source_change *c = change->input;
	const struct advice_writer w = { &c->on.advice, rq->viewer, rq->now_ms };

	enum status st = advice_hold(tx, c->on.advice.id, reterr);
	if (st == OK)
		st = db_claim(tx, &SOURCE_ROOT, c->answer.source->id, c->in.version, reterr);
	if (st == OK)
		st = advice_source_says(tx, &w, &c->answer, reterr);
	change->location = advice_path(db_tx_arena(tx), &c->on.advice, "");
	change->note = c->answer.state == SOURCE_OBJECTS
	                   ? "Uw bezwaar staat vast. Het RIEC behandelt het eerst."
	                   : "Dank u. U heeft geen bezwaar.";
	return st;
}

/* ---- an objection, handled ------------------------------------------------------------------------- */

struct handling_input {
	int64_t version;
	int how;
	const char *reason;
};
static const struct field HANDLING_FIELDS[] = {
	FIELD_VERSION(struct handling_input),
	{ .path = "how",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct handling_input, how),
	  .label = "Hoe is het behandeld?",
	  .codes = OBJECTION_HANDLINGS,
	  .required = true,
	  .missing = "Kies hoe het bezwaar is behandeld." },
	{ .path = "reason",
	  .kind = FIELD_PROSE,
	  .offset = offsetof(struct handling_input, reason),
	  .label = "Wat is er afgesproken, en met wie?",
	  .required = true,
	  .max_chars = REASON_CHARS_MAX },
};
static const struct form HANDLING_FORM = { HANDLING_FIELDS, 3, sizeof(struct handling_input) };

struct handling_change {
	struct handling_input in;
	struct on_advice on;
	const struct advice_source *source;
	struct sealed_words words;
};

static enum status prepare_handling(struct request *rq, void **ret_input, struct error *reterr)
{
	struct handling_change *c = ARENA_NEW(rq->arena, struct handling_change);
	const struct source_wish wish = { .id = number_of(rq->params[1]) };

	*ret_input = c;
	enum status st = advice_writable(rq, &c->on, reterr);
	if (st == OK && (rq->viewer->role != ROLE_ANALYST || wish.id == 0))
		return FAIL_NOT_FOUND(reterr);
	if (st == OK)
		st = find_source(rq, &c->on, wish, &c->source, reterr);
	if (st != OK)
		return st;
	input_read(rq->body, &HANDLING_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	if (rq->problems->error_count == 0)
		advice_seal_words(plein_of(rq)->keyring, WORDS_HANDLING, c->source->id,
		                  c->in.reason, rq->arena, &c->words);
	return OK;
}

static enum status apply_handling(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct request *rq = change->rq;
	const struct handling_change *c = change->input;
	const struct advice_writer w = { &c->on.advice, rq->viewer, rq->now_ms };

	enum status st = advice_hold(tx, c->on.advice.id, reterr);
	if (st == OK)
		st = db_claim(tx, &SOURCE_ROOT, c->source->id, c->in.version, reterr);
	if (st == OK)
		st = advice_objection_handled(tx, &w, c->source, c->in.how, &c->words, reterr);
	change->location = advice_path(db_tx_arena(tx), &c->on.advice, "");
	change->note = "Vastgelegd hoe het bezwaar is behandeld.";
	return st;
}

const struct route advice_answer_routes[] = {
	{ .method = "POST",
	  .path = "/advices/{ref}/proposals/{number}/_answer",
	  .permission = PERM_ADVICE_ANSWER,
	  .action = AUDIT_ADVICE_ANSWER,
	  .prepare = prepare_owner,
	  .apply = apply_owner,
	  .redraw = show_advice,
	  .form = &OWNER_FORM,
	  .summary = "Zeg of uw organisatie een voorstel kan uitvoeren, en in hoeveel uur" },
	{ .method = "POST",
	  .path = "/advices/{ref}/objection",
	  .permission = PERM_ADVICE_ANSWER,
	  .action = AUDIT_ADVICE_ANSWER,
	  .prepare = prepare_source,
	  .apply = apply_source,
	  .redraw = show_advice,
	  .form = &SOURCE_FORM,
	  .summary = "Bezwaar of geen bezwaar tegen een advies dat op uw gegevens rust" },
	{ .method = "POST",
	  .path = "/advices/{ref}/sources/{source}/_handle",
	  .permission = PERM_ADVICE_WRITE,
	  .action = AUDIT_ADVICE_WRITE,
	  .prepare = prepare_handling,
	  .apply = apply_handling,
	  .redraw = show_advice,
	  .form = &HANDLING_FORM,
	  .summary = "Vastleggen hoe een bezwaar is behandeld" },
	{ 0 },
};
