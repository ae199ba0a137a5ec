/* me_http.h - the routes of a person's own pages */
#ifndef PEOPLE_ME_HTTP_H
#define PEOPLE_ME_HTTP_H

#include "platform/http/http.h"
#include "platform/view/page.h"

extern const struct route me_routes[];
extern const struct page_template me_templates[];

#endif
