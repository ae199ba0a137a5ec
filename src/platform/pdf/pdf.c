/* A document as a list of blocks. */
#include "platform/pdf/pdf.h"

#include "platform/pdf/pdf_blocks.h"

static struct block *add(struct pdf *p, enum block_kind kind, const char *text)
{
	struct block *b = ARENA_NEW(p->arena, struct block);

	b->kind = kind;
	b->text = text;
	if (p->last != NULL)
		p->last->next = b;
	else
		p->first = b;
	p->last = b;
	p->count++;
	return b;
}

struct pdf *pdf_new(struct arena *a, const struct pdf_about *about)
{
	struct pdf *p = ARENA_NEW(a, struct pdf);

	p->arena = a;
	p->about = *about;
	add(p, BLOCK_TITLE, about->title);
	if (about->under != NULL)
		add(p, BLOCK_UNDER, about->under);
	if (about->contents)
		add(p, BLOCK_CONTENTS, "Inhoud");
	return p;
}

void pdf_heading(struct pdf *p, int level, const char *text)
{
	struct block *b = add(p, BLOCK_HEADING, text);

	b->level = level < 1 ? 1 : level > PDF_LEVELS ? PDF_LEVELS : level;
	p->headings++;
}

void pdf_paragraph(struct pdf *p, const char *text)
{
	add(p, BLOCK_PARAGRAPH, text);
}

void pdf_small(struct pdf *p, const char *text)
{
	add(p, BLOCK_SMALL, text);
}

void pdf_labelled(struct pdf *p, const char *label, const char *text)
{
	if (text != NULL && text[0] != '\0')
		add(p, BLOCK_LABELLED, text)->label = label;
}

void pdf_item(struct pdf *p, const char *text)
{
	add(p, BLOCK_ITEM, text);
}

void pdf_note(struct pdf *p, const char *text)
{
	add(p, BLOCK_NOTE, text);
}

void pdf_new_page(struct pdf *p)
{
	add(p, BLOCK_NEW_PAGE, "");
}

void pdf_table(struct pdf *p, const struct pdf_table *table)
{
	struct block *b = add(p, BLOCK_TABLE, table->caption);

	b->table = *table;
	if (b->table.column_count > PDF_COLUMNS_MAX)
		b->table.column_count = PDF_COLUMNS_MAX;
}

size_t pdf_blocks(const struct pdf *p)
{
	return p->count;
}
