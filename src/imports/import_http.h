/* import_http.h - reading signals from a file: routes and templates; see import_http.c */
#ifndef IMPORTS_IMPORT_HTTP_H
#define IMPORTS_IMPORT_HTTP_H

#include "platform/http/http.h"
#include "platform/view/page.h"

extern const struct route import_routes[];
extern const struct page_template import_templates[];
extern const struct route import_seen_routes[];
extern const struct page_template import_seen_templates[];
extern const struct route import_doubles_routes[];
extern const struct page_template import_doubles_templates[];

#endif
