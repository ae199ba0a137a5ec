/*
 * casefile_seers.h - who a casefile is open to and who is kept from it, for explain/who_sees.h
 *
 * Also of what hangs from a casefile and follows its readers: a request, an advice, an intervention.
 */
#ifndef CASEWORK_CASEFILE_SEERS_H
#define CASEWORK_CASEFILE_SEERS_H

#include "access/access.h"
#include "platform/db/db.h"

/* Its members, as those who come by its audience: one struct invited. */
MUST_CHECK enum status casefile_invited(struct db_read *r, int64_t casefile_id, int64_t now_ms,
                                        struct arena *a, struct array *ret, struct error *reterr);

/* Sets the blocked persons of a thing. */
MUST_CHECK enum status casefile_keep_out(struct db_read *r, int64_t casefile_id, struct arena *a,
                                         struct thing *thing, struct error *reterr);

#endif
