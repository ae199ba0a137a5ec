/* namer.h - what a record is called, for the search box and for who has work on it */
#ifndef SEARCH_NAMER_H
#define SEARCH_NAMER_H

#include "platform/http/http.h"

/*
 * How a room names its records: for each id its title, opened from what the
 * viewer may read, or NULL: it is left out (a search store may lag behind the rights).
 */
struct search_namer {
	int kind; /* enum audit_object */
	enum status (*titles)(struct request *rq, const int64_t *ids, size_t count,
	                      const char **ret_titles, struct error *reterr);
};
/* A list of them ends in a row without titles. */

#endif
