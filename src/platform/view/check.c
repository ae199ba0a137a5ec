/* Reads templates against the views they will be fed: what a compiler would say, at build time. */
#include "platform/view/page.h"

#include "platform/view/draw.h"
#include "platform/view/frame.h"

/* Templates being read, outermost last: one that draws itself over the same view is read once. */
struct reading {
	const struct template *t;
	const struct view *view;
	const struct reading *outer;
};

struct check {
	struct out *ret;
	struct arena *arena;
	const struct form *form;
	const struct reading *reading;
	int h1, lists, parts; /* found; around where we are */
};

static void check_steps(struct check *c, uint32_t from, uint32_t to, const struct scope *scope);
static void check_template(struct check *c, const struct template *t, const struct scope *scope);

static void complain(struct check *c, const struct template_step *s, const char *what,
                     const char *name)
{
	out_fmt(c->ret, "web/%s.html:%u: %s: %s\n", c->reading->t->name, s->line, name, what);
}

/* "a\0b" as "a.b", for messages. */
static const char *dotted(struct check *c, const struct template_step *s)
{
	const char *name = s->parts == 0 ? "." : s->text, *at = s->text;
	for (unsigned i = 1; i < s->parts; i++) {
		at += strlen(at) + 1;
		name = arena_printf(c->arena, "%s.%s", name, at);
	}
	return name;
}

static bool one_of(const char *word, const char *const *words)
{
	for (; *words != NULL; words++)
		if (strcmp(word, *words) == 0)
			return true;
	return false;
}

static bool is_code(const struct code *codes, const char *name)
{
	for (const struct code *code = codes; code != NULL && code->name != NULL; code++)
		if (strcmp(code->name, name) == 0)
			return true;
	return false;
}

static bool is_state(const struct machine *m, const char *name)
{
	for (size_t i = 0; i < m->state_count; i++)
		if (strcmp(m->states[i].name, name) == 0)
			return true;
	return false;
}

static bool part_exists(const struct view_field *f, const char *part)
{
	static const char *const moment[] = { "iso", "time", "day", NULL };
	static const char *const verdict[] = { "yes",  "onlyIf", "no",      "sentence",
		                               "next", "rule",   "article", NULL };
	switch ((int)f->kind) {
	case VIEW_CODE:
	case VIEW_CODES:
		return is_code(f->codes, part);
	case VIEW_STATE:
		return is_state(f->machine, part);
	case VIEW_MOMENT:
		return one_of(part, moment);
	case VIEW_DAY:
	case VIEW_DUE:
		return strcmp(part, "iso") == 0;
	case VIEW_VERDICT:
		return one_of(part, verdict);
	case VIEW_LIST:
		return strcmp(part, "count") == 0;
	default:
		return false;
	}
}

/* False after a complaint. */
static bool known(struct check *c, const struct template_step *s, struct value v)
{
	if (v.field == NULL && v.self == NULL) {
		complain(c, s, "no view here has this name", dotted(c, s));
		return false;
	}
	if (v.part != NULL && (v.field == NULL || !part_exists(v.field, v.part))) {
		complain(c, s, "this field has no such part", dotted(c, s));
		return false;
	}
	return true;
}

static void check_value(struct check *c, const struct template_step *s, const struct scope *scope)
{
	if (s->tag == TAG_SUMMARY)
		return;
	struct value v = value_find(scope, s->text, s->parts);
	if (!known(c, s, v))
		return;
	bool words = v.field != NULL && (v.part != NULL || (v.field->kind != VIEW_LIST &&
	                                                    v.field->kind != VIEW_OBJECT &&
	                                                    v.field->kind != VIEW_VERDICT));
	if (!words)
		complain(c, s, "a record, list or verdict has no text of its own", dotted(c, s));
}

static const struct field *form_field(const struct form *form, const char *path)
{
	for (size_t i = 0; form != NULL && i < form->field_count; i++)
		if (strcmp(form->fields[i].path, path) == 0)
			return &form->fields[i];
	return NULL;
}

static const struct field *asked(struct check *c, const struct template_step *s, const char *path)
{
	const struct field *f = form_field(c->form, path);
	if (f == NULL)
		complain(c, s, "the form of this page has no such field", path);
	return f;
}

