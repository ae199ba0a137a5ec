/*
 * parked.h - what somebody sent after his session had ended: kept for a day, for him alone
 *
 * Only forms whose page has the form's own address can be shown again; the sign-in page then
 * says that the text was kept. Sealed under the node's account key with person and path as
 * place. Files, passwords and hidden tokens aren't kept.
 */
#ifndef PEOPLE_PARKED_H
#define PEOPLE_PARKED_H

#include <stdbool.h>

#include "platform/http/http.h"

/* Can this request's form be shown again at its own address? */
bool parked_possible(const struct request *rq);

/* Keeps rq->body for this person; a failure is not the person's concern any more. */
void parked_keep(const struct request *rq, int64_t person_id);

/* Fills rq->body with what was kept for this person at this path; nothing kept: nothing happens. */
MUST_CHECK enum status parked_show(struct request *rq, int64_t person_id, struct error *reterr);

extern const struct db_stmt *const parked_statements[];

#endif
