/*
 * openapi.json (OpenAPI 3.0.3) drawn from the route tables: paths and names from the routes,
 * bodies from their forms, answers from their views. What a table doesn't say isn't claimed.
 */
#include "platform/http/server.h"

#include <assert.h>
#include <ctype.h>

#include "platform/core/limits.h"

static void member(struct out *o, const char *name, const char *text)
{
	out_fmt(o, "\"%s\":", name);
	out_json(o, text);
}

static void begin_member(struct out *o, bool *first)
{
	if (!*first)
		OUT_LIT(o, ",");
	*first = false;
}

/* ---- bodies -----------------------------------------------------------------------------------
 */

static void form_schema(struct out *o, const struct form *form);

static void code_names(struct out *o, const struct code *codes)
{
	OUT_LIT(o, "\"enum\":[");
	for (bool first = true; codes->name != NULL; codes++) {
		begin_member(o, &first);
		out_json(o, codes->name);
	}
	OUT_LIT(o, "]");
}

static void text_schema(struct out *o, const struct field *f)
{
	size_t max = f->max_chars > 0 ? f->max_chars : LIMIT_FIELD_CHARS;
	out_fmt(o, "\"type\":\"string\",\"maxLength\":%zu", max);
}

static void list_schema(struct out *o, const struct field *f)
{
	size_t max = f->max_chars > 0 ? f->max_chars : LIMIT_LIST_ELEMENTS;
	out_fmt(o, "\"type\":\"array\",\"maxItems\":%zu,\"items\":", max);
	form_schema(o, f->element);
}

static void kind_schema(struct out *o, const struct field *f)
{
	switch (f->kind) {
	case FIELD_TEXT:
	case FIELD_PROSE:
		text_schema(o, f);
		break;
	case FIELD_INT:
	case FIELD_MONEY:
		OUT_LIT(o, "\"type\":\"integer\",\"format\":\"int64\"");
		break;
	case FIELD_BOOL:
		OUT_LIT(o, "\"type\":\"boolean\"");
		break;
	case FIELD_CODE:
		OUT_LIT(o, "\"type\":\"string\",");
		code_names(o, f->codes);
		break;
	case FIELD_CODES:
		OUT_LIT(o,
		        "\"type\":\"array\",\"uniqueItems\":true,\"items\":{\"type\":\"string\",");
		code_names(o, f->codes);
		OUT_LIT(o, "}");
		break;
	case FIELD_DAY:
		OUT_LIT(o, "\"type\":\"string\",\"format\":\"date\"");
		break;
	case FIELD_LIST:
		list_schema(o, f);
		break;
	case FIELD_FILE:
		OUT_LIT(o, "\"type\":\"string\",\"format\":\"binary\"");
		break;
	}
}

static void field_schema(struct out *o, const struct field *f)
{
	out_json(o, f->path);
	OUT_LIT(o, ":{");
	kind_schema(o, f);
	OUT_LIT(o, ",");
	out_fmt(o, "\"description\":");
	const char *unit = f->kind == FIELD_MONEY ? " (in eurocenten)" : "";
	char text[300];
	(void)snprintf(text, sizeof text, "%s%s", f->label, unit);
	out_json(o, text);
	OUT_LIT(o, "}");
}

static void form_schema(struct out *o, const struct form *form)
{
	bool first = true;

	OUT_LIT(o, "{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{");
	for (size_t i = 0; i < form->field_count; i++) {
		begin_member(o, &first);
		field_schema(o, &form->fields[i]);
	}
	OUT_LIT(o, "}");
	first = true;
	for (size_t i = 0; i < form->field_count; i++) {
		if (!form->fields[i].required)
			continue;
		out_fmt(o, "%s", first ? ",\"required\":[" : ",");
		first = false;
		out_json(o, form->fields[i].path);
	}
	out_fmt(o, "%s}", first ? "" : "]");
}

