/* pdf_blocks.h - what a document is made of, before it is drawn; inside platform/pdf/ */
#ifndef PLATFORM_PDF_PDF_BLOCKS_H
#define PLATFORM_PDF_PDF_BLOCKS_H

#include "platform/pdf/pdf.h"

enum block_kind {
	BLOCK_TITLE,
	BLOCK_UNDER, /* the line under the title */
	BLOCK_HEADING,
	BLOCK_PARAGRAPH,
	BLOCK_SMALL,
	BLOCK_LABELLED,
	BLOCK_ITEM,
	BLOCK_NOTE,
	BLOCK_CONTENTS,
	BLOCK_TABLE,
	BLOCK_NEW_PAGE
};

struct block {
	enum block_kind kind;
	int level;
	const char *label, *text;
	struct pdf_table table;
	struct block *next;
};

struct pdf {
	struct arena *arena;
	struct pdf_about about;
	struct block *first, *last;
	size_t count, headings;
};

/*
 * What the drawing library leaves out of the catalogue: the language, and that the title is what a
 * window shows. Appends an incremental update (ISO 32000-1, 7.5.6) to the file that begins at
 * o->data + began. False: this isn't a file as expected.
 */
bool pdf_complete(struct out *o, size_t began);

#endif
