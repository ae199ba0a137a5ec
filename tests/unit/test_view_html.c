/* What stands on a page is what stands in the record: escaped, in Dutch, and nothing else. */
#include "platform/core/dutch.h"

#include "view_world.h"

#include "../world/naughty.h"

static void no_text_leaves_its_place(void **state)
{
	struct world *w = *state;
	for (size_t i = 0; i < NAUGHTY_COUNT; i++) {
		struct thing t = empty_thing();
		t.title = NAUGHTY[i];
		const char *page =
		    drawn(w, "<p title=\"{{title}}\">{{title}}</p>", &THING_VIEW, &t);
		assert_memory_equal(page, "<p title=\"", 10);
		const char *inside = page + 10;
		assert_int_equal(strcspn(inside, "<>'"), strcspn(inside, ">"));
		assert_ptr_equal(strchr(inside, '"'), strstr(inside, "\">"));
		const char *text = strchr(inside, '>') + 1;
		assert_string_equal(text + strcspn(text, "<>\"'"), "</p>");
	}
}

/* What a browser makes of our entities again. */
static const char *unescaped(struct arena *a, const char *text, size_t len)
{
	static const char *const pairs[][2] = { { "&amp;", "&" },
		                                { "&lt;", "<" },
		                                { "&gt;", ">" },
		                                { "&quot;", "\"" },
		                                { "&#39;", "'" } };
	char *plain = arena_alloc(a, len + 1), *to = plain;
	for (const char *at = text; at < text + len; at++) {
		*to = *at;
		for (size_t i = 0; *at == '&' && i < 5; i++) {
			if (strncmp(at, pairs[i][0], strlen(pairs[i][0])) != 0)
				continue;
			*to = pairs[i][1][0];
			at += strlen(pairs[i][0]) - 1;
			break;
		}
		to++;
	}
	return plain;
}

static void every_text_comes_back_exactly_as_typed(void **state)
{
	struct world *w = *state;
	for (size_t i = 0; i < NAUGHTY_COUNT; i++) {
		struct thing t = empty_thing();
		t.title = NAUGHTY[i];
		const char *page = drawn(w, "{{title}}", &THING_VIEW, &t);
		assert_string_equal(unescaped(&w->arena, page, strlen(page)), NAUGHTY[i]);
	}
}

static void the_unescaped_forms_do_not_parse(void **state)
{
	struct template t;
	assert_false(parses(*state, "{{{title}}}", &t));
	assert_false(parses(*state, "{{&title}}", &t));
	assert_false(parses(*state, "{{& title }}", &t));
	assert_false(parses(*state, "{{=<% %>=}}<%&title%>", &t));
}

static void broken_templates_do_not_parse(void **state)
{
	static const char *const broken[] = {
		"{{title",
		"{{}}",
		"{{#a}}",
		"{{/a}}",
		"{{#a}}{{/b}}",
		"{{> no/such}}",
		"{{@no title}}",
		"{{@icon}}",
		"{{@state}}",
		"{{a..b}}",
		"{{.a}}",
		"{{a b}}",
		"{{^@rows a}}{{/@rows}}",
		"{{@csrf x}}",
		"{{=a=}}",
	};
	struct template t;
	for (size_t i = 0; i < sizeof(broken) / sizeof(broken[0]); i++)
		if (parses(*state, broken[i], &t))
			fail_msg("parses: %s", broken[i]);
}

static void numbers_days_and_amounts_are_dutch(void **state)
{
	struct world *w = *state;
	struct thing t = empty_thing();
	t.weight = -1234567;
	t.seen = 1234567;
	t.day = day_from_civil((struct civil){ 2026, 11, 21 });
	t.moment = ms_at_local((int32_t)t.day, 14, 5);
	t.money = 123456;
	t.kind = 2;
	t.state = 2;
	t.open = true;
	t.traits = 1 | 1 << 5;
	assert_string_equal(drawn(w, "{{weight}} {{@number weight}}", &THING_VIEW, &t),
	                    "-1234567 -1.234.567");
	assert_string_equal(drawn(w, "{{seen}}", &THING_VIEW, &t), "1.234.567");
	assert_string_equal(drawn(w, "{{day}}", &THING_VIEW, &t), "21 november 2026");
	assert_string_equal(drawn(w, "{{moment}}", &THING_VIEW, &t), "21 november 2026, 14.05 uur");
	t.moment -= (int64_t)5 * 3600 * 1000;
	assert_string_equal(drawn(w, "{{moment}}", &THING_VIEW, &t), "21 november 2026, 09.05 uur");
	assert_string_equal(dutch_moment(&w->arena, t.moment), "21 november 2026, 09.05 uur");
	t.moment += (int64_t)5 * 3600 * 1000;
	assert_string_equal(
	    drawn(w, "{{moment.iso}} {{moment.time}} {{moment.day}} {{day.iso}}", &THING_VIEW, &t),
	    "2026-11-21T13:05:00Z 14.05 uur 21 november 2026 2026-11-21");
	assert_string_equal(drawn(w, "{{money}}", &THING_VIEW, &t), "€ 1.234,56");
	assert_string_equal(drawn(w, "{{kind}}, {{state}}, {{open}}, {{traits}}", &THING_VIEW, &t),
	                    "Boot, Wacht op partner, ja, Oud, Nat");
	assert_string_equal(drawn(w, "{{@time day}}", &THING_VIEW, &t),
	                    "<time datetime=\"2026-11-21\">21 november 2026</time>");
}

