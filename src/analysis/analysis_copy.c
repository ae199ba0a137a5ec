#include "analysis/analysis_copy.h"

#include <stdlib.h>
#include <string.h>

#include "plein/plein.h"
#include "subjects/subject.h"

/* ---- views ------------------------------------------------------------------------------------- */

static const struct view_field PIECE_FIELDS[] = {
	VIEW_F(struct copy_piece, text, VIEW_TEXT),
	VIEW_F(struct copy_piece, name, VIEW_TEXT),
	VIEW_AS(struct copy_piece, href, "href", VIEW_TEXT, .page_only = true),
	VIEW_F(struct copy_piece, mention, VIEW_BOOL),
	VIEW_F(struct copy_piece, blank, VIEW_BOOL),
};
static const struct view PIECE_VIEW = VIEW_OF(struct copy_piece, PIECE_FIELDS);

static const struct view_field CITATION_FIELDS[] = {
	VIEW_F(struct copy_citation, number, VIEW_INT),
	VIEW_F(struct copy_citation, fact, VIEW_INT),
	VIEW_F(struct copy_citation, who, VIEW_TEXT),
	VIEW_F(struct copy_citation, what, VIEW_TEXT),
	VIEW_F(struct copy_citation, value, VIEW_TEXT),
	VIEW_F(struct copy_citation, source, VIEW_TEXT),
	VIEW_AS(struct copy_citation, href, "href", VIEW_TEXT, .page_only = true),
	VIEW_F(struct copy_citation, judgement, VIEW_BOOL),
	VIEW_F(struct copy_citation, changed, VIEW_BOOL),
	VIEW_F(struct copy_citation, gone, VIEW_BOOL),
};
static const struct view CITATION_VIEW = VIEW_OF(struct copy_citation, CITATION_FIELDS);

#define HREF(member, name)                                                                         \
	VIEW_AS(struct copy_paragraph, member, name, VIEW_TEXT, .page_only = true)
static const struct view_field PARAGRAPH_FIELDS[] = {
	VIEW_F(struct copy_paragraph, id, VIEW_TEXT),
	VIEW_F(struct copy_paragraph, version, VIEW_INT),
	VIEW_F(struct copy_paragraph, phase, VIEW_INT),
	VIEW_AS(struct copy_paragraph, written_at, "writtenAt", VIEW_MOMENT),
	VIEW_F(struct copy_paragraph, author, VIEW_TEXT),
	VIEW_F(struct copy_paragraph, participant, VIEW_TEXT),
	VIEW_F(struct copy_paragraph, text, VIEW_TEXT),
	VIEW_F(struct copy_paragraph, typed, VIEW_TEXT),
	VIEW_AS(struct copy_paragraph, pieces, "pieces", VIEW_LIST, .view = &PIECE_VIEW,
	        .page_only = true),
	VIEW_AS(struct copy_paragraph, citations, "citations", VIEW_LIST, .view = &CITATION_VIEW),
	VIEW_AS(struct copy_paragraph, has_citations, "hasCitations", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct copy_paragraph, heavy, "heavy", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct copy_paragraph, to_review, "toReview", VIEW_BOOL),
	VIEW_AS(struct copy_paragraph, review_why, "reviewWhy", VIEW_TEXT),
	VIEW_AS(struct copy_paragraph, review_until, "reviewUntil", VIEW_DAY),
	HREF(edit_href, "editHref"),
	HREF(history_href, "historyHref"),
	HREF(up_href, "upHref"),
	HREF(remove_href, "removeHref"),
	HREF(restore_href, "restoreHref"),
	HREF(looked_href, "lookedHref"),
};
const struct view COPY_PARAGRAPH_VIEW = VIEW_OF(struct copy_paragraph, PARAGRAPH_FIELDS);

static const struct view_field SECTION_FIELDS[] = {
	VIEW_AS(struct copy_section, name, "section", VIEW_TEXT),
	VIEW_F(struct copy_section, label, VIEW_TEXT),
	VIEW_AS(struct copy_section, hint, "hint", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct copy_section, new_href, "newHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct copy_section, paragraphs, "paragraphs", VIEW_LIST,
	        .view = &COPY_PARAGRAPH_VIEW),
	VIEW_F(struct copy_section, step, VIEW_BOOL),
	VIEW_AS(struct copy_section, empty, "empty", VIEW_BOOL, .page_only = true),
};
const struct view COPY_SECTION_VIEW = VIEW_OF(struct copy_section, SECTION_FIELDS);

