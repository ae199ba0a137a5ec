#include "monitor/chart.h"

#include <string.h>

#include "platform/core/out.h"

/* ---- what may not be told apart ------------------------------------------------------------------ */

static size_t hide_one(int64_t *values, size_t count)
{
	size_t least = count;

	for (size_t i = 0; i < count; i++)
		if (values[i] > 0 && (least == count || values[i] < values[least]))
			least = i;
	if (least < count)
		values[least] = HIDDEN;
	return least < count ? 1 : 0;
}

bool chart_hide_small(int64_t *values, size_t count)
{
	size_t hidden = 0;

	for (size_t i = 0; i < count; i++)
		if (values[i] > 0 && values[i] < SMALL_CELL) {
			values[i] = HIDDEN;
			hidden++;
		}
	if (hidden == 1)
		hidden += hide_one(values, count);
	return hidden > 0;
}

/* A round number of steps that reaches the largest: 1, 2 or 5 times a power of ten. */
static int64_t round_step(int64_t largest, int64_t steps)
{
	static const int64_t ROUND[] = { 1, 2, 5 };

	for (int64_t power = 1;; power *= 10)
		for (size_t i = 0; i < sizeof ROUND / sizeof ROUND[0]; i++)
			if (ROUND[i] * power * steps >= largest)
				return ROUND[i] * power;
}

/* ---- bars ---------------------------------------------------------------------------------------- */

enum {
	BAR_FROM = 250, /* where bars begin, right of their labels */
	BAR_ROOM = 300,
	BAR_HEIGHT = 24,
	BAR_STEP = 34,
	BAR_BASELINE = 17,
	KEYS_HEIGHT = 26,
	KEY_STEP = 100,
	KEY_TEXT = 17,
	GAP = 2,
	AFTER_BAR = 8
};

static const struct view_field PART_FIELDS[] = {
	VIEW_F(struct bar_part, value, VIEW_COUNT),
	VIEW_F(struct bar_part, hidden, VIEW_BOOL),
	VIEW_AS(struct bar_part, x, "x", VIEW_INT, .page_only = true),
	VIEW_AS(struct bar_part, width, "width", VIEW_INT, .page_only = true),
	VIEW_AS(struct bar_part, tint, "tint", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct bar_part, hatched, "hatched", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct bar_part, drawn, "drawn", VIEW_BOOL, .page_only = true),
};
static const struct view PART_VIEW = VIEW_OF(struct bar_part, PART_FIELDS);
static const struct view_field BAR_FIELDS[] = {
	VIEW_F(struct bar_row, label, VIEW_TEXT),
	VIEW_AS(struct bar_row, short_label, "shortLabel", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct bar_row, parts, "parts", VIEW_LIST, .view = &PART_VIEW),
	VIEW_F(struct bar_row, total, VIEW_COUNT),
	VIEW_AS(struct bar_row, untold, "untold", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct bar_row, whole_x, "wholeX", VIEW_INT, .page_only = true),
	VIEW_AS(struct bar_row, whole_width, "wholeWidth", VIEW_INT, .page_only = true),
	VIEW_AS(struct bar_row, top, "top", VIEW_INT, .page_only = true),
	VIEW_AS(struct bar_row, baseline, "baseline", VIEW_INT, .page_only = true),
	VIEW_AS(struct bar_row, total_x, "totalX", VIEW_INT, .page_only = true),
};
static const struct view BAR_VIEW = VIEW_OF(struct bar_row, BAR_FIELDS);
static const struct view_field KEY_FIELDS[] = {
	VIEW_F(struct bar_key, label, VIEW_TEXT),
	VIEW_AS(struct bar_key, tint, "tint", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct bar_key, x, "x", VIEW_INT, .page_only = true),
	VIEW_AS(struct bar_key, text_x, "textX", VIEW_INT, .page_only = true),
	VIEW_AS(struct bar_key, hatched, "hatched", VIEW_BOOL, .page_only = true),
};
static const struct view KEY_VIEW = VIEW_OF(struct bar_key, KEY_FIELDS);
static const struct view_field BARS_FIELDS[] = {
	VIEW_AS(struct bars, name, "name", VIEW_TEXT, .page_only = true),
	VIEW_F(struct bars, title, VIEW_TEXT),
	VIEW_AS(struct bars, note, "note", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct bars, says, "says", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct bars, keys, "keys", VIEW_LIST, .view = &KEY_VIEW),
	VIEW_AS(struct bars, rows, "rows", VIEW_LIST, .view = &BAR_VIEW),
	VIEW_AS(struct bars, height, "height", VIEW_INT, .page_only = true),
	VIEW_AS(struct bars, has_keys, "hasKeys", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct bars, has_total, "hasTotal", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct bars, has_hidden, "hasHidden", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct bars, empty, "empty", VIEW_BOOL, .page_only = true),
};
const struct view BARS_VIEW = VIEW_OF(struct bars, BARS_FIELDS);

