/* From text to steps; the whole grammar of docs/templates.md and nothing more. */
#include "platform/view/template.h"

#include <assert.h>

struct open_section {
	uint32_t step;
	const char *word;
	size_t len;
};

struct parser {
	struct arena *arena;
	const struct template_library *library;
	const char *source, *at;
	const char *open_mark, *close_mark;
	size_t open_len, close_len;
	struct template_step *steps;
	uint32_t count, room;
	struct open_section open[TEMPLATE_DEPTH_MAX];
	uint32_t depth;
	const char *fault, *fault_at;
};

/* A tag between its marks. */
struct piece {
	const char *start, *end; /* of the whole tag, marks included */
	const char *text;        /* inside, trimmed */
	size_t len;
};

struct tag_row {
	const char *word;
	enum template_tag tag;
	bool block, needs_argument;
};

static const struct tag_row TAGS[] = {
	{ "state", TAG_STATE, false, true },     { "clock", TAG_CLOCK, false, true },
	{ "verdict", TAG_VERDICT, false, true }, { "ref", TAG_REF, false, true },
	{ "partner", TAG_PARTNER, false, true }, { "time", TAG_TIME, false, true },
	{ "number", TAG_NUMBER, false, true },   { "csrf", TAG_CSRF, false, true },
	{ "errors", TAG_ERRORS, false, false },  { "error", TAG_ERROR, false, true },
	{ "name", TAG_NAME, false, true },       { "id", TAG_ID, false, true },
	{ "typed", TAG_TYPED, false, true },     { "selected", TAG_SELECTED, false, true },
	{ "checked", TAG_CHECKED, false, true }, { "describedby", TAG_DESCRIBED, false, true },
	{ "field", TAG_FIELD, false, true },     { "radios", TAG_RADIOS, false, true },
	{ "part", TAG_PART, true, true },        { "rows", TAG_ROWS, true, true },
	{ "form", TAG_FORM, true, true },
};

const char *template_tag_name(enum template_tag tag)
{
	for (size_t i = 0; i < sizeof(TAGS) / sizeof(TAGS[0]); i++)
		if (TAGS[i].tag == tag)
			return TAGS[i].word;
	return tag == TAG_PROBLEMS ? "problems" : "problemSummary";
}

static bool fail(struct parser *p, const char *at, const char *what)
{
	p->fault = what;
	p->fault_at = at;
	return false;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool is_space(char c)
{
	return is_blank(c) || c == '\n' || c == '\r';
}

static uint32_t line_of(const struct parser *p, const char *at)
{
	uint32_t line = 1;
	for (const char *c = p->source; c < at; c++)
		line += *c == '\n';
	return line;
}

static struct template_step *add(struct parser *p, enum step_kind kind)
{
	if (p->count == p->room) {
		uint32_t room = p->room == 0 ? 32 : p->room * 2;
		struct template_step *grown = ARENA_ARRAY(p->arena, struct template_step, room);
		if (p->count > 0)
			memcpy(grown, p->steps, p->count * sizeof(*grown));
		p->steps = grown;
		p->room = room;
	}
	struct template_step *step = &p->steps[p->count++];
	*step = (struct template_step){ .kind = (uint8_t)kind, .argument = "", .rest = "" };
	return step;
}

static void add_text(struct parser *p, const char *text, size_t len)
{
	if (len == 0)
		return;
	struct template_step *step = add(p, STEP_TEXT);
	step->text = arena_strndup(p->arena, text, len);
	step->len = (uint32_t)len;
}

static bool is_name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_' || c == '-';
}

/* "a.b.c" as a, b and c, each ended by NUL. "." has no parts. */
static bool split_name(struct parser *p, const char *name, size_t len, struct template_step *step)
{
	char *copy = arena_strndup(p->arena, name, len);
	step->text = copy;
	step->parts = 0;
	if (len == 1 && name[0] == '.')
		return true;
	size_t part_len = 0;
	for (size_t i = 0; i <= len; i++) {
		if (i < len && is_name_char(copy[i])) {
			part_len++;
			continue;
		}
		if (part_len == 0 || (i < len && copy[i] != '.') || step->parts == 15)
			return fail(p, name,
			            "a name has letters, digits, '_', '-' and single dots");
		copy[i] = '\0';
		step->parts++;
		part_len = 0;
	}
	return true;
}

static struct piece trimmed(const char *text, size_t len)
{
	while (len > 0 && is_space(*text)) {
		text++;
		len--;
	}
	while (len > 0 && is_space(text[len - 1]))
		len--;
	return (struct piece){ .text = text, .len = len };
}

static size_t word_len(const char *text, size_t len)
{
	size_t n = 0;
	while (n < len && !is_space(text[n]) && text[n] != '|')
		n++;
	return n;
}

