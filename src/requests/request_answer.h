/* request_answer.h - writing on a request, as item by item and as a table do it; inside requests/ only
 */
#ifndef REQUESTS_REQUEST_ANSWER_H
#define REQUESTS_REQUEST_ANSWER_H

#include "requests/request_page.h"

/* The request of params[0], if the viewer may write on it now. */
MUST_CHECK enum status on_answer(struct request *rq, struct on_request *on, struct error *reterr);

/* In the job: still at the desk, and the casefile still open. */
MUST_CHECK enum status claim_answer(struct db_tx *tx, const struct request *rq,
                                    const struct information_request *q, int64_t version,
                                    struct error *reterr);

#endif
