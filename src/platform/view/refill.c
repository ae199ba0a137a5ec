#include "platform/view/refill.h"

#include <string.h>

#include "platform/view/page.h"

enum { FOLDS_MAX = 8, NAME_MAX_BYTES = 128 };

/* A tag of the page: from its < to behind its >. */
struct tag {
	const char *from, *end;
};

struct filling {
	const char *page;
	struct out *to;
	const char *at;  /* what stands before it is written */
	struct tag form; /* from its first tag to its last */
	const struct input *typed;
	const struct problems *problems;
	char select[NAME_MAX_BYTES]; /* the name of the list that we are in, or "" */
};

static struct tag next_tag(const char *from, const char *until)
{
	const char *start = memchr(from, '<', (size_t)(until - from));
	const char *end = start != NULL ? memchr(start, '>', (size_t)(until - start)) : NULL;
	return end == NULL ? (struct tag){ until, until } : (struct tag){ start, end + 1 };
}

static bool is_tag(struct tag t, const char *word)
{
	const size_t len = strlen(word);
	return (size_t)(t.end - t.from) > len + 1 && strncmp(t.from + 1, word, len) == 0 &&
	       (t.from[len + 1] == ' ' || t.from[len + 1] == '>');
}

/* Where the value of an attribute begins (behind ="), or an attribute without one; NULL: not there. */
static const char *attribute(struct tag t, const char *name, size_t *ret_len)
{
	const size_t len = strlen(name);

	for (const char *c = t.from; c + len < t.end; c++) {
		if (*c == '"') { /* a value: its words are no attributes */
			c = memchr(c + 1, '"', (size_t)(t.end - c - 1));
			if (c == NULL)
				return NULL;
			continue;
		}
		if (*c != ' ' || strncmp(c + 1, name, len) != 0)
			continue;
		const char *behind = c + 1 + len;
		if (behind[0] == '=' && behind[1] == '"') {
			const char *close = memchr(behind + 2, '"', (size_t)(t.end - behind - 2));
			*ret_len = close != NULL ? (size_t)(close - behind - 2) : 0;
			return behind + 2;
		}
		*ret_len = 0;
		if (*behind == ' ' || *behind == '>')
			return behind;
	}
	return NULL;
}

/* The characters that out_html() writes otherwise, back as they were; too long for room: cut. */
static void unescaped(const char *from, size_t len, char *ret, size_t room)
{
	static const struct {
		const char *written;
		char c;
	} ESCAPES[] = { { "&amp;", '&' },
		        { "&lt;", '<' },
		        { "&gt;", '>' },
		        { "&quot;", '"' },
		        { "&#39;", '\'' } };
	size_t n = 0;

	for (size_t i = 0; i < len && n + 1 < room; n++) {
		size_t taken = 1;
		ret[n] = from[i];
		for (size_t k = 0; k < sizeof ESCAPES / sizeof ESCAPES[0]; k++)
			if (strncmp(from + i, ESCAPES[k].written, strlen(ESCAPES[k].written)) ==
			    0) {
				ret[n] = ESCAPES[k].c;
				taken = strlen(ESCAPES[k].written);
			}
		i += taken;
	}
	ret[n] = '\0';
}

static bool attribute_text(struct tag t, const char *name, char *ret, size_t room)
{
	size_t len = 0;
	const char *value = attribute(t, name, &len);

	unescaped(value != NULL ? value : "", value != NULL ? len : 0, ret, room);
	return value != NULL;
}

static bool was_typed(const struct input *typed, const char *name, const char *text)
{
	for (size_t i = 0; i < typed->count; i++)
		if (strcmp(typed->values[i].path, name) == 0 &&
		    strcmp(typed->values[i].text, text) == 0)
			return true;
	return false;
}

/* ---- which form was sent -------------------------------------------------------------------------------- */

