/* analysis_copies.h - which facts a copy of an analysis gave to whom (subjects/copy.h); inside
 * src/analysis/ */
#ifndef ANALYSIS_ANALYSIS_COPIES_H
#define ANALYSIS_ANALYSIS_COPIES_H

#include "analysis/analysis_copy.h"
#include "subjects/copy.h"

/* In read: this page shows these cited facts. Registered where any is new to the appointment, when
 * the event of the view is written. */
MUST_CHECK enum status analysis_seen(struct request *rq, struct response *rs,
                                     const struct casefile *c, const struct analysis_copy *copy,
                                     struct error *reterr);
/* In read: all of them go out on paper, with a number of their own. */
MUST_CHECK enum status analysis_given(struct request *rq, struct response *rs,
                                      const struct casefile *c, const struct analysis_copy *copy,
                                      const struct copy **ret, struct error *reterr);

extern const struct db_stmt *const analysis_copies_statements[];

#endif
