/* request_http.h - the request for an account, with a first role */
#ifndef PEOPLE_REQUEST_HTTP_H
#define PEOPLE_REQUEST_HTTP_H

#include "platform/http/http.h"
#include "platform/view/page.h"

extern const struct route request_routes[];
extern const struct page_template request_templates[];

#endif
