/*
 * note_index.h - notes of a casefile in the one search, each for who reads its phase. For the house.
 */
#ifndef CASEWORK_NOTE_INDEX_H
#define CASEWORK_NOTE_INDEX_H

#include "platform/http/http.h"
#include "search/search_feed.h"

/* A row of the house's feeds (search_feed.h). */
MUST_CHECK enum status note_search_read(struct plein *p, struct db_read *r, int64_t id,
                                        struct arena *a, struct search_text *ret,
                                        struct error *reterr);
extern const struct db_stmt NOTE_QUEUE_ALL, NOTE_QUEUE_OF_CASEFILE;

/* For the search box (search/namer.h). */
MUST_CHECK enum status note_search_titles(struct request *rq, const int64_t *ids, size_t count,
                                          const char **ret_titles, struct error *reterr);

extern const struct db_stmt *const note_index_statements[];

#endif
