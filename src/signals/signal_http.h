/* signal_http.h - signals: the list, one signal, and every move of submitter and coordinator */
#ifndef SIGNALS_SIGNAL_HTTP_H
#define SIGNALS_SIGNAL_HTTP_H

#include "platform/http/http.h"
#include "platform/view/page.h"

/* For the search box (search/namer.h): titles of signals that the viewer may read. */
MUST_CHECK enum status signal_search_titles(struct request *rq, const int64_t *ids, size_t count,
                                            const char **ret_titles, struct error *reterr);

extern const struct route signal_routes[];
extern const struct page_template signal_templates[];
extern const struct route signal_move_routes[];
extern const struct page_template signal_move_templates[];
extern const struct route signal_seen_routes[];
extern const struct page_template signal_seen_templates[];
extern const struct route signal_list_routes[];
extern const struct page_template signal_list_templates[];

#endif
