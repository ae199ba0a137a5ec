/* steering_http.h - the pages and API of the Stuurploeg, for the house */
#ifndef STEERING_STEERING_HTTP_H
#define STEERING_STEERING_HTTP_H

#include "platform/http/http.h"
#include "platform/view/page.h"

extern const struct route steering_list_routes[], steering_routes[], steering_seat_routes[];
extern const struct route steering_point_routes[], steering_ruling_routes[];
extern const struct route steering_decisions_routes[], steering_pool_routes[];
extern const struct route steering_mandate_routes[], steering_agreed_routes[];
/* May this viewer hear that something of the meeting of this topic changed? */
bool steering_may_hear(const struct request *rq, const char *topic);

extern const struct route consent_routes[], consent_ask_routes[];
extern const struct page_template consent_templates[];
extern const struct db_stmt *const consent_statements[];
extern const struct route steering_screen_routes[];
extern const struct page_template steering_screen_templates[];
extern const struct route steering_seen_routes[], steering_guest_routes[];
extern const struct page_template steering_guest_templates[];
extern const struct route quick_action_routes[];
extern const struct page_template quick_action_templates[];
extern const struct page_template steering_seen_templates[];
extern const struct route steering_minutes_routes[], steering_pack_routes[], owner_report_routes[];
extern const struct page_template steering_list_templates[], steering_templates[];
extern const struct page_template steering_seat_templates[], steering_point_templates[];
extern const struct page_template steering_ruling_templates[], steering_decisions_templates[];
extern const struct page_template steering_pool_templates[], steering_mandate_templates[];
extern const struct page_template steering_agreed_templates[], steering_minutes_templates[];
extern const struct page_template steering_pack_templates[], owner_report_templates[];

/* steering_store.h's, for rooms_prepare. */
extern const struct db_stmt *const steering_statements[];
extern const struct db_stmt *const steering_write_statements[];
extern const struct db_stmt *const steering_text_statements[];
extern const struct db_stmt *const decision_statements[];
extern const struct db_stmt *const decision_write_statements[];
extern const struct db_stmt *const signing_statements[];
extern const struct db_stmt *const agreed_statements[];
extern const struct db_stmt *const mandate_statements[];
extern const struct db_stmt *const steering_guest_statements[];
extern const struct db_stmt *const pack_statements[];
extern const struct db_stmt *const pack_file_statements[];
extern const struct db_stmt *const report_statements[];

#endif
