/* JSON and CSV from a view: what is absent has no key, moments are RFC 3339 in UTC. */
#include "platform/view/view.h"

#include <assert.h>

#include "platform/core/memory.h"
#include "platform/view/columns.h"
#include "platform/view/value.h"

#define AS(type, at) (*(type const *)(at))

/* Names are ours: letters and digits, nothing to escape. */
static void key(struct out *o, const char *name, bool *first)
{
	if (*first)
		OUT_LIT(o, "\"");
	else
		OUT_LIT(o, ",\"");
	*first = false;
	out_raw(o, name, strlen(name));
	OUT_LIT(o, "\":");
}

static void optional_text(struct out *o, const char *name, const char *text, bool *first)
{
	if (text == NULL)
		return;
	key(o, name, first);
	out_json(o, text);
}

static void json_verdict(struct out *o, const struct verdict *v)
{
	static const char *const answers[] = { "YES", "ONLY_IF", "NO" };
	bool first = true;

	OUT_LIT(o, "{");
	optional_text(o, "answer", answers[v->kind], &first);
	optional_text(o, "sentence", v->sentence, &first);
	optional_text(o, "next", v->next, &first);
	optional_text(o, "rule", v->rule, &first);
	optional_text(o, "article", v->article, &first);
	OUT_LIT(o, "}");
}

static void json_codes(struct out *o, uint64_t set, const struct code *codes)
{
	const char *separator = "";

	OUT_LIT(o, "[");
	for (const struct code *c = codes; c->name != NULL; c++) {
		if (c->value < 0 || c->value > 63 || !(set >> (unsigned)c->value & 1))
			continue;
		out_raw(o, separator, strlen(separator));
		out_json(o, c->name);
		separator = ",";
	}
	OUT_LIT(o, "]");
}

static bool is_scalar(const struct view *v)
{
	return v->count == 1 && strcmp(v->fields[0].name, ".") == 0;
}

static void json_field(struct out *o, const struct view_field *f, const void *at);

static void json_element(struct out *o, const struct view *v, const void *record)
{
	if (is_scalar(v))
		json_field(o, &v->fields[0], (const char *)record + v->fields[0].offset);
	else
		view_json(o, v, record);
}

static void json_list(struct out *o, const struct view *v, struct array list)
{
	const char *item = list.items;

	OUT_LIT(o, "[");
	for (size_t i = 0; i < list.count; i++, item += v->struct_bytes) {
		if (i > 0)
			OUT_LIT(o, ",");
		json_element(o, v, item);
	}
	OUT_LIT(o, "]");
}

static void json_field(struct out *o, const struct view_field *f, const void *at)
{
	struct words room LEFT_ALONE;
	struct value v = { .field = f, .at = at };

	switch (f->kind) {
	case VIEW_INT:
	case VIEW_MONEY:
		out_int(o, AS(int64_t, at));
		break;
	case VIEW_COUNT:
		out_int(o, AS(int32_t, at));
		break;
	case VIEW_BOOL:
		out_raw(o, AS(bool, at) ? "true" : "false", AS(bool, at) ? 4 : 5);
		break;
	case VIEW_CODES:
		json_codes(o, AS(uint64_t, at), f->codes);
		break;
	case VIEW_DAY:
	case VIEW_DUE:
	case VIEW_MOMENT:
		v.part = "iso";
		out_json(o, value_text(v, &room));
		break;
	case VIEW_VERDICT:
		json_verdict(o, AS(const struct verdict *, at));
		break;
	case VIEW_OBJECT:
		view_json(o, f->view, AS(const void *, at));
		break;
	case VIEW_LIST:
		json_list(o, f->view, AS(struct array, at));
		break;
	case VIEW_TEXT:
	case VIEW_REF:
	case VIEW_CODE:
	case VIEW_STATE:
		out_json(o, value_typed(v, &room));
		break;
	}
}

void view_json(struct out *o, const struct view *v, const void *record)
{
	bool first = true;

	OUT_LIT(o, "{");
	for (size_t i = 0; i < v->count; i++) {
		const struct view_field *f = &v->fields[i];
		struct value member = { .field = f, .at = (const char *)record + f->offset };
		if (f->page_only || !value_present(member))
			continue;
		key(o, f->name, &first);
		json_field(o, f, member.at);
	}
	OUT_LIT(o, "}");
}

/* ---- CSV ----------------------------------------------------------------------------------- */

bool is_column(const struct view_field *f)
{
	return f->label != NULL && !f->page_only && f->kind != VIEW_LIST &&
	       f->kind != VIEW_OBJECT && f->kind != VIEW_VERDICT;
}

static const char *joined_labels(struct arena *a, uint64_t set, const struct code *codes)
{
	const char *text = "";
	for (const struct code *c = codes; c->name != NULL; c++)
		if (c->value >= 0 && c->value < 64 && (set >> (unsigned)c->value & 1) != 0)
			text = arena_printf(a, "%s%s%s", text, *text == '\0' ? "" : ", ", c->label);
	return text;
}