/* Light to dark, so that the last part weighs most; it is hatched too. */
static const char *tint_of(size_t part, size_t count)
{
	static const char *const TINTS[] = { "c0", "c3", "c2", "c1" };

	return count == 1 ? "c2" : TINTS[CHART_PARTS_MAX - count + part];
}

static struct array keys_of(struct arena *a, const struct bars_wish *wish)
{
	struct bar_key *keys = ARENA_ARRAY(a, struct bar_key, CHART_PARTS_MAX);

	for (size_t i = 0; i < wish->part_count; i++) {
		const int64_t x = BAR_FROM + (int64_t)i * KEY_STEP;
		keys[i] = (struct bar_key){ .label = wish->parts[i],
			                    .tint = tint_of(i, wish->part_count),
			                    .x = x,
			                    .text_x = x + KEY_TEXT,
			                    .hatched =
			                        wish->part_count > 2 && i + 1 == wish->part_count };
	}
	return (struct array){ keys, wish->part_count };
}

static int64_t sum_of(const int64_t *values, size_t count)
{
	int64_t sum = 0;

	for (size_t i = 0; i < count; i++)
		sum += values[i] > 0 ? values[i] : 0;
	return sum;
}

static size_t hidden_of(const int64_t *values, size_t count)
{
	size_t hidden = 0;

	for (size_t i = 0; i < count; i++)
		hidden += values[i] < 0 ? 1 : 0;
	return hidden;
}

static void draw_bar(struct arena *a, const struct bars_wish *wish, const int64_t *values,
                     int64_t most, struct bar_row *row)
{
	struct bar_part *parts = ARENA_ARRAY(a, struct bar_part, CHART_PARTS_MAX);
	int64_t x = BAR_FROM;

	for (size_t i = 0; i < wish->part_count; i++) {
		const int64_t v = values[i];
		const int64_t width = v > 0 ? (v * BAR_ROOM + most - 1) / most : 0;
		parts[i] =
		    (struct bar_part){ .value = (int32_t)v,
			               .x = x,
			               .width = width,
			               .tint = tint_of(i, wish->part_count),
			               .hatched = wish->part_count > 2 && i + 1 == wish->part_count,
			               .hidden = v<0, .drawn = width> 0 };
		x += width > 0 ? width + GAP : 0;
	}
	row->parts = (struct array){ parts, wish->part_count };
	row->total_x = x + AFTER_BAR - GAP;
}

/* How much it is together may be seen, how it is divided not. */
static void draw_whole(int64_t sum, int64_t most, struct bar_row *row)
{
	row->whole_x = BAR_FROM;
	row->whole_width = (sum * BAR_ROOM + most - 1) / most;
	row->total_x = BAR_FROM + row->whole_width + AFTER_BAR;
}

/* What fits left of a bar; the table beside it has the whole. */
static const char *shortened(struct arena *a, const char *label)
{
	enum { LABEL_CHARS = 28 };
	int chars = 0;

	for (const char *c = label; *c != '\0'; c++)
		if (((unsigned char)*c & 0xc0) != 0x80 && ++chars > LABEL_CHARS)
			return arena_printf(a, "%.*s…", (int)(c - label), label);
	return label;
}

