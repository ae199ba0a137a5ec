/* account_http.h - the routes that move an account through its states */
#ifndef PEOPLE_ACCOUNT_HTTP_H
#define PEOPLE_ACCOUNT_HTTP_H

#include "platform/http/http.h"
#include "platform/view/page.h"

extern const struct route account_routes[];
extern const struct page_template account_templates[];

#endif
