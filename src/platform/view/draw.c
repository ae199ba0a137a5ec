/* The renderer: walks steps, keeps the stack of records, escapes every value. */
#include "platform/view/draw.h"

#include <assert.h>

#include "platform/core/memory.h"
#include "platform/view/address.h"

static void draw_steps(struct canvas *c, const struct template *t, uint32_t from, uint32_t to,
                       const struct scope *scope);

static void begin_line(struct canvas *c)
{
	if (c->indent != NULL && c->line_begins)
		out_raw(c->out, c->indent, strlen(c->indent));
	c->line_begins = false;
}

static void draw_text(struct canvas *c, const struct template_step *step)
{
	if (c->indent == NULL) {
		out_raw(c->out, step->text, step->len);
		return;
	}
	const char *at = step->text, *end = at + step->len;
	while (at < end) {
		const char *newline = memchr(at, '\n', (size_t)(end - at));
		const char *stop = newline == NULL ? end : newline + 1;
		begin_line(c);
		out_raw(c->out, at, (size_t)(stop - at));
		c->line_begins = newline != NULL;
		at = stop;
	}
}

static void draw_codes(struct canvas *c, struct value v)
{
	uint64_t set = *(const uint64_t *)v.at;
	bool first = true;

	for (const struct code *code = v.field->codes; code->name != NULL; code++) {
		if (code->value < 0 || code->value > 63 || !(set >> (unsigned)code->value & 1))
			continue;
		if (!first)
			OUT_LIT(c->out, ", ");
		out_html(c->out, code->label);
		first = false;
	}
}

static void draw_value(struct canvas *c, const struct template_step *step,
                       const struct scope *scope)
{
	struct words room LEFT_ALONE;
	const char *text;

	begin_line(c);
	if (step->tag == TAG_SUMMARY) {
		text = draw_problem_summary(c);
	} else {
		struct value v = value_find(scope, step->text, step->parts);
		if (v.field != NULL && v.part == NULL && v.at != NULL &&
		    v.field->kind == VIEW_CODES) {
			draw_codes(c, v);
			return;
		}
		text = value_text(v, &room);
	}
	if (text != NULL)
		out_html(c->out, text);
}

static void draw_each(struct canvas *c, const struct template *t, uint32_t at, const struct view *v,
                      struct array items, const struct scope *outer)
{
	const char *item = items.items;

	for (size_t i = 0; i < items.count; i++, item += v->struct_bytes) {
		struct scope scope = { v, item, outer };
		draw_steps(c, t, at + 1, t->steps[at].end, &scope);
	}
}

/* A section over a single value: {{.}} is that value. */
static void draw_scalar_section(struct canvas *c, const struct template *t, uint32_t at,
                                struct value v, const struct scope *outer)
{
	struct view_field dot = *v.field;
	dot.name = ".";
	dot.offset = 0;
	struct view view = { &dot, 1, 0 };
	struct scope scope = { &view, v.at, outer };
	draw_steps(c, t, at + 1, t->steps[at].end, &scope);
}

static void draw_section(struct canvas *c, const struct template *t, uint32_t at,
                         const struct scope *scope)
{
	const struct template_step *step = &t->steps[at];
	struct value v = value_find(scope, step->text, step->parts);

	if (!value_true(v))
		return;
	if (v.self != NULL || v.part != NULL) {
		draw_steps(c, t, at + 1, step->end, scope);
	} else if (v.field->kind == VIEW_LIST) {
		draw_each(c, t, at, v.field->view, *(const struct array *)v.at, scope);
	} else if (v.field->kind == VIEW_OBJECT) {
		struct scope inner = { v.field->view, *(const void *const *)v.at, scope };
		draw_steps(c, t, at + 1, step->end, &inner);
	} else {
		draw_scalar_section(c, t, at, v, scope);
	}
}

/* problems, or problems.PATH: behind the first dot, as written. */
static struct array problems_of(struct canvas *c, const struct template_step *step)
{
	const char *dot = strchr(step->argument, '.');
	return draw_problems(c, dot == NULL ? NULL : draw_path(c, dot + 1));
}

static void draw_condition(struct canvas *c, const struct template *t, uint32_t at,
                           const struct scope *scope)
{
	const struct template_step *step = &t->steps[at];
	bool inverted = step->kind == STEP_INVERTED;

	if (step->tag == TAG_PROBLEMS) {
		struct array found = problems_of(c, step);
		if (!inverted)
			draw_each(c, t, at, &PROBLEM_VIEW, found, scope);
		else if (found.count == 0)
			draw_steps(c, t, at + 1, step->end, scope);
	} else if (step->tag == TAG_SUMMARY) {
		if ((draw_problem_summary(c) == NULL) == inverted)
			draw_steps(c, t, at + 1, step->end, scope);
	} else if (!inverted) {
		draw_section(c, t, at, scope);
	} else if (!value_true(value_find(scope, step->text, step->parts))) {
		draw_steps(c, t, at + 1, step->end, scope);
	}
}

static void draw_rows(struct canvas *c, const struct template *t, uint32_t at,
                      const struct scope *scope)
{
	const struct template_step *step = &t->steps[at];
	struct value v = value_find(scope, step->text, step->parts);

	if (v.field == NULL || v.field->kind != VIEW_LIST)
		return;
	struct array recorded = v.at == NULL ? (struct array){ 0 } : *(const struct array *)v.at;
	const struct view *view = v.field->view;
	const char *outer_rows = c->rows, *path = draw_path(c, step->argument);
	const struct form *outer_form = c->form;
	const struct field *list = draw_field_named(c, step->argument);
	c->form = list == NULL ? NULL : list->element;
	size_t count = draw_row_count(c, path, recorded.count);

	for (size_t i = 0; i < count; i++) {
		const void *record = NULL;
		if (i < recorded.count)
			record = (const char *)recorded.items + i * view->struct_bytes;
		struct scope row = { view, record, scope };
		c->rows = arena_printf(c->d->arena, "%s[%zu].", path, i);
		draw_steps(c, t, at + 1, step->end, &row);
	}
	c->rows = outer_rows;
	c->form = outer_form;
}