void chart_bars(struct arena *a, const struct bars_wish *wish, struct bars *ret)
{
	struct bar_row *rows = ARENA_ARRAY(a, struct bar_row, CHART_ROWS_MAX);
	const size_t count = wish->row_count < CHART_ROWS_MAX ? wish->row_count : CHART_ROWS_MAX;
	int64_t most = 1, all = 0, y = wish->part_count > 1 ? KEYS_HEIGHT : 0;

	*ret = (struct bars){ .name = wish->name,
		              .title = wish->title,
		              .note = wish->note,
		              .says = wish->says,
		              .keys = keys_of(a, wish),
		              .has_keys = wish->part_count > 1,
		              .has_total = wish->part_count > 1 };
	for (size_t i = 0; i < count; i++) {
		const int64_t sum = sum_of(wish->rows[i].values, wish->part_count);
		most = sum > most ? sum : most;
		all += sum;
	}
	for (size_t i = 0; i < count; i++, y += BAR_STEP) {
		int64_t values[CHART_PARTS_MAX];
		const int64_t sum = sum_of(wish->rows[i].values, wish->part_count);
		memcpy(values, wish->rows[i].values, sizeof values);
		const bool given = hidden_of(values, wish->part_count) > 0;
		const bool hides =
		    given || (wish->hides_small && chart_hide_small(values, wish->part_count));
		rows[i] = (struct bar_row){ .label = wish->rows[i].label,
			                    .short_label = shortened(a, wish->rows[i].label),
			                    .top = y,
			                    .baseline = y + BAR_BASELINE,
			                    .total = (int32_t)sum };
		if (hides && (given || sum < SMALL_CELL || hidden_of(values, wish->part_count) < 2))
			rows[i].total = HIDDEN;
		rows[i].untold = rows[i].total < 0;
		ret->has_hidden = ret->has_hidden || hides;
		all += given ? 1 : 0; /* something, though it isn't told */
		draw_bar(a, wish, values, most, &rows[i]);
		if (hides && !rows[i].untold && wish->part_count > 1)
			draw_whole(sum, most, &rows[i]);
	}
	ret->rows = (struct array){ rows, count };
	ret->height = y;
	ret->empty = all == 0;
}

/* ---- ranges -------------------------------------------------------------------------------------- */

enum {
	RANGE_FROM = 210,
	RANGE_ROOM = 352,
	RANGE_STEP = 32,
	RANGE_TOP = 31,
	RANGE_BAR = 10,
	RANGE_MARKS = 4,
	AXIS_BELOW = 6
};

static const struct view_field RANGE_FIELDS[] = {
	VIEW_F(struct range_row, label, VIEW_TEXT),
	VIEW_F(struct range_row, low, VIEW_INT),
	VIEW_F(struct range_row, middle, VIEW_INT),
	VIEW_F(struct range_row, high, VIEW_INT),
	VIEW_F(struct range_row, count, VIEW_INT),
	VIEW_F(struct range_row, known, VIEW_BOOL),
	VIEW_AS(struct range_row, top, "top", VIEW_INT, .page_only = true),
	VIEW_AS(struct range_row, middle_y, "middleY", VIEW_INT, .page_only = true),
	VIEW_AS(struct range_row, baseline, "baseline", VIEW_INT, .page_only = true),
	VIEW_AS(struct range_row, x, "x", VIEW_INT, .page_only = true),
	VIEW_AS(struct range_row, width, "width", VIEW_INT, .page_only = true),
	VIEW_AS(struct range_row, middle_x, "middleX", VIEW_INT, .page_only = true),
	VIEW_AS(struct range_row, text_x, "textX", VIEW_INT, .page_only = true),
};
static const struct view RANGE_VIEW = VIEW_OF(struct range_row, RANGE_FIELDS);
static const struct view_field MARK_FIELDS[] = {
	VIEW_F(struct axis_mark, label, VIEW_TEXT),
	VIEW_F(struct axis_mark, at, VIEW_INT),
	VIEW_AS(struct axis_mark, text_at, "textAt", VIEW_INT),
};
static const struct view MARK_VIEW = VIEW_OF(struct axis_mark, MARK_FIELDS);
static const struct view_field RANGES_FIELDS[] = {
	VIEW_AS(struct ranges, name, "name", VIEW_TEXT, .page_only = true),
	VIEW_F(struct ranges, title, VIEW_TEXT),
	VIEW_AS(struct ranges, note, "note", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct ranges, says, "says", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct ranges, rows, "rows", VIEW_LIST, .view = &RANGE_VIEW),
	VIEW_AS(struct ranges, marks, "marks", VIEW_LIST, .view = &MARK_VIEW, .page_only = true),
	VIEW_AS(struct ranges, height, "height", VIEW_INT, .page_only = true),
	VIEW_AS(struct ranges, axis_end, "axisEnd", VIEW_INT, .page_only = true),
	VIEW_AS(struct ranges, empty, "empty", VIEW_BOOL, .page_only = true),
};
const struct view RANGES_VIEW = VIEW_OF(struct ranges, RANGES_FIELDS);