/* Forms of one action differ in what they hide: the row they are of. Names with _ are the house's own. */
static bool hides_the_same(const char *from, const char *until, const struct input *typed)
{
	char name[NAME_MAX_BYTES], type[16], value[NAME_MAX_BYTES];

	for (struct tag t = next_tag(from, until); t.from < until; t = next_tag(t.end, until)) {
		if (!is_tag(t, "input") || !attribute_text(t, "type", type, sizeof type) ||
		    strcmp(type, "hidden") != 0 || !attribute_text(t, "name", name, sizeof name) ||
		    name[0] == '_')
			continue;
		(void)attribute_text(t, "value", value, sizeof value);
		if (!was_typed(typed, name, value))
			return false;
	}
	return true;
}

/* The folds around a place, outermost first. */
struct folds {
	struct tag of[FOLDS_MAX];
	int count;
};

static void fold_at(struct folds *f, struct tag t)
{
	if (is_tag(t, "details")) {
		if (f->count < FOLDS_MAX)
			f->of[f->count] = t;
		f->count++;
	} else if (is_tag(t, "/details") && f->count > 0) {
		f->count--;
	}
}

/* The form that was sent, from behind its first tag until its last; *ret_folds around it. */
static struct tag sent_form(const char *html, const char *end, const char *action,
                            const struct input *typed, struct folds *ret_folds)
{
	char to[1024];

	*ret_folds = (struct folds){ 0 };
	for (struct tag t = next_tag(html, end); t.from < end; t = next_tag(t.end, end)) {
		fold_at(ret_folds, t);
		if (!is_tag(t, "form") || !attribute_text(t, "action", to, sizeof to) ||
		    strcmp(to, action) != 0)
			continue;
		const char *until = strstr(t.end, "</form>");
		if (until != NULL && hides_the_same(t.end, until, typed))
			return (struct tag){ t.end, until };
	}
	return (struct tag){ end, end };
}

/* ---- what comes back ------------------------------------------------------------------------------------- */

static void copy_until(struct filling *f, const char *until)
{
	out_raw(f->to, f->at, (size_t)(until - f->at));
	f->at = until;
}

static void open_folds(struct filling *f, const struct folds *folds)
{
	for (int i = 0; i < folds->count && i < FOLDS_MAX; i++) {
		size_t len = 0;
		if (attribute(folds->of[i], "open", &len) != NULL)
			continue;
		copy_until(f, folds->of[i].end - 1);
		OUT_LIT(f->to, " open");
	}
}

static bool has_id(const char *page, const char *name)
{
	const size_t len = strlen(name);

	for (const char *at = page; (at = strstr(at, " id=\"")) != NULL; at += 5)
		if (strncmp(at + 5, name, len) == 0 && at[5 + len] == '"')
			return true;
	return false;
}

/* Does the form say this already, wherever its template put it? */
static bool is_told(const struct filling *f, const char *message)
{
	struct out words;

	out_init(&words, 1 << 16);
	out_html(&words, message);
	const char *at = words.data != NULL ? strstr(f->form.from, words.data) : NULL;
	const bool found = at != NULL && at < f->form.end;
	out_free(&words);
	return found;
}

/* What is wrong stands before its field; unless the template said it. True: the field is to name it. */
static bool tell_problem(struct filling *f, struct tag t, const char *name)
{
	size_t len = 0;
	const struct problem *p = problems_at(f->problems, name);

	if (p == NULL || attribute(t, "aria-invalid", &len) != NULL || is_told(f, p->message))
		return false;
	copy_until(f, t.from);
	OUT_LIT(f->to, "<p class=\"utrecht-form-field-error-message\" id=\"");
	out_html(f->to, name);
	OUT_LIT(f->to, "-problem\">");
	if (!has_id(f->page, name)) { /* where the summary above leads to */
		OUT_LIT(f->to, "<span id=\"");
		out_html(f->to, name);
		OUT_LIT(f->to, "\"></span>");
	}
	out_html(f->to, p->message);
	OUT_LIT(f->to, "</p>");
	return true;
}

static const char *last_of(struct tag t)
{
	return t.end - (t.end[-2] == '/' ? 2 : 1);
}

static void name_problem(struct filling *f, struct tag t, const char *name)
{
	size_t len = 0;

	copy_until(f, last_of(t));
	if (attribute(t, "aria-describedby", &len) == NULL) {
		OUT_LIT(f->to, " aria-describedby=\"");
		out_html(f->to, name);
		OUT_LIT(f->to, "-problem\"");
	}
	OUT_LIT(f->to, " aria-invalid=\"true\"");
}