static void extreme_numbers_are_written_out(void **state)
{
	struct world *w = *state;
	struct thing t = empty_thing();
	t.weight = INT64_MIN;
	t.money = INT64_MAX;
	t.day = INT64_MAX;
	t.moment = INT64_MAX;
	assert_string_equal(drawn(w, "{{weight}} {{money}} {{day}}{{moment}}", &THING_VIEW, &t),
	                    "-9223372036854775808 € 92.233.720.368.547.758,07 ");
	t.money = -5;
	assert_string_equal(drawn(w, "{{money}}", &THING_VIEW, &t), "€ -0,05");
}

static void absent_parts_draw_nothing(void **state)
{
	struct world *w = *state;
	struct thing t = empty_thing();
	assert_string_equal(
	    drawn(w,
	          "{{title}}{{number}}{{seen}}{{kind}}{{traits}}{{state}}{{day}}{{moment}}{{money}}"
	          "{{due}}{{pet.name}}{{verdict.sentence}}{{animals.count}}{{#title}}x{{/title}}"
	          "{{#pet}}x{{/pet}}{{#animals}}x{{/animals}}{{#verdict}}x{{/verdict}}{{#day}}x{{/"
	          "day}}"
	          "{{@state state}}{{@clock due}}{{@verdict verdict}}{{@ref number}}{{@time day}}",
	          &THING_VIEW, &t),
	    "");
	assert_string_equal(drawn(w, "{{^pet}}geen{{/pet}}", &THING_VIEW, &t), "geen");
}

static void a_name_is_looked_up_outwards(void **state)
{
	struct world *w = *state;
	struct animal animals[] = { { "Bello", INT64_MIN }, { NULL, INT64_MIN } };
	struct thing t = empty_thing();
	t.title = "Erf";
	t.animals = (struct array){ animals, 2 };
	assert_string_equal(
	    drawn(w, "{{#animals}}{{name}} op {{title}};{{/animals}}", &THING_VIEW, &t),
	    "Bello op Erf; op Erf;");
	assert_string_equal(drawn(w, "{{animals.count}}", &THING_VIEW, &t), "2");
}

static void codes_and_states_are_asked_by_name(void **state)
{
	struct world *w = *state;
	struct thing t = empty_thing();
	t.kind = 1;
	t.state = 1;
	t.traits = 1 << 5;
	assert_string_equal(
	    drawn(w,
	          "{{#kind.house}}h{{/kind.house}}{{#kind.boat}}b{{/kind.boat}}"
	          "{{#state.DRAFT}}d{{/state.DRAFT}}{{^state.WAITING}}nw{{/state.WAITING}}"
	          "{{#traits.wet}}n{{/traits.wet}}{{#traits.old}}o{{/traits.old}}",
	          &THING_VIEW, &t),
	    "hdnwn");
}

