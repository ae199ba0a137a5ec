/* home_http.h - the routes of "Mijn werk" and the news */
#ifndef HOME_HOME_HTTP_H
#define HOME_HOME_HTTP_H

#include "platform/http/http.h"
#include "platform/view/page.h"

extern const struct route home_routes[];
extern const struct page_template home_templates[];

#endif
