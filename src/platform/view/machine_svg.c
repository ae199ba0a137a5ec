#include "platform/view/machine_svg.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

enum { /* pixels */
       BOX_WIDTH = 170,
       BOX_MIN = 44,
       LINE = 20, /* one move at its state */
       GAP = 24,  /* between boxes of a column */
       MARGIN = 20,
       HEAD = 44,
       ARROW = 40, /* at least, behind the longest label of a column */
       LETTER = 7  /* an average letter of 13 px */
};

struct place {
	int column; /* -1: not reached from the first state */
	int x, y, height;
	int moves; /* that leave it */
};

struct drawing_of {
	struct out *o;
	const struct machine *m;
	struct place places[MACHINE_SVG_STATES_MAX];
	int columns, width, height;
	int label_width[MACHINE_SVG_STATES_MAX + 2]; /* of each column */
};

static size_t index_of(const struct machine *m, uint8_t code)
{
	for (size_t i = 0; i < m->state_count; i++)
		if (m->states[i].code == code)
			return i;
	assert(false && "a move names a state that the machine lacks");
	return 0;
}

static const char *action_label(const struct machine *m, uint8_t code)
{
	const struct action *a = machine_action(m, code);
	assert(a != NULL && "a move names an action that the machine lacks");
	return a->label;
}

/* Letters, not bytes. */
static int letters(const char *text)
{
	int n = 0;
	for (; *text != '\0'; text++)
		n += ((unsigned char)*text & 0xc0) != 0x80;
	return n;
}

/* ---- columns -------------------------------------------------------------------------------- */

static bool spread(struct drawing_of *d, int column)
{
	bool more = false;
	for (size_t i = 0; i < d->m->move_count; i++) {
		const struct move *mv = &d->m->moves[i];
		struct place *to = &d->places[index_of(d->m, mv->to)];
		if (d->places[index_of(d->m, mv->from)].column != column || to->column >= 0)
			continue;
		to->column = column + 1;
		more = true;
	}
	return more;
}

static void put_in_columns(struct drawing_of *d)
{
	for (size_t i = 0; i < d->m->state_count; i++)
		d->places[i].column = -1;
	d->places[0].column = 0;
	while (spread(d, d->columns))
		d->columns++;
	/* What no move reaches stands in a column of its own: other machines make it. */
	bool lost = false;
	for (size_t i = 0; i < d->m->state_count; i++) {
		if (d->places[i].column >= 0)
			continue;
		d->places[i].column = d->columns + 1;
		lost = true;
	}
	d->columns += lost ? 2 : 1;
}

static bool is_forward(const struct drawing_of *d, const struct move *mv)
{
	return d->places[index_of(d->m, mv->to)].column ==
	       d->places[index_of(d->m, mv->from)].column + 1;
}

/* ---- sizes ------------------------------------------------------------------------------------
 */

static int move_letters(const struct drawing_of *d, const struct move *mv)
{
	int n = letters(action_label(d->m, mv->action)) + (mv->eyes == FOUR_EYES ? 4 : 0);
	if (!is_forward(d, mv))
		n += 6 + letters(d->m->states[index_of(d->m, mv->to)].label);
	return n;
}

static void place_column(struct drawing_of *d, int column)
{
	int y = HEAD;

	for (size_t i = 0; i < d->m->state_count; i++) {
		struct place *p = &d->places[i];
		if (p->column != column)
			continue;
		p->height = p->moves * LINE + 8 > BOX_MIN ? p->moves * LINE + 8 : BOX_MIN;
		p->x = d->width;
		p->y = y;
		y += p->height + GAP;
	}
	d->height = y > d->height ? y : d->height;
	d->width += BOX_WIDTH + MARGIN;
	if (d->label_width[column] > 0)
		d->width += d->label_width[column] + ARROW;
}

static void measure(struct drawing_of *d)
{
	for (size_t i = 0; i < d->m->move_count; i++) {
		const struct move *mv = &d->m->moves[i];
		struct place *from = &d->places[index_of(d->m, mv->from)];
		int width = move_letters(d, mv) * LETTER;
		from->moves++;
		if (width > d->label_width[from->column])
			d->label_width[from->column] = width;
	}
	d->width = MARGIN;
	for (int column = 0; column < d->columns; column++)
		place_column(d, column);
}

/* ---- words -------------------------------------------------------------------------------------
 */

static void tell_moves(const struct drawing_of *d)
{
	for (size_t i = 0; i < d->m->move_count; i++) {
		const struct move *mv = &d->m->moves[i];
		OUT_LIT(d->o, "Van ");
		out_html(d->o, d->m->states[index_of(d->m, mv->from)].label);
		OUT_LIT(d->o, " naar ");
		out_html(d->o, d->m->states[index_of(d->m, mv->to)].label);
		OUT_LIT(d->o, ": ");
		out_html(d->o, action_label(d->m, mv->action));
		if (mv->eyes == FOUR_EYES)
			OUT_LIT(d->o, ", met twee personen");
		if (mv->who == 0)
			OUT_LIT(d->o, ", door Plein zelf");
		OUT_LIT(d->o, ".\n");
	}
}

