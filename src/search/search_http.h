/* search_http.h - the route of the search box */
#ifndef SEARCH_SEARCH_HTTP_H
#define SEARCH_SEARCH_HTTP_H

#include "platform/http/http.h"
#include "platform/view/page.h"
#include "search/namer.h"

extern const struct route search_routes[];
extern const struct page_template search_templates[];

#endif
