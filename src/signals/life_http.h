/* life_http.h - helper and links of a signal: routes and templates; see life_http.c */
#ifndef SIGNALS_LIFE_HTTP_H
#define SIGNALS_LIFE_HTTP_H

#include "platform/http/http.h"
#include "platform/view/page.h"

extern const struct route signal_life_routes[];
extern const struct page_template signal_life_templates[];

#endif
