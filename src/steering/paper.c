#include "steering/paper.h"

#include <string.h>

#include "platform/pdf/pdf.h"
#include "platform/view/odt.h"

static const struct view_field LINE_FIELDS[] = {
	VIEW_F(struct paper_line, chapter, VIEW_TEXT),
	VIEW_F(struct paper_line, heading, VIEW_TEXT),
	VIEW_F(struct paper_line, label, VIEW_TEXT),
	VIEW_F(struct paper_line, text, VIEW_TEXT),
	VIEW_AS(struct paper_line, number, "number", VIEW_INT, .page_only = true),
};
const struct view PAPER_LINE_VIEW = VIEW_OF(struct paper_line, LINE_FIELDS);

void paper_begin(struct paper *p, struct arena *a, const char *title)
{
	*p = (struct paper){ .arena = a, .title = title };
}

static void add(struct paper *p, struct paper_line line)
{
	if (p->count == PAPER_LINES_MAX)
		return;
	if (p->count == p->room) {
		const size_t room = p->room == 0 ? 64 : 2 * p->room;
		struct paper_line *more = ARENA_ARRAY(p->arena, struct paper_line, room);
		if (p->count > 0)
			memcpy(more, p->lines, p->count * sizeof *more);
		p->lines = more;
		p->room = room;
	}
	line.number = (int64_t)p->count + 1;
	p->lines[p->count++] = line;
}

void paper_chapter(struct paper *p, const char *words)
{
	add(p, (struct paper_line){ .chapter = words });
}

void paper_heading(struct paper *p, const char *words)
{
	add(p, (struct paper_line){ .heading = words });
}

void paper_labelled(struct paper *p, const char *label, const char *text)
{
	if (text != NULL && text[0] != '\0')
		add(p, (struct paper_line){ .label = label, .text = text });
}

void paper_text(struct paper *p, const char *text)
{
	if (text != NULL && text[0] != '\0')
		add(p, (struct paper_line){ .text = text });
}

struct array paper_lines(const struct paper *p)
{
	return (struct array){ p->lines, p->count };
}

enum status paper_pdf(const struct paper *p, int64_t now_ms, const struct pdf_progress *progress,
                      struct out *o, struct error *reterr)
{
	const struct pdf_about about = { .title = p->title,
		                         .under = p->under,
		                         .footer = p->footer,
		                         .made_at = now_ms,
		                         .contents = true };
	struct pdf *doc = pdf_new(p->arena, &about);

	for (size_t i = 0; i < p->count; i++) {
		const struct paper_line *l = &p->lines[i];
		if (l->chapter != NULL)
			pdf_heading(doc, 1, l->chapter);
		else if (l->heading != NULL)
			pdf_heading(doc, 2, l->heading);
		else if (l->label != NULL)
			pdf_labelled(doc, l->label, l->text);
		else
			pdf_paragraph(doc, l->text);
	}
	return pdf_write(doc, progress, o, reterr);
}

void paper_odt(const struct paper *p, struct out *o)
{
	struct odt doc;

	odt_begin(&doc, o, p->arena);
	odt_heading(&doc, 1, p->title);
	odt_paragraph(&doc, p->under);
	for (size_t i = 0; i < p->count; i++) {
		const struct paper_line *l = &p->lines[i];
		if (l->chapter != NULL || l->heading != NULL)
			odt_heading(&doc, 2, l->chapter != NULL ? l->chapter : l->heading);
		else if (l->label != NULL)
			odt_line(&doc, l->label, l->text);
		else
			odt_paragraph(&doc, l->text);
	}
	odt_end(&doc);
}
