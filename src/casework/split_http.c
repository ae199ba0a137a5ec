/* Some of whom a casefile is about go into a casefile of their own. */
#include <string.h>

#include "access/access.h"
#include "audit/action.h"
#include "casework/casefile_http.h"
#include "casework/casefile_page.h"
#include "casework/note_carry.h"
#include "casework/split.h"
#include "casework/subject_page.h"
#include "plein/plein.h"

struct split_subject {
	int64_t number;
};
static const struct field NUMBER_FIELDS[] = {
	{ .path = "number",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct split_subject, number),
	  .label = "Nummer" },
};
static const struct form NUMBER_FORM = { NUMBER_FIELDS, 1, sizeof(struct split_subject) };

struct split_input {
	int64_t version;
	struct array subjects; /* of struct split_subject */
	const char *title, *purpose, *why;
};
#define I struct split_input
static const struct field FIELDS[] = {
	{ .path = "_version",
	  .kind = FIELD_INT,
	  .offset = offsetof(I, version),
	  .label = "Versie",
	  .required = true },
	{ .path = "subjects",
	  .kind = FIELD_LIST,
	  .offset = offsetof(I, subjects),
	  .label = "Wie en wat gaan naar de nieuwe casus?",
	  .required = true,
	  .missing = "Kies wie en wat er gaan.",
	  .max_chars = CASEFILE_SUBJECTS_MAX,
	  .element = &NUMBER_FORM },
	{ .path = "title",
	  .kind = FIELD_TEXT,
	  .offset = offsetof(I, title),
	  .label = "Hoe heet de nieuwe casus?",
	  .required = true,
	  .missing = "Geef de nieuwe casus een naam.",
	  .max_chars = 120 },
	{ .path = "purpose",
	  .kind = FIELD_PROSE,
	  .offset = offsetof(I, purpose),
	  .label = "Waarvoor is de nieuwe casus?",
	  .required = true,
	  .missing = "Schrijf op waarvoor de nieuwe casus is.",
	  .max_chars = 1000 },
	{ .path = "why",
	  .kind = FIELD_PROSE,
	  .offset = offsetof(I, why),
	  .label = "Waarom splitst u?",
	  .required = true,
	  .missing = "Schrijf op waarom u splitst.",
	  .max_chars = SPLIT_WHY_CHARS },
};
#undef I
static const struct form SPLIT_FORM = { FIELDS, sizeof FIELDS / sizeof FIELDS[0],
	                                sizeof(struct split_input) };

/* ---- the page ---------------------------------------------------------------------------------- */

struct subject_row {
	int64_t index, number;
	const char *name, *kind;
	bool chosen;
};
static const struct view_field ROW_FIELDS[] = {
	VIEW_F(struct subject_row, index, VIEW_INT),   VIEW_F(struct subject_row, number, VIEW_INT),
	VIEW_F(struct subject_row, name, VIEW_TEXT),   VIEW_F(struct subject_row, kind, VIEW_TEXT),
	VIEW_F(struct subject_row, chosen, VIEW_BOOL),
};
static const struct view ROW_VIEW = VIEW_OF(struct subject_row, ROW_FIELDS);

struct split_page {
	const char *reference, *action_path, *back_href, *title, *purpose, *why;
	int64_t version;
	uint8_t state;
	struct array subjects;
};
static const struct view_field PAGE_FIELDS[] = {
	VIEW_F(struct split_page, reference, VIEW_REF),
	VIEW_F(struct split_page, version, VIEW_INT),
	VIEW_AS(struct split_page, state, "state", VIEW_STATE, .machine = &CASEFILE_MACHINE),
	VIEW_AS(struct split_page, action_path, "actionPath", VIEW_TEXT),
	VIEW_AS(struct split_page, back_href, "backHref", VIEW_TEXT),
	VIEW_F(struct split_page, title, VIEW_TEXT),
	VIEW_F(struct split_page, purpose, VIEW_TEXT),
	VIEW_F(struct split_page, why, VIEW_TEXT),
	VIEW_AS(struct split_page, subjects, "subjects", VIEW_LIST, .view = &ROW_VIEW),
};
static const struct view SPLIT_VIEW = VIEW_OF(struct split_page, PAGE_FIELDS);

