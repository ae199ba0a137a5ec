/* The form that writes a request: its fields, and what it can choose from. */
#include "requests/request_draft.h"

#include "access/access.h"
#include "platform/view/choice.h"
#include "plein/plein.h"
#include "requests/request_parts.h"
#include "requests/request_template.h"

enum { SUBJECTS_ASKED_MAX = 100 };

static const struct field NUMBER_FIELDS[] = {
	{ .path = "number",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct draft_number, number),
	  .label = "Nummer" },
};
static const struct form NUMBER_FORM = { NUMBER_FIELDS, 1, sizeof(struct draft_number) };
static const struct field ORGAN_NUMBER_FIELDS[] = {
	{ .path = "organ",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct draft_number, number),
	  .label = "Orgaan" },
};
static const struct form ORGAN_FORM = { ORGAN_NUMBER_FIELDS, 1, sizeof(struct draft_number) };

/* The first belongs to writing anew, the last two to what is new. */
static const struct field FIELDS[] = {
	{ .path = "_version",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct draft_input, version),
	  .label = "Versie",
	  .required = true },
	{ .path = "kind",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct draft_input, kind),
	  .label = "Wat wilt u weten?",
	  .codes = REQUEST_KINDS,
	  .required = true },
	{ .path = "urgent",
	  .kind = FIELD_BOOL,
	  .offset = offsetof(struct draft_input, urgent),
	  .label = "Spoed: antwoord binnen 2 werkdagen" },
	{ .path = "template",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct draft_input, template_code),
	  .label = "Standaardvraag" },
	{ .path = "subjects",
	  .kind = FIELD_LIST,
	  .offset = offsetof(struct draft_input, subjects),
	  .label = "Over wie of wat?",
	  .max_chars = SUBJECTS_ASKED_MAX,
	  .element = &NUMBER_FORM },
	{ .path = "categories",
	  .kind = FIELD_CODES,
	  .offset = offsetof(struct draft_input, categories),
	  .label = "Welke gegevens?",
	  .codes = REQUEST_CATEGORIES },
	{ .path = "question",
	  .kind = FIELD_PROSE,
	  .offset = offsetof(struct draft_input, question),
	  .label = "Uw vraag",
	  .max_chars = 2000 },
	{ .path = "necessity",
	  .kind = FIELD_PROSE,
	  .offset = offsetof(struct draft_input, necessity),
	  .label = "Waarom is dit nodig?",
	  .required = true,
	  .missing = "Schrijf waarom dit nodig is.",
	  .max_chars = 2000 },
	{ .path = "settled",
	  .kind = FIELD_PROSE,
	  .offset = offsetof(struct draft_input, settled),
	  .label = "Waarom mogen deze woorden blijven staan?",
	  .max_chars = ANSWER_SETTLED_CHARS_MAX },
	{ .path = "issue",
	  .kind = FIELD_BOOL,
	  .offset = offsetof(struct draft_input, issue),
	  .label = "Zet meteen uit" },
	{ .path = "casefile",
	  .kind = FIELD_TEXT,
	  .offset = offsetof(struct draft_input, casefile),
	  .label = "Casus",
	  .required = true,
	  .max_chars = 20 },
	{ .path = "organs",
	  .kind = FIELD_LIST,
	  .offset = offsetof(struct draft_input, organs),
	  .label = "Aan wie vraagt u het?",
	  .required = true,
	  .missing = "Kies aan wie u het vraagt.",
	  .max_chars = PLAN_ORGANS_MAX,
	  .element = &ORGAN_FORM },
};
enum { FIELD_COUNT = sizeof FIELDS / sizeof FIELDS[0], OF_NEW = 2 };
const struct form DRAFT_FORM = { FIELDS + 1, FIELD_COUNT - 1, sizeof(struct draft_input) };
const struct form REDRAFT_FORM = { FIELDS, FIELD_COUNT - OF_NEW, sizeof(struct draft_input) };

/* ---- what is drawn ------------------------------------------------------------------------------ */

struct asked_row {
	int64_t index, number, phase;
	const char *name, *identity;
	bool chosen;
};
static const struct view_field ROW_FIELDS[] = {
	VIEW_AS(struct asked_row, index, "index", VIEW_INT, .page_only = true),
	VIEW_F(struct asked_row, number, VIEW_INT),
	VIEW_F(struct asked_row, name, VIEW_TEXT),
	VIEW_F(struct asked_row, identity, VIEW_TEXT),
	VIEW_F(struct asked_row, phase, VIEW_INT),
	VIEW_F(struct asked_row, chosen, VIEW_BOOL),
};
static const struct view ROW_VIEW = VIEW_OF(struct asked_row, ROW_FIELDS);

struct organ_row {
	int64_t index;
	const char *value, *label;
	bool chosen;
};
static const struct view_field ORGAN_FIELDS[] = {
	VIEW_AS(struct organ_row, index, "index", VIEW_INT, .page_only = true),
	VIEW_F(struct organ_row, value, VIEW_TEXT),
	VIEW_F(struct organ_row, label, VIEW_TEXT),
	VIEW_AS(struct organ_row, chosen, "chosen", VIEW_BOOL, .page_only = true),
};
static const struct view ORGAN_VIEW = VIEW_OF(struct organ_row, ORGAN_FIELDS);

