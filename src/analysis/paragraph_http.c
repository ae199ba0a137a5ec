/* Writing paragraphs: a new one, other words, another place, away and back, looked at again. */
#include <stdlib.h>
#include <string.h>

#include "access/access.h"
#include "analysis/analysis_http.h"
#include "analysis/analysis_page.h"
#include "analysis/paragraph_change.h"
#include "audit/action.h"
#include "platform/view/difference.h"
#include "plein/plein.h"

/* ---- forms ------------------------------------------------------------------------------------- */

struct new_input {
	const char *section, *after;
	struct words_input words;
};
struct edit_input {
	int64_t version;
	struct words_input words;
};
#define WORDS(type)                                                                                \
	{ .path = "text",                                                                          \
	  .kind = FIELD_PROSE,                                                                     \
	  .offset = offsetof(type, words.text),                                                    \
	  .label = "Tekst",                                                                        \
	  .required = true,                                                                        \
	  .missing = "Schrijf de tekst van deze alinea.",                                          \
	  .max_chars = ANALYSIS_TEXT_CHARS },                                                      \
	    { .path = "facts",                                                                     \
	      .kind = FIELD_LIST,                                                                  \
	      .offset = offsetof(type, words.facts),                                               \
	      .label = "Waarop rust dit?",                                                         \
	      .max_chars = CASEFILE_FACTS_MAX,                                                     \
	      .element = &CITED_FORM },                                                            \
	{                                                                                          \
		.path = "otherName", .kind = FIELD_BOOL,                                           \
		.offset = offsetof(type, words.other_name),                                        \
		.label = "De naam in de tekst is van niemand uit de casus"                         \
	}
static const struct field NEW_FIELDS[] = {
	{ .path = "section",
	  .kind = FIELD_TEXT,
	  .offset = offsetof(struct new_input, section),
	  .label = "Onderdeel",
	  .required = true,
	  .missing = "Kies in welk onderdeel dit hoort.",
	  .max_chars = 40 },
	{ .path = "after",
	  .kind = FIELD_TEXT,
	  .offset = offsetof(struct new_input, after),
	  .label = "Na welke alinea",
	  .max_chars = 40 },
	WORDS(struct new_input),
};
static const struct form NEW_FORM = { NEW_FIELDS, 5, sizeof(struct new_input) };
static const struct field EDIT_FIELDS[] = {
	FIELD_VERSION(struct edit_input),
	WORDS(struct edit_input),
};
static const struct form EDIT_FORM = { EDIT_FIELDS, 4, sizeof(struct edit_input) };

/* ---- the page ------------------------------------------------------------------------------------ */

struct fact_row {
	int64_t index, id, phase;
	const char *what, *value, *source;
	bool chosen, judgement, corrected;
};
static const struct view_field FACT_FIELDS[] = {
	VIEW_AS(struct fact_row, index, "index", VIEW_INT, .page_only = true),
	VIEW_AS(struct fact_row, id, "fact", VIEW_INT),
	VIEW_F(struct fact_row, phase, VIEW_INT),
	VIEW_F(struct fact_row, what, VIEW_TEXT),
	VIEW_F(struct fact_row, value, VIEW_TEXT),
	VIEW_F(struct fact_row, source, VIEW_TEXT),
	VIEW_F(struct fact_row, chosen, VIEW_BOOL),
	VIEW_F(struct fact_row, judgement, VIEW_BOOL),
	VIEW_F(struct fact_row, corrected, VIEW_BOOL),
};
static const struct view FACT_VIEW = VIEW_OF(struct fact_row, FACT_FIELDS);

struct subject_row {
	int64_t number;
	const char *name;
	struct array facts;
	bool has_facts, open;
	int64_t chosen;
};
static const struct view_field SUBJECT_FIELDS[] = {
	VIEW_F(struct subject_row, number, VIEW_INT),
	VIEW_F(struct subject_row, name, VIEW_TEXT),
	VIEW_AS(struct subject_row, facts, "facts", VIEW_LIST, .view = &FACT_VIEW),
	VIEW_AS(struct subject_row, has_facts, "hasFacts", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct subject_row, open, "open", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct subject_row, chosen, "chosenCount", VIEW_INT, .page_only = true),
};
static const struct view SUBJECT_VIEW = VIEW_OF(struct subject_row, SUBJECT_FIELDS);