/* ---- who and what can be named ------------------------------------------------------------------- */

static int by_id(const void *a, const void *b)
{
	const struct fact_of *x = a, *y = b;
	return (x->id > y->id) - (x->id < y->id);
}

static struct array index_facts(struct arena *a, struct array subjects)
{
	const struct casefile_subject *s = subjects.items;
	size_t all = 0, count = 0;

	for (size_t i = 0; i < subjects.count; i++)
		all += s[i].facts.count;
	struct fact_of *to = ARENA_ARRAY(a, struct fact_of, all + 1);
	for (size_t i = 0; i < subjects.count; i++) {
		const struct known_fact *f = s[i].facts.items;
		for (size_t j = 0; j < s[i].facts.count; j++)
			to[count++] = (struct fact_of){ f[j].id, &s[i], &f[j] };
	}
	qsort(to, count, sizeof *to, by_id);
	return (struct array){ to, count };
}

const struct fact_of *known_fact_with(const struct known_world *w, int64_t id)
{
	const struct fact_of key = { .id = id };

	if (w->facts.count == 0)
		return NULL;
	return bsearch(&key, w->facts.items, w->facts.count, sizeof key, by_id);
}

static const char *family_name(const struct casefile_subject *s)
{
	const struct known_fact *f = s->facts.items;

	for (size_t i = 0; i < s->facts.count; i++)
		if (f[i].kind == FACT_FAMILY_NAME)
			return f[i].value;
	return NULL;
}

static const struct presence_name *presence_of(struct array presences, int64_t id)
{
	const struct presence_name *p = presences.items;

	for (size_t i = 0; i < presences.count; i++)
		if (p[i].id == id)
			return &p[i];
	return NULL;
}

// NOLINTNEXTLINE(readability-function-size): of which casefile, for whom
enum status known_world_load(struct db_read *r, struct keyring *k, int64_t casefile_id, int level,
                             struct arena *a, struct known_world *ret, struct error *reterr)
{
	struct array presences = { 0 };

	*ret = (struct known_world){ 0 };
	if (level == 0)
		return OK;
	enum status st = casefile_subject_list(r, k, casefile_id, level, a, &ret->subjects, reterr);
	if (st == OK)
		st = presence_names(r, casefile_id, a, &presences, reterr);
	if (st != OK)
		return st;
	const struct casefile_subject *s = ret->subjects.items;
	ret->known = ARENA_ARRAY(a, struct mention_known, ret->subjects.count + 1);
	for (size_t i = 0; i < ret->subjects.count; i++) {
		const struct presence_name *p = presence_of(presences, s[i].id);
		if (p == NULL)
			continue;
		ret->known[ret->count++] = (struct mention_known){
			.number = s[i].number,
			.uuid = p->uuid,
			.name = s[i].name,
			.other = s[i].kind == SUBJECT_PERSON ? family_name(&s[i]) : NULL,
			.named = s[i].kind == SUBJECT_PERSON || s[i].kind == SUBJECT_ORGANISATION,
		};
	}
	ret->facts = index_facts(a, ret->subjects);
	return OK;
}

/* ---- paragraphs ------------------------------------------------------------------------------------- */

static const char *path(struct arena *a, const struct casefile *c, const char *rest)
{
	return arena_printf(a, "/casefiles/%s%s", c->reference, rest);
}

static const char *subject_path(struct arena *a, const struct copy_source *s, int64_t number)
{
	if (!s->links || number == 0)
		return NULL;
	return path(a, s->casefile, arena_printf(a, "/subjects/%lld", (long long)number));
}

static struct array pieces_of(struct arena *a, const struct copy_source *s, const char *stored)
{
	const struct array found = mention_pieces(a, stored, s->world->known, s->world->count);
	const struct mention_piece *from = found.items;
	struct copy_piece *to = ARENA_ARRAY(a, struct copy_piece, found.count + 1);

