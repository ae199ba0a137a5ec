/* attachment_feed.h - files in the one search, whatever record they are beside: a row of the house's feeds */
#ifndef SERVER_ATTACHMENT_FEED_H
#define SERVER_ATTACHMENT_FEED_H

#include "platform/http/http.h"
#include "search/search_feed.h"

MUST_CHECK enum status any_attachment_read(struct plein *p, struct db_read *r, int64_t id,
                                           struct arena *a, struct search_text *ret,
                                           struct error *reterr);
MUST_CHECK enum status any_attachment_words(struct plein *p, int64_t id, struct arena *a,
                                            const char **ret, struct error *reterr);
MUST_CHECK enum status any_attachment_titles(struct request *rq, const int64_t *ids, size_t count,
                                             const char **ret_titles, struct error *reterr);

#endif
