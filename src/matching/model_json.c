/* Reading a model from JSON: every mistake is named with its line. */
#include <math.h>
#include <string.h>

#include "matching/json_tree.h"
#include "matching/model.h"
#include "matching/model_names.h"

enum { ARENA_BYTES = 4 << 20, BLOCK_MAX_DEFAULT = 200, BLOCK_MAX_LIMIT = 100000 };

/* The kinds of fields that a comparison takes, in order; -1: it takes no more. */
static const int OPERANDS[][MODEL_OPERAND_MAX] = {
	[COMPARE_GIVEN] = { FIELD_GIVEN, FIELD_INITIALS, FIELD_FAMILY, -1 },
	[COMPARE_FAMILY] = { FIELD_FAMILY, FIELD_GIVEN, -1 },
	[COMPARE_DATE] = { FIELD_DATE, -1 },
	[COMPARE_ADDRESS] = { FIELD_POSTCODE, FIELD_HOUSE_NUMBER, FIELD_HOUSE_ADDITION,
	                      FIELD_STREET, FIELD_PLACE, -1 },
	[COMPARE_NUMBER] = { FIELD_PHONE, -1 },
	[COMPARE_CODE] = { FIELD_SIGNS, -1 },
	[COMPARE_ORGANISATION] = { FIELD_ORGANISATION, -1 },
	[COMPARE_TEXT] = { FIELD_WORDS, -1 },
};

static int find_name(const char *const *names, int count, const char *name)
{
	for (int i = 0; i < count; i++)
		if (strcmp(names[i], name) == 0)
			return i;
	return -1;
}

static enum status wrong(const struct json *at, const char *what, const char *name,
                         struct error *reterr)
{
	return FAIL(reterr, ERR_INVALID, "Model, regel %d: %s%.60s.", at == NULL ? 1 : at->line,
	            what, name == NULL ? "" : name);
}

static enum status read_name(const struct json *object, const char *key, char ret[MODEL_NAME_BYTES],
                             struct error *reterr)
{
	const struct json *n = json_member(object, key);

	if (n == NULL || n->kind != JSON_STRING || n->text[0] == '\0' ||
	    strlen(n->text) >= MODEL_NAME_BYTES)
		return wrong(object, "hier hoort een korte tekst bij ", key, reterr);
	memcpy(ret, n->text, strlen(n->text) + 1);
	return OK;
}

static const struct json *list(const struct json *root, const char *key, size_t most)
{
	const struct json *l = json_member(root, key);

	return l != NULL && l->kind == JSON_ARRAY && l->count > 0 && l->count <= most ? l : NULL;
}

static enum status read_fields(const struct json *root, struct model *m, struct error *reterr)
{
	const struct json *fields = list(root, "fields", MODEL_FIELD_MAX);
	char kind[MODEL_NAME_BYTES];

	if (fields == NULL)
		return wrong(root, "er hoort een lijst te staan onder fields", NULL, reterr);
	for (const struct json *f = fields->first; f != NULL; f = f->next) {
		struct model_field *to = &m->fields[m->field_count];
		enum status st = read_name(f, "name", to->name, reterr);
		if (st == OK)
			st = read_name(f, "kind", kind, reterr);
		if (st != OK)
			return st;
		int k = find_name(FIELD_KIND_NAMES, FIELD_KINDS, kind);
		if (k < 0)
			return wrong(f, "deze soort veld is er niet: ", kind, reterr);
		if (model_field_index(m, to->name) >= 0 || strcmp(to->name, "id") == 0)
			return wrong(f, "deze naam is al gebruikt: ", to->name, reterr);
		to->kind = (enum model_field_kind)k;
		m->field_count++;
	}
	return OK;
}

static bool operand_fits(enum comparison_kind c, int position, enum model_field_kind kind)
{
	if (OPERANDS[c][position] == (int)kind)
		return true;
	if (c == COMPARE_NUMBER && position == 0)
		return kind == FIELD_BSN || kind == FIELD_DIGITS || kind == FIELD_HOUSE_NUMBER;
	if (c == COMPARE_CODE && position == 0)
		return kind == FIELD_EMAIL;
	return c == COMPARE_TEXT && position == 0 && kind == FIELD_STREET;
}

/* Puts each named field at the operand of its kind; the first operand must be there. */
static enum status read_operands(const struct json *c, struct model *m, struct model_comparison *to,
                                 struct error *reterr)
{
	const struct json *fields = list(c, "fields", MODEL_OPERAND_MAX);

	if (fields == NULL)
		return wrong(c, "er hoort een lijst te staan onder fields", NULL, reterr);
	for (int i = 0; i < MODEL_OPERAND_MAX; i++)
		to->operands[i] = -1;
	while (to->operand_count < MODEL_OPERAND_MAX && OPERANDS[to->kind][to->operand_count] >= 0)
		to->operand_count++;
	for (const struct json *f = fields->first; f != NULL; f = f->next) {
		int field = f->kind == JSON_STRING ? model_field_index(m, f->text) : -1;
		int position = 0;
		if (field < 0)
			return wrong(f, "dit veld is er niet: ", f->text, reterr);
		while (position < to->operand_count &&
		       !operand_fits(to->kind, position, m->fields[field].kind))
			position++;
		if (position == to->operand_count || to->operands[position] >= 0)
			return wrong(f, "dit veld past niet bij deze vergelijking: ", f->text,
			             reterr);
		to->operands[position] = field;
	}
	if (to->operands[0] < 0 && to->kind != COMPARE_ADDRESS)
		return wrong(c, "het eerste veld van de vergelijking ontbreekt: ", to->name,
		             reterr);
	return OK;
}