static bool has_file(const struct form *form)
{
	for (size_t i = 0; i < form->field_count; i++)
		if (form->fields[i].kind == FIELD_FILE)
			return true;
	return false;
}

static void request_body(struct out *o, const struct route *route)
{
	if (route->form == NULL)
		return;
	out_fmt(o, ",\"requestBody\":{\"required\":true,\"content\":{\"%s\":{\"schema\":",
	        has_file(route->form) ? "multipart/form-data" : "application/json");
	form_schema(o, route->form);
	OUT_LIT(o, "}}}");
}

/* ---- parameters and answers -------------------------------------------------------------------
 */

static void parameters(struct out *o, const struct route *route)
{
	bool first = true;

	OUT_LIT(o, ",\"parameters\":[");
	for (const char *p = strchr(route->path, '{'); p != NULL; p = strchr(p + 1, '{')) {
		begin_member(o, &first);
		out_fmt(o,
		        "{\"name\":\"%.*s\",\"in\":\"path\",\"required\":true,"
		        "\"schema\":{\"type\":\"string\"}}",
		        (int)strcspn(p + 1, "}"), p + 1);
	}
	if (route->apply != NULL) {
		begin_member(o, &first);
		OUT_LIT(o, "{\"$ref\":\"#/components/parameters/IdempotencyKey\"}");
	}
	OUT_LIT(o, "]");
}

static void ok_answer(struct out *o, const struct route *route, struct http_schemas *schemas)
{
	if (route->view != NULL && schemas->view_schema != NULL) {
		OUT_LIT(o, "\"200\":{\"description\":\"Gelukt\",\"content\":{\"application/json\":{"
		           "\"schema\":");
		schemas->view_schema(o, route->view);
		OUT_LIT(o, "}}}");
		return;
	}
	OUT_LIT(o, "\"2XX\":{\"description\":\"Gelukt\"}");
}

static void answers(struct out *o, const struct route *route, struct http_schemas *schemas)
{
	bool first = false;

	OUT_LIT(o, ",\"responses\":{");
	ok_answer(o, route, schemas);
	begin_member(o, &first);
	OUT_LIT(o, "\"default\":{\"$ref\":\"#/components/responses/Problem\"}}");
}

/* "GET /signals/{ref}" becomes "getSignalsRef": unique since method and path are. */
static void operation_id(struct out *o, const struct route *route)
{
	bool upper = true;

	OUT_LIT(o, "\"operationId\":\"");
	for (const char *p = route->method; *p != '\0'; p++) {
		char c = (char)tolower((unsigned char)*p);
		out_raw(o, &c, 1);
	}
	for (const char *p = route->path; *p != '\0'; p++) {
		bool plain = isalnum((unsigned char)*p) != 0;
		char c = upper ? (char)toupper((unsigned char)*p) : *p;
		if (plain)
			out_raw(o, &c, 1);
		upper = !plain;
	}
	OUT_LIT(o, "\",");
}

static void operation(struct out *o, const struct route *route, struct http_schemas *schemas)
{
	char method[16] = "";

	for (size_t i = 0; route->method[i] != '\0' && i + 1 < sizeof method; i++)
		method[i] = (char)tolower((unsigned char)route->method[i]);
	out_fmt(o, "\"%s\":{", method);
	operation_id(o, route);
	member(o, "summary", route->summary != NULL ? route->summary : route->path);
	parameters(o, route);
	request_body(o, route);
	answers(o, route, schemas);
	if ((route->flags & ROUTE_PUBLIC) != 0)
		OUT_LIT(o, ",\"security\":[]");
	OUT_LIT(o, "}");
}

/* ---- the document -------------------------------------------------------------------------------
 */

struct listed {
	const struct route **routes;
	size_t count;
};

static int compare_routes(const void *a, const void *b)
{
	const struct route *x = *(const struct route *const *)a;
	const struct route *y = *(const struct route *const *)b;
	int order = strcmp(x->path, y->path);
	return order != 0 ? order : strcmp(x->method, y->method);
}

