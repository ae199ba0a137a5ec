/* year_http.h - "Uw jaar in het RIEC": one page for a mayor, and one for his council */
#ifndef MONITOR_YEAR_HTTP_H
#define MONITOR_YEAR_HTTP_H

#include "platform/http/http.h"
#include "platform/view/page.h"

extern const struct route year_routes[];
extern const struct page_template year_templates[];

#endif
