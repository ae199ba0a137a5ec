/*
 * request_index.h - requests in the one search: by number, by the words of question and necessity
 *
 * Answers aren't in it: what was kept stands as a fact in the casefile. For the house.
 */
#ifndef REQUESTS_REQUEST_INDEX_H
#define REQUESTS_REQUEST_INDEX_H

#include "platform/http/http.h"
#include "search/search_feed.h"

/* A row of the house's feeds (search_feed.h). */
MUST_CHECK enum status request_search_read(struct plein *p, struct db_read *r, int64_t id,
                                           struct arena *a, struct search_text *ret,
                                           struct error *reterr);
extern const struct db_stmt REQUEST_QUEUE_ALL;

/* For the search box (search/namer.h): titles of what this viewer may open, NULL for the rest. */
MUST_CHECK enum status request_search_titles(struct request *rq, const int64_t *ids, size_t count,
                                             const char **ret_titles, struct error *reterr);

extern const struct db_stmt *const request_index_statements[];

#endif