struct words_record {
	const char *reference, *id, *text, *after, *author, *section;
	const char *action_path, *back_href, *facts_problem, *topics, *href;
	int64_t version, written_at, live;
	struct array sections, subjects;
	bool has_subjects, asks_other_name;
};
static const struct view_field RECORD_FIELDS[] = {
	VIEW_F(struct words_record, reference, VIEW_REF),
	VIEW_F(struct words_record, id, VIEW_TEXT),
	VIEW_F(struct words_record, version, VIEW_INT),
	VIEW_F(struct words_record, section, VIEW_TEXT),
	VIEW_F(struct words_record, text, VIEW_TEXT),
	VIEW_F(struct words_record, author, VIEW_TEXT),
	VIEW_AS(struct words_record, written_at, "writtenAt", VIEW_MOMENT),
	VIEW_AS(struct words_record, subjects, "subjects", VIEW_LIST, .view = &SUBJECT_VIEW),
	VIEW_AS(struct words_record, sections, "sections", VIEW_LIST, .view = &CHOICE_VIEW,
	        .page_only = true),
	VIEW_AS(struct words_record, after, "after", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct words_record, has_subjects, "hasSubjects", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct words_record, asks_other_name, "asksOtherName", VIEW_BOOL,
	        .page_only = true),
	VIEW_AS(struct words_record, facts_problem, "factsProblem", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct words_record, action_path, "actionPath", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct words_record, back_href, "backHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct words_record, href, "href", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct words_record, topics, "topics", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct words_record, live, "live", VIEW_INT, .page_only = true),
};
static const struct view WORDS_VIEW = VIEW_OF(struct words_record, RECORD_FIELDS);

static bool cited(struct array citations, int64_t fact)
{
	const struct citation *c = citations.items;

	for (size_t i = 0; i < citations.count; i++)
		if (c[i].now_id == fact)
			return true;
	return false;
}

/* What was ticked in a form that comes back, by the number of the fact. */
static bool ticked(const struct request *rq, size_t count, int64_t fact)
{
	for (size_t i = 0; i < count; i++) {
		const char *id = input_text(rq->body, arena_printf(rq->arena, "facts[%zu].id", i));
		if (id != NULL && strtoll(id, NULL, 10) == fact)
			return true;
	}
	return false;
}

static void fill_facts(const struct request *rq, const struct casefile_subject *s,
                       struct array citations, size_t *index, struct subject_row *ret)
{
	const size_t typed = input_list_count(rq->body, "facts");
	const struct known_fact *f = s->facts.items;
	struct fact_row *to = ARENA_ARRAY(rq->arena, struct fact_row, s->facts.count + 1);

	for (size_t i = 0; i < s->facts.count; i++) {
		to[i] = (struct fact_row){
			.index = (int64_t)(*index)++,
			.id = f[i].id,
			.phase = f[i].phase,
			.what = f[i].label,
			.value = f[i].value,
			.source = f[i].source,
			.judgement = f[i].is_judgement,
			.corrected = f[i].correction != 0,
			.chosen = cited(citations, f[i].id) || ticked(rq, typed, f[i].id),
		};
		ret->chosen += to[i].chosen;
	}
	ret->facts = (struct array){ to, s->facts.count };
	ret->has_facts = s->facts.count > 0;
	ret->open = ret->chosen > 0;
}

static enum status fill_subjects(struct request *rq, const struct known_world *world,
                                 struct array citations, struct words_record *ret)
{
	const struct casefile_subject *s = world->subjects.items;
	struct subject_row *to =
	    ARENA_ARRAY(rq->arena, struct subject_row, world->subjects.count + 1);
	const struct problem *p = problems_at(rq->problems, "facts");
	size_t index = 0;

	for (size_t i = 0; i < world->subjects.count; i++) {
		to[i] = (struct subject_row){ .number = s[i].number, .name = s[i].name };
		fill_facts(rq, &s[i], citations, &index, &to[i]);
	}
	ret->subjects = (struct array){ to, world->subjects.count };
	ret->has_subjects = world->subjects.count > 0;
	ret->facts_problem = p != NULL ? p->message : NULL;
	/* where the law says no, another name is no way out */
	const struct problem *text = problems_at(rq->problems, "text");
	ret->asks_other_name =
	    (text != NULL && text->rule == NULL) || input_text(rq->body, "otherName") != NULL;
	return OK;
}

static struct array section_choices(struct arena *a, const struct casefile *c, const char *chosen)
{
	struct analysis_heading headings[ANALYSIS_SECTIONS_MAX];
	const size_t count = analysis_template(c->theme, headings);
	struct array to = choices_for(a, count + 1);

	choices_add(&to, "", "Kies", chosen);
	for (size_t i = 0; i < count; i++)
		choices_add(&to, headings[i].name, headings[i].label, chosen);
	return to;
}

static const char *typed_or_asked(const struct request *rq, const char *name)
{
	const char *text = input_text(rq->body, name);

	if (text == NULL)
		text = input_text(rq->query, name);
	return text != NULL ? text : "";
}

static enum status draw_new(struct request *rq, struct response *rs, const struct on_analysis *on,
                            struct error *reterr)
{
	const struct casefile *c = &on->casefile;
	struct words_record record = { .reference = c->reference, .text = "" };
	struct known_world world;

	record.back_href = analysis_path(rq->arena, c, "");
	record.action_path = analysis_path(rq->arena, c, "/paragraphs");
	record.after = typed_or_asked(rq, "after");
	record.sections = section_choices(rq->arena, c, typed_or_asked(rq, "section"));
	enum status st = known_world_load(rq->db, plein_of(rq)->keyring, c->id, on->level,
	                                  rq->arena, &world, reterr);
	if (st == OK)
		st = fill_subjects(rq, &world, (struct array){ 0 }, &record);
	if (st != OK)
		return st;
	const struct page page = { .title = "Alinea schrijven",
		                   .place = "/casefiles",
		                   .crumbs = analysis_crumbs(rq->arena, c),
		                   .confidential = true,
		                   .template_name = "analysis/new",
		                   .form = &NEW_FORM };
	return page_respond(rq, rs, &page, &WORDS_VIEW, &record, reterr);
}

static enum status show_new(struct request *rq, struct response *rs, struct error *reterr)
{
	struct on_analysis on;
	enum status st = on_analysis_to_write(rq, &on, reterr);

	return st == OK ? draw_new(rq, rs, &on, reterr) : st;
}

enum status paragraph_of_path(struct request *rq, const struct on_analysis *on,
                              struct paragraph *ret, struct error *reterr)
{
	return paragraph_load(rq->db, plein_of(rq)->keyring, on->casefile.id, on->level,
	                      rq->params[1], rq->arena, ret, reterr);
}

static enum status draw_edit(struct request *rq, struct response *rs, const struct on_analysis *on,
                             const struct paragraph *p, struct error *reterr)
{
	const struct casefile *c = &on->casefile;
	struct analysis_heading headings[ANALYSIS_SECTIONS_MAX];
	const size_t count = analysis_template(c->theme, headings);
	const struct analysis_heading *heading = analysis_heading_of(headings, count, p->section);
	struct array citations = { 0 };
	struct analysis analysis;
	struct known_world world;

	enum status st = known_world_load(rq->db, plein_of(rq)->keyring, c->id, on->level,
	                                  rq->arena, &world, reterr);
	if (st == OK)
		st = citations_of_version(rq->db, p->version_id, on->level, rq->arena, &citations,
		                          reterr);
	if (st == OK)
		st = analysis_find(rq->db, c->id, on->level, &analysis, reterr);
	if (st != OK)
		return st;
	char *id = arena_alloc(rq->arena, UUID_TEXT_BYTES);
	uuid_text(&p->uuid, id);
	struct words_record record = {
		.reference = c->reference,
		.id = id,
		.version = p->version,
		.author = p->author,
		.written_at = p->written_at,
		.section = heading != NULL ? heading->label : NULL,
		.text = mention_typed(rq->arena, p->stored, world.known, world.count),
		.back_href = analysis_path(rq->arena, c, ""),
		.action_path =
		    analysis_path(rq->arena, c, arena_printf(rq->arena, "/paragraphs/%s", id)),
		.topics = analysis_topics(rq->arena, c, p->phase),
		.live = analysis.live,
	};
	record.href = record.action_path;
	rq->touched.phase = (uint8_t)p->phase;
	st = fill_subjects(rq, &world, citations, &record);
	struct page page = { .title = "Alinea wijzigen",
		             .place = "/casefiles",
		             .crumbs = analysis_crumbs(rq->arena, c),
		             .confidential = true,
		             .template_name = "analysis/edit",
		             .form = &EDIT_FORM };
	if (rq->stale) {
		struct stale *stale =
		    stale_of(rq->arena, &EDIT_FORM, &WORDS_VIEW, &record, rq->body);
		stale->saved_by = p->author;
		stale->saved_at = p->written_at;
		page.stale = stale;
	}
	return st == OK ? page_respond(rq, rs, &page, &WORDS_VIEW, &record, reterr) : st;
}

/* Words for a paragraph that went meanwhile aren't lost: they can become a new one. */
static enum status show_edit(struct request *rq, struct response *rs, struct error *reterr)
{
	struct paragraph p = { 0 };
	struct on_analysis on;

	enum status st = on_analysis_to_write(rq, &on, reterr);
	if (st != OK)
		return st;
	st = paragraph_of_path(rq, &on, &p, reterr);
	if (st == OK && p.state != PARAGRAPH_STANDS)
		st = FAIL_NOT_FOUND(reterr);
	if (st == ERR_NOT_FOUND && input_text(rq->body, "text") != NULL)
		return draw_new(rq, rs, &on, reterr);
	return st == OK ? draw_edit(rq, rs, &on, &p, reterr) : st;
}

/* ---- changes ---------------------------------------------------------------------------------------- */

struct analysis_writer paragraph_writer(const struct request *rq, const struct on_analysis *on)
{
	return (struct analysis_writer){ .casefile_id = on->casefile.id,
		                         .appointment_id = rq->viewer->appointment_id,
		                         .person_id = rq->viewer->person_id,
		                         .now_ms = rq->now_ms,
		                         .level = on->level };
}

void paragraph_finish(struct db_tx *tx, struct change *change, const struct paragraph_change *c,
                      int phase, const char *note)
{
	struct arena *a = db_tx_arena(tx);

	change->location = analysis_path(a, &c->on.casefile, "");
	change->note = note;
	change->touched.phase = (uint8_t)phase;
	analysis_stirs(change, a, &c->on.casefile, phase);
}

/* The section by its name, and the paragraph that the new one follows: none is at the end. */
enum status paragraph_spot_named(struct request *rq, const struct on_analysis *on,
                                 const char *section, const char *after, struct paragraph_spot *ret,
                                 struct error *reterr)
{
	struct analysis_heading headings[ANALYSIS_SECTIONS_MAX];
	const size_t count = analysis_template(on->casefile.theme, headings);
	const struct analysis_heading *h = analysis_heading_named(headings, count, section);
	struct paragraph before = { 0 };

	*ret = (struct paragraph_spot){ .after = -1 };
	if (h == NULL && section[0] != '\0')
		problems_add(rq->problems, PROBLEM_ERROR, "section",
		             "Dit onderdeel heeft de analyse niet. Kies er een uit de lijst.");
	ret->section = h != NULL ? h->section : 0;
	if (after[0] == '\0')
		return OK;
	enum status st = paragraph_load(rq->db, plein_of(rq)->keyring, on->casefile.id, on->level,
	                                after, rq->arena, &before, reterr);
	if (st == OK && before.section == ret->section)
		ret->after = before.id;
	return st == ERR_NOT_FOUND ? OK : st; /* it went: then at the end */
}

static enum status prepare_new(struct request *rq, void **ret_input, struct error *reterr)
{
	struct paragraph_change *c = ARENA_NEW(rq->arena, struct paragraph_change);
	struct paragraph_words words;
	struct new_input in;

	*ret_input = c;
	enum status st = on_analysis_to_write(rq, &c->on, reterr);
	if (st != OK)
		return st;
	input_read(rq->body, &NEW_FORM, rq->wants_json, rq->arena, &in, rq->problems);
	st = paragraph_spot_named(rq, &c->on, in.section, in.after, &c->spot, reterr);
	if (st == OK)
		st = words_read(rq, &c->on, &in.words, &words, reterr);
	if (st != OK || rq->problems->error_count > 0)
		return st;
	c->analysis_uuid = uuid_at(rq->now_ms);
	c->fresh = uuid_at(rq->now_ms);
	paragraph_seal(plein_of(rq)->keyring, &words, rq->now_ms, rq->arena, &c->words);
	return OK;
}

static enum status apply_new(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct paragraph_change *c = change->input;
	const struct analysis_writer w = paragraph_writer(change->rq, &c->on);
	char *id = arena_alloc(db_tx_arena(tx), UUID_TEXT_BYTES);
	int64_t analysis_id = 0;

	enum status st = analysis_still_live(tx, w.casefile_id, reterr);
	if (st == OK)
		st = analysis_begin(tx, &w, &c->analysis_uuid, &analysis_id, reterr);
	if (st == OK)
		st = paragraph_insert(tx, &w, analysis_id, &c->spot, &c->fresh, &c->words, reterr);
	paragraph_finish(tx, change, c, c->words.words.phase, "De alinea staat erin.");
	uuid_text(&c->fresh, id);
	change->json = arena_printf(db_tx_arena(tx), "{\"id\":\"%s\"}", id);
	change->created = true;
	return st;
}

static enum status prepare_edit(struct request *rq, void **ret_input, struct error *reterr)
{
	struct paragraph_change *c = ARENA_NEW(rq->arena, struct paragraph_change);
	struct paragraph_words words;
	struct edit_input in;

	*ret_input = c;
	enum status st = on_analysis_to_write(rq, &c->on, reterr);
	if (st != OK)
		return st;
	st = paragraph_of_path(rq, &c->on, &c->paragraph, reterr);
	if (st == ERR_NOT_FOUND || (st == OK && c->paragraph.state != PARAGRAPH_STANDS))
		return FAIL(reterr, ERR_CONFLICT,
		            "Deze alinea is er niet meer. Uw tekst staat hieronder. Bewaar die als "
		            "nieuwe alinea.");
	if (st != OK)
		return st;
	input_read(rq->body, &EDIT_FORM, rq->wants_json, rq->arena, &in, rq->problems);
	st = words_read(rq, &c->on, &in.words, &words, reterr);
	if (st != OK || rq->problems->error_count > 0)
		return st;
	c->version = in.version;
	c->fresh = uuid_at(rq->now_ms);
	paragraph_seal(plein_of(rq)->keyring, &words, rq->now_ms, rq->arena, &c->words);
	return OK;
}

enum status paragraph_apply_words(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct paragraph_change *c = change->input;
	const struct analysis_writer w = paragraph_writer(change->rq, &c->on);
	const int phase = c->words.words.phase, before = c->paragraph.phase;

	enum status st = db_claim(tx, &PARAGRAPH_ROOT, c->paragraph.id, c->version, reterr);
	if (st == OK)
		st = analysis_still_live(tx, w.casefile_id, reterr);
	if (st == OK)
		st = paragraph_save(tx, &w, &c->paragraph, &c->fresh, &c->words, reterr);
	paragraph_finish(tx, change, c, phase < before ? phase : before, "Bewaard.");
	return st;
}

#define PARAGRAPH "/casefiles/{ref}/analysis/paragraphs/{id}"
const struct route paragraph_routes[] = {
	{ .method = "GET",
	  .path = "/casefiles/{ref}/analysis/new",
	  .permission = PERM_ANALYSIS_WRITE,
	  .action = AUDIT_ANALYSIS_VIEW,
	  .read = show_new,
	  .view = &WORDS_VIEW,
	  .summary = "Wie u kunt noemen en wat u kunt aanhalen in een nieuwe alinea" },
	{ .method = "POST",
	  .path = "/casefiles/{ref}/analysis/paragraphs",
	  .permission = PERM_ANALYSIS_WRITE,
	  .action = AUDIT_ANALYSIS_WRITE,
	  .prepare = prepare_new,
	  .apply = apply_new,
	  .redraw = show_new,
	  .form = &NEW_FORM,
	  .summary = "Een alinea toevoegen aan de analyse" },
	{ .method = "GET",
	  .path = PARAGRAPH,
	  .permission = PERM_ANALYSIS_WRITE,
	  .action = AUDIT_ANALYSIS_VIEW,
	  .read = show_edit,
	  .view = &WORDS_VIEW,
	  .summary = "Eén alinea, zoals u die wijzigt" },
	{ .method = "POST",
	  .path = PARAGRAPH,
	  .permission = PERM_ANALYSIS_WRITE,
	  .action = AUDIT_ANALYSIS_WRITE,
	  .prepare = prepare_edit,
	  .apply = paragraph_apply_words,
	  .redraw = show_edit,
	  .form = &EDIT_FORM,
	  .summary = "Een alinea wijzigen" },
	{ 0 },
};

const struct page_template paragraph_templates[] = {
	{ .name = "analysis/new", .view = &WORDS_VIEW, .form = &NEW_FORM, .whole = true },
	{ .name = "analysis/edit", .view = &WORDS_VIEW, .form = &EDIT_FORM, .whole = true },
	{ 0 },
};
