/* learning_http.h - what earlier work showed, and good practices: routes and templates */
#ifndef LEARNING_LEARNING_HTTP_H
#define LEARNING_LEARNING_HTTP_H

#include "platform/http/http.h"
#include "platform/view/page.h"

extern const struct route learning_routes[], practice_routes[];
extern const struct page_template learning_templates[], practice_templates[];

#endif
