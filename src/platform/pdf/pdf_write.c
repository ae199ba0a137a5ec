/* Blocks onto pages: measured once for the page numbers, then drawn with their structure. */
#include "platform/pdf/pdf_blocks.h"

#include <cairo/cairo-pdf.h>
#include <pango/pangocairo.h>

#include "platform/core/dutch.h"

/* A4 in points. */
static const double PAGE_WIDTH = 595.28, PAGE_HEIGHT = 841.89;
static const double LEFT = 62, RIGHT = 62, TOP = 60, BOTTOM = 70;
static const double CELL_GAP = 6, INDENT = 14;

struct drawing {
	const struct pdf *pdf;
	cairo_t *cr;
	PangoContext *context;
	bool measuring, list_open;
	double y;
	int page, pages;
	int *heading_page; /* by heading, in order */
	size_t heading;
};

struct look {
	const char *font; /* as pango_font_description_from_string() reads it */
	double grey, before, after;
	const char *tag;
};
#define FAMILY "Noto Sans, DejaVu Sans "
static const struct look LOOKS[] = {
	[BLOCK_TITLE] = { FAMILY "Bold 18", 0, 0, 4, "H1" },
	[BLOCK_UNDER] = { FAMILY "10", 0.27, 0, 10, "P" },
	[BLOCK_PARAGRAPH] = { FAMILY "10", 0, 0, 6, "P" },
	[BLOCK_SMALL] = { FAMILY "8.5", 0.27, 0, 6, "P" },
	[BLOCK_LABELLED] = { FAMILY "10", 0, 0, 3, "P" },
	[BLOCK_ITEM] = { FAMILY "10", 0, 0, 3, "LBody" },
	[BLOCK_NOTE] = { FAMILY "10", 0, 2, 8, "BlockQuote" },
	[BLOCK_CONTENTS] = { FAMILY "10", 0, 0, 2, "TOC" },
	[BLOCK_TABLE] = { FAMILY "9", 0, 2, 10, "Table" },
};
/* The title is the one H1: headings begin at H2. */
static const struct look HEADINGS[PDF_LEVELS] = {
	{ FAMILY "Bold 13", 0, 12, 4, "H2" },
	{ FAMILY "Bold 11", 0, 9, 3, "H3" },
	{ FAMILY "Bold 10", 0, 6, 2, "H4" },
};
static const struct look CAPTION = { FAMILY "Bold 9", 0, 4, 3, "Caption" };
static const struct look HEAD_CELL = { FAMILY "Bold 9", 0, 0, 0, "TH" };

static void layout_drop(PangoLayout **l)
{
	if (*l != NULL)
		g_object_unref(*l);
}

static void tag_begin(struct drawing *d, const char *tag, const char *attributes)
{
	if (!d->measuring)
		cairo_tag_begin(d->cr, tag, attributes);
}

static void tag_end(struct drawing *d, const char *tag)
{
	if (!d->measuring)
		cairo_tag_end(d->cr, tag);
}