static bool read_arguments(struct parser *p, const char *text, size_t len,
                           struct template_step *step)
{
	const char *bar = memchr(text, '|', len);
	if (bar != NULL) {
		struct piece help = trimmed(bar + 1, len - (size_t)(bar + 1 - text));
		step->help = arena_strndup(p->arena, help.text, help.len);
		len = (size_t)(bar - text);
	}
	struct piece all = trimmed(text, len);
	size_t first = word_len(all.text, all.len);
	step->argument = arena_strndup(p->arena, all.text, first);
	struct piece rest = trimmed(all.text + first, all.len - first);
	step->rest = arena_strndup(p->arena, rest.text, rest.len);
	bool is_route = step->tag == TAG_CSRF || step->tag == TAG_FORM;
	if (first == 0)
		return true;
	if (is_route)
		return step->argument[0] == '/' ? true : fail(p, text, "a route starts with /");
	return split_name(p, step->argument, first, step);
}

static const struct tag_row *tag_named(const char *word, size_t len)
{
	for (size_t i = 0; i < sizeof(TAGS) / sizeof(TAGS[0]); i++)
		if (strlen(TAGS[i].word) == len && memcmp(TAGS[i].word, word, len) == 0)
			return &TAGS[i];
	return NULL;
}

static bool add_icon(struct parser *p, const char *text, size_t len)
{
	struct piece name = trimmed(text, len);
	const char *icon = NULL;
	if (p->library->icon != NULL)
		icon = p->library->icon(p->library->context,
		                        arena_strndup(p->arena, name.text, name.len));
	if (icon == NULL)
		return fail(p, text, "there is no such icon");
	add_text(p, icon, strlen(icon));
	return true;
}

/* text stands behind the '@'. */
static bool read_tag(struct parser *p, const char *text, size_t len, bool block)
{
	size_t word = word_len(text, len);
	if (!block && word == 4 && memcmp(text, "icon", 4) == 0)
		return add_icon(p, text + word, len - word);
	const struct tag_row *row = tag_named(text, word);
	if (row == NULL || row->block != block)
		return fail(p, text, "there is no such tag");
	struct template_step *step = add(p, block ? STEP_BLOCK : STEP_TAG);
	step->tag = (uint8_t)row->tag;
	step->line = line_of(p, text);
	if (!read_arguments(p, text + word, len - word, step))
		return false;
	if (row->needs_argument && step->argument[0] == '\0')
		return fail(p, text, "this tag needs an argument");
	return true;
}

static bool open_section(struct parser *p, const char *text, size_t len, enum step_kind kind)
{
	if (p->depth == TEMPLATE_DEPTH_MAX)
		return fail(p, text, "sections are nested too deep");
	struct open_section *open = &p->open[p->depth++];
	open->step = p->count;
	open->word = text;
	open->len = len;
	if (len > 0 && text[0] == '@') {
		open->len = word_len(text, len);
		if (kind == STEP_INVERTED)
			return fail(p, text, "a block can't be inverted");
		return read_tag(p, text + 1, len - 1, true);
	}
	struct template_step *step = add(p, kind);
	step->line = line_of(p, text);
	if (!split_name(p, text, len, step))
		return false;
	if (step->parts == 1 && strcmp(step->text, "problemSummary") == 0)
		step->tag = TAG_SUMMARY;
	if (step->parts > 0 && strcmp(step->text, "problems") == 0) {
		step->tag = TAG_PROBLEMS;
		step->argument = arena_strndup(p->arena, text, len);
	}
	return true;
}

static bool close_section(struct parser *p, const char *text, size_t len)
{
	if (p->depth == 0)
		return fail(p, text, "this section was never opened");
	const struct open_section *open = &p->open[--p->depth];
	if (open->len != len || memcmp(open->word, text, len) != 0)
		return fail(p, text, "another section is still open here");
	p->steps[open->step].end = p->count;
	return true;
}

static bool read_partial(struct parser *p, const struct piece *tag, bool alone)
{
	struct piece name = trimmed(tag->text + 1, tag->len - 1);
	const char *wanted = arena_strndup(p->arena, name.text, name.len);
	const struct template *found =
	    p->library->partial == NULL ? NULL : p->library->partial(p->library->context, wanted);
	if (found == NULL && !p->library->lenient)
		return fail(p, tag->text, "there is no such partial");
	struct template_step *step = add(p, STEP_PARTIAL);
	step->partial = found;
	step->line = line_of(p, tag->text);
	const char *line = tag->start;
	while (line > p->source && is_blank(line[-1]))
		line--;
	if (alone && line < tag->start)
		step->indent = arena_strndup(p->arena, line, (size_t)(tag->start - line));
	return true;
}

