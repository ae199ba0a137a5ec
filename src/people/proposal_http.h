/* proposal_http.h - one appointment: what it opens, and who signs, refuses or ends it */
#ifndef PEOPLE_PROPOSAL_HTTP_H
#define PEOPLE_PROPOSAL_HTTP_H

#include "platform/http/http.h"
#include "platform/view/page.h"

extern const struct route proposal_list_routes[];
extern const struct page_template proposal_list_templates[];
extern const struct route proposal_routes[];
extern const struct page_template proposal_templates[];

#endif
