/* rare_tale.h - what happens now and then in a region: a hold on destruction; inside demo/ */
#ifndef DEMO_RARE_TALE_H
#define DEMO_RARE_TALE_H

#include "demo/tale.h"

/* Of the tales that are there on that day. Nothing where none fits. */
MUST_CHECK enum status rare_hold(struct stage *s, const struct tale *tales, size_t count,
                                 int32_t day, struct error *reterr);

#endif