static void check_section(struct check *c, uint32_t at, const struct scope *scope)
{
	const struct template_step *s = &c->reading->t->steps[at];
	bool inverted = s->kind == STEP_INVERTED;
	struct scope inner = { &PROBLEM_VIEW, NULL, scope };
	struct view_field dot = { .name = "." };
	struct view alone = { &dot, 1, 0 };

	if (s->tag == TAG_PROBLEMS || s->tag == TAG_SUMMARY) {
		const char *path = strchr(s->argument, '.');
		if (path != NULL && c->form != NULL)
			(void)asked(c, s, path + 1);
		check_steps(c, at + 1, s->end,
		            s->tag == TAG_PROBLEMS && !inverted ? &inner : scope);
		return;
	}
	struct value v = value_find(scope, s->text, s->parts);
	if (!known(c, s, v))
		return;
	bool opens = !inverted && v.field != NULL && v.part == NULL;
	bool list = opens && v.field->kind == VIEW_LIST;
	if (opens) {
		dot = *v.field;
		dot.name = ".";
		bool record = list || v.field->kind == VIEW_OBJECT;
		inner.view = record ? v.field->view : &alone;
	}
	c->lists += list;
	check_steps(c, at + 1, s->end, opens ? &inner : scope);
	c->lists -= list;
}

/* Which kinds a component takes, one bit each. */
static const uint32_t KINDS[TAG_COUNT] = {
	[TAG_STATE] = 1u << VIEW_STATE,     [TAG_CLOCK] = 1u << VIEW_DUE | 1u << VIEW_DAY,
	[TAG_VERDICT] = 1u << VIEW_VERDICT, [TAG_REF] = 1u << VIEW_REF | 1u << VIEW_TEXT,
	[TAG_PARTNER] = 1u << VIEW_TEXT,    [TAG_TIME] = 1u << VIEW_MOMENT | 1u << VIEW_DAY,
	[TAG_NUMBER] = 1u << VIEW_INT,
};

static void check_component(struct check *c, const struct template_step *s,
                            const struct scope *scope)
{
	struct value v = value_find(scope, s->text, s->parts);
	if (!known(c, s, v))
		return;
	if (v.field == NULL || v.part != NULL || (KINDS[s->tag] >> v.field->kind & 1) == 0)
		complain(c, s, "this tag is not for that kind of field", dotted(c, s));
	if (s->tag == TAG_PARTNER && s->rest[0] != '\0' &&
	    value_find(scope, s->rest, 1).field == NULL)
		complain(c, s, "no view here has this name", s->rest);
}

static void check_route(struct check *c, const struct template_step *s, const struct scope *scope)
{
	const char *open = s->argument;
	while ((open = strchr(open, '{')) != NULL) {
		const char *close = strchr(open, '}');
		if (close == NULL) {
			complain(c, s, "a { without its }", s->argument);
			return;
		}
		const char *name = arena_strndup(c->arena, open + 1, (size_t)(close - open - 1));
		if (s->kind == STEP_BLOCK && value_find(scope, name, 1).field == NULL)
			complain(c, s, "no view here has this name", name);
		open = close;
	}
}

static void check_form_tag(struct check *c, const struct template_step *s)
{
	const struct field *f = asked(c, s, s->argument);
	if (f == NULL)
		return;
	bool coded = f->kind == FIELD_CODE || f->kind == FIELD_CODES;
	if (s->tag == TAG_FIELD && f->kind == FIELD_LIST)
		complain(c, s, "a list is asked row by row: {{#@rows}}", s->argument);
	if (s->tag == TAG_RADIOS && f->kind != FIELD_CODE)
		complain(c, s, "radio buttons ask for one of a list of codes", s->argument);
	if ((s->tag == TAG_CHECKED || s->tag == TAG_SELECTED) && coded &&
	    !is_code(f->codes, s->rest))
		complain(c, s, "this field has no such code", s->rest);
}

static void check_tag(struct check *c, const struct template_step *s, const struct scope *scope)
{
	switch ((int)s->tag) {
	case TAG_CSRF:
		check_route(c, s, scope);
		break;
	case TAG_ERRORS:
		break;
	case TAG_ERROR:
	case TAG_NAME:
	case TAG_ID:
	case TAG_TYPED:
	case TAG_SELECTED:
	case TAG_CHECKED:
	case TAG_DESCRIBED:
	case TAG_FIELD:
	case TAG_RADIOS:
		check_form_tag(c, s);
		break;
	default:
		check_component(c, s, scope);
	}
}

static void check_rows(struct check *c, uint32_t at, const struct scope *scope)
{
	const struct template_step *s = &c->reading->t->steps[at];
	const struct field *f = asked(c, s, s->argument);
	struct value v = value_find(scope, s->text, s->parts);

	if (f == NULL || !known(c, s, v))
		return;
	if (f->kind != FIELD_LIST || v.field == NULL || v.field->kind != VIEW_LIST) {
		complain(c, s, "rows need a list in the form and in the view", s->argument);
		return;
	}
	const struct form *outer = c->form;
	struct scope row = { v.field->view, NULL, scope };
	c->form = f->element;
	c->lists++;
	check_steps(c, at + 1, s->end, &row);
	c->lists--;
	c->form = outer;
}