static PangoLayout *layout_of(const struct drawing *d, const struct look *look, const char *text,
                              double width)
{
	PangoLayout *l = pango_layout_new(d->context);
	PangoFontDescription *font = pango_font_description_from_string(look->font);

	pango_layout_set_font_description(l, font);
	pango_font_description_free(font);
	pango_layout_set_width(l, (int)(width * PANGO_SCALE));
	pango_layout_set_wrap(l, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_text(l, text, -1);
	return l;
}

static double height_of(PangoLayout *l)
{
	int width = 0, height = 0;

	pango_layout_get_size(l, &width, &height);
	return (double)height / PANGO_SCALE;
}

/* ---- pages ------------------------------------------------------------------------------------ */

static void footer(struct drawing *d)
{
	const struct look small = LOOKS[BLOCK_SMALL];
	const double width = PAGE_WIDTH - LEFT - RIGHT;
	const char *number = arena_printf(d->pdf->arena, "Pagina %d van %d", d->page, d->pages);

	cairo_set_source_rgb(d->cr, small.grey, small.grey, small.grey);
	AUTO(layout_drop) PangoLayout *right = layout_of(d, &small, number, width);
	pango_layout_set_alignment(right, PANGO_ALIGN_RIGHT);
	cairo_move_to(d->cr, LEFT, PAGE_HEIGHT - BOTTOM + 24);
	pango_cairo_show_layout(d->cr, right);
	if (d->pdf->about.footer == NULL)
		return;
	AUTO(layout_drop)
	PangoLayout *left = layout_of(d, &small, d->pdf->about.footer, width - 90);
	pango_layout_set_height(left, -2); /* two lines, then an ellipsis */
	pango_layout_set_ellipsize(left, PANGO_ELLIPSIZE_END);
	cairo_move_to(d->cr, LEFT, PAGE_HEIGHT - BOTTOM + 24);
	pango_cairo_show_layout(d->cr, left);
}

static void new_page(struct drawing *d)
{
	if (!d->measuring) {
		footer(d);
		cairo_show_page(d->cr);
	}
	d->page++;
	d->y = TOP;
}

static bool fits(const struct drawing *d, double height)
{
	return d->y + height <= PAGE_HEIGHT - BOTTOM;
}

static bool at_top(const struct drawing *d)
{
	return d->y <= TOP;
}

/* ---- text that may run over pages --------------------------------------------------------------- */

struct spot {
	double x, grey;
	bool ruled; /* with a rule at its left */
};

static void show_line(struct drawing *d, const struct spot *at, PangoLayoutLine *line, double top,
                      double baseline)
{
	if (d->measuring)
		return;
	cairo_set_source_rgb(d->cr, at->grey, at->grey, at->grey);
	cairo_move_to(d->cr, at->x, top + baseline);
	pango_cairo_show_layout_line(d->cr, line);
}

static void rule_beside(struct drawing *d, const struct spot *at, double top, double height)
{
	if (d->measuring || !at->ruled)
		return;
	cairo_set_source_rgb(d->cr, 0.4, 0.4, 0.4);
	cairo_rectangle(d->cr, at->x - INDENT, top, 2, height);
	cairo_fill(d->cr);
}

/* Line by line; where a page ends, the element goes on in a second Span. */
static void flow(struct drawing *d, const struct spot *at, PangoLayout *l, const char *tag,
                 const char *attributes)
{
	const bool broken = !fits(d, height_of(l));
	PangoLayoutIter *i = pango_layout_get_iter(l);

	tag_begin(d, tag, attributes);
	if (broken)
		tag_begin(d, "Span", NULL);
	do {
		PangoRectangle r;
		pango_layout_iter_get_line_extents(i, NULL, &r);
		const double height = (double)r.height / PANGO_SCALE;
		const double baseline = (double)(pango_layout_iter_get_baseline(i) - r.y);
		if (!fits(d, height) && !at_top(d)) {
			if (broken)
				tag_end(d, "Span");
			new_page(d);
			if (broken)
				tag_begin(d, "Span", NULL);
		}
		show_line(d, at, pango_layout_iter_get_line_readonly(i), d->y,
		          baseline / PANGO_SCALE);
		rule_beside(d, at, d->y, height);
		d->y += height;
	} while (pango_layout_iter_next_line(i));
	if (broken)
		tag_end(d, "Span");
	tag_end(d, tag);
	pango_layout_iter_free(i);
}

static void text_block(struct drawing *d, const struct look *look, const char *text, double indent)
{
	const struct spot at = { LEFT + indent, look->grey, look == &LOOKS[BLOCK_NOTE] };
	AUTO(layout_drop)
	PangoLayout *l = layout_of(d, look, text, PAGE_WIDTH - LEFT - RIGHT - indent);

	d->y += at_top(d) ? 0 : look->before;
	flow(d, &at, l, look->tag, NULL);
	d->y += look->after;
}

static void labelled(struct drawing *d, const struct block *b)
{
	const struct look *look = &LOOKS[BLOCK_LABELLED];
	const char *label = arena_printf(d->pdf->arena, "%s: ", b->label);
	const char *text = arena_printf(d->pdf->arena, "%s%s", label, b->text);
	const struct spot at = { LEFT, look->grey, false };
	AUTO(layout_drop) PangoLayout *l = layout_of(d, look, text, PAGE_WIDTH - LEFT - RIGHT);
	PangoAttrList *list = pango_attr_list_new();
	PangoAttribute *bold = pango_attr_weight_new(PANGO_WEIGHT_BOLD);

	bold->end_index = (guint)strlen(label);
	pango_attr_list_insert(list, bold);
	pango_layout_set_attributes(l, list);
	pango_attr_list_unref(list);
	flow(d, &at, l, look->tag, NULL);
	d->y += look->after;
}

/* ---- lists ---------------------------------------------------------------------------------------- */

static void item(struct drawing *d, const struct block *b)
{
	const struct look *look = &LOOKS[BLOCK_ITEM];
	const struct spot bullet = { LEFT + 3, 0, false };
	AUTO(layout_drop) PangoLayout *mark = layout_of(d, look, "•", INDENT);

	if (!d->list_open)
		tag_begin(d, "L", NULL);
	d->list_open = true;
	if (!fits(d, 2 * height_of(mark)))
		new_page(d);
	const double y = d->y;
	tag_begin(d, "LI", NULL);
	flow(d, &bullet, mark, "Lbl", NULL);
	d->y = y;
	text_block(d, look, b->text, INDENT);
	tag_end(d, "LI");
}

static void close_list(struct drawing *d)
{
	if (d->list_open)
		tag_end(d, "L");
	d->list_open = false;
}

/* ---- headings and contents -------------------------------------------------------------------------- */

static const char *heading_name(const struct drawing *d, size_t heading)
{
	return arena_printf(d->pdf->arena, "h%zu", heading);
}

static void outline(struct drawing *d, const struct block *b, const char *name)
{
	const char *link = arena_printf(d->pdf->arena, "dest='%s'", name);

	cairo_pdf_surface_add_outline(cairo_get_target(d->cr), CAIRO_PDF_OUTLINE_ROOT, b->text,
	                              link, 0);
}

/* Never alone at the foot of a page. */
static void heading(struct drawing *d, const struct block *b)
{
	const struct look *look = &HEADINGS[b->level - 1];
	const struct spot at = { LEFT, look->grey, false };
	const char *name = heading_name(d, d->heading);
	AUTO(layout_drop) PangoLayout *l = layout_of(d, look, b->text, PAGE_WIDTH - LEFT - RIGHT);
	const double room = 46;

	if (!fits(d, look->before + height_of(l) + room) && !at_top(d))
		new_page(d);
	d->y += at_top(d) ? 0 : look->before;
	d->heading_page[d->heading++] = d->page;
	tag_begin(d, CAIRO_TAG_DEST, arena_printf(d->pdf->arena, "name='%s'", name));
	flow(d, &at, l, look->tag, NULL);
	tag_end(d, CAIRO_TAG_DEST);
	if (!d->measuring && b->level == 1)
		outline(d, b, name);
	d->y += look->after;
}

static void contents_line(struct drawing *d, const struct block *b, size_t number)
{
	const struct look *look = &LOOKS[BLOCK_CONTENTS];
	const double indent = b->level == 1 ? 0 : INDENT, width = PAGE_WIDTH - LEFT - RIGHT;
	const struct spot at = { LEFT + indent, 0, false };
	const char *page = arena_printf(d->pdf->arena, "%d", d->heading_page[number]);
	AUTO(layout_drop) PangoLayout *l = layout_of(d, look, b->text, width - indent - 40);
	AUTO(layout_drop) PangoLayout *right = layout_of(d, look, page, width);

	pango_layout_set_alignment(right, PANGO_ALIGN_RIGHT);
	if (!fits(d, height_of(l)) && !at_top(d))
		new_page(d);
	const double y = d->y;
	tag_begin(d, "TOCI", NULL);
	tag_begin(d, CAIRO_TAG_LINK,
	          arena_printf(d->pdf->arena, "dest='%s'", heading_name(d, number)));
	flow(d, &at, l, "Span", NULL);
	if (!d->measuring) {
		tag_begin(d, "Span", NULL);
		cairo_move_to(d->cr, LEFT, y);
		pango_cairo_show_layout(d->cr, right);
		tag_end(d, "Span");
	}
	tag_end(d, CAIRO_TAG_LINK);
	tag_end(d, "TOCI");
	d->y += look->after;
}

static void contents(struct drawing *d, const struct block *b)
{
	size_t number = 0;

	text_block(d, &HEADINGS[0], b->text, 0);
	tag_begin(d, "TOC", NULL);
	for (const struct block *i = d->pdf->first; i != NULL; i = i->next) {
		if (i->kind != BLOCK_HEADING)
			continue;
		if (i->level <= 2)
			contents_line(d, i, number);
		number++;
	}
	tag_end(d, "TOC");
	d->y += HEADINGS[0].after;
}

/* ---- tables ------------------------------------------------------------------------------------------- */

struct grid {
	const struct pdf_table *table;
	size_t columns;
	double x[PDF_COLUMNS_MAX], width[PDF_COLUMNS_MAX];
};

static struct grid grid_of(const struct pdf_table *t)
{
	struct grid g = { .table = t,
		          .columns = t->column_count < PDF_COLUMNS_MAX ? t->column_count
		                                                       : PDF_COLUMNS_MAX };
	double x = LEFT, all = 0;

	for (size_t i = 0; i < g.columns; i++)
		all += t->columns[i].share > 0 ? t->columns[i].share : 1;
	for (size_t i = 0; i < g.columns; i++) {
		const double share = t->columns[i].share > 0 ? t->columns[i].share : 1;
		g.x[i] = x;
		g.width[i] = (PAGE_WIDTH - LEFT - RIGHT) * share / all - CELL_GAP;
		x += g.width[i] + CELL_GAP;
	}
	return g;
}

struct row {
	PangoLayout *cell[PDF_COLUMNS_MAX];
	int from[PDF_COLUMNS_MAX]; /* the first line of each that isn't drawn yet */
};

static double line_height(PangoLayout *l)
{
	PangoRectangle r = { 0 };
	PangoLayoutLine *line = pango_layout_get_line_readonly(l, 0);

	if (line != NULL)
		pango_layout_line_get_extents(line, NULL, &r);
	return (double)r.height / PANGO_SCALE;
}

/* How many of the lines of this row fit above the end of the page; all of it in *ret_most. */
static int lines_that_fit(const struct drawing *d, const struct row *row, const struct grid *g,
                          int *ret_most, double *ret_height)
{
	int most = 0;
	double height = 1;

	for (size_t i = 0; i < g->columns; i++) {
		const int left = pango_layout_get_line_count(row->cell[i]) - row->from[i];
		const double each = line_height(row->cell[i]);
		most = left > most ? left : most;
		height = each > height ? each : height;
	}
	const int room = (int)((PAGE_HEIGHT - BOTTOM - d->y - CELL_GAP) / height);
	*ret_most = most;
	*ret_height = height;
	return room < most ? room : most;
}

static void draw_cell(struct drawing *d, const struct grid *g, struct row *row, size_t i, int lines,
                      double height)
{
	PangoLayout *l = row->cell[i];
	const int count = pango_layout_get_line_count(l);
	const int until = row->from[i] + lines < count ? row->from[i] + lines : count;
	double y = d->y;

	for (; row->from[i] < until; row->from[i]++) {
		PangoLayoutLine *line = pango_layout_get_line_readonly(l, row->from[i]);
		PangoRectangle r = { 0 };
		pango_layout_line_get_extents(line, NULL, &r);
		const double spare = g->width[i] - (double)r.width / PANGO_SCALE;
		const struct spot at = { g->x[i] + (g->table->columns[i].figures ? spare : 0), 0,
			                 false };
		show_line(d, &at, line, y, (double)PANGO_ASCENT(r) / PANGO_SCALE);
		y += height;
	}
}

static void rule_under(struct drawing *d, double weight)
{
	if (d->measuring)
		return;
	cairo_set_source_rgb(d->cr, 0.5, 0.5, 0.5);
	cairo_rectangle(d->cr, LEFT, d->y, PAGE_WIDTH - LEFT - RIGHT, weight);
	cairo_fill(d->cr);
}

static void draw_slice(struct drawing *d, const struct grid *g, struct row *row, int lines,
                       double height, const char *cell_tag)
{
	if (cell_tag != NULL)
		tag_begin(d, "TR", NULL);
	for (size_t i = 0; i < g->columns; i++) {
		if (cell_tag != NULL)
			tag_begin(d, cell_tag, NULL);
		draw_cell(d, g, row, i, lines, height);
		if (cell_tag != NULL)
			tag_end(d, cell_tag);
	}
	if (cell_tag != NULL)
		tag_end(d, "TR");
	d->y += lines * height + CELL_GAP / 2;
	rule_under(d, 0.5);
	d->y += CELL_GAP / 2;
}

static void row_layouts(const struct drawing *d, const struct grid *g, const struct look *look,
                        const char *const *texts, struct row *ret)
{
	for (size_t i = 0; i < g->columns; i++) {
		ret->cell[i] = layout_of(d, look, texts[i] != NULL ? texts[i] : "", g->width[i]);
		ret->from[i] = 0;
	}
}

static void row_drop(const struct grid *g, struct row *row)
{
	for (size_t i = 0; i < g->columns; i++)
		g_object_unref(row->cell[i]);
}

/* The head on a later page is decoration: its structure stands where the table begins. */
static void table_head(struct drawing *d, const struct grid *g, bool first)
{
	const char *titles[PDF_COLUMNS_MAX];
	struct row row;
	int most = 0;
	double height = 0;

	for (size_t i = 0; i < g->columns; i++)
		titles[i] = g->table->columns[i].title;
	row_layouts(d, g, &HEAD_CELL, titles, &row);
	lines_that_fit(d, &row, g, &most, &height);
	draw_slice(d, g, &row, most, height, first ? HEAD_CELL.tag : NULL);
	row_drop(g, &row);
}

static void table_row(struct drawing *d, const struct grid *g, const char *const *texts)
{
	struct row row;
	int most = 0;
	double height = 0;

	row_layouts(d, g, &LOOKS[BLOCK_TABLE], texts, &row);
	for (;;) {
		const int lines = lines_that_fit(d, &row, g, &most, &height);
		if (most == 0)
			break;
		const double page = PAGE_HEIGHT - BOTTOM - TOP;
		if (lines >= most || (lines > 0 && most * height > page / 2)) {
			draw_slice(d, g, &row, lines, height, "TD");
			continue;
		}
		new_page(d);
		table_head(d, g, false);
	}
	row_drop(g, &row);
}

static void table(struct drawing *d, const struct block *b)
{
	const struct grid g = grid_of(&b->table);
	const double room = 60;

	if (g.columns == 0)
		return;
	if (!fits(d, room) && !at_top(d))
		new_page(d);
	tag_begin(d, "Table", NULL);
	if (b->table.caption != NULL)
		text_block(d, &CAPTION, b->table.caption, 0);
	table_head(d, &g, true);
	for (size_t i = 0; i < b->table.rows; i++)
		table_row(d, &g, b->table.cells + i * b->table.column_count);
	tag_end(d, "Table");
	d->y += LOOKS[BLOCK_TABLE].after;
}

/* ---- the whole ------------------------------------------------------------------------------------------ */

static void draw_block(struct drawing *d, const struct block *b)
{
	if (b->kind != BLOCK_ITEM)
		close_list(d);
	switch (b->kind) {
	case BLOCK_HEADING:
		heading(d, b);
		return;
	case BLOCK_LABELLED:
		labelled(d, b);
		return;
	case BLOCK_ITEM:
		item(d, b);
		return;
	case BLOCK_CONTENTS:
		contents(d, b);
		return;
	case BLOCK_TABLE:
		table(d, b);
		return;
	case BLOCK_NEW_PAGE:
		if (!at_top(d))
			new_page(d);
		return;
	case BLOCK_TITLE:
	case BLOCK_UNDER:
	case BLOCK_PARAGRAPH:
	case BLOCK_SMALL:
	case BLOCK_NOTE:
		text_block(d, &LOOKS[b->kind], b->text, b->kind == BLOCK_NOTE ? INDENT : 0);
		return;
	}
}

/* from, until: per mille of the whole. False: somebody stopped it. */
static bool draw_all(struct drawing *d, const struct pdf_progress *progress, int from, int until)
{
	size_t done = 0;

	d->y = TOP;
	d->page = 1;
	d->heading = 0;
	tag_begin(d, "Document", NULL);
	for (const struct block *b = d->pdf->first; b != NULL; b = b->next) {
		draw_block(d, b);
		done++;
		if (progress != NULL &&
		    !progress->told(progress->context,
		                    from + (int)((size_t)(until - from) * done / d->pdf->count)))
			return false;
	}
	close_list(d);
	tag_end(d, "Document");
	return true;
}

static cairo_status_t take(void *context, const unsigned char *data, unsigned int len)
{
	struct out *o = context;

	out_raw(o, (const char *)data, len);
	return o->overflowed ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

static void describe(const struct pdf *p, cairo_surface_t *s)
{
	cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_TITLE, p->about.title);
	cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_CREATOR, "Plein");
	cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_CREATE_DATE,
	                               iso_moment(p->arena, p->about.made_at));
	if (p->about.author != NULL)
		cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_AUTHOR, p->about.author);
}

