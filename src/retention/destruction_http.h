/* destruction_http.h - destruction lists: what is due, the list, the second signature */
#ifndef RETENTION_DESTRUCTION_HTTP_H
#define RETENTION_DESTRUCTION_HTTP_H

#include "platform/http/http.h"
#include "platform/view/page.h"

extern const struct route destruction_routes[];
extern const struct page_template destruction_templates[];
extern const struct route destruction_seen_routes[];
extern const struct page_template destruction_seen_templates[];

#endif
