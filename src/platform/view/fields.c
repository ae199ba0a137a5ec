/* Form tags: labels, help, problems and what was typed, tied together by the field's path. */
#include "platform/view/draw.h"

#include <assert.h>
#include <errno.h>
#include <sys/random.h>

#include "platform/view/page.h"

static const struct view_field PROBLEM_FIELDS[] = {
	VIEW_F(struct problem_picture, path, VIEW_TEXT),
	VIEW_F(struct problem_picture, message, VIEW_TEXT),
	VIEW_F(struct problem_picture, rule, VIEW_TEXT),
	VIEW_F(struct problem_picture, article, VIEW_TEXT),
	VIEW_F(struct problem_picture, warning, VIEW_BOOL),
};
const struct view PROBLEM_VIEW = VIEW_OF(struct problem_picture, PROBLEM_FIELDS);

struct choice_picture {
	const char *name, *label;
	bool chosen;
};

/* What a field's template shows. */
struct field_picture {
	const char *path, *label, *help, *value, *type, *mode, *autocomplete, *width, *described;
	int64_t rows, max;
	bool optional, later, problem, chosen, choose;
	struct array problems, choices;
};

static const struct view_field CHOICE_FIELDS[] = {
	VIEW_F(struct choice_picture, name, VIEW_TEXT),
	VIEW_F(struct choice_picture, label, VIEW_TEXT),
	VIEW_F(struct choice_picture, chosen, VIEW_BOOL),
};
static const struct view CHOICE_VIEW = VIEW_OF(struct choice_picture, CHOICE_FIELDS);

static const struct view_field FIELD_FIELDS[] = {
	VIEW_F(struct field_picture, path, VIEW_TEXT),
	VIEW_F(struct field_picture, label, VIEW_TEXT),
	VIEW_F(struct field_picture, help, VIEW_TEXT),
	VIEW_F(struct field_picture, value, VIEW_TEXT),
	VIEW_F(struct field_picture, type, VIEW_TEXT),
	VIEW_F(struct field_picture, mode, VIEW_TEXT),
	VIEW_F(struct field_picture, autocomplete, VIEW_TEXT),
	VIEW_F(struct field_picture, width, VIEW_TEXT),
	VIEW_F(struct field_picture, described, VIEW_TEXT),
	VIEW_F(struct field_picture, rows, VIEW_INT),
	VIEW_F(struct field_picture, max, VIEW_INT),
	VIEW_F(struct field_picture, optional, VIEW_BOOL),
	VIEW_F(struct field_picture, later, VIEW_BOOL),
	VIEW_F(struct field_picture, problem, VIEW_BOOL),
	VIEW_F(struct field_picture, chosen, VIEW_BOOL),
	VIEW_F(struct field_picture, choose, VIEW_BOOL),
	VIEW_AS(struct field_picture, problems, "fieldProblems", VIEW_LIST, .view = &PROBLEM_VIEW),
	VIEW_AS(struct field_picture, choices, "choices", VIEW_LIST, .view = &CHOICE_VIEW),
};
const struct view FIELD_VIEW = VIEW_OF(struct field_picture, FIELD_FIELDS);

/* ---- what was typed ----------------------------------------------------------------------- */

const char *typed_at(const struct drawing *d, const char *path)
{
	return d->typed == NULL ? NULL : input_text(d->typed, path);
}

static bool was_typed(const struct drawing *d, const char *path, const char *text)
{
	for (size_t i = 0; i < d->typed->count; i++)
		if (strcmp(d->typed->values[i].path, path) == 0 &&
		    strcmp(d->typed->values[i].text, text) == 0)
			return true;
	return false;
}

/* A form's rows are bounded far below this by the limits on input. */
enum { ROWS_MAX = 1000 };

size_t draw_row_count(const struct canvas *c, const char *path, size_t recorded)
{
	const struct drawing *d = c->d;
	size_t count = recorded;

	if (d->typed != NULL)
		count = input_list_count(d->typed, path) + was_typed(d, "_add", path);
	if (count > ROWS_MAX)
		count = ROWS_MAX;
	return count == 0 ? 1 : count;
}

const char *draw_path(const struct canvas *c, const char *name)
{
	return c->rows[0] == '\0' ? name : arena_printf(c->d->arena, "%s%s", c->rows, name);
}

const struct field *draw_field_named(const struct canvas *c, const char *path)
{
	for (size_t i = 0; c->form != NULL && i < c->form->field_count; i++)
		if (strcmp(c->form->fields[i].path, path) == 0)
			return &c->form->fields[i];
	return NULL;
}

static const char *value_now(struct canvas *c, const struct template_step *step,
                             const struct scope *scope)
{
	const char *typed = typed_at(c->d, draw_path(c, step->argument));
	if (typed != NULL)
		return typed;
	struct words room;
	const char *text = value_typed(value_find(scope, step->text, step->parts), &room);
	return text == NULL ? NULL : arena_strdup(c->d->arena, text);
}

