/*
 * paper.h - minutes, packs and reports as one list of lines: drawn as page, PDF and ODT alike;
 * inside steering/ only
 */
#ifndef STEERING_PAPER_H
#define STEERING_PAPER_H

#include "platform/core/out.h"
#include "platform/view/view.h"

enum { PAPER_LINES_MAX = 6000 };

struct pdf_progress;

struct paper_line {
	const char *chapter, *heading, *label, *text; /* NULL but for what this line is */
	int64_t number;                               /* of the line, for its id */
};
extern const struct view PAPER_LINE_VIEW;

struct paper {
	struct arena *arena;
	const char *title, *under, *footer;
	struct paper_line *lines;
	size_t count, room;
};

void paper_begin(struct paper *p, struct arena *a, const char *title);
void paper_chapter(struct paper *p, const char *words);
void paper_heading(struct paper *p, const char *words);
/* "Label: text"; nothing where there is nothing to say. */
void paper_labelled(struct paper *p, const char *label, const char *text);
void paper_text(struct paper *p, const char *text);
struct array paper_lines(const struct paper *p);

/* progress: as pdf_write() tells it; NULL: nobody asks. */
MUST_CHECK enum status paper_pdf(const struct paper *p, int64_t now_ms,
                                 const struct pdf_progress *progress, struct out *o,
                                 struct error *reterr);
void paper_odt(const struct paper *p, struct out *o);

#endif
