/* A form that was refused comes back as it was sent, wherever its template leaves a field empty. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "platform/core/arena.h"
#include "platform/view/refill.h"

#include "../world/naughty.h"

struct world {
	struct arena arena;
	struct out out;
	struct input_value values[8];
	struct input typed;
	struct problems problems;
};

static int set_up(void **state)
{
	struct world *w = calloc(1, sizeof *w);

	arena_init(&w->arena, 1 << 20);
	out_init(&w->out, 1 << 20);
	problems_init(&w->problems, &w->arena);
	*state = w;
	return 0;
}

static int tear_down(void **state)
{
	struct world *w = *state;

	out_free(&w->out);
	arena_reset(&w->arena);
	free(w);
	return 0;
}

static void typed(struct world *w, const char *path, const char *text)
{
	w->values[w->typed.count++] = (struct input_value){ .path = path, .text = text };
	w->typed.values = w->values;
}

static const char *refilled(struct world *w, const char *page)
{
	out_clear(&w->out);
	refill(&w->out, page, "/a/1/_do", &w->typed, &w->problems);
	return w->out.data;
}

#define FORM(inside) "<p>x</p><form method=\"post\" action=\"/a/1/_do\">" inside "</form><p>y</p>"

static void what_was_typed_stands_where_the_template_left_it_out(void **state)
{
	struct world *w = *state;

	typed(w, "day", "31-2-2026");
	typed(w, "why", "Wij <weten> het \"niet\" & zij wel");
	assert_string_equal(
	    refilled(w,
	             FORM("<input type=\"text\" name=\"day\"><textarea name=\"why\"></textarea>")),
	    FORM("<input type=\"text\" name=\"day\" value=\"31-2-2026\"><textarea name=\"why\">\n"
	         "Wij &lt;weten&gt; het &quot;niet&quot; &amp; zij wel</textarea>"));
	assert_string_equal(refilled(w, FORM("<input name=\"day\" value=\"\">")),
	                    FORM("<input name=\"day\" value=\"31-2-2026\">"));
}

static void what_a_template_fills_in_itself_stays(void **state)
{
	struct world *w = *state;
	static const char PAGE[] = FORM("<input name=\"day\" value=\"1-3-2026\">"
	                                "<textarea name=\"why\">Zelf</textarea>");

	typed(w, "day", "31-2-2026");
	typed(w, "why", "Anders");
	assert_string_equal(refilled(w, PAGE), PAGE);
}

static void what_was_chosen_is_chosen_and_nothing_else(void **state)
{
	struct world *w = *state;

	typed(w, "answer", "NO");
	typed(w, "who", "7");
	typed(w, "box", "on");
	assert_string_equal(
	    refilled(w, FORM("<input type=\"radio\" name=\"answer\" value=\"YES\" checked>"
	                     "<input type=\"radio\" name=\"answer\" value=\"NO\">"
	                     "<input type=\"checkbox\" name=\"box\">"
	                     "<input type=\"checkbox\" name=\"other\" checked>"
	                     "<select name=\"who\"><option value=\"3\" selected>c</option>"
	                     "<option value=\"7\">g</option></select>")),
	    FORM("<input type=\"radio\" name=\"answer\" value=\"YES\">"
	         "<input type=\"radio\" name=\"answer\" value=\"NO\" checked>"
	         "<input type=\"checkbox\" name=\"box\" checked>"
	         "<input type=\"checkbox\" name=\"other\">"
	         "<select name=\"who\"><option value=\"3\">c</option>"
	         "<option value=\"7\" selected>g</option></select>"));
}

/* The two versions of a stale form stand in it, and weren't in the one that was sent. */
static void a_question_that_was_not_sent_keeps_its_answer(void **state)
{
	struct world *w = *state;
	static const char PAGE[] =
	    FORM("<input type=\"radio\" name=\"day._keep\" value=\"theirs\">"
	         "<input type=\"radio\" name=\"day._keep\" value=\"yours\" checked>"
	         "<select name=\"n\"><option value=\"3\" selected>c</option></select>");

	typed(w, "day", "morgen");
	assert_string_equal(refilled(w, PAGE), PAGE);
}

static void a_problem_of_a_choice_stands_below_its_question_once(void **state)
{
	struct world *w = *state;

	problems_add(&w->problems, PROBLEM_ERROR, "answer", "Kies ja of nee.");
	assert_string_equal(
	    refilled(w, FORM("<fieldset><legend>Kan dit?</legend>"
	                     "<label><input type=\"radio\" name=\"answer\" value=\"YES\">Ja</label>"
	                     "<label><input type=\"radio\" name=\"answer\" value=\"NO\">Nee</label>"
	                     "</fieldset>")),
	    FORM("<fieldset><legend>Kan dit?</legend>"
	         "<p class=\"utrecht-form-field-error-message\" id=\"answer-problem\">"
	         "<span id=\"answer\"></span>Kies ja of nee.</p>"
	         "<label><input type=\"radio\" name=\"answer\" value=\"YES\">Ja</label>"
	         "<label><input type=\"radio\" name=\"answer\" value=\"NO\">Nee</label>"
	         "</fieldset>"));
}

#define TEN  "tien tien "
#define LONG TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN
#define ROW(number, inside)                                                                        \
	"<form action=\"/a/1/_do\"><input type=\"hidden\" name=\"_once\" value=\"ab" number        \
	"\"><input type=\"hidden\" name=\"row\" value=\"" number "\"><input name=\"day\"" inside   \
	"></form>"

