/*
 * paragraph_index.h - paragraphs of analyses in the one search, each for who reads its phase
 *
 * Only what stands is in it; whom a paragraph mentions it isn't found by: names belong to the
 * casefile, and go with the person. For the house.
 */
#ifndef ANALYSIS_PARAGRAPH_INDEX_H
#define ANALYSIS_PARAGRAPH_INDEX_H

#include "platform/http/http.h"
#include "search/search_feed.h"

/* A row of the house's feeds (search_feed.h). */
MUST_CHECK enum status paragraph_search_read(struct plein *p, struct db_read *r, int64_t id,
                                             struct arena *a, struct search_text *ret,
                                             struct error *reterr);
extern const struct db_stmt PARAGRAPH_QUEUE_ALL, PARAGRAPH_QUEUE_OF_CASEFILE;

/* For the search box (search/namer.h). */
MUST_CHECK enum status paragraph_search_titles(struct request *rq, const int64_t *ids, size_t count,
                                               const char **ret_titles, struct error *reterr);

extern const struct db_stmt *const paragraph_index_statements[];

#endif
