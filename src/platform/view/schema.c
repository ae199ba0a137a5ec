#include "platform/view/schema.h"

static void object_schema(struct out *o, const struct view *v);

static void text(struct out *o, const char *more)
{
	out_fmt(o, "{\"type\":\"string\"%s}", more);
}

static void code_schema(struct out *o, const struct code *codes)
{
	OUT_LIT(o, "{\"type\":\"string\",\"enum\":[");
	for (bool first = true; codes->name != NULL; codes++, first = false) {
		if (!first)
			OUT_LIT(o, ",");
		out_json(o, codes->name);
	}
	OUT_LIT(o, "]}");
}

static void state_schema(struct out *o, const struct machine *m)
{
	OUT_LIT(o, "{\"type\":\"string\",\"enum\":[");
	for (size_t i = 0; i < m->state_count; i++) {
		if (i > 0)
			OUT_LIT(o, ",");
		out_json(o, m->states[i].name);
	}
	OUT_LIT(o, "]}");
}

static const char VERDICT_SCHEMA[] =
    "{\"type\":\"object\",\"properties\":{\"answer\":{\"type\":\"string\"},"
    "\"rule\":{\"type\":\"string\"},\"article\":{\"type\":\"string\"},"
    "\"sentence\":{\"type\":\"string\"},\"next\":{\"type\":\"string\"}}}";

static void field_schema(struct out *o, const struct view_field *f)
{
	switch (f->kind) {
	case VIEW_TEXT:
	case VIEW_REF:
		text(o, "");
		break;
	case VIEW_INT:
	case VIEW_COUNT:
	case VIEW_MONEY:
		OUT_LIT(o, "{\"type\":\"integer\"}");
		break;
	case VIEW_BOOL:
		OUT_LIT(o, "{\"type\":\"boolean\"}");
		break;
	case VIEW_CODE:
		code_schema(o, f->codes);
		break;
	case VIEW_CODES:
		OUT_LIT(o, "{\"type\":\"array\",\"items\":");
		code_schema(o, f->codes);
		OUT_LIT(o, "}");
		break;
	case VIEW_STATE:
		state_schema(o, f->machine);
		break;
	case VIEW_DAY:
	case VIEW_DUE:
		text(o, ",\"format\":\"date\"");
		break;
	case VIEW_MOMENT:
		text(o, ",\"format\":\"date-time\"");
		break;
	case VIEW_VERDICT:
		out_raw(o, VERDICT_SCHEMA, sizeof VERDICT_SCHEMA - 1);
		break;
	case VIEW_OBJECT:
		object_schema(o, f->view);
		break;
	case VIEW_LIST:
		OUT_LIT(o, "{\"type\":\"array\",\"items\":");
		object_schema(o, f->view);
		OUT_LIT(o, "}");
		break;
	}
}

static void object_schema(struct out *o, const struct view *v)
{
	bool first = true;

	OUT_LIT(o, "{\"type\":\"object\",\"properties\":{");
	for (size_t i = 0; i < v->count; i++) {
		if (v->fields[i].page_only)
			continue;
		if (!first)
			OUT_LIT(o, ",");
		first = false;
		out_json(o, v->fields[i].name);
		OUT_LIT(o, ":");
		field_schema(o, &v->fields[i]);
	}
	OUT_LIT(o, "}}");
}

void view_schema(struct out *o, const struct view *v)
{
	object_schema(o, v);
}