static bool read_value(struct parser *p, const char *text, size_t len)
{
	struct template_step *step = add(p, STEP_VALUE);
	step->line = line_of(p, text);
	if (!split_name(p, text, len, step))
		return false;
	if (step->parts == 1 && strcmp(step->text, "problemSummary") == 0)
		step->tag = TAG_SUMMARY;
	return true;
}

/* {{=<% %>=}}: other marks from here on. */
static bool change_marks(struct parser *p, const struct piece *tag)
{
	if (tag->len < 2 || tag->text[tag->len - 1] != '=')
		return fail(p, tag->text, "marks are changed by {{=<% %>=}}");
	struct piece both = trimmed(tag->text + 1, tag->len - 2);
	size_t first = 0;
	while (first < both.len && !is_space(both.text[first]))
		first++;
	struct piece second = trimmed(both.text + first, both.len - first);
	if (first == 0 || second.len == 0)
		return fail(p, tag->text, "marks are changed by {{=<% %>=}}");
	p->open_mark = arena_strndup(p->arena, both.text, first);
	p->open_len = first;
	p->close_mark = arena_strndup(p->arena, second.text, second.len);
	p->close_len = second.len;
	return true;
}

static bool read_piece(struct parser *p, const struct piece *tag, bool alone)
{
	struct piece inner = tag->len > 0 ? trimmed(tag->text + 1, tag->len - 1) : *tag;

	switch (tag->len > 0 ? tag->text[0] : '\0') {
	case '\0':
		return fail(p, tag->start, "an empty tag");
	case '!':
		return true;
	case '{':
	case '&':
		return fail(p, tag->start, "everything is escaped: {{{ and {{& don't exist");
	case '#':
		return open_section(p, inner.text, inner.len, STEP_SECTION);
	case '^':
		return open_section(p, inner.text, inner.len, STEP_INVERTED);
	case '/':
		return close_section(p, inner.text, inner.len);
	case '>':
		return read_partial(p, tag, alone);
	case '@':
		return read_tag(p, inner.text, inner.len, false);
	case '=':
		return change_marks(p, tag);
	default:
		return read_value(p, tag->text, tag->len);
	}
}

static bool find_piece(struct parser *p, const char *start, struct piece *ret)
{
	const char *inside = start + p->open_len;
	const char *close = strstr(inside, p->close_mark);
	if (close == NULL)
		return fail(p, start, "a tag that is never closed");
	/* {{@csrf /signals/{ref}}}: the first of three braces belongs to the route. */
	bool braces = strcmp(p->close_mark, "}}") == 0;
	const char *brace = memchr(inside, '{', (size_t)(close - inside));
	if (braces && brace != NULL && brace > inside && close[2] == '}')
		close++;
	*ret = trimmed(inside, (size_t)(close - inside));
	ret->start = start;
	ret->end = close + p->close_len;
	return true;
}

/* Does the tag stand alone on its line? Then *ret_line is where that line begins, *ret_next the
 * line behind it. */
static bool stands_alone(const struct parser *p, const struct piece *tag, const char **ret_line,
                         const char **ret_next)
{
	if (tag->len == 0 || strchr("#^/>!=", tag->text[0]) == NULL)
		return false;
	const char *line = tag->start, *next = tag->end;
	while (line > p->source && is_blank(line[-1]))
		line--;
	if (line > p->source && line[-1] != '\n')
		return false;
	while (is_blank(*next))
		next++;
	if (next[0] == '\r' && next[1] == '\n')
		next++;
	if (*next != '\0' && *next != '\n')
		return false;
	*ret_line = line;
	*ret_next = *next == '\n' ? next + 1 : next;
	return true;
}

static bool parse_all(struct parser *p)
{
	for (;;) {
		const char *start = strstr(p->at, p->open_mark);
		if (start == NULL)
			break;
		struct piece tag;
		if (!find_piece(p, start, &tag))
			return false;
		const char *text_end = start, *next = tag.end;
		bool alone = stands_alone(p, &tag, &text_end, &next);
		if (text_end > p->at)
			add_text(p, p->at, (size_t)(text_end - p->at));
		p->at = next;
		if (!read_piece(p, &tag, alone))
			return false;
	}
	add_text(p, p->at, strlen(p->at));
	if (p->depth > 0)
		return fail(p, p->open[p->depth - 1].word, "a section that is never closed");
	return true;
}

bool template_parse(struct arena *a, const char *source, const struct template_library *library,
                    struct template *ret, struct template_fault *ret_fault)
{
	struct parser p = { .arena = a,
		            .library = library,
		            .source = source,
		            .at = source,
		            .open_mark = "{{",
		            .close_mark = "}}",
		            .open_len = 2,
		            .close_len = 2 };

	assert(library != NULL);
	if (!parse_all(&p)) {
		*ret_fault = (struct template_fault){ line_of(&p, p.fault_at), p.fault };
		return false;
	}
	ret->steps = p.steps;
	ret->count = p.count;
	return true;
}
