/* search_http.h - the route of the search box */
#ifndef SEARCH_SEARCH_HTTP_H
#define SEARCH_SEARCH_HTTP_H

#include "platform/http/http.h"
#include "platform/view/page.h"

/*
 * How a room names its records that were found: for each id its title, opened from what the
 * viewer may read, or NULL: it is left out (a search store may lag behind the rights).
 */
struct search_namer {
	int kind; /* enum audit_object */
	enum status (*titles)(struct request *rq, const int64_t *ids, size_t count,
	                      const char **ret_titles, struct error *reterr);
};
/* A list of them ends in a row without titles. */

extern const struct route search_routes[];
extern const struct page_template search_templates[];

#endif