int64_t chart_percentile(const struct days_count *counts, size_t count, int percent)
{
	int64_t all = 0, seen = 0;

	for (size_t i = 0; i < count; i++)
		all += counts[i].count;
	const int64_t rank = (all * percent + 99) / 100;
	for (size_t i = 0; i < count; i++) {
		seen += counts[i].count;
		if (seen >= rank && seen > 0)
			return counts[i].days;
	}
	return 0;
}

static struct array marks_across(struct arena *a, int64_t step)
{
	struct axis_mark *marks = ARENA_ARRAY(a, struct axis_mark, RANGE_MARKS + 1);

	for (int64_t i = 0; i <= RANGE_MARKS; i++) {
		const int64_t x = RANGE_FROM + i * RANGE_ROOM / RANGE_MARKS;
		marks[i] = (struct axis_mark){ arena_printf(a, "%lld", (long long)i * step), x, x };
	}
	return (struct array){ marks, RANGE_MARKS + 1 };
}

void chart_ranges(struct arena *a, const struct range_input *rows, size_t count, struct ranges *ret)
{
	struct range_row *to = ARENA_ARRAY(a, struct range_row, count + 1);
	int64_t most = 1;

	ret->empty = true;
	for (size_t i = 0; i < count; i++) {
		most = rows[i].high > most ? rows[i].high : most;
		ret->empty = ret->empty && rows[i].count == 0;
	}
	const int64_t step = round_step(most, RANGE_MARKS), room = step * RANGE_MARKS;
	for (size_t i = 0; i < count; i++) {
		const int64_t top = RANGE_TOP + (int64_t)i * RANGE_STEP;
		const int64_t low = RANGE_FROM + rows[i].low * RANGE_ROOM / room;
		const int64_t high = RANGE_FROM + rows[i].high * RANGE_ROOM / room;
		to[i] =
		    (struct range_row){ .label = rows[i].label,
			                .low = rows[i].low,
			                .middle = rows[i].middle,
			                .high = rows[i].high,
			                .count = rows[i].count,
			                .known = rows[i].count > 0,
			                .top = top,
			                .middle_y = top + RANGE_BAR / 2,
			                .baseline = top + RANGE_BAR,
			                .x = low,
			                .width = high > low ? high - low : 1,
			                .middle_x = RANGE_FROM + rows[i].middle * RANGE_ROOM / room,
			                .text_x = high + RANGE_BAR };
	}
	ret->rows = (struct array){ to, count };
	ret->marks = marks_across(a, step);
	ret->axis_end = RANGE_TOP + (int64_t)count * RANGE_STEP - RANGE_BAR;
	ret->height = ret->axis_end + AXIS_BELOW;
}

/* ---- lines --------------------------------------------------------------------------------------- */

enum { LINE_FROM = 64, LINE_ROOM = 440, LINE_TOP = 20, LINE_ROOM_HIGH = 170, LINE_MARKS = 5 };

static const struct view_field POINT_FIELDS[] = {
	VIEW_F(struct line_point, label, VIEW_TEXT),
	VIEW_F(struct line_point, first, VIEW_INT),
	VIEW_F(struct line_point, second, VIEW_INT),
	VIEW_AS(struct line_point, x, "x", VIEW_INT, .page_only = true),
	VIEW_AS(struct line_point, first_y, "firstY", VIEW_INT, .page_only = true),
	VIEW_AS(struct line_point, second_y, "secondY", VIEW_INT, .page_only = true),
};
static const struct view POINT_VIEW = VIEW_OF(struct line_point, POINT_FIELDS);
static const struct view_field LINES_FIELDS[] = {
	VIEW_AS(struct lines, name, "name", VIEW_TEXT, .page_only = true),
	VIEW_F(struct lines, title, VIEW_TEXT),
	VIEW_AS(struct lines, note, "note", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct lines, says, "says", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct lines, first_head, "firstHead", VIEW_TEXT),
	VIEW_AS(struct lines, second_head, "secondHead", VIEW_TEXT),
	VIEW_AS(struct lines, points, "points", VIEW_LIST, .view = &POINT_VIEW),
	VIEW_AS(struct lines, marks, "marks", VIEW_LIST, .view = &MARK_VIEW, .page_only = true),
	VIEW_AS(struct lines, first_points, "firstPoints", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct lines, second_points, "secondPoints", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct lines, first_end, "firstEnd", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct lines, second_end, "secondEnd", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct lines, first_end_y, "firstEndY", VIEW_INT, .page_only = true),
	VIEW_AS(struct lines, second_end_y, "secondEndY", VIEW_INT, .page_only = true),
	VIEW_AS(struct lines, empty, "empty", VIEW_BOOL, .page_only = true),
};
const struct view LINES_VIEW = VIEW_OF(struct lines, LINES_FIELDS);