static void only_the_form_that_was_sent_is_filled(void **state)
{
	struct world *w = *state;
	static const char OTHER[] = "<form action=\"/a/2/_do\"><input name=\"day\"></form>";

	typed(w, "row", "2");
	typed(w, "day", "morgen");
	assert_string_equal(refilled(w, OTHER), OTHER);
	assert_string_equal(refilled(w, ROW("1", "") ROW("2", "") ROW("3", "")),
	                    ROW("1", "") ROW("2", " value=\"morgen\"") ROW("3", ""));
	/* However long what it hides, and whatever stands in it. */
	w->typed.count = 0;
	typed(w, "row", LONG "&\"");
	typed(w, "day", "morgen");
	assert_string_equal(refilled(w, ROW(LONG, "") ROW(LONG "&amp;&quot;", "")),
	                    ROW(LONG, "") ROW(LONG "&amp;&quot;", " value=\"morgen\""));
}

static void a_secret_and_a_code_of_once_are_typed_anew(void **state)
{
	struct world *w = *state;
	static const char PAGE[] =
	    FORM("<input type=\"password\" name=\"day\">"
	         "<input type=\"text\" autocomplete=\"one-time-code\" name=\"day\">");

	typed(w, "day", "geheim");
	assert_string_equal(refilled(w, PAGE), PAGE);
}

static void a_problem_stands_at_its_field_in_a_form_that_is_open(void **state)
{
	struct world *w = *state;

	typed(w, "day", "morgen");
	problems_add(&w->problems, PROBLEM_ERROR, "day", "Vul een dag in.");
	assert_string_equal(
	    refilled(w, "<details class=\"a\"><summary>Dicht</summary></details>"
	                "<details class=\"b\"><summary>Uitstel</summary>" FORM(
			    "<input name=\"day\">") "</details>"),
	    "<details class=\"a\"><summary>Dicht</summary></details>"
	    "<details class=\"b\" open><summary>Uitstel</summary>" FORM(
		"<p class=\"utrecht-form-field-error-message\" id=\"day-problem\">"
		"<span id=\"day\"></span>Vul een dag in.</p>"
		"<input name=\"day\" value=\"morgen\" aria-describedby=\"day-problem\""
		" aria-invalid=\"true\">") "</details>");
}

static void a_problem_that_the_template_tells_is_told_once(void **state)
{
	struct world *w = *state;
	static const char PAGE[] =
	    FORM("<input name=\"day\" aria-invalid=\"true\" value=\"morgen\">");

	static const char AFTER[] =
	    FORM("<input name=\"day\" value=\"morgen\"><p>Vul een dag in.</p>");

	typed(w, "day", "morgen");
	problems_add(&w->problems, PROBLEM_ERROR, "day", "Vul een dag in.");
	assert_string_equal(refilled(w, PAGE), PAGE);
	assert_string_equal(refilled(w, AFTER), AFTER);
}

/* Half of the templates have it within their form. */
static void
the_line_of_a_summary_in_the_form_leads_to_the_field_and_tells_nothing_there(void **state)
{
	struct world *w = *state;
	static const char SUMMARY[] = "<ul><li><a href=\"#day\">Vul een dag in.</a></li></ul>";

	typed(w, "day", "morgen");
	problems_add(&w->problems, PROBLEM_ERROR, "day", "Vul een dag in.");
	const char *page = arena_printf(
	    &w->arena, "<form method=\"post\" action=\"/a/1/_do\">%s<input name=\"day\"></form>",
	    SUMMARY);
	const char *marked =
	    arena_printf(&w->arena,
	                 "<form method=\"post\" action=\"/a/1/_do\">%s"
	                 "<p class=\"utrecht-form-field-error-message\" id=\"day-problem\">"
	                 "<span id=\"day\"></span>Vul een dag in.</p>"
	                 "<input name=\"day\" value=\"morgen\" aria-describedby=\"day-problem\""
	                 " aria-invalid=\"true\"></form>",
	                 SUMMARY);
	assert_string_equal(refilled(w, page), marked);
}

/* Whatever was typed, a browser reads back that text and no other. */
static void naughty_texts_come_back_as_they_were(void **state)
{
	struct world *w = *state;

	for (size_t i = 0; i < NAUGHTY_COUNT; i++) {
		struct out expected;
		w->typed.count = 0;
		typed(w, "why", NAUGHTY[i]);
		out_init(&expected, 1 << 20);
		out_html(&expected, NAUGHTY[i]);
		const char *page = refilled(w, FORM("<textarea name=\"why\"></textarea>"));
		assert_true(expected.data == NULL || strstr(page, expected.data) != NULL);
		assert_non_null(strstr(page, "</textarea></form><p>y</p>"));
		out_free(&expected);
	}
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(what_was_typed_stands_where_the_template_left_it_out),
		TEST(what_a_template_fills_in_itself_stays),
		TEST(what_was_chosen_is_chosen_and_nothing_else),
		TEST(a_question_that_was_not_sent_keeps_its_answer),
		TEST(a_problem_of_a_choice_stands_below_its_question_once),
		TEST(only_the_form_that_was_sent_is_filled),
		TEST(a_secret_and_a_code_of_once_are_typed_anew),
		TEST(a_problem_stands_at_its_field_in_a_form_that_is_open),
		TEST(a_problem_that_the_template_tells_is_told_once),
		TEST(the_line_of_a_summary_in_the_form_leads_to_the_field_and_tells_nothing_there),
		TEST(naughty_texts_come_back_as_they_were),
	};
	return cmocka_run_group_tests_name("a refused form", tests, NULL, NULL);
}
