/* hold_http.h - the pages and API of holds on destruction, for the house */
#ifndef RETENTION_HOLD_HTTP_H
#define RETENTION_HOLD_HTTP_H

#include "platform/http/http.h"
#include "platform/view/page.h"

extern const struct route hold_routes[], held_copy_routes[];
extern const struct page_template hold_templates[], held_copy_templates[];

#endif