const char *column_text(struct arena *a, struct value v)
{
	struct words *room = ARENA_NEW(a, struct words);

	if (v.field->kind == VIEW_CODES)
		return joined_labels(a, AS(uint64_t, v.at), v.field->codes);
	const char *text = value_text(v, room);
	return text != NULL ? text : "";
}

/* Days as ISO and amounts without sign or points: what a spreadsheet calculates with. */
static void csv_cell(struct out *o, struct arena *a, const struct view_field *f, const void *record)
{
	struct words room;
	struct value v = { .field = f, .at = (const char *)record + f->offset };

	if (!value_present(v))
		return;
	if (f->kind == VIEW_CODES) {
		out_csv(o, joined_labels(a, AS(uint64_t, v.at), f->codes));
		return;
	}
	if (f->kind == VIEW_MONEY || f->kind == VIEW_INT || f->kind == VIEW_COUNT) {
		/* Our own digits: a minus sign may stand in front. */
		const char *digits = value_typed(v, &room);
		out_raw(o, digits, strlen(digits));
		return;
	}
	if (f->kind == VIEW_DAY || f->kind == VIEW_DUE)
		v.part = "iso";
	out_csv(o, value_text(v, &room));
}

void view_csv(struct out *o, const struct drawing *d, const struct view *v, const void *items,
              size_t count)
{
	const char *separator = "", *item = items;

	OUT_LIT(o, "\xEF\xBB\xBF");
	for (size_t i = 0; i < v->count; i++) {
		if (!is_column(&v->fields[i]))
			continue;
		out_raw(o, separator, strlen(separator));
		out_csv(o, v->fields[i].label);
		separator = ";";
	}
	OUT_LIT(o, "\r\n");
	for (size_t row = 0; row < count; row++, item += v->struct_bytes) {
		separator = "";
		for (size_t i = 0; i < v->count; i++) {
			if (!is_column(&v->fields[i]))
				continue;
			out_raw(o, separator, strlen(separator));
			csv_cell(o, d->arena, &v->fields[i], item);
			separator = ";";
		}
		OUT_LIT(o, "\r\n");
	}
}

/* ---- problem+json -------------------------------------------------------------------------- */

/* "subjects[2].familyName" as a JSON pointer into the body: /subjects/2/familyName. */
static void pointer(struct out *o, const char *path)
{
	struct out text;

	out_init(&text, 4096);
	OUT_LIT(&text, "#");
	if (path[0] != '\0')
		OUT_LIT(&text, "/");
	for (const char *c = path; *c != '\0'; c++) {
		if (*c == '.' || *c == '[')
			OUT_LIT(&text, "/");
		else if (*c == '~')
			OUT_LIT(&text, "~0");
		else if (*c == '/')
			OUT_LIT(&text, "~1");
		else if (*c != ']')
			out_raw(&text, c, 1);
	}
	out_json(o, text.data);
	out_free(&text);
}

static const char *title_of(int code)
{
	switch (code) {
	case 400:
		return "Er klopt iets nog niet";
	case 401:
		return "Log eerst in";
	case 403:
		return "Dit mag niet";
	case 404:
		return "Deze pagina bestaat niet, of is niet voor u";
	case 409:
		return "Een collega was eerder";
	case 413:
		return "Dit is te groot";
	case 429:
		return "Genoeg voor dit uur";
	case 503:
		return "Het is nu druk";
	default:
		return code < 500 ? "Dit verzoek begrijpen wij niet" : "Er ging iets mis bij ons";
	}
}

static void json_problem(struct out *o, const struct problem *p)
{
	bool first = true;

	OUT_LIT(o, "{");
	key(o, "pointer", &first);
	pointer(o, p->path);
	optional_text(o, "rule", p->rule, &first);
	optional_text(o, "article", p->article, &first);
	optional_text(o, "detail", p->message, &first);
	optional_text(o, "level", p->level == PROBLEM_WARNING ? "WARNING" : "ERROR", &first);
	OUT_LIT(o, "}");
}

void view_problem_json(struct out *o, int code, const struct error *e,
                       const struct problems *problems, const char *request_id)
{
	bool first = true;

	OUT_LIT(o, "{");
	optional_text(o, "type", "about:blank", &first);
	optional_text(o, "title", title_of(code), &first);
	key(o, "status", &first);
	out_int(o, code);
	if (e != NULL && e->message[0] != '\0')
		optional_text(o, "detail", e->message, &first);
	optional_text(o, "requestId", request_id, &first);
	if (problems != NULL && problems->first != NULL) {
		key(o, "errors", &first);
		OUT_LIT(o, "[");
		for (const struct problem *p = problems->first; p != NULL; p = p->next) {
			json_problem(o, p);
			if (p->next != NULL)
				OUT_LIT(o, ",");
		}
		OUT_LIT(o, "]");
	}
	OUT_LIT(o, "}");
}
