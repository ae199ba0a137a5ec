/* analysis_http.h - the pages and API of analyses, for the house */
#ifndef ANALYSIS_ANALYSIS_HTTP_H
#define ANALYSIS_ANALYSIS_HTTP_H

#include "platform/http/http.h"
#include "platform/view/page.h"

extern const struct route analysis_routes[], paragraph_routes[], paragraph_place_routes[];
extern const struct route paragraph_history_routes[], analysis_version_routes[];
extern const struct route version_changes_routes[];
extern const struct route analysis_paper_routes[], analysis_seen_routes[];
extern const struct page_template analysis_templates[], paragraph_templates[];
extern const struct page_template paragraph_history_templates[], analysis_version_templates[];
extern const struct page_template version_changes_templates[];
extern const struct page_template analysis_paper_templates[], analysis_seen_templates[];

/* analysis_store.h's, for rooms_prepare. */
extern const struct db_stmt *const analysis_read_statements[];
extern const struct db_stmt *const analysis_write_statements[];
extern const struct db_stmt *const analysis_copies_statements[];
extern const struct db_stmt *const frozen_statements[];

/* May this viewer hear when this topic moves? No for topics of other rooms. */
bool analysis_may_hear(const struct request *rq, const char *topic);

#endif
