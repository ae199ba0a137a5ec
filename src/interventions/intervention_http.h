/* intervention_http.h - the pages and API of interventions, for the house */
#ifndef INTERVENTIONS_INTERVENTION_HTTP_H
#define INTERVENTIONS_INTERVENTION_HTTP_H

#include "platform/http/http.h"
#include "platform/view/page.h"

extern const struct route intervention_list_routes[], intervention_show_routes[];
extern const struct route intervention_step_routes[], intervention_report_routes[];
extern const struct route intervention_seen_routes[], effect_routes[], board_routes[];
extern const struct route message_routes[], seizure_routes[], seizure_end_routes[], lead_routes[];
extern const struct route action_day_routes[], seizure_seen_routes[], paper_routes[];
extern const struct page_template seizure_seen_templates[], paper_templates[];
extern const struct page_template message_templates[], seizure_templates[], seizure_end_templates[],
    lead_templates[];
extern const struct page_template action_day_templates[];
extern const struct page_template intervention_list_templates[], intervention_show_templates[];
extern const struct page_template intervention_seen_templates[];
extern const struct page_template intervention_step_templates[], intervention_report_templates[];
extern const struct page_template effect_templates[], board_templates[];

/* interventions.h's, for rooms_prepare. */
extern const struct db_stmt *const intervention_seal_statements[];

#endif
