/* copies_http.h - the pages and API of copies of a casefile, for the house */
#ifndef RETENTION_COPIES_HTTP_H
#define RETENTION_COPIES_HTTP_H

#include "platform/http/http.h"
#include "platform/view/page.h"

extern const struct route copies_routes[];
extern const struct page_template copies_templates[];

#endif