enum { END_TEXT_GAP = 16, TEXT_DROP = 4 };

/* Two words at the ends of lines that nearly meet are pushed apart. */
static void place_ends(struct lines *ret, const struct line_point *last)
{
	ret->first_end_y = last->first_y + TEXT_DROP;
	ret->second_end_y = last->second_y + TEXT_DROP;
	const int64_t gap = ret->first_end_y - ret->second_end_y;
	if (gap < END_TEXT_GAP && gap > -END_TEXT_GAP)
		ret->second_end_y = ret->first_end_y + (gap > 0 ? -END_TEXT_GAP : END_TEXT_GAP);
}

static struct array marks_up(struct arena *a, int64_t step)
{
	struct axis_mark *marks = ARENA_ARRAY(a, struct axis_mark, LINE_MARKS + 1);

	for (int64_t i = 0; i <= LINE_MARKS; i++) {
		const int64_t y = LINE_TOP + LINE_ROOM_HIGH - i * LINE_ROOM_HIGH / LINE_MARKS;
		marks[i] = (struct axis_mark){ arena_printf(a, "%lld", (long long)i * step), y,
			                       y + TEXT_DROP };
	}
	return (struct array){ marks, LINE_MARKS + 1 };
}

static int64_t high_of(int64_t value, int64_t room)
{
	const int64_t shown = value > 0 ? value : 0; /* a pledge that was lowered */
	return LINE_TOP + LINE_ROOM_HIGH - shown * LINE_ROOM_HIGH / room;
}

static void draw_lines(struct arena *a, const struct line_point *at, size_t count,
                       struct lines *ret)
{
	const char *first = "", *second = "";

	for (size_t i = 0; i < count; i++) {
		first = arena_printf(a, "%s%s%lld,%lld", first, i > 0 ? " " : "",
		                     (long long)at[i].x, (long long)at[i].first_y);
		second = arena_printf(a, "%s%s%lld,%lld", second, i > 0 ? " " : "",
		                      (long long)at[i].x, (long long)at[i].second_y);
	}
	ret->first_points = first;
	ret->second_points = second;
}

void chart_lines(struct arena *a, const struct line_input *points, size_t count, struct lines *ret)
{
	struct line_point *to = ARENA_ARRAY(a, struct line_point, count + 1);
	int64_t most = 1;

	ret->empty = true;
	for (size_t i = 0; i < count; i++) {
		most = points[i].first > most ? points[i].first : most;
		most = points[i].second > most ? points[i].second : most;
		ret->empty = ret->empty && points[i].first == 0 && points[i].second == 0;
	}
	const int64_t step = round_step(most, LINE_MARKS), room = step * LINE_MARKS;
	for (size_t i = 0; i < count; i++)
		to[i] = (struct line_point){
			.label = points[i].label,
			.first = points[i].first,
			.second = points[i].second,
			.x = LINE_FROM + (count > 1 ? (int64_t)i * LINE_ROOM / (int64_t)(count - 1)
			                            : LINE_ROOM),
			.first_y = high_of(points[i].first, room),
			.second_y = high_of(points[i].second, room),
		};
	draw_lines(a, to, count, ret);
	ret->points = (struct array){ to, count };
	ret->marks = marks_up(a, step);
	if (count > 0) {
		const struct line_point *last = &to[count - 1];
		ret->first_end =
		    arena_printf(a, "%lld %s", (long long)last->first, ret->first_head);
		ret->second_end =
		    arena_printf(a, "%lld %s", (long long)last->second, ret->second_head);
		place_ends(ret, last);
	}
}
