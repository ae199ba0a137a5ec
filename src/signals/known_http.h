/* known_http.h - known already, for what is being typed: route and template; see known_http.c */
#ifndef SIGNALS_KNOWN_HTTP_H
#define SIGNALS_KNOWN_HTTP_H

#include "platform/http/http.h"
#include "platform/view/page.h"

extern const struct route signal_known_routes[];
extern const struct page_template signal_known_templates[];

#endif
