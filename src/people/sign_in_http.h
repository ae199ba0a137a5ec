/* sign_in_http.h - the routes of signing in, enrolling and signing out */
#ifndef PEOPLE_SIGN_IN_HTTP_H
#define PEOPLE_SIGN_IN_HTTP_H

#include "platform/http/http.h"
#include "platform/view/page.h"

extern const struct route sign_in_routes[];
extern const struct page_template sign_in_templates[];

#endif
