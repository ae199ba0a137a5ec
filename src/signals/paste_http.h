/* paste_http.h - a draft out of a pasted mail or story; see paste_http.c */
#ifndef SIGNALS_PASTE_HTTP_H
#define SIGNALS_PASTE_HTTP_H

#include "platform/http/http.h"
#include "platform/view/page.h"

extern const struct route paste_routes[];
extern const struct page_template paste_templates[];

#endif
