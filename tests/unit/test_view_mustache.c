/* The core of the Mustache specification, read from the folder in PLEIN_MUSTACHE_SPEC. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <jansson.h>

#include "platform/view/template.h"
#include "platform/view/view.h"

/* ---- any JSON as a view with its record --------------------------------------------------------
 */

struct slot {
	union {
		const char *text;
		int64_t number;
		bool truth;
		const void *object;
		struct array list;
	} of;
};

static struct view *view_of(struct arena *a, const json_t *sample, bool is_list);
static void fill(struct arena *a, const struct view *v, const json_t *from, struct slot *slots);

static bool is_scalar_like(const json_t *j)
{
	return !json_is_object(j);
}

static struct view_field field_of(struct arena *a, const char *name, const json_t *j, size_t at)
{
	struct view_field f = { .name = arena_strdup(a, name), .offset = at * sizeof(struct slot) };
	/* Elements of a list may differ in kind in JSON, never in a view: as text they are alike.
	 */
	if (json_is_integer(j) && strcmp(name, ".") != 0)
		f.kind = VIEW_INT;
	else if (json_is_boolean(j))
		f.kind = VIEW_BOOL;
	else if (json_is_object(j))
		f.kind = VIEW_OBJECT;
	else if (json_is_array(j))
		f.kind = VIEW_LIST;
	else
		f.kind = VIEW_TEXT;
	if (f.kind == VIEW_OBJECT)
		f.view = view_of(a, j, false);
	if (f.kind == VIEW_LIST)
		f.view = view_of(a, j, true);
	return f;
}

/* Of a list: the first element stands for all. */
static struct view *view_of(struct arena *a, const json_t *sample, bool is_list)
{
	struct view *v = ARENA_NEW(a, struct view);
	const json_t *one = is_list ? json_array_get(sample, 0) : sample;
	struct view_field *fields = ARENA_ARRAY(a, struct view_field, 1 + json_object_size(one));
	const char *key;
	json_t *member;

	if (one != NULL && is_scalar_like(one)) {
		fields[v->count++] = field_of(a, ".", one, 0);
	} else if (one != NULL) {
		json_t *open = json_copy((json_t *)(uintptr_t)one);
		json_object_foreach(open, key, member)
		{
			fields[v->count] = field_of(a, key, member, v->count);
			v->count++;
		}
		json_decref(open);
	}
	v->fields = fields;
	v->struct_bytes = v->count * sizeof(struct slot);
	return v;
}

static void fill_slot(struct arena *a, const struct view_field *f, const json_t *j,
                      struct slot *slot)
{
	if (json_is_integer(j) && f->kind == VIEW_TEXT) {
		slot->of.text = arena_printf(a, "%lld", (long long)json_integer_value(j));
	} else if (json_is_integer(j)) {
		slot->of.number = json_integer_value(j);
	} else if (json_is_boolean(j)) {
		slot->of.truth = json_is_true(j);
	} else if (json_is_string(j)) {
		slot->of.text = arena_strdup(a, json_string_value(j));
	} else if (json_is_real(j)) {
		slot->of.text = arena_printf(a, "%g", json_real_value(j));
	} else if (json_is_object(j)) {
		struct slot *inner = ARENA_ARRAY(a, struct slot, f->view->count);
		fill(a, f->view, j, inner);
		slot->of.object = inner;
	} else if (json_is_array(j)) {
		size_t n = json_array_size(j), per = f->view->count;
		struct slot *items = ARENA_ARRAY(a, struct slot, n * per);
		for (size_t i = 0; i < n; i++)
			fill(a, f->view, json_array_get(j, i), items + i * per);
		slot->of.list = (struct array){ items, n };
	}
}

static void fill(struct arena *a, const struct view *v, const json_t *from, struct slot *slots)
{
	for (size_t i = 0; i < v->count; i++) {
		bool dot = strcmp(v->fields[i].name, ".") == 0;
		const json_t *j = dot ? from : json_object_get(from, v->fields[i].name);
		fill_slot(a, &v->fields[i], j, &slots[i]);
	}
}

/* ---- running a case
 * ------------------------------------------------------------------------------ */

