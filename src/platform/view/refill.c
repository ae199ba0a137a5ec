#include "platform/view/refill.h"

#include <stdio.h>
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
	char told[NAME_MAX_BYTES];   /* the choice whose problem was told last */
	const char *legend,
	    *label; /* behind the question of the next choices; before the last label; or NULL */
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

/* How many bytes of markup the character is that begins there; *ret what it stands for. */
static size_t character(const char *from, char *ret)
{
	static const struct {
		const char *written;
		size_t bytes;
		char c;
	} ESCAPES[] = { { "&amp;", 5, '&' },
		        { "&lt;", 4, '<' },
		        { "&gt;", 4, '>' },
		        { "&quot;", 6, '"' },
		        { "&#39;", 5, '\'' } };

	*ret = *from;
	for (size_t i = 0; *from == '&' && i < sizeof ESCAPES / sizeof ESCAPES[0]; i++)
		if (strncmp(from, ESCAPES[i].written, ESCAPES[i].bytes) == 0) {
			*ret = ESCAPES[i].c;
			return ESCAPES[i].bytes;
		}
	return 1;
}

/* Is this the markup of the text? */
static bool says(const char *markup, size_t len, const char *text)
{
	char c;

	for (size_t at = 0; at < len; text++) {
		at += character(markup + at, &c);
		if (c != *text)
			return false;
	}
	return *text == '\0';
}

static bool attribute_says(struct tag t, const char *name, const char *text)
{
	size_t len = 0;
	const char *value = attribute(t, name, &len);

	return value != NULL && says(value, len, text);
}

/* The name of a field, which is our own word; false: it has none, or none that fits. */
static bool field_name(struct tag t, char ret[NAME_MAX_BYTES])
{
	size_t len = 0;
	const char *name = attribute(t, "name", &len);

	if (name == NULL || len >= NAME_MAX_BYTES)
		return false;
	memcpy(ret, name, len);
	ret[len] = '\0';
	return true;
}

/* Was this sent under that name? Without a value a browser sends "on". */
static bool was_sent(const struct input *typed, const char *name, struct tag t)
{
	size_t len = 0;
	const char *value = attribute(t, "value", &len);

	for (size_t i = 0; i < typed->count; i++)
		if (strcmp(typed->values[i].path, name) == 0 &&
		    says(value != NULL ? value : "on", value != NULL ? len : 2,
		         typed->values[i].text))
			return true;
	return false;
}

/* ---- which form was sent -------------------------------------------------------------------------------- */

