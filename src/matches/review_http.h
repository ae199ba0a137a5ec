/* review_http.h - pairs that may be the same: the list, one pair side by side, judging, undoing */
#ifndef MATCHES_REVIEW_HTTP_H
#define MATCHES_REVIEW_HTTP_H

#include "platform/http/http.h"
#include "platform/view/page.h"

extern const struct route review_routes[];
extern const struct page_template review_templates[];
extern const struct route review_pair_routes[];
extern const struct page_template review_pair_templates[];
extern const struct route pair_seen_routes[];

#endif