static struct listed list_routes(struct arena *a, const struct route *const *tables)
{
	struct listed l = { 0 };

	for (const struct route *const *t = tables; *t != NULL; t++)
		for (const struct route *r = *t; r->method != NULL; r++)
			l.count += (r->flags & ROUTE_PAGE_ONLY) == 0;
	l.routes = ARENA_ARRAY(a, const struct route *, l.count);
	size_t at = 0;
	for (const struct route *const *t = tables; *t != NULL; t++)
		for (const struct route *r = *t; r->method != NULL; r++)
			if ((r->flags & ROUTE_PAGE_ONLY) == 0)
				l.routes[at++] = r;
	if (l.count > 0)
		qsort(l.routes, l.count, sizeof(*l.routes), /* NOLINT: pointers are sorted */
		      compare_routes);
	return l;
}

static void paths(struct out *o, const struct listed *l, struct http_schemas *schemas)
{
	OUT_LIT(o, "\"paths\":{");
	for (size_t i = 0; i < l->count; i++) {
		bool same = i > 0 && strcmp(l->routes[i - 1]->path, l->routes[i]->path) == 0;
		if (!same) {
			out_fmt(o, "%s", i > 0 ? "}," : "");
			out_json(o, l->routes[i]->path);
			OUT_LIT(o, ":{");
		} else {
			OUT_LIT(o, ",");
		}
		operation(o, l->routes[i], schemas);
	}
	out_fmt(o, "%s},", l->count > 0 ? "}" : "");
}

static const char COMPONENTS[] =
    "\"components\":{\"securitySchemes\":{\"token\":{\"type\":\"http\",\"scheme\":\"bearer\"}},"
    "\"parameters\":{\"IdempotencyKey\":{\"name\":\"Idempotency-Key\",\"in\":\"header\","
    "\"description\":\"Dezelfde sleutel met dezelfde gegevens geeft hetzelfde antwoord, en maar "
    "een wijziging.\",\"schema\":{\"type\":\"string\",\"minLength\":1,\"maxLength\":255}}},"
    "\"responses\":{\"Problem\":{\"description\":\"Niet gelukt: wat eraan schort (RFC 9457)\","
    "\"content\":{\"application/problem+json\":{\"schema\":{\"type\":\"object\","
    "\"required\":[\"status\",\"title\",\"detail\"],\"properties\":{"
    "\"type\":{\"type\":\"string\"},\"status\":{\"type\":\"integer\"},"
    "\"title\":{\"type\":\"string\"},\"detail\":{\"type\":\"string\"},"
    "\"errors\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{"
    "\"pointer\":{\"type\":\"string\"},\"rule\":{\"type\":\"string\"},"
    "\"article\":{\"type\":\"string\"},\"detail\":{\"type\":\"string\"}}}}}}}}}}}";

void http_openapi(struct out *o, const struct route *const *tables, struct http_schemas schemas)
{
	struct arena a;

	assert(tables != NULL);
	arena_init(&a, LIMIT_ARENA_BYTES);
	struct listed l = list_routes(&a, tables);
	OUT_LIT(o, "{\"openapi\":\"3.0.3\",\"info\":{\"title\":\"Plein\",");
	member(o, "version", schemas.version != NULL ? schemas.version : "0");
	OUT_LIT(o, ",\"description\":\"Elke handeling op een scherm kan ook hier.\",\"contact\":{");
	member(o, "name",
	       schemas.contact != NULL ? schemas.contact : "De beheerder van deze Plein");
	OUT_LIT(o, "}},\"servers\":[{\"url\":\"/api/v1\"}],\"security\":[{\"token\":[]}],");
	paths(o, &l, &schemas);
	out_raw(o, COMPONENTS, strlen(COMPONENTS));
	OUT_LIT(o, "}\n");
	arena_reset(&a);
}
