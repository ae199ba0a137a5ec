/* request_news.h - what the desk that is asked hears of a request; inside requests/ only */
#ifndef REQUESTS_REQUEST_NEWS_H
#define REQUESTS_REQUEST_NEWS_H

#include "requests/request_page.h"

/* Inside a job: to who has it in hand, while he works there; else to the whole desk. kind: NEWS_REQUEST_... */
MUST_CHECK enum status request_tell_desk(struct db_tx *tx, const struct information_request *q,
                                         int kind, int64_t now_ms, struct error *reterr);

/* Inside a job, after request_move: what the bureau decided about it that the desk waits for, or works on. */
MUST_CHECK enum status request_tell_move(struct db_tx *tx, const struct request_moving *m,
                                         struct error *reterr);

#endif
