/* joint_tale.h - a message of several partners in the demo world: written, refused by one, written anew,
 * agreed and released */
#ifndef DEMO_JOINT_TALE_H
#define DEMO_JOINT_TALE_H

#include "demo/case_tale.h"

/* Who says yes or no for an organ: its decider; NULL: nobody has that account. owner: its desk. */
struct player *joint_voice(struct stage *s, const struct player *owner);

/* Proposes one beside what each does, where two owners have a voice and it falls to this casefile. */
MUST_CHECK enum status joint_propose(struct stage *s, struct case_tale *c, const char *advice,
                                     struct error *reterr);

/* The next of d->next's four steps; d->next is what comes after it. */
MUST_CHECK enum status joint_step(struct stage *s, const struct case_tale *c, struct doing *d,
                                  struct error *reterr);

#endif
