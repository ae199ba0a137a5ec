/*
 * explain.h - "Wat ziet iemand, en waarom?": one appointment's rights, written out
 *
 * From the same functions that every page asks: viewer_audiences, access_permits and
 * access_standing. Nothing is kept here, so nothing can differ.
 */
#ifndef EXPLAIN_EXPLAIN_H
#define EXPLAIN_EXPLAIN_H

#include "platform/http/http.h"
#include "platform/view/page.h"

extern const struct route explain_routes[];
extern const struct page_template explain_templates[];

#endif
