/* request_issue.h - a request goes out, and what every move brings about; inside requests/ only */
#ifndef REQUESTS_REQUEST_ISSUE_H
#define REQUESTS_REQUEST_ISSUE_H

#include "requests/request_page.h"

/* Inside a job, after request_move: what waited for the old state is done, what waits for the new
 * one stands on its list. m->viewer isn't NULL. */
MUST_CHECK enum status request_hand_on(struct db_tx *tx, const struct request_moving *m,
                                       struct error *reterr);

/* The last day to answer what goes out at this moment. */
int32_t request_issue_due(const struct information_request *q, int64_t now_ms);

/*
 * Inside a job that claimed this draft, or wrote it: it goes out, if *ret allows. Not allowed:
 * OK, and nothing changed.
 */
MUST_CHECK enum status request_issue(struct db_tx *tx, const struct viewer *viewer,
                                     const struct information_request *q, int64_t now_ms,
                                     struct verdict *ret, struct error *reterr);

#endif
