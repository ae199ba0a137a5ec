/* The monitor: what is counted, what is hidden, and numbers that become a picture. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "monitor/chart.h"
#include "monitor/kpi.h"
#include "monitor/year_words.h"
#include "platform/core/arena.h"
#include "platform/core/calendar.h"
#include "signals/signal.h"

enum { SOFT_BYTES = 1 << 20 };

static int open_arena(void **state)
{
	static struct arena a;
	arena_init(&a, SOFT_BYTES);
	*state = &a;
	return 0;
}

static int close_arena(void **state)
{
	arena_reset(*state);
	return 0;
}

static void nothing_from_one_to_four_is_told(void **state)
{
	int64_t values[] = { 0, 1, 4, 5, 90 };

	(void)state;
	assert_true(chart_hide_small(values, 5));
	assert_int_equal(values[0], 0);
	assert_int_equal(values[1], HIDDEN);
	assert_int_equal(values[2], HIDDEN);
	assert_int_equal(values[3], 5);
	assert_int_equal(values[4], 90);
}

static void a_single_hidden_value_can_not_be_worked_out_from_the_sum(void **state)
{
	int64_t values[] = { 30, 3, 7 }, large[] = { 5, 0, 12 };

	(void)state;
	assert_true(chart_hide_small(values, 3));
	assert_int_equal(values[1], HIDDEN);
	assert_int_equal(values[2], HIDDEN); /* the next smallest goes along */
	assert_int_equal(values[0], 30);
	assert_false(chart_hide_small(large, 3));
}

static struct bars drawn(struct arena *a, const struct bar_input *rows, size_t count, bool hides)
{
	struct bars b;
	const struct bars_wish wish = { .name = "x",
		                        .title = "X",
		                        .parts = { "a", "b" },
		                        .part_count = 2,
		                        .rows = rows,
		                        .row_count = count,
		                        .hides_small = hides };
	chart_bars(a, &wish, &b);
	return b;
}

static void a_lone_small_value_takes_its_total_with_it(void **state)
{
	const struct bar_input rows[] = { { "een", { 3, 0 } }, { "twee", { 3, 40 } } };
	const struct bars b = drawn(*state, rows, 2, true);
	const struct bar_row *r = b.rows.items;

	assert_true(b.has_hidden);
	assert_int_equal(r[0].total, HIDDEN);
	assert_int_equal(r[1].total, 43); /* two are hidden: the sum tells neither */
	assert_true(((const struct bar_part *)r[1].parts.items)[0].hidden);
	assert_true(((const struct bar_part *)r[1].parts.items)[1].hidden);
	assert_false(((const struct bar_part *)r[1].parts.items)[1].drawn);
}

/* A row without a bar and without a word would read as none. */
static void what_is_hidden_is_said_or_drawn_undivided(void **state)
{
	const struct bar_input rows[] = { { "een", { 3, 0 } }, { "twee", { 3, 40 } } };
	const struct bars b = drawn(*state, rows, 2, true), open = drawn(*state, rows, 2, false);
	const struct bar_row *r = b.rows.items;

	assert_true(r[0].untold);
	assert_int_equal(r[0].whole_width, 0);
	assert_false(r[1].untold);
	assert_true(r[1].whole_width > 0);
	assert_true(r[1].total_x > r[1].whole_x + r[1].whole_width);
	assert_int_equal(((const struct bar_row *)open.rows.items)[1].whole_width, 0);
}

static void bars_are_as_long_as_their_values_say(void **state)
{
	const struct bar_input rows[] = { { "een", { 50, 50 } }, { "twee", { 25, 0 } } };
	const struct bars b = drawn(*state, rows, 2, false);
	const struct bar_row *r = b.rows.items;
	const struct bar_part *one = r[0].parts.items, *two = r[1].parts.items;

	assert_false(b.empty);
	assert_int_equal(one[0].width, one[1].width);
	assert_int_equal(one[0].width, 2 * two[0].width);
	assert_true(one[1].x >= one[0].x + one[0].width);
	assert_false(two[1].drawn);
	assert_int_equal(r[0].total, 100);
}

