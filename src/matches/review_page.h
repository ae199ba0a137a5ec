/* review_page.h - what the list and the page of a pair share; inside matches/ */
#ifndef MATCHES_REVIEW_PAGE_H
#define MATCHES_REVIEW_PAGE_H

#include "matches/review.h"
#include "platform/http/http.h"

/* "/matches/UUID/UUID", the older one first. */
const char *review_pair_path(struct arena *a, const struct seen_presence *one,
                             const struct seen_presence *other);

/* The list of the part after this one; NULL: this is the last. */
const char *review_older_path(struct arena *a, const struct review *v);

/* What is known of both, to compare: ERR_NOT_FOUND when one was forgotten. */
struct opened_pair {
	struct subject one, other;
	struct likeness likeness;
};
MUST_CHECK enum status review_open(struct request *rq, const struct seen_presence *one,
                                   const struct seen_presence *other, struct opened_pair *ret,
                                   struct error *reterr);

#endif
