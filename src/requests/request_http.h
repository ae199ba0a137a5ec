/* request_http.h - the pages and API of information requests, for the house */
#ifndef REQUESTS_REQUEST_HTTP_H
#define REQUESTS_REQUEST_HTTP_H

#include "platform/http/http.h"
#include "platform/view/page.h"

extern const struct route request_list_routes[], request_page_routes[], request_draft_routes[];
extern const struct route request_move_routes[], request_answer_routes[];
extern const struct route request_register_routes[], request_casefile_routes[];
extern const struct route request_seen_routes[], request_redraft_routes[];
extern const struct route request_table_routes[];
extern const struct page_template request_casefile_templates[], request_seen_templates[];
extern const struct page_template request_list_templates[], request_page_templates[];
extern const struct page_template request_draft_templates[], request_redraft_templates[];
extern const struct page_template request_register_templates[];

/* Those of request_store.h, request_case.h and request_news.h, for rooms_prepare. */
extern const struct db_stmt *const request_statements[];
extern const struct db_stmt *const request_seal_statements[];
extern const struct db_stmt *const request_write_statements[];
extern const struct db_stmt *const request_case_statements[];
extern const struct db_stmt *const request_news_statements[];
extern const struct db_stmt *const request_draft_statements[];
extern const struct db_stmt *const request_audience_statements[];

#endif
