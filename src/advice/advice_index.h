/*
 * advice_index.h - advices in the one search, for who reads the whole of one. For the house.
 *
 * An owner or source that reads its own part finds it in its own work, not by words of the rest.
 */
#ifndef ADVICE_ADVICE_INDEX_H
#define ADVICE_ADVICE_INDEX_H

#include "platform/http/http.h"
#include "search/search_feed.h"

/* A row of the house's feeds (search_feed.h). */
MUST_CHECK enum status advice_search_read(struct plein *p, struct db_read *r, int64_t id,
                                          struct arena *a, struct search_text *ret,
                                          struct error *reterr);
extern const struct db_stmt ADVICE_QUEUE_ALL, ADVICE_QUEUE_OF_CASEFILE;

/* For the search box (search/namer.h). */
MUST_CHECK enum status advice_search_titles(struct request *rq, const int64_t *ids, size_t count,
                                            const char **ret_titles, struct error *reterr);

extern const struct db_stmt *const advice_index_statements[];

#endif
