/* weighing_http.h - the pages and API of meetings, for the house */
#ifndef WEIGHING_WEIGHING_HTTP_H
#define WEIGHING_WEIGHING_HTTP_H

#include "platform/http/http.h"
#include "platform/view/page.h"

extern const struct route meeting_routes[], agenda_routes[], score_routes[], item_routes[];
extern const struct route decide_routes[], pack_routes[], minutes_routes[], meeting_seen_routes[];
extern const struct route meeting_move_routes[], attendance_routes[], annex_routes[];
extern const struct route screen_routes[], quorum_routes[], factor_routes[];
extern const struct page_template meeting_move_templates[], attendance_templates[];
extern const struct page_template annex_templates[], screen_templates[];
extern const struct page_template meeting_templates[], agenda_templates[], score_templates[];
extern const struct page_template item_templates[], pack_templates[], minutes_templates[];
extern const struct page_template meeting_seen_templates[], quorum_templates[], factor_templates[];

/* weighing_store.h's, for rooms_prepare. */
extern const struct db_stmt *const weighing_statements[];
extern const struct db_stmt *const weighing_write_statements[];
extern const struct db_stmt *const agenda_text_statements[];
extern const struct db_stmt *const attendance_statements[];
extern const struct db_stmt *const guest_statements[];
extern const struct db_stmt *const factor_statements[];

/* Topics "meeting-IO-2026-7K3QF": only who may open the meeting hears that it changed. */
bool weighing_may_hear(const struct request *rq, const char *topic);

#endif
