/* A copy that leaves the screen: to print, as ODT, as PDF. Registered with what it holds. */
#include "access/access.h"
#include "analysis/analysis_copies.h"
#include "analysis/analysis_http.h"
#include "analysis/analysis_page.h"
#include "analysis/analysis_paper.h"
#include "analysis/version_page.h"
#include "audit/action.h"
#include "platform/core/dutch.h"
#include "platform/view/odt.h"
#include "platform/view/page.h"
#include "plein/plein.h"

const char *section_heading(struct arena *a, const struct copy_section *s)
{
	return s->step ? arena_printf(a, "Barrière: %s", s->label) : s->label;
}

/* ---- what is on it ------------------------------------------------------------------------------- */

struct on_paper {
	struct on_version v; /* frozen.id 0: the living one */
	struct analysis_copy copy;
	struct paper paper;
};

static void name_paper(struct request *rq, const struct on_paper *p, const struct copy *registered,
                       struct paper *ret)
{
	struct arena *a = rq->arena;
	const struct frozen *f = &p->v.frozen;
	const char *reference = p->v.on.casefile.reference;

	*ret = (struct paper){
		.title = "Analyse",
		.under = arena_printf(a, "Casus %s%s%s", reference,
		                      p->copy.casefile_title[0] != '\0' ? ": " : "",
		                      p->copy.casefile_title),
		.region = plein_of(rq)->region,
		.footer =
		    arena_printf(a, "Vertrouwelijk. %s, %s, exemplaar %s", reference,
		                 dutch_moment(a, rq->now_ms), copy_number(a, &registered->uuid)),
		.made_at = rq->now_ms,
	};
	if (f->id != 0 && f->state == FROZEN_SIGNED)
		ret->seal =
		    arena_printf(a, "Vastgesteld op %s door %s en %s. Controlegetal (SHA-256): %s",
		                 dutch_moment(a, f->decided_at), f->drafted_by, f->decided_by,
		                 version_hash(a, f));
}

static enum status load_living(struct request *rq, struct on_paper *ret, struct error *reterr)
{
	enum status st = on_analysis(rq, &ret->v.on, reterr);

	if (st == OK && ret->v.on.level == 0)
		return FAIL_NOT_FOUND(reterr);
	return st == OK ? copy_load(rq, &ret->v.on.casefile, ret->v.on.level, ret->v.on.tells,
	                            false, &ret->copy, reterr)
	                : st;
}

static enum status load_fixed(struct request *rq, struct on_paper *ret, struct error *reterr)
{
	enum status st = on_version(rq, &ret->v, reterr);

	return st == OK ? version_copy(rq, &ret->v, &ret->copy, reterr) : st;
}

static enum status load_paper(struct request *rq, struct response *rs, struct on_paper *ret,
                              struct error *reterr)
{
	const struct copy *registered = NULL;

	*ret = (struct on_paper){ 0 };
	enum status st =
	    rq->params[1] != NULL ? load_fixed(rq, ret, reterr) : load_living(rq, ret, reterr);
	if (st == OK)
		st = analysis_given(rq, rs, &ret->v.on.casefile, &ret->copy, &registered, reterr);
	if (st != OK)
		return st;
	copy_note_phase(rq, &ret->copy);
	name_paper(rq, ret, registered, &ret->paper);
	return OK;
}

/* ---- ODT ------------------------------------------------------------------------------------------- */

static void odt_citation(struct odt *doc, struct arena *a, const struct copy_citation *c)
{
	if (c->gone)
		odt_paragraph(doc, "Dit gegeven is vernietigd.");
	else
		odt_line(doc, c->judgement ? "Oordeel" : "Feit",
		         arena_printf(a, "%s, %s: %s (%s)%s", c->who, c->what, c->value, c->source,
		                      c->changed ? ". Later verbeterd." : ""));
}

void analysis_odt(struct out *o, struct arena *a, const struct analysis_copy *copy,
                  const struct paper *paper)
{
	const struct copy_section *s = copy->sections.items;
	struct odt doc;

	odt_begin(&doc, o, a);
	odt_heading(&doc, 1, paper->title);
	odt_paragraph(&doc, paper->under);
	odt_paragraph(&doc, paper->footer);
	odt_paragraph(&doc, paper->seal);
	if (copy->left_out)
		odt_paragraph(&doc, PAPER_LEFT_OUT);
	for (size_t i = 0; i < copy->sections.count; i++) {
		const struct copy_paragraph *p = s[i].paragraphs.items;
		if (s[i].paragraphs.count == 0)
			continue;
		odt_heading(&doc, 2, section_heading(a, &s[i]));
		for (size_t j = 0; j < s[i].paragraphs.count; j++) {
			const struct copy_citation *c = p[j].citations.items;
			odt_paragraph(&doc, p[j].text);
			for (size_t n = 0; n < p[j].citations.count; n++)
				odt_citation(&doc, a, &c[n]);
		}
	}
	odt_end(&doc);
}

