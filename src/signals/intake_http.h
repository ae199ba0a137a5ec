/* intake_http.h - the inbox and the figures of feedback: routes and templates; see intake_http.c */
#ifndef SIGNALS_INTAKE_HTTP_H
#define SIGNALS_INTAKE_HTTP_H

#include "platform/http/http.h"
#include "platform/view/page.h"

extern const struct route intake_routes[];
extern const struct page_template intake_templates[];

#endif
