/* request_audience.h - who a request is open to, written anew; inside requests/ only */
#ifndef REQUESTS_REQUEST_AUDIENCE_H
#define REQUESTS_REQUEST_AUDIENCE_H

#include "requests/request_store.h"

/* Inside a job: its readers as request_thing() says, each with the state that it is shown; the
 * search hears of it. */
MUST_CHECK enum status request_open_audiences(struct db_tx *tx, const struct information_request *q,
                                              struct error *reterr);

#endif
