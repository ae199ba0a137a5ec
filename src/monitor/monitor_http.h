/* monitor_http.h - the monitor and what its figures count: routes and templates */
#ifndef MONITOR_MONITOR_HTTP_H
#define MONITOR_MONITOR_HTTP_H

#include "platform/http/http.h"
#include "platform/view/page.h"

extern const struct route monitor_routes[];
extern const struct page_template monitor_templates[];

#endif