static void fill_subjects(struct request *rq, struct array subjects, struct split_page *ret)
{
	const struct casefile_subject *s = subjects.items;
	struct subject_row *to = ARENA_ARRAY(rq->arena, struct subject_row, subjects.count + 1);

	for (size_t i = 0; i < subjects.count; i++)
		to[i] = (struct subject_row){
			.index = (int64_t)i,
			.number = s[i].number,
			.name = s[i].name,
			.kind = subject_kind_label(s[i].kind),
			.chosen = input_at(rq->body, arena_printf(rq->arena, "subjects[%zu].number",
			                                          i)) != NULL,
		};
	ret->subjects = (struct array){ to, subjects.count };
}

static enum status show_split(struct request *rq, struct response *rs, struct error *reterr)
{
	struct array subjects = { 0 };
	struct casefile c;

	enum status st = casefile_of_path(rq, &c, reterr);
	if (st == OK)
		st = casefile_subjects_named(rq, &c, &subjects, reterr);
	if (st != OK)
		return st;
	struct split_page record = {
		.reference = c.reference,
		.version = c.version,
		.state = c.state,
		.back_href = arena_printf(rq->arena, "/casefiles/%s", c.reference),
		.action_path = arena_printf(rq->arena, "/casefiles/%s/split", c.reference),
	};
	fill_subjects(rq, subjects, &record);
	const struct page page = { .title = "Casus splitsen",
		                   .place = "/casefiles",
		                   .crumbs = casefile_crumbs(rq->arena, &c),
		                   .confidential = true,
		                   .template_name = "casework/split",
		                   .form = &SPLIT_FORM };
	return page_respond(rq, rs, &page, &SPLIT_VIEW, &record, reterr);
}

/* ---- the change -------------------------------------------------------------------------------- */

struct split_change {
	struct split_input in;
	struct casefile casefile;
	struct casefile_split split;
};

/* Each number once; what was left empty isn't a number. */
static void read_numbers(struct arena *a, const struct array *typed, struct casefile_split *ret)
{
	const struct split_subject *from = typed->items;
	int64_t *to = ARENA_ARRAY(a, int64_t, typed->count + 1);
	size_t count = 0;

	for (size_t i = 0; i < typed->count; i++) {
		size_t seen = 0;
		while (seen < count && to[seen] != from[i].number)
			seen++;
		if (seen == count && from[i].number != 0)
			to[count++] = from[i].number;
	}
	ret->numbers = to;
	ret->count = count;
}

static enum status find_notes(struct request *rq, const struct casefile *c,
                              struct casefile_split *ret, struct error *reterr)
{
	struct array notes = { 0 };
	const enum status st = casefile_note_list(rq->db, plein_of(rq)->keyring, c->id, PHASE_3,
	                                          rq->arena, &notes, reterr);
	const struct casefile_note *n = notes.items;
	struct split_note *to = ARENA_ARRAY(rq->arena, struct split_note, notes.count + 1);

	for (size_t i = 0; st == OK && i < notes.count; i++)
		if (note_is_about(n[i].text, ret->numbers, ret->count))
			to[ret->note_count++] = (struct split_note){ n[i].id, n[i].version };
	ret->notes = to;
	return st;
}

/* Names stay out of words that outlive the person. */
static void check_words(struct request *rq, struct array subjects, const struct split_input *in)
{
	const struct {
		const char *path, *text;
	} words[] = { { "title", in->title }, { "purpose", in->purpose }, { "why", in->why } };
	const struct casefile_subject *s = subjects.items;

	for (size_t w = 0; w < sizeof words / sizeof words[0]; w++) {
		if (words[w].text == NULL)
			continue;
		for (size_t i = 0; i < subjects.count; i++)
			if (s[i].kind == SUBJECT_PERSON && strstr(words[w].text, s[i].name) != NULL)
				problems_add(rq->problems, PROBLEM_ERROR, words[w].path,
				             "Laat de naam van een persoon hier weg.");
		casefile_check_words(rq, words[w].path, words[w].text);
	}
}

static enum status fill_new(struct request *rq, const struct casefile *c,
                            const struct split_input *in, struct casefile_new *ret,
                            struct error *reterr)
{
	struct keyring *k = plein_of(rq)->keyring;
	struct array organs = { 0 };

