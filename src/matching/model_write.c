#include "matching/model_write.h"

#include "matching/model_names.h"

static void put_text(struct out *o, const char *key, const char *value)
{
	out_fmt(o, "\"%s\": ", key);
	out_json(o, value);
}

static void put_fields(const struct model *m, struct out *o)
{
	OUT_LIT(o, " \"fields\": [");
	for (int i = 0; i < m->field_count; i++) {
		out_fmt(o, "%s\n  {", i == 0 ? "" : ",");
		put_text(o, "name", m->fields[i].name);
		OUT_LIT(o, ", ");
		put_text(o, "kind", FIELD_KIND_NAMES[m->fields[i].kind]);
		OUT_LIT(o, "}");
	}
	OUT_LIT(o, "\n ],\n");
}

static void put_comparisons(const struct model *m, struct out *o)
{
	OUT_LIT(o, " \"comparisons\": [");
	for (int i = 0; i < m->comparison_count; i++) {
		const struct model_comparison *c = &m->comparisons[i];
		const char *between = "";
		out_fmt(o, "%s\n  {", i == 0 ? "" : ",");
		put_text(o, "name", c->name);
		OUT_LIT(o, ", ");
		put_text(o, "kind", COMPARISON_KIND_NAMES[c->kind]);
		OUT_LIT(o, ", \"fields\": [");
		for (int k = 0; k < c->operand_count; k++) {
			if (c->operands[k] < 0)
				continue;
			out_fmt(o, "%s", between);
			out_json(o, m->fields[c->operands[k]].name);
			between = ", ";
		}
		OUT_LIT(o, "]}");
	}
	OUT_LIT(o, "\n ],\n");
}

static void put_key(const struct model *m, struct model_key key, struct out *o)
{
	out_fmt(o, "\"%s.%s", m->fields[key.field].name, KEY_PART_NAMES[key.part]);
	if (key.other_field >= 0)
		out_fmt(o, "|%s.%s", m->fields[key.other_field].name,
		        KEY_PART_NAMES[key.other_part]);
	OUT_LIT(o, "\"");
}

static void put_rules(const struct model *m, struct out *o)
{
	OUT_LIT(o, " \"blocking\": [");
	for (int i = 0; i < m->rule_count; i++) {
		const struct model_rule *r = &m->rules[i];
		out_fmt(o, "%s\n  {", i == 0 ? "" : ",");
		put_text(o, "name", r->name);
		OUT_LIT(o, ", \"keys\": [");
		for (int k = 0; k < r->key_count; k++) {
			out_fmt(o, "%s", k == 0 ? "" : ", ");
			put_key(m, r->keys[k], o);
		}
		out_fmt(o, "], \"block_max\": %u", r->block_max);
		if (r->split.field >= 0) {
			OUT_LIT(o, ", \"split\": ");
			put_key(m, r->split, o);
		}
		out_fmt(o, "%s}", r->lookup ? ", \"lookup\": true" : "");
	}
	OUT_LIT(o, "\n ],\n");
}

static void put_levels(const double level[MODEL_LEVEL_MAX], const struct model_comparison *of,
                       int index, struct out *o)
{
	out_fmt(o, "%s\n   ", index == 0 ? "" : ",");
	out_json(o, of->name);
	OUT_LIT(o, ": {");
	for (int l = 1; l < of->level_count; l++)
		out_fmt(o, "%s\"%s\": %.6g", l == 1 ? "" : ", ", level_name(of->kind, l), level[l]);
	OUT_LIT(o, "}");
}

void model_write(const struct model *m, struct out *o)
{
	OUT_LIT(o, "{\n ");
	put_text(o, "name", m->name);
	out_fmt(o, ",\n \"version\": %d,\n", m->version);
	put_fields(m, o);
	put_comparisons(m, o);
	put_rules(m, o);
	OUT_LIT(o, " \"classes\": [");
	for (int i = 0; i < m->class_count; i++) {
		const struct model_class *c = &m->classes[i];
		out_fmt(o, "%s\n  {", i == 0 ? "" : ",");
		put_text(o, "name", c->name);
		out_fmt(o, ", \"match\": %s, %s\"share\": %.6g, \"levels\": {",
		        c->match ? "true" : "false", c->chance ? "\"chance\": true, " : "",
		        c->share);
		for (int k = 0; k < m->comparison_count; k++)
			put_levels(c->level[k], &m->comparisons[k], k, o);
		OUT_LIT(o, "}}");
	}
	OUT_LIT(o, "\n ]");
	if (m->has_random) {
		OUT_LIT(o, ",\n \"random\": {");
		for (int k = 0; k < m->comparison_count; k++)
			put_levels(m->random[k], &m->comparisons[k], k, o);
		OUT_LIT(o, "}");
	}
	OUT_LIT(o, "\n}\n");
}
