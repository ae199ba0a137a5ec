/* draft_http.h - the form of a signal, one step a page: routes and templates; see draft_http.c */
#ifndef SIGNALS_DRAFT_HTTP_H
#define SIGNALS_DRAFT_HTTP_H

#include "platform/http/http.h"
#include "platform/view/page.h"

extern const struct route draft_routes[];
extern const struct page_template draft_templates[];

#endif