static void a_chart_without_anything_says_so(void **state)
{
	const struct bar_input rows[] = { { "een", { 0, 0 } } };
	assert_true(drawn(*state, rows, 1, true).empty);
	assert_true(drawn(*state, rows, 0, false).empty);
}

static void the_middle_is_the_nearest_rank(void **state)
{
	const struct days_count even[] = { { 1, 5 }, { 9, 5 } }, one[] = { { 7, 1 } };

	(void)state;
	assert_int_equal(chart_percentile(even, 2, 50), 1);
	assert_int_equal(chart_percentile(even, 2, 51), 9);
	assert_int_equal(chart_percentile(even, 2, 10), 1);
	assert_int_equal(chart_percentile(even, 2, 90), 9);
	assert_int_equal(chart_percentile(one, 1, 10), 7);
	assert_int_equal(chart_percentile(NULL, 0, 50), 0);
}

static void ranges_and_lines_stay_inside_their_picture(void **state)
{
	const struct range_input ranges[] = { { "a", 1, 5, 400, 9 }, { "b", 0, 0, 0, 0 } };
	const struct line_input lines[] = { { "1", 0, -40 }, { "2", 12345, 9 } };
	struct ranges r = { .name = "r", .title = "R" };
	struct lines l = { .name = "l", .first_head = "x", .second_head = "y" };

	chart_ranges(*state, ranges, 2, &r);
	const struct range_row *rows = r.rows.items;
	assert_true(rows[0].x + rows[0].width <= 562 && rows[0].x >= 210);
	assert_false(rows[1].known);
	chart_lines(*state, lines, 2, &l);
	const struct line_point *p = l.points.items;
	for (int i = 0; i < 2; i++)
		assert_true(p[i].first_y >= 20 && p[i].first_y <= 190 && p[i].second_y >= 20 &&
		            p[i].second_y <= 190);
	assert_string_equal(l.first_end, "12345 x");
	const int64_t gap = l.first_end_y - l.second_end_y;
	assert_true(gap >= 16 || gap <= -16);
}

static void a_sum_under_five_is_told_no_more_than_its_parts(void **state)
{
	const struct bar_input rows[] = { { "Ingediend", { 2, 2 } }, { "Besloten", { 3, 4 } } };
	const struct bars b = drawn(*state, rows, 2, true);
	const struct bar_row *r = b.rows.items;

	assert_int_equal(r[0].total, HIDDEN);
	assert_int_equal(r[1].total, 7);
}

static void a_figure_has_a_wording_from_a_day_on_and_none_before(void **state)
{
	const int32_t first = kpi_first_day();
	size_t count = 0;
	const struct kpi *rows = kpi_rows(&count);

	(void)state;
	assert_int_equal(first, day_from_civil((struct civil){ 2025, 3, 1 }));
	assert_null(kpi_on("SIGNALS", first - 1));
	assert_int_equal(kpi_on("SIGNALS", first)->version, 1);
	assert_null(kpi_on("NOT_COUNTED", first));
	for (size_t i = 1; i < count; i++) /* newest version of a code last */
		if (strcmp(rows[i].code, rows[i - 1].code) == 0)
			assert_true(rows[i].version > rows[i - 1].version &&
			            rows[i].from_day > rows[i - 1].from_day);
}

static void an_older_year_leads_to_the_wording_of_then(void **state)
{
	const struct kpi *now = kpi_on("CASEFILES", INT32_MAX);

	assert_int_equal(now->version, 2);
	assert_string_equal(kpi_place(*state, "CASEFILES", now->from_day), "CASEFILES");
	assert_string_equal(kpi_place(*state, "CASEFILES", now->from_day - 1), "CASEFILES-1");
	assert_string_equal(kpi_place(*state, "SIGNALS", now->from_day - 1), "SIGNALS");
}