static enum status read_comparisons(const struct json *root, struct model *m, struct error *reterr)
{
	const struct json *all = list(root, "comparisons", MODEL_COMPARISON_MAX);
	char kind[MODEL_NAME_BYTES];

	if (all == NULL)
		return wrong(root, "er hoort een lijst te staan onder comparisons", NULL, reterr);
	for (const struct json *c = all->first; c != NULL; c = c->next) {
		struct model_comparison *to = &m->comparisons[m->comparison_count++];
		enum status st = read_name(c, "name", to->name, reterr);
		if (st == OK)
			st = read_name(c, "kind", kind, reterr);
		if (st != OK)
			return st;
		int k = find_name(COMPARISON_KIND_NAMES, COMPARISON_KINDS, kind);
		if (k < 0)
			return wrong(c, "deze soort vergelijking is er niet: ", kind, reterr);
		to->kind = (enum comparison_kind)k;
		to->level_count = level_count(to->kind);
		st = read_operands(c, m, to, reterr);
		if (st != OK)
			return st;
	}
	return OK;
}

/* "birth_date.year": a field and a part of it. */
static enum status read_part(const struct json *k, const char *text, size_t bytes,
                             const struct model *m, int *ret_field, enum key_part *ret_part,
                             struct error *reterr)
{
	char word[2 * MODEL_NAME_BYTES] = "";

	if (bytes < sizeof(word))
		memcpy(word, text, bytes);
	char *dot = strchr(word, '.');
	if (dot != NULL)
		*dot = '\0';
	*ret_field = model_field_index(m, word);
	int part = dot == NULL ? KEY_WHOLE : find_name(KEY_PART_NAMES, KEY_PARTS, dot + 1);
	if (*ret_field < 0)
		return wrong(k, "dit veld is er niet: ", text, reterr);
	if (part < 0)
		return wrong(k, "dit deel van een veld is er niet: ", text, reterr);
	*ret_part = (enum key_part)part;
	return OK;
}

/* One part, or "a.x|b.y": b where a has nothing. */
static enum status read_key(const struct json *k, const struct model *m, struct model_key *ret,
                            struct error *reterr)
{
	const char *text = k->kind == JSON_STRING ? k->text : "";
	size_t first = strcspn(text, "|");
	enum status st = read_part(k, text, first, m, &ret->field, &ret->part, reterr);

	ret->other_field = -1;
	if (st == OK && text[first] == '|')
		st = read_part(k, text + first + 1, strlen(text + first + 1), m, &ret->other_field,
		               &ret->other_part, reterr);
	return st;
}

static enum status read_rule(const struct json *r, const struct model *m, struct model_rule *to,
                             struct error *reterr)
{
	const struct json *keys = list(r, "keys", MODEL_KEY_MAX);
	const struct json *most = json_member(r, "block_max"), *split = json_member(r, "split");
	enum status st = read_name(r, "name", to->name, reterr);

	if (st == OK && keys == NULL)
		st = wrong(r, "er hoort een lijst te staan onder keys", NULL, reterr);
	for (const struct json *k = keys == NULL ? NULL : keys->first; st == OK && k != NULL;
	     k = k->next)
		st = read_key(k, m, &to->keys[to->key_count++], reterr);
	to->lookup =
	    json_member(r, "lookup") != NULL && json_member(r, "lookup")->kind == JSON_TRUE;
	to->split.field = -1;
	if (st == OK && split != NULL)
		st = read_key(split, m, &to->split, reterr);
	to->block_max = BLOCK_MAX_DEFAULT;
	if (st == OK && most != NULL) {
		if (most->kind != JSON_NUMBER || most->number < 2 || most->number > BLOCK_MAX_LIMIT)
			return wrong(most, "block_max hoort tussen 2 en 100000 te liggen", NULL,
			             reterr);
		to->block_max = (uint32_t)most->number;
	}
	return st;
}

static enum status read_rules(const struct json *root, struct model *m, struct error *reterr)
{
	const struct json *rules = list(root, "blocking", MODEL_RULE_MAX);

	if (rules == NULL)
		return wrong(root, "er hoort een lijst te staan onder blocking", NULL, reterr);
	for (const struct json *r = rules->first; r != NULL; r = r->next) {
		enum status st = read_rule(r, m, &m->rules[m->rule_count++], reterr);
		if (st != OK)
			return st;
	}
	return OK;
}

static int level_index(enum comparison_kind kind, const char *name)
{
	for (int l = 1; l < level_count(kind); l++)
		if (strcmp(level_name(kind, l), name) == 0)
			return l;
	return -1;
}

