/* A form shown again holds what was typed, says what is wrong at its place, and ties both together.
 */
#include "view_world.h"

#include "../world/naughty.h"

struct typed_animal {
	const char *name;
};

static const struct field ANIMAL_FORM_FIELDS[] = {
	{ .path = "name", .kind = FIELD_TEXT, .label = "Naam", .required = true, .max_chars = 40 },
};
static const struct form ANIMAL_FORM = { ANIMAL_FORM_FIELDS, 1, sizeof(struct typed_animal) };

static const struct field FIELDS[] = {
	{ .path = "title",
	  .kind = FIELD_TEXT,
	  .label = "Titel",
	  .required = true,
	  .max_chars = 120 },
	{ .path = "number", .kind = FIELD_PROSE, .label = "Toelichting", .max_chars = 900 },
	{ .path = "kind", .kind = FIELD_CODE, .label = "Soort", .required = true, .codes = KINDS },
	{ .path = "traits", .kind = FIELD_CODES, .label = "Kenmerken", .codes = TRAITS },
	{ .path = "open", .kind = FIELD_BOOL, .label = "Open" },
	{ .path = "money", .kind = FIELD_MONEY, .label = "Bedrag" },
	{ .path = "animals", .kind = FIELD_LIST, .label = "Dieren", .element = &ANIMAL_FORM },
};
static const struct form FORM = { FIELDS, sizeof(FIELDS) / sizeof(FIELDS[0]), 64 };

static int form_set_up(void **state)
{
	int st = set_up(state);
	((struct world *)*state)->d.form = &FORM;
	return st;
}

static void typed(struct world *w, const char *const (*pairs)[2], size_t count)
{
	struct input_value *values = ARENA_ARRAY(&w->arena, struct input_value, count);
	struct input *in = ARENA_NEW(&w->arena, struct input);
	for (size_t i = 0; i < count; i++)
		values[i] = (struct input_value){ .path = pairs[i][0], .text = pairs[i][1] };
	*in = (struct input){ .values = values, .count = count };
	w->d.typed = in;
}

static void problem(struct world *w, const char *path, const char *message)
{
	struct problems *ps = ARENA_NEW(&w->arena, struct problems);
	problems_init(ps, &w->arena);
	problems_add(ps, PROBLEM_ERROR, path, message);
	w->d.problems = ps;
}

static void has(struct world *w, const char *part)
{
	if (strstr(w->out.data, part) == NULL)
		fail_msg("no <%s> in: %s", part, w->out.data);
}

static void has_not(struct world *w, const char *part)
{
	if (strstr(w->out.data, part) != NULL)
		fail_msg("<%s> in: %s", part, w->out.data);
}

static void a_field_has_label_value_and_limit(void **state)
{
	struct world *w = *state;
	struct thing t = empty_thing();
	t.title = "Erf";
	(void)drawn(w, "{{@field title autocomplete=off width=m}}", &THING_VIEW, &t);
	has(w, "<label class=\"utrecht-form-label\" for=\"title\">Titel</label>");
	has(w, "id=\"title\" name=\"title\" value=\"Erf\" autocomplete=\"off\" maxlength=\"120\"");
	has(w, "plein-w-m");
	has_not(w, "mag leeg");
	has_not(w, "aria-");
}

static void help_and_problem_are_tied_to_the_field(void **state)
{
	struct world *w = *state;
	struct thing t = empty_thing();
	problem(w, "title", "Vul <de> titel in.");
	(void)drawn(w, "{{@field title | Kort, zonder \"namen\".}}", &THING_VIEW, &t);
	has(w, "id=\"title-help\">Kort, zonder &quot;namen&quot;.</p>");
	has(w, "id=\"title-problem\"");
	has(w, "Vul &lt;de&gt; titel in.");
	has(w, "aria-describedby=\"title-help title-problem\" aria-invalid=\"true\"");
}

static void what_was_typed_wins_over_the_record(void **state)
{
	struct world *w = *state;
	static const char *const pairs[][2] = { { "title", "Getypt" }, { "kind", "boat" } };
	struct thing t = empty_thing();
	t.title = "Erf";
	t.kind = 1;
	t.open = true;
	typed(w, pairs, 2);
	(void)drawn(w, "{{@field title}}{{@field kind}}{{@field open}}", &THING_VIEW, &t);
	has(w, "value=\"Getypt\"");
	has(w, "<option value=\"boat\" selected>Boot</option>");
	has(w, "<option value=\"house\">Huis</option>");
	has_not(w, "checked");
}

static void the_record_fills_choices_that_nobody_typed(void **state)
{
	struct world *w = *state;
	struct thing t = empty_thing();
	t.kind = 1;
	t.open = true;
	t.traits = 1 << 5;
	t.money = 123450;
	(void)drawn(w, "{{@radios kind}}{{@field traits}}{{@field open}}{{@field money}}",
	            &THING_VIEW, &t);
	has(w, "name=\"kind\" value=\"house\" checked>");
	has(w, "name=\"kind\" value=\"boat\">");
	has(w, "name=\"traits\" value=\"wet\" checked>");
	has(w, "name=\"traits\" value=\"old\">");
	has(w, "name=\"open\" value=\"on\" checked>");
	has(w, "value=\"1234,50\" inputmode=\"decimal\"");
	has(w, "(mag leeg)");
}

