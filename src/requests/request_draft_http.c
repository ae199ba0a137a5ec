/* Writing a request from a casefile: to whom, about whom, what and why. */
#include "requests/request_page.h"

#include "access/access.h"
#include "audit/action.h"
#include "casework/casework.h"
#include "platform/core/calendar.h"
#include "platform/view/choice.h"
#include "plein/plein.h"
#include "requests/request_template.h"

enum { SUBJECTS_ASKED_MAX = 100 };

struct named_input {
	int64_t number;
};
static const struct field NAMED_FIELDS[] = {
	{ .path = "number",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct named_input, number),
	  .label = "Nummer" },
};
static const struct form NAMED_FORM = { NAMED_FIELDS, 1, sizeof(struct named_input) };

struct draft_input {
	const char *casefile, *question, *necessity;
	int64_t organ, template_code;
	int kind;
	bool urgent;
	uint64_t categories;
	struct array subjects;
};
static const struct field DRAFT_FIELDS[] = {
	{ .path = "casefile",
	  .kind = FIELD_TEXT,
	  .offset = offsetof(struct draft_input, casefile),
	  .label = "Casus",
	  .required = true,
	  .max_chars = 20 },
	{ .path = "organ",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct draft_input, organ),
	  .label = "Aan wie vraagt u het?",
	  .required = true,
	  .missing = "Kies aan wie u het vraagt." },
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
	  .element = &NAMED_FORM },
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
	  .max_chars = 2000 },
};
static const struct form DRAFT_FORM = { DRAFT_FIELDS, sizeof DRAFT_FIELDS / sizeof DRAFT_FIELDS[0],
	                                sizeof(struct draft_input) };

/* ---- the page -------------------------------------------------------------------------------- */

struct asked_row {
	int64_t index, number;
	const char *name, *identity;
	int64_t phase;
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

struct draft_page {
	const char *casefile, *question, *necessity;
	uint64_t categories;
	int kind;
	bool urgent, has_subjects, has_organs;
	struct array organs, subjects, templates;
	const char *subjects_problem;
};
static const struct view_field PAGE_FIELDS[] = {
	VIEW_F(struct draft_page, casefile, VIEW_REF),
	VIEW_F(struct draft_page, question, VIEW_TEXT),
	VIEW_F(struct draft_page, necessity, VIEW_TEXT),
	VIEW_AS(struct draft_page, categories, "categories", VIEW_CODES,
	        .codes = REQUEST_CATEGORIES),
	VIEW_AS(struct draft_page, kind, "kind", VIEW_CODE, .codes = REQUEST_KINDS),
	VIEW_F(struct draft_page, urgent, VIEW_BOOL),
	VIEW_AS(struct draft_page, organs, "organs", VIEW_LIST, .view = &CHOICE_VIEW),
	VIEW_AS(struct draft_page, subjects, "subjects", VIEW_LIST, .view = &ROW_VIEW),
	VIEW_AS(struct draft_page, templates, "templates", VIEW_LIST, .view = &CHOICE_VIEW),
	VIEW_AS(struct draft_page, has_subjects, "hasSubjects", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct draft_page, has_organs, "hasOrgans", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct draft_page, subjects_problem, "subjectsProblem", VIEW_TEXT,
	        .page_only = true),
};
static const struct view PAGE_VIEW = VIEW_OF(struct draft_page, PAGE_FIELDS);

static struct choice numbered(struct arena *a, int64_t value, const char *label, const char *typed)
{
	struct choice c = { arena_printf(a, "%lld", (long long)value), label, false };

	c.selected = typed != NULL && strcmp(typed, c.value) == 0;
	return c;
}

static enum status fill_organs(struct request *rq, const struct casefile *c, const char *typed,
                               struct draft_page *ret, struct error *reterr)
{
	struct array found = { 0 };
	enum status st = casefile_organs(rq->db, c->id, rq->arena, &found, reterr);
	const struct casefile_organ *from = found.items;
	struct choice *to = ARENA_ARRAY(rq->arena, struct choice, found.count + 1);

	for (size_t i = 0; st == OK && i < found.count; i++)
		to[i] = numbered(rq->arena, from[i].organ_id, from[i].on_behalf, typed);
	ret->organs = (struct array){ to, found.count };
	ret->has_organs = found.count > 0;
	return st;
}

static bool ticked(const struct request *rq, size_t index)
{
	return input_at(rq->body, arena_printf(rq->arena, "subjects[%zu].number", index)) != NULL;
}

static enum status fill_subjects(struct request *rq, const struct casefile *c,
                                 struct draft_page *ret, struct error *reterr)
{
	struct array found = { 0 };
	enum status st =
	    asked_subjects(rq->db, plein_of(rq)->keyring, c->id, rq->arena, &found, reterr);
	const struct asked_subject *from = found.items;
	struct asked_row *to = ARENA_ARRAY(rq->arena, struct asked_row, found.count + 1);

