/* Two versions side by side lose nothing: each can be read back from the pieces to the byte. */
#include "view_world.h"

#include "platform/view/difference.h"

#include "../world/naughty.h"

static const char *joined(struct arena *a, struct array pieces, enum piece_kind kind)
{
	const struct difference_piece *p = pieces.items;
	const char *text = "";
	for (size_t i = 0; i < pieces.count; i++)
		if (p[i].kind == PIECE_SAME || p[i].kind == kind)
			text = arena_printf(a, "%s%s", text, p[i].text);
	return text;
}

static struct array checked(struct world *w, const char *before, const char *after)
{
	struct array pieces = difference_words(&w->arena, before, after);
	const struct difference_piece *p = pieces.items;
	assert_string_equal(joined(&w->arena, pieces, PIECE_REMOVED), before);
	assert_string_equal(joined(&w->arena, pieces, PIECE_ADDED), after);
	for (size_t i = 0; i < pieces.count; i++) {
		assert_true(p[i].text[0] != '\0');
		if (i > 0)
			assert_int_not_equal(p[i].kind, p[i - 1].kind);
	}
	return pieces;
}

static void both_versions_can_be_read_back(void **state)
{
	struct world *w = *state;
	for (size_t i = 0; i < NAUGHTY_COUNT; i++)
		for (size_t j = 0; j < NAUGHTY_COUNT; j++)
			(void)checked(w, NAUGHTY[i], NAUGHTY[j]);
}

static void only_the_words_that_differ_are_marked(void **state)
{
	struct world *w = *state;
	struct array pieces = checked(w, "Er slapen 9 mensen hier.", "Er slapen 14 mensen hier.");
	const struct difference_piece *p = pieces.items;
	assert_int_equal(pieces.count, 4);
	assert_string_equal(p[0].text, "Er slapen ");
	assert_int_equal(p[1].kind, PIECE_REMOVED);
	assert_string_equal(p[1].text, "9");
	assert_int_equal(p[2].kind, PIECE_ADDED);
	assert_string_equal(p[2].text, "14");
	assert_string_equal(p[3].text, " mensen hier.");
}

static void equal_texts_are_one_piece(void **state)
{
	struct world *w = *state;
	assert_int_equal(checked(w, "een twee", "een twee").count, 1);
	assert_int_equal(checked(w, "", "").count, 0);
}

static void random_edits_are_found_back(void **state)
{
	struct world *w = *state;
	uint32_t seed = 1;
	for (int round = 0; round < 300; round++) {
		const char *texts[2] = { "", "" };
		for (int i = 0; i < 60; i++) {
			seed = seed * 1664525u + 1013904223u;
			const char *word = arena_printf(&w->arena, "w%u", seed >> 29);
			for (unsigned t = 0; t < 2; t++)
				if ((seed >> (8 + t) & 7) != 0)
					texts[t] = arena_printf(&w->arena, "%s%s ", texts[t], word);
		}
		(void)checked(w, texts[0], texts[1]);
		arena_reset(&w->arena);
	}
}

static const char *long_text(struct arena *a, size_t words, const char *separator, const char *end)
{
	struct out o;
	out_init(&o, 1 << 20);
	for (size_t i = 0; i < words; i++)
		out_fmt(&o, "woord%zu%s", i, i % 10 == 9 ? separator : " ");
	out_raw(&o, end, strlen(end));
	const char *text = arena_strndup(a, o.data, o.len);
	out_free(&o);
	return text;
}

static void long_texts_are_compared_by_line(void **state)
{
	struct world *w = *state;
	const char *before = long_text(&w->arena, 3000, "\n", "slot");
	const char *after =
	    arena_printf(&w->arena, "begin\n%s", long_text(&w->arena, 3000, "\n", "einde"));
	struct array pieces = checked(w, before, after);
	const struct difference_piece *p = pieces.items;
	assert_int_equal(p[0].kind, PIECE_ADDED);
	assert_string_equal(p[0].text, "begin\n");
	assert_int_equal(p[1].kind, PIECE_SAME);
}

/* ---- the stale form ----------------------------------------------------------------------------
 */

static const struct field FIELDS[] = {
	{ .path = "title", .kind = FIELD_TEXT, .label = "Titel", .max_chars = 100 },
	{ .path = "kind", .kind = FIELD_CODE, .label = "Soort", .codes = KINDS },
	{ .path = "money", .kind = FIELD_MONEY, .label = "Bedrag" },
};
static const struct form FORM = { FIELDS, 3, 64 };

static void a_stale_form_shows_what_differs(void **state)
{
	struct world *w = *state;
	const struct input_value values[] = { { .path = "title", .text = "Er wonen <9> mensen" },
		                              { .path = "kind", .text = "boat" },
		                              { .path = "money", .text = "12,50" } };
	const struct input typed = { .values = values, .count = 3 };
	const struct frame frame = { .region = "" };
	struct thing now = empty_thing();
	now.title = "Er wonen 14 mensen";
	now.kind = 1;
	now.money = 1250;
	struct page page = { .title = "x", .template_name = "components/stale", .form = &FORM };
	page.stale = stale_of(&w->arena, &FORM, &THING_VIEW, &now, &typed);
	assert_int_equal(page.stale->differences.count, 2);
	w->d.frame = &frame;
	page_html(&w->out, &w->d, &page, &THING_VIEW, &now);
	assert_non_null(strstr(w->out.data, "Er wonen <ins>14</ins> mensen"));
	assert_non_null(strstr(w->out.data, "Er wonen <ins>&lt;9&gt;</ins> mensen"));
	assert_non_null(strstr(w->out.data, "name=\"title._theirs\" value=\"Er wonen 14 mensen\""));
	assert_non_null(strstr(w->out.data, "<ins>Huis</ins>"));
	assert_null(strstr(w->out.data, "money"));
}

static void the_version_that_was_chosen_is_read(void **state)
{
	struct world *w = *state;
	const struct input_value values[] = {
		{ .path = "title", .text = "mijn" },
		{ .path = "title._keep", .text = "theirs" },
		{ .path = "title._theirs", .text = "hun" },
		{ .path = "kind", .text = "boat" },
		{ .path = "kind._keep", .text = "yours" },
		{ .path = "kind._theirs", .text = "house" },
	};
	const struct input typed = { .values = values, .count = 6 },
			   plain = { .values = values, .count = 1 };
	const struct input *settled = input_settled(&w->arena, &typed);
	assert_int_equal(settled->count, 2);
	assert_string_equal(input_text(settled, "title"), "hun");
	assert_string_equal(input_text(settled, "kind"), "boat");
	assert_ptr_equal(input_settled(&w->arena, &plain), &plain);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		T(both_versions_can_be_read_back),      T(only_the_words_that_differ_are_marked),
		T(equal_texts_are_one_piece),           T(random_edits_are_found_back),
		T(long_texts_are_compared_by_line),     T(a_stale_form_shows_what_differs),
		T(the_version_that_was_chosen_is_read),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
