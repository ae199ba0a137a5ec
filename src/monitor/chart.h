/*
 * chart.h - bars, ranges and lines as numbers for an SVG, with the same figures as a table; pure
 *
 * The template draws what stands here and computes nothing. Everything lives in the arena that was
 * given. Who may not see records sees no cell under five (decisions 6.4): chart_hide_small.
 */
#ifndef MONITOR_CHART_H
#define MONITOR_CHART_H

#include "platform/core/arena.h"
#include "platform/view/view.h"

enum { CHART_PARTS_MAX = 4, CHART_ROWS_MAX = 40, SMALL_CELL = 5, HIDDEN = -1 };

/*
 * Hides every value from 1 to SMALL_CELL - 1 by making it HIDDEN. When that leaves one hidden value,
 * the sum would tell it: the next smallest goes too. True: something is hidden, and a sum over
 * these values may be shown only where at least two are.
 */
bool chart_hide_small(int64_t *values, size_t count);

/* ---- bars in parts ---------------------------------------------------------------------------- */

struct bar_input {
	const char *label;
	int64_t
	    values[CHART_PARTS_MAX]; /* HIDDEN: not known here; then the sum isn't told either */
};
struct bars_wish {
	const char *name, *title, *note, *says; /* name: part of ids, a-z; others in Dutch */
	const char *parts[CHART_PARTS_MAX];     /* heads; one: no legend */
	size_t part_count;
	const struct bar_input *rows;
	size_t row_count;
	bool hides_small;
};

struct bar_part {
	int32_t value; /* below 0: hidden */
	int64_t x, width;
	const char *tint; /* class of the plot: c0 to c5 */
	bool hatched, hidden, drawn;
};
struct bar_row {
	const char *label, *short_label;
	int64_t top, baseline, total_x;
	struct array parts;
	int32_t total;                /* below 0: not told */
	bool untold;                  /* and said so */
	int64_t whole_x, whole_width; /* of a total whose parts aren't told; width 0: they are */
};
struct bar_key {
	const char *label, *tint;
	int64_t x, text_x;
	bool hatched;
};
struct bars {
	const char *name, *title, *note, *says;
	struct array keys, rows;
	int64_t height;
	bool has_keys, has_total, has_hidden, empty;
};
extern const struct view BARS_VIEW;
void chart_bars(struct arena *a, const struct bars_wish *wish, struct bars *ret);

/* ---- ranges: low, middle, high ------------------------------------------------------------------ */

/* How often a step took this many days; rising. */
struct days_count {
	int64_t days, count;
};
/* The value below which `percent` of every hundred lie, the nearest one that occurs (nearest rank). */
int64_t chart_percentile(const struct days_count *counts, size_t count, int percent);

struct range_input {
	const char *label;
	int64_t low, middle, high;
	int64_t count; /* 0: nothing to show */
};
struct range_row {
	const char *label;
	int64_t low, middle, high, count;
	int64_t top, middle_y, baseline, x, width, middle_x, text_x;
	bool known;
};
struct axis_mark {
	const char *label;
	int64_t at, text_at;
};
struct ranges {
	const char *name, *title, *note, *says;
	struct array rows, marks;
	int64_t height, axis_end;
	bool empty;
};
extern const struct view RANGES_VIEW;
/* name, title, note and says as they stand in *ret. */
void chart_ranges(struct arena *a, const struct range_input *rows, size_t count,
                  struct ranges *ret);

/* ---- two lines over time ---------------------------------------------------------------------- */

struct line_input {
	const char *label;
	int64_t first, second;
};
struct line_point {
	const char *label;
	int64_t first, second;
	int64_t x, first_y, second_y;
};
struct lines {
	const char *name, *title, *note, *says, *first_head, *second_head;
	const char *first_points, *second_points; /* "44,84 90,74" */
	const char *first_end, *second_end;       /* words at the end of each line */
	int64_t first_end_y, second_end_y;
	struct array points, marks;
	bool empty;
};
extern const struct view LINES_VIEW;
/* name, title, note, says and heads as they stand in *ret. */
void chart_lines(struct arena *a, const struct line_input *points, size_t count, struct lines *ret);

#endif
