/* Facts that an advice rests on: picked from what the writer reads in the casefile. */
#include "advice/advice_http.h"

#include <stdlib.h>

#include "access/access.h"
#include "advice/advice_page.h"
#include "advice/advice_write.h"
#include "audit/action.h"
#include "platform/view/choice.h"
#include "plein/plein.h"
#include "subjects/casefile_subject.h"

enum { PICKED_MAX = 100 };

struct picked_input {
	int64_t id;
};
static const struct field PICKED_FIELDS[] = {
	{ .path = "id",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct picked_input, id),
	  .label = "Feit" },
};
static const struct form PICKED_FORM = { PICKED_FIELDS, 1, sizeof(struct picked_input) };

struct pick_input {
	int64_t proposal;
	struct array facts;
};
static const struct field PICK_FIELDS[] = {
	{ .path = "proposal",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct pick_input, proposal),
	  .label = "Bij welk voorstel?" },
	{ .path = "facts",
	  .kind = FIELD_LIST,
	  .offset = offsetof(struct pick_input, facts),
	  .label = "Feiten",
	  .max_chars = CASEFILE_FACTS_MAX,
	  .element = &PICKED_FORM },
};
static const struct form PICK_FORM = { PICK_FIELDS, 2, sizeof(struct pick_input) };

/* ---- the page -------------------------------------------------------------------------------- */

struct fact_row {
	int64_t index, id, phase;
	const char *label, *value, *source;
	bool picked;
};
static const struct view_field ROW_FIELDS[] = {
	VIEW_AS(struct fact_row, index, "index", VIEW_INT, .page_only = true),
	VIEW_F(struct fact_row, id, VIEW_INT),
	VIEW_F(struct fact_row, phase, VIEW_INT),
	VIEW_F(struct fact_row, label, VIEW_TEXT),
	VIEW_F(struct fact_row, value, VIEW_TEXT),
	VIEW_F(struct fact_row, source, VIEW_TEXT),
	VIEW_F(struct fact_row, picked, VIEW_BOOL),
};
static const struct view ROW_VIEW = VIEW_OF(struct fact_row, ROW_FIELDS);

struct subject_group {
	int64_t number;
	const char *name;
	struct array facts;
};
static const struct view_field GROUP_FIELDS[] = {
	VIEW_AS(struct subject_group, number, "subject", VIEW_INT),
	VIEW_F(struct subject_group, name, VIEW_TEXT),
	VIEW_AS(struct subject_group, facts, "facts", VIEW_LIST, .view = &ROW_VIEW),
};
static const struct view GROUP_VIEW = VIEW_OF(struct subject_group, GROUP_FIELDS);