/* Unhinted, so that a line breaks alike on every machine with the same font. */
static PangoContext *context_of(cairo_t *cr)
{
	PangoContext *context = pango_cairo_create_context(cr);
	cairo_font_options_t *options = cairo_font_options_create();

	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	pango_cairo_context_set_font_options(context, options);
	cairo_font_options_destroy(options);
	pango_cairo_context_set_resolution(context, 72);
	pango_context_set_language(context, pango_language_from_string("nl"));
	return context;
}

static bool has_font(void)
{
	PangoFontFamily **families = NULL;
	int count = 0;

	pango_font_map_list_families(pango_cairo_font_map_get_default(), &families, &count);
	g_free(families);
	return count > 0;
}

static enum status draw(struct drawing *d, const struct pdf_progress *progress,
                        struct error *reterr)
{
	d->measuring = true;
	bool whole = draw_all(d, progress, 0, 400);
	d->pages = d->page;
	d->measuring = false;
	d->list_open = false;
	whole = whole && draw_all(d, progress, 400, 1000);
	if (!whole)
		return FAIL(reterr, ERR_UNAVAILABLE, "Het maken van de PDF is gestopt.");
	footer(d);
	return OK;
}

static enum status finished(cairo_surface_t *s, struct out *o, size_t began, struct error *reterr)
{
	cairo_surface_finish(s);
	const cairo_status_t status = cairo_surface_status(s);