/* Forms of one action differ in what they hide: the row they are of. Names with _ are the house's own. */
static bool hides_the_same(const char *from, const char *until, const struct input *typed)
{
	char name[NAME_MAX_BYTES];

	for (struct tag t = next_tag(from, until); t.from < until; t = next_tag(t.end, until)) {
		if (!is_tag(t, "input") || !attribute_says(t, "type", "hidden") ||
		    !field_name(t, name) || name[0] == '_')
			continue;
		if (!was_sent(typed, name, t))
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
	*ret_folds = (struct folds){ 0 };
	for (struct tag t = next_tag(html, end); t.from < end; t = next_tag(t.end, end)) {
		fold_at(ret_folds, t);
		if (!is_tag(t, "form") || !attribute_says(t, "action", action))
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

/* The line of a summary only leads to the field. */
static bool in_summary(const char *from, const char *at)
{
	static const char LINK[] = "<a href=\"#";

	while (at > from && *at != '<')
		at--;
	return strncmp(at, LINK, sizeof LINK - 1) == 0;
}

/* Does the form say this already, wherever its template put it? */
static bool is_told(const struct filling *f, const char *message)
{
	struct out words;
	bool found = false;

	out_init(&words, 1 << 16);
	out_html(&words, message);
	const char *at = words.data != NULL ? strstr(f->form.from, words.data) : NULL;
	for (; at != NULL && at < f->form.end && !found; at = strstr(at + 1, words.data))
		found = !in_summary(f->form.from, at);
	out_free(&words);
	return found;
}

/* What is wrong with the field and stands nowhere yet, or NULL. */
static const struct problem *untold(const struct filling *f, struct tag t, const char *name)
{
	size_t len = 0;
	const struct problem *p = problems_at(f->problems, name);

	if (p == NULL || attribute(t, "aria-invalid", &len) != NULL || is_told(f, p->message))
		return NULL;
	return p;
}

static void tell(struct filling *f, const char *before, const char *name, const struct problem *p)
{
	copy_until(f, before);
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
}

/* Before the field. True: the field is to name it. */
static bool tell_at_field(struct filling *f, struct tag t, const char *name)
{
	const struct problem *p = untold(f, t, name);

	if (p != NULL)
		tell(f, t.from, name, p);
	return p != NULL;
}

/* Of several to choose from once: below what is asked, else before the first of them. */
static void tell_at_choice(struct filling *f, struct tag t, const char *name)
{
	const struct problem *p = untold(f, t, name);

	if (p == NULL || strcmp(f->told, name) == 0)
		return;
	(void)snprintf(f->told, sizeof f->told, "%s", name);
	const char *place = f->legend != NULL ? f->legend : f->label;
	tell(f, place != NULL && place >= f->at ? place : t.from, name, p);
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

/* checked or selected is what was chosen, whatever the record says. A question that wasn't in the form
 * that was sent (which of two versions stays) keeps its own answer; a box that wasn't ticked sends nothing. */
static void choose(struct filling *f, struct tag t, const char *word, const char *name, bool tick)
{
	size_t len = 0;
	const char *mark = attribute(t, word, &len);
	const bool chosen = was_sent(f->typed, name, t);

	if (chosen == (mark != NULL) || (!tick && input_at(f->typed, name) == NULL))
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

/* A password, and what counts once, are typed anew; a file has no text. */
static bool has_text(struct tag t)
{
	return !attribute_says(t, "type", "hidden") && !attribute_says(t, "type", "password") &&
	       !attribute_says(t, "type", "file") &&
	       !attribute_says(t, "autocomplete", "one-time-code");
}

static void fill_input(struct filling *f, struct tag t)
{
	char name[NAME_MAX_BYTES];
	const bool tick = attribute_says(t, "type", "checkbox");

	if (!field_name(t, name))
		return;
	if (tick || attribute_says(t, "type", "radio")) {
		tell_at_choice(f, t, name);
		choose(f, t, "checked", name, tick);
	} else if (has_text(t)) {
		const bool wrong = tell_at_field(f, t, name);
		fill_value(f, t, input_text(f->typed, name));
		if (wrong)
			name_problem(f, t, name);
	}
}

static void fill_textarea(struct filling *f, struct tag t)
{
	char name[NAME_MAX_BYTES];

	if (!field_name(t, name))
		return;
	if (tell_at_field(f, t, name))
		name_problem(f, t, name);
	const char *text = input_text(f->typed, name);
	if (text == NULL || text[0] == '\0' || strncmp(t.end, "</textarea>", 11) != 0)
		return;
	copy_until(f, t.end);
	OUT_LIT(f->to, "\n"); /* the first line break of a field is not its text */
	out_html(f->to, text);
}

static void enter_select(struct filling *f, struct tag t)
{
	if (!field_name(t, f->select))
		f->select[0] = '\0';
	else if (tell_at_field(f, t, f->select))
		name_problem(f, t, f->select);
}

static void fill_tag(struct filling *f, struct tag t)
{
	if (is_tag(t, "input")) {
		fill_input(f, t);
	} else if (is_tag(t, "textarea")) {
		fill_textarea(f, t);
	} else if (is_tag(t, "select")) {
		enter_select(f, t);
	} else if (is_tag(t, "/select")) {
		f->select[0] = '\0';
	} else if (is_tag(t, "option") && f->select[0] != '\0') {
		choose(f, t, "selected", f->select, false);
	} else if (is_tag(t, "label")) {
		f->label = t.from;
	} else if (is_tag(t, "/legend")) {
		f->legend = t.end;
	} else if (is_tag(t, "/fieldset")) {
		f->legend = NULL;
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
