/* casefile_http.h - casefiles: the list, one casefile, its people, its moves, bottlenecks, projects */
#ifndef CASEWORK_CASEFILE_HTTP_H
#define CASEWORK_CASEFILE_HTTP_H

#include "platform/http/http.h"
#include "platform/view/page.h"

extern const struct route casefile_routes[];
extern const struct page_template casefile_templates[];
extern const struct route casefile_list_routes[];
extern const struct page_template casefile_list_templates[];
extern const struct route casefile_member_routes[];
extern const struct page_template casefile_member_templates[];
extern const struct route casefile_seen_routes[];
extern const struct page_template casefile_seen_templates[];
extern const struct route casefile_subject_routes[];
extern const struct page_template casefile_subject_templates[];
extern const struct route casefile_fact_routes[];
extern const struct page_template casefile_fact_templates[];
extern const struct route casefile_correction_routes[];
extern const struct page_template casefile_correction_templates[];
extern const struct route casefile_tie_routes[];
extern const struct page_template casefile_tie_templates[];
extern const struct route casefile_timeline_routes[];
extern const struct page_template casefile_timeline_templates[];
extern const struct route casefile_intent_routes[];
extern const struct page_template casefile_intent_templates[];
extern const struct route casefile_note_routes[];
extern const struct page_template casefile_note_templates[];
extern const struct route casefile_phase_routes[];
extern const struct page_template casefile_phase_templates[];
extern const struct route casefile_supplement_routes[];
extern const struct route changes_routes[];
extern const struct route casefile_hand_over_routes[];
extern const struct page_template casefile_hand_over_templates[];
extern const struct route casefile_split_routes[];
extern const struct page_template casefile_split_templates[];
extern const struct route project_routes[];
extern const struct page_template project_templates[];
extern const struct route bottleneck_routes[];
extern const struct page_template bottleneck_templates[];

#endif