/* A route's path with each {name} taken from the record. */
static const char *filled_path(struct canvas *c, const char *pattern, const struct scope *scope)
{
	struct arena *a = c->d->arena;
	const char *path = "", *at = pattern, *open;

	while ((open = strchr(at, '{')) != NULL) {
		const char *close = strchr(open, '}');
		if (close == NULL)
			break;
		const char *name = arena_strndup(a, open + 1, (size_t)(close - open - 1));
		struct words room;
		const char *text = value_typed(value_find(scope, name, 1), &room);
		path = arena_printf(a, "%s%.*s%s", path, (int)(open - at), at,
		                    address_encoded(a, text == NULL ? "" : text));
		at = close + 1;
	}
	return arena_printf(a, "%s%s", path, at);
}

static void draw_form(struct canvas *c, const struct template *t, uint32_t at,
                      const struct scope *scope)
{
	const struct template_step *step = &t->steps[at];

	OUT_LIT(c->out, "<form method=\"post\" action=\"");
	out_html(c->out, filled_path(c, step->argument, scope));
	OUT_LIT(c->out, "\" novalidate");
	if (step->rest[0] != '\0') {
		OUT_LIT(c->out, " ");
		out_raw(c->out, step->rest, strlen(step->rest));
	}
	OUT_LIT(c->out, ">");
	draw_hidden(c, step->argument);
	draw_steps(c, t, at + 1, step->end, scope);
	OUT_LIT(c->out, "</form>");
}

static bool is_asked(const char *parts, const char *name)
{
	const size_t len = strlen(name);

	for (const char *at = parts; *at != '\0'; at += strspn(at, " ")) {
		const size_t word = strcspn(at, " ");
		if (word == len && memcmp(at, name, len) == 0)
			return true;
		at += word;
	}
	return false;
}

/* What was thrown away so far goes on the page from here to the part's end. */
static void draw_part(struct canvas *c, const struct template *t, uint32_t at,
                      const struct scope *scope)
{
	const struct template_step *step = &t->steps[at];
	struct out *outer = c->out;

	if (c->parts != NULL && is_asked(c->parts, step->argument))
		c->out = c->page;
	draw_steps(c, t, at + 1, step->end, scope);
	c->out = outer;
}

static void draw_block(struct canvas *c, const struct template *t, uint32_t at,
                       const struct scope *scope)
{
	const uint8_t tag = t->steps[at].tag;

	if (tag == TAG_ROWS)
		draw_rows(c, t, at, scope);
	else if (tag == TAG_PART)
		draw_part(c, t, at, scope);
	else
		draw_form(c, t, at, scope);
}

static void draw_partial(struct canvas *c, const struct template_step *step,
                         const struct scope *scope)
{
	if (step->partial == NULL)
		return;
	if (c->indent == NULL && step->indent == NULL) {
		draw_template(c, step->partial, scope);
		return;
	}
	const char *outer = c->indent;
	if (step->indent == NULL)
		begin_line(c);
	if (step->indent != NULL) {
		c->indent =
		    arena_printf(c->d->arena, "%s%s", outer == NULL ? "" : outer, step->indent);
		c->line_begins = true;
	}
	draw_template(c, step->partial, scope);
	c->line_begins = c->line_begins && outer != NULL;
	c->indent = outer;
}

static void draw_steps(struct canvas *c, const struct template *t, uint32_t from, uint32_t to,
                       const struct scope *scope)
{
	for (uint32_t i = from; i < to; i++) {
		const struct template_step *step = &t->steps[i];
		switch ((enum step_kind)step->kind) {
		case STEP_TEXT:
			draw_text(c, step);
			break;
		case STEP_VALUE:
			draw_value(c, step, scope);
			break;
		case STEP_PARTIAL:
			draw_partial(c, step, scope);
			break;
		case STEP_TAG:
			begin_line(c);
			draw_tag(c, step, scope);
			break;
		case STEP_SECTION:
		case STEP_INVERTED:
			draw_condition(c, t, i, scope);
			i = step->end - 1;
			break;
		case STEP_BLOCK:
			draw_block(c, t, i, scope);
			i = step->end - 1;
			break;
		}
	}
}

void draw_template(struct canvas *c, const struct template *t, const struct scope *scope)
{
	if (c->depth == PARTIAL_DEPTH_MAX)
		return;
	c->depth++;
	draw_steps(c, t, 0, t->count, scope);
	c->depth--;
}

void draw_component(struct canvas *c, const char *name, const struct view *v, const void *record)
{
	const struct template *t = template_find(name);
	struct scope scope = { v, record, NULL };

	assert(t != NULL && "a component without its template");
	draw_template(c, t, &scope);
}

void draw_icon(struct canvas *c, const char *name)
{
	const struct template *t = template_find(arena_printf(c->d->arena, "icons/%s", name));
	struct scope nothing = { &PROBLEM_VIEW, NULL, NULL };

	assert(t != NULL && "an icon without its file");
	draw_template(c, t, &nothing);
}