struct partials {
	struct arena *arena;
	const json_t *sources;
	struct template *parsed;
	struct template_library library;
};

static const struct template *partial(void *context, const char *name)
{
	struct partials *p = context;
	size_t i = 0;
	const char *key;
	json_t *source;

	json_object_foreach((json_t *)(uintptr_t)p->sources, key, source)
	{
		if (strcmp(key, name) == 0)
			return &p->parsed[i];
		i++;
	}
	return NULL;
}

static void parse(struct partials *p, const char *source, struct template *ret)
{
	struct template_fault fault = { 0, "" };
	if (!template_parse(p->arena, source, &p->library, ret, &fault))
		fail_msg("%s in: %s", fault.what, source);
}

static void run_case(struct arena *a, const json_t *test)
{
	const json_t *data = json_object_get(test, "data");
	const json_t *sources = json_object_get(test, "partials");
	struct partials p = { .arena = a, .sources = sources };
	struct template main_template = { .name = "main" };
	const char *key;
	json_t *source;
	size_t i = 0;

	p.library = (struct template_library){ partial, NULL, &p, true };
	p.parsed = ARENA_ARRAY(a, struct template, json_object_size(sources) + 1);
	json_object_foreach((json_t *)(uintptr_t)sources, key, source)
	    parse(&p, json_string_value(source), &p.parsed[i++]);
	parse(&p, json_string_value(json_object_get(test, "template")), &main_template);

	const struct view *v = view_of(a, data, false);
	struct slot *record = ARENA_ARRAY(a, struct slot, v->count);
	fill(a, v, data, record);
	struct drawing d = { .arena = a };
	struct out o;
	out_init(&o, 1 << 16);
	view_draw(&o, &d, &main_template, v, record);
	out_raw(&o, "", 0);
	const char *name = json_string_value(json_object_get(test, "name"));
	const char *expected = json_string_value(json_object_get(test, "expected"));
	if (strcmp(o.data, expected) != 0)
		fail_msg("%s: expected <%s>, got <%s>", name, expected, o.data);
	out_free(&o);
}

/* Everything is escaped here, so cases that ask for raw text don't apply. */
static bool asks_for_raw(const json_t *test)
{
	char *text = json_dumps(test, 0);
	bool raw = strstr(text, "{{{") != NULL || strstr(text, "{{&") != NULL ||
	           strstr(text, "<%&") != NULL;
	free(text);
	return raw;
}

static void run_module(const char *module, size_t at_least)
{
	const char *folder = getenv("PLEIN_MUSTACHE_SPEC");
	char path[512];
	size_t ran = 0;

	(void)snprintf(path, sizeof(path), "%s/%s.json", folder == NULL ? "" : folder, module);
	json_t *spec = json_load_file(path, 0, NULL);
	if (spec == NULL)
		skip();
	const json_t *tests = json_object_get(spec, "tests");
	for (size_t i = 0; i < json_array_size(tests); i++) {
		const json_t *test = json_array_get(tests, i);
		if (asks_for_raw(test))
			continue;
		struct arena a;
		arena_init(&a, 1 << 20);
		run_case(&a, test);
		arena_reset(&a);
		ran++;
	}
	json_decref(spec);
	assert_true(ran >= at_least);
}

static void comments_draw_nothing(void **state)
{
	(void)state;
	run_module("comments", 12);
}

static void marks_can_be_changed(void **state)
{
	(void)state;
	run_module("delimiters", 14);
}

static void names_become_values(void **state)
{
	(void)state;
	run_module("interpolation", 20);
}

static void inverted_sections_show_what_is_absent(void **state)
{
	(void)state;
	run_module("inverted", 20);
}

static void partials_are_drawn_in_place(void **state)
{
	(void)state;
	run_module("partials", 11);
}

static void sections_follow_the_record(void **state)
{
	(void)state;
	run_module("sections", 30);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(comments_draw_nothing),
		cmocka_unit_test(marks_can_be_changed),
		cmocka_unit_test(names_become_values),
		cmocka_unit_test(inverted_sections_show_what_is_absent),
		cmocka_unit_test(partials_are_drawn_in_place),
		cmocka_unit_test(sections_follow_the_record),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