static const struct view_field PAGE_FIELDS[] = {
	VIEW_F(struct draft_page, casefile, VIEW_REF),
	VIEW_F(struct draft_page, reference, VIEW_REF),
	VIEW_AS(struct draft_page, redraft_href, "redraftHref", VIEW_TEXT, .page_only = true),
	VIEW_F(struct draft_page, addressee, VIEW_TEXT),
	VIEW_F(struct draft_page, version, VIEW_INT),
	VIEW_F(struct draft_page, question, VIEW_TEXT),
	VIEW_F(struct draft_page, necessity, VIEW_TEXT),
	VIEW_F(struct draft_page, settled, VIEW_TEXT),
	VIEW_AS(struct draft_page, categories, "categories", VIEW_CODES,
	        .codes = REQUEST_CATEGORIES),
	VIEW_AS(struct draft_page, kind, "kind", VIEW_CODE, .codes = REQUEST_KINDS),
	VIEW_F(struct draft_page, urgent, VIEW_BOOL),
	VIEW_AS(struct draft_page, organs, "organs", VIEW_LIST, .view = &ORGAN_VIEW),
	VIEW_AS(struct draft_page, subjects, "subjects", VIEW_LIST, .view = &ROW_VIEW),
	VIEW_AS(struct draft_page, templates, "templates", VIEW_LIST, .view = &CHOICE_VIEW),
	VIEW_AS(struct draft_page, has_subjects, "hasSubjects", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct draft_page, has_organs, "hasOrgans", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct draft_page, may_issue, "mayIssue", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct draft_page, asks_why, "asksWhy", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct draft_page, subjects_problem, "subjectsProblem", VIEW_TEXT,
	        .page_only = true),
	VIEW_AS(struct draft_page, organs_problem, "organsProblem", VIEW_TEXT, .page_only = true),
};
const struct view DRAFT_VIEW = VIEW_OF(struct draft_page, PAGE_FIELDS);

/* Was this box of a list ticked in what was typed? */
static bool ticked(const struct request *rq, const char *list, size_t index, const char *field)
{
	return input_at(rq->body, arena_printf(rq->arena, "%s[%zu].%s", list, index, field)) !=
	       NULL;
}

static enum status fill_organs(struct request *rq, const struct casefile *c, struct draft_page *ret,
                               struct error *reterr)
{
	struct array found = { 0 };
	enum status st = casefile_organs(rq->db, c->id, rq->arena, &found, reterr);
	const struct casefile_organ *from = found.items;
	struct organ_row *to = ARENA_ARRAY(rq->arena, struct organ_row, found.count + 1);

	for (size_t i = 0; st == OK && i < found.count; i++)
		to[i] = (struct organ_row){
			(int64_t)i,
			arena_printf(rq->arena, "%lld", (long long)from[i].organ_id),
			from[i].on_behalf,
			ticked(rq, "organs", i, "organ"),
		};
	ret->organs = (struct array){ to, found.count };
	ret->has_organs = found.count > 0;
	return st;
}

static bool is_asked_about(struct array parts, int64_t presence_id)
{
	const struct request_part *p = parts.items;

	for (size_t i = 0; i < parts.count; i++)
		if (p[i].presence_id == presence_id)
			return true;
	return false;
}

static enum status fill_subjects(struct request *rq, const struct casefile *c, struct array chosen,
                                 struct draft_page *ret, struct error *reterr)
{
	struct array found = { 0 };
	enum status st =
	    asked_subjects(rq->db, plein_of(rq)->keyring, c->id, rq->arena, &found, reterr);
	const struct asked_subject *from = found.items;
	struct asked_row *to = ARENA_ARRAY(rq->arena, struct asked_row, found.count + 1);
	const bool typed = input_text(rq->body, "kind") != NULL;

	for (size_t i = 0; i < found.count; i++)
		to[i] = (struct asked_row){
			.index = (int64_t)i,
			.number = from[i].number,
			.phase = from[i].opened,
			.name = from[i].name,
			.identity = from[i].identity,
			.chosen = typed ? ticked(rq, "subjects", i, "number")
			                : is_asked_about(chosen, from[i].presence_id),
		};
	ret->subjects = (struct array){ to, found.count };
	ret->has_subjects = found.count > 0;
	return st;
}

static struct array template_choices(struct arena *a, int theme, const char *chosen)
{
	enum { MAX = 40 };
	const struct request_template *found[MAX];
	const size_t count = request_templates_for(theme, found, MAX);
	struct array to = choices_for(a, count);

	for (size_t i = 0; i < count; i++)
		choices_add(&to, arena_printf(a, "%d", found[i]->code), found[i]->label,
		            chosen != NULL ? chosen : "");
	return to;
}

/* Something in the words was refused that can be explained, or was explained before. */
static bool asks_why(const struct request *rq, const struct draft_page *p)
{
	static const char *const WORDS[] = { "question", "necessity" };

	for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++) {
		const struct problem *wrong = problems_at(rq->problems, WORDS[i]);
		if (wrong != NULL && wrong->rule != NULL && strcmp(wrong->rule, "R-6") != 0)
			return true;
	}
	return input_text(rq->body, "settled") != NULL || p->settled[0] != '\0';
}

enum status draft_page_fill(struct request *rq, const struct casefile *c, struct array chosen,
                            struct draft_page *ret, struct error *reterr)
{
	ret->casefile = c->reference;
	ret->templates = template_choices(rq->arena, c->theme, input_text(rq->query, "template"));
	ret->subjects_problem = request_problem_at(rq, "subjects");
	ret->organs_problem = request_problem_at(rq, "organs");
	ret->may_issue = rq->viewer->role == ROLE_INFO_COORDINATOR;
	ret->asks_why = asks_why(rq, ret);
	const enum status st = fill_organs(rq, c, ret, reterr);
	return st == OK ? fill_subjects(rq, c, chosen, ret, reterr) : st;
}
