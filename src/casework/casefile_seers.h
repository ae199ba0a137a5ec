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

/*
 * Who reads what is of this phase in it (casefile_reads_phase), among roles with this permission: by
 * role, and each member by his own audience. Nobody: it is shut, or nobody is named for phase 3.
 */
MUST_CHECK enum status casefile_phase_readers(struct db_read *r, int64_t casefile_id, int phase,
                                              enum permission needed, struct thing *ret,
                                              struct error *reterr);

extern const struct db_stmt *const casefile_seers_statements[];

#endif