static void components_stand_with_word_and_shape(void **state)
{
	struct world *w = *state;
	const struct verdict no = { VERDICT_NO, "R-3", "BGS, artikel 2.15", "Dit mag <niet>.",
		                    "Vraag het aan UWV." };
	struct thing t = empty_thing();
	t.state = 2;
	t.number = "S-2026-0231";
	t.title = "Politie";
	t.open = true;
	t.verdict = &no;
	const char *page = drawn(w, "{{@state state}}", &THING_VIEW, &t);
	assert_non_null(strstr(page, "<span class=\"plein-state plein-state--wait\"><svg"));
	assert_non_null(strstr(page, "</svg>Wacht op partner</span>"));
	page = drawn(w, "{{@verdict verdict}}", &THING_VIEW, &t);
	assert_non_null(strstr(page, "plein-lawline--no"));
	assert_non_null(strstr(page, "<b>Nee.</b> Dit mag &lt;niet&gt;. Vraag het aan UWV. (BGS, "
	                             "artikel 2.15)"));
	assert_string_equal(drawn(w, "{{@ref number}}", &THING_VIEW, &t), "<bdi>S-2026-0231</bdi>");
	assert_string_equal(drawn(w, "{{@partner title open}}", &THING_VIEW, &t),
	                    "<span class=\"plein-partner plein-partner--you\">Politie (u)</span>");
	assert_string_equal(drawn(w, "{{@partner title}}", &THING_VIEW, &t),
	                    "<span class=\"plein-partner\">Politie</span>");
}

static void a_clock_counts_working_days(void **state)
{
	struct world *w = *state;
	struct thing t = empty_thing();
	t.due = day_from_civil((struct civil){ 2026, 11, 26 });
	const char *page = drawn(w, "{{@clock due}}", &THING_VIEW, &t);
	assert_non_null(strstr(page, "<span class=\"plein-clock\">"));
	assert_non_null(strstr(page, "</svg>nog 4 werkdagen</span>"));
	t.due = day_from_civil((struct civil){ 2026, 11, 23 });
	assert_non_null(strstr(drawn(w, "{{@clock due}}", &THING_VIEW, &t), "plein-clock--soon"));
	t.due = day_from_civil((struct civil){ 2026, 11, 18 });
	page = drawn(w, "{{@clock due}}", &THING_VIEW, &t);
	assert_non_null(strstr(page, "plein-clock--late"));
	assert_non_null(strstr(page, "2 werkdagen te laat"));
}

static void a_template_that_draws_itself_ends(void **state)
{
	struct world *w = *state;
	struct template t = { .name = "self" };
	struct template_step again = { .kind = STEP_PARTIAL, .partial = &t };
	struct thing thing = empty_thing();
	t.steps = &again;
	t.count = 1;
	view_draw(&w->out, &w->d, &t, &THING_VIEW, &thing);
	assert_int_equal(w->out.len, 0);
}

static const char *page_of(struct world *w, const struct frame *f, const char *title)
{
	const struct page page = { .title = title, .template_name = "frame/mark" };
	struct thing t = empty_thing();
	w->d.frame = f;
	out_clear(&w->out);
	page_html(&w->out, &w->d, &page, &THING_VIEW, &t);
	return w->out.data;
}

static void a_page_stands_in_its_frame(void **state)
{
	struct world *w = *state;
	struct link menu[] = { { "Mijn werk", "/", 3, false } };
	const struct frame f = { .region = "RIEC Deltaland",
		                 .demo = true,
		                 .person = "S. <Duinker>",
		                 .on_behalf = "namens college van B en W Duinwaard",
		                 .menu = { menu, 1 },
		                 .density = "compact",
		                 .colours = "dark",
		                 .version = "1" };
	const char *html = page_of(w, &f, "Mijn werk");
	assert_non_null(strstr(html, "<title>Mijn werk - Plein</title>"));
	assert_non_null(strstr(html, "S. &lt;Duinker&gt;"));
	assert_non_null(strstr(html, "namens college van B en W Duinwaard"));
	assert_non_null(strstr(html, "Oefenomgeving"));
	assert_non_null(strstr(html, "</html>"));
}

static void a_page_with_problems_says_so_in_its_title(void **state)
{
	struct world *w = *state;
	struct problems ps;
	problems_init(&ps, &w->arena);
	problems_add(&ps, PROBLEM_ERROR, "title", "Vul de titel in.");
	w->d.problems = &ps;
	assert_non_null(
	    strstr(page_of(w, NULL, "Signaal"), "<title>Fout: Signaal - Plein</title>"));
	assert_null(strstr(w->out.data, "Uitloggen"));
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		T(no_text_leaves_its_place),           T(every_text_comes_back_exactly_as_typed),
		T(the_unescaped_forms_do_not_parse),   T(broken_templates_do_not_parse),
		T(numbers_days_and_amounts_are_dutch), T(extreme_numbers_are_written_out),
		T(absent_parts_draw_nothing),          T(a_name_is_looked_up_outwards),
		T(codes_and_states_are_asked_by_name), T(components_stand_with_word_and_shape),
		T(a_clock_counts_working_days),        T(a_template_that_draws_itself_ends),
		T(a_page_stands_in_its_frame),         T(a_page_with_problems_says_so_in_its_title),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
