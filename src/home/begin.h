/* begin.h - what "Mijn werk" offers beside what waits: where to begin, and work under another role */
#ifndef HOME_BEGIN_H
#define HOME_BEGIN_H

#include "access/access.h"
#include "platform/http/http.h"
#include "platform/view/view.h"

/* An act that somebody of this role comes for. */
struct begin_link {
	const char *label, *href;
};

/* What waits for the same person in another capacity. */
struct elsewhere {
	const char *label;       /* "de burgemeester van Duinwaard, lid van de Stuurploeg" */
	const char *appointment; /* as /me/on-behalf takes it */
	int64_t count;           /* 1 to 99 */
	const char *waits;       /* "2 dingen wachten op u" */
};

extern const struct view BEGIN_LINK_VIEW, ELSEWHERE_VIEW;

/* In a fixed order; an array of struct begin_link. */
struct array begin_links(struct arena *a, enum role role);

/* Capacities in which something waits, but for the one he works under; of struct elsewhere. */
MUST_CHECK enum status elsewhere_list(struct request *rq, struct array *ret, struct error *reterr);

#endif