	for (size_t i = 0; i < found.count; i++)
		to[i] = (struct asked_row){ (int64_t)i,       from[i].number, from[i].name,
			                    from[i].identity, from[i].opened, ticked(rq, i) };
	ret->subjects = (struct array){ to, found.count };
	ret->has_subjects = found.count > 0;
	return st;
}

static struct array template_choices(struct arena *a, int theme, const char *typed)
{
	enum { MAX = 40 };
	const struct request_template *found[MAX];
	const size_t count = request_templates_for(theme, found, MAX);
	struct choice *to = ARENA_ARRAY(a, struct choice, count + 1);

	for (size_t i = 0; i < count; i++)
		to[i] = numbered(a, found[i]->code, found[i]->label, typed);
	return (struct array){ to, count };
}

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
		.casefile = c.reference,
		.question = t != NULL ? t->question : "",
		.necessity = "",
		.categories = t != NULL ? t->categories : 0,
		.kind = REQUEST_CONTENT,
		.templates = template_choices(rq->arena, c.theme, chosen),
	};
	const struct problem *p = problems_at(rq->problems, "subjects");
	record.subjects_problem = p != NULL ? p->message : NULL;
	rq->touched = (struct touched){
		.kind = OBJECT_CASEFILE, .id = c.id, .owner_id = c.id, .owner_kind = OBJECT_CASEFILE
	};
	st = fill_organs(rq, &c, input_text(rq->body, "organ"), &record, reterr);
	if (st == OK)
		st = fill_subjects(rq, &c, &record, reterr);
	if (st != OK)
		return st;
	const struct page page = { .title = "Bevraging schrijven",
		                   .place = "/requests",
		                   .confidential = true,
		                   .template_name = "requests/new",
		                   .form = &DRAFT_FORM };
	return page_respond(rq, rs, &page, &PAGE_VIEW, &record, reterr);
}

/* ---- writing it ------------------------------------------------------------------------------- */

struct draft_change {
	struct draft_input in;
	struct request_new made;
};

static const struct asked_subject *named(struct array subjects, int64_t number)
{
	const struct asked_subject *s = subjects.items;

	for (size_t i = 0; i < subjects.count; i++)
		if (s[i].number == number)
			return &s[i];
	return NULL;
}

/* Whom he asks, if that participant is involved; NULL with a problem at its field else. */
static enum status find_addressee(struct request *rq, int64_t casefile_id, int64_t organ_id,
                                  const struct casefile_organ **ret, struct error *reterr)
{
	struct array found = { 0 };
	enum status st = casefile_organs(rq->db, casefile_id, rq->arena, &found, reterr);
	const struct casefile_organ *o = found.items;

	*ret = NULL;
	for (size_t i = 0; st == OK && i < found.count; i++)
		if (o[i].organ_id == organ_id)
			*ret = &o[i];
	if (st == OK && *ret == NULL && organ_id != 0)
		problems_add_verdict(rq->problems, "organ", law_x9_addressee(0, LETTER_NONE));
	return st;
}

/* Every subject in every category; each no of the law once, at the categories. */
static void make_parts(struct request *rq, const struct casefile *c,
                       const struct casefile_organ *to, struct array subjects,
                       struct draft_change *d)
{
	const struct named_input *in = d->in.subjects.items;
	struct request_part *parts = ARENA_ARRAY(rq->arena, struct request_part, REQUEST_PARTS_MAX);
	size_t count = 0;

	for (size_t i = 0; i < d->in.subjects.count; i++) {
		const struct asked_subject *s = named(subjects, in[i].number);
		if (s == NULL)
			continue;
		if (d->in.kind == REQUEST_HIT_NO_HIT && count < REQUEST_PARTS_MAX)
			parts[count++] = (struct request_part){ .presence_id = s->presence_id };
		for (const struct code *k = REQUEST_CATEGORIES; k->name != NULL; k++) {
			if (d->in.kind != REQUEST_CONTENT ||
			    (d->in.categories >> k->value & 1) == 0)
				continue;
			const struct part_asking asking = {
				.category = (enum law_category)k->value,
				.addressee = (enum law_letter)to->letter,
				.opened_phase = s->opened,
				.activity = (enum law_activity)c->activity,
				.crime_form = (enum law_crime_form)c->crime_form,
				.on_day = local_day(rq->now_ms),
			};
			const struct verdict v = request_part_may(&asking);
			if (!verdict_allows(v) && problems_at(rq->problems, "categories") == NULL)
				problems_add_verdict(rq->problems, "categories", v);
			if (count == REQUEST_PARTS_MAX) {
				problems_add(rq->problems, PROBLEM_ERROR, "subjects",
				             "Dit zijn te veel onderdelen. Maak er twee vragen "
				             "van.");
				return;
			}
			parts[count++] =
			    (struct request_part){ s->presence_id, (enum law_category)k->value,
				                   ANSWER_OPEN };
		}
	}
	d->made.parts = parts;
	d->made.part_count = count;
	if (count == 0)
		problems_add(rq->problems, PROBLEM_ERROR,
		             d->in.subjects.count == 0 ? "subjects" : "categories",
		             d->in.subjects.count == 0 ? "Kies over wie of wat het gaat."
		                                       : "Kies welke gegevens u vraagt.");
}

