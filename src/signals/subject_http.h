/* subject_http.h - who or what a signal is about, and what binds them; see subject_http.c */
#ifndef SIGNALS_SUBJECT_HTTP_H
#define SIGNALS_SUBJECT_HTTP_H

#include "platform/http/http.h"
#include "platform/view/page.h"

extern const struct route subject_routes[];
extern const struct page_template subject_templates[];

#endif
