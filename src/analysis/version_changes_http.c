/*
 * What became different between one fixed version and the one before it, paragraph by paragraph.
 *
 * Both are loaded for this reader's level, so that what he may not read is no difference to him. A
 * version that for him equals the one before has nothing here.
 */
#include <string.h>

#include "analysis/analysis_http.h"
#include "analysis/change_pieces.h"
#include "analysis/version_page.h"
#include "access/access.h"
#include "audit/action.h"
#include "plein/plein.h"

struct changed_paragraph {
	const char *id, *change, *author, *participant, *before, *after;
	struct array pieces;        /* of struct change_piece */
	bool added, removed, moved; /* moved: to this section, as it was */
};
static const struct view_field PARAGRAPH_FIELDS[] = {
	VIEW_F(struct changed_paragraph, id, VIEW_TEXT),
	VIEW_F(struct changed_paragraph, change, VIEW_TEXT),
	VIEW_F(struct changed_paragraph, author, VIEW_TEXT),
	VIEW_F(struct changed_paragraph, participant, VIEW_TEXT),
	VIEW_F(struct changed_paragraph, before, VIEW_TEXT),
	VIEW_F(struct changed_paragraph, after, VIEW_TEXT),
	VIEW_AS(struct changed_paragraph, pieces, "pieces", VIEW_LIST, .view = &CHANGE_PIECE_VIEW,
	        .page_only = true),
	VIEW_AS(struct changed_paragraph, added, "added", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct changed_paragraph, removed, "removed", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct changed_paragraph, moved, "moved", VIEW_BOOL, .page_only = true),
};
static const struct view PARAGRAPH_VIEW = VIEW_OF(struct changed_paragraph, PARAGRAPH_FIELDS);

struct changed_section {
	const char *name, *label;
	struct array paragraphs; /* of struct changed_paragraph: those that differ */
	bool step, empty;
};
static const struct view_field SECTION_FIELDS[] = {
	VIEW_AS(struct changed_section, name, "section", VIEW_TEXT),
	VIEW_F(struct changed_section, label, VIEW_TEXT),
	VIEW_F(struct changed_section, step, VIEW_BOOL),
	VIEW_AS(struct changed_section, paragraphs, "paragraphs", VIEW_LIST,
	        .view = &PARAGRAPH_VIEW),
	VIEW_AS(struct changed_section, empty, "empty", VIEW_BOOL, .page_only = true),
};
static const struct view SECTION_VIEW = VIEW_OF(struct changed_section, SECTION_FIELDS);

