#include "monitor/chart_lines.h"

static void bar_line(struct figure_lines *to, const struct bars *chart, const struct bar_row *row,
                     size_t part)
{
	const struct bar_key *keys = chart->keys.items;
	const struct bar_part *parts = row->parts.items;
	const char *kind = chart->has_keys ? keys[part].label : NULL;

	if (parts[part].hidden)
		figure_text(to, chart->title, row->label, kind, "weinig");
	else
		figure_count(to, chart->title, row->label, kind, parts[part].value);
}

void bars_lines(struct figure_lines *to, const struct bars *chart)
{
	if (chart == NULL)
		return;
	const struct bar_row *rows = chart->rows.items;
	for (size_t i = 0; i < chart->rows.count; i++)
		for (size_t part = 0; part < rows[i].parts.count; part++)
			bar_line(to, chart, &rows[i], part);
}

void ranges_lines(struct figure_lines *to, const struct ranges *chart)
{
	if (chart == NULL)
		return;
	const struct range_row *rows = chart->rows.items;
	for (size_t i = 0; i < chart->rows.count; i++) {
		figure_count(to, chart->title, rows[i].label, "Keer geteld", rows[i].count);
		if (!rows[i].known)
			continue;
		figure_count(to, chart->title, rows[i].label, "10% is sneller", rows[i].low);
		figure_count(to, chart->title, rows[i].label, "Midden", rows[i].middle);
		figure_count(to, chart->title, rows[i].label, "90% is sneller", rows[i].high);
	}
}

void two_lines_lines(struct figure_lines *to, const struct lines *chart)
{
	if (chart == NULL)
		return;
	const struct line_point *at = chart->points.items;
	for (size_t i = 0; i < chart->points.count; i++) {
		figure_count(to, chart->title, at[i].label, chart->first_head, at[i].first);
		figure_count(to, chart->title, at[i].label, chart->second_head, at[i].second);
	}
}
