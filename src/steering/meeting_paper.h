/* meeting_paper.h - what a meeting leaves on paper, as one viewer may read it; inside steering/ */
#ifndef STEERING_MEETING_PAPER_H
#define STEERING_MEETING_PAPER_H

#include "steering/matter.h"
#include "steering/paper.h"

void paper_ruling(struct paper *p, const struct ruling_view *v);

typedef bool point_wanted(const struct steering_point *p, void *context);
/* The points that he sees, a chapter each; whole: with the advice and all its words. wanted, asked of
 * each in turn before it is written, NULL: all. */
MUST_CHECK enum status write_points(struct request *rq, const struct gathering *m, bool whole,
                                    point_wanted *wanted, void *context, struct paper *p,
                                    struct error *reterr);

/* Names numbers and organisations, never persons. */
MUST_CHECK enum status minutes_write(struct request *rq, const struct gathering *m, struct paper *p,
                                     struct error *reterr);

#endif