	enum status st = casefile_organs(rq->db, c->id, rq->arena, &organs, reterr);
	const struct casefile_organ *o = organs.items;
	int64_t *ids = ARENA_ARRAY(rq->arena, int64_t, organs.count + 1);
	for (size_t i = 0; i < organs.count; i++)
		ids[i] = o[i].organ_id;
	*ret = (struct casefile_new){ .uuid = uuid_at(rq->now_ms),
		                      .reference_key = plein_of(rq)->reference_key,
		                      .viewer = rq->viewer,
		                      .now_ms = rq->now_ms,
		                      .split_from = c->id,
		                      .activity = c->activity,
		                      .variant = c->variant,
		                      .bottleneck_id = c->bottleneck_id,
		                      .has_purpose = true,
		                      .organs = ids,
		                      .organ_count = organs.count };
	casefile_seal_part(k, ret, CASEFILE_TITLE, in->title, rq->arena);
	casefile_seal_part(k, ret, CASEFILE_PURPOSE, in->purpose, rq->arena);
	casefile_seal_part(k, ret, CASEFILE_WHY_SPLIT, in->why, rq->arena);
	return st;
}

/* Whoever splits sees all: nothing goes along, or stands in the way, unseen by him. */
static enum status must_be_allowed(const struct casefile *c, struct error *reterr)
{
	if (c->state != CASEFILE_OPEN && c->state != CASEFILE_ANALYSIS)
		return FAIL(
		    reterr, ERR_CONFLICT,
		    "Splitsen kan tot het advies begint. Deze casus is verder, of gestopt.");
	return c->named_heavy ? OK
	                      : FAIL(reterr, ERR_CONFLICT,
	                             "Wie een casus splitst, is lid en aangewezen voor fase 3. Zo "
	                             "gaat niets ongezien mee.");
}

static enum status prepare_split(struct request *rq, void **ret_input, struct error *reterr)
{
	struct split_change *c = ARENA_NEW(rq->arena, struct split_change);
	struct array subjects = { 0 };

	*ret_input = c;
	enum status st = casefile_of_path(rq, &c->casefile, reterr);
	if (st == OK)
		st = must_be_allowed(&c->casefile, reterr);
	if (st == OK)
		st = casefile_subjects_named(rq, &c->casefile, &subjects, reterr);
	if (st != OK)
		return st;
	input_read(rq->body, &SPLIT_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	check_words(rq, subjects, &c->in);
	c->split.who = (struct casefile_writer){ c->casefile.id, rq->viewer, rq->now_ms };
	read_numbers(rq->arena, &c->in.subjects, &c->split);
	if (rq->problems->error_count == 0 && c->split.count == 0)
		problems_add(rq->problems, PROBLEM_ERROR, "subjects", "Kies wie en wat er gaan.");
	if (rq->problems->error_count > 0)
		return OK;
	st = find_notes(rq, &c->casefile, &c->split, reterr);
	return st == OK ? fill_new(rq, &c->casefile, &c->in, &c->split.into, reterr) : st;
}

static enum status apply_split(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct split_change *c = change->input;
	struct arena *a = db_tx_arena(tx);
	const char *reference = NULL;

	enum status st = db_claim(tx, &CASEFILE_ROOT, c->casefile.id, c->in.version, reterr);
	if (st == OK)
		st = casefile_split(tx, &c->split, &reference, reterr);
	if (st != OK)
		return st;
	change->location = arena_printf(a, "/casefiles/%s", reference);
	change->json = arena_printf(a, "{\"reference\":\"%s\",\"version\":1}", reference);
	change->note = "Dit is de nieuwe casus. Kijk bij Leden wie hier nog mee moet werken.";
	change->created = true;
	return OK;
}

const struct route casefile_split_routes[] = {
	{ .method = "GET",
	  .path = "/casefiles/{ref}/split",
	  .permission = PERM_CASEFILE_PEOPLE,
	  .action = AUDIT_CASEFILE_VIEW,
	  .flags = ROUTE_PAGE_ONLY,
	  .read = show_split,
	  .summary = "Een deel van een casus een eigen casus geven" },
	{ .method = "POST",
	  .path = "/casefiles/{ref}/split",
	  .permission = PERM_CASEFILE_PEOPLE,
	  .action = AUDIT_CASEFILE_PEOPLE,
	  .prepare = prepare_split,
	  .apply = apply_split,
	  .redraw = show_split,
	  .form = &SPLIT_FORM,
	  .summary = "Een deel van een casus een eigen casus geven, met dezelfde mensen, fasen en "
	             "termijnen" },
	{ 0 },
};

const struct page_template casefile_split_templates[] = {
	{ .name = "casework/split", .view = &SPLIT_VIEW, .form = &SPLIT_FORM, .whole = true },
	{ 0 },
};