/* checked or selected is what was chosen, whatever the record says. */
static void choose(struct filling *f, struct tag t, const char *word, const char *name)
{
	char value[NAME_MAX_BYTES];
	size_t len = 0;
	const bool valued = attribute_text(t, "value", value, sizeof value);
	const bool chosen = was_typed(f->typed, name, valued ? value : "on");
	const char *mark = attribute(t, word, &len);

	if (chosen == (mark != NULL))
		return;
	if (chosen) {
		copy_until(f, last_of(t));
		out_fmt(f->to, " %s", word);
		return;
	}
	copy_until(f, mark - strlen(word) - 1);
	f->at = mark;
}

/* Only where the template left it empty. */
static void fill_value(struct filling *f, struct tag t, const char *text)
{
	size_t len = 0;
	const char *value = attribute(t, "value", &len);

	if (text == NULL || text[0] == '\0' || len > 0)
		return;
	copy_until(f, value != NULL ? value : last_of(t));
	if (value == NULL)
		OUT_LIT(f->to, " value=\"");
	out_html(f->to, text);
	if (value == NULL)
		OUT_LIT(f->to, "\"");
}

/* What counts once is typed anew. */
static bool is_code_of_once(struct tag t)
{
	char kind[32];

	return attribute_text(t, "autocomplete", kind, sizeof kind) &&
	       strcmp(kind, "one-time-code") == 0;
}

static void fill_input(struct filling *f, struct tag t)
{
	char name[NAME_MAX_BYTES], type[16];

	if (!attribute_text(t, "name", name, sizeof name))
		return;
	if (!attribute_text(t, "type", type, sizeof type))
		(void)snprintf(type, sizeof type, "text");
	if (strcmp(type, "radio") == 0 || strcmp(type, "checkbox") == 0) {
		choose(f, t, "checked", name);
		return;
	}
	if (strcmp(type, "hidden") == 0 || strcmp(type, "password") == 0 ||
	    strcmp(type, "file") == 0 || is_code_of_once(t))
		return;
	const bool wrong = tell_problem(f, t, name);
	fill_value(f, t, input_text(f->typed, name));
	if (wrong)
		name_problem(f, t, name);
}

static void fill_textarea(struct filling *f, struct tag t)
{
	char name[NAME_MAX_BYTES];

	if (!attribute_text(t, "name", name, sizeof name))
		return;
	if (tell_problem(f, t, name))
		name_problem(f, t, name);
	const char *text = input_text(f->typed, name);
	if (text == NULL || strncmp(t.end, "</textarea>", 11) != 0)
		return;
	copy_until(f, t.end);
	OUT_LIT(f->to, "\n"); /* the first line break of a field is not its text */
	out_html(f->to, text);
}

static void fill_tag(struct filling *f, struct tag t)
{
	if (is_tag(t, "input")) {
		fill_input(f, t);
	} else if (is_tag(t, "textarea")) {
		fill_textarea(f, t);
	} else if (is_tag(t, "select")) {
		(void)attribute_text(t, "name", f->select, sizeof f->select);
		if (tell_problem(f, t, f->select))
			name_problem(f, t, f->select);
	} else if (is_tag(t, "/select")) {
		f->select[0] = '\0';
	} else if (is_tag(t, "option") && f->select[0] != '\0') {
		choose(f, t, "selected", f->select);
	}
}

void refill(struct out *o, const char *html, const char *action, const struct input *typed,
            const struct problems *problems)
{
	struct filling f = {
		.page = html, .to = o, .at = html, .typed = typed, .problems = problems
	};
	struct folds folds;
	const char *end = html + strlen(html);
	const struct tag form = sent_form(html, end, action, typed, &folds);

	f.form = form;
	if (form.from < end)
		open_folds(&f, &folds);
	for (struct tag t = next_tag(form.from, form.end); t.from < form.end;
	     t = next_tag(t.end, form.end))
		fill_tag(&f, t);
	copy_until(&f, end);
}
