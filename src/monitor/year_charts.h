/* year_charts.h - the charts of a municipality's year; inside monitor/ */
#ifndef MONITOR_YEAR_CHARTS_H
#define MONITOR_YEAR_CHARTS_H

#include "monitor/year.h"

/* The council's are of all together and tell nothing small. */
struct bars *year_outcomes_chart(struct arena *a, const struct year_counts *counts, bool council);
struct bars *year_helped_chart(struct arena *a, const struct year_counts *counts, bool council);

/* Its label. */
const char *year_instrument(int64_t instrument);

#endif
