/* monitor_charts.h - the charts of the monitor, from what was counted; in the request's arena; inside
 * monitor/ */
#ifndef MONITOR_MONITOR_CHARTS_H
#define MONITOR_MONITOR_CHARTS_H

#include "monitor/counted.h"

struct bars *monitor_signals_chart(struct request *rq, const struct counted *c);
struct bars *monitor_casefiles_chart(struct request *rq, const struct counted *c);
struct bars *monitor_owed_chart(struct request *rq, const struct counted *c);
struct bars *monitor_answers_chart(struct request *rq, const struct counted *c);
struct bars *monitor_interventions_chart(struct request *rq, const struct counted *c);
struct bars *monitor_effects_chart(struct request *rq, const struct counted *c);
struct bars *monitor_moments_chart(struct request *rq, const struct counted *c);
struct bars *monitor_effects_due_chart(struct request *rq, const struct counted *c);
struct ranges *monitor_steps_chart(struct request *rq, const struct counted *c);
struct lines *monitor_hours_chart(struct request *rq, const struct counted *c);

#endif
