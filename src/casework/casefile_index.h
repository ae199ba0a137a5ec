/*
 * casefile_index.h - casefiles in the one search: by number, by words of title, purpose and notes, and
 * by what tells who and what they are about (never by BSN)
 *
 * Readers and number are written with the casefile, in its own transaction. Words come behind: each
 * change of words leaves the id in casefile_unindexed, and the feeder opens what waits. Notes of
 * phase 3 are never in it; a store that was lost is filled again.
 */
#ifndef CASEWORK_CASEFILE_INDEX_H
#define CASEWORK_CASEFILE_INDEX_H

#include "casework/casework.h"
#include "plein/plein.h"
#include "platform/http/http.h"

/* In apply: its words changed. */
MUST_CHECK enum status casefile_words_changed(struct db_tx *tx, int64_t id, struct error *reterr);

/* In apply: what tells who it is changed, or goes; nothing happens for who is in no casefile. */
MUST_CHECK enum status casefile_presence_changed(struct db_tx *tx, int64_t presence_id,
                                                 struct error *reterr);

/* Up to 20 of what waits; *ret_more: there may be more. */
MUST_CHECK enum status casefile_index_step(struct plein *p, bool *ret_more, struct error *reterr);

/* For the search box (search/namer.h): titles of what this viewer may open, NULL for the rest. */
MUST_CHECK enum status casefile_search_titles(struct request *rq, const int64_t *ids, size_t count,
                                              const char **ret_titles, struct error *reterr);

extern const struct db_stmt *const casefile_index_statements[];

#endif
