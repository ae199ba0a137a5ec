/* A copy of an analysis as a tagged PDF. */
#include "analysis/analysis_paper.h"

#include "platform/pdf/pdf.h"

static void put_citation(struct pdf *p, struct arena *a, const struct copy_citation *c)
{
	if (c->gone)
		pdf_item(p, "Dit gegeven is vernietigd.");
	else
		pdf_item(p,
		         arena_printf(a, "%s: %s, %s: %s (%s)%s", c->judgement ? "Oordeel" : "Feit",
		                      c->who, c->what, c->value, c->source,
		                      c->changed ? ". Later verbeterd." : ""));
}

static void put_paragraph(struct pdf *p, struct arena *a, const struct copy_paragraph *paragraph)
{
	const struct copy_citation *c = paragraph->citations.items;

	pdf_paragraph(p, paragraph->text);
	for (size_t i = 0; i < paragraph->citations.count; i++)
		put_citation(p, a, &c[i]);
}

enum status analysis_pdf(struct out *o, struct arena *a, const struct analysis_copy *copy,
                         const struct paper *paper, struct error *reterr)
{
	const struct pdf_about about = { .title = paper->title,
		                         .author = paper->region,
		                         .under = paper->under,
		                         .footer = paper->footer,
		                         .made_at = paper->made_at,
		                         .contents = true };
	const struct copy_section *s = copy->sections.items;
	struct pdf *p = pdf_new(a, &about);

	if (copy->left_out)
		pdf_note(p, PAPER_LEFT_OUT);
	if (paper->seal != NULL)
		pdf_small(p, paper->seal);
	for (size_t i = 0; i < copy->sections.count; i++) {
		const struct copy_paragraph *rows = s[i].paragraphs.items;
		if (s[i].paragraphs.count == 0)
			continue;
		pdf_heading(p, 1, section_heading(a, &s[i]));
		for (size_t j = 0; j < s[i].paragraphs.count; j++)
			put_paragraph(p, a, &rows[j]);
	}
	return pdf_write(p, NULL, o, reterr);
}