struct facts_page {
	const char *reference, *href, *back_href;
	struct array subjects, proposals;
	bool has_facts;
};
static const struct view_field PAGE_FIELDS[] = {
	VIEW_F(struct facts_page, reference, VIEW_REF),
	VIEW_AS(struct facts_page, href, "href", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct facts_page, back_href, "backHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct facts_page, subjects, "subjects", VIEW_LIST, .view = &GROUP_VIEW),
	VIEW_AS(struct facts_page, proposals, "proposals", VIEW_LIST, .view = &CHOICE_VIEW),
	VIEW_AS(struct facts_page, has_facts, "hasFacts", VIEW_BOOL, .page_only = true),
};
static const struct view PAGE_VIEW = VIEW_OF(struct facts_page, PAGE_FIELDS);

static bool is_cited(struct array cited, int64_t fact_id)
{
	const struct cited_fact *c = cited.items;

	for (size_t i = 0; i < cited.count; i++)
		if (c[i].fact_id == fact_id)
			return true;
	return false;
}

static struct array rows_of(struct request *rq, const struct casefile_subject *s,
                            struct array cited, int64_t *index)
{
	const struct known_fact *f = s->facts.items;
	struct fact_row *to = ARENA_ARRAY(rq->arena, struct fact_row, s->facts.count + 1);
	size_t count = 0;

	for (size_t i = 0; i < s->facts.count; i++) {
		if (is_cited(cited, f[i].id))
			continue;
		const char *path = arena_printf(rq->arena, "facts[%lld].id", (long long)*index);
		to[count++] = (struct fact_row){ .index = (*index)++,
			                         .id = f[i].id,
			                         .phase = f[i].phase,
			                         .label = f[i].label,
			                         .value = f[i].value,
			                         .source = f[i].source,
			                         .picked = input_at(rq->body, path) != NULL };
		if (f[i].phase > rq->touched.phase)
			rq->touched.phase = (uint8_t)f[i].phase;
	}
	return (struct array){ to, count };
}

static enum status fill_subjects(struct request *rq, const struct on_advice *on,
                                 struct facts_page *ret, struct error *reterr)
{
	struct array found = { 0 }, cited = { 0 };
	int64_t index = 0;

	enum status st =
	    casefile_subject_list(rq->db, plein_of(rq)->keyring, on->advice.casefile_id,
	                          on->max_phase, rq->arena, &found, reterr);
	if (st == OK)
		st = advice_cited_facts(rq->db, &on->advice, on->max_phase, rq->arena, &cited,
		                        reterr);
	const struct casefile_subject *s = found.items;
	struct subject_group *to = ARENA_ARRAY(rq->arena, struct subject_group, found.count + 1);
	size_t count = 0;
	for (size_t i = 0; st == OK && i < found.count; i++) {
		to[count] = (struct subject_group){ s[i].number, s[i].name,
			                            rows_of(rq, &s[i], cited, &index) };
		count += to[count].facts.count > 0;
	}
	ret->subjects = (struct array){ to, count };
	ret->has_facts = count > 0;
	return st;
}

static enum status fill_proposals(struct request *rq, const struct on_advice *on,
                                  struct facts_page *ret, struct error *reterr)
{
	const char *typed = input_text(rq->body, "proposal");
	struct array found = { 0 };
	enum status st =
	    advice_proposals(rq->db, plein_of(rq)->keyring, &on->advice, rq->arena, &found, reterr);
	const struct advice_proposal *p = found.items;

	ret->proposals = choices_for(rq->arena, found.count + 1);
	for (size_t i = 0; st == OK && i < found.count; i++)
		choices_add(
		    &ret->proposals, arena_printf(rq->arena, "%lld", (long long)p[i].number),
		    arena_printf(rq->arena, "%zu. %s", i + 1, instrument_label(p[i].instrument)),
		    typed != NULL ? typed : "");
	return st;
}

static enum status show_facts(struct request *rq, struct response *rs, struct error *reterr)
{
	struct facts_page record = { 0 };
	struct on_advice on;

	enum status st = advice_writable(rq, &on, reterr);
	if (st == OK)
		st = fill_subjects(rq, &on, &record, reterr);
	if (st == OK)
		st = fill_proposals(rq, &on, &record, reterr);
	if (st != OK)
		return st;
	record.reference = on.advice.reference;
	record.href = advice_path(rq->arena, &on.advice, "/facts");
	record.back_href = advice_path(rq->arena, &on.advice, "");
	const struct page page = { .title = "Feiten kiezen",
		                   .place = "/casefiles",
		                   .crumbs = advice_crumbs(rq->arena, &on),
		                   .confidential = true,
		                   .template_name = "advice/facts",
		                   .form = &PICK_FORM };
	return page_respond(rq, rs, &page, &PAGE_VIEW, &record, reterr);
}

/* ---- changes ------------------------------------------------------------------------------------ */

struct fact_change {
	struct pick_input in;
	struct on_advice on;
	int64_t fact_id;
};

static enum status prepare_pick(struct request *rq, void **ret_input, struct error *reterr)
{
	struct fact_change *c = ARENA_NEW(rq->arena, struct fact_change);
	size_t picked = 0;

	*ret_input = c;
	const enum status st = advice_writable(rq, &c->on, reterr);
	if (st != OK)
		return st;
	input_read(rq->body, &PICK_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	const struct picked_input *p = c->in.facts.items;
	for (size_t i = 0; i < c->in.facts.count; i++)
		picked += p[i].id != 0;
	if (picked == 0)
		problems_add(rq->problems, PROBLEM_ERROR, "facts", "Kies minstens één feit.");
	if (picked > PICKED_MAX)
		problems_add(rq->problems, PROBLEM_ERROR, "facts",
		             "Kies ten hoogste 100 feiten tegelijk.");
	return OK;
}

static enum status apply_pick(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct request *rq = change->rq;
	const struct fact_change *c = change->input;
	const struct picked_input *p = c->in.facts.items;
	const struct advice_writer w = { &c->on.advice, rq->viewer, rq->now_ms };

	enum status st = advice_hold(tx, c->on.advice.id, reterr);
	for (size_t i = 0; st == OK && i < c->in.facts.count; i++) {
		const struct citing k = { p[i].id, c->in.proposal, c->on.max_phase };
		if (p[i].id != 0)
			st = advice_cite(tx, &w, &k, reterr);
	}
	change->location = advice_path(db_tx_arena(tx), &c->on.advice, "");
	change->note = "De feiten staan bij het advies.";
	return st;
}

static enum status prepare_drop(struct request *rq, void **ret_input, struct error *reterr)
{
	struct fact_change *c = ARENA_NEW(rq->arena, struct fact_change);
	char *end = NULL;

	*ret_input = c;
	c->fact_id = strtoll(rq->params[1], &end, 10);
	const enum status st = advice_writable(rq, &c->on, reterr);
	if (st == OK && *end != '\0')
		return FAIL_NOT_FOUND(reterr);
	return st;
}

static enum status apply_drop(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct request *rq = change->rq;
	const struct fact_change *c = change->input;
	const struct citing k = { .fact_id = c->fact_id, .max_phase = c->on.max_phase };
	const struct advice_writer w = { &c->on.advice, rq->viewer, rq->now_ms };

	enum status st = advice_hold(tx, c->on.advice.id, reterr);
	if (st == OK)
		st = advice_uncite(tx, &w, &k, reterr);
	change->location = advice_path(db_tx_arena(tx), &c->on.advice, "");
	change->note = "Het feit staat niet meer bij het advies.";
	return st;
}

const struct route advice_fact_routes[] = {
	{ .method = "GET",
	  .path = "/advices/{ref}/facts",
	  .permission = PERM_ADVICE_WRITE,
	  .action = AUDIT_ADVICE_VIEW,
	  .read = show_facts,
	  .view = &PAGE_VIEW,
	  .summary = "De feiten van de casus die u in een advies kunt noemen" },
	{ .method = "POST",
	  .path = "/advices/{ref}/facts",
	  .permission = PERM_ADVICE_WRITE,
	  .action = AUDIT_ADVICE_WRITE,
	  .prepare = prepare_pick,
	  .apply = apply_pick,
	  .redraw = show_facts,
	  .form = &PICK_FORM,
	  .summary = "Feiten noemen in een advies" },
	{ .method = "POST",
	  .path = "/advices/{ref}/facts/{fact}/_remove",
	  .permission = PERM_ADVICE_WRITE,
	  .action = AUDIT_ADVICE_WRITE,
	  .prepare = prepare_drop,
	  .apply = apply_drop,
	  .redraw = show_advice,
	  .summary = "Een feit niet meer noemen in een advies" },
	{ 0 },
};

const struct page_template advice_fact_templates[] = {
	{ .name = "advice/facts", .view = &PAGE_VIEW, .form = &PICK_FORM, .whole = true },
	{ 0 },
};
