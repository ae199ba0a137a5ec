/*
 * pdf.h - a document as tagged PDF: headings, paragraphs, lists, tables, a table of contents
 *
 * A document is a list of blocks in an arena; pdf_write() lays them out on A4 and draws them. The
 * structure goes along: screen readers get headings by level, lists, tables with header cells, a
 * title, and Dutch as the language. Texts are plain UTF-8; line ends in them are kept. Texts aren't
 * copied: they live until pdf_write() is done.
 *
 *	struct pdf *p = pdf_new(a, &(struct pdf_about){ .title = "Vergaderstuk", .contents = true });
 *	pdf_heading(p, 1, "Voorstellen");
 *	pdf_paragraph(p, "...");
 *	st = pdf_write(p, NULL, &rs->body, reterr);    with rs->content_type "application/pdf"
 *
 * The same blocks and the same about give the same bytes on the same machine.
 *
 * Not claimed: PDF/UA or PDF/A (no XMP, header cells carry no scope). Needs one font on the
 * machine: Noto Sans or DejaVu Sans.
 *
 * Cost: about 6 ms of processor time a page. Safe from every thread, one document by one thread.
 */
#ifndef PLATFORM_PDF_PDF_H
#define PLATFORM_PDF_PDF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "platform/core/arena.h"
#include "platform/core/out.h"

enum { PDF_LEVELS = 3, PDF_COLUMNS_MAX = 12 };

struct pdf;

struct pdf_about {
	const char *title; /* on top of the first page and in the document's properties; required */
	const char *author; /* an organisation; NULL: none */
	const char *under;  /* a line under the title; NULL: none */
	const char
	    *footer; /* left of the page number, on every page: for whom, which copy; NULL: none */
	int64_t made_at; /* ms */
	bool contents;   /* a table of contents after the title, of headings of level 1 and 2 */
};

/* about's texts live as long as p. */
struct pdf *pdf_new(struct arena *a, const struct pdf_about *about);

/* level 1 to PDF_LEVELS; never skip one downwards. */
void pdf_heading(struct pdf *p, int level, const char *text);
void pdf_paragraph(struct pdf *p, const char *text);
/* Smaller and grey: where it comes from, what it rests on. */
void pdf_small(struct pdf *p, const char *text);
/* "Label: text", the label bold; nothing at all where text is NULL or "". */
void pdf_labelled(struct pdf *p, const char *label, const char *text);
/* Items that follow each other are one list. */
void pdf_item(struct pdf *p, const char *text);
/* What stands in a box with a rule at its left: a quotation, something to heed. */
void pdf_note(struct pdf *p, const char *text);
void pdf_new_page(struct pdf *p);

struct pdf_column {
	const char *title;
	int share;    /* of the width, beside the other columns' shares; above 0 */
	bool figures; /* to the right */
};
/* rows * column_count texts, row by row; NULL is an empty cell. A row that doesn't fit on a page goes
 * on as a next one. Headers are repeated on each page. */
struct pdf_table {
	const char *caption; /* NULL: none */
	const struct pdf_column *columns;
	size_t column_count; /* at most PDF_COLUMNS_MAX */
	const char *const *cells;
	size_t rows;
};
void pdf_table(struct pdf *p, const struct pdf_table *table);

size_t pdf_blocks(const struct pdf *p);

/* Told after each block how far it is: 0 to 1000. Returning false ends it: pdf_write gives
 * ERR_UNAVAILABLE. */
struct pdf_progress {
	bool (*told)(void *context, int per_mille);
	void *context;
};

/* Appends the file to o. progress may be NULL. ERR_LIMIT: it doesn't fit in o. ERR_UNAVAILABLE: no
 * font on this machine, or stopped. */
MUST_CHECK enum status pdf_write(const struct pdf *p, const struct pdf_progress *progress,
                                 struct out *o, struct error *reterr);

#endif