/* Named levels; what isn't named gets a tiny probability, and all are scaled to 1. */
static enum status read_levels(const struct json *levels, const struct model_comparison *c,
                               double *to, struct error *reterr)
{
	double sum = 0;

	for (int l = 1; l < MODEL_LEVEL_MAX; l++)
		to[l] = l < c->level_count ? 1e-6 : 0;
	for (const struct json *v = levels->first; v != NULL; v = v->next) {
		int l = v->key == NULL ? -1 : level_index(c->kind, v->key);
		if (l < 0)
			return wrong(v, "deze uitkomst is er niet: ", v->key, reterr);
		if (v->kind != JSON_NUMBER || !(v->number > 0))
			return wrong(v, "hier hoort een getal boven 0 bij ", v->key, reterr);
		to[l] = v->number;
	}
	for (int l = 1; l < MODEL_LEVEL_MAX; l++)
		sum += to[l];
	for (int l = 1; l < MODEL_LEVEL_MAX; l++)
		to[l] /= sum;
	return OK;
}

/* The levels of every comparison. */
static enum status read_all_levels(const struct json *of, const struct json *levels,
                                   const struct model *m,
                                   double to[MODEL_COMPARISON_MAX][MODEL_LEVEL_MAX],
                                   struct error *reterr)
{
	enum status st = OK;

	for (int k = 0; k < m->comparison_count && st == OK; k++) {
		const struct json *l = json_member(levels, m->comparisons[k].name);
		if (l == NULL || l->kind != JSON_OBJECT)
			return wrong(of, "hier ontbreken de uitkomsten van ",
			             m->comparisons[k].name, reterr);
		st = read_levels(l, &m->comparisons[k], to[k], reterr);
	}
	return st;
}

static enum status read_class(const struct json *c, const struct model *m, struct model_class *to,
                              struct error *reterr)
{
	const struct json *match = json_member(c, "match"), *share = json_member(c, "share");
	const struct json *chance = json_member(c, "chance");
	enum status st = read_name(c, "name", to->name, reterr);

	if (st != OK)
		return st;
	if (match == NULL || (match->kind != JSON_TRUE && match->kind != JSON_FALSE))
		return wrong(c, "hier hoort true of false bij match", NULL, reterr);
	if (share == NULL || share->kind != JSON_NUMBER || !(share->number > 0))
		return wrong(c, "hier hoort een getal boven 0 bij share", NULL, reterr);
	to->match = match->kind == JSON_TRUE;
	to->chance = !to->match && chance != NULL && chance->kind == JSON_TRUE;
	to->share = share->number;
	return read_all_levels(c, json_member(c, "levels"), m, to->level, reterr);
}

static enum status read_classes(const struct json *root, struct model *m, struct error *reterr)
{
	const struct json *classes = list(root, "classes", MODEL_CLASS_MAX);
	bool match = false, other = false;
	double sum = 0;

	if (classes == NULL)
		return wrong(root, "er hoort een lijst te staan onder classes", NULL, reterr);
	for (const struct json *c = classes->first; c != NULL; c = c->next) {
		struct model_class *to = &m->classes[m->class_count++];
		enum status st = read_class(c, m, to, reterr);
		if (st != OK)
			return st;
		match |= to->match;
		other |= !to->match;
		sum += to->share;
	}
	if (!match || !other)
		return wrong(classes, "er hoort een klasse te zijn met match en een zonder", NULL,
		             reterr);
	for (int i = 0; i < m->class_count; i++)
		m->classes[i].share /= sum;
	return OK;
}

static enum status read_model(const struct json *root, struct model *m, struct error *reterr)
{
	const struct json *version = json_member(root, "version");
	enum status st = read_name(root, "name", m->name, reterr);

	if (st == OK && (version == NULL || version->kind != JSON_NUMBER || version->number < 1 ||
	                 version->number > 1e6))
		st = wrong(root, "hier hoort een getal te staan bij version", NULL, reterr);
	if (st == OK) {
		m->version = (int)version->number;
		st = read_fields(root, m, reterr);
	}
	if (st == OK)
		st = read_comparisons(root, m, reterr);
	if (st == OK)
		st = read_rules(root, m, reterr);
	if (st == OK)
		st = read_classes(root, m, reterr);
	m->has_random = json_member(root, "random") != NULL;
	if (st == OK && m->has_random)
		st = read_all_levels(root, json_member(root, "random"), m, m->random, reterr);
	return st;
}

enum status model_parse(const char *json, size_t bytes, struct model *ret, struct error *reterr)
{
	const struct json *root = NULL;
	struct arena a;

	if (bytes > MODEL_JSON_MAX_BYTES)
		return FAIL(reterr, ERR_LIMIT, "Het model is te groot.");
	memset(ret, 0, sizeof(*ret));
	arena_init(&a, ARENA_BYTES * 4);
	enum status st = json_parse(&a, json, bytes, &root, reterr);
	if (st == OK)
		st = read_model(root, ret, reterr);
	arena_reset(&a);
	return st;
}