/* Is this code the one (or one of those) typed, else on record? */
static bool is_chosen(struct canvas *c, const struct template_step *step, const struct scope *scope,
                      const char *code)
{
	if (c->d->typed != NULL)
		return was_typed(c->d, draw_path(c, step->argument), code);
	struct value v = value_find(scope, step->text, step->parts);
	if (v.field != NULL && v.field->kind == VIEW_CODES) {
		v.part = code;
		return value_present(v);
	}
	struct words room;
	const char *now = value_typed(v, &room);
	return now != NULL && strcmp(now, code) == 0;
}

/* ---- problems ---------------------------------------------------------------------------------
 */

static const struct problem *first_at(const struct problems *ps, const char *path)
{
	const struct problem *found = NULL;
	for (const struct problem *p = ps->first; p != NULL; p = p->next)
		if (strcmp(p->path, path) == 0 &&
		    (found == NULL ||
		     (found->level == PROBLEM_WARNING && p->level == PROBLEM_ERROR)))
			found = p;
	return found;
}

static struct problem_picture pictured(const struct problem *p)
{
	return (struct problem_picture){ .path = p->path[0] == '\0' ? NULL : p->path,
		                         .message = p->message,
		                         .rule = p->rule,
		                         .article = p->article,
		                         .warning = p->level == PROBLEM_WARNING };
}

struct array draw_problems(const struct canvas *c, const char *path)
{
	const struct problems *ps = c->d->problems;
	if (ps == NULL || ps->first == NULL)
		return (struct array){ 0 };
	size_t max = path == NULL ? ps->error_count + ps->warning_count : 1, count = 0;
	struct problem_picture *list = ARENA_ARRAY(c->d->arena, struct problem_picture, max);
	const struct problem *one = path == NULL ? NULL : first_at(ps, path);

	if (one != NULL)
		list[count++] = pictured(one);
	for (const struct problem *p = ps->first; path == NULL && p != NULL; p = p->next)
		list[count++] = pictured(p);
	return (struct array){ list, count };
}

const char *draw_problem_summary(const struct canvas *c)
{
	const struct problems *ps = c->d->problems;
	if (ps == NULL || ps->error_count + ps->warning_count == 0)
		return NULL;
	size_t n = ps->error_count;
	if (n == 0)
		return "Kijk nog even naar het volgende.";
	return n == 1 ? "Er klopt 1 ding nog niet."
	              : arena_printf(c->d->arena, "Er kloppen %zu dingen nog niet.", n);
}

/* ---- hidden fields ----------------------------------------------------------------------------
 */

/* The kernel's generator blocks only until it was seeded once, at boot. */
static void random_bytes(unsigned char *bytes, size_t len)
{
	ssize_t got;
	do
		got = getrandom(bytes, len, 0);
	while (got < 0 && errno == EINTR);
	if (got != (ssize_t)len)
		abort(); /* allow abort: no random source, nothing safe to answer */
}

static void hidden(struct canvas *c, const char *name, const char *value)
{
	out_fmt(c->out, "<input type=\"hidden\" name=\"%s\" value=\"", name);
	out_html(c->out, value);
	OUT_LIT(c->out, "\">");
}

void draw_hidden(struct canvas *c, const char *pattern)
{
	const struct frame *f = c->d->frame;
	static const char DIGITS[] = "0123456789abcdef";
	unsigned char bytes[ONCE_TOKEN_BYTES];
	char once[2 * ONCE_TOKEN_BYTES + 1];

	if (f != NULL && f->csrf != NULL)
		hidden(c, FORM_CSRF, f->csrf(f, c->d->arena, pattern));
	random_bytes(bytes, sizeof(bytes));
	for (size_t i = 0; i < sizeof(bytes); i++) {
		once[2 * i] = DIGITS[bytes[i] >> 4];
		once[2 * i + 1] = DIGITS[bytes[i] & 15];
	}
	once[sizeof(once) - 1] = '\0';
	hidden(c, FORM_ONCE, once);
}

/* ---- whole fields -----------------------------------------------------------------------------
 */

/* The value of key=value in what follows the field's name, or NULL. */
static const char *option(struct canvas *c, const struct template_step *step, const char *key)
{
	size_t len = strlen(key);
	for (const char *at = step->rest; *at != '\0';) {
		size_t word = strcspn(at, " \t\n");
		if (word > len && strncmp(at, key, len) == 0 && at[len] == '=')
			return arena_strndup(c->d->arena, at + len + 1, word - len - 1);
		at += word;
		at += strspn(at, " \t\n");
	}
	return NULL;
}

static struct array choices_of(struct canvas *c, const struct template_step *step,
                               const struct scope *scope, const struct code *codes)
{
	size_t count = 0;
	while (codes != NULL && codes[count].name != NULL)
		count++;
	struct choice_picture *list = ARENA_ARRAY(c->d->arena, struct choice_picture, count);
	for (size_t i = 0; i < count; i++)
		list[i] = (struct choice_picture){ codes[i].name, codes[i].label,
			                           is_chosen(c, step, scope, codes[i].name) };
	return (struct array){ list, count };
}