static void draw_head(const struct drawing_of *d, const char *title)
{
	out_fmt(
	    d->o,
	    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" "
	    "height=\"%d\" role=\"img\" aria-labelledby=\"t d\" "
	    "font-family=\"Segoe UI, Noto Sans, sans-serif\" font-size=\"13\">\n<title id=\"t\">",
	    d->width, d->height, d->width, d->height);
	out_html(d->o, title);
	OUT_LIT(d->o, "</title>\n<desc id=\"d\">");
	tell_moves(d);
	OUT_LIT(d->o,
	        "</desc>\n<defs><marker id=\"a\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" "
	        "markerWidth=\"8\" markerHeight=\"8\" orient=\"auto\"><path d=\"M0 0 8 4 0 8Z\" "
	        "fill=\"#0d4a56\"/></marker></defs>\n");
	out_fmt(d->o, "<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>\n", d->width, d->height);
	out_fmt(d->o,
	        "<text x=\"%d\" y=\"26\" font-size=\"17\" font-weight=\"600\" "
	        "fill=\"#1c2325\">",
	        MARGIN);
	out_html(d->o, title);
	OUT_LIT(d->o, "</text>\n");
}

/* ---- shapes ------------------------------------------------------------------------------------
 */

static bool leads_on(const struct machine *m, uint8_t code)
{
	for (size_t i = 0; i < m->move_count; i++)
		if (m->moves[i].from == code)
			return true;
	return false;
}

/* A state that nothing leaves has a thick edge. */
static void draw_state(const struct drawing_of *d, size_t i)
{
	const struct place *p = &d->places[i];
	const struct state *s = &d->m->states[i];

	out_fmt(d->o,
	        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"3\" fill=\"#f4f1ea\" "
	        "stroke=\"#0d4a56\" stroke-width=\"%d\"/>\n",
	        p->x, p->y, BOX_WIDTH, p->height, leads_on(d->m, s->code) ? 1 : 3);
	out_fmt(d->o, "<text x=\"%d\" y=\"%d\" font-weight=\"600\" fill=\"#1c2325\"", p->x + 12,
	        p->y + p->height / 2 + 5);
	if (letters(s->label) * LETTER > BOX_WIDTH - 20)
		out_fmt(d->o, " textLength=\"%d\" lengthAdjust=\"spacingAndGlyphs\"",
		        BOX_WIDTH - 20);
	OUT_LIT(d->o, ">");
	out_html(d->o, s->label);
	OUT_LIT(d->o, "</text>\n");
}

/* nth: of the moves that leave this state. */
static void draw_move(const struct drawing_of *d, const struct move *mv, int nth)
{
	const struct place *from = &d->places[index_of(d->m, mv->from)];
	size_t to_index = index_of(d->m, mv->to);
	const struct place *to = &d->places[to_index];
	int x = from->x + BOX_WIDTH;
	int y = from->y + (from->height - from->moves * LINE) / 2 + nth * LINE + LINE / 2;
	bool forward = is_forward(d, mv);

	out_fmt(d->o, "<text x=\"%d\" y=\"%d\" fill=\"#1c2325\">", x + 10, y + 4);
	out_html(d->o, action_label(d->m, mv->action));
	if (mv->eyes == FOUR_EYES)
		OUT_LIT(d->o, " (2x)");
	if (!forward) {
		OUT_LIT(d->o, ", naar ");
		out_html(d->o, d->m->states[to_index].label);
	}
	OUT_LIT(d->o, "</text>\n");
	if (!forward)
		return;
	int start = x + 16 + move_letters(d, mv) * LETTER, end = to->x - 2;
	int target = to->y + to->height / 2;
	int middle = (start + end) / 2;
	out_fmt(d->o,
	        "<path d=\"M%d %d C%d %d %d %d %d %d\" fill=\"none\" stroke=\"#0d4a56\" "
	        "stroke-width=\"1.5\"%s marker-end=\"url(#a)\"/>\n",
	        start, y, middle, y, middle, target, end, target,
	        mv->who == 0 ? " stroke-dasharray=\"4 3\"" : "");
}

void machine_svg(struct out *o, const struct machine *m, const char *title)
{
	struct drawing_of d = { .o = o, .m = m };
	int drawn[MACHINE_SVG_STATES_MAX] = { 0 };

	assert(m->state_count > 0 && m->state_count <= MACHINE_SVG_STATES_MAX);
	put_in_columns(&d);
	measure(&d);
	draw_head(&d, title);
	for (size_t i = 0; i < m->state_count; i++)
		draw_state(&d, i);
	for (size_t i = 0; i < m->move_count; i++)
		draw_move(&d, &m->moves[i], drawn[index_of(m, m->moves[i].from)]++);
	OUT_LIT(o, "</svg>\n");
}
