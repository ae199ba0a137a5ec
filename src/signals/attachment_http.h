/* attachment_http.h - files beside a signal: routes and templates; see attachment_http.c */
#ifndef SIGNALS_ATTACHMENT_HTTP_H
#define SIGNALS_ATTACHMENT_HTTP_H

#include "platform/http/http.h"
#include "platform/view/page.h"

extern const struct route attachment_routes[];
extern const struct page_template attachment_templates[];

#endif