static void everything_typed_comes_back_escaped(void **state)
{
	struct world *w = *state;
	struct thing t = empty_thing();
	for (size_t i = 0; i < NAUGHTY_COUNT; i++) {
		const char *const pairs[][2] = { { "title", NAUGHTY[i] },
			                         { "number", NAUGHTY[i] } };
		struct out expected;
		out_init(&expected, 4096);
		out_html(&expected, NAUGHTY[i]);
		typed(w, pairs, 2);
		(void)drawn(w, "{{@typed title}}|", &THING_VIEW, &t);
		assert_memory_equal(w->out.data, expected.data, expected.len);
		assert_string_equal(w->out.data + expected.len, "|");
		(void)drawn(w, "{{@field number}}", &THING_VIEW, &t);
		has(w, arena_printf(&w->arena, ">\n%s</textarea>", expected.data));
		out_free(&expected);
	}
}

static void rows_carry_their_place_in_every_path(void **state)
{
	struct world *w = *state;
	struct animal animals[] = { { "Ka", 0 }, { "Kees", 0 } };
	struct thing t = empty_thing();
	t.animals = (struct array){ animals, 2 };
	problem(w, "animals[1].name", "Kees kennen wij niet.");
	(void)drawn(w, "{{#@rows animals}}{{@field name}}{{/@rows}}", &THING_VIEW, &t);
	has(w, "name=\"animals[0].name\" value=\"Ka\"");
	has(w, "name=\"animals[1].name\" value=\"Kees\"");
	has(w, "id=\"animals[1].name-problem\"");
	has(w, "aria-describedby=\"animals[1].name-problem\"");
	has_not(w, "animals[2]");
}

static void typed_rows_and_one_more_are_drawn(void **state)
{
	struct world *w = *state;
	static const char *const pairs[][2] = { { "animals[0].name", "Bello" },
		                                { "animals[2].name", "Mies" },
		                                { "_add", "animals" } };
	struct animal animals[] = { { "Ka", 0 } };
	struct thing t = empty_thing();
	t.animals = (struct array){ animals, 1 };
	typed(w, pairs, 3);
	(void)drawn(w, "{{#@rows animals}}[{{@name name}}={{@typed name}}]{{/@rows}}", &THING_VIEW,
	            &t);
	assert_string_equal(w->out.data, "[animals[0].name=Bello][animals[1].name=]"
	                                 "[animals[2].name=Mies][animals[3].name=]");
}

static void a_list_without_rows_asks_for_the_first(void **state)
{
	struct world *w = *state;
	struct thing t = empty_thing();
	assert_string_equal(drawn(w, "{{#@rows animals}}{{@id name}}{{/@rows}}", &THING_VIEW, &t),
	                    "animals[0].name");
}

static void a_password_is_never_sent_back(void **state)
{
	struct world *w = *state;
	static const char *const pairs[][2] = { { "title", "geheim" } };
	struct thing t = empty_thing();
	typed(w, pairs, 1);
	(void)drawn(w, "{{@field title type=password}}", &THING_VIEW, &t);
	has(w, "type=\"password\"");
	has_not(w, "geheim");
}

static void a_password_kept_as_typed_is_no_text_in_sight(void **state)
{
	struct world *w = *state;
	struct thing t = empty_thing();
	(void)drawn(w, "{{@field number type=password}}", &THING_VIEW, &t);
	has(w, "type=\"password\"");
	has_not(w, "<textarea");
}

static void all_problems_stand_on_top_with_links(void **state)
{
	struct world *w = *state;
	struct thing t = empty_thing();
	assert_string_equal(drawn(w, "{{@errors}}", &THING_VIEW, &t), "");
	problem(w, "animals[1].name", "Kees kennen wij niet.");
	(void)drawn(w, "{{@errors}}", &THING_VIEW, &t);
	has(w, "role=\"alert\"");
	has(w, "Er klopt 1 ding nog niet.");
	has(w, "<a href=\"#animals[1].name\">Kees kennen wij niet.</a>");
}

static const char *csrf(const struct frame *f, struct arena *a, const char *pattern)
{
	(void)f;
	return arena_printf(a, "token for %s", pattern);
}

static void a_form_carries_its_tokens(void **state)
{
	struct world *w = *state;
	const struct frame f = { .csrf = csrf };
	struct thing t = empty_thing();
	t.number = "S 1/ü";
	w->d.frame = &f;
	(void)drawn(w, "{{#@form /things/{number}/_close}}x{{/@form}}", &THING_VIEW, &t);
	has(w, "<form method=\"post\" action=\"/things/S%201%2F%C3%BC/_close\" novalidate>");
	has(w, "name=\"_csrf\" value=\"token for /things/{number}/_close\">");
	has(w, "x</form>");
	const char *once = strstr(w->out.data, "name=\"_once\" value=\"");
	assert_non_null(once);
	assert_int_equal(strspn(once + 20, "0123456789abcdef"), 32);
	char first[33] = { 0 };
	memcpy(first, once + 20, 32);
	(void)drawn(w, "{{@csrf /things/{number}}}", &THING_VIEW, &t);
	has_not(w, first);
	has(w, "token for /things/{number}\">");
}

