/* crowds_http.h - what too many share: the page, and the same for the API */
#ifndef MATCHES_CROWDS_HTTP_H
#define MATCHES_CROWDS_HTTP_H

#include "platform/http/http.h"
#include "platform/view/page.h"

extern const struct route crowds_routes[];
extern const struct page_template crowds_templates[];

#endif