static void check_words(struct request *rq, const struct draft_input *in)
{
	if (in->kind == REQUEST_CONTENT && in->question[0] == '\0')
		problems_add(rq->problems, PROBLEM_ERROR, "question", "Schrijf de vraag op.");
	if (in->necessity[0] != '\0' && strlen(in->necessity) < REQUEST_NECESSITY_CHARS_MIN)
		problems_add(rq->problems, PROBLEM_ERROR, "necessity",
		             "Leg uit waarom de gegevens nodig zijn: minstens één zin.");
	const int32_t today = local_day(rq->now_ms);
	answer_words_check(in->question, today, "question", rq->arena, rq->problems);
	answer_words_check(in->necessity, today, "necessity", rq->arena, rq->problems);
}

static void seal_draft(struct request *rq, const struct casefile *c,
                       const struct casefile_organ *to, struct draft_change *d)
{
	const struct request_texts texts = { d->in.question, d->in.necessity };
	struct request_new *n = &d->made;

	n->uuid = uuid_at(rq->now_ms);
	n->reference_key = plein_of(rq)->reference_key;
	n->casefile_id = c->id;
	n->participant_id = to->participant_id;
	n->organ_id = to->organ_id;
	n->appointment_id = rq->viewer->appointment_id;
	n->now_ms = rq->now_ms;
	n->kind = d->in.kind;
	n->urgent = d->in.urgent;
	n->template_code = d->in.template_code > 0 && d->in.template_code <= UINT16_MAX
	                       ? (uint16_t)d->in.template_code
	                       : 0;
	request_seal_texts(plein_of(rq)->keyring, &n->uuid, &texts, rq->arena, &n->texts);
}

static enum status prepare_new(struct request *rq, void **ret_input, struct error *reterr)
{
	struct draft_change *d = ARENA_NEW(rq->arena, struct draft_change);
	const struct casefile_organ *to = NULL;
	struct array subjects = { 0 };
	struct casefile c = { 0 };

	*ret_input = d;
	input_read(rq->body, &DRAFT_FORM, rq->wants_json, rq->arena, &d->in, rq->problems);
	enum status st = casefile_load(rq->db, rq->viewer, d->in.casefile, rq->arena, &c, reterr);
	if (st == OK)
		st = find_addressee(rq, c.id, d->in.organ, &to, reterr);
	if (st == OK)
		st = asked_subjects(rq->db, plein_of(rq)->keyring, c.id, rq->arena, &subjects,
		                    reterr);
	if (st != OK)
		return st;
	if (!casefile_is_live(c.state))
		return FAIL(reterr, ERR_CONFLICT,
		            "De casus is niet meer open. Er kunnen geen gegevens meer bij.");
	check_words(rq, &d->in);
	if (to != NULL)
		make_parts(rq, &c, to, subjects, d);
	if (rq->problems->error_count == 0 && to != NULL)
		seal_draft(rq, &c, to, d);
	return OK;
}

static enum status apply_new(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct draft_change *d = change->input;
	const char *reference = NULL;
	int64_t id = 0;

	enum status st = request_insert(tx, &d->made, &id, &reference, reterr);
	if (st != OK)
		return st;
	change->touched = (struct touched){ .kind = OBJECT_REQUEST,
		                            .id = id,
		                            .owner_id = d->made.casefile_id,
		                            .owner_kind = OBJECT_CASEFILE };
	change->location = arena_printf(db_tx_arena(tx), "/requests/%s", reference);
	change->json = arena_printf(db_tx_arena(tx), "{\"reference\":\"%s\"}", reference);
	change->note = "Het concept is bewaard. De informatiecoördinator zet het uit.";
	change->created = true;
	return OK;
}

const struct route request_draft_routes[] = {
	{ .method = "GET",
	  .path = "/requests/new",
	  .permission = PERM_REQUEST_WRITE,
	  .action = AUDIT_REQUEST_VIEW,
	  .read = show_new,
	  .view = &PAGE_VIEW,
	  .summary = "Wat u bij een casus kunt vragen, aan wie en over wie" },
	{ .method = "POST",
	  .path = "/requests",
	  .permission = PERM_REQUEST_WRITE,
	  .action = AUDIT_REQUEST_WRITE,
	  .prepare = prepare_new,
	  .apply = apply_new,
	  .redraw = show_new,
	  .form = &DRAFT_FORM,
	  .summary = "Een bevraging schrijven" },
	{ 0 },
};

const struct page_template request_draft_templates[] = {
	{ .name = "requests/new", .view = &PAGE_VIEW, .form = &DRAFT_FORM, .whole = true },
	{ 0 },
};
