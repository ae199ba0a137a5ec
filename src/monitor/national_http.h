/* national_http.h - figures of all regions beside each other: pages, files in and out */
#ifndef MONITOR_NATIONAL_HTTP_H
#define MONITOR_NATIONAL_HTTP_H

#include "platform/http/http.h"
#include "platform/view/page.h"

extern const struct route national_routes[];
extern const struct page_template national_templates[];

#endif