static enum status send_odt(struct request *rq, struct response *rs, struct error *reterr)
{
	struct on_paper *p = ARENA_NEW(rq->arena, struct on_paper);
	enum status st = load_paper(rq, rs, p, reterr);

	if (st != OK)
		return st;
	rs->content_type = ODT_CONTENT_TYPE;
	rs->file_name = arena_printf(rq->arena, "analyse-%s.odt", p->v.on.casefile.reference);
	analysis_odt(&rs->body, rq->arena, &p->copy, &p->paper);
	return OK;
}

/* ---- PDF and print ----------------------------------------------------------------------------------- */

static enum status send_pdf(struct request *rq, struct response *rs, struct error *reterr)
{
	struct on_paper *p = ARENA_NEW(rq->arena, struct on_paper);
	enum status st = load_paper(rq, rs, p, reterr);

	if (st != OK)
		return st;
	rs->content_type = "application/pdf";
	rs->file_name = arena_printf(rq->arena, "analyse-%s.pdf", p->v.on.casefile.reference);
	return analysis_pdf(&rs->body, rq->arena, &p->copy, &p->paper, reterr);
}

struct print_record {
	const char *reference, *under, *footer;
	struct array sections;
	bool left_out, empty;
};
static const struct view_field PRINT_FIELDS[] = {
	VIEW_F(struct print_record, reference, VIEW_REF),
	VIEW_F(struct print_record, under, VIEW_TEXT),
	VIEW_F(struct print_record, footer, VIEW_TEXT),
	VIEW_AS(struct print_record, sections, "sections", VIEW_LIST, .view = &COPY_SECTION_VIEW),
	VIEW_AS(struct print_record, left_out, "leftOut", VIEW_BOOL),
	VIEW_F(struct print_record, empty, VIEW_BOOL),
};
static const struct view PRINT_VIEW = VIEW_OF(struct print_record, PRINT_FIELDS);

static enum status show_print(struct request *rq, struct response *rs, struct error *reterr)
{
	struct on_paper *p = ARENA_NEW(rq->arena, struct on_paper);
	enum status st = load_paper(rq, rs, p, reterr);

	if (st != OK)
		return st;
	const struct print_record record = { .reference = p->v.on.casefile.reference,
		                             .under = p->paper.under,
		                             .footer = p->paper.footer,
		                             .sections = p->copy.sections,
		                             .left_out = p->copy.left_out,
		                             .empty = p->copy.empty };
	const struct page page = { .title = "Analyse om af te drukken",
		                   .place = "/casefiles",
		                   .crumbs = analysis_crumbs(rq->arena, &p->v.on.casefile),
		                   .confidential = true,
		                   .template_name = "analysis/print" };
	return page_respond(rq, rs, &page, &PRINT_VIEW, &record, reterr);
}

#define PAPER(path_, read_, summary_)                                                              \
	{                                                                                          \
		.method = "GET", .path = (path_), .permission = PERM_ANALYSIS_READ,                \
		.action = AUDIT_ANALYSIS_COPY, .flags = ROUTE_PAGE_ONLY, .read = (read_),          \
		.summary = (summary_)                                                              \
	}
const struct route analysis_paper_routes[] = {
	{ .method = "GET",
	  .path = "/casefiles/{ref}/analysis/print",
	  .permission = PERM_ANALYSIS_READ,
	  .action = AUDIT_ANALYSIS_COPY,
	  .read = show_print,
	  .view = &PRINT_VIEW,
	  .summary = "De analyse om af te drukken" },
	PAPER("/casefiles/{ref}/analysis/pdf", send_pdf, "De analyse als PDF"),
	PAPER("/casefiles/{ref}/analysis/odt", send_odt, "De analyse als tekstdocument (ODT)"),
	PAPER("/casefiles/{ref}/analysis/versions/{id}/pdf", send_pdf,
	      "Een vastgestelde versie als PDF"),
	PAPER("/casefiles/{ref}/analysis/versions/{id}/odt", send_odt,
	      "Een vastgestelde versie als tekstdocument (ODT)"),
	{ 0 },
};

const struct page_template analysis_paper_templates[] = {
	{ .name = "analysis/print", .view = &PRINT_VIEW, .whole = true },
	{ 0 },
};