/* ---- the checks of templates -------------------------------------------------------------------
 */

static const char *complaints(struct world *w, const char *source, bool whole)
{
	const struct page_template page = { "test", &THING_VIEW, &FORM, whole };
	struct template t;
	if (!parses(w, source, &t))
		fail_msg("doesn't parse: %s", source);
	out_clear(&w->out);
	out_raw(&w->out, "", 0);
	page_check_parsed(&w->out, &w->arena, &t, &page);
	return w->out.data;
}

static void a_template_with_a_wrong_name_is_refused(void **state)
{
	static const char *const wrong[] = {
		"{{titel}}",
		"{{#nothing}}{{/nothing}}",
		"{{^nothing}}{{/nothing}}",
		"{{pet.nose}}",
		"{{#animals}}{{nose}}{{/animals}}",
		"{{#kind.castle}}{{/kind.castle}}",
		"{{#state.Draft}}{{/state.Draft}}",
		"{{day.time}}",
		"{{pet}}",
		"{{animals}}",
		"{{@state title}}",
		"{{@clock moment}}",
		"{{@partner title nobody}}",
		"{{@field nothing}}",
		"{{@field animals}}",
		"{{@radios title}}",
		"{{@checked kind castle}}",
		"{{@field name}}",
		"{{#@rows title}}{{/@rows}}",
		"{{#@rows animals}}{{@field title}}{{/@rows}}",
		"{{#@form /things/{nothing}}}{{/@form}}",
		"{{#problems.nothing}}{{/problems.nothing}}",
		"{{#problems}}{{nothing}}{{/problems}}",
		"{{#@part ready}}<p id=\"steady\"></p>{{/@part}}",
		"{{#@part ready}}<p></p><p id=\"ready\"></p>{{/@part}}",
		"{{#@part ready}}{{title}}{{/@part}}",
		"{{#animals}}{{#@part ready}}<p id=\"ready\"></p>{{/@part}}{{/animals}}",
		"<p id=\"ready\" data-island=\"live\"></p>",
	};
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		if (complaints(*state, wrong[i], false)[0] == '\0')
			fail_msg("nothing said about: %s", wrong[i]);
}

static void a_template_that_fits_its_view_is_accepted(void **state)
{
	assert_string_equal(
	    complaints(
		*state,
		"<h1>{{title}}</h1>{{@errors}}{{#pet}}{{name}}{{title}}{{/pet}}{{region}}"
		"{{#animals}}{{name}}{{born.iso}}{{/animals}}{{#kind.boat}}{{/kind.boat}}"
		"{{#verdict.no}}{{verdict.next}}{{/verdict.no}}{{#title}}{{.}}{{/title}}"
		"{{@state state}}{{@clock due}}{{@field title | Help}}{{@radios kind}}"
		"{{#@part ready}}\n<p id=\"ready\" data-island=\"live\">{{title}}</p>{{/@part}}"
		"{{#@rows animals}}{{@field name}}{{/@rows}}{{@checked kind boat}}"
		"{{#@form /things/{number}}}{{/@form}}{{#problems.title}}{{message}}"
		"{{/problems.title}}{{problemSummary}}",
		true),
	    "");
}

static void a_page_has_one_h1(void **state)
{
	assert_non_null(strstr(complaints(*state, "<p>", true), "one h1"));
	assert_non_null(strstr(complaints(*state, "<h1>a</h1><h1>b</h1>", true), "one h1"));
	assert_non_null(
	    strstr(complaints(*state, "{{#animals}}<h1>a</h1>{{/animals}}", true), "h1"));
	assert_string_equal(complaints(*state, "<h1>a</h1>", true), "");
}

static void the_frame_and_the_components_fit_their_views(void **state)
{
	struct world *w = *state;
	for (const struct page_template *p = view_own_templates; p->name != NULL; p++)
		page_check(&w->out, &w->arena, p);
	if (w->out.len > 0)
		fail_msg("%s", w->out.data);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, form_set_up, tear_down)
	const struct CMUnitTest tests[] = {
		T(a_field_has_label_value_and_limit),
		T(help_and_problem_are_tied_to_the_field),
		T(what_was_typed_wins_over_the_record),
		T(the_record_fills_choices_that_nobody_typed),
		T(everything_typed_comes_back_escaped),
		T(rows_carry_their_place_in_every_path),
		T(typed_rows_and_one_more_are_drawn),
		T(a_list_without_rows_asks_for_the_first),
		T(a_password_is_never_sent_back),
		T(a_password_kept_as_typed_is_no_text_in_sight),
		T(all_problems_stand_on_top_with_links),
		T(a_form_carries_its_tokens),
		T(a_template_with_a_wrong_name_is_refused),
		T(a_template_that_fits_its_view_is_accepted),
		T(a_page_has_one_h1),
		T(the_frame_and_the_components_fit_their_views),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
