/* recognize.h - whose cookie or token is this: from the database, or from memory and confirmed by it */
#ifndef PEOPLE_RECOGNIZE_H
#define PEOPLE_RECOGNIZE_H

#include "people/session.h"
#include "platform/http/http.h"

/*
 * The session or token of this request; *ret_found false for a stranger. A page may be answered
 * from memory: rq->guess is then set, and what the handler found counts only if
 * recognize_confirm says so. Changes are never made on a memory.
 */
MUST_CHECK enum status recognize(struct request *rq, const char *cookie_header,
                                 const char *bearer_token, struct session *ret, bool *ret_found,
                                 struct error *reterr);
bool recognize_confirm(struct request *rq);

#endif