static const char *template_for(struct canvas *c, const struct field *f,
                                const struct template_step *step)
{
	switch (f->kind) {
	case FIELD_PROSE:
		/* Exactly as typed, but on one line: a password. */
		return option(c, step, "type") == NULL ? "components/field_prose"
		                                       : "components/field_text";
	case FIELD_BOOL:
		return "components/field_checkbox";
	case FIELD_CODE:
		return step->tag == TAG_RADIOS ? "components/field_radios"
		                               : "components/field_select";
	case FIELD_CODES:
		return "components/field_checkboxes";
	case FIELD_FILE:
		return "components/field_file";
	case FIELD_TEXT:
	case FIELD_INT:
	case FIELD_DAY:
	case FIELD_MONEY:
	case FIELD_LIST:
		break;
	}
	return "components/field_text";
}

static const char *described(struct canvas *c, const char *path, bool help, bool problem)
{
	if (!help && !problem)
		return NULL;
	return arena_printf(c->d->arena, "%s%s%s%s%s", help ? path : "", help ? "-help" : "",
	                    help && problem ? " " : "", problem ? path : "",
	                    problem ? "-problem" : "");
}

static const char *mode_of(const struct field *f)
{
	if (f->kind == FIELD_INT)
		return "numeric";
	return f->kind == FIELD_MONEY ? "decimal" : NULL;
}

static void draw_field(struct canvas *c, const struct template_step *step,
                       const struct scope *scope)
{
	const struct field *f = draw_field_named(c, step->argument);
	if (f == NULL || f->kind == FIELD_LIST)
		return;
	const char *path = draw_path(c, step->argument);
	const char *type = option(c, step, "type"), *rows = option(c, step, "rows");
	const char *mode = option(c, step, "inputmode");
	const bool later = option(c, step, "later") != NULL;
	const bool sometimes = option(c, step, "sometimes") != NULL;
	struct array problems = draw_problems(c, path);
	struct field_picture picture = {
		.path = path,
		.label = f->label,
		.help = step->help,
		.value = value_now(c, step, scope),
		.type = type == NULL ? "text" : type,
		.mode = mode == NULL ? mode_of(f) : mode,
		.autocomplete = option(c, step, "autocomplete"),
		.width = option(c, step, "width"),
		.described = described(c, path, step->help != NULL, problems.count > 0),
		.rows = rows == NULL ? 5 : strtol(rows, NULL, 10),
		.max = f->kind == FIELD_TEXT || f->kind == FIELD_PROSE ? (int64_t)f->max_chars : 0,
		.later = later,
		.optional = !f->required && !later && !sometimes && f->kind != FIELD_BOOL &&
		            f->kind != FIELD_CODES,
		.problem = problems.count > 0,
		.problems = problems,
		.choices = choices_of(c, step, scope, f->codes),
	};

	picture.chosen = c->d->typed == NULL ? picture.value != NULL : typed_at(c->d, path) != NULL;
	if (strcmp(picture.type, "password") == 0)
		picture.value = NULL;
	picture.choose = picture.value == NULL || picture.value[0] == '\0' || !f->required;
	draw_component(c, template_for(c, f, step), &FIELD_VIEW, &picture);
}

static void draw_error(struct canvas *c, const struct template_step *step)
{
	struct array found = draw_problems(c, draw_path(c, step->argument));
	if (found.count > 0)
		draw_component(c, "components/problem", &PROBLEM_VIEW, found.items);
}

/* aria-describedby="title-help title-problem" aria-invalid="true": what fits this field now. */
static void draw_described(struct canvas *c, const struct template_step *step)
{
	const char *path = draw_path(c, step->argument);
	bool problem = draw_problems(c, path).count > 0;
	const char *ids = described(c, path, strcmp(step->rest, "help") == 0, problem);

	if (ids == NULL)
		return;
	OUT_LIT(c->out, "aria-describedby=\"");
	out_html(c->out, ids);
	OUT_LIT(c->out, "\"");
	if (problem)
		OUT_LIT(c->out, " aria-invalid=\"true\"");
}

bool draw_form_tag(struct canvas *c, const struct template_step *step, const struct scope *scope)
{
	const char *text = NULL;

	switch ((int)step->tag) {
	case TAG_CSRF:
		draw_hidden(c, step->argument);
		return true;
	case TAG_ERRORS:
		draw_component(c, "components/error_summary", &PROBLEM_VIEW, NULL);
		return true;
	case TAG_ERROR:
		draw_error(c, step);
		return true;
	case TAG_DESCRIBED:
		draw_described(c, step);
		return true;
	case TAG_FIELD:
	case TAG_RADIOS:
		draw_field(c, step, scope);
		return true;
	case TAG_NAME:
	case TAG_ID:
		text = draw_path(c, step->argument);
		break;
	case TAG_TYPED:
		text = value_now(c, step, scope);
		break;
	case TAG_SELECTED:
	case TAG_CHECKED:
		if (is_chosen(c, step, scope, step->rest))
			text = step->tag == TAG_CHECKED ? "checked" : "selected";
		break;
	default:
		return false;
	}
	if (text != NULL)
		out_html(c->out, text);
	return true;
}
