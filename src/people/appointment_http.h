/* appointment_http.h - a role for somebody who is already there: proposed, or granted at once */
#ifndef PEOPLE_APPOINTMENT_HTTP_H
#define PEOPLE_APPOINTMENT_HTTP_H

#include "platform/http/http.h"
#include "platform/view/page.h"

extern const struct route appointment_routes[];
extern const struct page_template appointment_templates[];

#endif