/* Nine casefiles and one that went directly; sixteen effects: five, four, five and two. */
static struct year_counts year_of_few(struct arena *a)
{
	static const struct year_step STEPS[] = {
		{ true, SIGNAL_SUBMITTED, SIGNAL_SUBMIT, 12 },
		{ true, SIGNAL_ADOPTED_CASE, 0, 9 },
		{ true, SIGNAL_ADOPTED_DIRECT, 0, 1 },
	};
	static const int OF_EFFECT[] = { 5, 4, 5, 2 };
	struct year_step *steps = ARENA_ARRAY(a, struct year_step, 3);
	struct year_effect *effects = ARENA_ARRAY(a, struct year_effect, 16);
	size_t count = 0;

	memcpy(steps, STEPS, sizeof STEPS);
	for (int e = 0; e < 4; e++)
		for (int i = 0; i < OF_EFFECT[e]; i++)
			effects[count++] = (struct year_effect){ .effect = e, .latest = true };
	return (struct year_counts){ .signals = { steps, 3 }, .effects = { effects, count } };
}

static void assert_line_says(const struct array *lines, size_t at, const char *text)
{
	const struct year_line *l = lines->items;

	if (strstr(l[at].text, text) == NULL)
		fail_msg("'%s' doesn't say '%s'", l[at].text, text);
}

/* Beside the bars, in which one and two to four are hidden. */
static void no_sentence_of_a_year_tells_what_the_bars_hide(void **state)
{
	const struct year_counts c = year_of_few(*state);
	struct year_told told = { .arena = *state, .place = "Duinwaard" };

	const struct array mayor = year_lines(&told, &c);
	assert_line_says(&mayor, 1, "nam er 10 in behandeling");
	assert_line_says(&mayor, 3, "Van 16 interventies is het effect beoordeeld. Bij 7 hielp");
	told.hides_small = true;
	const struct array council = year_lines(&told, &c);
	assert_line_says(&council, 1, "nam er ten minste 9 in behandeling");
	assert_line_says(&council, 3, "Van 16 interventies is het effect beoordeeld. Bij een deel");
}

static void a_sum_tells_no_part_of_it_that_is_hidden(void **state)
{
	assert_string_equal(counted_sum_told(*state, false, 9, 1), "10");
	assert_string_equal(counted_sum_told(*state, true, 9, 1), "ten minste 9");
	assert_string_equal(counted_sum_told(*state, true, 2, 5), "ten minste 5");
	assert_string_equal(counted_sum_told(*state, true, 3, 0), "minder dan 9");
	assert_string_equal(counted_sum_told(*state, true, 6, 5), "11");
	assert_string_equal(counted_sum_told(*state, true, 0, 0), "0");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_from_one_to_four_is_told),
		cmocka_unit_test(a_single_hidden_value_can_not_be_worked_out_from_the_sum),
		cmocka_unit_test(a_lone_small_value_takes_its_total_with_it),
		cmocka_unit_test(what_is_hidden_is_said_or_drawn_undivided),
		cmocka_unit_test(bars_are_as_long_as_their_values_say),
		cmocka_unit_test(a_chart_without_anything_says_so),
		cmocka_unit_test(the_middle_is_the_nearest_rank),
		cmocka_unit_test(ranges_and_lines_stay_inside_their_picture),
		cmocka_unit_test(a_sum_under_five_is_told_no_more_than_its_parts),
		cmocka_unit_test(a_figure_has_a_wording_from_a_day_on_and_none_before),
		cmocka_unit_test(no_sentence_of_a_year_tells_what_the_bars_hide),
		cmocka_unit_test(a_sum_tells_no_part_of_it_that_is_hidden),
		cmocka_unit_test(an_older_year_leads_to_the_wording_of_then),
	};
	return cmocka_run_group_tests_name("monitor", tests, open_arena, close_arena);
}