	for (size_t i = 0; i < found.count; i++) {
		const bool mention = from[i].name != NULL;
		to[i] = (struct copy_piece){
			.text = mention ? NULL : from[i].text,
			.name = mention && from[i].number != 0 ? from[i].name : NULL,
			.href = mention ? subject_path(a, s, from[i].number) : NULL,
			.mention = mention && from[i].number != 0,
			.blank = mention && from[i].number == 0,
		};
	}
	return (struct array){ to, found.count };
}

static struct copy_citation citation_of(struct arena *a, const struct copy_source *s,
                                        const struct citation *c, int64_t number)
{
	const struct fact_of *f = c->now_id != 0 ? known_fact_with(s->world, c->now_id) : NULL;

	if (f == NULL)
		return (struct copy_citation){ .number = number, .gone = true };
	return (struct copy_citation){ .number = number,
		                       .fact = f->id,
		                       .uuid = f->fact->uuid,
		                       .fact_version = f->fact->version,
		                       .who = f->subject->name,
		                       .what = f->fact->label,
		                       .value = f->fact->value,
		                       .source = f->fact->source,
		                       .href = subject_path(a, s, f->subject->number),
		                       .judgement = f->fact->is_judgement,
		                       .changed = c->changed };
}

static struct array citations_for(struct arena *a, const struct copy_source *s, int64_t version_id)
{
	const struct citation *c = s->citations.items;
	struct copy_citation *to = ARENA_ARRAY(a, struct copy_citation, ANALYSIS_CITATIONS_MAX);
	size_t count = 0;

	for (size_t i = 0; i < s->citations.count && count < ANALYSIS_CITATIONS_MAX; i++)
		if (c[i].version_id == version_id) {
			to[count] = citation_of(a, s, &c[i], (int64_t)count + 1);
			count++;
		}
	return (struct array){ to, count };
}

/* What the page sees now comes before what the nightly look wrote down. */
static int64_t reasons_of(const struct copy_paragraph *p, int64_t stored)
{
	const struct copy_citation *c = p->citations.items;
	int64_t reasons = stored;

	for (size_t i = 0; i < p->citations.count; i++) {
		reasons |= c[i].changed ? REVIEW_FACT_CORRECTED : 0;
		reasons |= c[i].gone ? REVIEW_FACT_GONE : 0;
	}
	return reasons;
}

static const char *why(int64_t reasons)
{
	if ((reasons & REVIEW_PERSON_GOES) != 0)
		return "Iemand die hier genoemd wordt, gaat weg of is weg. Kijk of de tekst nog "
		       "kan.";
	if ((reasons & REVIEW_FACT_GONE) != 0)
		return "Een gegeven waarop dit rust, is vernietigd. Kijk of de tekst nog klopt.";
	return "Een gegeven waarop dit rust, is verbeterd. Kijk of de tekst nog klopt.";
}

static void give_links(struct arena *a, const struct copy_source *s, struct copy_paragraph *p,
                       uint8_t state)
{
	const char *here = path(a, s->casefile, arena_printf(a, "/analysis/paragraphs/%s", p->id));

	p->history_href = arena_printf(a, "%s/history", here);
	if (!s->writes)
		return;
	if (state == PARAGRAPH_REMOVED) {
		p->restore_href = arena_printf(a, "%s/_restore", here);
		return;
	}
	p->edit_href = here;
	p->up_href = arena_printf(a, "%s/_move", here);
	p->remove_href = arena_printf(a, "%s/_remove", here);
	if (p->to_review)
		p->looked_href = arena_printf(a, "%s/_looked", here);
}

struct copy_paragraph copy_paragraph_of(struct arena *a, const struct copy_source *s,
                                        const struct paragraph *p)
{
	char *id = arena_alloc(a, UUID_TEXT_BYTES);
	struct copy_paragraph ret = {
		.id = id,
		.version = p->version,
		.phase = p->phase,
		.heavy = p->phase == 3,
		.section = p->section,
		.written_at = p->written_at,
		.author = p->author,
		.participant = p->participant,
		.text = mention_plain(a, p->stored, s->world->known, s->world->count),
		.pieces = pieces_of(a, s, p->stored),
		.citations = citations_for(a, s, p->version_id),
		.review_until = p->review_until != 0 ? p->review_until : INT64_MIN,
	};
	uuid_text(&p->uuid, id);
	ret.has_citations = ret.citations.count > 0;
	const int64_t reasons = reasons_of(&ret, p->review);
	ret.to_review = reasons != 0;
	ret.review_why = reasons != 0 ? why(reasons) : NULL;
	if (s->writes)
		ret.typed = mention_typed(a, p->stored, s->world->known, s->world->count);
	if (s->links)
		give_links(a, s, &ret, p->state);
	return ret;
}

