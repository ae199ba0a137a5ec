/* capacity.h - whose appointment ended works on under another one */
#ifndef PEOPLE_CAPACITY_H
#define PEOPLE_CAPACITY_H

#include "people/session.h"
#include "platform/http/http.h"

/* Does the appointment that s works under count at this moment? */
bool capacity_in_force(const struct request *rq, const struct session *s);

/* False: one capacity, and it is the one that he works under. */
bool capacity_may_choose(const struct request *rq);

/*
 * A full session whose appointment isn't in force any more goes on under the person's first one
 * that is, at once for this page and kept for the next ones, with an event and a line on the
 * page. Without another one, with an API token, or when something is sent, s stays as it is: the
 * gate refuses.
 */
MUST_CHECK enum status capacity_fall_back(struct request *rq, struct session *s,
                                          struct error *reterr);

#endif