static void check_text(struct check *c, const struct template_step *s)
{
	if (c->parts == 0 && strstr(s->text, "data-island=\"live\"") != NULL)
		complain(c, s, "what follows the server stands in a part", "live");
	for (const char *at = s->text; (at = strstr(at, "<h1")) != NULL; at++) {
		c->h1++;
		if (c->lists > 0)
			complain(c, s, "an h1 inside a list comes more than once", "h1");
	}
}

/* A part is one element with the part's name as its id: there it is put back. In a list there would
 * be several. */
static void check_part(struct check *c, uint32_t at, const struct scope *scope)
{
	const struct template_step *s = &c->reading->t->steps[at], *first = s + 1;
	const char *id = arena_printf(c->arena, " id=\"%s\"", s->argument);
	const char *end = NULL;

	if (at + 1 < s->end && first->kind == STEP_TEXT &&
	    first->text[strspn(first->text, "\n")] == '<')
		end = strstr(first->text, id);
	if (end == NULL || strcspn(first->text, ">") < (size_t)(end - first->text))
		complain(c, s, "a part begins with the element that has its name as id",
		         s->argument);
	if (c->lists > 0)
		complain(c, s, "a part inside a list comes more than once", s->argument);
	c->parts++;
	check_steps(c, at + 1, s->end, scope);
	c->parts--;
}

static void check_steps(struct check *c, uint32_t from, uint32_t to, const struct scope *scope)
{
	for (uint32_t i = from; i < to; i++) {
		const struct template_step *s = &c->reading->t->steps[i];
		switch ((enum step_kind)s->kind) {
		case STEP_TEXT:
			check_text(c, s);
			break;
		case STEP_VALUE:
			check_value(c, s, scope);
			break;
		case STEP_PARTIAL:
			check_template(c, s->partial, scope);
			break;
		case STEP_TAG:
			check_tag(c, s, scope);
			break;
		case STEP_SECTION:
		case STEP_INVERTED:
			check_section(c, i, scope);
			i = s->end - 1;
			break;
		case STEP_BLOCK:
			if (s->tag == TAG_ROWS) {
				check_rows(c, i, scope);
			} else if (s->tag == TAG_PART) {
				check_part(c, i, scope);
			} else {
				check_route(c, s, scope);
				check_steps(c, i + 1, s->end, scope);
			}
			i = s->end - 1;
			break;
		}
	}
}

static void check_template(struct check *c, const struct template *t, const struct scope *scope)
{
	struct reading here = { t, scope->view, c->reading };

	if (t == NULL)
		return;
	for (const struct reading *r = c->reading; r != NULL; r = r->outer)
		if (r->t == t && r->view == scope->view)
			return;
	c->reading = &here;
	check_steps(c, 0, t->count, scope);
	c->reading = here.outer;
}

void page_check_parsed(struct out *ret, struct arena *a, const struct template *t,
                       const struct page_template *page)
{
	struct check c = { .ret = ret, .arena = a, .form = page->form };
	struct scope frame = { &FRAME_VIEW, NULL, NULL };
	struct scope scope = { page->view, NULL, &frame };

	check_template(&c, t, &scope);
	if (page->whole && c.h1 != 1)
		out_fmt(ret, "web/%s.html: a page has one h1, this one has %d\n", page->name, c.h1);
}

void page_check(struct out *ret, struct arena *a, const struct page_template *page)
{
	const struct template *t = template_find(page->name);
	if (t == NULL)
		out_fmt(ret, "web/%s.html: there is no such template\n", page->name);
	else
		page_check_parsed(ret, a, t, page);
}

const struct page_template view_own_templates[] = {
	{ .name = "frame/top", .view = &FRAME_VIEW },
	{ .name = "frame/bottom", .view = &FRAME_VIEW },
	{ .name = "components/problem", .view = &PROBLEM_VIEW },
	{ .name = "components/error_summary", .view = &PROBLEM_VIEW },
	{ .name = "components/field_text", .view = &FIELD_VIEW },
	{ .name = "components/field_prose", .view = &FIELD_VIEW },
	{ .name = "components/field_select", .view = &FIELD_VIEW },
	{ .name = "components/field_radios", .view = &FIELD_VIEW },
	{ .name = "components/field_checkbox", .view = &FIELD_VIEW },
	{ .name = "components/field_checkboxes", .view = &FIELD_VIEW },
	{ .name = "components/field_file", .view = &FIELD_VIEW },
	{ 0 },
};
