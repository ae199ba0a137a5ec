/* chart_lines.h - the charts of a page as lines of its file; inside monitor/
 *
 * What a chart hides says "weinig" here, as in the table beside it. NULL: no chart, no line. */
#ifndef MONITOR_CHART_LINES_H
#define MONITOR_CHART_LINES_H

#include "monitor/chart.h"
#include "platform/view/figure_lines.h"

void bars_lines(struct figure_lines *to, const struct bars *chart);
void ranges_lines(struct figure_lines *to, const struct ranges *chart);
void two_lines_lines(struct figure_lines *to, const struct lines *chart);

#endif
