/*
 * attachment_index.h - files beside signals in the one search: by name and by the words in them
 *
 * Text, CSV, OpenDocument and Word or Excel files are read, in a child that can only compute; of a
 * picture only the name counts. Who sees the file finds it, and nobody else. For the house.
 */
#ifndef SIGNALS_ATTACHMENT_INDEX_H
#define SIGNALS_ATTACHMENT_INDEX_H

#include "attachments/attachment.h"
#include "platform/http/http.h"
#include "search/search_feed.h"
#include "signals/signals.h"

/* A row of the house's feeds (search_feed.h). */
MUST_CHECK enum status attachment_search_read(struct plein *p, struct db_read *r, int64_t id,
                                              struct arena *a, struct search_text *ret,
                                              struct error *reterr);
MUST_CHECK enum status attachment_search_words(struct plein *p, int64_t id, struct arena *a,
                                               const char **ret, struct error *reterr);

/* For the search box (search/namer.h). */
MUST_CHECK enum status attachment_search_titles(struct request *rq, const int64_t *ids,
                                                size_t count, const char **ret_titles,
                                                struct error *reterr);

/* Does who reads this signal see this file too? Heavy kinds are for who brought it in, the
 * coordinator, and who weighs it (decisions 1.1). */
bool attachment_seen_by(const struct viewer *v, const struct signal *s,
                        const struct attachment *what);

extern const struct db_stmt *const attachment_index_statements[];

#endif
