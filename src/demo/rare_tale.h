/* rare_tale.h - what happens now and then in a region: a hold on destruction, too many
 * searches in one hour; inside demo/ */
#ifndef DEMO_RARE_TALE_H
#define DEMO_RARE_TALE_H

#include "demo/tale.h"

/* Of the tales that are there on that day. Nothing where none fits. */
MUST_CHECK enum status rare_hold(struct stage *s, const struct tale *tales, size_t count,
                                 int32_t day, struct error *reterr);

/* A coordinator goes through a long list; the head is asked to look why. Counts only here: on other days
 * nobody is held to an hour that lasts a day. */
MUST_CHECK enum status rare_searches(struct stage *s, struct error *reterr);

#endif