/* ---- sections ------------------------------------------------------------------------------------------ */

static struct array paragraphs_in(struct arena *a, const struct copy_source *s, int section,
                                  struct analysis_copy *copy)
{
	const struct paragraph *from = s->paragraphs.items;
	struct copy_paragraph *to = ARENA_ARRAY(a, struct copy_paragraph, s->paragraphs.count + 1);
	size_t count = 0;

	for (size_t i = 0; i < s->paragraphs.count; i++)
		if (from[i].section == section) {
			to[count] = copy_paragraph_of(a, s, &from[i]);
			copy->reviews += to[count++].to_review;
		}
	copy->paragraphs += (int64_t)count;
	return (struct array){ to, count };
}

void copy_make(struct arena *a, const struct copy_source *s, struct analysis_copy *ret)
{
	struct analysis_heading *headings =
	    ARENA_ARRAY(a, struct analysis_heading, ANALYSIS_SECTIONS_MAX);
	const size_t count = analysis_template(s->casefile->theme, headings);
	struct copy_section *to = ARENA_ARRAY(a, struct copy_section, count);

	for (size_t i = 0; i < count; i++) {
		to[i] = (struct copy_section){ .name = headings[i].name,
			                       .label = headings[i].label,
			                       .hint = headings[i].hint,
			                       .step = headings[i].step };
		to[i].paragraphs = paragraphs_in(a, s, headings[i].section, ret);
		to[i].empty = to[i].paragraphs.count == 0;
		if (s->writes)
			to[i].new_href =
			    path(a, s->casefile,
			         arena_printf(a, "/analysis/new?section=%s", headings[i].name));
	}
	ret->reference = s->casefile->reference;
	ret->sections = (struct array){ to, count };
	ret->empty = ret->paragraphs == 0;
}

void copy_note_phase(struct request *rq, const struct analysis_copy *copy)
{
	const struct copy_section *s = copy->sections.items;

	for (size_t i = 0; i < copy->sections.count; i++) {
		const struct copy_paragraph *p = s[i].paragraphs.items;
		for (size_t j = 0; j < s[i].paragraphs.count; j++)
			if (p[j].phase > rq->touched.phase)
				rq->touched.phase = (uint8_t)p[j].phase;
	}
}

enum status copy_load(struct request *rq, const struct casefile *c, int level, bool tells,
                      bool writes, struct analysis_copy *ret, struct error *reterr)
{
	struct keyring *k = plein_of(rq)->keyring;
	struct known_world world;
	struct analysis analysis;
	struct copy_source source = {
		.casefile = c, .world = &world, .links = true, .writes = writes
	};

	*ret = (struct analysis_copy){ 0 };
	enum status st = known_world_load(rq->db, k, c->id, level, rq->arena, &world, reterr);
	if (st == OK)
		st = analysis_find(rq->db, c->id, level, &analysis, reterr);
	if (st == OK && analysis.id != 0)
		st = paragraph_list(rq->db, k, analysis.id, level, PARAGRAPH_STANDS, rq->arena,
		                    &source.paragraphs, reterr);
	if (st == OK && analysis.id != 0)
		st = citations_of_analysis(rq->db, analysis.id, level, rq->arena, &source.citations,
		                           reterr);
	if (st == OK && analysis.id != 0 && tells)
		st = analysis_hides(rq->db, analysis.id, level, &ret->left_out, reterr);
	if (st == OK)
		st = casefile_title_load(rq->db, k, c->id, &c->uuid, rq->arena,
		                         &ret->casefile_title, reterr);
	if (st == OK)
		copy_make(rq->arena, &source, ret);
	return st;
}