struct changes_record {
	const char *reference, *id, *before_id, *back_href, *before_href;
	int64_t drafted_at, before_at; /* before_at INT64_MIN: this is the first */
	struct array sections;
	int64_t changes, same;
	bool first, none, has_destroyed;
};
static const struct view_field FIELDS[] = {
	VIEW_F(struct changes_record, reference, VIEW_REF),
	VIEW_F(struct changes_record, id, VIEW_TEXT),
	VIEW_AS(struct changes_record, drafted_at, "draftedAt", VIEW_MOMENT),
	VIEW_AS(struct changes_record, before_id, "beforeId", VIEW_TEXT),
	VIEW_AS(struct changes_record, before_at, "beforeAt", VIEW_MOMENT),
	VIEW_F(struct changes_record, changes, VIEW_INT),
	VIEW_F(struct changes_record, same, VIEW_INT),
	VIEW_F(struct changes_record, first, VIEW_BOOL),
	VIEW_AS(struct changes_record, sections, "sections", VIEW_LIST, .view = &SECTION_VIEW),
	VIEW_AS(struct changes_record, none, "none", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct changes_record, has_destroyed, "hasDestroyed", VIEW_BOOL),
	VIEW_AS(struct changes_record, back_href, "backHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct changes_record, before_href, "beforeHref", VIEW_TEXT, .page_only = true),
};
static const struct view CHANGES_VIEW = VIEW_OF(struct changes_record, FIELDS);

/* ---- comparing ----------------------------------------------------------------------------------- */

/* The words and what they rest on: another ground under the same words is a change too. */
static const char *words_of(struct arena *a, const struct copy_paragraph *p)
{
	const struct copy_citation *c = p->citations.items;
	const char *text = p->text;

	for (size_t i = 0; i < p->citations.count; i++)
		text = c[i].gone
		           ? arena_printf(a, "%s\nRust op een gegeven dat is vernietigd", text)
		           : arena_printf(a, "%s\nRust op %s, %s: %s (%s)", text, c[i].who,
		                          c[i].what, c[i].value, c[i].source);
	return text;
}

static const struct copy_paragraph *with_id(struct array sections, const char *id)
{
	const struct copy_section *s = sections.items;

	for (size_t i = 0; i < sections.count; i++) {
		const struct copy_paragraph *p = s[i].paragraphs.items;
		for (size_t j = 0; j < s[i].paragraphs.count; j++)
			if (strcmp(p[j].id, id) == 0)
				return &p[j];
	}
	return NULL;
}

static const char *change_name(const struct changed_paragraph *p)
{
	if (p->added)
		return "ADDED";
	if (p->removed)
		return "REMOVED";
	return p->moved ? "MOVED" : "CHANGED";
}

/* after NULL: it went; before NULL: it came. */
static struct changed_paragraph change_of(struct arena *a, const struct copy_paragraph *before,
                                          const struct copy_paragraph *after)
{
	const struct copy_paragraph *p = after != NULL ? after : before;
	struct changed_paragraph ret = { .id = p->id,
		                         .author = p->author,
		                         .participant = p->participant,
		                         .added = before == NULL,
		                         .removed = after == NULL };

	ret.before = before != NULL ? words_of(a, before) : NULL;
	ret.after = after != NULL ? words_of(a, after) : NULL;
	ret.moved = !ret.added && !ret.removed && strcmp(ret.before, ret.after) == 0;
	ret.change = change_name(&ret);
	ret.pieces = change_pieces(a, ret.before != NULL ? ret.before : "",
	                           ret.after != NULL ? ret.after : "");
	return ret;
}

static bool is_same(struct arena *a, const struct copy_paragraph *x, const struct copy_paragraph *y)
{
	return x->section == y->section && strcmp(words_of(a, x), words_of(a, y)) == 0;
}

/* What stands in this section now, then what stood in it before and nowhere now. */
static struct array changes_in(struct arena *a, const struct copy_section *then,
                               const struct copy_section *now, struct array before,
                               struct array after, struct changes_record *record)
{
	const struct copy_paragraph *p = now->paragraphs.items, *q = then->paragraphs.items;
	struct changed_paragraph *to = ARENA_ARRAY(
	    a, struct changed_paragraph, now->paragraphs.count + then->paragraphs.count + 1);
	size_t count = 0;

	for (size_t i = 0; i < now->paragraphs.count; i++) {
		const struct copy_paragraph *old = with_id(before, p[i].id);
		if (old != NULL && is_same(a, old, &p[i]))
			record->same++;
		else
			to[count++] = change_of(a, old, &p[i]);
	}
	for (size_t i = 0; i < then->paragraphs.count; i++)
		if (with_id(after, q[i].id) == NULL)
			to[count++] = change_of(a, &q[i], NULL);
	record->changes += (int64_t)count;
	return (struct array){ to, count };
}

/* Both copies have the sections of the theme, in the same order. */
static void compare(struct arena *a, const struct analysis_copy *before,
                    const struct analysis_copy *after, struct changes_record *record)
{
	const struct copy_section *then = before->sections.items, *now = after->sections.items;
	struct changed_section *to =
	    ARENA_ARRAY(a, struct changed_section, after->sections.count + 1);

	for (size_t i = 0; i < after->sections.count; i++) {
		to[i] = (struct changed_section){ .name = now[i].name,
			                          .label = now[i].label,
			                          .step = now[i].step };
		to[i].paragraphs =
		    changes_in(a, &then[i], &now[i], before->sections, after->sections, record);
		to[i].empty = to[i].paragraphs.count == 0;
	}
	record->sections = (struct array){ to, after->sections.count };
	record->none = record->changes == 0;
}

/* ---- the page -------------------------------------------------------------------------------------- */

/* The signed one before it, for this reader; *ret_found false: this is his first. */
static enum status find_before(struct request *rq, const struct on_version *v,
                               struct on_version *ret, bool *ret_found, struct error *reterr)
{
	struct array found = { 0 };
	struct analysis analysis;

	*ret_found = false;
	enum status st = analysis_find(rq->db, v->on.casefile.id, v->on.level, &analysis, reterr);
	if (st == OK)
		st =
		    frozen_list(rq->db, analysis.id, v->on.level, false, rq->arena, &found, reterr);
	const struct frozen *f = found.items;
	for (size_t i = 0; st == OK && i < found.count && !*ret_found; i++) {
		*ret_found = f[i].id < v->frozen.id;
		if (*ret_found)
			*ret = (struct on_version){ .on = v->on, .frozen = f[i] };
	}
	return st;
}

static enum status compare_with(struct request *rq, struct on_version *v, struct on_version *old,
                                struct changes_record *record, struct error *reterr)
{
	struct analysis_copy before, after;

	enum status st = version_copy(rq, old, &before, reterr);
	if (st == OK)
		st = version_copy(rq, v, &after, reterr);
	if (st != OK)
		return st;
	compare(rq->arena, &before, &after, record);
	record->before_id = version_id(rq->arena, &old->frozen);
	record->before_at = old->frozen.drafted_at;
	record->before_href = version_path(rq->arena, &v->on.casefile, &old->frozen, "");
	record->has_destroyed = v->destroyed + old->destroyed > 0;
	return OK;
}

static enum status show_changes(struct request *rq, struct response *rs, struct error *reterr)
{
	struct on_version v = { 0 }, old = { 0 };
	bool found = false;

	enum status st = on_version(rq, &v, reterr);
	if (st == OK)
		st = find_before(rq, &v, &old, &found, reterr);
	struct changes_record record = { .before_at = INT64_MIN, .first = !found };
	if (st == OK && found)
		st = compare_with(rq, &v, &old, &record, reterr);
	if (st != OK)
		return st;
	record.reference = v.on.casefile.reference;
	record.id = version_id(rq->arena, &v.frozen);
	record.drafted_at = v.frozen.drafted_at;
	record.back_href = version_path(rq->arena, &v.on.casefile, &v.frozen, "");
	const struct page page = { .title = "Wat is er veranderd in de analyse",
		                   .place = "/casefiles",
		                   .crumbs = analysis_crumbs(rq->arena, &v.on.casefile),
		                   .confidential = true,
		                   .template_name = "analysis/changes" };
	return page_respond(rq, rs, &page, &CHANGES_VIEW, &record, reterr);
}

const struct route version_changes_routes[] = {
	{ .method = "GET",
	  .path = "/casefiles/{ref}/analysis/versions/{id}/changes",
	  .permission = PERM_ANALYSIS_READ,
	  .action = AUDIT_ANALYSIS_VIEW,
	  .read = show_changes,
	  .view = &CHANGES_VIEW,
	  .summary = "Wat er veranderde sinds de vorige vastgestelde versie" },
	{ 0 },
};

const struct page_template version_changes_templates[] = {
	{ .name = "analysis/changes", .view = &CHANGES_VIEW, .whole = true },
	{ 0 },
};
