/* The living analysis as its reader gets it, and as another member would. */
#include "analysis/analysis_http.h"

#include <stdlib.h>
#include <string.h>

#include "access/access.h"
#include "analysis/analysis_copies.h"
#include "analysis/analysis_page.h"
#include "analysis/version_page.h"
#include "audit/action.h"
#include "casework/casefile_page.h"
#include "plein/plein.h"

struct reader_row {
	const char *label, *href;
};
static const struct view_field READER_FIELDS[] = {
	VIEW_F(struct reader_row, label, VIEW_TEXT),
	VIEW_AS(struct reader_row, href, "href", VIEW_TEXT, .page_only = true),
};
static const struct view READER_VIEW = VIEW_OF(struct reader_row, READER_FIELDS);

struct analysis_record {
	const char *reference, *casefile_title, *href, *topics, *reader, *back_href;
	const char *print_href, *pdf_href, *odt_href, *draft_href, *why_not_draft;
	uint8_t state;
	int64_t version, live, paragraphs, reviews;
	struct array sections, removed, readers, tabs, versions;
	bool left_out, empty, writes, has_removed, has_readers, has_reviews, preview, has_versions,
	    signs;
};
static const struct view_field FIELDS[] = {
	VIEW_F(struct analysis_record, reference, VIEW_REF),
	VIEW_AS(struct analysis_record, casefile_title, "title", VIEW_TEXT),
	VIEW_AS(struct analysis_record, state, "state", VIEW_STATE, .machine = &CASEFILE_MACHINE),
	VIEW_AS(struct analysis_record, sections, "sections", VIEW_LIST,
	        .view = &COPY_SECTION_VIEW),
	VIEW_AS(struct analysis_record, removed, "removed", VIEW_LIST,
	        .view = &COPY_PARAGRAPH_VIEW),
	VIEW_AS(struct analysis_record, left_out, "leftOut", VIEW_BOOL),
	VIEW_F(struct analysis_record, paragraphs, VIEW_INT),
	VIEW_F(struct analysis_record, reviews, VIEW_INT),
	VIEW_F(struct analysis_record, reader, VIEW_TEXT),
	VIEW_F(struct analysis_record, empty, VIEW_BOOL),
	VIEW_F(struct analysis_record, writes, VIEW_BOOL),
	VIEW_AS(struct analysis_record, versions, "versions", VIEW_LIST,
	        .view = &VERSION_ITEM_VIEW),
	VIEW_AS(struct analysis_record, has_versions, "hasVersions", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct analysis_record, signs, "signs", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct analysis_record, why_not_draft, "whyNotFix", VIEW_TEXT),
	VIEW_AS(struct analysis_record, draft_href, "fixHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct analysis_record, print_href, "printHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct analysis_record, pdf_href, "pdfHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct analysis_record, odt_href, "odtHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct analysis_record, readers, "readers", VIEW_LIST, .view = &READER_VIEW,
	        .page_only = true),
	VIEW_AS(struct analysis_record, tabs, "tabs", VIEW_LIST, .view = &CASEFILE_TAB_VIEW,
	        .page_only = true),
	VIEW_AS(struct analysis_record, has_removed, "hasRemoved", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct analysis_record, has_readers, "hasReaders", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct analysis_record, has_reviews, "hasReviews", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct analysis_record, preview, "preview", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct analysis_record, href, "href", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct analysis_record, back_href, "backHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct analysis_record, topics, "topics", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct analysis_record, live, "live", VIEW_INT, .page_only = true),
};
static const struct view ANALYSIS_VIEW = VIEW_OF(struct analysis_record, FIELDS);

static void fill_copy(const struct analysis_copy *copy, struct analysis_record *ret)
{
	ret->reference = copy->reference;
	ret->casefile_title = copy->casefile_title;
	ret->sections = copy->sections;
	ret->paragraphs = copy->paragraphs;
	ret->reviews = copy->reviews;
	ret->has_reviews = copy->reviews > 0;
	ret->left_out = copy->left_out;
	ret->empty = copy->empty;
}

/* ---- the living one --------------------------------------------------------------------------- */

static enum status fill_removed(struct request *rq, const struct on_analysis *on,
                                int64_t analysis_id, struct analysis_record *ret,
                                struct error *reterr)
{
	struct keyring *k = plein_of(rq)->keyring;
	struct known_world world;
	struct copy_source source = {
		.casefile = &on->casefile, .world = &world, .links = true, .writes = true
	};
	enum status st = paragraph_list(rq->db, k, analysis_id, on->level, PARAGRAPH_REMOVED,
	                                rq->arena, &source.paragraphs, reterr);

	if (st != OK || source.paragraphs.count == 0)
		return st;
	st = known_world_load(rq->db, k, on->casefile.id, on->level, rq->arena, &world, reterr);
	if (st != OK)
		return st;
	const struct paragraph *from = source.paragraphs.items;
	struct copy_paragraph *to =
	    ARENA_ARRAY(rq->arena, struct copy_paragraph, source.paragraphs.count);
	for (size_t i = 0; i < source.paragraphs.count; i++)
		to[i] = copy_paragraph_of(rq->arena, &source, &from[i]);
	ret->removed = (struct array){ to, source.paragraphs.count };
	ret->has_removed = true;
	return OK;
}

static enum status fill_readers(struct request *rq, const struct on_analysis *on,
                                struct analysis_record *ret, struct error *reterr)
{
	struct array members = { 0 };

	if (!access_permits(rq->viewer->role, PERM_ANALYSIS_PREVIEW))
		return OK;
	enum status st =
	    casefile_members(rq->db, on->casefile.id, rq->now_ms, rq->arena, &members, reterr);
	const struct casefile_member *m = members.items;
	struct reader_row *to = ARENA_ARRAY(rq->arena, struct reader_row, members.count + 1);
	size_t count = 0;
	for (size_t i = 0; st == OK && i < members.count; i++) {
		if (analysis_level(m[i].role, m[i].heavy) == 0 || m[i].blocked)
			continue;
		to[count++] = (struct reader_row){
			arena_printf(rq->arena, "%s, %s", m[i].person,
			             m[i].on_behalf[0] != '\0' ? m[i].on_behalf : m[i].participant),
			analysis_path(
			    rq->arena, &on->casefile,
			    arena_printf(rq->arena, "/as/%lld", (long long)m[i].appointment_id))
		};
	}
	ret->readers = (struct array){ to, count };
	ret->has_readers = count > 0;
	return st;
}

static enum status fill_versions(struct request *rq, const struct on_analysis *on,
                                 int64_t analysis_id, struct analysis_record *ret,
                                 struct error *reterr)
{
	struct verdict may = { .kind = VERDICT_NO };
	enum status st = OK;

	ret->signs = access_permits(rq->viewer->role, PERM_ANALYSIS_FREEZE);
	if (analysis_id != 0)
		st = version_items(rq, on, analysis_id, &ret->versions, reterr);
	ret->has_versions = ret->versions.count > 0;
	if (st == OK && ret->signs)
		st = version_may_draft(rq, &may, reterr);
	if (ret->signs && verdict_allows(may))
		ret->draft_href = analysis_path(rq->arena, &on->casefile, "/versions");
	else if (ret->signs)
		ret->why_not_draft = may.sentence;
	ret->print_href = analysis_path(rq->arena, &on->casefile, "/print");
	ret->pdf_href = analysis_path(rq->arena, &on->casefile, "/pdf");
	ret->odt_href = analysis_path(rq->arena, &on->casefile, "/odt");
	return st;
}

static enum status show_analysis(struct request *rq, struct response *rs, struct error *reterr)
{
	struct analysis_record record = { 0 };
	struct analysis_copy copy;
	struct analysis analysis = { 0 };
	struct on_analysis on;

	enum status st = on_analysis(rq, &on, reterr);
	if (st == OK && on.level == 0)
		return FAIL_NOT_FOUND(reterr);
	if (st == OK)
		st = analysis_find(rq->db, on.casefile.id, on.level, &analysis, reterr);
	if (st == OK)
		st = copy_load(rq, &on.casefile, on.level, on.tells, on.writes, &copy, reterr);
	if (st == OK && on.writes && analysis.id != 0)
		st = fill_removed(rq, &on, analysis.id, &record, reterr);
	if (st == OK)
		st = fill_readers(rq, &on, &record, reterr);
	if (st == OK)
		st = fill_versions(rq, &on, analysis.id, &record, reterr);
	if (st == OK)
		st = analysis_seen(rq, rs, &on.casefile, &copy, reterr);
	if (st != OK)
		return st;
	fill_copy(&copy, &record);
	copy_note_phase(rq, &copy);
	record.state = on.casefile.state;
	record.writes = on.writes;
	record.live = analysis.live;
	record.topics = analysis_topics(rq->arena, &on.casefile, on.level);
	record.href = analysis_path(rq->arena, &on.casefile, "");
	record.tabs = casefile_tabs(rq, &on.casefile);
	const struct page page = { .title = "Analyse",
		                   .place = "/casefiles",
		                   .crumbs = casefile_crumbs(rq->arena, &on.casefile),
		                   .confidential = true,
		                   .record_path = analysis_path(rq->arena, &on.casefile, ""),
		                   .template_name = "analysis/show" };
	return page_respond(rq, rs, &page, &ANALYSIS_VIEW, &record, reterr);
}

/* ---- as another reads it ------------------------------------------------------------------------ */

static enum status find_reader(struct request *rq, const struct on_analysis *on,
                               const struct casefile_member **ret, struct error *reterr)
{
	struct array members = { 0 };
	enum status st =
	    casefile_members(rq->db, on->casefile.id, rq->now_ms, rq->arena, &members, reterr);
	const struct casefile_member *m = members.items;
	const long long wanted = strtoll(rq->params[1], NULL, 10);

	for (size_t i = 0; st == OK && i < members.count; i++)
		if (m[i].appointment_id == wanted && !m[i].blocked &&
		    analysis_level(m[i].role, m[i].heavy) > 0) {
			*ret = &m[i];
			return OK;
		}
	return st == OK ? FAIL_NOT_FOUND(reterr) : st;
}

/* Never more than who looks may read himself; whether something is left out is the other's to know. */
static enum status show_preview(struct request *rq, struct response *rs, struct error *reterr)
{
	const struct casefile_member *as = NULL;
	struct analysis_record record = { 0 };
	struct analysis_copy copy;
	struct on_analysis on;

	enum status st = on_analysis(rq, &on, reterr);
	if (st == OK)
		st = find_reader(rq, &on, &as, reterr);
	if (st != OK)
		return st;
	const int theirs = analysis_level(as->role, as->heavy);
	const int level = theirs < on.level ? theirs : on.level;
	st = copy_load(rq, &on.casefile, level, analysis_tells_left_out(as->role, as->heavy), false,
	               &copy, reterr);
	if (st == OK)
		st = analysis_seen(rq, rs, &on.casefile, &copy, reterr);
	if (st != OK)
		return st;
	fill_copy(&copy, &record);
	copy_note_phase(rq, &copy);
	record.state = on.casefile.state;
	record.preview = true;
	record.reader = as->person;
	record.back_href = analysis_path(rq->arena, &on.casefile, "");
	record.href = record.back_href;
	record.topics = "";
	rq->touched.kind = OBJECT_APPOINTMENT;
	rq->touched.id = as->appointment_id;
	const struct page page = { .title = "Zoals een ander het leest",
		                   .place = "/casefiles",
		                   .crumbs = analysis_crumbs(rq->arena, &on.casefile),
		                   .confidential = true,
		                   .template_name = "analysis/preview" };
	return page_respond(rq, rs, &page, &ANALYSIS_VIEW, &record, reterr);
}

const struct route analysis_routes[] = {
	{ .method = "GET",
	  .path = "/casefiles/{ref}/analysis",
	  .permission = PERM_ANALYSIS_READ,
	  .action = AUDIT_ANALYSIS_VIEW,
	  .read = show_analysis,
	  .view = &ANALYSIS_VIEW,
	  .summary = "De analyse van een casus, voor zover u die mag lezen" },
	{ .method = "GET",
	  .path = "/casefiles/{ref}/analysis/as/{appointment}",
	  .permission = PERM_ANALYSIS_PREVIEW,
	  .action = AUDIT_ANALYSIS_PREVIEW,
	  .read = show_preview,
	  .view = &ANALYSIS_VIEW,
	  .summary = "De analyse zoals een lid van de casus die leest" },
	{ 0 },
};

const struct page_template analysis_templates[] = {
	{ .name = "analysis/show", .view = &ANALYSIS_VIEW, .whole = true },
	{ .name = "analysis/preview", .view = &ANALYSIS_VIEW, .whole = true },
	{ 0 },
};