	if (o->overflowed)
		return FAIL(reterr, ERR_LIMIT, "Dit stuk is te lang voor één PDF.");
	if (status != CAIRO_STATUS_SUCCESS || !pdf_complete(o, began)) {
		(void)FAIL(reterr, ERR_INTERNAL, "De PDF kon niet worden gemaakt.");
		return error_cause(reterr, "cairo: %s", cairo_status_to_string(status));
	}
	return out_end(o, reterr);
}

enum status pdf_write(const struct pdf *p, const struct pdf_progress *progress, struct out *o,
                      struct error *reterr)
{
	const size_t began = o->len;

	if (!has_font()) {
		(void)FAIL(reterr, ERR_UNAVAILABLE, "Er kan nu geen PDF worden gemaakt.");
		return error_cause(reterr, "no font on this machine: install fonts-dejavu-core");
	}
	cairo_surface_t *s = cairo_pdf_surface_create_for_stream(take, o, PAGE_WIDTH, PAGE_HEIGHT);
	cairo_t *cr = cairo_create(s);
	struct drawing d = { .pdf = p,
		             .cr = cr,
		             .context = context_of(cr),
		             .heading_page = ARENA_ARRAY(p->arena, int, p->headings + 1) };

	describe(p, s);
	enum status st = draw(&d, progress, reterr);
	g_object_unref(d.context);
	cairo_destroy(cr);
	if (st == OK)
		st = finished(s, o, began, reterr);
	else
		cairo_surface_finish(s);
	cairo_surface_destroy(s);
	return st;
}
